// relay.mjs -- what a contractor would start from: a Socket.IO server that keeps each message in
// SQLite, synced to the disk, before it is acknowledged and shown to the other side.
//
//   node relay.mjs FILE PORT
//
// One table with the index a conversation is read by, prepared statements, nothing else: no sign-in,
// no rights, no journal.
import { createServer } from "node:http";
import Database from "better-sqlite3";
import { Server } from "socket.io";

const [file, port] = process.argv.slice(2);
const database = new Database(file);
database.pragma("journal_mode = wal");
database.pragma("synchronous = full");
database.exec(`create table message (seq integer primary key, room text not null, at integer not null,
  side text not null, text text not null); create index message_room on message (room, seq);`);
const add = database.prepare("insert into message (room, at, side, text) values (?, ?, ?, ?)");

const http = createServer((request, response) => response.end("ready\n"));
const relay = new Server(http, { transports: ["websocket"], serveClient: false });
relay.on("connection", (socket) => {
  const { room, side } = socket.handshake.auth;
  socket.join(room);
  socket.on("say", (text, done) => {
    const seq = Number(add.run(room, Date.now(), side, text).lastInsertRowid);
    socket.to(room).emit("said", { seq, side, text });
    done(seq);
  });
});
http.listen(Number(port), "127.0.0.1");
