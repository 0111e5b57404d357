// two_nodes.mjs -- two servers on one PostgreSQL database: a resident at one talks with a consultant
// at the other; one dies, and both go on by the one that is left; what is done at both at the same
// moment is done once.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { after, test } from "node:test";
import { Api, assertOnceInOrder, consultantName, eventually, takenBy } from "../lib/api.mjs";
import { closeBrowser, pairs, wayName } from "../lib/browser.mjs";
import { accepts, atDesk, opens, replies } from "../lib/desk.mjs";
import { pdf } from "../lib/files.mjs";
import { Line } from "../lib/proxy.mjs";
import { asks, leaves, says } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);
const skip = process.env.GONGDAO_TEST_DATABASE ? false : "the rows are in the data folder";
const paper = pdf();

/** Two nodes; the second is stopped whatever happens, the first by withServer(). */
async function withNodes(story) {
  await withServer({}, async (one) => {
    const two = await one.another();
    try {
      await story(one, two);
    } finally {
      await two.stop();
    }
  });
}

/** Sends texts one after the other, each until it is answered with 201, with one key each. */
async function insists(api, path, texts) {
  const told = new Map();
  for (const text of texts) {
    const key = { "Idempotency-Key": randomUUID() };
    for (;;) {
      const answer = await api.call("POST", path, { text }, key).catch(() => null);
      if (answer?.status === 201) {
        told.set(text, answer.body.seq);
        break;
      }
      assert.ok(!answer || answer.status >= 500, JSON.stringify(answer?.body));
      await pause(50);
    }
  }
  return told;
}

/** Each was told by each stream, once and in order. */
async function assertTold(streams, told, texts) {
  for (const stream of streams) {
    for (const text of texts) await stream.message(text, 30);
    assertOnceInOrder(stream.seqs(), stream.path);
    for (const event of stream.of("message"))
      if (told.has(event.data.text)) assert.equal(event.data.seq, told.get(event.data.text));
  }
}

test("a resident at one and a consultant at the other talk, and go on when one is killed", { skip }, () =>
  withNodes(async (one, two) => {
    const resident = await new Api(one.url).ask();
    const { reference } = resident.asked;
    const consultant = await takenBy(new Api(two.url), reference);
    const desk = `/desk/consultations/${reference}/messages`;
    const streams = [
      resident.stream(`${resident.path}/stream`),
      consultant.api.stream("/desk/stream"),
    ];
    const mine = Array.from({ length: 40 }, (_, i) => `居民 ${i}`);
    const theirs = Array.from({ length: 40 }, (_, i) => `律师 ${i}`);
    const halves = (texts) => [texts.slice(0, 20), texts.slice(20)];
    const told = new Map();
    const [early, late] = [0, 1].map((i) => [halves(mine)[i], halves(theirs)[i]]);
    const talk = async ([ours, others]) => {
      const answers = await Promise.all([
        insists(resident, `${resident.path}/messages`, ours),
        insists(consultant.api, desk, others),
      ]);
      for (const answer of answers) for (const [text, seq] of answer) told.set(text, seq);
    };
    await talk(early);
    await assertTold(streams, told, early.flat());

    const talking = talk(late);
    await pause(150);
    resident.url = two.url; // the address in front of both leads there from now on
    await one.kill();
    await talking;
    await assertTold(streams, told, [...mine, ...theirs]);
    const all = await resident.messages(resident.path);
    assertOnceInOrder(all.map((message) => message.seq), "the conversation");
    for (const texts of [mine, theirs]) {
      const kept = all.filter((message) => texts.includes(message.text));
      assert.deepEqual(kept.map((message) => message.text), texts);
    }
    for (const stream of streams) await stream.close();
    await consultant.leave();
  }));

