// keyboard.mjs -- the main job by keyboard alone, on both sides: nothing is clicked, and wherever the
// focus stands one can see it. The consultant has three talks at once: answers, puts a ready answer
// in, keeps a note, hands one on and ends another.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api, eventually, password, takenBy } from "../lib/api.mjs";
import { Person, closeBrowser, leads, wayName } from "../lib/browser.mjs";
import { leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);
const tabsMax = 150;

/** Tab by Tab until this has the focus; who sees the page must see that it has. */
async function reaches(person, control) {
  const { page } = person;
  for (let tabs = 0; tabs < tabsMax; tabs++) {
    const mark = await control.evaluate((element) => {
      if (element !== document.activeElement) return null;
      const around = [element, ...(element.labels ?? []), element.parentElement];
      return around.some((one) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(one);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
      });
    });
    if (mark) return;
    if (mark === false) assert.fail(`${control} at ${page.url()} has the focus and does not show it`);
    await page.keyboard.press("Tab");
  }
  assert.fail(`${person.name} does not come to ${control} at ${page.url()} in ${tabsMax} tabs`);
}

async function types(person, control, text) {
  await reaches(person, control);
  await person.page.keyboard.type(text);
}

/** Enter on a link or button that leads on. */
async function enters(person, control) {
  await reaches(person, control);
  await leads(person.page, () => person.page.keyboard.press("Enter"));
}

async function asks(person, text) {
  const { page } = person;
  await person.go("/");
  await enters(person, person.control("ask", page.locator("main")));
  for (let steps = 0; steps < 8 && !page.url().includes("/consultations/"); steps++) {
    const field = page.locator('input[name="field"][type="radio"]').first();
    if (await field.count()) {
      await reaches(person, field);
      await page.keyboard.press("Space");
    }
    const box = page.locator('main textarea[name="text"]');
    if (await box.count()) await types(person, box, text);
    const live = page.locator('main form button[name="mode"][value="live"]').first();
    const on = page.locator("main form button:not([type=button])").last();
    await enters(person, (await live.count()) ? live : on);
  }
  person.reference = new URL(page.url()).pathname.match(/^\/consultations\/([^/]+)$/)?.[1];
  assert.ok(person.reference, `asking led to ${page.url()}`);
}

async function says(person, text) {
  const { page } = person;
  await types(person, page.locator('form.composer textarea[name="text"]'), text);
  await reaches(person, page.locator("form.composer button:not([type=button])").first());
  const press = () => page.keyboard.press("Enter");
  await (person.scripts ? press() : leads(page, press));
  await person.sees(text);
}

async function comesToDesk(server, way, name) {
  const person = await Person.arrive(server.url, { ...way, size: "desktop", name });
  await person.go("/session");
  await types(person, person.page.locator('input[name="name"]'), name);
  await types(person, person.page.locator('input[name="password"]'), password);
  await leads(person.page, () => person.page.keyboard.press("Enter"));
  await person.go("/desk");
  const online = person.page.locator('button[name="state"][value="online"]');
  if (await online.count()) await enters(person, online.first());
  return person;
}

async function accepts(person, reference) {
  const accept = person.page.locator(`form[action*="/offers/${reference}/accept"] button`).first();
  await eventually(`${person.name} sees the offer`, async () => {
    if (!person.scripts) await person.go("/desk");
    return accept.isVisible();
  });
  await enters(person, accept);
  await person.go(`/desk/consultations/${reference}`);
}

async function unfolds(person, inside) {
  const folded = inside.locator("xpath=ancestor::details[not(@open)]/summary");
  if (!(await folded.count())) return;
  await reaches(person, folded.first());
  await person.page.keyboard.press("Enter");
}

/** Another of the talks in hand, by its place in the list. */
async function turnsTo(person, reference) {
  await enters(person, person.page.locator(`#item-${reference}`));
  assert.ok(person.page.url().includes(reference), person.page.url());
}

