// added.mjs -- a service is one folder, one line and one item: a copy of the tree gets them, nothing else,
// is built, keeps the rules of the house, and plays the story that lies in the new folder.
//
// 1. What git sees changed is exactly that; the line is the only one in a file there was.
// 2. It is built as anybody builds it; objects of an earlier build go along, so that it is quick.
// 3. The story is played by the program that came out, in a browser and over HTTP.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { root, work } from "./lib/server.mjs";

const run = promisify(execFile);
const from = join(root, "journey/added");
const buildSecondsMax = 1500; // all of it, on a busy machine
const storySecondsMax = 600;
let copy;
const git = async (...words) =>
  (await run("git", ["-C", copy, ...words], { maxBuffer: 1 << 26 })).stdout;

before(async () => {
  await mkdir(work, { recursive: true });
  copy = await mkdtemp(join(work, "added-"));
  const listed = await run("git", ["-C", root, "ls-files", "-z"], { maxBuffer: 1 << 26 });
  for (const file of listed.stdout.split("\0").filter(Boolean)) {
    if (!existsSync(join(root, file))) continue;
    await mkdir(join(copy, dirname(file)), { recursive: true });
    await cp(join(root, file), join(copy, file), { preserveTimestamps: true });
  }
  for (const built of ["object", "gen", "web", "mksql", "mkhtml", "mktext", "mkcalendar", "mkasset"]) {
    const path = join("build/asan", built);
    if (existsSync(join(root, path)))
      await run("cp", ["-a", "--reflink=auto", "--parents", path, copy], { cwd: root });
  }
  for (const modules of ["journey/node_modules", "web/node_modules"])
    if (existsSync(join(root, modules))) await symlink(join(root, modules), join(copy, modules));
  await git("init", "--quiet");
  await git("add", "--all");
  const author = ["-c", "user.name=test", "-c", "user.email=test@example.org"];
  await git(...author, "commit", "--quiet", "--message", "test: begin");
});
after(async () => {
  if (copy && !process.env.GONGDAO_KEEP) await rm(copy, { recursive: true, force: true });
});

/** A command in the copy; what it said is in the failure. */
function does(seconds, command, words, environment = {}) {
  return new Promise((done, failed) => {
    const env = { ...process.env, ...environment };
    delete env.NODE_TEST_CONTEXT; // what is run below counts for itself
    const child = spawn(command, words, { cwd: copy, env, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    const slow = setTimeout(() => child.kill("SIGKILL"), seconds * 1000);
    for (const pipe of [child.stdout, child.stderr]) pipe.on("data", (data) => (said += data));
    child.on("error", failed);
    child.on("close", (status) => {
      clearTimeout(slow);
      if (status === 0) done(said);
      else failed(new Error(`${command} ${words.join(" ")}: ${status}\n${said.slice(-4000)}`));
    });
  });
}

test("a folder and a line, and an item, are all there is to a service", async () => {
  await cp(join(from, "service"), join(copy, "service"), { recursive: true });
  await cp(join(from, "data"), join(copy, "data"), { recursive: true });
  const line = await readFile(join(from, "modules.line"), "utf8");
  const contents = join(copy, "main/modules.h");
  const was = await readFile(contents, "utf8");
  const last = was.match(/^MODULE\(aid\).*\n/m)[0];
  await writeFile(contents, was.replace(last, last + line));
  await git("add", "--all");
  console.log(await git("diff", "--cached", "--stat"));
  const changed = (await git("diff", "--cached", "--numstat")).trim().split("\n");
  const others = changed
    .map((row) => row.split("\t"))
    .filter(([, , file]) => !file.startsWith("service/lecture/"));
  assert.deepEqual(
    others.map(([more, less, file]) => [+less ? less : file === "main/modules.h" ? more : "new", file]),
    [
      ["new", "data/items/lecture-request.yaml"],
      ["1", "main/modules.h"],
    ],
  );
});

test("it builds, and keeps the rules of the house", async () => {
  await does(buildSecondsMax, "make", ["-j2", "asan-server"]);
  await does(buildSecondsMax, "make", ["check-house"]);
});

test("its story is played", async () => {
  const said = await does(
    storySecondsMax,
    "node",
    ["--test", "--test-reporter=tap", "service/lecture/lecture_story.mjs"],
    { GONGDAO: join(copy, "build/asan/gongdao"), GONGDAO_SCRATCH: "", GONGDAO_WORK: join(copy, "build/journey") },
  );
  assert.match(said, /^# pass [1-9]/m, said.slice(-2000));
});
