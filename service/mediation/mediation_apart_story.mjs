// mediation_apart_story.mjs -- what one side says apart is found by nobody else: whatever can be read is asked
// for, as each side, as the committee, as a stranger and as nobody, with sentences planted in every place where
// one side speaks alone. The mediator finds them, and so does the other side once one is kept wrongly: the walk
// would see a leak.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Api, anAddress } from "../../journey/lib/api.mjs";
import { opensPaper } from "../../journey/lib/programs.mjs";
import { operationsOf, queries, resolve } from "../../journey/lib/routes.mjs";
import { withServer } from "../../journey/lib/server.mjs";

const division = "310101";
const phones = { mary: "13900007701", john: "13900007702" };
const hers = ["KMARYRECORD", "KMARYPLACE", "KMARYWORDS"];
const his = ["KJOHNRECORD", "KJOHNPLACE", "KJOHNWORDS"];
const secret = "KMARYPRIVATE"; // what only the mediator should know; the committee reads it
const leak = "KLEAK";
const tomorrow = () => new Date(Date.now() + 32 * 3600e3).toISOString().slice(0, 10); // in Shanghai

/** What one GET answers, as text: pages, JSON, CSV; papers as read by poppler; the beginning of a stream. */
async function reads(client, kind, path) {
  const page = path.startsWith("page:");
  const address = page ? `${client.url}${path.slice(5)}` : `${client.url}/api/v1${path}`;
  const accept = page ? "text/html" : kind === "STREAM" ? "text/event-stream" : "*/*";
  client.address = anAddress(); // what is limited per address must not hide anything
  const end = AbortSignal.timeout(kind === "STREAM" ? 1500 : 60_000);
  const answer = await fetch(address, { headers: client.headers({ Accept: accept }), redirect: "manual", signal: end });
  const parts = [];
  try {
    for await (const part of answer.body ?? []) parts.push(part);
  } catch (ended) {
    if (kind !== "STREAM") throw ended;
  }
  const bytes = Buffer.concat(parts);
  if (bytes.subarray(0, 5).toString() === "%PDF-") return { status: answer.status, text: (await opensPaper(bytes)).text };
  return { status: answer.status, text: bytes.toString("utf8") + [...answer.headers.values()].join("\n") };
}

/** Every operation that reads, its places those of this case: [{kind, path}]. */
function everything(document, places, asked) {
  return operationsOf(document)
    .filter(({ kind }) => kind === "GET" || kind === "STREAM")
    .map(({ kind, path, operation }) => {
      const filled = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(places[name] ?? "1"));
      const query = new URLSearchParams(queries[path]?.slice(1));
      for (const one of operation.parameters ?? []) {
        const { name, in: where } = resolve(document, one);
        if (where === "query" && name in asked) query.set(name, asked[name]);
      }
      return { kind, path: query.size ? `${filled}?${query}` : filled };
    });
}

/** Where the reader finds one of the words; and how much answered at all. */
async function walk(client, all, words) {
  const found = [];
  let answered = 0;
  const visit = async ({ kind, path }) => {
    const api = await reads(client, kind, path);
    const both = [[path, api]];
    if (api.status === 200 && kind === "GET") {
      answered++;
      both.push([`page:${path}`, await reads(client, kind, `page:${path}`)]);
    }
    assert.ok(!path.includes("/mediation/") || api.status !== 429, `${path} was not answered: too many`);
    for (const [at, { text }] of both)
      for (const word of words) if (text.includes(word)) found.push(`${word} at ${at}`);
  };
  for (let i = 0; i < all.length; i += 12) await Promise.all(all.slice(i, i + 12).map(visit));
  return { found, answered };
}

async function proved(server, phone) {
  const api = new Api(server.url);
  const before = server.letters(phone).length;
  await api.post("/session/code", { phone });
  const session = await api.post("/session/code/verify", { phone, code: await server.code(phone, before) });
  return api.as(session.token);
}

