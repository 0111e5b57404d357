// chat_to_lawyer.mjs -- a worker whose overtime is not paid: asks, talks with somebody on duty, who
// suggests legal aid and writes down what is known; the worker reads it, agrees, answers the rest and
// sends it; an officer grants it, which closes what was suggested at both ends; a lawyer is chosen and
// takes it on; the letter says so. The talk and the case know of each other, and nobody else of either.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { Api, takenBy } from "../lib/api.mjs";
import { Person, closeBrowser, inTurn, leads, wayName } from "../lib/browser.mjs";
import { accepts, atDesk, opens } from "../lib/desk.mjs";
import { sendAsIs } from "../lib/forms.mjs";
import { asks, goesOn, leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

const run = promisify(execFile);
const story = "每天加班到晚上九点，三个月的加班费一分没有，只有考勤表，没有合同。";
const formTo = (person, path) =>
  person.page.locator(`main form[method="post" i][action$="${path}"]`).last();
const at = (person) => new URL(person.page.url()).pathname;

/** What the consultant learnt in the talk, one question after another. */
async function suggests(consultant, reference) {
  const { page } = consultant;
  await opens(consultant, reference);
  const link = page.locator(`main a[href="/desk/consultations/${reference}/aid"]`);
  await leads(page, () => link.click());
  for (const value of ["civil", "work", "pay"]) {
    const form = formTo(consultant, "/aid");
    await form.locator('[name="what"]').fill(story);
    await form.locator(`[name="value"][value="${value}"]`).check({ force: true });
    await leads(page, () => form.locator('button[name="more"]').click());
  }
  const form = formTo(consultant, "/aid");
  assert.equal(await form.locator('[name="what"]').inputValue(), story, "kept from question to question");
  await form.locator('[name="what"]').fill("");
  const send = form.locator("button:not([name])");
  await leads(page, () => send.click()); // nothing is said of what happened
  await page.locator("main .wrong-summary, main [role=alert]").first().waitFor();
  await formTo(consultant, "/aid").locator('[name="what"]').fill(story);
  await leads(page, () => formTo(consultant, "/aid").locator("button:not([name])").click());
}

async function answersTheRest(person, said) {
  for (let pages = 0; pages < 20 && at(person) !== "/aid/result"; pages++) {
    const put = person.page.locator('main input[name="ask"]');
    assert.ok(await put.count(), `a question at ${person.page.url()}`);
    const ask = await put.inputValue();
    assert.ok(ask in said, `${ask} was known or is not asked`);
    await person.page.locator(`input[name="value"][value="${said[ask]}"]`).check({ force: true });
    await goesOn(person);
  }
}

for (const way of inTurn) {
  test(`unpaid overtime, from the talk to a lawyer ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const english = way.language === "en";
      const person = await asks(server, way, { text: "老板让我天天加班，加班费一分不给。" });
      const talk = person.reference;
      const offered = await takenBy(new Api(server.url), talk, { accept: false });
      offered.silence();
      const consultant = await atDesk(server, way, offered.name);
      await accepts(consultant, talk);
      await person.isIn("talking");
      await suggests(consultant, talk);

      const stranger = await new Api(server.url).ask();
      assert.equal((await stranger.call("GET", `/consultations/${talk}/aid`)).status, 404);
      const other = await new Api(server.url).signIn("consultant030");
      assert.equal((await other.call("GET", `/desk/consultations/${talk}/aid`)).status, 404);

      // The worker reads what would go along, and agrees; the server dies in between.
      await person.go(person.path);
      await person.page.locator(`main a[href="/consultations/${talk}/aid"]`).click();
      await person.sees(story);
      await person.sees(english ? "Wages or overtime are not paid" : "工资、加班费没有给");
      await server.kill();
      await server.start();
      await sendAsIs(person.page, formTo(person, `/consultations/${talk}/aid`));
      assert.match(at(person), /^\/aid\/questions\//);
      await answersTheRest(person, { lawyer: "not", migrant: "came", urgent: "usual", ease: "frail" });
      await leads(person.page, () => person.page.locator('main a[href="/aid/apply"]').click());
      const form = formTo(person, "/aid/apply");
      assert.equal(await form.locator('[name="what"]').inputValue(), story, "filled in already");
      await form.locator('[name="name"]').fill("王小明");
      await form.locator('[name="phone"]').fill("13900006699");
      await form.locator('[name="division"]').selectOption("310101");
      await sendAsIs(person.page, form);
      const path = at(person);
      assert.match(path, /^\/cases\/[0-9A-Z]{8}$/);
      const reference = path.split("/").pop();
      await person.page.locator(`main a[href="/consultations/${talk}"]`).waitFor();
      await person.go(person.path);
      await person.page.locator(`main a[href="${path}"]`).first().waitFor();
      await consultant.go(`/desk/consultations/${talk}`);
      await consultant.sees(english ? `Legal aid was applied for: case ${reference}.` : `已经申请法律援助，编号 ${reference}`); // open
      assert.equal(await consultant.go(`/office/cases/${reference}`), 404, "the case is not the consultant's");

      // The office: reads where it came from, grants it, and chooses a lawyer.
      const officer = await Person.arrive(server.url, { ...way, size: "desktop", name: "the officer" });
      await officer.signIn("leader01");
      const shown = async () => {
        await officer.go(`/office/cases/${reference}`);
        const look = formTo(officer, "/look");
        if (await look.count()) await sendAsIs(officer.page, look);
      };
      await shown();
      await officer.sees(story);
      await officer.sees(talk);
      const steps = formTo(officer, "/steps");
      await steps.locator('[name="action"][value="grant"]').check({ force: true });
      await sendAsIs(officer.page, steps);
      const over = english ? `Legal aid has taken it over: case ${reference}.` : `法律援助机构已经接收，编号 ${reference}`;
      await person.go(person.path);
      await person.sees(over);
      await consultant.go(`/desk/consultations/${talk}`);
      await consultant.sees(over);
      await shown();
      await leads(officer.page, () =>
        officer.page.locator(`main a[href="/office/cases/${reference}/agents"]`).click());
      const lawyer = await new Api(server.url).signIn("consultant021");
      const choose = formTo(officer, "/agents");
      await choose.locator("label", { hasText: lawyer.person.name }).first().click();
      await sendAsIs(officer.page, choose);
      await lawyer.post(`/office/cases/${reference}/look`);
      const { seen } = await lawyer.get(`/office/cases/${reference}`);
      await lawyer.post(`/office/cases/${reference}/steps`, { action: "accept", seen });

      await person.go(path);
      await person.seesAfterReload(lawyer.person.name);
      const letters = person.page.locator('main form[action*="/letters/"]');
      assert.equal(await letters.count(), 2, "granted, appointed");
      const [download] = await Promise.all([
        person.page.waitForEvent("download"),
        letters.nth(1).locator("button").click(),
      ]);
      const { stdout } = await run("pdftotext", ["-layout", await download.path(), "-"]);
      for (const part of ["法律援助指派通知书", reference, "王小明", lawyer.person.name])
        assert.ok(stdout.includes(part), `${part} in ${stdout}`);
      await leaves(person, consultant, officer);
    }));
}
