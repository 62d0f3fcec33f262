/**
 * What has been answered, and the case that the engine decides. Values are kept as the JSON text that goes to the
 * engine, so that an amount never passes through a floating-point number.
 * @module answers
 */
import { parts } from "./facts.js";

/**
 * An answer: a leaf has `json` (known) or `state` (not known, not applicable) with what was typed (`typed`: under ""
 * the value, and the details of a judgement under their names) and how it is shown (`shown`); a group has `fields`; a
 * list has `items`.
 * @typedef {{json?: string, state?: "not_known"|"not_applicable", shown?: string,
 *   typed?: Record<string, import("./reading.js").Typed>, fields?: Record<string, Answer>, items?: Answer[]}} Answer
 */

/** The answers of one case. */
export class Answers {
  /** Date of the decision, as JSON text is written: `2026-11-22`. */
  asOf = "";
  /** The officer's own reference, or nothing. */
  reference = "";
  /** @type {Answer} */
  root = { fields: {} };

  /**
   * The answer at a pointer.
   * @param {string} pointer
   * @returns {Answer|undefined}
   */
  at(pointer) {
    return parts(pointer).reduce((answer, part) => (answer?.items ?? answer?.fields)?.[part], this.root);
  }

  /**
   * Puts an answer at a pointer; nothing takes the answer away. Groups and lists on the way are made.
   * @param {string} pointer
   * @param {Answer|undefined} answer
   */
  put(pointer, answer) {
    const way = parts(pointer);
    const last = way.pop();
    let here = this.root;
    way.forEach((part, index) => {
      const children = here.items ?? here.fields;
      const next = way[index + 1] ?? last;
      const wanted = /^\d+$/.test(next) ? "items" : "fields";
      if (!children[part]?.[wanted]) children[part] = wanted === "items" ? { items: [] } : { fields: {} };
      here = children[part];
    });
    const children = here.items ?? here.fields;
    if (answer) children[last] = answer;
    else if (here.items) here.items.splice(Number(last), 1);
    else delete children[last];
  }

  /**
   * The case as JSON text.
   * @returns {string}
   */
  caseText() {
    const members = [`"as_of":${JSON.stringify(this.asOf)}`];
    if (this.reference) members.push(`"case":${JSON.stringify(this.reference)}`);
    members.push(...fieldTexts(this.root));
    for (const state of ["not_known", "not_applicable"]) {
      const pointers = pointersIn(this.root, state, "");
      if (pointers.length) members.push(`"${state}":${JSON.stringify(pointers)}`);
    }
    return `{${members.join(",")}}`;
  }
}

const fieldTexts = (group) =>
  Object.entries(group.fields).flatMap(([name, answer]) => {
    const text = jsonText(answer);
    return text === undefined ? [] : [`${JSON.stringify(name)}:${text}`];
  });

/** A group of which nothing is known is left out; an entry of a list stands even so, because it counts. */
function jsonText(answer) {
  if (answer.items) return `[${answer.items.map((item) => jsonText(item) ?? "{}").join(",")}]`;
  if (!answer.fields) return answer.json;
  const texts = fieldTexts(answer);
  return texts.length ? `{${texts.join(",")}}` : undefined;
}

function pointersIn(answer, state, pointer) {
  if (answer.state === state) return [pointer];
  return Object.entries(answer.items ?? answer.fields ?? {}).flatMap(([part, below]) =>
    pointersIn(below, state, `${pointer}/${part}`),
  );
}
