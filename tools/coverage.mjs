// coverage.mjs -- how many branches the tests take, of the whole program and of what must not fail.
//
//   node tools/coverage.mjs llvm-cov.json [--missing GROUP]   a group's branches nobody takes, a line each
//
// Reads `llvm-cov export`.  A branch is a condition that comes out true, and one that comes out false.
//
// 1. Of a macro (TRY) the branches are the macro's, not counted at each use: that TRY hands on what
//    it is given is one behaviour, and every act's own refusals are branches of their own.
// 2. What cannot happen stands on a line with `unreachable:` and why; such lines are counted apart.
// 3. Tests, made code and the tools are not the program.
import { readFileSync } from "node:fs";
import { relative } from "node:path";

export const groups = {
  rights: /^(platform\/act\.c|desk\/identity\/identity_(who|role|division)\.c)$/,
  sessions: /^desk\/identity\/identity_(session|slide|key|sign_in|code|factor)\.c$/,
  cryptography: /^(platform\/secret(_keys)?\.c|desk\/keys\/keys_acts\.c)$/,
  journal: /^(desk\/seal\/seal(_acts|_stamp)?\.c|platform\/tail\.c)$/,
};

const [file, option, group] = process.argv.slice(2);
const { data } = JSON.parse(readFileSync(file, "utf8"));
const sums = new Map();
const missing = [];

function add(name, taken, all, apart) {
  const sum = sums.get(name) ?? { taken: 0, all: 0, apart: 0 };
  sums.set(name, { taken: sum.taken + taken, all: sum.all + all, apart: sum.apart + apart });
}

for (const { filename, branches } of data[0].files) {
  const path = relative(process.cwd(), filename);
  if (!/^(main|service|bureau|desk|channel|platform)\//.test(path) || !path.endsWith(".c")) continue;
  if (/_test\.c$|\/fuzz_|threads_exercise/.test(path)) continue;
  const lines = readFileSync(path, "utf8").split("\n");
  // A line may stand in several functions (a header's): the sum of its counts.
  const places = new Map();
  for (const [line, column, , , yes, no, , , kind] of branches) {
    if (kind !== 4) continue;
    const place = places.get(`${line}:${column}`) ?? { line, column, yes: 0, no: 0 };
    places.set(`${line}:${column}`, { line, column, yes: place.yes + yes, no: place.no + no });
  }
  let taken = 0, all = 0, apart = 0;
  for (const { line, column, yes, no } of places.values()) {
    if (/unreachable: \w/.test(lines[line - 1])) {
      apart += (yes === 0) + (no === 0);
      taken += (yes > 0) + (no > 0);
      all += (yes > 0) + (no > 0);
      continue;
    }
    all += 2;
    taken += (yes > 0) + (no > 0);
    for (const [word, count] of [["true", yes], ["false", no]])
      if (!count) missing.push({ path, line, column, word, text: lines[line - 1].trim() });
  }
  const top = path.split("/")[0];
  const names = Object.keys(groups).filter((name) => groups[name].test(path));
  for (const name of ["overall", top, ...names]) add(name, taken, all, apart);
}

if (option === "--missing") {
  const pattern = groups[group] ?? new RegExp(`^${group}`);
  for (const { path, line, column, word, text } of missing.filter(({ path }) => pattern.test(path)))
    console.log(`${path}:${line}:${column}: never ${word}: ${text}`);
} else {
  for (const name of ["overall", "main", "service", "bureau", "desk", "channel", "platform", ...Object.keys(groups)]) {
    const { taken, all, apart } = sums.get(name) ?? { taken: 0, all: 0, apart: 0 };
    const share = all ? ((100 * taken) / all).toFixed(1) : "-";
    console.log(`${name.padEnd(14)}${share.padStart(6)} %  ${taken} of ${all} branches${apart ? `, ${apart} cannot happen` : ""}`);
  }
}
