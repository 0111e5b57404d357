// loose.mjs -- what a story that failed leaves behind: it is ended with its server, or node would
// wait for a heartbeat or a stream for ever.
const loose = new Map(); // address of a server -> what is still under way there

export function remember(url, end) {
  if (!loose.has(url)) loose.set(url, new Set());
  loose.get(url).add(end);
}

export async function endLoose(url) {
  const ends = [...(loose.get(url) ?? [])];
  loose.delete(url);
  await Promise.allSettled(ends.map((end) => end()));
}
