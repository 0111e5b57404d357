// desk.mjs -- what a consultant does in a browser.
import assert from "node:assert/strict";
import { Person, leads } from "./browser.mjs";
import { eventually } from "./api.mjs";

export async function atDesk(server, way, name) {
  const person = await Person.arrive(server.url, { ...way, size: "desktop", name });
  await person.signIn(name);
  await person.go("/desk");
  const online = person.page.locator('button[name="state"][value="online"]');
  if (await online.count()) {
    await leads(person.page, () => online.first().click());
  }
  return person;
}

/** Waits for the offer and takes it. */
export async function accepts(person, reference) {
  const { page } = person;
  const form = page.locator(`form[action*="/desk/offers/${reference}/accept"]`).first();
  await eventually(`${person.name} sees the offer of ${reference}`, async () => {
    if (await form.isVisible()) return true;
    if (!person.scripts) await person.go("/desk");
    return form.isVisible();
  });
  await leads(page, () => form.locator("button").first().click());
}

export async function opens(person, reference) {
  const path = `/desk/consultations/${reference}`;
  if (new URL(person.page.url()).pathname !== path)
    assert.equal(await person.go(path), 200, `${person.name} may open ${path}`);
}

export async function replies(person, text, { internal = false } = {}) {
  const { page } = person;
  await page.locator('form.composer textarea[name="text"]').fill(text);
  if (internal) await page.locator('form.composer input[name="internal"]').check({ force: true });
  const send = page.locator("form.composer button:not([type=button])").first();
  if (person.scripts) await send.click();
  else await leads(page, () => send.click());
  await person.sees(text);
}

export async function closes(person, summary) {
  const { page } = person;
  const form = page.locator('form[action$="/close"]').first();
  await openIfFolded(page, form);
  const outcome = form.locator('[name="outcome"]').first();
  if ((await outcome.evaluate((element) => element.tagName)) === "SELECT")
    await outcome.selectOption({ index: 1 });
  else await outcome.check({ force: true });
  await form.locator('[name="summary"]').fill(summary);
  await leads(page, () => form.locator("button:not([type=button])").last().click());
}

/** A form may stand in a folded part of the page. */
export async function openIfFolded(page, form) {
  const folded = form.locator("xpath=ancestor::details[not(@open)]");
  for (let i = await folded.count(); i > 0; i--) await folded.first().locator("> summary").click();
}

export async function answersInWriting(person, reference, text) {
  await opens(person, reference);
  const form = person.page.locator('form[action$="/answer"]').first();
  await openIfFolded(person.page, form);
  await form.locator('textarea[name="text"]').fill(text);
  await leads(person.page, () =>
    form.locator("button:not([type=button])").first().click(),
  );
  await person.sees(text);
}
