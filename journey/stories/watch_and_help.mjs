// watch_and_help.mjs -- a supervisor looks in on a talk, whispers to the consultant, speaks to all
// who serve, looks after a warning, takes the talk over, calls a backup in and gives the talk to
// somebody else; the server dies in the middle.  The resident goes on, and sees nothing of what is
// said inside; a supervisor of another district can do none of it.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { after, test } from "node:test";
import { Api, Consultant, consultantName, eventually, takenBy } from "../lib/api.mjs";
import { Person, closeBrowser, leads, pairs, wayName } from "../lib/browser.mjs";
import { accepts, atDesk, openIfFolded, opens, replies } from "../lib/desk.mjs";
import { atAnyHour, setLadder } from "../lib/ladder.mjs";
import { asks, leaves, says } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

const whispered = "先问问有没有书面合同。";
const announced = "今晚八点后请优先接听劳动争议。";
const doing = "已打电话给组长,十分钟内有人上线。";
const reason = "需要懂工伤的同事";

/** A consultant who watches the city as well: only such a one can take a talk over. */
async function watchingColleague(api, admin, holder) {
  const name = consultantName(Number(holder.name.slice("consultant".length)) + 1);
  const { people } = await admin.get(`/admin/people?q=${name}`);
  const { person } = people.find(({ login }) => login === name);
  await admin.post(`/admin/people/${person}/roles`, { roles: "consultant supervisor", scope: "31" });
  return name;
}

/** A supervisor of a district in which nothing of this happens. */
async function distantSupervisor(api, admin, district) {
  const login = "distant";
  const password = "Quite-far-9-districts";
  await admin.post("/admin/people", { login, password, name: "远区督办", role: "supervisor", division: district });
  return api.signIn(login, password);
}

/** Nothing of it is there for whoever watches another district, and nothing is changed by trying. */
async function seesNothing(distant, reference, { announcement, alarm, desk, person }) {
  const at = `/board/consultations/${reference}`;
  const tries = [
    ["GET", at],
    ["GET", `/board/cases/${reference}/assignments`],
    ["GET", `/desk/consultations/${reference}`],
    ["GET", `/desk/consultations/${reference}/messages`],
    ["POST", `${at}/look-in`, {}],
    ["POST", `${at}/whisper`, { text: "我也说一句" }],
    ["POST", `${at}/take-over`, {}],
    ["POST", `${at}/reassign`, { reason: "我来安排" }],
    ["GET", `/announcements/${announcement}/readers`],
    ["POST", `/announcements/${announcement}/end`, {}],
    ["POST", `/alarms/${alarm}/seen`, { note: "我来" }],
    ["POST", `/board/alarms/${alarm}/seen`, {}],
    ["GET", `/board/ladder/${desk}`],
    ["POST", `/board/ladder/${desk}/call`, { person }],
    ["POST", `/board/ladder/${desk}/call-next`, {}],
    ["POST", `/board/ladder/${desk}/push`, { direction: "up", reason: "太忙了" }],
  ];
  for (const [method, path, body] of tries) {
    const { status } = await distant.call(method, path, body);
    assert.ok([403, 404].includes(status), `${method} ${path} for a distant supervisor: ${status}`);
  }
  const lists = [
    await distant.get("/board/cases?list=talking"),
    await distant.get("/announcements"),
    await distant.get("/alarms"),
  ];
  for (const inside of [reference, announced, String(alarm)])
    assert.ok(!JSON.stringify(lists).includes(inside), `a distant supervisor sees ${inside}`);
}

/** Nothing that was said inside is on the resident's page, in the API, or on the open stream. */
async function stayedInside(resident, stream) {
  const html = await resident.page.content();
  const { token } = resident;
  const all = JSON.stringify(await token.messages(resident.path));
  const told = JSON.stringify(stream.events);
  for (const inside of [whispered, reason, announced, doing])
    for (const where of [html, all, told]) assert.ok(!where.includes(inside), `the resident sees ${inside}`);
}

async function presses(person, form) {
  await openIfFolded(person.page, form);
  await leads(person.page, () =>
    form.locator("button:not([type=button])").last().click(),
  );
}

async function looksIn(watcher, reference, question) {
  assert.equal(await watcher.go(`/board/consultations/${reference}`), 200);
  assert.equal(await watcher.page.getByText(question).count(), 0, "closed until one says so");
  await presses(watcher, watcher.page.locator('form[action$="/look-in"]'));
  await watcher.sees(question);
  assert.equal(await watcher.page.locator("form.composer").count(), 0, "one reads, and does not write");
}

