// aid.mjs -- is a lawyer free of charge open to me? One question a page, with and without scripts,
// in both languages; left and gone on with; changed; handed to somebody on duty.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { Api } from "../lib/api.mjs";
import { Person, closeBrowser, inTurn, wayName, ways } from "../lib/browser.mjs";
import { sendAsIs } from "../lib/forms.mjs";
import { goesOn, leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

const run = promisify(execFile);

const at = (person) => new URL(person.page.url()).pathname;

/** Chooses on the page of each question what is said of it; ends where nothing is said. */
async function answers(person, said) {
  for (let pages = 0; pages < 20; pages++) {
    // Without scripts a page that is drawn again has the address it was sent to.
    const put = person.page.locator('main input[name="ask"]');
    const ask = (await put.count()) ? await put.inputValue() : "";
    if (!(ask in said)) return;
    await person.page.locator(`input[name="value"][value="${said[ask]}"]`).check({ force: true });
    await goesOn(person);
  }
  assert.fail("the questions have no end");
}

const unpaid = { side: "civil", area: "work", work: "pay", lawyer: "not", migrant: "came" };
const rest = { urgent: "usual", ease: "frail" };

async function begins(server, way) {
  const person = await Person.arrive(server.url, { ...way, name: "the worker" });
  await person.go("/");
  await person.page.locator('main a[href="/aid"]').first().click();
  await person.page.locator('main a.button[href="/aid/questions/side"]').click();
  return person;
}

for (const way of inTurn) {
  test(`a worker without wages learns that a lawyer is free, and why ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const english = way.language === "en";
      const person = await begins(server, way);
      const { page } = person;

      await goesOn(person); // nothing chosen
      await page.locator(".wrong-summary").waitFor();
      await answers(person, { side: "civil", area: "work", work: "pay" });
      await person.sees(english ? "Claiming wages" : "讨要劳动报酬");
      await page.locator('main .note a[href*="/articles/31"]').waitFor();

      // Closed, and gone on with on another day.
      await person.go("/aid");
      await page.locator('main a.button[href="/aid/questions/lawyer"]').click();
      await answers(person, { ...unpaid, ...rest });
      assert.equal(at(person), "/aid/result");
      await person.sees(english ? "You are likely entitled" : "您很可能可以得到免费律师");
      await page.locator('main a[href*="/articles/42"]').first().waitFor();
      await person.sees(english ? "Your identity card" : "身份证");
      await page.locator('main a[href="/items/legal-aid-home-visit"]').waitFor();

      // One answer is changed, and the others are still there.
      await page.locator('main a[href="/aid/questions/migrant"]').click();
      assert.ok(await page.locator('input[name="value"][value="came"]').isChecked());
      await answers(person, { migrant: "local", person: "none", income: "above" });
      assert.equal(at(person), "/aid/result");
      await person.sees(english ? "legal aid is not open to you" : "不符合法律援助的条件");
      await page.locator('main a[href="/items/people-mediation"]').waitFor();
      await page.locator('main a[href="/aid/questions/migrant"]').click();
      await answers(person, { migrant: "came" });
      await person.sees(english ? "You are likely entitled" : "您很可能可以得到免费律师");

      // To somebody on duty, with the answers.
      await page.locator('main form[action="/aid/consult"] button').click();
      await page.waitForURL("**/ask/text");
      const text = await page.locator('textarea[name="text"]').inputValue();
      assert.match(text, english ? /Did you come from the countryside.* Yes/ : /从农村到城里来打工.*是的/);

      // Forgotten, and nothing of it is left.
      await person.go("/aid/result");
      await page.locator('main form[action="/aid/forget"] button').click();
      await page.locator('main a.button[href="/aid/questions/side"]').waitFor();
      await person.go("/aid/result");
      assert.equal(at(person), "/aid");
      await leaves(person);
    }));
}

test("what was answered outlives a crash, and no other browser sees it", () =>
  withServer({}, async (server) => {
    const person = await begins(server, ways[0]);
    await answers(person, { side: "civil", area: "family", family: "violence" });
    await person.page.locator("a.exit").waitFor();
    await server.kill();
    await server.start();
    await person.go("/aid");
    await person.page.locator('main a.button[href="/aid/questions/lawyer"]').waitFor();
    const other = await Person.arrive(server.url, { name: "somebody else" });
    await other.go("/aid/questions/lawyer");
    assert.equal(at(other), "/aid/questions/side");
    await leaves(person);
    await leaves(other);
  }));

test("the bureau takes in a new amount: the page says it at once, and a mistake changes nothing", () =>
  withServer({}, async (server) => {
    const folder = join(mkdtempSync(join(tmpdir(), "aid-")), "rules");
    const gongdao = (...words) => run(server.program, [...words, ...server.where]);
    try {
      await gongdao("export", "aid", folder);
      const file = join(folder, "shanghai.yaml");
      const good = readFileSync(file, "utf8").replaceAll("3190", "3300");
      writeFileSync(file, good.replace("of: body, is: [incident]", "of: body, is: [food]"));
      const refused = await gongdao("import", "aid", folder).catch((error) => error);
      assert.notEqual(refused.code, 0);
      assert.match(refused.stdout, /matter, accident \+ incident, side\.civil area\.body body\.food/);
      const person = await begins(server, ways[0]);
      await answers(person, { ...unpaid, migrant: "local", person: "none" });
      await person.sees("3190");
      writeFileSync(file, good);
      await gongdao("import", "aid", folder);
      await person.page.reload();
      await person.sees("3300");
      await leaves(person);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }));

const leaders = { 310101: "leader01", 310104: "leader02" }; // of the demo city
const formTo = (person, path) => person.page.locator(`main form[method="post" i][action$="${path}"]`).first();

for (const way of ways.filter(({ scripts }) => !scripts)) {
  test(`the answers become an application, which is refused, objected to and granted ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const english = way.language === "en";
      const person = await begins(server, way);
      await answers(person, { ...unpaid, ...rest });
      await person.page.locator('main a[href="/aid/apply"]').click();
      assert.ok(await person.page.locator('input[name="visit"]').isChecked(), "as was answered");
      const form = formTo(person, "/aid/apply");
      await form.locator('[name="name"]').fill("王小明");
      await form.locator('[name="what"]').fill("老板三个月没有发工资。");
      await form.locator('[name="division"]').selectOption("310101");
      await sendAsIs(person.page, form); // no number
      assert.equal(await form.locator('[name="what"]').inputValue(), "老板三个月没有发工资。");
      await form.locator('[name="phone"]').fill("13900006677");
      await sendAsIs(person.page, form);
      const path = new URL(person.page.url()).pathname;
      assert.match(path, /^\/cases\/[0-9A-Z]{8}$/);
      const reference = path.split("/").pop();
      await person.sees(english ? "Being checked" : "正在审查");

      const stranger = await Person.arrive(server.url, { ...way, name: "a stranger" });
      await stranger.go(path);
      assert.notEqual(new URL(stranger.page.url()).pathname, path, "another browser");
      const officer = await Person.arrive(server.url, { ...way, size: "desktop", name: "the officer" });
      await officer.signIn(leaders[310101]);
      const decides = async (action, words) => {
        await officer.go(`/office/cases/${reference}`);
        const look = formTo(officer, "/look");
        if (await look.count()) await sendAsIs(officer.page, look);
        const steps = formTo(officer, "/steps");
        await steps.locator(`[name="action"][value="${action}"]`).check({ force: true });
        if (words) await steps.locator('[name="words"]').fill(words);
        await sendAsIs(officer.page, steps);
      };
      await officer.go(`/office/cases/${reference}`);
      await sendAsIs(officer.page, formTo(officer, "/look"));
      await officer.sees("老板三个月没有发工资。");
      await officer.sees("您是从农村到城里来打工的吗？ 是的");
      await decides("refuse", "材料看不出和单位有劳动关系。");
      await person.go(path);
      await person.sees("材料看不出和单位有劳动关系。");
      const object = person.page
        .locator('main form[action$="/steps"]')
        .filter({ has: person.page.locator('[name="action"][value="object"]') })
        .first();
      const choice = object.locator('input[type="radio"][value="object"]');
      if (await choice.count()) await choice.check({ force: true });
      await object.locator('[name="words"]').fill("有工友可以作证。");
      await object.locator("button").first().click();
      await person.sees(english ? "The objection is being looked at" : "正在处理异议");
      await decides("grant");
      await person.go("/aid");
      await person.page.locator('main a.button[href="/aid/questions/side"]').waitFor();

      // A lawyer declines, the server dies, another one takes it on.
      const lawyers = [];
      for (const name of ["consultant016", "consultant021"]) {
        const lawyer = await Person.arrive(server.url, { ...way, size: "desktop", name });
        await lawyer.signIn(name);
        lawyers.push(lawyer);
      }
      const [first, second] = lawyers;
      const asks = async (name) => {
        await officer.go(`/office/cases/${reference}`);
        const look = formTo(officer, "/look");
        if (await look.count()) await sendAsIs(officer.page, look);
        await officer.page.locator(`main a[href="/office/cases/${reference}/agents"]`).click();
        const form = formTo(officer, "/agents");
        if (name === names[0]) {
          await sendAsIs(officer.page, form); // nobody chosen
          await officer.sees(english ? "Please choose a lawyer" : "请从名单里选一位");
        }
        await form.locator("label", { hasText: name }).first().click();
        await sendAsIs(officer.page, form);
        await officer.sees(english ? "A lawyer was asked" : "正在等律师答复");
      };
      const names = [];
      for (const name of ["consultant016", "consultant021"])
        names.push((await new Api(server.url).signIn(name)).person.name);
      const says = async (lawyer, action, words) => {
        await lawyer.go("/office");
        await lawyer.page.locator(`main a[href="/office/cases/${reference}"]`).click();
        const look = formTo(lawyer, "/look");
        if (await look.count()) await sendAsIs(lawyer.page, look);
        await lawyer.sees("老板三个月没有发工资。");
        const steps = formTo(lawyer, "/steps");
        await steps.locator(`[name="action"][value="${action}"]`).check({ force: true });
        if (words) await steps.locator('[name="words"]').fill(words);
        await sendAsIs(lawyer.page, steps);
      };
      await asks(names[0]);
      await second.go(`/office/cases/${reference}`);
      await second.page.getByText("老板三个月").waitFor({ state: "detached" });
      await says(first, "decline", "下周都在外地开庭。");
      await server.kill();
      await server.start();
      await first.go("/office");
      assert.equal(await first.page.locator(`main a[href="/office/cases/${reference}"]`).count(), 0);
      await asks(names[1]);
      await says(second, "accept");
      await person.go(path);
      await person.sees(names[1]);
      assert.equal(await person.page.getByText("外地开庭").count(), 0, "why somebody declined stays inside");

      // The decisions, on paper and in Chinese; the office sees that they were read.
      const letters = person.page.locator('main form[action*="/letters/"]');
      assert.equal(await letters.count(), 3, "refused, granted, appointed");
      const [download] = await Promise.all([
        person.page.waitForEvent("download"),
        letters.nth(2).locator("button").click(),
      ]);
      const { stdout } = await run("pdftotext", ["-layout", await download.path(), "-"]);
      for (const part of ["法律援助指派通知书", reference, "王小明", names[1]])
        assert.ok(stdout.includes(part), `${part} in ${stdout}`);
      await says(second, "met", "在工地宿舍见了面。");
      await says(second, "report", "已经拿到全部工资。");
      await officer.go(`/office/cases/${reference}`);
      await sendAsIs(officer.page, formTo(officer, "/look"));
      await officer.sees(english ? "read on" : "已阅");
      await decides("close");
      await person.go(path);
      await person.sees(english ? "The work is done" : "已经办结");
      await person.sees("在工地宿舍见了面。");
      for (const one of [person, stranger, officer, ...lawyers]) await leaves(one);
    }));
}
