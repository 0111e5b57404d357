// haproxy.mjs -- two nodes behind HAProxy, as docs/operations has it: one is killed under load every
// few seconds, one after the other is stopped for an upgrade; nobody loses anything.
//
// GONGDAO_FRONT_SECONDS: how long nodes are killed (20); 300 is what a release is tried with, with two
// nodes and with GONGDAO_NODES=3.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { test } from "node:test";
import { Api, Consultant, assertOnceInOrder, consultantName, eventually, takenBy } from "../lib/api.mjs";
import { withNodes } from "../lib/front.mjs";

const skip = process.env.GONGDAO_TEST_DATABASE ? false : "the rows are in the data folder";
const seconds = +(process.env.GONGDAO_FRONT_SECONDS ?? 20);
const talks = 3;
const leaveSeconds = 3;
// Milliseconds between two messages of one person, who may say 120 in a minute.
const pace = seconds > 45 ? 520 : 160;
const questionsMax = 24; // what one consultant on line is given beside the conversations

/** Asked again and again, with one key, until it is answered with one of these statuses. */
async function insists(api, path, body, statuses = [201]) {
  const key = { "Idempotency-Key": randomUUID() };
  const givesUp = Date.now() + 180_000;
  for (;;) {
    assert.ok(Date.now() < givesUp, `${path}: not answered for three minutes`);
    const answer = await api.call("POST", path, body, key).catch(() => null);
    if (answer && statuses.includes(answer.status)) return answer.body;
    const mayPass = !answer || answer.status === 429 || answer.status >= 500;
    assert.ok(mayPass, `${path}: ${JSON.stringify(answer?.body)}`);
    await pause(50);
  }
}

function conversation(resident, consultant) {
  const desk = `/desk/consultations/${resident.asked.reference}/messages`;
  return {
    resident,
    consultant,
    sides: [
      { api: resident, path: `${resident.path}/messages`, who: "居民" },
      { api: consultant.api, path: desk, who: `律师 ${resident.asked.reference}` },
    ],
    streams: [
      resident.stream(`${resident.path}/stream`),
      consultant.api.stream("/desk/stream"),
    ],
    told: new Map(), // text: seq
  };
}

/** Which of them is offered it, as the first to see it takes it. */
async function takenByOne(consultants, reference) {
  const one = await eventually(
    `one of ${consultants.length} is offered ${reference}`,
    async () => {
      for (const consultant of consultants) {
        const { offers } = await consultant.desk();
        if (offers.some((offer) => offer.reference === reference)) return consultant;
      }
      return null;
    },
    60,
  );
  await one.accept(reference);
  return one;
}

/** Some conversations, and the consultants who have them or may take more. */
async function begin(url) {
  const first = await new Api(url).ask();
  const consultants = [await takenBy(new Api(url), first.asked.reference)];
  const place = Number(consultants[0].name.slice("consultant".length));
  for (let i = 1; i < talks; i++)
    consultants.push(await Consultant.signIn(new Api(url), consultantName(place + i)));
  const all = [conversation(first, consultants[0])];
  while (all.length < talks) {
    const resident = await new Api(url).ask();
    all.push(conversation(resident, await takenByOne(consultants, resident.asked.reference)));
  }
  return { all, consultants };
}

/** Both sides of every conversation have all that was acknowledged, once and in order. */
async function assertWhole(all) {
  for (const talk of all) {
    const kept = await talk.resident.messages(talk.resident.path);
    assertOnceInOrder(kept.map((message) => message.seq), talk.resident.path);
    const of = new Map();
    for (const { text, seq } of kept) {
      assert.ok(!of.has(text) || !talk.told.has(text), `twice: ${text}`);
      of.set(text, seq);
    }
    assert.ok(talk.told.size > 0);
    for (const [text, seq] of talk.told) assert.equal(of.get(text), seq, `lost: ${text}`);
    for (const stream of talk.streams) {
      for (const text of talk.told.keys()) await stream.message(text, 30);
      const seqs = stream.of("message").filter((event) => talk.told.has(event.data.text));
      assertOnceInOrder(seqs.map((event) => event.data.seq), stream.path);
    }
  }
}

async function leave({ all, consultants }) {
  for (const talk of all) for (const stream of talk.streams) await stream.close();
  for (const consultant of consultants) await consultant.leave();
}

/** Says things until `over()`; what was answered with 201 is remembered with its number. */
async function writes(talk, side, over) {
  for (let i = 0; !over(); i++) {
    const text = `${side.who} ${i}`;
    talk.told.set(text, (await insists(side.api, side.path, { text })).seq);
    await pause(pace);
  }
}

/** Takes what is offered; fails when something is offered that was taken before. */
async function takes(consultant, taken, over) {
  while (!over()) {
    const desk = await consultant.desk().catch(() => null);
    for (const { reference } of desk?.offers ?? []) {
      const answer = await insists(consultant.api, `/desk/offers/${reference}/accept`, {}, [200, 409]);
      if (!answer.code) taken.push(reference);
    }
    await pause(100);
  }
}

