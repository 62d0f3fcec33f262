// The form in the languages of a pack: chosen by a link, with words of its own, and honest about who translated it.
import assert from "node:assert/strict";
import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { accessible, formUp, open, start } from "./browser.js";
import { remove, repository, rules, scratchFolder, serve } from "./server.js";

const packs = scratchFolder();
const folder = scratchFolder();
const pack = join(repository, "tests/corpus/languages");
const notice = /^Cyfieithiad peiriant yw hwn/;
let browser;
let server;

before(async () => {
  cpSync(pack, join(packs, "grants"), { recursive: true });
  rules("form", pack, "--out", folder);
  server = await serve(packs);
  browser = await start();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  [packs, folder].forEach(remove);
});

test("a link leads to the form in Welsh and back, and the Welsh one says that nobody reviewed it", async () => {
  const { page, context, faults } = await open(browser, `${server.address}form/grants`);
  await formUp(page);
  assert.equal(await page.getAttribute("html", "lang"), "en");
  assert.equal(await page.$(".govuk-inset-text"), null, "English is no translation");
  await page.click("a[hreflang=cy]");
  await formUp(page);
  assert.equal(await page.getAttribute("html", "lang"), "cy");
  assert.equal(await page.textContent("h1"), "Grant ar gyfer gwresogi");
  assert.match(await page.textContent(".govuk-inset-text"), notice);
  await accessible(page, "the first page in Welsh");
  await page.click("form button");
  assert.match(await page.textContent("h1"), /cynilion|cais|ofyn/, "a question in Welsh");
  assert.match(await page.textContent(".govuk-inset-text"), notice);
  await page.goBack();
  await page.click("a[hreflang=en]");
  await formUp(page);
  assert.equal(await page.textContent("h1"), "A grant for heating");
  assert.deepEqual(faults, []);
  await context.close();
});

test("the published folder has a page for each language", async () => {
  const [english, welsh] = ["index.html", "index.cy.html"].map((name) => readFileSync(join(folder, name), "utf8"));
  assert.match(english, /<html lang="en".*languages="Cymraeg\|cy\|index\.cy\.html"/s);
  assert.match(welsh, /<html lang="cy".*words="words\.cy\.json".*languages="English\|en\|index\.html"/s);
  assert.match(welsh, /Neidio i’r prif gynnwys/);
});
