// roster.mjs -- a leader plans, people say yes, leave, swap and stand in, and a shift nobody covers
// is alarmed the day before. Over HTTP the server is killed after every step it acknowledged; in
// the browser it is played with scripts and without, in both languages.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api, eventually } from "../lib/api.mjs";
import { Person, closeBrowser, inTurn, leads, wayName } from "../lib/browser.mjs";
import { openIfFolded } from "../lib/desk.mjs";
import { standing } from "../lib/forms.mjs";
import { opensCalendar } from "../lib/programs.mjs";
import { withServer } from "../lib/server.mjs";
import { readSheet } from "../lib/sheet.mjs";

after(closeBrowser);

// A Tuesday; the official calendar knows the week, and nothing is special in it.
const tuesday = "2026-11-24";
const [wednesday, thursday, friday, saturday] = ["25", "26", "27", "28"].map((d) => `2026-11-${d}`);
const weekdays = ["mon", "tue", "wed", "thu", "fri"];
const at = (day, time) => `${day}T${time}:00+08:00`;

/** Four lawyers of one team who are in no plan of the demo city, and one of another team. */
async function cast(server) {
  const api = new Api(server.url, { language: "zh" });
  const people = {
    leader: await api.signIn("leader02"),
    ann: await api.signIn("consultant127"),
    ben: await api.signIn("consultant169"),
    cid: await api.signIn("consultant211"),
    dan: await api.signIn("consultant253"),
    stranger: await api.signIn("consultant023"),
    otherLeader: await api.signIn("leader03"),
    supervisor: await api.signIn("supervisor"),
  };
  const { groups } = await people.ann.get(`/roster?day=${wednesday}`);
  assert.equal(groups.length, 1, "a consultant sees the team they serve in");
  return { ...people, team: Number(groups[0].team) };
}

/** Killed after what was acknowledged, started a minute later, asked whether it is still there. */
async function survives(server, is) {
  await is();
  await server.kill();
  server.at = new Date(Date.parse(server.at) + 60_000).toISOString();
  await server.start();
  await is();
}

const numberOf = (client) => Number(client.person.id);

/** The shifts of a team on a day, as a reader sees them. */
async function rows(client, day, team) {
  const { groups } = await client.get(`/roster?day=${day}&team=${team}`);
  return groups.flatMap((group) => group.shifts);
}

async function mine(client, day) {
  const { shifts } = await client.get("/roster/mine");
  return shifts.filter((row) => row.starts_at.startsWith(day));
}

/** A plan of working days with one place, from Wednesday on. */
async function plans(leader, team, from_time, to_time, more = {}) {
  const body = {
    team,
    desk: "consultation",
    profession: "lawyer",
    from_time,
    to_time,
    weekdays,
    places: 1,
    from_day: wednesday,
    ...more,
  };
  return (await leader.post("/roster/plans", body, 201)).plan;
}

async function bytes(client, path) {
  const answer = await fetch(`${client.url}/api/v1${path}`, { headers: client.headers() });
  assert.equal(answer.status, 200, path);
  return { type: answer.headers.get("content-type"), body: Buffer.from(await answer.arrayBuffer()) };
}

async function refusedWith(client, path, body, code) {
  const answer = await client.call("POST", path, body);
  assert.ok([409, 422].includes(answer.status), `${path}: ${answer.status}`);
  const said = JSON.stringify(answer.body);
  assert.match(said, code, path);
  return said;
}

