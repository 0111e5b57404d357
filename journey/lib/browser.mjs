// browser.mjs -- a person in front of a browser: Debian's Chromium, driven by what is written.
//
// 1. Things are found by role and accessible name, through words.mjs, in either language; what a
//    screen reader cannot find, a story cannot use.
// 2. Whatever a browser complains about on its console, and anything the content security policy
//    stops, fails the story.
// 3. Every page a person sees is kept, once for each shape, for the check of the HTML (html.mjs).
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { chromium } from "playwright-core";
import { anAddress, eventually, password } from "./api.mjs";
import { work } from "./server.mjs";
import { shapeOf } from "./shape.mjs";
import { remember } from "./loose.mjs";
import { words } from "./words.mjs";

export const pagesFolder = join(work, "pages");
export const sizes = {
  phone: { width: 390, height: 844 },
  narrow: { width: 320, height: 640 },
  desktop: { width: 1280, height: 900 },
  paper: { width: 642, height: 971 }, // A4 without its margins, in pixels of CSS
};
const waitMillisecondsMax = 15_000; // of one step: sanitizers and two busy cores
const refusals = new Set([400, 401, 403, 404, 409, 413, 422, 429, 503]);

let running;
// Chromium without the parts that only a screen needs takes half the processor's time. The main
// story is played in the whole browser, which any story can ask for.
let program = process.env.GONGDAO_BROWSER ?? "chromium-headless-shell";
export function wholeBrowser() {
  assert.equal(running, undefined, "the browser was chosen before");
  program = "chromium";
}
export function chromiumPath() {
  try {
    return execFileSync("which", [program], { encoding: "utf8" }).trim();
  } catch {
    throw new Error(`there is no ${program}: script/setup --test installs it`);
  }
}
/** The promise is kept, not the browser: of two that ask at once both get the same one. */
export function browser() {
  running ??= chromium.launch({
    executablePath: chromiumPath(),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return running;
}
export async function closeBrowser() {
  await (await running)?.close();
  running = undefined;
}

function keep(url, html) {
  mkdirSync(pagesFolder, { recursive: true });
  const name = `${shapeOf(html)}.html`;
  if (existsSync(join(pagesFolder, name))) return;
  writeFileSync(join(pagesFolder, name), html);
  appendFileSync(join(pagesFolder, "index.tsv"), `${name}\t${url}\n`);
}

/**
 * Does what leads to another page, and waits until that has been loaded. The page that is left must
 * itself be loaded first: its end would be taken for the next one's.
 */
export async function leads(page, act) {
  await page.waitForLoadState("load");
  await Promise.all([page.waitForEvent("load"), act()]);
}

export class Person {
  /**
   * @param {string} url of the server
   * @param {{language?: "zh"|"en", scripts?: boolean, mode?: string, theme?: string,
   *          size?: keyof typeof sizes, by?: "cookie"|"header", name?: string}} how
   */
  static async arrive(url, how = {}) {
    const { language = "zh", scripts = true, mode, theme, size = "phone", by = "cookie" } = how;
    const person = new Person();
    Object.assign(person, { url, language, scripts, complaints: [], name: how.name ?? "somebody" });
    person.context = await (await browser()).newContext({
      baseURL: url,
      javaScriptEnabled: scripts,
      locale: language === "en" ? "en-GB" : "zh-CN",
      viewport: sizes[size],
      hasTouch: size !== "desktop",
      timezoneId: "Asia/Shanghai",
      reducedMotion: "reduce",
      extraHTTPHeaders: { "X-Forwarded-For": anAddress() },
    });
    remember(url, () => person.context.close());
    const cookies = { ...(by === "cookie" ? { language } : {}), mode, theme };
    await person.context.addCookies(
      Object.entries(cookies)
        .filter(([, value]) => value)
        .map(([name, value]) => ({ name, value, url })),
    );
    person.page = await person.open();
    return person;
  }

  /** Another tab of the same browser. */
  async open() {
    const page = await this.context.newPage();
    page.setDefaultTimeout(waitMillisecondsMax);
    page.on("pageerror", (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() !== "error" && !/content security policy/i.test(message.text())) return;
      // A page that is answered with 422 is a page; the browser reports the status as an error.
      const status = message.text().match(/the server responded with a status of (\d+)/)?.[1];
      if (status && refusals.has(+status)) return;
      if (this.offline && /ERR_(CONNECTION|SOCKET|INCOMPLETE|EMPTY|INTERNET|NETWORK)/.test(message.text()))
        return;
      this.complaints.push(`${message.location().url || page.url()}: ${message.text()}`);
    });
    page.on("response", async (answer) => {
      const request = answer.request();
      if (request.resourceType() !== "document" || answer.status() === 303) return;
      if (!(answer.headers()["content-type"] ?? "").startsWith("text/html")) return;
      const html = await answer.text().catch(() => null);
      if (html) keep(answer.url(), html);
      if (answer.status() >= 500 && !this.offline)
        this.complaints.push(`${answer.url()}: ${answer.status()}`);
    });
    return page;
  }

  word(key) {
    const found = words[this.language][key];
    assert.ok(found, `words.mjs has no "${key}" in ${this.language}`);
    return found;
  }

  /**
   * A page that is just leading on by itself (a form was sent, a state changed) may get in the way of
   * going elsewhere; a person would then go once more.
   */
  async go(path) {
    for (let left = 3; ; left--) {
      try {
        const answer = await this.page.goto(path, { waitUntil: "load" });
        return answer?.status();
      } catch (error) {
        if (!left || !/interrupted by another navigation|ERR_ABORTED/.test(error.message)) throw error;
        await sleep(200); // the other one may not have begun to be shown
        await this.page.waitForLoadState("load");
      }
    }
  }

  /** A link or button by its words; the first that can be seen. */
  control(key, inside = this.page) {
    const name = typeof key === "string" ? this.word(key) : key;
    return inside
      .getByRole("button", { name })
      .or(inside.getByRole("link", { name }))
      .filter({ visible: true })
      .first();
  }

  async click(key, inside) {
    const control = this.control(key, inside);
    await control.click();
    await this.page.waitForLoadState("load");
  }

  box(key) {
    const name = typeof key === "string" ? this.word(key) : key;
    return this.page.getByRole("textbox", { name }).or(this.page.getByLabel(name)).first();
  }

  async fill(key, value) {
    await this.box(key).fill(value);
  }

  async choose(key) {
    const name = typeof key === "string" ? this.word(key) : key;
    await this.page.getByRole("radio", { name }).first().check();
  }

  async sees(text, seconds = waitMillisecondsMax / 1000) {
    await this.page
      .getByText(text)
      .filter({ visible: true })
      .first()
      .waitFor({ timeout: seconds * 1000 })
      .catch(async () => {
        const shown = (await this.page.locator("body").innerText().catch(() => "")).slice(0, 1500);
        assert.fail(`${this.name} does not see ${text} at ${this.page.url()}; the page says:\n${shown}`);
      });
  }

  /** Loads the page once more: to go to an address with a # would only scroll. */
  async again() {
    await this.go(this.page.url().replace(/#.*$/, ""));
  }

  /** Waits for something that a page without scripts shows only when it is loaded again. */
  async seesAfterReload(text, seconds = 15) {
    if (this.scripts) return this.sees(text, seconds);
    await eventually(
      `${this.name} sees ${text} at ${this.page.url()}`,
      async () => {
        await this.again();
        return this.page.getByText(text).first().isVisible();
      },
      seconds,
    );
  }

  /** Waits until the page shows the case in this state; without scripts one loads it again. */
  async isIn(state, seconds = 20) {
    const shown = this.page.locator(`[data-state~="${state}"]`).first();
    await eventually(
      `${this.name} sees the state ${state} at ${this.page.url()}`,
      async () => {
        if (await shown.count()) return true;
        if (!this.scripts) await this.again();
        return false;
      },
      seconds,
    );
  }

  /** The texts of the conversation as this person sees them, in order. */
  async messages() {
    return this.page
      .locator("li.message .message-text")
      .evaluateAll((items) => items.map((item) => item.textContent.trim()));
  }

  async signIn(name, own = password) {
    await this.go("/session");
    await this.page.locator('input[name="name"]').fill(name);
    await this.page.locator('input[name="password"]').fill(own);
    await this.submit('input[name="password"]');
    this.name = name;
    assert.ok(!/\/session$/.test(new URL(this.page.url()).pathname), `${name} could not sign in`);
  }

  /** Presses the first button of the form that holds this control. */
  async submit(selector) {
    const form = this.page.locator(selector).first().locator("xpath=ancestor::form[1]");
    await leads(this.page, () =>
      form.locator("button:not([type=button])").first().click(),
    );
  }

  /** Nothing was complained about; called at the end of each story. */
  async leave() {
    await this.context.close();
    assert.deepEqual(this.complaints, [], `${this.name}: the browser complained`);
  }
}

/** Both languages, with and without scripts: the ways a resident's story is played. */
export const ways = [
  { language: "zh", scripts: true },
  { language: "zh", scripts: false },
  { language: "en", scripts: true },
  { language: "en", scripts: false },
];
/**
 * GONGDAO_WAYS=first plays what is in 中文, =second what is in English: each half may have an engine
 * of its own, and then each story is played on both. =all plays every story in the four ways.
 */
const half = process.env.GONGDAO_WAYS ?? "";
const isPlayed = ({ language }) => half !== (language === "zh" ? "second" : "first");
/** The stories of the main job are played in the four. */
export const mains = ways.filter(isPlayed);
/**
 * Each language once, and scripts once on and once off: for every story beside the main ones, since
 * what one of the two breaks shows in either.
 */
export const pairs = half === "all" ? ways : [ways[0], ways[3]].filter(isPlayed);
/**
 * One of the two, the other the next day: for stories of rooms beside the main job. script/test says
 * which day it is (GONGDAO_PART); without it both are played.
 */
const day = process.env.GONGDAO_PART ?? "";
const ofFile = [...basename(process.argv[1] ?? "")].reduce((sum, letter) => sum + letter.codePointAt(0), 0);
export const inTurn = half || day === "" ? pairs : [pairs[(ofFile + +day) % pairs.length]];
export function wayName({ language, scripts }) {
  return `in ${language === "zh" ? "中文" : "English"}, scripts ${scripts ? "on" : "off"}`;
}
