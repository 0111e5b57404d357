// paper_and_visit.mjs -- those who cannot come or click: a court's workstation has a defender named for
// somebody in custody; an old woman is visited at home; a paper application is found on line again.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api } from "../lib/api.mjs";
import { Person, closeBrowser, inTurn, wayName } from "../lib/browser.mjs";
import { sendAsIs } from "../lib/forms.mjs";
import { leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

const formTo = (person, path) =>
  person.page.locator(`main form[method="post" i][action$="${path}"]`).first();
const last = (person) => new URL(person.page.url()).pathname.split("/").pop();
const tomorrow = () => new Date(Date.now() + 32 * 3600e3).toISOString().slice(0, 10); // in Shanghai

for (const way of inTurn) {
  test(`a workstation applies for a defendant, who gets a lawyer ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const english = way.language === "en";
      const clerk = await Person.arrive(server.url, { ...way, size: "desktop", name: "the clerk" });
      await clerk.signIn("clerk001");
      await clerk.go("/office/typed");
      await clerk.page.locator('main a[href="/office/typed/items/legal-aid-notice"]').click();
      const form = formTo(clerk, "/office/typed/items/legal-aid-notice");
      await form.locator('[name="name"]').fill("周平");
      await form.locator('[name="phone"]').fill("02163211234");
      await form.locator('[name="division"]').selectOption("310101");
      await form.locator('[name="answer_1"]').fill("涉嫌故意伤害，检察院已经起诉。");
      await form.locator('[name="answer_2"][value="minor"]').check({ force: true });
      await form.locator('[name="answer_3"][value="first"]').check({ force: true });
      await sendAsIs(clerk.page, form); // without the notice
      await clerk.page.locator("main .wrong-summary").first().waitFor();
      assert.equal(await form.locator('[name="name"]').inputValue(), "周平", "what was typed stays");
      await form.locator('[name="notice"]').fill("黄浦区人民法院（2026）沪0101刑初88号");
      await sendAsIs(clerk.page, form);
      await clerk.sees(english ? "Receipt" : "收件回执");
      const reference = last(clerk);
      assert.match(reference, /^[0-9A-Z]{8}$/);
      const hands = await new Api(server.url).signIn("clerk001");
      assert.equal((await hands.call("GET", `/office/cases/${reference}`)).status, 403, "paper in, no more");
      assert.equal((await new Api(server.url).call("POST", "/items/legal-aid-notice/apply", {
        name: "张三", phone: "13900001111", division: "310101", answer_1: "x", answer_2: "minor", answer_3: "first",
      })).status, 409, "nobody applies for it on line");

      await server.kill();
      await server.start();
      const officer = await new Api(server.url).signIn("leader01");
      const at = `/office/cases/${reference}`;
      await officer.post(`${at}/look`, {});
      const seen = await officer.get(at);
      assert.equal(seen.axes.state, "appointing");
      assert.match(seen.notice, /刑初88号/);
      const days = (new Date(seen.axes.promise_at) - new Date(seen.axes.opened_at)) / 86_400_000;
      assert.ok(days > 3 && days <= 4, `three whole days: ${days}`);
      const { lawyers } = await officer.get(`${at}/agents?far=1`);
      const chosen = lawyers.find(({ may }) => may);
      await officer.post(`${at}/agents`, { person: chosen.person, seen: seen.seen });
      assert.equal((await officer.get(at)).axes.state, "offered");
    }));

  test(`a woman of eighty-two is visited at home ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const english = way.language === "en";
      const person = await Person.arrive(server.url, { ...way, name: "the applicant" });
      await person.go("/items/legal-aid-civil/apply");
      const form = formTo(person, "/items/legal-aid-civil/apply");
      await form.locator('[name="name"]').fill("陈阿婆");
      await form.locator('[name="phone"]').fill("13900007777");
      await form.locator('[name="division"]').selectOption("310101");
      await form.locator('[name="answer_1"]').fill("儿子三年没有给赡养费。");
      await form.locator('[name="answer_3"][value="yes"]').check({ force: true });
      await form.locator('[name="answer_5"][value="eighty"]').check({ force: true });
      await sendAsIs(person.page, form);
      const reference = last(person);
      await person.sees(english ? "Your case is served before others." : "您的申请优先办理。");

      const officer = await Person.arrive(server.url, { ...way, size: "desktop", name: "the officer" });
      await officer.signIn("leader01");
      await officer.go("/office/visits");
      await officer.sees(english ? "not planned yet" : "还没有安排");
      await officer.page.locator(`main a[href="/office/cases/${reference}"]`).click();
      await sendAsIs(officer.page, formTo(officer, "/look"));
      await officer.page.locator(`main a[href="/office/cases/${reference}/visits"]`).click();
      const plan = formTo(officer, "/visits");
      await plan.locator('[name="visit_day"]').fill(tomorrow());
      await plan.locator('[name="visit_from"]').fill("23:00");
      await plan.locator('[name="visit_minutes"]').fill("60");
      await plan.locator('[name="visit_place"]').fill("南京东路100弄5号301室");
      await sendAsIs(officer.page, plan);
      await officer.page.locator("main .wrong-summary").first().waitFor();
      assert.match(await plan.locator('[name="visit_place"]').inputValue(), /301/, "what was typed stays");
      await plan.locator('[name="visit_from"]').fill("09:30");
      await sendAsIs(officer.page, plan);
      await server.kill();
      await server.start();
      await person.go(`/cases/${reference}`);
      await person.sees(english ? "Somebody comes to you" : "工作人员会上门");
      await person.sees("301室");
      await person.sees("09:30");
      const far = await new Api(server.url).signIn("leader02");
      assert.equal((await far.call("GET", `/office/cases/${reference}/visits`)).status, 404, "another district");

      await officer.go(`/office/cases/${reference}/visits`);
      const end = formTo(officer, "/end");
      await end.locator('[name="visit_result"][value="cancelled"]').check({ force: true });
      await end.locator('[name="visit_end_words"]').fill("申请人住院，改到下周。");
      await sendAsIs(officer.page, end);
      await person.go(`/cases/${reference}`);
      await person.sees("改到下周");
      await leaves(person);
    }));
}

