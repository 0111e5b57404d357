// laws.mjs -- somebody finds a law by name, reads an article and its neighbour, and asks from there;
// an administrator's import is killed and begun again, and everything is there once.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { Api, takenBy } from "../lib/api.mjs";
import { Person, closeBrowser, inTurn, wayName } from "../lib/browser.mjs";
import { root, withServer } from "../lib/server.mjs";

after(closeBrowser);
const run = promisify(execFile);

for (const way of inTurn)
  test(`a law, an article, the next one: ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const person = await Person.arrive(server.url, way);
      await person.go("/laws");
      await person.page.fill("#q", "《劳动合同法》");
      await person.page.click("form[action='/laws'] button");
      await person.page.click("a[href^='/laws/']:has-text('劳动合同法')");
      await person.page.click("h3 a:has-text('第二条')");
      assert.match(person.page.url(), /\/laws\/\d+\/articles\/2$/);
      await person.page.click("nav.pages a:last-child");
      assert.match(person.page.url(), /\/articles\/3$/);
      assert.match(await person.page.innerText("h1"), /劳动合同法 第三条/);
      assert.deepEqual(person.complaints, []);
      await person.leave();
    }));

test("a citation in an answer leads to the article, as it comes and when the page is opened", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url, { language: "zh" });
    const asker = await api.ask({ field: "labour", district: "310104" });
    const holder = await takenBy(api, asker.asked.reference);
    const way = { language: "zh", scripts: true };
    const person = await Person.arrive(server.url, way);
    await person.context.addCookies([{ name: "gongdao", value: asker.token, url: server.url }]);
    await person.go(asker.path);
    await holder.say(asker.asked.reference, "根据劳动合同法第38条，<b>您</b>可以解除合同；第9999条没有。");
    await holder.say(asker.asked.reference, "民法典第9999条也没有。");
    const link = person.page.locator(".messages a.link");
    await link.waitFor();
    assert.equal(await link.innerText(), "劳动合同法第38条");
    await person.page.reload();
    assert.equal(await link.count(), 1);
    const last = person.page.locator(".messages .message-text").last();
    assert.equal(await last.innerText(), "民法典第9999条也没有。", "what leads nowhere is text");
    assert.equal(await person.page.locator(".messages b").count(), 0);
    await link.click();
    assert.match(await person.page.innerText("h1"), /劳动合同法 第三十八条/);
    assert.deepEqual(person.complaints, []);
    await person.leave();
    holder.silence();
  }));

/** Killed at its first sign of progress, begun again, and once more: then there is nothing to add. */
async function takesIn(server, file) {
  const how = ["import", "laws", file, ...server.where];
  const killed = spawn(server.program, how, { stdio: ["ignore", "ignore", "pipe"] });
  await new Promise((done) => killed.stderr.once("data", done));
  killed.kill("SIGKILL");
  await new Promise((done) => killed.once("exit", done));
  const { stdout } = await run(server.program, how);
  assert.match(stdout, /laws added: \d+/);
  const again = await run(server.program, how);
  const [, laws] = again.stdout.match(/laws added: 0, .*as they are: (\d+), articles added: 0,/);
  return +laws;
}

test("an import that is killed is begun again, while the server serves", () =>
  withServer({}, async (server) => {
    const folder = await mkdtemp(join(tmpdir(), "laws-"));
    const file = join(folder, "many.tsv");
    const articles = 40; // 58,800 in all, as many as all national laws have
    const laws = 1470;
    let table = "";
    for (let law = 0; law < laws; law++)
      for (let article = 1; article <= articles; article++)
        table += `0\t试验规定${law}\t第${article}条\t第一章\t第${law}部的第${article}条。\t2020-01-01\n`;
    await writeFile(file, table);
    assert.equal(await takesIn(server, file), laws);
    const api = new Api(server.url);
    const { laws: found } = await api.get("/laws?q=试验规定1469");
    assert.equal(found.length, 1);
    const last = await api.get(`/laws/${found[0].law}/articles/${articles}`);
    assert.deepEqual([last.text, last.after], ["第1469部的第40条。", null]);
    await rm(folder, { recursive: true });
  }));

// All national laws are not in the tree: GONGDAO_LAWS names such a table, else it may lie beside it.
const national = process.env.GONGDAO_LAWS ?? join(root, "../shared/data/laws_national.tsv.xz");
test("all national laws are taken in, and found", { skip: !existsSync(national) && "there is no table of them" }, () =>
  withServer({}, async (server) => {
    const folder = await mkdtemp(join(tmpdir(), "laws-"));
    const file = join(folder, "national.tsv");
    const reads = national.endsWith(".xz") ? `xz -dc "${national}"` : `cat "${national}"`;
    await run("sh", ["-c", `${reads} >"${file}"`]);
    const lines = (await readFile(file, "utf8")).trim().split("\n").map((line) => line.split("\t"));
    // A law may stand there in two pieces.
    assert.ok((await takesIn(server, file)) >= new Set(lines.map(([, law]) => law)).size);
    const api = new Api(server.url);
    // Some from every part of it, by what a person would type.
    for (let i = 0; i < lines.length; i += 4999) {
      const [, law, article, , text] = lines[i];
      const { laws } = await api.get(`/laws?q=${encodeURIComponent(law)}`);
      const there = laws.find(({ name }) => name === law);
      assert.ok(there, law);
      let page = { next_from: 1 };
      do {
        page = await api.get(`/laws/${there.law}?from=${page.next_from}`);
      } while (page.next_from && !page.articles.some(({ label }) => label === article));
      const read = page.articles.find(({ label }) => label === article)?.text ?? "";
      // Two spaces begin a paragraph.
      assert.equal(read.replace(/\s+/g, " "), text.replace(/\s+/g, " "), `${law} ${article}`);
    }
    await rm(folder, { recursive: true });
  }));
