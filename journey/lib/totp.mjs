// totp.mjs -- an authenticator app: RFC 6238 with SHA-1, six digits, half a minute a step.
import { createHmac } from "node:crypto";

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; // RFC 4648, base 32

/** The code of a key as it is typed, `ahead` steps from now: each code counts once. */
export function totp(secret, ahead = 0) {
  const bits = [...secret.replace(/[\s=]/g, "").toUpperCase()]
    .map((sign) => letters.indexOf(sign).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const count = Buffer.alloc(8);
  count.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + ahead));
  const hash = createHmac("sha1", key).update(count).digest();
  const at = hash[19] & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1e6).padStart(6, "0");
}
