// appointment_story.mjs -- somebody without an account chooses item, office, day and time, books it while
// another browser wants the same, changes and cancels it; the hall sees who comes. Forty take the last
// places at once while the server is killed: nobody has another's. A clerk books for somebody who calls;
// who arrives draws a number by themselves, keeps it when the server is killed, and is called before who
// came without an appointment.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Api } from "../../journey/lib/api.mjs";
import { Person, closeBrowser, inTurn, leads, wayName } from "../../journey/lib/browser.mjs";
import { sendAsIs } from "../../journey/lib/forms.mjs";
import { withServer } from "../../journey/lib/server.mjs";

after(closeBrowser);

const item = "legal-aid-civil";
const formTo = (person, path) => person.page.locator(`main form[method="post" i][action$="${path}"]`).last();
const press = (person, selector) => leads(person.page, () => person.page.locator(selector).first().click());

async function times(api) {
  const { offices } = await api.get(`/appointments/new?item=${item}`);
  const { line } = offices[0];
  const path = `/appointments/new?item=${item}&line=${line}`;
  const { times: first } = await api.get(path);
  // Of the second day: none of its times begins while this is played.
  const { times: found } = await api.get(`${path}&day=${first.days[1].day}`);
  return { line, day: first.days[1].day, slots: found.slots };
}

/** Until it is answered, over any kill: sent twice with one key it is one. */
async function surely(api, path, body) {
  const key = { "Idempotency-Key": randomUUID() };
  for (;;) {
    const answer = await api.call("POST", path, body, key).catch(() => null);
    if (answer && answer.status < 500) return answer;
    await pause(50);
  }
}

test("forty want the same two places while the server is killed: two have them", () =>
  withServer({}, async (server) => {
    const api = new Api(server.url);
    const { line, day, slots } = await times(api);
    const { slot } = slots.at(-1);
    const taking = Promise.all(Array.from({ length: 40 }, async (_, i) => {
      const person = api.as(null); // with an address of its own
      const kept = await surely(person, "/appointments", { item, line, slot });
      if (kept.status !== 201) return kept.body.code;
      const own = person.as(kept.body.token);
      const name = { name: "某人", phone: `139000${String(10000 + i)}` };
      return (await surely(own, `/appointments/${kept.body.reference}/book`, name)).status;
    }));
    for (let i = 0; i < 2; i++) {
      await pause(100 + Math.random() * 200);
      await server.kill();
      await server.start();
    }
    const came = await taking;
    assert.equal(came.filter((one) => one === 200).length, 2, JSON.stringify(came));
    assert.equal(came.filter((one) => one === "appointment.full" || one === "appointment.no-such-time").length, 38);
    const { times: left } = await api.get(`/appointments/new?item=${item}&line=${line}&day=${day}`);
    assert.ok(!left.slots.some((one) => one.slot === slot), "and nobody is offered it any more");

    for (const way of inTurn) {
      await plays(server, way);
      await comes(server, way);
    }
  }));

/** In a browser, at a time nobody else of this story has. */
async function plays(server, way) {
  const person = await Person.arrive(server.url, way);
  await person.go("/appointments/new");
  await press(person, `main a[href$="item=${item}"]`);
  await press(person, "main a.desk-item");
  await press(person, "main ul.chips li:nth-child(2) a");
  // No time chosen: what was chosen before stays, office and day.
  const day = await person.page.locator('main form [name="day"]').inputValue();
  await sendAsIs(person.page, formTo(person, "/appointments"));
  assert.equal(await person.page.locator('main form [name="day"]').inputValue(), day, wayName(way));
  await person.page.locator('main form [name="slot"]').first().check({ force: true });
  await sendAsIs(person.page, formTo(person, "/appointments"));
  const path = new URL(person.page.url()).pathname;
  const stranger = await new Api(server.url).ask();
  assert.equal((await stranger.call("GET", path)).status, 404, wayName(way));

  // Nothing typed is lost when something is missing.
  const book = formTo(person, "/book");
  await book.locator('[name="name"]').fill("王玛丽");
  await book.locator('[name="words"]').fill("我坐轮椅。");
  await sendAsIs(person.page, book);
  assert.equal(await formTo(person, "/book").locator('[name="name"]').inputValue(), "王玛丽");
  const phone = way.language === "zh" ? "13900010001" : "13900010002";
  await formTo(person, "/book").locator('[name="phone"]').fill(phone);
  await sendAsIs(person.page, formTo(person, "/book"));
  await person.sees("我坐轮椅。");

  await press(person, `main a[href$="/times"]`);
  await press(person, "main ul.chips li:nth-child(2) a");
  await person.page.locator('main form [name="slot"]').last().check({ force: true });
  await sendAsIs(person.page, formTo(person, "/move"));
  assert.equal(new URL(person.page.url()).pathname, path);
  await press(person, 'main a[href="/appointments"]');
  await person.sees(path.split("/").pop());
  await press(person, `main a[href="${path}"]`);
  await person.page.locator("main summary").last().click();
  await sendAsIs(person.page, formTo(person, "/cancel"));
  assert.equal(await formTo(person, "/cancel").count(), 0);
  await person.leave();
}

