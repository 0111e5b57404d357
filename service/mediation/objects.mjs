// objects.mjs -- mediations in the stage each route needs; see journey/lib/objects.mjs. Each has sides of
// its own: "resident" applied, "other" is the other side, "consultant" mediates.
import { password } from "../../journey/lib/api.mjs";

const tomorrow = () => new Date(Date.now() + 32 * 3600e3).toISOString().slice(0, 10); // in Shanghai
const written = { form: "written", facts: "夜间噪音", terms: "晚上十点以后不拖动家具。" };

/** A mediator of the chief's district, signed in: who acts as an officer there, too. */
async function mediatorOf(o, { person, name }) {
  const named = await o.clients.admin.get(`/admin/people?q=${encodeURIComponent(name)}&limit=100`);
  const { login } = named.people.find((one) => one.person === person);
  return o.cast.api.signIn(login, password);
}

async function apply(o) {
  const { admin, chief } = o.clients;
  const { teams } = await admin.get("/admin/teams");
  const { division } = teams.find(({ leader }) => leader === chief.person.name);
  const answers = { answer_1: "neighbours", answer_2: "李四", answer_4: "楼上每晚很吵。" };
  const applied = { name: "张三", phone: "13900001111", division, ...answers };
  const api = o.cast.api.as(null);
  const { reference, token } = await api.need(201, "POST", "/items/mediation-one-thing/apply", applied);
  const path = `/office/cases/${reference}`;
  const officer = o.mediators ? o.mediators[o.made % o.mediators.length] : chief; // looks are limited
  await officer.post(`${path}/look`);
  const { seen } = await officer.get(path);
  await officer.post(`${path}/steps`, { action: "accept", words: "", seen });
  return { reference, path, officer, resident: o.cast.api.as(token) };
}

/** All of them: the chief sees who they are in a case of its own. */
async function mediatorsOf(o) {
  const { path } = await apply(o);
  const { candidates } = await o.clients.chief.get(`${path}/mediation`);
  return Promise.all(candidates.map((one) => mediatorOf(o, one)));
}

/** stage: invited, choosing, proposed, mediating, signing, kept; `desk`: the chief has opened it, too. */
async function mediation(o, stage, { body, desk } = {}) {
  o.mediators ??= await mediatorsOf(o);
  const { reference, path, officer, resident } = await apply(o);
  const at = `${path}/mediation`;
  const person = officer.person.id;
  await officer.post(`${at}/invitation`);
  const { code } = await officer.get(at);
  const invitation = { invitation: reference, code, own_name: "李四" };
  if (stage === "invited") return { body: invitation };
  const joined = await o.cast.api.as(null).need(201, "POST", "/mediation", invitation);
  const other = o.cast.api.as(joined.token);
  if (stage !== "choosing") await officer.post(`${at}/mediator`, { person, why: "熟悉邻里纠纷。" });
  if (["mediating", "signing", "kept"].includes(stage)) {
    for (const side of [resident, other]) await side.post(`/mediation/${reference}/agree`);
    await officer.post(`${path}/look`);
  }
  if (["signing", "kept"].includes(stage)) await officer.post(`${at}/agreement`, written);
  if (stage === "kept")
    for (const side of [resident, other]) await side.post(`/mediation/${reference}/sign`, { version: 1 });
  if (stage === "kept") await officer.post(`${path}/look`);
  if (desk) await o.clients.chief.post(`${path}/look`);
  if (body?.person) body.person = person;
  return { places: { reference }, body, stand: { resident, other, consultant: officer } };
}

const side = "/mediation/{reference}";
const desk = "/office/cases/{reference}/mediation";
const plan = { plan_side: "both", plan_from: "10:00", plan_minutes: 60, plan_place: "居委会" };

/** One under way that no deed of these uses up: opening cases is limited. */
const underWay = async (o, body) => {
  o.mediated ??= await mediation(o, "mediating", { desk: true });
  return { ...o.mediated, body };
};

/** One whose agreement stands. */
const kept = async (o, body) => {
  o.standing ??= await mediation(o, "kept", { desk: true });
  return { ...o.standing, body };
};

export const makers = {
  "/mediation": (o, kind) => (kind === "POST" ? mediation(o, "invited") : {}),
  [side]: (o) => underWay(o),
  [`${side}/mediators`]: (o, kind) => (kind === "POST" ? mediation(o, "choosing", { body: { person: true } }) : underWay(o)),
  "/office/mediations": async (o) => ({ stand: { consultant: (await underWay(o)).stand.consultant } }),
  "/office/mediations/figures": async (o) => (await underWay(o), {}),
  "/office/mediations/figures/csv": async (o) => (await underWay(o), {}),
  "/office/mediations/cases": async (o) => (await underWay(o), {}),
  [`${side}/agree`]: (o) => mediation(o, "proposed"),
  [`${side}/object`]: (o) => mediation(o, "proposed", { body: { objection: "是申请人的同学。" } }),
  [`${side}/sign`]: (o) => mediation(o, "signing", { body: { version: 1 } }),
  [`${side}/stop`]: (o) => mediation(o, "mediating"),
  [`${side}/agreement`]: (o) => kept(o),
  [`${desk}/paper`]: (o) => kept(o),
  [`${side}/confirm`]: (o) => kept(o),
  [`${desk}/court`]: (o) => kept(o, { court: "sent" }),
  [`${desk}/follow-up`]: (o) => kept(o, { performed: "yes" }),
  [desk]: (o) => underWay(o),
  [`${desk}/invitation`]: (o) => mediation(o, "choosing", { desk: true }),
  [`${desk}/mediator`]: (o) => mediation(o, "choosing", { desk: true, body: { person: true, why: "熟悉邻里纠纷。" } }),
  [`${desk}/begin`]: (o) => mediation(o, "proposed", { desk: true }),
  [`${desk}/recuse`]: (o) => mediation(o, "mediating", { desk: true, body: { recusal: "是申请人的亲戚。" } }),
  [`${desk}/sessions`]: (o) => underWay(o, { ...plan, plan_day: tomorrow() }),
  [`${desk}/records`]: (o) => underWay(o, { record_side: "both", record: "双方谈了。" }),
  [`${desk}/agreement`]: (o) => underWay(o, written),
  [`${desk}/signatures`]: (o) => mediation(o, "signing", { desk: true, body: { version: 1, paper_side: "applicant" } }),
};
