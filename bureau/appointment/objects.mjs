// objects.mjs -- an appointment in the stage each route needs; see journey/lib/objects.mjs.
const item = "legal-aid-civil";

/** The clerk's hall, its line for legal aid, and free times there. */
async function found(o) {
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

/** As it was before the walk closed the hall. */
const place = (o) => o.appointmentPlace;

/** Of the resident's; with a number nobody else of the walk has. */
async function kept(o, { booked = true, body } = {}) {
  const { line, slots } = place(o);
  const { resident } = o.clients;
  const { reference } = await resident.post("/appointments", { item, line, slot: slots[o.slotsUsed++] }, 201);
  const phone = `1390077${1000 + o.slotsUsed}`;
  if (booked) await resident.post(`/appointments/${reference}/book`, { name: "张三", phone });
  return { places: { reference }, body: body?.(slots, phone) };
}

/** At the clerk's hall, the earliest there is. */
async function coming(o) {
  const { places } = await kept(o);
  const { starts_at } = await o.clients.resident.get(`/appointments/${places.reference}`);
  const { appointments } = await o.clients.clerk.get(`/window/appointments?day=${starts_at.slice(0, 10)}`);
  const mine = appointments.find(({ reference }) => reference === places.reference);
  return { places: { appointment: mine.appointment } };
}

const plan = { is_published: true, slot_minutes: 30, places: 2, ahead_days: 14, items: [item] };
const ofHall = async (o, body) => {
  const { hall, line } = place(o);
  return { places: { hall, line }, body };
};

/** While the hall is open. */
export async function prepare(o) {
  o.appointmentPlace = await found(o);
  o.slotsUsed = 0;
  o.appointments = {
    one: await kept(o),
    move: await kept(o, { body: (slots) => ({ slot: slots.at(-1) }) }),
    cancel: await kept(o),
    coming: await coming(o),
    book: await kept(o, { booked: false, body: (_, phone) => ({ name: "张三", phone }) }),
  };
}

export const makers = {
  "/appointments": async (o, kind) => {
    if (kind !== "POST") return {};
    const { line, slots } = place(o);
    return { body: { item, line, slot: slots.at(-2) } };
  },
  "/appointments/{reference}": async (o) => o.appointments.one,
  "/appointments/{reference}/times": async (o) => o.appointments.one,
  "/appointments/{reference}/book": async (o) => o.appointments.book,
  "/appointments/{reference}/move": async (o) => o.appointments.move,
  "/appointments/{reference}/cancel": async (o) => o.appointments.cancel,
  "/window/appointments/{appointment}/here": async (o) => o.appointments.coming,
  "/window/appointments/{appointment}/absent": async (o) => o.appointments.coming,
  "/window/appointments/{appointment}/undo": async (o) => o.appointments.coming,
  "/admin/halls/{hall}/appointments": (o) => ofHall(o),
  "/admin/halls/{hall}/appointments/{line}": (o, kind) => ofHall(o, kind === "POST" ? plan : undefined),
};
