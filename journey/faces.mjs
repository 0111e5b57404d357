// faces.mjs -- every page in every display mode: nothing for axe to find, targets large enough,
// nothing sticks out at 320 px or with text twice as large.
//
// The pages are the PAGE rows of rights.tsv, seen by somebody who may, and the states a case's
// page can be in; so a new page is checked as soon as it has its row of rights.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Cast, parts } from "./lib/cast.mjs";
import { Person, closeBrowser, sizes } from "./lib/browser.mjs";
import { axe, reflow, tapPixels, tapSize, textTwice } from "./lib/checks.mjs";
import { queries, readRights } from "./lib/routes.mjs";
import { withServer } from "./lib/server.mjs";

const displays = [
  { mode: "normal", theme: "light", language: "zh", size: "phone" },
  { mode: "elder", theme: "light", language: "zh", size: "phone" },
  { mode: "normal", theme: "contrast", language: "zh", size: "phone", colours: true },
  { mode: "normal", theme: "dark", language: "zh", size: "desktop" },
  { mode: "elder", theme: "contrast", language: "en", size: "desktop" },
  { mode: "normal", theme: "light", language: "en", size: "phone" },
];
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
  for (const list of ["people", "teams", "fields", "hours"]) {
    const found = await admin.call("GET", `/admin/${list}`);
    const first = Object.values(found.body ?? {}).find(Array.isArray)?.[0];
    const key = first?.person ?? first?.team ?? first?.field;
    if (key) all.push({ name: `one of ${list}`, path: `/admin/${list}/${key}`, client: admin });
  }
  const { supervisor } = cast.clients;
  for (const list of ["talking", "message", "risk", "overdue"])
    all.push({ name: `board, ${list}`, path: `/board/cases?list=${list}`, client: supervisor });
  all.push({ name: "board, a case", path: `/board${cases.talking.path}`, client: supervisor });
  all.push({ name: "no such page", path: "/nowhere", client: cast.api, odd: true });
  all.push({ name: "no such case", path: "/consultations/AAAAAAAA", client: cast.api, odd: true });
  return all;
}

async function look(person, sight, display) {
  const { page } = person;
  const status = await person.go(sight.path);
  const findings = [];
  if (!sight.odd && status !== 200) findings.push(`answered with ${status}`);
  findings.push(...(await axe(page)));
  findings.push(...(await tapSize(page, tapPixels[display.mode])));
  if (display.colours) return findings; // the same page in the same size was laid out before
  await page.setViewportSize(sizes.narrow);
  findings.push(...(await reflow(page, "at 320 px")));
  await page.setViewportSize(sizes[display.size]);
  findings.push(...(await textTwice(page, () => reflow(page, "with text twice as large"))));
  return findings;
}

test("every page in every display mode", async (t) => {
  await withServer({}, async (server) => {
    const cast = await Cast.of(server);
    const seen = await sights(cast, await cast.cases());
    for (const display of displays) {
      const { mode, theme, language, size } = display;
      const both = { concurrency: 2 }; // one page is laid out while another is looked over
      await t.test(`${mode}, ${theme}, ${language}, ${size}`, both, async (inner) => {
        const looks = seen.map((sight) =>
          inner.test(sight.name, async () => {
            const person = await Person.arrive(server.url, { ...display, name: sight.name });
            if (sight.client.token)
              await person.context.addCookies([
                { name: "gongdao", value: sight.client.token, url: server.url },
              ]);
            const findings = await look(person, sight, display);
            assert.deepEqual([...new Set(findings)], []);
            await person.leave();
          }),
        );
        await Promise.all(looks);
      });
    }
    cast.leave();
  });
});
