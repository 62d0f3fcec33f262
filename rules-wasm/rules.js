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

/** Starts the engine. `wasm` is its address, a Response or its bytes; `sha256` the digest if it is known already. */
export async function start({ wasm = new URL("rules_wasm_bg.wasm", import.meta.url), sha256 } = {}) {
  const bytes = await bytesOf(wasm);
  await init({ module_or_path: bytes });
  return new Engine(sha256 ?? (await digest(bytes)));
}

async function bytesOf(wasm) {
  if (wasm instanceof ArrayBuffer || ArrayBuffer.isView(wasm)) return wasm;
  if (wasm instanceof URL && wasm.protocol === "file:") {
    const { readFile } = await import("node:fs/promises");
    return readFile(wasm);
  }
  const response = wasm instanceof Response ? wasm : await fetch(wasm);
  if (!response.ok) throw new RulesError(`The engine could not be loaded: ${response.status} ${response.url}`);
  return response.arrayBuffer();
}

async function digest(bytes) {
  // Pages without https have no crypto.subtle; their host passes the digest.
  if (!globalThis.crypto?.subtle) throw new RulesError("Pass `sha256`, the digest of the WebAssembly file.");
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

class Engine {
  constructor(sha256) {
    this.sha256 = sha256;
  }

  /** One request as JSON text, one answer as JSON text. */
  call(request) {
    return call(request);
  }

  /** Loads a pack from the text of its document. */
  load(text) {
    const answer = ask({ do: "load", text, engine_sha256: this.sha256 });
    return new Pack(answer);
  }

  /** All that is wrong with a pack's document, each with its line and column. */
  lint(text) {
    return ask({ do: "lint", text }).diagnostics;
  }

  /**
   * Evaluates one FEEL expression: `{value, typed, reason?}`, and with `check` also `type` and `warnings`. Throws with
   * diagnostics when it cannot be read.
   */
  feel(expression, options = {}) {
    return ask({ do: "feel", expression, ...options });
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

  /** Gives the pack's memory back. */
  free() {
    ask({ do: "free", pack: this.handle });
  }
}

function ask(request) {
  const answer = JSON.parse(call(JSON.stringify(request)));
  if (answer.error) throw new RulesError(answer.error.message, answer.error);
  const what = { load: "pack", feel: "expression" }[request.do];
  if (what && answer.diagnostics) {
    throw new RulesError(`The ${what} has faults.`, { code: what, diagnostics: answer.diagnostics });
  }
  return answer;
}
