// A long page in Chromium: milliseconds until it answers, and of filters and slider steps until they are on the screen. The median
// of five. Beside the time on the clock the time that the page's own thread was busy.
import { chromium } from "playwright-core";

const [, , file, executablePath] = process.argv;
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const median = list => list.sort((a, b) => a.wall - b.wall)[Math.floor(list.length / 2)];

async function busy(session) {
  const { metrics } = await session.send("Performance.getMetrics");
  return 1000 * metrics.find(m => m.name === "TaskDuration").value;
}

// Runs `act` in the page and waits until the frame that shows it is done.
const timed = (page, act) => page.evaluate(async body => {
  const begin = performance.now();
  new Function(body)();
  await new Promise(done => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0); }));
  return performance.now() - begin;
}, act);

const out = {}, loads = [];
for (let i = 0; i < 5; i++) {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 }, bypassCSP: true })).newPage();
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.goto("file://" + file, { waitUntil: "domcontentloaded", timeout: 0 });
  // it answers when a frame after the script has been drawn
  const wall = await page.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(() => done(performance.now())))));
  loads.push({ wall, task: await busy(session) });
  if (i < 4) { await page.context().close(); continue; }
  const change = (name, value, event) => `const f = document.querySelector(".tools").elements; f["${name}"].${value}; f["${name}"].dispatchEvent(new Event("${event}", { bubbles: true }));`;
  const acts = {
    "filter": [change("key", "checked = true", "input"), change("key", "checked = false", "input"), change("is", "value = 'planned'", "input"), change("is", "value = ''", "input"), change("key", "checked = true", "input"), change("key", "checked = false", "input")],
    "as-of step": [1, 2, 3, 4, 5].map(n => change("asof", `value = Number(f.asof.max) - ${n}`, "input")),
    "as-of jump": [0, 1, 0.5, 0, 1].map(n => change("asof", `value = Math.round(Number(f.asof.max) * ${n})`, "input")),
  };
  for (const [what, list] of Object.entries(acts)) {
    const took = [];
    for (const act of list) {
      const before = await busy(session), w = await timed(page, act);
      took.push({ wall: w, task: await busy(session) - before });
    }
    out[what] = median(took);
  }
  const took = [];
  for (const q of ["prize 3", "town 77", "helper 500", "winter", ""]) {
    const before = await busy(session), begin = Date.now();
    await page.evaluate(text => { const f = document.querySelector(".tools").elements; f.q.value = text; f.q.dispatchEvent(new Event("input", { bubbles: true })); }, q);
    await page.evaluate(() => new Promise(done => setTimeout(() => requestAnimationFrame(() => setTimeout(done)), 61)));
    took.push({ wall: Date.now() - begin - 61, task: await busy(session) - before });
  }
  out.search = median(took);
}
out["load to interactive"] = median(loads);
console.log(JSON.stringify(out));
await browser.close();
