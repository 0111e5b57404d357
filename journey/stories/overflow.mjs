// overflow.mjs -- more ask than a small desk can serve: backups are called, one comes by the link,
// some leave a message, the load falls and the ladder is down again; one who left a message is
// taken live after all.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api, Consultant, consultantName, eventually, takenBy } from "../lib/api.mjs";
import { Person, closeBrowser, ways, wayName } from "../lib/browser.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

const district = "310104";
const site = "https://12348.example"; // what residents and backups know the site as
const settings = { options: ["--public-url", site] };

/** The same policy, quick: seconds instead of minutes. */
async function quicken(admin) {
  const { numbers } = await admin.get("/admin/ladder");
  const policy = { note: "试一试" };
  const quick = {
    rise_seconds: 1,
    calm_seconds: 1,
    call_count: 1,
    call_seconds: 3600,
    from_minute: 0,
    to_minute: 1440,
    backup__waiting_min: 2,
    choice__waiting_min: 2,
    message__waiting_min: 100,
  };
  for (const { field, entry } of numbers) {
    const [group, name] = field.includes("__") ? field.split("__") : [null, field];
    const number = quick[field] ?? Number(entry);
    if (group) (policy[group] ??= {})[name] = number;
    else policy[name] = number;
  }
  await admin.post("/admin/ladder", policy);
  assert.equal((await admin.get("/admin/ladder")).version, 1);
}

async function deskOf(supervisor) {
  const { desks } = await supervisor.get("/board/ladder");
  return desks.find((desk) => desk.division === district && desk.profession === "lawyer");
}

function reaches(supervisor, rung, up = true) {
  return eventually(`the ladder is at ${rung}`, async () => {
    const desk = await deskOf(supervisor);
    return desk && (up ? desk.rung >= rung : desk.rung <= rung) && desk;
  });
}

/** Whoever was called first: the demo city's numbers end in the number of the consultant. */
async function calledFirst(server, api, supervisor, desk) {
  const letter = await eventually("a letter to a backup", () =>
    server.text.match(/notice to 199\*\*\*\*(\d{4}): .*?12348\.example(\/come\/[\w-]+)/),
  );
  const backup = await api.signIn(consultantName(Number(letter[1])));
  const { calls } = await supervisor.get(`/board/ladder/${desk.desk}`);
  assert.deepEqual(calls.map((call) => call.name), [backup.person.name]);
  await backup.post("/desk/standby", { phone: "19912345678" });
  assert.match((await backup.get("/desk/standby")).phone_masked, /^199\*+5678$/);
  return { backup, path: letter[2] };
}

/** As a phone does it: the messenger fetches the page ahead, then a finger presses the button. */
async function comesByTheLink(server, way, supervisor, path) {
  for (let i = 0; i < 2; i++) assert.equal((await fetch(server.url + path)).status, 200);
  assert.equal((await deskOf(supervisor)).coming, 0, "looking answers nothing");
  const person = await Person.arrive(server.url, { ...way, name: "the backup" });
  await person.go(path);
  const button = person.page.locator('button[name="answer"][value="coming"]');
  await Promise.all([person.page.waitForEvent("load"), button.click()]);
  assert.equal(await button.count(), 0, "answered once");
  assert.ok(await person.page.locator('a[href="/desk"]').count(), "the way to the desk");
  await person.leave();
  await eventually("somebody is coming", async () => (await deskOf(supervisor)).coming === 1);
}

/** A small desk, busy, and a burst of people who ask. */
async function burst(server) {
  const api = new Api(server.url);
  const admin = await api.signIn("admin");
  const supervisor = await api.signIn("supervisor");
  await quicken(admin);
  const first = await api.ask({ district });
  const consultant = await takenBy(api, first.asked.reference, { accept: false });
  await consultant.takes(1);
  await consultant.accept(first.asked.reference);
  const waiting = [];
  for (let i = 0; i < 5; i++) waiting.push(await api.ask({ district, text: `第 ${i} 个问题。` }));
  return { api, admin, supervisor, consultant, first, waiting };
}