async function whispers(watcher, reference) {
  await watcher.go(`/board/consultations/${reference}`);
  const form = watcher.page.locator('form[action$="/whisper"]');
  // An empty word is refused beside its field; then it is said.
  await presses(watcher, form);
  await watcher.page.locator(".wrong-summary").waitFor();
  await form.locator("textarea").fill(whispered);
  await presses(watcher, form);
  assert.equal(await watcher.page.locator(".wrong-summary").count(), 0);
}

async function announces(watcher) {
  await watcher.go("/announcements");
  const form = watcher.page.locator('form[action="/announcements"]');
  await form.locator('[name="hours"]').fill("99");
  await form.locator('[name="text"]').fill(announced);
  await presses(watcher, form);
  await watcher.page.locator(".wrong-summary").waitFor();
  assert.equal(await form.locator('[name="text"]').inputValue(), announced, "what was typed stays");
  await form.locator('[name="hours"]').fill("2");
  await presses(watcher, form);
  await watcher.sees(announced);
  assert.equal(await watcher.page.locator('a[href$="/readers"]').count(), 0, "nobody has read it yet");
}

async function readsAnnouncement(consultant) {
  await consultant.go("/desk");
  await consultant.sees(announced);
  const form = consultant.page
    .locator('form[action^="/desk/announcements/"]')
    .filter({ has: consultant.page.locator("xpath=ancestor::div[contains(., '" + announced + "')]") })
    .first();
  await presses(consultant, form);
  assert.equal(await consultant.page.getByText(announced).count(), 0, "read is read");
}

async function seesReader(watcher, name) {
  await watcher.go("/announcements");
  await leads(watcher.page, () => watcher.page.locator('a[href$="/readers"]').first().click());
  await watcher.sees(name);
}

/** One looks after a warning, a second has the same page open and presses too. */
async function looksAfter(watcher, second, alarm, name) {
  await second.go("/alarms");
  await watcher.go("/alarms");
  const form = watcher.page.locator(`form[action="/alarms/${alarm}/seen"]`);
  await form.locator('[name="note"]').fill(doing);
  await presses(watcher, form);
  const late = second.page.locator(`form[action="/alarms/${alarm}/seen"]`);
  await late.locator('[name="note"]').fill("我也去看看");
  await presses(second, late);
  const wrong = second.page.locator(".wrong-summary");
  await wrong.waitFor();
  assert.match(await wrong.innerText(), new RegExp(name), "who was quicker is named");
  await second.go("/alarms");
  const shown = await second.page.locator(`#alarm-${alarm}`).innerText();
  assert.ok(shown.includes(name) && shown.includes(doing), shown);
}

async function takesOver(watcher, reference) {
  await watcher.go(`/board/consultations/${reference}`);
  await presses(watcher, watcher.page.locator('form[action$="/take-over"]'));
  assert.equal(new URL(watcher.page.url()).pathname, `/desk/consultations/${reference}`);
}

