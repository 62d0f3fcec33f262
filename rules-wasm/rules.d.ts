/** A finding in a pack. Lines and columns count from 1, columns in characters. */
export interface Diagnostic {
  code: string;
  severity: "error" | "warning";
  message: string;
  help?: string;
  pointer: string;
  line: number;
  column: number;
  end_line: number;
  end_column: number;
}

/** A request that the engine cannot answer, or a pack with faults. */
export class RulesError extends Error {
  code?: string;
  help?: string;
  diagnostics: Diagnostic[];
}

export interface StartOptions {
  /** Address, response or bytes of the WebAssembly file; beside this module when left out. */
  wasm?: URL | string | Response | ArrayBuffer | ArrayBufferView;
  /** Its SHA-256 in hexadecimal. It is computed when left out, which a page without https cannot do. */
  sha256?: string;
}

/** Starts the engine; one engine serves a page. */
export function start(options?: StartOptions): Promise<Engine>;

export interface Engine {
  /** SHA-256 of the WebAssembly file, which stands in every record. */
  readonly sha256: string;
  /** One request as JSON text, one answer as JSON text. */
  call(request: string): string;
  /** Loads a pack from the text of its document; throws a RulesError with diagnostics when it has faults. */
  load(text: string): Pack;
  /** All that is wrong with a pack's document. */
  lint(text: string): Diagnostic[];
}

export interface DecideOptions {
  /** The date to decide at (YYYY-MM-DD), for a case without `as_of`. */
  as_of?: string;
  record?: "full" | "brief";
  format?: "json" | "text" | "markdown";
  language?: string;
}

export interface Pack {
  readonly id: string;
  readonly version: string;
  readonly warnings: Diagnostic[];
  /** Decides a case given as JSON text; the answer is JSON text: `{"record"}`, `{"text"}` or `{"rejected"}`. */
  decide(caseText: string, options?: DecideOptions): string;
  /** What a case looks like, as a JSON Schema (2020-12). */
  schema(): object;
  /** Gives the pack's memory back. */
  free(): void;
}