/** With scripts by Alt and the slash, else over the page of all of them; returns its words. */
async function putsReadyAnswer(person) {
  const { page } = person;
  const box = page.locator('form.composer textarea[name="text"]');
  if (person.scripts) {
    await page.keyboard.press("Alt+Slash");
    await page.keyboard.press("Enter");
  } else {
    const all = page.locator('details a[href^="/desk/canned?"]').first();
    await unfolds(person, all);
    await enters(person, all);
    await enters(person, page.locator('main a[href*="?canned="]').first());
  }
  const words = await box.inputValue();
  assert.ok(words.length > 5, "a ready answer stands where the consultant writes");
  await reaches(person, page.locator("form.composer button:not([type=button])").first());
  const press = () => page.keyboard.press("Enter");
  await (person.scripts ? press() : leads(page, press));
  await person.sees(words.slice(0, 12));
  return words;
}

async function notes(person, text) {
  const { page } = person;
  await types(person, page.locator('form.composer textarea[name="text"]'), text);
  await reaches(person, page.locator('form.composer input[name="internal"]'));
  await page.keyboard.press("Space");
  await reaches(person, page.locator("form.composer button:not([type=button])").first());
  const press = () => page.keyboard.press("Enter");
  await (person.scripts ? press() : leads(page, press));
  await page.locator(".message-internal", { hasText: text }).waitFor();
}

async function handsOn(person, reason) {
  const form = person.page.locator('form[action$="/transfer"]').first();
  await unfolds(person, form);
  await reaches(person, form.locator('select[name="profession"]'));
  await person.page.keyboard.press("ArrowDown");
  await types(person, form.locator('[name="reason"]'), reason);
  await enters(person, form.locator("button:not([type=button])").last());
}

async function closes(person, summary) {
  const { page } = person;
  const form = page.locator('form[action$="/close"]').first();
  await unfolds(person, form);
  const outcome = form.locator('[name="outcome"]').first();
  await reaches(person, outcome);
  await page.keyboard.press((await outcome.evaluate((one) => one.tagName)) === "SELECT" ? "ArrowDown" : "Space");
  await types(person, form.locator('[name="summary"]'), summary);
  await enters(person, form.locator("button:not([type=button])").last());
}

async function rates(person) {
  const { page } = person;
  await person.go(`/consultations/${person.reference}`);
  await enters(person, person.control("rate", page.locator("main")));
  const stars = page.locator('input[name="stars"]');
  await reaches(person, stars.first());
  await page.keyboard.press("Space");
  for (let more = 1; more < 5; more++) await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator('input[name="stars"]:checked').getAttribute("value"), "5");
  await enters(person, page.locator('form:has(input[name="stars"]) button:not([type=button])').first());
}

for (const way of [{ language: "zh", scripts: true }, { language: "en", scripts: false }])
  test(`ask, answer, talk, close and rate by keyboard alone ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const api = new Api(server.url, { language: way.language });
      const resident = await Person.arrive(server.url, { ...way, name: "the resident" });
      await asks(resident, "Three months without wages.");
      const offered = await takenBy(api, resident.reference, { accept: false });
      offered.silence();
      const consultant = await comesToDesk(server, way, offered.name);
      await accepts(consultant, resident.reference);
      await resident.isIn("talking");
      await says(resident, "There is no contract.");
      await consultant.seesAfterReload("There is no contract.");
      await says(consultant, "Bank statements will do.");
      await resident.seesAfterReload("Bank statements will do.");
      const second = await api.ask({ text: "The flat I rent leaks." });
      await accepts(consultant, second.asked.reference);
      const third = await api.ask({ text: "My uncle left a house." });
      await accepts(consultant, third.asked.reference);
      await says(consultant, "When did he die?");
      await turnsTo(consultant, second.asked.reference);
      await handsOn(consultant, "Somebody who knows rents.");
      const place = Number(offered.name.slice("consultant".length));
      const other = await takenBy(api, second.asked.reference, { from: place + 1 });
      await consultant.go("/desk");
      await turnsTo(consultant, resident.reference);
      const words = await putsReadyAnswer(consultant);
      await notes(consultant, "Speaks with the union too.");
      await resident.seesAfterReload(words.slice(0, 12));
      const seen = await resident.page.locator("main").innerText();
      assert.ok(!seen.includes("union"), "a note is nothing for the resident");
      await closes(consultant, "Told of arbitration.");
      await rates(resident);
      const kept = await resident.page.request.get(`/api/v1/consultations/${resident.reference}`);
      assert.equal((await kept.json()).rating?.stars, 5);
      await other.leave();
      await leaves(resident, consultant);
    }));
