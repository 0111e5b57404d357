// erased.mjs -- somebody reads what goes and what stays, has it erased, the server is killed in the
// middle, and then nothing of it is found: not on a page, not in a byte of the folder.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { Api, eventually } from "../lib/api.mjs";
import { Person, closeBrowser, ways } from "../lib/browser.mjs";
import { png } from "../lib/files.mjs";
import { leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

const phone = "13900007171";
const other = "13900007272";
const words = "我叫秦不留痕，身份证310104198802293317，老板欠我工资。";
const planted = ["秦不留痕", "310104198802293317", phone, "不留痕的合同.png"];
const theirs = "楼上漏水的是申屠留言。";
const questions = 8;

after(closeBrowser);

async function byPhone(server, way, number, next) {
  const person = await Person.arrive(server.url, way);
  const before = server.letters(number).length;
  await person.go(`/session/code?next=${next}`);
  await person.page.locator('[name="phone"]:not([type=hidden])').fill(number);
  await person.submit('form[action="/session/code"] button');
  await person.page.locator('[name="code"]').fill(await server.code(number, before));
  await person.submit('form[action="/session/code/verify"] button');
  return person;
}

/** In which files of the folder any of these stands, byte for byte. */
async function foundIn(folder, texts) {
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: false })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await foundIn(path, texts)));
    else if (entry.isFile()) {
      const bytes = await readFile(path);
      for (const text of texts) if (bytes.includes(Buffer.from(text))) found.push(`${entry.name}: ${text}`);
    }
  }
  return found;
}

/** In the folder; with the rows on PostgreSQL, also in what it gives to whoever reads all of them. */
async function foundAt({ data, database, where }, texts) {
  const found = await foundIn(data, texts);
  if (!database) return found;
  const address = where[where.indexOf("--database") + 1];
  const { stdout } = await promisify(execFile)("pg_dump", [address], { maxBuffer: 1 << 28 });
  return [...found, ...texts.filter((text) => stdout.includes(text))];
}

async function asks(api, number, text, { withFile = false } = {}) {
  const resident = await api.as(null).ask({ phone: number, text, mode: "message" });
  if (withFile) {
    const form = new FormData();
    form.append("file", new Blob([png()], { type: "image/png" }), planted[3]);
    await resident.need(201, "POST", `${resident.path}/attachments`, form);
  }
  await resident.post(`${resident.path}/close`);
  return resident;
}

const filesOf = async (server) => (await readdir(join(server.data, "files"))).length;

test("what is erased is found nowhere, killed in the middle or not", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    const before = await filesOf(server);
    const asked = [];
    for (let i = 0; i < questions; i++) asked.push(await asks(api, phone, words, { withFile: true }));
    await asks(api, other, theirs);
    assert.equal(await filesOf(server), before + questions);
    const stranger = await byPhone(server, ways[0], other, "/my/data");
    const resident = await byPhone(server, ways[0], phone, "/my/data");
    await resident.page.locator('a[href="/my/data/erasure"]').click();
    const text = await resident.page.locator("main").innerText();
    assert.match(text, new RegExp(`已结束的咨询.*: ${questions}`));
    assert.match(text, /网络安全法/);
    await resident.submit('form[action="/my/data/erasure"] button');
    assert.ok((await foundAt(server, [planted[0]])).length, "not sure: nothing is erased");
    await resident.page.locator('[name="sure"]').check({ force: true });
    await resident.submit('form[action="/my/data/erasure"] button');
    await server.kill();
    await server.start();
    await eventually("it goes on", async () => {
      const answer = await stranger.page.request.get(`${server.url}/my/data/erasure`);
      assert.equal(answer.status(), 200);
      return (await filesOf(server)) === before;
    });
    for (const one of asked)
      assert.ok([401, 403, 404].includes((await one.call("GET", one.path)).status), "no token opens it");
    await resident.go("/my/data");
    assert.match(resident.page.url(), /session|my\?next/, "signed out");
    const again = await byPhone(server, ways[0], phone, "/my/data");
    await again.go("/my/data/erasure");
    const left = await again.page.locator("main").innerText();
    assert.ok(left.includes("这些会删除") && !left.includes("已结束的咨询"), "a new account holds none");
    await leaves(resident, stranger, again);
    const mine = planted.filter((one) => one !== phone);
    await eventually("no byte of it is left, while it serves", async () =>
      (await foundAt(server, mine)).length === 0, 90);
    await server.end();
    assert.deepEqual(await foundAt(server, mine), []);
    assert.ok((await foundAt(server, [theirs])).length, "somebody else's is still there");
    const { stdout } = await promisify(execFile)(server.program, ["check", ...server.where]);
    assert.match(stdout, /People who were erased: 1; nothing/);
    assert.match(stdout, /The journal is as it was sealed/);
    const list = (await promisify(execFile)(server.program, ["erasures", ...server.where])).stdout;
    assert.equal(list.trim().split("\n").length, 1);
    assert.ok(!list.includes(phone));
    await server.start();
  }));