test("what one node knows the other knows: typing, files, who signed out", { skip }, () =>
  withNodes(async (one, two) => {
    const resident = await new Api(one.url).ask();
    const { reference } = resident.asked;
    const consultant = await takenBy(new Api(two.url), reference);
    const stream = consultant.api.stream("/desk/stream");
    await resident.post(`${resident.path}/messages`, { text: "第一句。" });
    await stream.message("第一句。");
    await eventually("typing is told at the other node", async () => {
      await resident.call("POST", `${resident.path}/typing`, {});
      return stream.of("typing").length > 0;
    });

    const form = new FormData();
    form.append("file", new Blob([paper], { type: "application/pdf" }), "合同.pdf");
    await resident.need(201, "POST", `${resident.path}/attachments`, form);
    const { attachment } = (await stream.until("file", (event) => event.data.attachment)).data;
    const answer = await fetch(`${two.url}${attachment.url}`, { headers: consultant.api.headers() });
    assert.equal(answer.status, 200, "a file given to one node is there at the other");
    assert.deepEqual(Buffer.from(await answer.arrayBuffer()), paper);

    const same = new Api(one.url, { token: consultant.api.token });
    await same.get("/desk");
    await consultant.api.get("/desk");
    await stream.close();
    await consultant.leave();
    await same.need([200, 204], "DELETE", "/session");
    await eventually("the session is over at the other node too", async () => {
      const { status } = await consultant.api.call("GET", "/desk");
      return status === 401;
    }, 2);
  }));

test("an offer made by a node that died moves on by the other", { skip }, () =>
  withNodes(async (one, two) => {
    const resident = await new Api(one.url).ask();
    const { reference } = resident.asked;
    const silent = await takenBy(new Api(one.url), reference, { accept: false });
    const place = Number(silent.name.slice("consultant".length));
    silent.silence();
    await one.kill();
    resident.url = two.url;
    const other = await takenBy(new Api(two.url), reference, {
      from: place + 1,
      to: place + 25,
      accept: false,
      seconds: 90,
    });
    await other.accept(reference);
    assert.equal(await resident.state(resident.path), "talking");
    await other.leave();
  }));

// ---- the same moment at both nodes ----

const rounds = 6; // a race is lost by luck once, not six times

/** What each was answered; each but one was told in words, in their language, what to do. */
function assertOneWins(answers, what) {
  const won = answers.filter((answer) => answer.status < 300);
  const lost = answers.filter((answer) => answer.status >= 300);
  const shown = JSON.stringify(answers.map(({ status, body }) => [status, body]));
  assert.equal(won.length, 1, `${what}: ${shown}`);
  for (const { status, body } of lost) {
    assert.equal(status, 409, `${what}: ${shown}`);
    assert.match(body.detail, /no longer offered to you/, `${what}: ${shown}`);
  }
  return won[0];
}

/** The same consultant at each node, each with the one session. */
function atBoth(consultant, nodes) {
  return nodes.map((node) => new Api(node.url, { token: consultant.api.token }));
}

/**
 * Presses once. A node with too much to do may say 503 and when to come back, with nothing done: then it is
 * pressed again with the same key, as a browser's page would. Any other 503 is an answer, and fails the story.
 */
async function press(api, path, body = {}) {
  const key = { "Idempotency-Key": randomUUID() };
  for (let tries = 0; ; tries++) {
    const answer = await api.call("POST", path, body, key);
    if (answer.status !== 503 || answer.body.code !== "act.too-busy" || tries === 20) return answer;
    const seconds = Number(answer.headers.get("retry-after"));
    assert.ok(seconds > 0, "it is said when to come back");
    await pause(seconds * 1000);
  }
}

/** Of all who were ever chosen for a case: who has it now, as a supervisor reads it. */
async function chosenFor(supervisor, reference) {
  const { decisions } = await supervisor.get(`/board/cases/${reference}/assignments`);
  const over = ["declined", "expired", "withdrawn", "transferred"];
  return decisions.filter(({ result }) => !over.includes(result));
}

test("accept pressed at both nodes at once: one wins, the others are told in words", { skip }, () =>
  withNodes(async (one, two) => {
    const nodes = [one, two];
    const api = new Api(one.url);
    const supervisor = await new Api(two.url).signIn("supervisor");
    const first = await api.ask();
    const consultant = await takenBy(api, first.asked.reference, { accept: false });
    const desks = atBoth(consultant, nodes);
    let resident = first;
    for (let round = 0; round < rounds; round++) {
      const { reference } = resident.asked;
      await consultant.offered(reference);
      const path = `/desk/offers/${reference}/accept`;
      const answers = await Promise.all([...desks, ...desks].map((desk) => press(desk, path)));
      assertOneWins(answers, `round ${round}`);
      assert.equal(await resident.state(resident.path), "talking");
      const chosen = await chosenFor(supervisor, reference);
      assert.deepEqual(chosen.map(({ name, result }) => [name, result]), [
        [consultant.api.person.name, "accepted"],
      ]);
      const joined = (await resident.messages(resident.path)).filter(({ text }) =>
        text.includes(consultant.api.person.name),
      );
      assert.equal(joined.length, 1, "the resident is told once that somebody has joined");
      await consultant.api.post(`/desk/consultations/${reference}/close`, {
        outcome: "advised",
        summary: "已答复。",
      });
      resident = await new Api(nodes[round % 2].url).ask();
    }
    await consultant.leave();
  }));

