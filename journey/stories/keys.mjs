// keys.mjs -- the key of sealed fields is turned over while people ask: the server is killed on the
// way, and in the end not one byte is sealed with the old key, which is put away and comes back
// with the backup that needs it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFile, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { Api, eventually } from "../lib/api.mjs";
import { withServer } from "../lib/server.mjs";

const run = promisify(execFile);

/** As an operator types it; gives what was said and the exit status. */
async function command(server, words, where = server.where) {
  const { stdout, stderr, code } = await run(server.program, [...words, ...where], {
    timeout: 120_000,
  }).catch((error) => error);
  return { said: `${stdout}${stderr}`, code: code ?? 0 };
}

async function needs(server, words, where) {
  const { said, code } = await command(server, words, where);
  assert.equal(code, 0, said);
  return said;
}

/** How many values each key seals, by what keys list says. */
async function counts(server) {
  const said = await needs(server, ["keys", "list"]);
  return Object.fromEntries([...said.matchAll(/^Key (\d+) .*: (\d+) values/gm)].map((m) => [m[1], +m[2]]));
}

/** Sealed texts of a key in a copy of all rows, whatever engine they are on. */
async function bytesOf(server, name, key) {
  const to = join(server.data, name);
  await needs(server, ["backup", "--to", to, "--with-keys"]);
  const text = (await readFile(join(to, "gongdao.db"))).toString("latin1");
  return [...text.matchAll(new RegExp(`x${key}\\.[A-Za-z0-9_-]{40}`, "g"))].length;
}

const asks = (api, n) =>
  api.as(null).ask({ phone: `1390000${String(8000 + n)}`, text: `老板欠我工资，第${n}问。`, mode: "message" });

test("a new key while people ask, kill -9 on the way, and the old one is put away", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    await asks(api, 1);
    const before = await counts(server);
    assert.ok(before[1] > 300 && !before[2], JSON.stringify(before));
    assert.ok((await bytesOf(server, "before", 1)) > 300, "the search finds what is there");

    assert.match(await needs(server, ["keys", "rotate"]), /key 2 is written with/);
    await eventually("the first are sealed anew", async () => (await counts(server))[2] > 0);
    await server.kill();
    const between = await counts(server);
    assert.ok(between[1] > 0 && between[2] > 0, `killed in the middle: ${JSON.stringify(between)}`);
    await server.start();
    await asks(api, 2);
    await eventually("all are", async () => !/older values/.test(await needs(server, ["keys", "list"])), 90);
    const after = await counts(server);
    assert.equal(after[1], 0);
    assert.ok(after[2] >= before[1], JSON.stringify(after));
    assert.equal(await bytesOf(server, "after", 1), 0, "in no column, declared or not");
    assert.match(await needs(server, ["check"]), /Key 2 \(field2\.key\): \d+ values, written with/);

    await mayGo(server);
    await comesBack(server);
  }));

async function mayGo(server) {
  const safe = join(server.data, "safe");
  const refusals = [
    [["keys", "retire", "1"], /--to FOLDER/],
    [["keys", "retire", "2", "--to", safe], /written with/],
    [["keys", "retire", "9", "--to", safe], /which key/],
    [["keys", "retire", "1", "--to", safe], /ten minutes/],
  ];
  for (const [words, reason] of refusals) {
    const { said, code } = await command(server, words);
    assert.equal(code, 1);
    assert.match(said, reason);
  }
  const sql = "update mark set value = '2 1000' where name = 'seal_key'"; // long ago
  const { where } = server;
  if (server.database) await run("psql", [where[where.indexOf("--database") + 1], "-c", sql]);
  else await run("sqlite3", ["-cmd", ".timeout 20000", join(server.data, "gongdao.db"), sql]);
  await needs(server, ["keys", "retire", "1", "--to", safe]);
  assert.deepEqual(await readdir(safe), ["field.key"]);
  await server.end();
  await server.start();
  await asks(new Api(server.url), 3);
  assert.match(await needs(server, ["check"]), /is sound/);
}

/** The backup from before the first key went: with the keys there are now it cannot be served. */
async function comesBack(server) {
  const data = join(server.data, "old");
  const where = ["--data", data];
  await rm(join(server.data, "before", "keys"), { recursive: true });
  const list = join(server.data, "before", "MANIFEST");
  const lines = (await readFile(list, "utf8")).split("\n");
  await writeFile(list, lines.filter((line) => !line.includes("keys/")).join("\n"));
  await needs(server, ["restore", "--from", join(server.data, "before")], where);
  for (const name of await readdir(join(server.data, "keys")))
    await copyFile(join(server.data, "keys", name), join(data, "keys", name));
  const { said, code } = await command(server, ["check"], where);
  assert.equal(code, 1);
  assert.match(said, /\d+ sealed values cannot be opened, the first is \w+\.\w+ of /);
  await copyFile(join(server.data, "safe", "field.key"), join(data, "keys", "field.key"));
  assert.match(await needs(server, ["check"], where), /Key 1 \(field\.key\): \d+ values, written with/);
}
