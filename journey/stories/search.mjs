// search.mjs -- somebody types a few words at home, finds a service, and asks with the same words.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Person, closeBrowser, wayName, ways } from "../lib/browser.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

for (const way of ways)
  test(`from home to a service, and to a person with the same words: ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const person = await Person.arrive(server.url, way);
      await person.go("/");
      await person.page.fill("#q", "老板不给工资");
      await person.page.click("form[action='/search'] button:not([formaction])");
      assert.equal(new URL(person.page.url()).pathname, "/search");
      await person.page.locator("main a[href^='/items/']").first().waitFor();
      await person.page.click("main .note-act a.button");
      assert.equal(new URL(person.page.url()).pathname, "/ask/field");
      assert.equal(await person.page.inputValue("main input[name='q']"), "老板不给工资");
      await person.go("/");
      await person.page.fill("#q", "老板不给工资");
      await person.page.click("form[action='/search'] button[formaction='/ask']");
      assert.equal(new URL(person.page.url()).pathname, "/ask/field");
      assert.equal(await person.page.inputValue("main input[name='q']"), "老板不给工资");
      assert.deepEqual(person.complaints, []);
      await person.leave();
    }));
