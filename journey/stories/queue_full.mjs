// queue_full.mjs -- everybody is busy: a resident sees the place, sees it move, and may leave the
// question in writing without losing it.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api, eventually, takenBy } from "../lib/api.mjs";
import { closeBrowser, leads, mains, wayName } from "../lib/browser.mjs";
import { asks, leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

/** One consultant on line, with one place, and that is taken. */
async function busyDesk(api) {
  const first = await api.ask({ text: "我先来的。" });
  const consultant = await takenBy(api, first.asked.reference, { accept: false });
  await consultant.takes(1);
  await consultant.accept(first.asked.reference);
  return { first, consultant };
}

test("over the API: the place moves, a message is left, the next is served", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    const { first, consultant } = await busyDesk(api);
    const second = await api.ask({ text: "我是第二个。" });
    const third = await api.ask({ text: "我是第三个。" });
    assert.deepEqual([second.asked.ahead, third.asked.ahead], [0, 1]);
    assert.deepEqual([second.asked.place, third.asked.place], [1, 2]);
    assert.ok(third.asked.wait_seconds === null || third.asked.wait_seconds.low >= 0);
    const shown = third.stream(`${third.path}/stream`);

    const left = await second.post(`${second.path}/leave-message`);
    assert.equal(await second.state(second.path), "message");
    assert.ok((left.due_at ?? (await second.get(second.path)).due_at) !== null);
    await shown.until("first place", ({ event, data }) => event === "place" && data.ahead === 0);
    const kept = await second.messages(second.path);
    assert.ok(kept.some((message) => message.text === "我是第二个。"));

    await consultant.takes(1);
    await consultant.api.post(`/desk/consultations/${first.asked.reference}/close`, {
      outcome: "advised",
      summary: "已答复。",
    });
    await consultant.offered(third.asked.reference);
    await shown.becomes("offered");
    await shown.close();
  }));

for (const way of mains) {
  test(`in the browser ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const api = new Api(server.url);
      const { consultant } = await busyDesk(api);
      const second = await api.ask({ text: "我在前面。" });
      const resident = await asks(server, way, { text: "我在后面。" });
      await resident.isIn("waiting");
      const ahead = () => resident.page.locator("[data-ahead]").first().innerText();
      assert.match(await ahead(), /1/);
      await second.post(`${second.path}/close`);
      await eventually("the place moves", async () => {
        if (!way.scripts) await resident.go(resident.path);
        return !/1/.test(await ahead());
      });
      const form = resident.page.locator('form[action$="/leave-message"]').first();
      await leads(resident.page, () => form.locator("button").first().click());
      await resident.isIn("message");
      await resident.sees("我在后面。");
      await consultant.leave();
      await leaves(resident);
    }));
}
