// forms.mjs -- fills any form of ours with what a person might type, by the names of its fields.
import { leads } from "./browser.mjs";

const texts = {
  name: "王小明",
  login: "newcomer01",
  password: "Pa55-word-long",
  phone: "13812345678",
  text: "我在工地上受了伤,老板不肯赔。",
  summary: "已告知途径。",
  reason: "不是我的专长",
  title: "常用答复",
  code: "000000",
  reference: "AAAAAAAA",
  district: "310101",
};

/** The controls of a form that a person can fill in. */
export async function controlsOf(form) {
  return form.locator("input, textarea, select").evaluateAll((all) =>
    all
      .filter(({ type, disabled }) => !disabled && !["hidden", "submit", "button"].includes(type))
      .map((control) => ({
        name: control.name,
        tag: control.tagName,
        type: control.type,
        required: control.required || control.getAttribute("aria-required") === "true",
      })),
  );
}

/** Fills every control once; gives what was typed by name. */
export async function fillForm(form, given = {}) {
  const typed = {};
  for (const { name, tag, type } of await controlsOf(form)) {
    if (!name || name in typed) continue;
    const control = form.locator(`[name="${name}"]`).first();
    const value = given[name] ?? texts[name] ?? texts[name.split("__").at(-1)] ?? "说明";
    if (tag === "SELECT") {
      await control.selectOption(name in given ? given[name] : { index: 1 }).catch(() => {});
      typed[name] = await control.inputValue();
    } else if (type === "radio") {
      const chosen = name in given ? form.locator(`[name="${name}"][value="${given[name]}"]`) : control;
      await chosen.check({ force: true });
      typed[name] = await chosen.getAttribute("value");
    } else if (type === "checkbox") {
      if (name in given) await control.setChecked(Boolean(given[name]), { force: true });
      typed[name] = await control.isChecked();
    } else if (type === "number") {
      typed[name] = String(given[name] ?? 3);
      await control.fill(typed[name]);
    } else if (type === "date") {
      typed[name] = given[name] ?? "2030-01-31";
      await control.fill(typed[name]);
    } else if (type === "time") {
      typed[name] = given[name] ?? "09:00";
      await control.fill(typed[name]);
    } else if (type !== "file") {
      typed[name] = value;
      await control.fill(value);
    }
  }
  return typed;
}

/** What stands in the form now, by name, as fillForm would give it. */
export async function standing(form) {
  const found = {};
  for (const { name, type } of await controlsOf(form)) {
    if (!name || name in found || type === "file") continue;
    const control = form.locator(`[name="${name}"]`).first();
    if (type === "radio") {
      const chosen = form.locator(`[name="${name}"]:checked`);
      found[name] = (await chosen.count()) ? await chosen.first().getAttribute("value") : null;
    } else if (type === "checkbox") found[name] = await control.isChecked();
    else found[name] = await control.inputValue();
  }
  return found;
}

/** Sends a form as it is, past what the browser itself would check. */
export async function sendAsIs(page, form) {
  await form.evaluate((element) => element.setAttribute("novalidate", ""));
  const button = form.locator("button:not([type=button])").last();
  await leads(page, () => button.click());
}
