// canned.ts -- ready answers: found by typing, put where the cursor is.
import { find } from "./page";

function insert(area: HTMLTextAreaElement, text: string): void {
    const start = area.selectionStart;
    const before = area.value.slice(0, start);
    const gap = before && !/\s$/.test(before) ? "\n" : "";
    area.setRangeText(gap + text, start, area.selectionEnd, "end");
    area.focus();
    area.dispatchEvent(new Event("input", { bubbles: true }));
}

export function canned(root: HTMLElement): void {
    const filter = find<HTMLInputElement>(root, "[data-filter]");
    const none = find(root, "[data-none]");
    root.hidden = false;
    root.addEventListener("click", (event) => {
        const button = (event.target as Element).closest<HTMLElement>("button[data-text]");
        const area = document.getElementById(root.dataset.for || "");
        if (button && area instanceof HTMLTextAreaElement) insert(area, button.dataset.text || "");
    });
    if (!filter) return;
    filter.addEventListener("input", () => {
        const wanted = filter.value.trim().toLowerCase();
        let shown = 0;
        root.querySelectorAll<HTMLElement>("li").forEach((item) => {
            item.hidden = (item.textContent || "").toLowerCase().indexOf(wanted) < 0;
            if (!item.hidden) shown++;
        });
        if (none) none.hidden = shown > 0;
    });
    filter.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" || event.isComposing) return;
        event.preventDefault();
        find(root, "li:not([hidden]) button[data-text]")?.click();
    });
}
