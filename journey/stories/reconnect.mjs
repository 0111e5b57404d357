// reconnect.mjs -- two tabs, a line that is cut, a tab put to sleep: nothing lost, nothing twice,
// in order.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Api, assertOnceInOrder, takenBy } from "../lib/api.mjs";
import { closeBrowser } from "../lib/browser.mjs";
import { Line } from "../lib/proxy.mjs";
import { asks, leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

test("over the API: a stream that is cut every moment shows each message once", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    const resident = await api.ask();
    const consultant = await takenBy(api, resident.asked.reference);
    const stream = resident.stream(`${resident.path}/stream`);
    for (let i = 0; i < 40; i++) {
      await consultant.say(resident.asked.reference, `第 ${i} 句`);
      if (i % 5 === 4) stream.cut();
    }
    await stream.message("第 39 句");
    assertOnceInOrder(stream.seqs(), "stream");
    const texts = stream.of("message").map((event) => event.data.text);
    assert.deepEqual(
      texts.filter((text) => text.startsWith("第 ")),
      Array.from({ length: 40 }, (_, i) => `第 ${i} 句`),
    );
    // A reader who comes late and says how far it has read is given the rest.
    const middle = stream.seqs().at(-10);
    const late = resident.stream(`${resident.path}/stream`, { after: middle });
    await late.message("第 39 句");
    assert.deepEqual(late.seqs(), stream.seqs().filter((seq) => seq > middle));
    await Promise.all([stream.close(), late.close()]);
    await consultant.leave();
  }));

async function lines(page) {
  return page.locator("li.message .message-text").evaluateAll((items) =>
    items.map((item) => item.textContent.trim()).filter((text) => /^\d+$/.test(text)),
  );
}

for (const language of ["zh", "en"]) {
  test(`in the browser, in ${language}: second tab, cut line, sleeping tab`, () =>
    withServer({}, async (server) => {
      const api = new Api(server.url);
      const line = await Line.to(server.port);
      const resident = await asks({ url: line.url }, { language, scripts: true });
      const consultant = await takenBy(api, resident.reference);
      await resident.isIn("talking");
      const second = await resident.open();
      await second.goto(resident.path);
      const tabs = [resident.page, second];
      let said = 0;
      const expected = [];
      const say = async (count) => {
        for (let i = 0; i < count; i++) {
          expected.push(String(++said));
          await consultant.say(resident.reference, String(said));
        }
      };
      const bothHaveAll = async (when) => {
        for (const tab of tabs) {
          await tab.getByText(String(said), { exact: true }).last().waitFor({ timeout: 40_000 });
          assert.deepEqual(await lines(tab), expected, when);
        }
      };
      await say(3);
      await bothHaveAll("with two tabs");

      resident.offline = true;
      line.cut();
      await say(3);
      await bothHaveAll("after a cut");
      line.cut({ dead: true });
      await say(3);
      await pause(1500);
      line.mend();
      await bothHaveAll("after a time without a line");

      const devtools = await resident.context.newCDPSession(second);
      await devtools.send("Page.setWebLifecycleState", { state: "frozen" });
      await say(5);
      await pause(500);
      await devtools.send("Page.setWebLifecycleState", { state: "active" });
      await bothHaveAll("after sleep");

      // One writes in one tab; the other shows it, once.
      await second.locator('form.composer textarea[name="text"]').fill("从第二个标签页");
      await second.locator("form.composer button:not([type=button])").first().click();
      for (const tab of tabs) {
        const shown = tab.locator("li.message .message-text", { hasText: "从第二个标签页" });
        await shown.first().waitFor({ timeout: 20_000 });
        await pause(300);
        assert.equal(await shown.count(), 1);
      }
      await consultant.leave();
      await leaves(resident);
      await line.close();
    }));
}
