// planted.mjs -- numbers of identity cards and telephones through every field that is for them, and
// then looked for, byte by byte, in the files of the database, in its log, in a backup, in what a
// crash leaves, in the server's words and in its figures: they are nowhere in clear.
//
//   PLANTED=10000   how many of each (60: what runs in script/test)
//
// What people write of their own accord into a conversation lies there as they wrote it (decision 0073):
// such a number is planted as a control, and is found in the database, and nowhere else.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { Cast } from "../lib/cast.mjs";
import { Server, root, work } from "../lib/server.mjs";
import { Visitor } from "../lib/visitor.mjs";
import { eachOf } from "./raw.mjs";

const many = +(process.env.PLANTED ?? 60);
const run = promisify(execFile);
let server, cast;
const planted = new Map(); // number -> where it went in

/** Of a range nobody else of this walk uses. */
const phone = (n) => `1377${String(n).padStart(7, "0")}`;

/** GB 11643: place, day of birth, order, and the digit that checks them. */
function card(n) {
  const days = new Date(Date.UTC(1950, 0, 1 + Math.floor(n / 1000))).toISOString().slice(0, 10).replaceAll("-", "");
  const body = `310101${days}${String(n % 1000).padStart(3, "0")}`;
  const sum = [...body].reduce((all, digit, i) => all + digit * (2 ** (17 - i) % 11), 0);
  return body + "10X98765432"[sum % 11];
}

before(async () => {
  // Found wherever it is started whether it leaves a core; the limit is as generous as can be.
  server = await Server.begin();
  cast = await Cast.of(server);
});
after(async () => {
  cast?.leave();
  await server?.stop();
});

/** Every field that is for a number, and every other that is kept sealed: {name, plant(phone, card)}. */
async function inputs() {
  const { admin, chief, clerk, consultant, resident } = cast.clients;
  const { teams } = await admin.get("/admin/teams");
  const { division } = teams.find(({ leader }) => leader === chief.person.name);
  const { people } = await admin.get("/admin/people?limit=100");
  const own = people.find(({ roles, login }) => roles.includes("consultant") && login !== cast.holder.name).person;
  const any = (client, path, body) => client.call("POST", path, body, { "X-Forwarded-For": "127.0.0.1" });
  return [
    ["a question's telephone", (tel) => any(cast.api, "/consultations", { field: "labour", text: "工资", mode: "message", phone: tel })],
    ["who asks for a code", (tel) => any(cast.api, "/session/code", { phone: tel })],
    ["an application: name, telephone, answers", (tel, id) =>
      any(resident, "/items/people-mediation/apply", { name: id, phone: tel, division, answer_1: "neighbours", answer_2: id, answer_4: id })],
    ["on paper: name, telephone, answers", (tel, id) =>
      any(chief, "/office/typed/items/people-mediation", { name: id, phone: tel, division, answer_1: "neighbours", answer_2: id, answer_4: id })],
    ["at a window: name, telephone", (tel, id) => any(clerk, "/window/register", { field: "labour", text: "工资", name: id, phone: tel })],
    ["a consultant's telephone on standby", (tel) => any(consultant, "/desk/standby", { phone: tel })],
    ["somebody's telephone, by the administrator", (tel) => any(admin, `/admin/people/${own}/phone`, { phone: tel })],
    ["who is to be erased", async (tel) => {
      await any(cast.api, "/consultations", { field: "labour", text: "工资", mode: "message", phone: tel });
      return any(admin, "/privacy/erasures", { erase_phone: tel, erase_paper: "identity_card", erase_reason: "当面提出。" });
    }],
    ["a complaint's words", async (tel, id) => any(cast.talking, `${cast.talking.path}/complaint`, { kind: "conduct", text: `${id} ${tel}` })],
    ["a draft of a question", async (tel, id) => {
      const visitor = new Visitor(server.url);
      const go = (step, typed) => visitor.sends(`/ask/${step}`, `/ask/${step}`, typed);
      await go("field", { field: "labour" });
      await go("text", { text: `${id} ${tel}` });
      return { status: 201 };
    }],
    ["what nobody lets in: a word of a search", (tel, id) => any(cast.api, `/search?q=${id}`, undefined)],
    ["what is refused: a name at the door", (tel, id) => any(cast.api, "/session", { name: id, password: tel })],
  ];
}

/** Bytes of every file below, but not of the keys. */
function* filesOf(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (entry.name !== "keys") yield* filesOf(path);
    } else if (entry.isFile()) yield [path, readFileSync(path)];
  }
}

/** The numbers that are in a text in clear. */
function foundIn(bytes) {
  const text = Buffer.isBuffer(bytes) ? bytes.toString("latin1") : bytes;
  const found = new Set();
  for (const pattern of [/(?=(1377\d{7}))/g, /(?=(310101\d{11}[\dX]))/g])
    for (const [, number] of text.matchAll(pattern)) if (planted.has(number)) found.add(number);
  return found;
}

const freely = card(9_999_999); // said in a conversation
const told = (found, where) => [...found].filter((n) => n !== freely).map((n) => `${planted.get(n)} (${n}) in ${where}`);

