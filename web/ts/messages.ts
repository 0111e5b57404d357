// messages.ts -- the list of messages: in order of seq, each once, never as markup.
import { find, make, size, words } from "./page";

export interface Message {
    seq: number;
    at: string;
    from: string;
    name: string;
    text: string;
    /** Of the text, when it cites articles of law: those have the address of one. */
    pieces?: { text: string; url: string | null }[];
    internal?: boolean;
    attachment?: { id: string; name: string; url: string; type: string; bytes: number } | null;
}

export function message_of(data: Record<string, unknown>): Message | null {
    const seq = Number(data.seq);
    if (!Number.isSafeInteger(seq)) return null;
    return { ...(data as unknown as Message), seq, text: String(data.text ?? "") };
}

function time_of(at: string): HTMLTimeElement {
    const time = make("time", "", at.slice(11, 16));
    time.dateTime = at;
    return time;
}

/** The words; a citation leads to its article, on this site and nowhere else. */
function text_of(message: Message): HTMLElement {
    const pieces = message.pieces || [];
    if (!pieces.length) return make("div", "message-text", message.text);
    const text = make("div", "message-text");
    for (const piece of pieces) {
        if (!piece.url || !/^\/laws\//.test(piece.url)) {
            text.append(piece.text);
            continue;
        }
        const link = make("a", "link", piece.text);
        link.href = piece.url;
        text.append(link);
    }
    return text;
}

export class MessageList {
    readonly list: HTMLElement;
    private readonly log: HTMLElement;
    private readonly newer: HTMLButtonElement;
    private unseen = 0;

    constructor(
        private readonly root: HTMLElement,
        list: HTMLElement
    ) {
        this.list = list;
        this.log = (list.closest(".log") as HTMLElement | null) || list;
        this.newer = make("button", "button newer");
        this.newer.type = "button";
        this.newer.hidden = true;
        this.newer.onclick = () => {
            this.to_end();
            this.log.focus({ preventScroll: true });
        };
        this.log.after(this.newer);
        const seen = () => {
            if (this.at_end()) this.clear_unseen();
        };
        this.log.addEventListener("scroll", seen, { passive: true });
        window.addEventListener("scroll", seen, { passive: true });
    }

    last_seq(): number {
        const items = this.list.querySelectorAll<HTMLElement>("[data-seq]");
        return items.length ? Number(items[items.length - 1]?.dataset.seq) : 0;
    }

    by_seq(seq: number): HTMLElement | null {
        return find(this.list, `[data-seq="${seq}"]`);
    }

    at_end(): boolean {
        const last = this.list.lastElementChild;
        if (!last) return true;
        const log = this.log;
        if (log.scrollHeight > log.clientHeight + 1 && getComputedStyle(log).overflowY === "auto")
            return log.scrollHeight - log.scrollTop - log.clientHeight < 80;
        return last.getBoundingClientRect().bottom < window.innerHeight + 40;
    }

    /** "instant" where the page opens: whoever scrolls up at once is not carried down again. */
    to_end(behavior: ScrollBehavior = "auto"): void {
        this.clear_unseen();
        this.log.scrollTop = this.log.scrollHeight;
        const last = this.list.lastElementChild;
        if (last) last.scrollIntoView({ block: "nearest", behavior });
    }

    /** Puts an item where its seq belongs; one without a seq (not yet sent) comes last. */
    place(item: HTMLElement): void {
        const seq = Number(item.dataset.seq || Infinity);
        const after = Array.from(this.list.children).find(
            (other) =>
                other !== item && Number((other as HTMLElement).dataset.seq || Infinity) > seq
        );
        if (after !== item.nextElementSibling || !item.parentNode)
            this.list.insertBefore(item, after || null);
    }

    /** Adds an item; the reader who scrolled up stays there and is told. */
    add(item: HTMLElement, mine: boolean): void {
        const stay = !mine && !this.at_end();
        this.place(item);
        if (!stay) {
            this.to_end();
            return;
        }
        this.unseen++;
        this.newer.textContent = words(this.root, "newer", this.unseen);
        this.newer.hidden = !this.newer.textContent;
    }

    private clear_unseen(): void {
        this.unseen = 0;
        this.newer.hidden = true;
    }

    draw(side: string, message: Message): HTMLElement {
        const whose =
            message.from === "system" ? "system" : message.from === side ? "mine" : "theirs";
        const item = make("li", "message message-" + whose);
        if (message.internal) item.classList.add("message-internal");
        if (whose !== "system") {
            const name =
                (message.internal && words(this.root, "internal", message.name)) ||
                message.name ||
                words(this.root, whose);
            const who = make("p", "message-who", name + " ");
            if (message.at) who.append(time_of(message.at));
            item.append(who);
        }
        item.append(text_of(message));
        const file = message.attachment;
        if (file && /^\/(?!\/)/.test(file.url)) {
            const link = make("a", "attachment", `${file.name} (${size(file.bytes)})`);
            link.href = file.url;
            item.append(link);
        }
        if (message.seq) item.dataset.seq = String(message.seq);
        return item;
    }

    /** An item that was on its way got its number and time. */
    number(item: HTMLElement, seq: number, at: string): void {
        item.dataset.seq = String(seq);
        item.classList.remove("message-pending", "message-failed");
        this.state(item, "");
        const who = find(item, ".message-who");
        if (who && at && !find(who, "time")) who.append(time_of(at));
        this.place(item);
    }

    state(item: HTMLElement, text: string): HTMLElement {
        let state = find(item, ".message-state");
        if (!state) {
            state = make("span", "message-state");
            item.append(state);
        }
        state.textContent = text;
        return state;
    }
}
