// killed.mjs -- the server dies in the middle of a conversation and comes back: both go on, and
// nothing that was said is lost or said twice.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { after, test } from "node:test";
import { Api, assertOnceInOrder, takenBy } from "../lib/api.mjs";
import { closeBrowser, pairs, wayName } from "../lib/browser.mjs";
import { accepts, atDesk, opens, replies } from "../lib/desk.mjs";
import { png } from "../lib/files.mjs";
import { KilledActs, patience } from "../lib/killed_acts.mjs";
import { asks, leaves, says } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

/** Sends texts one after the other, each until it is answered with 201, with one key each. */
async function insists(api, path, texts) {
  const told = new Map();
  for (const text of texts) {
    const key = { "Idempotency-Key": randomUUID() };
    for (const wait = patience(); ; wait()) {
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

test("over the API: kill -9 three times while both sides write", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    const resident = await api.ask();
    const { reference } = resident.asked;
    const consultant = await takenBy(api, reference);
    const streams = [
      resident.stream(`${resident.path}/stream`),
      consultant.api.stream("/desk/stream"),
    ];
    const mine = Array.from({ length: 60 }, (_, i) => `居民 ${i}`);
    const theirs = Array.from({ length: 60 }, (_, i) => `律师 ${i}`);
    const writing = Promise.all([
      insists(resident, `${resident.path}/messages`, mine),
      insists(consultant.api, `/desk/consultations/${reference}/messages`, theirs),
    ]);
    for (let i = 0; i < 3; i++) {
      await pause(100 + Math.random() * 150);
      await server.kill();
      await server.start();
    }
    const [toldMine, toldTheirs] = await writing;
    const all = await resident.messages(resident.path);
    assertOnceInOrder(all.map((message) => message.seq), "the conversation");
    for (const [texts, told] of [[mine, toldMine], [theirs, toldTheirs]]) {
      const kept = all.filter((message) => told.has(message.text));
      assert.deepEqual(kept.map((message) => message.text), texts);
      for (const message of kept) assert.equal(message.seq, told.get(message.text));
    }
    for (const stream of streams) {
      await stream.message(theirs.at(-1));
      await stream.message(mine.at(-1));
      assertOnceInOrder(stream.seqs(), stream.path);
      const seen = new Set(stream.of("message").map((event) => event.data.text));
      for (const text of [...mine, ...theirs]) assert.ok(seen.has(text), `${stream.path}: ${text}`);
      await stream.close();
    }
    await consultant.leave();
  }));

/** One act until it is acknowledged, with one key. */
async function insistsOnce(api, path, body, status) {
  const key = { "Idempotency-Key": randomUUID() };
  for (const wait = patience(); ; wait()) {
    const answer = await api.call("POST", path, body, key).catch(() => null);
    if (answer?.status === status) return answer.body;
    assert.ok(!answer || answer.status >= 500, `${path}: ${answer?.status} ${JSON.stringify(answer?.body)}`);
    await pause(50);
  }
}

test("over the API: kill -9 three times while cases are applied for and decided", () =>
  withServer({}, async (server) => {
    const officer = await new Api(server.url).signIn("leader01");
    const wish = { name: "王秀英", phone: "13900006666", division: "310101", answer_1: "family", answer_2: "李先生", answer_4: "赡养" };
    const course = [["accept", ""], ["note", "第一条"], ["note", "第二条"], ["note", "第三条"], ["settle", ""]];
    let kills = 0;
    const run = async () => {
      const { reference } = await insistsOnce(new Api(server.url), "/items/people-mediation/apply", wish, 201);
      const path = `/office/cases/${reference}`;
      await insistsOnce(officer, `${path}/look`, {}, 200);
      for (const [seen, [action, words]] of course.entries())
        await insistsOnce(officer, `${path}/steps`, { action, words, seen: seen + 1 }, 200);
      return reference;
    };
    const works = async () => {
      const told = [];
      while (kills < 3) told.push(await run());
      return told;
    };
    const working = Promise.all(Array.from({ length: 6 }, works));
    for (; kills < 3; kills++) {
      await pause(100 + Math.random() * 200);
      await server.kill();
      await server.start();
    }
    const told = (await working).flat().sort();
    const { cases } = await officer.get("/office?turn=over");
    assert.deepEqual(cases.map(({ reference }) => reference).sort(), told, "each once");
    assert.deepEqual((await officer.get("/office")).cases, [], "and none beside them");
    for (const reference of told) {
      await officer.post(`/office/cases/${reference}/look`, {});
      const { steps } = await officer.get(`/office/cases/${reference}`);
      assert.deepEqual(steps.map(({ action, words }) => [action, words ?? ""]), [["", ""], ...course], reference);
    }
  }));

const tomorrow = () => new Date(Date.now() + 32 * 3600e3).toISOString().slice(0, 10); // in Shanghai
const quarrel = { name: "王秀英", phone: "13900006666", division: "310101", answer_1: "neighbours", answer_2: "李四", answer_4: "楼上每晚很吵。" };
const desk = "/office/cases/{reference}";

function scan(more = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(more)) form.append(name, value);
  form.append("file", new Blob([png()], { type: "image/png" }), "a.png");
  return form;
}

