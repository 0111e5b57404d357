// cast.mjs -- everybody who has a part, and cases in every state: for the table of rights, the
// checks of every page and the pictures.
import { Api, takenBy } from "./api.mjs";

/** Strangers first, those the case belongs to last: the order in which the table is tried. */
export const parts = [
  "nobody",
  "other", // holds the token of another consultation
  "resident", // has proved a phone number, not that of the case
  "stranger", // a consultant of another team
  "leader", // of a team that has nothing to do with the case
  "chief", // the leader of the team that has the case
  "supervisor", // of the city
  "distant", // supervisor of another district
  "admin",
  "clerk", // of a hall
  "far", // clerk of another hall
  "consultant", // has the case
  "owner", // asked
];
/** Clerks have a table of their own, rights_clerk.tsv. */
export const clerks = ["clerk", "far"];
export const ownerPhone = "13900001111";
const here = "310101";
const elsewhere = "310115";
export const residentPhone = "13900002222";

/** Everybody the administrator lists, over as many pages as it takes. */
async function everybody(admin) {
  const all = [];
  for (let next = ""; next !== null && next !== undefined; ) {
    const page = await admin.get(`/admin/people?after=${next}&limit=100`);
    all.push(...page.people);
    next = page.next;
  }
  return all;
}

export class Cast {
  static async of(server) {
    const cast = new Cast();
    cast.server = server;
    cast.api = new Api(server.url, { language: "zh" });
    const first = await cast.api.ask({ phone: ownerPhone, district: here });
    cast.holder = await takenBy(cast.api, first.asked.reference);
    cast.talking = first;
    await cast.holder.takes(20);
    const admin = await cast.api.signIn("admin");
    const people = await everybody(admin);
    const mine = people.find(({ login }) => login === cast.holder.name).team;
    const find = (role, inside) => {
      const found = people.find(({ roles, team, standing }) => {
        return roles.includes(role) && (team === mine) === inside && standing === "active";
      });
      return cast.api.signIn(found.login);
    };
    const distant = { login: "distant", password: "Quite-far-9-districts" };
    const post = { ...distant, name: "远区督办", role: "supervisor", division: elsewhere };
    await admin.post("/admin/people", post, 201);
    const other = await cast.api.ask({ mode: "message", text: "别人的问题,与此无关。" });
    cast.clients = {
      nobody: cast.api,
      other,
      resident: await cast.byPhone(residentPhone),
      stranger: await find("consultant", false),
      leader: await find("leader", false),
      chief: await find("leader", true),
      supervisor: await cast.api.signIn("supervisor"),
      distant: await cast.api.signIn(distant.login, distant.password),
      admin,
      clerk: await cast.api.signIn("clerk001"),
      far: await cast.api.signIn("clerk003"),
      consultant: cast.holder.api,
      owner: first,
    };
    cast.other = other;
    return cast;
  }

  async byPhone(phone) {
    const before = this.server.letters(phone).length;
    await this.api.post("/session/code", { phone }, 202);
    const code = await this.server.code(phone, before);
    const session = await this.api.post("/session/code/verify", { phone, code }, 201);
    const signed = this.api.as(session.token);
    signed.person = session.person;
    return signed;
  }

  /** A new case of the owner, offered to the holder, or talking. */
  async freshCase(state = "talking") {
    // From an address of its own: what is limited per address must not limit a walk of hundreds.
    const resident = await this.api.as(null).ask({ phone: ownerPhone, district: here });
    const { reference } = resident.asked;
    await this.holder.offered(reference);
    if (state === "talking") await this.holder.accept(reference);
    return resident;
  }

  /** Cases a page can be in the middle of: {state: client of its resident}. */
  async cases() {
    const { holder } = this;
    const talking = this.talking;
    await talking.post(`${talking.path}/messages`, { text: "没有签合同,有转账记录。" });
    await holder.say(talking.asked.reference, "您好,转账记录可以作为证据。工作了多久?");
    await talking.post(`${talking.path}/messages`, { text: "两年零三个月。" });
    await holder.say(talking.asked.reference, "居民情绪激动,注意语气。", { internal: true });
    const closed = await this.freshCase();
    await holder.api.post(`/desk/consultations/${closed.asked.reference}/close`, {
      outcome: "advised",
      summary: "告知仲裁途径。",
    });
    const offered = await this.freshCase("offered");
    const message = await this.api.ask({ mode: "message", phone: "13900003333" });
    // A field that those on line do not have: it goes on waiting.
    const waiting = await this.api.ask({ field: "notary", text: "公证遗嘱需要带什么?" });
    return { talking, closed, offered, message, waiting };
  }

  /** Somebody came to the clerk's hall: number, reference, code and where all that is. */
  async walkIn() {
    const { clerk, admin } = this.clients;
    const registered = await clerk.need(201, "POST", "/window/register", { field: "labour", text: "来大厅问欠薪。" });
    const { hall } = await clerk.get("/window");
    const kept = await admin.get(`/admin/halls/${hall}`);
    return { ...registered, hall, line: kept.lines[0].line, window: kept.windows[0].window };
  }

  leave() {
    this.holder.silence();
  }
}
