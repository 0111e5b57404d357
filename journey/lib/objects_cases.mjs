// objects_cases.mjs: what the walk of rights needs of cases; `this` is its Objects.
import { png } from "./files.mjs";

export const ofCases = {
  /** Somebody's, in the district of the chief. */
  async mediation() {
    const { admin, chief } = this.clients;
    const { teams } = await admin.get("/admin/teams");
    const { division } = teams.find(({ leader }) => leader === chief.person.name);
    const answers = { answer_1: "neighbours", answer_2: "李四", answer_4: "楼上每晚很吵。" };
    const guest = { name: "张三", phone: "13900001111", division, ...answers };
    const { reference } = await this.cast.api
      .as(null)
      .need(201, "POST", "/items/people-mediation/apply", guest);
    return { reference, division };
  },

  /** The sheet of a case that went to another district; who gave it away has said that it is printed. */
  async sheet() {
    const { chief } = this.clients;
    const { reference, division } = await this.mediation();
    const path = `/office/cases/${reference}`;
    await chief.post(`${path}/look`, {});
    const to = ["310151", "310120"].find((one) => one !== division);
    const { seen } = await chief.get(path);
    await chief.post(`${path}/steps`, { action: "hand-over", division: to, words: "住在那里", seen });
    const { given } = await chief.get("/office/sheets");
    const { code } = given.find((one) => one.reference === reference);
    await chief.call("POST", `/office/sheets/${code}/print`, {});
    return { places: { code, reference } };
  },

  /** An order about somebody's mediation, which the office and who supervises it have opened. */
  async task(body) {
    const { chief, supervisor } = this.clients;
    const { reference } = await this.mediation();
    const path = `/office/cases/${reference}`;
    await supervisor.post(`${path}/look`, {});
    const tomorrow = new Date(Date.now() + 32 * 3600e3).toISOString().slice(0, 10); // in Shanghai
    const order = { order_words: "请说明进展", order_until: tomorrow };
    await supervisor.post(`${path}/orders`, order, 201);
    await chief.post(`${path}/look`, {});
    const { tasks } = await chief.get(path);
    return { places: { reference, task: tasks[0].task }, body };
  },

  /** A visit the chief had planned, long enough ago to have taken place or not: it is called off. */
  async visit() {
    const { chief } = this.clients;
    const { reference } = await this.mediation();
    const path = `/office/cases/${reference}`;
    await chief.post(`${path}/look`, {});
    this.visited = (this.visited ?? 0) + 1; // on a day of its own: nobody is in two places
    const day = new Date(Date.now() + (this.visited * 24 + 32) * 3600e3).toISOString().slice(0, 10);
    const when = { visit_day: day, visit_from: "10:00", visit_minutes: 60, visit_place: "幸福路1号" };
    await chief.post(`${path}/visits`, when, 201);
    const { visits } = await chief.get(`${path}/visits`);
    const body = { visit_result: "cancelled", visit_end_words: "申请人改为到窗口来。" };
    return { places: { reference, visit: visits[0].visit }, body };
  },

  /** An original the chief holds, of a case the chief has opened. */
  async original(body) {
    const { chief } = this.clients;
    const { reference } = await this.mediation();
    const path = `/office/cases/${reference}`;
    await chief.post(`${path}/look`, {});
    await chief.post(`${path}/originals`, { original_what: "租赁合同", original_pages: 3 }, 201);
    const { originals } = await chief.get(`${path}/originals`);
    return { places: { reference, original: originals[0].original }, body };
  },

  /** Two cases about the same, which chief and supervisor have opened. */
  async beside({ joined }) {
    const { chief, supervisor } = this.clients;
    const [one, other] = [await this.mediation(), await this.mediation()].map(({ reference }) => reference);
    await chief.post(`/office/cases/${one}/look`, {});
    if (!joined) await supervisor.post(`/office/cases/${one}/look`, {});
    if (joined) await chief.post(`/office/cases/${one}/links`, { other_reference: other }, 201);
    return { places: { reference: one, other }, body: joined ? undefined : { other_reference: other } };
  },

  /** A case a part of which may go on by itself. */
  async whole() {
    const { chief } = this.clients;
    const { reference } = await this.mediation();
    await chief.post(`/office/cases/${reference}/look`, {});
    return { places: { reference }, body: { split_words: "押金另案办理", seen: 1 } };
  },

  /** What has to go together to ask how somebody's case stands. */
  async inquiry() {
    const { reference } = await this.mediation();
    return { body: { asked_for: reference, asked_by: "13900001111" } };
  },

  /** A case of legal aid the consultant acted in and reported as done, with the file handed in. */
  async closing(body) {
    const { admin, chief, consultant, resident } = this.clients;
    const { teams } = await admin.get("/admin/teams");
    const { division } = teams.find(({ leader }) => leader === chief.person.name);
    const wish = { name: "张三", phone: "13900001111", division, answer_1: "三个月没有发工资。" };
    const { reference } = await resident.need(201, "POST", "/items/legal-aid-civil/apply", wish);
    const path = `/office/cases/${reference}`;
    const steps = async (who, action, words = "") => {
      await who.post(`${path}/look`, {});
      const { seen } = await who.get(path);
      if (action === "ask") return who.post(`${path}/agents`, { person: consultant.person.id, seen });
      return who.post(`${path}/steps`, { action, words, seen });
    };
    await steps(chief, "grant");
    await steps(chief, "ask");
    await steps(consultant, "accept");
    await steps(consultant, "report", "已经拿到工资。");
    const file = { kind: "arbitration", ended: "won", without: "没有开庭。", report: "仲裁调解，已经拿到全部工资。" };
    await consultant.post(`${path}/closing`, file);
    await chief.post(`${path}/look`, {});
    return { places: { reference }, body: body ?? file };
  },

  /** With a paper in it; come back, so that it may be taken out again. */
  async closingPaper({ back = false } = {}) {
    const { chief, consultant } = this.clients;
    const { places } = await this.closing();
    const path = `/office/cases/${places.reference}/closing`;
    const form = new FormData();
    form.append("sheet", "judgement");
    form.append("file", new Blob([png()], { type: "image/png" }), "裁决书.png");
    const { file } = await consultant.need(201, "POST", `${path}/papers`, form);
    if (back) await chief.post(`${path}/check`, { verdict: "return", back_words: "请补报告。" });
    return { places: { ...places, file } };
  },
};
