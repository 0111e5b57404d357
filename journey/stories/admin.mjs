// admin.mjs -- the administrator adds a field of law and a consultant of a new team, and checks the
// licence: then, and not before, a question of that field is offered to that person. The
// administrator closes the desks: then nobody is kept waiting.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api } from "../lib/api.mjs";
import { Person, closeBrowser, leads, pairs, wayName } from "../lib/browser.mjs";
import { accepts, openIfFolded } from "../lib/desk.mjs";
import { fillForm, sendAsIs } from "../lib/forms.mjs";
import { fillsIn, leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

async function adds(person, list, given) {
  const { page } = person;
  await person.go(`/admin/${list}`);
  const form = page.locator(`main form[action="/admin/${list}"][method="post" i]`).first();
  assert.ok(await form.count(), `/admin/${list} has a form to add one`);
  await openIfFolded(page, form);
  await fillForm(form, given);
  await sendAsIs(page, form);
  const wrong = page.locator(".wrong-summary");
  if (await wrong.count()) assert.fail(`/admin/${list}: ${await wrong.innerText()}`);
}

/** Fills a form of the page one is on, and sends it. */
async function saves(person, action, given) {
  const { page } = person;
  const form = page.locator(`main form[action$="${action}"][method="post" i]`).first();
  await openIfFolded(page, form);
  await fillForm(form, given);
  for (const name of ["fields", "languages"])
    for (const value of given[name] ?? []) await form.locator(`[name="${name}"][value="${value}"]`).check({ force: true });
  await sendAsIs(page, form);
  const wrong = page.locator(".wrong-summary");
  if (await wrong.count()) assert.fail(`${action}: ${await wrong.innerText()}`);
}

async function asksAgain(server, way, question) {
  const person = await Person.arrive(server.url, { ...way, name: "the resident" });
  await person.go("/ask");
  await fillsIn(person, question);
  return person;
}

for (const way of pairs) {
  test(`people, teams, fields, hours ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const admin = await Person.arrive(server.url, { ...way, size: "desktop" });
      await admin.signIn("admin");
      const login = "newcomer01";
      const password = "Quite-long-9-words";
      await adds(admin, "teams", { name: "第二十二值班组", name_en: "Duty team twenty-two" });
      await admin.go("/admin/teams");
      await admin.sees(way.language === "en" ? "Duty team twenty-two" : "第二十二值班组");
      const team = (await admin.page.request.get("/api/v1/admin/teams").then((answer) => answer.json()))
        .teams.find(({ name_en }) => name_en === "Duty team twenty-two").team;
      const field = "neighbours";
      const names = { name: "邻里纠纷", name_en: "Neighbours", profession: "lawyer" };
      await adds(admin, "fields", { field, ...names });

      // A question of the new field finds nobody, until somebody is there who may answer it.
      const asked = await asksAgain(server, way, { field, text: "楼上每天晚上敲墙。" });
      await asked.isIn("waiting");
      const role = "consultant";
      const place = { profession: "lawyer", division: "310101", team };
      await adds(admin, "people", { login, name: "赵新人", password, role, ...place });
      const person = (await admin.page.request.get(`/api/v1/admin/people?q=${login}`).then((answer) => answer.json()))
        .people[0].person;
      await admin.go(`/admin/people/${person}`);
      await saves(admin, "/service", {
        ...place, fields: [field], languages: ["zh", "en"], capacity: "2", written_capacity: "5",
        licence: "13101202600000001", licence_until: "2038-12-31",
      });
      const consultant = await Person.arrive(server.url, { ...way, size: "desktop" });
      await consultant.signIn(login, password);
      await consultant.go("/desk");
      const online = consultant.page.locator('button[name="state"][value="online"]');
      if (await online.count()) await leads(consultant.page, () => online.first().click());
      const known = await asked.page.request.get(`/api/v1${asked.path}`).then((answer) => answer.json());
      assert.equal(known.state, "waiting", "nobody has checked the licence");
      await admin.go(`/admin/people/${person}`);
      await saves(admin, "/verify", {});
      await consultant.go("/desk");
      if (await online.count()) await leads(consultant.page, () => online.first().click());
      await accepts(consultant, asked.reference);
      await asked.isIn("talking");

      // Every day is closed from now on: who comes now is told so, and asks in writing.
      await admin.go("/admin/hours");
      const form = admin.page.locator('main form[action="/admin/hours"]');
      await form.locator('[name="round_the_clock"]').setChecked(false, { force: true });
      for (const box of await form.locator("input[type=text]").all()) await box.fill("");
      await sendAsIs(admin.page, form);
      assert.equal(await admin.page.locator(".wrong-summary").count(), 0);
      const live = { field: "labour", text: "现在有人吗?", mode: "live" };
      const refused = await new Api(server.url).call("POST", "/consultations", live);
      assert.equal(refused.status, 409, JSON.stringify(refused.body));
      assert.equal(refused.body.code, "consultation.not-open");
      const late = await asksAgain(server, way, { field: "labour", text: "下班以后问。", written: true });
      await late.isIn("message");
      await leaves(admin, consultant, asked, late);
    }));
}

test("nobody else comes in", () =>
  withServer({}, async (server) => {
    for (const name of ["consultant001", "leader01", "supervisor"]) {
      const person = await Person.arrive(server.url, { name });
      await person.signIn(name);
      for (const list of ["people", "teams", "fields", "hours"]) {
        const status = await person.go(`/admin/${list}`);
        assert.ok([403, 404].includes(status), `${name} at /admin/${list}: ${status}`);
      }
      await person.leave();
    }
  }));
