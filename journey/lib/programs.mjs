// programs.mjs -- what a reader opens our files with: Gnumeric's converter for spreadsheets,
// poppler's tools for PDF, and the reader of calendars that Thunderbird has. They know nothing of
// how the files were made.
import ICAL from "ical.js";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { work } from "./server.mjs";

const secondsMax = 120;

async function runs(program, words) {
  try {
    const { stdout } = await promisify(execFile)(program, words, { timeout: secondsMax * 1000 });
    return stdout;
  } catch (error) {
    if (error.code === "ENOENT") throw new Error(`${program} is missing: run script/setup --test`);
    throw error;
  }
}

async function inFolder(bytes, name, use) {
  const folder = await mkdtemp(join(work, "opened-"));
  try {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return await use(path, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Comma separated values, with quotes where there must be some; every line has its cells. */
export function readTable(text) {
  const rows = [[]];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const sign = text[i];
    if (quoted && sign === '"' && text[i + 1] === '"') cell += text[++i];
    else if (sign === '"') quoted = !quoted;
    else if (!quoted && (sign === "," || sign === "\n")) {
      rows.at(-1).push(cell);
      cell = "";
      if (sign === "\n") rows.push([]);
    } else cell += sign;
  }
  assert.ok(!quoted && cell === "", "the table ends in the middle of a cell");
  rows.pop();
  return rows;
}

/** The pages of a workbook as the spreadsheet program shows them, in their order. */
export function opensWorkbook(bytes) {
  return inFolder(bytes, "report.xlsx", async (path, folder) => {
    await runs("ssconvert", ["--export-file-per-sheet", path, join(folder, "page-%n.csv")]);
    const names = (await readdir(folder)).filter((name) => name.endsWith(".csv"));
    const pages = [];
    for (let i = 0; i < names.length; i++)
      pages.push(readTable(await readFile(join(folder, `page-${i}.csv`), "utf8")));
    return pages;
  });
}

/** What the codes on a paper say, as the camera of a phone reads them from the printed sheet. */
export function scansPaper(bytes) {
  return inFolder(bytes, "sheet.pdf", async (path, folder) => {
    await runs("pdftoppm", ["-r", "200", "-png", path, join(folder, "sheet")]);
    const sheets = (await readdir(folder)).filter((name) => name.endsWith(".png")).sort();
    const found = await runs("zbarimg", ["--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", ...sheets.map((name) => join(folder, name))]);
    return found.trim().split("\n");
  });
}

/** The text of a PDF, and its fonts: {name, type, encoding, embedded, readable}. */
export function opensPaper(bytes) {
  return inFolder(bytes, "report.pdf", async (path) => {
    const lines = (await runs("pdffonts", [path])).trim().split("\n").slice(2);
    const fonts = lines.map((line) => {
      const found = line.match(/^(\S+)\s+(.+?)\s+(\S+)\s+(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$/);
      assert.ok(found, line);
      const [, name, type, encoding, embedded, , unicode] = found;
      return { name, type, encoding, embedded: embedded === "yes", readable: unicode === "yes" };
    });
    return { text: await runs("pdftotext", ["-layout", "-enc", "UTF-8", path, "-"]), fonts };
  });
}

/**
 * A calendar as a calendar program takes it up: its name, and its events with moments as moments.
 * What it could not read fails here; so do the rules it is generous about (RFC 5545: lines of 75
 * octets that end in CRLF, an identifier of its own for each event, DTSTAMP).
 */
export function opensCalendar(bytes) {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  assert.ok(!/[^\r]\n|\r[^\n]/.test(text), "lines end in CRLF");
  for (const line of text.split("\r\n")) assert.ok(Buffer.byteLength(line) <= 75, line);
  const calendar = new ICAL.Component(ICAL.parse(text));
  assert.equal(calendar.name, "vcalendar");
  for (const name of ["version", "prodid"]) assert.ok(calendar.getFirstPropertyValue(name), name);
  const events = calendar.getAllSubcomponents("vevent").map((component) => {
    const event = new ICAL.Event(component, { strictExceptions: true });
    const stamp = component.getFirstPropertyValue("dtstamp");
    assert.ok(event.uid && stamp instanceof ICAL.Time, "each has its identifier and its stamp");
    for (const time of [event.startDate, event.endDate])
      assert.equal(time.zone, ICAL.Timezone.utcTimezone, "a moment nobody can mistake");
    return {
      uid: event.uid,
      status: component.getFirstPropertyValue("status"),
      summary: event.summary,
      location: event.location,
      begins: event.startDate.toJSDate().getTime(),
      ends: event.endDate.toJSDate().getTime(),
    };
  });
  for (const edge of ["BEGIN", "END"])
    assert.equal(text.split(`\r\n${edge}:VEVENT\r\n`).length - 1, events.length, "none inside another");
  assert.equal(new Set(events.map(({ uid }) => uid)).size, events.length, "one UID an event");
  for (const { begins, ends } of events) assert.ok(begins < ends, "it ends after it began");
  return { name: calendar.getFirstPropertyValue("name"), events };
}
