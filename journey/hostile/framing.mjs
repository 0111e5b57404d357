// framing.mjs -- requests that two programs may read differently: by the server alone each is refused
// or taken in the one way there is; behind a front no second request is ever slipped past it.
//
// A hidden request that is performed leaves a message in a conversation, so it cannot go unseen.
//
//   FRONTS=none|all   which fronts stand before the server (none: what runs in script/test)
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Api } from "../lib/api.mjs";
import { Front } from "../lib/front.mjs";
import { front as nginx } from "../lib/nginx.mjs";
import { Server } from "../lib/server.mjs";
import { apache } from "./apache.mjs";
import { framings } from "./framings.mjs";
import { laxFront, laxServer } from "./lax.mjs";
import { eachOf, says } from "./raw.mjs";

const refusals = new Set([400, 405, 408, 411, 413, 414, 417, 431, 501, 505]);
const atATime = 24;
const last = "GET /version HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
const open = () => "POST /none HTTP/1.1\r\nHost: x\r\n";
let server, resident, list;

before(async () => {
  server = await Server.begin();
  resident = await new Api(server.url).ask({ mode: "message" });
  list = framings({ open, hidden });
});
after(() => server?.stop());

/** A message of the resident: whoever performs it keeps it. */
function hidden(n) {
  const body = JSON.stringify({ text: `hidden ${n}.` });
  const head = [`POST /api/v1${resident.path}/messages HTTP/1.1`, "Host: x", `Authorization: Bearer ${resident.token}`];
  head.push("Content-Type: application/json", `Content-Length: ${body.length}`);
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}

/** The numbers of hidden requests that were performed. */
async function performed() {
  const texts = (await resident.messages(resident.path)).map(({ text }) => text);
  return texts.map((text) => text?.match(/^hidden (\d+)\.$/)?.[1]).filter(Boolean).map(Number);
}

const told = ({ answers, closed, rest }) =>
  `${answers.map(({ status }) => status).join(" ") || "no answer"}${closed ? "" : ", left open"}${rest ? " and more" : ""}`;

/** What is wrong with how it was answered by a server alone; null: nothing. */
function judge({ must }, { answers, closed }) {
  const statuses = answers.map(({ status }) => status).join(" ");
  const isRefused = closed && (!answers.length || (answers.length === 1 && refusals.has(answers[0].status)));
  const isTaken = statuses === "404 200" && answers[1].body.includes("version");
  if (must === "wait" && !answers.length && !closed) return null;
  if (must === "refuse" || must === "wait") return isRefused ? null : "not refused";
  if (must === "take") return isTaken ? null : "not taken";
  return isRefused || isTaken || must === "decoded" ? null : "neither refused nor taken as one";
}

/** Variants at a port; lines of what is wrong. */
async function tried(port, tries, how) {
  const answers = await eachOf(tries, atATime, (one) => says(port, one.bytes + last, how));
  const wrong = tries.map((one, i) => [one, answers[i], judge(one, answers[i])]).filter(([, , why]) => why);
  return { answers, wrong: wrong.map(([one, answer, why]) => `${one.name}: ${why} (${told(answer)})`) };
}

test("there are more than four hundred, each of its own", () => {
  assert.ok(list.length >= 400, `${list.length}`);
  assert.equal(new Set(list.map(({ name }) => name)).size, list.length);
});

test("alone: each is refused and the connection closed, or taken in the one way there is", async (t) => {
  const { answers, wrong } = await tried(new URL(server.url).port, list);
  assert.deepEqual(wrong, []);
  const seen = (await performed()).filter((n) => list[n].must !== "decoded");
  assert.deepEqual(seen.map((n) => list[n].name), [], "hidden requests were performed");
  const count = (must) => list.filter((one) => one.must === must).length;
  t.diagnostic(`${list.length} variants: ${count("refuse")} must be refused, ${count("either")} may, ${count("take")} are valid`);
  for (const [i, one] of list.entries())
    if (one.must === "decoded") t.diagnostic(`out of our sight: ${one.name}: ${told(answers[i])}`);
});

