// contract.mjs -- the names integrators rely on, route by route and member by member: what is
// answered has each member, of its type, in every state in which it is promised. Members may be
// added; none may change or go. Written by hand, and not from the OpenAPI document: that follows
// the program, wherever it goes.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Api, Consultant, consultantName, eventually, password, takenBy } from "./lib/api.mjs";
import { pdf } from "./lib/files.mjs";
import { Server } from "./lib/server.mjs";
import { totp } from "./lib/totp.mjs";

let server;
let api;
before(async () => {
  server = await Server.begin();
  api = new Api(server.url);
});
after(() => server?.stop());

// ---- what a member is ----

const either = (...kinds) => (value) => kinds.some((kind) => kind(value));
const none = (value) => value === null;
const text = (value) => typeof value === "string";
const words = (value) => text(value) && value.length > 0;
const whole = Number.isInteger;
const listOf = (kind) => (value) => Array.isArray(value) && value.every(kind);
const moment = (value) => text(value) && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+08:00$/.test(value);
const part = (members) => (value) => (has(value, members), true);
const range = part({ low: whole, high: whole });
const oneOf = (...those) => (value) => those.includes(value);
const state = oneOf("waiting", "offered", "talking", "message", "answered", "closed");

/** Each member is there and is what it should be; what else there is does not matter. */
function has(value, members) {
  for (const [name, kind] of Object.entries(members)) {
    assert.ok(value && name in value, `no "${name}" in ${JSON.stringify(value)}`);
    assert.ok(kind(value[name]), `"${name}" is ${JSON.stringify(value[name])}: not ${kind}`);
  }
  return value;
}

const person = part({ id: words, name: words, roles: listOf(words), organisation: either(words, none) });
const session = { token: words, expires_at: moment, person };
const asked = {
  reference: (value) => text(value) && /^[0-9A-Z]{8}$/.test(value),
  token: words,
  state,
  place: whole,
  ahead: whole,
  wait_seconds: either(none, range),
  due_at: either(moment, none),
};
const attachment = part({ id: words, name: words, type: words, bytes: whole, url: words });
const message = {
  seq: whole,
  at: moment,
  from: oneOf("resident", "consultant", "system"),
  name: text,
  text,
  attachment: either(none, attachment),
};

/** A refusal as RFC 9457 has it, in the language that was asked for. */
function problem(answer, status, code) {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  assert.match(answer.headers.get("content-type"), /^application\/problem\+json/);
  has(answer.body, { type: words, title: words, status: oneOf(status), detail: text, code: words });
  if (code) assert.match(answer.body.code, code);
  return answer.body;
}

/** From an address of its own: signing in is limited for each. */
const anew = () => new Api(server.url);
const begins = (more = {}) => ({ field: "labour", text: "老板三个月没发工资 𠮷", ...more });

/** Consultants on line who are not this one: the next three by name. */
async function others(holder, count = 3) {
  const first = Number(holder.name.slice("consultant".length));
  return Promise.all([...Array(count).keys()].map((i) => Consultant.signIn(anew(), consultantName(first + 1 + i))));
}

