// shots.mjs -- the pictures of docs/pictures, made anew: node shots.mjs [NAME ...]
//
// A small scene is played first, so that the desk and the board show work and not an empty city.
// Each picture is one screen as a person sees it; docs/pictures/README.md says what it shows.
import { mkdir, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Api, Consultant, eventually, takenBy } from "./lib/api.mjs";
import { Person, closeBrowser, leads } from "./lib/browser.mjs";
import { withPalette } from "./lib/palette.mjs";
import { goesOn } from "./lib/resident.mjs";
import { withServer } from "./lib/server.mjs";

const folder = fileURLToPath(new URL("../docs/pictures/", import.meta.url));
const onLine = 10; // consultants
const district = "310104";

const plain = { mode: "normal", theme: "light", language: "zh", size: "phone" };
const wide = { ...plain, size: "desktop" };
const desk = { width: 1280, height: 1000 }; // two rows more than a page: the list at its left

/** Two talks, a question left in writing and one that is just offered, all of one consultant. */
async function play(api) {
  const work = await api.ask({ field: "labour", district, phone: "13900004415" });
  const holder = await takenBy(api, work.asked.reference);
  await holder.say(work.asked.reference, "您好。工资是怎么发的？有没有微信或者转账记录？");
  await work.post(`${work.path}/messages`, { text: "有微信记录，前几个月工资是转账的。" });
  const question = "楼上漏水，把我家天花板泡坏了，物业说不归他们管，该找谁赔？";
  const home = await api.ask({ field: "housing", district, phone: "13900007302", text: question });
  await holder.offered(home.asked.reference);
  await holder.accept(home.asked.reference);
  await holder.say(home.asked.reference, "您好。请先拍照留证据。漏水是从什么时候开始的？");
  await home.post(`${home.path}/messages`, { text: "上个星期开始漏的，我拍了照片。楼上说不是他家的水管。" });
  await holder.say(home.asked.reference, "先核实是不是公共管道。", { internal: true });
  await holder.say(home.asked.reference, "可以请居委会和物业一起上门查漏点。查清以后，谁的水管漏，谁来赔。");
  for (const one of [work, home]) {
    const { last_seq: seq } = await one.get(one.path);
    await holder.api.post(`/desk${one.path}/read`, { seq });
  }
  const text = "父亲去世后，继母要把房子卖掉，我们子女有份吗？";
  const wants = { consultant: holder.api.person.id };
  await api.ask({ field: "family", district, mode: "message", phone: "13900005120", text, wants });
  await eventually("the written question is in hand", async () => (await holder.desk()).written.length);
  return { holder, home };
}

async function offer(api, holder) {
  const text = "借给邻居两万元，有借条，他一直不还，怎么办？";
  const debt = await api.ask({ field: "debt", district, text });
  await holder.offered(debt.asked.reference);
}

const wanted = new Set(process.argv.slice(2));
const isWanted = (name) => !wanted.size || wanted.has(name);

async function keep(person, name) {
  if (!isWanted(name)) return;
  const picture = withPalette(await person.page.screenshot());
  await writeFile(`${folder}${name}.png`, picture);
  console.log(`${name}.png ${Math.ceil(picture.length / 1024)} KB`);
}

/** One page, as whoever holds this token sees it. */
async function shoot(server, name, path, how, token, size) {
  if (!isWanted(name)) return;
  const person = await Person.arrive(server.url, how);
  if (token) await person.context.addCookies([{ name: "gongdao", value: token, url: server.url }]);
  if (size) await person.page.setViewportSize(size);
  const status = await person.go(path);
  if (status !== 200) throw new Error(`${path} answers ${status}`);
  await keep(person, name);
  await person.leave();
}

