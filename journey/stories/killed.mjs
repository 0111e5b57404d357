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

/** One act until it is acknowledged, with one key. */
async function insistsOnce(api, path, body, status) {
  const key = { "Idempotency-Key": randomUUID() };
  for (;;) {
    const answer = await api.call("POST", path, body, key).catch(() => null);
    if (answer?.status === status) return answer.body;
    assert.ok(!answer || answer.status >= 500, `${path}: ${answer?.status} ${JSON.stringify(answer?.body)}`);
    await pause(50);
  }
}

test("over the API: kill -9 three times while cases are applied for and decided", () =>
  withServer({}, async (server) => {
    const officer = await new Api(server.url).signIn("leader01");
    const wish = { name: "王秀英", phone: "13900006666", division: "310101", answer_1: "family", answer_2: "李先生", answer_4: "赡养" };
    const course = [["accept", ""], ["note", "第一条"], ["note", "第二条"], ["note", "第三条"], ["settle", ""]];
    let done = 0;
    const run = async () => {
      const { reference } = await insistsOnce(new Api(server.url), "/items/people-mediation/apply", wish, 201);
      const path = `/office/cases/${reference}`;
      await insistsOnce(officer, `${path}/look`, {}, 200);
      for (const [seen, [action, words]] of course.entries())
        await insistsOnce(officer, `${path}/steps`, { action, words, seen: seen + 1 }, 200);
      done++;
      return reference;
    };
    const working = Promise.all(Array.from({ length: 6 }, async () => [await run(), await run(), await run()]));
    for (let i = 0; i < 3; i++) {
      await pause(100 + Math.random() * 200);
      assert.ok(done < 18, "killed while they work");
      await server.kill();
      await server.start();
    }
    const told = (await working).flat().sort();
    const { cases } = await officer.get("/office?turn=over");
    assert.deepEqual(cases.map(({ reference }) => reference).sort(), told, "each once");
    assert.deepEqual((await officer.get("/office")).cases, [], "and none beside them");
    for (const reference of told) {
      await officer.post(`/office/cases/${reference}/look`, {});
      const { steps } = await officer.get(`/office/cases/${reference}`);
      assert.deepEqual(steps.map(({ action, words }) => [action, words ?? ""]), [["", ""], ...course], reference);
    }
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
