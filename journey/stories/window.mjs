// window.mjs -- somebody comes to a hall, gets a number, is called and served; somebody else goes on
// online with the slip; the server dies in between and no number is given twice.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Api } from "../lib/api.mjs";
import { Person, closeBrowser, inTurn, wayName } from "../lib/browser.mjs";
import { withServer } from "../lib/server.mjs";

after(closeBrowser);

/** Registers until it is answered, with one key: sent twice it is one person. */
async function register(clerk, text) {
  const key = { "Idempotency-Key": randomUUID() };
  for (;;) {
    const answer = await clerk
      .call("POST", "/window/register", { field: "labour", text }, key)
      .catch(() => null);
    if (answer?.status === 201) return answer.body;
    assert.ok(!answer || answer.status >= 500, JSON.stringify(answer?.body));
    await pause(50);
  }
}

test("kill -9 while numbers are given: each person one number, no number twice, none left out", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    const clerks = [await api.signIn("clerk001"), await api.signIn("clerk002")];
    const giving = Promise.all(
      clerks.map(async (clerk, c) => {
        const given = [];
        for (let i = 0; i < 25; i++) given.push(await register(clerk, `第 ${c}-${i} 位`));
        return given;
      }),
    );
    for (let i = 0; i < 3; i++) {
      await pause(150 + Math.random() * 150);
      await server.kill();
      await server.start();
    }
    const given = (await giving).flat();
    const expected = given.map((_, i) => `A${String(i + 1).padStart(3, "0")}`);
    assert.deepEqual(given.map(({ ticket }) => ticket).sort(), expected);
    assert.equal(new Set(given.map(({ reference }) => reference)).size, given.length);
    const { waiting } = await clerks[0].get("/window");
    assert.deepEqual(waiting.map(({ ticket }) => ticket), expected, "and they wait in that order");
  }));

test("two windows call at once: everybody is called once, also over a kill -9", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    const clerks = [await api.signIn("clerk001"), await api.signIn("clerk002")];
    const given = [];
    for (let i = 0; i < 12; i++) given.push((await register(clerks[0], `第 ${i} 位`)).ticket);
    await clerks[0].post("/window/sit", { window: 1 });
    await clerks[1].post("/window/sit", { window: 2 });
    const served = [];
    for (let round = 0; round < 6; round++) {
      const called = await Promise.all(clerks.map((clerk) => clerk.post("/window/call", {})));
      if (round === 2) {
        await server.kill();
        await server.start();
      }
      for (const [i, { number, ticket }] of called.entries()) {
        await clerks[i].post(`/window/numbers/${number}/serve`, {});
        await clerks[i].post(`/window/numbers/${number}/close`, {
          outcome: "advised",
          summary: "已告知仲裁途径。",
        });
        served.push(ticket);
      }
    }
    assert.deepEqual([...served].sort(), [...given].sort());
    const none = await clerks[0].call("POST", "/window/call", {});
    assert.equal(none.body.code, "hall.nobody-waits");
    const supervisor = await api.signIn("supervisor");
    const { halls } = await supervisor.get("/board/halls");
    assert.equal(halls[0].served, given.length);
    assert.equal(halls[0].taken, given.length);
    await behindEachFigure(server, supervisor, halls[0]);
  }));

/** Behind each figure of a hall stand as many numbers, as JSON and behind the links of its page. */
async function behindEachFigure(server, supervisor, hall) {
  const figures = { taken: hall.taken, waiting: hall.waiting, now: hall.at_windows };
  Object.assign(figures, { served: hall.served, missed: hall.no_show, left: hall.otherwise });
  for (const [which, number] of Object.entries(figures)) {
    const { numbers } = await supervisor.get(`/board/halls/${hall.hall}/numbers?which=${which}&limit=100`);
    assert.equal(numbers.length, number, which);
  }
  const person = await Person.arrive(server.url, { name: "the supervisor" });
  await person.signIn("supervisor");
  await person.go("/board/halls");
  const links = person.page.locator(`td.number a[href*="/board/halls/${hall.hall}/numbers"]`);
  const shown = await links.evaluateAll((all) =>
    all.map((link) => [link.textContent, link.getAttribute("href")]));
  assert.ok(shown.some(([, href]) => href.includes("which=waited")), "both waits lead on too");
  for (const [number, href] of shown.filter(([, path]) => !path.includes("which=waited"))) {
    await person.go(href);
    assert.equal(await person.page.locator("tbody tr").count(), Number(number), href);
  }
  await person.leave();
}

test("asked at home, answered at a window: one question, over a kill -9, and nobody else's", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    const [clerk, far] = [await api.signIn("clerk001"), await api.signIn("clerk003")];
    const phone = "13811112222";
    const resident = await api.ask({ mode: "message", phone });
    const { reference, due_at: due } = resident.asked;
    const wrong = await clerk.call("POST", "/window/join", { reference, phone: "13811113333" });
    assert.equal(wrong.body.code, "consultation.join-unknown");
    const joined = await clerk.need(201, "POST", "/window/join", { reference, phone });
    assert.equal(joined.reference, reference);
    await server.kill();
    await server.start();
    const twice = await far.call("POST", "/window/join", { reference, phone });
    assert.equal(twice.body.code, "consultation.join-numbered", "one number, at whichever hall");
    assert.equal((await clerk.call("POST", `/window/numbers/${joined.number}/slip`, {})).status, 409);
    const waits = await resident.get(resident.path);
    assert.equal(waits.state, "hall");
    assert.equal(waits.due_at, due, "the promised day stands");
    await clerk.post("/window/sit", { window: 1 });
    const { number } = await clerk.post("/window/call", {});
    assert.equal(number, joined.number);
    await clerk.post(`/window/numbers/${number}/serve`, {});
    await clerk.post(`/window/numbers/${number}/close`, {
      answer: "可以申请仲裁。",
      outcome: "advised",
      summary: "欠薪。",
    });
    const texts = (await resident.messages(resident.path)).map(({ text }) => text);
    assert.ok(texts.includes("可以申请仲裁。"), "what was advised is read where it was asked");
  }));

