// monthly_report.mjs -- on the last evening of October the supervisor reads the board; the night
// passes while the server is down; in the morning the month's report is there, opens as a
// spreadsheet, and its totals are the board's.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Api } from "../lib/api.mjs";
import { Person, closeBrowser } from "../lib/browser.mjs";
import { readSheet } from "../lib/sheet.mjs";
import { withServer } from "../lib/server.mjs";

const evening = "2026-10-31T23:50:00+08:00";
const morning = "2026-11-01T08:00:00+08:00";
const secondsMax = 90;

after(closeBrowser);

/** The month's report, once the clock has caught up with every day that was missed. */
async function reportOfMonth(supervisor) {
  for (let i = 0; i < secondsMax * 2; i++) {
    const { reports } = await supervisor.get("/reports?period=month");
    if (reports[0]) return reports[0];
    await pause(500);
  }
  return assert.fail("no monthly report was made");
}

async function download(api, path) {
  const answer = await fetch(`${api.url}/api/v1${path}`, { headers: api.headers() });
  assert.equal(answer.status, 200, path);
  return Buffer.from(await answer.arrayBuffer());
}

function figureOf(report, word) {
  return Number(report.total.find(({ figure }) => figure === word).value);
}

/** As many cases as the number says, page after page. */
async function casesBehind(api, report, word) {
  const references = [];
  let after = 0;
  do {
    const page = await api.get(`/reports/${report}/cases?figure=${word}&after=${after}`);
    references.push(...page.cases.map(({ reference }) => reference));
    after = page.next;
  } while (after !== null);
  return references;
}

test("the totals of the month's spreadsheet are the board's", () =>
  withServer({ at: evening }, async (server) => {
    const api = new Api(server.url);
    const resident = await api.ask({ field: "labour", text: "加班不给钱怎么办?", mode: "live" });
    await resident.post(`${resident.path}/close`);
    let supervisor = await api.signIn("supervisor");
    const board = await supervisor.get("/board/month");
    assert.ok(board.closed > 50 && board.rated > 20, JSON.stringify(board));

    await server.later(morning);
    supervisor = await api.signIn("supervisor");
    const { id } = await reportOfMonth(supervisor);
    const report = await supervisor.get(`/reports/${id}`);
    assert.equal(figureOf(report, "ended"), board.closed);
    assert.equal(figureOf(report, "answered"), board.answered);
    assert.equal(figureOf(report, "rated"), board.rated);
    for (const word of ["ended", "talks", "rated", "satisfied"])
      assert.equal((await casesBehind(supervisor, id, word)).length, figureOf(report, word), word);

    const [total, districts] = readSheet(await download(supervisor, `/reports/${id}/sheet`));
    const cell = (name) => total.find((row) => row[0] === name)?.[1];
    assert.equal(cell("Ended"), board.closed);
    assert.equal(cell("Answered in writing"), board.answered);
    assert.equal(cell("Rated"), board.rated);
    const ended = districts[0].indexOf("Ended");
    assert.ok(ended > 0, districts[0].join());
    const added = districts.slice(1).reduce((sum, row) => sum + (row[ended] || 0), 0);
    assert.equal(added, board.closed);

    const paper = await download(supervisor, `/reports/${id}/paper`);
    assert.equal(paper.toString("latin1", 0, 5), "%PDF-");

    const leader = await api.signIn("leader01");
    const own = await leader.get(`/reports/${id}`);
    assert.ok(figureOf(own, "asked") < figureOf(report, "asked"));
    const admin = await api.signIn("admin");
    assert.equal((await admin.call("GET", `/reports/${id}`)).status, 403);
  }));

test("in a browser, from the board to the cases behind a number", () =>
  withServer({ at: morning }, async (server) => {
    const supervisor = await new Api(server.url).signIn("supervisor");
    await reportOfMonth(supervisor);
    const person = await Person.arrive(server.url, {
      mode: "normal",
      theme: "light",
      language: "zh",
      size: "phone",
    });
    try {
      await person.context.addCookies([
        { name: "gongdao", value: supervisor.token, url: server.url },
      ]);
      await person.go("/reports?period=month");
      await person.page.click("main tbody th a");
      await person.page.click("main .figures a.figure");
      await person.page.waitForSelector("main tbody tr");
      assert.ok((await person.page.locator("main tbody tr").count()) > 0);
    } finally {
      await person.leave();
    }
  }));