/** Every case was given to one at a time: between two offers the first has ended. */
async function assertGivenOnce(node, taken) {
  const database = node.where[node.where.indexOf("--database") + 1];
  const { stdout } = await promisify(execFile)("psql", [
    database, "-At", "-F", " ", "-c",
    "select case_id, act from journal where act in ('consultation.offer', 'consultation.accept', " +
      "'consultation.decline', 'consultation.miss', 'consultation.pass') order by case_id, seq",
  ]);
  const cases = new Map();
  for (const line of stdout.trim().split("\n")) {
    const [id, act] = line.split(" ");
    cases.set(id, [...(cases.get(id) ?? []), act.slice("consultation.".length)]);
  }
  assert.ok(cases.size >= taken.length + talks, `${cases.size} cases`);
  for (const [id, acts] of cases) {
    const words = acts.join(" ");
    assert.doesNotMatch(words, /offer offer/, `case ${id} was offered twice at once: ${words}`);
    assert.ok(acts.filter((act) => act === "accept").length <= 1, `case ${id}: ${words}`);
  }
}

/**
 * More look round than the front lets through: the others are told at once, in words, when to come
 * again; who writes, who has a conversation and who needs large letters is none of them.
 */
async function assertFrontRefuses(front, resident) {
  const look = (headers) =>
    fetch(`${front.url}/search`, { headers: { ...new Api(front.url).headers(), ...headers } });
  const turned = await eventually("the front turns somebody away", async () => {
    const many = Array.from({ length: 300 }, () => look({ Accept: "text/html" }));
    const first = [
      look({ Accept: "text/html", Cookie: "mode=elder" }),
      resident.need(200, "GET", resident.path),
      resident.need(201, "POST", `${resident.path}/messages`, { text: "还在吗?" }),
    ];
    const [elder] = await Promise.all(first);
    assert.equal(elder.status, 200);
    const answers = await Promise.all(many);
    for (const answer of answers) assert.ok([200, 503].includes(answer.status), `${answer.status}`);
    assert.ok(answers.some((answer) => answer.status === 200), "some are let through");
    return answers.find((answer) => answer.status === 503);
  });
  assert.match(turned.headers.get("retry-after"), /^[1-9]\d*$/);
  assert.match(turned.headers.get("refresh"), /^[1-9]\d*$/);
  const page = await turned.text();
  assert.match(page, /现在人太多了/);
  assert.match(page, /Too many people at once/);
}

test(`nodes are killed for ${seconds} s while all talk: nothing is lost or given out twice`, { skip }, (told) =>
  withNodes(leaveSeconds, async (front, nodes) => {
    const people = await begin(front.url);
    const { all, consultants } = people;
    const end = Date.now() + seconds * 1000;
    let isOver = false;
    const over = () => isOver;
    const taken = [];
    const asks = async () => {
      for (let i = 0; !isOver && i < questionsMax; i++) {
        const question = { field: "labour", text: "老板三个月没有发工资,我该怎么办?" };
        await insists(new Api(front.url), "/consultations", question);
        await pause(Math.max(700, (seconds * 1000) / questionsMax));
      }
    };
    const busy = Promise.all([
      asks(),
      ...consultants.map((consultant) => takes(consultant, taken, over)),
      ...all.flatMap((talk) => talk.sides.map((side) => writes(talk, side, over))),
    ]);
    busy.catch(() => (isOver = true));
    let kills = 0;
    try {
      while (Date.now() < end && !isOver) {
        await pause(1500 + Math.random() * 1500);
        const node = nodes[kills++ % nodes.length];
        await node.kill();
        await pause(300);
        await node.start();
      }
      await pause(500);
    } finally {
      isOver = true; // whatever happened, nobody goes on asking for ever
    }
    await busy;
    assert.ok(kills >= 3, `${kills} kills`);
    assert.ok(taken.length > 0, "questions asked meanwhile were taken");
    assert.equal(new Set(taken).size, taken.length, "nobody takes what another has");
    await assertWhole(all);
    await assertGivenOnce(nodes[0], taken);
    const said = all.reduce((sum, talk) => sum + talk.told.size, 0);
    told.diagnostic(`${kills} kills, ${said} messages acknowledged, ${taken.length} questions taken`);
    await leave(people);
  }));

test("nodes are stopped one after the other for an upgrade: no request is lost", { skip }, () =>
  withNodes(leaveSeconds, async (front, nodes) => {
    const people = await begin(front.url);
    const { all } = people;
    let isOver = false;
    let count = 0;
    // Nobody here tries again: each request must be answered well the first time.
    const never = async (ask, between) => {
      while (!isOver) {
        await ask();
        count++;
        await pause(between);
      }
    };
    const page = async () => {
      const answer = await fetch(`${front.url}/`, { headers: new Api(front.url).headers() });
      assert.equal(answer.status, 200, await answer.text());
    };
    let said = 0;
    const says = (talk, side) => async () => {
      const text = `${side.who} ${said++}`;
      talk.told.set(text, (await side.api.need(201, "POST", side.path, { text })).seq);
    };
    // Without a key: what a node may have begun is not sent to the other one.
    const types = (side) => () =>
      side.api.need(202, "POST", side.path.replace(/messages$/, "typing"), {});
    const busy = Promise.all([
      ...all.flatMap((talk) => talk.sides.map((side) => never(types(side), 25))),
      never(page, 10),
      never(page, 10),
      ...all.flatMap((talk) => talk.sides.map((side) => never(says(talk, side), 300))),
    ]);
    busy.catch(() => (isOver = true));
    try {
      for (const node of [...nodes, ...nodes]) {
        await pause(500);
        if (isOver) break;
        await node.end();
        await node.start();
        await pause(1500); // until the front has seen that it is back
      }
    } finally {
      isOver = true;
    }
    await busy;
    assert.ok(count > 200, `${count} requests`);
    await assertWhole(all);
    await assertFrontRefuses(front, all[0].resident);
    await leave(people);
  }));
