// unseen.mjs -- what not everybody may read leaves no trace: a rare name is written into a talk, answers that are
// proposed, refused, withdrawn and hidden by an amendment, a nomination, a firm that closed, a report, somebody
// who is suspended, and an item that is not released. Whoever looks for it is told just what is told about a
// name nobody ever wrote: in results, counts, suggestions, lists and by the assistant.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { Api, eventually, takenBy } from "../lib/api.mjs";
import { withServer } from "../lib/server.mjs";

const run = promisify(execFile);
const secret = "紫葳鲸鹬";
const never = "绛蕤鲟鹮";

async function ended(api) {
  const asker = await api.ask({ field: "labour", district: "310104", text: `${secret}拖欠工资。` });
  const { reference } = asker.asked;
  const holder = await takenBy(api, reference);
  await holder.say(reference, `${secret}可以申请仲裁。`);
  await holder.api.post(`/desk/consultations/${reference}/close`, { outcome: "advised", summary: "告知仲裁。" });
  holder.silence();
  return { reference, holder };
}

test("what is hidden leaves no trace in results, counts, suggestions, lists or by the assistant", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url, { language: "zh" });
    const [editor, admin] = [await api.signIn("supervisor"), await api.signIn("admin")];
    const folder = await mkdtemp(join(tmpdir(), "unseen-"));
    const law = async (words, day) => {
      const file = join(folder, "laws.tsv");
      await writeFile(file, `1\t试点条例\t第一条\t\t${words}\t${day}\n`);
      await run(server.program, ["import", "laws", file, ...server.where]);
    };
    await law("欠薪的，限期支付。", "2020-01-01");
    const { laws } = await api.get(`/laws?q=${encodeURIComponent("试点条例")}`);
    /** What the article says of those who cite it. */
    const cited = async () => JSON.stringify(await api.get(`/laws/${laws[0].law}/articles/1`)).includes(secret);
    const look = async (path, words) => {
      const { status, body } = await api.call("GET", `${path}${encodeURIComponent(words)}`);
      assert.equal(status, 200, path);
      return JSON.stringify(body).replaceAll(words, "?");
    };
    const said = async (words) => {
      const { turns } = await api.need(200, "POST", "/assistant", { text: `${words}是什么` });
      return JSON.stringify(turns).replaceAll(words, "?");
    };
    const kinds = ["answers", "people", "bodies", "items"].map((kind) => `/search?kind=${kind}&q=`);
    const paths = ["/search?q=", ...kinds, "/search/suggestions?q=", "/people?q=", "/bodies?q=", "/items?q="];
    /** As if it had never been written. */
    const unseen = async (what) => {
      for (const path of paths) assert.equal(await look(path, secret), await look(path, never), `${what}: ${path}`);
      assert.equal(await said(secret), await said(never), `${what}: the assistant`);
      assert.ok(!JSON.stringify(await api.get("/answers")).includes(secret), `${what}: /answers`);
      assert.ok(!(await cited()), `${what}: beside the article`);
    };
    const found = async () => (await look("/search?q=", secret)) !== (await look("/search?q=", never));

    await eventually("the laws are read in", async () => (await api.get("/search?q=x")).is_ready);
    const { reference, holder } = await ended(api);
    await unseen("a talk");
    const text = { title: `${secret}欠薪`, field: "labour", question: `${secret}欠薪怎么办理？`, compared: true };
    const proposal = { ...text, answer: "见试点条例第一条，可以投诉。" };
    const { entry } = await holder.api.post(`/desk/repository/${reference}`, proposal, 201);
    await unseen("a proposal");
    await editor.post(`/board/repository/${entry}/publish`, { seen: 1, confirmed: true });
    await eventually("what is published is found", found); // or this test could not fail
    await eventually("the article tells of it", cited);
    const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    const plan = { title: "十佳案例评选", vote_from: day(20), vote_until: day(40) };
    const { round } = await editor.need(201, "POST", "/board/classics", plan);
    await editor.post(`/board/classics/${round}/nominations`, { entry, why: `${secret}很常见。` });
    await law("欠薪的，七日内支付。", "2021-01-01");
    await unseen("an answer whose article was amended");
    assert.ok(!JSON.stringify(await api.get(`/classics/${round}`)).includes(secret), "a nomination");
    await editor.post(`/board/repository/${entry}/publish`, { seen: 1, confirmed: true });
    await eventually("looked at, it is found", found);
    await editor.post(`/board/repository/${entry}/refuse`, { reason: `${secret}不对。` });
    await unseen("an answer that was withdrawn");

    const table = (state) => {
      const form = new FormData();
      const rows = `类别,名称,区,来源,来源日期,状态\n公证处,${secret},310104,公告,2026-01-31,${state}\n`;
      form.append("file", new Blob([rows], { type: "text/csv" }), "bodies.csv");
      return form;
    };
    await admin.need(200, "POST", "/admin/bodies", table(""));
    assert.ok(await found());
    const { bodies } = await api.get(`/bodies?q=${encodeURIComponent(secret)}`);
    const report = { what: "other", words: `${secret}改名了。` };
    const { code } = await api.need(201, "POST", `/bodies/${bodies[0].body}/wrong`, report);
    assert.ok(!JSON.stringify(await api.get(`/corrections/${code}`)).includes("改名了"), "no word of a report");
    await admin.need(200, "POST", "/admin/bodies", table("注销"));
    await unseen("a firm that closed");

    const { people } = await api.get("/people?limit=1");
    await admin.post(`/admin/people/${people[0].person}/name`, { name: secret });
    assert.ok(await found());
    await admin.post(`/admin/people/${people[0].person}/suspend`, { reason: "核查" });
    await unseen("somebody who is suspended");

    const { seen, problems, has_draft, is_new, is_taken_out, may_change, ...item } = await admin.get("/admin/items/complaints");
    await admin.post("/admin/items/complaints", { ...item, name_zh: secret, seen });
    await unseen("an item that is not released");
    await rm(folder, { recursive: true });
  }));
