// objects.mjs -- referrals in the stage each route needs; see journey/lib/objects.mjs.
const offer = { kind: "police", known: "有人冒充客服，骗走三万元。" };

/** A talk of its own, with whoever asked; stage: talking, offered, agreed. */
async function referred(o, stage, body) {
  const owner = await o.cast.freshCase();
  const { reference } = owner.asked;
  if (stage !== "talking") await o.clients.consultant.post(`/desk/consultations/${reference}/referrals`, offer);
  if (stage === "agreed") await owner.post(`/consultations/${reference}/referrals/police`);
  const { referrals } = await owner.get(`/consultations/${reference}/referrals`);
  await owner.post(`${owner.path}/close`); // or the consultant has no room for those of the walk
  return { places: { reference, kind: "police", code: referrals[0]?.code }, body, stand: { owner } };
}

/** While somebody is on line: the walk changes who serves, and when. */
export async function prepare(o) {
  o.referred = {
    agreed: await referred(o, "agreed"),
    offer: await referred(o, "talking", offer),
    agree: await referred(o, "offered"),
    decline: await referred(o, "offered"),
    take: await referred(o, "agreed", { receiver: "某派出所 王警官", receipt: "2026-17" }),
  };
}

/** One that was agreed to, and that nothing uses up. */
const agreed = async (o) => o.referred.agreed;

const office = { kind: "police", division: "310101", office_name: "某分局", office_address: "某路1号", office_phone: "110", office_source: "测试" };

const own = "/consultations/{reference}/referrals";
const list = "/desk/consultations/{reference}/services";
const service = async (o, kind) => ({ ...o.referred.offer, places: { ...o.referred.offer.places, item: "people-mediation" }, body: kind === "POST" ? { answer_4: "楼上每天半夜拖桌子。" } : undefined });
export const makers = {
  [list]: agreed,
  [`${list}/{item}`]: service,
  [`/desk${own}`]: (o, kind) => (kind === "POST" ? o.referred.offer : agreed(o)),
  [`/desk${own}/{kind}/sheet`]: agreed,
  [own]: agreed,
  [`${own}/{kind}`]: (o) => o.referred.agree,
  [`${own}/{kind}/decline`]: (o) => o.referred.decline,
  [`${own}/{kind}/sheet`]: agreed,
  "/admin/offices": async (o, kind) => (kind === "POST" ? { body: office } : (await o.clients.admin.post("/admin/offices", office), {})),
  "/admin/offices/{kind}/{division}/drop": async (o) => (await o.clients.admin.post("/admin/offices", office), { places: { kind: "police", division: "310101" } }),
  "/referrals/{code}": agreed,
  "/referrals/{code}/taken": (o) => o.referred.take,
};
