/**
 * The engine in the page: one WebAssembly file that decides here, so that no answer leaves the browser.
 * @module engine
 */
import start, { call } from "./rules_wasm.js";

/**
 * Fetches a file; the browser itself holds it against the digest.
 * @param {string} address
 * @param {string|null} digest SHA-256 in hexadecimal
 */
async function fetched(address, digest) {
  const bytes = digest
    ?.match(/../g)
    .map((pair) => String.fromCharCode(parseInt(pair, 16)))
    .join("");
  const answer = await fetch(address, { integrity: bytes && `sha256-${btoa(bytes)}` });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer;
}

/**
 * Loads the engine, a pack and the form's words. Afterwards nothing more is fetched.
 * @param {(name: string) => [string, string|null]} file address and digest of the file `engine`, `pack`, `words` or
 *   `time-zones`, which is fetched only for a pack that names a time zone
 * @returns {Promise<{pack: object, words: object, ask: (request: object, caseText: string) => string}>}
 *   the pack's document, its facts with every `$ref` written out, the words, and a way to ask the engine about a case
 */
export async function load(file) {
  const text = async (name) => (await fetched(...file(name))).text();
  const [document, words] = await Promise.all([
    text("pack"),
    text("words"),
    start({ module_or_path: fetched(...file("engine")) }),
  ]);
  const asked = (request) => JSON.parse(call(JSON.stringify(request)));
  const loaded = () => asked({ do: "load", text: document, engine_sha256: file("engine")[1] });
  let { pack, diagnostics, error } = loaded();
  if (diagnostics?.some(({ code }) => code === "no-time-zones")) {
    asked({ do: "time zones", text: await text("time-zones") });
    ({ pack, diagnostics, error } = loaded());
  }
  if (!pack) throw new Error((diagnostics ?? [error]).map(({ message }) => message).join("\n"));
  return {
    pack: { ...JSON.parse(document), facts: asked({ do: "facts", pack }).facts },
    words: JSON.parse(words),
    ask: (request, caseText) => call(`{"case":${caseText},${JSON.stringify({ ...request, pack }).slice(1)}`),
  };
}

/**
 * An answer of the engine with every number as its text, so that none is rounded on its way to the screen.
 * @param {string} json
 */
export const withExactNumbers = (json) =>
  JSON.parse(
    json.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g, (token) => (token[0] === '"' ? token : `"${token}"`)),
  );
