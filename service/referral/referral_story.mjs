// referral_story.mjs -- a talk that other offices have to go on with: money sent to somebody who pretended to be
// a shop goes to the police with the list of what to bring, and is open until they have taken it over; a quarrel
// becomes an application to any service of the list with what is known filled in, open until the office has taken
// it over, and a paper for what is done at a window. Nothing is handed over before the resident has read it; the
// code on the paper is read from the printed sheet; the server is killed in between.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api, takenBy } from "../../journey/lib/api.mjs";
import { closeBrowser, inTurn, leads, wayName } from "../../journey/lib/browser.mjs";
import { accepts, atDesk, opens } from "../../journey/lib/desk.mjs";
import { sendAsIs } from "../../journey/lib/forms.mjs";
import { opensPaper, scansPaper } from "../../journey/lib/programs.mjs";
import { asks, leaves } from "../../journey/lib/resident.mjs";
import { withServer } from "../../journey/lib/server.mjs";

after(closeBrowser);

const fraud = "冒充客服的人让她转了三万元。";
const quarrel = "楼上每天半夜拖桌子，说了几次都不听。";
const formTo = (person, path) => person.page.locator(`main form[method="post" i][action$="${path}"]`).last();
const last = (person) => new URL(person.page.url()).pathname.split("/").pop();

/** The consultant, beside the talk. */
async function suggests(consultant, talk, kind, known) {
  await consultant.go(`/desk/consultations/${talk}/referrals`);
  const form = formTo(consultant, "/referrals");
  await form.locator(`[name="kind"][value="${kind}"]`).check({ force: true });
  await sendAsIs(consultant.page, form); // nothing is written
  await consultant.page.locator("main .wrong-summary").first().waitFor();
  const again = formTo(consultant, "/referrals");
  await again.locator('[name="known"]').fill(known);
  await again.locator(`[name="kind"][value="${kind}"]`).check({ force: true });
  await sendAsIs(consultant.page, again);
}

/** The consultant finds a service by the words of the talk, and answers what is known. */
async function suggestsService(consultant, talk, q, item, answers) {
  const { page } = consultant;
  await consultant.go(`/desk/consultations/${talk}/referrals`);
  await leads(page, () => page.locator(`main a[href="/desk/consultations/${talk}/services"]`).click());
  await page.locator('main [name="q"]').fill(q);
  await leads(page, () => page.locator('main form[role="search"] button').click());
  await leads(page, () => page.locator(`main a[href="/desk/consultations/${talk}/services/${item}"]`).click());
  const path = `/services/${item}`;
  await sendAsIs(page, formTo(consultant, path)); // nothing is known
  await page.locator("main .wrong-summary").first().waitFor();
  for (const [name, value] of Object.entries(answers)) {
    const radio = formTo(consultant, path).locator(`[name="${name}"][value="${value}"][type="radio"]`);
    if (await radio.count()) await radio.check({ force: true });
    else await formTo(consultant, path).locator(`[name="${name}"]`).fill(value);
  }
  await sendAsIs(page, formTo(consultant, path));
}

