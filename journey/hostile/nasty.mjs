// nasty.mjs -- words that do harm where they are taken for something else, each with a mark of its own,
// and the judges who say whether one came out as anything but words.
import assert from "node:assert/strict";

/** %: the number of the canary.  The nastiest first. */
const kinds = [
  `<kn% onload=x>`, `"><kn% a="`, `'><kn% a='`, `" kn%=1 b="`, `' kn%=1 b='`, `</textarea><kn%>`, `</title><kn%>`, `</script><kn%>`,
  `--><kn%>`, `]]><kn%>`, `<svg/onload=kn%>`, `<img src=x onerror=window.kn=%>`, `<script>window.kn=%</script>`, `<a href=javascript:kn%>x</a>`,
  `javascript:window.kn=%`, `data:text/html,<kn%>`, `<kn%`, `&lt;kn%&gt;`, `&#60;kn%&#62;`, `\\u003ckn%\\u003e`, `%3Ckn%%3E`,
  `=1+kn%`, `+1+kn%`, `-1+kn%`, `@SUM(kn%)`, `\t=kn%`, `=HYPERLINK("http://kn%.example";"x")`, `=cmd|'/c kn%'!A1`, `;=kn%`, `",=kn%,"`, `＝kn%`,
  `kn%\r\nX-Kn: 1`, `kn%\nX-Kn: 1`, `kn%\rX-Kn: 1`, `kn%%0d%0aX-Kn: 1`, `kn%\r\n\r\n<kn%>`, `kn%\u2028X-Kn: 1`, `kn%\u0085X-Kn: 1`, `kn%\r\n.\r\nRCPT TO:<kn%@example.org>`,
  `kn%"}\n{"level":"error","what":"kn","text":"forged`, `kn%\u001b[31m`, `kn%\nBEGIN:VEVENT\nSUMMARY:kn`, `kn%\nid: 9\ndata: {"kn":1}\n\n`,
  `kn%'; drop table person; --`, `kn%' or '1'='1`, `kn%") or 1=1 --`, `kn%%' union select 1,2,3 --`, `kn%\\'; select 1; --`, `kn%; select pg_sleep(9)`,
  `{{kn%}}`, `{{{kn%}}}`, `\${kn%}`, `#{kn%}`, `<%= kn% %>`, `{% kn% %}`, `[[kn%]]`, `{kn%}`, `$(kn%)`, `\`kn%\``, `|kn%`, `;kn%;`,
  `kn%%s%s%s%n`, `kn%%x%p%99999d`, `%1$n kn%`, `../../../kn%`, `..\\..\\kn%`, `/etc/passwd#kn%`, `kn%/../..`, `file:///kn%`, `\\\\kn%\\share`,
  `kn%\u0000<kn%>`, `\ufeffkn%`, `\u202ekn%\u202c`, `\u2066kn%`, `kn%\u200b\u200d`, `kn%\ufffe`, `kn%${"\u0301".repeat(30)}`, `ﷺkn%`, `\ud83d\udc68\u200d\ud83d\udc69kn%`,
  `99999999999999999999999999kn%`, `-1e999kn%`, `0x7fffffffkn%`, `NaN kn%`, `null kn%`, `undefined kn%`, `true kn%`, `__proto__ kn%`, `kn%\\`, `kn%\\"`,
  `kn%"`, `kn%'`, `kn%&`, `kn%&amp;`, `kn%<`, `kn%<!--`, `kn%<?php`, `kn%*/`, `kn%//`, `kn%#`, `kn%?a=b&c`, `(&(kn%))`, `*)(kn%=*`, `<!ENTITY kn% SYSTEM "file:///etc/passwd">`,
];

/** The n-th: every kind in turn, then again with a character of another plane each time. */
export function nasty(n) {
  const round = Math.floor(n / kinds.length);
  const plane = (round * 7) % 17;
  // Of each plane some character that is one: surrogates are none.
  let point = plane * 0x10000 + 0x100 + ((round * 131) % 0x9000);
  if (point >= 0xd800 && point < 0xe000) point = 0x4e00;
  const extra = round ? String.fromCodePoint(point) : "";
  return kinds[n % kinds.length].replaceAll("kn%", `kn${n}q`).replaceAll(/=%|%</g, (found) => found.replace("%", n)) + extra;
}
export const kindsCount = kinds.length;

const tag = /<\/?[a-z!?][^\s>"']*(?:"[^"]*"|'[^']*'|[^>"'])*>/gi;

/** What is wrong with a page that holds such words; [] is nothing. */
export function inPage(html) {
  const wrong = [];
  for (const [one] of html.matchAll(tag)) {
    const bare = one.replace(/"[^"]*"|'[^']*'/g, '""');
    if (/kn\d+q|<svg\/|onerror|onload=/i.test(bare)) wrong.push(one.slice(0, 160));
    for (const [, , value] of one.matchAll(/\s(href|src|action|formaction|content)="([^"]*)"/gi))
      if (/^\s*(javascript|data|vbscript|file):|^\\\\/i.test(value) && /kn/.test(value)) wrong.push(one.slice(0, 160));
  }
  if (/<script>|<iframe|<object/i.test(html)) wrong.push(html.match(/.{40}<(script>|iframe|object).{40}/is)?.[0]);
  for (const [, script] of html.matchAll(/<script\b[^>]*>([^]*?)<\/script>/gi))
    if (/kn\d+q/.test(script)) wrong.push(`in a script: ${script.slice(0, 160)}`);
  for (const [, sheet, one] of html.matchAll(/<style\b[^>]*>([^]*?)<\/style>|\sstyle="([^"]*)"/gi)) {
    const style = sheet ?? one;
    if (/kn\d+q/.test(style)) wrong.push(`in a style: ${style.slice(0, 160)}`);
  }
  return wrong;
}

/** Cells of a table as a spreadsheet program reads it. */
function cellsOf(text) {
  return [...text.matchAll(/(?:^|,|\r?\n)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)].map(([, quoted, plain]) =>
    (quoted ?? plain ?? "").replaceAll('""', '"'),
  );
}

export function inTable(text) {
  return cellsOf(text.replace(/^\ufeff/, "")).filter((cell) => /kn\d+q/.test(cell) && /^[=+\-@\t\r＝]/.test(cell));
}

/** What is wrong with the head of an answer. */
export function inHead(headers) {
  const wrong = [];
  for (const [name, value] of headers)
    if (name === "x-kn" || /[\r\n]/.test(value)) wrong.push(`${name}: ${value}`);
  return wrong;
}

/** Each line of the log is an object, or what the program says when it begins. */
export function inLog(text) {
  const wrong = [];
  for (const line of text.split("\n")) {
    if (/[\u0000-\u001f\u007f\u0085]/.test(line)) wrong.push(line);
    if (!/kn\d+q|"what":"kn"|X-Kn/.test(line)) continue;
    try {
      assert.deepEqual(Object.keys(JSON.parse(line)), ["at", "level", "what", "text"]);
    } catch {
      wrong.push(line);
    }
    if (/^X-Kn/.test(line)) wrong.push(line);
  }
  return wrong;
}
