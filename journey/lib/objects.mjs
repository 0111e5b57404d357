// objects.mjs -- what the places of a route stand for, made by whoever would make it: so that each
// part's answer is about a thing there is, and about the person.
//
// Each call makes a new one, or finds one that nobody has used up: whoever is let in may use it up.
// Where nobody of the cast could be the right one, `stand` says who plays a part for that route, and
// `undo` what is taken back after it.
import assert from "node:assert/strict";
import { eventually } from "./api.mjs";
import { residentPhone } from "./cast.mjs";
import { png } from "./files.mjs";
import { ofCases } from "./objects_cases.mjs";
import { makers, marks, peopleTable } from "./objects_made.mjs";
import { ofRooms } from "./routes.mjs";
import { Visitor, codeOf } from "./visitor.mjs";

export class Objects {
  constructor(cast) {
    Object.assign(this, { cast, made: 0, given: 0, ofRoom: new Set() });
  }

  get clients() {
    return this.cast.clients;
  }

  /** Whether a route's places are made here. */
  knows(path) {
    return path in makers;
  }

  /** {places, query, body, stand, undo} of a route. */
  make(path, kind) {
    this.made++;
    return makers[path](this, kind);
  }

  /** A room's own: their places are no consultation's. */
  take(own) {
    Object.assign(makers, own);
    for (const path of Object.keys(own)) this.ofRoom.add(path);
  }

  /** What needs a talk is made before the walk changes who serves, and when. */
  async prepare() {
    // A room may keep what its own places stand for in its folder: `makers` of objects.mjs.
    // What of it needs a talk, `prepare` makes.
    for (const { url } of ofRooms("objects.mjs")) {
      const own = await import(url);
      this.take(own.makers);
      await own.prepare?.(this);
    }
    this.complained = await this.complaint();
    this.heard = await this.complaint({ heard: true });
    this.flags = [];
    for (let i = 0; i < 9; i++) this.flags.push(await this.flag());
    this.entries = [];
    for (let i = 0; i < 3; i++) this.entries.push(await this.entry());
    this.publishedAnswer = await this.entry({ published: true });
    this.endedTalk = await this.freshTalk((_, talk) =>
      this.cast.holder.say(talk, "可以申请仲裁，见劳动合同法第38条。"),
    );
    await this.slip(); // while the hall is open: the walk closes it
    const { admin, consultant } = this.clients;
    const { people } = await admin.get(`/admin/people?q=${this.cast.holder.name}`);
    const team = people.find(({ login }) => login === this.cast.holder.name).team;
    this.team = team;
    const members = (await admin.get(`/admin/people?team_id=${team}&limit=100`)).people;
    this.mates = members.filter(
      ({ person, roles }) => roles.includes("consultant") && person !== consultant.person.id,
    );
    return this;
  }

  /** Of what one person alone may use up, one is made for all: opening cases is rationed. */
  once(key, make) {
    this.madeOnce ??= new Map();
    if (!this.madeOnce.has(key)) this.madeOnce.set(key, make());
    return this.madeOnce.get(key);
  }

  /** Typed in by the chief from paper: nobody else has its receipt. */
  async typed(phone = "13900001111") {
    const { admin, chief } = this.clients;
    const { teams } = await admin.get("/admin/teams");
    const { division } = teams.find(({ leader }) => leader === chief.person.name);
    const answers = { answer_1: "neighbours", answer_2: "李四", answer_4: "楼上每晚很吵。" };
    const paper = { name: "张三", phone, division, ...answers };
    const { reference } = await chief.post("/office/typed/items/people-mediation", paper, 201);
    return { places: { reference } };
  }

  /** The receipt of what came on paper from the resident. */
  async receipt() {
    const { reference } = (await this.typed(residentPhone)).places;
    const { code } = await this.clients.chief.get(`/office/typed/${reference}`);
    return { body: { receipt: reference, code } };
  }

  async freshTalk(then) {
    // With an address of its own: what is limited per address is not used up for the walk.
    const resident = await this.cast.api.as(null).ask({ district: "310101" });
    await this.cast.holder.offered(resident.asked.reference);
    await this.cast.holder.accept(resident.asked.reference);
    await then(resident, resident.asked.reference);
    await resident.post(`${resident.path}/close`);
    return resident.asked.reference;
  }

