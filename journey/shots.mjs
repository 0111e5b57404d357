// shots.mjs -- pictures of the main pages for README and docs: node shots.mjs
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Cast } from "./lib/cast.mjs";
import { Person, closeBrowser } from "./lib/browser.mjs";
import { withServer } from "./lib/server.mjs";

const folder = fileURLToPath(new URL("../docs/pictures/", import.meta.url));

const plain = { mode: "normal", theme: "light", language: "zh", size: "phone" };
const faces = {
  phone: plain,
  elder: { ...plain, mode: "elder" },
  contrast: { ...plain, theme: "contrast" },
  dark: { ...plain, theme: "dark" },
  english: { ...plain, language: "en" },
};
const wide = { ...plain, size: "desktop" };

await mkdir(folder, { recursive: true });
await withServer({}, async (server) => {
  const cast = await Cast.of(server);
  const { talking, waiting, message, closed } = await cast.cases();
  const consultant = cast.holder.api;
  const { supervisor, admin } = cast.clients;
  const shots = [];
  for (const [face, how] of Object.entries(faces)) {
    shots.push([`home-${face}`, "/", how, null]);
    shots.push([`conversation-${face}`, talking.path, how, talking]);
  }
  shots.push(
    ["home-desktop", "/", wide, null],
    ["ask-phone", "/ask", plain, null],
    ["waiting-phone", waiting.path, plain, waiting],
    ["written-phone", message.path, plain, message],
    ["rating-phone", `${closed.path}/rating`, plain, closed],
    ["my-phone", "/my", plain, null],
    ["desk-desktop", `/desk${talking.path}`, wide, consultant],
    ["desk-dark", `/desk${talking.path}`, { ...wide, theme: "dark" }, consultant],
    ["desk-phone", "/desk", plain, consultant],
    ["board-desktop", "/board", wide, supervisor],
    ["people-desktop", "/admin/people", wide, admin],
    ["hours-desktop", "/admin/hours", wide, admin],
  );
  for (const [name, path, how, client] of shots) {
    const person = await Person.arrive(server.url, how);
    if (client)
      await person.context.addCookies([{ name: "gongdao", value: client.token, url: server.url }]);
    const status = await person.go(path);
    await person.page.screenshot({ path: `${folder}${name}.png` });
    console.log(`${name}.png ${status}`);
    await person.leave();
  }
  cast.leave();
});
await closeBrowser();
