// faults.mjs -- one call of the server fails, then the next one: each write, sync, rename, opening,
// cutting and allocation there is.  Whatever was answered with success is there, once; what was not
// was refused in words, or the server ended with a sentence and serves again; nothing half done.
//
// FAULTS=all goes on until there is no such call any more (script/prove faults); else a few of each,
// always the same ones.  The server is the plain build under build/bench/faults.so.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { Api, assertOnceInOrder, takenBy } from "./lib/api.mjs";
import { Board } from "./lib/board.mjs";
import { png } from "./lib/files.mjs";
import { Server, work } from "./lib/server.mjs";

const all = process.env.FAULTS === "all";
const board = new Board();
after(() => board.close());
const run = promisify(execFile);
const triesMax = 20;

/** A server that is ended by a fault, and by nothing else. */
class Office {
  static async open() {
    const office = new Office();
    office.server = await Server.begin({ environment: board.environment() });
    office.ended = 0;
    office.readyMax = 0;
    office.refused = 0;
    office.api = new Api(office.server.url);
    office.consultant = null;
    return office;
  }

  isOver() {
    const { exitCode, signalCode } = this.server.child;
    return exitCode !== null || signalCode !== null;
  }

  /** It may end, with a sentence; a crash is none. */
  async serveAgain() {
    board.clear();
    const { code, signal } = await this.server.ended;
    assert.equal(signal, "SIGABRT", `ended by ${code ?? signal} at ${board.told().what}\n${this.server.text.slice(-3000)}`);
    assert.match(this.server.text.slice(-3000), /"what":"stopped","text":"[^"]{40,}"/, board.told().what);
    this.ended++;
    this.server.text = "";
    const begun = Date.now();
    await this.server.start();
    this.readyMax = Math.max(this.readyMax, Date.now() - begun);
  }

  /** One act with one key, until it is done; refused it says why, in words. */
  async insists(api, path, body, statuses = [200, 201]) {
    const key = { "Idempotency-Key": randomUUID() };
    for (let tries = 0; tries < triesMax; tries++) {
      const answer = await api.call("POST", path, body, key).catch((error) => {
        if (error instanceof assert.AssertionError) throw error;
        return null;
      });
      if (answer && statuses.includes(answer.status)) return answer.body;
      if (answer) {
        assert.ok([429, 500, 503].includes(answer.status), `${path}: ${answer.status} ${JSON.stringify(answer.body)} at ${board.told().what}`);
        assert.ok(answer.body.detail?.length > 10, `${path}: refused without words`);
        this.refused++;
      } else {
        for (let i = 0; i < 20 && !this.isOver(); i++) await pause(10);
        if (this.isOver()) await this.serveAgain();
      }
      if (tries >= 2) board.clear(); // a disk that was full has room again
      if (tries > 3) await pause(50);
    }
    return assert.fail(`${path}: not done after ${triesMax} tries; ${board.told().what}\n${this.server.text.slice(-2000)}`);
  }

  /** A page that could not be read is asked for again, as a person would. */
  async looks(api, path) {
    for (let tries = 0; ; tries++) {
      if (this.isOver()) await this.serveAgain();
      const answer = await api.call("GET", path);
      if (answer.status === 200) return answer.body;
      assert.ok([500, 503].includes(answer.status) && tries < triesMax, `${path}: ${answer.status} at ${board.told().what}`);
    }
  }

  files() {
    return readdirSync(join(this.server.data, "files")).length;
  }

  /** Of the data as they lie there: 0 and nothing to tell. */
  async check() {
    const { stdout } = await run(this.server.program, ["check", ...this.server.where], { timeout: 900_000 });
    return stdout;
  }
}

