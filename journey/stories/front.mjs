// front.mjs -- nginx as docs/operations/nginx.conf sets it up, in front of the program: what is
// refused before the program has seen it, or while there is none, is said in both languages.
import assert from "node:assert/strict";
import { once } from "node:events";
import { get as getPlain } from "node:http";
import { get as getSecure } from "node:https";
import { connect } from "node:net";
import { test } from "node:test";
import { connect as connectSecure } from "node:tls";
import { anAddress } from "../lib/api.mjs";
import { front } from "../lib/nginx.mjs";
import { withServer } from "../lib/server.mjs";

const MEGABYTE = 1024 * 1024;

/** What these bytes are answered with: {status, head, body}. */
async function says(port, bytes) {
  const socket = connect(port, "127.0.0.1");
  let all = "";
  socket.setEncoding("utf8");
  socket.on("data", (text) => (all += text));
  socket.on("error", () => {});
  socket.write(bytes);
  socket.setTimeout(10_000, () => socket.destroy());
  await once(socket, "close");
  const [head, ...body] = all.split("\r\n\r\n");
  return { status: +head.split(" ")[1], head, body: body.join("\r\n\r\n") };
}

function get(port, fields, path = "/") {
  const head = [`GET ${path} HTTP/1.1`, "Host: x", "Connection: close", ...fields];
  return says(port, `${head.join("\r\n")}\r\n\r\n`);
}

function isPage(answer, status, zh, en) {
  assert.equal(answer.status, status, answer.head);
  assert.match(answer.head, /^content-type: text\/html; charset=utf-8/im);
  assert.match(answer.head, /^content-security-policy: default-src 'none'/im);
  assert.match(answer.body, /^<!doctype html>/);
  assert.ok(answer.body.includes(zh) && answer.body.includes(en), answer.body);
}

const asPage = ["Accept: text/html"];
const cookies = (size) => `Cookie: a=${"x".repeat(size)}`;

test("what never reaches the program is refused in words, in both languages", () =>
  withServer({}, (server) =>
    front(new URL(server.url).host, async (port) => {
      const home = await get(port, asPage);
      assert.equal(home.status, 200);
      assert.match(home.head, /script-src 'self'/, "the program's own headers pass");
      const lost = await get(port, asPage, "/nowhere");
      assert.equal(lost.status, 404);
      assert.match(lost.body, /class="header"/, "the program's own pages pass");

      isPage(await says(port, "GET / HTTP/1.1\r\n\r\n"), 400, "请求有误", "Bad request");
      for (const size of [4200, 6000, 60_000]) // the library's limit, ours, nginx's
        isPage(await get(port, [...asPage, cookies(size)]), 431, "请删除本网站的 Cookie", "delete the cookies");
      isPage(await get(port, asPage, `/${"a".repeat(20_000)}`), 414, "网址太长", "Address too long");
      const large = [`Content-Length: ${12 * MEGABYTE}`, ...asPage];
      isPage(await get(port, large), 413, "换小一点的文件", "choose smaller files");

      const program = await get(port, [cookies(6000), "Accept-Language: en"], "/api/v1/session");
      assert.equal(program.status, 431);
      assert.match(program.head, /^content-type: application\/problem\+json/im);
      const problem = JSON.parse(program.body);
      assert.deepEqual([problem.code, problem.status, problem.title], ["http.header-large", 431, "Too large"]);
    }),
  ));

test("while the program is away the page says so, and afterwards all is as before", () =>
  withServer({}, (server) =>
    front(new URL(server.url).host, async (port) => {
      await server.kill();
      const away = await get(port, asPage);
      isPage(away, 502, "请过一分钟再试", "try again in a minute");
      assert.match(away.head, /^retry-after: 5/im);
      const island = await get(port, ["Accept: application/json", "Accept-Language: zh-CN"], "/ask");
      assert.equal(island.status, 502);
      assert.deepEqual(JSON.parse(island.body).title, "请稍等一会儿");
      await server.start();
      const home = await fetch(`http://127.0.0.1:${port}/`, { headers: { "X-Forwarded-For": anAddress() } });
      assert.equal(home.status, 200);
    }),
  ));

/** {status, headers, body} of one request: by TLS unless the port is for http. */
function fetched(get, port, path, options = {}) {
  return new Promise((done, fail) => {
    const from = { host: "127.0.0.1", port, path, rejectUnauthorized: false, agent: false };
    const request = get({ ...from, ...options }, (answer) => {
      let body = "";
      answer.setEncoding("utf8");
      answer.on("data", (text) => (body += text));
      answer.on("end", () => done({ status: answer.statusCode, headers: answer.headers, body }));
    });
    request.on("error", fail);
  });
}

/** What is agreed on with who knows only this: the version and suite, or null. */
function agreed(port, options) {
  return new Promise((done) => {
    const socket = connectSecure(port, "127.0.0.1", { rejectUnauthorized: false, ...options }, () => {
      done(`${socket.getProtocol()} ${socket.getCipher().standardName}`);
      socket.destroy();
    });
    socket.on("error", () => done(null));
  });
}

test("over TLS, and nothing in clear: versions, suites, headers, and what only the machine itself sees", () =>
  withServer({}, (server) =>
    front(
      new URL(server.url).host,
      async (port, plain) => {
        assert.match(await agreed(port, {}), /^TLSv1\.3 /);
        const old = { maxVersion: "TLSv1.2" };
        assert.match(await agreed(port, old), /^TLSv1\.2 TLS_ECDHE_ECDSA_WITH_(AES_\d+_GCM|CHACHA20)/);
        // Control: the client can speak these when the other side lets it.
        for (const weak of ["ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384", "AES128-GCM-SHA256"])
          assert.equal(await agreed(port, { ...old, ciphers: weak }), null, weak);
        const ancient = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "ALL:@SECLEVEL=0" };
        assert.equal(await agreed(port, ancient), null);

        const elsewhere = { Origin: "https://elsewhere.example", Accept: "text/html" };
        for (const path of ["/", "/api/v1/session", "/nowhere", "/static/none", `/${"a".repeat(20_000)}`]) {
          const { headers } = await fetched(getSecure, port, path, { headers: elsewhere });
          assert.equal(headers["strict-transport-security"], "max-age=31536000; includeSubDomains", path);
          assert.equal(headers["x-content-type-options"], "nosniff", path);
          assert.match(headers["content-security-policy"], /default-src 'none'.*frame-ancestors 'none'/, path);
          assert.equal(headers["access-control-allow-origin"], undefined, path);
          assert.match(headers["content-type"], /charset=utf-8|json/, path);
        }
        const led = await fetched(getPlain, plain, "/ask?x=1");
        assert.deepEqual([led.status, led.headers.location], [301, "https://ask.example.gov.cn/ask?x=1"]);
        const told = await fetched(getPlain, plain, "/api/v1/session", { headers: { "Accept-Language": "zh" } });
        assert.deepEqual([told.status, told.headers.location], [403, undefined]);
        assert.equal(JSON.parse(told.body).title, "请用 https");

        // Figures are for the machine itself; from another of its addresses one is a stranger.
        assert.equal((await fetched(getSecure, port, "/metrics")).status, 200);
        const stranger = { localAddress: "127.0.0.2" };
        assert.equal((await fetched(getSecure, port, "/metrics", stranger)).status, 403);
        assert.equal((await fetched(getSecure, port, "/healthz", stranger)).status, 200);
      },
      { tls: true },
    ),
  ));
