/** A finding in a pack or an expression. Lines and columns count from 1, columns in characters. */
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

/** A request that the engine cannot answer, or a pack or expression with faults. */
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
  /** The rules of time zones, loaded only for a pack that names one; `time-zones.json` beside this module when left out. */
  timeZones?: URL | string | Response | ArrayBuffer | ArrayBufferView;
}

/** Starts the engine; one engine serves a page. */
export function start(options?: StartOptions): Promise<Engine>;

export interface Engine {
  /** SHA-256 of the WebAssembly file, which stands in every record. */
  readonly sha256: string;
  /** One request as JSON text, one answer as JSON text. */
  call(request: string): string;
  /** Loads a pack from the text of its document; throws a RulesError with diagnostics when it has faults. */
  load(text: string): Promise<Pack>;
  /** All that is wrong with a pack's document. */
  lint(text: string): Promise<Diagnostic[]>;
  /** Hands the rules of time zones to the engine, for expressions. A pack that names a time zone gets them by itself. */
  useTimeZones(): Promise<{ sha256: string; version: string }>;
  /** Evaluates one FEEL expression; throws a RulesError with diagnostics when it cannot be read. */
  feel(expression: string, options?: FeelOptions): FeelAnswer;
}

export interface FeelOptions {
  /** Names and their values as a FEEL context: `{price: 80, day: @"2026-04-01"}`. */
  context?: string;
  /** The same as typed values by name. */
  inputs?: Record<string, TypedValue>;
  /** Item definitions in the words of DMN (name, typeRef, components, allowedValues, …), whose names are types. */
  types?: object[];
  /** Types of names, in FEEL's words or names of item definitions; values are brought to them. */
  declared?: Record<string, string>;
  /** The type that the result is brought to. */
  returns?: string;
  /** Names whose values are not known; what depends on them is `unknown`. */
  not_known?: string[];
  /** The date that `today()` gives (YYYY-MM-DD). */
  as_of?: string;
  /** Asks for `type` and `warnings`: what can be said of the expression before it is evaluated. */
  check?: boolean;
}

export interface FeelAnswer {
  /** The value as FEEL. */
  value: string;
  typed: TypedValue;
  /** Why the value is null. */
  reason?: string;
  /** The type in FEEL's words. */
  type?: string;
  warnings?: Diagnostic[];
}

/** A value with its kind. Numbers, dates and durations are texts, so that they stay exact. */
export type TypedValue =
  | { t: "null" }
  | { t: "boolean"; v: boolean }
  | { t: "number" | "string" | "date" | "time" | "dateTime" | "duration" | "range" | "function"; v: string }
  | { t: "list"; v: TypedValue[] }
  | { t: "context"; v: Record<string, TypedValue> };

export interface DecideOptions {
  /** The date to decide at (YYYY-MM-DD), for a case without `as_of`. */
  as_of?: string;
  record?: "full" | "brief";
  /** The record, or a report: `html` is a fragment for a page with GOV.UK styles, `page` a page by itself. */
  format?: "json" | "text" | "markdown" | "html" | "page";
  /** Who reads a report, `officer` when left out; the record is the same for everybody. */
  audience?: "citizen" | "officer" | "auditor";
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
  /** The facts as the pack declares them, every `$ref` replaced by the definition that it names. */
  facts(): object;
  /** Gives the pack's memory back. */
  free(): void;
}
