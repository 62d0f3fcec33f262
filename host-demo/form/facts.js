/**
 * From the facts of a pack (JSON Schema) to the questions of the form.
 * @module facts
 */
import { sentence } from "./words.js";

/**
 * One question: a fact, or a part of one, and how to ask for it.
 * @typedef {object} Question
 * @property {string} pointer JSON pointer into the case, such as `/contract/initial_value` or `/visits/0/date`
 * @property {string} id the pointer as an element's id
 * @property {object} schema
 * @property {"boolean"|"choice"|"choices"|"number"|"date"|"time"|"text"|"list"|"group"} kind
 * @property {string} text the question as asked
 * @property {string} label a few words for summaries and errors
 * @property {string} [hint]
 * @property {Record<string, string>} options labels of the values
 * @property {string} language the language of the texts
 * @property {boolean} judgement
 * @property {boolean} always whether it is only asked where it is known, so that "I do not know" is no answer
 */

/**
 * The parts of a JSON pointer. Names of facts hold no character that would be written in another way there.
 * @param {string} pointer
 * @returns {string[]}
 */
export const parts = (pointer) => pointer.split("/").slice(1);

/**
 * A text in the wanted language; without it in English, without that in any.
 * @template T
 * @param {Record<string, T>|string|undefined} texts by language; a plain text counts as said in every language
 * @param {string} language
 * @returns {T|undefined}
 */
export function inLanguage(texts, language) {
  if (typeof texts !== "object") return texts;
  return texts[languageOf(texts, language)];
}

const languageOf = (texts, language) =>
  [language, language.split("-")[0], "en"].find((tag) => tag in texts) ?? Object.keys(texts)[0] ?? language;

/**
 * The types that a schema names.
 * @param {object} schema
 * @returns {string[]}
 */
export const typesOf = ({ type }) => [type].flat();

/** How a fact is asked, by its schema. */
function kindOf(schema) {
  const types = typesOf(schema);
  if (schema.enum || "const" in schema) return "choice";
  if (types.includes("boolean")) return "boolean";
  if (types.includes("integer") || types.includes("number")) return "number";
  if (types.includes("array")) return schema.items?.enum ? "choices" : "list";
  if (schema.properties) return "group";
  return { date: "date", time: "time" }[schema.format] ?? "text";
}

/**
 * The question for a fact or a part of one.
 * @param {object} facts the pack's `facts`
 * @param {string} pointer
 * @param {string} language
 * @returns {Question|undefined} nothing where the pack declares no such fact
 */
export function question(facts, pointer, language) {
  let schema = facts;
  let name = "";
  for (const part of parts(pointer)) {
    const item = schema?.items && /^\d+$/.test(part);
    if (!item) name = part;
    schema = item ? schema.items : schema?.properties?.[part];
  }
  if (!schema) return undefined;
  const texts = schema["x-text"] ?? {};
  const {
    question: text,
    label = schema.title ?? sentence(name.replaceAll("_", " ")),
    hint = schema.description,
    // The words for what a list may hold stand with its items.
    options = inLanguage(schema.items?.["x-text"] ?? {}, language)?.options ?? {},
  } = inLanguage(texts, language) ?? {};
  return {
    pointer,
    schema,
    label,
    hint,
    options,
    id: parts(pointer).join("-"),
    kind: kindOf(schema),
    text: text ?? label,
    language: text ? languageOf(texts, language) : language,
    judgement: schema["x-kind"] === "judgement",
    always: /^\d+$/.test(parts(pointer).pop()),
  };
}

/**
 * The questions of one page: the fact itself or, of a group, each of its fields. Lists within are asked on pages of
 * their own.
 * @param {object} facts
 * @param {string} pointer
 * @param {string} language
 * @returns {Question[]}
 */
export function questionsOfPage(facts, pointer, language) {
  const asked = question(facts, pointer, language);
  if (!asked || asked.kind !== "group") return asked ? [asked] : [];
  return Object.keys(asked.schema.properties).flatMap((name) => {
    const below = `${pointer}/${name}`;
    return question(facts, below, language).kind === "list" ? [] : questionsOfPage(facts, below, language);
  });
}
