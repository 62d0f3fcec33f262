// One engine everywhere: every case of every pack is decided by the native program, under wasmtime, in Node and in
// Chromium, to the same bytes.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { after, before, test } from "node:test";
import { formUp, open, start as startBrowser } from "./browser.js";
import { packFolders, packsFolder, remove, rules, scratchFolder, serve } from "./server.js";

const packs = packsFolder();
const scratch = scratchFolder();
let browser;
let server;
let node;

before(async () => {
  rules("engine", "--out", join(scratch, "engine"));
  const { start } = await import(join(scratch, "engine/rules.js"));
  node = await start();
  server = await serve(packs);
  browser = await startBrowser();
});
after(async () => {
  await browser?.close();
  await server?.stop();
  remove(packs);
  remove(scratch);
});

const record = (answer) => answer.slice('{"record":'.length, -1);
const ENDS = { expect: undefined, name: undefined, source: undefined, facts: undefined };

for (const pack of packFolders.map((folder) => basename(folder))) {
  test(`${pack}: the same bytes native, under wasmtime, in Node and in Chromium`, async (context) => {
    const folder = join(packs, pack);
    const given = JSON.parse(readFileSync(join(folder, "cases.json")));
    const texts = given.map((one) => JSON.stringify({ case: one.name, ...one.facts, ...one, ...ENDS }));
    const file = join(scratch, `${pack}.ndjson`);
    writeFileSync(file, texts.join("\n"));
    const native = rules("check", folder, file, "--host", "native").trimEnd().split("\n");
    assert.equal(native.length, texts.length);
    assert.deepEqual(rules("check", folder, file, "--host", "wasm").trimEnd().split("\n"), native, "wasmtime");

    const loaded = await node.load(readFileSync(join(folder, "pack.json"), "utf8"));
    assert.deepEqual(
      texts.map((text) => record(loaded.decide(text))),
      native,
      "Node",
    );

    const { page, context: own } = await open(browser, `${server.address}form/${pack}`);
    await formUp(page);
    const decided = await page.evaluate((all) => {
      const { ask } = document.querySelector("rules-form");
      return all.map((text) => ask({ do: "decide" }, text));
    }, texts);
    assert.deepEqual(decided.map(record), native, "Chromium");
    const took = await page.evaluate((all) => {
      const { ask } = document.querySelector("rules-form");
      const begun = performance.now();
      for (let round = 0; round < 20; round += 1) for (const text of all) ask({ do: "decide" }, text);
      return (performance.now() - begun) / (20 * all.length);
    }, texts);
    context.diagnostic(`Chromium: ${Math.round(1000 / took)} decisions a second with reasons`);
    const loads = await page.evaluate((text) => {
      const { ask } = document.querySelector("rules-form");
      return Array.from({ length: 7 }, () => {
        const begun = performance.now();
        ask({ do: "load", text }, "{}");
        return performance.now() - begun;
      }).sort((left, right) => left - right);
    }, readFileSync(join(folder, "pack.json"), "utf8"));
    context.diagnostic(`Chromium: loads, checks and compiles in ${loads[3].toFixed(1)} ms, at most ${loads[6].toFixed(1)} ms`);
    await own.close();
  });
}
