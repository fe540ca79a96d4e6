// What a person with a browser does on the server: decides by keys, searches, looks at another day, is told of new pages.
// usage: served.mjs served.json FIRST_NUMBER   driven by run.py; prints TAP lines, without the plan
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const told = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
let number = Number(process.argv[3]) - 1;

function check(good, what, seen = "") {
  number += 1;
  console.log(`${good ? "" : "not "}ok ${number} - ${what}`);
  if (!good) console.log("# " + String(seen).replace(/\n/g, "\n# "));
}

const browser = await chromium.launch({ executablePath: told.chromium, args: ["--no-sandbox"] });
const faults = [];
// 409 is what the desk is told when somebody else was first: the browser's console has it, too.
async function watched(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  page.on("console", m => { if (["error", "warning"].includes(m.type()) && !m.text().includes("409")) faults.push("console: " + m.text()); });
  page.on("pageerror", e => faults.push("error: " + e.message));
  page.on("request", r => { if (!r.url().startsWith(told.url) && !r.url().startsWith("data:")) faults.push("request: " + r.url()); });
  return page;
}
const words = (page, what) => page.textContent(what).then(t => t.trim());
const said = (page, what) => page.waitForFunction(w => document.querySelector(".told").textContent.startsWith(w), what, { timeout: 10000 }).then(() => true, () => false);
const shot = (page, name) => page.screenshot({ path: path.join(told.shots, "served-" + name + ".png") });

// ---- accessible, at three widths ----
for (const place of ["index.html", "tin-cathedral.html", "search?q=cathedral", "quotes?speaker=Oonagh+Petrie", "tin-cathedral/diff?from=2021-03", "desk", "tin-cathedral/desk"])
  for (const [width, colorScheme] of [[360, "dark"], [768, "light"], [1440, "light"]]) {
    const page = await watched({ viewport: { width, height: 900 }, colorScheme, bypassCSP: true });
    await page.goto(told.url + place);
    await page.addScriptTag({ content: axe });
    const found = await page.evaluate(s => axe.run(document, { runOnly: s }), STANDARDS);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    await shot(page, `${place.replace(/\W+/g, "-")}-${width}`);
    check(found.violations.length === 0 && wide <= width, `${place}, ${width} px, ${colorScheme}: axe finds nothing, nothing is cut off`,
          `${wide} ${found.violations.map(v => v.id + ": " + v.nodes[0].html.slice(0, 200))}`);
    await page.context().close();
  }

// ---- the desk, by keys ----
{
  const page = await watched(), left = async () => Number(await words(page, ".left")), sentence = () => words(page, ".case:not([hidden]) h2");
  await page.goto(told.desk);
  const token = told.desk.split("#")[1], all = await left(), first = await sentence();
  check(!page.url().includes(token) && all > 20, "the token is gone from the address", page.url());
  await page.keyboard.press("a");
  check(await said(page, "Accepted") && await left() === all - 1 && await sentence() !== first, "a accepts, and the next is in view", await words(page, ".told"));
  await page.keyboard.press("r");
  check(await said(page, "Rejected") && await left() === all - 2, "r rejects");
  await page.keyboard.press("u");
  check(await said(page, "Taken back") && await left() === all - 1, "u takes back");
  await page.keyboard.press("u");
  await page.waitForFunction(n => Number(document.querySelector(".left").textContent) === n, all);
  check(await sentence() === first, "and again: the first is in view again", await sentence());
  await page.keyboard.press("w");
  await page.keyboard.type("a rash court");
  await page.keyboard.press("Enter");
  check(await said(page, "Rejected") && await left() === all - 1, "w rejects and says why; letters of the reason are no keys");
  await page.keyboard.press("c");
  await page.keyboard.press("End");
  await page.keyboard.type(" Two");
  await page.keyboard.press("Enter");
  check(await said(page, "Corrected") && await left() === all - 2, "c corrects");
  await page.keyboard.press("s");
  check(await said(page, "Left for later") && await left() === all - 2, "s leaves for later");
  const status = await page.evaluate(async t => {
    const one = document.querySelector(".case").dataset, post = document.querySelector(".cases").dataset;
    const r = await fetch(post.post, { method: "POST", headers: { "Content-Type": "application/json", "X-Sofar-Token": t },
      body: JSON.stringify({ verdict: "accept", subject: post.subject, fact: one.fact, seen: one.seen, who: "another" }) });
    return r.status;
  }, token);
  await page.keyboard.press("r");
  check(status === 200 && await said(page, "Refused: this is not what you saw") && (await words(page, "#decided li")).includes("another accepted"),
        "who was second is told so, and by whom", `${status} ${await words(page, ".told")}`);
  await page.click("#decided .back >> nth=0");
  check(await said(page, "Taken back"), "any of the last decisions can be taken back");
  await page.uncheck("input[name=keys]");
  const before = await left();
  await page.keyboard.press("r");
  await page.waitForTimeout(500);
  check(await left() === before, "keys can be switched off");
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle) !== "none", "what has the focus shows it");
  await page.context().close();

  const other = await watched();
  await other.goto(told.url + "tin-cathedral/desk");
  await other.keyboard.press("a");
  check(await said(other, "First the token") && await other.isVisible("input[name=token]"), "without the token it asks for it");
  await other.context().close();
}

// ---- search, days, news ----
{
  const page = await watched();
  await page.goto(told.url + "search");
  await page.type("input[name=q]", "cathedral", { delay: 30 });
  await page.waitForFunction(() => /pages? with/.test(document.querySelector(".found").textContent));
  check(await page.locator("#story > li").count() > 5 && page.url().endsWith("?q=cathedral"), "search answers while one types");
  await page.goto(told.url + "tin-cathedral.html");
  await page.focus(".asof input[type=range]");
  await page.keyboard.press("ArrowLeft");
  await page.waitForURL(/as-of=/);
  check((await words(page, ".as-of")).startsWith("As of") && await page.evaluate(() => document.activeElement.type === "range"),
        "the slider shows another day, and keeps the focus", page.url());
  await page.keyboard.press("End");
  await page.waitForURL(u => !u.search);
  check(!(await page.locator(".as-of").count()), "and today again");
  const file = path.join(path.dirname(told.store), "new.txt");
  fs.writeFileSync(file, "date 2022-05-01 More\n\nTin Cathedral was shown in Broch on Sunday.\n");
  await page.waitForTimeout(2500); // it listens by now
  execFileSync(told.sofar, ["add", "-q", "--store", told.store, file]);
  await page.waitForSelector(".fresh", { timeout: 10000 }).catch(() => {});
  check((await words(page, ".fresh").catch(() => "")) === "1 new page: reload", "a new page is told of");
  await shot(page, "fresh");
  await page.context().close();
}

// ---- without JavaScript ----
{
  const page = await watched({ javaScriptEnabled: false });
  await page.goto(told.url + "search");
  await page.fill("input[name=q]", "cathedral");
  await page.press("input[name=q]", "Enter");
  check(await page.locator("#story > li").count() > 5, "without JavaScript search is a form");
  await page.goto(told.url + "tin-cathedral.html");
  await page.fill("input[name=as-of]", "2021-06-30");
  await page.click(".asof button");
  check((await words(page, ".as-of")).startsWith("As of 30 June 2021"), "and so is another day");
  await page.context().close();
}
check(faults.length === 0, "no console errors, no requests to elsewhere", faults.slice(0, 5).join("\n"));
await browser.close();
