// What a person with a browser sees of the gallery; driven by run.py, which writes told.json. Prints TAP lines, without the plan.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import zlib from "node:zlib";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";
import { dressed, isMarked, marked } from "./marked.mjs";

const told = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PAGES = ["tin-cathedral.html", "oonagh-petrie.html", "tall-heron-releasing.html", "index.html"];
const WEIGHT = 60 * 1024;

let number = 0;
function check(good, what, faults = []) {
  number += 1;
  console.log(`${good ? "" : "not "}ok ${number} - ${what}`);
  for (const fault of faults.slice(0, 6)) console.log("# " + String(fault).replace(/\n/g, "\n# "));
}
const none = (faults, what) => check(faults.length === 0, what, faults);

// A page that keeps what went wrong: console, errors, dialogs, requests to elsewhere.
async function watched(context, home) {
  const page = await context.newPage();
  page.faults = [];
  page.on("console", m => { if (m.type() === "error" || m.type() === "warning") page.faults.push("console: " + m.text()); });
  page.on("pageerror", e => page.faults.push("error: " + e.message));
  page.on("dialog", d => { page.faults.push("dialog: " + d.message()); d.dismiss(); });
  page.on("request", r => { if (!r.url().startsWith(home) && !r.url().startsWith("data:")) page.faults.push("request: " + r.url()); });
  return page;
}

// ---- receipts in the original ----

// Address -> bytes of every original that the receipts lead to; the pages of the feed are their entries.
function originals() {
  const files = {}, feed = fs.readFileSync(path.join(told.examples, "10-soundtrack-and-release.atom"), "utf8");
  for (const name of fs.readdirSync(told.examples).filter(n => n.endsWith(".html"))) files[name] = fs.readFileSync(path.join(told.examples, name));
  files["06"] = fs.readFileSync(path.join(told.examples, "warc/06-delayed-elsewhere.html"));
  const unescape = s => s.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&quot;/g, '"').replace(/&#0?39;/g, "'").replace(/&amp;/g, "&");
  feed.split("<entry>").slice(1).forEach((entry, i) => {
    const content = entry.match(/<content type="(x?html)"[^>]*>([\s\S]*?)<\/content>/);
    files["entry " + entry.match(/<link[^>]*href="([^"]*)"/)[1]] =
      Buffer.from("<!doctype html><meta charset=utf-8><body>" + (content[1] === "html" ? unescape(content[2]) : content[2]), "utf8");
  });
  return files;
}

function original(files, url) {
  const bare = url.replace(/#.*/, "");
  if (files["entry " + bare]) return files["entry " + bare];
  if (bare.startsWith(told.originals)) return files[bare.slice(told.originals.length)];
  const found = Object.entries(files).find(([name, bytes]) => !name.startsWith("entry") && bytes.includes(bare));
  return found && found[1];
}

async function receipts(browser) {
  const links = new Map(), files = originals(), faults = [], unknown = [];
  const dossier = JSON.parse(fs.readFileSync(path.join(told.folder, PAGES[0].replace("html", "json")), "utf8"));
  for (const r of [...dossier.facts, ...dossier.quotes, ...dossier.timeline].flatMap(item => item.receipts || [])) if (r.link) links.set(r.link, r);
  const context = await browser.newContext({ viewport: { width: 800, height: 480 } });
  const page = await context.newPage();
  await context.route("**/*", route => {
    const bytes = route.request().isNavigationRequest() && original(files, route.request().url());
    if (!bytes) return route.abort();
    const charset = /charset=["']?([\w-]+)/i.exec(bytes.toString("latin1"));
    return route.fulfill({ body: dressed(bytes), contentType: "text/html; charset=" + (charset ? charset[1].replace(/iso-8859-1/i, "windows-1252") : "utf-8") });
  });
  let found = 0, whole = 0;
  for (const [link, r] of links) {
    if (!original(files, link)) { unknown.push(link); continue; }
    await page.goto("about:blank");
    await page.goto(link, { waitUntil: "load" });
    const text = await marked(page);
    if (text === null) faults.push(`not found: “${r.exact.slice(0, 90)}” ${link}`);
    else found++;
    if (text !== null && isMarked(text, r.exact)) whole++;
    else if (text !== null) faults.push(`marks other words: “${text.slice(0, 90)}” for “${r.exact.slice(0, 90)}”`);
  }
  await context.close();
  none(unknown, "every receipt's page is one of the originals");
  check(links.size > 50 && found === links.size && whole === links.size, `the browser finds and marks ${found} of ${links.size} receipts in the originals, ${whole} of them to the word`, faults);
}

// ---- pages ----

// Lays everything out, also what is far from the window: what is not laid out is measured wrongly.
const layOut = () => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("* { content-visibility: visible !important }");
  document.adoptedStyleSheets = [sheet];
  document.querySelectorAll("details").forEach(d => { d.open = true; });
};

async function looked(browser, scheme, pages) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, colorScheme: scheme, reducedMotion: "reduce" });
  const faults = [], violations = [];
  for (const name of pages) {
    const page = await watched(context, told.site);
    await page.goto(told.site + name);
    await page.evaluate(layOut);
    await page.evaluate(axe + ";0");
    const result = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
    for (const v of result.violations) violations.push(`${name}: ${v.id}: ${v.help}: ${v.nodes[0].target} ${v.nodes[0].failureSummary} ${v.nodes[0].html.slice(0, 160)}`);
    faults.push(...page.faults.map(f => name + ": " + f));
    await page.close();
  }
  await context.close();
  none(violations, `axe-core has nothing to say (${scheme}, WCAG 2.2 AA)`);
  none(faults, `no error in the console and no request to elsewhere (${scheme})`);
}

