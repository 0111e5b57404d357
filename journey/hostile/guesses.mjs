// guesses.mjs -- passwords and codes guessed from many addresses at many accounts: nobody gets in, and
// nobody else is kept out.
//
//   GUESSES=2000   how many; without it nothing is guessed: each that is looked at costs a slow hash, and
//                  script/test has the rules themselves (desk/identity)
//
// A guess is looked at only if its name, its place and the queue of the slow hash allow it, so what
// counts is how many were looked at: by decision 0008 at most 20 an hour and name, from all places
// together.  So a million guesses an hour are no more than as many as the names can bear: 20 each.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";
import { Api, anAddress, consultantName, password } from "../lib/api.mjs";
import { Server } from "../lib/server.mjs";
import { Visitor } from "../lib/visitor.mjs";
import { eachOf } from "./raw.mjs";

const many = +(process.env.GUESSES ?? 0);
const names = Array.from({ length: many >= 1000 ? 50 : 2 }, (_, i) => consultantName(i + 1));
const looksMax = 20; // of one name within the hour, IDENTITY_LOGIN_FAILURES_MAX
let server;

const skip = many ? false : "on demand: script/prove hostile";

before(async () => {
  if (many) server = await Server.begin();
});
after(() => server?.stop());

const megabytes = () => +readFileSync(`/proc/${server.child.pid}/status`, "utf8").match(/VmRSS:\s+(\d+)/)[1] / 1024;

/** Signs in as somebody honest, as often as it takes; how long, or null. */
async function signsIn(name, visitor) {
  const begun = Date.now();
  for (let i = 0; i < 60; i++) {
    const { text } = await visitor.ask("GET", "/session");
    const answer = await visitor.tries(text, "/session", { name, password });
    if (answer.status === 303) return Date.now() - begun;
    if (![429, 503].includes(answer.status)) return null;
    await new Promise((done) => setTimeout(done, 500));
  }
  return null;
}

test("passwords: nobody gets in; a known browser and another account do", { skip }, async (t) => {
  const known = new Visitor(server.url);
  assert.notEqual(await signsIn(names[0], known), null, "before, and the browser is known");
  const free = consultantName(200);
  const before = megabytes();
  const counts = new Map();
  let got = 0;
  let over = false;
  const honest = (async () => {
    const took = [];
    do {
      // Whoever signs out keeps the mark of a known browser, and the other comes to a new one.
      known.cookies.delete("gongdao");
      const times = [await signsIn(names[0], known), await signsIn(free, new Visitor(server.url))];
      assert.ok(!times.includes(null), `kept out: ${times}`);
      took.push(...times);
      await new Promise((done) => setTimeout(done, 1000));
    } while (!over);
    return took;
  })();
  const begun = Date.now();
  await eachOf(Array.from({ length: many }), 32, async (_, n) => {
    const answer = await fetch(`${server.url}/api/v1/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Forwarded-For": `198.19.${(n >> 8) & 255}.${n & 255}` },
      body: JSON.stringify({ name: names[n % names.length], password: `guess-number-${n}` }),
    });
    const { code, token } = await answer.json();
    counts.set(code ?? answer.status, (counts.get(code ?? answer.status) ?? 0) + 1);
    if (token || answer.status < 400) got++;
  });
  const seconds = (Date.now() - begun) / 1000;
  over = true;
  const took = await honest;
  const grown = megabytes() - before;
  t.diagnostic(`${many} guesses in ${seconds.toFixed(0)} s at ${names.length} names: ${JSON.stringify(Object.fromEntries(counts))}`);
  t.diagnostic(`honest: ${took.length} times, ${Math.max(...took)} ms at most; grown by ${grown.toFixed(0)} MB`);
  assert.equal(got, 0);
  // Those that were under way when the bound was reached are looked at too.
  const looked = counts.get("session.wrong") ?? 0;
  assert.ok(looked > 0 && looked <= names.length * (looksMax + 32), `${looked} were looked at`);
  assert.ok(grown < 300, `grown by ${grown} MB`);
});

test("control: who brings the right password gets in", { skip }, async () => {
  const { status, body } = await new Api(server.url).call("POST", "/session", { name: consultantName(201), password });
  assert.equal(status, 201, JSON.stringify(body));
});

test("codes: five tries of each, and the right one comes too late after them", { skip }, async (t) => {
  const phones = Array.from({ length: Math.max(4, Math.floor(many / 100)) }, (_, n) => `138${String(70_000_000 + n)}`);
  let looked = 0;
  let got = 0;
  await eachOf(phones, 4, async (phone) => {
    const api = new Api(server.url);
    await api.post("/session/code", { phone }, 202);
    const code = await server.code(phone);
    const tries = many >= 1000 ? 100 : 8;
    for (let i = 0; i < tries; i++) {
      const guess = String((+code + 1 + i) % 1_000_000).padStart(6, "0");
      const answer = await new Api(server.url, { address: anAddress() }).call("POST", "/session/code/verify", { phone, code: guess });
      if (answer.body.code === "session.code-wrong") looked++;
      if (answer.status < 400) got++;
    }
    const late = await api.call("POST", "/session/code/verify", { phone, code });
    if (late.status < 400) got++;
    assert.ok(late.status >= 400, `${phone}: the right code was taken after ${tries} tries`);
  });
  // Control: nobody guessed at this one.
  const phone = "13869999999";
  const api = new Api(server.url);
  await api.post("/session/code", { phone }, 202);
  await api.post("/session/code/verify", { phone, code: await server.code(phone) }, 201);
  t.diagnostic(`${phones.length} codes, ${looked} tries were looked at, ${got} got in`);
  assert.equal(got, 0);
  assert.ok(looked > 0 && looked <= phones.length * 5, `${looked} of ${phones.length} codes`);
});
