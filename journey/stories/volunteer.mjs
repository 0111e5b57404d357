// volunteer.mjs -- somebody would like to serve: applies with a picture of the licence, is asked for
// more while the server dies and comes back, is approved, chooses a password, and stands in the
// directory.  Nobody else ever sees the application.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { promisify } from "node:util";
import { Api } from "../lib/api.mjs";
import { Person, closeBrowser, inTurn, wayName } from "../lib/browser.mjs";
import { png } from "../lib/files.mjs";
import { sendAsIs } from "../lib/forms.mjs";
import { leaves } from "../lib/resident.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

const name = "章志愿";
const licence = "13101201877770001";
const password = "Quite-long-9-words";

/** Proves a phone number where the page asked for it. */
async function proves(server, person, phone) {
  const before = server.letters(phone).length;
  await person.page.locator('main input[name="phone"]').fill(phone);
  await person.submit('main input[name="phone"]');
  await person.page.locator('main input[name="code"]').fill(await server.code(phone, before));
  await person.submit('main input[name="code"]');
}

function formTo(person, path) {
  return person.page.locator(`main form[method="post" i][action$="${path}"]`).first();
}

async function attaches(person) {
  const form = formTo(person, "/files");
  await form
    .locator('input[type="file"]')
    .setInputFiles({ name: "执业证.png", mimeType: "image/png", buffer: png() });
  await sendAsIs(person.page, form);
}

