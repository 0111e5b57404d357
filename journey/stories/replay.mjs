// replay.mjs -- a day is over; the operator plays it once more by another policy, beside the server
// that goes on serving: who would have waited less, and who more.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { promisify } from "node:util";
import { Api, Consultant, takenBy } from "../lib/api.mjs";
import { Person, closeBrowser, ways } from "../lib/browser.mjs";
import { openIfFolded } from "../lib/desk.mjs";
import { readTable } from "../lib/programs.mjs";
import { root, withServer, work } from "../lib/server.mjs";

after(closeBrowser);

const friday = "2026-11-20"; // a day of the demo city
const played = "2026-11-24"; // and one that is lived through here

/** The command as an operator types it; what it says and how it ends. */
async function replays(server, ...words) {
  const all = ["replay", ...server.where, ...words];
  try {
    const { stdout } = await promisify(execFile)(server.program, all, { cwd: root });
    return { status: 0, told: stdout };
  } catch (error) {
    return { status: error.code, told: error.stdout, wrong: error.stderr };
  }
}

/** Closes this talk after some seconds and takes the next. */
async function goesOn(holder, reference, seconds, next) {
  await pause(seconds * 1000);
  await holder.api.post(`/desk/consultations/${reference}/close`, {
    outcome: "advised",
    summary: "告知仲裁途径。",
  });
  if (!next) return;
  await holder.offered(next, 60);
  await holder.accept(next);
}

/** One consultant for one talk at a time; who is cared for comes last and is served before the other. */
async function livesADay(server) {
  const api = new Api(server.url);
  const early = await api.ask();
  const { name } = await takenBy(api, early.asked.reference).then(async (first) => {
    await first.api.post(`/desk/consultations/${early.asked.reference}/close`, {
      outcome: "advised",
      summary: "告知仲裁途径。",
    });
    await first.leave();
    return first;
  });
  await server.later(`${played}T10:00:00+08:00`);
  const holder = await Consultant.signIn(api, name, { capacity: 1 });
  const talking = (await api.ask()).asked.reference;
  await holder.offered(talking, 60);
  await holder.accept(talking);
  const usual = (await api.ask()).asked.reference;
  await pause(1100); // the order by moments of a second
  const cared = (await api.ask({ cared_for: true })).asked.reference;
  await goesOn(holder, talking, 3, cared);
  await goesOn(holder, cared, 5, usual);
  await goesOn(holder, usual, 3);
  await holder.leave();
  await server.later("2026-11-25T09:00:00+08:00");
  return { talking, usual, cared };
}

/** What the policy's page gives whoever runs the server: the numbers in force, as a file has them. */
async function numbersOfThePage(server) {
  const admin = await Person.arrive(server.url, { ...ways[3], size: "desktop", name: "admin" });
  await admin.signIn("admin");
  await admin.go("/admin/assignment");
  const numbers = admin.page.locator("#replay code").first();
  await openIfFolded(admin.page, numbers);
  const lines = (await numbers.innerText()).trim();
  await admin.leave();
  assert.ok(lines.split("\n").length > 5, lines);
  return `${lines}\n`;
}

/** The administrator takes the head start away, on the page; gives the number of the new version. */
async function makesAVersion(server) {
  const admin = await Person.arrive(server.url, { ...ways[3], size: "desktop", name: "admin" });
  await admin.signIn("admin");
  await admin.go("/admin/assignment");
  const form = admin.page.locator('main form[action="/admin/assignment"]');
  await openIfFolded(admin.page, form);
  await form.locator('[name="head_start_seconds"]').fill("0");
  await form.locator('[name="why"]').fill("谁先来，谁先谈。");
  await admin.submit('[name="head_start_seconds"]');
  const shown = await admin.page.getByText(/^Version \d+ is in force/).innerText();
  await admin.leave();
  return shown.match(/\d+/)[0];
}

function rowsOf(text) {
  const [head, ...rows] = readTable(text);
  return new Map(rows.map((row) => [row[0], Object.fromEntries(row.map((cell, i) => [head[i], cell]))]));
}

function countOf(told, what) {
  const found = told.match(new RegExp(`^${what} +(\\d+)`, "m"));
  assert.ok(found, `${what} in ${told}`);
  return Number(found[1]);
}

function isNoDifference(told, count) {
  for (const what of ["waited less", "waited more", "served only then", "not served any more"])
    assert.equal(countOf(told, what), 0, told);
  assert.equal(countOf(told, "waited as long"), count, told);
  assert.equal(countOf(told, "with somebody else"), 0, told);
  assert.match(told, /Nobody would have waited less or more/);
}

async function isRefused(server, wanted, ...words) {
  const { status, told, wrong } = await replays(server, ...words);
  assert.ok(status === 1 || status === 2, `${words}: ${status} ${told}`);
  assert.equal(told, "");
  assert.match(wrong, /^gongdao: replay: .+\n$/);
  assert.match(wrong, wanted, `${words}`);
}