/** A question from its asking to its rating, with a paper; and a case that is applied for. */
async function course(office, label) {
  const { api } = office;
  const consultant = office.consultant;
  const asked = await office.insists(api, "/consultations", { field: "labour", text: `${label} 老板没有发工资` }, [201]);
  const resident = api.as(asked.token);
  resident.path = `/consultations/${asked.reference}`;
  const desk = `/desk/consultations/${asked.reference}`;
  const told = new Map();
  const says = async (who, path, text) => told.set(text, (await office.insists(who, path, { text }, [201])).seq);
  await says(resident, `${resident.path}/messages`, `${label} 一`);
  const form = new FormData();
  form.append("file", new Blob([png()], { type: "image/png" }), "p.png");
  await office.insists(resident, `${resident.path}/attachments`, form, [201]);
  await office.insists(consultant.api, "/desk/presence", { state: "online", capacity: 5 });
  for (let i = 0; (await office.looks(resident, resident.path)).state === "waiting"; i++) {
    assert.ok(i < 400, "not offered");
    await pause(10);
  }
  await office.insists(consultant.api, `/desk/offers/${asked.reference}/accept`, {});
  await says(consultant.api, `${desk}/messages`, `${label} 二`);
  await says(resident, `${resident.path}/messages`, `${label} 三`);
  await office.insists(consultant.api, `${desk}/close`, { outcome: "advised", summary: "已告知" });
  await office.insists(resident, `${resident.path}/rating`, { stars: 4 });
  const wish = { name: "王秀英", phone: "13900006666", division: "310101", answer_1: "family", answer_2: "李先生", answer_4: label };
  const { reference } = await office.insists(api, "/items/people-mediation/apply", wish, [201]);
  return { resident, told, asked, reference };
}

/** What was told is there, once and in order; and nothing else. */
async function holds(office, { resident, told, asked }, failed) {
  if (office.isOver()) await office.serveAgain();
  board.clear();
  const messages = await resident.messages(resident.path);
  assertOnceInOrder(messages.map(({ seq }) => seq), failed);
  const said = messages.filter(({ text }) => told.has(text));
  assert.deepEqual(said.map(({ text }) => text), [...told.keys()], failed);
  for (const { text, seq } of said) assert.equal(seq, told.get(text), failed);
  const papers = messages.filter(({ attachment }) => attachment);
  assert.equal(papers.length, 1, `the paper, after ${failed}`);
  const paper = await fetch(`${office.server.url}/api/v1${resident.path}/attachments/${papers[0].attachment.id}`, { headers: resident.headers() });
  assert.equal(paper.status, 200, failed);
  assert.equal((await paper.arrayBuffer()).byteLength > 60, true, failed);
  const again = await resident.call("POST", `${resident.path}/rating`, { stars: 1 });
  assert.equal(again.status, 409, `rated once, after ${failed}`);
  assert.ok(asked.reference);
}

/** Goes through a kind of call until none is left, or `most` rounds were played. */
async function turns(t, kind, how, most) {
  const office = await Office.open();
  const failed = [];
  const cases = [];
  try {
    const first = await office.api.ask();
    office.consultant = await takenBy(office.api, first.asked.reference);
    for (let n = 1; n <= most; n++) {
      const papers = office.files();
      const ended = office.ended;
      board.arm(kind, { at: how.stride === undefined ? 1 + (n - 1) * (how.step ?? 1) : 0, ...how });
      const made = await course(office, `第${n}回`);
      if (office.isOver()) await office.serveAgain();
      const { failed: count, what } = board.told();
      board.clear();
      await holds(office, made, `${kind} ${n} ${what}`);
      if (office.ended === ended) assert.equal(office.files(), papers + 1, `papers left by ${kind} ${n} ${what}`);
      cases.push(made.reference);
      if (count === 0) break;
      failed.push(what);
    }
    office.consultant.silence();
    const leader = await office.api.signIn("leader01");
    const seen = [];
    for (let after = ""; after !== undefined; ) {
      const page = await leader.get(`/office?limit=100${after && `&after=${after}`}`);
      seen.push(...page.cases.map(({ reference }) => reference));
      after = page.next || undefined;
    }
    assert.deepEqual(seen.sort(), [...cases].sort(), "each case once");
    assert.match(await office.check(), /./);
    await office.server.end();
    assert.match(await office.check(), /./);
    assert.ok(failed.length > 0, "no call was let fail: this proof cannot fail");
    t.diagnostic(`${kind}${how.error ? ` ${how.error}` : ""}${how.lasting ? " lasting" : ""}: ${failed.length} failed, ${office.refused} refused in words, ended ${office.ended} times, ready after ${office.readyMax} ms at the most`);
  } finally {
    board.clear();
    await office.server.stop().catch((error) => {
      if (!office.isOver()) throw error;
    });
  }
}

