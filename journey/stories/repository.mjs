// repository.mjs -- a talk ends, its consultant proposes it without names, an editor publishes it, a
// resident finds it by the search box and says that it helped; an amendment hides it and puts it
// before the editors again; its resident's no takes it away; nothing of it is lost when the server
// is killed, and what is not published leaves no trace anywhere.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { Api, eventually, takenBy } from "../lib/api.mjs";
import { axe } from "../lib/checks.mjs";
import { Person, closeBrowser, inTurn, wayName } from "../lib/browser.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);
const run = promisify(execFile);
const said = "我叫王小明，老板张三拖欠工资三个月，电话13812345678，怎么办？";

/** A talk that ended: its resident, its consultant and its reference. */
async function ended(api, answer) {
  const asker = await api.ask({ field: "labour", district: "310104", text: said });
  const { reference } = asker.asked;
  const holder = await takenBy(api, reference);
  await holder.say(reference, answer);
  const summary = "告知仲裁途径。";
  await holder.api.post(`/desk/consultations/${reference}/close`, { outcome: "advised", summary });
  return { asker, holder, reference };
}

async function signedIn(server, client, way) {
  const person = await Person.arrive(server.url, way);
  await person.context.addCookies([{ name: "gongdao", value: client.token, url: server.url }]);
  return person;
}

const found = async (api, words) => (await api.get(`/search?q=${encodeURIComponent(words)}`)).answers;

for (const way of inTurn)
  test(`from a talk to an answer everybody may read: ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const api = new Api(server.url, { language: "zh" });
      // axe is a script itself.
      const fine = async ({ page }) => way.scripts && assert.deepEqual(await axe(page), []);
      const talk = await ended(api, "王小明您好，根据劳动合同法第38条，您可以解除合同。");
      const desk = await signedIn(server, talk.holder.api, way);
      await desk.go(`/desk/consultations/${talk.reference}`);
      await desk.page.click(`a[href='/desk/repository/${talk.reference}']`);
      assert.equal(await desk.page.locator("main mark").count(), 4);
      for (const name of ["question", "answer"]) {
        const masked = await desk.page.inputValue(`main textarea[name='${name}']`);
        assert.doesNotMatch(masked, /王小明|张三|138/);
      }
      await fine(desk);
      await desk.page.fill("main input[name='title']", "老板拖欠工资怎么办");
      await desk.page.fill("main textarea[name='question']", "老板欠薪，打13812345678");
      await desk.page.check("main input[name='compared']");
      await desk.page.click("main form[method='post'] button");
      assert.match(await desk.page.innerText("main"), /13812345678/, "what was typed stays");
      await desk.page.fill("main textarea[name='question']", "老板拖欠工资三个月，怎么办呢？");
      await desk.page.check("main input[name='compared']");
      await desk.page.click("main form[method='post'] button");
      await desk.page.waitForURL(/\/desk\/repository$/);
      assert.match(await desk.page.innerText("main"), /老板拖欠工资怎么办/);
      assert.deepEqual((await api.get("/answers")).answers, []);
      assert.deepEqual(await found(api, "拖欠工资"), []);

      const editor = await signedIn(server, await api.signIn("supervisor"), way);
      await editor.go("/board/repository");
      await fine(editor);
      await editor.page.click("main a.desk-item");
      const { pathname } = new URL(editor.page.url());
      const entry = pathname.split("/").at(-1);
      assert.doesNotMatch(await editor.page.innerText("main"), /王小明/, "not before it was opened");
      await editor.go(`/board/consultations/${talk.reference}`);
      await editor.page.click("form[action$='/look-in'] button");
      await editor.go(pathname);
      assert.match(await editor.page.innerText("main"), /王小明/);
      await fine(editor);
      await editor.page.check("main input[name='confirmed']");
      await editor.page.click("form[action$='/publish'] button");
      await eventually("it is found", async () => (await found(api, "拖欠工资")).length === 1);

      const reader = await Person.arrive(server.url, way);
      await reader.go("/");
      await reader.page.fill("#q", "拖欠工资");
      await reader.page.click("form[action='/search'] button:not([formaction])");
      await reader.page.click(`main a[href='/answers/${entry}']`);
      assert.equal(await reader.page.innerText("h1"), "老板拖欠工资怎么办");
      assert.ok(await reader.page.locator("main a[href$='/articles/38']").count());
      await fine(reader);
      for (let times = 0; times < 2; times++) await reader.page.click("button[value='yes']");
      assert.match(await reader.page.innerText("button[value='yes']"), /1/);
      await reader.go("/answers");
      assert.ok(await reader.page.locator(`main a[href='/answers/${entry}']`).count());
      await fine(reader);

      const asker = await signedIn(server, talk.asker, way);
      await asker.go(talk.asker.path);
      await asker.page.click("button[name='sharing'][value='no']");
      await asker.page.waitForLoadState();
      const gone = await api.call("GET", `/answers/${entry}`);
      assert.equal(gone.status, 404);
      assert.deepEqual(await found(api, "拖欠工资"), []);
      const { code, ...never } = (await api.call("GET", "/answers/123456789")).body;
      assert.deepEqual(gone.body, { code, ...never }, "like one there never was");
      for (const person of [desk, editor, reader, asker]) {
        assert.deepEqual(person.complaints, []);
        await person.leave();
      }
      talk.holder.silence();
    }));

test("an amendment hides an answer and puts it before the editors; a kill loses nothing", () =>
  withServer({}, async (server) => {
    const folder = await mkdtemp(join(tmpdir(), "laws-"));
    const file = join(folder, "laws.tsv");
    const take = async (words, day) => {
      await writeFile(file, `1\t试点条例\t第一条\t\t${words}\t${day}\n`);
      await run(server.program, ["import", "laws", file, ...server.where]);
    };
    await take("欠薪的，限期支付。", "2020-01-01");
    const api = new Api(server.url, { language: "zh" });
    const { holder, reference } = await ended(api, "您可以投诉。");
    const text = { title: "欠薪试点", field: "labour", question: "欠薪试点城市怎么办理？", compared: true };
    const proposal = { ...text, answer: "见试点条例第一条，可以投诉。" };
    const { entry } = await holder.api.post(`/desk/repository/${reference}`, proposal, 201);
    await server.kill();
    await server.start();
    const editor = await api.signIn("supervisor");
    await editor.post(`/board/repository/${entry}/publish`, { seen: 1, confirmed: true });
    await eventually("it is found", async () => (await found(api, "欠薪试点")).length === 1);
    await server.kill();
    await server.start();
    await eventually("it is found again", async () => (await found(api, "欠薪试点")).length === 1);
    await take("欠薪的，七日内支付。", "2021-01-01");
    assert.equal((await api.call("GET", `/answers/${entry}`)).status, 404, "at once");
    assert.deepEqual(await found(api, "欠薪试点"), []);
    const { cites } = await editor.get(`/board/repository/${entry}`);
    assert.deepEqual(cites.map((cite) => cite.is_changed), [true]);
    await editor.post(`/board/repository/${entry}/publish`, { seen: 1, confirmed: true });
    await eventually("looked at, it is found", async () => (await found(api, "欠薪试点")).length === 1);
    holder.silence();
    await rm(folder, { recursive: true });
  }));
