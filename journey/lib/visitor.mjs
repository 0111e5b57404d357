// visitor.mjs -- a browser without a screen: it keeps cookies, and sends the forms of pages as they
// stand there.  For what programs have no way to: answers kept in a browser, the second step.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { anAddress } from "./api.mjs";

/** The cookies an answer sets, each whole; Node 18, as Debian 12 has it, gives them in one line. */
export const cookiesSet = (answer) =>
  answer.headers.getSetCookie?.() ?? (answer.headers.get("set-cookie") ?? "").split(/, (?=[^;,= ]+=)/).filter(Boolean);

export class Visitor {
  constructor(url, token = null, language = "zh") {
    Object.assign(this, { url, language, cookies: new Map(), address: anAddress() });
    if (token) this.cookies.set("gongdao", token);
  }

  /** As it stands in a request. */
  get cookie() {
    return [...this.cookies].map((pair) => pair.join("=")).join("; ");
  }

  async ask(method, path, body) {
    const answer = await fetch(this.url + path, {
      method,
      body,
      redirect: "manual",
      headers: {
        Accept: "text/html",
        "Accept-Language": this.language,
        "X-Forwarded-For": this.address,
        ...(this.cookies.size ? { Cookie: this.cookie } : {}),
      },
    });
    for (const cookie of cookiesSet(answer)) {
      const [, name, value] = cookie.match(/^([^=]+)=([^;]*)/);
      if (value && !/max-age=0|max-age=-/i.test(cookie)) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
    const location = answer.headers.get("location") ?? "";
    return { status: answer.status, location, text: await answer.text() };
  }

  /** Opens a page and sends its form to `action`, with what is typed; where it leads. */
  async sends(page, action, typed) {
    const answer = await this.tries((await this.ask("GET", page)).text, action, typed);
    assert.equal(answer.status, 303, `${action}: ${answer.text.match(/wrong-summary[^]*?<\/div>/)}`);
    return answer.location;
  }

  /** Sends a form of a page that is open; what the server says. */
  async tries(text, action, typed) {
    const form = text.split("<form ").find((part) => part.includes(`action="${action}"`));
    assert.ok(form, `there is no form to ${action}`);
    const body = new URLSearchParams();
    for (const [, name, value] of form.split("</form>")[0].matchAll(
      /<input type="hidden" name="([^"]+)" value="([^"]*)"/g,
    ))
      body.set(name, value);
    for (const [name, value] of Object.entries(typed)) body.set(name, value);
    return this.ask("POST", action, body);
  }
}

/** What an authenticator app shows, RFC 6238. */
export function codeOf(secret, at = Date.now()) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac("sha1", key).update(step).digest();
  const number = mac.readUInt32BE(mac.at(-1) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}
