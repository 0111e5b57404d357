// main.ts -- takes over what the page marks with data-island.  A page without it, or a browser
// that cannot run it, works all the same.
import { autosave, forget_sent } from "./autosave";
import { board } from "./board";
import { canned } from "./canned";
import { conversation } from "./conversation";
import { desk } from "./desk";
import { exit } from "./exit";
import { file } from "./file";
import { find } from "./page";
import { slip } from "./slip";
import { suggest } from "./suggest";
import { waiting } from "./waiting";

const islands: Record<string, (root: HTMLElement) => void> = {
    exit,
    conversation,
    waiting,
    desk,
    canned,
    board,
    file,
    slip,
    suggest,
};

/** One island's mistake must not take the others with it. */
function start(run: () => void): void {
    try {
        run();
    } catch (wrong) {
        console.error(wrong);
    }
}

function error_summary(): void {
    const summary = find(document, "#wrong-summary");
    if (!summary) return;
    summary.focus();
    // The page answered a POST: going back to it, or loading it again, must not ask whether to send
    // the form once more, but show the page the form is on.
    const here = find<HTMLInputElement>(document, '.switches input[name="back"]');
    if (here && here.value) history.replaceState(null, "", here.value);
    summary.addEventListener("click", (event) => {
        const link = (event.target as Element).closest("a");
        const field = link && document.getElementById(link.hash.slice(1));
        if (!field) return;
        const control = field.matches("input, textarea, select")
            ? field
            : find(field, "input, textarea, select");
        if (!control) return;
        event.preventDefault();
        (control.closest(".field") || control).scrollIntoView();
        control.focus({ preventScroll: true });
    });
}

// Nothing is added any more to what every object inherits from: names that come from outside could
// otherwise reach it (ASVS 15.3.6).  Sealed, not frozen: frozen, the desk's list melted no more.
Object.seal(Object.prototype);

forget_sent();
document.querySelectorAll<HTMLElement>("[data-island]").forEach((root) => {
    const island = islands[root.dataset.island || ""];
    if (island) start(() => island(root));
});
document
    .querySelectorAll<HTMLFormElement>("form[data-autosave]")
    .forEach((form) => start(() => autosave(form)));
start(error_summary);