/** The people and what they do to cases; each act goes on until it is acknowledged. */
class Bureau {
  constructor(server, acts) {
    Object.assign(this, { server, acts, guest: () => new Api(server.url) });
  }
  async applies(item = "people-mediation", more = {}) {
    const wish = item.startsWith("legal-aid") ? { name: "王小明", phone: "13900006655", division: "310101", answer_1: "三个月没有发工资。" } : quarrel;
    const { reference, token } = await this.acts.act(this.guest(), "/items/{item}/apply", { item }, { ...wish, ...more });
    return { reference, own: this.guest().as(token) };
  }
  async sees(who, reference) {
    await this.acts.act(who, `${desk}/look`, { reference });
    return this.reads(who, `/office/cases/${reference}`);
  }
  /** A reading is asked again while nobody answers. */
  async reads(who, path) {
    for (const wait = patience(); ; wait()) {
      const answer = await who.call("GET", path).catch(() => null);
      if (answer?.status === 200) return answer.body;
      assert.ok(!answer || answer.status >= 500, `${path}: ${answer?.status} ${JSON.stringify(answer?.body)}`);
      await pause(50);
    }
  }
  /** So is a sign-in: what is refused fails, what was cut off by a kill is asked again. */
  async signs(login) {
    for (const wait = patience(); ; wait()) {
      const signed = await this.guest().signIn(login).catch((wrong) => wrong);
      if (!(signed instanceof Error)) return signed;
      if (!/fetch failed|: 5\d\d instead/.test(signed.message)) throw signed;
      await pause(50);
    }
  }
  async decides(who, reference, action, more = {}) {
    const { seen } = await this.sees(who, reference);
    return this.acts.act(who, `${desk}/steps`, { reference }, { action, words: "", seen, ...more });
  }
  /** Opened first: what others did meanwhile may have closed it again. */
  async does(who, reference, what, body, more = {}) {
    await this.acts.act(who, `${desk}/look`, { reference });
    return this.acts.act(who, `${desk}/${what}`, { reference, ...more }, body);
  }
}

/** Sent back and corrected, papers added and taken back, a letter read, withdrawn. */
async function ofApplicants(bureau) {
  const { acts, officer } = bureau;
  const { reference, own } = await bureau.applies();
  await bureau.decides(officer, reference, "send-back", { words: "请写明时间。" });
  const { file } = await acts.act(own, "/cases/{reference}/files", { reference }, () => scan());
  await acts.act(own, "/cases/{reference}/files", { reference }, () => scan());
  await acts.act(own, "/cases/{reference}/files/{file}/drop", { reference, file });
  const { seen } = await bureau.reads(own, `/cases/${reference}`);
  const { name: _, phone, division: __, ...corrected } = { ...quarrel, action: "correct", seen };
  await acts.act(own, "/cases/{reference}/answers", { reference }, corrected);
  await acts.act(bureau.guest(), "/cases/inquiry", {}, { asked_for: reference, asked_by: phone });
  const { seen: now } = await bureau.reads(own, `/cases/${reference}`);
  await acts.act(own, "/cases/{reference}/steps", { reference }, { action: "withdraw", seen: now });
  const aid = await bureau.applies("legal-aid-civil");
  await bureau.decides(officer, aid.reference, "refuse", { words: "材料不足。" });
  const [{ letter }] = (await bureau.reads(aid.own, `/cases/${aid.reference}`)).letters;
  await acts.act(aid.own, "/cases/{reference}/letters/{letter}/read", { reference: aid.reference, letter });
  return async () => {
    const one = await own.get(`/cases/${reference}`);
    assert.deepEqual(one.steps.map(({ action: taken }) => taken), ["", "send-back", "correct", "withdraw"]);
    assert.equal(one.papers.length, 1, "two were added, one was taken back");
    const letters = (await aid.own.get(`/cases/${aid.reference}`)).letters;
    assert.equal(letters.length, 1);
  };
}

