// islands_test.mjs -- the islands in a real browser, against a stand-in server: npm test
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

let browser, server, page, faults;
const until = async (what, why) => {
    for (let i = 0; i < 200; i++) {
        const value = await what();
        if (value) return value;
        await new Promise((done) => setTimeout(done, 25));
    }
    assert.fail("never came: " + why);
};
before(async () => {
    browser = await chromium.launch({
        executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
        args: ["--no-sandbox", "--disable-gpu"],
    });
});
after(() => browser.close());
beforeEach(async () => {
    server = await serve();
    page = await (await browser.newContext({ viewport: { width: 900, height: 700 } })).newPage();
    faults = [];
    page.on("pageerror", (fault) => faults.push(String(fault)));
    page.on("console", (line) => {
        if (/Content Security Policy/.test(line.text())) faults.push(line.text());
    });
});
afterEach(async () => {
    await page.context().close();
    server.close();
    assert.deepEqual(faults, []);
});

const item = (seq, whose = "theirs", text = "m" + seq) =>
    `<li class="message message-${whose}" data-seq="${seq}"><p class="message-who">n</p><div class="message-text">${text}</div></li>`;
const talk = (side = "resident", items = item(1), more = "") => `<section class="talk" data-island="conversation"
 data-reference="R1" data-side="${side}" data-state="talking" data-stream="/api/v1/t/stream?after=10"
 data-post="/api/v1/t/messages" data-typing="/api/v1/t/typing" data-read="/api/v1/t/read"
 data-text-mine="Me" data-text-sending="sending" data-text-failed="failed" data-text-again="again"
 data-text-read="read" data-text-newer="%1 new" data-text-typing="%1 writes" data-text-state="changed"
 data-text-reload="reload" data-text-internal="inner %1" ${more}>
 <div class="log" role="log" aria-live="polite" aria-label="talk" tabindex="0"><ol class="messages">${items}</ol></div>
 <p class="typing" data-typing-shown hidden></p><p class="note" data-lost hidden>lost</p>
 <form class="composer" method="post" action="/native"><div class="field"><label for="f-say">say</label>
 <textarea id="f-say" name="text"></textarea></div><label><input type="checkbox" name="internal">inner</label>
 <button class="button" type="submit">send</button></form></section>`;
const texts = () => page.locator(".message-text").allTextContents();
const open = async (html, where = "/p") => {
    server.pages[where] = () => html;
    await page.goto(server.url + where);
};
const streaming = () => until(() => server.streams[0], "a stream");
const say = (text) => page.fill("#f-say", text).then(() => page.click(".composer [type=submit]"));
const accept = (seq) => (post) =>
    post.path.endsWith("/messages")
        ? { status: 201, body: { seq: seq.next++, at: "2026-11-22T09:05:00+08:00" } }
        : { status: 204 };

test("messages stand in order of seq, each once, and never become markup", async () => {
    await open(talk());
    const stream = await streaming();
    assert.equal(stream.after, "10");
    for (const seq of [3, 2, 3, 1])
        stream.send("message", { seq, at: "2026-11-22T09:05:00+08:00", from: "consultant", name: "W", text: `<b>m${seq}</b>` }, 10 + seq);
    await until(async () => (await texts()).length === 3, "three messages");
    assert.deepEqual(await texts(), ["m1", "<b>m2</b>", "<b>m3</b>"]);
    assert.equal(await page.locator(".messages time").first().textContent(), "09:05");
});

test("another talk of the same consultant stays out", async () => {
    await open(talk("consultant"));
    const stream = await streaming();
    stream.send("message", { reference: "R2", seq: 5, at: "", from: "resident", name: "x", text: "other" }, 11);
    stream.send("message", { reference: "R1", seq: 6, at: "", from: "consultant", name: "x", text: "note", internal: true }, 12);
    await until(async () => (await texts()).length === 2, "the message");
    assert.deepEqual(await texts(), ["m1", "note"]);
    assert.match(await page.locator(".message-internal .message-who").textContent(), /inner x/);
});

