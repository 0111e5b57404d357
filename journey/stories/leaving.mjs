// leaving.mjs -- a node that is stopped says so first and goes on serving until its time is over,
// so that a front sends it nobody any more before it is gone (leave_seconds).
import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { Api, eventually, takenBy } from "../lib/api.mjs";
import { withNodes } from "../lib/front.mjs";
import { withServer, work } from "../lib/server.mjs";

const skip = process.env.GONGDAO_TEST_DATABASE ? false : "the rows are in the data folder";
const farAway = 300; // seconds: longer than any of these stories, and than end() waits

async function leaving(seconds) {
  const config = join(work, `leaving-${process.pid}.conf`);
  await mkdir(work, { recursive: true });
  await writeFile(config, `[server]\nleave_seconds = ${seconds}\n`);
  return { options: ["--config", config] };
}

async function ready(server) {
  const answer = await fetch(`${server.url}/readyz`);
  return { status: answer.status, issues: (await answer.json()).issues.join(" ") };
}

function saysItLeaves(server) {
  return eventually("it says that it leaves", async () => {
    const { status, issues } = await ready(server);
    if (status === 200) return false;
    assert.equal(status, 503);
    assert.match(issues, /leaving/);
    assert.doesNotMatch(issues, /database/);
    return true;
  });
}

test("a node that leaves says so, and serves whoever comes all the same", async () =>
  withServer(await leaving(farAway), async (server) => {
    const api = new Api(server.url);
    const resident = await api.ask();
    const consultant = await takenBy(api, resident.asked.reference);
    const stream = consultant.api.stream("/desk/stream");
    await resident.post(`${resident.path}/messages`, { text: "第一句。" });
    await stream.message("第一句。");
    assert.equal((await ready(server)).status, 200);
    server.child.kill("SIGTERM");
    await saysItLeaves(server);
    for (let i = 0; i < 5; i++) {
      await resident.need(201, "POST", `${resident.path}/messages`, { text: `还在吗 ${i}` });
      await stream.message(`还在吗 ${i}`);
      assert.equal((await fetch(`${server.url}/`)).status, 200);
    }
    const late = await new Api(server.url).ask(); // somebody a front sent before it looked
    assert.ok(late.asked.reference);
    assert.equal((await ready(server)).status, 503, "it does not change its mind");
    await stream.close();
    consultant.silence();
    await server.end(); // told a second time: at once
  }));

test("a node that leaves is gone when its time is over, and not before", async () =>
  withServer(await leaving(2), async (server) => {
    const began = process.hrtime.bigint();
    server.child.kill("SIGTERM");
    await saysItLeaves(server);
    const how = await server.ended;
    const took = Number(process.hrtime.bigint() - began) / 1e6;
    assert.equal(how.code, 0);
    assert.ok(took >= 1990, `after ${took} ms`);
  }));

/** Told once it would leave in five minutes; told again, as the end of a story does, at once. */
async function tellAll(nodes) {
  for (const node of nodes) {
    node.child.kill("SIGTERM");
    await saysItLeaves(node);
  }
}

async function leavesAndComesBack(front, nodes) {
  const asks = async (path, count) => {
    for (let i = 0; i < count; i++) {
      const answer = await fetch(`${front.url}${path}`, { headers: new Api(front.url).headers() });
      assert.equal(answer.status, 200, await answer.text());
    }
    await eventually("the log has them", () => front.servedBy(path).length >= count);
    return front.servedBy(path);
  };
  const before = await asks("/version", 20);
  assert.ok(before.includes(0) && before.includes(1), `both serve: ${before}`);
  nodes[0].child.kill("SIGTERM");
  await eventually("the front has seen it", () => /node0 is (going )?DOWN/.test(front.text));
  const meanwhile = await asks("/search", 20);
  assert.deepEqual(new Set(meanwhile), new Set([1]), "nobody is sent to the one that leaves");
  assert.equal((await fetch(`${nodes[0].url}/search`)).status, 200, "which would have served");
  await nodes[0].end();
  await asks("/search", 25);
  await nodes[0].start();
  await eventually("the front has seen that it is back", () => /node0 is UP/.test(front.text));
  const after = await asks("/laws", 20);
  assert.ok(after.includes(0), `it serves again: ${after}`);
}

test("the front sends nobody to a node that leaves, while that still serves", { skip }, () =>
  withNodes(farAway, async (front, nodes) => {
    try {
      await leavesAndComesBack(front, nodes);
    } finally {
      await tellAll(nodes);
    }
  }));
