// desk.ts -- the consultant's list of work stays true by itself; being here is told to the server.
import { badge, find, memory, post, words } from "./page";
import { refresher } from "./refresh";
import { listen } from "./stream";

const BEAT_MS = 30000;

function beat(root: HTMLElement, lost: (broken: boolean) => void): void {
    const url = root.dataset.presence;
    if (!url) return;
    const once = () =>
        post(url, {}).then(
            (answer) => lost(answer.status === 401 || answer.status === 403),
            () => undefined
        );
    once();
    setInterval(once, BEAT_MS);
    document.addEventListener("visibilitychange", () => {
        if (!document.hidden) once();
    });
}

/** Seconds left to take an offer, by the server's clock. */
function countdown(work: () => HTMLElement | null, over: () => void): void {
    let asked = "";
    const root = work();
    const ahead = root && root.dataset.now ? Date.parse(root.dataset.now) - Date.now() : 0;
    const tick = () => {
        const list = work();
        if (!list) return;
        list.querySelectorAll<HTMLElement>("[data-until]").forEach((offer) => {
            const until = offer.dataset.until || "";
            const left = Math.ceil((Date.parse(until) - Date.now() - ahead) / 1000);
            const shown = find(offer, "[data-left]");
            const text = left > 0 ? words(list, "left", left) : words(list, "over");
            if (shown && text) shown.textContent = text;
            offer.classList.toggle("offer-over", left <= 0);
            if (left <= -2 && asked !== offer.id + until) {
                asked = offer.id + until;
                over();
            }
        });
        badge("offers", list.querySelectorAll("[data-until]:not(.offer-over)").length);
    };
    tick();
    setInterval(tick, 1000);
}

/** Two soft tones for an offer; off until asked for, and remembered in this tab only. */
function sound(): () => void {
    let context: AudioContext | null = null;
    const button = () => find<HTMLButtonElement>(document, "button[data-sound]");
    const is_on = () => memory.get("sound") === "on";
    const show = () => {
        const shown = button();
        if (!shown) return;
        shown.hidden = false;
        shown.setAttribute("aria-pressed", String(is_on()));
    };
    function play(): void {
        show();
        if (!is_on()) return;
        context = context || new AudioContext();
        const start = context.currentTime;
        [660, 880].forEach((pitch, place) => {
            if (!context) return;
            const tone = context.createOscillator();
            const loud = context.createGain();
            tone.frequency.value = pitch;
            loud.gain.setValueAtTime(0.12, start + place * 0.18);
            loud.gain.exponentialRampToValueAtTime(0.001, start + place * 0.18 + 0.3);
            tone.connect(loud).connect(context.destination);
            tone.start(start + place * 0.18);
            tone.stop(start + place * 0.18 + 0.32);
        });
    }
    document.addEventListener("click", (event) => {
        const shown = button();
        if (!shown || !shown.contains(event.target as Node)) return;
        memory.set("sound", is_on() ? "" : "on");
        play();
    });
    show();
    return play;
}

function keys(): void {
    document.addEventListener("keydown", (event) => {
        const target = event.target as HTMLElement;
        const writes = /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
        const slash = event.key === "/" || event.code === "Slash";
        // A single key only while the focus is in the desk: WCAG 2.1.4.
        if (slash && (event.altKey || (!writes && target.closest(".desk")))) {
            const filter = find(document, ".canned [data-filter]");
            if (!filter) return;
            event.preventDefault();
            const folded = filter.closest("details");
            if (folded) folded.open = true;
            filter.focus();
            return;
        }
        if (event.altKey && !event.ctrlKey && !event.metaKey && event.code === "KeyA") {
            const take = find(document, ".desk-offers .offer:not(.offer-over) .button");
            if (!take) return;
            event.preventDefault();
            take.focus();
            return;
        }
        const digit = /^Digit([0-9])$/.exec(event.code);
        if (!event.altKey || event.ctrlKey || event.metaKey || !digit) return;
        const number = Number(digit[1]);
        const items = document.querySelectorAll<HTMLElement>(".desk-item");
        const link = number ? items[number - 1] : find(document, "a[data-desk-home]");
        if (!link) return;
        event.preventDefault();
        link.click();
    });
}

export function desk(root: HTMLElement): void {
    const id = root.id || "desk-work";
    const play = sound();
    const lost_note = find(root, "[data-lost]") || find(document, "[data-desk-lost]");
    const lost = (broken: boolean) => {
        if (lost_note) lost_note.hidden = !broken;
    };
    const refresh = refresher(`#${id}, [data-desk-refresh]`, 500, false, () => undefined);
    if (root.dataset.stream)
        listen(
            root.dataset.stream,
            {
                offer: () => {
                    play();
                    refresh();
                },
                message: refresh,
                state: refresh,
                due: refresh,
                announcement: refresh,
            },
            (broken) => {
                lost(broken);
                if (!broken) refresh();
            }
        );
    beat(root, lost);
    countdown(() => document.getElementById(id), refresh);
    keys();
}