test("taken at one node and given to somebody else at the other: never with two", { skip }, () =>
  withNodes(async (one, two) => {
    const supervisor = await new Api(two.url).signIn("supervisor");
    const wins = { accept: 0, decline: 0 };
    let resident = await new Api(one.url).ask();
    let from = 1;
    for (let round = 0; round < rounds; round++) {
      const { reference } = resident.asked;
      const first = await takenBy(new Api(one.url), reference, { from, to: from + 80, accept: false });
      const [here, there] = atBoth(first, [one, two]);
      // One device takes it, the other hands it back: whoever is second hears that it is gone.
      const answers = await Promise.all([
        press(here, `/desk/offers/${reference}/accept`),
        press(there, `/desk/offers/${reference}/decline`, { reason: "现在没有空" }),
      ]);
      const won = assertOneWins(answers, `round ${round}`);
      const isTaken = won === answers[0];
      wins[isTaken ? "accept" : "decline"]++;
      const chosen = await chosenFor(supervisor, reference);
      assert.equal(chosen.length, isTaken ? 1 : 0, JSON.stringify(chosen));
      const { talks, offers } = await first.desk();
      const mine = [...talks, ...offers].filter((each) => each.reference === reference);
      assert.equal(mine.length, isTaken ? 1 : 0, "on their desk while it is theirs, not after");
      assert.equal(await resident.state(resident.path), isTaken ? "talking" : "waiting");
      await resident.post(`${resident.path}/close`);
      await first.leave();
      resident = await new Api(round % 2 ? one.url : two.url).ask();
    }
    assert.equal(wins.accept + wins.decline, rounds);
  }));

/** A consultant beside this one who watches the city as well: only such a one takes a case over. */
async function watchingColleague(api, holder) {
  const admin = await api.signIn("admin");
  const name = consultantName(Number(holder.name.slice("consultant".length)) + 1);
  const { people } = await admin.get(`/admin/people?q=${name}`);
  const { person } = people.find(({ login }) => login === name);
  await admin.post(`/admin/people/${person}/roles`, { roles: "consultant supervisor", scope: "31" });
  return name;
}

test("taken over at one node and given away at the other, at once: one does, one is told who was quicker", { skip }, () =>
  withNodes(async (one, two) => {
    const resident = await new Api(one.url).ask();
    const { reference } = resident.asked;
    const holder = await takenBy(new Api(one.url), reference);
    const name = await watchingColleague(new Api(one.url), holder);
    const watcher = await new Api(two.url).signIn(name);
    const supervisor = await new Api(one.url).signIn("supervisor");
    const path = `/board/consultations/${reference}`;
    for (let round = 0; round < rounds; round++) {
      const [seen, same] = await Promise.all([supervisor.get(path), watcher.get(path)]);
      assert.equal(seen.given, same.given, "both nodes show the same");
      const answers = await Promise.all([
        press(watcher, `${path}/take-over`, { given: seen.given }),
        press(supervisor, `${path}/reassign`, {
          consultant: String(holder.api.person.id),
          reason: "换一位",
          given: seen.given,
        }),
      ]);
      const isTaken = answers[0].status < 300;
      const quicker = isTaken ? watcher.person.name : supervisor.person.name;
      const lost = answers[isTaken ? 1 : 0];
      const shown = JSON.stringify(answers.map(({ status, body }) => [status, body]));
      assert.equal(answers.filter(({ status }) => status < 300).length, 1, shown);
      assert.equal(lost.status, 409, shown);
      assert.equal(lost.body.code, "consultation.given-meanwhile", shown);
      assert.ok(lost.body.detail.includes(quicker), shown);
      const chosen = await chosenFor(supervisor, reference);
      assert.ok(chosen.length <= 1, `never with two: ${JSON.stringify(chosen)}`);
      if (isTaken) assert.deepEqual(chosen.map((each) => each.name), [watcher.person.name]);
      assert.equal((await resident.state(resident.path)) === "talking", isTaken);
      // One's own case is at one's desk and no longer on the board: it is given back.
      if (isTaken) await supervisor.post(`${path}/reassign`, { reason: "再来一次" });
    }
    await holder.leave();
  }));

