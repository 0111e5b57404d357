// proxy.mjs -- a line between browser and server that can be cut, as in a lift or a tunnel; or one
// address in front of several servers, of which each connection gets the first that answers.
import { connect, createServer } from "node:net";

/** A connection, or null when nobody is there. */
function reached(port) {
  return new Promise((done) => {
    const far = connect(port, "127.0.0.1", () => done(far));
    far.once("error", () => done(null));
  });
}

export class Line {
  static async to(...ports) {
    const line = new Line();
    line.sockets = new Set();
    line.dead = false;
    line.server = createServer(async (near) => {
      if (line.dead) return near.destroy();
      near.on("error", () => near.destroy());
      let far = null;
      for (let i = 0; !far && i < ports.length; i++) far = await reached(ports[i]);
      if (!far || near.destroyed) return near.destroy();
      for (const [one, other] of [[near, far], [far, near]]) {
        line.sockets.add(one);
        one.pipe(other);
        one.on("error", () => other.destroy());
        one.on("close", () => {
          line.sockets.delete(one);
          other.destroy();
        });
      }
      return undefined;
    });
    await new Promise((done) => line.server.listen(0, "127.0.0.1", done));
    line.url = `http://127.0.0.1:${line.server.address().port}`;
    return line;
  }

  /** Every connection ends now; with `dead`, new ones fail too until mend(). */
  cut({ dead = false } = {}) {
    this.dead = dead;
    for (const socket of this.sockets) socket.destroy();
  }

  mend() {
    this.dead = false;
  }

  async close() {
    this.cut({ dead: true });
    await new Promise((done) => this.server.close(done));
  }
}