async function answersAll(backup, references) {
  await eventually("all are answered", async () => {
    const { offers, talks } = await backup.desk();
    for (const { reference } of offers) await backup.accept(reference);
    for (const { reference } of talks)
      await backup.api.post(`/desk/consultations/${reference}/close`, {
        outcome: "advised",
        summary: "已答复。",
      });
    return references.length === 0 || (await closedAll(references));
  }, 40);
}

async function closedAll(residents) {
  for (const resident of residents)
    if ((await resident.state(resident.path)) !== "closed") return false;
  return true;
}

for (const way of ways.slice(0, 2)) {
  test(`a burst on a small desk, ${wayName(way)}`, () =>
    withServer(settings, async (server) => {
      const { api, supervisor, first, consultant, waiting } = await burst(server);
      const desk = await reaches(supervisor, 1);
      await reaches(supervisor, 2);
      assert.equal((await supervisor.get("/board")).ladder_raised, 1);
      const { backup: signedIn, path } = await calledFirst(server, api, supervisor, desk);
      await comesByTheLink(server, way, supervisor, path);

      await reaches(supervisor, 3);
      const shown = await waiting[3].get(waiting[3].path);
      assert.ok(shown.is_crowded, "wait or leave a message is offered");
      assert.ok(shown.wait_seconds === null || shown.wait_seconds.low <= shown.wait_seconds.high);
      for (const left of waiting.slice(3)) await left.post(`${left.path}/leave-message`);

      const backup = await Consultant.signIn(api, signedIn.name);
      await answersAll(backup, waiting.slice(0, 3));
      await reaches(supervisor, 0, false);
      const { steps, calls } = await supervisor.get(`/board/ladder/${desk.desk}`);
      assert.deepEqual(
        steps.map((step) => step.level).reverse(),
        ["neighbour", "backup", "choice", "backup", "neighbour", "duty"],
      );
      assert.ok(steps.every((step) => step.why), "each step has a reason");
      assert.ok(calls.some((call) => call.came_at), "who came is written down");

      // Evening: whoever is not answered has a day; who wishes is taken live, and keeps it.
      for (const left of waiting.slice(3)) assert.ok((await left.get(left.path)).due_at);
      const again = waiting[4];
      const { due_at: promised } = await again.get(again.path);
      await again.post(`${again.path}/talk-live`);
      await backup.offered(again.asked.reference);
      await backup.accept(again.asked.reference);
      const talking = await again.get(again.path);
      assert.deepEqual([talking.state, talking.due_at], ["talking", promised]);

      await backup.leave();
      await eventually("the time is credited", async () => {
        const page = await supervisor.get(`/board/ladder/${desk.desk}`);
        return page.calls.some((call) => call.credit_minutes >= 30);
      });
      assert.equal(await first.state(first.path), "talking");
      await consultant.leave();
    }));
}

test("a supervisor of another district sees nothing of it, a number typed at random opens nothing", () =>
  withServer(settings, async (server) => {
    const { admin, supervisor, api } = await burst(server);
    const desk = await reaches(supervisor, 1);
    const login = { login: "elsewhere", password: "Quite-far-9-districts" };
    await admin.post("/admin/people", {
      ...login,
      name: "远区督办",
      role: "supervisor",
      division: "310115",
    });
    const distant = await api.signIn(login.login, login.password);
    await distant.need(404, "GET", `/board/ladder/${desk.desk}`);
    assert.ok(!(await distant.get("/board/ladder")).desks.some((one) => one.desk === desk.desk));
    const push = { direction: "up", reason: "不允许" };
    await distant.need(404, "POST", `/board/ladder/${desk.desk}/push`, push);
    await api.need(404, "GET", "/come/AAAAAAAAAAAAAAAA");
    await supervisor.post(`/board/ladder/${desk.desk}/push`, { direction: "up", reason: "大型活动" });
    const { steps } = await supervisor.get(`/board/ladder/${desk.desk}`);
    assert.ok(steps.some((step) => step.note === "大型活动" && step.by));
  }));
