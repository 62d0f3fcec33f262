// Whole journeys through real packs by keyboard alone, to a yes, a no and a cannot-tell, each page held against WCAG
// 2.2 AA.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessible, formUp, open, start } from "./browser.js";
import { journey, saved } from "./person.js";
import { packsFolder, remove, rules, scratchFolder, serve } from "./server.js";

const journeys = JSON.parse(readFileSync(new URL("journeys.json", import.meta.url)));
const folders = { packs: packsFolder(), scratch: scratchFolder() };
let browser;
let server;

before(async () => {
  server = await serve(folders.packs);
  browser = await start();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  remove(folders.packs);
  remove(folders.scratch);
});

function caseOf({ pack, case: name }) {
  const found = JSON.parse(readFileSync(join(folders.packs, pack, "cases.json"))).find((one) => one.name === name);
  assert.ok(found, `${pack} has no case “${name}”: choose another in journeys.json`);
  return found;
}

for (const [number, one] of journeys.entries()) {
  test(`${one.pack}: ${one.case} ends with “${one.heading}”`, async () => {
    const given = { reference: `J-${number}`, ...caseOf(one) };
    const { page, context, requests, faults } = await open(browser, `${server.address}form/${one.pack}`);
    await formUp(page);
    const loaded = requests.length;

    const way = await journey(page, given);
    const heading = await page.textContent("h1");
    assert.ok(heading.endsWith(one.heading), `the heading of the result is “${heading}”`);
    assert.ok((await page.title()).startsWith(`${one.heading} – `), await page.title());
    const once = way.filter((name) => !way.some((other) => other.startsWith(`${name}-`)));
    assert.equal(new Set(once).size, once.length, `a question was asked twice: ${way}`);

    const record = await saved(page, "Save the record (JSON)");
    const answers = await saved(page, "Save the answers (JSON)");
    const report = await saved(page, "Save the decision as a page");
    assert.equal(record.name, `${one.pack}-J-${number}.record.json`);

    // The same answers, decided by the same engine without a browser: the same bytes.
    const file = join(folders.scratch, `${number}.json`);
    writeFileSync(file, answers.text);
    const pack = join(folders.packs, one.pack);
    assert.equal(record.text, rules("decide", pack, file, "--host", "native", "--format", "json"));
    assert.equal(report.text.trim(), rules("decide", pack, file, "--host", "native", "--format", "html").trim());
    assert.equal(JSON.parse(record.text).outcome.state, given.expect.outcome.state);

    assert.deepEqual(
      requests.slice(loaded).filter((address) => !address.startsWith("blob:")),
      [],
      "requests after the page had loaded",
    );
    assert.deepEqual(faults, []);
    assert.equal(new URL(page.url()).search + new URL(page.url()).hash, "", "the address tells nothing");
    await context.close();
  });
}

test("a record in print has everything but what cannot be used on paper", async () => {
  const { page, context } = await open(browser, `${server.address}form/blue-light`);
  await formUp(page);
  await journey(page, caseOf(journeys[0]), { check: false });
  await page.emulateMedia({ media: "print" });
  const shown = (selector) =>
    page.$$eval(selector, (all) => all.filter((one) => one.checkVisibility({ visibilityProperty: true })).length);
  for (const selector of [".govuk-back-link", "button", ".govuk-summary-list__actions a", ".govuk-skip-link", "footer"])
    assert.equal(await shown(selector), 0, selector);
  assert.ok((await shown(".govuk-summary-list__row")) > 5);
  assert.ok((await shown(".rules-form__digest")) === 2);
  const folded = await page.$("details .rules-form__reason");
  if (folded) assert.ok((await folded.boundingBox())?.height > 0, "what is folded away is printed");
  await accessible(page, "the record in print");
  await context.close();
});
