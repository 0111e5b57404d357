// between_offices.mjs -- a mediation that takes long: whoever supervises the city asks the office for an
// answer by a day, the office asks the next district to contribute; the server dies in between; both
// answers come, the case ends. A third district and the applicant never hear of any of it.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api } from "../lib/api.mjs";
import { Person, closeBrowser, inTurn, wayName } from "../lib/browser.mjs";
import { sendAsIs } from "../lib/forms.mjs";
import { leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

// leaders of three districts of the demo city; the first has the case
const [office, beside, third] = ["leader01", "leader02", "leader03"];
const wanted = "为什么两个星期没有进展？";
const needed = "请到贵区核实李先生的住址。";

function formTo(person, path) {
  return person.page.locator(`main form[method="post" i][action$="${path}"]`).first();
}

function inDays(days) {
  return new Date(Date.now() + (8 + 24 * days) * 3600e3).toISOString().slice(0, 10); // in Shanghai
}

async function opens(officer, reference) {
  await officer.go(`/office/cases/${reference}`);
  const look = formTo(officer, "/look");
  if (await look.count()) await sendAsIs(officer.page, look);
}

async function asks(person, reference, path, values) {
  await person.go(`/office/cases/${reference}/tasks`);
  const form = formTo(person, path);
  for (const [name, value] of Object.entries(values)) {
    const field = form.locator(`[name="${name}"]`);
    if (name === "part_division") await field.selectOption(value);
    else await field.fill(value);
  }
  await sendAsIs(person.page, form);
}

async function answers(person, reference, words) {
  await person.go("/office/tasks");
  await person.page.locator(`main a[href="/office/cases/${reference}"]`).first().click();
  await opens(person, reference);
  await person.page.locator(`main a[href^="/office/cases/${reference}/tasks/"]`).first().click();
  const form = formTo(person, "/answer");
  await sendAsIs(person.page, form); // empty: nothing is lost, and it says what is missing
  await person.page.locator("main .wrong").first().waitFor();
  await form.locator('[name="answer_words"]').fill(words);
  await sendAsIs(person.page, form);
}

for (const way of inTurn) {
  test(`a case is supervised and another office contributes ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const guest = new Api(server.url);
      const { reference, token } = await guest.need(201, "POST", "/items/people-mediation/apply", {
        name: "王秀英",
        phone: "13900006666",
        division: "310101",
        answer_1: "neighbours",
        answer_2: "李先生",
        answer_4: "楼上每天晚上拖桌子。",
      });
      const arrive = async (login) => {
        const person = await Person.arrive(server.url, { ...way, size: "desktop", name: login });
        await person.signIn(login);
        return person;
      };
      const above = await arrive("supervisor");

      await opens(above, reference);
      await asks(above, reference, "/orders", { order_words: wanted, order_until: inDays(0) });
      await above.page.locator("main [role=alert]").first().waitFor(); // today is no time to answer
      assert.equal(await formTo(above, "/orders").locator('[name="order_words"]').inputValue(), wanted);
      await asks(above, reference, "/orders", { order_words: wanted, order_until: inDays(2) });
      await above.sees(wanted);
      await server.kill();
      await server.start();

      const [officer, helper] = [await arrive(office), await arrive(beside)];
      await opens(officer, reference);
      await officer.sees(wanted);
      const part = { part_division: "310104", part_words: needed, part_until: inDays(3) };
      await asks(officer, reference, "/parts", part);
      await officer.sees(needed);
      const end = formTo(officer, "/steps");
      await end.locator('[name="action"][value="decline"]').check({ force: true });
      await end.locator('[name="words"]').fill("不属于调解范围。");
      await sendAsIs(officer.page, end);
      await officer.page.locator("main [role=alert]").first().waitFor();
      await answers(helper, reference, "已经去过，地址属实。");
      const stranger = await new Api(server.url).signIn(third);
      for (const one of [await new Api(server.url).signIn(beside), stranger])
        assert.equal((await one.call("GET", `/office/cases/${reference}`)).status, 404);
      assert.deepEqual((await stranger.get("/office/tasks")).asked, []);

      await opens(officer, reference);
      await officer.sees("已经去过，地址属实。");
      await answers(officer, reference, "明天上门调解。");
      await above.go("/office/tasks");
      await above.page.locator(`main a[href="/office/cases/${reference}"]`).click();
      await opens(above, reference);
      await above.sees("明天上门调解。");
      await above.page.locator(`main a[href^="/office/cases/${reference}/tasks/"]`).first().click();
      await sendAsIs(above.page, formTo(above, "/end"));
      await above.go("/office/tasks");
      assert.equal(await above.page.locator(`main a[href="/office/cases/${reference}"]`).count(), 0);

      const own = await guest.as(token).get(`/cases/${reference}`);
      assert.deepEqual(own.steps.map(({ outcome }) => outcome), ["received"], "between officers it stays");
      for (const person of [above, officer, helper]) await leaves(person);
    }));
}
