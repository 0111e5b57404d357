// stream.ts -- server-sent events that survive: one connection for all islands that name the same
// stream, reopened by us (the browser gives up for good on any answer but 200), from the last id.
//
// 1. An event is handed on at most once for one id; after a break the server replays from `after`.
// 2. No connection is open while the page is in the back-forward cache.

export interface Heard {
    /** event name → what came with it */
    [event: string]: (data: Record<string, unknown>, id: string) => void;
}

interface Stream {
    path: string;
    query: URLSearchParams;
    after: string;
    source: EventSource | null;
    heard: Heard[];
    names: Set<string>;
    tries: number;
    timer: number;
    lost: ((broken: boolean) => void)[];
}

const streams = new Map<string, Stream>();

const WAIT_MIN_MS = 1000;
const WAIT_MAX_MS = 15000;
const TRIES_BEFORE_SAYING_SO = 2;

function say(stream: Stream, broken: boolean): void {
    stream.lost.forEach((tell) => tell(broken));
}

function close(stream: Stream): void {
    clearTimeout(stream.timer);
    if (stream.source) stream.source.close();
    stream.source = null;
}

function again(stream: Stream): void {
    close(stream);
    const most = Math.min(WAIT_MAX_MS, WAIT_MIN_MS * 2 ** stream.tries);
    stream.tries++;
    if (stream.tries >= TRIES_BEFORE_SAYING_SO) say(stream, true);
    stream.timer = setTimeout(() => open(stream), most / 2 + (Math.random() * most) / 2);
}

/** Ids are the journal's numbers: longer is later, then the greater text. */
function later(a: string, b: string): boolean {
    return a.length !== b.length ? a.length > b.length : a > b;
}

function hear(stream: Stream, name: string, event: Event): void {
    const message = event as MessageEvent<string>;
    const id = message.lastEventId;
    let data: unknown;
    try {
        data = JSON.parse(message.data);
    } catch {
        return;
    }
    if (typeof data !== "object" || data === null) return;
    stream.heard.forEach((heard) => {
        const hears = heard[name];
        if (hears) hears(data as Record<string, unknown>, id);
    });
    if (id && (!stream.after || later(id, stream.after))) stream.after = id;
}

function open(stream: Stream): void {
    close(stream);
    if (stream.after) stream.query.set("after", stream.after);
    const query = stream.query.toString();
    const source = new EventSource(stream.path + (query ? "?" + query : ""));
    stream.source = source;
    source.onopen = () => {
        const is_back = stream.tries > 0;
        stream.tries = 0;
        if (is_back) say(stream, false);
    };
    source.onerror = () => {
        if (stream.source === source) again(stream);
    };
    stream.names.forEach((name) =>
        source.addEventListener(name, (event) => {
            if (stream.source === source) hear(stream, name, event);
        })
    );
}

/** Listens to `url`.  `lost` hears true when the line stays broken, false whenever it is back. */
export function listen(url: string, heard: Heard, lost?: (broken: boolean) => void): void {
    const [path = "", text = ""] = url.split("?");
    const query = new URLSearchParams(text);
    const after = query.get("after") || "";
    let stream = streams.get(path);
    if (!stream) {
        const fresh: Stream = {
            path,
            query,
            after,
            source: null,
            heard: [],
            names: new Set(),
            tries: 0,
            timer: 0,
            lost: [],
        };
        // Every island of the page has spoken before the connection is made.
        fresh.timer = setTimeout(() => open(fresh), 0);
        streams.set(path, fresh);
        stream = fresh;
    } else if (after && (!stream.after || later(stream.after, after))) {
        stream.after = after;
    }
    stream.heard.push(heard);
    const names = stream.names;
    Object.keys(heard).forEach((name) => names.add(name));
    if (lost) stream.lost.push(lost);
}

window.addEventListener("pagehide", () => streams.forEach(close));
window.addEventListener("pageshow", (event) => {
    if (event.persisted) streams.forEach(open);
});
window.addEventListener("online", () =>
    streams.forEach((stream) => {
        if (!stream.source) open(stream);
    })
);