  /** Of the resident's, about the consultant, and none of those a leader may not see. */
  async complaint({ heard = false } = {}) {
    const { supervisor } = this.clients;
    const reference = await this.freshTalk((resident) =>
      resident.post(`${resident.path}/complaint`, { kind: "conduct", text: "说话很不客气。" }),
    );
    const { complaints } = await supervisor.get("/board/complaints");
    const { complaint } = complaints.find((row) => row.reference === reference);
    if (heard) {
      await supervisor.post(`/board/complaints/${complaint}/acknowledge`);
      await supervisor.post(`/board/complaints/${complaint}/hear`, { question: "当时是怎样的？" });
    }
    return { places: { complaint } };
  }

  /** To another who may handle it: the chief and the supervisor in turn. */
  handedOn() {
    const { chief, supervisor } = this.clients;
    this.to = this.to === supervisor ? chief : supervisor;
    return { ...this.complained, body: { to: this.to.person.id, why: "请您处理。" } };
  }

  /** A number with a question, of nobody else of the walk. */
  async numbered() {
    const phone = `1390088${String(1000 + this.made).slice(-4)}`;
    await this.cast.api.as(null).ask({ phone, mode: "message", district: "310101" });
    return phone;
  }

  ofWindow(phone) {
    return { erase_phone: phone, erase_paper: "identity_card", erase_reason: "当面提出。" };
  }

  /** Whoever asks to be erased is one for whom that is no harm. */
  async unwanted() {
    const resident = await this.cast.byPhone(await this.numbered());
    return { body: { sure: true }, stand: { resident } };
  }

  /** Asked for at a window: by a clerk who may, or by the administrator. */
  async erasure({ byClerk = false, body } = {}) {
    const { admin } = this.clients;
    if (byClerk && !this.mayErase) {
      const { clerks } = await admin.get("/privacy");
      if (!clerks.some(({ login }) => login === "clerk002"))
        await admin.post("/privacy/clerks", { login: "clerk002" });
      this.mayErase = await this.cast.api.signIn("clerk002");
    }
    const asked = this.ofWindow(await this.numbered());
    const client = byClerk ? this.mayErase : admin;
    const { erasure } = await client.need(201, "POST", "/privacy/erasures", asked);
    return { places: { erasure }, body };
  }

  /** Of what is held about the resident, who makes it: one is enough for half an hour. */
  async copy() {
    this.copied ??= await this.clients.resident.need(201, "POST", "/my/data/copies", {});
    return { places: { copy: this.copied.copy } };
  }

  /** A question given to the chief's team as such: waits there, or was taken up. */
  async handed({ taken = false } = {}) {
    const { supervisor, chief } = this.clients;
    const { asked } = await this.cast.api.as(null).ask({ mode: "message", district: "310101" });
    const given = { to: `team-${this.team}`, why: "归他们办。" };
    await supervisor.post(`/board/consultations/${asked.reference}/hand`, given);
    if (taken) await chief.post(`/handed/${asked.reference}/accept`);
    return { places: { reference: asked.reference } };
  }

  /** The administrator's, not shown yet; the one before makes room for it. */
  async notice(kind) {
    const { admin } = this.clients;
    const days = { from: "2030-01-30", until: "2030-01-31" };
    const body = { division: "310101", text_zh: `通知 ${this.made}`, text_en: "A notice", ...days };
    if (this.noticed) await admin.call("POST", `/admin/places/${this.noticed}/withdraw`);
    this.noticed = (await admin.post("/admin/places", body, 201)).notice;
    return { places: { notice: this.noticed }, body: kind === "GET" ? undefined : { ...body, version: 1 } };
  }

  /** A talk of the consultant's that ended. */
  ended() {
    return { places: { reference: this.endedTalk }, body: this.answerText };
  }

  get answerText() {
    const question = "老板三个月没有发工资，怎么办？";
    const answer = "可以申请仲裁，见劳动合同法第38条。";
    return { title: "拖欠工资怎么办", field: "labour", question, answer, compared: true };
  }

  /** An answer proposed of a talk, and published. */
  async entry({ published = false } = {}) {
    const { supervisor } = this.clients;
    const { holder } = this.cast;
    const reference = await this.freshTalk((_, talk) => holder.say(talk, "可以申请仲裁。"));
    const { entry } = await holder.api.post(`/desk/repository/${reference}`, this.answerText, 201);
    const decided = { seen: 1, confirmed: true };
    if (published) await supervisor.post(`/board/repository/${entry}/publish`, decided);
    return { places: { entry, answer: entry } };
  }

  answer() {
    return { ...this.publishedAnswer, body: { vote: "yes" } };
  }

  async flag() {
    const { holder } = this.cast;
    const reference = await this.freshTalk((_, talk) => holder.say(talk, "您可以加我微信。"));
    const { flags } = await this.clients.supervisor.get("/board/flags");
    const { flag } = flags.find((row) => row.reference === reference);
    return { places: { flag } };
  }