async function shots(browser) {
  const faults = [];
  fs.mkdirSync(told.shots, { recursive: true });
  for (const scheme of ["light", "dark"]) for (const width of [360, 768, 1440]) {
    const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme });
    const page = await context.newPage();
    for (const name of [PAGES[0], PAGES[3]]) {
      await page.goto(told.site + name);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) faults.push(`${name} at ${width}: ${wide} px too wide`);
      await page.screenshot({ path: path.join(told.shots, `${name}-${width}-${scheme}.png`) });
    }
    await context.close();
  }
  none(faults, "nothing is wider than the window at 360, 768 and 1440 px");
}

async function withoutScript(browser) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await watched(context, told.site);
  await page.goto(told.site + PAGES[0]);
  check(!await page.locator(".tools").isVisible() && await page.locator(".card h3").first().isVisible(), "without script there is the story and no filter that does nothing");
  await page.locator(".card summary").first().click();
  check(await page.locator(".card .receipt mark").first().isVisible(), "without script a receipt opens");
  check((await page.locator("svg.clock-face").count()) === 1 && (await page.locator(".rows li").count()) > 0, "without script both clocks and the list are there");
  none(page.faults, "without script nothing is asked of anybody");
  await context.close();
}

async function keyboard(browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
  const page = await watched(context, told.site);
  await page.goto(told.site + PAGES[0]);
  await page.keyboard.press("Tab");
  check(await page.evaluate(() => document.activeElement.className === "skip" && document.activeElement.getBoundingClientRect().left >= 0), "the first stop is a visible way past the head");
  const unseen = [], order = [];
  for (let i = 0; i < 400; i++) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
      if (e === document.body) return null;
      return { what: e.outerHTML.slice(0, 80), seen: r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight && s.outlineStyle !== "none",
        at: [...document.querySelectorAll("a[href],summary,input,select")].indexOf(e) };
    });
    if (!stop) break;
    if (!stop.seen) unseen.push(stop.what);
    order.push(stop.at);
  }
  none(unseen, `each of ${order.length} stops is in view and has a ring`);
  check(order.length > 60 && order.every((at, i) => i === 0 || at > order[i - 1]), "stops come in the order of the page, and none is a trap");
  await page.locator(".card summary").first().focus();
  await page.keyboard.press("Enter");
  check(await page.locator(".card .receipt").first().isVisible(), "Enter opens a receipt");
  await context.close();
}

