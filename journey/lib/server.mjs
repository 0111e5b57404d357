// server.mjs -- starts the real program on data of its own, kills it, starts it again.
//
// A story is played against the binary people run, never against a stand-in. GONGDAO names it
// (script/test gives the one built with sanitizers). A story that needs another hour of the day
// starts it under libfaketime; sanitizers and libfaketime do not get on, so that is the plain
// binary, GONGDAO_PLAIN.
//
// 1. Every server has a folder and a port of its own; nothing is shared between stories.
// 2. stop() fails when a sanitizer reported something or the program did not end well.
// 3. killed() gives it no chance: SIGKILL; start() afterwards uses the same data and port.
import { spawn, execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { databaseOptions, dropDatabase, makeDatabase } from "./database.mjs";
import { endLoose } from "./loose.mjs";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
export const work = resolve(root, process.env.GONGDAO_WORK ?? "build/journey");
/** Where each story's data lies: in memory, if script/test says so. What is kept lies in `work`. */
const scratch = process.env.GONGDAO_SCRATCH || work;
const sanitized = resolve(root, process.env.GONGDAO ?? "build/gongdao");
const plain = resolve(root, process.env.GONGDAO_PLAIN ?? "build/gongdao");
export const faketime = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";
const readySecondsMax = 90; // a sanitizer build on a busy machine, which may stand still meanwhile
const stopSecondsMax = 30;
const portFirst = +(process.env.GONGDAO_PORT ?? 18200);
const portLast = portFirst + 99;
const trouble = /AddressSanitizer|LeakSanitizer|ThreadSanitizer|runtime error:|Assertion .* failed/;

function portIsFree(port) {
  return new Promise((done) => {
    const probe = createServer();
    probe.once("error", () => done(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => done(true)));
  });
}

/**
 * A port is kept from other stories by a file with the number of its process, or a server that was
 * killed would find another's on its port when it starts again.
 */
const keptFile = (port) => join(tmpdir(), `gongdao-journey-port-${port}`);
function isKept(port) {
  const file = keptFile(port);
  for (let i = 0; i < 2; i++) {
    try {
      writeFileSync(file, String(process.pid), { flag: "wx" });
      return true;
    } catch (refused) {
      if (refused.code !== "EEXIST") throw refused;
    }
    // Of a process that is gone: of two that see that only one can take the file away, and it looks
    // again whose file that was.
    if (isAlive(file)) return false;
    const aside = `${file}.${process.pid}`;
    try {
      renameSync(file, aside);
    } catch {
      return false;
    }
    if (isAlive(aside)) {
      renameSync(aside, file);
      return false;
    }
    rmSync(aside, { force: true });
  }
  return false;
}

function isAlive(file) {
  try {
    process.kill(+readFileSync(file, "utf8") || process.pid, 0);
    return true;
  } catch {
    return false;
  }
}

// Story files run as processes of their own: where each begins to look differs.
let portNext = portFirst + ((process.pid * 7) % (portLast - portFirst + 1));
async function freePort() {
  for (let i = portFirst; i <= portLast; i++) {
    const port = portNext;
    portNext = portNext === portLast ? portFirst : portNext + 1;
    if (!isKept(port)) continue;
    if (await portIsFree(port)) return port;
    rmSync(keptFile(port), { force: true });
  }
  throw new Error(`no free port between ${portFirst} and ${portLast}`);
}

/** A moment as libfaketime reads it, with TZ=UTC. */
function fakeEnvironment(moment) {
  const text = new Date(moment).toISOString().slice(0, 19).replace("T", " ");
  return {
    LD_PRELOAD: faketime,
    FAKETIME: `@${text}`,
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
    FAKETIME_FORCE_MONOTONIC_FIX: "0", // else a thread that waits for a while does not wait at all
    TZ: "UTC",
  };
}

/** Makes a demo city once for each binary and kind, and gives every story its own copy. */
async function freshData(program, demo, moment) {
  await mkdir(work, { recursive: true });
  const { mtimeMs, size } = await stat(program).catch(() => {
    throw new Error(`there is no ${program}: run make first, or set GONGDAO`);
  });
  const engine = process.env.GONGDAO_TEST_DATABASE ?? "";
  const kind = `${program} ${mtimeMs} ${size} ${demo} ${moment ?? ""} ${engine}`;
  const seed = join(work, `seed-${createHash("sha256").update(kind).digest("hex").slice(0, 12)}`);
  if (!existsSync(seed)) {
    const making = await mkdtemp(`${seed}.`);
    const environment = { ...process.env, ...(moment ? fakeEnvironment(moment) : {}) };
    const database = await makeDatabase();
    const where = databaseOptions(database);
    // The keys in the folder open what is sealed in this database: they belong together.
    await writeFile(join(making, "database"), database);
    try {
      await promisify(execFile)(
        program,
        ["init", "--data", join(making, "data"), ...where, ...demo],
        { env: environment, timeout: 120_000, cwd: root },
      );
    } catch (error) {
      throw new Error(`gongdao init failed: ${error.message}\n${error.stdout}${error.stderr}`);
    }
    // Another process may have been quicker; both made the same.
    await rename(making, seed).catch(() => rm(making, { recursive: true, force: true }));
  }
  const mine = await mkdtemp(join(scratch, "data-"));
  await cp(join(seed, "data"), mine, { recursive: true, preserveTimestamps: true });
  const template = await readFile(join(seed, "database"), "utf8");
  return { data: mine, database: template && (await makeDatabase(template)) };
}

export class Server {
  /**
   * @param {{official?: boolean, at?: string, settings?: string, environment?: object}} how
   * official: desks keep the official hours; at: the moment it is, ISO 8601 with offset
   */
  static async begin(how = {}) {
    const server = new Server();
    server.how = how;
    server.program = how.at || how.environment ? plain : sanitized;
    server.demo = how.official ? ["--demo", "--demo-hours"] : ["--demo"];
    const { data, database } = await freshData(server.program, server.demo, how.at);
    server.data = data;
    server.database = database;
    server.where = ["--data", data, ...databaseOptions(database)];
    server.port = await freePort();
    server.url = `http://127.0.0.1:${server.port}`;
    server.text = "";
    server.at = how.at;
    await server.start();
    return server;
  }

  /** A second node on the same rows, keys and files; PostgreSQL only. */
  async another() {
    const node = new Server();
    const { how, program, data, database, where, at } = this;
    Object.assign(node, { how, program, data, database, where, at, first: this, text: "" });
    node.port = await freePort();
    node.url = `http://127.0.0.1:${node.port}`;
    await node.start();
    return node;
  }

  /**
   * A program under sanitizers on a busy machine is slow, not overloaded: nobody is turned away by
   * it but where a story brings settings of its own.
   */
  async options() {
    const options = this.how.options ?? [];
    if (options.includes("--config")) return options;
    const config = join(work, `patient-${process.pid}.conf`);
    const waits = ["worker", "disk", "living"].map((what) => `${what}_wait_ms = 60000\n`);
    await writeFile(config, `[overload]\n${waits.join("")}`);
    return ["--config", config, ...options];
  }

  async start() {
    const listen = `127.0.0.1:${this.port}`;
    this.child = spawn(
      this.program,
      ["serve", ...this.where, "--listen", listen, ...(await this.options())],
      {
        cwd: root,
        stdio: ["ignore", "pipe", "pipe"],
        env: {
          ...process.env,
          ...(this.at ? fakeEnvironment(this.at) : {}),
          ...(this.how.environment ?? {}),
        },
      },
    );
    this.ended = new Promise((done) => {
      this.child.once("exit", (code, signal) => done({ code, signal }));
    });
    let over = null;
    this.ended.then((how) => (over = how));
    for (const pipe of [this.child.stdout, this.child.stderr])
      pipe.on("data", (bytes) => (this.text += bytes));
    for (let waited = 0; ; waited += 25) {
      if (over) throw new Error(`gongdao serve ended at once (${over.code}):\n${this.text}`);
      const answer = await fetch(`${this.url}/readyz`).catch(() => null);
      if (answer?.ok) return;
      if (waited > readySecondsMax * 1000) {
        const words = answer ? await answer.text() : "no answer";
        this.child.kill("SIGKILL");
        throw new Error(`not ready within ${readySecondsMax} s: ${words}\n${this.text}`);
      }
      await pause(25);
    }
  }

  async kill() {
    this.child.kill("SIGKILL");
    await this.ended;
  }

  /** A graceful stop: it must finish what it accepted and end with 0. */
  async end() {
    this.child.kill("SIGTERM");
    const how = await Promise.race([this.ended, pause(stopSecondsMax * 1000, null, { ref: false })]);
    if (!how) {
      this.child.kill("SIGKILL");
      throw new Error(`did not stop within ${stopSecondsMax} s of SIGTERM\n${this.text}`);
    }
    this.assertSound();
    if (how.code !== 0)
      throw new Error(`ended with ${how.code ?? how.signal} after SIGTERM\n${this.text}`);
  }

  /** Ends it and starts it again at another moment of the calendar, on the same data. */
  async later(moment) {
    await this.end();
    this.at = moment;
    await this.start();
  }

  async stop() {
    await endLoose(this.url);
    try {
      if (this.child.exitCode === null && this.child.signalCode === null) await this.end();
      this.assertSound();
    } finally {
      await writeFile(join(work, `server-${this.port}-${process.pid}.log`), this.text);
      rmSync(keptFile(this.port), { force: true });
      if (this.first) return; // what is shared goes with the first node
      await rm(this.data, { recursive: true, force: true });
      await dropDatabase(this.database);
    }
  }

  assertSound() {
    const at = this.text.search(trouble);
    if (at >= 0) throw new Error(`the server's log has:\n${this.text.slice(at, at + 4000)}`);
  }

  /** What the SMS driver `log` told this number, oldest first. */
  letters(phone) {
    const masked = `${phone.slice(0, 3)}****${phone.slice(-4)}`;
    return this.text
      .split("\n")
      .filter((line) => line.includes(`notice to ${masked}: `))
      .map((line) => line.slice(line.indexOf(": ", line.indexOf("notice to")) + 2));
  }

  /** Waits until a letter to this number matches; `after` skips those that came before. */
  async letter(phone, pattern, { after = 0, seconds = 20 } = {}) {
    const until = Date.now() + seconds * 1000;
    for (;;) {
      const found = this.letters(phone).slice(after).find((text) => pattern.test(text));
      if (found) return found;
      if (Date.now() > until)
        throw new Error(`no message ${pattern} to ${phone}; there are: ${this.letters(phone)}`);
      await pause(50);
    }
  }

  /** The newest six-digit code sent to this number since `after` letters. */
  async code(phone, after = 0) {
    const text = await this.letter(phone, /(^|\D)\d{6}(\D|$)/, { after });
    return text.match(/(?:^|\D)(\d{6})(?:\D|$)/)[1];
  }
}

/** Plays a story with a server of its own, which is stopped and looked over whatever happens. */
export async function withServer(how, story) {
  const server = await Server.begin(how);
  let failed;
  try {
    await story(server);
  } catch (error) {
    failed = error;
  }
  try {
    await server.stop();
  } catch (error) {
    failed ??= error;
  }
  if (failed) {
    failed.message += `\n-- the end of the server's log:\n${server.text.slice(-1500)}`;
    throw failed;
  }
}
