// What a browser has marked by a text fragment, found by looking at the picture: no script can ask for it.
import zlib from "node:zlib";

// Marked text is coloured so that no page has the colour; what is in the way of it is taken away, and what a page fades in by script is
// there at once.
const LOOK = "<style>::target-text{background:#f0f!important;color:#f0f!important}img,svg,video,iframe{display:none!important}*{opacity:1!important}</style>";

// The bytes of a page with that look in its head: at its end it might fall into an element that the page does not close.
export function dressed(bytes) {
  const head = /<head(\s[^>]*)?>/i.exec(bytes.toString("latin1")) || /<!doctype[^>]*>/i.exec(bytes.toString("latin1"));
  const at = head ? head.index + head[0].length : 0;
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(LOOK), bytes.subarray(at)]);
}
const PINK = [255, 0, 255];

// The pixels of a PNG as a browser writes it: eight bits a channel, RGB or RGBA, not interlaced.
function pixels(png) {
  const width = png.readUInt32BE(16), height = png.readUInt32BE(20), size = png[25] === 6 ? 4 : 3, stride = width * size, data = [];
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at), type = png.toString("latin1", at + 4, at + 8);
    if (type === "IDAT") data.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const raw = zlib.inflateSync(Buffer.concat(data)), out = Buffer.alloc(stride * height);
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)], row = y * stride;
    for (let x = 0; x < stride; x++) {
      const a = x >= size ? out[row + x - size] : 0, b = y ? out[row - stride + x] : 0, c = x >= size && y ? out[row - stride + x - size] : 0;
      const p = a + b - c, near = Math.abs(p - a) <= Math.abs(p - b) && Math.abs(p - a) <= Math.abs(p - c) ? a : Math.abs(p - b) <= Math.abs(p - c) ? b : c;
      out[row + x] = raw[y * (stride + 1) + 1 + x] + [0, a, b, (a + b) >> 1, near][filter];
    }
  }
  return { width, height, is: (x, y) => x >= 0 && PINK.every((v, i) => out[y * stride + x * size + i] === v) };
}

// The text between the first and the last coloured spot in view; null if there is none. The ends may be a letter off.
export async function marked(page) {
  const image = pixels(await page.screenshot());
  let first = null, last = null;
  for (let y = 0; y < image.height; y++) for (let x = 0; x < image.width; x++) if (image.is(x, y)) { first ??= [x, y]; last = [x, y]; }
  if (!first) return null;
  while (image.is(first[0] - 1, first[1] + 3)) first[0]--;
  return page.evaluate(([a, b]) => {
    const begin = document.caretRangeFromPoint(a[0] + 1, a[1] + 3), end = document.caretRangeFromPoint(b[0], b[1] - 3), range = document.createRange();
    if (!begin || !end) return "";
    range.setStart(begin.startContainer, begin.startOffset);
    range.setEnd(end.startContainer, end.startOffset);
    return range.toString();
  }, [first, last]);
}

// Case, white space and what no reader sees aside.
export const fold = s => s.toLowerCase().replace(/[\s\u00ad\u200b-\u200f\u2060\ufeff]+/g, "");

// Whether what is marked are the words, up to a letter at either end, with which the caret may be off.
export function isMarked(text, exact) {
  const got = fold(text), wanted = fold(exact);
  return wanted.includes(got.slice(1, -1)) && got.length >= wanted.length * 0.8 - 2;
}
