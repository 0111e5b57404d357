// privacy.mjs -- somebody sees what is held about them and takes a copy; nobody else gets it; at a
// window a clerk makes one once an administrator has allowed it, and the person sees that.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { Api } from "../lib/api.mjs";
import { Person, closeBrowser, inTurn, wayName } from "../lib/browser.mjs";
import { leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

const phone = "13900006161";
const words = "老板欠我三个月工资，我叫赵小满。";

after(closeBrowser);

/** A browser in which somebody has proved a number. */
async function byPhone(server, way, number, next) {
  const person = await Person.arrive(server.url, way);
  const before = server.letters(number).length;
  await person.go(`/session/code?next=${next}`);
  await person.page.locator('[name="phone"]:not([type=hidden])').fill(number);
  await person.submit('form[action="/session/code"] button');
  await person.page.locator('[name="code"]').fill(await server.code(number, before));
  await person.submit('form[action="/session/code/verify"] button');
  return person;
}

async function downloads(person, end) {
  const [file] = await Promise.all([
    person.page.waitForEvent("download"),
    person.page.locator(`main a[href$="/${end}"]`).click(),
  ]);
  return readFile(await file.path(), "utf8");
}

async function signsOutAndLooks(server, way, path) {
  const stranger = await byPhone(server, way, "13900006262", "/my/data");
  assert.equal(await stranger.go(path), 404);
  for (const end of ["page", "json"])
    assert.equal((await stranger.page.request.get(`${path}/${end}`)).status(), 404);
  return stranger;
}

for (const way of inTurn) {
  test(`in the browser ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const api = new Api(server.url);
      await api.ask({ phone, text: words, mode: "message" });
      await api.ask({ phone: "13900006262", text: "我的楼上漏水。", mode: "message" });
      const resident = await byPhone(server, way, phone, "/my/data");
      assert.match(resident.page.url(), /\/my\/data$/);
      await resident.submit('form[action="/my/data/copies"] button');
      const path = new URL(resident.page.url()).pathname;
      await server.kill();
      await server.start();
      await resident.go(path);
      const page = await downloads(resident, "page");
      const json = JSON.parse(await downloads(resident, "json"));
      for (const text of [page, JSON.stringify(json)]) {
        assert.ok(text.includes(words) && text.includes(phone), "all of it, in clear");
        assert.ok(!text.includes("漏水") && !text.includes("13900006262"), "and nobody else's");
      }
      const stranger = await signsOutAndLooks(server, way, path);

      const clerk = await Person.arrive(server.url, { ...way, size: "desktop" });
      await clerk.signIn("clerk001");
      await clerk.go("/privacy");
      assert.equal(await clerk.page.locator('form[action="/privacy/copies"]').count(), 0);
      const admin = await Person.arrive(server.url, { ...way, size: "desktop" });
      await admin.signIn("admin");
      await admin.go("/privacy");
      await admin.page.locator('[name="login"]').fill("clerk001");
      await admin.submit('form[action="/privacy/clerks"] button');
      await clerk.go("/privacy");
      await clerk.page.locator('[name="phone"]').fill(phone);
      await clerk.page.locator('[name="reason"]').fill("不会上网，当面提出。");
      await clerk.submit('form[action="/privacy/copies"] button');
      assert.equal(await clerk.page.locator('[name="phone"]').inputValue(), phone, "nothing is lost");
      await clerk.page.locator('[name="paper"][value="identity_card"]').check({ force: true });
      await clerk.submit('form[action="/privacy/copies"] button');
      assert.ok((await downloads(clerk, "page")).includes(words));

      await resident.go("/my/data");
      assert.equal(await resident.page.locator("main .desk-items > li").count(), 2);
      await leaves(resident, stranger, clerk, admin);
    }));
}
