// swift.mjs -- OpenStack Swift with its S3 interface, as Debian has it (python3-swift): a proxy
// and a server each for accounts, containers and objects, one copy of everything, on loopback ports.
// A store that was written by others and checks signatures its own way.
import { spawn } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

const python = "/usr/bin/python3"; // Debian's own: its modules are there
export const swiftIsThere = () => existsSync("/usr/lib/python3/dist-packages/swift/common/wsgi.py");
const secondsMax = 90;

async function freePorts(count) {
  const probes = await Promise.all(
    Array.from({ length: count }, async () => {
      const probe = createServer();
      await new Promise((done) => probe.listen(0, "127.0.0.1", done));
      return probe;
    }),
  );
  const ports = probes.map((probe) => probe.address().port);
  await Promise.all(probes.map((probe) => new Promise((done) => probe.close(done))));
  return ports;
}

/** All four servers in one process: where there are few cores, a Python each takes long to begin. */
const servers = `
import sys, eventlet
eventlet.monkey_patch()
from eventlet import wsgi
import swift.common.utils as u
folder, ports = sys.argv[1], dict(zip(("proxy", "account", "container", "object"), map(int, sys.argv[2:])))
u.SWIFT_CONF_FILE = folder + "/swift.conf"
from swift.common.ring import RingBuilder
from swift.common.wsgi import loadapp
for kind in ("account", "container", "object"):
    ring = RingBuilder(2, 1, 0)
    ring.add_dev(dict(id=0, region=1, zone=1, weight=1, ip="127.0.0.1", port=ports[kind], device="d1",
                      replication_ip="127.0.0.1", replication_port=ports[kind]))
    ring.rebalance()
    ring.get_ring().save(folder + "/" + kind + ".ring.gz")
serving = [eventlet.spawn(wsgi.server, eventlet.listen(("127.0.0.1", port)), loadapp(folder + "/" + kind + ".conf"),
                          open(folder + "/log", "a")) for kind, port in reversed(list(ports.items()))]
[each.wait() for each in serving]
`;

const common = (folder) => `[DEFAULT]
swift_dir = ${folder}
devices = ${folder}/devices
mount_check = false
log_level = ERROR
fallocate_reserve = 0
disable_fallocate = true
`;
const back = (kind) => `[pipeline:main]
pipeline = ${kind}-server
[app:${kind}-server]
use = egg:swift#${kind}
`;
const proxy = (store) => `[pipeline:main]
pipeline = catch_errors cache s3api tempauth proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
[filter:tempauth]
use = egg:swift#tempauth
user_city_files = ${store.secret} .admin
[filter:s3api]
use = egg:swift#s3api
s3_acl = false
location = ${store.region}
[filter:cache]
use = egg:swift#memcache
memcache_servers = 127.0.0.1:1
[filter:catch_errors]
use = egg:swift#catch_errors
`;

export class SwiftStore {
  static async begin(folder) {
    const store = new SwiftStore();
    Object.assign(store, { folder, settings: join(folder, "swift.conf"), id: "city:files", secret: "as-only-we-know", region: "us-east-1", bucket: "files" });
    try {
      await store.#start();
    } catch (error) {
      await store.end();
      throw error;
    }
    return store;
  }

  async #start() {
    const { folder } = this;
    const kinds = ["account", "container", "object"];
    const ports = await freePorts(1 + kinds.length);
    await mkdir(join(folder, "devices", "d1"), { recursive: true });
    await writeFile(join(folder, "swift.conf"), "[swift-hash]\nswift_hash_path_suffix = a\nswift_hash_path_prefix = b\n");
    for (const kind of kinds) await writeFile(join(folder, `${kind}.conf`), common(folder) + back(kind));
    await writeFile(join(folder, "proxy.conf"), common(folder) + proxy(this));
    this.child = spawn(python, ["-c", servers, folder, ...ports.map(String)], { stdio: ["ignore", "pipe", "pipe"] });
    this.text = "";
    for (const pipe of [this.child.stdout, this.child.stderr]) pipe.on("data", (bytes) => (this.text += bytes));
    this.url = `http://127.0.0.1:${ports[0]}`;
    await this.#makeBucket();
  }

  async #makeBucket() {
    const until = Date.now() + secondsMax * 1000;
    for (;;) {
      const answer = await this.#signed("PUT", `/${this.bucket}`).catch(() => null);
      if (answer?.status === 200) return;
      if (Date.now() > until || this.child.exitCode !== null)
        throw new Error(`no bucket: ${answer?.status} ${await answer?.text()}\n${this.text}`);
      await pause(200);
    }
  }

  /** A request signed here, by Node's OpenSSL, to look past the program at what is stored. */
  #signed(method, path) {
    const at = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
    const day = at.slice(0, 8);
    const empty = createHash("sha256").update("").digest("hex");
    const host = new URL(this.url).host;
    const names = "host;x-amz-content-sha256;x-amz-date";
    const canonical = [method, path, "", `host:${host}`, `x-amz-content-sha256:${empty}`, `x-amz-date:${at}`, "", names, empty].join("\n");
    const scope = `${day}/${this.region}/s3/aws4_request`;
    const text = ["AWS4-HMAC-SHA256", at, scope, createHash("sha256").update(canonical).digest("hex")].join("\n");
    const hmac = (key, words) => createHmac("sha256", key).update(words).digest();
    const key = [day, this.region, "s3", "aws4_request"].reduce(hmac, `AWS4${this.secret}`);
    const signature = createHmac("sha256", key).update(text).digest("hex");
    return fetch(this.url + path, {
      method,
      headers: {
        Authorization: `AWS4-HMAC-SHA256 Credential=${this.id}/${scope}, SignedHeaders=${names}, Signature=${signature}`,
        "x-amz-date": at,
        "x-amz-content-sha256": empty,
      },
    });
  }

  async names() {
    const answer = await this.#signed("GET", `/${this.bucket}`);
    return [...(await answer.text()).matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, name]) => name);
  }

  async bytes(name) {
    return Buffer.from(await (await this.#signed("GET", `/${this.bucket}/${name}`)).arrayBuffer());
  }

  async log() {
    return (this.text + (await readFile(join(this.folder, "log"), "utf8").catch(() => ""))).slice(-3000);
  }

  async end() {
    if (this.child && this.child.exitCode === null && this.child.signalCode === null) {
      const over = new Promise((done) => this.child.once("exit", done));
      this.child.kill("SIGKILL");
      await over;
    }
    await rm(this.folder, { recursive: true, force: true });
  }
}
