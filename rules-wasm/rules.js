// The rules engine for pages and Node. Cases and answers stay JSON text: JSON.parse would turn £0.10 into a binary
// fraction, and costs more than deciding the case.

import init, { call } from "./rules_wasm.js";

/** A request that the engine cannot answer, or a pack or expression with faults (then `diagnostics` lists them). */
export class RulesError extends Error {
  constructor(message, { code, help, diagnostics = [] } = {}) {
    super(message);
    this.name = "RulesError";
    this.code = code;
    this.help = help;
    this.diagnostics = diagnostics;
  }
}

/**
 * Starts the engine. `wasm` is its address, a Response or its bytes; `sha256` the digest if it is known already.
 * `timeZones` is the same for the rules of time zones, which are loaded only for a pack that names one.
 */
export async function start({
  wasm = new URL("rules_wasm_bg.wasm", import.meta.url),
  sha256,
  timeZones = new URL("time-zones.json", import.meta.url),
} = {}) {
  const bytes = await bytesOf(wasm);
  await init({ module_or_path: bytes });
  return new Engine(sha256 ?? (await digest(bytes)), timeZones);
}

async function bytesOf(file) {
  if (file instanceof ArrayBuffer || ArrayBuffer.isView(file)) return file;
  if (file instanceof URL && file.protocol === "file:") {
    const { readFile } = await import("node:fs/promises");
    return readFile(file);
  }
  const response = file instanceof Response ? file : await fetch(file);
  if (!response.ok) throw new RulesError(`${response.url} could not be loaded: ${response.status}`);
  return response.arrayBuffer();
}

async function digest(bytes) {
  // Pages without https have no crypto.subtle; their host passes the digest.
  if (!globalThis.crypto?.subtle) throw new RulesError("Pass `sha256`, the digest of the WebAssembly file.");
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

class Engine {
  #timeZones;

  constructor(sha256, timeZones) {
    this.sha256 = sha256;
    this.#timeZones = timeZones;
  }

  /** One request as JSON text, one answer as JSON text. */
  call(request) {
    return call(request);
  }

  /** Loads a pack from the text of its document. */
  async load(text) {
    return new Pack(await this.#read({ do: "load", text, engine_sha256: this.sha256 }));
  }

  /** All that is wrong with a pack's document, each with its line and column. */
  async lint(text) {
    return (await this.#read({ do: "lint", text })).diagnostics;
  }

  /** Hands the rules of time zones to the engine, for expressions. A pack that names a time zone gets them by itself. */
  async useTimeZones() {
    const text = new TextDecoder().decode(await bytesOf(this.#timeZones));
    return ask({ do: "time zones", text }).time_zones;
  }

  /** Asks about a document; when it names a time zone, once more with their rules. */
  async #read(request) {
    let answer = ask(request);
    if (answer.diagnostics?.some(({ code }) => code === "no-time-zones")) {
      await this.useTimeZones();
      answer = ask(request);
    }
    return unlessFaulty(request, answer);
  }

  /**
   * Evaluates one FEEL expression: `{value, typed, reason?}`, and with `check` also `type` and `warnings`. Throws with
   * diagnostics when it cannot be read.
   */
  feel(expression, options = {}) {
    const request = { do: "feel", expression, ...options };
    return unlessFaulty(request, ask(request));
  }
}

class Pack {
  constructor({ pack, id, version, warnings }) {
    Object.assign(this, { handle: pack, id, version, warnings });
  }

  /**
   * Decides a case given as JSON text; gives the engine's answer as JSON text:
   * `{"record": …}`, `{"text": …}` or `{"rejected": […]}`.
   */
  decide(caseText, options = {}) {
    const request = JSON.stringify({ do: "decide", pack: this.handle, ...options });
    return call(`{"case":${caseText},${request.slice(1)}`);
  }

  /** What a case looks like, as a JSON Schema. */
  schema() {
    return ask({ do: "schema", pack: this.handle }).schema;
  }

  /** The facts as the pack declares them, every `$ref` replaced by the definition that it names. */
  facts() {
    return ask({ do: "facts", pack: this.handle }).facts;
  }

  /** Gives the pack's memory back. */
  free() {
    ask({ do: "free", pack: this.handle });
  }
}

function ask(request) {
  const answer = JSON.parse(call(JSON.stringify(request)));
  if (answer.error) throw new RulesError(answer.error.message, answer.error);
  return answer;
}

function unlessFaulty(request, answer) {
  const what = { load: "pack", feel: "expression" }[request.do];
  if (what && answer.diagnostics) {
    throw new RulesError(`The ${what} has faults.`, { code: what, diagnostics: answer.diagnostics });
  }
  return answer;
}
