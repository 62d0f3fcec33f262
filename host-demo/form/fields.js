/**
 * Draws a question as a field in the look of the GOV.UK Design System, and gathers what was typed into it.
 * @module fields
 */
import { element, hidden } from "./elements.js";
import { typesOf } from "./facts.js";
import { alternatives, choices } from "./reading.js";

/**
 * @typedef {object} Drawing
 * @property {import("./reading.js").Typed} [typed] what stands in the controls
 * @property {{error: string, part?: string}} [fault]
 * @property {string} [heading] the tag of the page's heading, where this question is the heading
 * @property {boolean} [several] whether the page has other questions too
 * @property {object} words
 */

/**
 * The field of a question.
 * @param {import("./facts.js").Question} question
 * @param {Drawing} drawing
 * @returns {HTMLElement}
 */
export const field = (question, drawing) =>
  element(
    `div.govuk-form-group.${drawing.fault ? "govuk-form-group--error" : ""}`,
    (DRAWINGS[question.kind] ?? input)(question, drawing),
  );

const DRAWINGS = { boolean: radios, choice: radios, choices: checkboxes, date };
const DATE = ["day", "month", "year"];

/**
 * What stands in the controls of a question.
 * @param {import("./facts.js").Question} question
 * @param {FormData} data
 * @returns {import("./reading.js").Typed}
 */
export const typedInto = ({ id, kind }, data) =>
  Object.fromEntries(
    [...(kind === "date" ? DATE : [""]), "other"].map((part) => [part, data.getAll(nameOf(id, part))]),
  );

const nameOf = (id, part) => (part ? `${id}.${part}` : id);

/**
 * The id of the control that an error leads to.
 * @param {import("./facts.js").Question} question
 * @param {string} [part]
 */
export const controlId = ({ id, kind }, part) => nameOf(id, part ?? (kind === "date" ? "day" : ""));

/** Hint and error, each with the id that `aria-describedby` names. */
function notes({ id, hint = "", kind }, { fault, words }) {
  const example = (kind === "choices" || !hint) && words.examples[kind];
  const nodes = [
    (hint || example) && element("div.govuk-hint", { id: `${id}-hint` }, hint, " ", example),
    fault && element("p.govuk-error-message", { id: `${id}-error` }, hidden(words.error), ` ${fault.error}`),
  ].filter(Boolean);
  return { nodes, ids: nodes.map((node) => node.id).join(" ") };
}

function fieldset(question, drawing, ...controls) {
  const { nodes, ids } = notes(question, drawing);
  const { heading } = drawing;
  return element(
    "fieldset.govuk-fieldset",
    { "aria-describedby": ids, role: question.kind === "date" && "group" },
    element(
      `legend.govuk-fieldset__legend.govuk-fieldset__legend--${heading ? "l" : "s"}`,
      heading ? element(`${heading}.govuk-fieldset__heading`, question.text) : question.text,
    ),
    nodes,
    controls,
  );
}

/** A radio button or a checkbox; the first of a question carries the id that an error leads to. */
function option(type, { id, label }, { typed, several }, { value, text, part = "", index }) {
  const name = nameOf(id, part);
  const own = index ? `${name}-${index}` : name;
  return element(
    `div.govuk-${type}__item`,
    element(`input.govuk-${type}__input`, {
      id: own,
      name,
      type: type === "radios" ? "radio" : "checkbox",
      value,
      checked: typed?.[part]?.includes(value),
    }),
    element(`label.govuk-label.govuk-${type}__label`, { for: own }, text, part && several && hidden(`: ${label}`)),
  );
}

function radios(question, drawing) {
  const { words } = drawing;
  const values = choices(question, words).map(({ json: value, shown: text }) => ({ value, text }));
  const others = alternatives(question, words).map(({ name: value, text }) => ({ value, text }));
  const options = [...values, ...others].map((one, index) => option("radios", question, drawing, { ...one, index }));
  if (others.length) options.splice(values.length, 0, element("div.govuk-radios__divider", words.or));
  return fieldset(question, drawing, element("div.govuk-radios", options));
}

function checkboxes(question, drawing) {
  const { words } = drawing;
  const values = [...choices(question, words), { json: "none", shown: words.noneOfThese }];
  const options = values.map(({ json: value, shown: text }, index) =>
    option("checkboxes", question, drawing, { value, text, index }),
  );
  return fieldset(question, drawing, element("div.govuk-checkboxes", options), otherAnswers(question, drawing));
}

/** "I do not know" and its like, under a field that is typed into. */
function otherAnswers(question, drawing) {
  const others = alternatives(question, drawing.words);
  return (
    others.length > 0 && [
      element("p.govuk-body.rules-form__or", drawing.words.or),
      element(
        "div.govuk-checkboxes",
        others.map(({ name: value, text }, index) =>
          option("checkboxes", question, drawing, { value, text, part: "other", index }),
        ),
      ),
    ]
  );
}

function date(question, drawing) {
  const { typed, fault, words } = drawing;
  const items = DATE.map((part) => {
    const id = nameOf(question.id, part);
    const wrong = fault && (fault.part ?? part) === part;
    return element(
      "div.govuk-date-input__item",
      element(
        "div.govuk-form-group",
        element("label.govuk-label.govuk-date-input__label", { for: id }, words[part]),
        element(
          `input.govuk-input.govuk-date-input__input.govuk-input--width-${part === "year" ? 4 : 2}.${wrong ? "govuk-input--error" : ""}`,
          { id, name: id, inputmode: part !== "month" && "numeric", autocomplete: "off", value: typed?.[part]?.[0] },
        ),
      ),
    );
  });
  return fieldset(question, drawing, element("div.govuk-date-input", items), otherAnswers(question, drawing));
}

/** A number, a time or a text, in one line or more. */
function input(question, drawing) {
  const { typed, fault, words, heading } = drawing;
  const { id, kind, schema, text } = question;
  const { nodes, ids } = notes(question, drawing);
  const unit = schema["x-unit"];
  const sign = words.currency[unit];
  const long = schema.maxLength > 200;
  const type = long ? "textarea" : "input";
  const whole = typesOf(schema).includes("integer");
  const value = typed?.[""]?.[0];
  const control = element(
    `${type}.govuk-${type}.${kind === "text" ? "" : "govuk-input--width-10"}.${fault ? `govuk-${type}--error` : ""}`,
    {
      id,
      name: id,
      "aria-describedby": ids,
      autocomplete: "off",
      rows: long && 4,
      value: !long && value,
      inputmode: kind === "number" && schema.minimum >= 0 && (whole ? "numeric" : "decimal"),
    },
    long && value,
  );
  const affix = (side, shown) => element(`div.govuk-input__${side}`, { "aria-hidden": "true" }, shown);
  const label = element(
    `label.govuk-label.govuk-label--${heading ? "l" : "s"}`,
    { for: id },
    text,
    unit && hidden(` (${words.inCurrency[unit] ?? unit})`),
  );
  return [
    heading ? element(`${heading}.govuk-label-wrapper`, label) : label,
    nodes,
    unit
      ? element("div.govuk-input__wrapper", sign && affix("prefix", sign), control, !sign && affix("suffix", unit))
      : control,
    otherAnswers(question, drawing),
  ];
}
