// places.mjs -- somebody chooses their district, finds halls and who serves there, asks from it with
// the district filled in, and reads a notice that its administrator wrote, over a kill of the server.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api } from "../lib/api.mjs";
import { Person, closeBrowser, inTurn, wayName } from "../lib/browser.mjs";
import { leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

const district = "310104"; // Xuhui
const day = (ahead) => new Date(Date.now() + (8 + 24 * ahead) * 3600e3).toISOString().slice(0, 10);

after(closeBrowser);

for (const way of inTurn) {
  test(`in the browser ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const words = way.language === "en" ? "Closed on Friday" : "周五关门";
      const admin = await Person.arrive(server.url, { ...way, size: "desktop" });
      await admin.signIn("admin");
      await admin.go("/admin/places");
      const form = admin.page.locator('form[action="/admin/places"]');
      if (!(await form.isVisible())) await admin.page.locator("summary").first().click();
      await form.locator('[name="division"]').selectOption(district);
      await form.locator('[name="text_zh"]').fill("周五关门");
      await form.locator('[name="text_en"]').fill("Closed on Friday");
      await form.locator('[name="from"]').fill(day(0));
      await form.locator('[name="until"]').fill(day(3));
      await admin.submit('form[action="/admin/places"] button');

      const resident = await Person.arrive(server.url, way);
      assert.equal(await resident.go(`/places/${district}`), 200);
      assert.equal(await resident.page.getByText(words).count(), 0, "nobody has published it");
      await admin.submit('form[action$="/publish"] button');
      await server.kill();
      await server.start();
      assert.equal(await resident.go(`/places/${district}`), 200);
      await resident.sees(words);
      await resident.submit('form[action$="/choose"] button');
      await resident.go("/places");
      assert.match(resident.page.url(), new RegExp(`/places/${district}$`), "this browser keeps it");
      await resident.submit('form[action$="/ask"] button');
      await resident.page.locator('[name="field"][value="labour"]').check({ force: true });
      await resident.submit('form[action="/ask/field"] button');
      await resident.page.locator('[name="text"]').fill("老板不发工资。");
      await resident.submit('form[action="/ask/text"] button');
      assert.equal(await resident.page.locator('[name="district"]').inputValue(), district);

      await admin.page.reload();
      await admin.go("/admin/places");
      await admin.page.locator('a[href^="/admin/places/"]').first().click();
      await admin.submit('form[action$="/withdraw"] button');
      await resident.go(`/places/${district}`);
      assert.equal(await resident.page.getByText(words).count(), 0, "withdrawn");
      await leaves(admin, resident);
    }));
}

test("over the API: every district has a page that says something", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    const { places } = await api.get("/places");
    assert.ok(places.length >= 16);
    for (const { division } of places) {
      const one = await api.get(`/places/${division}`);
      assert.ok(one.halls.length > 0, `${division} names no hall, not even one above it`);
      assert.ok(one.serving.length > 0 || one.places, division);
    }
    await api.need(404, "GET", "/places/319999");
  }));
