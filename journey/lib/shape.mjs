// shape.mjs -- what the checker of HTML can tell two pages apart by: the same elements with the same
// attributes are as valid in other words. Of pages of one shape one is kept and checked.
//
// Words count as there or not there; so do the values people type, read and follow. Numbers within
// names (of a case, of a field) count as any number; that a page uses one id twice counts.
import { createHash } from "node:crypto";

const worded =
  / (lang|dir|aria-label|title|alt|placeholder|value|content|href|src|action|datetime|data-[a-z-]+|d)="[^"]+"/g;

/** @param {string} html of one page; @returns {string} 16 digits, the same for pages of one shape */
export function shapeOf(html) {
  const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
  const bare = html
    .replace(/>[^<]+</g, (between) => (/\S/.test(between) ? ">x<" : "><"))
    .replace(worded, ' $1="x"')
    .replace(/="[^"]*"/g, (value) => value.replace(/[\p{L}\p{N}_-]*\p{N}[\p{L}\p{N}_-]*/gu, "0"));
  const repeated = ids.length - new Set(ids).size;
  return createHash("sha256").update(`${repeated} ${bare}`).digest("hex").slice(0, 16);
}
