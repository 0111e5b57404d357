// complaint.mjs -- somebody is treated rudely at a window and complains: reads who looks at it and until
// when, which is fifteen days and not working days; whoever supervises urges, the office answers with
// its reasons, and the one who complained reads them.  It is taken up again once.  Nobody else sees
// anything of it.  Of two windows of one officer the one that is behind says so, and keeps the words.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api } from "../lib/api.mjs";
import { Person, closeBrowser, inTurn, wayName } from "../lib/browser.mjs";
import { sendAsIs } from "../lib/forms.mjs";
import { leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

const phone = "13900007777";
const what = "窗口的人说我听不懂就别来了。";
const dayMs = 86400e3;

function formTo(person, path) {
  return person.page.locator(`main form[method="post" i][action$="${path}"]`).first();
}

async function opens(officer, reference) {
  await officer.go(`/office/cases/${reference}`);
  if (await formTo(officer, "/look").count()) await sendAsIs(officer.page, formTo(officer, "/look"));
}

async function decides(officer, action, words) {
  const form = formTo(officer, "/steps");
  await form.locator(`[name="action"][value="${action}"]`).check({ force: true });
  if (words) await form.locator('[name="words"]').fill(words);
  await sendAsIs(officer.page, form);
}

async function signsIn(person, server, next) {
  const before = server.letters(phone).length;
  await person.go(`/session/code?next=${next}`);
  await person.page.locator('main input[name="phone"]').fill(phone);
  await person.submit('form[action="/session/code"] button');
  await person.page.locator('main input[name="code"]').fill(await server.code(phone, before));
  await person.submit('form[action="/session/code/verify"] button');
}

/** Where the page of the case is, and its reference. */
async function complains(person, kind) {
  await person.go("/items/complaints/apply");
  const form = formTo(person, "/items/complaints/apply");
  await form.locator('[name="name"]').fill("赵敏");
  await form.locator('[name="division"]').selectOption("310101");
  await form.locator(`[name="answer_1"][value="${kind}"]`).check({ force: true });
  await form.locator('[name="answer_2"]').fill("黄浦区法律援助中心窗口");
  await form.locator('[name="answer_4"]').fill(what);
  await sendAsIs(person.page, form);
  const path = new URL(person.page.url()).pathname;
  assert.match(path, /^\/cases\/[0-9A-Z]{8}$/);
  return { path, reference: path.split("/").pop() };
}

for (const way of inTurn) {
  test(`a complaint, urged, answered, taken up again ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const english = way.language === "en";
      const person = await Person.arrive(server.url, { ...way, name: "who complains" });
      await signsIn(person, server, "/items/complaints/apply");
      const { path, reference } = await complains(person, "complaint");
      await person.sees(english ? "Being checked" : "正在登记审核");
      const supervisor = await Person.arrive(server.url, { ...way, size: "desktop", name: "the supervisor" });
      await supervisor.signIn("supervisor");

      // Fifteen days of the calendar: with weekends left out they would be three weeks.
      const asStaff = await new Api(server.url).signIn("leader01");
      const { axes } = await asStaff.get(`/office/cases/${reference}`);
      const days = (Date.parse(axes.due_at) - Date.now()) / dayMs;
      assert.ok(days > 14 && days <= 16, `${days} days`);

      const far = await new Api(server.url).signIn("leader02");
      assert.equal((await far.call("GET", `/office/cases/${reference}`)).status, 404, "another district");
      const stranger = await Person.arrive(server.url, { ...way, name: "a stranger" });
      await stranger.go(path);
      assert.notEqual(new URL(stranger.page.url()).pathname, path, "another browser");

      const office = await Person.arrive(server.url, { ...way, size: "desktop", name: "the office" });
      await office.signIn("leader01");
      await opens(office, reference);
      await office.sees(what);
      await decides(office, "accept");

      // The supervisor sees it, urges, and decides nothing.
      await opens(supervisor, reference);
      await supervisor.sees(what);
      assert.equal(await formTo(supervisor, "/steps").locator('[name="action"][value="uphold"]').count(), 0);
      await decides(supervisor, "urge", "已经有三个人反映，请尽快答复。");
      await office.go(`/office/cases/${reference}`);
      await office.sees("已经有三个人反映，请尽快答复。");
      await person.go(path);
      assert.equal(await person.page.getByText("已经有三个人反映").count(), 0, "said between officers");

      // Two windows: the one that is behind is told so, and what was written in it is still there.
      const behind = await Person.arrive(server.url, { ...way, size: "desktop", name: "the office's other window" });
      await behind.signIn("leader01");
      await behind.go(`/office/cases/${reference}`);
      const before = server.letters(phone).length;
      await decides(office, "explain", "当时的录像里没有这样的话。");
      await decides(behind, "uphold", "情况属实，已经批评教育。");
      assert.equal(await behind.page.locator(".wrong-summary").count(), 1, "it is said above");
      await behind.sees(english ? "What you wrote was not kept." : "您刚才写的内容没有保存");
      await behind.sees("情况属实，已经批评教育。"); // to be copied

      await server.letter(phone, new RegExp(reference), { after: before });
      await person.go(path);
      await person.sees("当时的录像里没有这样的话。");
      await person.sees(english ? "It was not found so" : "经核实不属实");

      await opens(supervisor, reference);
      await decides(supervisor, "reopen", "另一个窗口的录像没有看。");
      await server.kill();
      await server.start();
      await person.go(path);
      await person.sees(english ? "Being checked" : "正在登记审核");
      await opens(office, reference);
      await decides(office, "accept");
      await office.go(`/office/cases/${reference}`);
      await decides(office, "uphold", "另一段录像里有，我们向您道歉，当事人已经调离窗口。");
      await person.go(path);
      await person.sees("我们向您道歉");

      const advice = await complains(person, "advice");
      await opens(office, advice.reference);
      await decides(office, "accept");
      await office.go(`/office/cases/${advice.reference}`);
      await decides(office, "uphold", "下个月起窗口放一副老花镜。");
      await person.go(advice.path);
      await person.sees("老花镜");
      await person.sees(english ? "your advice is taken up" : "建议已采纳");

      // The same for who complains: in one window it is taken back while the other still corrects it.
      const third = await complains(person, "advice");
      await opens(office, third.reference);
      await decides(office, "send-back", "请写明是哪一天。");
      await person.go(third.path);
      const correction = formTo(person, "/answers");
      await correction.locator('[name="answer_4"]').fill("十一月二十日上午，三号窗口。");
      const other = await person.page.context().newPage();
      await other.goto(server.url + third.path);
      const back = other.locator('main form:has(input[value="withdraw"])').first();
      if (!(await back.isVisible())) await other.locator("main details > summary").last().click();
      await sendAsIs(other, back);
      await other.close();
      await sendAsIs(person.page, correction);
      await person.sees(english ? "What you wrote was not kept." : "您刚才写的内容没有保存");
      await person.sees("十一月二十日上午，三号窗口。");
      await person.go(path);
      await leaves(person);
    }));
}
