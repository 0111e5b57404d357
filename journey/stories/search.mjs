// search.mjs -- somebody types a few words at home, finds a service, and asks with the same words;
// looks among articles alone, reads one and asks about it, and the lawyer has it with its link;
// names are suggested while somebody types, to be chosen with the keyboard alone; answered questions
// teach the search while the server serves, and nobody reads them.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { Api, eventually, takenBy } from "../lib/api.mjs";
import { axe } from "../lib/checks.mjs";
import { Person, closeBrowser, inTurn, leads, wayName } from "../lib/browser.mjs";
import { fillsIn, goesOn } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);
const run = promisify(execFile);

for (const way of inTurn)
  test(`from home to a service, and to a person with the same words: ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const person = await Person.arrive(server.url, way);
      await person.go("/");
      await person.page.fill("#q", "老板不给工资");
      await person.page.click("form[action='/search'] button:not([formaction])");
      assert.equal(new URL(person.page.url()).pathname, "/search");
      await person.page.locator("main a[href^='/items/']").first().waitFor();
      await person.page.click("main .note-act a.button");
      assert.equal(new URL(person.page.url()).pathname, "/ask/field");
      assert.equal(await person.page.inputValue("main input[name='q']"), "老板不给工资");
      const first = person.page.locator("main input[name='field']").first();
      assert.equal(await first.getAttribute("value"), "labour", "what may fit stands first");
      assert.equal(await person.page.locator("main input[name='field']:checked").count(), 0);
      await person.go("/");
      await person.page.fill("#q", "老板不给工资");
      await person.page.click("form[action='/search'] button[formaction='/ask']");
      assert.equal(new URL(person.page.url()).pathname, "/ask/field");
      assert.equal(await person.page.inputValue("main input[name='q']"), "老板不给工资");
      await toAnArticle(server, person);
      assert.deepEqual(person.complaints, []);
      await person.leave();
    }));

/** Among articles alone; one of them is read, who cites it looked at, and a lawyer asked about it. */
async function toAnArticle(server, person) {
  const { page } = person;
  const go = (selector) => leads(page, () => page.locator(selector).first().click());
  await eventually("the laws are read in", async () => (await new Api(server.url).get("/search?q=x")).is_ready);
  await person.go("/search?q=" + encodeURIComponent("劳动合同 违法解除 赔偿金"));
  assert.equal(await page.locator("main .tabs a[aria-current]").count(), 1);
  await go("main .tabs a[href$='kind=articles']");
  assert.equal(await page.locator("main a[href^='/items/']").count(), 0, "of one kind nothing else is shown");
  if (person.scripts) assert.deepEqual(await axe(page), []);
  await go("main a[href$='/articles/87']");
  assert.match(await page.innerText("h1"), /劳动合同法 第八十七条/);
  await page.locator("main details:has(a[href$='/articles/48']) summary").click();
  if (person.scripts) assert.deepEqual(await axe(page), []);
  await go("main a[href^='/ask?q=']");
  await goesOnWithField(person);
  const text = page.locator('textarea[name="text"]');
  assert.match(await text.inputValue(), /《劳动合同法》第八十七条/, "what it is about is written already");
  const words = `${await text.inputValue()}公司让我走，赔多少？`;
  await fillsIn(person, { text: words });
  const consultant = await takenBy(new Api(server.url), person.reference);
  const [first] = await consultant.api.messages(`/consultations/${person.reference}`);
  assert.ok(first.text.includes("公司让我走"), first.text);
  assert.match(JSON.stringify(first), /\/laws\/\d+\/articles\/87/, "the lawyer has it as a link");
  consultant.silence();
}
async function goesOnWithField(person) {
  for (let steps = 0; steps < 6 && !(await person.page.locator('textarea[name="text"]').count()); steps++) {
    const field = person.page.locator('input[name="field"][value="labour"]');
    if (await field.count()) await field.first().check({ force: true });
    await goesOn(person);
  }
}

for (const path of ["/", "/search"])
  test(`names are suggested while somebody types, and chosen by the keyboard: ${path}`, () =>
    withServer({}, async (server) => {
      const person = await Person.arrive(server.url, { language: "zh", scripts: true });
      const { page } = person;
      await person.go(path);
      const box = page.getByRole("combobox");
      const list = page.getByRole("listbox");
      await box.click();
      assert.equal(await box.getAttribute("aria-expanded"), "false");
      // A server that has just begun reads its laws first.
      await eventually("a law is suggested", async () => {
        await box.fill("");
        await page.keyboard.type("mfd", { delay: 20 });
        const law = list.getByRole("option", { name: "民法典" });
        return law.waitFor({ timeout: 3000 }).then(() => true, () => false);
      }, 60);
      assert.equal(await box.getAttribute("aria-expanded"), "true");
      assert.deepEqual(await axe(page), []);
      await page.keyboard.press("ArrowDown");
      const chosen = await box.getAttribute("aria-activedescendant");
      assert.equal(await page.locator(`#${chosen}`).getAttribute("aria-selected"), "true");
      await page.keyboard.press("Escape");
      await list.waitFor({ state: "hidden" });
      assert.equal(await box.inputValue(), "mfd", "what was typed stays");
      assert.equal(await box.getAttribute("aria-activedescendant"), null);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/search\?q=%E6%B0%91%E6%B3%95%E5%85%B8/);
      await page.locator("main a[href^='/laws/']:has-text('民法典')").first().waitFor();
      await box.fill("xyzzyq");
      await box.press("Enter");
      await page.waitForURL(/q=xyzzyq/);
      assert.deepEqual(person.complaints, []);
      await person.leave();
    }));

test("answered questions teach the search while the server serves, and are never shown", () =>
  withServer({}, async (server) => {
    const folder = await mkdtemp(join(tmpdir(), "answers-"));
    const file = join(folder, "answers.tsv");
    const how = ["import", "answers", file, ...server.where];
    const api = new Api(server.url, { language: "zh" });
    const ask = async (words) => JSON.stringify(await api.get(`/search?q=${encodeURIComponent(words)}`));
    const article = (text) => text.includes("第一千零七十九条");
    assert.ok(!article(await ask("俩口子过不到一块咋散伙")));
    await writeFile(file, "俩口子过不到一块了咋散伙，张三丰问\t您好，见民法典第1079条。\n没人答\t不知道\n");
    const first = await run(server.program, how);
    assert.match(first.stdout, /added: 1, there already: 0, .*cited: 1/);
    await eventually("it is learned", async () => article(await ask("俩口子过不到一块咋散伙")));
    assert.ok(!(await ask("张三丰")).includes("过不到一块"), "no question is shown");
    assert.match((await run(server.program, how)).stdout, /added: 0, there already: 1/);
    await writeFile(file, "");
    await run(server.program, [...how, "--only-these"]);
    assert.ok(!article(await ask("俩口子过不到一块咋散伙")), "and forgotten");
    await writeFile(file, "一列\n");
    await assert.rejects(run(server.program, how), /Line 1 is not a question and an answer/);
    await rm(folder, { recursive: true });
  }));