test("both nodes give out the same queue at once: each case to one, nobody beyond their places", { skip }, () =>
  withNodes(async (one, two) => {
    const nodes = [one, two];
    const supervisor = await new Api(one.url).signIn("supervisor");
    const first = await new Api(one.url).ask();
    const consultant = await takenBy(new Api(two.url), first.asked.reference);
    const places = 3;
    await consultant.takes(places);
    const desks = atBoth(consultant, nodes);
    const rest = await Promise.all(
      Array.from({ length: 11 }, (_, i) => new Api(nodes[i % 2].url).ask()),
    );
    const residents = [first, ...rest];
    const references = new Set(residents.map(({ asked }) => asked.reference));
    assert.equal(references.size, residents.length, "two nodes never give one number");
    const had = new Set();
    await eventually(
      "all have been served",
      async () => {
        const { talks, offers } = await consultant.desk();
        const held = [...talks, ...offers].map(({ reference }) => reference);
        assert.ok(held.length <= places, `${held.length} with one who takes ${places}: ${held}`);
        assert.equal(new Set(held).size, held.length, `one of them twice: ${held}`);
        for (const { reference } of offers) {
          const path = `/desk/offers/${reference}/accept`;
          assertOneWins(await Promise.all(desks.map((desk) => press(desk, path))), reference);
        }
        // All of them end at once, half at each node: each that ends gives out the queue.
        const taken = [...talks, ...offers].map(({ reference }) => reference);
        const ended = await Promise.all(
          taken.map((reference, i) =>
            press(desks[i % 2], `/desk/consultations/${reference}/close`, {
              outcome: "advised",
              summary: "已答复。",
            }),
          ),
        );
        for (const { status, body } of ended) assert.ok(status < 300, JSON.stringify(body));
        for (const reference of taken) {
          assert.ok(!had.has(reference), `${reference} comes twice`);
          had.add(reference);
        }
        return had.size === residents.length;
      },
      60,
    );
    for (const reference of references) {
      const { decisions } = await supervisor.get(`/board/cases/${reference}/assignments`);
      assert.deepEqual(
        decisions.map(({ result }) => result),
        ["accepted"],
        `${reference} was given out once`,
      );
    }
    await consultant.leave();
  }));

// The resident's line leads to the first node and the consultant's to the second, while they live.
for (const way of pairs) {
  test(`in the browser ${wayName(way)}: the address stays, a node behind it dies`, { skip }, () =>
    withNodes(async (one, two) => {
      const lines = [await Line.to(one.port, two.port), await Line.to(two.port, one.port)];
      try {
        const resident = await asks({ url: lines[0].url }, way, { text: "第一句。" });
        const offered = await takenBy(new Api(two.url), resident.reference, { accept: false });
        offered.silence();
        const consultant = await atDesk({ url: lines[1].url }, way, offered.name);
        await accepts(consultant, resident.reference);
        await resident.isIn("talking");
        await says(resident, "第二句。");
        await opens(consultant, resident.reference);
        await consultant.seesAfterReload("第二句。", 30);
        await replies(consultant, "第三句。");
        await resident.seesAfterReload("第三句。", 30);
        resident.offline = true; // its connections break, which the browser says on its console
        await one.kill();
        await replies(consultant, "第四句。");
        await resident.seesAfterReload("第四句。", 30);
        await says(resident, "第五句。");
        await consultant.seesAfterReload("第五句。", 30);
        const texts = ["第一句。", "第二句。", "第三句。", "第四句。", "第五句。"];
        for (const person of [resident, consultant])
          assert.deepEqual((await person.messages()).filter((text) => texts.includes(text)), texts);
        await leaves(resident, consultant);
      } finally {
        for (const line of lines) await line.close();
      }
    }));
}
