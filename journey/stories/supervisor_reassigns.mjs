// supervisor_reassigns.mjs -- the supervisor sees the board move, looks into a case, which is
// written down, and gives it to another consultant; the resident and both consultants go on.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api, Consultant, consultantName, eventually, takenBy } from "../lib/api.mjs";
import { Person, closeBrowser, leads, pairs, wayName } from "../lib/browser.mjs";
import { openIfFolded } from "../lib/desk.mjs";
import { leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

/** A colleague on line who is not the one who has the case. */
async function colleague(api, holder) {
  const number = Number(holder.name.slice("consultant".length));
  return Consultant.signIn(api, consultantName(number + 1));
}

test("over the API", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    const resident = await api.ask();
    const { reference } = resident.asked;
    const holder = await takenBy(api, reference);
    const other = await colleague(api, holder);
    const supervisor = await api.signIn("supervisor");
    const board = supervisor.stream("/board/stream");
    await resident.post(`${resident.path}/messages`, { text: "我等了很久。" });
    await board.until("the board", ({ event }) => event === "board");

    const denied = await resident.call("GET", `/board/consultations/${reference}`);
    assert.ok([401, 403, 404].includes(denied.status));
    const path = `/board/consultations/${reference}/reassign`;
    const reason = "专业更合适";
    for (const client of [resident, holder.api, other.api]) {
      const refused = await client.call("POST", path, { consultant: other.api.person.id, reason });
      assert.ok([401, 403, 404].includes(refused.status), `${refused.status}`);
    }
    await supervisor.post(path, { consultant: other.api.person.id, reason });
    await eventually(`${other.name} has ${reference}`, async () =>
      JSON.stringify(await other.desk()).includes(reference),
    );
    if ((await resident.state(resident.path)) === "offered") await other.accept(reference);
    await other.say(reference, "您好,我来接手。");
    const gone = await holder.api.call("POST", `/desk/consultations/${reference}/messages`, {
      text: "我还在",
    });
    assert.ok([403, 404, 409].includes(gone.status), `${gone.status}`);
    const texts = (await resident.messages(resident.path)).map((message) => message.text);
    assert.ok(texts.includes("我等了很久。") && texts.includes("您好,我来接手。"));
    assert.ok(!JSON.stringify(texts).includes(reason), "the reason stays inside");
    await board.close();
    await Promise.all([holder.leave(), other.leave()]);
  }));

for (const way of pairs) {
  test(`in the browser ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const api = new Api(server.url);
      const resident = await api.ask({ text: "请换一位律师。" });
      const { reference } = resident.asked;
      const holder = await takenBy(api, reference);
      const other = await colleague(api, holder);
      const person = await Person.arrive(server.url, { ...way, size: "desktop" });
      await person.signIn("supervisor");
      assert.equal(await person.go(`/board/consultations/${reference}`), 200);
      // What was written is not shown until one says that one needs to read it: that is on record.
      assert.equal(await person.page.getByText("请换一位律师。").count(), 0);
      await person.submit('form[action$="/look-in"] button');
      await person.sees("请换一位律师。");
      await person.go(`/board/consultations/${reference}`);
      const form = person.page.locator('form[action$="/reassign"]').first();
      await openIfFolded(person.page, form);
      const to = form.locator('[name="consultant"]').first();
      const { id } = other.api.person;
      if ((await to.evaluate((element) => element.tagName)) === "SELECT") await to.selectOption(id);
      else if ((await to.getAttribute("type")) === "radio")
        await form.locator(`[name="consultant"][value="${id}"]`).check({ force: true });
      else await to.fill(id);
      await form.locator('[name="reason"]').fill("专业更合适");
      await leads(person.page, () =>
        form.locator("button:not([type=button])").last().click(),
      );
      await eventually(`${other.name} has ${reference}`, async () =>
        JSON.stringify(await other.desk()).includes(reference),
      );
      await Promise.all([holder.leave(), other.leave()]);
      await leaves(person);
    }));
}
