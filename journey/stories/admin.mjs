// admin.mjs -- the administrator adds a person who can then sign in, a team, a field of law that
// residents can choose, and changes when the desks are open.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api } from "../lib/api.mjs";
import { Person, closeBrowser, pairs, wayName } from "../lib/browser.mjs";
import { openIfFolded } from "../lib/desk.mjs";
import { fillForm, sendAsIs } from "../lib/forms.mjs";
import { leaves } from "../lib/resident.mjs";
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

for (const way of pairs) {
  test(`people, teams, fields, hours ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const admin = await Person.arrive(server.url, { ...way, size: "desktop" });
      await admin.signIn("admin");
      const login = "newcomer01";
      const password = "Quite-long-9-words";
      await adds(admin, "people", { login, name: "赵新人", password });
      await admin.go("/admin/people");
      await adds(admin, "teams", { name: "第二十二值班组", name_en: "Duty team twenty-two" });
      await admin.go("/admin/teams");
      await admin.sees(way.language === "en" ? "Duty team twenty-two" : "第二十二值班组");
      await adds(admin, "fields", { code: "neighbours", field: "neighbours", name: "邻里纠纷", name_zh: "邻里纠纷", name_en: "Neighbours" });
      const reader = await Person.arrive(server.url, { ...way, language: "zh" });
      await reader.go("/ask");
      await reader.sees("邻里纠纷");
      await admin.go("/admin/hours");
      await admin.sees(/\d{1,2}[::]\d{2}/);
      const session = await new Api(server.url).call("POST", "/session", { name: login, password });
      assert.equal(session.status, 201, JSON.stringify(session.body));
      await leaves(admin, reader);
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