  /** A warning of a colleague, or of the consultant: proposed, decided, or appealed against. */
  async measure(until, { own = false } = {}) {
    const { supervisor, consultant } = this.clients;
    const { login, person } = own ? { person: consultant.person.id } : this.mates.shift();
    const body = { measure: "warn", reason: "投诉属实" };
    await supervisor.call("POST", `/board/quality/${person}/propose`, body); // one may stand already
    const { measures } = await supervisor.get("/board/measures");
    const { measure } = measures.find((row) => row.person === person && row.kind === "warn");
    const confirm = { verdict: "confirm", notice: "投诉属实，予以提醒。" };
    if (until) await supervisor.call("POST", `/board/measures/${measure}/decide`, confirm);
    if (until === "appealed") {
      const warned = await this.cast.api.signIn(login);
      await warned.post(`/desk/record/measures/${measure}/appeal`, { text: "处理过重。" });
    }
    return { places: { measure } };
  }

  async announcement() {
    const { supervisor } = this.clients;
    const text = `通知 ${this.made}`;
    const old = (await supervisor.get("/announcements")).announcements;
    if (old.length > 5) await supervisor.post(`/announcements/${old.at(-1).id}/end`);
    await supervisor.post("/announcements", { text, hours: 1 });
    const { announcements } = await supervisor.get("/announcements");
    return { places: { announcement: announcements.find((row) => row.text === text).id } };
  }

  async alarm() {
    const { open } = await this.clients.supervisor.get("/alarms");
    return { places: { alarm: open.find(({ division, seen_at }) => division === "31" && !seen_at).id } };
  }

  async report() {
    const { reports } = await this.clients.supervisor.get("/reports?period=day");
    return { places: { report: reports[0].id } };
  }

  /** A colleague of the consultant's team who may do the same work. */
  async colleague() {
    const { consultant } = this.clients;
    for (const { login, profession } of this.mate ? [] : this.mates) {
      if (profession !== (await this.ownProfession())) continue;
      this.mate = await this.cast.api.signIn(login);
      break;
    }
    return this.mate ?? assert.fail(`nobody could stand in for ${consultant.name}`);
  }

  async ownProfession() {
    return (await this.clients.consultant.get("/roster/mine")).shifts[0].profession;
  }

  /** A Saturday or Sunday to come, each time another: the demo city's shifts are on other days. */
  freeDay(today) {
    const days = 6 - today.getUTCDay() + 7 * Math.floor(this.given / 2) + (this.given % 2);
    this.given++;
    if (days < 1) return this.freeDay(today);
    return new Date(today.getTime() + days * 86_400_000).toISOString().slice(0, 10);
  }

  /** A morning of a weekend, given to one who confirms it and asks the other to take it. */
  async swap({ mine = false } = {}) {
    const { consultant, chief } = this.clients;
    const mate = await this.colleague();
    const from = mine ? consultant : mate;
    const to = mine ? mate : consultant;
    const { at } = await consultant.get("/roster/mine");
    const day = this.freeDay(new Date(new Date(at).getTime() + 8 * 3_600_000)); // as in Shanghai
    const { team } = (await consultant.get("/roster/mine")).shifts[0];
    const profession = await this.ownProfession();
    const single = { team, desk: "consultation", profession, day, from_time: "10:00", to_time: "12:00" };
    const { shift } = await chief.post("/roster/shifts", single, 201);
    await chief.post(`/roster/shifts/${shift}/name`, { person: from.person.id });
    await from.post(`/roster/shifts/${shift}/confirm`);
    const { swap } = await from.post(`/roster/shifts/${shift}/swap`, { person: to.person.id }, 201);
    return { places: { swap } };
  }

  async leave() {
    const day = `2030-04-${String((this.made % 28) + 1).padStart(2, "0")}`;
    const body = { from_day: day, to_day: day, kind: "holiday" };
    const { leave } = await this.clients.consultant.post("/roster/leaves", body, 201);
    return { places: { leave } };
  }

  async plan(body = {}) {
    const { plans } = await this.clients.chief.get("/roster/plans");
    const { plan } = plans.find(({ members }) => members > 0);
    const { members } = await this.clients.chief.get(`/roster/plans/${plan}`);
    return { places: { plan, person: members[0]?.person }, body };
  }

  async backup() {
    const { lists } = await this.clients.supervisor.get("/roster/backups");
    const { backup } = lists.find(({ division }) => division === "31").people.at(-1);
    return { places: { backup } };
  }

