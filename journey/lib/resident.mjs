// resident.mjs -- what a resident does in a browser, step by step, as the pages lead.
import assert from "node:assert/strict";
import { Person, leads } from "./browser.mjs";

/** Presses the button that goes on: the one that sends the form in main. */
export async function goesOn(person) {
  await leads(person.page, () =>
    person.page.locator("main form button:not([type=button])").last().click(),
  );
}

async function step(person) {
  return new URL(person.page.url()).pathname.replace(/^\/ask\/?/, "");
}

/** Asks a question from the home page on; ends on the page of the consultation. */
export async function asks(server, way, question = {}) {
  const person = await Person.arrive(server.url, { ...way, name: "the resident" });
  await person.go("/");
  await person.click("ask");
  await fillsIn(person, question);
  return person;
}

/** Answers one question a page until the consultation is there. */
export async function fillsIn(person, question) {
  const { field = "labour", text = "我该怎么办?", phone, written = false } = question;
  const page = person.page;
  for (let steps = 0; steps < 12; steps++) {
    const at = new URL(page.url()).pathname;
    const found = at.match(/^\/consultations\/([^/]+)/);
    if (found) {
      person.reference = found[1];
      person.path = `/consultations/${found[1]}`;
      return;
    }
    assert.match(at, /^\/ask/, `the way to ask led to ${at}`);
    const fields = page.locator('input[name="field"]');
    if ((await fields.count()) > 1)
      await page.locator(`input[name="field"][value="${field}"]`).check({ force: true });
    if (await page.locator('textarea[name="text"]').count())
      await page.locator('textarea[name="text"]').fill(text);
    if (phone && (await page.locator('input[name="phone"]:not([type=hidden])').count()))
      await page.locator('input[name="phone"]').fill(phone);
    const mode = page.locator(`input[name="mode"][value="${written ? "message" : "live"}"]`);
    if (await mode.count()) await mode.first().check({ force: true });
    const before = page.url();
    const send = page.locator(
      `main form button[name="mode"][value="${written ? "message" : "live"}"]`,
    );
    if (await send.count()) await leads(page, () => send.first().click());
    else await goesOn(person);
    const wrong = page.locator(".wrong-summary");
    if (await wrong.count())
      assert.fail(`step ${await step(person)} refused: ${await wrong.innerText()}`);
    assert.ok(page.url() !== before || steps < 11, `${before} leads nowhere`);
  }
  assert.fail(`still at ${page.url()} after twelve steps`);
}

export async function says(person, text) {
  const { page } = person;
  if (!page.url().includes("/consultations/")) await person.go(person.path);
  await page.locator('form.composer textarea[name="text"]').fill(text);
  const send = page.locator("form.composer button:not([type=button])").first();
  if (person.scripts) {
    await send.click();
    await person.sees(text);
  } else {
    await leads(page, () => send.click());
    await person.sees(text);
  }
}

export async function attaches(person, file) {
  const { page } = person;
  const input = page.locator('input[type="file"]').first();
  await page.locator("details:not([open]):has(input[type=file]) > summary").first()
    .click({ timeout: 1000 }).catch(() => {});
  await input.setInputFiles(file);
  // The open stream may show the file before the form's answer leads on; that page is waited for.
  const send = page.locator("form:has(input[type=file]) button:not([type=button])").first();
  await leads(page, () => send.click());
}

export async function leaves(...people) {
  for (const person of people) await person.leave();
}
