// ghosts.mjs -- sessions that were good once, or nearly: for the table of rights.
//
// 1. Each is of somebody who may a great deal, in a state in which nobody may anything more than
//    whoever comes from the street: signed out, run out, altered by one letter, ended by an
//    administrator, suspended, a key that was ended, the password given and the second step not.
// 2. `moved` has a role still, and a smaller reach: what only the whole city's supervisor may.
//    `watches too` serves and supervises: the one role opens the page, the other the case, and both
//    together must not open what is done by whose case it is.
// 3. They are tried where the same person's good session is let in and a stranger is not.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { residentPhone } from "./cast.mjs";
import { Objects } from "./objects.mjs";

const twinPassword = "Quite-far-9-districts";

/** Somebody else with the same role, whose standing may be changed. */
async function twin(cast, login, role) {
  const { admin } = cast.clients;
  await admin.post("/admin/people", { login, password: twinPassword, name: "影子", role, division: "31" }, 201);
  return cast.api.as(null).signIn(login, twinPassword);
}

/** How many rows were changed. */
async function change(server, sql) {
  const words = ["-cmd", ".timeout 20000", join(server.data, "gongdao.db"), `${sql}; select changes();`];
  const { stdout } = await promisify(execFile)("sqlite3", words);
  return Number(stdout.trim().split("\n").at(-1));
}

async function runOut(server, { person }) {
  const newest = `select max(session_id) from session where person_id = ${person.id}`;
  const count = await change(server, `update session set expires_at = 1 where session_id = (${newest})`);
  assert.equal(count, 1, "one session runs out");
}

/** What is done at a question by who has it; to hand it over is the supervisor's, too, elsewhere. */
function isOnlyTheirs({ path, may }) {
  if (!/^\/(desk\/)?consultations\//.test(path) || path.endsWith("/hand")) return false;
  return may.stranger === "-" && may.supervisor === "-";
}

export class Ghosts {
  constructor() {
    this.all = []; // {state, part, name}: played as cast.clients[name]
    this.tried = new Map(); // state -> how often
  }

  static async of(cast, server) {
    const ghosts = new Ghosts();
    const add = (state, part, client) => {
      const name = `${part}, ${state}`;
      cast.clients[name] = client;
      ghosts.all.push({ state, part, name });
    };
    const again = {
      resident: async () => {
        await change(server, "delete from phone_code"); // or the next is sent in a minute only
        return cast.byPhone(residentPhone);
      },
      consultant: () => cast.api.as(null).signIn(cast.holder.name),
    };
    for (const part of ["chief", "supervisor", "admin", "clerk"])
      again[part] = () => cast.api.as(null).signIn(cast.clients[part].name);
    for (const [part, signIn] of Object.entries(again)) {
      const ended = await signIn();
      await ended.need([200, 204], "DELETE", "/session");
      add("signed out", part, ended);
      const late = await signIn();
      await runOut(server, late);
      add("run out", part, late);
      const { token } = cast.clients[part];
      const letter = token.at(9) === "A" ? "B" : "A";
      add("altered", part, cast.api.as(token.slice(0, 9) + letter + token.slice(10)));
    }
    const { admin } = cast.clients;
    for (const part of ["admin", "supervisor"]) {
      const ended = await twin(cast, `ended.${part}`, part);
      await admin.post(`/admin/people/${ended.person.id}/sessions/end`);
      add("ended by another", part, ended);
      const suspended = await twin(cast, `suspended.${part}`, part);
      await admin.post(`/admin/people/${suspended.person.id}/suspend`, { reason: "离职" });
      add("suspended", part, suspended);
    }
    const giver = await twin(cast, "key.giver", "admin");
    const { token: key } = await giver.need(201, "POST", "/sessions/keys", { name: "报表", scopes: "admin", days: 2 });
    const program = cast.api.as(key);
    await program.get("/admin/people"); // it was good
    await program.need([200, 204], "DELETE", "/session");
    add("key ended", "admin", program);
    const { stand } = await new Objects(cast).halfway();
    const { cookie, address } = stand.resident;
    assert.match(cookie, /second=/);
    const half = cast.api.as(null);
    add("second step missing", "admin", Object.assign(half, { cookie, address }));
    const moved = await twin(cast, "moved", "supervisor");
    await admin.post(`/admin/people/${moved.person.id}/roles`, { roles: "supervisor", scope: "310115" });
    add("moved", "supervisor", moved);
    const { people } = await admin.get("/admin/people?limit=100");
    const mine = people.find(({ login }) => login === cast.holder.name)?.team;
    const busy = [cast.holder.name, cast.clients.stranger.name];
    const serves = people.find(({ login, roles, standing, team }) =>
      String(roles) === "consultant" && standing === "active" && !busy.includes(login) && team !== mine);
    await admin.post(`/admin/people/${serves.person}/roles`, { roles: "consultant supervisor", scope: "31" });
    const both = await cast.api.as(null).signIn(serves.login);
    add("watches too", "consultant", both);
    return ghosts;
  }

  /** One for each state, of whom the row lets in when the session is good; another one each row. */
  of(row) {
    if (row.may.nobody !== "-") return [];
    const states = new Map();
    for (const ghost of this.all) {
      if (row.may[ghost.part] === "-") continue;
      if (ghost.state === "moved" && row.may.distant !== "-") continue;
      // Neither somebody else who serves nor whoever supervises may: nor may one who is both.
      if (ghost.state === "watches too" && !isOnlyTheirs(row)) continue;
      states.set(ghost.state, [...(states.get(ghost.state) ?? []), ghost]);
    }
    const picked = [...states.values()].map((some) => some[row.line % some.length]);
    for (const { state } of picked) this.tried.set(state, (this.tried.get(state) ?? 0) + 1);
    return picked;
  }
}
