// outbox.ts -- texts on their way to the server, kept in the tab until it said 201.
//
// 1. One text is on its way at a time, so they are kept in the order they were written in.
// 2. A text that got no answer stops all behind it: none of them overtakes it.  They go out in
//    order when the line is back, when something more is written, or when the writer says so.
// 3. A text that was refused stops nothing: what is written after it goes on its way.
import { Message, MessageList } from "./messages";
import { make, memory, post, unique, words } from "./page";

interface Item {
    key: string;
    text: string;
    internal: boolean;
    /** It goes as soon as those before it went; unheard: no answer came; else the writer decides. */
    is?: "next" | "unheard" | "stopped";
}

interface Answer {
    seq?: number;
    at?: string;
    detail?: string;
    title?: string;
}

const TRIES_MAX = 5;
const WAIT_MAX_SECONDS = 60;
/** Answers of a server that is too busy, or of the front while there is none. */
const NOT_NOW = [429, 502, 503, 504];

export class Outbox {
    private items: Item[] = [];
    private readonly drawn = new Map<string, HTMLElement>();
    private readonly where: string;
    private is_sending = false;
    private is_back = false; // the line came back while a text was on its way
    /** Puts a refused text back under the writer's hands; false if there is no room for it. */
    give_back: (text: string) => boolean = () => false;

    constructor(
        private readonly root: HTMLElement,
        private readonly list: MessageList,
        private readonly side: string
    ) {
        this.where = `outbox:${root.dataset.reference}:${side}`;
    }

    busy(): boolean {
        return this.items.length > 0;
    }

    put(text: string, internal: boolean): void {
        const item: Item = { key: unique(), text, internal };
        this.list.list.querySelectorAll(".message-refused").forEach((old) => old.remove());
        this.items.push(item);
        this.keep();
        this.go(item);
    }

    /** What a reload or a crash of the tab left unsent: shown again, sent if the writer says so. */
    restore(): void {
        try {
            this.items = JSON.parse(memory.get(this.where) || "[]") as Item[];
        } catch {
            this.items = [];
        }
        this.items.forEach((item) => this.stop(item, "stopped"));
    }

    /** The line is back: whatever failed for want of it goes out, with the key it had. */
    again(): void {
        this.is_back = true;
        this.go();
    }

    /** The stream brought an own message: it may be one of these, faster than its answer. */
    settle_by_text(message: Message): boolean {
        const item = this.items.find(
            (one) => one.text === message.text && !this.draw(one).dataset.seq
        );
        if (!item) return false;
        this.list.number(this.draw(item), message.seq, message.at);
        this.drop(item);
        return true;
    }

    private keep(): void {
        memory.set(this.where, this.items.length ? JSON.stringify(this.items) : "");
    }

    private drop(item: Item): void {
        this.items = this.items.filter((one) => one !== item);
        this.keep();
    }

    private draw(item: Item): HTMLElement {
        let drawn = this.drawn.get(item.key);
        if (!drawn) {
            drawn = this.list.draw(this.side, {
                seq: 0,
                at: "",
                from: this.side,
                name: words(this.root, "mine"),
                text: item.text,
                internal: item.internal,
            });
            this.drawn.set(item.key, drawn);
            this.list.add(drawn, true);
        }
        return drawn;
    }

    /** Sends what may go, this text among it; whatever got no answer goes before it. */
    private go(wanted?: Item): void {
        this.items.forEach((item) => {
            if (item === wanted || item.is === "unheard") this.wait(item);
        });
        this.next();
    }

    private wait(item: Item): void {
        const drawn = this.draw(item);
        item.is = "next";
        drawn.classList.remove("message-failed");
        drawn.classList.add("message-pending");
        this.list.state(drawn, words(this.root, "sending"));
    }

    private next(): void {
        const item = this.items.find((one) => one.is === "next");
        if (this.is_sending || !item) return;
        this.is_sending = true;
        this.is_back = false;
        this.send(item, 1);
    }

    private send(item: Item, tries: number): void {
        const body = item.internal ? { text: item.text, internal: true } : { text: item.text };
        const over = (): void => {
            this.is_sending = false;
            this.next();
        };
        post(this.root.dataset.post || "", body, item.key)
            .then((answer) => this.answered(item, tries, answer))
            .catch(() => this.hold(""))
            .then((is_over) => is_over && over());
    }

    /** False if the same text is to be sent again after a while, and all behind it wait for that. */
    private async answered(item: Item, tries: number, response: Response): Promise<boolean> {
        const answer = (await response.json().catch(() => ({}))) as Answer;
        const drawn = this.draw(item);
        if (response.ok && answer.seq) {
            this.drop(item);
            // The stream may have been faster, under the same number.
            const same = this.list.by_seq(answer.seq);
            if (same && same !== drawn) drawn.remove();
            else if (!drawn.dataset.seq) this.list.number(drawn, answer.seq, answer.at || "");
            return true;
        }
        const why = answer.detail || answer.title || "";
        if (NOT_NOW.indexOf(response.status) >= 0) {
            const wait = Number(response.headers.get("Retry-After"));
            if (tries >= TRIES_MAX) return this.hold(why);
            const seconds = Math.min(Math.max(wait, 1), WAIT_MAX_SECONDS);
            setTimeout(() => this.send(item, tries + 1), seconds * 1000);
            return false;
        }
        this.stop(item, "stopped", why);
        if (response.status === 422 && this.give_back(item.text)) {
            this.drop(item);
            drawn.classList.add("message-refused");
            drawn.querySelector("button")?.remove();
        }
        return true;
    }

    /** No answer: this text and all behind it wait, unless the line came back meanwhile. */
    private hold(why: string): true {
        if (this.is_back) return true;
        this.items.forEach((item) => {
            if (item.is === "next") this.stop(item, "unheard", why);
        });
        return true;
    }

    private stop(item: Item, is: "unheard" | "stopped", why = ""): void {
        const drawn = this.draw(item);
        item.is = is;
        if (drawn.dataset.seq) return;
        drawn.classList.remove("message-pending");
        drawn.classList.add("message-failed");
        const state = this.list.state(drawn, (why || words(this.root, "failed")) + " ");
        const again = words(this.root, "again");
        const button = make("button", "button button-quiet button-small", again);
        button.type = "button";
        button.onclick = () => this.go(item);
        state.append(button);
    }
}
