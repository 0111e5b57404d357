// board.ts -- the supervisor's board: taken anew when the server says it moved.
import { refresher } from "./refresh";
import { listen } from "./stream";

// With what the server waits before it tells, and the time to make a page, less than a second.
const GAP_MS = 400;

export function board(root: HTMLElement): void {
    if (!root.id || !root.dataset.stream) return;
    const lost = document.querySelector<HTMLElement>("[data-lost]");
    const refresh = refresher("#" + root.id, GAP_MS, true, () => undefined);
    listen(root.dataset.stream, { board: refresh }, (broken) => {
        if (lost) lost.hidden = !broken;
        if (!broken) refresh();
    });
}
