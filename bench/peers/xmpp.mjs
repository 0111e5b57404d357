// xmpp.mjs -- pairs who talk over an XMPP server that archives: each speaker says the next thing
// when the last has reached the listener.
//
//   node xmpp.mjs PORT PAIRS SECONDS
//
// People are talk0 … on the host "bench", whose password is "bench".  A server that archives keeps a
// message in the sender's and in the receiver's archive before it is shown, and acknowledges nothing:
// that it arrived is taken for it.  Prints as talk.mjs does.
import { connect } from "node:net";

const [port, pairs, seconds] = process.argv.slice(2).map(Number);
const text = "Message about wages that were not paid in full since the spring. ".padEnd(80, ".");
const head =
  "<?xml version='1.0'?><stream:stream to='bench' version='1.0' xmlns='jabber:client' " +
  "xmlns:stream='http://etherx.jabber.org/streams'>";

/** Somebody on line.  `said` is called with the id of each message that comes. */
async function person(name) {
  const socket = connect(port, "127.0.0.1").setNoDelay(true).setEncoding("utf8");
  const one = { said: () => {}, say: (bytes) => socket.write(bytes) };
  let seen = "";
  let wake = () => {};
  let is_online = false;
  socket.on("data", (part) => {
    seen += part;
    if (!is_online) return wake();
    const messages = /<message [^]*?<\/message>/g;
    let end = 0;
    for (let found; (found = messages.exec(seen)); end = messages.lastIndex)
      if (found[0].includes("<body>")) one.said(/ id='([^']*)'/.exec(found[0])?.[1]);
    seen = seen.slice(end);
  });
  socket.on("error", (error) => { throw error; });
  const step = async (bytes, sign) => {
    seen = "";
    socket.write(bytes);
    while (!seen.includes(sign)) {
      if (/<failure|<stream:error|type='error'/.test(seen)) throw new Error(`${name}: ${seen}`);
      await new Promise((done) => (wake = done));
    }
  };
  await step(head, "</stream:features>");
  const secret = Buffer.from(`\0${name}\0bench`).toString("base64");
  await step(`<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>${secret}</auth>`, "<success");
  await step(head, "</stream:features>");
  await step(
    "<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>r</resource></bind></iq>",
    "</iq>",
  );
  await step("<presence/>", "<presence");
  seen = "";
  is_online = true;
  return one;
}

const couples = [];
for (let pair = 0; pair < pairs; pair++)
  couples.push([await person(`talk${2 * pair}`), await person(`talk${2 * pair + 1}`)]);
const times = [];
const began = performance.now();
const end = began + seconds * 1000;
await Promise.all(couples.map(async ([speaker, listener], pair) => {
  for (let now = performance.now(), i = 0; now < end; now = performance.now(), i++) {
    const id = `m${i}`;
    await new Promise((done) => {
      listener.said = (came) => came === id && done();
      speaker.say(`<message type='chat' id='${id}' to='talk${2 * pair + 1}@bench/r'><body>${text}</body></message>`);
    });
    times.push(performance.now() - now);
  }
}));
const took = (performance.now() - began) / 1000;
times.sort((a, b) => a - b);
const at = (part) => times[Math.min(times.length - 1, Math.floor(times.length * part))].toFixed(3);
console.log(`ejabberd requests ${times.length} seconds ${took.toFixed(2)} rate ` +
  `${(times.length / took).toFixed(1)} p50 ${at(0.5)} p99 ${at(0.99)}`);
process.exit(0);
