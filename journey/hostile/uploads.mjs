// uploads.mjs -- files that are something else, that unpack to very much, that are called what they
// must not be: refused in words, or kept as what they are shown to be and nothing besides.
//
// What reads them is fenced in and tried apart (platform/cage_test.c); here a resident sends them over
// the real route, and the other side fetches them.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { deflateSync } from "node:zlib";
import { Api } from "../lib/api.mjs";
import { pdf, png } from "../lib/files.mjs";
import { Server } from "../lib/server.mjs";

const script = "<script>window.kn=1</script>";
const types = /^(image\/(png|jpeg|gif|webp)|application\/pdf|application\/vnd\.|application\/msword|application\/octet-stream)/;
let server, resident;

before(async () => {
  server = await Server.begin();
  resident = await new Api(server.url).ask({ mode: "message" });
});
after(() => server?.stop());

/** One page whose stream unpacks to so many megabytes. */
function pdfBomb(megabytes) {
  const stream = deflateSync(Buffer.alloc(megabytes << 20, 0x20));
  const head = "%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n" +
    "3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>\nendobj\n" +
    `4 0 obj\n<</Length ${stream.length}/Filter/FlateDecode>>\nstream\n`;
  return Buffer.concat([Buffer.from(head), stream, Buffer.from("\nendstream\nendobj\ntrailer\n<</Root 1 0 R/Size 5>>\n%%EOF\n")]);
}

/** A picture that says it is so large. */
function largePng(wide, high) {
  const bytes = Buffer.from(png());
  bytes.writeUInt32BE(wide, 16);
  bytes.writeUInt32BE(high, 20);
  return bytes;
}

const withScript = (bytes) => Buffer.concat([bytes, Buffer.from(script)]);
const activePdf = () =>
  Buffer.from(pdf().toString("latin1").replace("/Type /Catalog", "/Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "latin1");
const svg = `<svg xmlns="http://www.w3.org/2000/svg" onload="window.kn=1">${script}</svg>`;
const long = "很".repeat(400);

// What each is, its name, its type as said, and whether it may be kept: null says either.
const files = [
  ["control: a picture", "a.png", "image/png", png(), true],
  ["control: a paper", "a.pdf", "application/pdf", pdf(), true],
  ["a drawing with a script", "a.svg", "image/svg+xml", svg, false],
  ["the same, called a picture", "a.png", "image/png", svg, false],
  ["a page", "a.html", "text/html", `<!doctype html>${script}`, false],
  ["a page called a picture", "a.png", "image/png", `<!doctype html>${script}`, false],
  ["a page behind the mark of a GIF", "a.gif", "image/gif", `GIF89a/*${script}*/`, false],
  ["a page behind the mark of a PNG", "a.png", "image/png", withScript(png().subarray(0, 8)), false],
  ["a picture and a page", "a.png", "image/png", withScript(png()), null],
  ["a picture called a page", "a.html", "text/html", withScript(png()), null],
  ["a paper that does something", "a.pdf", "application/pdf", activePdf(), null],
  ["a paper that unpacks to 500 MB", "a.pdf", "application/pdf", pdfBomb(500), null],
  ["a picture of 60,000 by 60,000", "a.png", "image/png", largePng(60_000, 60_000), false],
  ["a picture of 2^31 by 2^31", "a.png", "image/png", largePng(0x7fffffff, 0x7fffffff), false],
  ["a program", "a.pdf", "application/pdf", "\x7fELF\x02\x01\x01", false],
  ["a shell script", "a.png", "image/png", "#!/bin/sh\nid\n", false],
  ["an archive", "a.zip", "application/zip", "PK\x05\x06" + "\0".repeat(18), false],
  ["nothing", "a.png", "image/png", "", false],
  ["a paper called by a path", "../../../../tmp/kn.pdf", "application/pdf", pdf(), null],
  ["a paper called by another's path", "..\\..\\kn.pdf", "application/pdf", pdf(), null],
  ["a paper with a line in its name", "a\r\nX-Kn: 1.pdf", "application/pdf", pdf(), null],
  ["a paper with marks in its name", `"><${script}.pdf`, "application/pdf", pdf(), null],
  ["a paper with its end turned round", "a\u202efdp.exe", "application/pdf", pdf(), null],
  ["a paper with a very long name", `${long}.pdf`, "application/pdf", pdf(), null],
  ["a paper called a page", "a.pdf.html", "text/html", pdf(), null],
];

const below = (folder) =>
  readdirSync(folder, { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? below(join(folder, one.name)) : [join(folder, one.name)],
  );

test("what is hostile is refused in words, or kept as what it is shown to be", async (t) => {
  const wrong = [];
  let kept = 0;
  for (const [what, name, type, bytes, may] of files) {
    const form = new FormData();
    form.append("file", new Blob([bytes], { type }), name);
    const sent = await resident.call("POST", `${resident.path}/attachments`, form);
    const isKept = sent.status === 201;
    if (may !== null && isKept !== may) wrong.push(`${what}: ${sent.status} ${sent.body.code ?? ""}`);
    if (sent.status >= 500) wrong.push(`${what}: ${sent.status}`);
    if (!isKept) continue;
    kept++;
    const said = (await resident.messages(resident.path)).filter(({ attachment }) => attachment).at(-1).attachment;
    if (/[\r\n/\\\u202e]/.test(said.name ?? "")) wrong.push(`${what}: is called ${JSON.stringify(said.name)}`);
    const answer = await fetch(`${server.url}/api/v1${resident.path}/attachments/${said.id}`, { headers: resident.headers() });
    const got = Buffer.from(await answer.arrayBuffer()).toString("latin1");
    const head = Object.fromEntries(answer.headers);
    if (answer.status !== 200 || !types.test(head["content-type"])) wrong.push(`${what}: comes as ${head["content-type"]}`);
    if (head["x-content-type-options"] !== "nosniff" || head["x-kn"]) wrong.push(`${what}: ${JSON.stringify(head)}`);
    if (!/^attachment/.test(head["content-disposition"]) && !/default-src 'none'|sandbox/.test(head["content-security-policy"]))
      wrong.push(`${what}: is opened in place: ${head["content-disposition"]}`);
    if (/window\.kn/.test(got)) wrong.push(`${what}: the script is still in it`);
  }
  t.diagnostic(`${files.length} files, ${kept} kept`);
  assert.deepEqual(wrong, []);
  assert.ok(kept >= 2);
  assert.ok(below(server.data).every((path) => !/kn\.pdf|\.html|X-Kn/.test(path)), "no file is called what a stranger says");
  assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
});
