// canary.mjs -- nasty words through every form and every operation, as everybody there is, and then
// looked for in everything that comes out: pages, JSON, tables, calendars, heads, letters, the log.
//
//   CANARIES=10000   how many (200: what runs in script/test); all forms are sent again until they are used
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { anAddress } from "../lib/api.mjs";
import { Cast } from "../lib/cast.mjs";
import { operationsOf, readRights, resolve, rowOf, sampleBody } from "../lib/routes.mjs";
import { Server } from "../lib/server.mjs";
import { cookiesSet, Visitor } from "../lib/visitor.mjs";
import { inHead, inLog, inPage, inTable, kindsCount, nasty } from "./nasty.mjs";
import { eachOf } from "./raw.mjs";

const many = +(process.env.CANARIES ?? 200);
const isWhole = many > 1000;
const who = isWhole
  ? ["nobody", "resident", "clerk", "supervisor", "chief", "admin", "consultant", "owner"]
  : ["owner", "consultant", "admin"];
const pagesMax = isWhole ? 80 : 19;
/** Whoever is sent home, or away for good, cannot go on. */
const ends = /\/session|totp|password|erasure|\/end$|\/drop$|suspend|remove|retire|leave|disclaim|\/my\/data/;
const rows = readRights();
let server, cast, document;
let used = 0;
const wrong = new Set();
const seen = { pages: 0, json: 0, tables: 0, others: 0, sent: 0, taken: 0, out: 0, forms: new Set(), fields: new Set() };

before(async () => {
  server = await Server.begin();
  cast = await Cast.of(server);
  await cast.cases();
  document = await cast.api.get("/openapi.json");
});
after(async () => {
  cast?.leave();
  await server?.stop();
});

/** The next that fits a field of so many characters. */
function next(most = 10_000) {
  const first = used++;
  for (let i = 0; i < kindsCount; i++) {
    const word = nasty(first + i);
    if ([...word].length <= most) return word;
  }
  return "<'\"&>".slice(0, most);
}

/** One answer, looked over. */
async function look(what, answer) {
  for (const one of inHead(answer.headers)) wrong.add(`${what}: in the head: ${one}`);
  if (answer.status >= 500) wrong.add(`${what}: ${answer.status}`);
  const type = answer.headers.get("content-type") ?? "";
  const text = await answer.text();
  if (/kn\d+q/.test(text)) seen.out++;
  if (type.startsWith("text/html")) {
    seen.pages++;
    for (const one of inPage(text)) wrong.add(`${what}: ${one}`);
  } else if (type.includes("json")) {
    seen.json++;
    assert.doesNotThrow(() => text && JSON.parse(text), what);
    assert.equal(answer.headers.get("x-content-type-options"), "nosniff", what);
  } else if (type.startsWith("text/csv")) {
    seen.tables++;
    for (const one of inTable(text)) wrong.add(`${what}: a cell ${JSON.stringify(one)}`);
  } else {
    seen.others++;
    if (/^(X-Kn|data: \{"kn"|RCPT)/m.test(text) || (type.startsWith("text/calendar") && /^SUMMARY:kn$/m.test(text)))
      wrong.add(`${what}: a line of its own in ${type}`);
  }
  return text;
}

const unescaped = (text) =>
  text.replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const attribute = (one, name) => {
  const found = one.match(new RegExp(`\\s${name}="([^"]*)"`));
  return found && unescaped(found[1]);
};

let turn = 0;

/** What a form would send with nasty words in every place for words, or every other time in one. */
function filled(form) {
  const all = turn++ % 2 === 0;
  let place = 0;
  const words = (most) => (all || place++ === Math.floor(turn / 2) % 3 ? next(most) : "words".slice(0, most));
  const body = new URLSearchParams();
  const chosen = new Set();
  for (const [one, kind] of form.matchAll(/<(input|textarea|select)\b[^>]*>/g)) {
    const name = attribute(one, "name");
    if (!name) continue;
    const type = kind === "input" ? (attribute(one, "type") ?? "text") : kind;
    if (type === "hidden") body.set(name, attribute(one, "value") ?? "");
    else if (type === "select") {
      const options = form.slice(form.indexOf(one)).split("</select>")[0].matchAll(/<option[^>]*\svalue="([^"]+)"/g);
      body.set(name, unescaped([...options][0]?.[1] ?? ""));
    } else if (type === "radio" || type === "checkbox") {
      if (!chosen.has(name)) body.set(name, attribute(one, "value") ?? "1");
      chosen.add(name);
    } else if (type === "number") body.set(name, attribute(one, "min") ?? "1");
    else if (type === "date") body.set(name, "2030-01-31");
    else if (type === "time") body.set(name, "09:00");
    else if (type === "tel" || name === "phone") body.set(name, used % 3 ? "13900007777" : next());
    else if (type !== "file" && type !== "submit") {
      body.set(name, words(+(attribute(one, "maxlength") ?? 10_000)));
      seen.fields.add(name);
    }
  }
  return body;
}

