// assistant.mjs -- how the assistant does on questions, asked of a running server over its API.
//
//     node bench/assistant.mjs http://127.0.0.1:PORT QUESTIONS.tsv OUTSIDE.txt [COUNT]
//
// QUESTIONS: number, question, … (COUNT of them, evenly taken; 300).  OUTSIDE: a question a line
// that no law answers.  Counted are sentences without a source; articles cited that are not there,
// do not apply today or do not hold the sentence word for word; how many of either kind it knows;
// and how long an answer took, first sentence and all.  The server must run on this machine: others are
// held to so many a minute.
import { readFileSync } from "node:fs";

const [url, questionsFile, outsideFile, count = "300"] = process.argv.slice(2);
if (!outsideFile) {
  console.error("assistant.mjs URL QUESTIONS.tsv OUTSIDE.txt [COUNT]");
  process.exit(2);
}

const lines = (file) => readFileSync(file, "utf8").split("\n").filter((line) => line && !line.startsWith("#"));
const all = lines(questionsFile).map((line) => line.split("\t")[1]);
const step = Math.max(1, all.length / Number(count));
const questions = Array.from({ length: Math.min(Number(count), all.length) }, (_, i) => all[Math.floor(i * step)]);
const outside = lines(outsideFile);

async function call(method, path, body) {
  const answer = await fetch(`${url}/api/v1${path}`, {
    method,
    headers: { "content-type": "application/json", "accept-language": "zh" },
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

const articles = new Map();
async function article(path) {
  if (!articles.has(path))
    articles.set(path, await call("GET", path).catch(() => null));
  return articles.get(path);
}

const milliseconds = [];
const seen = { sentences: 0, unsourced: 0, cited: 0, missing: 0, notToday: 0, otherWords: 0 };

async function ask(text) {
  const began = performance.now();
  const { turns } = await call("POST", "/assistant", { text: text.slice(0, 500) });
  milliseconds.push(performance.now() - began);
  for (const { text: sentence, source, url: from, kind } of turns[0].sentences) {
    seen.sentences++;
    if (!source) seen.unsourced++;
    if (!from?.startsWith("/laws/")) continue;
    seen.cited++;
    const shown = await article(from);
    if (!shown) seen.missing++;
    else if (shown.version?.state !== "in_force") seen.notToday++;
    else if (kind === "article" && !shown.text.includes(sentence)) seen.otherWords++;
  }
  return turns[0].is_known;
}

let known = 0;
let unknown = 0;
for (const text of questions) known += await ask(text);
for (const text of outside) unknown += !(await ask(text));
milliseconds.sort((a, b) => a - b);
const at = (part) => milliseconds[Math.floor(milliseconds.length * part)].toFixed(1);
console.log(
  `questions ${questions.length} known ${known} sentences ${seen.sentences} without-source ${seen.unsourced} ` +
    `cited ${seen.cited} missing ${seen.missing} not-today ${seen.notToday} other-words ${seen.otherWords}`,
);
console.log(`outside ${outside.length} does-not-know ${unknown} (${((100 * unknown) / outside.length).toFixed(0)} %)`);
console.log(`ms p50 ${at(0.5)} p95 ${at(0.95)} max ${milliseconds.at(-1).toFixed(1)}`);
const wrong = seen.unsourced + seen.missing + seen.notToday + seen.otherWords;
process.exit(wrong || unknown < 0.9 * outside.length ? 1 : 0);
