// outbox.ts -- texts on their way to the server, kept in the tab until it said 201.
import { Message, MessageList } from "./messages";
import { make, memory, post, unique, words } from "./page";

interface Item {
    key: string;
    text: string;
    internal: boolean;
}

interface Answer {
    seq?: number;
    at?: string;
    detail?: string;
    title?: string;
}

const TRIES_MAX = 5;
const WAIT_MAX_SECONDS = 60;

export class Outbox {
    private items: Item[] = [];
    private readonly drawn = new Map<string, HTMLElement>();
    private readonly where: string;
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
        const item = { key: unique(), text, internal };
        this.list.list.querySelectorAll(".message-refused").forEach((old) => old.remove());
        this.items.push(item);
        this.keep();
        this.send(item);
    }

    /** What a reload or a crash of the tab left unsent: shown again, sent if the writer says so. */
    restore(): void {
        try {
            this.items = JSON.parse(memory.get(this.where) || "[]") as Item[];
        } catch {
            this.items = [];
        }
        this.items.forEach((item) => this.fail(item, ""));
    }

    /** The line is back: whatever failed for want of it goes out, with the key it had. */
    again(): void {
        this.items.forEach((item) => {
            if (this.draw(item).classList.contains("message-unheard")) this.send(item);
        });
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

    private send(item: Item, tries = 1): void {
        const drawn = this.draw(item);
        drawn.classList.remove("message-failed", "message-unheard");
        drawn.classList.add("message-pending");
        this.list.state(drawn, words(this.root, "sending"));
        const body = item.internal ? { text: item.text, internal: true } : { text: item.text };
        post(this.root.dataset.post || "", body, item.key).then(
            (answer) => this.answered(item, tries, answer),
            () => {
                this.fail(item, "");
                this.draw(item).classList.add("message-unheard");
            }
        );
    }

    private async answered(item: Item, tries: number, response: Response): Promise<void> {
        const answer = (await response.json().catch(() => ({}))) as Answer;
        const drawn = this.draw(item);
        if (response.ok && answer.seq) {
            this.drop(item);
            // The stream may have been faster, under the same number.
            const same = this.list.by_seq(answer.seq);
            if (same && same !== drawn) drawn.remove();
            else if (!drawn.dataset.seq) this.list.number(drawn, answer.seq, answer.at || "");
            return;
        }
        const wait = Number(response.headers.get("Retry-After"));
        if ((response.status === 429 || response.status === 503) && tries < TRIES_MAX) {
            const seconds = Math.min(Math.max(wait, 1), WAIT_MAX_SECONDS);
            setTimeout(() => this.send(item, tries + 1), seconds * 1000);
            return;
        }
        const why = answer.detail || answer.title || "";
        this.fail(item, why);
        if (response.status === 422 && this.give_back(item.text)) {
            this.drop(item);
            drawn.classList.add("message-refused");
            drawn.querySelector("button")?.remove();
        }
    }

    private fail(item: Item, why: string): void {
        const drawn = this.draw(item);
        if (drawn.dataset.seq) return;
        drawn.classList.remove("message-pending");
        drawn.classList.add("message-failed");
        const state = this.list.state(drawn, (why || words(this.root, "failed")) + " ");
        const again = words(this.root, "again");
        const button = make("button", "button button-quiet button-small", again);
        button.type = "button";
        button.onclick = () => this.send(item);
        state.append(button);
    }
}
