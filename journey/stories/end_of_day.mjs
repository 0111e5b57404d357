// end_of_day.mjs -- at closing time two applications nobody has opened stand in the district's list: one
// belongs to the next district and goes there with a sheet, which is verified by its code; the other is
// opened. The server dies in between. Then nothing is left till tomorrow, in neither district.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { Api } from "../lib/api.mjs";
import { Person, closeBrowser, inTurn, leads, wayName } from "../lib/browser.mjs";
import { sendAsIs } from "../lib/forms.mjs";
import { leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

const run = promisify(execFile);
const why = "纠纷发生在徐汇区，由徐汇区办理。";
const wish = {
  name: "王秀英",
  phone: "13900006666",
  division: "310101",
  answer_1: "neighbours",
  answer_2: "李先生",
  answer_4: "楼上每天晚上拖桌子。",
};
const formTo = (person, path) =>
  person.page.locator(`main form[method="post" i][action$="${path}"]`).first();
const lines = (person) => person.page.locator('main table a[href^="/office/cases/"]');

/** From the list of the day to the case, which is opened on record. */
async function opensFromTheList(person, reference) {
  await person.go("/office/day");
  const link = person.page.locator(`main a[href="/office/cases/${reference}"]`).first();
  await leads(person.page, () => link.click());
  await sendAsIs(person.page, formTo(person, "/look"));
}

async function printed(person, reference) {
  await person.go("/office/sheets");
  const form = person.page.locator("main form[action$='/print']").first();
  assert.match(await person.page.locator("main").innerText(), new RegExp(reference));
  const [download] = await Promise.all([person.page.waitForEvent("download"), form.locator("button").click()]);
  const { stdout } = await run("pdftotext", ["-layout", await download.path(), "-"]);
  return stdout;
}

for (const way of inTurn) {
  test(`a case goes to another district, and the list of the day is emptied ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const english = way.language === "en";
      const guest = new Api(server.url);
      const stays = await guest.need(201, "POST", "/items/people-mediation/apply", wish);
      const goes = await guest.need(201, "POST", "/items/people-mediation/apply", wish);
      const before = await guest.as(goes.token).get(`/cases/${goes.reference}`);
      const arrive = async (login) => {
        const person = await Person.arrive(server.url, { ...way, size: "desktop", name: login });
        await person.signIn(login);
        return person;
      };
      const officer = await arrive("leader01");
      await officer.go("/office/day");
      assert.equal(await lines(officer).count(), 2);

      await opensFromTheList(officer, goes.reference);
      const steps = () => formTo(officer, "/steps");
      await steps().locator('[name="action"][value="hand-over"]').check({ force: true });
      await steps().locator('[name="words"]').fill(why);
      await sendAsIs(officer.page, steps()); // where to?
      await officer.page.locator("main [role=alert]").first().waitFor();
      assert.equal(await steps().locator('[name="words"]').inputValue(), why, "what was typed stays");
      await steps().locator('[name="action"][value="hand-over"]').check({ force: true });
      await steps().locator('[name="division"]').selectOption("310104");
      await sendAsIs(officer.page, steps());
      await server.kill();
      await server.start();
      await officer.go("/office/day");
      assert.equal(await lines(officer).count(), 1, "gone from here");
      assert.equal(await officer.go(`/office/cases/${goes.reference}`), 404);
      const sheet = await printed(officer, goes.reference);
      for (const part of ["案件移送单", goes.reference, "王秀英", why]) assert.ok(sheet.includes(part), `${part} in ${sheet}`);

      // Whoever holds the paper reads what it is about, and nobody's name.
      const [, code] = sheet.match(/核验码：([0-9A-Z]{8}-[0-9A-Z]{8})/);
      const holder = await Person.arrive(server.url, { ...way, name: "holder of the paper" });
      await holder.go(`/verify?code=${code}`);
      await holder.sees(goes.reference);
      assert.ok(!(await holder.page.locator("main").innerText()).includes("王秀英"));

      const there = await arrive("leader02");
      await opensFromTheList(there, goes.reference);
      await there.sees(why);
      assert.ok((await printed(there, goes.reference)).includes(code), "the same paper in both offices");
      const now = await guest.as(goes.token).get(`/cases/${goes.reference}`);
      assert.equal(now.axes.division, "310104");
      assert.equal(now.axes.promise_at, before.axes.promise_at, "what was promised stays");
      assert.equal((await new Api(server.url).signIn("leader03").then((third) =>
        third.call("GET", `/office/cases/${goes.reference}`))).status, 404);

      await opensFromTheList(officer, stays.reference);
      for (const one of [officer, there]) {
        await one.go("/office/day");
        await one.sees(english ? "Nothing is left till tomorrow." : "今天的事都办完了。");
        assert.equal(await lines(one).count(), 0);
      }
      await leaves(officer, there, holder);
    }));
}
