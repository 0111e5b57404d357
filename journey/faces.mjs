// faces.mjs -- every page in every display mode: nothing for axe to find, targets large enough,
// nothing sticks out at 320 px or with text twice as large.
//
// What a page says is looked over in full in the first two displays, which differ in what is left out
// for elders; the others differ in words, or in colours and sizes alone, and so do the rules they are
// looked over with.
//
// script/test looks at every third page in the displays that are not looked over in full, at
// others the next day (GONGDAO_PART); `script/test faces-all` at all of them.
//
// The pages are the PAGE rows of rights.tsv, seen by somebody who may, and the states a case's
// page can be in; so a new page is checked as soon as it has its row of rights.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Cast, parts } from "./lib/cast.mjs";
import { Person, closeBrowser, sizes } from "./lib/browser.mjs";
import {
  axe,
  axeAtHand,
  reflow,
  rulesOfLooks,
  rulesOfWords,
  tapPixels,
  tapSize,
  textTwice,
} from "./lib/checks.mjs";
import { queries, readRights } from "./lib/routes.mjs";
import { withServer } from "./lib/server.mjs";

// A display of several sizes is one visit: the window is made larger while the page stands.
// Themes do not move anything: what one page was laid out in is not laid out in again.
const displays = [
  { mode: "normal", theme: "light", language: "zh", sizes: ["narrow", "phone"], inFull: true },
  { mode: "elder", theme: "light", language: "zh", sizes: ["narrow", "phone"], inFull: true },
  { mode: "normal", theme: "light", language: "en", sizes: ["narrow", "phone"], inWords: true },
  { mode: "normal", theme: "contrast", language: "zh", sizes: ["phone"], laidOut: true },
  { mode: "normal", theme: "dark", language: "zh", sizes: ["desktop", "paper"] },
  { mode: "elder", theme: "contrast", language: "en", sizes: ["narrow", "phone", "desktop"] },
];
const lanes = 2;
const part = process.env.GONGDAO_PART ?? "";
/** Of three pages beside each other in the list one is looked at, in each display another. */
const isLookedAt = (sight, display) =>
  display < 2 || part === "" || (sight + display + +part) % 3 === 0;
/** Somebody who suffers violence at home: a result with all there can be on it. */
const aided = ["side.civil", "area.family", "family.violence", "lawyer.not", "urgent.urgent", "ease.frail"];
const readiest = ["nobody", "owner", "consultant", "supervisor", "admin", "leader"];

after(closeBrowser);

/** All there is to see: {name, path, part}; a token stands for the part in the browser. */
async function sights(cast, cases) {
  const all = [];
  for (const row of readRights().filter(({ kind }) => kind === "PAGE")) {
    if (row.path.includes("{")) continue; // these are the states below
    const part = [...readiest, ...parts].find((one) => row.may[one] === "+");
    if (!part) continue; // in the middle of signing in
    all.push({ name: row.path, path: row.path + (queries[row.path] ?? ""), client: cast.clients[part] });
  }
  for (const [state, resident] of Object.entries(cases)) {
    all.push({ name: `a case that is ${state}`, path: resident.path, client: resident });
    if (state === "closed")
      all.push({ name: "rating", path: `${resident.path}/rating`, client: resident });
    if (state === "talking" || state === "closed")
      all.push({ name: `desk, ${state}`, path: `/desk${resident.path}`, client: cast.holder.api });
  }
  const { admin } = cast.clients;
  for (const list of ["people", "teams", "fields", "hours", "answers"]) {
    const found = await admin.call("GET", `/admin/${list}`);
    const first = Object.values(found.body ?? {}).find(Array.isArray)?.[0];
    const key = first?.person ?? first?.id ?? first?.team ?? first?.field;
    if (key) all.push({ name: `one of ${list}`, path: `/admin/${list}/${key}`, client: admin });
  }
  const [application] = (await admin.get("/admin/applications")).applications;
  const [serves] = (await admin.get("/people")).people;
  const team = (await admin.get("/teams")).teams.at(-1);
  const [law] = (await admin.get("/laws")).laws;
  all.push(
    { name: "an application", path: `/admin/applications/${application.reference}`, client: admin },
    { name: "an item of the service list", path: "/items/legal-aid-civil", client: cast.api },
    { name: "items found", path: "/items?q=%E5%85%AC%E8%AF%81", client: cast.api },
    { name: "community affairs", path: "/items?branch=community", client: cast.api },
    { name: "a question about legal aid", path: "/aid/questions/side", client: cast.api },
    { name: "legal aid is likely", path: `/aid/result?answers=${aided.join("%20")}`, client: cast.api },
    { name: "legal aid is not open", path: "/aid/result?answers=side.final%20ruling.not", client: cast.api },
    { name: "what a release changed", path: "/releases/1", client: cast.api },
    { name: "an item being written", path: "/admin/items/legal-aid-civil", client: admin },
    { name: "the preview of an item", path: "/admin/items/legal-aid-civil/preview", client: admin },
    { name: "one who serves", path: `/people/${serves.person}`, client: cast.api },
    { name: "a law", path: `/laws/${law.law}`, client: cast.api },
    { name: "an article", path: `/laws/${law.law}/articles/2`, client: cast.api },
    { name: "settling a dispute", path: "/mediation", client: cast.api },
    { name: "what legal aid pays", path: "/admin/aid/payments", client: admin },
    { name: "somebody's associations", path: `/admin/people/${serves.person}/associations`, client: admin },
    { name: "a team", path: `/teams/${team.team}`, client: admin },
    { name: "the ladder of a district", path: "/admin/ladder/districts/310104", client: admin },
    { name: "a team's people", path: `/teams/${team.team}/people?which=members`, client: admin },
  );
  const { supervisor } = cast.clients;
  all.push(...(await hallSights(cast)));
  for (const list of ["talking", "message", "risk", "overdue", "hall"])
    all.push({ name: `board, ${list}`, path: `/board/cases?list=${list}`, client: supervisor });
  all.push({ name: "board, a case", path: `/board${cases.talking.path}`, client: supervisor });
  all.push(...(await filedSights(cast)));
  all.push(...(await keptSights(cast)));
  all.push({ name: "no such page", path: "/nowhere", client: cast.api, odd: true });
  all.push({ name: "no such case", path: "/consultations/AAAAAAAA", client: cast.api, odd: true });
  return all;
}