test("control: a hidden request that is not hidden is performed, and a lax server is found out", async () => {
  const { answers } = await says(new URL(server.url).port, hidden(100_000) + last);
  assert.deepEqual(answers.map(({ status }) => status), [201, 200]);
  assert.ok((await performed()).includes(100_000));
  const lax = await laxServer();
  const some = list.filter((_, i) => i % 5 === 0);
  const { wrong } = await tried(lax.port, some, { silence: 200 });
  lax.close();
  assert.ok(wrong.length > 40, `only ${wrong.length} were found`);
});

/** Each at a front, between honest requests which must get their own answers. */
async function behind(t, what, port, { hiddenAt = performed, tries = list, silence = 1500 } = {}) {
  const before = new Set(await hiddenAt());
  const honest = async (n) => {
    const path = n % 2 ? "/version" : "/healthz";
    const { answers } = await says(port, `GET ${path}?n=${n} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`, { silence: 2 * silence });
    return answers.length === 1 && answers[0].status === 200 && answers[0].body.includes("version") === Boolean(n % 2);
  };
  const found = { refused: 0, one: 0, two: 0 };
  const wrong = [];
  await eachOf(tries, 12, async (one, i) => {
    const answer = await says(port, one.bytes + last, { silence });
    // Without a version nginx answers as HTTP/0.9 did: words without a head.
    const isOld = !answer.answers.length && answer.closed && /^<[^]*Bad Request/i.test(answer.rest);
    // HAProxy speaks HTTP/2 to who begins with it, and its frames are no answers of ours.
    const isFrames = !answer.answers.length && one.bytes.startsWith("PRI * HTTP/2.0");
    if (isOld || isFrames) answer.rest = "";
    const { answers } = answer;
    const performs = answers.some(({ status }) => status === 201);
    one.answeredHere = performs;
    if (!answers.length || answers.every(({ status }) => refusals.has(status))) found.refused++;
    else if (performs) found.two++;
    else found.one++;
    // Of a request, a hidden one and the last there cannot be more answers than three.
    if (answers.length > 3 || answer.rest) wrong.push(`${one.name}: ${told(answer)}`);
    for (const n of [2 * i, 2 * i + 1])
      if (!(await honest(n))) wrong.push(`${one.name}: an honest request behind it got another's answer`);
  });
  // Whatever was performed, the front knew of, and told its own client.
  for (const n of await hiddenAt())
    if (!before.has(n) && list[n] && !list[n].answeredHere) wrong.push(`${list[n].name}: slipped past ${what}`);
  t?.diagnostic(`${what}: ${found.refused} refused, ${found.one} passed on as one request, ${found.two} taken for two by the front itself`);
  for (const one of list) if (one.answeredHere) t?.diagnostic(`${what} itself takes it for two requests: ${one.name}`);
  return wrong;
}

const fronts = process.env.FRONTS === "all";

test("behind nginx as shipped nothing slips past it", { skip: !fronts }, (t) =>
  nginx(new URL(server.url).host, async (port) => assert.deepEqual(await behind(t, "nginx", port), [])),
);

test("behind HAProxy as shipped nothing slips past it", { skip: !fronts }, async (t) => {
  const front = await Front.before(server, server);
  try {
    assert.deepEqual(await behind(t, "HAProxy", front.port), []);
  } finally {
    await front.close();
  }
});

test("behind Apache nothing slips past it", { skip: !fronts }, (t) =>
  apache(new URL(server.url).host, async (port) => assert.deepEqual(await behind(t, "Apache", port), [])),
);

test("control: a lax front before a lax server is found out", { skip: !fronts }, async () => {
  const lax = await laxServer();
  const front = await laxFront(lax.port);
  const how = { hiddenAt: async () => [], tries: list.slice(0, 60), silence: 200 };
  const wrong = await behind(null, "the lax front", front.port, how);
  front.close();
  lax.close();
  assert.ok(wrong.length > 5, `only ${wrong.length}`);
});
