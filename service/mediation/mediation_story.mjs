// mediation_story.mjs -- a quarrel between neighbours: out of a talk, with what is known filled in, taken on, a
// mediator proposed, objected to and replaced by one a side chooses, a session together and two apart, a visit
// at home, an agreement both sign and have on paper, the court asked, whether it is kept, and how it is counted.
// The server is killed in between. What one side says apart is not on the other's page.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api, takenBy } from "../../journey/lib/api.mjs";
import { Person, closeBrowser, inTurn, leads, wayName } from "../../journey/lib/browser.mjs";
import { sendAsIs } from "../../journey/lib/forms.mjs";
import { opensPaper, scansPaper } from "../../journey/lib/programs.mjs";
import { asks, leaves } from "../../journey/lib/resident.mjs";
import { withServer } from "../../journey/lib/server.mjs";

after(closeBrowser);

const formTo = (person, path) =>
  person.page.locator(`main form[method="post" i][action$="${path}"]`).first();
const last = (person) => new URL(person.page.url()).pathname.split("/").pop();
/** Opens what is folded around a form, then sends it. */
async function sends(person, path, given = {}) {
  const form = formTo(person, path);
  const folded = form.locator("xpath=ancestor::details[not(@open)]/summary");
  if (await folded.count()) await folded.first().click();
  for (const [name, value] of Object.entries(given)) {
    const radio = form.locator(`[name="${name}"][value="${value}"][type="radio"]`);
    if (await radio.count()) await radio.check({ force: true });
    else if (await form.locator(`select[name="${name}"]`).count())
      await form.locator(`[name="${name}"]`).selectOption(value);
    else await form.locator(`[name="${name}"]`).fill(value);
  }
  await sendAsIs(person.page, form);
}