for (const way of inTurn) {
  test(`from the first page to the directory ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const person = await Person.arrive(server.url, { ...way, name: "the volunteer" });
      await person.go("/volunteer");
      await person.page.locator('main a[href="/volunteer/application"]').click();
      await proves(server, person, "13900007777");
      const form = formTo(person, "/volunteer/application");
      await form.locator('[name="name"]').fill(name);
      await form.locator('[name="profession"][value="lawyer"]').check({ force: true });
      await form.locator('[name="licence"]').fill(licence);
      await form.locator('[name="division"]').selectOption("310104");
      await sendAsIs(person.page, form);
      await person.page.locator(".wrong-summary").waitFor();
      assert.equal(await form.locator('[name="name"]').inputValue(), name, "what was typed stays");
      await form.locator('[name="agrees"]').check({ force: true });
      await sendAsIs(person.page, form);
      const path = new URL(person.page.url()).pathname;
      assert.match(path, /^\/volunteer\/[0-9A-Z]{8}$/);
      await attaches(person);
      await sendAsIs(person.page, formTo(person, "/hand-in"));

      const stranger = await new Api(server.url).post("/session/code", { phone: "13900008888" }, 202);
      assert.ok(stranger);
      const code = await server.code("13900008888");
      const other = new Api(server.url).as(
        (await new Api(server.url).post("/session/code/verify", { phone: "13900008888", code }, 201)).token,
      );
      assert.equal((await other.call("GET", path)).status, 404, "another's application");

      const admin = await Person.arrive(server.url, { ...way, size: "desktop", name: "admin" });
      await admin.signIn("admin");
      await admin.go("/admin/applications");
      await admin.page.getByRole("link", { name }).click();
      await sendAsIs(admin.page, formTo(admin, "/look"));
      await admin.page.locator("img.evidence").waitFor();
      const ask = formTo(admin, "/ask");
      await ask.locator("textarea").fill("请补充年度考核页。");
      await sendAsIs(admin.page, ask);

      await server.kill();
      await server.start();
      await person.go(path);
      await person.sees("请补充年度考核页。");
      await attaches(person);
      await sendAsIs(person.page, formTo(person, "/hand-in"));

      await admin.go(`/admin/applications/${path.split("/").pop()}`);
      const approve = formTo(admin, "/approve");
      await approve.locator('[name="is_checked"]').check({ force: true });
      await approve.locator('[name="team"]').selectOption({ index: 1 });
      await approve.locator('[name="login"]').fill("zhang.zhiyuan");
      await sendAsIs(admin.page, approve);

      await person.go("/volunteer");
      await person.sees("zhang.zhiyuan");
      const first = formTo(person, "/account");
      await first.locator('[name="password"]').fill(password);
      await sendAsIs(person.page, first);
      await new Api(server.url).post("/session", { name: "zhang.zhiyuan", password }, 201);

      await person.go(`/people?q=${encodeURIComponent(name)}`);
      await person.page.locator("main .desk-items a").click();
      await person.sees(licence);
      await leaves(person, admin);
    }));
}

test("whoever is refused is told by message, reads the reason, and may apply again", () =>
  withServer({}, async (server) => {
    const phone = "13900007779";
    const why = "执业证已于去年注销。恢复执业后,欢迎再次申请。";
    const person = await Person.arrive(server.url, { language: "zh", scripts: false, name: "the volunteer" });
    await person.go("/volunteer/application");
    await proves(server, person, phone);
    const form = formTo(person, "/volunteer/application");
    await form.locator('[name="name"]').fill("曹不成");
    await form.locator('[name="profession"][value="lawyer"]').check({ force: true });
    await form.locator('[name="licence"]').fill("13101201877770009");
    await form.locator('[name="division"]').selectOption("310104");
    await form.locator('[name="agrees"]').check({ force: true });
    await sendAsIs(person.page, form);
    const path = new URL(person.page.url()).pathname;
    const reference = path.split("/").pop();
    await attaches(person);
    await sendAsIs(person.page, formTo(person, "/hand-in"));
    await server.letter(phone, new RegExp(reference)); // that it was handed in
    const before = server.letters(phone).length;

    const admin = await Person.arrive(server.url, { language: "zh", scripts: false, size: "desktop", name: "admin" });
    await admin.signIn("admin");
    await admin.go(`/admin/applications/${reference}`);
    const refuse = formTo(admin, "/refuse");
    await sendAsIs(admin.page, refuse);
    await admin.page.locator(".wrong-summary").waitFor(); // without a reason nobody is refused
    await refuse.locator("textarea").fill(why);
    await sendAsIs(admin.page, refuse);
    await admin.go(`/admin/applications/${reference}`);
    await admin.sees(why);

    const letter = await server.letter(phone, new RegExp(reference), { after: before });
    assert.ok(!letter.includes("注销"), "the message names the application only");
    await person.go("/volunteer");
    await person.page.locator(`main a[href="${path}"]`).click();
    await person.sees(why);
    assert.equal(await formTo(person, "/files").count(), 0, "it is over");
    await person.go("/volunteer");
    await person.page.locator('main a[href="/volunteer/application"]').click();
    assert.equal(await formTo(person, "/volunteer/application").locator('[name="name"]').inputValue(), "");
    await leaves(person, admin);
  }));

test("a table of people is looked at, then taken in, mistakes left out", () =>
  withServer({}, async (server) => {
    const admin = await Person.arrive(server.url, { size: "desktop", name: "admin" });
    const table =
      "登录名,姓名,职业类别,区,团队,执业证号\n" +
      "imported.one,易导入,律师,徐汇区,310104,13101201866660001\n" +
      "imported.two,贰导入,巫师,徐汇区,310104,13101201866660002\n";
    await admin.signIn("admin");
    await admin.go("/admin/import");
    const form = formTo(admin, "/admin/import");
    await form
      .locator('input[type="file"]')
      .setInputFiles({ name: "名单.csv", mimeType: "text/csv", buffer: Buffer.from(table) });
    await sendAsIs(admin.page, form);
    await admin.sees("巫师");
    const run = admin.page.locator('main form:has(input[name="plan"])');
    await sendAsIs(admin.page, run);
    await admin.page.locator(".wrong-summary").waitFor();
    await run.locator('[name="only_good"]').check({ force: true });
    await sendAsIs(admin.page, run);
    const { people } = await (await new Api(server.url).signIn("admin")).get("/admin/people?q=imported");
    assert.deepEqual(people.map(({ login }) => login), ["imported.one"]);
    await leaves(admin);
  }));

test("the command tells each mistake with its row, and takes in nothing on a dry run", () =>
  withServer({}, async (server) => {
    const admin = await new Api(server.url).signIn("admin");
    const file = join(server.data, "people.csv");
    const command = async (...words) => {
      try {
        const all = ["import", "people", file, ...server.where, ...words];
        return { ...(await promisify(execFile)(server.program, all)), code: 0 };
      } catch (error) {
        return error;
      }
    };
    const logins = async () =>
      (await admin.get("/admin/people?q=commanded")).people.map(({ login }) => login);
    const good = "commanded.one,令一,律师,徐汇区,310104,13101201855550001\n";
    const head = "登录名,姓名,职业类别,区,团队,执业证号\n";
    await writeFile(
      file,
      `${head}${good}commanded.two,令二,巫师,徐汇区,310104,13101201855550002\n` +
        "commanded.three,令三,律师,月球,310104,13101201855550003\n",
    );
    for (const how of [["--dry-run"], []]) {
      const { code, stdout } = await command(...how);
      assert.equal(code, 1, stdout);
      assert.match(stdout, /^row 3, [^\n]*巫师[^\n]*\nrow 4, [^\n]*月球[^\n]*\nto add: 1, .*mistakes: 2\n$/);
      assert.deepEqual(await logins(), [], "mistakes keep all of it out");
    }
    await writeFile(file, head + good);
    assert.match((await command("--dry-run")).stdout, /^to add: 1, .*mistakes: 0\n$/);
    assert.deepEqual(await logins(), [], "a dry run takes in nothing");
    assert.equal((await command()).code, 0);
    assert.deepEqual(await logins(), ["commanded.one"]);
    await writeFile(file, `${head}"unfinished,令四\n`);
    const torn = await command("--dry-run");
    assert.ok(torn.code === 1 && /row 2/.test(torn.stderr), torn.stderr);
  }));
