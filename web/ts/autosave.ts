// autosave.ts -- what was typed into a form outlives a reload, a slip of the thumb, a dead battery
// of the server; it is dropped once the server took it.
//
// 1. Kept in this tab only, and never a password, a code or a file.
// 2. Dropped when a redirect answered the form: the way every accepted form is answered.
// 3. What the server wrote into a field wins over what was kept.
import { memory } from "./page";

const SENT = "autosave-sent";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

function kept(control: Element): control is Control {
    if (control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement)
        return !!control.name;
    return (
        control instanceof HTMLInputElement &&
        !!control.name &&
        control.autocomplete !== "one-time-code" &&
        !/^(password|hidden|file|submit|button|image|reset)$/.test(control.type)
    );
}

function is_mark(control: Control): control is HTMLInputElement {
    return control instanceof HTMLInputElement && /^(radio|checkbox)$/.test(control.type);
}

/** Before any form is looked at: the form sent last was taken if a redirect led here. */
export function forget_sent(): void {
    const sent = memory.get(SENT);
    if (!sent) return;
    memory.set(SENT, "");
    const entry = performance.getEntriesByType("navigation")[0] as
        | PerformanceNavigationTiming
        | undefined;
    if (entry && entry.type === "navigate" && entry.redirectCount > 0) memory.set(sent, "");
}

export function autosave(form: HTMLFormElement): void {
    const key = "autosave:" + (form.dataset.autosave || location.pathname);
    const controls = () => Array.from(form.elements).filter(kept);
    let values: Record<string, string | string[]>;
    try {
        values = JSON.parse(memory.get(key) || "{}") as Record<string, string | string[]>;
    } catch {
        values = {};
    }
    const marked = new Set(
        controls()
            .filter((control) => is_mark(control) && control.checked)
            .map((control) => control.name)
    );
    controls().forEach((control) => {
        const value = values[control.name];
        if (value === undefined) return;
        if (is_mark(control)) {
            if (!marked.has(control.name)) control.checked = value.indexOf(control.value) >= 0;
        } else if (!control.value && typeof value === "string") {
            control.value = value;
        }
    });
    form.addEventListener("input", () => {
        values = {};
        controls().forEach((control) => {
            if (!is_mark(control)) values[control.name] = control.value;
            else if (control.checked)
                values[control.name] = ([] as string[]).concat(
                    values[control.name] ?? [],
                    control.value
                );
        });
        memory.set(key, JSON.stringify(values));
    });
    form.addEventListener("submit", () => memory.set(SENT, key));
}
