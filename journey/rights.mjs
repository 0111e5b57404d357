// rights.mjs -- walks every route there is as everybody there is, and compares with rights.tsv.
//
// 1. Routes come from the server: its OpenAPI document, and every page and form a crawler finds
//    as each part. A route without a row fails, a row without a route fails.
// 2. `-` means 401, 403, 404, or a page that leads to signing in; `+` means anything else that is
//    not a fault. Bodies pass their forms, so that a refusal is about the person.
// 3. What was refused has changed nothing: after the strangers the case stands as before.
// 4. Sessions that are no longer good, or not yet, open nothing of that (lib/ghosts.mjs).
// 5. A form sent without its secret is refused, whoever sends it.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Cast, ownerPhone, parts } from "./lib/cast.mjs";
import { png } from "./lib/files.mjs";
import { Ghosts } from "./lib/ghosts.mjs";
import { Objects } from "./lib/objects.mjs";
import { operationsOf, queries, readRights, rowOf, sampleBody } from "./lib/routes.mjs";
import { Server } from "./lib/server.mjs";

const rows = readRights();
// Only these routes, as tools/holes.sh asks for them; then what needs all of them is left out.
const only = process.env.GONGDAO_ROWS && new RegExp(process.env.GONGDAO_ROWS);
const walked = only ? rows.filter(({ kind, path }) => only.test(`${kind} ${path}`)) : rows;
const wholly = { skip: only ? "only some routes are walked" : false };
const owners = new Set(["consultant", "owner"]);
const endsSession = ({ kind, path }) =>
  (kind === "DELETE" && path === "/session") || /^\/(session\/end|sessions\/end-others)$/.test(path);
const pagesMax = 400; // of one part's crawl
const alikeMax = 4; // pages of one row
let server;
let cast;
let ghosts;
let objects; // what places stand for, made when a row needs it
let document;
let operations;
let walkIn, slip; // somebody who came to a hall, and somebody whose slip nobody replaces
let filed; // what that resident applied for, handed in: its reference and a material
let application; // a resident's, handed in: its reference and a file of evidence
const crawled = new Map(); // path of a page -> the parts that found a link to it
let stood = {}; // who plays a part for the row at hand: part -> client, or a browser
const actor = (part) => stood[part] ?? cast.clients[part];
const posted = new Map(); // action of a form -> a page it stands on

before(async () => {
  // With an address of our own, or no slip would have a picture that leads there.
  server = await Server.begin({ options: ["--public-url", "http://127.0.0.1"] });
  cast = await Cast.of(server);
  // A number belongs to a person: somebody asks who is signed in.
  cast.asker = await cast.byPhone("13900005555");
  cast.askers = await cast.asker.ask({ district: "310101" });
  await cast.holder.offered(cast.askers.asked.reference);
  await cast.holder.accept(cast.askers.asked.reference);
  await cast.cases();
  // And the consultant suggests legal aid to whoever talks.
  const { reference } = cast.talking.asked;
  await cast.clients.consultant.post(`/desk/consultations/${reference}/aid`, { what: "三个月没有发工资。" });
  objects = await new Objects(cast).prepare();
  application = await apply(cast.clients.resident);
  filed = await file(cast.clients.resident);
  walkIn = await cast.walkIn();
  slip = await cast.walkIn();
  await cast.clients.admin.post(`/admin/halls/${walkIn.hall}/days`, { day: "2030-01-31", why: "维修" });
  ghosts = await Ghosts.of(cast, server);
  document = await cast.api.get("/openapi.json");
  operations = operationsOf(document);
});
after(async () => {
  cast?.leave();
  await server?.stop();
});

