// mutants.mjs -- would the tests notice?  Small mistakes are put into the files of rights and of the
// journal, one at a time, and the tests of those rooms are run: each mistake must fail one.
//
//     make mutants [MUTANTS="FILE…"]     exits 1 when less than 95 % of a group are noticed
//     MUTANT_JOBS=1 make mutants         one at a time, where others work on the machine
//
// Mistakes are the classical ones: another relation, && for ||, a condition negated, a number one
// larger, + for -, a statement left out, another value returned.  What does not compile is no
// mutant.  What cannot be noticed since it changes nothing stands with its reason in mutants.tsv:
// file, line as it is, line as it would be, why.  A mutant that takes forever is noticed, too.
// What only PostgreSQL needs is tried there (tools/cluster.sh), all else without.
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";

const { CC, CFLAGS, LDLIBS, OBJECTS, B = "build" } = process.env;
const percentMin = 95;
const secondsMax = 60;
const jobs = +(process.env.MUTANT_JOBS || 2);
const groups = {
  rights: {
    "platform/act.c": ["platform/act", "platform/toy", "platform/site", "platform/writer", "desk/seal/seal", "bureau/people/people_scope", "desk/identity/identity_who"],
    "desk/identity/identity_who.c": ["desk/identity/identity_who", "desk/identity/identity_session", "desk/identity/identity_slide", "desk/identity/identity_key", "desk/identity/identity_acts"],
    "desk/identity/identity_role.c": ["desk/identity/identity", "desk/identity/identity_who", "desk/identity/identity_acts", "bureau/people/people", "bureau/people/people_scope"],
    "bureau/people/people_scope.c": ["bureau/people/people_scope", "bureau/people/people"],
  },
  journal: {
    "desk/seal/seal.c": ["desk/seal/seal"],
    "desk/seal/seal_acts.c": ["desk/seal/seal", "desk/seal/seal_told", "main/stamps"],
    "desk/seal/seal_stamp.c": ["desk/seal/seal", "main/stamps"],
    "platform/tail.c": ["platform/tail"],
  },
};
const onPostgres = new Set(["platform/tail.c"]);
const database = process.env.GONGDAO_TEST_DATABASE;
delete process.env.GONGDAO_TEST_DATABASE;
const work = join(B, "mutants");
mkdirSync(work, { recursive: true });
const words = (text) => text.split(/\s+/).filter(Boolean);

function run(program, argv, seconds = 300) {
  return new Promise((done) => {
    const how = { timeout: seconds * 1000, maxBuffer: 64 << 20, killSignal: "SIGKILL" };
    execFile(program, argv, how, (error, stdout, stderr) => done({ good: !error, text: stdout + stderr }));
  });
}

/** The text with remarks, strings and directives blanked, so that places in it stay the same. */
function bare(text) {
  const blank = (found) => found.replace(/[^\n]/g, " ");
  return text
    .replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])+'/g, blank)
    .replace(/^#(?:.*\\\n)*.*$/gm, blank);
}

const others = { "==": "!=", "!=": "==", "<": "<=", "<=": "<", ">": ">=", ">=": ">", "&&": "||", "||": "&&", "+": "-", "-": "+", "&": "|" };

/** Where the bracket that opens at `at` closes. */
function closing(text, at) {
  for (let depth = 0, i = at; i < text.length; i++) {
    if (text[i] === "(") depth++;
    if (text[i] === ")" && --depth === 0) return i;
  }
  return -1;
}

