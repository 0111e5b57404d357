// night_written.mjs -- asked on the evening before National Day: live is refused with the next
// opening, a question in writing is kept with its due day, answered on the next working day, and
// read by reference and a code sent to the phone.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api, Consultant, consultantName } from "../lib/api.mjs";
import { Person, closeBrowser, mains, wayName } from "../lib/browser.mjs";
import { fillsIn, leaves } from "../lib/resident.mjs";
import { answersInWriting, atDesk } from "../lib/desk.mjs";
import { withServer } from "../lib/server.mjs";

// 1 to 7 October 2026 are holidays; Saturday the 10th is worked. Three working days after the
// 30th are the 8th, the 9th and the 10th.
const evening = "2026-09-30T22:30:00+08:00";
const nextWorkingDay = "2026-10-08T10:00:00+08:00";
const dueDay = "2026-10-10";
const nextOpeningDay = "2026-10-08";
const phone = "13812345678";

after(closeBrowser);

function dayIn(moment) {
  return new Date(Date.parse(moment) - 1 + 8 * 3600 * 1000).toISOString().slice(0, 10);
}

/** The consultant a written question went to. */
async function whoHas(api, reference, to = 400) {
  for (let i = 1; i <= to; i++) {
    const consultant = await Consultant.signIn(api, consultantName(i));
    if (JSON.stringify(await consultant.desk()).includes(reference)) return consultant;
    await consultant.leave();
  }
  return assert.fail(`${reference} is on nobody's desk`);
}

test("over the API", () =>
  withServer({ official: true, at: evening }, async (server) => {
    const api = new Api(server.url);
    const live = { field: "labour", text: "老板明天就跑了吗?", phone, mode: "live" };
    const refused = await api.call("POST", "/consultations", live);
    assert.equal(refused.status, 409, JSON.stringify(refused.body));
    assert.match(refused.body.detail + refused.body.title, new RegExp(`${nextOpeningDay}|8 Oct|10-08`));
    const resident = await api.ask({ ...live, mode: "message" });
    const { reference } = resident.asked;
    assert.equal(resident.asked.state, "message");
    assert.equal(dayIn(resident.asked.due_at), dueDay);
    await server.letter(phone, new RegExp(reference));

    await server.later(nextWorkingDay);
    assert.equal(await resident.state(resident.path), "message");
    const consultant = await whoHas(api, reference);
    await consultant.api.post(`/desk/consultations/${reference}/answer`, { text: "可以先去仲裁。" });
    await consultant.leave();
    assert.equal(await resident.state(resident.path), "answered");
    await server.letter(phone, new RegExp(`${reference}.*(answered|答复|回复)`));

    const before = server.letters(phone).length;
    await api.post("/session/code", { phone }, 202);
    const code = await server.code(phone, before);
    const wrong = String((Number(code) + 1) % 1e6).padStart(6, "0");
    const denied = await api.call("POST", "/session/code/verify", { phone, code: wrong });
    assert.ok([401, 422].includes(denied.status), `${denied.status}`);
    const session = await api.post("/session/code/verify", { phone, code }, 201);
    const reader = api.as(session.token);
    const all = await reader.messages(resident.path);
    assert.ok(all.some((message) => message.text === "可以先去仲裁。"));
  }));

for (const way of mains) {
  test(`in the browser ${wayName(way)}`, () =>
    withServer({ official: true, at: evening }, async (server) => {
      const api = new Api(server.url, { language: way.language });
      const resident = await Person.arrive(server.url, { ...way, name: "the resident" });
      await resident.go("/ask");
      await fillsIn(resident, { text: "放假前没有发工资。", phone, written: true });
      await resident.isIn("message");
      await resident.sees(way.language === "zh" ? /10月10日/ : /10 October|October 10|10 Oct/);
      await leaves(resident);

      await server.later(nextWorkingDay);
      const holder = await whoHas(api, resident.reference);
      holder.silence();
      const consultant = await atDesk(server, way, holder.name);
      await answersInWriting(consultant, resident.reference, "可以先去仲裁。");

      const reader = await Person.arrive(server.url, { ...way, name: "the resident, later" });
      await reader.go("/my");
      const before = server.letters(phone).length;
      await reader.page.locator('main input[name="reference"]').fill(resident.reference);
      await reader.page.locator('main input[name="phone"]').fill(phone);
      await reader.submit('main input[name="phone"]');
      await reader.page.locator('input[name="code"]').fill(await server.code(phone, before));
      await reader.submit('input[name="code"]');
      if (!reader.page.url().includes(resident.reference))
        await reader.page.getByRole("link", { name: new RegExp(resident.reference) }).first().click();
      await reader.sees("可以先去仲裁。");
      await leaves(reader, consultant);
    }));
}
