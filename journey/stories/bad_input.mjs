// bad_input.mjs -- every form, filled in wrongly: a clear error in the reader's language, at the
// top and at the field, and everything typed is still there.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Cast } from "../lib/cast.mjs";
import { Person, closeBrowser, inTurn, wayName } from "../lib/browser.mjs";
import { axe } from "../lib/checks.mjs";
import { openIfFolded } from "../lib/desk.mjs";
import { fillForm, sendAsIs, standing } from "../lib/forms.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

/** Each: where, which form, who, and the one thing that is wrong. */
function mistakes(cast, cases) {
  const { talking, closed } = cases;
  const desk = `/desk${talking.path}`;
  const { admin, supervisor, nobody, consultant } = cast.clients;
  return [
    { path: "/ask/text", action: "/ask/text", who: nobody, wrong: { text: "" }, begun: true },
    { path: "/ask/contact", action: "/ask/contact", who: nobody, wrong: { phone: "12" }, begun: true },
    { path: "/session/code", action: "/session/code", who: nobody, wrong: { phone: "12" } },
    { path: "/my", action: "/my", who: nobody, wrong: { phone: "abc" } },
    { path: "/session", action: "/session", who: nobody, wrong: { name: "nobody", password: "x" } },
    { path: talking.path, action: "/messages", who: talking, wrong: { text: "" } },
    { path: `${closed.path}/rating`, action: "/rating", who: closed, wrong: { text: "长".repeat(1001) } },
    { path: desk, action: "/messages", who: consultant, wrong: { text: "字".repeat(2001) } },
    { path: desk, action: "/close", who: consultant, wrong: { summary: "" } },
    { path: desk, action: "/transfer", who: consultant, wrong: { reason: "" } },
    { path: `/board${talking.path}`, action: "/reassign", who: supervisor, wrong: { reason: "" } },
    { path: "/admin/people", action: "/admin/people", who: admin, wrong: { name: "" } },
    { path: "/admin/teams", action: "/admin/teams", who: admin, wrong: { name: "" } },
    { path: "/admin/fields", action: "/admin/fields", who: admin, wrong: { name: "" } },
  ];
}

async function tries(person, { path, action, wrong, begun }) {
  const { page } = person;
  if (begun) {
    await person.go("/ask/field");
    // A later step leads back to the first that was not answered.
    for (const [step, given] of [["field", { field: "labour" }], ["text", {}], ["where", {}]]) {
      if (path === `/ask/${step}`) break;
      if (step !== "field") await person.go(`/ask/${step}`);
      const form = page.locator(`main form[action="/ask/${step}"]`);
      await fillForm(form, given);
      await sendAsIs(page, form);
    }
  }
  assert.equal(await person.go(path), 200, path);
  const form = page.locator(`main form[method="post" i][action*="${action}"]`).first();
  assert.ok(await form.count(), `${path} has a form that goes to ${action}`);
  await openIfFolded(page, form);
  const typed = await fillForm(form, wrong);
  await sendAsIs(page, form);

  const summary = page.locator(".wrong-summary");
  assert.equal(await summary.count(), 1, `${path}: no error summary; ${page.url()}`);
  assert.equal(await summary.getAttribute("role"), "alert");
  const words = await summary.innerText();
  if (person.language === "zh") assert.match(words, /\p{Script=Han}/u);
  else assert.doesNotMatch(words, /\p{Script=Han}/u, `${path}: ${words}`);
  const title = await page.title();
  assert.match(title, person.language === "zh" ? /^(\(\d+\) )?有问题：/ : /^(\(\d+\) )?Problem: /, `${path}: ${title}`);
  for (const link of await summary.locator("a").all()) {
    const target = (await link.getAttribute("href")).replace(/^.*#/, "");
    const field = page.locator(`[id="${target}"]`);
    assert.ok(await field.count(), `${path}: the summary leads to ${target}, which is not there`);
  }
  if (person.scripts) {
    const inSummary = await summary.evaluate((element) => element.contains(document.activeElement));
    assert.ok(inSummary, `${path}: the summary has the focus`);
  }
  const again = page.locator(`main form[method="post" i][action*="${action}"]`).first();
  const kept = await standing(again);
  for (const [name, value] of Object.entries(typed)) {
    if (/password|code|secret|totp/.test(name)) assert.equal(kept[name] ?? "", "", `${path}: ${name}`);
    else assert.equal(kept[name], value, `${path}: ${name} is still there`);
  }
  if (person.scripts) assert.deepEqual(await axe(page), [], path);
}

for (const way of inTurn) {
  test(wayName(way), async (t) => {
    await withServer({}, async (server) => {
      const cast = await Cast.of(server);
      const cases = await cast.cases();
      for (const mistake of mistakes(cast, cases)) {
        // With scripts a message is sent by the page itself; what is refused comes back to the
        // writer there (web/test).
        if (way.scripts && mistake.action === "/messages") continue;
        await t.test(`${mistake.path.replace(/[A-Z0-9]{8}/, "{reference}")} to ${mistake.action}`, async () => {
          const person = await Person.arrive(server.url, way);
          if (mistake.who.token)
            await person.context.addCookies([
              { name: "gongdao", value: mistake.who.token, url: server.url },
            ]);
          await tries(person, mistake);
          await person.leave();
        });
      }
      cast.leave();
    });
  });
}

test("over the API the same mistakes are told by field and code, in both languages", () =>
  withServer({}, async (server) => {
    const cast = await Cast.of(server);
    for (const language of ["zh", "en"]) {
      cast.api.language = language;
      const { status, body } = await cast.api.call("POST", "/consultations", {
        field: "no-such-field-of-law-at-all-anywhere",
        text: "",
      });
      assert.equal(status, 422, JSON.stringify(body));
      assert.deepEqual(body.errors.map((error) => error.field).sort(), ["field", "text"]);
      for (const error of body.errors) {
        assert.match(error.code, /^[a-z0-9.-]+$/);
        assert.equal(/\p{Script=Han}/u.test(error.detail), language === "zh", error.detail);
      }
    }
    const strange = await cast.api.call("POST", "/consultations", {
      field: "labour",
      text: "工资",
      owner_id: "1",
    });
    assert.equal(strange.status, 422, "a field nobody declared is refused");
    const broken = await fetch(`${server.url}/api/v1/consultations`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: '{"field":"labour","field":"family","text":"x',
    });
    assert.equal(broken.status, 400);
    cast.leave();
  }));
