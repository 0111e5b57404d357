// silent_consultant.mjs -- an offer nobody takes moves on, and the resident keeps the place.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api, takenBy } from "../lib/api.mjs";
import { closeBrowser, pairs, wayName } from "../lib/browser.mjs";
import { asks, leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);
const offerSecondsMax = 90; // to be accepted, with room for a busy machine

test("over the API: not accepted in time, it is offered to another", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    const resident = await api.ask();
    const { reference } = resident.asked;
    const silent = await takenBy(api, reference, { accept: false });
    const place = Number(silent.name.slice("consultant".length));
    const other = await takenBy(api, reference, {
      from: place + 1,
      to: place + 25,
      accept: false,
      seconds: offerSecondsMax,
    });
    assert.notEqual(other.name, silent.name);
    const late = await silent.api.call("POST", `/desk/offers/${reference}/accept`, {});
    assert.equal(late.status, 409, JSON.stringify(late.body));
    await other.accept(reference);
    assert.equal(await resident.state(resident.path), "talking");
    await silent.leave();
    await other.leave();
  }));

test("over the API: declined, it is offered to another at once", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    const resident = await api.ask();
    const { reference } = resident.asked;
    const busy = await takenBy(api, reference, { accept: false });
    await busy.api.post(`/desk/offers/${reference}/decline`, { reason: "不是我的专长" });
    const place = Number(busy.name.slice("consultant".length));
    const other = await takenBy(api, reference, { from: place + 1, to: place + 40 });
    assert.notEqual(other.name, busy.name);
    await busy.leave();
    await other.leave();
  }));

for (const way of pairs) {
  test(`in the browser the resident is led on, ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const api = new Api(server.url);
      const resident = await asks(server, way);
      const silent = await takenBy(api, resident.reference, { accept: false });
      const place = Number(silent.name.slice("consultant".length));
      await takenBy(api, resident.reference, {
        from: place + 1,
        to: place + 25,
        seconds: offerSecondsMax,
      });
      await resident.isIn("talking");
      await silent.leave();
      await leaves(resident);
    }));
}
