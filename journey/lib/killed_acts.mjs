// killed_acts.mjs -- each act about a case is done by whoever may, over any kill of the server, and is
// noted by its route; and which routes a kill need not be played for, and why.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { readRights } from "./routes.mjs";

/** What anybody does to a case: every POST of the table of rights that lies there. */
const ofCases = /^\/(cases|office|mediation|items\/\{item\}\/apply|verify|(desk\/)?consultations\/\{reference\}\/aid)(\/|$)/;

/** Played with a kill elsewhere, or nothing a kill could take: route -> where, or why. */
const elsewhere = {
  "/verify": "asks, and changes nothing",
  "/office/cases/{reference}/mediation/begin": "only three working days later: the step `begin` of the same table, as the others",
};

/** Throws when it is asked a minute after it was made: a server that stays away fails the story, and
 *  does not keep it asking for ever. */
export function patience() {
  const until = Date.now() + 60_000;
  return () => assert.ok(Date.now() < until, "nobody answers any more");
}

export class KilledActs {
  constructor() {
    this.done = new Set();
    this.count = 0; // acknowledged so far
  }

  /** One act until it is acknowledged, always with one key; gives what was answered. */
  async act(api, route, places, body = {}) {
    const path = route.replace(/\{(\w+)\}/g, (_, name) => places[name] ?? assert.fail(`${route} needs ${name}`));
    const key = { "Idempotency-Key": randomUUID() };
    for (const wait = patience(); ; wait()) {
      const sent = typeof body === "function" ? body() : body;
      const answer = await api.call("POST", path, sent, key).catch(() => null);
      if (answer && answer.status < 300) {
        this.done.add(route);
        this.count++;
        return answer.body;
      }
      assert.ok(!answer || answer.status >= 500 || answer.status === 429, `${path}: ${answer?.status} ${JSON.stringify(answer?.body)}`);
      await pause(answer?.status === 429 ? 2000 : 50);
    }
  }

  /** Every route of the table was played, or stands in `elsewhere`, and none in both. */
  assertWhole() {
    const routes = readRights().filter(({ kind, path }) => kind === "POST" && ofCases.test(path)).map(({ path }) => path);
    const missing = routes.filter((path) => !this.done.has(path) && !(path in elsewhere));
    assert.deepEqual(missing, [], "acts about cases no kill was played for: add them, or say in killed_acts.mjs why not");
    const stale = Object.keys(elsewhere).filter((path) => !routes.includes(path) || this.done.has(path));
    assert.deepEqual(stale, [], "exceptions that are none");
  }
}
