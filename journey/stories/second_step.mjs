// second_step.mjs -- a consultant sets up the second step, is let in by password and code only, and
// ends on one device what goes on at another.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { password } from "../lib/api.mjs";
import { Person, closeBrowser, pairs, wayName } from "../lib/browser.mjs";
import { openIfFolded } from "../lib/desk.mjs";
import { leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";
import { totp } from "../lib/totp.mjs";

after(closeBrowser);
const name = "consultant007";

/** Name and password, and nothing said about where that leads. */
async function knocks(person) {
  await person.go("/session");
  await person.page.locator('input[name="name"]').fill(name);
  await person.page.locator('input[name="password"]').fill(password);
  await person.submit('input[name="password"]');
}

/** Who may not is led to signing in. */
async function isLetIn(person) {
  await person.go("/desk");
  return new URL(person.page.url()).pathname === "/desk";
}

for (const way of pairs) {
  test(wayName(way), () =>
    withServer({}, async (server) => {
      const atWork = await Person.arrive(server.url, { ...way, size: "desktop", name });
      await atWork.signIn(name);
      await atWork.go("/session/totp");
      const key = atWork.page.locator("details .reference").first();
      await openIfFolded(atWork.page, key);
      const secret = await key.innerText();
      const code = (person) => person.page.locator('main input[name="code"]');
      // A code a little beside is told, and the same key can still be confirmed.
      const wrong = String((Number(totp(secret)) + 1) % 1e6).padStart(6, "0");
      const itsPassword = atWork.page.locator('main input[name="password"]');
      await code(atWork).fill(totp(secret));
      await itsPassword.fill("not this one");
      await atWork.submit('main input[name="code"]');
      assert.equal(await atWork.page.locator(".wrong-summary").count(), 1, "a desk left open is not enough");
      await code(atWork).fill(wrong);
      await itsPassword.fill(password);
      await atWork.submit('main input[name="code"]');
      assert.equal(await atWork.page.locator(".wrong-summary").count(), 1);
      await openIfFolded(atWork.page, key);
      assert.equal(await key.innerText(), secret, "the key that the app has by now");
      await code(atWork).fill(totp(secret));
      await itsPassword.fill(password);
      await atWork.submit('main input[name="code"]');
      await atWork.go("/session/totp");
      assert.equal(await atWork.page.locator('form[action="/session/totp/end"]').count(), 1);

      const atHome = await Person.arrive(server.url, { ...way, name: "the same, at home" });
      await knocks(atHome);
      assert.equal(new URL(atHome.page.url()).pathname, "/session/second");
      assert.equal(await isLetIn(atHome), false, "the password alone opens nothing");
      await knocks(atHome);
      await code(atHome).fill(totp(secret, 1));
      await atHome.submit('main input[name="code"]');
      assert.ok(await isLetIn(atHome));

      // Two devices are listed; the other one is ended from here, and this one goes on.
      await atWork.go("/sessions");
      const listed = atWork.page.locator('section.panel form[action^="/sessions/"]');
      assert.equal(await listed.count(), 2, "both devices");
      await atWork.submit('form[action="/sessions/end-others"] button');
      assert.equal(await isLetIn(atHome), false, "signed out from afar");
      assert.ok(await isLetIn(atWork));
      await leaves(atWork, atHome);
    }));
}