test("a day by another policy, by its version, its file and another ladder", () =>
  withServer({ at: "2026-11-23T10:00:00+08:00" }, async (server) => {
    const { talking, usual, cared } = await livesADay(server);
    const folder = await mkdtemp(join(work, "replay-"));
    const csv = join(folder, "cases.csv");
    const file = join(folder, "policy");

    // By the policy that was in force nothing is different, in numbers and case by case.
    const same = await replays(server, "--day", played, "--policy-version", "0", "--csv", csv);
    assert.equal(same.status, 0, same.wrong);
    isNoDifference(same.told, 3);
    const before = rowsOf(await readFile(csv, "utf8"));
    assert.deepEqual([...before.keys()].sort(), [talking, usual, cared].sort());
    for (const row of before.values()) {
      assert.equal(row.change, "0");
      assert.equal(row.consultant_before, row.consultant_after);
    }
    assert.ok(+before.get(cared).waited_before < +before.get(usual).waited_before);
    assert.ok(+before.get(cared).waited_as_it_was < +before.get(usual).waited_as_it_was);

    // So it is with the numbers that the page of the policy shows to be put into a file.
    await writeFile(file, await numbersOfThePage(server));
    const shown = await replays(server, "--day", played, "--policy", file);
    assert.equal(shown.status, 0, shown.wrong);
    isNoDifference(shown.told, 3);

    // Without a head start whoever came first is first: one waits less, one more.
    await writeFile(file, "head_start_seconds=0\n");
    const tried = await replays(server, "--day", played, "--policy", file, "--csv", csv);
    assert.equal(tried.status, 0, tried.wrong);
    const rows = rowsOf(await readFile(csv, "utf8"));
    assert.ok(+rows.get(usual).change < 0, JSON.stringify(rows.get(usual)));
    assert.ok(+rows.get(cared).change > 0, JSON.stringify(rows.get(cared)));
    assert.equal(rows.get(talking).change, "0");
    assert.ok(!tried.told.includes("Nobody would have waited"), tried.told);
    for (const [what, reference] of [["waited less", usual], ["waited more", cared]]) {
      assert.equal(countOf(tried.told, what), 1);
      const seconds = Math.abs(rows.get(reference).change);
      assert.ok(tried.told.includes(`${seconds} s together, the most ${seconds} s (${reference})`));
    }

    // Kept as a version by the administrator, it says the same; the day itself stays as it was.
    const next = await makesAVersion(server);
    const again = await replays(server, "--day", played, "--policy-version", next, "--csv", csv);
    assert.equal(again.status, 0, again.wrong);
    assert.deepEqual(rowsOf(await readFile(csv, "utf8")), rows);
    assert.match(again.told, new RegExp(`From version 0 to version ${next}:`));

    const ladder = await replays(server, "--day", friday, "--ladder", "message");
    assert.equal(ladder.status, 0, ladder.wrong);
    const [was, now] = [...ladder.told.matchAll(/^The ladder as .*: (\d+) steps up/gm)].map((m) => +m[1]);
    assert.ok(was > 0 && now < was, ladder.told);
    const usually = "neighbour,backup,choice,message";
    const alike = await replays(server, "--day", friday, "--ladder", usually);
    isNoDifference(alike.told, countOf(alike.told, "waited as long"));
    assert.ok(countOf(alike.told, "waited as long") > 5, alike.told);
    assert.equal((await replays(server, "--day", friday, "--ladder", "message")).told, ladder.told);
    await rm(folder, { recursive: true });
  }));

test("what cannot be played is said in a sentence", () =>
  withServer({ at: "2026-11-23T10:00:00+08:00" }, async (server) => {
    const day = ["--day", friday];
    const folder = await mkdtemp(join(work, "replay-"));
    const file = join(folder, "policy");
    await isRefused(server, /--day YYYY-MM-DD is needed/);
    await isRefused(server, /not "yesterday"/, "--day", "yesterday", "--policy-version", "0");
    await isRefused(server, /not "2026-02-30"/, "--day", "2026-02-30", "--policy-version", "0");
    await isRefused(server, /--policy FILE, --policy-version N or --ladder/, ...day);
    await isRefused(server, /no such version/, ...day, "--policy-version", "99");
    await isRefused(server, /whole number .*not "x"/, ...day, "--policy-version", "x");
    await isRefused(server, /no order of steps/, ...day, "--ladder", "message,backup");
    await isRefused(server, /no order of steps/, ...day, "--ladder", "backup,backup,message");
    await isRefused(server, /cannot read .*--policy/, ...day, "--policy", join(folder, "none"));
    await isRefused(server, /no option --frob/, ...day, "--frob");
    await writeFile(file, "head_start_seconds=soon\n");
    await isRefused(server, /not within its bounds: head_start_seconds=soon/, ...day, "--policy", file);
    await writeFile(file, "frob=1\n");
    await isRefused(server, /no such number in the policy: frob/, ...day, "--policy", file);
    const two = ["--policy", file, "--policy-version", "0"];
    await isRefused(server, /name one of them/, ...day, ...two);
    const empty = await replays(server, "--day", "2031-01-01", "--policy-version", "0");
    assert.equal(empty.status, 0, empty.wrong);
    assert.match(empty.told, /^2031-01-01: nobody asked a live question on that day/);
    assert.ok(!empty.told.includes("mean wait"), "and no table of noughts");
    const nowhere = join(folder, "none", "cases.csv");
    const { status, wrong } = await replays(server, ...day, "--policy-version", "0", "--csv", nowhere);
    assert.equal(status, 1);
    assert.match(wrong, /cannot write the file named by --csv/);
    await rm(folder, { recursive: true });
  }));
