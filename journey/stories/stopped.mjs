// stopped.mjs -- a server is held still (SIGSTOP, as by a machine that was put to sleep or moved) and
// goes on later: nothing is lost, nothing is said or offered twice.  Of two nodes the one that is
// held has the writers' lock: the database takes it away, the other goes on, and what the first
// believed to have in hand when it wakes is done once.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { test } from "node:test";
import { Api, assertOnceInOrder, eventually, takenBy } from "../lib/api.mjs";
import { withServer } from "../lib/server.mjs";

const skip = process.env.GONGDAO_TEST_DATABASE ? false : "the rows are in the data folder";

/** Writes one after the other, each with a key of its own until it is answered, till told to stop. */
class Writer {
  constructor(api, path, word) {
    Object.assign(this, { api, path, word, told: new Map(), isOver: false });
    this.running = this.run();
  }

  async run() {
    for (let n = 1; !this.isOver; n++) {
      const text = `${this.word} ${n}`;
      const key = { "Idempotency-Key": randomUUID() };
      while (!this.told.has(text)) {
        const answer = await this.api.call("POST", this.path, { text }, key).catch(() => null);
        if (answer?.status === 201) this.told.set(text, answer.body.seq);
        else assert.ok(!answer || answer.status === 429 || answer.status >= 500, JSON.stringify(answer?.body));
        await pause(answer?.status === 201 ? 0 : 50);
      }
    }
  }

  async end() {
    this.isOver = true;
    await this.running;
  }
}

async function assertOnce(resident, writers) {
  const all = await resident.messages(resident.path);
  assertOnceInOrder(all.map(({ seq }) => seq), resident.path);
  for (const { told } of writers) {
    const kept = all.filter(({ text }) => told.has(text));
    assert.deepEqual(kept.map(({ text }) => text), [...told.keys()]);
    for (const { text, seq } of kept) assert.equal(seq, told.get(text));
  }
}

test("a server is held still five times while both sides write", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    const resident = await api.ask();
    const consultant = await takenBy(api, resident.asked.reference);
    const desk = `/desk/consultations/${resident.asked.reference}/messages`;
    const writers = [new Writer(resident, `${resident.path}/messages`, "居民"), new Writer(consultant.api, desk, "律师")];
    for (let i = 1; i <= 5; i++) {
      await eventually("both go on", () => writers.every(({ told }) => told.size >= i * 2));
      server.child.kill("SIGSTOP");
      await pause(100 + Math.random() * 200);
      server.child.kill("SIGCONT");
    }
    await Promise.all(writers.map((writer) => writer.end()));
    await assertOnce(resident, writers);
    await consultant.leave();
  }));

test("of two nodes the one that holds the lock is held still: the other goes on, and all is once", { skip }, () =>
  withServer({}, async (one) => {
    const two = await one.another();
    try {
      const api = new Api(two.url);
      const resident = await api.ask();
      const consultant = await takenBy(api, resident.asked.reference);
      const stream = consultant.api.stream("/desk/stream");
      const others = await Promise.all(Array.from({ length: 4 }, () => new Api(one.url).ask()));
      const writers = others.map((other, i) => new Writer(other, `${other.path}/messages`, `第${i}人`));
      let posts = 0;
      let blocked = null;
      for (let tries = 0; !blocked && tries < 200; tries++) {
        await eventually("the first node writes", () => writers.every(({ told }) => told.size > tries));
        one.child.kill("SIGSTOP");
        const text = `另一台 ${++posts}`;
        const post = resident.post(`${resident.path}/messages`, { text }, [201, 503]);
        const first = await Promise.race([post, pause(1500, null)]);
        if (first) one.child.kill("SIGCONT");
        else blocked = post;
      }
      assert.ok(blocked, "the first node was never held still with the lock in its hands");
      await blocked; // the database has ended the transaction of a node that says nothing
      const after = randomUUID();
      await eventually("the second goes on", async () => {
        const question = { field: "labour", text: "没有合同" };
        const answer = await api.call("POST", "/consultations", question, { "Idempotency-Key": after });
        return answer.status === 201;
      }, 60);
      one.child.kill("SIGCONT");
      const size = writers.map(({ told }) => told.size);
      await eventually("the first goes on", () => writers.every(({ told }, i) => told.size > size[i] + 3), 60);
      await Promise.all(writers.map((writer) => writer.end()));
      for (const [i, other] of others.entries()) await assertOnce(other, [writers[i]]);
      const said = await resident.messages(resident.path);
      assertOnceInOrder(said.map(({ seq }) => seq), "the second node's");
      const texts = said.map(({ text }) => text).filter((text) => text.startsWith("另一台"));
      assert.equal(new Set(texts).size, texts.length, "said twice");
      // What the clocks of both had in hand: each offer was made once, and nothing told twice.
      const offers = stream.of("offer").map(({ data }) => `${data.reference} until ${data.until}`);
      assert.ok(offers.length > 0);
      assert.equal(new Set(offers).size, offers.length, `offered twice: ${offers.sort()}`);
      await stream.close();
      await consultant.leave();
    } finally {
      one.child.kill("SIGCONT");
      await two.stop();
    }
  }));