/** All pages somebody comes to; their forms are sent when `sends`. */
async function walk(part, sends) {
  const visitor = new Visitor(server.url, cast.clients[part].token ?? null);
  const ask = (path, options = {}) =>
    fetch(server.url + path, {
      redirect: "manual",
      ...options,
      headers: { Accept: "text/html", "Accept-Language": "zh", "X-Forwarded-For": anAddress(), Cookie: visitor.cookie },
    });
  const waiting = ["/", "/ask", "/my", "/desk", "/board", "/roster", "/window", "/reports", "/search?q=1", "/admin/people", "/admin/fields",
    "/admin/halls", "/announcements", "/office", "/board/complaints", "/preferences", "/items", cast.talking.path, `/desk${cast.talking.path}`];
  const known = new Set(waiting);
  const alike = new Map();
  for (let i = 0; i < waiting.length && i < pagesMax; i++) {
    const answer = await ask(waiting[i]);
    for (const cookie of cookiesSet(answer)) {
      const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/);
      if (name !== "gongdao" && value) visitor.cookies.set(name, value);
    }
    const text = await look(`GET ${waiting[i]} as ${part}`, answer);
    for (const [, link] of text.matchAll(/<(?:a|form)\b[^>]*?\s(?:href|action)="([^"]*)"/g)) {
      const url = new URL(unescaped(link), server.url + waiting[i]);
      const path = url.pathname + url.search;
      if (url.origin !== server.url || /^\/static\//.test(path) || ends.test(path) || known.has(path)) continue;
      const row = rowOf(rows, url.pathname)?.path ?? url.pathname;
      if ((alike.get(row) ?? 0) >= 2) continue;
      alike.set(row, (alike.get(row) ?? 0) + 1);
      known.add(path);
      waiting.push(path);
    }
    if (!sends) continue;
    for (const found of text.matchAll(/<form\b([^>]*)>([^]*?)<\/form>/g)) {
      const action = new URL(attribute(` ${found[1]}`, "action") ?? waiting[i], server.url + waiting[i]);
      if (ends.test(action.pathname)) continue;
      const body = filled(found[2]);
      if (![...body.values()].some((value) => /kn\d+q/.test(value))) continue;
      seen.forms.add(`${rowOf(rows, action.pathname)?.path ?? action.pathname}`);
      seen.sent++;
      const isPost = /method="post"/i.test(found[1]);
      const answered = isPost
        ? await ask(action.pathname + action.search, { method: "POST", body })
        : await ask(`${action.pathname}?${body}`);
      if (answered.status < 400) seen.taken++;
      await look(`${action.pathname} with ${JSON.stringify(Object.fromEntries(body)).slice(0, 300)}`, answered);
    }
  }
}

/** Every operation that takes words, each field in turn and all at once. */
async function operations() {
  const places = { reference: cast.talking.asked.reference, item: "people-mediation", person: cast.holder.api.person.id };
  const list = operationsOf(document).filter(({ kind, path }) => (kind === "POST" || kind === "PUT") && !ends.test(path));
  await eachOf(list, 4, async ({ kind, path, operation }) => {
    const row = rows.find((one) => one.kind === kind && one.path === path);
    const part = [...who].reverse().find((one) => row?.may[one] === "+") ?? who.at(-1);
    const schema = resolve(document, operation.requestBody?.content?.["application/json"]?.schema);
    const words = Object.entries(schema?.properties ?? {}).map(([name, one]) => [name, resolve(document, one)]);
    const free = words.filter(([, one]) => [one?.type].flat().includes("string") && !one.enum && !one.format);
    if (!free.length) return;
    const to = path.replace(/\{(\w+)\}/g, (_, name) => places[name] ?? "1");
    const body = sampleBody(document, operation, { phone: "13900007777", field: "labour", division: "310101", kind: "other", mode: "message" });
    const only = turn++ % 3 ? free.filter((_, i) => i === turn % free.length) : free;
    for (const [name, one] of only) if (name !== "phone") body[name] = next(one.maxLength);
    const client = cast.clients[part].as(cast.clients[part].token ?? null);
    const answer = await fetch(`${server.url}/api/v1${to}`, {
      method: kind,
      headers: client.headers({ "Content-Type": "application/json", "Idempotency-Key": anAddress() }),
      body: JSON.stringify(body),
    });
    seen.sent++;
    seen.forms.add(path);
    if (answer.status < 400) seen.taken++;
    await look(`${kind} ${path} ${JSON.stringify(body).slice(0, 300)}`, answer);
  });
}

