// Each receipt's link opened in Chromium: are its words marked? Those that are not are told by cause. Driven by bench/receipts.
import fs from "node:fs";
import { chromium } from "playwright-core";
import { dressed, isMarked, marked } from "./marked.mjs";

const told = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const browser = await chromium.launch({ executablePath: told.chromium, args: ["--no-sandbox", "--force-color-profile=srgb"] });
const context = await browser.newContext({ viewport: { width: 800, height: 480 }, javaScriptEnabled: false });
const page = await context.newPage();
await context.route("**/*", async route => {
  if (!route.request().isNavigationRequest() || !route.request().url().startsWith(told.home)) return route.abort();
  const answer = await route.fetch();
  return route.fulfill({ response: answer, body: dressed(await answer.body()) });
});

// Where the words stand on the page as it is rendered.
const cause = exact => page.evaluate(text => {
  const fold = s => s.toLowerCase().replace(/[\s\u00ad\u200b-\u200f\u2060\ufeff]+/g, ""), wanted = fold(text);
  const times = fold(document.body.innerText).split(wanted).length - 1;
  if (!times) return fold(document.body.textContent).includes(wanted) ? "hidden, or parted by what is hidden" : "not among the page's text";
  const blocks = [...document.querySelectorAll("*")].filter(e => !/inline|contents|none/.test(getComputedStyle(e).display) && fold(e.innerText || "").includes(wanted));
  const whole = blocks.some(e => ![...e.querySelectorAll("*")].some(c => !/inline|contents|none/.test(getComputedStyle(c).display) && c.innerText.trim()));
  return (whole ? "in one block" : "over blocks") + (times > 1 ? `, ${times} times on the page` : "");
}, exact);

let found = 0;
const causes = new Map();
for (const { link, exact } of told.receipts) {
  await page.goto("about:blank");
  await page.goto(link, { waitUntil: "load" });
  const text = await marked(page);
  if (text !== null && isMarked(text, exact)) { found++; continue; }
  const why = (text === null ? "nothing marked: " : "other words marked: ") + await cause(exact);
  causes.set(why, [...(causes.get(why) || []), { link, exact, text }]);
}
console.log(`${found} of ${told.receipts.length} receipts are found and marked`);
for (const [why, list] of causes) {
  console.log(`${list.length} ${why}`);
  for (const { link, exact, text } of list.slice(0, 20)) console.log(`    ${link}\n      ${JSON.stringify(exact.slice(0, 200))}${text === null ? "" : " marked " + JSON.stringify(text.slice(0, 200))}`);
}
await browser.close();
