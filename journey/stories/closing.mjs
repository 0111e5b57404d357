// closing.mjs -- the lawyer of legal aid is done: hands the closing file in, which comes back once and
// goes into the archive; it is drawn and marked, and what is paid for it stands in the month's list.
// Nobody checks or marks the own work, and another district sees nothing of it.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Api } from "../lib/api.mjs";
import { Person, closeBrowser, wayName, ways } from "../lib/browser.mjs";
import { png } from "../lib/files.mjs";
import { sendAsIs } from "../lib/forms.mjs";
import { leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

const kinds = ["arbitration", "civil", "administrative", "settlement", "investigation", "prosecution", "trial", "victim"];
const report = "申请仲裁后双方调解，单位当场付清三个月工资。";
const formTo = (person, path) => person.page.locator(`main form[method="post" i][action$="${path}"]`).first();

/** A case of legal aid whose lawyer has reported that the work is done. */
async function done(server, officer, lawyer) {
  const wish = { name: "王小明", phone: "13900006655", division: "310101", answer_1: "三个月没有发工资。" };
  const guest = new Api(server.url);
  const { reference } = await guest.need(201, "POST", "/items/legal-aid-civil/apply", wish);
  const path = `/office/cases/${reference}`;
  const steps = async (who, action, words = "") => {
    await who.post(`${path}/look`, {});
    const { seen } = await who.get(path);
    if (action === "ask") return who.post(`${path}/agents`, { person: lawyer.person.id, seen });
    return who.post(`${path}/steps`, { action, words, seen });
  };
  await steps(officer, "grant");
  await steps(officer, "ask");
  await steps(lawyer, "accept");
  assert.equal((await lawyer.call("POST", `${path}/closing`, { kind: "civil", ended: "won", report })).status, 409);
  await steps(lawyer, "report", "已经拿到全部工资。");
  await steps(officer, "close");
  await officer.post(`${path}/look`, {});
  return path;
}

// Most of it is said by programs: a page in the other language is a page like any.
for (const way of process.env.GONGDAO_WAYS === "all" ? ways : ways.slice(0, 1)) {
  test(`a closing file comes back, is archived, marked and paid ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const english = way.language === "en";
      const officer = await new Api(server.url).signIn("leader01");
      const above = await new Api(server.url).signIn("supervisor");
      const admin = await new Api(server.url).signIn("admin");
      const acting = await new Api(server.url).signIn("consultant021");
      const rates = Object.fromEntries(kinds.map((kind) => [`rate_${kind}`, "1500.50"]));
      assert.equal((await admin.call("POST", "/admin/aid/rates", { ...rates, rate_civil: "viel", draw_every: 1 })).status, 422);
      await admin.post("/admin/aid/rates", { ...rates, draw_every: 1 });
      const path = await done(server, officer, acting);

      const lawyer = await Person.arrive(server.url, { ...way, size: "desktop", name: "the lawyer" });
      await lawyer.signIn("consultant021");
      await lawyer.go("/office/closings");
      await lawyer.page.locator(`main a[href="${path}/closing"]`).click();
      if (await formTo(lawyer, "/look").count()) await sendAsIs(lawyer.page, formTo(lawyer, "/look"));
      const form = formTo(lawyer, "/closing");
      await form.locator('[name="kind"][value="arbitration"]').check({ force: true });
      await form.locator('[name="ended"][value="agreed"]').check({ force: true });
      for (const sheet of ["letter", "mandate", "meeting", "opinion"])
        await form.locator(`[name="has_${sheet}"]`).check({ force: true });
      await form.locator('[name="report"]').fill(report);
      await sendAsIs(lawyer.page, form); // two that must be there are not
      await lawyer.page.locator("main .wrong-summary, main [role=alert]").first().waitFor();
      assert.equal(await formTo(lawyer, "/closing").locator('[name="report"]').inputValue(), report, "kept");
      assert.ok(await formTo(lawyer, "/closing").locator('[name="has_meeting"]').isChecked(), "kept");
      await formTo(lawyer, "/closing").locator('[name="without"]').fill("调解书还在送达。");
      await sendAsIs(lawyer.page, formTo(lawyer, "/closing"));
      await server.kill();
      await server.start();
      assert.equal((await acting.call("POST", `${path}/closing/check`, { verdict: "archive" })).status, 403, "not the own one");
      const far = await new Api(server.url).signIn("leader02");
      assert.equal((await far.call("GET", `${path}/closing`)).status, 404, "another district");
      assert.equal((await officer.call("POST", `${path}/closing/check`, { verdict: "return" })).status, 422, "what is missing?");
      await officer.post(`${path}/closing/check`, { verdict: "return", back_words: "请补调解书。" });
      await lawyer.go(`${path}/closing`);
      await lawyer.sees("请补调解书。");
      // The paper itself: then it need not be ticked.
      const paper = () => formTo(lawyer, "/closing/papers");
      await paper().locator('[name="sheet"]').selectOption("judgement");
      await paper().locator('[name="file"]').setInputFiles({ name: "调解书.png", mimeType: "image/png", buffer: png() });
      await sendAsIs(lawyer.page, paper());
      await lawyer.sees("调解书.png");
      assert.ok(await formTo(lawyer, "/closing").locator('[name="has_judgement"]').isChecked(), "it is there");
      const { papers } = await acting.get(`${path}/closing`);
      const scan = `${path}/closing/papers/${papers[0].file}`;
      const another = await new Api(server.url).signIn("consultant022");
      for (const [who, status] of [[acting, 200], [officer, 200], [far, 404], [another, 404], [new Api(server.url), 401]])
        assert.equal((await fetch(`${server.url}/api/v1${scan}`, { headers: who.headers() })).status, status, "who reads a paper");
      await formTo(lawyer, "/closing").locator('[name="has_report"]').check({ force: true });
      await sendAsIs(lawyer.page, formTo(lawyer, "/closing"));
      assert.equal((await acting.call("POST", `${scan}/drop`, {})).status, 409, "it is handed in");

      const clerk = await Person.arrive(server.url, { ...way, size: "desktop", name: "the officer" });
      await clerk.signIn("leader01");
      await clerk.go("/office/closings");
      await clerk.page.locator(`main a[href="${path}/closing"]`).click();
      await clerk.sees(report);
      await formTo(clerk, "/check").locator('[name="verdict"][value="archive"]').check({ force: true });
      await sendAsIs(clerk.page, formTo(clerk, "/check"));
      await clerk.sees(english ? "In the archive" : "归档号");
      assert.equal((await officer.call("POST", `${path}/closing/check`, { verdict: "archive" })).status, 409, "once");
      assert.equal((await admin.get("/admin/aid/payments")).paid.length, 0, "drawn: not before it is marked");

      const marks = { mark_meeting: 20, mark_evidence: 15, mark_opinion: 15, mark_hearing: 15, mark_file: 15, mark_words: "办得细致。" };
      assert.equal((await officer.call("POST", `${path}/closing/marks`, marks)).status, 403);
      await above.post(`${path}/look`, {});
      assert.equal((await above.call("POST", `${path}/closing/marks`, { ...marks, mark_file: 21 })).status, 422);
      await above.post(`${path}/closing/marks`, marks);
      await lawyer.go(`${path}/closing`);
      await lawyer.sees("办得细致。");
      await lawyer.sees("1500.50");
      const { paid } = await admin.get("/admin/aid/payments");
      assert.deepEqual(paid.map(({ fen }) => fen), [150050]);
      const csv = await fetch(`${server.url}/api/v1/admin/aid/payments/csv`, { headers: admin.headers() });
      const text = await csv.text();
      assert.ok(text.includes("consultant021") && text.includes("1500.50"), text);
      await leaves(lawyer, clerk);
    }));
}
