// file.ts -- says which files were chosen, and refuses one too large before it travels.
import { find, make, size, words } from "./page";

export function file(root: HTMLElement): void {
    const input =
        root instanceof HTMLInputElement
            ? root
            : find<HTMLInputElement>(root, 'input[type="file"]');
    if (!input) return;
    const field = input.closest<HTMLElement>(".field") || input.parentElement;
    const max = Number(input.dataset.bytesMax) || Infinity;
    const chosen = make("ul", "files");
    const wrong = make("p", "wrong");
    wrong.id = input.id + "-large";
    wrong.setAttribute("role", "alert");
    wrong.hidden = true;
    input.before(wrong);
    input.after(chosen);

    input.addEventListener("change", () => {
        const files = Array.from(input.files || []);
        const large = files.find((one) => one.size > max);
        const text = large ? words(root, "large", large.name, size(large.size), size(max)) : "";
        chosen.textContent = "";
        if (!large)
            files.forEach((one) =>
                chosen.append(make("li", "", `${one.name} (${size(one.size)})`))
            );
        wrong.hidden = !large;
        wrong.textContent = text;
        if (field) field.classList.toggle("field-wrong", !!large);
        // Not sent, and not left looking as if it were chosen.
        if (large) input.value = "";
    });
    // Sent all the same there would be nothing in it, and the page would say to choose a file.
    input.form?.addEventListener("submit", (event) => {
        if (wrong.hidden || input.files?.length) return;
        event.preventDefault();
        input.focus();
    });
}
