// api.mjs -- a client of the public API, as API.md fixes it.
//
// 1. A call that is answered with another status than the story expects fails the story, with
//    the server's own words.
// 2. Every person has an address of their own, as they would behind the proxy: what is limited per
//    address must not limit a story with forty people in it.
// 3. A Stream reconnects by itself with Last-Event-ID, and remembers every event it was given:
//    stories ask it whether each came once and in order.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { remember } from "./loose.mjs";

export const password = "demo-gongdao";

let addresses = 0;
export function anAddress() {
  addresses = (addresses + 1) % 65000;
  return `198.18.${addresses >> 8}.${addresses & 255}`; // a range kept for tests, RFC 2544
}

export class Api {
  constructor(url, { token = null, language = "en", address = anAddress() } = {}) {
    Object.assign(this, { url, token, language, address });
  }

  as(token) {
    return new Api(this.url, { token, language: this.language });
  }

  headers(more = {}) {
    return {
      "Accept-Language": this.language,
      "X-Forwarded-For": this.address,
      ...(this.token ? { Authorization: `Bearer ${this.token}` } : {}),
      ...more,
    };
  }

  /** Any request; gives {status, headers, body}, whatever the status. */
  async call(method, path, body, headers = {}) {
    const json = body !== undefined && !(body instanceof FormData);
    const answer = await fetch(`${this.url}/api/v1${path}`, {
      method,
      redirect: "manual",
      headers: this.headers({ ...(json ? { "Content-Type": "application/json" } : {}), ...headers }),
      body: json ? JSON.stringify(body) : body,
    });
    const text = await answer.text();
    const type = answer.headers.get("content-type") ?? "";
    let read = text;
    if (type.includes("json") && text) {
      try {
        read = JSON.parse(text);
      } catch (error) {
        assert.fail(`${method} ${path}: ${error.message} in ${text.slice(0, 500)}`);
      }
    }
    if (answer.status >= 400)
      assert.match(type, /^application\/problem\+json/, `${method} ${path} ${answer.status}`);
    return { status: answer.status, headers: answer.headers, body: read };
  }

  /** A request that must be answered with one of these statuses; gives the body. */
  async need(statuses, method, path, body, headers) {
    const wanted = [statuses].flat();
    let answer = await this.call(method, path, body, headers);
    // Looks are limited a minute, and a walk through all there is may be faster than that.
    for (let tries = 0; answer.status === 429 && path.endsWith("/look") && tries < 40; tries++) {
      await new Promise((done) => setTimeout(done, 2000));
      answer = await this.call(method, path, body, headers);
    }
    assert.ok(
      wanted.includes(answer.status),
      `${method} ${path}: ${answer.status} instead of ${wanted}: ${JSON.stringify(answer.body)}`,
    );
    return answer.body;
  }

  get(path) {
    return this.need(200, "GET", path);
  }

  post(path, body = {}, statuses = [200, 201, 202, 204]) {
    return this.need(statuses, "POST", path, body, { "Idempotency-Key": randomUUID() });
  }

  async signIn(name, own = password) {
    const session = await this.need(201, "POST", "/session", { name, password: own });
    const signed = this.as(session.token);
    signed.person = session.person;
    signed.name = name;
    return signed;
  }

  /** Makes a consultation; gives a client that holds its token, with what was answered. */
  async ask(question = {}) {
    const asked = await this.post("/consultations", {
      field: "labour",
      text: "我在一家餐馆工作了两年,老板三个月没有发工资,我该怎么办?",
      ...question,
    });
    const resident = this.as(asked.token);
    resident.asked = asked;
    resident.path = `/consultations/${asked.reference}`;
    return resident;
  }

  /** Every message of a consultation, over as many requests as it takes. */
  async messages(path) {
    const all = [];
    let after = 0;
    for (let i = 0; i < 100; i++) {
      const page = await this.get(`${path}/messages?after=${after}&limit=100`);
      all.push(...page.messages);
      if (!page.next) break;
      after = page.next;
    }
    return all;
  }

  async state(path) {
    return (await this.get(path)).state;
  }

  stream(path, options) {
    return new Stream(this, path, options);
  }
}

export class Stream {
  constructor(api, path, { after = 0 } = {}) {
    Object.assign(this, { api, path, after, events: [], lastId: null, closed: false, opened: 0 });
    this.running = this.run();
    remember(api.url, () => this.close());
  }

  async run() {
    while (!this.closed) {
      this.abort = new AbortController();
      try {
        const headers = this.api.headers({ Accept: "text/event-stream" });
        if (this.lastId !== null) headers["Last-Event-ID"] = this.lastId;
        const answer = await fetch(`${this.api.url}/api/v1${this.path}?after=${this.after}`, {
          headers,
          signal: this.abort.signal,
        });
        if (answer.ok) {
          this.opened++;
          await this.read(answer.body);
        } else {
          this.refusal = { status: answer.status, text: await answer.text() };
          if (answer.status < 500 && answer.status !== 429) return;
        }
      } catch (error) {
        if (error.name !== "AbortError" && !/terminated|fetch failed/.test(error.message)) {
          this.broken = error;
          return;
        }
      }
      if (!this.closed) await pause(100);
    }
  }

  async read(body) {
    const decoder = new TextDecoder();
    let text = "";
    this.reader = body.getReader();
    for (;;) {
      const { done, value } = await this.reader.read();
      if (done) return;
      text += decoder.decode(value, { stream: true });
      let end;
      while ((end = text.indexOf("\n\n")) >= 0) {
        this.take(text.slice(0, end));
        text = text.slice(end + 2);
      }
    }
  }

