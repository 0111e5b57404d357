// poor_ratings.mjs -- residents are not content, star by star, and the rules see it: the consultant
// is warned, then suspended, is offered nothing, appeals, and works again. Every week is the
// clock's own: the program is ended and started again on the Monday after.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Api, Consultant, eventually, takenBy } from "../lib/api.mjs";
import { Person, closeBrowser, inTurn, leads, wayName, ways } from "../lib/browser.mjs";
import { accepts, atDesk, closes, openIfFolded, opens } from "../lib/desk.mjs";
import { asks, leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

// Mondays on which nothing is special; the rules are gone through in the night before.
const mondays = ["2026-11-16", "2026-11-23", "2026-11-30", "2026-12-07"];
const morning = (day) => `${day}T09:00:00+08:00`;
const dayAfterAppeal = morning("2026-12-01");
const warnedAt = 10; // ratings: fewer are no verdict, by the rules an installation begins with
const suspendedAt = 15;
const said = {
  warning: "评分持续偏低，请改进答复质量。",
  suspension: "警告后评分没有改善，暂停服务三十天。",
  ground: "多名群众评价偏低",
  appeal: "这些评价来自同一天的系统故障，请查看记录。",
  reply: "经核查，当天系统确有故障，恢复服务。",
};
const far = "Quite-far-9-districts"; // the password of those an administrator adds

const words = {
  zh: {
    warning: "书面警告",
    suspension: "暂停服务",
    atDesk: "目前不会再给您派单",
    barred: "您目前被暂停服务，不会再给您派单",
    appealUntil: "可在此日前申诉",
    rule: "依据的规则",
    leaveIt: "这项措施是您决定的，申诉由别人决定",
    lifted: "申诉后解除",
  },
  en: {
    warning: "Written warning",
    suspension: "Suspension from service",
    atDesk: "no questions are offered to you at the moment",
    barred: "You are not in service at the moment",
    appealUntil: "Appeal possible until",
    rule: "Because of the rule",
    leaveIt: "You decided on the measure. Somebody else decides about the appeal.",
    lifted: "Lifted on appeal",
  },
};

/** Sends the form that ends on this path, with what is typed and chosen. */
async function sends(person, path, typed) {
  const form = person.page.locator(`main form[action$="${path}"]`).first();
  await openIfFolded(person.page, form);
  for (const [name, value] of Object.entries(typed)) {
    const radio = form.locator(`input[type="radio"][name="${name}"][value="${value}"]`);
    if (await radio.count()) await radio.check({ force: true });
    else await form.locator(`[name="${name}"]`).fill(value);
  }
  const button = form.locator("button:not([type=button])").last();
  await leads(person.page, () => button.click());
  assert.equal(await person.page.locator(".wrong-summary").count(), 0, `${path} was refused`);
}

/** The page one rates on, with the token the resident was given for the case. */
async function rates(person, resident) {
  await person.context.addCookies([{ name: "gongdao", value: resident.token, url: person.url }]);
  await person.go(`${resident.path}/rating`);
  await sends(person, "/rating", { stars: "1" });
}

/** So many talks of this consultant, each rated with one star on the resident's own page. */
async function disappoints(server, way, name, times) {
  const api = new Api(server.url, { language: way.language });
  const holder = await Consultant.signIn(api, name);
  const person = await Person.arrive(server.url, { ...way, name: "the residents" });
  for (let i = 0; i < times; i++) {
    const resident = await api.ask();
    await holder.offered(resident.asked.reference, 60);
    await holder.accept(resident.asked.reference);
    await holder.say(resident.asked.reference, "自己上网查。");
    await holder.api.post(`/desk/consultations/${resident.asked.reference}/close`, {
      outcome: "advised",
      summary: "请自查。",
    });
    await rates(person, resident);
  }
  await person.leave();
  await holder.leave();
}

/** One talk from the home page to the star, all of it on pages; whoever is on line gets it. */
async function disappointsOnPages(server, way, name) {
  const desk = await atDesk(server, way, name);
  const resident = await asks(server, way, { text: "加班费怎么算?" });
  await accepts(desk, resident.reference);
  await resident.isIn("talking");
  await opens(desk, resident.reference);
  await closes(desk, "请自查。");
  await resident.go(resident.path);
  await resident.click("rate");
  await sends(resident, "/rating", { stars: "1" });
  const away = desk.page.locator('button[name="state"][value="off"]').first();
  await desk.go("/desk");
  await openIfFolded(desk.page, away);
  await leads(desk.page, () => away.click());
  await leaves(resident, desk);
}

async function arrives(server, way, name, password) {
  const person = await Person.arrive(server.url, { ...way, size: "desktop", name });
  await person.signIn(name, password);
  return person;
}

/** From the list of what is to be decided to the measure about this person; gives its path. */
async function opensMeasure(person, who) {
  const link = person.page.locator("main tbody th a").filter({ hasText: who.name });
  await eventually(
    `the rules propose something about ${who.name}`,
    async () => {
      await person.go("/board/measures");
      return link.count();
    },
    60,
  );
  await leads(person.page, () => link.first().click());
  return new URL(person.page.url()).pathname;
}

async function takesMeasure(server, way, who, kind, notice) {
  const supervisor = await arrives(server, way, "supervisor");
  const path = await opensMeasure(supervisor, who);
  await supervisor.sees(words[way.language][kind]);
  await supervisor.sees(words[way.language].rule);
  await sends(supervisor, "/decide", { verdict: "confirm", notice, ground: said.ground });
  await supervisor.leave();
  return path;
}

/** The measure and the reasons are nobody else's to read, neither a colleague's nor far away. */
async function isClosedToOthers(server, path, number) {
  const api = new Api(server.url);
  for (const name of ["consultant023", "distant"]) {
    const other = await (name === "distant" ? api.signIn(name, far) : api.signIn(name));
    const { status } = await other.call("GET", path);
    assert.ok([403, 404].includes(status), `${name} ${path}: ${status}`);
    const appeal = `/desk/record/measures/${number}/appeal`;
    const refused = await other.call("POST", appeal, { text: "不是本人。" });
    assert.ok([403, 404].includes(refused.status), `${name} ${appeal}: ${refused.status}`);
  }
  const colleague = await arrives(server, ways[0], "consultant023");
  assert.ok([403, 404].includes(await colleague.go(path)), "a colleague opens the page");
  await colleague.go("/desk/record");
  const shown = await colleague.page.locator("body").innerText();
  for (const text of Object.values(said)) assert.ok(!shown.includes(text), text);
  await colleague.leave();
}

/** A second supervisor of the city and one of another district, as an administrator adds them. */
async function addsSupervisors(api) {
  const admin = await api.signIn("admin");
  for (const [login, where] of [["second", "31"], ["distant", "310115"]])
    await admin.post(
      "/admin/people",
      { login, password: far, name: `督办${login}`, role: "supervisor", division: where },
      201,
    );
}

/** Somebody who works, was rated by hardly anybody, and against whom nothing is proposed. */
async function chooses(server) {
  const api = new Api(server.url, { language: "zh" });
  const resident = await api.ask();
  const holder = await takenBy(api, resident.asked.reference, { from: 40, to: 120, seconds: 20 });
  await holder.api.post(`/desk/consultations/${resident.asked.reference}/close`, {
    outcome: "advised",
    summary: "请自查。",
  });
  const { who, measures } = await holder.api.get("/desk/record");
  assert.ok(who.rated < suspendedAt - warnedAt, JSON.stringify(who));
  assert.equal(measures.length, 0);
  await addsSupervisors(api);
  await holder.leave();
  return { login: holder.name, name: holder.api.person.name };
}

/** Suspended: the desk says so, leads to the reasons, and nothing is offered. */
async function isOfferedNothing(server, way, who) {
  const api = new Api(server.url);
  const desk = await atDesk(server, way, who.login);
  const resident = await api.ask();
  await pause(3000); // nobody else is on line: it would be offered by now
  assert.equal(await resident.state(resident.path), "waiting");
  const other = await takenBy(api, resident.asked.reference, { from: 1, to: 39, seconds: 30 });
  assert.notEqual(other.name, who.login);
  await desk.go("/desk");
  assert.equal(await desk.page.locator('form[action*="/desk/offers/"]').count(), 0);
  assert.equal(await desk.page.locator('button[name="state"][value="online"]').count(), 0);
  await other.leave();
  return desk;
}

for (const way of inTurn)
  test(`warned, suspended, restored ${wayName(way)}`, () =>
    withServer({ at: morning(mondays[0]) }, async (server) => {
      const word = words[way.language];
      const who = await chooses(server);
      await disappointsOnPages(server, way, who.login);
      await disappoints(server, way, who.login, warnedAt - 1);

      await server.later(morning(mondays[1]));
      const warning = await takesMeasure(server, way, who, "warning", said.warning);
      const warned = await arrives(server, way, who.login);
      await warned.go("/desk/record");
      await warned.sees(said.warning);
      await warned.sees(word.appealUntil);
      await warned.leave();
      await disappoints(server, way, who.login, suspendedAt - warnedAt);

      await server.later(morning(mondays[2]));
      const path = await takesMeasure(server, way, who, "suspension", said.suspension);
      assert.notEqual(path, warning);
      const number = path.split("/").pop();
      const desk = await isOfferedNothing(server, way, who);
      await desk.sees(word.atDesk);
      await desk.page.locator('main a[href^="/desk/record"]').first().click();
      await desk.sees(word.barred);
      await desk.sees(said.suspension);
      await desk.sees(word.appealUntil);
      await sends(desk, `/measures/${number}/appeal`, { text: said.appeal });
      await server.kill();
      server.at = dayAfterAppeal;
      await server.start();
      await desk.leave();
      await isClosedToOthers(server, path, number);
      await decidesAppeal(server, way, path);

      const restored = await arrives(server, way, who.login);
      await restored.go("/desk/record");
      await restored.sees(said.reply);
      await restored.sees(word.lifted);
      assert.equal(await restored.page.getByText(word.barred).count(), 0);
      await restored.leave();

      // The ratings are the same a week later: what was lifted is not proposed again.
      await server.later(morning(mondays[3]));
      await pause(3000);
      const record = await (await new Api(server.url).signIn(who.login)).get("/desk/record");
      assert.equal(record.who.standing, "active");
      await worksAgain(server, way, who);
    }));

/** Who took the measure is told to leave the appeal; another supervisor grants it. */
async function decidesAppeal(server, way, path) {
  const first = await arrives(server, way, "supervisor");
  await first.go(path);
  await first.sees(said.appeal);
  await first.sees(words[way.language].leaveIt);
  assert.equal(await first.page.locator('main form[action$="/decide-appeal"]').count(), 0);
  await first.leave();
  const second = await arrives(server, way, "second", far);
  await second.go(path);
  await second.sees(said.appeal);
  await sends(second, "/decide-appeal", { verdict: "lift", reply: said.reply });
  await second.sees(said.reply);
  await second.leave();
}

async function worksAgain(server, way, who) {
  const desk = await atDesk(server, way, who.login);
  const resident = await asks(server, way, { text: "工伤怎么认定?" });
  await accepts(desk, resident.reference);
  await resident.isIn("talking");
  await leaves(resident, desk);
}