/** Orders, contributions, visits, originals, cases put together and taken apart, sheets. */
async function ofOffices(bureau) {
  const { acts, officer, above, beside } = bureau;
  const { reference, own } = await bureau.applies();
  const second = await bureau.applies();
  const third = await bureau.applies();
  const until = tomorrow();
  await bureau.does(above, reference, "orders", { order_words: "请说明进展。", order_until: until });
  await bureau.does(officer, reference, "parts", { part_division: "310104", part_words: "请核实地址。", part_until: until });
  const { tasks } = await bureau.sees(officer, reference);
  assert.equal(tasks.length, 2);
  const helped = tasks.find(({ kind }) => kind === "part") ?? tasks[1];
  const ordered = tasks.find((one) => one !== helped);
  await bureau.does(beside, reference, "tasks/{task}/answer", { answer_words: "属实。" }, { task: helped.task });
  await bureau.does(officer, reference, "tasks/{task}/answer", { answer_words: "明天上门。" }, { task: ordered.task });
  await bureau.does(above, reference, "tasks/{task}/end", { end_words: "清楚了。" }, { task: ordered.task });
  await bureau.does(officer, reference, "visits", { visit_day: until, visit_from: "10:00", visit_minutes: 60, visit_place: "幸福路1号" });
  const { visits } = await bureau.reads(officer, `/office/cases/${reference}/visits`);
  await bureau.does(officer, reference, "visits/{visit}/end", { visit_result: "cancelled", visit_end_words: "改到窗口来。" }, { visit: visits[0].visit });
  await bureau.does(officer, reference, "links", { other_reference: second.reference });
  await bureau.does(officer, reference, "links", { other_reference: third.reference });
  await bureau.does(officer, reference, "links/{other}/drop", {}, { other: third.reference });
  const { seen } = await bureau.sees(officer, second.reference);
  await bureau.does(officer, second.reference, "split", { split_words: "押金另案办理", seen });
  await bureau.does(officer, third.reference, "originals", { original_what: "租赁合同", original_pages: 3 });
  await bureau.decides(officer, third.reference, "hand-over", { words: "住在那里", division: "310104" });
  const { code } = (await bureau.reads(officer, "/office/sheets")).given.find((one) => one.reference === third.reference);
  await acts.act(officer, "/office/sheets/{code}/print", { code });
  await bureau.sees(beside, third.reference); // whom the paper went to says that it came
  const [{ original }] = (await bureau.reads(beside, `/office/cases/${third.reference}/originals`)).originals;
  await bureau.does(beside, third.reference, "originals/{original}/have", { held_place: "柜三" }, { original });
  await bureau.does(beside, third.reference, "originals/{original}/back", { back_to: "本人当面领走" }, { original });
  return async () => {
    const one = await bureau.sees(officer, reference);
    assert.deepEqual(one.tasks.map(({ state }) => state === "open"), [false, false], "both answered, one of them settled");
    assert.equal((await officer.get(`/office/cases/${reference}/visits`)).visits.length, 1);
    await bureau.sees(beside, third.reference);
    const [paper, ...others] = (await beside.get(`/office/cases/${third.reference}/originals`)).originals;
    assert.ok(paper.given_at && !others.length, "one paper, given back");
    const { given } = await officer.get("/office/sheets");
    assert.equal(given.filter((sheet) => sheet.reference === third.reference).length, 1);
    const told = (await own.get(`/cases/${reference}`)).steps.map(({ outcome }) => outcome);
    assert.deepEqual(told, ["received", "visit_planned", "visit_off"], "each once; what is between offices stays there");
  };
}

/** Paper typed in, and claimed with its receipt. */
async function ofPaper(bureau) {
  const { acts, clerk, officer, proved } = bureau;
  const { reference } = await acts.act(clerk, "/office/typed/items/{item}", { item: "people-mediation" }, { ...quarrel, phone: "13900008888" });
  const { code } = await bureau.reads(clerk, `/office/typed/${reference}`);
  await acts.act(proved, "/cases", {}, { receipt: reference, code });
  return async () => {
    assert.equal((await proved.get(`/cases/${reference}`)).steps.length, 1);
    assert.equal((await officer.get("/office")).cases.filter((one) => one.reference === reference).length, 1);
  };
}

