// cases.mjs -- somebody wants a quarrel with a neighbour settled: applies, is asked to correct what was
// written while the server dies and comes back, corrects it, reads who has it and until when; the
// office takes it on and settles it. Nobody else ever sees the case.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api } from "../lib/api.mjs";
import { Person, closeBrowser, inTurn, wayName } from "../lib/browser.mjs";
import { png } from "../lib/files.mjs";
import { sendAsIs } from "../lib/forms.mjs";
import { leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

const story = "楼上每天晚上十点以后拖桌子。";

function formTo(person, path) {
  return person.page.locator(`main form[method="post" i][action$="${path}"]`).first();
}

const leaders = { 310101: "leader01", 310104: "leader02" }; // of the demo city

async function decides(officer, action, words) {
  const form = formTo(officer, "/steps");
  await form.locator(`[name="action"][value="${action}"]`).check({ force: true });
  if (words) await form.locator('[name="words"]').fill(words);
  await sendAsIs(officer.page, form);
}

async function opens(officer, reference) {
  await officer.go(`/office/cases/${reference}`);
  await sendAsIs(officer.page, formTo(officer, "/look"));
}

for (const way of inTurn) {
  test(`applied for, sent back, corrected, settled ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const english = way.language === "en";
      const person = await Person.arrive(server.url, { ...way, name: "the applicant" });
      await person.go("/items/people-mediation");
      await person.page.locator('main a[href="/items/people-mediation/apply"]').click();
      const form = formTo(person, "/items/people-mediation/apply");
      const fee = english ? "Free of charge People's mediation costs nothing. 人民调解法 第四条" : "不收费 人民调解不收取任何费用。 人民调解法 第四条";
      await person.sees(fee); // before anything is written
      await form.locator('[name="name"]').fill("王秀英");
      await form.locator('[name="phone"]').fill("13900006666");
      await form.locator('[name="division"]').selectOption("310101");
      await form.locator('[name="answer_2"]').fill("楼上李先生");
      await form.locator('[name="answer_4"]').fill(story);
      await sendAsIs(person.page, form);
      await person.page.locator("main .wrong").first().waitFor();
      assert.equal(await form.locator('[name="answer_4"]').inputValue(), story, "what was typed stays");
      await form.locator('[name="answer_1"][value="neighbours"]').check({ force: true });
      await sendAsIs(person.page, form);
      const path = new URL(person.page.url()).pathname;
      assert.match(path, /^\/cases\/[0-9A-Z]{8}$/);
      const reference = path.split("/").pop();
      await person.sees(english ? "Being checked" : "正在审核");
      await person.sees(fee);
      const attach = formTo(person, "/files");
      await attach
        .locator('input[type="file"]')
        .setInputFiles({ name: "走廊.png", mimeType: "image/png", buffer: png() });
      await sendAsIs(person.page, attach);
      await person.sees("走廊.png");

      const stranger = await Person.arrive(server.url, { ...way, name: "a stranger" });
      await stranger.go(path);
      assert.notEqual(new URL(stranger.page.url()).pathname, path, "another browser");
      const officer = await Person.arrive(server.url, { ...way, size: "desktop", name: "the officer" });
      await officer.signIn(leaders[310101]);
      await officer.go("/office/day");
      await officer.page.locator(`main a[href="/office/cases/${reference}"]`).click();
      assert.equal(await officer.page.getByText(story).count(), 0, "not before it is opened");
      await sendAsIs(officer.page, formTo(officer, "/look"));
      await officer.sees(story);
      await officer.sees(fee);
      await officer.go("/office/day");
      assert.equal(await officer.page.locator(`main a[href="/office/cases/${reference}"]`).count(), 0);
      const far = await new Api(server.url).signIn(leaders[310104]);
      assert.equal((await far.call("GET", `/office/cases/${reference}`)).status, 404, "another district");

      await officer.go(`/office/cases/${reference}`);
      await decides(officer, "send-back", "请写明从什么时候开始。");
      await server.kill();
      await server.start();
      await person.go(path);
      await person.sees("请写明从什么时候开始。");
      const again = formTo(person, "/answers");
      assert.equal(await again.locator('[name="answer_4"]').inputValue(), story);
      await again.locator('[name="answer_4"]').fill(`${story}从九月开始。`);
      await sendAsIs(person.page, again);
      await person.sees(english ? "Being checked" : "正在审核");

      await opens(officer, reference);
      await officer.sees("从九月开始。");
      await decides(officer, "accept");
      await person.go(path);
      await person.sees(english ? "Being mediated" : "正在调解");
      await officer.go(`/office/cases/${reference}`);
      await decides(officer, "settle");
      await person.go(path);
      await person.sees(english ? "Settled: both sides agree" : "调解成功，双方达成一致");
      await leaves(person);
    }));
}