test("over HTTP, killed after each acknowledged step", () =>
  withServer({ at: at(tuesday, "10:00") }, async (server) => {
    const { leader, ann, ben, cid, dan, stranger, otherLeader, supervisor, team } = await cast(server);

    // A fixed shift each, of a weekly plan.
    const morning = await plans(leader, team, "08:00", "12:00");
    await survives(server, async () => {
      const { row } = await leader.get(`/roster/plans/${morning}`);
      assert.deepEqual([row.from_time, row.to_time, row.weekdays], ["08:00", "12:00", weekdays]);
    });
    const afternoon = await plans(leader, team, "13:00", "17:00");
    await leader.post(`/roster/plans/${morning}/members`, { person: numberOf(ann) }, 201);
    await leader.post(`/roster/plans/${afternoon}/members`, { person: numberOf(ben) }, 201);
    await survives(server, async () => {
      assert.equal((await mine(ann, thursday)).length, 1);
      assert.equal((await mine(ben, thursday)).length, 1);
      assert.equal((await mine(ann, saturday)).length, 0);
    });

    // What stands against a plan is said, with the shift it stands against, and nothing is done.
    const late = await plans(leader, team, "11:00", "14:00");
    const night = await plans(leader, team, "20:00", "23:00");
    const member = { person: numberOf(ann) };
    const overlap = await refusedWith(leader, `/roster/plans/${late}/members`, member, /overlap/);
    assert.match(overlap, /08:00–12:00/);
    await refusedWith(leader, `/roster/plans/${night}/members`, member, /shifts\.rest/);
    assert.equal((await leader.get(`/roster/plans/${late}`)).members.length, 0);
    for (const plan of [late, night])
      await leader.post(`/roster/plans/${plan}`, { weekdays: ["sun"], places: 1, to_day: wednesday });

    // They say yes, once for all of the plan.
    for (const client of [ann, ben]) {
      const [first] = await mine(client, wednesday);
      await client.post(`/roster/shifts/${first.shift}/confirm`, { all: true });
    }
    await survives(server, async () => {
      for (const day of [wednesday, thursday, friday])
        assert.equal((await mine(ann, day))[0].state, "confirmed");
    });

    // A swap: a program reads what can be swapped for what; nothing changes before both said yes.
    const [given] = await mine(ann, thursday);
    const [taken] = await mine(ben, friday);
    const page = await ann.get(`/roster/shifts/${given.shift}`);
    assert.ok(page.may_swap);
    assert.ok(page.colleagues.some(({ value }) => value === taken.shift), "the choices are told");
    const { swap } = await ann.post(`/roster/shifts/${given.shift}/swap`, { take: Number(taken.shift) }, 201);
    await survives(server, async () => {
      assert.equal((await mine(ann, thursday))[0].shift, given.shift);
      const [asked] = (await ben.get("/roster/mine")).swaps;
      assert.deepEqual([asked.swap, asked.state, asked.is_to_me], [swap, "asked", true]);
    });
    for (const nobody of [cid, stranger])
      await nobody.need(404, "POST", `/roster/swaps/${swap}/accept`, {});
    await ben.post(`/roster/swaps/${swap}/accept`);
    const swapped = async () => {
      assert.equal((await mine(ann, thursday)).length, 0);
      assert.deepEqual((await mine(ben, thursday)).map((row) => row.shift).sort(), [
        given.shift,
        (await mine(ben, thursday)).find((row) => row.shift !== given.shift).shift,
      ].sort());
      assert.ok((await mine(ann, friday)).some((row) => row.shift === taken.shift));
    };
    await survives(server, swapped);

    // A leave, granted; the leader names who stands in, who says yes.
    const off = { from_day: friday, to_day: friday, kind: "court" };
    const { leave } = await ann.post("/roster/leaves", off, 201);
    assert.equal((await mine(ann, friday)).length, 2, "asked is not granted");
    assert.equal((await leader.get(`/roster?day=${friday}`)).leaves_asked >= 1, true);
    await leader.post(`/roster/leaves/${leave}/grant`, { answer: "同意" });
    await survives(server, async () => {
      assert.equal((await mine(ann, friday)).length, 0);
      const told = (await ann.get("/roster/mine")).leaves.find((row) => row.leave === leave);
      assert.deepEqual([told.state, told.answer], ["granted", "同意"]);
    });
    assert.equal((await leader.get(`/roster/shifts/${taken.shift}`)).row.gap, "nobody");
    const { people } = await leader.get(`/roster/shifts/${taken.shift}`);
    assert.ok(people.some(({ value }) => value === cid.person.id));
    assert.ok(!people.some(({ value }) => value === ann.person.id), "nobody is asked who is on leave");
    await leader.post(`/roster/shifts/${taken.shift}/name`, { person: numberOf(cid) });
    await cid.post(`/roster/shifts/${taken.shift}/confirm`);
    await survives(server, async () => {
      assert.equal((await mine(cid, friday))[0].state, "confirmed");
    });

    // Illness counts at once: Wednesday morning has nobody. The alarm comes today at three.
    const [tomorrow] = await mine(ann, wednesday);
    await ann.post("/roster/leaves", { from_day: wednesday, to_day: wednesday, kind: "ill" }, 201);
    const alarmed = async (client) =>
      (await client.get(`/roster?day=${tuesday}`)).alarms.find(({ shift }) => shift === tomorrow.shift);
    await survives(server, async () => {
      assert.equal((await leader.get(`/roster/shifts/${tomorrow.shift}`)).row.state, "open");
      assert.equal(await alarmed(leader), undefined, "before three nobody is alarmed");
    });
    await server.later(at(tuesday, "15:01"));
    const alarm = await eventually("the alarm", () => alarmed(leader), 30);
    assert.equal(alarm.cause, "nobody");
    assert.ok(await alarmed(supervisor), "whoever watches the city sees it as well");
    await survives(server, async () => assert.ok(await alarmed(leader)));

    // Somebody of the team takes it, and the alarm is settled by itself.
    await dan.post(`/roster/shifts/${tomorrow.shift}/take`);
    await survives(server, async () => {
      assert.equal((await mine(dan, wednesday))[0].state, "confirmed");
      await eventually("the alarm is settled", async () => !(await alarmed(leader)), 30);
    });

    // One more on Saturday, which is no plan's.
    const single = { team, desk: "window", profession: "lawyer", day: saturday };
    const times = { from_time: "14:00", to_time: "16:00" };
    const { shift } = await leader.post("/roster/shifts", { ...single, ...times }, 201);
    await survives(server, async () => {
      const { shifts } = await leader.get("/roster/shifts");
      assert.deepEqual(shifts.map((row) => [row.shift, row.state]), [[shift, "open"]]);
    });

    // The calendar says what one has and what was taken away; it is found by its address alone.
    const { path } = await ann.post("/roster/feed", {}, 201);
    const nobody = new Api(server.url, { language: "zh" });
    const feed = async () => {
      const { type, body } = await bytes(nobody, path.replace(/^\/api\/v1/, ""));
      assert.match(type, /^text\/calendar/);
      const { name, events } = opensCalendar(body);
      assert.equal(name, "我的值班");
      return events;
    };
    await survives(server, async () => {
      const events = await feed();
      const on = (day, time) => events.find(({ begins }) => begins === Date.parse(at(day, time)));
      assert.equal(on(thursday, "08:00").status, "CANCELLED", "swapped away");
      assert.equal(on(friday, "13:00").status, "CANCELLED", "left");
      const kept = on("2026-11-30", "08:00");
      assert.equal(kept.status, "CONFIRMED");
      assert.equal(kept.ends, Date.parse(at("2026-11-30", "12:00")));
      assert.ok(kept.summary.startsWith("值班") && kept.location, "what and where, in her language");
    });

    // The sheet of the team: names in rows, days in columns.
    const sheet = `/roster/sheet.xlsx?day=${wednesday}&team=${team}`;
    const { type, body } = await bytes(leader, sheet);
    assert.match(type, /spreadsheetml/);
    const lines = readSheet(body).flat();
    const column = lines[0].findIndex((title) => String(title).startsWith(wednesday));
    const on = (client, days) => lines.find((line) => line[1] === client.person.name)?.[column + days];
    assert.deepEqual([on(ben, 0), on(dan, 0)], ["13:00–17:00", "08:00–12:00"]);
    assert.ok(!on(ann, 0), "ill on Wednesday");
    const nobodys = lines.find((line) => line[1] === "没有人")?.[column + 3];
    assert.equal(nobodys, "14:00–16:00 · 没有人", "a file says in words that Saturday has nobody");
    assert.match(on(ben, 1), /08:00–12:00.*13:00–17:00/s, "Thursday's own, and the one swapped for");

    // A second team sees none of it.
    const names = [ann, ben, cid, dan].map((client) => client.person.name);
    for (const client of [stranger, otherLeader]) {
      for (const address of [`/roster?day=${wednesday}`, `/roster/sheet?day=${wednesday}&team=${team}`]) {
        const seen = JSON.stringify(await client.get(address));
        for (const name of names) assert.ok(!seen.includes(name), `${name} on ${address}`);
      }
      const theirs = readSheet((await bytes(client, sheet)).body).flat(2).join("|");
      for (const name of names) assert.ok(!theirs.includes(name), `${name} on the sheet`);
      await client.need(404, "GET", `/roster/shifts/${given.shift}`);
      await client.need([403, 404], "GET", `/roster/plans/${morning}`);
      await client.need([403, 404], "POST", `/roster/leaves/${leave}/refuse`, {});
    }
    assert.deepEqual((await otherLeader.get("/roster/shifts")).shifts, []);
  }));