test("planted", async (t) => {
  // The control first: what fails below must not look as if nothing could be found.
  planted.set(freely, "a conversation");
  await cast.talking.post(`${cast.talking.path}/messages`, { text: `我的号码是${freely}` });
  const all = await inputs();
  const taken = new Map(all.map(([name]) => [name, 0]));
  await eachOf(Array.from({ length: many }), 8, async (_, n) => {
    const [name, plant] = all[n % all.length];
    const [tel, id] = [phone(n), card(n)];
    planted.set(tel, name);
    planted.set(id, name);
    const { status } = await plant(tel, id);
    assert.ok(status < 500, `${name}: ${status}`);
    if (status < 400) taken.set(name, taken.get(name) + 1);
  });
  for (const [name, count] of taken) {
    t.diagnostic(`${name}: taken ${count} times`);
    assert.ok(count > 0 || /nobody|refused/.test(name), `${name} was never taken`);
  }
});

test("in no file of the data folder, with its log; the control is found", () => {
  const wrong = [];
  let control = false;
  for (const [path, bytes] of filesOf(server.data)) {
    const found = foundIn(bytes);
    control ||= found.has(freely);
    wrong.push(...told(found, path.slice(server.data.length)));
  }
  assert.ok(statSync(join(server.data, "gongdao.db-wal")).size > 0, "the log was there");
  assert.ok(control, "what was said in a conversation is found, or nothing would be");
  assert.deepEqual(wrong, []);
});

test("not in a backup, nor in what was restored of it; the control is found", async () => {
  const folder = await mkdtemp(join(work, "planted-"));
  try {
    await run(server.program, ["backup", ...server.where, "--to", join(folder, "copy")]);
    await run(server.program, ["restore", "--data", join(folder, "back"), "--from", join(folder, "copy")]);
    for (const where of ["copy", "back"]) {
      const found = new Set();
      for (const [, bytes] of filesOf(join(folder, where))) for (const one of foundIn(bytes)) found.add(one);
      assert.ok(found.has(freely), `${where}: the control is found`);
      assert.deepEqual(told(found, where), []);
    }
    // Sealed not even what was said freely is found; opened it is.
    const key = join(folder, "key");
    const [recipient] = (await run(server.program, ["keys", "backup", "--to", key])).stdout.match(/gongdao-backup-1:\S+/);
    const sealed = join(folder, "sealed"), open = join(folder, "open");
    await run(server.program, ["backup", ...server.where, "--to", sealed, "--recipient", recipient]);
    assert.deepEqual([...foundIn(readFileSync(sealed))], []);
    await run(server.program, ["restore", "--data", open, "--from", sealed, "--key", key]);
    assert.ok([...filesOf(open)].some(([, bytes]) => foundIn(bytes).has(freely)), "the control is found in what was opened");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test("not in the server's words, nor in its figures; not even what was said", async () => {
  const figures = await (await fetch(`${server.url}/metrics`)).text();
  assert.match(figures, /gongdao_/);
  // A code goes to a number that is masked there.
  assert.match(server.text, /notice to 137\*\*\*\*\d{4}/);
  for (const [where, text] of [["its words", server.text], ["its figures", figures]])
    assert.deepEqual([...foundIn(text)], [], where);
});

/**
 * Ends a program by SIGSEGV where cores may be as large as they like; whether it left one. SIGABRT from
 * outside would not do: the program says its last words at it, and only abort() itself ends it then.
 */
async function leavesCore(folder, words, ready) {
  const child = spawn("bash", ["-c", 'ulimit -c unlimited; exec "$@"', "bash", ...words], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((done) => child.once("exit", (code, signal) => done(signal)));
  let signal;
  try {
    await ready(child);
    child.kill("SIGSEGV");
    const late = new Promise((done) => setTimeout(done, 60_000, "nothing for a minute").unref());
    signal = await Promise.race([ended, late]);
  } finally {
    child.kill("SIGKILL"); // of whatever did not end: a test that waits for ever says nothing
  }
  return { signal, files: readdirSync(folder).filter((name) => /^core/.test(name)) };
}

test("a crash leaves no core; a program that does not see to it leaves one", async (t) => {
  const folder = await mkdtemp(join(work, "core-"));
  try {
    const control = await leavesCore(folder, ["sleep", "60"], () => new Promise((done) => setTimeout(done, 300)));
    if (!control.files.length) return t.skip("this machine writes no cores into the folder");
    for (const name of control.files) await rm(join(folder, name));
    await server.end();
    const plain = join(root, "build/gongdao");
    const program = existsSync(plain) ? plain : server.program;
    const words = [program, "serve", ...server.where, "--listen", `127.0.0.1:${server.port}`];
    const crashed = await leavesCore(folder, words, async (child) => {
      for (let i = 0; i < 600; i++) {
        if (child.exitCode !== null) break;
        if (await fetch(`${server.url}/readyz`).then(({ ok }) => ok, () => false)) return;
        await new Promise((done) => setTimeout(done, 50));
      }
      assert.fail("not ready");
    });
    assert.deepEqual(crashed, { signal: "SIGSEGV", files: [] });
    await server.start();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
