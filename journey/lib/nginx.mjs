// nginx.mjs -- nginx as docs/operations/nginx.conf sets it up, in front of a program.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { eventually } from "./api.mjs";
import { root, work } from "./server.mjs";

export async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

/** The file as it is shipped, with another address on either side and no certificate. */
function inClear(shipped, port) {
  const site = shipped
    .replace(/^ *listen (\[::\]:)?80;\n/gm, "")
    .replace(/^server \{\n *server_name[^]*?^\}\n/m, "")
    .replace(/^ *listen \[::\]:443 ssl http2;\n/m, "")
    .replace("listen 443 ssl http2;", `listen 127.0.0.1:${port};`)
    .replace(/^ *ssl_\w+ .*\n/gm, "");
  assert.ok(!/ssl|listen 80/.test(site.replace(/^ *#.*$/gm, "")), site);
  return site;
}

/** The file as it is shipped, with a certificate of its own making, and a port for http. */
async function overTls(shipped, port, plain, folder) {
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  const out = ["-keyout", join(folder, "privkey.pem"), "-out", join(folder, "fullchain.pem")];
  const name = ["-subj", "/CN=ask.example.gov.cn", "-days", "2"];
  await promisify(execFile)("openssl", ["req", "-x509", ...key, ...out, ...name]);
  return shipped
    .replace(/^ *listen \[::\]:.*\n/gm, "")
    .replace("listen 80;", `listen 127.0.0.1:${plain};`)
    .replace("listen 443 ssl http2;", `listen 127.0.0.1:${port} ssl http2;`)
    .replaceAll("/etc/ssl/gongdao", folder);
}

async function configuration(folder, port, behind, plain) {
  const text = await readFile(join(root, "docs/operations/nginx.conf"), "utf8");
  const shipped = text
    .replace(/server unix:\S+;/, `server ${behind};`)
    .replace(/\/var\/log\/nginx/g, folder);
  const site = plain ? await overTls(shipped, port, plain, folder) : inClear(shipped, port);
  assert.ok(!/unix:/.test(site.replace(/^ *#.*$/gm, "")), site);
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
  const main = `${process.getuid() === 0 ? "user root;" : ""}
pid ${folder}/pid;
daemon off;
error_log ${folder}/error.log;
events {}
http {
${paths.map((name) => `${name}_temp_path ${folder}/${name};`).join("\n")}
include ${folder}/gongdao.conf;
}
`;
  return { main, site };
}

/** With nginx before `behind` (address:port): calls then(port, plain). */
export async function front(behind, then, { tls } = {}) {
  await mkdir(work, { recursive: true });
  const folder = await mkdtemp(join(work, "front-"));
  const port = await freePort();
  const plain = tls && (await freePort());
  const { main, site } = await configuration(folder, port, behind, plain);
  await writeFile(join(folder, "nginx.conf"), main);
  await writeFile(join(folder, "gongdao.conf"), site);
  const path = `${process.env.PATH}:/usr/sbin`;
  const nginx = spawn("nginx", ["-p", folder, "-c", join(folder, "nginx.conf")], {
    env: { ...process.env, PATH: path },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  nginx.stderr.on("data", (text) => (said += text));
  const ended = once(nginx, "exit");
  try {
    await eventually("nginx listens", async () => {
      assert.equal(nginx.exitCode, null, `nginx ended: ${said}`);
      return fetch(`http://127.0.0.1:${plain || port}/`, { redirect: "manual" }).catch(() => null);
    });
    await then(port, plain);
  } finally {
    nginx.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}