/** The form of a page that leads to this address, opened if it is folded away. */
async function formTo(person, ending) {
  const form = person.page.locator(`form[action$="${ending}"]`).first();
  await openIfFolded(person.page, form);
  return form;
}

async function press(person, form) {
  const button = form.locator("button:not([type=button])").last();
  await leads(person.page, () => button.click());
}

async function arrives(server, way, name) {
  const person = await Person.arrive(server.url, { ...way, size: "desktop" });
  await person.signIn(name);
  return person;
}

/** The chosen of a group of boxes, by their values. */
const ticked = (form, name) =>
  form.locator(`input[name="${name}"]:checked`).evaluateAll((all) => all.map(({ value }) => value));

async function makesAPlan(leader, from, to, login) {
  await leader.go("/roster/plans");
  const form = await formTo(leader, "/roster/plans");
  await form.locator('[name="from_time"]').fill(from);
  await form.locator('[name="to_time"]').fill(to);
  await form.locator('[name="places"]').fill("1");
  await form.locator('[name="from_day"]').fill(wednesday);
  await press(leader, form);
  assert.match(leader.page.url(), /\/roster\/plans\/\d+$/, await leader.page.innerText("main"));
  if (login) await addsAMember(leader, login);
  return leader.page.url();
}

async function addsAMember(leader, login, days = []) {
  const form = await formTo(leader, "/members");
  const option = form.locator('select[name="person"] option', { hasText: `(${login})` });
  const value = await option.getAttribute("value");
  await form.locator('select[name="person"]').selectOption(value);
  for (const day of days) await form.locator(`input[name="days"][value="${day}"]`).check({ force: true });
  await press(leader, form);
  return value;
}

