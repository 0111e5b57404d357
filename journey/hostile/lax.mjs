// lax.mjs -- a server and a front that read as many do: the controls. Whoever finds nothing here
// finds nothing anywhere.
import { connect, createServer } from "node:net";

/** The first request in a text, read with a good will; null when there is more to come. */
function first(text, { chunks }) {
  const begin = text.replace(/^[\r\n]+/, "");
  const head = begin.match(/^([^]*?)\r?\n\r?\n/);
  if (!head) return null;
  const fields = head[1].split(/\r?\n/).slice(1);
  const value = (name) => {
    const line = fields.find((one) => one.toLowerCase().replace(/[^a-z:-]/g, "").startsWith(`${name}:`));
    return line && line.slice(line.indexOf(":") + 1);
  };
  const from = head[0].length;
  if (chunks && /chunked/i.test(value("transfer-encoding") ?? "")) {
    for (let at = from; ; ) {
      const size = begin.slice(at).match(/^[^0-9a-f]*([0-9a-f]+)[^\n]*\n/i);
      if (!size) return null;
      at += size[0].length + parseInt(size[1], 16);
      const end = begin.slice(at).match(/^\r?\n/);
      if (!end) return null;
      at += end[0].length;
      if (parseInt(size[1], 16) === 0) return { whole: begin.slice(0, at), rest: begin.slice(at) };
    }
  }
  const size = Math.max(0, parseInt(value("content-length") ?? "0", 10) || 0);
  if (begin.length < from + size) return null;
  return { whole: begin.slice(0, from + size), rest: begin.slice(from + size) };
}

async function listening(take) {
  const server = createServer(take);
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return { port: server.address().port, close: () => server.close() };
}

/** Answers each request it finds with its first line; chunks count more than bytes. */
export function laxServer() {
  return listening((socket) => {
    let text = "";
    socket.setEncoding("latin1");
    socket.on("error", () => {});
    socket.on("data", (more) => {
      text += more;
      for (let found; (found = first(text, { chunks: true })); text = found.rest) {
        const said = found.whole.slice(0, found.whole.search(/[\r\n]/));
        const status = /\/hidden\/|\/version/.test(said) ? 200 : 404;
        const last = /connection: *close/i.test(found.whole);
        const answer = `HTTP/1.1 ${status} X\r\nContent-Length: ${said.length}\r\n\r\n${said}`;
        if (last) return socket.end(answer, "latin1");
        socket.write(answer, "latin1");
      }
      return undefined;
    });
  });
}

/** Passes on what it takes for one request, as it came, over one line that all share. */
export async function laxFront(behind) {
  const line = connect(behind, "127.0.0.1");
  const waiting = [];
  let came = "";
  line.setEncoding("latin1");
  line.on("error", () => {});
  line.on("data", (more) => {
    came += more;
    for (let found; (found = first(came, { chunks: false })); came = found.rest) waiting.shift()?.(found.whole);
  });
  const front = await listening((socket) => {
    let text = "";
    socket.setEncoding("latin1");
    socket.on("error", () => {});
    socket.on("data", async (more) => {
      text += more;
      for (let found; (found = first(text, { chunks: false })); ) {
        text = found.rest;
        const last = /connection: *close/i.test(found.whole);
        const answer = new Promise((done) => waiting.push(done));
        line.write(found.whole.replace(/connection: *close\r\n/i, ""), "latin1");
        socket.write(await answer, "latin1");
        if (last) socket.end();
      }
    });
  });
  return { port: front.port, close: () => (line.destroy(), front.close()) };
}
