// checks.mjs -- what every page must keep, in every display mode: each gives a list of findings.
//
//   axe        WCAG 2.2 A and AA and best practice: no violation
//   tapSize    whatever one presses is 44 px each way, 60 in elder mode; axe's own rule stops at
//              24 px and passed a 22 px link
//   reflow     nothing wider than the window, at 320 px and with text at 200 %
//   validHtml  the HTML checker of the W3C, over all kept pages in one run
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const journey = join(dirname(fileURLToPath(import.meta.url)), "..");
const vnu = join(journey, "node_modules/vnu-jar/build/dist/vnu.jar");
export const tapPixels = { normal: 44, elder: 60 };

/** axe's rules whose verdict hangs on colours and sizes; all others read the markup alone. */
export const rulesOfLooks = [
  "color-contrast",
  "link-in-text-block",
  "target-size",
  "scrollable-region-focusable",
];
/** Those whose verdict hangs on words: that there are any, and in which language. */
export const rulesOfWords = [
  "aria-input-field-name",
  "button-name",
  "document-title",
  "empty-heading",
  "html-has-lang",
  "html-lang-valid",
  "image-alt",
  "input-button-name",
  "label",
  "label-title-only",
  "landmark-unique",
  "link-name",
  "region",
  "select-name",
  "summary-name",
  "svg-img-alt",
  "valid-lang",
];
const inFull = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** For whoever looks over many pages: the browser reads axe once and has it on each page from then on. */
export function axeAtHand(context) {
  return context.addInitScript({ content: axeSource });
}

export async function axe(page, rules) {
  const isThere = await page.evaluate(() => typeof globalThis.axe?.run === "function");
  if (!isThere) await page.evaluate(axeSource);
  const runOnly = rules ? { type: "rule", values: rules } : { type: "tag", values: inFull };
  const { violations } = await page.evaluate(
    (only) => globalThis.axe.run(document, { resultTypes: ["violations"], runOnly: only }),
    runOnly,
  );
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `axe ${id}: ${help}: ${node.html.slice(0, 200)}`),
  );
}

/** A link in the middle of a sentence is excepted: it cannot be larger than its line. */
export function tapSize(page, pixels) {
  return page.evaluate((least) => {
    const seen = (element) => {
      const style = getComputedStyle(element);
      if (style.visibility === "hidden" || style.display === "none") return null;
      const box = element.getBoundingClientRect();
      // Not drawn, or put aside until it has the focus, as a skip link.
      if (box.width <= 1 || box.height <= 1) return null;
      if (box.right <= 0 || box.bottom + scrollY <= 0) return null;
      return box;
    };
    const inSentence = (link) => {
      if (link.tagName !== "A" || getComputedStyle(link).display !== "inline") return false;
      const around = link.closest("p, li, dd, td, th, figcaption, blockquote, div, summary");
      if (!around) return false;
      const copy = around.cloneNode(true);
      copy.querySelectorAll("a, button, input, select, svg").forEach((part) => part.remove());
      return /[\p{L}\p{N}]/u.test(copy.textContent);
    };
    const joined = (one, other) => ({
      width: Math.max(one.right, other.right) - Math.min(one.left, other.left),
      height: Math.max(one.bottom, other.bottom) - Math.min(one.top, other.top),
    });
    const findings = [];
    const selector =
      "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], " +
      "[role=tab], label:has(input[type=radio], input[type=checkbox])";
    for (const element of document.querySelectorAll(selector)) {
      let box = seen(element);
      if (!box || inSentence(element)) continue;
      if (element.matches("input[type=radio], input[type=checkbox]")) {
        // One presses the words as well as the box.
        const label = element.labels?.[0];
        const labelBox = label && seen(label);
        if (labelBox) box = joined(box, labelBox);
      }
      const slack = 0.5; // parts of a pixel
      if (box.width + slack >= least && box.height + slack >= least) continue;
      const size = `${box.width.toFixed(1)} × ${box.height.toFixed(1)}`;
      findings.push(`tap size ${size}, not ${least}: ${element.outerHTML.slice(0, 160)}`);
    }
    return findings;
  }, pixels);
}

/** What sticks out of the window, or is cut off by its own box. */
export function reflow(page, what) {
  return page.evaluate((situation) => {
    const root = document.documentElement;
    const width = root.clientWidth;
    const findings = [];
    const scrolls = (element) => {
      for (let up = element; up && up !== document.body; up = up.parentElement)
        if (/auto|scroll/.test(getComputedStyle(up).overflowX)) return true;
      return false;
    };
    if (root.scrollWidth > width + 1) {
      const wide = [...document.body.querySelectorAll("*")].filter(
        (element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element),
      );
      const names = wide.slice(-3).map((element) => element.outerHTML.slice(0, 120));
      findings.push(`${situation}: ${root.scrollWidth} px wide, not ${width}: ${names.join(" | ")}`);
    }
    for (const element of document.body.querySelectorAll("*")) {
      const style = getComputedStyle(element);
      if (!/hidden|clip/.test(style.overflowX) || element.clientWidth <= 1) continue;
      if (style.textOverflow === "ellipsis" || element.closest("svg, .visually-hidden")) continue;
      if (element.scrollWidth > element.clientWidth + 1 && element.textContent.trim())
        findings.push(`${situation}: cut off: ${element.outerHTML.slice(0, 120)}`);
    }
    return findings;
  }, what);
}

/** Text twice as large, as a reader sets it in the browser: through the CSSOM, not the markup. */
export async function textTwice(page, check) {
  await page.evaluate(() => {
    const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
    document.documentElement.style.setProperty("font-size", `${size * 2}px`, "important");
  });
  try {
    return await check();
  } finally {
    await page.evaluate(() => document.documentElement.style.removeProperty("font-size"));
  }
}

/** Checks a folder of saved pages in one run of the checker; gives [{file, line, text}]. */
export async function validHtml(folder) {
  const { stdout, stderr } = await promisify(execFile)(
    "java",
    ["-Xss1m", "-jar", vnu, "--format", "json", "--exit-zero-always", "--skip-non-html", folder],
    { maxBuffer: 64 * 1024 * 1024 },
  );
  const report = JSON.parse(stdout.trim() || stderr);
  return report.messages
    .filter((message) => message.type !== "info" || message.subType === "warning")
    .map((message) => ({
      file: (message.url ?? "").replace(/^file:/, ""),
      line: message.lastLine,
      text: `${message.message}${message.extract ? `: ${message.extract.trim()}` : ""}`,
    }));
}