test("a sent text is shown at once, numbered by the answer, and not doubled by the stream", async () => {
    await open(talk());
    const stream = await streaming();
    let answer;
    server.post = (post) =>
        post.path.endsWith("/messages") ? new Promise((done) => (answer = done)) : { status: 204 };
    await say("hello");
    await page.waitForSelector(".message-pending");
    assert.equal(await page.inputValue("#f-say"), "");
    const sent = await until(() => server.posts.find((post) => post.body.text), "the post");
    assert.deepEqual(sent.body, { text: "hello" });
    assert.equal(sent.headers["x-csrf"], "c5rf");
    assert.match(sent.headers["idempotency-key"], /^[0-9a-f]{32}$/);
    stream.send("message", { seq: 2, at: "2026-11-22T09:05:00+08:00", from: "resident", name: "Me", text: "hello" }, 11);
    await page.waitForSelector('[data-seq="2"]');
    assert.deepEqual(await texts(), ["m1", "hello"]);
    answer({ status: 201, body: { seq: 2, at: "2026-11-22T09:05:00+08:00" } });
    await page.waitForTimeout(100);
    assert.deepEqual(await texts(), ["m1", "hello"]);
    assert.equal(await page.locator(".message-pending").count(), 0);
});

test("a text that got no answer keeps its key, survives a reload and is sent when asked", async () => {
    await open(talk());
    await streaming();
    server.post = (post) => (post.path.endsWith("/messages") ? "drop" : { status: 204 });
    await say("keep me");
    await page.waitForSelector(".message-failed");
    await page.reload();
    await page.waitForSelector(".message-failed");
    assert.deepEqual(await texts(), ["m1", "keep me"]);
    server.post = accept({ next: 2 });
    await page.click(".message-failed button");
    await page.waitForSelector('[data-seq="2"]');
    const keys = new Set(
        server.posts.filter((post) => post.body.text).map((post) => post.headers["idempotency-key"])
    );
    assert.equal(keys.size, 1);
    await page.reload();
    assert.deepEqual(await texts(), ["m1"]);
});

test("a refused text goes back under the writer's hands with the reason", async () => {
    await open(talk());
    await streaming();
    server.post = (post) =>
        post.path.endsWith("/messages") ? { status: 422, body: { detail: "too long" } } : { status: 204 };
    await say("a refused text");
    await until(async () => (await page.inputValue("#f-say")) === "a refused text", "the text");
    assert.match(await page.locator(".message-failed .message-state").textContent(), /too long/);
    server.post = accept({ next: 2 });
    await say("shorter");
    await page.waitForSelector('[data-seq="2"]');
    assert.deepEqual(await texts(), ["m1", "shorter"]);
});

test("a busy server is asked again after the time it named", async () => {
    await open(talk());
    await streaming();
    let first = true;
    server.post = (post) => {
        if (!post.path.endsWith("/messages")) return { status: 204 };
        if (first) return (first = false), { status: 503, headers: { "Retry-After": "1" } };
        return { status: 201, body: { seq: 2, at: "2026-11-22T09:05:00+08:00" } };
    };
    await say("patient");
    await page.waitForSelector('[data-seq="2"]');
    const posts = server.posts.filter((post) => post.body.text);
    assert.equal(posts.length, 2);
    assert.equal(posts[0].headers["idempotency-key"], posts[1].headers["idempotency-key"]);
});

/** The first messages meet these on their way, one after the other: an answer, or "lost", as when
 *  the server dies.  What comes after them is taken.  Gives the texts, in the order they went out. */
const sends = async (...first) => {
    const sent = [];
    server.post = accept({ next: 2 });
    await page.route("**/messages", async (route) => {
        sent.push(route.request().postDataJSON().text);
        const met = await first.shift();
        if (met === "lost") return route.abort("connectionreset");
        if (met) return route.fulfill({ json: {}, ...met });
        return route.fallback();
    });
    return sent;
};

test("a text that got no answer goes out before what is written after it", async () => {
    await open(talk());
    await streaming();
    const sent = await sends("lost");
    await say("one");
    await page.waitForSelector(".message-failed");
    await say("two");
    await page.waitForSelector('[data-seq="3"]');
    assert.deepEqual(sent, ["one", "one", "two"]);
    assert.deepEqual(await texts(), ["m1", "one", "two"]);
    assert.equal(await page.locator(".message-failed, .message-pending").count(), 0);
});