/** The backup whose turn it is gets a message on the phone. */
async function callsBackup(second, server, desk, person) {
  const before = (server.text.match(/\/come\//g) ?? []).length;
  await second.go(`/board/ladder/${desk}`);
  const form = second.page.locator(`form[action$="/call"]:has([name="person"][value="${person}"])`);
  await presses(second, form);
  assert.equal(await second.page.locator(".wrong-summary").count(), 0);
  await eventually("the message to the backup", () =>
    (server.text.match(/\/come\//g) ?? []).length > before,
  );
}

/** Brings colleagues on line until the page offers one; who fits is the server's business. */
async function somebodyWhoFits(second, api, reference, from) {
  const { page } = second;
  for (let number = from; number < from + 20; number++) {
    const one = await Consultant.signIn(api, consultantName(number));
    await second.go(`/board/consultations/${reference}`);
    const choice = page.locator(`[name="consultant"] option[value="${one.api.person.id}"]`);
    if (await choice.count()) return one;
    await one.leave();
  }
  return assert.fail("nobody fits");
}

async function reassigns(second, reference, to) {
  await second.go(`/board/consultations/${reference}`);
  const form = second.page.locator('form[action$="/reassign"]');
  await form.locator('[name="consultant"]').selectOption(to);
  await presses(second, form); // without a reason
  await second.page.locator(".wrong-summary").waitFor();
  assert.equal(await form.locator('[name="consultant"]').inputValue(), to, "the choice stays");
  await form.locator('[name="reason"]').fill(reason);
  await presses(second, form);
  assert.equal(new URL(second.page.url()).pathname, "/board");
  await second.go(`/board/consultations/${reference}`);
  await second.sees(reason);
}

async function begins(server, way) {
  const api = new Api(server.url, { language: way.language });
  const admin = await api.signIn("admin");
  await setLadder(admin, atAnyHour);
  const resident = await asks(server, way, { text: "我在工地上受了伤。" });
  const cookie = (await resident.context.cookies()).find(({ name }) => /^(__Host-)?gongdao$/.test(name));
  resident.token = api.as(cookie.value);
  const holder = await takenBy(api, resident.reference, { accept: false });
  holder.silence();
  const consultant = await atDesk(server, way, holder.name);
  await accepts(consultant, resident.reference);
  await resident.isIn("talking");
  await opens(consultant, resident.reference);
  return { api, admin, resident, holder, consultant };
}

for (const way of pairs) {
  test(`in the browser ${wayName(way)}`, () =>
    withServer({ options: ["--public-url", "https://12348.example"] }, async (server) => {
      const { api, admin, resident, holder, consultant } = await begins(server, way);
      const { reference } = resident;
      const stream = resident.token.stream(`${resident.path}/stream`);
      const name = await watchingColleague(api, admin, holder);
      const supervisor = await api.signIn("supervisor");
      const { division } = await supervisor.get(`/board/consultations/${reference}`);
      const distant = await distantSupervisor(api, admin, division === "310151" ? "310120" : "310151");
      const watcher = await Person.arrive(server.url, { ...way, size: "desktop" });
      await watcher.signIn(name);
      const second = await Person.arrive(server.url, { ...way, size: "desktop" });
      await second.signIn("supervisor");
      const mine = (await api.signIn(name)).person.name;

      await looksIn(watcher, reference, "我在工地上受了伤。");
      await whispers(watcher, reference);
      await consultant.seesAfterReload(whispered);
      await replies(consultant, "您好,有书面合同吗?");
      await resident.seesAfterReload("您好,有书面合同吗?");

      await announces(watcher);
      for (const person of [resident, consultant, watcher, second]) person.offline = true;
      await server.kill();
      await pause(300);
      await server.start();
      await says(resident, "没有合同,只有工牌。");
      await opens(consultant, reference);
      await consultant.seesAfterReload("没有合同,只有工牌。", 30);
      assert.ok((await consultant.messages()).includes(whispered), "the whisper survived");
      await readsAnnouncement(consultant);
      await seesReader(watcher, holder.api.person.name);

      const { announcements } = await supervisor.get("/announcements");
      const { open } = await supervisor.get("/alarms");
      const alarm = open.find(({ division: place, seen_at }) => place === "31" && !seen_at);
      const { desks } = await supervisor.get("/board/ladder");
      const desk = desks.find((one) => one.division === "310110").desk;
      const { people } = await supervisor.get(`/board/ladder/${desk}`);
      const backup = people.find(({ why_not }) => !why_not).person;
      const inside = { announcement: announcements[0].id, alarm: alarm.id, desk, person: backup };
      await seesNothing(distant, reference, inside);
      await looksAfter(watcher, second, alarm.id, mine);

      await takesOver(watcher, reference);
      await resident.seesAfterReload(new RegExp(mine), 30);
      await replies(watcher, "我来接着帮您。");
      await resident.seesAfterReload("我来接着帮您。", 30);
      await says(resident, "谢谢。");
      const gone = await holder.api.call("POST", `/desk/consultations/${reference}/messages`, { text: "我还在" });
      assert.ok([403, 404, 409].includes(gone.status), `the one before still writes: ${gone.status}`);

      await callsBackup(second, server, desk, backup);
      const other = await somebodyWhoFits(second, api, reference, Number(name.slice(-3)) + 1);
      await reassigns(second, reference, other.api.person.id);
      await other.offered(reference);
      await other.accept(reference);
      await other.say(reference, "您好,工伤的事我来办。");
      await resident.seesAfterReload("您好,工伤的事我来办。", 30);
      await says(resident, "好的,我等您。");
      await seesNothing(distant, reference, inside);
      await stayedInside(resident, stream);
      const said = ["我在工地上受了伤。", "您好,有书面合同吗?", "没有合同,只有工牌。",
        "我来接着帮您。", "谢谢。", "您好,工伤的事我来办。", "好的,我等您。"];
      assert.deepEqual((await resident.messages()).filter((text) => said.includes(text)), said);
      await stream.close();
      await other.leave();
      await leaves(resident, consultant, watcher, second);
    }));
}
