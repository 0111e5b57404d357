// objects.mjs -- an appointment in the stage each route needs; see journey/lib/objects.mjs.
const item = "legal-aid-civil";

/** The clerk's hall, its line for legal aid, and a free time there. */
async function place(o) {
  const { admin, clerk, nobody } = o.clients;
  const { hall } = await clerk.get("/window");
  const { lines } = await admin.get(`/admin/halls/${hall}/appointments`);
  const { line } = lines.find(({ letter }) => letter === "B");
  const path = `/appointments/new?item=${item}&line=${line}`;
  const { days } = (await nobody.get(path)).times;
  // Of the second day: none of its times begins meanwhile.
  const { times } = await nobody.get(`${path}&day=${days[1].day}`);
  return { hall, line, slots: times.slots.map(({ slot }) => slot) };
}

/** Of the resident's; with a number nobody else of the walk has. */
async function kept(o, { booked = true, body } = {}) {
  const { line, slots } = await place(o);
  const { resident } = o.clients;
  const { reference } = await resident.post("/appointments", { item, line, slot: slots[0] }, 201);
  const phone = `1390077${String(1000 + o.made).slice(-4)}`;
  if (booked) await resident.post(`/appointments/${reference}/book`, { name: "张三", phone });
  return { places: { reference }, body: body?.(slots, phone) };
}

/** At the clerk's hall, the earliest there is. */
async function coming(o) {
  const { places } = await kept(o);
  const { starts_at } = await o.clients.resident.get(`/appointments/${places.reference}`);
  const { appointments } = await o.clients.clerk.get(`/window/appointments?day=${starts_at.slice(0, 10)}`);
  const found = appointments.find(({ reference }) => reference === places.reference);
  return { places: { appointment: found.appointment } };
}

const plan = { is_published: true, slot_minutes: 30, places: 2, ahead_days: 14, items: [item] };
const ofHall = async (o, body) => {
  const { hall, line } = await place(o);
  return { places: { hall, line }, body };
};

export const makers = {
  "/appointments": async (o, kind) => {
    if (kind !== "POST") return {};
    const { line, slots } = await place(o);
    return { body: { item, line, slot: slots[0] } };
  },
  "/appointments/{reference}": (o) => o.once("appointment", () => kept(o)),
  "/appointments/{reference}/times": (o) => o.once("appointment", () => kept(o)),
  "/appointments/{reference}/book": (o) =>
    kept(o, { booked: false, body: (_, phone) => ({ name: "张三", phone }) }),
  "/appointments/{reference}/move": (o) => kept(o, { body: (slots) => ({ slot: slots.at(-1) }) }),
  "/appointments/{reference}/cancel": (o) => kept(o),
  "/window/appointments/{appointment}/here": coming,
  "/window/appointments/{appointment}/absent": coming,
  "/window/appointments/{appointment}/undo": coming,
  "/admin/halls/{hall}/appointments": (o) => ofHall(o),
  "/admin/halls/{hall}/appointments/{line}": (o, kind) => ofHall(o, kind === "POST" ? plan : undefined),
};