test("one text is on its way at a time, and with it all behind it stop and go again", async () => {
    await open(talk());
    await streaming();
    let end;
    const sent = await sends(new Promise((done) => (end = done)));
    await say("one");
    await say("two");
    await say("three");
    await until(() => sent.length, "the first post");
    await page.waitForTimeout(100);
    assert.deepEqual(sent, ["one"]);
    assert.equal(await page.locator(".message-pending").count(), 3);
    end("lost");
    await until(async () => (await page.locator(".message-failed button").count()) === 3, "buttons");
    assert.deepEqual(sent, ["one"]);
    await page.locator(".message-failed button").last().click();
    await page.waitForSelector('[data-seq="4"]');
    assert.deepEqual(sent, ["one", "one", "two", "three"]);
    assert.deepEqual(await texts(), ["m1", "one", "two", "three"]);
});

test("a busy server gets the text it put off before the next one", async () => {
    await open(talk());
    await streaming();
    const sent = await sends({ status: 503, headers: { "Retry-After": "1" } });
    await say("one");
    await say("two");
    await page.waitForSelector('[data-seq="3"]');
    assert.deepEqual(sent, ["one", "one", "two"]);
});

test("a refused text holds back nothing that was written after it", async () => {
    await open(talk());
    await streaming();
    const sent = await sends({ status: 403, json: { detail: "no" } });
    await say("one");
    await say("two");
    await page.waitForSelector('[data-seq="2"]');
    assert.deepEqual(sent, ["one", "two"]);
    assert.match(await page.locator(".message-failed .message-state").textContent(), /no/);
});

test("a line that came back while a text was on its way has it sent again", async () => {
    await open(talk());
    const stream = await streaming();
    let end;
    const sent = await sends(new Promise((done) => (end = done)));
    await say("one");
    await until(() => sent.length, "the post");
    stream.end();
    await until(() => server.connects.length > 1 && server.streams.length, "a new stream");
    await page.waitForTimeout(100);
    end("lost");
    await page.waitForSelector('[data-seq="2"]');
    assert.deepEqual(sent, ["one", "one"]);
});

test("a broken stream comes back from the last id, and what failed meanwhile goes out", async () => {
    await open(talk());
    const stream = await streaming();
    stream.send("message", { seq: 2, at: "", from: "consultant", name: "W", text: "two" }, 4711);
    await page.waitForSelector('[data-seq="2"]');
    server.refuse_streams = true;
    server.post = (post) => (post.path.endsWith("/messages") ? "drop" : { status: 204 });
    stream.end();
    await say("while away");
    await page.waitForSelector(".message-failed");
    await page.waitForSelector("[data-lost]:not([hidden])");
    server.refuse_streams = false;
    server.post = accept({ next: 3 });
    const again = await until(() => server.streams[0], "a new stream");
    assert.equal(again.after, "4711");
    await page.waitForSelector('[data-seq="3"]');
    await page.waitForSelector("[data-lost]", { state: "hidden" });
    assert.deepEqual(await texts(), ["m1", "two", "while away"]);
});

test("the reader who scrolled up stays there and is told of new messages", async () => {
    await open(talk("resident", Array.from({ length: 60 }, (_, i) => item(i + 1)).join("")));
    const stream = await streaming();
    // The page may still be gliding to the newest message: a jump ends that.
    await page.waitForFunction(() => {
        window.scrollTo({ top: 0, behavior: "instant" });
        return window.scrollY === 0;
    });
    stream.send("message", { seq: 61, at: "", from: "consultant", name: "W", text: "new" }, 11);
    await page.waitForSelector(".newer:not([hidden])", { state: "attached" });
    assert.equal(await page.evaluate(() => window.scrollY), 0);
    assert.equal(await page.locator(".newer").textContent(), "1 new");
    await page.locator(".newer").dispatchEvent("click");
    await page.waitForFunction(
        () => document.querySelector('[data-seq="61"]').getBoundingClientRect().bottom <= innerHeight
    );
    assert.equal(await page.locator(".newer").isHidden(), true);
});

