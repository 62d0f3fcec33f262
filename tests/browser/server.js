// The `rules` program under test: its server, and its answers to compare the page's with.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve } from "node:path";

export const repository = resolve(import.meta.dirname, "../..");
const target = resolve(repository, process.env.CARGO_TARGET_DIR ?? "target");
export const program = process.env.RULES_PROGRAM ?? join(target, "debug/rules");
if (!existsSync(program)) throw new Error(`${program} is not there: run cargo build -p host-demo`);

/** The folders of all packs, shipped or the tests' own, at any depth. */
export const packFolders = [join(repository, "rule-packs"), join(import.meta.dirname, "packs")].flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .filter((path) => basename(path) === "pack.json")
    .map((path) => join(folder, dirname(path)))
    .sort(),
);

/** All of them side by side in a folder of their own where a test may change them. */
export function packsFolder() {
  const folder = mkdtempSync(join(tmpdir(), "rules-packs-"));
  for (const pack of packFolders) cpSync(pack, join(folder, basename(pack)), { recursive: true });
  return folder;
}

/** A folder that is taken away when the tests are over. */
export const scratchFolder = () => mkdtempSync(join(tmpdir(), "rules-form-"));

/** Starts the server on a free port. */
export async function serve(packs) {
  const child = spawn(program, ["serve", "--packs", packs, "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  const address = await new Promise((done, failed) => {
    child.stderr.on("data", (bytes) => {
      said += bytes;
      const found = /http:\S+/.exec(said);
      if (found) done(found[0]);
    });
    child.on("exit", (code) => failed(new Error(`the server ended with ${code}: ${said}`)));
  });
  return {
    address,
    said: () => said,
    stop: () =>
      new Promise((done) => {
        child.removeAllListeners("exit");
        child.on("exit", (code) => done(code));
        child.kill("SIGTERM");
      }),
  };
}

/** Runs the program; gives what it printed. */
export const rules = (...options) =>
  execFileSync(program, options, { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "pipe"] });

export const remove = (folder) => rmSync(folder, { recursive: true, force: true });