/** A firm, what somebody says is wrong about it, and a round of the ten best cases. */
async function keptSights(cast) {
  const { admin, supervisor } = cast.clients;
  const table = new FormData();
  const row = "公证处,徐汇公证处,310104,天钥桥路1号,021-64000000,31,市司法局公告,2026-01-31\n";
  const head = "类别,名称,区,地址,电话,许可证号,来源,来源日期\n";
  table.append("file", new Blob([head + row], { type: "text/csv" }), "bodies.csv");
  await admin.need(200, "POST", "/admin/bodies", table);
  const [{ body }] = (await cast.api.get("/bodies")).bodies;
  const credit = { kind: "penalty", words: "警告。", source: "市司法局公告第1号", source_day: "2026-01-31" };
  await admin.need(200, "POST", `/admin/bodies/${body}/credit`, credit);
  const report = { what: "contact", words: "电话换了，见该处网页。" };
  const { code } = await cast.api.need(201, "POST", `/bodies/${body}/wrong`, report);
  const [{ correction }] = (await admin.get("/admin/corrections")).corrections;
  const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  const plan = { title: "十佳案例", vote_from: day(20), vote_until: day(40) };
  const { round } = await supervisor.need(201, "POST", "/board/classics", plan);
  return [
    { name: "a firm or office", path: `/bodies/${body}`, client: cast.api },
    { name: "what became of a report", path: `/corrections/${code}`, client: cast.api },
    { name: "a report", path: `/admin/corrections/${correction}`, client: admin },
    { name: "a round of the ten best", path: `/board/classics/${round}`, client: supervisor },
    { name: "offices near a place", path: "/appointments/new?item=notary-consultation&division=310104", client: cast.api },
    { name: "found of one kind", path: "/search?q=%E5%85%AC%E8%AF%81&kind=bodies", client: cast.api },
  ];
}

/** What somebody applied for, as the applicant and the office see it. */
async function filedSights(cast) {
  const { resident } = cast.clients;
  const office = await cast.api.signIn("leader01");
  const body = { name: "张三", division: "310101", answer_1: "neighbours", answer_2: "李四", answer_4: "楼上太吵。" };
  const file = async () => (await resident.need(201, "POST", "/items/people-mediation/apply", body)).reference;
  const [asked, opened, back] = [await file(), await file(), await file()];
  for (const reference of [opened, back]) await office.post(`/office/cases/${reference}/look`, {});
  await office.post(`/office/cases/${opened}/originals`, { original_what: "租赁合同", original_pages: 3 }, 201);
  await office.post(`/office/cases/${opened}/links`, { other_reference: back }, 201);
  const step = { action: "send-back", words: "请写明时间。", seen: 2 };
  await office.post(`/office/cases/${back}/steps`, step);
  return [
    { name: "applying", path: "/items/people-mediation/apply", client: cast.api },
    { name: "a case the office has", path: `/cases/${asked}`, client: resident },
    { name: "a case that was sent back", path: `/cases/${back}`, client: resident },
    { name: "a case nobody opened", path: `/office/cases/${asked}`, client: office },
    { name: "originals of a case", path: `/office/cases/${opened}/originals`, client: office },
    { name: "what belongs to a case", path: `/office/cases/${opened}/links`, client: office },
    { name: "a case an officer opened", path: `/office/cases/${opened}`, client: office },
  ];
}

