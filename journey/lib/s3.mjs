// s3.mjs -- a store of files that speaks as much of the S3 protocol as Gongdao uses, for stories in
// which it is away, slow, wrong or half there.  It believes nothing: each request's signature (AWS
// Signature Version 4) and the hash of each body are computed anew, with OpenSSL by way of Node,
// from the definition and with no line of what is tested.  The same stories run against OpenStack
// Swift when GONGDAO_SWIFT is set (lib/swift.mjs).
//
// 1. A request with a wrong signature, an old date or another body than was signed is refused with
//    403, and counted.
// 2. What is stored is what came, byte by byte; a put is answered after it is stored.
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const hmac = (key, text) => createHmac("sha256", key).update(text).digest();
const encode = (part) =>
  encodeURIComponent(part).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

/** What is wrong with the signature, or nothing. */
function wrong(request, body, { id, secret, region }) {
  const said = /^AWS4-HMAC-SHA256 Credential=([^,]+), ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? "",
  );
  if (!said) return "AccessDenied";
  const [, credential, signed, signature] = said;
  const [whose, day, where, service, end] = credential.split("/");
  const at = request.headers["x-amz-date"] ?? "";
  if (whose !== id) return "InvalidAccessKeyId";
  if (where !== region || service !== "s3" || end !== "aws4_request" || !at.startsWith(day))
    return "AuthorizationHeaderMalformed";
  const moment = Date.parse(at.replace(/(....)(..)(..)T(..)(..)(..)Z/, "$1-$2-$3T$4:$5:$6Z"));
  if (!(Math.abs(Date.now() - moment) < 15 * 60 * 1000)) return "RequestTimeTooSkewed";
  const names = signed.split(";");
  if (!["host", "x-amz-content-sha256", "x-amz-date"].every((name) => names.includes(name)))
    return "AccessDenied";
  if (!names.every((name) => name in request.headers)) return "SignatureDoesNotMatch";
  if (request.headers["x-amz-content-sha256"] !== sha256(body)) return "XAmzContentSHA256Mismatch";
  const path = new URL(request.url, "http://here").pathname;
  const canonical = [
    request.method,
    path.split("/").map((part) => encode(decodeURIComponent(part))).join("/"),
    "", // there is no query
    ...names.map((name) => `${name}:${String(request.headers[name] ?? "").trim().replace(/ +/g, " ")}`),
    "",
    signed,
    request.headers["x-amz-content-sha256"],
  ].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", at, scope, sha256(canonical)].join("\n");
  const key = [region, "s3", "aws4_request"].reduce(hmac, hmac(`AWS4${secret}`, day));
  return timingSafeEqual(hmac(key, text), Buffer.from(signature, "hex")) ? null : "SignatureDoesNotMatch";
}

export class FileStore {
  static async begin(settings = {}) {
    const store = new FileStore();
    Object.assign(store, { id: "gongdao-key", secret: "s3cr3t/with+signs=", region: "cn-east-1", bucket: "files" }, settings);
    store.objects = new Map();
    store.refused = []; // why, one after the other
    store.asked = []; // "PUT name"
    store.trouble = null; // (request, response, bytes) => true: answered, or not, otherwise
    store.server = createServer((request, response) => store.#take(request, response));
    await store.listen();
    return store;
  }

  async listen() {
    await new Promise((done) => this.server.listen(this.port ?? 0, "127.0.0.1", done));
    this.port = this.server.address().port;
    this.url = `http://127.0.0.1:${this.port}`;
  }

  /** Gone from the network: connections are cut, new ones refused. */
  async away() {
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    await closed;
  }

  /** What belongs into gongdao.conf; the key is in a file. */
  config(keyFile, { bucket = this.bucket } = {}) {
    return `[files]\nendpoint = ${this.url}\nbucket = ${bucket}\nregion = ${this.region}\nkey_file = ${keyFile}\n`;
  }

  async end() {
    if (this.server.listening) await this.away();
  }

  #take(request, response) {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const body = Buffer.concat(parts);
      const [, bucket, name] = request.url.split("/");
      this.asked.push(`${request.method} ${name}`);
      if (this.trouble?.(request, response, this.objects.get(name))) return;
      const why = wrong(request, body, this) ?? (bucket === this.bucket ? null : "NoSuchBucket");
      if (why) {
        this.refused.push(why);
        response.writeHead(why === "NoSuchBucket" ? 404 : 403, { "Content-Type": "application/xml" });
        response.end(`<?xml version="1.0"?><Error><Code>${why}</Code><Message>${"no ".repeat(2000)}</Message></Error>`);
        return;
      }
      this.#answer(request.method, name, body, response);
    });
  }

  #answer(method, name, body, response) {
    const found = this.objects.get(name);
    if (method === "PUT") {
      this.objects.set(name, body);
      response.writeHead(200, { ETag: `"${createHash("md5").update(body).digest("hex")}"` }).end();
    } else if (method === "DELETE") {
      this.objects.delete(name);
      response.writeHead(204).end();
    } else if (!found) {
      response.writeHead(404, { "Content-Type": "application/xml" });
      response.end(method === "HEAD" ? undefined : "<Error><Code>NoSuchKey</Code></Error>");
    } else {
      response.writeHead(200, { "Content-Length": found.length });
      response.end(method === "HEAD" ? undefined : found);
    }
  }
}
