/**
 * The result: the outcome in plain words, what to do, what is missing, the reasons, the sources, and the answers with
 * a way to change each.
 * @module result
 */
import { button, element, hidden, link, paragraph, summaryList, table } from "./elements.js";
import { question } from "./facts.js";
import { shownEntry } from "./pages.js";
import { fill, labelled, sentence, show, showDate, showNumber } from "./words.js";

const heading = (text) => element("h2.govuk-heading-m", text);
const bullets = (lines) =>
  element(
    "ul.govuk-list.govuk-list--bullet",
    lines.map((line) => element("li", line)),
  );
const small = (...children) => element("p.govuk-body-s.rules-form__small", children);
const folded = (title, content) =>
  element(
    "details.govuk-details",
    element("summary.govuk-details__summary", element("span.govuk-details__summary-text", title)),
    element("div.govuk-details__text", content),
  );

const COLOURS = { met: "green", "cannot tell": "yellow" };
const tag = (state, words) => element(`strong.govuk-tag.govuk-tag--${COLOURS[state] ?? "grey"}`, words.states[state]);

/**
 * The page of the result.
 * @param {import("./form.js").RulesForm} form
 * @returns {import("./pages.js").Page}
 */
export function resultPage(form) {
  const { words, pack } = form;
  const { record, raw, rejected } = form.decide();
  if (rejected) throw new Error(rejected.map(({ message }) => message).join("\n"));
  const { outcome } = record;
  const name = titleOf(outcome.decision, form);
  const text =
    pack.decisions[outcome.decision].triggers && outcome.state === "decided"
      ? fill(words.toDo, { count: outcome.value.length })
      : saidOf(outcome, words);
  const parts = [actions, missing, open, readings, unverified, layers, reasons, sources, answers, keep, rulesApplied];
  return {
    title: `${text} – ${name}`,
    draw: () => [
      form.heading(element("span.govuk-caption-l", name), text),
      outcome.because && element("p.govuk-body-l", outcome.because),
      parts.map((part) => part(record, form, raw)),
    ],
  };
}

/** The title of a decision, or its name, with a capital letter. */
const titleOf = (id, { pack, say }) => sentence(say(pack.decisions[id]?.title) || id);

/** What a decision came to, in a word or two. */
const saidOf = ({ state, value }, words) =>
  state === "decided" ? sentence(show(value, words) || words.none) : words.states[state];

/** Sources as people cite them: each title once, with the places in it. */
const cite = (ids = [], { pack, say }) =>
  sourcesOf(ids)
    .map((source) =>
      [
        say(pack.sources[source]?.title) || source,
        ...ids.filter((id) => id.startsWith(`${source}#`)).map((id) => id.slice(source.length + 1)),
      ].join(", "),
    )
    .join("; ");

const sourcesOf = (ids) => [...new Set(ids.filter(Boolean).map((id) => id.split("#")[0]))];

/** The sources that the reasons rest on and that nobody has checked. */
function unverified({ criteria }, form) {
  const { words } = form;
  const ids = sourcesOf(criteria.flatMap((one) => one.unverified));
  return (
    ids.length &&
    element(
      "div.govuk-warning-text",
      element("span.govuk-warning-text__icon", { "aria-hidden": "true" }, "!"),
      element("strong.govuk-warning-text__text", hidden(words.warning), ` ${words.unverified} ${cite(ids, form)}`),
    )
  );
}

function missing({ missing: facts, next, outcome }, form) {
  const { pack, words, language } = form;
  const name = outcome.state === "cannot tell" ? "missing" : "open";
  const line = ({ fact }) => {
    const known = question(pack.facts, fact, language);
    return known ? link(known.text, () => form.go({ name: "question", pointer: fact })) : fact;
  };
  return (
    facts.length && [
      heading(words[name]),
      paragraph(words[`${name}What`]),
      bullets(facts.map(line)),
      next && button(words.carryOn, () => form.go({ name: "question", pointer: next })),
    ]
  );
}

function readings({ readings: { depends, combinations } }, { pack, words, say }) {
  const one = ([id, alternative]) => {
    const { question: asked, alternatives } = pack.readings[id];
    return element("div", labelled(say(asked) || id, say(alternatives[alternative].text) || alternative));
  };
  return (
    depends && [
      heading(words.depends),
      paragraph(words.dependsWhat),
      table(
        hidden(words.depends),
        [words.readings, words.result],
        combinations.map(({ alternatives, outcome }) => [
          Object.entries(alternatives).map(one),
          saidOf(outcome, words),
        ]),
      ),
    ]
  );
}

const card = (form, { id, deadline, action, sources: ids }) => {
  const { words } = form;
  const line = (label, text) => text && element("p.govuk-body-s", element("strong", `${label}: `), text);
  return element(
    "div.govuk-summary-card",
    element("div.govuk-summary-card__title-wrapper", element("h3.govuk-summary-card__title", sentence(id))),
    element(
      "div.govuk-summary-card__content",
      action && paragraph(action),
      deadline !== undefined && line(words.deadline, show(deadline, words) || words.deadlineUnknown),
      line(words.source, cite(ids, form)),
    ),
  );
};

/** What to do, the most urgent first. */
function actions({ triggers }, form) {
  const firing = triggers.filter(({ state }) => state === "fires").sort((a, b) => a.priority - b.priority);
  return firing.length && [heading(form.words.actions), firing.map((one) => card(form, one))];
}

