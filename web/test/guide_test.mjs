// guide_test.mjs -- every piece, in every display: axe, target sizes, text sizes, reflow.
import assert from "node:assert/strict";
import fs from "node:fs";
import { after, before, test } from "node:test";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
let browser, server;
before(async () => {
    server = await serve();
    browser = await chromium.launch({
        executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
        args: ["--no-sandbox", "--disable-gpu"],
    });
});
after(async () => {
    await browser.close();
    server.close();
});

const pages = ["guide", "guide_talk", "guide_desk"];
async function guide(mode, theme, width, options = {}, name = "guide") {
    const context = await browser.newContext({ viewport: { width, height: 800 }, bypassCSP: true, ...options });
    const page = await context.newPage();
    await page.goto(`${server.url}/web/${name}.html?mode=${mode}&theme=${theme}`);
    return page;
}
const displays = ["normal", "elder"].flatMap((mode) =>
    ["light", "dark", "contrast"].map((theme) => [mode, theme])
);

for (const name of pages) for (const [mode, theme] of displays)
    test(`axe finds nothing: ${name} ${mode} ${theme}`, async () => {
        const page = await guide(mode, theme, 375, { reducedMotion: "reduce" }, name);
        await page.evaluate(axe);
        const found = await page.evaluate((strict) =>
            axe.run(document, {
                runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
                rules: { "color-contrast-enhanced": { enabled: strict } },
            }), theme === "contrast");
        const said = found.violations.flatMap((rule) => rule.nodes.map((node) =>
            `${rule.id}: ${node.html.slice(0, 120)} ${node.failureSummary.split("\n")[1]}`));
        assert.deepEqual(said, []);
        await page.context().close();
    });

for (const [mode, least] of [["normal", 44], ["elder", 60]])
    for (const name of pages) for (const width of [320, 1280])
        test(`targets are at least ${least} px: ${name} ${mode} at ${width}`, async () => {
            const page = await guide(mode, "light", width, {}, name);
            const small = await page.evaluate((least) => {
                const found = [];
                for (const it of document.querySelectorAll("a[href], button, input, select, textarea, summary")) {
                    const box = it.getBoundingClientRect();
                    if (!box.width || it.matches(".skip") || it.type === "hidden") continue;
                    if (box.width < least - 0.5 || box.height < least - 0.5)
                        found.push(`${it.tagName}.${it.className} ${box.width}x${box.height} ${it.textContent.slice(0, 20)}`);
                }
                return found;
            }, least);
            assert.deepEqual(small, []);
            await page.context().close();
        });

test("in elder mode no text is smaller than 22 px and no line tighter than 1.3", async () => {
    const page = await guide("elder", "light", 375);
    const small = await page.evaluate(() => {
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const found = new Set();
        while (walker.nextNode()) {
            const parent = walker.currentNode.parentElement;
            if (!walker.currentNode.nodeValue.trim() || parent.closest("script, option")) continue;
            const style = getComputedStyle(parent);
            const size = parseFloat(style.fontSize);
            if (size < 22) found.add(`${parent.className || parent.tagName} ${size}`);
            if (parseFloat(style.lineHeight) < 1.29 * size)
                found.add(`${parent.className || parent.tagName} line ${style.lineHeight}`);
        }
        return [...found];
    });
    assert.deepEqual(small, []);
    await page.context().close();
});

for (const name of pages) for (const [mode, width, size] of [["normal", 320, 16], ["elder", 320, 16], ["normal", 640, 32], ["elder", 640, 32]])
    test(`nothing scrolls sideways: ${name} ${mode}, ${width} px, text of ${size} px`, async () => {
        const page = await guide(mode, "light", width, {}, name);
        if (size !== 16) {
            // A reader's own text size: what percentages of the root count from.
            const client = await page.context().newCDPSession(page);
            await client.send("Page.setFontSizes", { fontSizes: { standard: size } });
        }
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${wide} px too wide`);
        await page.context().close();
    });

test("focus is seen on every control", async () => {
    const page = await guide("normal", "light", 1280);
    const bare = await page.evaluate(() =>
        [...document.querySelectorAll("a[href], button:not([disabled]), input, select, textarea, summary, [tabindex='0']")]
            .filter((it) => {
                it.focus({ focusVisible: true });
                const style = getComputedStyle(it);
                return document.activeElement === it && !(style.outlineStyle === "solid" && parseFloat(style.outlineWidth) >= 2);
            })
            .map((it) => it.className || it.tagName));
    assert.deepEqual(bare, []);
    await page.context().close();
});
