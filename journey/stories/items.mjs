// items.mjs -- the service list: a resident finds an item in her own words and asks about it; an
// administrator writes, looks, releases and withdraws; a folder with mistakes changes nothing.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { Api } from "../lib/api.mjs";
import { Person, closeBrowser, inTurn, wayName } from "../lib/browser.mjs";
import { sendAsIs } from "../lib/forms.mjs";
import { leaves } from "../lib/resident.mjs";
import { root, withServer } from "../lib/server.mjs";

after(closeBrowser);

/** The day that many days from now, in Shanghai. */
function day(ahead) {
  return new Date(Date.now() + (8 * 3600 + ahead * 86400) * 1000).toISOString().slice(0, 10);
}

for (const way of inTurn) {
  test(`found in one's own words, and asked about ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const english = way.language === "en";
      const person = await Person.arrive(server.url, { ...way, name: "the resident" });
      await person.go("/");
      await person.page.locator('main a[href="/items"]').click();
      await person.page.locator('main input[name="q"]').fill(english ? "boss pays no wages" : "老板拖欠工资");
      await person.page.locator("main form.search button").click();
      await person.page.locator("main .desk-item").first().click();
      assert.equal(new URL(person.page.url()).pathname, "/items/legal-aid-labour");
      await person.sees(english ? "Legal aid for unpaid wages" : "劳动者讨薪法律援助");
      await person.sees(english ? "7 days" : "7 日");
      await person.sees(english ? "Legal Aid Law of the PRC, article 31" : "中华人民共和国法律援助法 第三十一条");
      await person.page.locator('main a.button[href^="/ask"]').click();
      assert.equal(new URL(person.page.url()).pathname, "/ask/field");
      assert.ok(
        await person.page.locator('main input[name="field"]').first().and(person.page.locator('[value="labour"]')).isChecked(),
        "the field of law is known, and stands first",
      );
      await person.go("/items?need=prison");
      await person.sees(english ? "Inquiries of relatives" : "亲属查询");
      await person.go("/items?q=xyzzyq");
      await person.page.locator('main a.button[href="/ask?q=xyzzyq"]').waitFor();
      assert.equal(await person.go("/items/nothing"), 404);
      await leaves(person);
    }));
}

function formTo(person, path) {
  return person.page.locator(`main form[method="post" i][action="${path}"]`).first();
}

async function writes(person, item, given) {
  await person.go(`/admin/items/${item}`);
  const form = formTo(person, `/admin/items/${item}`);
  for (const [name, value] of Object.entries(given)) await form.locator(`[name="${name}"]`).fill(value);
  await sendAsIs(person.page, form);
}

async function releases(person, from, note) {
  await person.go("/admin/releases");
  const form = formTo(person, "/admin/releases");
  await form.locator('[name="holds_from"]').fill(from);
  await form.locator('[name="note"]').fill(note);
  await sendAsIs(person.page, form);
}

async function nameOf(api, item) {
  const { status, body } = await api.call("GET", `/items/${item}`);
  return status === 200 ? body.called.zh : status;
}

for (const way of inTurn) {
  test(`written, looked at, released and withdrawn ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const anyone = new Api(server.url);
      const admin = await Person.arrive(server.url, { ...way, size: "desktop" });
      const path = "/admin/items/complaints";
      const before = await nameOf(anyone, "complaints");
      await admin.signIn("admin");
      await writes(admin, "complaints", { name_zh: "投诉和建议", fee_zh: "" });
      await admin.page.locator('main a[href="#f-fee_zh"]').click();
      await admin.page.locator("#f-fee_zh:target").waitFor();
      await releases(admin, day(0), "");
      await admin.page.locator(".wrong-summary").waitFor();
      await admin.sees(way.language === "en" ? /Complaints and advice/ : /投诉和建议/);
      await writes(admin, "complaints", { fee_zh: "不收费" });
      await admin.go(`${path}/preview`);
      await admin.sees(way.language === "en" ? "This is a preview" : "这是预览");
      if (way.language === "zh") await admin.sees("不收费");
      assert.equal(await nameOf(anyone, "complaints"), before, "nothing is public yet");

      await releases(admin, day(1), "更正名称");
      assert.equal(await nameOf(anyone, "complaints"), before, "it does not hold today");
      assert.equal((await anyone.call("GET", "/releases/2")).status, 404);
      await sendAsIs(admin.page, formTo(admin, "/admin/releases/2/withdraw"));
      await admin.sees("不收费"); // what it changed is being written again
      await releases(admin, day(-1), "");
      await admin.page.locator(".wrong-summary").waitFor();
      await releases(admin, day(0), "更正名称");
      assert.equal(await nameOf(anyone, "complaints"), "投诉和建议");
      const { changes } = await anyone.get("/releases/3");
      assert.deepEqual(changes.map(({ item, kind }) => [item, kind]), [["complaints", "changed"]]);
      await admin.go("/releases/3");
      await admin.sees("投诉和建议");

      await admin.go("/admin/items/law-lectures");
      await sendAsIs(admin.page, formTo(admin, "/admin/items/law-lectures/take-out"));
      await releases(admin, day(0), "");
      assert.equal(await nameOf(anyone, "law-lectures"), 404);
      await leaves(admin);
    }));
}