test("typing is told at most every four seconds, shown, and taken away by the message", async () => {
    await open(talk());
    const stream = await streaming();
    await page.locator("#f-say").pressSequentially("hello there");
    await until(() => server.posts.some((post) => post.path.endsWith("/typing")), "a typing post");
    assert.equal(server.posts.filter((post) => post.path.endsWith("/typing")).length, 1);
    stream.send("typing", { from: "consultant", name: "Wang" });
    await page.waitForSelector(".typing:not([hidden])");
    assert.equal(await page.locator(".typing").textContent(), "Wang writes");
    stream.send("message", { seq: 2, at: "", from: "consultant", name: "W", text: "x" }, 11);
    await page.waitForSelector(".typing", { state: "hidden" });
});

test("a resident who writes has no name, and is seen to write all the same", async () => {
    await open(talk("consultant").replace("%1 writes", "The resident writes"));
    const stream = await streaming();
    stream.send("typing", { from: "resident", name: "" });
    await page.waitForSelector(".typing:not([hidden])");
    assert.equal(await page.locator(".typing").textContent(), "The resident writes");
    stream.send("message", { seq: 2, at: "", from: "resident", name: "", text: "x" }, 11);
    await page.waitForSelector(".typing", { state: "hidden" });
});

test("reading is told, and the other's reading is shown on the newest own message", async () => {
    await open(talk("resident", item(1, "mine") + item(2, "mine") + item(3)));
    const stream = await streaming();
    const post = await until(() => server.posts.find((one) => one.path.endsWith("/read")), "a read post");
    assert.deepEqual(post.body, { seq: 3 });
    stream.send("read", { from: "consultant", seq: 1 });
    await page.waitForSelector('[data-seq="1"] .message-state');
    stream.send("read", { from: "consultant", seq: 2 });
    await page.waitForSelector('[data-seq="2"] .message-state');
    assert.deepEqual(await page.locator(".message-state").allTextContents(), ["", "read"]);
});

test("a draft outlives a reload and is gone once sent", async () => {
    await open(talk());
    await streaming();
    await page.fill("#f-say", "half a thou");
    await page.reload();
    assert.equal(await page.inputValue("#f-say"), "half a thou");
    server.post = accept({ next: 2 });
    await page.click(".composer [type=submit]");
    await page.waitForSelector('[data-seq="2"]');
    await page.reload();
    assert.equal(await page.inputValue("#f-say"), "");
});

test("another state reloads the page, but never under typed words", async () => {
    await open(talk());
    let stream = await streaming();
    await page.fill("#f-say", "typing");
    stream.send("state", { state: "closed" }, 20);
    await page.waitForSelector("[data-state-note]");
    assert.equal(await page.inputValue("#f-say"), "typing");
    await page.fill("#f-say", "");
    server.pages["/p"] = () => `<p id="closed">closed</p>`;
    stream.send("state", { state: "closed" }, 21);
    await page.waitForSelector("#closed");
});

test("a state the page cannot show reloads it once, not for ever", async () => {
    await open(talk());
    const stream = await streaming();
    let loads = 0;
    page.on("load", () => loads++);
    stream.send("state", { state: "closed" }, 20);
    await until(() => loads === 1, "the reload");
    const second = await until(() => server.streams.find((one) => one !== stream), "its stream");
    second.send("state", { state: "closed" }, 20);
    await page.waitForSelector("[data-state-note]");
    assert.equal(loads, 1);
});

test("a consultant's Enter sends, Shift+Enter does not, a resident's Enter does not", async () => {
    await open(talk("consultant"));
    await streaming();
    server.post = accept({ next: 2 });
    await page.locator("#f-say").pressSequentially("a");
    await page.keyboard.press("Shift+Enter");
    await page.locator("#f-say").pressSequentially("b");
    await page.check("[name=internal]");
    await page.focus("#f-say");
    await page.keyboard.press("Enter");
    const post = await until(() => server.posts.find((one) => one.body.text), "the post");
    assert.deepEqual(post.body, { text: "a\nb", internal: true });
    await open(talk("resident"), "/q");
    await page.locator("#f-say").pressSequentially("c");
    await page.keyboard.press("Enter");
    assert.equal(await page.inputValue("#f-say"), "c\n");
});

