// exit.ts -- leaves this page at once and leaves nothing of it in the tab: for those who may be
// watched.  Three presses of Shift, or the button.

const PRESSES = 3;
const WITHIN_MS = 3000;

export function exit(root: HTMLElement): void {
    const url = root.dataset.exit || root.getAttribute("href") || "";
    if (!url) return;
    let presses = 0;
    let timer = 0;
    function leave(): void {
        document.documentElement.hidden = true;
        document.title = "";
        try {
            sessionStorage.clear();
        } catch {
            /* nothing was kept */
        }
        location.replace(url);
    }
    root.addEventListener("click", (event) => {
        event.preventDefault();
        leave();
    });
    document.addEventListener("keydown", (event) => {
        if (event.repeat) return;
        clearTimeout(timer);
        presses = event.key === "Shift" ? presses + 1 : 0;
        if (presses >= PRESSES) leave();
        timer = setTimeout(() => (presses = 0), WITHIN_MS);
    });
    // Shown again from the back-forward cache: it must not come back.
    window.addEventListener("pageshow", (event) => {
        if (event.persisted && document.documentElement.hidden) location.replace(url);
    });
}
