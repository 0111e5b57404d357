// ask_talk_rate.mjs -- the main job: a resident asks, somebody fitting answers at once, both talk,
// something is attached, it is closed and rated.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api, assertOnceInOrder, takenBy } from "../lib/api.mjs";
import { closeBrowser, mains, wayName, wholeBrowser } from "../lib/browser.mjs";
import { asks, attaches, leaves, says } from "../lib/resident.mjs";
import { accepts, atDesk, closes, opens, replies } from "../lib/desk.mjs";
import { pdf, png, sizeOfPng } from "../lib/files.mjs";
import { withServer } from "../lib/server.mjs";

wholeBrowser();
after(closeBrowser);

test("over the API: ask, offer, accept, talk, attach, close, rate", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    const resident = await api.ask();
    assert.match(resident.asked.state, /^(waiting|offered)$/);
    const shown = resident.stream(`${resident.path}/stream`);
    const consultant = await takenBy(api, resident.asked.reference);
    const desk = consultant.api.stream("/desk/stream");
    const { reference } = resident.asked;
    await shown.becomes("talking");

    await resident.post(`${resident.path}/messages`, { text: "我没有劳动合同 𠮷" }, 201);
    await desk.message("我没有劳动合同 𠮷");
    await resident.call("POST", `${resident.path}/typing`, {});
    await desk.until("typing", (event) => event.event === "typing");
    await consultant.say(reference, "有工资条或转账记录吗?");
    await shown.message("有工资条或转账记录吗?");
    await consultant.say(reference, "只有同事能看到", { internal: true });

    const form = new FormData();
    form.append("file", new Blob([png()], { type: "image/png" }), "工资条.png");
    const answer = await resident.call("POST", `${resident.path}/attachments`, form);
    assert.equal(answer.status, 201, JSON.stringify(answer.body));
    const carried = await shown.until("attachment", (event) => event.data.attachment);
    const { id } = carried.data.attachment;
    const file = await fetch(`${server.url}/api/v1${resident.path}/attachments/${id}`, {
      headers: resident.headers(),
    });
    // Drawn anew, so the same picture and not the same bytes.
    assert.deepEqual(sizeOfPng(Buffer.from(await file.arrayBuffer())), { wide: 8, high: 8 });
    assert.equal(file.headers.get("x-content-type-options"), "nosniff");
    const stranger = await api.ask();
    const denied = await stranger.call("GET", `${resident.path}/attachments/${id}`);
    assert.ok([403, 404].includes(denied.status), `${denied.status}`);

    await consultant.api.post(`/desk/consultations/${reference}/close`, {
      outcome: "advised",
      summary: "劳动报酬:告知仲裁途径。",
    });
    await shown.becomes("closed");
    const late = await resident.call("POST", `${resident.path}/messages`, { text: "还在吗?" });
    assert.equal(late.status, 409);
    assert.match(late.body.code, /^consultation\./);
    const stars = { stars: 5, marks: { patience: 5, courtesy: 5, efficiency: 4, correctness: 5 } };
    await resident.post(`${resident.path}/rating`, { ...stars, text: "说得很清楚" });
    const twice = await resident.call("POST", `${resident.path}/rating`, stars);
    assert.equal(twice.status, 409);

    const all = await resident.messages(resident.path);
    assertOnceInOrder(all.map((message) => message.seq), "messages");
    assert.ok(!all.some((message) => message.text === "只有同事能看到"));
    assert.ok(!JSON.stringify(shown.events).includes("只有同事能看到"));
    const written = await consultant.api.messages(resident.path).catch(() => null);
    if (written) assert.ok(written.some((message) => message.text === "只有同事能看到"));
    await Promise.all([shown.close(), desk.close()]);
  }));

test("an idempotency key gives the first answer again, and one message", () =>
  withServer({}, async (server) => {
    const resident = await new Api(server.url).ask();
    const key = { "Idempotency-Key": "one-and-the-same" };
    const send = () =>
      resident.need(201, "POST", `${resident.path}/messages`, { text: "一次就够" }, key);
    const [first, second] = [await send(), await send()];
    assert.equal(first.seq, second.seq);
    const all = await resident.messages(resident.path);
    assert.equal(all.filter((message) => message.text === "一次就够").length, 1);
  }));


const marks = { patience: 5, courtesy: 4, efficiency: 3, correctness: 2 };
const pleaseRate = { zh: "请评价一下", en: "Please tell us how it was" };
for (const way of mains) {
  test(`in the browser ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const api = new Api(server.url, { language: way.language });
      const resident = await asks(server, way, { text: "老板欠我三个月工资。" });
      const offered = await takenBy(api, resident.reference, { accept: false });
      offered.silence();
      const consultant = await atDesk(server, way, offered.name);
      await accepts(consultant, resident.reference);
      await resident.isIn("talking");
      await says(resident, "我没有劳动合同。");
      await opens(consultant, resident.reference);
      await consultant.seesAfterReload("我没有劳动合同。");
      await replies(consultant, "有转账记录也可以。");
      await resident.seesAfterReload("有转账记录也可以。");
      await attaches(resident, { name: "contract.pdf", mimeType: "application/pdf", buffer: pdf() });
      await resident.seesAfterReload("contract.pdf");
      await closes(consultant, "已告知仲裁途径。");
      await resident.go(`/consultations/${resident.reference}`);
      await resident.sees(pleaseRate[way.language]);
      await resident.click("rate");
      await resident.page.locator('input[name="stars"][value="5"]').check({ force: true });
      for (const mark of ["patience", "courtesy", "efficiency", "correctness"])
        await resident.page.locator(`select[name="marks__${mark}"]`).selectOption(String(marks[mark]));
      await resident.submit('input[name="stars"]');
      assert.ok(resident.page.url().includes(resident.reference), resident.page.url());
      await resident.go(`/consultations/${resident.reference}`);
      const after = await resident.page.locator("main").innerText();
      assert.ok(!after.includes(pleaseRate[way.language]), "who has rated is not asked to once more");
      const texts = await resident.messages();
      for (const text of ["老板欠我三个月工资。", "我没有劳动合同。", "有转账记录也可以。"])
        assert.equal(texts.filter((shown) => shown === text).length, 1, `${text} in ${texts}`);
      const supervisor = await api.signIn("supervisor");
      const { ratings } = await supervisor.get(`/board/quality/${offered.api.person.id}`);
      const mine = ratings.find(({ reference }) => reference === resident.reference);
      assert.deepEqual({ ...mine, ...marks }, mine, "the four marks as they were given");
      await leaves(resident, consultant);
    }));
}