/** What may have to be done, and what to do until that is known. */
function open({ triggers }, form) {
  const { words } = form;
  const all = triggers.filter(({ state }) => state === "cannot tell");
  const plain = all.filter(({ interim }) => !interim);
  return (
    all.length && [
      heading(words.mayBe),
      all.length > plain.length && [
        paragraph(words.mayBeUntil),
        all.map(({ id, interim }) => interim && card(form, { id, ...interim })),
      ],
      plain.length && [paragraph(words.mayBeOpen), bullets(plain.map(({ id }) => sentence(id)))],
    ]
  );
}

function layers({ layers: all = {} }, form) {
  const rows = Object.entries(all).map(([layer, one]) => [
    sentence(layer),
    labelled(titleOf(one.decision, form), saidOf(one, form.words)),
  ]);
  return rows.length && [heading(form.words.layers), summaryList(rows)];
}

/**
 * Why: each rule with its state, its sentence, the values of the pack that it used, and its sources. Rules that
 * do not apply or make no difference are folded away.
 */
function reasons({ criteria, outcome, triggers }, form) {
  const { pack, words } = form;
  const parameter = ({ id, value, from }) => {
    // the days of a calendar say nothing to a reader
    if (value === undefined) return form.say(pack.calendars[id].title) || id;
    const since = from ? ` (${words.since} ${showDate(from, words)})` : "";
    return `${id}: ${showNumber(show(value, words), pack.parameters[id]?.unit, words)}${since}`;
  };
  const rule = ({ id, state, value, because, sources: ids, parameters }) =>
    element(
      "li.rules-form__reason",
      element("h3.govuk-heading-s", titleOf(id, form), " ", state !== "decided" && tag(state, words)),
      paragraph(because || show(value, words)),
      parameters?.length && small(`${words.values}: ${parameters.map(parameter).join("; ")}`),
      ids?.length && small(`${words.source}: ${cite(ids, form)}`),
    );
  const list = (rules) => element("ul.govuk-list", rules.map(rule));
  const fold = (name, rules) => rules.length && folded(fill(words[name], { count: rules.length }), list(rules));
  const elsewhere = [outcome.decision, ...triggers.map(({ decision }) => decision)];
  const others = criteria.filter(({ id }) => !elsewhere.includes(id));
  const idle = others.filter(({ state }) => ["not applicable", "not in force"].includes(state));
  const needless = outcome.state === "cannot tell" ? [] : others.filter(({ state }) => state === "cannot tell");
  const telling = others.filter((one) => !idle.includes(one) && !needless.includes(one));
  return [
    telling.length && [heading(words.reasons), list(telling)],
    fold("notNeeded", needless),
    fold("notApplied", idle),
  ];
}

function sources({ criteria, triggers }, { pack, words, say }) {
  const ids = sourcesOf([...criteria, ...triggers].flatMap((one) => [one.sources, one.interim?.sources]).flat());
  const row = ({ title, url, layer, verified, checked }) => [
    url
      ? element(
          "a.govuk-link",
          { href: url, target: "_blank", rel: "noreferrer noopener" },
          `${say(title)} ${words.newTab}`,
        )
      : say(title),
    sentence(layer),
    verified ? (checked ? showDate(checked, words) : words.yes) : words.notVerified,
  ];
  return (
    ids.length &&
    table(
      words.sources,
      [words.source, words.sourceKind, words.checked],
      ids.map((id) => row(pack.sources[id])),
    )
  );
}

function answers(_, form) {
  const { pack, words, language } = form;
  const row = (label, lines, place) => [label, lines, link(words.change, () => form.go(place), label)];
  const rows = (answer, pointer) => {
    if (answer.fields)
      return Object.entries(answer.fields).flatMap(([name, below]) => rows(below, `${pointer}/${name}`));
    const lines = answer.items?.map((_, index) => shownEntry(form, `${pointer}/${index}`).join(", ")) ?? [answer.shown];
    return [
      row(question(pack.facts, pointer, language).label, lines.length ? lines : words.nothingToAdd, {
        name: "question",
        pointer,
      }),
    ];
  };
  const { asOf, reference, root } = form.answers;
  const first = { name: "start" };
  return [
    heading(words.answers),
    summaryList([
      row(words.asOf, showDate(asOf, words), first),
      ...(reference ? [row(words.reference, reference, first)] : []),
      ...rows(root, ""),
    ]),
  ];
}

/** Print, and files made in the browser: nothing is fetched or sent. */
function keep({ as_of: asOf, pack }, form, raw) {
  const { words, answers: given } = form;
  const save = (text, end) => {
    const href = URL.createObjectURL(new Blob([text]));
    element("a", { href, download: `${pack.id} ${given.reference || asOf}`.replaceAll(/[^\w-]+/g, "-") + end }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10000);
  };
  const choice = (name, work) => button(words[name], work, "govuk-button--secondary");
  return element(
    "div.rules-form__keep",
    heading(words.keep),
    paragraph(words.keepWhat),
    element(
      "div.govuk-button-group",
      choice("print", () => print()),
      choice("saveRecord", () => save(`${raw.slice(raw.indexOf(":") + 1, -1)}\n`, ".record.json")),
      choice("savePage", () => save(form.decide({ format: "page" }).text, ".html")),
      choice("saveAnswers", () => save(`${given.caseText()}\n`, ".case.json")),
    ),
    paragraph(link(words.startAgain, () => form.startAgain())),
  );
}

function rulesApplied({ pack, engine }, { words }) {
  const line = (label, { version, sha256 }) =>
    small(
      `${label} ${words.version} ${version}`,
      element("br"),
      element("span.rules-form__digest", `SHA-256 ${sha256}`),
    );
  return [heading(words.applied), line(pack.id, pack), line(words.engine, engine)];
}