/** The way a resident asks, one picture a step; nobody is free, so that it ends with waiting. */
async function ask(server) {
  const person = await Person.arrive(server.url, plain);
  const { page } = person;
  await person.go("/ask");
  await page.locator('input[name="field"][value="labour"]').check({ force: true });
  await keep(person, "ask-field");
  await goesOn(person);
  await page.locator('textarea[name="text"]').fill("老板三个月没发工资，没有签合同，我该怎么办？");
  await keep(person, "ask-text");
  await goesOn(person);
  await page.locator('select[name="district"]').selectOption(district);
  await keep(person, "ask-where");
  await goesOn(person);
  await page.locator('input[name="phone"]').fill("13900001234");
  await keep(person, "ask-contact");
  await goesOn(person);
  await keep(person, "ask-check");
  const live = page.locator('main form button[name="mode"][value="live"]').first();
  await leads(page, () => live.click());
  await person.isIn("waiting");
  await keep(person, "waiting");
  await person.go("/my");
  await keep(person, "my");
  await person.leave();
}

/** A written question with its answer, as its resident finds it. */
async function written(server, api, holder) {
  const text = "网上买的手机是坏的，店家不肯退，怎么办？";
  const wants = { consultant: holder.api.person.id };
  const asked = await api.ask({ field: "consumer", district, mode: "message", text, wants });
  await shoot(server, "written", asked.path, plain, asked.token);
  await eventually("it is in hand", async () => {
    const { written: list } = await holder.desk();
    return list.some(({ reference }) => reference === asked.asked.reference);
  });
  await holder.api.post(`/desk${asked.path}/answer`, {
    text: "收到货七天内可以无理由退货，商品有质量问题的，运费由店家承担。店家不肯，请打 12315 投诉，并保留聊天记录和付款记录。",
  });
  await shoot(server, "answered", asked.path, plain, asked.token);
}

/** Three people come to a hall; the first is called, and sits at the window. */
async function window(server, api) {
  const clerk = await api.signIn("clerk001");
  const people = [
    ["labour", "老板三个月没发工资。"],
    ["housing", "房东不退押金。"],
    ["family", "想问离婚时房子怎么分。"],
  ];
  for (const [field, text] of people) await clerk.post("/window/register", { field, text });
  await clerk.post("/window/sit", { window: 1 });
  const { number } = await clerk.post("/window/call", {});
  await clerk.post(`/window/numbers/${number}/serve`, {});
  await shoot(server, "window", "/window", wide, clerk.token);
}

await mkdir(folder, { recursive: true });
await withServer({}, async (server) => {
  const api = new Api(server.url, { language: "zh" });
  const { holder, home } = await play(api);
  const supervisor = (await api.signIn("supervisor")).token;
  const admin = (await api.signIn("admin")).token;
  await shoot(server, "home", "/", plain);
  await shoot(server, "elder", "/", { ...plain, mode: "elder" });
  await shoot(server, "contrast", "/", { ...plain, theme: "contrast" });
  await shoot(server, "english", "/", { ...plain, language: "en" });
  await shoot(server, "search", `/search?q=${encodeURIComponent("拖欠工资")}`, plain);
  await shoot(server, "law", `/laws?q=${encodeURIComponent("劳动合同法38条")}`, plain);
  await shoot(server, "item", "/items/legal-aid-civil", plain);
  await window(server, api);
  await shoot(server, "conversation", home.path, plain, home.token);
  await shoot(server, "dark", home.path, { ...plain, theme: "dark" }, home.token);
  await written(server, api, holder);
  await offer(api, holder);
  await shoot(server, "desk", `/desk${home.path}`, wide, holder.api.token, desk);
  await shoot(server, "desk-phone", "/desk", plain, holder.api.token);
  await holder.takes(1); // whoever asks now waits
  await ask(server);
  const others = [];
  for (let i = 30; others.length + 1 < onLine; i++)
    others.push(await Consultant.signIn(api, `consultant${String(i).padStart(3, "0")}`));
  await shoot(server, "board", "/board", wide, supervisor);
  await shoot(server, "people", "/admin/people", wide, admin);
  await shoot(server, "answers", "/admin/answers", wide, admin);
  for (const one of [holder, ...others]) one.silence();
});
await closeBrowser();