test("what was handed in on paper is found on line with the number and the receipt, never with one alone", () =>
  withServer({}, async (server) => {
    const clerk = await new Api(server.url).signIn("clerk001");
    const paper = {
      name: "王秀英",
      phone: "13900008888",
      division: "310101",
      answer_1: "neighbours",
      answer_2: "楼上李先生",
      answer_4: "楼上每天晚上拖桌子。",
    };
    const { reference } = await clerk.post("/office/typed/items/people-mediation", paper, 201);
    const other = await new Api(server.url).signIn("clerk003");
    assert.equal((await other.call("GET", `/office/typed/${reference}`)).status, 404);
    const lawyer = await new Api(server.url).signIn("consultant001");
    assert.equal((await lawyer.call("GET", "/office/typed")).status, 403, "who acts for applicants does not");
    assert.equal((await new Api(server.url).call("GET", `/cases/${reference}`)).status, 401);

    const { code } = await clerk.get(`/office/typed/${reference}`);
    const proved = async (phone) => {
      const api = new Api(server.url);
      const before = server.letters(phone).length;
      await api.post("/session/code", { phone }, 202);
      const letter = await server.code(phone, before);
      return api.as((await api.post("/session/code/verify", { phone, code: letter }, 201)).token);
    };
    const finds = async (who) => (await who.call("GET", `/cases/${reference}`)).status;
    const own = await proved(paper.phone);
    assert.equal(await finds(own), 404, "the number alone: it may have been typed wrongly");
    const wrong = String((Number(code) + 1) % 100_000_000).padStart(8, "0");
    assert.equal((await own.call("POST", "/cases", { receipt: reference, code: wrong })).status, 422);
    const stranger = await proved("13900009999");
    assert.equal((await stranger.call("POST", "/cases", { receipt: reference, code })).status, 422);
    assert.equal(await finds(stranger), 404, "the receipt alone");
    assert.equal((await own.call("POST", "/cases", { receipt: reference.toLowerCase(), code })).status, 200);
    assert.equal(await finds(own), 200);
  }));