test("what one side says apart is found by nobody else, anywhere", () =>
  withServer({ options: ["--public-url", "http://127.0.0.1"] }, async (server) => {
    const nobody = new Api(server.url);
    const answers = { answer_1: "neighbours", answer_2: "李建国", answer_4: "楼上每天半夜拖桌子。", answer_6: secret };
    const mary = await proved(server, phones.mary);
    const { reference } = await mary.post("/items/mediation-one-thing/apply", { name: "王秀英", division, ...answers });
    const office = `/office/cases/${reference}`;
    const chief = await nobody.signIn("leader01");
    await chief.post(`${office}/look`);
    const { seen } = await chief.get(office);
    await chief.post(`${office}/steps`, { action: "accept", words: "", seen });
    await chief.post(`${office}/mediation/invitation`);
    const { code, candidates } = await chief.get(`${office}/mediation`);
    const john = await proved(server, phones.john);
    const joined = await john.post("/mediation", { invitation: reference, code, own_name: "李建国", phone: phones.john });

    // Mary chooses from the list, John agrees; each speaks with the mediator alone.
    const side = `/mediation/${reference}`;
    const list = await mary.get(`${side}/mediators`);
    const chosen = list.mediators.find(({ unfit }) => !unfit);
    assert.ok(chosen && chosen.committee && "is_free" in chosen, JSON.stringify(list));
    await mary.post(`${side}/mediators`, { person: chosen.person });
    await john.post(`${side}/agree`);
    const admin = await nobody.signIn("admin");
    const { people } = await admin.get(`/admin/people?q=${encodeURIComponent(chosen.name)}&limit=100`);
    const mediator = await nobody.signIn(people.find(({ person }) => person === chosen.person).login);
    await mediator.post(`${office}/look`);
    const at = { plan_day: tomorrow(), plan_minutes: 60 };
    for (const [record_side, [record, place, words], plan_from] of [["applicant", hers, "10:00"], ["respondent", his, "14:00"]]) {
      await mediator.post(`${office}/mediation/records`, { record_side, record });
      await mediator.post(`${office}/mediation/sessions`, { plan_side: record_side, plan_from, plan_place: place, plan_words: words, ...at });
    }
    await mediator.post(`${office}/mediation/records`, { record_side: "both", record: "双方一起谈了" });

    const { sessions } = await mediator.get(`${office}/mediation`);
    const { body: document } = await nobody.call("GET", "/openapi.json");
    const places = { reference, item: "mediation-one-thing", session: sessions[0].session, person: chosen.person, division, receipt: reference, other: reference };
    const asked = { q: "悄悄话 拖桌子", reference, code: "22222222-22222222", period: "2026" };
    const all = everything(document, places, asked);
    assert.ok(all.length > 150, `${all.length} ways to read`);

    const stranger = await proved(server, "13900007703");
    const far = await nobody.signIn("leader02");
    const none = async (name, client, words) => {
      const { found, answered } = await walk(client, all, words);
      assert.deepEqual(found, [], `${name} finds what is not for them`);
      assert.ok(answered > 10, `${name} was answered ${answered} times: the walk would see nothing`);
    };
    await none("nobody", nobody, [...hers, ...his, secret]);
    await none("a stranger", stranger, [...hers, ...his, secret]);
    await none("the other side, by its token", nobody.as(joined.token ?? john.token), [...hers, secret]);
    await none("the applicant", mary, his);
    await none("the committee", chief, [...hers, ...his]);
    await none("another district", far, [...hers, ...his, secret]);
    const saw = await walk(mediator, all, [...hers, ...his]);
    for (const word of [...hers, ...his]) assert.ok(saw.found.some((one) => one.startsWith(word)), `the mediator reads ${word}`);

    // A leak: a record kept for both. The same walk finds it.
    await mediator.post(`${office}/mediation/records`, { record_side: "both", record: leak });
    const { found: leaked } = await walk(john, all.filter(({ path }) => path.includes(reference)), [leak]);
    assert.ok(leaked.length, "the walk finds nothing at all");

    // What stands comes after: the agreement on paper, the copy of one's data, the messages.
    await mediator.post(`${office}/mediation/agreement`, { form: "oral", facts: "夜间噪音", terms: "晚上十点以后不拖桌子。" });
    for (const [name, client, words, own] of [["john", john, [...hers, secret], his], ["mary", mary, his, hers]]) {
      const { copy } = await client.post("/my/data/copies");
      const paper = await reads(client, "GET", `${side}/agreement`);
      assert.ok(paper.text.includes("晚上十点以后不拖桌子"), "the agreement on paper");
      let held = "";
      for (const end of ["page", "json"]) held += (await reads(client, "GET", `/data/copies/${copy}/${end}`)).text;
      assert.ok(held.includes(own[0]), `${name}'s own words are in the copy: ${held.slice(0, 300)}`);
      const sent = server.letters(phones[name]).map((letter) => JSON.stringify(letter)).join("\n");
      for (const word of words)
        assert.ok(![paper.text, held, sent].some((text) => text.includes(word)), `${name} finds ${word}`);
      await none(`${name}, afterwards`, client, words);
    }
    await none("figures", chief, [...hers, ...his]);
  }));
