// lecture_story.mjs -- a neighbourhood wishes for a talk; its committee asks for one; the office plans
// it and it is held. Played in the browser and over HTTP, with the server killed in between.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api } from "../../journey/lib/api.mjs";
import { Person, closeBrowser, wayName, ways } from "../../journey/lib/browser.mjs";
import { sendAsIs } from "../../journey/lib/forms.mjs";
import { leaves } from "../../journey/lib/resident.mjs";
import { withServer } from "../../journey/lib/server.mjs";

after(closeBrowser);

const formTo = (person, path) =>
  person.page.locator(`main form[method="post" i][action$="${path}"]`).first();

for (const way of ways) {
  test(`wished for, asked for, held ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const english = way.language === "en";
      const person = await Person.arrive(server.url, { ...way, name: "somebody who wishes" });
      await person.go("/lectures");
      const wish = formTo(person, "/lectures/wishes");
      await wish.locator('[name="subject"][value="wills"]').check({ force: true });
      await sendAsIs(person.page, wish);
      await person.sees(english ? "1 would like to hear it" : "1 人想听");
      await person.page.locator('main a[href="/items/lecture-request"]').click();
      await person.page.locator('main a[href="/items/lecture-request/apply"]').click();
      const form = formTo(person, "/items/lecture-request/apply");
      await form.locator('[name="name"]').fill("王秀英");
      await form.locator('[name="phone"]').fill("13900006666");
      await form.locator('[name="division"]').selectOption("310101");
      await form.locator('[name="answer_1"][value="wills"]').check({ force: true });
      await form.locator('[name="answer_2"]').fill("南京东路街道社区中心");
      await sendAsIs(person.page, form);
      const path = new URL(person.page.url()).pathname;
      const reference = path.split("/").pop();
      await server.kill();
      await server.start();
      await person.go(path);
      await person.sees(english ? "Being looked at" : "正在安排");

      const officer = await new Api(server.url).signIn("leader01");
      const at = `/office/cases/${reference}`;
      await officer.post(`${at}/look`, {});
      let { seen } = await officer.get(at);
      await officer.post(`${at}/steps`, { action: "plan", words: "十二月三日下午两点", seen });
      await person.go(path);
      await person.sees("十二月三日下午两点");
      ({ seen } = await officer.get(at));
      await officer.post(`${at}/steps`, { action: "hold", words: "六十人来听", seen });
      await person.go(path);
      await person.sees(english ? "The talk was held" : "已经讲过");
      const far = await new Api(server.url).signIn("leader02");
      assert.equal((await far.call("GET", at)).status, 404, "another district");
      const { subjects } = await new Api(server.url).get("/lectures");
      assert.equal(subjects.find(({ subject }) => subject === "wills").wishes, 1);
      await leaves(person);
    }));
}
