// preferences.mjs -- language, elder mode, contrast and dark are kept from page to page and from
// visit to visit, with and without scripts.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Person, closeBrowser, leads } from "../lib/browser.mjs";
import { tapPixels, tapSize } from "../lib/checks.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);
const faces = [
  ["language", "en", "lang", /^en/],
  ["language", "zh", "lang", /^zh/],
  ["mode", "elder", "data-mode", /^elder$/],
  ["theme", "contrast", "data-theme", /^contrast$/],
  ["theme", "dark", "data-theme", /^dark$/],
];

async function wish(person, name, value) {
  const { page } = person;
  const button = page.locator(`button[name="${name}"][value="${value}"]`).first();
  if (!(await button.isVisible())) {
    await person.go("/preferences");
    const radio = page.locator(`main input[name="${name}"][value="${value}"]`);
    if (await radio.count()) {
      await radio.check({ force: true });
      await person.submit(`main input[name="${name}"]`);
      return;
    }
  }
  await leads(page, () => button.click());
}

for (const scripts of [true, false]) {
  test(`kept, with scripts ${scripts ? "on" : "off"}`, () =>
    withServer({}, async (server) => {
      const person = await Person.arrive(server.url, { scripts, by: "header", language: "zh" });
      for (const [name, value, attribute, expected] of faces) {
        await person.go("/");
        await wish(person, name, value);
        for (const path of ["/", "/ask", "/my", "/session"]) {
          await person.go(path);
          const shown = await person.page.locator("html").getAttribute(attribute);
          assert.match(shown ?? "", expected, `${name}=${value} at ${path}`);
        }
      }
      // Another day: what the browser kept on disk is all there is.
      const kept = (await person.context.cookies()).filter((cookie) => cookie.expires > 0);
      const later = await Person.arrive(server.url, { scripts, by: "header", language: "en" });
      await later.context.addCookies(kept);
      await later.go("/");
      const html = later.page.locator("html");
      assert.equal(await html.getAttribute("data-mode"), "elder");
      assert.equal(await html.getAttribute("data-theme"), "dark");
      assert.match(await html.getAttribute("lang"), /^zh/, "the cookie outweighs the browser");
      assert.deepEqual(await tapSize(later.page, tapPixels.elder), []);
      await later.leave();
      await person.leave();
    }));
}

test("one comes back to the page one was on", () =>
  withServer({}, async (server) => {
    const person = await Person.arrive(server.url, { language: "zh" });
    await person.go("/my");
    const button = person.page.locator('button[name="mode"][value="elder"]').first();
    await leads(person.page, () => button.click());
    assert.equal(new URL(person.page.url()).pathname, "/my");
    await person.leave();
  }));

test("without a cookie the browser's language decides", () =>
  withServer({}, async (server) => {
    for (const [language, expected] of [["zh", /^zh/], ["en", /^en/]]) {
      const person = await Person.arrive(server.url, { by: "header", language });
      await person.go("/");
      assert.match(await person.page.locator("html").getAttribute("lang"), expected);
      await person.leave();
    }
  }));
