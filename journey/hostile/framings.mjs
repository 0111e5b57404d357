// framings.mjs -- more than four hundred ways to write a request so that two programs may read it
// differently, made from what RFC 9112 leaves no choice about.
//
// Each hides a second request where one of the readings would find it.  `must` says what may become
// of it:
//   refuse    it breaks the grammar, or says its length in two ways: 4xx or 5xx, or closed
//   either    a reader may take it in the one way there is, or refuse it; never the hidden request
//   wait      says that more will come than ever may: refused, or nothing is answered before it has
//   take      valid: answered, and so is the next request on the connection
//   decoded   valid or not cannot be told by us: the library hands over decoded bytes (decision 0003)
const CR = "\r\n";
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]$/;

/** What each byte that is no letter is called in a report. */
const named = (char) => `0x${char.charCodeAt(0).toString(16).padStart(2, "0")}`;

/** Everything that stands between letters: controls, blanks, delimiters, and bytes beyond ASCII. */
const odd = [];
for (let i = 0; i < 0x21; i++) if (i !== 0x0a && i !== 0x0d) odd.push(String.fromCharCode(i));
for (const char of '"(),/:;<=>?@[\\]{}_\x7f\x80\x85\xa0\xff') odd.push(char);

/**
 * `hidden(name)` is the second request, whole, as bytes in latin1; `open(more)` the head of the first
 * without its lengths and its empty line.  Gives [{name, must, bytes, next}].
 */
