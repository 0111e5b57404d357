// mailed_report.mjs -- a supervisor wants the daily report by e-mail: first a letter with a link,
// nothing else before it was confirmed, then the report with its spreadsheet and its PDF; over a
// mail server that speaks SMTP.
import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { Api, eventually } from "../lib/api.mjs";
import { Person, closeBrowser, leads, ways } from "../lib/browser.mjs";
import { work, withServer } from "../lib/server.mjs";
import { readSheet } from "../lib/sheet.mjs";
import { MailServer } from "../lib/smtp.mjs";

after(closeBrowser);

const site = "https://12348.example";
const evening = "2026-10-29T20:00:00+08:00";
const nextMorning = "2026-10-30T08:00:00+08:00";
const dayAfter = "2026-10-31T08:00:00+08:00";

function reportOf(supervisor, day) {
  return eventually(
    `the report of ${day}`,
    async () => {
      const { reports } = await supervisor.get("/reports?period=day");
      return reports.find(({ from }) => new Date(from).getTime() === new Date(`${day}T00:00:00+08:00`).getTime());
    },
    90,
  );
}

/** The link as it is in the letter; looking alone confirms nothing. */
async function confirms(server, supervisor, path) {
  const way = ways[1]; // without scripts
  for (let i = 0; i < 2; i++) assert.equal((await fetch(server.url + path)).status, 200);
  assert.equal((await supervisor.get("/reports")).subscriptions[0].is_confirmed, false);
  const person = await Person.arrive(server.url, { ...way, name: "the reader" });
  try {
    await person.go(path);
    const button = person.page.locator("main form button").first();
    await leads(person.page, () => button.click());
    assert.equal(await person.page.locator("main form").count(), 0, "confirmed once");
  } finally {
    await person.leave();
  }
  assert.equal((await supervisor.get("/reports")).subscriptions[0].is_confirmed, true);
}

test("a report goes by e-mail to an address its reader has confirmed, with its files", async () => {
  const mail = await MailServer.begin();
  const folder = join(work, `mail-${process.pid}`);
  await mkdir(folder, { recursive: true });
  const config = join(folder, "gongdao.conf");
  await writeFile(config, `[mail]\ndriver = smtp\nurl = ${mail.url}\nfrom = reports@example.org\n`);
  const options = ["--config", config, "--public-url", site];
  try {
    await withServer({ at: evening, options }, async (server) => {
      const api = new Api(server.url);
      let supervisor = await api.signIn("supervisor");
      const resident = await api.ask({ field: "labour", mode: "live" });
      await resident.post(`${resident.path}/close`);
      mail.refusals.push("451 too busy"); // it is tried again, a minute later at the earliest
      await supervisor.post("/reports/subscriptions", { period: "day", address: "chief@example.org" });
      await eventually("a first try", () => mail.refusals.length === 0);
      assert.equal(mail.letters.length, 0);

      // A night passes, a report is made: nothing is sent to an address nobody confirmed.
      await server.later(nextMorning);
      supervisor = await api.signIn("supervisor");
      const asked = await mail.letter(0);
      assert.deepEqual([asked.from, asked.to], ["reports@example.org", "chief@example.org"]);
      assert.equal(asked.files.length, 0);
      const path = /12348\.example(\/confirm-address\/[\w-]+)/.exec(asked.text)[1];
      await reportOf(supervisor, "2026-10-29");
      assert.equal(mail.letters.length, 1);
      await confirms(server, supervisor, path);

      await server.later(dayAfter);
      supervisor = await api.signIn("supervisor");
      const { id } = await reportOf(supervisor, "2026-10-30");
      const report = await supervisor.get(`/reports/${id}`);
      const letter = await mail.letter(1);
      assert.equal(letter.to, "chief@example.org");
      assert.deepEqual(letter.files.map(({ name }) => name.split(".").pop()), ["xlsx", "pdf"]);
      const [total] = readSheet(letter.files[0].bytes);
      for (const { figure, value } of report.total) {
        if (figure !== "asked" && figure !== "ended") continue;
        const title = { asked: "Questions asked", ended: "Ended" }[figure];
        assert.equal(total.find((row) => row[0] === title)?.[1], Number(value), title);
        assert.ok(letter.text.includes(`${title}: ${value}\n`), letter.text);
      }
      assert.equal(letter.files[1].bytes.toString("latin1", 0, 5), "%PDF-");
      assert.ok(letter.files[1].bytes.toString("latin1").trimEnd().endsWith("%%EOF"));
    });
  } finally {
    mail.end();
    await rm(folder, { recursive: true, force: true });
  }
});