  take(block) {
    const event = { event: "message", id: null, data: "" };
    const data = [];
    for (const line of block.split("\n")) {
      if (line.startsWith(":")) continue;
      const [, name, value] = line.match(/^([^:]*)(?:: ?(.*))?$/);
      if (name === "data") data.push(value ?? "");
      else if (name === "event") event.event = value;
      else if (name === "id") this.lastId = event.id = value;
    }
    if (data.length === 0) return;
    event.data = JSON.parse(data.join("\n"));
    this.events.push(event);
  }

  of(kind) {
    return this.events.filter((event) => event.event === kind);
  }

  /** The seqs of the messages this stream has shown, as they came. */
  seqs() {
    return this.of("message").map((event) => event.data.seq);
  }

  async until(what, matches, seconds = 15) {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const found = this.events.find(matches);
      if (found) return found;
      if (this.broken) throw this.broken;
      if (Date.now() > end) {
        const seen = this.events.map((event) => `${event.event} ${JSON.stringify(event.data)}`);
        const refused = this.refusal ? ` (refused: ${JSON.stringify(this.refusal)})` : "";
        assert.fail(`${this.path}: no ${what} within ${seconds} s${refused}; came: ${seen.join("; ")}`);
      }
      await pause(20);
    }
  }

  message(text, seconds) {
    return this.until(
      `message "${text}"`,
      (event) => event.event === "message" && event.data.text === text,
      seconds,
    );
  }

  becomes(state, seconds) {
    return this.until(
      `state ${state}`,
      (event) => event.event === "state" && event.data.state === state,
      seconds,
    );
  }

  /** As a mobile network does it: the line is gone, and the browser comes back by itself. */
  cut() {
    this.abort?.abort();
    // Node 18 forgets the signal of an answer that is being read once memory has been tidied.
    this.reader?.cancel().catch(() => {});
  }

  async close() {
    this.closed = true;
    this.cut();
    await this.running;
  }
}

/** Each once and in rising order: what "nothing lost, nothing twice" means of a list of seqs. */
export function assertOnceInOrder(seqs, what) {
  for (let i = 1; i < seqs.length; i++)
    assert.ok(seqs[i] > seqs[i - 1], `${what}: ${seqs[i]} after ${seqs[i - 1]} in ${seqs}`);
}

/** Waits until something asked again and again is true; gives what it answered. */
export async function eventually(what, ask, seconds = 15) {
  const end = Date.now() + seconds * 1000;
  // Asking may be to load a page: whoever waits long asks less often, and leaves the cores to others.
  for (let wait = 100; ; wait = Math.min(wait * 1.2, 500)) {
    const last = await ask();
    if (last) return last;
    if (Date.now() > end) assert.fail(`${what}: not within ${seconds} s`);
    await pause(wait);
  }
}

/** A consultant at the desk: on line, with a heartbeat, until away() or silence() is called. */
export class Consultant {
  static async signIn(api, name, { capacity = 5 } = {}) {
    const consultant = new Consultant();
    consultant.api = await api.signIn(name);
    consultant.name = name;
    await consultant.takes(capacity);
    remember(api.url, () => consultant.silence());
    consultant.beat = setInterval(() => {
      const presence = { state: "online", capacity: consultant.capacity };
      consultant.api.call("POST", "/desk/presence", presence).catch(() => {});
    }, 10_000);
    return consultant;
  }

  /** So many conversations at once; the heartbeat goes on saying so. */
  async takes(capacity) {
    this.capacity = capacity;
    await this.api.post("/desk/presence", { state: "online", capacity });
  }

  desk() {
    return this.api.get("/desk");
  }

  async offered(reference, seconds = 15) {
    return eventually(
      `${this.name} is offered ${reference}`,
      async () => (await this.desk()).offers.find((offer) => offer.reference === reference),
      seconds,
    );
  }

  accept(reference) {
    return this.api.post(`/desk/offers/${reference}/accept`);
  }

  say(reference, text, more = {}) {
    return this.api.post(`/desk/consultations/${reference}/messages`, { text, ...more });
  }

  silence() {
    clearInterval(this.beat);
  }

  async leave() {
    this.silence();
    await this.api.call("POST", "/desk/presence", { state: "off" });
  }
}

/**
 * Brings consultants on line, one after the other, until the question is offered to one: the demo
 * city's people have different fields, and which of them fits is the server's business.
 */
export async function takenBy(api, reference, how = {}) {
  const { from = 1, to = 60, accept = true, seconds = 5 } = how;
  const tried = [];
  const offered = async () => {
    for (const one of tried) {
      const { offers } = await one.desk();
      if (offers.some((offer) => offer.reference === reference)) return one;
    }
    return null;
  };
  let found = null;
  try {
    for (let i = from; i <= to && !found; i++) {
      tried.push(await Consultant.signIn(api, consultantName(i)));
      for (let look = 0; look < 3 && !found; look++) {
        await pause(150);
        found = await offered();
      }
    }
    const what = `one of ${consultantName(from)} to ${consultantName(to)} is offered ${reference}`;
    found ??= await eventually(what, offered, seconds);
    if (accept) await found.accept(reference);
    return found;
  } finally {
    for (const one of tried) if (one !== found) await one.leave();
  }
}

export function consultantName(number) {
  return `consultant${String(number).padStart(3, "0")}`;
}