/** What a fault may do to whoever runs a command: a sentence, and 1. */
function endsInWords(how, text, what) {
  assert.ok(how.code === 1 || how.signal === "SIGABRT", `${what}: ended by ${how.code ?? how.signal}\n${text.slice(-2000)}`);
  assert.match(text, how.code === 1 ? /gongdao: [a-z ]+: .{12,}|"level":"fault"/ : /"what":"stopped"/, `${what}: ended without a word\n${text.slice(-2000)}`);
}

/** The server begins on data that a kill left, and one call fails while it does. */
async function starts(t, kind, how, most) {
  const office = await Office.open();
  const { server } = office;
  let fired = 0;
  let refused = 0;
  const told = [];
  try {
    const resident = await office.api.ask();
    for (let n = 1; n <= most; n++) {
      await office.insists(resident, `${resident.path}/messages`, { text: `第${n}` }, [201]);
      await server.kill();
      server.text = "";
      board.arm(kind, { at: how.stride === undefined ? 1 + (n - 1) * (how.step ?? 1) : 0, ...how });
      const begun = await server.start().then(() => true, () => false);
      const { failed, what, seen } = board.told();
      board.clear();
      told.push(`${n}: ${seen} seen, ${failed} failed ${what}, ${begun ? "it began" : "it did not begin"}: ${server.text.slice(-800)}`);
      if (!begun) {
        refused++;
        endsInWords(await server.ended, server.text, `start, ${kind} ${n} ${what}`);
        await server.start();
      } else if (office.isOver() || !(await fetch(`${server.url}/readyz`).catch(() => null))) {
        await office.serveAgain();
      }
      const texts = (await resident.messages(resident.path)).map(({ text }) => text).filter((text) => text.startsWith("第"));
      assert.deepEqual(texts, Array.from({ length: n }, (_, i) => `第${i + 1}`), `${kind} ${n} ${what}`);
      if (!failed) break;
      fired++;
    }
    await office.check();
    assert.ok(fired > 0 || how.none, `no call was let fail: ${told.join("\n")}`);
    t.diagnostic(`start, ${kind} ${how.error ?? ""}: ${fired} failed, ${refused} times it did not serve and said why, ended ${office.ended} times later`);
  } finally {
    board.clear();
    await server.kill();
    await server.stop().catch(() => {});
  }
}

async function command(program, argv) {
  const env = { ...process.env, ...board.environment() };
  return run(program, argv, { env, timeout: 900_000 }).then(
    ({ stdout, stderr }) => ({ code: 0, text: stdout + stderr }),
    ({ code, signal, stdout, stderr }) => ({ code: signal ? null : code, signal, text: stdout + stderr }),
  );
}

/**
 * A command, again and again.  prepare(n) gives its words; good(n, done) asks without faults whether
 * what it left is whole: `done` tells whether it said so.
 */
async function commands(t, name, kind, how, most, program, prepare, good) {
  let fired = 0;
  let refused = 0;
  for (let n = 1; n <= most; n++) {
    const argv = await prepare(n);
    board.arm(kind, { at: how.stride === undefined ? 1 + (n - 1) * (how.step ?? 1) : 0, ...how });
    const how_it_ended = await command(program, argv);
    const { failed, what } = board.told();
    board.clear();
    const where = `${name}, ${kind} ${n} ${what}`;
    if (how_it_ended.code !== 0) refused++, endsInWords(how_it_ended, how_it_ended.text, where);
    await good(n, how_it_ended.code === 0, where);
    if (!failed) break;
    fired++;
  }
  t.diagnostic(`${name}, ${kind} ${how.error ?? ""}: ${fired} failed, ${refused} times it said what was wrong`);
  return fired;
}

const sound = async (program, argv, where) => {
  const { code, text } = await command(program, argv);
  assert.equal(code, 0, `${where}: ${argv.join(" ")}: ${text.slice(-1500)}`);
};
const kindsOfFiles = [["write", "full"], ["write", "half"], ["sync", "io"], ["rename", "io"], ["open", "io"], ["cut", "io"]];

