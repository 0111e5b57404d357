// overflow.mjs -- more ask than a small desk can serve: backups are called, one comes by the link,
// some leave a message, the load falls and the ladder is down again; one who left a message is
// taken live after all.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api, Consultant, consultantName, eventually, takenBy } from "../lib/api.mjs";
import { Person, closeBrowser, leads, wayName, ways } from "../lib/browser.mjs";
import { atAnyHour, setLadder } from "../lib/ladder.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

const district = "310104";
const site = "https://12348.example"; // what residents and backups know the site as
const settings = { options: ["--public-url", site] };

/** The same policy, quick: seconds instead of minutes. */
async function quicken(admin) {
  await setLadder(admin, {
    ...atAnyHour,
    rise_seconds: 1,
    calm_seconds: 1,
    call_count: 1,
    call_seconds: 3600,
    backup__waiting_min: 2,
    choice__waiting_min: 2,
    message__waiting_min: 100,
  });
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
  await leads(person.page, () => button.click());
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

// ---- two hundred in one morning ----

const morning = "2026-10-27T09:30:00+08:00"; // a Tuesday; the desk closes at half past five
const evening = "2026-10-27T18:30:00+08:00";
const many = 200;

/** Everybody at once, each from an address of their own; twenty at a time on the wire. */
async function allOf(list, deed, width = 20) {
  const made = [];
  for (let i = 0; i < list.length; i += width)
    made.push(...(await Promise.all(list.slice(i, i + width).map(deed))));
  return made;
}

function residentAsks(server, i) {
  return new Api(server.url).ask({ district, text: `早上的第 ${i + 1} 个问题。`, mode: "live" });
}

async function endsTalks(consultant) {
  const { talks, offers } = await consultant.desk();
  for (const { reference } of talks) {
    await consultant.say(reference, "可以申请劳动仲裁。");
    await consultant.api.post(`/desk/consultations/${reference}/close`, {
      outcome: "advised",
      summary: "已答复。",
    });
  }
  return { offers, ended: talks.length };
}

/** Talks to whoever is offered, one after the other, until so many have been answered. */
async function answersSome(consultant, wanted) {
  let answered = 0;
  await eventually(
    `${consultant.name} has answered ${wanted}`,
    async () => {
      const { offers, ended } = await endsTalks(consultant);
      answered += ended;
      for (const { reference } of offers)
        await consultant.api.call("POST", `/desk/offers/${reference}/accept`); // it may have moved on
      return answered >= wanted;
    },
    40,
  );
  return answered;
}

/** The references behind a number of the board, page after page. */
async function behind(supervisor, list) {
  const references = [];
  let after = "";
  do {
    const page = await supervisor.get(
      `/board/cases?list=${list}&district=${district}&limit=100${after && `&after=${after}`}`,
    );
    references.push(...page.consultations.map(({ reference }) => reference));
    after = page.next;
  } while (after);
  return new Set(references);
}

/** Each number of the board is the number of cases behind it; gives both. */
async function boardOf(supervisor) {
  const { total } = await supervisor.get(`/board?district=${district}`);
  const lists = {};
  for (const [list, number] of Object.entries({
    waiting: total.waiting,
    talking: total.talking,
    message: total.written,
    overdue: total.overdue,
    answered: total.answered_today,
    closed: total.closed_today,
    left: total.left_today,
  })) {
    lists[list] = await behind(supervisor, list);
    assert.equal(lists[list].size, number, list);
  }
  return lists;
}

/** A small desk: one lawyer with five places, and nobody else of the district on line. */
async function smallDesk(server) {
  const api = new Api(server.url);
  await quicken(await api.signIn("admin"));
  const supervisor = await api.signIn("supervisor");
  const first = await residentAsks(server, 0);
  const consultant = await takenBy(api, first.asked.reference, { accept: false });
  await consultant.takes(5);
  await consultant.accept(first.asked.reference);
  return { api, supervisor, first, consultant };
}

/** Backups are called; two of them come by the link and go on line. */
async function backupsCome(server, api, supervisor) {
  const desk = await reaches(supervisor, 2);
  const { backup, path } = await calledFirst(server, api, supervisor, desk);
  assert.equal((await api.call("POST", path, { answer: "coming" })).status < 300, true);
  // Somebody more is called from the board itself.
  await supervisor.post(`/board/ladder/${desk.desk}/call-next`);
  const { calls } = await supervisor.get(`/board/ladder/${desk.desk}`);
  assert.ok(calls.length >= 2, `${calls.length} calls`);
  return Consultant.signIn(api, backup.name, { capacity: 5 });
}

test("two hundred in one morning: in the evening each is answered or has a day, and the board says so", () =>
  withServer({ ...settings, at: morning, official: true }, async (server) => {
    const { api, supervisor, first, consultant } = await smallDesk(server);
    const before = await boardOf(supervisor);
    const rest = Array.from({ length: many - 1 }, (_, i) => i + 1);
    const residents = [first, ...(await allOf(rest, (i) => residentAsks(server, i)))];
    assert.equal(new Set(residents.map(({ asked }) => asked.reference)).size, many);

    const backup = await backupsCome(server, api, supervisor);
    await reaches(supervisor, 3);
    const answered =
      (await answersSome(consultant, 30)) + (await answersSome(backup, 25));

    // Some leave a message by themselves, one gives up for good, the others go on waiting.
    const states = await allOf(residents, (one) => one.state(one.path));
    const waiting = residents.filter((_, i) => states[i] === "waiting");
    assert.ok(waiting.length > 60, `${waiting.length} wait`);
    assert.ok((await waiting[0].get(waiting[0].path)).is_crowded, "wait or leave a message");
    await allOf(waiting.slice(-40), (one) => one.post(`${one.path}/leave-message`));
    const gone = await residentAsks(server, many);
    await gone.post(`${gone.path}/close`);
    for (const one of [consultant, backup]) {
      await one.leave(); // no new ones; whom they talk to they talk to the end
      await endsTalks(one);
    }

    await server.later(evening);
    const watcher = await api.signIn("supervisor");
    await eventually("nobody is left waiting", async () => {
      const { total } = await watcher.get(`/board?district=${district}`);
      return total.waiting === 0;
    }, 60); // a hundred are told, on a machine that may be busy
    const board = await boardOf(watcher);
    const shown = await allOf(residents, (one) => one.get(one.path));
    let dated = 0;
    for (const [i, { state, due_at: due }] of shown.entries()) {
      const { reference } = residents[i].asked;
      if (state === "closed") assert.ok(board.closed.has(reference), `${reference} is closed`);
      else if (due) assert.ok(board.message.has(reference) && ++dated, `${reference} is dated`);
      else assert.fail(`${reference} is ${state}, without an answer and without a day`);
    }
    assert.ok(answered >= 55 && dated > 40, `${answered} answered, ${dated} dated`);
    assert.equal(board.talking.size, 0);
    assert.equal(board.message.size - before.message.size, dated);
    assert.equal(board.closed.size - before.closed.size, many - dated + 1);
    assert.deepEqual(
      [...board.left].filter((reference) => !before.left.has(reference)),
      [gone.asked.reference],
    );
  }));
