// waiting.ts -- the place in the queue moves while the resident looks at it.
import { find, words } from "./page";
import { listen } from "./stream";

const ANNOUNCE_GAP_MS = 30000;

interface Wait {
    low: number;
    high: number;
}

function wait_text(root: HTMLElement, wait: Wait | null): string {
    if (!wait) return words(root, "wait-none");
    const low = Math.max(1, Math.round(wait.low / 60));
    const high = Math.max(low, Math.ceil(wait.high / 60));
    return low === high ? words(root, "wait-one", low) : words(root, "wait", low, high);
}

export function waiting(root: HTMLElement): void {
    if (!root.dataset.stream) return;
    const announce = find(root, "[data-announce]");
    let said = Date.now();
    let timer = 0;
    const put = (name: string, text: string) => {
        const place = find(root, `[data-${name}]`);
        if (place && text) place.textContent = text;
    };
    function speak(text: string): void {
        if (!announce) return;
        clearTimeout(timer);
        const rest = said + ANNOUNCE_GAP_MS - Date.now();
        timer = setTimeout(() => {
            said = Date.now();
            announce.textContent = text;
        }, Math.max(0, rest));
    }
    listen(root.dataset.stream, {
        place: (data) => {
            if (data.ticket_state) {
                const state = String(data.ticket_state);
                const line = find(root, "[data-line]");
                const told =
                    state === "called" ? words(root, "called", Number(data.window)) : words(root, "missed");
                const call = find(root, "[data-call]");
                if (line) line.hidden = state !== "waiting";
                if (call) call.textContent = state === "waiting" ? "" : told;
                // Came with a page that had no line to show again.
                if (!line && state === "waiting") location.reload();
                if (state !== "waiting") return speak(told);
            }
            const ahead = Number(data.ahead);
            const wait = wait_text(root, data.wait_seconds as Wait | null);
            put("place", words(root, "place", Number(data.place)));
            put("ahead", words(root, "ahead", ahead));
            put("wait", (ahead === 0 && words(root, "first")) || wait);
            const crowded = find(document, "[data-crowded]");
            if (crowded) crowded.hidden = !data.is_crowded;
            const place = find(root, "[data-place]");
            speak(`${place ? place.textContent : ""} ${words(root, "ahead-said", ahead)} ${wait}`);
        },
        state: (data) => {
            const shown = root.dataset.state;
            if (!shown || !data.state) return;
            // A conversation on the same page decides for itself: it may hold typed words.
            if (find(document, "[data-island=conversation]")) return;
            if (shown.split(" ").indexOf(String(data.state)) < 0) location.reload();
        },
    });
}
