/**
 * The pages that ask: the first page, a question, a list and one of its entries. Each is a plain description: a title,
 * what stands on the page, and what happens when it is sent. The result has a module of its own.
 * @module pages
 */
import { button, element, link, paragraph, summaryList } from "./elements.js";
import { parts, question, questionsOfPage } from "./facts.js";
import { controlId, field, typedInto } from "./fields.js";
import { read } from "./reading.js";
import { fill } from "./words.js";

/**
 * @typedef {{name: "start"|"question"|"result", pointer?: string}} Place where somebody is in the form
 * @typedef {{asked?: import("./facts.js").Question, error: string, part?: string}} Fault
 * @typedef {object} Page
 * @property {string} title
 * @property {string} [language] language of the texts
 * @property {import("./facts.js").Question[]} [questions] none on the page of the result
 * @property {import("./facts.js").Question} [heading] the question that is the page's heading
 * @property {Record<string, import("./reading.js").Typed>} [typed] what stands in the controls at first, by question
 * @property {(fields: Node[]) => unknown} draw
 * @property {(readings: object[], typed: object) => {place?: Place, rejected?: object[]}} [send] takes the answers up;
 *   gives the next place (the engine's next question where there is none) or what the engine rejects
 */

const above = (pointer) => pointer.slice(0, pointer.lastIndexOf("/"));

/**
 * The first page: what this is, and the date of the decision.
 * @param {import("./form.js").RulesForm} form
 * @returns {Page}
 */
export function startPage(form) {
  const { pack, words, answers, say } = form;
  const ask = (id, kind, text, hint, schema, optional) => ({
    id,
    kind,
    text,
    hint,
    schema,
    optional,
    label: words[id],
    pointer: "",
    options: {},
    always: true,
  });
  const [year, month, day] = answers.asOf.split("-").map((part) => [`${Number(part)}`]);
  return {
    title: say(pack.title),
    questions: [
      ask("asOf", "date", words.asOf, words.asOfHint, {}),
      ask("reference", "text", `${words.reference} ${words.optional}`, words.referenceHint, { maxLength: 100 }, true),
    ],
    typed: { asOf: { year, month, day }, reference: { "": [answers.reference] } },
    draw: (fields) => [
      form.languages(),
      form.heading(say(pack.title)),
      pack.description && paragraph(say(pack.description)),
      paragraph(words.what),
      element(
        "ul.govuk-list.govuk-list--bullet",
        words.promises.map((promise) => element("li", promise)),
      ),
      fields,
      button(words.start),
    ],
    send([asOf, reference]) {
      answers.asOf = JSON.parse(asOf.json);
      answers.reference = reference.shown ?? "";
      return form.decide();
    },
  };
}

/**
 * A question, with who, when and why where it is a judgement; the fields of a group or of an entry of a list; or a
 * list.
 * @param {import("./form.js").RulesForm} form
 * @param {string} pointer
 * @returns {Page}
 */
export function questionPage(form, pointer) {
  const { pack, words, answers, judge, language } = form;
  const asked = question(pack.facts, pointer, language);
  if (asked.kind === "list") return listPage(form, asked);
  const questions = questionsOfPage(pack.facts, pointer, language).flatMap((one) => withJudgement(one, words));
  const number = /^\d+$/.exec(parts(pointer).pop())?.[0];
  const within = above(pointer) && question(pack.facts, above(pointer), language);
  const alone = questions[0].pointer === pointer && !number;
  const title = number ? fill(words.entry, { Label: within.label, number: Number(number) + 1 }) : asked.text;
  return {
    title,
    language: asked.language,
    questions,
    heading: alone && questions[0],
    typed: Object.fromEntries(
      questions.map(({ id, member, pointer: at }) => [id, answers.at(at)?.typed?.[member ?? ""] ?? judge[member]]),
    ),
    draw: ([first, ...more]) => [
      within && !number && element("span.govuk-caption-l", within.label),
      !alone && form.heading(title),
      first,
      alone && asked.judgement && element("div.govuk-inset-text", words.judgement),
      more,
      button(words.resume),
      paragraph(link(words.soFar, () => form.go({ name: "result" }))),
    ],
    send(readings, typed) {
      const before = answers.at(pointer);
      takeUp(questions, readings, typed, form);
      const { rejected } = form.decide();
      if (rejected) answers.put(pointer, before);
      return { rejected, place: number && { name: "question", pointer: above(pointer) } };
    },
  };
}

/** A judgement is asked with three questions more, which only count where the judgement itself is known. */
const withJudgement = (asked, words) =>
  asked.judgement
    ? [
        asked,
        ...Object.entries(words.judgementParts).map(([member, said]) => ({
          ...said,
          member,
          of: asked,
          id: `${asked.id}-${member}`,
          pointer: asked.pointer,
          kind: member === "on" ? "date" : "text",
          schema: { maxLength: member === "by" ? 200 : 2000 },
          options: {},
          always: true,
        })),
      ]
    : [asked];

/**
 * Puts what was read into the answers; the parts of a judgement become one value. Who judged and when is offered again
 * for the next one.
 */
function takeUp(questions, readings, typed, { answers, judge }) {
  questions.forEach((asked, index) => {
    if (asked.of) return;
    let { json, state, shown } = readings[index];
    const own = { "": typed[asked.id] };
    const details = state
      ? []
      : questions.flatMap(({ of, id, member }, at) => (of === asked ? [{ id, member, ...readings[at] }] : []));
    for (const { id, member } of details) own[member] = typed[id];
    if (details.length) Object.assign(judge, { by: own.by, on: own.on });
    if (details.length) {
      json = `{"value":${json},${details.map((one) => `"${one.member}":${one.json}`).join(",")}}`;
      shown = `${shown} (${details.map((one) => one.shown).join("; ")})`;
    }
    answers.put(asked.pointer, { json, state, shown, typed: own });
  });
}