for (const way of inTurn) {
  test(`a quarrel between neighbours is settled ${wayName(way)}`, () =>
    withServer({ options: ["--public-url", "http://127.0.0.1"] }, async (server) => {
      const english = way.language === "en";
      // A talk; the consultant writes down what is known, the resident agrees and finds it filled in.
      const applicant = await asks(server, way, { text: "邻居很吵，说了几次都不听。" });
      const talk = applicant.reference;
      const consultant = await takenBy(new Api(server.url), talk);
      consultant.silence();
      const known = { answer_1: "neighbours", answer_2: "李建国", answer_4: "楼上每天半夜拖桌子。" };
      await consultant.api.post(`/desk/consultations/${talk}/services/mediation-one-thing`, known);
      await applicant.go(`/consultations/${talk}/referrals`);
      await sends(applicant, "/referrals/mediation-one-thing");
      await leads(applicant.page, () =>
        applicant.page.locator('main a[href="/items/mediation-one-thing/apply"]').click());
      await sends(applicant, "/items/mediation-one-thing/apply", {
        name: "王秀英",
        phone: "13900006666",
        division: "310101",
        answer_1: "neighbours",
        answer_6: "只告诉调解员的话",
      });
      const reference = last(applicant);
      const office = `/office/cases/${reference}`;

      // The committee takes it on, invites the other side and proposes somebody: over JSON.
      const chief = await new Api(server.url).signIn("leader01");
      await chief.post(`${office}/look`);
      const { seen } = await chief.get(office);
      await chief.post(`${office}/steps`, { action: "accept", words: "", seen });
      const officer = await Person.arrive(server.url, { ...way, size: "desktop", name: "the officer" });
      await officer.signIn("leader01");
      await officer.go(office);
      await officer.page.locator(`main a[href="${office}/mediation"]`).click();
      await sends(officer, "/mediation/invitation");
      const { code, candidates } = await chief.get(`${office}/mediation`);
      const [first, second] = candidates;
      await sends(officer, "/mediation/mediator", { why: "熟悉邻里纠纷。" }); // nobody chosen
      await officer.page.locator("main .wrong-summary").first().waitFor();
      assert.match(await officer.page.locator('main [name="why"]').inputValue(), /熟悉/, "what was typed stays");
      await sends(officer, "/mediation/mediator", { person: first.person });

      const other = await Person.arrive(server.url, { ...way, name: "the other side" });
      await other.go("/mediation");
      await sends(other, "/mediation", { invitation: reference, code: "00000000", own_name: "李建国" });
      await other.page.locator("main .wrong-summary").first().waitFor();
      await sends(other, "/mediation", { code });
      await other.sees("楼上每天半夜拖桌子。");
      assert.ok(!(await other.page.content()).includes("只告诉调解员的话"));
      await sends(other, "/object", { objection: "是申请人的同学。" });
      await server.kill();
      await server.start();
      await applicant.go(`/cases/${reference}`);
      await applicant.page.locator(`main a[href="/mediation/${reference}"]`).click();
      await applicant.sees(english ? "One side objected to the mediator" : "一方要求更换调解员");
      assert.ok(!(await applicant.page.content()).includes("同学"), "why is for the committee");

      // Another one, from the list: who was objected to cannot be chosen, and the page says why.
      await leads(applicant.page, () =>
        applicant.page.locator(`main a[href="/mediation/${reference}/mediators"]`).click());
      await applicant.sees(english ? "This mediator was objected to or stepped back" : "这位调解员在本案中已被要求更换");
      const theirs = applicant.page.locator(`main form:has([name="person"][value="${second.person}"])`);
      assert.equal(await applicant.page.locator(`main form:has([name="person"][value="${first.person}"])`).count(), 0);
      await theirs.locator("xpath=ancestor::details/summary").click();
      await theirs.locator('[name="choice_words"]').fill("和双方都不认识。");
      await sendAsIs(applicant.page, theirs);
      await applicant.sees(english ? "You have agreed" : "您已经同意");
      await other.go(`/mediation/${reference}`);
      await sends(other, "/agree");
      await other.sees(english ? "Being mediated" : "正在调解");

      // The mediator, in the browser: together, and apart with each.
      const admin = await new Api(server.url).signIn("admin");
      const { people } = await admin.get(`/admin/people?q=${encodeURIComponent(second.name)}&limit=100`);
      const { login } = people.find(({ person }) => person === second.person);
      const mediator = await Person.arrive(server.url, { ...way, size: "desktop", name: "the mediator" });
      await mediator.signIn(login);
      await mediator.go(office);
      await sends(mediator, "/look");
      await mediator.go(`${office}/mediation`);
      for (const [record_side, record] of [["both", "双方一起谈了"], ["applicant", "王说的悄悄话"], ["respondent", "李说的悄悄话"]])
        await sends(mediator, "/records", { record_side, record });
      // Whoever is ninety-two and can hardly go out is visited; the other side does not read where.
      const plan_day = new Date(Date.now() + 32 * 3600e3).toISOString().slice(0, 10); // tomorrow in Shanghai
      const home = "幸福路1号，李家，九十二岁";
      await sends(mediator, "/sessions", { plan_side: "respondent", plan_day, plan_from: "10:00", plan_minutes: "60", plan_place: home });
      await other.go(`/mediation/${reference}`);
      await other.sees(home);
      await applicant.go(`/mediation/${reference}`);
      assert.ok(!(await applicant.page.content()).includes("九十二岁"), "where the other side is visited");
      await sends(mediator, "/agreement", { form: "written", facts: "夜间噪音", terms: "晚上十点以后不拖桌子。" });

      for (const [side, own, others] of [[applicant, "王说", "李说"], [other, "李说", "王说"]]) {
        await side.go(`/mediation/${reference}`);
        await side.sees("双方一起谈了");
        await side.sees(`${own}的悄悄话`);
        assert.ok(!(await side.page.content()).includes(`${others}的悄悄话`), "what was said apart");
        await sends(side, "/sign");
      }
      await other.sees(english ? "The agreement stands and is being carried out" : "协议已经生效");

      // On paper, for both, with a code that verifies; nothing of any session, and no name where it verifies.
      const paper = await other.page.locator(`main a[href="/mediation/${reference}/agreement"]`).getAttribute("href");
      const sent = await other.page.request.get(new URL(paper, server.url).href);
      assert.equal(sent.headers()["content-type"], "application/pdf");
      const bytes = await sent.body();
      const { text } = await opensPaper(bytes);
      for (const part of ["人民调解协议书", reference, "王秀英", "李建国", "晚上十点以后不拖桌子", second.name, "第三十三条"])
        assert.ok(text.includes(part), `${part} in ${text}`);
      for (const part of ["悄悄话", "双方一起谈了", "只告诉"]) assert.ok(!text.includes(part), part);
      const [address, ...codes] = await scansPaper(bytes); // as a camera reads it from the sheet
      assert.deepEqual(codes, [], "one code");
      const { pathname, searchParams } = new URL(address);
      const stamp = searchParams.get("code");
      assert.equal(address, `http://127.0.0.1/verify?code=${stamp}`);
      assert.ok(text.includes(stamp), "the same is written under it");
      await other.go(`${pathname}?code=${stamp}`);
      await other.sees(english ? "Yes, this paper is ours" : "核验通过：这份文书是真的");
      await other.sees("人民调解协议书");
      // Who doubts a line learns whether ours says the same; of a changed one that it is not valid.
      await sends(other, "/verify", { words: "晚上十点 以后不拖桌子" });
      await other.sees(english ? "Yes: these words stand on our paper." : "一致：我们的文书上有这些字。");
      await sends(other, "/verify", { words: "晚上十一点以后不拖桌子" });
      await other.sees(english ? "it was changed and is not valid" : "说明它被改动过，无效");
      await other.go(`/verify?code=AAAA${stamp.slice(4)}`);
      await other.sees(english ? "No paper of ours bears this code" : "没有查到这个核验码");
      assert.ok(!(await other.page.content()).includes("人民调解协议书"), "of a changed code nothing");
      await other.go(`/verify?code=${stamp}`);
      assert.ok(!(await other.page.content()).includes("王秀英"), "no name");

      // Both ask for the court; the mediator hands it in, and asks whether it is kept.
      for (const side of [applicant, other]) {
        await side.go(`/mediation/${reference}`);
        await sends(side, "/confirm");
      }
      await other.sees(english ? "Both sides asked for the court" : "双方都申请了司法确认");
      const own = await new Api(server.url).signIn(login);
      await own.post(`${office}/look`);
      await mediator.go(`${office}/mediation`);
      await sends(mediator, "/court", { court: "sent" });
      await mediator.sees(english ? "It says whether it takes it up by" : "最晚哪天决定是否受理");
      await officer.go("/office/mediations"); // what lies with the court, and the figures
      await officer.sees(reference);
      await leads(officer.page, () => officer.page.locator('main a[href="/office/mediations/figures"]').click());
      await leads(officer.page, () => officer.page.locator('main a[href*="which=settled"]').first().click());
      await officer.sees(reference);
      await sends(mediator, "/follow-up", { performed: "yes", follow_words: "李说安静了，王也这么说。" });
      await applicant.go(`/mediation/${reference}`);
      assert.ok(!(await applicant.page.content()).includes("安静了"), "for the committee");
      const { seen: all } = await own.get(office);
      await own.post(`${office}/steps`, { action: "close", words: "双方都做到了。", seen: all });
      await applicant.go(`/cases/${reference}`);
      await applicant.sees(english ? "Settled: both sides agree" : "调解成功");
      await leaves(applicant);
    }));
}
