// laws.mjs -- somebody finds a law by name, reads an article and its neighbour, and asks from there;
// an administrator's import is killed and begun again, and everything is there once.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { Api, takenBy } from "../lib/api.mjs";
import { Person, closeBrowser, inTurn, wayName } from "../lib/browser.mjs";
import { withServer } from "../lib/server.mjs";

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

test("an import that is killed is begun again, while the server serves", () =>
  withServer({}, async (server) => {
    const folder = await mkdtemp(join(tmpdir(), "laws-"));
    const file = join(folder, "many.tsv");
    const laws = 300;
    const articles = 40;
    let table = "";
    for (let law = 0; law < laws; law++)
      for (let article = 1; article <= articles; article++)
        table += `0\t试验规定${law}\t第${article}条\t第一章\t第${law}部的第${article}条。\t2020-01-01\n`;
    await writeFile(file, table);
    const how = ["import", "laws", file, ...server.where];
    const killed = spawn(server.program, how, { stdio: ["ignore", "ignore", "pipe"] });
    await new Promise((done) => killed.stderr.once("data", done));
    killed.kill("SIGKILL");
    await new Promise((done) => killed.once("exit", done));
    const { stdout } = await run(server.program, how);
    assert.match(stdout, /laws added: \d+/);
    const again = await run(server.program, how);
    assert.match(again.stdout, new RegExp(`laws added: 0, .*as they are: ${laws},`));
    const api = new Api(server.url);
    const { laws: found } = await api.get("/laws?q=试验规定299");
    assert.equal(found.length, 1);
    const last = await api.get(`/laws/${found[0].law}/articles/${articles}`);
    assert.deepEqual([last.text, last.after], ["第299部的第40条。", null]);
    await rm(folder, { recursive: true });
  }));
