// handed_over.mjs -- a question is given to a district as such: it waits in that district's list,
// over a kill of the server too, is taken up by its leader and given to one of its people; the
// resident reads where it is, and the promised day never moves.  Nobody taking it up, it comes back.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api } from "../lib/api.mjs";
import { Person, closeBrowser, inTurn, wayName } from "../lib/browser.mjs";
import { openIfFolded } from "../lib/desk.mjs";
import { leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

const district = "310104"; // Xuhui
const reason = "属地问题，请徐汇区安排。";

after(closeBrowser);

/** Who leads the district's own team, and somebody who leads another district's. */
async function leaders(api) {
  const admin = await api.signIn("admin");
  const { teams } = await admin.get("/admin/teams");
  const found = { own: null, other: null };
  for (let i = 1; i <= teams.length && !(found.own && found.other); i++) {
    const name = `leader${String(i).padStart(2, "0")}`;
    const leader = await api.signIn(name);
    const team = teams.find(({ leader: led }) => led && led === leader.person.name);
    if (team?.kind !== "district") continue;
    found[team.division === district ? "own" : "other"] ??= leader;
  }
  return found;
}

async function written(api) {
  const resident = await api.ask({ mode: "message", district: "310101" });
  const { due_at: due } = await resident.get(resident.path);
  return { resident, due, reference: resident.asked.reference };
}

test("over the API: taken up after a kill, by its own leader and nobody else", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    const { own, other } = await leaders(api);
    const { resident, due, reference } = await written(api);
    const supervisor = await api.signIn("supervisor");
    await supervisor.post(`/board/consultations/${reference}/hand`, { to: district, why: reason });
    const here = await resident.get(resident.path);
    assert.match(here.handed_to, /Xuhui/);
    assert.equal(here.due_at, due);
    assert.ok(!JSON.stringify(await resident.messages(resident.path)).includes(reason));

    await server.kill();
    await server.start();
    const { here: waiting } = await own.get("/handed");
    assert.equal(waiting.find((row) => row.reference === reference)?.state, "waiting");
    const { here: others } = await other.get("/handed");
    assert.ok(!others.some((row) => row.reference === reference));
    await other.need(404, "GET", `/handed/${reference}`);
    await other.need(404, "POST", `/handed/${reference}/accept`, {});
    await other.need(404, "GET", `/board/consultations/${reference}`);

    await own.post(`/handed/${reference}/accept`);
    await server.kill();
    await server.start();
    assert.equal((await own.get(`/handed/${reference}`)).handed.state, "accepted");
    await own.post(`/handed/${reference}/place`, {});
    assert.equal((await resident.get(resident.path)).due_at, due);
    const one = await supervisor.get(`/board/consultations/${reference}`);
    assert.ok(one.consultant, "somebody has it");
    assert.equal((await own.get("/handed")).here.length, 0);
  }));

test("over the API: nobody takes it up, and it comes back with a warning", () =>
  withServer({ official: true, at: "2026-11-18T10:00:00+08:00" }, async (server) => {
    const api = new Api(server.url);
    const { resident, due, reference } = await written(api);
    const supervisor = await api.signIn("supervisor");
    await supervisor.post(`/board/consultations/${reference}/hand`, { to: district, why: reason });
    const [sent] = (await supervisor.get("/handed")).away;
    assert.ok(Date.parse(sent.accept_by) < Date.parse(due));

    await server.later("2026-11-19T14:00:00+08:00"); // more than a quarter of three days
    const again = await new Api(server.url).signIn("supervisor");
    let back;
    for (let i = 0; i < 100 && back?.state !== "lapsed"; i++) {
      back = (await again.get("/handed")).away.find((row) => row.reference === reference);
      if (back?.state !== "lapsed") await new Promise((done) => setTimeout(done, 200));
    }
    assert.equal(back?.state, "lapsed");
    const { open: alarms } = await again.get("/alarms");
    assert.ok(alarms.some(({ kind, reference: about }) => kind === "handed_back" && about === reference));
    const state = await resident.get(resident.path);
    assert.equal(state.due_at, due);
    assert.ok(!state.handed_to);
    await again.post(`/board/consultations/${reference}/reassign`, { reason: "退回后另行安排" });
    assert.ok(!(await again.get("/handed")).away.some((row) => row.reference === reference));
  }));

for (const way of inTurn) {
  test(`in the browser ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const api = new Api(server.url);
      const { own } = await leaders(api);
      const { reference } = await written(api);
      const supervisor = await Person.arrive(server.url, { ...way, size: "desktop" });
      await supervisor.signIn("supervisor");
      await supervisor.go(`/board/consultations/${reference}`);
      const form = supervisor.page.locator('form[action$="/hand"]').first();
      await openIfFolded(supervisor.page, form);
      await form.locator('[name="to"]').selectOption(district);
      await form.locator('[name="why"]').fill(reason);
      await supervisor.submit('form[action$="/hand"] button');
      await supervisor.go(`/handed/${reference}`);
      await supervisor.sees(reason);

      const leader = await Person.arrive(server.url, way);
      await leader.signIn(own.name);
      await leader.go("/handed");
      await leader.sees(reference);
      await server.kill();
      await server.start();
      await leader.go(`/handed/${reference}`);
      await leader.submit('form[action$="/accept"] button');
      await leader.submit('form[action$="/place"] button');
      assert.ok((await supervisor.go(`/handed/${reference}`)) === 200);
      assert.equal((await own.get(`/handed/${reference}`)).handed.state, "placed");
      await leaves(supervisor, leader);
    }));
}
