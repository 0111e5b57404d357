// objects.mjs -- an appointment in the stage each route needs; see journey/lib/objects.mjs.
import { residentPhone } from "../../journey/lib/cast.mjs";

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
  // And the next of all: for it a number can be drawn by now.
  const { times: next } = await nobody.get(path);
  return { hall, line, slots: times.slots.map(({ slot }) => slot), next: next.slots[0].slot };
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

/** Booked by the clerk, at that time. */
async function typed(o, slot, phone) {
  const { clerk } = o.clients;
  const body = { item, line: place(o).line, slot, name: "李四", phone };
  return clerk.post("/window/appointments", body, 201);
}

/** With the number of the resident, who has not taken it over yet. */
async function claimed(o) {
  const { reference } = await typed(o, place(o).slots.at(-5), residentPhone);
  const { code } = await o.clients.clerk.get(`/window/appointment-slips/${reference}`);
  return { slip: reference, code };
}

/** Of the next time of all: one has drawn its number, the other has not. */
async function arriving(o) {
  const { hall, next } = place(o);
  const { clerk, nobody } = o.clients;
  const drawn = await typed(o, next);
  await nobody.post(`/halls/${hall}/arrive`, drawn, 201);
  const { reference } = await typed(o, next);
  const day = new Date((next + 8 * 3600) * 1000).toISOString().slice(0, 10);
  const { appointments } = await clerk.get(`/window/appointments?day=${day}`);
  const { appointment } = appointments.find((one) => one.reference === reference);
  return {
    drawn: { places: { hall, reference: drawn.reference } },
    hall: { places: { hall }, body: { reference } },
    number: { places: { appointment } },
  };
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
    slip: { places: await typed(o, place(o).slots.at(-3)) },
    arriving: await arriving(o),
    claimed: await claimed(o),
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
  "/appointments/claim": async (o) => ({ body: o.appointments.claimed }),
  "/halls/{hall}/arrive": async (o, kind) => (kind === "POST" ? o.appointments.arriving.hall : { places: { hall: place(o).hall } }),
  "/halls/{hall}/arrive/{reference}": async (o) => o.appointments.arriving.drawn,
  "/window/appointments": async (o, kind) => {
    if (kind !== "POST") return {};
    const { line, slots } = place(o);
    return { body: { item, line, slot: slots.at(-4), name: "赵六" } };
  },
  "/window/appointment-slips/{reference}": async (o) => o.appointments.slip,
  "/window/appointments/{appointment}/number": async (o) => o.appointments.arriving.number,
  "/window/appointments/{appointment}/cancel": async (o) => o.appointments.coming,
  "/window/appointments/{appointment}/here": async (o) => o.appointments.coming,
  "/window/appointments/{appointment}/absent": async (o) => o.appointments.coming,
  "/window/appointments/{appointment}/undo": async (o) => o.appointments.coming,
  "/admin/halls/{hall}/appointments": (o) => ofHall(o),
  "/admin/halls/{hall}/appointments/{line}": (o, kind) => ofHall(o, kind === "POST" ? plan : undefined),
};