/** Another resident would like to serve: nobody but she and the administrator knows. */
async function apply(client) {
  const { reference } = await client.need(201, "POST", "/volunteer/application", {
    name: "张三",
    profession: "lawyer",
    licence: "13101201899990001",
    division: "310104",
    fields: "labour",
    languages: "zh",
    agrees: true,
  });
  const form = new FormData();
  form.append("file", new Blob([png()], { type: "image/png" }), "a.png");
  const { file } = await client.need(201, "POST", `/volunteer/${reference}/files`, form);
  await client.need(200, "POST", `/volunteer/${reference}/hand-in`, {});
  return { reference, file };
}

/** And wants a mediation; the leader of the district has opened it. */
async function file(client) {
  const { teams } = await cast.clients.admin.get("/admin/teams");
  const { division } = teams.find(({ leader }) => leader === cast.clients.chief.person.name);
  const { reference } = await client.need(201, "POST", "/items/people-mediation/apply", {
    name: "张三",
    phone: "13900001111",
    division,
    answer_1: "neighbours",
    answer_2: "李四",
    answer_4: "楼上每晚很吵。",
  });
  const form = new FormData();
  form.append("file", new Blob([png()], { type: "image/png" }), "a.png");
  const { file } = await client.need(201, "POST", `/cases/${reference}/files`, form);
  await cast.clients.chief.need(200, "POST", `/office/cases/${reference}/look`, {});
  return { reference, file };
}

async function page(part, path, { method = "GET", body } = {}) {
  const { token, address, cookie = token ? `gongdao=${token}` : "" } = actor(part);
  const answer = await fetch(server.url + path, {
    method,
    body,
    redirect: "manual",
    headers: {
      Accept: "text/html",
      "Accept-Language": "zh",
      "X-Forwarded-For": address,
      ...(cookie ? { Cookie: cookie } : {}),
    },
  });
  const type = answer.headers.get("content-type") ?? "";
  const text = type.startsWith("text/html") ? await answer.text() : "";
  if (!text) await answer.body?.cancel();
  return { status: answer.status, location: answer.headers.get("location") ?? "", text };
}

function isOperation({ kind }) {
  return kind !== "PAGE" && kind !== "FORM";
}

// To where people prove who they are.
const led = /^\/(session\b|my\?next=)/;

function isRefused({ status, location }) {
  return [401, 403, 404].includes(status) || (status === 303 && led.test(location));
}

function judge(row, part, answer, what) {
  const cell = row.may[part];
  const said = `${what} as ${part}: ${answer.status} ${answer.location ?? ""}`;
  if (answer.status >= 500) return `${said}: a fault`;
  if (cell === "-") return isRefused(answer) ? null : `${said}, must be refused`;
  if (cell === "+") return isRefused(answer) ? `${said}, must be allowed` : null;
  return cell.split("|").includes(String(answer.status)) ? null : `${said}, must be ${cell}`;
}

/** What a session that is no longer good was let in to. */
function judgeGhost(ghost, answer, what) {
  if (isRefused(answer)) return null;
  return `${what} as ${ghost.name}: ${answer.status} ${answer.location ?? ""}, must be refused`;
}

/** Whether a cell says that the thing is done. */
const isDone = (cell) => cell === "+" || /^20\d$/.test(cell);

function attributes(html, pattern) {
  return [...html.matchAll(pattern)].map((found) => found[1].replaceAll("&amp;", "&"));
}

