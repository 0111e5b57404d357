// html.mjs -- every page that any story or check has seen is valid HTML: run it last.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { pagesFolder } from "./lib/browser.mjs";
import { validHtml } from "./lib/checks.mjs";

test("the HTML of all pages is valid", async () => {
  const index = join(pagesFolder, "index.tsv");
  assert.ok(existsSync(index), "no page was kept: play the stories first");
  const names = new Map(readFileSync(index, "utf8").trim().split("\n").map((line) => line.split("\t")));
  console.log(`# ${names.size} different pages`);
  const found = new Map(); // the same mistake of one template is told once
  for (const { file, line, text } of await validHtml(pagesFolder)) {
    const url = names.get(basename(file)) ?? file;
    if (!found.has(text)) found.set(text, `${url}:${line}: ${text}`);
  }
  assert.deepEqual([...found.values()], []);
});
