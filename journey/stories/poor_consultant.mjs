// poor_consultant.mjs -- a resident was asked for money and says so with one tap; it is looked
// into; the consultant is warned, suspended, appeals, and is restored by somebody else.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api, takenBy } from "../lib/api.mjs";
import { Person, closeBrowser, leads } from "../lib/browser.mjs";
import { openIfFolded } from "../lib/desk.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

const refused = async (client, method, path, body) => {
  const { status } = await client.call(method, path, body);
  assert.ok([401, 403, 404, 409].includes(status), `${method} ${path}: ${status}`);
};

/** Proposes a measure, unless a rule was quicker, and takes it; gives its number. */
async function measured(supervisor, person, measure, notice) {
  const proposed = await supervisor.call("POST", `/board/quality/${person}/propose`, {
    measure,
    reason: "投诉属实",
  });
  assert.ok(proposed.status < 300 || proposed.body.code === "review.proposed-already", proposed.status);
  const { measures } = await supervisor.get("/board/measures");
  const found = measures.find(
    (row) => row.person === person && row.kind === measure && row.state === "proposed",
  );
  await supervisor.post(`/board/measures/${found.measure}/decide`, { verdict: "confirm", notice });
  return found.measure;
}

test("over the API, from the tap to the way back", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url, { language: "zh" });
    const resident = await api.ask();
    const { reference } = resident.asked;
    // Nobody has served yet: there is nothing to complain about.
    await refused(resident, "POST", `${resident.path}/complaint`, { kind: "money" });
    const holder = await takenBy(api, reference);
    const person = holder.api.person.id;
    const supervisor = await api.signIn("supervisor");
    const admin = await api.signIn("admin");
    await holder.say(reference, "请加我 薇 信，单独谈，收费五百元。");

    // What was written is flagged, and the text itself is nowhere in the flag.
    const { flags } = await supervisor.get("/board/flags");
    const flag = flags.find((row) => row.reference === reference);
    assert.ok(flag, "the wording is flagged");
    assert.match(flag.wording, /money/);
    assert.ok(!JSON.stringify(flag).includes("五百"));

    await resident.post(`${resident.path}/complaint`, { kind: "money" });
    await refused(resident, "POST", `${resident.path}/complaint`, { kind: "late", text: "很久" });
    const { complaints } = await supervisor.get("/board/complaints");
    const { complaint } = complaints.find((row) => row.reference === reference);
    const path = `/board/complaints/${complaint}`;
    await refused(holder.api, "GET", path);
    const silent = await holder.api.get("/desk/record");
    assert.equal(silent.complaints.length, 0, "nobody has asked the consultant yet");
    await supervisor.post(`${path}/acknowledge`);
    await supervisor.post(`${path}/hear`, { question: "您是否向居民提出收费？" });
    const [asked] = (await holder.api.get("/desk/record")).complaints;
    await holder.api.post(`/desk/record/complaints/${asked.complaint}/statement`, { text: "是玩笑。" });
    assert.equal((await supervisor.get(path)).statement, "是玩笑。");
    await supervisor.post(`${path}/decide`, { verdict: "upheld", reply: "属实，我们会处理。" });
    const told = await resident.get(`${resident.path}/complaint`);
    assert.ok(told.is_upheld && told.reply === "属实，我们会处理。");

    await measured(supervisor, person, "warn", "第一次书面警告。");
    assert.equal((await holder.api.get("/desk/record")).who.standing, "active");
    const suspension = await measured(supervisor, person, "suspend", "暂停服务三十天。");
    assert.equal((await holder.api.get("/desk/record")).who.standing, "barred");
    holder.silence();
    await refused(holder.api, "POST", "/desk/presence", { state: "online", capacity: 3 });

    await holder.api.post(`/desk/record/measures/${suspension}/appeal`, { text: "处理过重。" });
    const lift = { verdict: "lift", reply: "首次发生，恢复服务。" };
    await refused(supervisor, "POST", `/board/measures/${suspension}/decide-appeal`, lift);
    await admin.post(`/board/measures/${suspension}/decide-appeal`, lift);
    const record = await holder.api.get("/desk/record");
    assert.equal(record.who.standing, "active");
    assert.equal(record.measures.find((row) => row.measure === suspension).reply, lift.reply);
    await holder.api.post("/desk/presence", { state: "online", capacity: 3 });
  }));

test("in the browser: one tap, and what becomes of it", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    const person = await Person.arrive(server.url, { language: "zh" });
    const resident = await api.ask();
    const holder = await takenBy(api, resident.asked.reference);
    await person.page.context().addCookies([
      { name: "gongdao", value: resident.token, url: server.url },
    ]);
    await person.go(resident.path);
    const form = person.page.locator('form[action$="/complaint"]').first();
    await openIfFolded(person.page, form);
    await leads(person.page, () => form.locator("button").click());
    await person.sees("我们收到了您的投诉");
    await person.go(resident.path);
    await person.sees("您已经投诉了这次咨询");
    holder.silence();
    const supervisor = await Person.arrive(server.url, { size: "desktop", language: "zh" });
    await supervisor.signIn("supervisor");
    await supervisor.go("/board/complaints");
    await supervisor.sees(resident.asked.reference);
    await supervisor.leave();
    await person.leave();
  }));
