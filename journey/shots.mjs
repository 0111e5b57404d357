// shots.mjs -- the four pictures of the README: node shots.mjs
//
// A small scene is played first, so that the desk and the board show work and not an empty city.
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Api, Consultant, eventually, takenBy } from "./lib/api.mjs";
import { Person, closeBrowser } from "./lib/browser.mjs";
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

await mkdir(folder, { recursive: true });
await withServer({}, async (server) => {
  const api = new Api(server.url, { language: "zh" });
  const { holder, home } = await play(api);
  const supervisor = await api.signIn("supervisor");
  const shots = [
    ["home", "/", plain, null],
    ["elder", "/", { ...plain, mode: "elder" }, null],
    ["desk", `/desk${home.path}`, wide, holder.api],
    ["board", "/board", wide, supervisor],
  ];
  const others = [];
  for (const [name, path, how, client] of shots) {
    if (name === "desk") await offer(api, holder);
    if (name === "board")
      for (let i = 30; others.length + 1 < onLine; i++)
        others.push(await Consultant.signIn(api, `consultant${String(i).padStart(3, "0")}`));
    const person = await Person.arrive(server.url, how);
    if (client)
      await person.context.addCookies([{ name: "gongdao", value: client.token, url: server.url }]);
    if (name === "desk") await person.page.setViewportSize(desk);
    const status = await person.go(path);
    await person.page.screenshot({ path: `${folder}${name}.png` });
    console.log(`${name}.png ${status}`);
    await person.leave();
  }
  for (const one of [holder, ...others]) one.silence();
});
await closeBrowser();