  async call() {
    const { supervisor } = this.clients;
    const { desks } = await supervisor.get("/board/ladder");
    const { desk } = desks.find(({ division }) => division === "310110");
    const { people } = await supervisor.get(`/board/ladder/${desk}`);
    const { person } = people.find(({ why_not }) => !why_not) ?? people[0];
    return { places: { desk }, body: { person } };
  }

  async session() {
    const spare = await this.cast.api.signIn("supervisor");
    const { sessions } = await spare.get("/sessions");
    return { places: { session: sessions.find((row) => row.is_this).id } };
  }

  /** Asked by a guest with the resident's number. */
  async asked() {
    const guest = await this.cast.api.ask({ mode: "message", phone: residentPhone });
    return { places: { reference: guest.asked.reference } };
  }

  async canned() {
    const { consultant } = this.clients;
    await consultant.post("/desk/canned", { title: `常用 ${this.made}`, text: "请稍等。" });
    const { canned } = await consultant.get("/desk/canned");
    return { places: { canned: canned.find(({ is_mine }) => is_mine).id } };
  }

  async bar() {
    const { consultant } = this.clients;
    await consultant.post("/desk/conflicts", { party: `某公司${this.made}` });
    const { bars } = await consultant.get("/desk/conflicts");
    return { places: { bar: bars[0].id } };
  }

  async pattern() {
    const { admin } = this.clients;
    const text = `暗号${this.made}`;
    await admin.post("/admin/quality/wording", { wording: "contact", text });
    const { patterns } = await admin.get("/admin/quality/wording");
    return { places: { pattern: patterns.find((row) => row.text === text).pattern } };
  }

  /** An answer drawn by lot, and whoever is to mark it, who plays the consultant of another team. */
  async sample({ open = false } = {}) {
    const own = new Set([this.clients.consultant, this.clients.stranger].map(({ person }) => person.id));
    this.peers ??= [];
    this.lawyers ??= await this.logins();
    const next = async () => {
      // The draw is made a minute after an installation was begun; then somebody finds one.
      const login = this.lawyers.shift();
      // Whom a row that was walked has given another password is left out.
      const peer = await this.cast.api.as(null).signIn(login).catch(() => null);
      if (!peer) return false;
      this.lawyers.push(login);
      const { samples } = await peer.get("/desk/samples");
      for (const { sample, is_marked } of own.has(peer.person.id) ? [] : samples)
        if (!is_marked) this.peers.push({ peer, sample });
      return this.peers.length > 0;
    };
    if (!this.peers.length) await eventually("an answer drawn by lot", next, 150);
    const { peer, sample } = this.peers[0];
    if (open) {
      await peer.post(`/desk/samples/${sample}/open`);
      this.peers.shift(); // whoever marks it uses it up
    }
    return { places: { sample }, stand: { stranger: peer }, body: open ? { ...marks } : undefined };
  }

  /** Everybody who could be drawn to mark an answer. */
  async logins() {
    const all = [];
    for (let next = ""; next !== null && next !== undefined; ) {
      const page = await this.clients.admin.get(`/admin/people?after=${next}&limit=100`);
      all.push(...page.people);
      next = page.next;
    }
    // Those of the demo city; who was approved or brought in meanwhile has another password or none.
    const serves = ({ login, roles, standing }) =>
      /^consultant\d/.test(login) && roles.includes("consultant") && standing === "active";
    return all.filter(serves).map(({ login }) => login);
  }

  /** The resident was approved, and has no password yet. */
  async invited() {
    const { admin } = this.clients;
    const resident = await this.cast.byPhone(`1390077${String(1000 + this.made).slice(-4)}`);
    const { reference } = await resident.need(201, "POST", "/volunteer/application", {
      name: "曹可成",
      profession: "lawyer",
      licence: `1310120188${String(this.made).padStart(7, "0")}`,
      division: "310104",
      fields: "labour",
      languages: "zh",
      agrees: true,
    });
    const form = new FormData();
    form.append("file", new Blob([png()], { type: "image/png" }), "a.png");
    const { file } = await resident.need(201, "POST", `/volunteer/${reference}/files`, form);
    await resident.post(`/volunteer/${reference}/hand-in`);
    await admin.post(`/admin/applications/${reference}/files/${file}/look`);
    const approved = { team: this.team, login: `cao.${this.made}`, is_checked: true };
    await admin.post(`/admin/applications/${reference}/approve`, approved);
    return { body: { password: "A-long-enough-1" }, stand: { resident } };
  }