function mutantsOf(file) {
  const text = readFileSync(file, "utf8");
  const code = bare(text);
  const found = [];
  const put = (from, to, instead, kind) => {
    if (text.slice(from, to) !== instead) found.push({ file, from, to, instead, kind });
  };
  // Inside functions only: tables and types are not what is tested here, nor how large a buffer is.
  const inside = new Array(code.length).fill(false);
  for (const { index } of code.matchAll(/^\{/gm)) {
    const end = code.indexOf("\n}", index);
    inside.fill(true, index, end < 0 ? code.length : end);
  }
  for (const { index, 0: line } of code.matchAll(/^ +(?:unsigned )?char [^;()]*\[[^;]*;/gm)) inside.fill(false, index, index + line.length);
  const each = (pattern, does) => {
    for (const match of code.matchAll(pattern)) if (inside[match.index]) does(match, match.index);
  };
  each(/ (==|!=|<=|>=|<|>|&&|\|\||\+|-|&)(?= |\n)/g, (m, at) => put(at + 1, at + 1 + m[1].length, others[m[1]], "operator"));
  each(/\b(?:if|while) \(/g, (m, at) => {
    const open = at + m[0].length - 1;
    const end = closing(code, open);
    if (end > 0) put(open, end + 1, `(!${text.slice(open, end + 1)})`, "condition");
  });
  each(/(?<![\w.])\d+(?![\w.])/g, (m, at) => put(at, at + m[0].length, String(+m[0] + 1), "number"));
  each(/\breturn ([^;]+);/g, (m, at) => {
    const value = text.slice(at + 7, at + m[0].length - 1);
    const to = at + m[0].length - 1;
    if (/^(true|false)$/.test(value)) put(at + 7, to, value === "true" ? "false" : "true", "value");
    else if (value === "DONE") put(at + 7, to, 'FAULT("another value")', "value");
    else if (/^(REFUSE|FAULT)/.test(value)) put(at + 7, to, "DONE", "value");
    else put(at + 7, to, `!(${value})`, "value");
  });
  each(/(?<=[;{}]\s*\n\s+|\)\s*\n\s+|\) |else )(TRY\(|[\w>.*\-[\]]+(?:\(| [-+|&]?= )|[\w>.\-[\]]+\+\+)[^;{}]*;/g, (m, at) => {
    if (!/^(return|goto|break|for|while|if|switch|enum|struct|static)\b/.test(m[0])) put(at, at + m[0].length, ";", "left out");
  });
  return found.map((one) => ({ ...one, ...lines(text, one) }));
}

function lines(text, { from, to, instead }) {
  const begin = text.lastIndexOf("\n", from) + 1;
  const end = text.indexOf("\n", to);
  const plain = (line) => line.replace(/\s+/g, " ").trim();
  return {
    number: text.slice(0, from).split("\n").length,
    was: plain(text.slice(begin, end)),
    would: plain(text.slice(begin, from) + instead + text.slice(to, end)),
    text: text.slice(0, from) + instead + text.slice(to),
  };
}

const flags = words(CFLAGS.replace(/\\/g, "")).filter((flag) => flag !== "-Werror" && !/^-O|^-g/.test(flag) && !flag.startsWith("-W"));
const compile = (from, to, more = []) => run(CC, [...flags, "-w", "-O0", "-I.", "-Ibuild", ...more, "-c", "-o", to, from]);

async function testObject(file) {
  const to = join(work, `${file.replaceAll("/", "-")}.o`);
  const { good, text } = await compile(file, to);
  if (!good) throw new Error(`${file}: ${text}`);
  return to;
}

/** What tests share has no test of its own in it, or is what others are tried with. */
const sharedTests = ["platform/store_shake_test.c"];
function shared() {
  return ["platform", "desk", "bureau", "service", "channel", "main"]
    .flatMap((folder) => readdirSync(folder, { recursive: true }).map((name) => join(folder, name)))
    .filter((name) => name.endsWith("_test.c") && (sharedTests.includes(name) || !/^(Test|ParameterizedTest|Theory)\(/m.test(readFileSync(name, "utf8"))));
}

async function link(worker, objects) {
  const to = join(work, `tests-${worker}`);
  const linker = existsSync("/usr/bin/ld.lld") ? ["-fuse-ld=lld"] : [];
  const { good, text } = await run(CC, ["-no-pie", ...linker, "-Wl,--export-dynamic-symbol=mbedtls_x509_crt_parse_file", "-o", to, ...objects, ...words(LDLIBS), "-lcriterion"]);
  if (!good) throw new Error(text.slice(-3000));
  return to;
}

const kept = new Map();
for (const line of readFileSync("tools/mutants.tsv", "utf8").split("\n")) {
  const [file, was, would, why] = line.split("\t");
  if (why) kept.set(`${file}\t${was}\t${would}`, why);
}

async function judge(file, suites) {
  if (onPostgres.has(file) && !database) throw new Error(`${file}: its tests need tools/cluster.sh`);
  if (onPostgres.has(file)) process.env.GONGDAO_TEST_DATABASE = database;
  else delete process.env.GONGDAO_TEST_DATABASE;
  const every = words(OBJECTS);
  const own = every.find((name) => name.endsWith(`/${file.replace(/\.c$/, ".o")}`));
  // All that stays as it is in one object, without what a debugger needs: linking is most of the time.
  const rest = [join(work, "rest.o")];
  const joined = await run("ld", ["-r", "--strip-debug", "-o", rest[0], ...every.filter((name) => name !== own)]);
  if (!joined.good) throw new Error(joined.text.slice(-3000));
  const files = new Set([...suites.map((name) => `${name}_test.c`).filter(existsSync), ...shared()]);
  const tests = await Promise.all([...files].map(testObject));
  // What reaches past an array's end ends the program: that, too, is noticed.
  const strict = ["-fsanitize=undefined", "-fsanitize-undefined-trap-on-error"];
  const whole = join(work, "whole.o"); // made as the mutants are, so that it is the mistake they fail of
  if (!(await compile(file, whole, strict)).good) throw new Error(`${file} does not compile`);
  const how = ["--jobs", String(jobs), "--fail-fast", "--timeout", "20"];
  const before = await run(await link(0, [...rest, whole, ...tests]), how, secondsMax);
  if (!before.good) throw new Error(`${file}: its tests fail as it is:\n${before.text.slice(-2000)}`);
  const list = mutantsOf(file);
  const told = { noticed: 0, none: 0, equal: 0, unnoticed: [] };
  let next = 0;
  const worker = async (number) => {
    while (next < list.length) {
      const mutant = list[next++];
      if (kept.has(`${file}\t${mutant.was}\t${mutant.would}`)) {
        told.equal++;
        continue;
      }
      const source = join(work, `${number}`, file);
      mkdirSync(dirname(source), { recursive: true });
      writeFileSync(source, mutant.text);
      const object = join(work, `${number}-${basename(file)}.o`);
      if (!(await compile(source, object, [`-I${dirname(file)}`, ...strict])).good) {
        told.none++;
        continue;
      }
      const program = await link(number, [...rest, object, ...tests]);
      if (!(await run(program, how, secondsMax)).good) told.noticed++;
      else told.unnoticed.push(mutant);
    }
  };
  await Promise.all(Array.from({ length: jobs }, (_, i) => worker(i + 1)));
  for (const { number, was, would, kind } of told.unnoticed.sort((a, b) => a.number - b.number))
    console.log(`${file}:${number}: ${kind}: not noticed\n    ${was}\n    ${would}`);
  const of = told.noticed + told.unnoticed.length;
  console.log(`${file}: ${told.noticed} of ${of} noticed; ${told.equal} change nothing, ${told.none} do not compile`);
  return { noticed: told.noticed, of };
}

const asked = process.argv.slice(2);
let bad = false;
for (const [group, files] of Object.entries(groups)) {
  const sum = { noticed: 0, of: 0 };
  for (const [file, suites] of Object.entries(files)) {
    if (asked.length && !asked.includes(file)) continue;
    const { noticed, of } = await judge(file, suites);
    sum.noticed += noticed;
    sum.of += of;
  }
  if (!sum.of) continue;
  const percent = (100 * sum.noticed) / sum.of;
  console.log(`${group}: ${sum.noticed} of ${sum.of} mutants noticed, ${percent.toFixed(1)} %`);
  bad ||= percent < percentMin;
}
process.exit(bad ? 1 : 0);
