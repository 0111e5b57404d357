// board.ts -- the supervisor's board: taken anew when the server says it moved.
import { refresher } from "./refresh";
import { listen } from "./stream";

const GAP_MS = 2000;

export function board(root: HTMLElement): void {
    if (!root.id || !root.dataset.stream) return;
    const lost = document.querySelector<HTMLElement>("[data-lost]");
    const refresh = refresher("#" + root.id, GAP_MS, true, () => undefined);
    listen(root.dataset.stream, { board: refresh }, (broken) => {
        if (lost) lost.hidden = !broken;
        if (!broken) refresh();
    });
}
