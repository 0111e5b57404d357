// openapi.mjs -- the derived OpenAPI document is valid 3.1 and says what it must.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Server } from "./lib/server.mjs";

let server;
let text;

before(async () => {
  server = await Server.begin();
  text = await (await fetch(`${server.url}/api/v1/openapi.json`)).text();
});
after(() => server?.stop());

test("the linter has nothing to say", async () => {
  const config = await createConfig({
    extends: ["recommended-strict"],
    rules: {
      "info-license": "error",
      "info-license-strict": "error",
      "no-server-example.com": "off", // each installation has its own address; ours is relative
      "operation-4xx-response": "off", // /healthz and /version cannot be refused
      "no-identical-paths": "error",
      "no-ambiguous-paths": "error",
      "operation-operationId-unique": "error",
      "spec-strict-refs": "error",
    },
  });
  const problems = await lintFromString({ source: text, absoluteRef: "openapi.json", config });
  const words = problems.map(({ ruleId, message, location }) => {
    const at = location[0]?.pointer ?? "";
    return `${ruleId}: ${message} at ${at}`;
  });
  assert.deepEqual(words.slice(0, 40), []);
});

test("it is OpenAPI 3.1 and holds every name of the fixed API", () => {
  const document = JSON.parse(text);
  assert.match(document.openapi, /^3\.1\./);
  const plain = (path) => path.replace(/^\/api\/v1/, "").replace(/\{\w+\}/g, "{}");
  const served = new Set();
  for (const [path, item] of Object.entries(document.paths))
    for (const method of Object.keys(item)) served.add(`${method} ${plain(path)}`);
  const consultation = "/consultations/{reference}";
  const fixed = [
    "post /session",
    "post /session/code",
    "post /session/code/verify",
    "get /session",
    "delete /session",
    "post /consultations",
    `get ${consultation}`,
    `get ${consultation}/messages`,
    `post ${consultation}/messages`,
    `post ${consultation}/attachments`,
    `get ${consultation}/attachments/{id}`,
    `get ${consultation}/stream`,
    `post ${consultation}/leave-message`,
    `post ${consultation}/close`,
    `post ${consultation}/rating`,
    "post /desk/presence",
    "get /desk",
    "get /desk/stream",
    "post /desk/offers/{reference}/accept",
    "post /desk/offers/{reference}/decline",
    `post /desk${consultation}/messages`,
    `post /desk${consultation}/answer`,
    `post /desk${consultation}/transfer`,
    `post /desk${consultation}/close`,
  ];
  assert.deepEqual(fixed.filter((name) => !served.has(plain(name))), []);
});