/** What was chosen stands as it was left, beside the reason it was refused. */
async function isRefused(leader, login, days, reason) {
  const value = await addsAMember(leader, login, days);
  await leader.sees(reason);
  const form = await formTo(leader, "/members");
  assert.equal((await standing(form)).person, value, "whoever was chosen still is");
  assert.deepEqual(await ticked(form, "days"), days, "and the days");
}

for (const way of inTurn)
  test(`in the browser, ${wayName(way)}`, () =>
    withServer({ at: at(tuesday, "10:00") }, async (server) => {
      const zh = way.language === "zh";
      const leader = await arrives(server, way, "leader02");
      await makesAPlan(leader, "08:00", "12:00", "consultant127");
      await makesAPlan(leader, "13:00", "17:00", "consultant169");
      await makesAPlan(leader, "11:00", "14:00");
      await isRefused(leader, "consultant127", ["mon", "wed"], /08:00–12:00/);
      await makesAPlan(leader, "20:00", "23:00");
      await isRefused(leader, "consultant127", ["thu"], /08:00–12:00/);

      // A volunteer asks a colleague to swap; the colleague says yes.
      const ann = await arrives(server, way, "consultant127");
      const ben = await arrives(server, way, "consultant169");
      await ann.go("/roster/mine");
      const rowOf = (person, day) => person.page.getByRole("row").filter({ hasText: day }).first();
      const days = zh
        ? { thursday: "11月26日", friday: "11月27日" }
        : { thursday: "26 November", friday: "27 November" };
      await rowOf(ann, days.thursday).getByRole("link").click();
      await ann.page.waitForLoadState("load");
      const swap = await formTo(ann, "/swap");
      const theirs = swap.locator('select[name="take"] option', { hasText: days.friday });
      await swap.locator('select[name="take"]').selectOption(await theirs.first().getAttribute("value"));
      await press(ann, swap);
      await ben.go("/roster/mine");
      await press(ben, await formTo(ben, "/accept"));
      await ann.go("/roster/mine");
      assert.equal(await rowOf(ann, days.thursday).getByText("08:00–12:00").count(), 0);

      // Leave for the Friday, granted by the leader; somebody else stands in.
      const leave = await formTo(ann, "/roster/leaves");
      await leave.locator('[name="from_day"]').fill(friday);
      await leave.locator('[name="to_day"]').fill(thursday); // the wrong way round
      await leave.locator('[name="kind"][value="court"]').check({ force: true });
      await press(ann, leave);
      const again = await formTo(ann, "/roster/leaves");
      assert.equal((await standing(again)).from_day, friday, "nothing typed is lost");
      assert.equal((await standing(again)).kind, "court");
      await again.locator('[name="to_day"]').fill(friday);
      await press(ann, again);
      await leader.go("/roster/leaves");
      const decision = leader.page.locator('form[action$="/grant"]');
      await openIfFolded(leader.page, decision.last());
      await press(leader, decision.last());

      // One more on Saturday, given on its own and then to somebody.
      await leader.go("/roster/shifts");
      const single = await formTo(leader, "/roster/shifts");
      await single.locator('[name="day"]').fill(saturday);
      await single.locator('[name="from_time"]').fill("14:00");
      await single.locator('[name="to_time"]').fill("14:10");
      await press(leader, single);
      const still = await formTo(leader, "/roster/shifts");
      assert.equal((await standing(still)).day, saturday, "nothing typed is lost");
      await still.locator('[name="to_time"]').fill("16:00");
      await press(leader, still);
      const naming = await formTo(leader, "/name");
      const cid = naming.locator('select[name="person"] option', { hasText: "(consultant211)" });
      await naming.locator('select[name="person"]').selectOption(await cid.getAttribute("value"));
      await press(leader, naming);
      const stands = await arrives(server, way, "consultant211");
      await stands.go(new URL(leader.page.url()).pathname);
      await press(stands, await formTo(stands, "/confirm"));
      await stands.go("/roster/mine");
      await stands.sees("14:00–16:00");

      // Somebody of another team finds none of it.
      const stranger = await arrives(server, way, "consultant023");
      assert.equal(await stranger.go(new URL(leader.page.url()).pathname), 404);
      for (const person of [leader, ann, ben, stands, stranger]) await person.leave();
    }));
