// idiomorph.ts -- what stands in for idiomorph when its npm package is not installed: the region is
// replaced whole, and only while nobody is typing or standing in it.
type Callbacks = Record<string, unknown>;

export const Idiomorph = {
    morph(old: Element, fresh: Element, _options: { callbacks?: Callbacks } & object): void {
        if (!old.contains(document.activeElement)) old.replaceWith(fresh);
    },
};
