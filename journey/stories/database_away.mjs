// database_away.mjs -- PostgreSQL goes away in the middle of a conversation and comes back: the
// server says so, goes on by itself, and nothing that was said is lost or said twice.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { test } from "node:test";
import { Api, assertOnceInOrder, takenBy } from "../lib/api.mjs";
import { openDatabase, shutDatabase } from "../lib/database.mjs";
import { withServer } from "../lib/server.mjs";

const skip = process.env.GONGDAO_TEST_DATABASE ? false : "the rows are in the data folder";

/** Sends texts one after the other, each until it is answered with 201, with one key each. */
async function insists(api, path, texts, refused) {
  const told = new Map();
  for (const text of texts) {
    const key = { "Idempotency-Key": randomUUID() };
    for (;;) {
      const answer = await api.call("POST", path, { text }, key);
      if (answer.status === 201) {
        told.set(text, answer.body.seq);
        break;
      }
      assert.ok(answer.status >= 500, JSON.stringify(answer.body));
      refused.push(answer.status);
      await pause(50);
    }
  }
  return told;
}

async function ready(server) {
  const answer = await fetch(`${server.url}/readyz`);
  return { status: answer.status, issues: (await answer.json()).issues.join(" ") };
}

async function becomes(server, status) {
  for (let i = 0; i < 200; i++) {
    const answer = await ready(server);
    if (answer.status === status) return answer;
    await pause(50);
  }
  return assert.fail(`/readyz did not become ${status} within 10 s`);
}

test("the database is away three times while both sides write", { skip }, () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    const resident = await api.ask();
    const { reference } = resident.asked;
    const consultant = await takenBy(api, reference);
    const stream = resident.stream(`${resident.path}/stream`);
    const mine = Array.from({ length: 60 }, (_, i) => `居民 ${i}`);
    const theirs = Array.from({ length: 60 }, (_, i) => `律师 ${i}`);
    const refused = [];
    const writing = Promise.all([
      insists(resident, `${resident.path}/messages`, mine, refused),
      insists(consultant.api, `/desk/consultations/${reference}/messages`, theirs, refused),
    ]);
    for (let i = 0; i < 3; i++) {
      await pause(100 + Math.random() * 150);
      await shutDatabase(server.database);
      const { issues } = await becomes(server, 503);
      assert.match(issues, /database does not answer/);
      const page = await fetch(`${server.url}/search?text=x`, { redirect: "manual" });
      assert.ok(page.status < 600, "pages are answered, if only with an apology");
      await openDatabase(server.database);
      await becomes(server, 200);
    }
    const [toldMine, toldTheirs] = await writing;
    assert.ok(refused.length > 0, "nobody noticed that the database was away");
    const all = await resident.messages(resident.path);
    assertOnceInOrder(all.map((message) => message.seq), "the conversation");
    for (const [texts, told] of [[mine, toldMine], [theirs, toldTheirs]]) {
      const kept = all.filter((message) => told.has(message.text));
      assert.deepEqual(kept.map((message) => message.text), texts);
      for (const message of kept) assert.equal(message.seq, told.get(message.text));
    }
    await stream.message(theirs.at(-1));
    await stream.message(mine.at(-1));
    assertOnceInOrder(stream.seqs(), stream.path);
    const seen = new Set(stream.of("message").map((event) => event.data.text));
    for (const text of [...mine, ...theirs]) assert.ok(seen.has(text), `${stream.path}: ${text}`);
    await stream.close();
    await consultant.leave();
  }));