  /** Everybody who watches is a consultant too, until the row was tried. */
  async serving() {
    const { admin } = this.clients;
    const watch = ["leader", "chief", "supervisor", "distant"];
    const before = [];
    for (const part of this.serves ? [] : watch) {
      const { id } = this.clients[part].person;
      const { who, scope } = await admin.get(`/admin/people/${id}`);
      const roles = who.roles.filter((role) => role !== "leader").join(" "); // that goes with the team
      before.push({ id, roles: { roles, scope: scope ?? "" } });
      await admin.post(`/admin/people/${id}/service`, {
        profession: "lawyer",
        team: who.team ?? this.team,
        division: "310101",
        fields: "labour",
        languages: "zh",
        capacity: 5,
        written_capacity: 5,
        licence: `1310120177000000${watch.indexOf(part)}`,
      });
      await admin.post(`/admin/people/${id}/verify`);
      await admin.post(`/admin/people/${id}/roles`, {
        roles: `${roles} consultant`.trim(),
        scope: scope ?? "",
      });
    }
    this.serves = true;
    return {
      undo: async () => {
        this.serves = false;
        for (const { id, roles } of before) await admin.post(`/admin/people/${id}/roles`, roles);
      },
    };
  }

  /** Somebody whose password was right, and whose second step is still to come. */
  async halfway() {
    const { admin } = this.clients;
    const login = `second${this.made}`;
    const password = "Quite-a-long-1-password";
    await admin.post("/admin/people", { login, password, name: "两步人", role: "admin", division: "31" }, 201);
    const own = await this.cast.api.as(null).signIn(login, password);
    const { secret, offer } = await own.get("/session/totp");
    await own.post("/session/totp", { code: codeOf(secret), password, offer });
    const visitor = new Visitor(this.cast.server.url);
    const where = await visitor.sends("/session", "/session", { name: login, password });
    assert.match(where, /^\/session\/second/);
    return { stand: { resident: visitor } };
  }

  /** A decision about legal aid on paper: the resident's, made where the chief is. */
  async letter({ read = false } = {}) {
    const { resident, chief, admin } = this.clients;
    const decided = (this.decided ??= await this.decide(resident, chief, admin));
    const { reference, letter } = decided;
    if (read) await resident.post(`/cases/${reference}/letters/${letter}/read`);
    return { places: decided };
  }

  async decide(resident, chief, admin) {
    const said = { side: "civil", area: "work", work: "pay", lawyer: "not", migrant: "came" };
    const rest = { urgent: "usual", ease: "frail" };
    const visitor = new Visitor(this.cast.server.url, resident.token);
    let at = "/aid/questions/side";
    for (let pages = 0; pages < 20 && !/result$|end$/.test(at); pages++) {
      const ask = at.split("/").pop();
      at = await visitor.sends(at, "/aid/answers", { ask, value: { ...said, ...rest }[ask] });
    }
    const { teams } = await admin.get("/admin/teams");
    const { division } = teams.find(({ leader }) => leader === chief.person.name);
    const what = { name: "张三", phone: residentPhone, division, what: "三个月没有发工资。" };
    const path = await visitor.sends("/aid/apply", "/aid/apply", what);
    const reference = path.match(/^\/cases\/([0-9A-Z]{8})/)[1];
    await chief.post(`/office/cases/${reference}/look`);
    const seen = 1;
    await chief.post(`/office/cases/${reference}/steps`, { action: "refuse", words: "材料不足。", seen });
    const { letters } = await resident.get(`/cases/${reference}`);
    return { reference, letter: letters[0].letter };
  }

  /** Somebody who works at a hall, and not the clerks of the walk. */
  async staff() {
    const { admin, clerk } = this.clients;
    const { hall } = await clerk.get("/window");
    const { login, person } = this.mates.pop();
    await admin.post(`/admin/halls/${hall}/staff`, { login });
    return { places: { hall, person } };
  }

  /** The slip of a question asked at home, for which the clerk gave a number; its picture leads to it. */
  async slip() {
    const { clerk } = this.clients;
    if (!this.slipped) {
      const { asked } = await this.cast.api.ask({ mode: "message", phone: residentPhone });
      await clerk.post("/window/join", { reference: asked.reference, phone: residentPhone }, 201);
      this.slipped = asked.reference;
    }
    return { places: { reference: this.slipped } };
  }

  async table() {
    const form = new FormData();
    form.set("file", new Blob([peopleTable], { type: "text/csv" }), "people.csv");
    const told = await this.clients.admin.need(201, "POST", "/admin/import", form);
    const { plan } = await this.clients.admin.get(`/admin/import/${told.import}`);
    return { places: { import: told.import }, body: { plan, is_checked: true } };
  }
}

Object.assign(Objects.prototype, ofCases);
