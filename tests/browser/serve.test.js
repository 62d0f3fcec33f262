// `rules serve` as programs and authors see it: decisions over HTTP, changed packs, broken packs.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { packsFolder, program, remove, rules, scratchFolder, serve } from "./server.js";
import { spawnSync } from "node:child_process";

const packs = packsFolder();
const scratch = scratchFolder();
let server;

before(async () => {
  server = await serve(packs);
});
after(async () => {
  await server?.stop();
  remove(packs);
  remove(scratch);
});

const get = (path, options) => fetch(server.address + path, options);
const decide = (pack, body, query = "") => get(`api/decide/${pack}${query}`, { method: "POST", body });
const caseFile = (pack, name) => {
  const { as_of, facts, not_known, not_applicable } = JSON.parse(readFileSync(join(packs, pack, "cases.json"))).find(
    (one) => one.name === name,
  );
  return JSON.stringify({ as_of, case: "S-1", ...facts, not_known, not_applicable });
};

test("a case that is sent is decided as on the command line, byte for byte", async () => {
  const text = caseFile("contract-variation", "sandwell-2020");
  writeFileSync(join(scratch, "case.json"), text);
  const answer = await decide("contract-variation", text);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "application/json");
  assert.equal(
    await answer.text(),
    rules(
      "decide",
      join(packs, "contract-variation"),
      join(scratch, "case.json"),
      "--host",
      "native",
      "--format",
      "json",
    ),
  );
});

test("many cases at once are all decided", async () => {
  const text = caseFile("blue-light", "every criterion is met");
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => decide("blue-light", text).then((answer) => answer.text())),
  );
  assert.equal(new Set(answers).size, 1);
  assert.match(answers[0], /"state":"met"/);
});

for (const [what, body, code] of [
  ["not JSON", "{", "not-json"],
  ["not UTF-8", Buffer.from([0x7b, 0xff, 0x7d]), "not-json"],
  ["two cases", "{} {}", "not-json"],
  ["an attempt at another request", '{},"pack":2', "not-json"],
]) {
  test(`a body that is ${what} is refused with its reason`, async () => {
    const answer = await decide("blue-light", body);
    assert.equal(answer.status, 422);
    assert.equal((await answer.json()).rejected[0].code, code);
  });
}

test("a value that does not fit is refused with its place, and is not repeated", async () => {
  const answer = await decide("blue-light", '{"as_of":"2020-10-14","audit_total":4711}');
  assert.equal(answer.status, 422);
  const text = await answer.text();
  assert.equal(JSON.parse(text).rejected[0].pointer, "/audit_total");
  assert.ok(!text.includes("4711"), text);
});

test("a case without a date is refused, unless the address names one", async () => {
  assert.equal((await decide("blue-light", "{}")).status, 422);
  const answer = await decide("blue-light", "{}", "?as_of=2020-10-14");
  assert.equal(answer.status, 200);
  assert.equal((await answer.json()).as_of, "2020-10-14");
});

test("what is too large, unknown or asked in the wrong way is told apart", async () => {
  assert.equal((await decide("blue-light", "x".repeat(2 << 20))).status, 413);
  assert.equal((await decide("no-such-pack", "{}")).status, 404);
  assert.equal((await get("api/decide/blue-light")).status, 405);
  for (const path of [
    "nothing",
    "form/no-such-pack",
    "form/..%2Fblue-light",
    "assets/Cargo.toml",
    "assets/..%2Fform.js",
  ])
    assert.equal((await get(path)).status, 404, path);
});

test("every answer carries the policy that keeps it in its place", async () => {
  for (const path of ["", "form/blue-light", "assets/form.js", "nothing"]) {
    const { headers } = await get(path);
    assert.match(
      headers.get("content-security-policy"),
      /default-src 'none'.*form-action 'none'.*frame-ancestors 'self'/,
      path,
    );
    assert.equal(headers.get("x-content-type-options"), "nosniff");
    assert.equal(headers.get("set-cookie"), null);
  }
  assert.equal((await get("assets/rules_wasm_bg.wasm")).headers.get("content-type"), "application/wasm");
});

test("a changed pack is taken up at once, a broken one is refused, and the last good one keeps serving", async () => {
  const file = join(packs, "every-kind", "pack.json");
  const good = readFileSync(file, "utf8");
  const version = async () =>
    JSON.parse(await (await decide("every-kind", '{"as_of":"2026-11-22"}')).text()).pack.version;
  assert.equal(await version(), "1.0.0");
  writeFileSync(file, good.replace('"version": "1.0.0"', '"version": "1.0.1"'));
  assert.equal(await version(), "1.0.1");

  writeFileSync(file, good.replace("members >= quorum", "members >= quorun"));
  assert.equal(await version(), "1.0.1");
  const index = await (await get("")).text();
  assert.match(index, /every-kind|Every kind of question/);
  assert.match(index, /the version above keeps serving/);
  assert.match(index, /line \d+, column \d+: [^<]*quorun/);
  assert.match(server.said(), /every-kind: refused, version 1\.0\.1 keeps serving\n {2}line \d+/);
  assert.equal((await get("form/every-kind")).status, 200);

  writeFileSync(file, good);
  assert.equal(await version(), "1.0.0");
  assert.doesNotMatch(await (await get("")).text(), /keeps serving/);
});

test("the server ends in good order when it is told to", async () => {
  const other = await serve(packs);
  assert.equal(await other.stop(), 0);
});

test("a port that is taken and a folder that is not there are said in words", () => {
  const { port } = new URL(server.address);
  const taken = spawnSync(program, ["serve", "--packs", packs, "--port", port], { encoding: "utf8" });
  assert.equal(taken.status, 2);
  assert.match(taken.stderr, /cannot listen on .*\n {2}help: another program has this port/);
  const absent = spawnSync(program, ["serve", "--packs", join(packs, "nowhere")], { encoding: "utf8" });
  assert.equal(absent.status, 2);
  assert.match(absent.stderr, /there is no folder .*\n {2}help: /);
});
