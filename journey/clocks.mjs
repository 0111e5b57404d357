// clocks.mjs -- the machine's clock jumps, an hour and a day, forward and back: while the program
// serves, and while it was killed and is started again.
//
// 1. After each jump somebody asks, is offered to somebody, is answered; both read each word once,
//    in the order in which it was said, and so they do in every talk of before.
// 2. What the house does again and again goes on within minutes, though the clock that set it ran a
//    day ahead: nothing is overdue, and the journal is sealed to its last line.
// 3. A session ends by the clock there is: of the staff after a day, of who asked not.
// 4. `gongdao check` finds the journal as it was sealed, and says that the clock was set back.
//
// The clock is libfaketime's, which reads from a file how far it is off (script/prove clocks; the
// plain build).  Control: a program that leaves standing what was set ahead fails the second.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { Api, assertOnceInOrder, eventually, takenBy } from "./lib/api.mjs";
import { faketime, root, work, withServer } from "./lib/server.mjs";

const run = promisify(execFile);
const minute = 60, hour = 60 * minute, day = 24 * hour;
const minutesMax = 5; // until what the house does has been done again
const program = process.env.GONGDAO_PLAIN ?? "build/gongdao";

/** A clock that is so many seconds off, and a server that keeps it. */
class Clock {
  constructor() {
    mkdirSync(work, { recursive: true });
    this.file = join(work, `clock-${process.pid}`);
    this.set(0);
    this.environment = {
      LD_PRELOAD: faketime,
      FAKETIME_TIMESTAMP_FILE: this.file,
      FAKETIME_NO_CACHE: "1",
      FAKETIME_DONT_FAKE_MONOTONIC: "1",
      FAKETIME_FORCE_MONOTONIC_FIX: "0",
      TZ: "UTC",
    };
  }

  set(seconds) {
    this.off = seconds;
    writeFileSync(this.file, `${seconds < 0 ? "" : "+"}${seconds}`);
  }

  now() {
    return Math.floor(Date.now() / 1000) + this.off;
  }
}

async function rows(server, sql) {
  const words = ["-cmd", ".timeout 20000", join(server.data, "gongdao.db"), sql];
  return (await run("sqlite3", words)).stdout.trim();
}

/** Somebody asks and is answered; the talk is kept, to be read again. */
async function talk(server, when) {
  const api = new Api(server.url);
  const resident = await api.ask();
  const { reference } = resident.asked;
  const consultant = await takenBy(api, reference);
  const said = [];
  for (let i = 0; i < 3; i++) {
    said.push(`${when}: question ${i}`, `${when}: answer ${i}`);
    await resident.post(`${resident.path}/messages`, { text: said.at(-2) });
    await consultant.say(reference, said.at(-1));
  }
  consultant.silence();
  return { resident, consultant, said, when };
}

async function reads({ resident, said, when }, now) {
  const messages = await resident.messages(resident.path);
  assertOnceInOrder(messages.map(({ seq }) => seq), `${when}, read ${now}`);
  const words = messages.map(({ text }) => text).filter((text) => text?.startsWith(when));
  assert.deepEqual(words, said, `the words of ${when}, read ${now}`);
}

/** Each time it is asked a minute goes by. */
async function comesToRest(server, clock, when) {
  const line = +(await rows(server, "select max(seq) from journal"));
  for (let i = 0; ; i++) {
    await pause(700); // two looks of the clock
    const unsealed = line - (await rows(server, "select max(last_seq) from seal"));
    const late = await rows(server, `select act from deadline where due_at < ${clock.now() - 10}`);
    if (unsealed <= 0 && !late) return;
    assert.ok(i < minutesMax, `${when}: after ${i} minutes ${unsealed} lines are not sealed, overdue: ${late || "nothing"}`);
    clock.set(clock.off + minute);
  }
}

const jumps = [
  ["an hour forward", hour],
  ["and back", 0],
  ["an hour back", -hour],
  ["and forward", 0],
  ["a day forward", day],
  ["and a day back", 0],
  ["a day back", -day],
  ["and a day forward", 0],
];
const ways = {
  "while it serves": async (server, clock, off) => clock.set(off),
  "started again after a kill": async (server, clock, off) => {
    await server.kill();
    clock.set(off);
    await server.start();
  },
};

for (const [way, jump] of Object.entries(ways))
  test(`the clock jumps ${way}, and nothing is lost, late or in disorder`, async () => {
    const clock = new Clock();
    await withServer({ environment: clock.environment }, async (server) => {
      const talks = [await talk(server, "before")];
      await comesToRest(server, clock, "before");
      for (const [what, off] of jumps) {
        const when = `${what} (${talks.length})`;
        await jump(server, clock, off);
        const first = talks[0].consultant.api;
        if (off === day)
          await eventually("the staff's session is over", async () => (await first.call("GET", "/desk")).status === 401);
        talks.push(await talk(server, when));
        for (const each of talks) await reads(each, when);
        await comesToRest(server, clock, when);
      }
      await server.end();
      const { stdout } = await run(program, ["check", ...server.where], { cwd: root });
      assert.match(stdout, /^The journal is as it was sealed: /m);
      assert.match(stdout, /^The clock was set back while it served: /m);
      assert.doesNotMatch(stdout, /\b0 lines under/);
    });
    rmSync(clock.file, { force: true });
  });
