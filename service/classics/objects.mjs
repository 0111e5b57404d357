// objects.mjs -- rounds of the ten best cases, and what is nominated; see journey/lib/objects.mjs.
const day = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const plan = { title: "十佳案例评选", vote_from: day(20), vote_until: day(40) };

async function opened(o) {
  const { round } = await o.clients.supervisor.need(201, "POST", "/board/classics", plan);
  return { places: { round }, body: plan };
}

/** A case everybody may read: nominated, or to be. */
async function nominated(o, { already = false } = {}) {
  const { places } = await opened(o);
  const { entry } = o.publishedAnswer.places;
  const body = { entry, why: "很多人都会遇到。" };
  if (already) await o.clients.supervisor.need(200, "POST", `/board/classics/${places.round}/nominations`, body);
  return { places: { ...places, entry }, body };
}

const one = (o) => o.once("classics", () => opened(o));
export const makers = {
  "/classics/{round}": one,
  "/classics/{round}/vote": (o) => o.once("classics vote", async () => {
    const made = await nominated(o, { already: true });
    return { ...made, body: { entry: made.places.entry } };
  }),
  "/board/classics": (_, kind) => (kind === "POST" ? { body: plan } : {}),
  "/board/classics/{round}": one,
  "/board/classics/{round}/nominations": (o) => nominated(o),
  "/board/classics/{round}/nominations/{entry}": async (o) => {
    const made = await nominated(o, { already: true });
    const path = `/board/classics/${made.places.round}/nominations/${made.places.entry}`;
    // Whose district it was asked in is told what is missing; to the other there is nothing.
    const { leader, chief } = o.clients;
    const { status } = await leader.call("POST", path, { verdict: "refuse" });
    const stand = status === 422 ? { leader: chief, chief: leader } : {};
    return { ...made, body: { verdict: "accept" }, stand };
  },
};
