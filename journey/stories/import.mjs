// import.mjs -- a large table of people is taken in a part at a time: the server dies in the middle
// and comes back, and everybody in it is there once.
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { test } from "node:test";
import { Api } from "../lib/api.mjs";
import { withServer } from "../lib/server.mjs";

const people = 1500;
const table =
  "登录名,姓名,职业类别,区,团队,执业证号,手机号\n" +
  Array.from(
    { length: people },
    (_, i) => `large.${i},易导入,律师,徐汇区,310104,131012018${String(i).padStart(8, "0")},` +
      `1380${String(i).padStart(7, "0")}\n`,
  ).join("");

async function handsIn(admin) {
  const form = new FormData();
  form.set("file", new File([table], "large.csv", { type: "text/csv" }));
  return (await admin.need(201, "POST", "/admin/import", form)).import;
}

/** Asks again until `wanted` says yes of what the page tells. */
async function waits(admin, id, wanted) {
  for (;;) {
    const told = await admin.get(`/admin/import/${id}`);
    if (wanted(told)) return told;
    await pause(50);
  }
}

test("fifteen hundred people, and kill -9 twice while they are taken in", () =>
  withServer({}, async (server) => {
    const admin = await new Api(server.url).signIn("admin");
    const id = await handsIn(admin);
    const { plan, add } = await admin.get(`/admin/import/${id}`);
    assert.equal(add, people);
    await admin.post(`/admin/import/${id}`, { plan, is_checked: true });
    for (const least of [200, 600]) {
      const told = await waits(admin, id, ({ rows_done }) => rows_done >= least);
      assert.ok(!told.done_at && told.rows_all === people, "it is under way");
      await server.kill();
      await server.start();
    }
    const { added, changed, left_out, rows_left } = await waits(admin, id, (t) => t.done_at);
    assert.deepEqual({ added, changed, left_out, rows_left }, {
      added: people,
      changed: 0,
      left_out: 0,
      rows_left: null,
    });
    const again = await admin.get(`/admin/import/${await handsIn(admin)}`);
    assert.deepEqual([again.add, again.change, again.same, again.wrong], [0, 0, people, 0]);
  }));
