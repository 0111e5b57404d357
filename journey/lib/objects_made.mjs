// objects_made.mjs -- which of the things in objects.mjs the places of each route stand for: called with
// the Objects of a walk and what is asked, GET or POST.
const district = { places: { division: "310151" } };
const weekdays = { weekdays: ["mon"], places: 1, to_day: "2030-12-31" };
const decided = { verdict: "upheld", reply: "已核实，谢谢您告诉我们。" };

export const peopleTable =
  "sign_in_name,name,profession,team,district,licence,phone\n" +
  "brought.in,易导入,律师,徐汇区,310104,13101201899990002,13800000001\n";

export const marks = { correctness: 5, completeness: 4, clarity: 5, courtesy: 5 };

export const makers = {
  "/data/copies/{copy}": (o) => o.copy(),
  "/data/copies/{copy}/page": (o) => o.copy(),
  "/data/copies/{copy}/json": (o) => o.copy(),
  "/my/data/erasure": (o, kind) => (kind === "POST" ? o.unwanted() : {}),
  "/my/data/erasure/end": (o) => o.unwanted(),
  "/privacy/erasures": async (o, kind) =>
    kind === "POST"
      ? { body: o.ofWindow(await o.numbered()) }
      : {},
  "/privacy/erasures/{erasure}": (o) => o.erasure(),
  "/privacy/erasures/{erasure}/end": (o) => o.erasure(),
  "/privacy/erasures/{erasure}/decision": (o) =>
    o.erasure({ byClerk: true, body: { decision: "refuse", words: "档案法第二十一条" } }),
  "/privacy/clerks/{person}/end": async (o) => {
    const { admin } = o.clients;
    const { clerks } = await admin.get("/privacy");
    if (!clerks.length) await admin.post("/privacy/clerks", { login: "clerk002" });
    return { places: { person: (await admin.get("/privacy")).clerks[0].person } };
  },
  "/verify": async (o, kind) => (kind === "POST" ? { body: await o.sheet().then(({ places }) => ({ code: places.code, words: places.reference })) } : {}),
  "/office/sheets/{code}/print": (o) => o.sheet(),
  "/office/sheets/{code}": (o) => o.sheet(),
  "/office/cases/{reference}/visits/{visit}/end": (o) => o.visit(),
  "/office/cases/{reference}/originals/{original}/have": (o) => o.once("have", () => o.original()),
  "/office/cases/{reference}/originals/{original}/back": (o) => o.once("back", () => o.original({ back_to: "本人当面领走" })),
  "/office/cases/{reference}/links": (o) => o.once("beside", () => o.beside({ joined: false })),
  "/office/cases/{reference}/links/{other}/drop": (o) => o.once("joined", () => o.beside({ joined: true })),
  "/office/cases/{reference}/split": (o) => o.once("whole", () => o.whole()),
  "/office/cases/{reference}/closing": (o) => o.once("closing", () => o.closing()),
  "/office/cases/{reference}/closing/papers": (o) => o.once("papers", () => o.closing({ sheet: "judgement" })),
  "/office/cases/{reference}/closing/papers/{file}": (o) => o.once("paper", () => o.closingPaper()),
  "/office/cases/{reference}/closing/papers/{file}/drop": (o) => o.once("paper to drop", () => o.closingPaper({ back: true })),
  "/office/cases/{reference}/closing/check": (o) => o.once("check", () => o.closing({ verdict: "archive" })),
  "/office/cases/{reference}/closing/marks": (o) =>
    o.once("marks", () => o.closing(
      { mark_meeting: 20, mark_evidence: 20, mark_opinion: 20, mark_hearing: 20, mark_file: 20, mark_words: "办得细致。" })),
  "/admin/aid/rates": () => ({
    body: Object.fromEntries([...["arbitration", "civil", "administrative", "settlement", "investigation",
      "prosecution", "trial", "victim"].map((kind) => [`rate_${kind}`, "1500"]), ["draw_every", 1]]),
  }),
  "/office/typed/{reference}": (o) => o.typed(),
  "/cases/inquiry": (o, kind) => (kind === "POST" ? o.once("inquiry", () => o.inquiry()) : {}),
  "/cases": (o, kind) => (kind === "POST" ? o.receipt() : {}),
  "/office/cases/{reference}/tasks/{task}": (o) => o.task(),
  "/office/cases/{reference}/tasks/{task}/answer": (o) => o.task({ answer_words: "已经联系双方。" }),
  "/office/cases/{reference}/tasks/{task}/end": (o) => o.task({ end_words: "电话里说清了。" }),
  "/sessions/{session}/end": (o) => o.session(),
  "/session/second": (o) => o.halfway(),
  "/volunteer/account": (o) => o.invited(),
  "/board/consultations/{reference}/take-over": (o) => o.serving(),
  "/desk/samples/{sample}": (o, kind) => o.sample({ open: kind === "POST" }),
  "/desk/samples/{sample}/open": (o) => o.sample(),
  "/office/cases/{reference}/letters/{letter}": (o) => o.letter(),
  "/cases/{reference}/letters/{letter}/read": (o) => o.letter(),
  "/cases/{reference}/letters/{letter}": (o) => o.letter({ read: true }),
  "/window/slips/{reference}/picture": (o) => o.slip(),
  "/session/totp/picture": async (o) => {
    const { offer } = await o.clients.consultant.get("/session/totp");
    return { query: `?offer=${encodeURIComponent(offer)}` };
  },
  "/consultations/{reference}/claim": (o) => o.asked(),
  "/consultations/{reference}/disclaim": (o) => o.asked(),
  "/desk/canned/{canned}/drop": (o) => o.canned(),
  "/answers/{answer}": (o) => o.answer(),
  "/answers/{answer}/vote": (o) => o.answer(),
  "/desk/repository/{reference}": (o) => o.ended(),
  "/board/repository/{entry}": (o) => {
    const { compared: _, ...text } = o.answerText;
    return { ...o.entries[0], body: { edited: 1, ...text } };
  },
  "/board/repository/{entry}/publish": (o) => ({ ...o.entries[1], body: { seen: 1, confirmed: true } }),
  "/board/repository/{entry}/refuse": (o) => ({ ...o.entries[2], body: { reason: "不够清楚。" } }),
  "/desk/conflicts/{bar}/drop": (o) => o.bar(),
  "/announcements/{announcement}/readers": (o) => o.announcement(),
  "/announcements/{announcement}/end": (o) => o.announcement(),
  "/desk/announcements/{announcement}/read": (o) => o.announcement(),
  "/alarms/{alarm}/seen": (o) => o.alarm(),
  "/board/alarms/{alarm}/seen": (o) => o.alarm(),
  "/reports/subscriptions/{period}/end": () => ({ places: { period: "month" } }),
  "/reports/{report}": (o) => o.report(),
  "/reports/{report}/cases": (o) => o.report(),
  "/reports/{report}/hours": (o) => o.report(),
  "/reports/{report}/teams": (o) => o.report(),
  "/reports/{report}/sheet": (o) => o.report(),
  "/reports/{report}/paper": (o) => o.report(),
  "/roster/swaps/{swap}/accept": (o) => o.swap(),
  "/roster/swaps/{swap}/decline": (o) => o.swap(),
  "/roster/swaps/{swap}/withdraw": (o) => o.swap({ mine: true }),
  "/roster/leaves/{leave}/withdraw": (o) => o.leave(),
  "/roster/leaves/{leave}/grant": (o) => o.leave(),
  "/roster/leaves/{leave}/refuse": (o) => o.leave(),
  "/roster/feeds/{token}/shifts.ics": async (o) => {
    const { path } = await o.clients.consultant.post("/roster/feed", {}, 201);
    return { places: { token: path.match(/feeds\/([^/]+)/)[1] } };
  },
  "/roster/plans/{plan}": (o) => o.plan(weekdays),
  "/roster/plans/{plan}/members": (o) => o.plan({ person: o.clients.consultant.person.id }),
  "/roster/plans/{plan}/members/{person}/end": (o) => o.plan(),
  "/roster/backups/{backup}/up": (o) => o.backup(),
  "/roster/backups/{backup}/drop": (o) => o.backup(),
  "/admin/ladder/districts/{division}": () => district,
  "/admin/ladder/districts/{division}/as-city": () => district,
  "/admin/ladder/borders/{division}": () => district,
  "/board/ladder/{desk}/call": (o) => o.call(),
  "/admin/halls/{hall}/staff/{person}/end": (o) => o.staff(),
  "/admin/import/{import}": (o) => o.table(),
  "/board/complaints/{complaint}": (o) => o.complained,
  "/board/complaints/{complaint}/acknowledge": (o) => o.complained,
  "/board/complaints/{complaint}/notes": (o) => o.complained,
  "/board/complaints/{complaint}/hand-over": (o) => o.handedOn(),
  "/board/complaints/{complaint}/hear": (o) => o.complained,
  "/board/complaints/{complaint}/decide": (o) => ({ ...o.complained, body: decided }),
  "/board/flags/{flag}/clear": (o) => o.flags.pop(),
  "/board/flags/{flag}/investigate": (o) => o.flags.pop(),
  "/board/flags/{flag}/leave": (o) => o.flags.pop(),
  "/board/measures/{measure}": (o) => o.measure(),
  "/board/measures/{measure}/decide": (o) => o.measure(),
  "/board/measures/{measure}/decide-appeal": (o) => o.measure("appealed"),
  "/desk/record/complaints/{complaint}/statement": (o) => o.heard,
  "/desk/record/measures/{measure}/appeal": (o) => o.measure("decided", { own: true }),
  "/admin/quality/wording/{pattern}/drop": (o) => o.pattern(),
  "/handed/{reference}": (o) => o.handed(),
  "/handed/{reference}/accept": (o) => o.handed(),
  "/handed/{reference}/place": (o) => o.handed({ taken: true }),
  "/handed/{reference}/send-back": (o) => o.handed(),
  "/admin/places/{notice}": (o, kind) => o.notice(kind),
  "/admin/places/{notice}/publish": (o, kind) => o.notice(kind),
  "/admin/places/{notice}/withdraw": (o) => o.notice(),
};
