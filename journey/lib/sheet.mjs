// sheet.mjs -- opens a spreadsheet (XLSX) as a program for spreadsheets does: a ZIP of XML.
import assert from "node:assert/strict";
import { inflateRawSync } from "node:zlib";

/** The files of a ZIP, by name, read from its directory at the end. */
export function unzip(bytes) {
  const end = bytes.lastIndexOf(Buffer.from("PK\x05\x06", "latin1"));
  assert.ok(end >= 0, "this is no ZIP");
  const files = new Map();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const method = bytes.readUInt16LE(at + 10);
    const packed = bytes.readUInt32LE(at + 20);
    const nameLength = bytes.readUInt16LE(at + 28);
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const head = bytes.readUInt32LE(at + 42);
    const begin = head + 30 + bytes.readUInt16LE(head + 26) + bytes.readUInt16LE(head + 28);
    const content = bytes.subarray(begin, begin + packed);
    files.set(name, (method === 0 ? content : inflateRawSync(content)).toString("utf8"));
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return files;
}

function plain(text) {
  const signs = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
  return text.replace(/&(\w+);/g, (all, name) => signs[name] ?? all);
}

/** A cell stands where its name says (B7 is the second), since empty ones are left out. */
function cellsOf(row, shared) {
  const cells = [];
  for (const [, letters, how, inside] of row.matchAll(
    /<c r="([A-Z]+)\d+"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs,
  )) {
    const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
    const value = inside?.match(/<v>(.*?)<\/v>/s)?.[1];
    if (value !== undefined) cells[column - 1] = /t="s"/.test(how) ? shared[value] : Number(value);
  }
  return Array.from(cells, (cell) => cell ?? "");
}

/** The pages of a workbook: rows of cells, text as text and numbers as numbers. */
export function readSheet(bytes) {
  const files = unzip(bytes);
  const shared = [...(files.get("xl/sharedStrings.xml") ?? "").matchAll(/<si>(.*?)<\/si>/gs)].map(
    (one) => plain([...one[1].matchAll(/<t[^>]*>(.*?)<\/t>/gs)].map((t) => t[1]).join("")),
  );
  const pages = [];
  for (let number = 1; files.has(`xl/worksheets/sheet${number}.xml`); number++) {
    const page = files.get(`xl/worksheets/sheet${number}.xml`);
    assert.doesNotMatch(page, /<f[ >]/, "no cell of a report is a formula");
    pages.push([...page.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map((row) => cellsOf(row[1], shared)));
  }
  return pages;
}
