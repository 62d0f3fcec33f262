// The page as a whole: what it asks the network for, what it does without scripts, how it stands in somebody else's
// page, and what it weighs.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { accessible, formUp, open, start } from "./browser.js";
import { journey } from "./person.js";
import { packsFolder, remove, rules, scratchFolder, serve } from "./server.js";

const packs = packsFolder();
const folder = scratchFolder();
const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
};
// The limit aimed at is 220,000, and the engine is far above it. This was raised when the rest of the language came in, and again for
// reports to three audiences, HTML, Welsh, calendars and coverage: the engine must not grow past what it weighs today.
const HEAVIEST_ENGINE = 496_000;
const given = JSON.parse(readFileSync(join(packs, "blue-light", "cases.json")))[0];
let browser;
let server;
let council;
/** What the council's web server was asked for. */
const seen = [];

before(async () => {
  rules(
    "form",
    join(packs, "blue-light"),
    "--out",
    join(folder, "rules/blue-light"),
    "--help-text",
    "Telephone 0121 496 0000.",
  );
  writeFileSync(
    join(folder, "page.html"),
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Our service</title><link rel="icon" href="data:,"></head><body>
    <main><h1>Our service</h1>${readFileSync(join(folder, "rules/blue-light/snippet.html"))}</main></body></html>`,
  );
  council = createServer((request, answer) => {
    seen.push(request.url);
    const file = join(folder, new URL(request.url, "http://council").pathname.replace(/\/$/, "/index.html"));
    try {
      const bytes = readFileSync(file);
      answer.writeHead(200, { "content-type": TYPES[extname(file)] }).end(bytes);
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise((done) => council.listen(0, "127.0.0.1", done));
  server = await serve(packs);
  browser = await start();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  council?.close();
  remove(packs);
  remove(folder);
});

const councilAddress = (path) => `http://127.0.0.1:${council.address().port}/${path}`;

test("after it has loaded, the browser itself refuses every request", async () => {
  const { page, context } = await open(browser, councilAddress("rules/blue-light/"));
  await formUp(page);
  const loaded = seen.length;
  assert.equal(
    await page.evaluate(() =>
      fetch("index.html").then(
        () => "fetched",
        () => "refused",
      ),
    ),
    "refused",
  );
  assert.equal(
    await page.evaluate(
      () =>
        new Promise((done) => {
          const image = new Image();
          image.onload = () => done("loaded");
          image.onerror = () => done("refused");
          image.src = "anything.svg";
        }),
    ),
    "refused",
  );
  assert.equal(
    await page
      .evaluate(() =>
        import("./again.js").then(
          () => "imported",
          () => "refused",
        ),
      )
      .catch(() => "refused"),
    "refused",
  );
  assert.equal(await page.evaluate(() => navigator.sendBeacon("index.html", "x")), true);
  await page.waitForTimeout(200);
  assert.deepEqual(seen.slice(loaded), [], "nothing reached the server");
  await context.close();
});

test("nothing is stored: no cookie, no storage, nothing in the history's address", async () => {
  const { page, context } = await open(browser, `${server.address}form/blue-light`);
  await formUp(page);
  await journey(page, given, { check: false });
  assert.deepEqual(await context.cookies(), []);
  assert.deepEqual(
    await page.evaluate(async () => [
      localStorage.length,
      sessionStorage.length,
      (await indexedDB.databases()).length,
      (await caches.keys()).length,
    ]),
    [0, 0, 0, 0],
  );
  const state = JSON.stringify(await page.evaluate(() => history.state));
  assert.match(state, /^\{"rulesForm":\d+\}$/);
  await page.reload();
  await formUp(page);
  assert.ok(await page.$("[id='asOf.day']"), "after a reload the form begins anew");
  await context.close();
});

test("without JavaScript the page says how to get help", async () => {
  const { page, context } = await open(browser, councilAddress("rules/blue-light/"), { javaScriptEnabled: false });
  assert.ok(await page.isVisible("text=Telephone 0121 496 0000."));
  await context.close();
});

for (const [what, block] of [
  [
    "WebAssembly is blocked",
    (context) =>
      context.addInitScript(() => {
        delete globalThis.WebAssembly;
      }),
  ],
  ["the engine does not come", (context) => context.route("**/*.wasm", (route) => route.abort())],
  [
    "the engine is not the one that was published",
    (context) =>
      context.route("**/*.wasm", (route) =>
        route.fulfill({ body: Buffer.from([0, 97, 115, 109, 1, 0, 0, 0]), contentType: "application/wasm" }),
      ),
  ],
  ["the script does not come", (context) => context.route("**/form.js", (route) => route.abort())],
  [
    "the pack was changed on its way",
    (context) =>
      context.route("**/pack.json", (route) => route.fulfill({ body: "{}", contentType: "application/json" })),
  ],
]) {
  test(`when ${what}, the page says how to get help`, async () => {
    const context = await browser.newContext();
    await block(context);
    const page = await context.newPage();
    await page.goto(councilAddress("rules/blue-light/"));
    await page.waitForSelector("text=Telephone 0121 496 0000.", { state: "visible", timeout: 8000 });
    await accessible(page, what);
    await context.close();
  });
}

test("the folder that `rules form` writes is a whole form", async () => {
  const { page, context, requests, faults } = await open(browser, councilAddress("rules/blue-light/"));
  await formUp(page);
  const loaded = requests.length;
  await journey(page, given, { check: false });
  assert.match(await page.textContent("h1"), /Yes$/);
  assert.deepEqual(requests.slice(loaded), []);
  assert.deepEqual(faults, []);
  await context.close();
});

test("pasted into a council's own page the form stands below that page's heading", async () => {
  const { page, context, requests, faults } = await open(browser, councilAddress("page.html"));
  await formUp(page);
  const loaded = requests.length;
  assert.deepEqual(await page.$$eval("h1", (all) => all.map((one) => one.textContent)), ["Our service"]);
  await accessible(page, "the form in a page of its own council");
  await page.click("text=Start");
  await page.waitForSelector("rules-form h2:focus");
  assert.equal(await page.title(), "Our service");
  await page.click("text=Continue");
  await page.waitForSelector(".govuk-error-summary:focus");
  assert.equal(await page.title(), "Error: Our service");
  await accessible(page, "an error in a page of its own council");
  assert.deepEqual(requests.slice(loaded), []);
  assert.deepEqual(faults, []);
  await context.close();
});

test("the form works on a narrow screen and enlarged four times", async () => {
  const { page, context } = await open(browser, `${server.address}form/blue-light`, {
    viewport: { width: 320, height: 640 },
  });
  await formUp(page);
  await journey(page, given, { check: false });
  const wide = await page.$$eval("body *", (all) =>
    all.filter((one) => one.getBoundingClientRect().right > innerWidth).map((one) => one.outerHTML.slice(0, 200)),
  );
  assert.deepEqual(wide, [], "nothing makes the page scroll sideways");
  await context.close();
});

test("the list of forms says what is wrong with a broken pack", async () => {
  mkdirSync(join(packs, "broken"));
  writeFileSync(join(packs, "broken/pack.json"), "{\n  <b>");
  const { page, context } = await open(browser, server.address);
  assert.match(await page.textContent(".govuk-inset-text"), /no earlier version to serve.*line 2, column 3/s);
  assert.equal(await page.$("main b"), null, "what a file holds cannot become markup");
  await accessible(page, "the list of forms");
  await context.close();
});

test("a form whose rules name a time zone brings the data along and fetches it once", async () => {
  rules("form", join(packs, "referral"), "--out", join(folder, "rules/referral"));
  const { page, context, requests, faults } = await open(browser, councilAddress("rules/referral/"));
  await formUp(page);
  assert.equal(requests.filter((request) => request.endsWith("/time-zones.json")).length, 1);
  assert.deepEqual(faults, []);
  await context.close();
});

test("a form weighs no more than it should, compressed", (context) => {
  const at = join(folder, "rules/blue-light");
  const weights = Object.fromEntries(
    readdirSync(at).map((name) => [name, brotliCompressSync(readFileSync(join(at, name))).length]),
  );
  // A visitor loads the page and the words of one language: the heavier one counts.
  const otherLanguage = ["index.html", "words.en.json"];
  const page = Object.entries(weights)
    .filter(([name]) => !["README.md", "snippet.html", ...otherLanguage].includes(name))
    .reduce((sum, [, weight]) => sum + weight, 0);
  context.diagnostic(`bytes in brotli: ${JSON.stringify(weights)}; the whole page ${page}`);
  assert.ok(!("time-zones.json" in weights), "only rules that name a time zone bring their data");
  const engine = weights["rules_wasm_bg.wasm"];
  assert.ok(engine <= HEAVIEST_ENGINE, `the engine ${engine}`);
  assert.ok(weights["form.js"] <= 12_000, `form.js ${weights["form.js"]}`);
  // A pack weighs what its council writes, in each language; what every form brings along is held apart from it.
  const rest = page - engine - weights["pack.json"];
  assert.ok(rest <= 24_800, `the page without its engine and its pack ${rest}`);
  assert.ok(weights["pack.json"] <= 17_500, `pack.json ${weights["pack.json"]}`);
});

test("the form is up soon, and a decision takes no time that anybody notices", async (diagnose) => {
  const times = [];
  for (let round = 0; round < 5; round += 1) {
    const { page, context } = await open(browser, councilAddress("rules/blue-light/"));
    await formUp(page);
    const text = JSON.stringify({ as_of: given.as_of, ...given.facts });
    times.push(
      await page.evaluate((case_) => {
        const up = performance.now();
        document.querySelector("rules-form").ask({ do: "decide" }, case_);
        return { up, first: performance.now() - up };
      }, text),
    );
    await context.close();
  }
  const middle = (name) => Math.round(10 * times.map((one) => one[name]).sort((a, b) => a - b)[2]) / 10;
  diagnose.diagnostic(
    `median of 5, from the address to the form: ${middle("up")} ms; the first decision with reasons: ${middle("first")} ms`,
  );
  assert.ok(middle("first") < 250, `the first decision takes ${middle("first")} ms`);
});