test("the place in the queue moves, and the state takes the page anew", async () => {
    await open(`<section class="place" data-island="waiting" data-reference="R1" data-state="waiting offered"
 data-stream="/w/stream?after=1" data-text-ahead="%1" data-text-first="you are next"
 data-text-wait="%1 to %2 min" data-text-wait-one="about %1 min" data-text-wait-none="not known">
 <p class="place-number" data-ahead>5</p><p class="place-wait" data-wait>-</p></section>`);
    const stream = await streaming();
    const wait = page.locator("[data-wait]");
    const shows = (text) => until(async () => (await wait.textContent()) === text, text);
    stream.send("place", { place: 4, ahead: 3, wait_seconds: { low: 240, high: 530 } });
    await shows("4 to 9 min");
    assert.equal(await page.locator("[data-ahead]").textContent(), "3");
    stream.send("place", { place: 3, ahead: 2, wait_seconds: { low: 10, high: 50 } });
    await shows("about 1 min");
    stream.send("place", { place: 3, ahead: 2, wait_seconds: null });
    await shows("not known");
    stream.send("place", { place: 1, ahead: 0, wait_seconds: null });
    await shows("you are next");
    server.pages["/p"] = () => `<p id="talking">talking</p>`;
    stream.send("state", { state: "offered" }, 2);
    stream.send("state", { state: "talking" }, 3);
    await page.waitForSelector("#talking");
});

const desk = (items, more = "") => `<div class="desk"><div class="desk-list" id="desk-work" data-island="desk"
 data-stream="/api/v1/desk/stream?after=7" data-presence="/api/v1/desk/presence" data-now="2026-11-22T09:00:00+08:00"
 data-text-left="%1 s" data-text-over="over">${items}<button type="button" data-sound aria-pressed="false" hidden>sound</button><label>note <input id="note"></label>
 <details id="more"><summary>more</summary>x</details></div><div class="desk-talk" id="desk-talk" data-desk-refresh>${more}
 <div class="canned" data-island="canned" data-for="f-say" hidden><input data-filter aria-label="find">
 <ul><li><button type="button" data-text="Are you safe?">safe</button></li><li><button type="button" data-text="Bring papers">papers</button></li></ul>
 <p data-none hidden>none</p></div></div></div>`;

test("the desk takes its list anew and leaves focus, typed text and the talk alone", async () => {
    await open(desk(`<article class="offer" id="o1" data-until="2026-11-22T09:00:25+08:00"><span data-left></span></article>`,
        talk("consultant").replace("/api/v1/t/stream?after=10", "/api/v1/desk/stream?after=9")));
    const stream = await streaming();
    assert.equal(stream.after, "7", "one stream, from the smaller seq");
    assert.equal(server.connects.length, 1);
    await until(() => server.posts.some((post) => post.path.endsWith("/presence")), "a heartbeat");
    assert.match(await page.locator("[data-left]").textContent(), /^2[345] s$/);
    assert.match(await page.title(), /^\(1\) /);
    await page.click("summary");
    await page.click("[data-sound]");
    await page.fill("#f-say", "half");
    stream.send("message", { reference: "R1", seq: 2, at: "", from: "resident", name: "x", text: "live" }, 10);
    await page.waitForSelector('[data-seq="2"]');
    await page.locator("#note").pressSequentially("abc");
    server.pages["/p"] = () => desk(`<p id="fresh">taken</p>`, talk("consultant"));
    stream.send("offer", { reference: "R9" }, 11);
    await page.waitForSelector("#fresh");
    assert.equal(await page.locator(".offer").count(), 0);
    assert.equal(await page.inputValue("#note"), "abc");
    assert.equal(await page.evaluate(() => document.activeElement.id), "note");
    assert.equal(await page.locator("#more").getAttribute("open"), "");
    assert.equal(await page.inputValue("#f-say"), "half");
    assert.deepEqual(await texts(), ["m1", "live"]);
    assert.equal(await page.locator(".canned").isVisible(), true);
    assert.equal(await page.locator("[data-sound]").isVisible(), true);
    assert.equal(await page.locator("[data-sound]").getAttribute("aria-pressed"), "true");
});

