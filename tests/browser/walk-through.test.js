// The steps of rule-packs/README.md, "Changing a rule, step by step", taken to the letter on a copy of the pack: what stands
// in the document's code blocks is put where its sentences say, and the form in a real browser shows it without a restart.
import assert from "node:assert/strict";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { spawnSync } from "node:child_process";
import { after, before, test } from "node:test";
import { formUp, open, start } from "./browser.js";
import { journey } from "./person.js";
import { packsFolder, program, remove, repository, serve } from "./server.js";

const packs = packsFolder();
const folder = join(packs, "blue-light");
const document = readFileSync(join(repository, "rule-packs/README.md"), "utf8");
const section = /^## Changing a rule, step by step$(.*?)^## /ms.exec(document)[1];

/** Each code block with the file and the names of the place that the sentence before it says: it goes to the end there. */
const steps = [...section.matchAll(/In `([\w.]+)`([^.]*?), at the end:\n\n```json\n(.*?)```/gs)].map(
  ([, file, place, json]) => ({
    file,
    place: [...place.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
    entry: JSON.parse(json),
  }),
);
const added = steps.filter(({ file }) => file === "cases.json").map(({ entry }) => entry);
let browser;
let server;

before(async () => {
  server = await serve(packs);
  browser = await start();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  remove(packs);
});

const apply = (steps) => {
  for (const { file, place, entry } of steps) {
    const path = join(folder, file);
    const whole = JSON.parse(readFileSync(path, "utf8"));
    const list = place.reduce((value, name) => value[name], whole);
    assert.ok(Array.isArray(list), `${file} has a list at ${place.join(", ")}`);
    list.push(entry);
    writeFileSync(path, JSON.stringify(whole, null, 2));
  }
};

const run = (...options) => {
  const { status, stdout, stderr } = spawnSync(program, options, { encoding: "utf8" });
  return { status, said: stdout + stderr };
};

/** What the form says to somebody who fills it in as the case says. */
async function shown(given) {
  const { page, context } = await open(browser, `${server.address}form/blue-light`);
  await formUp(page);
  await journey(page, given, { check: false });
  const said = { heading: await page.textContent("h1"), text: await page.textContent("rules-form") };
  await context.close();
  return said;
}

test("the document has a code block for each of its steps, and the editor finds the schema", () => {
  assert.deepEqual(
    steps.map(({ file, place }) => [file, ...place].join(" ")),
    [
      "cases.json",
      "cases.json",
      "pack.json parameters minimum AUDIT score values",
      "pack.json decisions route table rules",
    ],
  );
  assert.equal(steps.length, section.match(/^```json$/gm).length, "every code block is taken");
  const pack = join(repository, "rule-packs/blue-light");
  const first = readFileSync(join(pack, "pack.json"), "utf8").split("\n")[1];
  const { $schema } = JSON.parse(`{${first.trim().replace(/,$/, "")}}`);
  assert.ok(existsSync(resolve(pack, $schema)), `${$schema} is there`);
});

test("the schema offers each name that the steps write, with a sentence about it", () => {
  const schema = JSON.parse(readFileSync(join(repository, "rule-packs/pack.schema.json"), "utf8"));
  /** Everything that a schema may be: itself, what it refers to, and each of several. */
  const all = (one) =>
    one === undefined || one === true
      ? []
      : [
          one,
          ...(one.$ref ? all(one.$ref.split("/").slice(1).reduce((value, name) => value[name], schema)) : []),
          ...["anyOf", "oneOf", "allOf"].flatMap((keyword) => (one[keyword] ?? []).flatMap(all)),
        ];
  const member = (from, name) =>
    from
      .flatMap(all)
      .flatMap(({ properties, additionalProperties, items }) =>
        typeof name === "number" ? [items] : [properties?.[name] ?? additionalProperties],
      )
      .filter((found) => found && typeof found === "object");
  for (const { place, entry } of steps.filter(({ file }) => file === "pack.json")) {
    const there = member(place.reduce(member, [schema]), 0);
    for (const name of Object.keys(entry)) {
      const offered = there.flatMap(all).some(({ properties }) => properties && name in properties);
      assert.ok(offered, `${name} is completed under ${place.join(", ")}`);
      const sentences = member(there, name).flatMap(all);
      assert.ok(
        sentences.some(({ description }) => description),
        `${name} is explained`,
      );
    }
  }
});

test("the cases fail before the change and pass after it, and the form shows it without a restart", async () => {
  assert.match((await shown(added[0])).heading, /No$/);
  assert.doesNotMatch((await shown(added[1])).text, /early help panel/);

  apply(steps.filter(({ file }) => file === "cases.json"));
  const before = run("test", folder);
  assert.equal(before.status, 1);
  for (const { name } of added) assert.match(before.said, new RegExp(`case \\d+: ${name}\n`));
  assert.match(before.said, / cases, 2 not as expected/);

  apply(steps.filter(({ file }) => file === "pack.json"));
  const lint = run("lint", folder);
  assert.equal(lint.status, 0);
  assert.match(lint.said, /nothing to find fault with/);
  const after = run("test", "--coverage", folder);
  assert.equal(after.status, 0, after.said);
  assert.match(after.said, /coverage 100 %/);

  assert.match((await shown(added[0])).heading, /Yes$/);
  assert.match((await shown(added[1])).text, /early help panel/);
});
