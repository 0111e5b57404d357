// talk.mjs -- pairs who talk over relay.mjs: each speaker says the next thing when the last was
// acknowledged, each listener is shown all of it.
//
//   node talk.mjs PORT PAIRS SECONDS
//
// Prints as bench/load does: socketio requests N seconds S rate R p50 T p99 T shown N.  Fails if
// something that was acknowledged was not shown.
import { io } from "socket.io-client";

const [port, pairs, seconds] = process.argv.slice(2).map(Number);
const text = "Message about wages that were not paid in full since the spring. ".padEnd(80, ".");
const open = (room, side) =>
  new Promise((resolve, reject) => {
    const socket = io(`http://127.0.0.1:${port}`, {
      transports: ["websocket"], forceNew: true, reconnection: false, auth: { room, side } });
    socket.once("connect", () => resolve(socket));
    socket.once("connect_error", reject);
  });

let shown = 0;
const times = [];
const speakers = [];
for (let pair = 0; pair < pairs; pair++) {
  const listener = await open(`room-${pair}`, "consultant");
  listener.on("said", () => shown++);
  speakers.push(await open(`room-${pair}`, "resident"));
}
const began = performance.now();
const end = began + seconds * 1000;
await Promise.all(speakers.map(async (speaker) => {
  for (let now = performance.now(); now < end; now = performance.now()) {
    await speaker.emitWithAck("say", text);
    times.push(performance.now() - now);
  }
}));
const took = (performance.now() - began) / 1000;
for (let wait = 0; shown < times.length && wait < 100; wait++) await new Promise((go) => setTimeout(go, 50));
times.sort((a, b) => a - b);
const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))].toFixed(3);
console.log(`socketio requests ${times.length} seconds ${took.toFixed(2)} rate ` +
  `${(times.length / took).toFixed(1)} p50 ${at(0.5)} p99 ${at(0.99)} shown ${shown}`);
process.exit(shown === times.length ? 0 : 1);