const said = {
  zh: { text: "老板三个月没发工资。", answer: "可以申请劳动仲裁。" },
  en: { text: "My employer has not paid me for three months.", answer: "You can go to arbitration." },
};

for (const way of inTurn) {
  test(`from the door to the rating ${wayName(way)}`, () =>
    withServer({}, async (server) => {
      const words = said[way.language];
      const clerk = await Person.arrive(server.url, { ...way, size: "desktop" });
      await clerk.signIn("clerk001");
      assert.match(clerk.page.url(), /\/window$/, "a clerk begins at the window");

      // At the door: the question is taken down, the slip is there to print.
      await clerk.go("/window/register");
      await clerk.page.locator('select[name="field"]').selectOption("labour");
      await clerk.page.locator('textarea[name="text"]').fill(words.text);
      await clerk.submit('textarea[name="text"]');
      await clerk.sees("A001");
      const [reference, code] = await clerk.page.locator(".slip strong.reference").allInnerTexts();

      // On the phone, with the slip: the place in the line.
      const resident = await Person.arrive(server.url, way);
      await resident.go("/slip");
      await resident.page.locator('input[name="reference"]').fill(reference);
      await resident.page.locator('input[name="code"]').fill("22222222");
      await resident.submit('input[name="code"]');
      assert.equal(
        await resident.page.locator('input[name="reference"]').inputValue(), reference, "nothing typed is lost",
      );
      await resident.page.locator('input[name="reference"]').fill(reference.toLowerCase());
      await resident.page.locator('input[name="code"]').fill(code.toLowerCase());
      await resident.submit('input[name="code"]');
      await resident.sees("A001");
      await resident.isIn("hall");

      // A window calls: the phone and the display say where to go.
      await clerk.go("/window");
      await clerk.page.locator('select[name="window"]').selectOption("2");
      await clerk.submit('select[name="window"]');
      await clerk.submit('form[action="/window/call"] button');
      const { halls } = await new Api(server.url).get("/halls");
      const display = await Person.arrive(server.url, { ...way, size: "desktop" });
      await display.go(`/halls/${halls[0].hall}/screen`);
      assert.equal((await display.page.locator(".screen-called tbody").innerText()).trim(), "A001\t2");
      const shown = await display.page.locator("body").innerText();
      for (const secret of [words.text, reference]) assert.ok(!shown.includes(secret), secret);
      await resident.seesAfterReload(way.language === "en" ? /Please go to window 2/ : /请现在到 2 号窗口/);

      // Served, advised, closed; at home the answer is read and the talk rated.
      await clerk.submit('form[action$="/serve"] button');
      await clerk.sees(words.text);
      await clerk.page.locator('textarea[name="answer"]').fill(words.answer);
      await clerk.page.locator('textarea[name="summary"]').fill(words.answer);
      await clerk.submit('textarea[name="summary"]');
      assert.equal(
        await clerk.page.locator('textarea[name="answer"]').inputValue(), words.answer,
        "how it ended was not chosen: what was typed stays",
      );
      await clerk.page.locator('input[name="outcome"][value="advised"]').check();
      await clerk.submit('textarea[name="summary"]');
      assert.match(clerk.page.url(), /\/window$/);
      await resident.go(`/consultations/${reference}`);
      await resident.sees(words.answer);
      await resident.go(`/consultations/${reference}/rating`);
      await resident.page.locator('input[name="stars"][value="5"]').check({ force: true });
      await resident.submit('input[name="stars"]');
      await display.leave();
      await resident.leave();
      await clerk.leave();
    }));
}

test("rather not wait in the hall: the same question goes on live, and a consultant has it all", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    const clerk = await api.signIn("clerk001");
    const { reference, code, number } = await register(clerk, "等不及了。");
    const { token } = await api.post("/slip", { reference, code });
    const resident = api.as(token);
    const after = await resident.post(`/consultations/${reference}/wait-online`, {});
    assert.ok(["waiting", "offered"].includes(after.state));
    assert.equal((await clerk.get(`/window/numbers/${number}`)).number.ticket_state, "left");
    const consultant = await api.signIn("consultant001");
    await consultant.post("/desk/presence", { state: "online" });
    for (let i = 0; (await resident.get(`/consultations/${reference}`)).state !== "offered"; i++) {
      assert.ok(i < 100, "it is offered");
      await pause(100);
    }
    await consultant.post(`/desk/offers/${reference}/accept`, {});
    const { messages } = await consultant.get(`/desk/consultations/${reference}/messages`);
    assert.ok(messages.some(({ text }) => text === "等不及了。"), "what was said at the door");
    const far = await api.signIn("clerk003");
    assert.equal((await far.call("GET", `/window/numbers/${number}`)).status, 404);
  }));