async function filters(browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await watched(context, told.site);
  await page.goto(told.site + PAGES[0]);
  const shown = () => page.evaluate(() => [...document.querySelectorAll("[data-is]")].filter(e => !e.closest("[hidden]")).length);
  const all = await shown(), tools = page.locator(".tools");
  await tools.locator("[name=q]").fill("granary aberdeen");
  await page.waitForTimeout(150);
  const some = await shown();
  check(some > 0 && some < all && /of/.test(await tools.locator(".found").innerText()), `search leaves ${some} of ${all} items, and says so`);
  await tools.locator("[name=q]").fill("");
  await page.waitForTimeout(150);
  await tools.locator("[name=key]").check();
  check(await page.evaluate(() => [...document.querySelectorAll("[data-is]")].every(e => !e.closest("[hidden]") === e.hasAttribute("data-key"))), "key events only");
  check(!await page.locator("#quotes").isVisible() && await page.locator("#events").isVisible(), "a section with nothing left goes away");
  await tools.locator("[name=key]").uncheck();
  await tools.locator("[name=is]").selectOption("planned");
  check(await page.evaluate(() => [...document.querySelectorAll("[data-is]")].every(e => !e.closest("[hidden]") === (e.dataset.is === "planned"))), "by status");
  await tools.locator("[name=is]").selectOption("");
  await tools.locator("[name=by]").selectOption("Oonagh Petrie");
  check((await page.evaluate(() => [...document.querySelectorAll("[data-is]")].filter(e => !e.closest("[hidden]")).map(e => e.dataset.by))).every(by => by === "Oonagh Petrie"), "by speaker");
  await tools.locator("[name=by]").selectOption("");
  await tools.locator("[name=asof]").focus();
  await page.keyboard.press("Home");
  const day = await tools.locator("output").innerText();
  check(await page.evaluate(d => [...document.querySelectorAll("[data-is]")].every(e => !e.closest("[hidden]") === !!(e.dataset.said && e.dataset.said <= d)), day) && await shown() > 0, `as of ${day}: what was said later is away`);
  check(/planned/.test(await page.locator("#changed .was, #changed li").first().innerText()) || await page.locator(".m-planned:visible").count() > 0, "and what came true is still planned");
  await page.keyboard.press("End");
  check(await shown() === all, "at the end of the slider everything is back");
  await page.goto(told.site + "index.html");
  await page.locator("[name=q]").fill("petrie directs");
  await page.waitForTimeout(150);
  const left = await page.locator(".subjects > li:visible").count();
  check(left > 0 && left < await page.locator(".subjects > li").count() && await page.locator(".subjects > li:visible a").first().innerText() === "Oonagh Petrie", "the index finds a subject by what is said of it");
  none(page.faults, "filters make no noise");
  await context.close();
}