/** A hall, and its numbers: one at a window, one that waits. */
async function hallSights(cast) {
  const { admin, clerk, supervisor } = cast.clients;
  const served = await cast.walkIn();
  await clerk.post("/window/sit", { window: 2 });
  await clerk.post("/window/call", {});
  await clerk.post(`/window/numbers/${served.number}/serve`, {});
  const came = await cast.walkIn();
  const kept = `/admin/halls/${came.hall}`;
  const phone = "13811112222";
  const { asked } = await cast.api.ask({ mode: "message", phone });
  const joined = await clerk.need(201, "POST", "/window/join", { reference: asked.reference, phone });
  return [
    { name: "a hall", path: `/halls/${came.hall}`, client: cast.api },
    { name: "the display of a hall", path: `/halls/${came.hall}/screen`, client: cast.api },
    { name: "who waits in a hall", path: `/board/halls/${came.hall}/waiting`, client: supervisor },
    { name: "numbers of a hall", path: `/board/halls/${came.hall}/numbers?which=taken`, client: supervisor },
    { name: "a hall that is kept", path: kept, client: admin },
    { name: "a line of it", path: `${kept}/lines/${came.line}`, client: admin },
    { name: "a window of it", path: `${kept}/windows/${came.window}`, client: admin },
    { name: "a number that waits", path: `/window/numbers/${came.number}`, client: clerk },
    { name: "a number at the window", path: `/window/numbers/${served.number}`, client: clerk },
    { name: "a slip", path: `/window/slips/${came.reference}`, client: clerk },
    { name: "a slip of a question asked before", path: `/window/slips/${joined.reference}`, client: clerk },
    { name: "a slip's reference brought along", path: `/slip?reference=${came.reference}`, client: cast.api },
  ];
}

/** A page of a case goes on by itself when the case does: then it is looked at as it is now. */
async function look(person, sight, display) {
  for (let left = 4; ; left--) {
    try {
      return await lookOnce(person, sight, display);
    } catch (error) {
      if (!left || !/because of a navigation/.test(error.message)) throw error;
    }
  }
}

async function lookOnce(person, sight, display) {
  const { page } = person;
  const status = await person.go(sight.path);
  const findings = [];
  if (!sight.odd && status !== 200) findings.push(`answered with ${status}`);
  const rules = display.inWords ? [...rulesOfLooks, ...rulesOfWords] : rulesOfLooks;
  findings.push(...(await axe(page, display.inFull ? undefined : rules)));
  findings.push(...(await tapSize(page, tapPixels[display.mode])));
  if (display.laidOut) return findings; // the same page in the same size was laid out before
  for (const size of display.sizes) findings.push(...(await layOut(page, size, display)));
  await page.setViewportSize(sizes[firstSize(display)]);
  return findings;
}

/** The window a page arrives in; the others are tried on it. */
function firstSize({ sizes: [narrow, first = narrow] }) {
  return first;
}

async function layOut(page, size, display) {
  await page.setViewportSize(sizes[size]);
  if (size === "narrow") return reflow(page, "at 320 px");
  if (size === "paper") return print(page);
  const findings = [];
  if (size !== firstSize(display)) findings.push(...(await tapSize(page, tapPixels[display.mode])));
  findings.push(...(await textTwice(page, () => reflow(page, `text twice as large, ${size}`))));
  return findings;
}

/** What a page looks like on paper is told from the dark display, which must not print dark. */
async function print(page) {
  await page.emulateMedia({ media: "print" });
  try {
    const findings = [...(await axe(page, ["color-contrast"])), ...(await reflow(page, "on paper"))];
    const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    if (!/^rgba?\((255, 255, 255|0, 0, 0, 0)\b/.test(dark)) findings.push(`printed on ${dark}`);
    return findings;
  } finally {
    await page.emulateMedia({ media: null });
  }
}

/** One browser window for each part, that goes from sight to sight as a person does. */
class Windows {
  constructor(url, display) {
    Object.assign(this, { url, display, open: new Map() });
  }
  async of({ client }) {
    const { token } = client;
    if (!this.open.has(token)) {
      const person = await Person.arrive(this.url, {
        ...this.display,
        size: firstSize(this.display),
        name: "a reader of every page",
      });
      await axeAtHand(person.context);
      if (token) await person.context.addCookies([{ name: "gongdao", value: token, url: this.url }]);
      this.open.set(token, person);
    }
    return this.open.get(token);
  }
  async leave() {
    for (const person of this.open.values()) await person.leave();
  }
}

test("every page in every display mode", async (t) => {
  await withServer({}, async (server) => {
    const cast = await Cast.of(server);
    const seen = await sights(cast, await cast.cases());
    for (const [at, display] of displays.entries()) {
      const { mode, theme, language } = display;
      const both = { concurrency: lanes }; // one page is laid out while another is looked over
      await t.test(`${mode}, ${theme}, ${language}, ${display.sizes.join(" and ")}`, both, async (inner) => {
        const lane = async (first) => {
          const windows = new Windows(server.url, display);
          const mine = seen.filter((_, i) => isLookedAt(i, at));
          for (let i = first; i < mine.length; i += lanes) {
            await inner.test(mine[i].name, async () => {
              const findings = await look(await windows.of(mine[i]), mine[i], display);
              assert.deepEqual([...new Set(findings)], []);
            });
          }
          await windows.leave();
        };
        await Promise.all([...Array(lanes).keys()].map(lane));
      });
    }
    cast.leave();
  });
});
