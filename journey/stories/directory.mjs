// directory.mjs -- somebody finds a lawyer in the directory and asks that very one, who is asked
// first; or makes an appointment, where what is known is filled in already; with and without scripts, in
// both languages; and may still let anybody answer.  Somebody else
// says what is wrong there; an administrator decides, and whoever said it is told.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api, Consultant, eventually } from "../lib/api.mjs";
import { axe } from "../lib/checks.mjs";
import { Person, closeBrowser, inTurn, leads, wayName, ways } from "../lib/browser.mjs";
import { fillsIn, leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

for (const way of inTurn) {
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
      await books(server, way, person.id);
    }));
}

/** From the same page to a time at the office: for what, and near which district, is known. */
async function books(server, way, person) {
  const { division, visit } = await new Api(server.url).get(`/people/${person}`);
  const visitor = await Person.arrive(server.url, { ...way, name: "the visitor" });
  const { page } = visitor;
  const go = (selector) => leads(page, () => page.locator(selector).first().click());
  await visitor.go(`/people/${person}`);
  await go('main a[href^="/appointments/new"]');
  const { searchParams } = new URL(page.url());
  assert.deepEqual([searchParams.get("item"), searchParams.get("division")], [visit, division]);
  await go("main a.desk-item");
  const { offices } = await new Api(server.url).get(`/appointments/new?item=${visit}&division=${division}`);
  assert.equal(offices[0].division.slice(0, 6), division, "the office of that district stands first");
  assert.equal(new URL(page.url()).searchParams.get("line"), String(offices[0].line));
  await page.locator('main form [name="slot"]').first().check({ force: true });
  await go('main form[action="/appointments"] button');
  assert.match(new URL(page.url()).pathname, /^\/appointments\/\w{8}$/);
  const book = page.locator('main form[action$="/book"]');
  await book.locator('[name="name"]').fill("王玛丽");
  await book.locator('[name="phone"]').fill(way.language === "zh" ? "13900020001" : "13900020002");
  await leads(page, () => book.locator("button").first().click());
  assert.equal(await page.locator('main form[action$="/cancel"]').count(), 1, "it is booked");
  await leaves(visitor);
}

/** A table of firms and offices by the administrator's page; what is wrong in it changes nothing. */
async function takesIn(admin, row) {
  const head = "类别,名称,区,地址,电话,许可证号,来源,来源日期\n";
  await admin.go("/admin/bodies");
  const file = { name: "bodies.csv", mimeType: "text/csv", buffer: Buffer.from(head + row) };
  await admin.page.setInputFiles('main input[name="file"]', file);
  await leads(admin.page, () => admin.page.click('main form[action="/admin/bodies"] button'));
}

test("a firm is taken in, something about it is wrong, and whoever says so is told", () =>
  withServer({}, async (server) => {
    const [way] = ways;
    const api = new Api(server.url, { language: "zh" });
    const admin = await Person.arrive(server.url, way);
    const { token } = await api.signIn("admin");
    await admin.context.addCookies([{ name: "gongdao", value: token, url: server.url }]);
    await takesIn(admin, "公证处,徐汇公证处,徐汇区,天钥桥路1号,021-64000000,31,,2026-01-31\n");
    await admin.page.locator("main .wrong-summary").waitFor();
    assert.deepEqual((await api.get("/bodies")).bodies, []);
    await takesIn(admin, "公证处,徐汇公证处,徐汇区,天钥桥路1号,021-64000000,31,市司法局公告,2026-01-31\n");
    assert.deepEqual(await axe(admin.page), []);
    const { bodies } = await api.get(`/search?q=${encodeURIComponent("徐汇公证处")}`);
    const resident = await Person.arrive(server.url, way);
    await resident.go("/bodies");
    assert.deepEqual(await axe(resident.page), []);
    await leads(resident.page, () => resident.page.click(`main a[href="${bodies[0].url}"]`));
    await resident.sees("市司法局公告");
    assert.deepEqual(await axe(resident.page), []);
    await leads(resident.page, () => resident.page.click('main a[href$="/wrong"]'));
    await resident.page.locator('main [name="what"][value="contact"]').check({ force: true });
    await resident.page.fill('main [name="words"]', "电话换了，见该处网页。");
    await resident.page.fill('main [name="phone"]', "13900007777");
    assert.deepEqual(await axe(resident.page), []);
    await leads(resident.page, () => resident.page.click('main form[action$="/wrong"] button'));
    const { pathname } = new URL(resident.page.url());
    assert.match(pathname, /^\/corrections\/\w{8}$/);
    assert.deepEqual(await axe(resident.page), []);

    await server.kill();
    await server.start();
    await admin.go("/admin/corrections");
    await leads(admin.page, () => admin.page.click("main a.desk-item"));
    assert.ok(!(await admin.page.textContent("main")).includes("电话换了"), "not before it is on record");
    await leads(admin.page, () => admin.page.click('main form[action$="/look"] button'));
    await admin.sees("电话换了");
    assert.deepEqual(await axe(admin.page), []);
    const before = server.letters("13900007777").length;
    await leads(admin.page, () => admin.page.click('main button[value="applied"]'));
    await eventually("a message comes", () => server.letters("13900007777").length > before);
    await resident.go(pathname);
    await resident.sees("已更正");
    await admin.go(bodies[0].url.replace("/bodies/", "/admin/bodies/") + "/credit");
    assert.deepEqual(await axe(admin.page), []);
    for (const person of [admin, resident]) {
      assert.deepEqual(person.complaints, []);
      await person.leave();
    }
  }));

test("whoever does not serve cannot be chosen: the question goes on without", () =>
  withServer({}, async (server) => {
    const resident = await Person.arrive(server.url, { name: "the resident" });
    await resident.go("/ask?wants=999999999");
    assert.equal(await resident.page.locator('main input[name="wants"]').count(), 0);
    await fillsIn(resident, { field: "labour", text: "公司拖欠工资", written: true });
    assert.ok(resident.reference);
    await leaves(resident);
  }));
