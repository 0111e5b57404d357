// board.mjs -- which call of the server fails next, and which it was: the board that a server under
// build/bench/faults.so shares with us (bench/faults.c has the places of its members).
import { closeSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import { join } from "node:path";
import { root, work } from "./server.mjs";

export const library = join(root, "build/bench/faults.so");
export const kinds = { write: 1, sync: 2, rename: 4, open: 8, cut: 16, memory: 32 };
export const errors = { half: 0, io: 5, full: 28 };
const size = 256 + 65536 * 8;

export class Board {
  constructor(name = `faults-${process.pid}`) {
    mkdirSync(work, { recursive: true });
    this.path = join(work, name);
    this.file = openSync(this.path, "w+");
    writeSync(this.file, Buffer.alloc(size));
  }

  environment() {
    return { LD_PRELOAD: library, FAULTS_FILE: this.path, FAULTS_TELL: process.env.FAULTS_TELL };
  }

  /** From now on: the n-th call of a kind; or the first of a new place, one place of `stride`. */
  arm(kind, { at = 0, error = "io", lasting = false, stride = 0 } = {}) {
    this.clear();
    const head = Buffer.alloc(256);
    head.writeUInt32LE(errors[error], 4);
    head.writeBigUInt64LE(BigInt(at), 8);
    head.writeUInt32LE(lasting ? 1 : 0, 28);
    head.writeBigUInt64LE(BigInt(stride), 224);
    writeSync(this.file, head, 0, 256, 0);
    head.writeUInt32LE(kinds[kind], 0);
    writeSync(this.file, head, 0, 4, 0);
  }

  clear() {
    writeSync(this.file, Buffer.alloc(4), 0, 4, 0);
  }

  /** How many were counted, how many failed, and which was the first. */
  told() {
    const head = Buffer.alloc(256);
    readSync(this.file, head, 0, 256, 0);
    const what = head.subarray(32, 224);
    return {
      seen: Number(head.readBigUInt64LE(16)),
      failed: head.readUInt32LE(24),
      what: what.subarray(0, what.indexOf(0)).toString(),
    };
  }

  close() {
    closeSync(this.file);
  }
}
