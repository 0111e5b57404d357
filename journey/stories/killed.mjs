// killed.mjs -- the server dies in the middle of a conversation and comes back: both go on, and
// nothing that was said is lost or said twice.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { after, test } from "node:test";
import { Api, assertOnceInOrder, takenBy } from "../lib/api.mjs";
import { closeBrowser, pairs, wayName } from "../lib/browser.mjs";
import { accepts, atDesk, opens, replies } from "../lib/desk.mjs";
import { asks, leaves, says } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

/** Sends texts one after the other, each until it is answered with 201, with one key each. */
async function insists(api, path, texts) {
  const told = new Map();
  for (const text of texts) {
    const key = { "Idempotency-Key": randomUUID() };
    for (;;) {
      const answer = await api.call("POST", path, { text }, key).catch(() => null);
      if (answer?.status === 201) {
        told.set(text, answer.body.seq);
        break;
      }
      assert.ok(!answer || answer.status >= 500, JSON.stringify(answer?.body));
      await pause(50);
    }
  }
  return told;
}

test("over the API: kill -9 three times while both sides write", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    const resident = await api.ask();
    const { reference } = resident.asked;
    const consultant = await takenBy(api, reference);
    const streams = [
      resident.stream(`${resident.path}/stream`),
      consultant.api.stream("/desk/stream"),
    ];
    const mine = Array.from({ length: 60 }, (_, i) => `居民 ${i}`);
    const theirs = Array.from({ length: 60 }, (_, i) => `律师 ${i}`);
    const writing = Promise.all([
      insists(resident, `${resident.path}/messages`, mine),
      insists(consultant.api, `/desk/consultations/${reference}/messages`, theirs),
    ]);
    for (let i = 0; i < 3; i++) {
      await pause(100 + Math.random() * 150);
      await server.kill();
      await server.start();
    }
    const [toldMine, toldTheirs] = await writing;
    const all = await resident.messages(resident.path);
    assertOnceInOrder(all.map((message) => message.seq), "the conversation");
    for (const [texts, told] of [[mine, toldMine], [theirs, toldTheirs]]) {
      const kept = all.filter((message) => told.has(message.text));
      assert.deepEqual(kept.map((message) => message.text), texts);
      for (const message of kept) assert.equal(message.seq, told.get(message.text));
    }
    for (const stream of streams) {
      await stream.message(theirs.at(-1));
      await stream.message(mine.at(-1));
      assertOnceInOrder(stream.seqs(), stream.path);
      const seen = new Set(stream.of("message").map((event) => event.data.text));
      for (const text of [...mine, ...theirs]) assert.ok(seen.has(text), `${stream.path}: ${text}`);
      await stream.close();
    }
    await consultant.leave();
  }));

for (const way of pairs) {
  test(`in the browser ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const api = new Api(server.url);
      const resident = await asks(server, way, { text: "第一句。" });
      const offered = await takenBy(api, resident.reference, { accept: false });
      offered.silence();
      const consultant = await atDesk(server, way, offered.name);
      await accepts(consultant, resident.reference);
      await resident.isIn("talking");
      await says(resident, "第二句。");
      await opens(consultant, resident.reference);
      await consultant.seesAfterReload("第二句。");
      await replies(consultant, "第三句。"); // it may be on its way still when all dies
      resident.offline = consultant.offline = true;
      await server.kill();
      await pause(300);
      await server.start();
      await replies(consultant, "第四句。");
      await resident.seesAfterReload("第四句。", 30);
      await says(resident, "第五句。");
      await consultant.seesAfterReload("第五句。", 30);
      const texts = ["第一句。", "第二句。", "第三句。", "第四句。", "第五句。"];
      for (const person of [resident, consultant])
        assert.deepEqual((await person.messages()).filter((text) => texts.includes(text)), texts);
      await leaves(resident, consultant);
    }));
}
