// directory.mjs -- somebody finds a lawyer in the directory and asks that very one, who is asked
// first; with and without scripts, in both languages; and may still let anybody answer.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api, Consultant } from "../lib/api.mjs";
import { Person, closeBrowser, pairs, wayName } from "../lib/browser.mjs";
import { fillsIn, leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

for (const way of pairs) {
  test(`chosen in the directory, asked first ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const english = way.language === "en";
      const api = new Api(server.url);
      // Many are on line; the chosen one is asked all the same.
      const others = await Promise.all(
        ["consultant002", "consultant003"].map((name) => Consultant.signIn(api, name)),
      );
      const chosen = await Consultant.signIn(api, "consultant001");
      const { person } = await chosen.api.get("/session");
      const resident = await Person.arrive(server.url, { ...way, name: "the resident" });
      await resident.go(`/people/${person.id}`);
      await resident.page.locator(`main a[href="/ask?wants=${person.id}"]`).click();
      await resident.sees(english ? "is asked first" : "先请");
      await fillsIn(resident, { field: "labour", text: "公司拖欠工资" });
      await chosen.offered(resident.reference);
      for (const other of others) {
        const desk = await other.api.get("/desk");
        assert.ok(!desk.offers.some(({ reference }) => reference === resident.reference));
      }
      await leaves(resident);
    }));
}

test("whoever does not serve cannot be chosen: the question goes on without", () =>
  withServer({}, async (server) => {
    const resident = await Person.arrive(server.url, { name: "the resident" });
    await resident.go("/ask?wants=999999999");
    assert.equal(await resident.page.locator('main input[name="wants"]').count(), 0);
    await fillsIn(resident, { field: "labour", text: "公司拖欠工资", written: true });
    assert.ok(resident.reference);
    await leaves(resident);
  }));
