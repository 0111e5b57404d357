// ladder.mjs -- the overflow ladder as an administrator sets it.

/** The policy as it stands, with these numbers in place of its own: {group__name: number}. */
export async function setLadder(admin, changes) {
  const { numbers } = await admin.get("/admin/ladder");
  const policy = { note: "试一试" };
  for (const { field, entry } of numbers) {
    const [group, name] = field.includes("__") ? field.split("__") : [null, field];
    const number = changes[field] ?? (/^\d+$/.test(entry) ? Number(entry) : entry);
    if (group) (policy[group] ??= {})[name] = number;
    else policy[name] = number;
  }
  await admin.post("/admin/ladder", policy);
}

/** Backups may be called at whatever hour a story is played. */
export const atAnyHour = { from_minute: 0, to_minute: 1440 };