/** Legal aid granted, a lawyer chosen, reported, the file handed in, sent back, archived, marked. */
async function ofClosing(bureau) {
  const { officer, above, lawyer } = bureau;
  const { reference } = await bureau.applies("legal-aid-civil");
  await bureau.decides(officer, reference, "grant");
  const { seen } = await bureau.sees(officer, reference);
  await bureau.does(officer, reference, "agents", { person: lawyer.person.id, seen });
  await bureau.decides(lawyer, reference, "accept");
  await bureau.decides(lawyer, reference, "report", { words: "已经拿到工资。" });
  await bureau.decides(officer, reference, "close");
  const file = { kind: "arbitration", ended: "won", without: "没有开庭。", report: "仲裁调解，已经拿到全部工资。" };
  await bureau.does(lawyer, reference, "closing", file);
  await bureau.does(officer, reference, "closing/check", { verdict: "return", back_words: "请补调解书。" });
  const { file: dropped } = await bureau.does(lawyer, reference, "closing/papers", () => scan({ sheet: "judgement" }));
  await bureau.does(lawyer, reference, "closing/papers", () => scan({ sheet: "judgement" }));
  await bureau.does(lawyer, reference, "closing/papers/{file}/drop", {}, { file: dropped });
  await bureau.does(lawyer, reference, "closing", file);
  await bureau.does(officer, reference, "closing/check", { verdict: "archive" });
  await bureau.sees(above, reference);
  const marks = { mark_meeting: 20, mark_evidence: 15, mark_opinion: 15, mark_hearing: 15, mark_file: 15, mark_words: "办得细致。" };
  await bureau.does(above, reference, "closing/marks", marks);
  return async () => {
    await bureau.sees(officer, reference);
    const { papers } = await officer.get(`/office/cases/${reference}/closing`);
    assert.equal(papers.length, 1, "two were added, one was taken out");
    assert.equal((await bureau.admin.get("/admin/aid/payments")).paid.length, 1, "paid once");
  };
}

/** A mediation from the invitation to whether it is kept, and one that ends early. */
async function ofMediation(bureau) {
  const { acts, officer } = bureau;
  const side = "/mediation/{reference}";
  const begins = async () => {
    const one = await bureau.applies("mediation-one-thing");
    await bureau.decides(officer, one.reference, "accept");
    await bureau.does(officer, one.reference, "mediation/invitation");
    const { code, candidates } = await bureau.reads(officer, `/office/cases/${one.reference}/mediation`);
    const joined = await acts.act(bureau.guest(), "/mediation", {}, { invitation: one.reference, code, own_name: "李四" });
    return { ...one, candidates, other: bureau.guest().as(joined.token) };
  };
  const one = await begins();
  const { reference } = one;
  const [first, second, third] = one.candidates;
  const all = await bureau.reads(bureau.admin, `/admin/people?q=${encodeURIComponent(third.name)}&limit=100`);
  const mediator = await bureau.signs(all.people.find(({ person }) => person === third.person).login);
  await bureau.does(officer, reference, "mediation/mediator", { person: first.person, why: "熟悉邻里纠纷。" });
  await acts.act(one.other, `${side}/object`, { reference }, { objection: "是申请人的同学。" });
  await acts.act(one.own, `${side}/mediators`, { reference }, { person: second.person });
  await acts.act(one.other, `${side}/object`, { reference }, { objection: "也认识。" });
  await bureau.does(officer, reference, "mediation/mediator", { person: third.person, why: "双方都不认识。" });
  for (const who of [one.own, one.other]) await acts.act(who, `${side}/agree`, { reference });
  await bureau.sees(mediator, reference);
  const at = { plan_side: "both", plan_day: tomorrow(), plan_from: "10:00", plan_minutes: 60, plan_place: "居委会" };
  await bureau.does(mediator, reference, "mediation/sessions", at);
  await bureau.does(mediator, reference, "mediation/records", { record_side: "both", record: "双方谈了。" });
  await bureau.does(mediator, reference, "mediation/agreement", { form: "written", facts: "夜间噪音", terms: "晚上十点以后不拖动家具。" });
  await acts.act(one.other, `${side}/sign`, { reference }, { version: 1 });
  await bureau.does(mediator, reference, "mediation/signatures", { version: 1, paper_side: "applicant" });
  await bureau.sees(mediator, reference);
  for (const who of [one.own, one.other]) await acts.act(who, `${side}/confirm`, { reference });
  await bureau.does(mediator, reference, "mediation/court", { court: "sent" });
  await bureau.does(mediator, reference, "mediation/follow-up", { performed: "yes" });
  const early = await begins();
  await bureau.does(officer, early.reference, "mediation/mediator", { person: third.person, why: "熟悉邻里纠纷。" });
  for (const who of [early.own, early.other]) await acts.act(who, `${side}/agree`, { reference: early.reference });
  await bureau.does(mediator, early.reference, "mediation/recuse", { recusal: "是申请人的亲戚。" });
  await acts.act(early.own, `${side}/stop`, { reference: early.reference });
  return async () => {
    const { events } = await one.own.get(`/mediation/${reference}`);
    assert.ok(events.length > 5, JSON.stringify(events));
  };
}

