// files_store.mjs -- attached files lie in a store that speaks the S3 protocol: what was answered is
// there and nobody else can read it; a store that is away, slow, wrong or lies holds up nothing but
// files, and is told of plainly.  Decision 0037.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { Api, eventually } from "../lib/api.mjs";
import { closeBrowser, ways } from "../lib/browser.mjs";
import { pdf } from "../lib/files.mjs";
import { asks, attaches, leaves } from "../lib/resident.mjs";
import { FileStore } from "../lib/s3.mjs";
import { withServer, work } from "../lib/server.mjs";
import { SwiftStore, swiftIsThere } from "../lib/swift.mjs";

after(closeBrowser);
await mkdir(work, { recursive: true });
const patient = "[overload]\nworker_wait_ms = 60000\ndisk_wait_ms = 60000\nliving_wait_ms = 60000\n";

/** The configuration of a server that keeps its files there, in a folder that goes afterwards. */
async function withConfig(store, story, { secret = store.secret } = {}) {
  const folder = await mkdtemp(join(work, "files-"));
  const key = join(folder, "files.key");
  const config = join(folder, "gongdao.conf");
  await writeFile(key, `${store.id}\n${secret}\n`, { mode: 0o600 });
  const files = `[files]\nendpoint = ${store.url}/\nbucket = ${store.bucket}\nregion = ${store.region}\nkey_file = ${key}\n`;
  await writeFile(config, patient + files);
  try {
    await story(config, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function withStore(story, how) {
  const store = await FileStore.begin();
  try {
    await withConfig(store, (config) => withServer({ options: ["--config", config] }, (server) => story(server, store, config)), how);
  } finally {
    await store.end();
  }
}

/** As an operator types it; gives what was said and the exit status. */
async function command(server, words, config) {
  const { stdout, stderr, code } = await promisify(execFile)(server.program, [...words, ...server.where, "--config", config], {
    timeout: 120_000,
  }).catch((error) => error);
  return { said: `${stdout}${stderr}`, code: code ?? 0 };
}

const attach = (api, bytes, headers) => {
  const form = new FormData();
  form.append("file", new Blob([bytes], { type: "application/pdf" }), "工资条.pdf");
  return api.call("POST", `${api.path}/attachments`, form, headers);
};
const attachedUrls = async (api) =>
  (await api.messages(api.path)).filter(({ attachment }) => attachment).map(({ attachment }) => attachment.url);
const fetched = async (server, api, url) => {
  const answer = await fetch(server.url + url, { headers: api.headers() });
  return { status: answer.status, bytes: Buffer.from(await answer.arrayBuffer()), answer };
};
// A document: pictures are drawn anew, and do not come back byte by byte.
const aPaper = () => Buffer.concat([pdf(), Buffer.from(`%${randomUUID()}\n`.repeat(3000))]);

/** What must hold with any store. */
async function keeps(server, config, names, bytesOf) {
  const api = new Api(server.url);
  const resident = await api.ask({ mode: "message" });
  const paper = aPaper();
  const before = await readdir(join(server.data, "files")); // the demo city's
  const answer = await attach(resident, paper);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  assert.equal((await attach(resident, paper)).status, 201, "the same once more");
  const kept = await names();
  assert.equal(kept.length, 2, "each has an object of its own");
  for (const name of kept) {
    assert.match(name, /^[0-9a-f]{64}$/);
    const bytes = await bytesOf(name);
    assert.ok(bytes.length > paper.length, "there with all its bytes");
    assert.equal(bytes.indexOf(paper.subarray(-36)), -1, "sealed before it leaves");
  }
  assert.deepEqual(await readdir(join(server.data, "files")), before, "and nowhere else");
  await server.kill();
  await server.start();
  const urls = await attachedUrls(resident);
  assert.equal(urls.length, 2);
  for (const url of urls) assert.deepEqual((await fetched(server, resident, url)).bytes, paper);
  const stranger = await api.ask({ mode: "message" });
  assert.ok([403, 404].includes((await fetched(server, stranger, urls[0])).status));
  await server.end();
  const check = await command(server, ["check"], config);
  assert.equal(check.code, 0, check.said);
  assert.match(check.said, new RegExp(` ${before.length} are in the data folder, 2 in the store`));
  await server.start();
}

test("what was answered is in the store, sealed, and comes back after a kill", () =>
  withStore(async (server, store, config) => {
    await keeps(server, config, () => [...store.objects.keys()], (name) => store.objects.get(name));
    assert.deepEqual(store.refused, [], "each signature was right");
    const line = await readFile(`/proc/${server.child.pid}/cmdline`, "utf8");
    assert.ok(!line.includes(store.secret) && !server.text.includes(store.secret), "the key is told nowhere");
  }));

test("the same on OpenStack Swift", { skip: !swiftIsThere() && "python3-swift is not installed" }, async () => {
  const swift = await SwiftStore.begin(await mkdtemp(join(work, "swift-")));
  try {
    await withConfig(swift, (config) =>
      withServer({ options: ["--config", config] }, (server) =>
        keeps(server, config, () => swift.names(), (name) => swift.bytes(name))));
  } catch (failed) {
    failed.message += `\n-- Swift:\n${await swift.log()}`;
    throw failed;
  } finally {
    await swift.end();
  }
});

test("a store that is away holds up files and nothing else, and everybody is told", () =>
  withStore(async (server, store, config) => {
    const api = new Api(server.url);
    const resident = await api.ask({ mode: "message" });
    assert.equal((await attach(resident, aPaper())).status, 201);
    const [url] = await attachedUrls(resident);
    await store.away();
    const refused = await attach(resident, aPaper());
    assert.equal(refused.status, 503, JSON.stringify(refused.body));
    assert.equal(refused.body.code, "files.away");
    assert.ok(+refused.headers.get("retry-after") > 0);
    assert.equal((await fetched(server, resident, url)).status, 503);
    await resident.post(`${resident.path}/messages`, { text: "那我先写在这里" }, 201);
    const ready = await fetch(`${server.url}/readyz`);
    assert.equal(ready.status, 200);
    assert.match((await ready.json()).issues.join(), /store of attached files does not answer/);
    assert.equal((await attachedUrls(resident)).length, 1, "nothing was attached");
    const check = await command(server, ["check"], config);
    assert.equal(check.code, 1);
    assert.match(check.said, /cannot be reached/);
    await store.listen();
    await eventually("the store is used again", async () => (await attach(resident, aPaper())).status === 201, 30);
    assert.equal((await fetched(server, resident, url)).status, 200);
    await eventually("what was refused is not left there", () => store.objects.size === 2, 60);
  }));

test("in a browser the page says so, and takes the file when the store is back", () =>
  withStore(async (server, store) => {
    const resident = await asks(server, ways[1], { text: "老板欠我三个月工资。" });
    await resident.go(`/consultations/${resident.reference}`);
    await store.away();
    resident.offline = true; // what the browser says of a 503 is what is to be seen
    const file = { name: "contract.pdf", mimeType: "application/pdf", buffer: pdf() };
    await attaches(resident, file);
    await resident.sees(/(暂时连不上|cannot be reached)/);
    await store.listen();
    await eventually("it is taken", async () => {
      await resident.go(`/consultations/${resident.reference}`);
      await attaches(resident, file);
      return (await resident.page.content()).includes("contract.pdf");
    }, 60);
    resident.offline = false;
    await leaves(resident);
  }));

test("one waits for a store that fell silent, and nobody else", () =>
  withStore(async (server, store) => {
    const api = new Api(server.url);
    const [first, second] = [await api.ask({ mode: "message" }), await api.ask({ mode: "message" })];
    const held = [];
    store.trouble = (request, response) => held.push(response); // asked, and no answer
    const waiting = attach(first, aPaper());
    await eventually("the store is asked", () => store.asked.length === 1);
    await second.post(`${second.path}/messages`, { text: "页面和消息都不等它" }, 201);
    assert.equal((await waiting).status, 503);
    assert.equal((await attach(second, aPaper())).status, 503);
    const puts = store.asked.filter((asked) => asked.startsWith("PUT")).length;
    assert.ok(puts <= 2, `${store.asked}`);
    store.trouble = null;
    for (const response of held) response.destroy();
    await eventually("it is tried again", async () => (await attach(second, aPaper())).status === 201, 30);
  }));

test("half a file, another's file and a changed one are not handed out", () =>
  withStore(async (server, store) => {
    const resident = await new Api(server.url).ask({ mode: "message" });
    for (let i = 0; i < 2; i++) assert.equal((await attach(resident, aPaper())).status, 201);
    const urls = await attachedUrls(resident);
    const [one, other] = [...store.objects.keys()];
    const [mine, others] = [one, other].map((name) => store.objects.get(name));
    store.objects.set(one, others);
    store.objects.set(other, mine);
    for (const url of urls) assert.equal((await fetched(server, resident, url)).status, 500);
    const changed = Buffer.from(mine);
    changed[5000] ^= 1;
    store.objects.set(one, changed);
    store.objects.set(other, others.subarray(0, 4000));
    for (const url of urls) assert.equal((await fetched(server, resident, url)).status, 500);
    store.objects.set(one, Buffer.concat([mine, mine]));
    store.objects.set(other, Buffer.concat([others, others]));
    for (const url of urls) assert.equal((await fetched(server, resident, url)).status, 500, "longer than it was");
    store.objects.set(one, mine);
    store.objects.set(other, others);
    store.trouble = (request, response, bytes) => {
      response.writeHead(200, { "Content-Length": bytes.length });
      response.write(bytes.subarray(0, 3000), () => response.destroy());
      return true;
    };
    assert.equal((await fetched(server, resident, urls[0])).status, 503, "half an answer");
    store.trouble = null;
    for (const url of urls)
      await eventually("it is as it was", async () => (await fetched(server, resident, url)).status === 200, 30);
  }));

test("a wrong key is refused by the store and named in the log", () =>
  withStore(
    async (server, store) => {
      const resident = await new Api(server.url).ask({ mode: "message" });
      const answer = await attach(resident, aPaper());
      assert.equal(answer.status, 503);
      assert.ok(store.refused.length && store.refused.every((why) => why === "SignatureDoesNotMatch"));
      assert.equal(store.objects.size, 0);
      await eventually("the log says it", () => server.text.includes("403 (SignatureDoesNotMatch)"));
      const ready = await fetch(`${server.url}/readyz`);
      assert.equal(ready.status, 200);
      assert.match((await ready.json()).issues.join(), /store of attached files refused/);
      assert.match(await (await fetch(`${server.url}/metrics`)).text(), /^gongdao_files_store_failures_total [1-9]/m);
    },
    { secret: "not-that-one" },
  ));

test("what is not kept after all goes from the store, also when that was away meanwhile", () =>
  withStore(async (server, store) => {
    const resident = await new Api(server.url).ask({ mode: "message" });
    const key = { "Idempotency-Key": randomUUID() };
    const paper = aPaper();
    assert.equal((await attach(resident, paper, key)).status, 201);
    store.trouble = (request, response) => request.method === "DELETE" && response.writeHead(503).end();
    // Sent again it is the same file: the second copy of it goes.
    assert.equal((await attach(resident, paper, key)).status, 201);
    await eventually("it is to go", () => store.asked.some((asked) => asked.startsWith("DELETE")));
    assert.equal(store.objects.size, 2);
    await server.kill();
    store.trouble = null;
    await server.start();
    await eventually("it is gone", () => store.objects.size === 1, 60);
    const [url] = await attachedUrls(resident);
    assert.deepEqual((await fetched(server, resident, url)).bytes, paper);
    await eventually("nothing is noted any more", async () => (await readdir(join(server.data, "gone"))).length === 0);
  }));

test("files of before are carried from the folder into the store", async () => {
  const store = await FileStore.begin();
  try {
    await withConfig(store, (config) =>
      withServer({}, async (server) => {
        const before = await readdir(join(server.data, "files")); // the demo city's go along
        const resident = await new Api(server.url).ask({ mode: "message" });
        const papers = [aPaper(), aPaper()];
        for (const paper of papers) assert.equal((await attach(resident, paper)).status, 201);
        await server.end();
        server.how.options = ["--config", config];
        await server.start();
        const urls = await attachedUrls(resident);
        const all = async () => {
          for (const [i, url] of urls.entries())
            assert.deepEqual((await fetched(server, resident, url)).bytes, papers[i]);
        };
        await all(); // from the folder
        await store.away();
        const failed = await command(server, ["files"], config);
        assert.equal(failed.code, 1, failed.said);
        assert.equal((await readdir(join(server.data, "files"))).length, before.length + 2, "nothing goes before it is there");
        await store.listen();
        const carried = await command(server, ["files"], config);
        assert.equal(carried.code, 0, carried.said);
        assert.match(carried.said, new RegExp(`^${before.length + 2} files were carried`, "m"));
        assert.deepEqual(await readdir(join(server.data, "files")), []);
        assert.equal(store.objects.size, before.length + 2);
        await all(); // from the store
      }));
  } finally {
    await store.end();
  }
});
