// page.ts -- what every island needs of the page: its words, its requests, its title.

/** A text the server wrote on the element, with %1 %2 %3 filled in; "" if it wrote none. */
export function words(root: HTMLElement, name: string, ...values: (string | number)[]): string {
    const text = root.getAttribute("data-text-" + name) || "";
    return text.replace(/%([1-9])/g, (_, place: string) => String(values[+place - 1] ?? ""));
}

export function find<E extends HTMLElement = HTMLElement>(
    root: ParentNode,
    selector: string
): E | null {
    return root.querySelector<E>(selector);
}

export function make<K extends keyof HTMLElementTagNameMap>(
    tag: K,
    className: string,
    text?: string
): HTMLElementTagNameMap[K] {
    const element = document.createElement(tag);
    element.className = className;
    if (text) element.textContent = text;
    return element;
}

/** A POST of JSON as this page's person.  Rejects only when no answer came. */
export function post(url: string, body: unknown, key?: string): Promise<Response> {
    const csrf = find<HTMLMetaElement>(document, 'meta[name="csrf"]');
    const headers: Record<string, string> = {
        Accept: "application/json",
        "Content-Type": "application/json",
        "X-CSRF": csrf ? csrf.content : "",
    };
    if (key) headers["Idempotency-Key"] = key;
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), 20000);
    const done = () => clearTimeout(timer);
    const answer = fetch(url, {
        method: "POST",
        credentials: "same-origin",
        headers,
        body: JSON.stringify(body),
        signal: stop.signal,
    });
    answer.then(done, done);
    return answer;
}

/** A post whose failure nobody needs to hear of: a typing sign, a read position. */
export function tell(url: string | undefined, body: unknown): void {
    if (url) post(url, body).catch(() => undefined);
}

export function unique(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Storage of this tab; a browser that forbids it just forgets. */
export const memory = {
    get(key: string): string {
        try {
            return sessionStorage.getItem(key) || "";
        } catch {
            return "";
        }
    },
    set(key: string, value: string): void {
        try {
            if (value) sessionStorage.setItem(key, value);
            else sessionStorage.removeItem(key);
        } catch {
            /* forgotten */
        }
    },
};

const title = document.title;
const badges: Record<string, number> = {};

/** What waits to be seen, as a number before the title of the page. */
export function badge(source: string, count: number): void {
    badges[source] = count;
    const sum = Object.keys(badges).reduce((total, name) => total + (badges[name] ?? 0), 0);
    document.title = sum ? `(${sum}) ${title}` : title;
}

export function size(bytes: number): string {
    return bytes < 1e6
        ? Math.max(1, Math.round(bytes / 1024)) + " KB"
        : (bytes / 1048576).toFixed(1) + " MB";
}
