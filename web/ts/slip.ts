// slip.ts -- the picture on a slip brings its code behind '#', where no log sees it: it is put into
// the form, taken out of the address, and there is one button left to press.
import { find } from "./page";

export function slip(root: HTMLElement): void {
    const code = find<HTMLInputElement>(root, 'input[name="code"]');
    const brought = location.hash.slice(1);
    if (!code || !/^[0-9A-Za-z]{8}$/.test(brought)) return;
    history.replaceState(null, "", location.pathname + location.search);
    if (!code.value) code.value = brought.toUpperCase();
    const button = find<HTMLButtonElement>(root, 'button[type="submit"]');
    if (button) button.focus();
}