for (const way of inTurn) {
  test(`out of a talk to the police, and to mediation ${wayName(way)}`, () =>
    withServer({ options: ["--public-url", "http://127.0.0.1"] }, async (server) => {
      const english = way.language === "en";
      const person = await asks(server, way, { text: "我被骗了钱，邻居又吵。" });
      const talk = person.reference;
      const offered = await takenBy(new Api(server.url), talk, { accept: false });
      offered.silence();
      const consultant = await atDesk(server, way, offered.name);
      await accepts(consultant, talk);
      await person.isIn("talking");
      await opens(consultant, talk);
      await leads(consultant.page, () =>
        consultant.page.locator(`main a[href="/desk/consultations/${talk}/referrals"]`).click());
      await suggests(consultant, talk, "police", fraud);
      // Where to go, as an administrator wrote it down: the nearest stands on the page and on the paper.
      const admin = await new Api(server.url).signIn("admin");
      const nearest = { office_name: "外滩派出所", office_address: "示例路1号", office_phone: "110", office_source: "区公安分局网站" };
      await admin.post("/admin/offices", { kind: "police", division: "31", ...nearest });
      const own = `/consultations/${talk}/referrals`;
      const stranger = await new Api(server.url).ask();
      assert.equal((await stranger.call("GET", own)).status, 404);
      const other = await new Api(server.url).signIn("consultant030");
      assert.equal((await other.call("GET", `/desk${own}`)).status, 404);

      // Read, agreed, on paper; before that there is none.
      await person.go(person.path);
      await leads(person.page, () => person.page.locator(`main a[href="${own}"]`).click());
      await person.sees(fraud);
      const sheet = `${server.url}${own}/police/sheet`;
      assert.equal((await person.page.request.get(sheet)).status(), 404, "not before it was agreed to");
      await server.kill();
      await server.start();
      await sendAsIs(person.page, formTo(person, `${own}/police`));
      await person.sees(english ? "Agreed; not taken over yet" : "已经同意，对方还没有接收");
      await person.sees(english ? "Do not delete them" : "不要删");
      await person.sees("示例路1号");
      const bytes = await (await person.page.request.get(sheet)).body();
      const { text } = await opensPaper(bytes);
      for (const part of ["转介单（公安）", talk, fraud, "转账记录", "派出所", "110", "刑事诉讼法第一百一十条", "示例路1号"])
        assert.ok(text.includes(part), `${part} in ${text}`);
      assert.ok(!text.includes("我被骗了钱"), "what was said in the talk does not go along");

      // Whoever holds the paper reads its code with a camera, and says that it was received.
      const [address, ...more] = await scansPaper(bytes);
      assert.deepEqual(more, [], "one code");
      const code = address.split("/").pop();
      assert.equal(address, `http://127.0.0.1/referrals/${code}`);
      assert.ok(text.includes(code), "the same is written under it");
      const holder = await person.context.newPage();
      await holder.goto(`${server.url}${new URL(address).pathname}`);
      await holder.locator("h1", { hasText: english ? "Yes, this paper is ours" : "核验通过：这份文书是真的" }).waitFor();
      assert.equal((await holder.goto(`${server.url}/referrals/${code.replace(/^.{4}/, "AAAA")}`)).status(), 404, "a changed paper is not");
      await holder.locator("main", { hasText: english ? "No paper of ours bears this code" : "没有查到这个核验码" }).waitFor();
      await holder.close();
      const police = new Api(server.url);
      assert.equal((await police.call("GET", `/referrals/${code.replace(/.$/, "#")}`)).status, 404);
      const seen = await police.get(`/referrals/${code}`);
      assert.ok(!JSON.stringify(seen).includes("三万"), "the address tells no words");
      const officer = await police.call("POST", `/referrals/${code}/taken`, { receiver: "外滩派出所 王警官", receipt: "2026-17" });
      assert.equal(officer.status, 200);
      const twice = await police.call("POST", `/referrals/${code}/taken`, { receiver: "别人" });
      assert.equal(twice.status, 409);
      await person.go(own);
      await person.sees("外滩派出所 王警官 · 2026-17");
      await consultant.go(`/desk${own}`);
      await consultant.sees(english ? "Taken over" : "已经接收");

      // The quarrel: found among all services, agreed to, the questions are filled in.
      const answers = { answer_1: "neighbours", answer_2: "李建国", answer_4: quarrel };
      await suggestsService(consultant, talk, english ? "neighbour quarrel" : "邻居吵架", "mediation-one-thing", answers);
      await person.go(own);
      for (const part of [english ? "Neighbours" : "邻里", "李建国", quarrel]) await person.sees(part); // exactly what goes along
      await sendAsIs(person.page, formTo(person, `${own}/mediation-one-thing`));
      await leads(person.page, () =>
        person.page.locator('main a[href="/items/mediation-one-thing/apply"]').click());
      const form = formTo(person, "/items/mediation-one-thing/apply");
      assert.equal(await form.locator('[name="answer_4"]').inputValue(), quarrel, "filled in already");
      assert.equal(await form.locator('[name="answer_2"]').inputValue(), "李建国");
      assert.ok(await form.locator('[name="answer_1"][value="neighbours"]').isChecked());
      const next = await person.context.newPage(); // whoever comes after, at a machine others use too
      const kept = await person.context.cookies();
      await person.context.clearCookies();
      await person.context.addCookies(kept.filter(({ name }) => /visitor/.test(name)));
      await next.goto(`${server.url}/items/mediation-one-thing/apply`);
      assert.ok(!(await next.content()).includes("拖桌子"), "what was known is for whoever had the talk");
      await person.context.addCookies(kept);
      await next.close();
      await form.locator('[name="name"]').fill("王秀英");
      await form.locator('[name="phone"]').fill("13900006677");
      await form.locator('[name="division"]').selectOption("310101");
      await sendAsIs(person.page, form);
      const reference = last(person);
      assert.match(reference, /^[0-9A-Z]{8}$/);
      await person.page.locator(`main a[href="/consultations/${talk}"]`).waitFor();
      await consultant.go(`/desk${own}`);
      await consultant.sees(reference);
      await consultant.sees(english ? "Being looked at" : "正在看能不能调解"); // open until it is taken on
      await consultant.sees(english ? "Applied for; not taken over yet" : "已经申请，对方还没有接收");
      assert.ok(!(await consultant.page.content()).includes("13900006677"), "of the case no more than that");
      const chief = await new Api(server.url).signIn("leader01");
      await chief.post(`/office/cases/${reference}/look`);
      const { seen: all } = await chief.get(`/office/cases/${reference}`);
      await chief.post(`/office/cases/${reference}/steps`, { action: "decline", words: "不属于调解范围，请到派出所。", seen: all });
      await person.go(`/cases/${reference}`);
      await person.sees("不属于调解范围，请到派出所。"); // one that does not fit is sent on, with reasons
      await consultant.go(`/desk${own}`);
      await consultant.sees(english ? "Not taken over; the case says why" : "没有接收，理由写在申请里");

      // Another service: over when its office has taken it over, which both read in the talk. And one of a window.
      const desk = offered.api;
      const papers = `/services/litigation-papers`;
      assert.equal((await other.call("POST", `/desk/consultations/${talk}${papers}`, { answer_1: "黄浦法院" })).status, 404);
      assert.equal((await desk.call("POST", `/desk/consultations/${talk}${papers}`, { answer_5: "下个月" })).status, 422, "no day");
      await desk.post(`/desk/consultations/${talk}${papers}`, { answer_1: "黄浦法院", answer_2: "complaint" });
      await person.go(own);
      await sendAsIs(person.page, formTo(person, `${own}/litigation-papers/decline`)); // not now
      await person.sees(english ? "The resident does not want it now" : "居民现在不需要");
      await desk.post(`/desk/consultations/${talk}${papers}`, { answer_1: "黄浦法院", answer_2: "complaint" });
      await person.go(own);
      await sendAsIs(person.page, formTo(person, `${own}/litigation-papers`));
      await leads(person.page, () => person.page.locator('main a[href="/items/litigation-papers/apply"]').click());
      const court = formTo(person, "/items/litigation-papers/apply");
      assert.equal(await court.locator('[name="answer_1"]').inputValue(), "黄浦法院");
      await court.locator('[name="name"]').fill("王秀英");
      await court.locator('[name="phone"]').fill("13900006677");
      await court.locator('[name="division"]').selectOption("310101");
      await sendAsIs(person.page, court);
      const second = last(person);
      await chief.post(`/office/cases/${second}/look`);
      const { seen: steps } = await chief.get(`/office/cases/${second}`);
      await chief.post(`/office/cases/${second}/steps`, { action: "accept", words: "", seen: steps });
      const { referrals } = await desk.get(`/desk${own}`);
      assert.equal(referrals.find(({ kind }) => kind === "litigation-papers").state, "taken");
      await person.go(person.path);
      await person.sees(english ? `The office has taken it over: case ${second}.` : `办理单位已经接收：${second}`);
      const { services } = await desk.get(`/desk/consultations/${talk}/services?q=${encodeURIComponent("户籍 证明")}`);
      const { item } = services.find(({ way: how }) => how === "paper");
      await desk.post(`/desk/consultations/${talk}/services/${item}`, { known: "要开一份证明。" });
      await person.go(own);
      await sendAsIs(person.page, formTo(person, `${own}/${item}`));
      const window = await (await person.page.request.get(`${server.url}${own}/${item}/sheet`)).body();
      assert.ok((await opensPaper(window)).text.includes("要开一份证明。"));
      assert.match((await scansPaper(window))[0], /\/referrals\/[2-9A-Z]{8}-[2-9A-Z]{8}$/);
      await leaves(person);
    }));
}
