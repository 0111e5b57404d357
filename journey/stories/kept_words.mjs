// kept_words.mjs -- many forms of one kind stand on one page: what was typed into one comes back in
// that one, with the sentence that says why, and where no form is left for it, as a text to copy.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Api, eventually, takenBy } from "../lib/api.mjs";
import { withServer } from "../lib/server.mjs";
import { Visitor } from "../lib/visitor.mjs";

const tooLong = {
  zh: (most) => `写得太长了，最多 ${most} 个字。`,
  en: (most) => `That is too long: at most ${most} characters fit.`,
};
const tooMany = { zh: "最大只能填 72。", en: "The largest possible is 72." };
const tenStand = { zh: "您还有十条通知在显示，请先撤回一条。", en: "Ten of your announcements still stand." };
const lost = {
  zh: "您刚才写的内容没有保存，可以从这里复制：",
  en: "What you wrote was not kept. You can copy it from here:",
};

const idsOf = (text) => [...text.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
const formOf = (text, action) =>
  text.split("<form ").find((part) => part.includes(`action="${action}"`))?.split("</form>")[0] ?? "";

/** What stands in the one field of that name, in a box or in a line. */
function standing(text, action, name) {
  const form = formOf(text, action);
  const box = form.match(new RegExp(`<textarea[^>]* name="${name}"[^>]*>\\n?([^<]*)`));
  const line = form.match(new RegExp(`<input[^>]* name="${name}"[^>]* value="([^"]*)"`));
  return (box ?? line)?.[1];
}

/** Refused as too long, in words that lead to the field; it is there again, and nowhere else. */
async function comesBack(visitor, page, action, name, most, others = []) {
  const typed = `${visitor.language}${"很".repeat(most)}`;
  const { text: before } = await visitor.ask("GET", page);
  assert.equal(new Set(idsOf(before)).size, idsOf(before).length, "each id once");
  const { status, text } = await visitor.tries(before, action, { hours: "2", [name]: typed });
  assert.equal(status, 422);
  const [, target] = text.match(/id="wrong-summary"[^]*?href="#([^"]+)"/);
  assert.ok(text.includes(tooLong[visitor.language](most)));
  assert.equal(new Set(idsOf(text)).size, idsOf(text).length, "each id once");
  assert.ok(formOf(text, action).includes(`id="${target}"`), "the summary leads to that form");
  assert.equal(standing(text, action, name), typed);
  for (const other of others) assert.equal(standing(text, other, name), "", other);
}

/** Somebody in service with a complaint to answer, a measure to appeal against, and a second one. */
async function accused(api) {
  const supervisor = await api.signIn("supervisor");
  const resident = await api.ask();
  const { reference } = resident.asked;
  const holder = await takenBy(api, reference);
  await resident.post(`${resident.path}/complaint`, { kind: "conduct", text: "说话很不客气。" });
  const { complaints } = await supervisor.get("/board/complaints");
  const { complaint } = complaints.find((row) => row.reference === reference);
  await supervisor.post(`/board/complaints/${complaint}/hear`, { question: "当时是怎样的？" });
  const person = holder.api.person.id;
  const measures = [];
  for (const measure of ["warn", "suspend"]) {
    await supervisor.call("POST", `/board/quality/${person}/propose`, { measure, reason: "投诉属实" });
    const all = (await supervisor.get("/board/measures")).measures;
    const found = all.find((row) => row.person === person && row.kind === measure);
    const confirm = { verdict: "confirm", notice: "投诉属实。" };
    await supervisor.post(`/board/measures/${found.measure}/decide`, confirm);
    measures.push(found.measure);
  }
  await holder.leave();
  return { supervisor, holder, complaint, measures };
}

for (const language of ["zh", "en"]) {
  test(`a statement and two appeals on one page, ${language}`, () =>
    withServer({}, async (server) => {
      const { supervisor, holder, complaint, measures } = await accused(new Api(server.url));
      const visitor = new Visitor(server.url, holder.api.token, language);
      const statement = `/desk/record/complaints/${complaint}/statement`;
      const all = [statement, ...measures.map((one) => `/desk/record/measures/${one}/appeal`)];
      for (const path of all)
        await comesBack(visitor, "/desk/record", path, "text", 2000, all.filter((one) => one !== path));

      // Decided while it was being written: no form is left, the words are.
      const { text: open } = await visitor.ask("GET", "/desk/record");
      const reply = { verdict: "rejected", reply: "已核实。" };
      await supervisor.post(`/board/complaints/${complaint}/decide`, reply);
      const { status, text } = await visitor.tries(open, statement, { text: "当时线路不好。" });
      assert.equal(status, 422);
      assert.ok(text.includes(lost[language]) && text.includes("当时线路不好。"));
    }));

  test(`warnings, announcements and a whisper, ${language}`, () =>
    withServer({}, async (server) => {
      const api = new Api(server.url);
      const supervisor = await api.signIn("supervisor");
      const visitor = new Visitor(server.url, supervisor.token, language);
      // The watch looks once a minute.
      const [first, second] = await eventually(
        "two warnings",
        async () => {
          const { open } = await supervisor.get("/alarms");
          const unseen = open.filter(({ seen_at }) => !seen_at).map(({ id }) => `/alarms/${id}/seen`);
          return unseen.length > 1 && unseen;
        },
        120,
      );
      await comesBack(visitor, "/alarms", first, "note", 200, [second]);

      // Somebody was quicker.
      const { text: seen } = await visitor.ask("GET", "/alarms");
      await supervisor.post(first, { note: "已经在处理" });
      const late = await visitor.tries(seen, first, { note: "我来打电话" });
      assert.equal(late.status, 422);
      assert.ok(late.text.includes(lost[language]) && late.text.includes("我来打电话"));

      const said = "/announcements";
      await comesBack(visitor, said, said, "text", 500);
      const { text: page } = await visitor.ask("GET", said);
      const long = await visitor.tries(page, said, { text: "稍后维护", hours: "73" });
      assert.ok(long.text.includes(tooMany[language]));
      assert.equal(standing(long.text, said, "text"), "稍后维护");
      for (let i = 0; i < 10; i++) await supervisor.call("POST", said, { text: `通知 ${i}`, hours: 1 });
      const more = await visitor.tries(page, said, { text: "再来一条", hours: "2" });
      assert.equal(more.status, 422);
      assert.ok(more.text.includes(tenStand[language]));
      assert.equal(standing(more.text, said, "text"), "再来一条");

      const resident = await api.ask();
      const { reference } = resident.asked;
      const holder = await takenBy(api, reference);
      const board = `/board/consultations/${reference}`;
      await comesBack(visitor, board, `${board}/whisper`, "text", 1000);
      const messages = await holder.api.messages(`/desk/consultations/${reference}`);
      assert.ok(!messages.some(({ internal }) => internal), "nothing of it was said");
      await holder.leave();
    }));
}
