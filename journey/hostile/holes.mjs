// holes.mjs -- the control of scanners.sh: the same site through a front that has two holes. A search
// comes back as markup, and the items are looked up with a statement put together from words.
//
//   node holes.mjs PORT http://127.0.0.1:BEHIND DATABASE
import { execFile } from "node:child_process";
import { createServer, request } from "node:http";

const [port, behind, database] = process.argv.slice(2);

createServer((asked, answer) => {
  const url = new URL(asked.url, behind);
  const q = url.searchParams.get("q") ?? "";
  const page = (status, words) => {
    answer.writeHead(status, { "Content-Type": "text/html; charset=utf-8" });
    answer.end(`<!doctype html><title>x</title><form action="${url.pathname}"><input name="q"></form>${words}`);
  };
  if (url.pathname === "/search") return page(200, `<p>${q}</p>`);
  if (url.pathname === "/items") {
    const statement = `select login from person where login = '${q || "admin"}' limit 5`;
    return execFile("sqlite3", ["-readonly", database, statement], { timeout: 20_000 }, (error, rows, said) =>
      error ? page(500, `<pre>Error: ${said}</pre>`) : page(200, `<pre>${rows}</pre>`),
    );
  }
  const passed = request(url, { method: asked.method, headers: asked.headers }, (got) => {
    answer.writeHead(got.statusCode, got.headers);
    got.pipe(answer);
  });
  passed.on("error", () => answer.destroy());
  return asked.pipe(passed);
}).listen(+port, "127.0.0.1");
