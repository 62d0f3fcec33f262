/**
 * The form's own words: one file a language (`words.en.json`), so that translating needs no code. What a pack says in
 * its own texts is not there.
 * @module words
 */

/** A label as it stands within a sentence: "Date of birth" becomes "date of birth", "AUDIT score" stays. */
const within = (label) => (/^[A-Z][a-z]/.test(label) ? label[0].toLowerCase() + label.slice(1) : label);

/**
 * A text with a capital letter at its start.
 * @param {string} text
 */
export const sentence = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * A label with what it is about: "Cost: low", but "Is it low? Yes".
 * @param {string} label
 * @param {string} text
 */
export const labelled = (label, text) => `${label}${label.endsWith("?") ? "" : ":"} ${text}`;

/**
 * Puts values into a text: `{Label}` is a label at the start of a sentence, `{label}` the same one within it, other
 * names are themselves.
 * @example fill("Enter the {label}", { Label: "Date of birth" }) // "Enter the date of birth"
 * @param {string|{zero?: string, one: string, other: string}} text with a form for each
 *   kind of number where there is a `count`
 * @param {Record<string, unknown>} values
 */
export function fill(text, values) {
  const said = text[["zero", "one"][values.count]] ?? text.other ?? text;
  return said.replaceAll(/\{(\w+)\}/g, (_, name) => (name === "label" ? within(values.Label) : values[name]));
}

/**
 * A date as people write it: `2026-03-27` is 27 March 2026.
 * @param {string} date
 * @param {object} words
 */
export const showDate = (date, words) => {
  // no browser has the months of every language
  const [year, month, day] = date.split("-").map(Number);
  return `${day} ${words.months[month - 1]} ${year}`;
};

/**
 * A number as people write it: `1234567.5` in GBP is £1,234,567.50. It is a text throughout: no amount is rounded.
 * @param {string} json
 * @param {string|undefined} unit
 * @param {object} words
 */
export function showNumber(json, unit, words) {
  const [, minus, whole, point] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(json) ?? [];
  if (!whole) return json;
  const sign = words.currency[unit];
  const fraction = point ? `.${sign ? point.padEnd(2, "0") : point}` : "";
  const number = `${whole.replaceAll(/\B(?=(\d{3})+$)/g, ",")}${fraction}`;
  return sign ? `${minus}${sign}${number}` : [minus + number, unit].filter(Boolean).join(unit === "%" ? "" : " ");
}

/**
 * A duration as people say it: `P1M10D` is 1 month 10 days.
 * @param {string} duration
 * @param {object} words
 */
export function showDuration(duration, words) {
  return duration
    .split("T")
    .flatMap((part, time) =>
      [...part.matchAll(/([\d.]+)([A-Z])/g)].map(
        ([, count, unit]) => `${count} ${words.durations[(time ? "T" : "") + unit][count === "1" ? 0 : 1]}`,
      ),
    )
    .join(" ");
}

/**
 * A value of the engine in words. Its numbers are texts here.
 * @param {unknown} value
 * @param {object} words
 * @returns {string}
 */
export function show(value, words) {
  if (value === true || value === false) return value ? words.yes : words.no;
  if (Array.isArray(value)) return value.map((one) => show(one, words)).join(", ");
  if (value && typeof value === "object")
    return Object.entries(value)
      .map(([name, one]) => `${name}: ${show(one, words)}`)
      .join("; ");
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return showDate(value, words);
  if (/^-?P(?=.)(\d+[YMWD])*(T([\d.]+[HMS])+)?$/.test(value)) return showDuration(value, words);
  return showNumber(`${value ?? ""}`, undefined, words);
}