const plans = [
  ["write", { error: "io" }],
  ["write", { error: "full" }],
  ["write", { error: "full", lasting: true }],
  ["write", { error: "half" }],
  ["sync", { error: "io" }],
  ["open", { error: "io" }],
  ["memory", { stride: all ? +(process.env.STRIDE ?? 8) : 200 }],
];

const only = process.env.ONLY;
const wanted = (name) => !only || name.includes(only);
for (const [kind, how] of plans.filter(([kind, how]) => wanted(`serve ${kind} ${how.error}`)))
  test(`while it serves: ${kind} ${JSON.stringify(how)}`, (t) => turns(t, kind, all || how.stride ? how : { ...how, step: 5 }, all ? 4000 : 3));

for (const [kind, error] of [...kindsOfFiles, ["memory", ""]].filter(([kind, error]) => wanted(`start ${kind} ${error}`)))
  test(`while it starts: ${kind} ${error}`, { skip: !all && kind !== "open" }, (t) =>
    starts(t, kind, kind === "memory" ? { stride: +(process.env.STRIDE ?? 8), none: true } : { error, none: kind !== "open", ...(all ? {} : { step: 4 }) }, all ? 4000 : 7));

test("commands", { skip: !wanted("commands") }, async (t) => {
  const office = await Office.open();
  const { server } = office;
  const folder = mkdtempSync(join(work, "commands-"));
  const { program, where, data } = server;
  const at = (n) => join(folder, `${n}`);
  let fired = 0;
  try {
    const resident = await office.api.ask({ phone: "13900001111" });
    const form = new FormData();
    form.append("file", new Blob([png()], { type: "image/png" }), "p.png");
    await resident.need(201, "POST", `${resident.path}/attachments`, form);
    await server.end();
    await run(program, ["backup", ...where, "--to", at("whole"), "--with-keys"]);
    const clear = (...names) => names.forEach((name) => rmSync(at(name), { recursive: true, force: true }));
    const manifest = (name) => readFileSync(join(at(name), "MANIFEST"), "utf8").split("\n").length;
    const backup = [
      (n) => (clear("copy"), ["backup", ...where, "--to", at("copy"), "--with-keys"]),
      async (n, done, what) => {
        // Said not to be done it may be whole all the same: that it lasts is what could not be told.
        const { code } = await command(program, ["drill", "--from", at("copy")]);
        assert.ok(code === 0 || !done, `${what}: it said it was done, and the drill ended with ${code}`);
        if (code === 0) assert.equal(manifest("copy"), manifest("whole"), what);
      },
    ];
    const restore = [
      (n) => (clear("back"), ["restore", "--data", at("back"), "--from", at("whole")]),
      (n, done, what) => done && sound(program, ["check", "--data", at("back")], what),
    ];
    const rotate = [
      (n) => ["keys", ...where, "rotate"],
      async (n, done, what) => {
        await sound(program, ["keys", ...where, "list"], what);
        if (n % 5 === 1) await sound(program, ["check", ...where], what);
      },
    ];
    const init = [
      (n) => (clear("new"), ["init", "--data", at("new")]),
      (n, done, what) => sound(program, ["init", "--data", at("new")], what).then(() => sound(program, ["check", "--data", at("new")], what)),
    ];
    const list = { backup, restore, rotate, init };
    for (const [name, [prepare, good]] of Object.entries(list)) {
      for (const [kind, error] of [...kindsOfFiles, ["memory", ""]]) {
        if (!wanted(`commands ${name} ${kind}`) && only !== "commands") continue;
        const slow = name === "init" || name === "rotate";
        const most = all ? (name === "rotate" ? 20 : 60) : 1;
        const how = kind === "memory" ? { stride: all ? (slow ? 40 : 20) : 100 } : { error, step: name === "init" && all ? 7 : 1 };
        if (!all && (slow || kind === "cut")) continue;
        fired += await commands(t, name, kind, how, most, program, prepare, good);
      }
    }
    assert.ok(fired > 0, "no call was let fail");
    assert.ok(readdirSync(data).length > 0);
  } finally {
    board.clear();
    rmSync(folder, { recursive: true, force: true });
    await server.start().then(() => server.stop());
  }
});
