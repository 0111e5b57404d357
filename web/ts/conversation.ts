// conversation.ts -- a talk between a resident and a consultant, for either side.
//
// The form works without any of this.  Taken over, it
// 1. never loses a text: it stays in the tab (draft, then outbox) until the server answered 201;
// 2. never sends twice: a text keeps its Idempotency-Key however often it is sent again;
// 3. shows messages in order of seq, each once, and keeps the reader's place.
import { Message, message_of, MessageList } from "./messages";
import { Outbox } from "./outbox";
import { badge, find, make, memory, tell, words } from "./page";
import { listen } from "./stream";

const TYPING_GAP_MS = 4000;
const TYPING_SHOWN_MS = 6000;
const READ_WAIT_MS = 800;
const LEAVING_MS = 10000;

function same_talk(root: HTMLElement, data: Record<string, unknown>): boolean {
    // A consultant's stream carries all of the consultant's talks.
    return data.reference === undefined || data.reference === root.dataset.reference;
}

/** What comes back shows who is writing (a resident has no name), or with null nobody any more. */
function typing(
    root: HTMLElement,
    area: HTMLTextAreaElement | null
): (name: string | null) => void {
    const shown = find(root, "[data-typing-shown]");
    let told = 0;
    let timer = 0;
    if (area)
        area.addEventListener("input", () => {
            const now = Date.now();
            if (!area.value || now - told < TYPING_GAP_MS) return;
            told = now;
            tell(root.dataset.typing, {});
        });
    return (name) => {
        if (!shown) return;
        clearTimeout(timer);
        const text = name === null ? "" : words(root, "typing", name);
        shown.hidden = !text;
        if (!text) return;
        shown.textContent = text;
        timer = setTimeout(() => (shown.hidden = true), TYPING_SHOWN_MS);
    };
}

/** Tells the server how far this reader has read. */
function reading(root: HTMLElement, list: MessageList): () => void {
    let told = 0;
    let timer = 0;
    const look = () => {
        clearTimeout(timer);
        timer = setTimeout(() => {
            const seq = list.last_seq();
            if (document.hidden || seq <= told || !list.at_end()) return;
            told = seq;
            tell(root.dataset.read, { seq });
        }, READ_WAIT_MS);
    };
    document.addEventListener("visibilitychange", look);
    window.addEventListener("focus", look);
    document.addEventListener("scroll", look, { passive: true, capture: true });
    return look;
}

/** Marks the newest own message the other side has read. */
function mark_read(root: HTMLElement, list: MessageList, seq: number): void {
    const text = words(root, "read");
    if (!text || !seq) return;
    let newest: HTMLElement | null = null;
    list.list.querySelectorAll<HTMLElement>(".message-mine[data-seq]").forEach((item) => {
        if (Number(item.dataset.seq) > seq) return;
        const state = find(item, ".message-state");
        if (state && state.textContent === text) state.textContent = "";
        newest = item;
    });
    if (newest) list.state(newest, text);
}

/** Whether a form of this page is on its way: its answer shows what has changed, and loading the
 *  page anew would cut it off. */
function leaving(): () => boolean {
    let since = 0;
    document.addEventListener("submit", (event) => {
        if (!event.defaultPrevented) since = Date.now();
    });
    return () => Date.now() - since < LEAVING_MS;
}

/** The page shows another state than the server has: take the page anew, unless that would take
 *  words out of somebody's hands. */
function state_changed(root: HTMLElement, state: string, id: string, busy: () => boolean): void {
    const shown = root.dataset.state;
    if (!state || !shown || shown.split(" ").indexOf(state) >= 0) return;
    const mark = "reloaded:" + root.dataset.reference;
    const sign = state + ":" + id;
    if (!busy() && memory.get(mark) !== sign) {
        memory.set(mark, sign);
        history.scrollRestoration = "manual"; // what changed stands at the top
        location.reload();
        return;
    }
    if (find(root, "[data-state-note]")) return;
    const note = make("p", "note note-warn", words(root, "state") + " ");
    note.setAttribute("role", "status");
    note.setAttribute("data-state-note", "");
    const link = make("a", "link", words(root, "reload"));
    link.href = location.href;
    link.addEventListener("click", (event) => {
        event.preventDefault();
        location.reload();
    });
    note.append(link);
    const form = find(root, "form.composer");
    root.insertBefore(note, form && form.parentNode === root ? form : null);
}

