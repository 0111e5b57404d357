// apache.mjs -- Debian's Apache as a front: not in docs/operations, and somebody's may stand there.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "../lib/api.mjs";
import { freePort } from "../lib/nginx.mjs";
import { work } from "../lib/server.mjs";

const modules = ["mpm_event", "authz_core", "proxy", "proxy_http", "headers"];

export async function apache(behind, then) {
  await mkdir(work, { recursive: true });
  const folder = await mkdtemp(join(work, "apache-"));
  const port = await freePort();
  const config = `ServerRoot ${folder}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${folder}/pid
ErrorLog ${folder}/error.log
Mutex pthread
${modules.map((name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`).join("\n")}
${process.getuid() === 0 ? "User www-data\nGroup www-data" : ""}
ProxyPreserveHost On
RequestHeader set X-Forwarded-For "expr=%{REMOTE_ADDR}"
AllowEncodedSlashes NoDecode
ProxyPass / http://${behind}/ nocanon keepalive=On
`;
  await writeFile(join(folder, "apache2.conf"), config);
  const child = spawn("/usr/sbin/apache2", ["-d", folder, "-f", join(folder, "apache2.conf"), "-DFOREGROUND"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (text) => (said += text));
  const ended = once(child, "exit");
  try {
    await eventually("Apache listens", async () => {
      if (child.exitCode !== null) throw new Error(`Apache ended: ${said}`);
      return fetch(`http://127.0.0.1:${port}/healthz`).then((answer) => answer.ok, () => null);
    });
    await then(port);
  } finally {
    child.kill("SIGTERM");
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}