async function links(browser) {
  const context = await browser.newContext();
  const page = await watched(context, told.site);
  const dead = [], names = fs.readdirSync(told.folder);
  for (const name of names.filter(n => n.endsWith(".html"))) {
    const html = fs.readFileSync(path.join(told.folder, name), "utf8"), ids = new Set([...html.matchAll(/ id="([^"]+)"/g)].map(m => m[1]));
    for (const [, href] of html.matchAll(/ href="([^"]+)"/g)) {
      if (href.startsWith("#") && !ids.has(href.slice(1))) dead.push(name + " " + href);
      else if (/^[a-z0-9-]+\.[a-z.]+$/.test(href) && !names.includes(href)) dead.push(name + " " + href);
    }
    if (ids.size !== [...html.matchAll(/ id="/g)].length) dead.push(name + ": an id twice");
  }
  none(dead, "links of pages lead to items and pages that are there");
  await page.goto(told.site + PAGES[0]);
  await page.locator("#credits a", { hasText: "Oonagh Petrie" }).first().click();
  check(await page.locator("h1").innerText() === "Oonagh Petrie", "from a film to who made it");
  await page.locator("#credits a", { hasText: "Tin Cathedral" }).first().click();
  check(await page.locator("h1").innerText() === "Tin Cathedral", "and back");
  await page.locator(".open a").first().click();
  check(await page.evaluate(() => document.querySelector(":target details").open), "a link to an item opens its receipts");
  await page.locator(".around a[href='#quotes']").click();
  check(await page.evaluate(() => !document.querySelector("#quotes details[open]")), "a link to a section opens none");
  await context.close();
}

// ---- a long dossier ----

async function long(browser) {
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled });
    const page = await watched(context, told.long), how = javaScriptEnabled ? "" : ", without script";
    await page.goto(told.long + "work000-tide000.html");
    const link = page.locator("#events a.receipts").nth(30);
    const name = await link.evaluate(e => e.closest("[data-is]").id);
    await Promise.all([page.waitForURL(/\.receipts-/), link.click()]);
    check(new URL(page.url()).hash === "#" + name && await page.locator(`[id="${name}"] .receipt mark`).first().isVisible(), "a long dossier's receipts stand on a page of their own" + how);
    await Promise.all([page.waitForURL(/e000\.html/), page.locator(`[id="${name}"] .was a`).click()]);
    check(page.url().endsWith("work000-tide000.html#" + name) && await page.locator(`[id="${name}"]`).isVisible(), "from which one comes back to the item" + how);
    none(page.faults, "and nothing is asked of anybody" + how);
    await context.close();
  }
  const names = fs.readdirSync(told.long_folder).filter(n => n.includes(".receipts-")), ids = new Map(), dead = [];
  for (const name of names) ids.set(name, new Set([...fs.readFileSync(path.join(told.long_folder, name), "utf8").matchAll(/ id="([^"]+)"/g)].map(m => m[1])));
  const html = fs.readFileSync(path.join(told.long_folder, "work000-tide000.html"), "utf8"), all = [...html.matchAll(/ href="([^"#]+)#([^"]+)">(?:\d+ r|R)eceipt/g)];
  for (const [, name, id] of all) if (!ids.get(name)?.has(id)) dead.push(name + "#" + id);
  none(dead, `all ${all.length} links to receipts lead to them, on ${names.length} pages`);
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
  const page = await watched(context, told.long);
  await page.goto(told.long + names[0]);
  await page.evaluate(layOut);
  await page.evaluate(axe + ";0");
  const result = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
  none(result.violations.map(v => `${v.id}: ${v.help}: ${v.nodes[0].target}`), "axe-core has nothing to say of a page of receipts");
  await context.close();
}

// ---- hostile strings ----

async function hostile(browser) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const faults = [], names = fs.readdirSync(told.hostile_folder).filter(n => n.endsWith(".html"));
  let strange = 0;
  for (const name of names) {
    const page = await watched(context, told.hostile);
    await page.goto(told.hostile + name);
    await page.evaluate(() => document.querySelectorAll("details").forEach(d => { d.open = true; }));
    strange += await page.evaluate(() => document.querySelectorAll("script:not([type]) ~ script, img, iframe, object, embed, base, link[rel=stylesheet], body style, [onerror], [onload], [onclick], a[href^='javascript' i]").length);
    if (name !== "index.html") await page.locator("[name=q]").fill("<script>");
    await page.waitForTimeout(100);
    faults.push(...page.faults.map(f => name + ": " + f));
    await page.close();
  }
  const seen = fs.readFileSync(path.join(told.hostile_folder, "low-tide.html"), "utf8");
  check((seen.match(/<blockquote class="(words|sense)/g) || []).length > 100, "the hostile gallery quotes the strings");
  none(faults, `none of ${told.strings} hostile strings runs or asks anything, in ${names.length} pages`);
  check(strange === 0, "nor becomes an element or attribute");
  await context.close();
}

// ---- files ----

function weight() {
  const html = fs.readFileSync(path.join(told.folder, PAGES[0]));
  const size = zlib.gzipSync(html, { level: 6 }).length;
  check(size <= WEIGHT, `the subject's page weighs ${size} bytes, packed`);
}

function validity() {
  if (!told.java) { check(true, "HTML is valid # SKIP no Java on this machine"); return; }
  const jar = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
  const start = Date.now(), all = fs.readdirSync(told.hostile_folder).filter(n => n.endsWith(".html"));
  const of = (folder, names) => names.map(n => path.join(folder, n));
  let said = "";
  try {
    execFileSync(told.java, ["-Xss4m", "-jar", jar, "--errors-only", "--stdout", ...of(told.folder, PAGES), ...of(told.hostile_folder, all), ...of(told.long_folder, fs.readdirSync(told.long_folder).filter(n => /^index\.html$|e000\.html$|-1\.html$/.test(n)))], { maxBuffer: 1 << 26, encoding: "utf8" });
  } catch (e) { said = e.stdout || String(e); }
  none(said.split("\n").filter(Boolean), "the Nu checker finds no error in the HTML");
  console.log(`# ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

const browser = await chromium.launch({ executablePath: told.chromium, args: ["--no-sandbox", "--force-color-profile=srgb"] });
for (const part of [receipts, b => looked(b, "light", PAGES), b => looked(b, "dark", [PAGES[0], PAGES[3]]), shots, withoutScript, keyboard, filters, links, long, hostile]) {
  const start = Date.now();
  try { await part(browser); } catch (e) { check(false, "went through", [e.stack]); }
  console.log(`# ${((Date.now() - start) / 1000).toFixed(1)} s`);
}
await browser.close();
weight();
validity();