test("two administrators write the same item: the second is told, and keeps what was typed", () =>
  withServer({}, async (server) => {
    const one = await Person.arrive(server.url, { name: "one", size: "desktop" });
    const two = await Person.arrive(server.url, { name: "two", size: "desktop" });
    for (const person of [one, two]) {
      await person.signIn("admin");
      await person.go("/admin/items/complaints");
    }
    await writes(one, "complaints", { name_zh: "先写的" });
    const form = formTo(two, "/admin/items/complaints");
    await form.locator('[name="name_zh"]').fill("后写的");
    await sendAsIs(two.page, form);
    await two.page.locator(".wrong-summary").waitFor();
    assert.equal(await form.locator('[name="name_zh"]').inputValue(), "后写的");
    const { name_zh: kept } = await (await new Api(server.url).signIn("admin")).get("/admin/items/complaints");
    assert.equal(kept, "先写的");
    await leaves(one, two);
  }));

test("a folder of files: every mistake with its line, and nothing changed until there is none", () =>
  withServer({}, async (server) => {
    const anyone = new Api(server.url);
    const folder = mkdtempSync(join(tmpdir(), "items-"));
    const file = join(folder, "complaints.yaml");
    const run = async (...more) => {
      const words = ["import", "items", folder, ...server.where, ...more];
      try {
        const { stdout } = await promisify(execFile)(server.program, words);
        return { status: 0, told: stdout };
      } catch (error) {
        return { status: error.code, told: `${error.stdout}${error.stderr}` };
      }
    };
    cpSync(join(root, "data/items"), folder, { recursive: true });
    const good = readFileSync(file, "utf8");
    const lineOf = (start) => good.split("\n").findIndex((line) => line.startsWith(start)) + 1;
    assert.match((await run("--dry-run")).told, /to add: 0, to change: 0, as they are: \d+,.*mistakes: 0/);
    writeFileSync(file, good.replace(/^process: \w+/m, "process: sorcery").replace("channels: [web", "channels: [pigeon"));
    const bad = await run();
    assert.equal(bad.status, 1);
    assert.match(bad.told, new RegExp(`complaints\\.yaml:${lineOf("process:")}, How it begins: .*sorcery`));
    assert.match(bad.told, new RegExp(`complaints\\.yaml:${lineOf("channels:")}, Ways to reach it: .*pigeon`));
    assert.equal((await anyone.get("/items")).release, 1);
    writeFileSync(file, good.replace("zh: 公共法律服务投诉和建议", "zh: 投诉和建议"));
    assert.match((await run("--dry-run")).told, /complaints\.yaml: changed, Name in Chinese\nto add: 0, to change: 1,/);
    assert.equal((await anyone.get("/items")).release, 1, "looking changes nothing");
    assert.equal((await run("--day", day(-1))).status, 1);
    assert.equal((await run()).status, 0);
    assert.equal((await anyone.get("/items")).release, 2);
    assert.equal(await nameOf(anyone, "complaints"), "投诉和建议");
    // What was written in the browser goes out with the list, and comes back unchanged.
    const admin = await anyone.signIn("admin");
    const { seen, problems, ...was } = await admin.get("/admin/items/complaints");
    const { has_draft, is_new, is_taken_out, may_change, ...said } = was;
    assert.deepEqual([problems, has_draft, is_new, is_taken_out, may_change], [[], false, false, false, true]);
    const fee = { fee_zh: "不收费：“一分钱”也不收", fee_en: "Free: #not a \"cent\"" };
    await admin.post("/admin/items/complaints", { ...said, ...fee, seen });
    await admin.need(201, "POST", "/admin/releases", { holds_from: day(0) });
    rmSync(folder, { recursive: true });
    await promisify(execFile)(server.program, ["export", "items", folder, ...server.where]);
    assert.match((await run("--dry-run")).told, /^to add: 0, to change: 0, .*mistakes: 0/);
    assert.match(readFileSync(file, "utf8"), /一分钱/);
    rmSync(folder, { recursive: true });
  }));
