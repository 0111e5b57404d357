// front.mjs -- HAProxy in front of several nodes, with the file operators are given: only the
// addresses are put in, and people keep the addresses a story gives them.
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { root, withServer, work } from "./server.mjs";

async function freePort() {
  const probe = createServer();
  await new Promise((done) => probe.listen(0, "127.0.0.1", done));
  const { port } = probe.address();
  await new Promise((done) => probe.close(done));
  return port;
}

/** One line of the file, which must be there, becomes another. */
function put(text, from, to) {
  if (!from.test(text)) throw new Error(`haproxy.cfg has no ${from}`);
  return text.replace(from, to);
}

export class Front {
  static async before(...nodes) {
    const front = new Front();
    front.port = await freePort();
    front.url = `http://127.0.0.1:${front.port}`;
    front.folder = await mkdtemp(join(work, "front-"));
    front.text = "";
    let config = await readFile(join(root, "docs/operations/haproxy.cfg"), "utf8");
    config = put(config, /^ {4}bind :80$/m, `    bind 127.0.0.1:${front.port}`);
    config = put(config, /^ {4}(user|group) haproxy\n {4}(user|group) haproxy\n/m, "");
    config = put(config, /^ {4}maxconn 40000$/m, "    maxconn 2000");
    config = put(config, /^ {4}log \/dev\/log local0$/m, "    log stdout format raw local0");
    config = put(config, /^ {4}http-request set-header X-Forwarded-For.*$/m, "");
    config = put(
      config,
      /( {4}server \w+ [\d.]+:8080\n?)+/,
      nodes.map((node, i) => `    server node${i} 127.0.0.1:${node.port}\n`).join(""),
    );
    for (const [i, word] of ["one", "two"].entries())
      for (const backend of ["gongdao", "reading"])
        config = put(
          config,
          new RegExp(`(^backend ${backend}$[^]*?)^ {4}server ${word}-unready [\\d.]+:8080 `, "m"),
          `$1    server unready${i} 127.0.0.1:${nodes[i].port} `,
        );
    config = put(
      config,
      /( {4}server \w+ [\d.]+:8080 track \S+ (.*\n))+/,
      nodes
        .map(({ port }, i) => `    server node${i} 127.0.0.1:${port} track gongdao/node${i} $2`)
        .join(""),
    );
    const file = join(front.folder, "haproxy.cfg");
    await writeFile(file, config);
    front.child = spawn("haproxy", ["-db", "-f", file], { stdio: ["ignore", "pipe", "pipe"] });
    for (const pipe of [front.child.stdout, front.child.stderr])
      pipe.on("data", (bytes) => (front.text += bytes));
    front.ended = new Promise((done) => {
      front.child.once("error", (error) => done((front.text += error.message)));
      front.child.once("exit", done);
    });
    for (let i = 0; i < 200; i++) {
      const answer = await fetch(`${front.url}/healthz`).catch(() => null);
      if (answer?.ok) return front;
      await pause(50);
    }
    await front.close();
    throw new Error(`HAProxy does not answer:\n${front.text}`);
  }

  /** Which node answered each request for this path, as the log has it: 0 is the first. */
  servedBy(path) {
    const lines = this.text.split("\n").map((line) => line.split(" "));
    const mine = lines.filter((words) => words.includes(path) && words.at(-1).startsWith("node"));
    return mine.map((words) => Number(words.at(-1).slice("node".length)));
  }

  async close() {
    this.child.kill("SIGKILL");
    await this.ended;
    await rm(this.folder, { recursive: true, force: true });
  }
}

/**
 * Nodes that leave in so many seconds, and a front before them, for one story: two, or GONGDAO_NODES.
 */
export async function withNodes(leaveSeconds, story) {
  const count = +(process.env.GONGDAO_NODES ?? 2);
  const config = join(work, `leave-${process.pid}.conf`);
  await mkdir(work, { recursive: true });
  const server = `[server]\nleave_seconds = ${leaveSeconds}\n`;
  await writeFile(config, `${server}[overload]\nworker_wait_ms = 60000\n`);
  await withServer({ options: ["--config", config] }, async (one) => {
    const nodes = [one];
    let front;
    try {
      while (nodes.length < count) nodes.push(await one.another());
      front = await Front.before(...nodes);
      await story(front, nodes);
    } catch (error) {
      error.message += `\n-- the front:\n${front?.text.slice(-1500)}`;
      throw error;
    } finally {
      await front?.close();
      for (const node of nodes.slice(1)) await node.stop();
    }
  });
}