test("operations", async () => {
  const bare = (path) => fetch(`${server.url}${path}`);
  assert.equal((await bare("/healthz")).status, 200);
  assert.equal((await bare("/readyz")).status, 200);
  const metrics = await bare("/metrics");
  assert.match(metrics.headers.get("content-type"), /^text\/plain/);
  assert.match(await metrics.text(), /^# TYPE \w+ (counter|gauge|histogram)$/m);
  const version = await bare("/version");
  assert.match(await version.text(), /"version":"[^"]+"/);
  const document = await bare("/api/v1/openapi.json");
  assert.match((await document.json()).openapi, /^3\.1\./);
});

test("the demo city: 16 districts, 21 teams, 400 consultants, about 116 on duty", async () => {
  const admin = await api.signIn("admin");
  const { teams } = await admin.get("/admin/teams");
  assert.equal(teams.length, 21);
  assert.equal(teams.reduce((sum, { members }) => sum + members, 0), 400);
  const { days } = await admin.get("/admin/hours");
  const { day } = days.find(({ kind }) => kind === "normal");
  const { people } = await admin.get(`/roster?day=${day}`); // but for those on leave, and gaps
  assert.ok(people > 105 && people <= 125, `${people} on ${day}`);
  const supervisor = await api.signIn("supervisor");
  assert.equal((await supervisor.get("/board")).districts.length, 16);
  for (const name of ["consultant400", "leader21"]) await anew().signIn(name);
  problem(await anew().call("POST", "/session", { name: "consultant401", password }), 401);
});

test("sessions: a password, a second step, looking, leaving", async () => {
  const name = "consultant090";
  const signed = has(await api.need(201, "POST", "/session", { name, password }), session);
  assert.ok(signed.person.roles.includes("consultant"));
  const mine = api.as(signed.token);
  has(await mine.get("/session"), { expires_at: moment, person });
  problem(await api.call("POST", "/session", { name, password: "not this one" }), 401, /^session\./);

  const { secret, offer } = has(await mine.get("/session/totp"), { secret: words, offer: words });
  await mine.need([200, 201, 204], "POST", "/session/totp", { code: totp(secret), password, offer });
  const half = await api.call("POST", "/session", { name, password });
  problem(half, 401, /^session\./);
  assert.ok(!JSON.stringify(half.body).includes("token"));
  problem(await api.call("POST", "/session", { name, password, totp: "000000" }), 401, /^session\./);
  // A code counts once: the next one is good half a minute early.
  const full = await api.need(201, "POST", "/session", { name, password, totp: totp(secret, 1) });
  has(full, session);

  const end = await mine.call("DELETE", "/session");
  assert.ok([200, 204].includes(end.status), `${end.status}`);
  problem(await mine.call("GET", "/desk"), 401);
  await api.as(full.token).get("/desk");
});

test("sessions: a code to a phone, and how long to wait for another", async () => {
  const phone = "13800001234";
  await api.need(202, "POST", "/session/code", { phone });
  const hasty = await api.call("POST", "/session/code", { phone });
  problem(hasty, 429);
  assert.ok(Number(hasty.headers.get("retry-after")) > 0, "429 says when to come again");
  const code = await server.code(phone);
  const signed = await api.need(201, "POST", "/session/code/verify", { phone, code });
  has(signed, session);
  problem(await api.call("POST", "/session/code/verify", { phone, code }), 422, /^session\./); // once
});

test("errors name each field, in the language of Accept-Language", async () => {
  const seen = new Set();
  for (const language of ["zh", "en"]) {
    const asking = new Api(server.url, { language });
    const wrong = problem(await asking.call("POST", "/consultations", { field: "nonsense" }), 422);
    has(wrong, { errors: listOf(part({ field: words, code: words, detail: words })) });
    assert.ok(wrong.errors.some(({ field }) => field === "text"), JSON.stringify(wrong));
    const said = wrong.title + wrong.errors.map(({ detail }) => detail).join("");
    assert.equal(/\p{Script=Han}/u.test(said), language === "zh", said);
    seen.add(wrong.errors.map(({ field, code }) => `${field} ${code}`).join());
  }
  assert.equal(seen.size, 1, "codes do not depend on the language");
  problem(await api.call("GET", "/consultations/AAAAAAAA"), 401);
  const { token } = await api.need(201, "POST", "/session", { name: "consultant092", password });
  problem(await api.as(token).call("GET", "/consultations/AAAAAAAA"), 404);
  problem(await api.call("GET", "/nowhere"), 404);
  problem(await api.call("GET", "/desk"), 401);
  problem(await api.call("POST", "/consultations", begins({ mode: "whenever" })), 422);
  problem(await api.call("DELETE", "/consultations"), 405);
});

test("a browser's cookie opens nothing to post with, without its sign against forgery", async () => {
  const { token } = await api.need(201, "POST", "/session", { name: "consultant091", password });
  const headers = { Cookie: `gongdao=${token}`, "Content-Type": "application/json" };
  const url = `${server.url}/api/v1/desk/presence`;
  const looked = await fetch(`${server.url}/api/v1/desk`, { headers });
  assert.equal(looked.status, 200);
  const posted = await fetch(url, { method: "POST", headers, body: '{"state":"online"}' });
  assert.equal(posted.status, 403, await posted.text());
});

test("asking: every member, a wish, and the same key twice", async () => {
  const key = { "Idempotency-Key": "contract-1" };
  const full = begins({ district: "310104", language: "zh", channel: "miniprogram", phone: "13800005678" });
  const first = has(await api.need(201, "POST", "/consultations", full, key), asked);
  assert.ok(["waiting", "offered"].includes(first.state), first.state);
  assert.equal(first.due_at, null);
  const again = await api.need(201, "POST", "/consultations", full, key);
  assert.deepEqual(again, first, "the first answer again, token and all");
  // Who has no token is known by what was sent: somebody else who counts keys from 1 as well does
  // not meet this question.
  const other = await api.need(201, "POST", "/consultations", { ...full, text: "别的问题" }, key);
  assert.notEqual(other.token, first.token);
  assert.notEqual(other.reference, first.reference);
  await api.as(other.token).need([200, 204], "POST", `/consultations/${other.reference}/close`, {});

  const written = await api.need(201, "POST", "/consultations", begins({ mode: "message", wants: { profession: "lawyer" } }));
  has(written, { ...asked, state: oneOf("message"), due_at: moment });
  const wants = { profession: "shepherd" };
  problem(await api.call("POST", "/consultations", begins({ wants })), 422, /^consultation\.|^request\./);

  const mine = api.as(first.token);
  has(await mine.get(`/consultations/${first.reference}`), {
    reference: oneOf(first.reference), state, place: whole, ahead: whole,
    wait_seconds: either(none, range), due_at: either(moment, none),
  });
  const elsewhere = await mine.call("GET", `/consultations/${written.reference}`);
  problem(elsewhere, 404); // its token opens this one and nothing else
  problem(await mine.call("GET", "/desk"), 403);
  await mine.need([200, 204], "POST", `/consultations/${first.reference}/close`, {});
  assert.equal(await mine.state(`/consultations/${first.reference}`), "closed");
});

test("a live talk: messages, streams, attachments, closing, rating", async () => {
  const resident = await api.ask(begins());
  const { path } = resident;
  const { reference } = resident.asked;
  const shown = resident.stream(`${path}/stream`);
  const holder = await takenBy(anew(), reference, { accept: false });
  const desk = holder.api.stream("/desk/stream");
  const offered = await desk.until("offer", ({ event, data }) => event === "offer" && data.reference === reference);
  assert.match(offered.id, /^\d+$/, "the journal's number");
  has(await holder.desk(), {
    offers: listOf(part({ reference: words, field: words, text, until: moment })),
    talks: listOf(part({ reference: words })),
    written: listOf(part({ reference: words })),
  });
  await holder.api.need([200, 204], "POST", `/desk/offers/${reference}/accept`);
  await shown.becomes("talking");
  assert.ok((await holder.desk()).talks.some((talk) => talk.reference === reference));

  const said = has(await resident.need(201, "POST", `${path}/messages`, { text: "𠮷野家" }), { seq: whole, at: moment });
  has((await desk.message("𠮷野家")).data, { ...message, reference: oneOf(reference), seq: oneOf(said.seq) });
  // What one types, and how far one has read, reaches the other, both ways.
  const [{ seq: first }] = await resident.messages(path);
  for (const [from, to, who, base, seq] of [
    [resident, desk, "resident", path, first],
    [holder.api, shown, "consultant", `/desk${path}`, said.seq],
  ]) {
    await from.need([200, 202, 204], "POST", `${base}/typing`, {});
    await to.until(`typing of the ${who}`, ({ event }) => event === "typing");
    await from.need([200, 204], "POST", `${base}/read`, { seq });
    const isRead = ({ event, data }) => event === "read" && data.from === who && data.seq === seq;
    await to.until(`read by the ${who}`, isRead);
  }
  assert.equal((await resident.get(path)).read_by_consultant, said.seq);
  const told = await holder.api.need(201, "POST", `/desk${path}/messages`, { text: "有转账记录吗?" });
  has(told, { seq: whole, at: moment });
  await holder.api.need(201, "POST", `/desk${path}/messages`, { text: "语气小心", internal: true });
  has((await shown.message("有转账记录吗?")).data, { ...message, from: oneOf("consultant") });

  const form = new FormData();
  form.append("file", new Blob([pdf()], { type: "image/png" }), "合同.png"); // not what it says it is
  const sent = await resident.call("POST", `${path}/attachments`, form);
  assert.equal(sent.status, 201, JSON.stringify(sent.body));
  const carried = await shown.until("attachment", ({ data }) => data.attachment);
  assert.equal(carried.data.attachment.type, "application/pdf", "told by its content");
  const url = `${server.url}/api/v1${path}/attachments/${carried.data.attachment.id}`;
  const file = await fetch(url, { headers: resident.headers() });
  assert.equal(file.status, 200);
  assert.match(file.headers.get("content-disposition"), /^attachment/);
  assert.ok(Buffer.from(await file.arrayBuffer()).equals(pdf()));

  // In pages of two: each once, in order, and a note of colleagues on none of them.
  const all = [];
  for (let from = 0; from !== null && all.length < 100; ) {
    const page = await resident.get(`${path}/messages?after=${from}&limit=2`);
    has(page, { messages: listOf(part(message)), next: either(whole, none) });
    assert.ok(page.messages.length <= 2);
    all.push(...page.messages);
    from = page.next;
  }
  const atOnce = await resident.get(`${path}/messages?limit=100`);
  assert.deepEqual(all, atOnce.messages);
  assert.ok(!JSON.stringify(all).includes("语气小心"));
  problem(await resident.call("GET", `${path}/messages?limit=101`), 422);
  const late = resident.stream(`${path}/stream`, { after: said.seq });
  await late.message("有转账记录吗?");
  assert.ok(!late.seqs().includes(said.seq), "what was seen is not told again");

  await holder.api.need([200, 204], "POST", `/desk${path}/close`, { outcome: "advised", summary: "告知仲裁。" });
  await shown.becomes("closed");
  problem(await resident.call("POST", `${path}/messages`, { text: "还在吗?" }), 409, /^consultation\.closed$/);
  problem(await resident.call("POST", `${path}/rating`, { stars: 6 }), 422);
  const marks = { patience: 5, courtesy: 4, efficiency: 3, correctness: 5 };
  await resident.need([200, 201, 204], "POST", `${path}/rating`, { stars: 5, marks, text: "清楚" });
  problem(await resident.call("POST", `${path}/rating`, { stars: 1 }), 409);
  await Promise.all([shown.close(), desk.close(), late.close(), holder.leave()]);
});

test("waiting: the place is told, and it is left in writing, answered, asked again", async () => {
  const holder = await api.signIn("consultant030"); // whom one asks for by name, and who is not on line
  const resident = await api.ask(begins({ wants: { consultant: holder.person.id } }));
  const { path } = resident;
  const { reference } = resident.asked;
  const shown = resident.stream(`${path}/stream`);
  const place = await shown.until("place", ({ event }) => event === "place");
  has(place.data, { place: whole, ahead: whole, wait_seconds: either(none, range) });
  await resident.need([200, 204], "POST", `${path}/leave-message`, {});
  has(await resident.get(path), { state: oneOf("message"), due_at: moment });
  const inHand = async () => (await holder.get("/desk")).written.some((row) => row.reference === reference);
  await eventually("who was asked for has it", inHand, 30);
  const { written } = await holder.get("/desk");
  has(written.find((row) => row.reference === reference), { reference: words, due_at: moment });
  const desk = holder.stream("/desk/stream");
  await holder.need(201, "POST", `/desk${path}/answer`, { text: "可以申请仲裁。" });
  await shown.becomes("answered");
  assert.equal(await resident.state(path), "answered");
  await resident.need(201, "POST", `${path}/messages`, { text: "去哪里申请?" });
  await desk.until("that it goes on", ({ event, data }) => event === "message" && data.text === "去哪里申请?");
  has(await resident.get(path), { state: oneOf("message"), due_at: moment });
  await Promise.all([shown.close(), desk.close()]);
});

test("the desk: presence, declining, handing on with what was said", async () => {
  const resident = await api.ask(begins());
  const { path } = resident;
  const { reference } = resident.asked;
  const first = await takenBy(anew(), reference, { accept: false });
  problem(await first.api.call("POST", `/desk/offers/${reference}/decline`, {}), 422);
  await first.api.need([200, 204], "POST", `/desk/offers/${reference}/decline`, { reason: "不是我的专长" });
  first.silence();
  for (const state of ["away", "off"]) {
    await first.api.need([200, 204], "POST", "/desk/presence", { state });
    assert.equal((await first.desk()).presence, state);
  }
  problem(await first.api.call("POST", "/desk/presence", { state: "asleep" }), 422);

  const from = Number(first.name.slice("consultant".length)) + 1;
  const second = await takenBy(anew(), reference, { from });
  await second.say(reference, "先问一句。");
  problem(await second.api.call("POST", `/desk${path}/transfer`, { profession: "lawyer" }), 422);
  const team = await others(second, 5);
  await second.api.need([200, 204], "POST", `/desk${path}/transfer`, { profession: "lawyer", reason: "要休息了" });
  const shown = resident.stream(`${path}/stream`);
  let third;
  await eventually("it is offered to a colleague", async () => {
    for (const one of team)
      if ((await one.desk()).offers.some((offer) => offer.reference === reference)) third = one;
    return third;
  }, 30);
  await third.accept(reference);
  const history = await third.api.messages(`/desk${path}`);
  assert.ok(history.some((one) => one.text === "先问一句。"), "with what was said before");
  problem(await second.api.call("GET", `/desk${path}`), 404);
  await shown.becomes("talking");
  assert.ok(!JSON.stringify(await resident.messages(path)).includes("要休息了"), "why stays inside");
  await shown.close();
  await Promise.all([second, ...team].map((one) => one.leave()));
});
