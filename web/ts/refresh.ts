// refresh.ts -- takes a part of this page anew from the server and melts it into place, so that
// focus, typed text and what the reader opened stay as they are.
import { Idiomorph } from "idiomorph";
import { find } from "./page";

/** What islands change by themselves on elements of a region; the server's word would undo it. */
const OURS = "[data-lost], [data-sound], details";

function may_melt(old: Element, fresh: Node): boolean {
    // A talk and the canned answers beside it keep themselves up to date.
    if (!(old instanceof HTMLElement) || !(fresh instanceof HTMLElement)) return true;
    const island = old.dataset.island;
    return !(
        island === fresh.dataset.island &&
        old.dataset.reference === fresh.dataset.reference &&
        (island === "conversation" || island === "canned")
    );
}

function melt(old: Element, fresh: Element): void {
    Idiomorph.morph(old, fresh, {
        morphStyle: "outerHTML",
        ignoreActiveValue: true,
        callbacks: {
            beforeNodeMorphed: may_melt,
            beforeAttributeUpdated: (name: string, element: Element) =>
                !(/^(open|hidden|aria-pressed)$/.test(name) && element.matches(OURS)),
        },
    });
}

async function take(selector: string): Promise<boolean> {
    const answer = await fetch(location.href, {
        credentials: "same-origin",
        headers: { Accept: "text/html" },
    });
    // A redirect is the sign-in page: leave what the reader sees alone.
    if (!answer.ok || answer.redirected) return false;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    page.querySelectorAll(selector).forEach((fresh) => {
        const old = fresh.id ? document.getElementById(fresh.id) : null;
        if (old) melt(old, document.importNode(fresh, true));
    });
    const csrf = find<HTMLMetaElement>(document, 'meta[name="csrf"]');
    const newer = find<HTMLMetaElement>(page, 'meta[name="csrf"]');
    if (csrf && newer) csrf.content = newer.content;
    return true;
}

/** Makes a function that asks for a refresh: at most one in `gap` ms, none while one is running,
 *  none in a hidden tab if `paused`, and always one after the last time it was asked. */
export function refresher(
    selector: string,
    gap: number,
    paused: boolean,
    after: (done: boolean) => void
): () => void {
    let wanted = false;
    let busy = false;
    function next(): void {
        if (busy || !wanted || (paused && document.hidden)) return;
        wanted = false;
        busy = true;
        take(selector)
            .catch(() => false)
            .then((done) => {
                after(done);
                setTimeout(() => {
                    busy = false;
                    next();
                }, gap);
            });
    }
    document.addEventListener("visibilitychange", next);
    return () => {
        wanted = true;
        // A burst of events (offer, state, message of one act) is one refresh.
        setTimeout(next, 60);
    };
}
