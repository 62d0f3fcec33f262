/**
 * Reads what was typed into the JSON text of a value, or says in words what is wrong with it. The engine has the last
 * word on every value; this spares a person its terser messages.
 * @module reading
 */
import { typesOf } from "./facts.js";
import { fill, sentence, showDate, showNumber } from "./words.js";

/**
 * @typedef {{json?: string, state?: string, shown: string}|{error: string, part?: string}} Reading
 *   a value and how it is shown, or the error and the part of the field that is wrong
 * @typedef {Record<string, string[]>} Typed what stands in the controls of one question, by the end of
 *   the control's name
 */

/**
 * The values that a person can choose from.
 * @param {import("./facts.js").Question} question
 * @param {object} words
 * @returns {{json: string, shown: string}[]}
 */
export function choices({ kind, schema, options }, words) {
  const { enum: values = kind === "boolean" ? [true, false] : [schema.const] } =
    kind === "choices" ? schema.items : schema;
  const names = { true: words.yes, false: words.no, null: words.none };
  return values.map((value) => ({
    json: JSON.stringify(value),
    shown: options[value] ?? names[value] ?? sentence(`${value}`),
  }));
}

/**
 * The answers beside a value: "there is none" where the fact may be null, "it does not apply" where the pack says so,
 * and "I do not know" always, except for what is only asked because somebody knows it (`always`: the details of a
 * judgement, the entries of a plain list).
 * @param {import("./facts.js").Question} question
 * @param {object} words
 * @returns {{name: string, json?: string, state?: string, text: string, shown: string}[]}
 */
export function alternatives({ schema, always }, words) {
  return always
    ? []
    : [
        typesOf(schema).includes("null") &&
          !schema.enum && { name: "null", json: "null", text: words.none, shown: words.none },
        schema["x-may-not-apply"] && {
          name: "not_applicable",
          state: "not_applicable",
          text: words.notApplicable,
          shown: words.notApplicableShown,
        },
        { name: "not_known", state: "not_known", text: words.notKnown, shown: words.notKnownShown },
      ].filter(Boolean);
}

/**
 * Reads one question.
 * @param {import("./facts.js").Question} question
 * @param {Typed} typed
 * @param {object} words
 * @returns {Reading}
 */
export function read(question, typed, words) {
  const wrong = (name, more) => ({ error: fill(words[name], { Label: question.label, ...more }), part: more?.part });
  const { other = [], ...own } = typed;
  const filled = Object.values(own)
    .flat()
    .some((value) => value.trim());
  if (other.length > 1 || (other.length && filled)) return wrong("notBoth");
  if (other.length) return alternatives(question, words).find(({ name }) => name === other[0]);
  return READERS[question.kind](question, own[""]?.[0]?.trim() ?? "", wrong, words, own);
}

const READERS = {
  boolean: readChoice,
  choice: readChoice,
  choices: readChoices,
  number: readNumber,
  date: readDate,
  time(question, text, wrong) {
    const [, hour, minute] = /^(\d\d?)\s*[:.]?\s*(\d\d)$/.exec(text) ?? [];
    if (!text) return wrong("enter");
    if (!hour || hour > 23 || minute > 59) return wrong("realTime");
    const time = `${hour.padStart(2, "0")}:${minute}`;
    return { json: `"${time}:00"`, shown: time };
  },
  text({ schema }, text, wrong) {
    if (!text) return wrong("enter");
    return (
      beyond([...text].length, ["minLength", "maxLength"], schema, wrong) ?? { json: JSON.stringify(text), shown: text }
    );
  },
};

/** Which limit of the schema a value does not keep. */
function beyond(value, names, schema, wrong, show = String) {
  const kept = {
    minimum: (limit) => value >= limit,
    maximum: (limit) => value <= limit,
    exclusiveMinimum: (limit) => value > limit,
    exclusiveMaximum: (limit) => value < limit,
    minLength: (limit) => value >= limit,
    maxLength: (limit) => value <= limit,
  };
  const name = names.find((limit) => limit in schema && !kept[limit](schema[limit]));
  return name && wrong(name, { limit: show(`${schema[name]}`) });
}

function readChoice(question, text, wrong, words) {
  const all = [...choices(question, words), ...alternatives(question, words)];
  return all.find(({ json, name }) => (name ?? json) === text) ?? wrong(question.missing ?? "select");
}

function readChoices(question, text, wrong, words, { "": chosen }) {
  const some = choices(question, words).filter(({ json }) => chosen.includes(json));
  if (!chosen.length) return wrong("select");
  if (some.length && some.length < chosen.length) return wrong("notBoth");
  return {
    json: `[${some.map(({ json }) => json).join(",")}]`,
    shown: some.map(({ shown }) => shown).join(", ") || words.noneOfThese,
  };
}

/**
 * Accepts spaces, a currency sign, the unit, and commas between thousands; never a comma for a decimal point, which
 * would change the amount.
 */
function readNumber({ schema }, typed, wrong, words) {
  const unit = schema["x-unit"];
  const text = [words.currency[unit], unit]
    .filter(Boolean)
    .reduce((left, extra) => left.replace(extra, ""), typed.replace("−", "-"))
    .replaceAll(/\s/g, "");
  const integer = typesOf(schema).includes("integer");
  const [, sign, digits, point = ""] = /^([+-]?)(\d+|\d{1,3}(?:,\d{3})+|(?=\.\d))(?:\.(\d*))?$/.exec(text) ?? [];
  const fraction = point.replace(/0+$/, "");
  if (!typed) return wrong("enter");
  if (integer && (fraction || sign === undefined)) return wrong("whole");
  if (sign === undefined) return wrong("number");
  const amount = `${digits.replaceAll(",", "").replace(/^0+(?=\d)/, "") || "0"}${fraction && `.${fraction}`}`;
  const json = `${sign === "-" && /[1-9]/.test(amount) ? "-" : ""}${amount}`;
  const show = (number) => showNumber(number, unit, words);
  return (
    beyond(Number(json), ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"], schema, wrong, show) ?? {
      json,
      shown: show(json),
    }
  );
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

function readDate(question, text, wrong, words, typed) {
  const all = ["day", "month", "year"];
  const [day, month, year] = all.map((part) => typed[part][0].trim());
  const absent = all.filter((part) => !typed[part][0].trim());
  if (absent.length === 3) return wrong("enter");
  if (absent.length)
    return wrong("dateParts", {
      part: absent[0],
      parts: absent.map((part) => words[part].toLowerCase()).join(words.and),
    });
  const number = MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1 || (/^\d\d?$/.test(month) && Number(month));
  if (!(number >= 1 && number <= 12)) return wrong("realDate", { part: "month" });
  if (!/^\d{4}$/.test(year)) return wrong("fourDigits", { part: "year" });
  const date = `${year}-${`${number}`.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const real = /^\d\d?$/.test(day) && new Date(`${date}T00:00Z`).getUTCDate() === Number(day);
  return real ? { json: `"${date}"`, shown: showDate(date, words) } : wrong("realDate", { part: "day" });
}
