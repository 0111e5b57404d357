// programs.mjs -- what a reader opens our files with: Gnumeric's converter for spreadsheets, and
// poppler's tools for PDF. They know nothing of how the files were made.
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
