// opened_report.mjs -- the month's report is downloaded on its page and opened with a real program
// for spreadsheets: every number is the page's, and the totals are what the board said in the last
// minutes of the month. Its PDF is read back, Chinese and all.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { Api, eventually } from "../lib/api.mjs";
import { Person, closeBrowser, inTurn, leads, wayName } from "../lib/browser.mjs";
import { opensPaper, opensWorkbook } from "../lib/programs.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

const evening = "2026-10-31T23:50:00+08:00";
const morning = "2026-11-01T08:00:00+08:00";

const words = {
  zh: { ended: "办结", answered: "书面答复", rated: "评价" },
  en: { ended: "Ended", answered: "Answered in writing", rated: "Rated" },
};

async function arrives(server, way, name) {
  const person = await Person.arrive(server.url, { ...way, size: "desktop", name });
  await person.signIn(name);
  return person;
}

/** The big numbers of a page: what they are called, and what they say ("" for nothing). */
async function figures(person) {
  const all = await person.page.locator("main .figures li").evaluateAll((items) =>
    items.map((item) => [
      item.querySelector(".figure-label").textContent.split(" · ")[0].trim(),
      item.querySelector(".figure-number").textContent.trim().replace("–", ""),
    ]),
  );
  assert.ok(all.length > 0, person.page.url());
  return new Map(all);
}

/** The tables of the page as a reader sees them: name of the line, then all its numbers. */
async function tables(person) {
  return person.page.locator("main h2[id^=by-]").evaluateAll((heads) =>
    heads.map((head) => {
      const read = (part) =>
        [...document.querySelectorAll(`table:has(#${part}-${head.id.slice(3)}) tbody tr`)].map((row) =>
          [...row.cells].map((cell) => cell.textContent.trim().replace("–", "")),
        );
      const rest = read("rest");
      return read("live").map((row, i) => [...row, ...rest[i].slice(1)]);
    }),
  );
}

/** What a click on this link brings, as it lies in the folder for downloads afterwards. */
async function downloads(person, ending) {
  const link = person.page.locator(`main a[href$="${ending}"]`);
  const [file] = await Promise.all([person.page.waitForEvent("download"), link.click()]);
  return readFile(await file.path());
}

function sameNumber(shown, cell, what) {
  if (shown === "") assert.equal(cell ?? "", "", what);
  else {
    assert.match(shown, /^\d+(\.\d+)?$/, what);
    assert.equal(Number(cell), Number(shown), what);
  }
}

async function opensMonth(person) {
  const link = person.page.locator("main tbody th a");
  await eventually(
    "the month's report is made",
    async () => {
      await person.go("/reports?period=month");
      return link.count();
    },
    120,
  );
  await leads(person.page, () => link.first().click());
}

/** The totals, and every line of every table, are the page's. */
function compares([total, ...pages], shown, lists) {
  let compared = 0;
  const cells = new Map(total.slice(1).map(([name, value]) => [name, value]));
  for (const [name, value] of shown) {
    assert.ok(cells.has(name), `the spreadsheet has no ${name}`);
    sameNumber(value, cells.get(name), name);
    compared++;
  }
  for (const list of lists) {
    const page = pages.find((one) => one.length - 1 === list.length && one[1][0] === list[0][0]);
    assert.ok(page, `no page of the spreadsheet begins with ${list[0][0]}`);
    for (const [i, row] of list.entries())
      for (const [k, value] of row.entries())
        if (k === 0) assert.equal(page[i + 1][0], value);
        else sameNumber(value, page[i + 1][k], `${row[0]}, ${page[0][k]}`);
    compared += list.length * (list[0].length - 1);
  }
  return compared;
}

/** Every case is in one line of a table: what its lines say together is the total. */
function addsUp(pages, name) {
  const total = Number(pages[0].find((row) => row[0] === name)[1]);
  let tablesAdded = 0;
  for (const [head, ...lines] of pages.slice(1)) {
    const column = head.indexOf(name);
    if (column < 0) continue;
    // Teams in layers: each line is its team with those below, so those at the top are everybody.
    const layer = head.findIndex((one) => ["Layer", "层级"].includes(one));
    const counted = layer < 0 ? lines : lines.filter((line) => Number(line[layer]) === 1);
    const sum = counted.reduce((added, line) => added + Number(line[column] || 0), 0);
    assert.equal(sum, total, `${name} by ${lines[0][0]} and so on`);
    tablesAdded++;
  }
  assert.ok(tablesAdded >= 4, `${name} is in ${tablesAdded} tables`);
}

async function isReadable(person, shown, language) {
  const { text, fonts } = await opensPaper(await downloads(person, "/paper"));
  assert.ok(fonts.length > 0);
  for (const font of fonts)
    assert.ok(font.embedded && font.readable, `${font.name} is not in the file: ${JSON.stringify(font)}`);
  const flat = text.replace(/\s+/g, " ");
  for (const [name, value] of shown) assert.ok(flat.includes(`${name} ${value}`), `${name} ${value} in ${flat.slice(0, 2000)}`);
  const title = (await person.page.locator("main h1").innerText()).trim();
  assert.ok(flat.replaceAll(" ", "").includes(title.replaceAll(" ", "").split(/[,，]/)[0]), title);
  if (language === "zh") assert.ok(text.match(/\p{Script=Han}/gu).length > 200, "Chinese text");
}

for (const way of inTurn)
  test(`the month in a spreadsheet program and on paper ${wayName(way)}`, () =>
    withServer({ at: evening }, async (server) => {
      const api = new Api(server.url);
      const resident = await api.ask({ field: "labour", text: "加班不给钱怎么办?", mode: "live" });
      await resident.post(`${resident.path}/close`);
      const before = await arrives(server, way, "supervisor");
      await before.go("/board/month");
      const board = await figures(before);
      await before.leave();

      await server.later(morning);
      const person = await arrives(server, way, "supervisor");
      await opensMonth(person);
      const shown = await figures(person);
      const pages = await opensWorkbook(await downloads(person, "/sheet"));
      assert.ok(compares(pages, shown, await tables(person)) > 300, "numbers were compared");

      const [ended, answered, rated] = [...board.values()].map(Number);
      assert.ok(ended > 50 && answered > 0 && rated > 20, JSON.stringify([...board]));
      const word = words[way.language];
      const cell = (name) => Number(pages[0].find((row) => row[0] === name)?.[1]);
      assert.deepEqual([cell(word.ended), cell(word.answered), cell(word.rated)], [ended, answered, rated]);
      for (const name of [word.ended, word.answered, word.rated]) addsUp(pages, name);
      await isReadable(person, shown, way.language);
      await person.leave();
    }));
