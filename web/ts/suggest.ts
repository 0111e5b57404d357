// suggest.ts -- names for what is being typed, below a box for searching: a combobox with a list
// (WAI-ARIA APG).  The focus stays in the box; choosing a name looks for it.
import { find, make, words } from "./page";

interface Suggestion {
    text: string;
    kind_name: string;
}

const PAUSE = 150;

export function suggest(form: HTMLElement): void {
    const input = find<HTMLInputElement>(form, "input[type=search]");
    const from = form.dataset.from;
    if (!(form instanceof HTMLFormElement) || !input || !from) return;
    const list = make("ul", "suggest");
    const said = make("p", "visually-hidden");
    let timer = 0;
    let asking: AbortController | null = null;
    let at = -1;

    list.id = input.id + "-suggest";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", words(form, "label"));
    said.setAttribute("role", "status");
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    input.after(list);
    form.append(said);

    const options = () => Array.from(list.children) as HTMLElement[];

    function mark(next: number): void {
        options().forEach((option, i) =>
            option.setAttribute("aria-selected", i === next ? "true" : "false")
        );
        at = next;
        const option = options()[at];
        if (!option) return input!.removeAttribute("aria-activedescendant");
        input!.setAttribute("aria-activedescendant", option.id);
        option.scrollIntoView({ block: "nearest" });
    }

    function show(open: boolean): void {
        list.hidden = !open;
        input!.setAttribute("aria-expanded", open ? "true" : "false");
        if (open) list.style.top = input!.offsetTop + input!.offsetHeight + "px";
        mark(-1);
    }

    function close(): void {
        clearTimeout(timer);
        asking?.abort();
        said.textContent = "";
        show(false);
    }

    function draw(all: Suggestion[]): void {
        list.textContent = "";
        all.forEach((one, i) => {
            const option = make("li", "suggest-one");
            option.id = `${list.id}-${i}`;
            option.setAttribute("role", "option");
            option.append(
                make("span", "suggest-text", one.text),
                make("span", "suggest-kind", one.kind_name)
            );
            list.append(option);
        });
        said.textContent = all.length ? words(form, "count", all.length) : "";
        show(all.length > 0);
    }

    function look(): void {
        const typed = input!.value.trim();
        clearTimeout(timer);
        asking?.abort();
        if (!typed) return close();
        timer = window.setTimeout(() => {
            const mine = (asking = new AbortController());
            fetch(`${from}?q=${encodeURIComponent(typed)}`, {
                headers: { Accept: "application/json" },
                credentials: "same-origin",
                signal: mine.signal,
            })
                .then((answer) => (answer.ok ? answer.json() : { suggestions: [] }))
                .then((told: { suggestions: Suggestion[] }) => {
                    if (asking === mine && document.activeElement === input)
                        draw(told.suggestions);
                })
                .catch(() => undefined); // without an answer the box is as it was
        }, PAUSE);
    }

    function choose(option: HTMLElement): void {
        input!.value = find(option, ".suggest-text")?.textContent || "";
        close();
        (form as HTMLFormElement).submit();
    }

    input.addEventListener("input", (event) => {
        if (!(event as InputEvent).isComposing) look();
    });
    input.addEventListener("compositionend", look);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
        const count = options().length;
        if (event.isComposing || event.ctrlKey || event.metaKey) return;
        if (event.key === "ArrowDown" || event.key === "ArrowUp") {
            if (!count) return;
            event.preventDefault();
            if (list.hidden) show(true);
            if (event.altKey) return;
            if (event.key === "ArrowDown") mark(at + 1 < count ? at + 1 : -1);
            else mark(at < 0 ? count - 1 : at - 1);
        } else if (event.key === "Escape" && !list.hidden) {
            event.preventDefault(); // the first closes the list, the next empties the box
            close();
        } else if (event.key === "Enter" && !list.hidden && at >= 0) {
            event.preventDefault();
            choose(options()[at]!);
        } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
            mark(-1); // the cursor moves in what was typed
        }
    });
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
        const option = (event.target as Element).closest<HTMLElement>("[role=option]");
        if (option) choose(option);
    });
    window.addEventListener("pagehide", close);
}