test("a sign-in page never takes the desk's place", async () => {
    await open(desk(`<p id="old">old</p>`));
    const stream = await streaming();
    await page.route("**/p", (route) =>
        route.fulfill({ status: 403, contentType: "text/html", body: `<div id="desk-work">no</div>` }));
    stream.send("state", { reference: "R1", state: "closed" }, 11);
    await page.waitForTimeout(400);
    assert.equal(await page.locator("#old").count(), 1);
});

test("the desk's keys open talks and find canned answers, which go to the cursor", async () => {
    await open(desk(`<a class="desk-item" href="#one">1</a><a class="desk-item" href="#two">2</a>`, talk("consultant")));
    await streaming();
    await page.keyboard.press("Alt+Digit2");
    assert.equal(new URL(page.url()).hash, "#two");
    await page.fill("#f-say", "Hello");
    await page.keyboard.press("Alt+Slash");
    assert.equal(await page.evaluate(() => document.activeElement.hasAttribute("data-filter")), true);
    await page.keyboard.type("paper");
    assert.equal(await page.locator(".canned li:visible").count(), 1);
    await page.keyboard.press("Enter");
    assert.equal(await page.inputValue("#f-say"), "Hello\nBring papers");
    await page.keyboard.type("/");
    assert.equal(await page.inputValue("#f-say"), "Hello\nBring papers/");
});

test("the board follows a burst with a look or two, not with one for each", async () => {
    let served = 0;
    const board = () => `<div id="board" data-island="board" data-stream="/api/v1/board/stream"><p>n${served}</p></div>`;
    await open(board());
    server.pages["/p"] = () => (served++, board());
    const stream = await streaming();
    for (let i = 0; i < 10; i++) stream.send("board", {}, 20 + i);
    await page.waitForSelector("text=n1");
    await page.waitForTimeout(1500);
    assert.ok(served <= 2, `${served} looks for ten events`);
    const before = served;
    stream.send("board", {}, 40);
    await page.waitForSelector(`text=n${before + 1}`);
});

