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
  form.set("file", new Blob([table], { type: "text/csv" }), "large.csv");
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

// Seven thousand half hours, of six professions each.
const arrivals = Array.from({ length: 42000 }, (_, i) => {
  const at = Math.floor(i / 6);
  const day = new Date(Date.UTC(2025, 5, 1) + Math.floor(at / 48) * 86400000);
  const profession = ["lawyer", "notary", "forensic", "mediator", "legal_aid", "correction"][i % 6];
  return `${day.toISOString().slice(0, 10)},` +
    `${String(Math.floor((at % 48) / 2)).padStart(2, "0")}:${at % 2 ? "30" : "00"},${profession},1\n`;
}).join("");

test("past arrivals, and kill -9 twice while they are brought in", () =>
  withServer({}, async (server) => {
    const admin = await new Api(server.url).signIn("admin");
    const form = new FormData();
    form.set("file", new Blob([arrivals], { type: "text/csv" }), "past.csv");
    const before = (await admin.get("/admin/forecast")).imports;
    const sum = (imports) => imports.reduce((all, { arrivals }) => all + arrivals, 0);
    const told = await admin.need(201, "POST", "/admin/forecast/arrivals", form);
    assert.ok(told.is_going && told.rows === 42000);
    for (const least of [6000, 15000]) {
      for (;;) {
        const { is_going, rows_done } = await admin.get("/admin/forecast");
        assert.ok(is_going, "it is under way");
        if (rows_done >= least) break;
        await pause(50);
      }
      await server.kill();
      await server.start();
    }
    for (;;) {
      const { is_going, imports } = await admin.get("/admin/forecast");
      if (!is_going) {
        const brought = sum(imports) - sum(before);
        assert.equal(brought, 42000, "each row counts once");
        return;
      }
      await pause(100);
    }
  }));