async function crawl(part) {
  const waiting = ["/", "/ask", "/my", "/session", "/sessions", "/preferences", "/desk", "/board", "/roster"];
  for (const name of ["people", "applications", "teams", "fields", "hours"]) waiting.push(`/admin/${name}`);
  waiting.push(cast.talking.path, `/desk${cast.talking.path}`, `${cast.talking.path}/rating`);
  const seen = new Set(waiting);
  const alike = new Map(); // row -> how many of its kind are on the list
  for (let i = 0; i < waiting.length && i < pagesMax; i++) {
    const path = waiting[i];
    const { status, text, location } = await page(part, path);
    if (status >= 500) assert.fail(`GET ${path} as ${part}: ${status}`);
    if (status === 200 && text) {
      const pure = path.replace(/[?#].*$/, "");
      crawled.set(pure, (crawled.get(pure) ?? new Set()).add(part));
    }
    const links = attributes(text, /<a\b[^>]*?\shref="([^"]*)"/g);
    if (location) links.push(location);
    for (const link of links) {
      const url = new URL(link, server.url + path);
      if (url.origin !== server.url || url.pathname.startsWith("/static/")) continue;
      if (seen.has(url.pathname + url.search)) continue;
      // A list has hundreds of rows with the same kind of page behind: a few of each will do.
      const row = rowOf(rows, url.pathname);
      const count = alike.get(row) ?? 0;
      if (row && count >= alikeMax) continue;
      alike.set(row, count + 1);
      seen.add(url.pathname + url.search);
      waiting.push(url.pathname + url.search);
    }
    for (const form of text.matchAll(/<form\b([^>]*)>/g)) {
      if (!/method="post"/i.test(form[1])) continue;
      const action = new URL(form[1].match(/action="([^"]*)"/)?.[1] ?? path, server.url + path);
      posted.set(action.pathname, path);
    }
  }
}

test("every operation of the OpenAPI document has a row, and every row an operation", wholly, () => {
  const written = new Set(rows.filter(isOperation).map((r) => `${r.kind} ${r.path}`));
  const served = new Set(operations.map(({ kind, path }) => `${kind} ${path}`));
  assert.deepEqual([...served].filter((name) => !written.has(name)), [], "routes without a row");
  assert.deepEqual([...written].filter((name) => !served.has(name)), [], "rows without a route");
});

test("every page that a link leads to has a row, and every row a page", wholly, async () => {
  for (const part of parts) await crawl(part);
  const pages = rows.filter((row) => row.kind === "PAGE");
  const without = [...crawled.keys()].filter(
    (path) => !rowOf(pages, path) && !rowOf(rows.filter(({ kind }) => kind === "GET"), path),
  );
  assert.deepEqual(without, [], "pages without a row");
  const reached = new Set([...crawled.keys()].map((path) => rowOf(pages, path)));
  const unreached = [];
  for (const row of pages) {
    // A page no link leads to, as the second step of signing in, must at least be there.
    if (reached.has(row)) continue;
    const path = await placed(row.path, cast.talking.asked.reference);
    const there = await Promise.all(parts.map((part) => page(part, path)));
    stood = {};
    if (there.every(({ status }) => status === 404)) unreached.push(row.path);
  }
  assert.deepEqual(unreached, [], "rows without a page anybody can come to");
  const acts = rows.filter((row) => row.kind === "POST" || row.kind === "FORM");
  const loose = [...posted].filter(([action]) => !rowOf(acts, action)).map((pair) => pair.join(" on "));
  assert.deepEqual(loose, [], "forms without a row");
});

const known = {
  text: "说明",
  what: "三个月没有发工资。",
  reason: "不合适",
  outcome: "advised",
  summary: "已告知。",
  stars: 5,
  seq: 1,
  state: "online",
  kind: "other", // of a complaint
  measure: "warn",
  period: "month", // of a report
  address: "zhang@example.org",
  verdict: "confirm",
  field: "labour",
  phone: "13900004444",
  version: 99,
};

const isOfApplication = (path) => /^\/(volunteer|admin\/applications)\//.test(path);
const isFiled = (path) => /^\/(office\/)?cases\//.test(path);
const isHanded = (path) => path.startsWith("/handed/");
/** Of a thing of its own, and not of the case at hand. */
const isProposed = (path) => path.startsWith("/desk/repository/");
const isItsOwn = (path) =>
  isOfApplication(path) || isFiled(path) || isHanded(path) || isProposed(path) ||
  objects.ofRoom.has(path);

/** Where the places of such a route lead to a thing of its own, and what to send there. */
async function made(path, { kind, reference } = {}) {
  const thing = await objects.make(path, kind);
  const { places = {}, query = queries[path] ?? "", body, undo } = thing;
  stood = thing.stand ?? {};
  let text = path;
  for (const [name, value] of Object.entries(places)) text = text.replace(`{${name}}`, value);
  if (reference) text = text.replace("{reference}", reference);
  assert.ok(!text.includes("{"), `${path}: ${text}`);
  return { path: text + query, body, undo };
}

/** Where {places} lead: to the case at hand, or to something of the demo city. */
async function placed(path, reference) {
  if (objects.knows(path)) return (await made(path, { kind: "GET" })).path;
  const ofApplication = isOfApplication(path);
  const own = ofApplication ? application : isFiled(path) ? filed : { reference };
  let text = path.replace("{reference}", own.reference);
  if (isFiled(path)) text = text.replace("{file}", filed.file);
  // A paper that was added since closes it again: the office opens it anew.
  if (path.startsWith("/office/cases/"))
    await cast.clients.chief.need(200, "POST", `/office/cases/${filed.reference}/look`, {});
  if (path.endsWith("/apply")) text = text.replace("{item}", "people-mediation");
  if (ofApplication) text = text.replace("{file}", application.file);
  if (/\/attachments\/\{\w+\}/.test(text)) text = text.replace(/\{\w+\}/, await attachment(reference));
  // The number is asked for of who asked; what is administered is of the demo city.
  if (/^\/people\/\{person\}\/phone$/.test(text))
    return `${text.replace("{person}", cast.asker.person.id)}?reference=${cast.askers.asked.reference}`;
  if (path.includes("/items/{item}")) text = text.replace("{item}", "legal-aid-civil");
  text = text.replace("{ask}", "side"); // the first question about legal aid
  text = text.replace("{release}", "1");
  if (path === "/people/{person}") {
    const { people } = await cast.clients.admin.get("/people"); // one who serves
    return `/people/${people[0].person}`;
  }
  if (text.includes("{law}")) {
    const { laws } = await cast.clients.admin.get("/laws");
    text = text.replace("{law}", laws[0].law);
  }
  if (/^\/(window|halls|admin\/halls|board\/halls|slip)\b/.test(path)) {
    text = path.replace("{reference}", walkIn.reference);
    for (const name of ["hall", "line", "window", "number"]) text = text.replace(`{${name}}`, walkIn[name]);
    return text.replace("{day}", "2030-01-31").replace(/\{\w+\}/g, "1");
  }
  // The consultant's own next shift.
  if (text.includes("{shift}")) {
    const { shifts } = await cast.clients.consultant.get("/roster/mine");
    text = text.replace("{shift}", shifts[0].shift);
  }
  for (const [name, list, key] of [
    ["person", "people", "person"],
    ["team", "teams", "team"],
    ["field", "fields", "field"],
    ["answer", "answers", "id"],
  ]) {
    if (!text.includes(`{${name}}`)) continue;
    const body = await cast.clients.admin.get(`/admin/${list}`);
    text = text.replace(`{${name}}`, body[list].at(-1)[key]);
  }
  if (text.includes("{rule}")) {
    const { rules } = await cast.clients.admin.get("/admin/quality");
    text = text.replace("{rule}", rules[0].rule);
  }
  if (path.includes("/quality/{person}")) text = path.replace("{person}", cast.holder.api.person.id);
  if (text.includes("/commendations/")) text = text.replace("{period}", "2026-09");
  if (path.startsWith("/places/")) text = text.replace("{division}", "310104");
  text = text.replace("{month}", "2026-10");
  if (text.includes("{desk}")) {
    const { desks } = await cast.clients.supervisor.get("/board/ladder");
    text = text.replace("{desk}", desks.find(({ division }) => division === "310110").desk);
  }
  return text.replace("{day}", "2030-01-31").replace("{version}", "0").replace(/\{\w+\}/g, "1") + (queries[path] ?? "");
}

async function attachment(reference) {
  const { owner } = cast.clients;
  const form = new FormData();
  form.append("file", new Blob([png()], { type: "image/png" }), "a.png");
  const client = cast.api.as(tokens.get(reference) ?? owner.token);
  await client.need(201, "POST", `/consultations/${reference}/attachments`, form);
  const all = await client.messages(`/consultations/${reference}`);
  return all.find((message) => message.attachment).attachment.id;
}
const tokens = new Map(); // reference -> the token of its owner

async function asPart(part, row, { operation, full }, path, reference, more = {}) {
  const client =
    part === "owner" && tokens.has(reference) ? cast.api.as(tokens.get(reference)) : actor(part);
  if (row.kind === "STREAM") {
    const abort = new AbortController();
    const answer = await fetch(`${server.url}/api/v1${path}`, {
      headers: client.headers({ Accept: "text/event-stream" }),
      signal: abort.signal,
    });
    abort.abort();
    return { status: answer.status };
  }
  if (!full.startsWith("/api/v1")) return fetch(server.url + path);
  let body;
  if (row.kind !== "GET" && row.kind !== "DELETE") {
    body = sampleBody(document, operation, known);
    Object.assign(body, more);
    if (row.path === "/slip") body = { reference: slip.reference, code: slip.code };
    if (row.path === "/people/{person}/phone") body.reference = cast.askers.asked.reference;
    if (operation.requestBody?.content?.["multipart/form-data"]) {
      body = new FormData();
      body.append("file", new Blob([png()], { type: "image/png" }), "a.png");
      for (const [name, value] of Object.entries(more)) body.append(name, value);
    }
  }
  return client.call(row.kind, path, body);
}

test("each operation lets in and refuses as the table says", async (t) => {
  for (const row of walked.filter(isOperation)) {
    const found = operations.find(({ kind, path }) => kind === row.kind && path === row.path);
    if (!found) continue; // the first test says so
    await t.test(`${row.kind} ${row.path}`, async () => {
      let resident = cast.talking;
      const changes =
        row.kind === "POST" && row.path.includes("{reference}") && !isItsOwn(row.path);
      if (changes) {
        resident = await cast.freshCase(row.path.includes("/offers/") ? "offered" : "talking");
        tokens.set(resident.asked.reference, resident.token);
      }
      const { reference } = resident.asked;
      const isMade = objects.knows(row.path);
      const given = { kind: row.kind, reference: changes ? reference : null };
      const find = async () =>
        isMade ? made(row.path, given) : { path: await placed(row.path, reference) };
      let { path, body, undo } = await find();
      const standing = async () => {
        const { state } = await resident.get(resident.path);
        return { state, count: (await resident.messages(resident.path)).length };
      };
      const wrong = [];
      let first = changes ? await standing() : null;
      try {
        for (const ghost of ghosts.of(row)) {
          const answer = await asPart(ghost.name, row, found, path, reference, body);
          wrong.push(judgeGhost(ghost, answer, `${row.kind} ${path}`));
        }
        for (const part of parts) {
          if (endsSession(row) && row.may[part] === "+") continue; // below, with a spare one
          const last = owners.has(part);
          const answer = await asPart(part, row, found, path, reference, body);
          wrong.push(judge(row, part, answer, `${row.kind} ${path}`));
          if (isMade && !isRefused(answer)) ({ path, body } = await find()); // it may be used up
          if (changes && !last && !isDone(row.may[part]))
            assert.deepEqual(await standing(), first, `${part} was refused and changed the case`);
          if (changes && isDone(row.may[part])) first = await standing();
        }
      } finally {
        stood = {};
        await undo?.();
      }
      // So that the holder has room for the next; a case that ended answers 409.
      if (changes) await cast.api.as(resident.token).call("POST", `${resident.path}/close`, {});
      assert.deepEqual(wrong.filter(Boolean), []);
    });
  }
});

/** What anybody may write as they like; a place to go on to, or back; answers to be weighed. */
const asTyped = new Set(["q", "next", "back", "answers", "passed", "key"]);

test("a word that means nothing is refused wherever one is asked for, and never an empty list", wholly, async () => {
  const swallowed = [];
  let tried = 0;
  for (const row of rows.filter(({ kind }) => kind === "GET")) {
    const found = operations.find(({ kind, path }) => kind === row.kind && path === row.path);
    const asked = (found?.operation.parameters ?? [])
      .map((one) => ({ ...one, type: one.schema?.type }))
      .filter((one) => one.in === "query" && !asTyped.has(one.name) && one.type !== "array");
    const part = [...parts].reverse().find((one) => row.may[one] === "+");
    if (!asked.length || !part) continue;
    const isMade = objects.knows(row.path);
    const { path, undo } = isMade
      ? await made(row.path, { kind: "GET" })
      : { path: await placed(row.path, cast.talking.asked.reference) };
    try {
      for (const { name } of asked) {
        const url = new URL(path, server.url);
        url.searchParams.set(name, "zzz");
        const answer = await asPart(part, row, found, url.pathname + url.search);
        tried++;
        if (answer.status < 400 || answer.status >= 500)
          swallowed.push(`${url.pathname}${url.search} as ${part}: ${answer.status}`);
      }
    } finally {
      stood = {};
      await undo?.();
    }
  }
  assert.deepEqual(swallowed, []);
  assert.ok(tried > 80, `only ${tried} parameters were tried`);
});

test("each page lets in and refuses as the table says", async (t) => {
  for (const row of walked.filter(({ kind }) => kind === "PAGE")) {
    await t.test(`page ${row.path}`, async () => {
      const path = await placed(row.path, cast.talking.asked.reference);
      const wrong = [];
      for (const part of parts) wrong.push(judge(row, part, await page(part, path), path));
      for (const ghost of ghosts.of(row)) wrong.push(judgeGhost(ghost, await page(ghost.name, path), path));
      stood = {};
      assert.deepEqual(wrong.filter(Boolean), []);
    });
  }
});

test("every state of a session was tried at many routes", wholly, () => {
  for (const [state, least] of Object.entries({
    "signed out": 300, "run out": 300, altered: 300, "ended by another": 100, suspended: 100,
    "key ended": 50, "second step missing": 50, moved: 10,
  }))
    assert.ok(ghosts.tried.get(state) >= least, `${state}: only ${ghosts.tried.get(state)}`);
});

test("a form sent without its secret is refused, whoever sends it", async () => {
  const wrong = [];
  for (const [action, on] of posted) {
    for (const part of ["nobody", "owner", "consultant", "supervisor", "admin"]) {
      const body = new URLSearchParams({ text: "偷偷发的", stars: "5", mode: "elder" });
      const { status, location } = await page(part, action, { method: "POST", body });
      if (![400, 401, 403, 404].includes(status) && !led.test(location))
        wrong.push(`POST ${action} (form on ${on}) as ${part}: ${status} ${location}`);
    }
  }
  assert.deepEqual(wrong, []);
});

test("a cookie alone does not open the API to other sites", async () => {
  const { token } = cast.clients.owner;
  const answer = await fetch(`${server.url}/api/v1${cast.talking.path}/messages`, {
    method: "POST",
    headers: { Cookie: `gongdao=${token}`, "Content-Type": "application/json" },
    body: JSON.stringify({ text: "从别的网站来的" }),
  });
  assert.equal(answer.status, 403);
});

test("a session that was ended opens nothing", async () => {
  const spare = await cast.byPhone(ownerPhone);
  await spare.get(cast.talking.path);
  await spare.need([200, 204], "DELETE", "/session");
  assert.equal((await spare.call("GET", cast.talking.path)).status, 401);
});
