// One engine everywhere, without packs: every expression of the corpus gives the same value and the same reason in the
// native program, under wasmtime, in Node and in Chromium.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { formUp, open, start as startBrowser } from "./browser.js";
import { packsFolder, remove, repository, rules, scratchFolder, serve } from "./server.js";

const AS_OF = "2020-10-14";
const packs = packsFolder();
const scratch = scratchFolder();
let browser;
let server;
let node;
let page;

before(async () => {
  rules("engine", "--out", join(scratch, "engine"));
  const { start } = await import(join(scratch, "engine/rules.js"));
  node = await start();
  await node.useTimeZones();
  server = await serve(packs);
  browser = await startBrowser();
  ({ page } = await open(browser, `${server.address}form/blue-light`));
  await formUp(page);
  const text = readFileSync(join(scratch, "engine/time-zones.json"), "utf8");
  assert.match((await inChromium([{ do: "time zones", text }]))[0], /sha256/);
});
after(async () => {
  await browser?.close();
  await server?.stop();
  remove(packs);
  remove(scratch);
});

/** The engine's answers in the page, as the texts they are. */
const inChromium = (requests) =>
  page.evaluate((all) => {
    const { ask } = document.querySelector("rules-form");
    return all.map((request) => ask(request, "null"));
  }, requests);

const corpus = (...path) => JSON.parse(readFileSync(join(repository, "tests/corpus", ...path)));
// Every host hands in the rules of time zones; the rows about an engine without them are for the native suite.
const builtins = readdirSync(join(repository, "tests/corpus/builtins"))
  .flatMap((file) => corpus("builtins", file))
  .filter(({ time_zones }) => time_zones !== false);

/** The line that `rules feel --cases` writes of an answer. */
function line(id, { typed, reason, diagnostics }) {
  if (!diagnostics) return reason === undefined ? { id, got: typed } : { id, got: typed, reason };
  return { id, got: { t: "null" }, reason: diagnostics.map(({ message }) => message).join("; ") };
}

async function everywhere(cases) {
  const all = cases.map((given, index) => ({ id: String(index), ...given }));
  const file = join(scratch, "cases.jsonl");
  writeFileSync(file, all.map((given) => JSON.stringify(given)).join("\n"));
  const native = rules("feel", "--cases", file, "--as-of", AS_OF, "--host", "native");
  assert.equal(rules("feel", "--cases", file, "--as-of", AS_OF, "--host", "wasm"), native, "wasmtime");
  const expected = native
    .trimEnd()
    .split("\n")
    .map((text) => JSON.parse(text));

  const requests = all.map(({ id, ...given }) => ({ do: "feel", as_of: AS_OF, ...given }));
  const answers = requests.map((request) => node.call(JSON.stringify(request)));
  const read = answers.map((text) => JSON.parse(text));
  assert.deepEqual(
    all.map(({ id }, index) => line(id, read[index])),
    expected,
    "Node",
  );
  assert.deepEqual(await inChromium(requests), answers, "Chromium");
  return read;
}

test("the functions: the same values, which are those of the corpus", async (context) => {
  const given = ({ expression, not_known }) => ({ expression, not_known });
  const results = builtins.map(({ result }) => ({ expression: result ?? "null" }));
  const answers = await everywhere([...builtins.map(given), ...results]);
  const shown = ({ value, diagnostics }) => value ?? diagnostics.map(({ code }) => code).join("");
  const wrong = builtins.flatMap(({ expression, fault, result }, index) => {
    const expected = fault ?? (result === "unknown" ? result : shown(answers[builtins.length + index]));
    const got = shown(answers[index]);
    return got === expected ? [] : [`${expression} gives ${got} and not ${expected}`];
  });
  assert.deepEqual(wrong, []);
  context.diagnostic(`${builtins.length} expressions`);
});

test("the language: every text of its corpus is read, or refused with the same words", async (context) => {
  const cases = ["print.json", "syntax-faults.json"].flatMap((file) => {
    const { names, cases } = corpus("feel", file);
    const inputs = Object.fromEntries(names.map((name) => [name, { t: "null" }]));
    return cases.filter(({ expression }) => expression !== undefined).map(({ expression }) => ({ expression, inputs }));
  });
  await everywhere(cases);
  context.diagnostic(`${cases.length} expressions`);
});

test("requests: each gets the answer of the corpus", async () => {
  const rows = corpus("wire", "feel.json");
  const answers = rows.map(({ request }) => node.call(JSON.stringify(request)));
  assert.deepEqual(
    answers.map((text) => JSON.parse(text)),
    rows.map(({ answer }) => answer),
  );
  assert.deepEqual(await inChromium(rows.map(({ request }) => request)), answers, "Chromium");
});

test("the package: a value, and faults with their places", () => {
  const { value, type } = node.feel("price * 1.2", { context: "{price: 80}", check: true });
  assert.deepEqual([value, type], ["96", "number"]);
  assert.throws(
    () => node.feel("1 + * 2"),
    ({ name, code, diagnostics: [{ column, message }] }) =>
      name === "RulesError" && code === "expression" && column === 5 && /a value is missing/.test(message),
  );
});