export function framings({ hidden, open }) {
  const list = [];
  const add = (must, name, make) => list.push({ must, name, bytes: make(hidden(list.length)) });
  const post = (lines, body) => `${open()}${lines.map((line) => line + CR).join("")}${CR}${body}`;
  const both = (te, cl = "Content-Length: ") => (inside) => {
    const body = `0${CR}${CR}${inside}`;
    return post([`${cl}${body.length}`, te], body);
  };

  // A. A length in chunks that one reader sees and another does not, beside a length in bytes.
  add("refuse", "chunked beside a length", both("Transfer-Encoding: chunked"));
  for (const char of odd) {
    const at = named(char);
    const isBlank = char === " " || char === "\t";
    const other = token.test(char) ? "either" : "refuse"; // a name of its own, which says nothing
    add(char === ":" ? "refuse" : other, `${at} behind the name Transfer-Encoding`, both(`Transfer-Encoding${char}: chunked`));
    add(other, `${at} before the name Transfer-Encoding`, both(`${char}Transfer-Encoding: chunked`));
    add(char === ":" ? "either" : other, `${at} within the name Transfer-Encoding`, both(`Transfer${char}Encoding: chunked`));
    add("refuse", `${at} before chunked`, both(`Transfer-Encoding:${char}chunked`));
    add("refuse", `${at} behind chunked`, both(`Transfer-Encoding: chunked${char}`));
    add("refuse", `${at} within chunked`, both(`Transfer-Encoding: chun${char}ked`));
    // B. The same of the length in bytes: which of two counts?
    const two = (line) => (inside) => post([`Content-Length: ${inside.length}`, line], inside);
    add(char === ":" ? "refuse" : other, `${at} behind a second name Content-Length`, two(`Content-Length${char}: 0`));
    add(other, `${at} before a second name Content-Length`, two(`${char}Content-Length: 0`));
    const lone = (line) => (inside) => post([line], inside);
    add("refuse", `${at} within the number`, lone(`Content-Length: 0${char}1`));
    if (!isBlank) add("refuse", `${at} behind the number`, lone(`Content-Length: 0${char}`));
    // C. Where a chunk's size ends.
    const chunk = (size, end = `${CR}0${CR}${CR}`) => (inside) =>
      post(["Transfer-Encoding: chunked"], `${size}${CR}hello${end}${inside}`);
    if (char !== ";" && !isBlank) add("refuse", `${at} behind the size of a chunk`, chunk(`5${char}`));
    add("refuse", `${at} before the size of a chunk`, chunk(`${char}5`));
    // D. The request line.
    const line = (text) => (inside) => `${text}${CR}Host: x${CR}Content-Length: ${inside.length}${CR}${CR}${inside}`;
    if (char !== " ") {
      add("refuse", `${at} between method and target`, line(`POST${char}/none HTTP/1.1`));
      add("refuse", `${at} between target and version`, line(`POST /none${char}HTTP/1.1`));
    }
    add("refuse", `${at} behind the version`, line(`POST /none HTTP/1.1${char}`));
    // E. What ends a line: a reader who takes it for an end finds a length behind.
    if (!token.test(char))
      add(char === "\t" || (char >= " " && char !== "\x7f") ? "either" : "refuse",
        `${at} as the end of a line`, (inside) =>
          post([`X: y${char}Content-Length: ${inside.length}`], ""));
  }

  // F. Lengths in bytes that are none, or more than one.
  const numbers = ["+0", "-0", "-1", "0x0", "0x10", "0.0", "0e0", "1e1", "0,0", "0, 0", "0;0", "0 0", "", " ", "zero",
    "18446744073709551616", "18446744073709551615", "9223372036854775808", "-9223372036854775808", "4294967296000000000000",
    "99999999999999999999999999", "\u00b2", "0_0", "0b0", "0o0", "NaN", "Infinity", "0\x00", "'0'", "%30"];
  for (const number of numbers)
    add("refuse", `Content-Length: ${JSON.stringify(number)}`, (inside) => post([`Content-Length: ${number}`], inside));
  const pairs = [["0", "LEN"], ["LEN", "0"], ["LEN", "LEN"], ["0", "0"], ["LEN", "+LEN"], ["0", ""], ["", "0"], ["LEN", "1"]];
  for (const [a, b] of pairs)
    for (const between of [[], ["X: y"], ["Connection: close"]])
      for (const name of ["Content-Length", "content-length"])
        add("refuse", `Content-Length: ${a}, then ${name}: ${b}${between.length ? `, behind ${between[0]}` : ""}`, (inside) =>
          post([`Content-Length: ${a.replace("LEN", inside.length)}`, ...between, `${name}: ${b.replace("LEN", inside.length)}`], inside));

  // G. Encodings that are not chunked alone.
  const encodings = ["identity", "gzip", "gzip, chunked", "chunked, gzip", "chunked, chunked", "chunked, identity",
    "identity, chunked", "xchunked", "chunkedx", "chunke", "x-chunked", "\"chunked\"", "'chunked'", "chunked;q=1", "chunked; a=b",
    ",chunked", "chunked,", ", chunked", "chunked ,", "deflate", "compress, chunked", "trailers", "cow", "", "chunked\x00", "\x00chunked",
    "chunked\x0b", "\x0bchunked", "chu\x00nked", "\u0131chunked", "chun\u212aed", "CHUN\u212aED", "chunked\xa0"];
  for (const value of encodings) {
    const bytes = Buffer.from(value, "utf8").toString("latin1");
    add("refuse", `Transfer-Encoding: ${JSON.stringify(value)} alone`, (inside) =>
      post([`Transfer-Encoding: ${bytes}`], `0${CR}${CR}${inside}`));
    add("refuse", `Transfer-Encoding: ${JSON.stringify(value)} beside a length`, both(`Transfer-Encoding: ${bytes}`));
  }
  for (const [first, second] of [["chunked", "identity"], ["identity", "chunked"], ["chunked", "chunked"], ["chunked", "cow"],
    ["cow", "chunked"], ["", "chunked"], ["chunked", ""], ["gzip", "chunked"]])
    add("refuse", `Transfer-Encoding: ${first}, then ${second}`, (inside) =>
      post([`Transfer-Encoding: ${first}`, `Transfer-Encoding: ${second}`], `0${CR}${CR}${inside}`));
  for (const name of ["transfer-encoding", "TRANSFER-ENCODING", "Transfer-encoding", "tRANSFER-eNCODING"])
    add("refuse", `${name} beside a length`, both(`${name}: chunked`));
  for (const value of ["Chunked", "CHUNKED", "cHuNkEd"])
    add("refuse", `Transfer-Encoding: ${value} beside a length`, both(`Transfer-Encoding: ${value}`));

  // H. Folded lines, and line ends that are not CR LF.
  const ends = { "LF": "\n", "CR": "\r", "CR CR LF": "\r\r\n", "LF CR": "\n\r", "CR NUL LF": "\r\0\n", "CR blank LF": "\r \n" };
  for (const [what, end] of Object.entries(ends)) {
    add("refuse", `${what} behind the request line`, (inside) =>
      `${open().replace(CR, end)}Content-Length: ${inside.length}${CR}${CR}${inside}`);
    add("refuse", `${what} before Transfer-Encoding`, (inside) =>
      `${open()}X: y${end}Transfer-Encoding: chunked${CR}Content-Length: ${inside.length + 5}${CR}${CR}0${CR}${CR}${inside}`);
    add("refuse", `${what} behind Transfer-Encoding`, (inside) =>
      `${open()}Content-Length: ${inside.length + 5}${CR}Transfer-Encoding: chunked${end}X: y${CR}${CR}0${CR}${CR}${inside}`);
    add("refuse", `${what} behind the last line`, (inside) =>
      `${open()}X: y${CR}Content-Length: ${inside.length}${end}${CR}${inside}`);
    add("refuse", `${what} as the empty line`, (inside) => `${open()}Content-Length: ${inside.length}${CR}${end}${inside}`);
    // What the library decodes: it takes a bare LF for an end there, and we never see it.
    const must = end === "\n" ? "decoded" : "refuse";
    add(must, `${what} behind the size of a chunk`, (inside) =>
      post(["Transfer-Encoding: chunked"], `5${end}hello${CR}0${CR}${CR}${inside}`));
    add(must, `${what} behind a chunk`, (inside) =>
      post(["Transfer-Encoding: chunked"], `5${CR}hello${end}0${CR}${CR}${inside}`));
    add(must, `${what} behind the last chunk`, (inside) =>
      post(["Transfer-Encoding: chunked"], `0${end}${CR}${inside}`));
    add(end === "\n" || end === "\r" || end.includes("\n") ? "decoded" : "refuse", `${what} within a chunk's extension`, (inside) =>
      post(["Transfer-Encoding: chunked"], `5;a${end}b${CR}hello${CR}0${CR}${CR}${inside}`));
    add("decoded", `${what} within a trailer`, (inside) =>
      post(["Transfer-Encoding: chunked"], `0${CR}X: y${end}Content-Length: 5${CR}${CR}${inside}`));
  }
  for (const blank of [" ", "\t", "  ", " \t"])
    for (const [name, value] of [["Transfer-Encoding", "chunked"], ["Content-Length", "0"], ["X", "y"], ["Host", "y"]])
      add("refuse", `${name} folded with ${JSON.stringify(blank)}`, (inside) =>
        post([`Content-Length: ${inside.length}`, `${name}:${CR}${blank}${value}`], inside));
  for (const first of [" X: y", "\tX: y", " Transfer-Encoding: chunked", ":", ": y", "X", "X y", "\0", "\x0b: y"])
    add("refuse", `first line ${JSON.stringify(first)}`, (inside) =>
      `POST /none HTTP/1.1${CR}${first}${CR}Host: x${CR}Content-Length: ${inside.length}${CR}${CR}${inside}`);

  // I. Chunk sizes that are none.
  for (const size of ["-5", "+5", "0x5", "5.0", "g", "", "5 5", "5,5", "'5'", "10000000000000005", "ffffffffffffffff",
    "fffffffffffffffff", "100000000", "-0", "\u0665"])
    add(/^(f{16}|10{8})$/.test(size) ? "wait" : "refuse", `a chunk of ${JSON.stringify(size)}`, (inside) =>
      post(["Transfer-Encoding: chunked"], `${Buffer.from(size).toString("latin1")}${CR}hello${CR}0${CR}${CR}${inside}`));
  for (const [what, body] of [["longer than its size", `3${CR}hello${CR}0${CR}${CR}`], ["shorter than its size", `9${CR}hello${CR}0${CR}${CR}`],
    ["without an end", `5${CR}hello0${CR}${CR}`], ["with LF LF behind", `5${CR}hello\n\n0${CR}${CR}`]])
    add("refuse", `a chunk ${what}`, (inside) => post(["Transfer-Encoding: chunked"], body + inside));
  for (const trailer of ["X", "X : y", ": y", " X: y", "X\0: y"])
    add("refuse", `trailer ${JSON.stringify(trailer)}`, (inside) =>
      post(["Transfer-Encoding: chunked"], `0${CR}${trailer}${CR}${CR}${inside}`));

  // J. Versions, methods, targets, hosts.
  for (const version of ["HTTP/1.2", "HTTP/2.0", "HTTP/0.9", "HTTP/1.10", "HTTP/1,1", "http/1.1", "HTTP/01.1", "HTTP/1.01", "HTTP/1.1.1",
    "HTTP /1.1", "XHTTP/1.1", "HTTP/-1.1", "HTTP/1.", "HTTP/.1", "HTTP1.1", "ICY/1.1", "HTTPS/1.1", "HTTP/1.1 HTTP/1.1"])
    add("refuse", `version ${version}`, (inside) =>
      `POST /none ${version}${CR}Host: x${CR}Content-Length: ${inside.length}${CR}${CR}${inside}`);
  add("refuse", "no version", (inside) => `POST /none${CR}Host: x${CR}${CR}${inside}`);
  add("refuse", "chunked in HTTP/1.0", (inside) =>
    `POST /none HTTP/1.0${CR}Host: x${CR}Connection: keep-alive${CR}Transfer-Encoding: chunked${CR}${CR}0${CR}${CR}${inside}`);
  add("refuse", "HTTP/2 without TLS", (inside) => `PRI * HTTP/2.0${CR}${CR}SM${CR}${CR}${inside}`);
  for (const method of ["GE,T", "GET/", "G(ET", "POST:", "\"GET\"", "get", "Post", "SMUGGLE", "CONNECT", "TRACE", "OPTIONS", "{}", "P\x80ST"])
    add("refuse", `method ${JSON.stringify(method)}`, (inside) =>
      `${method} /none HTTP/1.1${CR}Host: x${CR}Content-Length: ${inside.length}${CR}${CR}${inside}`);
  for (const method of ["GET", "HEAD", "DELETE"])
    add(method === "DELETE" ? "either" : "refuse", `${method} with a body`, (inside) =>
      `${method} /none HTTP/1.1${CR}Host: x${CR}Content-Length: ${inside.length}${CR}${CR}${inside}`);
  for (const target of ["//x/none", "http://other/none", "http:/none", "x:80", "*", "none", "?none", "#none", "/none#a", "/a/../none", "/%2e%2e/none",
    "/none%00", "/none%0d%0aX:y", "/none%2f", "/none%5c", "/no\\ne", "/none%", "/none%4", "/none%zz", "/%c0%afnone", "/n\x80ne", "/none|", "/no ne",
    "/.;/none", "/none%0a"])
    add(["/.;/none", "/none|"].includes(target) ? "either" : "refuse", `target ${JSON.stringify(target)}`, (inside) =>
      `POST ${target} HTTP/1.1${CR}Host: x${CR}Content-Length: ${inside.length}${CR}${CR}${inside}`);
  for (const host of ["", "x, y", "x y", "x/none", "u@x", "x:", "x:8o", "x:65536", "[::1", "::1", "x#a", "x?a", "x\\y", "x\0", "x%00", "x\x80", "http://x"])
    add("refuse", `Host: ${JSON.stringify(host)}`, (inside) =>
      `POST /none HTTP/1.1${CR}Host: ${host}${CR}Content-Length: ${inside.length}${CR}${CR}${inside}`);
  for (const second of ["x", "y", "", "x:80"])
    add("refuse", `Host twice, then ${JSON.stringify(second)}`, (inside) => post([`Host: ${second}`, `Content-Length: ${inside.length}`], inside));
  add("refuse", "no Host", (inside) => `POST /none HTTP/1.1${CR}Content-Length: ${inside.length}${CR}${CR}${inside}`);

  // K. What asks a front to drop or to change a line: the length must not go that way.
  for (const value of ["Content-Length", "Transfer-Encoding", "upgrade, Content-Length", "keep-alive, Host", "Host", "X-Forwarded-For"])
    add("either", `Connection: ${value}`, (inside) => post([`Connection: ${value}`, `Content-Length: ${inside.length}`], inside));
  for (const line of ["Upgrade: h2c", "Upgrade: websocket", "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA", "TE: trailers", "Trailer: Content-Length",
    "Content-Encoding: chunked", "X-HTTP-Method-Override: GET", "X-Original-URL: /metrics", "Expect: 100-continue", "Content-Length-X: 0",
    "X-Content-Length: 0", "Proxy-Connection: keep-alive", "Keep-Alive: timeout=5", "Max-Forwards: 0"])
    add("either", `${line} beside a length`, (inside) => post([line, `Content-Length: ${inside.length}`], inside));
  for (const value of ["100-continu", "200-ok", "100-continue, x", ""])
    add(value ? "refuse" : "either", `Expect: ${JSON.stringify(value)}`, (inside) => post([`Expect: ${value}`, `Content-Length: ${inside.length}`], inside));

  // L. Valid, though seldom seen: taken as they are, and what hides in a body stays a body.
  add("take", "a request within a body", (inside) => post([`Content-Length: ${inside.length}`], inside));
  add("take", "a request within a chunk", (inside) =>
    post(["Transfer-Encoding: chunked"], `${inside.length.toString(16)}${CR}${inside}${CR}0${CR}${CR}`));
  for (const size of ["5", "05", "005", "0005"])
    add("take", `a chunk of ${size}`, () => post(["Transfer-Encoding: chunked"], `${size}${CR}hello${CR}0${CR}${CR}`));
  for (const last of ["0", "00", "0000"])
    add("take", `a last chunk of ${last}`, () => post(["Transfer-Encoding: chunked"], `5${CR}hello${CR}${last}${CR}${CR}`));
  for (const extension of [";a=b", ";a", ";a=\"b\""])
    add("take", `a chunk with ${extension}`, () => post(["Transfer-Encoding: chunked"], `5${extension}${CR}hello${CR}0${CR}${CR}`));
  add("take", "a trailer", () => post(["Transfer-Encoding: chunked"], `5${CR}hello${CR}0${CR}X: y${CR}${CR}`));
  add("take", "an empty line before", () => `${CR}${post(["Content-Length: 5"], "hello")}`);
  add("take", "names in small letters", () => post(["content-length: 5"], "hello"));
  add("take", "no blank behind the colon", () => post(["Content-Length:5"], "hello"));
  add("take", "a body that is empty", () => post(["Content-Length: 0"], ""));
  return list;
}
