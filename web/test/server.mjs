// server.mjs -- a stand-in for the real server: pages with the attributes of web/README.md, streams
// the test writes to, and posts it can see, delay, refuse or drop.  The headers are the real ones.
import fs from "node:fs";
import http from "node:http";
import path from "node:path";

const root = path.resolve(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
const built = process.env.WEB_BUILD || path.join(root, "build/web");
const types = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };
const CSP =
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; " +
    "form-action 'self'; frame-ancestors 'none'";

export async function serve() {
    const state = {
        pages: {}, // path → () => HTML of <body>
        posts: [], // {path, body, headers}
        streams: [], // open ones: {path, after, send(event, data, id), end()}
        connects: [], // every stream request seen
        refuse_streams: false,
        post: null, // async (post) => {status, body, headers} or "drop"
    };
    const page = (body) =>
        `<!DOCTYPE html><html lang="zh-CN" data-mode="normal" data-theme="auto"><head><meta charset="utf-8">` +
        `<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="csrf" content="c5rf">` +
        `<title>Page</title><link rel="stylesheet" href="/build/web/app.css"><script src="/build/web/app.js" defer></script>` +
        `</head><body><main class="main" id="main" tabindex="-1">${body}</main></body></html>`;

    function stream(url, answer) {
        state.connects.push(url.pathname + url.search);
        if (state.refuse_streams) return answer.writeHead(503).end();
        answer.writeHead(200, { "Content-Type": "text/event-stream", "Cache-Control": "no-store" });
        answer.write(": open\n\n");
        const open = {
            path: url.pathname,
            after: url.searchParams.get("after"),
            send: (event, data, id) =>
                answer.write(`${id ? `id: ${id}\n` : ""}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`),
            end: () => answer.end(),
        };
        state.streams.push(open);
        answer.on("close", () => (state.streams = state.streams.filter((one) => one !== open)));
    }
    async function posted(request, url, answer) {
        const chunks = [];
        for await (const chunk of request) chunks.push(chunk);
        const text = Buffer.concat(chunks).toString();
        const json = (request.headers["content-type"] || "").includes("json");
        const post = { path: url.pathname, headers: request.headers, body: json ? JSON.parse(text) : text };
        state.posts.push(post);
        const what = state.post ? await state.post(post) : { status: 204 };
        if (what === "drop") return request.socket.destroy();
        answer.writeHead(what.status, { "Content-Type": "application/json", ...what.headers });
        answer.end(what.body ? JSON.stringify(what.body) : "");
    }
    const server = http.createServer((request, answer) => {
        const url = new URL(request.url, "http://x");
        answer.setHeader("Content-Security-Policy", CSP);
        if (request.method === "POST") return posted(request, url, answer);
        if (url.pathname.endsWith("/stream")) return stream(url, answer);
        if (state.pages[url.pathname]) {
            answer.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
            return answer.end(page(state.pages[url.pathname]()));
        }
        const file = url.pathname.startsWith("/build/web/")
            ? path.join(built, path.basename(url.pathname))
            : path.join(root, path.normalize(url.pathname));
        if (!fs.existsSync(file) || !fs.statSync(file).isFile()) return answer.writeHead(404).end();
        answer.writeHead(200, { "Content-Type": types[path.extname(file)] || "application/octet-stream" });
        answer.end(fs.readFileSync(file));
    });
    await new Promise((done) => server.listen(0, "127.0.0.1", done));
    state.url = `http://127.0.0.1:${server.address().port}`;
    state.close = () => {
        server.closeAllConnections();
        server.close();
    };
    return state;
}