/** What is no form: addresses, queries, and what a browser says of itself. */
async function heads() {
  for (let i = 0; i < (isWhole ? 200 : 5); i++) {
    let plain, word;
    const another = () => (plain = encodeURIComponent((word = next())));
    another();
    const latin = Buffer.from(word.replace(/[\r\n\0]/g, " ")).toString("latin1");
    const fields = { "User-Agent": latin, Referer: latin, "Accept-Language": latin, Cookie: `gongdao=${latin}; lang=${latin}`, "X-Forwarded-For": latin };
    for (const begin of ["/search?q=", "/", "/consultations/", "/session?next=", "/my?next=/", "/items?q="]) {
      const path = begin + another();
      await look(`GET ${path}`, await fetch(server.url + path, { redirect: "manual", headers: { Accept: "text/html" } }));
      const twin = begin + another();
      await look(`GET ${twin} in the API`, await fetch(`${server.url}/api/v1${twin}`, { redirect: "manual" }));
    }
    for (const [name, value] of Object.entries(fields)) {
      const answer = await fetch(`${server.url}/`, { headers: { [name]: value.trim() } }).catch(() => null);
      if (answer) await look(`${name}: ${word}`, answer);
    }
  }
}

/** Every operation that gives something to who may: tables and calendars are there. */
async function reads() {
  const places = { reference: cast.talking.asked.reference, item: "people-mediation", person: cast.holder.api.person.id, month: "2026-10" };
  const list = operationsOf(document).filter(({ kind }) => kind === "GET");
  await eachOf(list, 4, async ({ kind, path }) => {
    const row = rows.find((one) => one.kind === kind && one.path === path);
    const may = who.filter((one) => row?.may[one] === "+");
    for (const part of isWhole ? may : may.slice(-1)) {
      const client = cast.clients[part];
      const to = path.replace(/\{(\w+)\}/g, (_, name) => places[name] ?? "1");
      for (const accept of ["application/json", "text/csv"])
        await look(`GET ${to} as ${part}`, await fetch(`${server.url}/api/v1${to}`, { headers: client.headers({ Accept: accept }) }));
    }
  });
}

test("control: the judges find what they look for", () => {
  for (const page of ["<p><kn1q onload=x></p>", '<a title="" kn1q=1 b="">', "<script>var a='kn1q'</script>", '<a href="javascript:kn1q">',
    "<p><script>window.kn=1</script>", '<p style="kn1q">', "<p><img src=x onerror=window.kn=1></p>"])
    assert.equal(inPage(page).length > 0, true, page);
  assert.deepEqual(inPage('<a title="&lt;kn1q&gt;" href="/search?q=javascript:kn1q">&lt;kn1q onload&gt; "kn1q"</a>'), []);
  assert.equal(inTable('a,b\r\n"=kn1q",1\r\n').length, 1);
  assert.equal(inTable("a,'=kn1q\r\n").length, 0);
  assert.equal(inLog('{"at":"","level":"","what":"","text":"kn1q"}\nkn1q forged').length, 1);
  assert.equal(inHead([["x-kn", "1"]]).length, 1);
});

test("nasty words go in, and come out as words", async (t) => {
  do {
    const before = used;
    for (const part of who) await walk(part, true);
    await operations();
    await heads();
    assert.ok(used > before);
  } while (used < many);
  for (const part of who) await walk(part, false);
  await reads();
  for (const line of inLog(server.text)) wrong.add(`the log: ${JSON.stringify(line)}`);
  const { pages, json, tables, others, sent, taken, out } = seen;
  t.diagnostic(`${used} canaries, ${seen.forms.size} forms and operations, ${seen.fields.size} names of fields, sent ${sent} times and taken ${taken} times`);
  t.diagnostic(`looked over: ${pages} pages, ${json} answers in JSON, ${tables} tables, ${others} others; ${out} of them held canaries`);
  assert.deepEqual([...wrong].slice(0, 40), []);
  assert.ok(taken > (isWhole ? 200 : 8) && out > 50, `taken ${taken}, out ${out}`);
});
