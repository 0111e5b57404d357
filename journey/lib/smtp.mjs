// smtp.mjs -- a mail server on this machine: takes letters as any does (RFC 5321), keeps them, and
// hands them out as their parts.
import assert from "node:assert/strict";
import { createServer } from "node:net";

const timesMax = 200; // looks for a letter, a tenth of a second apart

/** Head lines by name, and the content as it was before base64. */
function partOf(text) {
  const end = text.indexOf("\r\n\r\n");
  const head = new Map(
    text
      .slice(0, end)
      .replace(/\r\n[ \t]+/g, " ")
      .split("\r\n")
      .map((line) => [line.slice(0, line.indexOf(":")).toLowerCase(), line.slice(line.indexOf(":") + 2)]),
  );
  const body = text.slice(end + 4);
  const isBase64 = head.get("content-transfer-encoding") === "base64";
  return { head, body: isBase64 ? Buffer.from(body, "base64") : Buffer.from(body, "latin1") };
}

/** A letter as a mail program shows it. */
export function readLetter(raw) {
  const whole = partOf(raw);
  const boundary = /boundary="([^"]+)"/.exec(whole.head.get("content-type"))?.[1];
  const parts = boundary
    ? whole.body.toString("latin1").split(`--${boundary}`).slice(1, -1).map((one) => partOf(one.slice(2)))
    : [whole];
  const subject = /=\?UTF-8\?B\?([^?]*)\?=/.exec(whole.head.get("subject"))[1];
  return {
    subject: Buffer.from(subject, "base64").toString("utf8"),
    text: parts[0].body.toString("utf8"),
    files: parts.slice(1).map(({ head, body }) => ({
      name: /filename="([^"]*)"/.exec(head.get("content-disposition"))[1],
      type: head.get("content-type"),
      bytes: body,
    })),
  };
}

export class MailServer {
  letters = []; // {from, to, raw}
  refusals = []; // answers to the next RCPT, instead of taking it

  static async begin() {
    const server = new MailServer();
    server.net = createServer((socket) => server.talk(socket));
    await new Promise((done) => server.net.listen(0, "127.0.0.1", done));
    server.url = `smtp://127.0.0.1:${server.net.address().port}`;
    return server;
  }

  talk(socket) {
    let text = "";
    let letter = {};
    let inData = false;
    const say = (line) => socket.write(`${line}\r\n`);
    socket.setEncoding("latin1");
    socket.on("error", () => {});
    say("220 mail.example.org ready");
    socket.on("data", (bytes) => {
      text += bytes;
      for (;;) {
        const mark = inData ? "\r\n.\r\n" : "\r\n";
        const end = text.indexOf(mark);
        if (end < 0) return;
        const line = text.slice(0, end);
        text = text.slice(end + mark.length);
        if (inData) {
          inData = false;
          this.letters.push({ ...letter, raw: `${line}\r\n`.replace(/\r\n\.\./g, "\r\n.") });
          say("250 taken");
        } else if (/^(EHLO|HELO)/i.test(line)) say("250 mail.example.org");
        else if (/^MAIL FROM:/i.test(line)) {
          letter = { from: /<(.*?)>/.exec(line)[1] };
          say("250 ok");
        } else if (/^RCPT TO:/i.test(line)) {
          letter.to = /<(.*?)>/.exec(line)[1];
          say(this.refusals.shift() ?? "250 ok");
        } else if (/^DATA/i.test(line)) {
          inData = true;
          say("354 go on");
        } else if (/^QUIT/i.test(line)) {
          say("221 bye");
          socket.end();
        } else say("250 ok");
      }
    });
  }

  /** The letter of this number, once it has come. */
  async letter(number) {
    for (let i = 0; i < timesMax && this.letters.length <= number; i++)
      await new Promise((done) => setTimeout(done, 100));
    assert.ok(this.letters.length > number, `letter ${number} of ${this.letters.length}`);
    return { ...this.letters[number], ...readLetter(this.letters[number].raw) };
  }

  end() {
    this.net.close();
  }
}
