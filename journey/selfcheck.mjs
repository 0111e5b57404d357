// selfcheck.mjs -- the checks themselves are checked: each finds what it is there for, and nothing
// on a page that is right.
import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Api, assertOnceInOrder } from "./lib/api.mjs";
import { Person, closeBrowser } from "./lib/browser.mjs";
import { axe, reflow, tapSize, textTwice, validHtml } from "./lib/checks.mjs";
import { work } from "./lib/server.mjs";
import { shapeOf } from "./lib/shape.mjs";

const style = `<style>body{margin:1rem;font:1rem/1.5 sans-serif}
a.b,button{display:inline-block;min-width:44px;min-height:44px;line-height:44px}</style>`;
const page = (body, head = "") => `<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>A page</title>${style}${head}</head>
<body><main><h1>A page</h1>${body}</main></body></html>`;
const right = page(`<p>We say something, and <a href="/x">a link in a sentence</a> is as high as
its line.</p><p><a class="b" href="/y">A link alone</a> <button>Press</button></p>
<form><p><label for="t">Your question</label><br><textarea id="t" rows="3"></textarea></p></form>`);
const pages = {
  "/right": right,
  "/nameless": page(`<img src="/i.png"><button></button>`),
  "/small": page(`<p><a href="/x">Change</a></p><p><input type="checkbox" aria-label="Yes"></p>`),
  "/wide": page(`<div style="width:500px">Wide</div>`),
  "/stiff": page(`<p style="width:150px;overflow:hidden;white-space:nowrap">Some words here</p>`),
  "/script": page(`<p>One</p>`, `<script src="/broken.js"></script>`),
  "/policy": page(`<p>Two</p><script>document.title = "x"</script>`),
};
let server;
let url;

before(async () => {
  server = createServer((request, answer) => {
    if (request.url === "/api/v1/stream?after=0") {
      answer.writeHead(200, { "Content-Type": "text/event-stream" });
      const from = Number(request.headers["last-event-id"] ?? 0);
      // Two events, and the line is cut: the next two come to who asks for what follows.
      for (let id = from + 1; id <= Math.min(from + 2, 6); id++)
        answer.write(`: note\nid: ${id}\nevent: message\ndata: {"seq":${id},\ndata: "text":"t${id}"}\n\n`);
      if (from < 6) answer.end();
      return;
    }
    const html = pages[request.url];
    const type = request.url.endsWith(".js") ? "text/javascript" : "text/html; charset=utf-8";
    answer.writeHead(html || type === "text/javascript" ? 200 : 404, {
      "Content-Type": type,
      ...(request.url === "/policy" ? { "Content-Security-Policy": "script-src 'self'" } : {}),
    });
    answer.end(html ?? "null.x;");
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  url = `http://127.0.0.1:${server.address().port}`;
});
after(async () => {
  await closeBrowser();
  server.closeAllConnections();
  server.close();
});

async function visit(path, how, check) {
  const person = await Person.arrive(url, { language: "en", ...how });
  await person.go(path);
  const found = await check(person.page, person);
  await person.context.close();
  return found;
}

test("a page that is right has no finding", async () => {
  assert.deepEqual(await visit("/right", {}, (shown) => axe(shown)), []);
  assert.deepEqual(await visit("/right", {}, (shown) => tapSize(shown, 44)), []);
  assert.deepEqual(await visit("/right", { size: "narrow" }, (shown) => reflow(shown, "320")), []);
  assert.deepEqual(
    await visit("/right", {}, (shown) => textTwice(shown, () => reflow(shown, "200 %"))),
    [],
  );
});

test("axe finds a control without a name and a picture without a text", async () => {
  const found = (await visit("/nameless", {}, (shown) => axe(shown))).join("\n");
  assert.match(found, /axe button-name/);
  assert.match(found, /axe image-alt/);
});

test("the tap rule finds a small link and a bare box, and more in elder mode", async () => {
  const small = await visit("/small", {}, (shown) => tapSize(shown, 44));
  assert.equal(small.length, 2, small.join("\n"));
  const elder = await visit("/right", {}, (shown) => tapSize(shown, 60));
  assert.equal(elder.length, 3, elder.join("\n"));
});

test("what sticks out at 320 px or is cut off with large text is found", async () => {
  const wide = await visit("/wide", { size: "narrow" }, (shown) => reflow(shown, "320"));
  assert.match(wide.join(), /320: \d+ px wide/);
  assert.deepEqual(await visit("/stiff", {}, (shown) => reflow(shown, "100 %")), []);
  const stiff = await visit("/stiff", { size: "desktop" }, (shown) =>
    textTwice(shown, () => reflow(shown, "200 %")),
  );
  assert.match(stiff.join(), /cut off/);
});

test("an error of a script and a breach of the content policy are complaints", async () => {
  for (const path of ["/script", "/policy"]) {
    const person = await Person.arrive(url, { language: "en" });
    await person.go(path);
    await assert.rejects(() => person.leave(), /the browser complained/, path);
  }
});

test("pages of one shape differ in words alone", () => {
  const page = (main) => `<!doctype html><html lang="zh"><title>一</title><main>${main}</main></html>`;
  const shape = shapeOf(page('<a id="a1" href="/cases/AB12">看</a><p>2 条</p>'));
  assert.equal(shapeOf(page('<a id="a7" href="/cases/CD34">read</a><p>none</p>')), shape);
  for (const other of [
    '<a id="a1" href="/cases/AB12">看</a><p></p>',
    '<a id="a1" href="">看</a><p>2 条</p>',
    '<a id="a1" href="/cases/AB12" rel="x">看</a><p>2 条</p>',
    '<a id="a1" href="/cases/AB12">看</a><p><b>2</b> 条</p>',
    '<a id="a1" href="/cases/AB12">看</a><p>2 条</p><p>2 条</p>',
  ])
    assert.notEqual(shapeOf(page(other)), shape, other);
  const two = ['<p id="a1">1</p><p id="a2">1</p>', '<p id="a1">1</p><p id="a1">1</p>'];
  assert.notEqual(shapeOf(page(two[0])), shapeOf(page(two[1])));
});

test("the HTML checker finds a wrong page among right ones", async () => {
  const folder = join(work, "selfcheck");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "right.html"), page("<p>Well</p>"));
  assert.deepEqual(await validHtml(folder), []);
  writeFileSync(join(folder, "wrong.html"), page(`<p>One<div id="a"></div></p><i id="a"></i>`));
  const found = await validHtml(folder);
  assert.ok(found.length >= 2, JSON.stringify(found));
  assert.ok(found.every((finding) => finding.file.endsWith("wrong.html")));
});

test("a stream that is cut comes back and misses nothing", async () => {
  const stream = new Api(url).stream("/stream");
  await stream.message("t6");
  assert.deepEqual(stream.seqs(), [1, 2, 3, 4, 5, 6]);
  assert.ok(stream.opened >= 3);
  await stream.close();
  assert.throws(() => assertOnceInOrder([1, 2, 2], "a list"));
  assert.throws(() => assertOnceInOrder([1, 3, 2], "a list"));
});
