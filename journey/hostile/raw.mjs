// raw.mjs -- bytes as they are over a connection of one's own, and how often they were answered.
import { connect } from "node:net";

const silenceMs = 4000; // who says nothing for so long waits for more
const length = (head, name) => head.match(new RegExp(`^${name}: *(.*)$`, "im"))?.[1];

/** The answers in what came, as {status, head, body}; `rest` is what is none. */
export function answersIn(text, isHead = false) {
  const answers = [];
  let rest = text;
  for (;;) {
    const end = rest.indexOf("\r\n\r\n");
    if (!/^HTTP\/1\.[01] \d{3}/.test(rest) || end < 0) break;
    const head = rest.slice(0, end);
    const status = +head.slice(9, 12);
    rest = rest.slice(end + 4);
    let body = "";
    if (/^chunked$/i.test(length(head, "transfer-encoding") ?? "")) {
      for (;;) {
        const size = rest.match(/^([0-9a-f]+)\r\n/i);
        if (!size) break;
        const many = parseInt(size[1], 16);
        body += rest.slice(size[0].length, size[0].length + many);
        rest = rest.slice(size[0].length + many + 2);
        if (!many) break;
      }
    } else if (!(isHead && !answers.length) && status >= 200 && status !== 204 && status !== 304) {
      const many = +(length(head, "content-length") ?? rest.length);
      body = rest.slice(0, many);
      rest = rest.slice(many);
    }
    if (status >= 200) answers.push({ status, head, body });
  }
  return { answers, rest };
}

/** Sends bytes (latin1), and says what came until the other side closed or fell silent. */
export function says(port, bytes, { silence = silenceMs } = {}) {
  return new Promise((done) => {
    const socket = connect(port, "127.0.0.1");
    let text = "";
    let closed = true;
    socket.setEncoding("latin1");
    socket.on("data", (more) => (text += more));
    socket.on("error", () => {});
    socket.setTimeout(silence, () => {
      closed = false;
      socket.destroy();
    });
    socket.on("close", () => done({ ...answersIn(text, bytes.startsWith("HEAD ")), text, closed }));
    socket.write(Buffer.from(bytes, "latin1"));
  });
}

/** So many at a time, all of a list; what each gave, in order. */
export async function eachOf(list, atATime, work) {
  const results = [];
  let next = 0;
  const one = async () => {
    while (next < list.length) {
      const i = next++;
      results[i] = await work(list[i], i);
    }
  };
  await Promise.all(Array.from({ length: atATime }, one));
  return results;
}