test("a file too large is refused before it travels, others are named with their size", async () => {
    await open(`<div class="field" data-island="file" data-text-large="%1 has %2, over %3"><label for="f-f">file</label>
 <input type="file" id="f-f" name="f" data-bytes-max="2048"></div>`);
    const choose = (bytes) =>
        page.setInputFiles("#f-f", { name: "a.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(bytes) });
    await choose(4096);
    assert.equal(await page.locator(".wrong").textContent(), "a.pdf has 4 KB, over 2 KB");
    assert.equal(await page.evaluate(() => document.querySelector("#f-f").files.length), 0);
    await choose(1024);
    assert.equal(await page.locator(".wrong").isHidden(), true);
    assert.deepEqual(await page.locator(".files li").allTextContents(), ["a.pdf (1 KB)"]);
});

test("a form whose file was too large is not sent without it", async () => {
    server.pages["/gone"] = () => `<p id="gone">sent</p>`;
    await open(`<form action="/gone"><div class="field" data-island="file" data-text-large="%1 has %2, over %3">
 <label for="f-f">file</label><input type="file" id="f-f" name="f" data-bytes-max="2048"></div><button>send</button></form>`);
    const choose = (bytes) =>
        page.setInputFiles("#f-f", { name: "a.pdf", mimeType: "application/pdf", buffer: Buffer.alloc(bytes) });
    await choose(4096);
    await page.click("button");
    assert.ok(!page.url().includes("/gone"));
    assert.equal(await page.evaluate(() => document.activeElement.id), "f-f");
    assert.equal(await page.locator(".wrong").isVisible(), true);
    await choose(1024);
    await page.click("button");
    await page.waitForSelector("#gone");
});

test("three presses of Shift leave, and the page is not in the history", async () => {
    server.pages["/away"] = () => `<p id="away">weather</p>`;
    server.pages["/first"] = () => `<p id="first">first</p>`;
    await page.goto(server.url + "/first");
    await open(`<a class="exit button" data-island="exit" data-exit="/away" href="/away">leave</a>`);
    await page.keyboard.press("Shift");
    await page.keyboard.press("Shift");
    await page.keyboard.press("a");
    await page.keyboard.press("Shift");
    await page.keyboard.press("Shift");
    assert.equal(await page.locator("#away").count(), 0);
    await page.keyboard.press("Shift");
    await page.waitForSelector("#away");
    await page.goBack();
    await page.waitForSelector("#first");
});

const form = `<form data-autosave="ask" method="post" action="/ask"><div class="field"><label for="f-t">t</label>
 <textarea id="f-t" name="t"></textarea></div><input type="radio" name="r" id="r1" value="1" aria-label="1">
 <input type="radio" name="r" id="r2" value="2" aria-label="2"><input type="password" id="pw" name="pw" aria-label="p">
 <button>go</button></form>`;

test("a form keeps what was typed until a redirect answers it, and never a password", async () => {
    await open(form);
    await page.fill("#f-t", "words");
    await page.check("#r2");
    await page.fill("#pw", "secret");
    await page.reload();
    assert.equal(await page.inputValue("#f-t"), "words");
    assert.equal(await page.isChecked("#r2"), true);
    assert.equal(await page.inputValue("#pw"), "");
    assert.doesNotMatch(await page.evaluate(() => JSON.stringify(sessionStorage)), /secret/);
    server.post = () => ({ status: 303, headers: { Location: "/done" } });
    server.pages["/done"] = () => `<p id="done">done</p>`;
    await page.click("button");
    await page.waitForURL(server.url + "/done"); // loaded: its script has run, which drops what was sent
    await page.goto(server.url + "/p");
    assert.equal(await page.inputValue("#f-t"), "");
});

test("nothing can be added to what every object inherits from", async () => {
    await open(form);
    const seen = await page.evaluate(() => {
        const merged = JSON.parse('{"__proto__": {"planted": 1}}');
        try {
            for (const name of Object.keys(merged)) Object.assign({}[name] ?? {}, merged[name]);
        } catch {
            // where code is strict it is told
        }
        return [{}.planted, Object.isSealed(Object.prototype)];
    });
    assert.deepEqual(seen, [undefined, true]);
});

test("a form that got no redirect keeps its words", async () => {
    await open(form);
    await page.fill("#f-t", "words");
    server.post = () => ({ status: 500, body: {} });
    await page.click("button");
    await page.goto(server.url + "/p");
    assert.equal(await page.inputValue("#f-t"), "words");
});

test("the error summary has the focus and leads to the first control", async () => {
    await open(`<div class="wrong-summary" role="alert" tabindex="-1" id="wrong-summary"><h2>e</h2><ul><li><a href="#f-c">c</a></li></ul></div>
 <fieldset class="field" id="f-c"><legend>c</legend><div class="choice"><input type="radio" id="f-c-1" name="c"><label for="f-c-1">1</label></div></fieldset>`);
    assert.equal(await page.evaluate(() => document.activeElement.id), "wrong-summary");
    await page.click(".wrong-summary a");
    assert.equal(await page.evaluate(() => document.activeElement.id), "f-c-1");
});

test("back from the back-forward cache or a hidden tab the stream is open again", async () => {
    await open(talk());
    await streaming();
    await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
    await until(() => server.streams.length === 0, "the stream to close");
    await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
    await streaming();
});

test("the picture on a slip brings its code into the form and out of the address", async () => {
    const form = `<form method="post" action="/slip" data-island="slip"><input name="reference" value="7G3K2M9P">
 <input name="code"><button type="submit">open</button></form>`;
    server.pages["/slip?reference=7G3K2M9P"] = server.pages["/slip"] = () => form;
    await page.goto(server.url + "/slip?reference=7G3K2M9P#ab2c3d4e");
    assert.equal(await page.inputValue("[name=code]"), "AB2C3D4E");
    assert.equal(new URL(page.url()).hash, "");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "open");
    await page.goto(server.url + "/slip#list");
    assert.equal(await page.inputValue("[name=code]"), "", "what is no code is left alone");
});
