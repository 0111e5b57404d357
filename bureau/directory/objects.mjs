// objects.mjs -- firms and offices, what is told of them and what is reported; see journey/lib/objects.mjs.
const head = "类别,名称,区,地址,电话,许可证号,来源,来源日期\n";
const row = (name) => `公证处,${name},310104,天钥桥路1号,021-64000000,31,市司法局公告,2026-01-31\n`;
const wrong = { what: "contact", words: "电话换了，见该处网页。" };
const credit = { kind: "award", words: "市级先进。", source: "市司法局公告第1号", source_day: "2026-01-31" };

function table(name) {
  const form = new FormData();
  form.append("file", new Blob([head + row(name)], { type: "text/csv" }), "bodies.csv");
  return form;
}

/** Of one there are few reports at a time: each walker has a body of its own. */
async function body(o, more = {}) {
  o.bodies = (o.bodies ?? 0) + 1;
  const name = `公证处${o.bodies}号`;
  await o.clients.admin.need(200, "POST", "/admin/bodies", table(name));
  const { bodies } = await o.clients.admin.get(`/bodies?q=${encodeURIComponent(name)}`);
  return { places: { body: bodies[0].body, person: (await o.clients.admin.get("/people")).people[0].person }, ...more };
}

async function reported(o, more = {}) {
  const { places } = await body(o);
  const { code } = await o.clients.nobody.need(201, "POST", `/bodies/${places.body}/wrong`, wrong);
  const { corrections } = await o.clients.admin.get("/admin/corrections");
  return { places: { code, correction: corrections[0].correction }, ...more };
}

async function credited(o) {
  const { places } = await body(o);
  await o.clients.admin.need(200, "POST", `/admin/bodies/${places.body}/credit`, credit);
  const { credits } = await o.clients.admin.get(`/bodies/${places.body}`);
  return { places: { credit: credits[0].credit } };
}

const one = (o) => o.once("body", () => body(o));
export const makers = {
  "/bodies/{body}": one,
  "/bodies/{body}/wrong": (o, kind) => (kind === "POST" ? body(o, { body: wrong }) : one(o)),
  "/people/{person}/wrong": async (o) => ({ ...(await one(o)), body: wrong }),
  "/corrections/{code}": (o) => o.once("reported", () => reported(o)),
  "/admin/corrections/{correction}/look": (o) => reported(o),
  "/admin/corrections/{correction}": (o) => reported(o, { body: { verdict: "refused", reason: "已核实无误。" } }),
  "/admin/bodies": (_, kind) => (kind === "POST" ? { body: table("公证处甲") } : {}),
  "/admin/people/{person}/credit": async (o) => ({ ...(await one(o)), body: credit }),
  "/admin/bodies/{body}/credit": async (o) => ({ ...(await one(o)), body: credit }),
  "/admin/credit/{credit}/withdraw": credited,
};