/** Booked by a clerk for the next time there is, so that a number can be drawn at once. */
async function comes(server, way) {
  const api = new Api(server.url);
  const clerk = await api.signIn("clerk001");
  const { hall } = await clerk.get("/window");
  const desk = await Person.arrive(server.url, way);
  await desk.signIn("clerk001");
  await desk.go("/window/appointments");
  await press(desk, 'main a[href="/window/appointments/new"]');
  await press(desk, `main a[href$="item=${item}"]`);
  await press(desk, "main a.desk-item");
  // Without a name it comes back with what was typed.
  const form = formTo(desk, "/window/appointments");
  await form.locator('[name="slot"]').first().check({ force: true });
  await form.locator('[name="words"]').fill("需要手语。");
  await sendAsIs(desk.page, form);
  assert.equal(await formTo(desk, "/window/appointments").locator('[name="words"]').inputValue(), "需要手语。");
  await formTo(desk, "/window/appointments").locator('[name="name"]').fill("孙大爷");
  await sendAsIs(desk.page, formTo(desk, "/window/appointments"));
  const reference = new URL(desk.page.url()).pathname.split("/").pop();
  await desk.sees(reference);
  await desk.leave();

  const walkedIn = await clerk.post("/window/register", { field: "legal_aid", text: "想问问。", line: "B" }, 201);
  const kiosk = await Person.arrive(server.url, way);
  await kiosk.go(`/halls/${hall}/arrive`);
  await formTo(kiosk, "/arrive").locator('[name="reference"]').fill("AAAAAAAA");
  await sendAsIs(kiosk.page, formTo(kiosk, "/arrive"));
  assert.equal(await formTo(kiosk, "/arrive").locator('[name="reference"]').inputValue(), "AAAAAAAA");
  await formTo(kiosk, "/arrive").locator('[name="reference"]').fill(reference.toLowerCase());
  await sendAsIs(kiosk.page, formTo(kiosk, "/arrive"));
  assert.equal(new URL(kiosk.page.url()).pathname, `/halls/${hall}/arrive/${reference}`, wayName(way));
  const ticket = (await kiosk.page.locator("main .place-number").innerText()).trim();
  assert.match(ticket, /^B\d+$/, wayName(way));

  // The server dies before anybody is called: the number is there, and pressing again draws no other.
  kiosk.offline = true;
  await server.kill();
  await server.start();
  await kiosk.go(`/halls/${hall}/arrive/${reference}`);
  assert.equal((await kiosk.page.locator("main .place-number").innerText()).trim(), ticket, wayName(way));
  await kiosk.go(`/halls/${hall}/arrive`);
  await formTo(kiosk, "/arrive").locator('[name="reference"]').fill(reference);
  await sendAsIs(kiosk.page, formTo(kiosk, "/arrive"));
  await kiosk.sees(ticket);
  await kiosk.leave();

  await clerk.post("/window/sit", { window: 3 });
  const called = await clerk.post("/window/call", {});
  assert.equal(called.ticket, ticket, `${wayName(way)}: before ${walkedIn.ticket}`);
  await clerk.post(`/window/numbers/${called.number}/serve`, {});
  assert.equal((await clerk.get(`/window/numbers/${called.number}`)).name, "孙大爷");
  await clerk.post(`/window/numbers/${called.number}/close`, { outcome: "advised", summary: "来办法律援助。" });
  const next = await clerk.post("/window/call", {});
  assert.equal(next.ticket, walkedIn.ticket, wayName(way));
  await clerk.post(`/window/numbers/${next.number}/serve`, {});
  await clerk.post(`/window/numbers/${next.number}/close`, { outcome: "advised", summary: "问了法律援助。" });
  // Each was called once, and nobody is left.
  assert.equal((await clerk.call("POST", "/window/call", {})).status, 409, wayName(way));
  await clerk.post("/window/stand-up", {});
}