/** A list: whether there is anything to add; with entries, what was added and whether there is more. */
function listPage(form, asked) {
  const { words, answers } = form;
  const { pointer, label } = asked;
  const list = answers.at(pointer);
  const entries = list?.items?.length;
  const options = entries ? { add: words.yes, none: words.no } : { add: words.addOne, none: words.nothingToAdd };
  const choice = {
    ...asked,
    options,
    kind: "choice",
    schema: { ...asked.schema, enum: Object.keys(options) },
    always: entries,
    ...(entries ? { text: words.another, hint: "", missing: "selectAnother" } : { missing: "selectAdd" }),
  };
  const title = entries ? fill(words.added, { count: entries }) : asked.text;
  return {
    title,
    language: asked.language,
    questions: [choice],
    heading: !entries && choice,
    typed: { [asked.id]: { "": [list?.items ? !entries && '"none"' : list?.state] } },
    draw: (fields) => [
      entries && [element("span.govuk-caption-l", label), form.heading(title), entryList(form, asked, list.items)],
      fields,
      button(words.resume),
    ],
    send([{ json, state, shown }]) {
      if (json === '"add"') return { place: { name: "question", pointer: `${pointer}/${entries ?? 0}` } };
      if (!entries) answers.put(pointer, state ? { state, shown } : { items: [] });
      return form.decide();
    },
  };
}

function entryList(form, { pointer, label }, entries) {
  const { words, answers } = form;
  const place = (below = "") => ({ name: "question", pointer: pointer + below });
  return summaryList(
    entries.map((_, index) => {
      const below = `/${index}`;
      const title = fill(words.entry, { Label: label, number: index + 1 });
      const remove = () => {
        answers.put(pointer + below);
        form.go(place());
      };
      return [
        title,
        shownEntry(form, pointer + below),
        [link(words.change, () => form.go(place(below)), title), link(words.remove, remove, title)],
      ];
    }),
  );
}

/**
 * An entry of a list in lines of words: "Date: 3 May 2019".
 * @param {import("./form.js").RulesForm} form
 * @param {string} pointer
 * @returns {string[]}
 */
export const shownEntry = ({ pack, answers, language }, pointer) =>
  questionsOfPage(pack.facts, pointer, language).map((one) => {
    const shown = answers.at(one.pointer)?.shown;
    return one.pointer === pointer ? shown : `${one.label}: ${shown}`;
  });

/**
 * Draws a page: its fields with what was typed and what is wrong, in a form of its own.
 * @param {import("./form.js").RulesForm} form
 * @param {Page} page
 * @param {Record<string, import("./reading.js").Typed>} typed by question
 * @param {Fault[]} faults
 * @returns {HTMLElement}
 */
export function drawPage(form, page, typed, faults) {
  const { words, tag, language } = form;
  const fields = page.questions.map((asked) =>
    field(asked, {
      words,
      typed: typed[asked.id],
      fault: faults.find((fault) => fault.asked === asked),
      heading: page.heading === asked && tag,
      several: page.questions.length > 1,
    }),
  );
  const submit = (event) => {
    event.preventDefault();
    form.attempt(() => send(form, page, event.target));
  };
  return element(
    "form",
    { novalidate: true, lang: page.language !== language && page.language, submit },
    page.draw(fields),
  );
}

/** Reads a page that was sent; draws it again with what is wrong, or goes on. */
function send(form, page, sent) {
  const { questions } = page;
  const data = new FormData(sent);
  const typed = Object.fromEntries(questions.map((asked) => [asked.id, typedInto(asked, data)]));
  const readings = questions.map((asked) => read(asked, typed[asked.id], form.words));
  const optional = ({ id, of, optional: may }) =>
    (may && !typed[id][""][0]) || (of && readings[questions.indexOf(of)].state);
  let faults = questions
    .map((asked, index) => ({ asked, ...readings[index] }))
    .filter(({ asked, error }) => error && !optional(asked));
  let place;
  if (!faults.length) {
    const { rejected = [], ...next } = page.send(readings, typed);
    faults = rejected.map(({ pointer, message: error }) => ({
      error,
      asked: questions.find((asked) => `${pointer}/`.startsWith(`${asked.pointer}/`)),
    }));
    place = next.place;
  }
  if (faults.length) form.draw(page, typed, faults);
  else form.go(place ?? form.nextPlace());
}

/**
 * What is wrong with a page, at its top; takes the focus when it is shown.
 * @param {import("./form.js").RulesForm} form
 * @param {Fault[]} faults
 * @returns {HTMLElement}
 */
export function errorSummary({ words }, faults) {
  const line = ({ asked, part, error }) => {
    const id = asked && controlId(asked, part);
    const click = (event) => {
      event.preventDefault();
      document.getElementById(id).focus();
    };
    return element("li", id ? element("a", { href: `#${id}`, click }, error) : error);
  };
  return element(
    "div.govuk-error-summary",
    element(
      "div",
      { role: "alert" },
      element("h2.govuk-error-summary__title", words.problem),
      element("div.govuk-error-summary__body", element("ul.govuk-list.govuk-error-summary__list", faults.map(line))),
    ),
  );
}
