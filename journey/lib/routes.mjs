// routes.mjs -- the table of rights, as written by hand, and how a path finds its row.
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { clerks, parts } from "./cast.mjs";

const root = new URL("../../", import.meta.url);

/** Files of this name that rooms keep in their own folders: [{room, url}]. */
export function ofRooms(name) {
  const found = [];
  for (const kind of ["desk", "bureau", "service"])
    for (const room of readdirSync(fileURLToPath(new URL(kind, root))))
      if (existsSync(fileURLToPath(new URL(`${kind}/${room}/${name}`, root))))
        found.push({ room: `${kind}/${room}`, url: new URL(`${kind}/${room}/${name}`, root) });
  return found;
}

/**
 * Reads rights.tsv, and with it what rooms keep in a rights.tsv of their own: kind, path, and for each part `+` (may), `-` (may not) or statuses, as
 * `409|422`, where the world and not the right decides.
 */
export function readRights(file = new URL("../rights.tsv", import.meta.url)) {
  const ofTable = parts.filter((part) => !clerks.includes(part));
  const lines = readFileSync(file, "utf8").split("\n");
  const heading = lines.find((line) => line.startsWith("kind\t")).split(/\t+/);
  assert.deepEqual(heading.slice(2), ofTable, "the columns of rights.tsv are the parts, in order");
  const rows = [];
  const take = (name, text) => text.forEach((line, i) => {
    const at = `${name}:${i + 1}`;
    if (!line.trim() || line.startsWith("#") || line.startsWith("kind\t")) return;
    const cells = line.trim().split(/\t+/);
    assert.equal(cells.length, heading.length, `${at} has ${cells.length} cells`);
    const [kind, path, ...rest] = cells;
    assert.match(kind, /^(GET|POST|DELETE|PUT|STREAM|PAGE|FORM)$/, at);
    rest.forEach((cell) => assert.match(cell, /^([+-]|\d{3}(\|\d{3})*)$/, at));
    const may = Object.fromEntries(ofTable.map((part, n) => [part, rest[n]]));
    rows.push({ kind, path, may, line: i + 1 });
  });
  take("rights.tsv", lines);
  for (const { room, url } of ofRooms("rights.tsv"))
    take(`${room}/rights.tsv`, readFileSync(url, "utf8").split("\n"));
  const seen = new Set();
  for (const { kind, path, line } of rows) {
    assert.ok(!seen.has(`${kind} ${path}`), `rights.tsv:${line}: ${kind} ${path} stands twice`);
    seen.add(`${kind} ${path}`);
  }
  addClerks(rows);
  return rows;
}

/** What a clerk may beyond anybody from the street; every row names one of rights.tsv. */
function addClerks(rows) {
  const lines = readFileSync(new URL("../rights_clerk.tsv", import.meta.url), "utf8").split("\n");
  for (const row of rows) for (const clerk of clerks) row.may[clerk] = row.may.nobody;
  lines.forEach((line, i) => {
    if (!line.trim() || line.startsWith("#")) return;
    const [kind, path, ...cells] = line.trim().split(/\t+/);
    const row = rows.find((one) => one.kind === kind && one.path === path);
    assert.ok(row, `rights_clerk.tsv:${i + 1}: ${kind} ${path} is not in rights.tsv`);
    assert.equal(cells.length, clerks.length, `rights_clerk.tsv:${i + 1} has ${cells.length} cells`);
    clerks.forEach((clerk, n) => {
      assert.match(cells[n], /^([+-]|\d{3}(\|\d{3})*)$/, `rights_clerk.tsv:${i + 1}`);
      row.may[clerk] = cells[n];
    });
  });
}

const patterns = new Map(); // made once: a crawler asks for every link of every page
function pattern(path) {
  if (!patterns.has(path)) {
    const text = path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{[^}]+\}/g, "([^/]+)");
    patterns.set(path, new RegExp(`^${text}$`));
  }
  return patterns.get(path);
}

/** What some pages need behind the '?' to show anything. */
export const queries = {
  "/board/cases": "?list=waiting",
  "/board/ladder/{desk}/calls": "?which=called",
  "/search": "?q=离婚",
  "/search/suggestions": "?q=hetong",
  "/board/quality/{person}/cases": "?which=answered",
  "/desk/record/cases": "?which=answered",
  "/reports/{report}/cases": "?figure=asked",
  "/teams/{team}/cases": "?which=served",
  "/teams/{team}/people": "?which=members",
  "/roster/cover": "?day=2030-01-31&minute=540",
  "/roster/duty": "?desk=hotline",
  "/session/totp/picture": "?offer=1",
};

/** The row a page belongs to: one without places before one with. */
export function rowOf(rows, path) {
  const fitting = rows.filter((row) => pattern(row.path).test(path));
  return fitting.sort((a, b) => a.path.split("{").length - b.path.split("{").length)[0];
}

/** The operations of an OpenAPI document as {kind, path, operation}, without the /api/v1. */
export function operationsOf(document) {
  const found = [];
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of ["get", "post", "delete", "put", "patch"]) {
      const operation = item[method];
      if (!operation) continue;
      const types = Object.keys(operation.responses?.["200"]?.content ?? {});
      const kind = types.includes("text/event-stream") ? "STREAM" : method.toUpperCase();
      found.push({ kind, path: path.replace(/^\/api\/v1(?=\/)/, ""), operation, full: path });
    }
  }
  return found;
}

/** A body that passes the form: what is left to refuse is the person or the case. */
export function sampleBody(document, operation, known = {}) {
  const content = operation.requestBody?.content ?? {};
  const schema = resolve(document, content["application/json"]?.schema);
  return schema ? sampleOf(document, schema, known) : {};
}

export function resolve(document, schema) {
  let found = schema;
  while (found?.$ref)
    found = found.$ref.slice(2).split("/").reduce((place, name) => place?.[name], document);
  return found;
}

function sampleOf(document, schema, known) {
  const body = {};
  for (const name of schema.required ?? []) {
    const field = resolve(document, schema.properties?.[name]) ?? {};
    const types = [field.type].flat();
    const type = types.includes("integer") ? "integer" : types[0];
    if (name in known) body[name] = known[name];
    else if (field.enum) body[name] = field.enum[0];
    else if (type === "integer" || type === "number") body[name] = field.minimum ?? 1;
    else if (type === "boolean") body[name] = false;
    else if (type === "object") body[name] = sampleOf(document, field, known);
    else if (field.format === "date") body[name] = "2030-01-31";
    else body[name] = "sample".padEnd(field.minLength ?? 0, "s").slice(0, field.maxLength ?? 99);
  }
  return body;
}