/** Legal aid suggested in a talk, and declined. */
async function ofTalk({ acts, resident, consultant }) {
  const { reference } = resident.asked;
  await acts.act(consultant.api, "/desk/consultations/{reference}/aid", { reference }, { what: "三个月没有发工资。" });
  await acts.act(resident, "/consultations/{reference}/aid/decline", { reference });
  return async () => {
    const answer = await resident.call("POST", `/consultations/${reference}/aid/decline`, {});
    assert.ok(answer.status === 404 || answer.status === 409, `it is declined: ${answer.status}`);
  };
}

test("over the API: kill -9 while each act about a case is done, none is left out", () =>
  withServer({}, async (server) => {
    const acts = new KilledActs();
    const bureau = new Bureau(server, acts);
    const signs = (login) => new Api(server.url).signIn(login);
    for (const [who, login] of [["officer", "leader01"], ["beside", "leader02"], ["above", "supervisor"], ["admin", "admin"], ["lawyer", "consultant021"], ["clerk", "clerk001"]])
      bureau[who] = await signs(login);
    const kinds = ["arbitration", "civil", "administrative", "settlement", "investigation", "prosecution", "trial", "victim"];
    await bureau.admin.post("/admin/aid/rates", { ...Object.fromEntries(kinds.map((kind) => [`rate_${kind}`, "1500"])), draw_every: 1 });
    const phone = "13900008888";
    await new Api(server.url).post("/session/code", { phone }, 202);
    const session = await new Api(server.url).post("/session/code/verify", { phone, code: await server.code(phone) }, 201);
    bureau.proved = new Api(server.url).as(session.token);
    bureau.resident = await new Api(server.url).ask();
    bureau.consultant = await takenBy(new Api(server.url), bureau.resident.asked.reference);

    let over = false;
    const working = Promise.all([ofApplicants, ofOffices, ofPaper, ofClosing, ofMediation, ofTalk].map((course) => course(bureau))).finally(() => (over = true));
    working.catch(() => {}); // told below
    let kills = 0;
    for (; !over; await pause(5)) {
      if (acts.count < 20 * (kills + 1)) continue;
      await server.kill(); // while the other courses wait for their answers
      await server.start();
      kills++;
    }
    const checks = await working;
    assert.ok(kills > 3, `killed ${kills} times while they work`);
    await server.kill(); // at once: what was acknowledged last, too
    await server.start();
    for (const check of checks) await check();
    acts.assertWhole();
    bureau.consultant.silence();
  }));

for (const way of pairs) {
  test(`in the browser ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const api = new Api(server.url);
      const resident = await asks(server, way, { text: "第一句。" });
      const offered = await takenBy(api, resident.reference, { accept: false });
      offered.silence();
      const consultant = await atDesk(server, way, offered.name);
      await accepts(consultant, resident.reference);
      await resident.isIn("talking");
      await says(resident, "第二句。");
      await opens(consultant, resident.reference);
      await consultant.seesAfterReload("第二句。");
      await replies(consultant, "第三句。"); // it may be on its way still when all dies
      resident.offline = consultant.offline = true;
      await server.kill();
      await pause(300);
      await server.start();
      await replies(consultant, "第四句。");
      await resident.seesAfterReload("第四句。", 30);
      await says(resident, "第五句。");
      await consultant.seesAfterReload("第五句。", 30);
      const texts = ["第一句。", "第二句。", "第三句。", "第四句。", "第五句。"];
      for (const person of [resident, consultant])
        assert.deepEqual((await person.messages()).filter((text) => texts.includes(text)), texts);
      await leaves(resident, consultant);
    }));
}