function composer(
    root: HTMLElement,
    form: HTMLFormElement,
    area: HTMLTextAreaElement,
    box: Outbox
): void {
    const draft = `draft:${root.dataset.reference}:${root.dataset.side}`;
    if (!area.value) area.value = memory.get(draft);
    area.addEventListener("input", () => memory.set(draft, area.value));
    form.addEventListener("submit", (event) => {
        event.preventDefault();
        const text = area.value.trim();
        if (!text) {
            area.focus();
            return;
        }
        const inner = find<HTMLInputElement>(form, 'input[name="internal"]');
        box.put(text, !!inner && inner.checked);
        if (inner) inner.checked = false; // as without scripts: the next is for the resident
        area.value = "";
        memory.set(draft, "");
        area.focus();
    });
    box.give_back = (text) => {
        if (area.value) return false;
        area.value = text;
        memory.set(draft, text);
        area.focus();
        return true;
    };
    if (root.dataset.side !== "consultant" || matchMedia("(pointer: coarse)").matches) return;
    area.addEventListener("keydown", (event) => {
        // 229: an input method is still composing; its Enter chooses a word.
        if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229)
            return;
        event.preventDefault();
        form.requestSubmit ? form.requestSubmit() : find(form, "[type=submit]")?.click();
    });
}

export function conversation(root: HTMLElement): void {
    const ol = find(root, "ol.messages");
    if (!ol || !root.dataset.stream) return;
    const side = root.dataset.side || "resident";
    const list = new MessageList(root, ol);
    const form = find<HTMLFormElement>(root, "form.composer");
    const area = form && find<HTMLTextAreaElement>(form, "textarea");
    const box = new Outbox(root, list, side);
    const show_typing = typing(root, area);
    const look = reading(root, list);
    const is_leaving = leaving();
    let unread = 0;

    if (form && area && root.dataset.post) composer(root, form, area, box);
    document.addEventListener("visibilitychange", () => {
        if (!document.hidden) badge("messages", (unread = 0));
    });

    function hear(message: Message): void {
        const mine = message.from === side;
        if (list.by_seq(message.seq) || (mine && box.settle_by_text(message))) return;
        list.add(list.draw(side, message), false);
        if (!mine) show_typing(null);
        if (!mine && message.from !== "system" && document.hidden) badge("messages", ++unread);
        look();
    }
    const lost = find(root, "[data-lost]");
    listen(
        root.dataset.stream,
        {
            message: (data) => {
                const message = same_talk(root, data) ? message_of(data) : null;
                if (message) hear(message);
            },
            typing: (data) => {
                if (same_talk(root, data) && data.from !== side)
                    show_typing(String(data.name || ""));
            },
            read: (data) => {
                if (same_talk(root, data) && data.from !== side)
                    mark_read(root, list, Number(data.seq));
            },
            state: (data, id) => {
                const busy = () => box.busy() || !!(area && area.value.trim());
                if (same_talk(root, data) && !is_leaving())
                    state_changed(root, String(data.state), id, busy);
            },
        },
        (broken) => {
            if (lost) lost.hidden = !broken;
            if (!broken) box.again();
        }
    );
    mark_read(root, list, Number(root.dataset.readByOther));
    box.restore();
    // Who waits, or reads a receipt or an answer, begins at the top of the page.
    const talks = side === "consultant" || root.dataset.state === "talking";
    const wrong = find(document, ".wrong-summary");
    if (talks && !location.hash && !wrong && ol.children.length) list.to_end("instant");
    // At the desk one opens a conversation to write in it; a phone's keyboard stays down.
    const is_phone = matchMedia("(pointer: coarse)").matches;
    if (side === "consultant" && area && !location.hash && !wrong && !is_phone)
        area.focus({ preventScroll: true });
    look();
}
