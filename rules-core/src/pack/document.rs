//! The shape of a pack: every field, its kind, whether it must be there, and what it is for.
//!
//! A new field is a row here, and a few lines in `resolve` if it means something to the engine. The published
//! `pack.schema.json` and the help in messages follow.

use super::fact_shape::FACTS;
use super::shape::{Entries, Field, Key, Kind, Shape, TEXTS};
use crate::citation::Layer;
use crate::code;
use crate::hit_policy::{AGGREGATIONS, POLICIES};
use crate::value::date::WEEKDAYS;

/// The version of the format that this engine reads.
pub(super) const FORMAT: u32 = 1;

pub(super) static PACK: Shape = Shape::new(
    "pack",
    "The rules of one scheme or law: what is asked, how it is decided, and what each rule rests on.",
    &[
        Field::optional("$schema", Kind::Text, "Where the JSON Schema stands, so that an editor completes and checks."),
        Field::optional("format", Kind::Exactly(FORMAT), "Version of the format; 1, also when left out."),
        Field::required("id", Kind::Id, "Short name of the pack in lower-case words with hyphens."),
        Field::required("version", Kind::Text, "Version of the rules; a new one whenever an answer may change."),
        Field::required("title", Kind::Map(&TEXTS), "What people call the pack. Its first language is the pack's own."),
        Field::optional("authority", Kind::Text, "The body whose rules these are."),
        Field::optional(
            "contact",
            Kind::Map(&TEXTS),
            "Whom a person asks about a decision, and how, in a sentence; the citizen's report ends with it.",
        ),
        Field::optional("description", Kind::Map(&TEXTS), "What the pack decides, in a sentence or two."),
        Field::optional(
            "languages",
            Kind::Map(&Entries::map(Key::Language, Kind::Object(&LANGUAGE)).or_empty()),
            "Languages of the pack's texts of which something is to be known. Each sentence should have each of them.",
        ),
        Field::optional(
            "in_force",
            Kind::Object(&PERIOD),
            "When the rules hold; outside it every decision is `not in force`.",
        ),
        Field::required(
            "sources",
            Kind::Map(&Entries::map(Key::Id, Kind::Object(&SOURCE))),
            "The laws, reports and practices that the rules rest on, by a short name.",
        ),
        Field::required(
            "facts",
            Kind::Object(&FACTS),
            "What may be known of a case, as a JSON Schema in a documented subset.",
        ),
        Field::optional(
            "parameters",
            Kind::Map(&Entries::map(Key::Name, Kind::Object(&PARAMETER)).or_empty()),
            "Thresholds, percentages and other values that the law or the council sets, each with its periods.",
        ),
        Field::optional(
            "calendars",
            Kind::Map(&Entries::map(Key::Name, Kind::Object(&CALENDAR)).or_empty()),
            "Which days are working days. The name is a value in FEEL texts: `add working days(from, 10, name)`.",
        ),
        Field::optional(
            "readings",
            Kind::Map(&Entries::map(Key::Name, Kind::Object(&READING)).or_empty()),
            "Points that can be read in more than one tenable way; every combination is decided.",
        ),
        Field::required(
            "decisions",
            Kind::Map(&Entries::map(Key::Name, Kind::Object(&DECISION))),
            "What is decided, in the order in which an explanation lists it.",
        ),
        Field::required("outcome", Kind::Text, "Name of the decision that is the answer."),
        Field::optional(
            "layers",
            Kind::Map(&Entries::map(Key::Layer, Kind::Text).or_empty()),
            "The decision that speaks for each layer of authority; the record copies its state and value.",
        ),
    ],
);

static LANGUAGE: Shape = Shape::new(
    "language",
    "What is to be known of the texts in one language.",
    &[Field::required(
        "reviewed",
        Kind::Boolean,
        "Whether somebody who knows the language read the texts. While nobody has, reports and forms say so in it.",
    )],
);

static PERIOD: Shape = Shape::new(
    "period",
    "The days on which something holds: from the first, up to and without the last. An end left out is open.",
    &[
        Field::optional("from", Kind::Date, "The first day."),
        Field::optional("to", Kind::Date, "The first day on which it no longer holds."),
        Field::optional("basis", Kind::Feel, "The date that counts; the date of the decision, `as_of`, when left out."),
    ],
);

static SOURCE: Shape = Shape::new(
    "source",
    "A law, report or practice that rules rest on.",
    &[
        Field::required("title", Kind::Text, "The source as people cite it."),
        Field::required("layer", Kind::Words(layers, &code::WRONG_FIELD), "Its kind of authority."),
        Field::required("verified", Kind::Boolean, "Whether somebody read it and found the rules there."),
        Field::optional("checked", Kind::Date, "When it was last read."),
        Field::optional("url", Kind::Text, "Where it can be read."),
        Field::optional("note", Kind::Text, "What a reader of an explanation should know about it."),
    ],
);

pub(super) fn layers() -> Vec<&'static str> {
    Layer::ALL.iter().map(|layer| layer.words()).collect()
}

/// `id` or `id#place`, one or several.
const CITATIONS: Kind = Kind::Either(&[Kind::Text, Kind::List(&Entries::list(Kind::Text))]);

static PARAMETER: Shape = Shape::new(
    "parameter",
    "A value that the law or the council sets, by period.",
    &[
        Field::required(
            "basis",
            Kind::Feel,
            "The date that picks the period: usually `as_of`, or a fact or reading that is a date.",
        )
        .or(&code::MISSING_BASIS),
        Field::optional(
            "type",
            Kind::Text,
            "FEEL type of the values; needed only for dates and durations, which stand here as texts.",
        ),
        Field::optional("unit", Kind::Text, "What the value counts, shown behind it: `GBP`, `years`."),
        Field::optional("title", Kind::Map(&TEXTS), "What people call it."),
        Field::required("values", Kind::List(&Entries::list(Kind::Object(&VALUE))), "The value in each period."),
    ],
);

static VALUE: Shape = Shape::new(
    "value",
    "What a parameter is in one period.",
    &[
        Field::optional("from", Kind::Date, "The first day on which it holds; left out, it has always held."),
        Field::optional(
            "to",
            Kind::Date,
            "The first day on which it no longer holds; left out, that is the next value's `from`.",
        ),
        Field::required("value", Kind::Anything, "A number, truth value, text, list or object."),
        Field::required("source", Kind::Text, "The source it rests on: `id` or `id#place`.").or(&code::MISSING_SOURCE),
        Field::optional("note", Kind::Text, "What a reader of the pack should know about it."),
    ],
);

static CALENDAR: Shape = Shape::new(
    "calendar",
    "Which days are working days. Nothing is worked out for a day that it does not cover.",
    &[
        Field::optional("title", Kind::Map(&TEXTS), "What people call it."),
        Field::required("from", Kind::Date, "The first day that it covers."),
        Field::required("to", Kind::Date, "The first day that it no longer covers."),
        Field::required(
            "weekend",
            Kind::List(&Entries::list(Kind::Words(weekdays, &code::WRONG_FIELD)).or_empty()),
            "The days of the week that are no working days.",
        ),
        Field::required(
            "holidays",
            Kind::Map(&Entries::map(Key::Date, Kind::Text).or_empty()),
            "The other days that are no working days, each with its name.",
        ),
        Field::required("source", Kind::Text, "The source it rests on: `id` or `id#place`.").or(&code::MISSING_SOURCE),
    ],
);

fn weekdays() -> Vec<&'static str> {
    WEEKDAYS.to_vec()
}

static READING: Shape = Shape::new(
    "reading",
    "A point on which the law or a report can be read in several tenable ways. Its name is a value in FEEL texts.",
    &[
        Field::optional("question", Kind::Map(&TEXTS), "The point, as a question."),
        Field::optional("source", CITATIONS, "The text that can be read in several ways."),
        Field::required(
            "alternatives",
            Kind::Map(&Entries::map(Key::Text, Kind::Either(&[Kind::Feel, Kind::Object(&ALTERNATIVE)]))),
            "The ways to read it, each with the value that the reading then has.",
        ),
    ],
);

static ALTERNATIVE: Shape = Shape::new(
    "alternative",
    "One way to read a text.",
    &[
        Field::required("expression", Kind::Feel, "The value that the reading has on this view."),
        Field::optional("source", CITATIONS, "Who reads it so."),
        Field::optional("text", Kind::Map(&TEXTS), "The view in a sentence."),
    ],
);

/// The kinds of logic, in the order of the documentation. Each is an arm in `logic`.
pub(super) const KINDS_OF_LOGIC: &[&str] =
    &["criterion", "expression", "table", "all", "any", "at_least", "triggers", "function"];

/// A member of a group.
static MEMBERS: Entries = Entries::list(Kind::Feel);

static DECISION: Shape = Shape::new(
    "decision",
    "One thing that is decided, by exactly one kind of logic.",
    &[
        Field::optional("title", Kind::Map(&TEXTS), "What people call it, where the name is too short."),
        Field::optional("unit", Kind::Text, "What a number counts, shown behind it: `GBP`, `%`, `years`."),
        Field::optional("criterion", Kind::Feel, "Yes or no: a condition. Its states are `met` and `not met`."),
        Field::optional("expression", Kind::Feel, "Any value."),
        Field::optional("table", Kind::Object(&TABLE), "A decision table."),
        Field::optional("all", Kind::List(&MEMBERS), "Every member must be met: names of decisions or facts, or FEEL."),
        Field::optional("any", Kind::List(&MEMBERS), "One member must be met: names of decisions or facts, or FEEL."),
        Field::optional("at_least", Kind::Object(&AT_LEAST), "So many members must be met."),
        Field::optional(
            "triggers",
            Kind::Map(&Entries::map(Key::Text, Kind::Object(&TRIGGER))),
            "Actions that must follow, each when its condition holds. The value is the list of those that fire.",
        ),
        Field::optional(
            "function",
            Kind::Object(&FUNCTION),
            "A function that other FEEL texts call by the decision's name.",
        ),
        Field::optional(
            "source",
            CITATIONS,
            "What it rests on: `id` or `id#place`, one or several. Members of a group inherit the group's.",
        ),
        Field::optional("applies_when", Kind::Feel, "Where this is false, the decision is `not applicable`."),
        Field::optional("in_force", Kind::Object(&PERIOD), "When it holds; outside it the decision is `not in force`."),
        Field::optional("type", Kind::Text, "FEEL type of the result, where it should be held to one."),
        Field::optional(
            "text",
            Kind::Object(&STATE_TEXTS),
            "A whole sentence for each state, with placeholders as {audit_total}.",
        ),
        Field::optional(
            "citizen_text",
            Kind::Object(&STATE_TEXTS),
            "The same, written for the person; refused where the decision rests on a sensitive fact.",
        ),
    ],
)
.exactly_one(KINDS_OF_LOGIC);

static STATE_TEXTS: Shape = Shape::new(
    "set of sentences",
    "A whole sentence for each state of a decision.",
    &[
        Field::optional("met", Kind::Map(&TEXTS), "Said when the criterion or group is met."),
        Field::optional("not met", Kind::Map(&TEXTS), "Said when it is not met."),
        Field::optional("decided", Kind::Map(&TEXTS), "Said when any other decision has its value."),
        Field::optional(
            "cannot tell",
            Kind::Map(&TEXTS),
            "Said while facts are missing; use no value that may be unknown.",
        ),
        Field::optional("not applicable", Kind::Map(&TEXTS), "Said when the decision does not apply to the case."),
        Field::optional("not in force", Kind::Map(&TEXTS), "Said when the rule does not hold on the date that counts."),
    ],
)
.members("state", &code::UNKNOWN_STATE);

static AT_LEAST: Shape = Shape::new(
    "count of members",
    "A group of which some members must be met.",
    &[
        Field::required("count", Kind::Whole(1), "How many must be met."),
        Field::required("of", Kind::List(&MEMBERS), "The members: names of decisions or facts, or FEEL."),
    ],
);

static TABLE: Shape = Shape::new(
    "table",
    "A decision table. Columns have names: one left out of a row is \"any\".",
    &[
        Field::required(
            "hit_policy",
            Kind::Words(hit_policies, &code::UNKNOWN_HIT_POLICY),
            "What happens when several rows match, in the words or letters of DMN.",
        ),
        Field::optional(
            "aggregation",
            Kind::Words(aggregations, &code::WRONG_FIELD),
            "With COLLECT: one value of many.",
        ),
        Field::optional(
            "output_values",
            Kind::Map(&Entries::map(Key::Text, Kind::List(&Entries::list(PLAIN)))),
            "With PRIORITY and OUTPUT ORDER: columns of outputs with all their values, the most important first.",
        ),
        Field::required("rules", Kind::List(&Entries::list(Kind::Object(&RULE))), "The rows."),
        Field::optional(
            "default",
            Kind::Map(&Entries::map(Key::Text, RESULT)),
            "The outputs when no row matches; without it the rows must cover every case.",
        ),
    ],
);

fn hit_policies() -> Vec<&'static str> {
    POLICIES.iter().flat_map(|row| [row.name, row.letter]).chain(["C+", "C<", "C>", "C#"]).collect()
}

fn aggregations() -> Vec<&'static str> {
    AGGREGATIONS.iter().map(|row| row.0).collect()
}

static RULE: Shape = Shape::new(
    "row",
    "One row of a table.",
    &[
        Field::optional(
            "when",
            Kind::Map(&Entries::map(Key::Feel, CELL).or_empty()),
            "The conditions: a name or FEEL expression, and the values of it that match.",
        ),
        Field::required(
            "then",
            Kind::Map(&Entries::map(Key::Text, RESULT)),
            "The outputs, by the name of their column.",
        ),
        Field::optional("source", CITATIONS, "What the row rests on: `id` or `id#place`."),
        Field::optional("in_force", Kind::Object(&PERIOD), "When the row holds."),
    ],
);

/// A cell of `when`.
const CELL: Kind = Kind::Either(&[Kind::UnaryTests, Kind::Boolean, Kind::Number, Kind::Object(&PLAIN_CELL)]);

static PLAIN_CELL: Shape = Shape::new(
    "plain cell",
    "Plain values that need no FEEL quotes.",
    &[
        Field::optional("is", PLAIN, "The one value that matches."),
        Field::optional("one of", Kind::List(&Entries::list(PLAIN)), "The values that match."),
    ],
)
.exactly_one(&["is", "one of"]);

/// A cell of `then` or of a default.
const RESULT: Kind = Kind::Either(&[Kind::Feel, Kind::Boolean, Kind::Number, Kind::Null, Kind::Object(&PLAIN_RESULT)]);

static PLAIN_RESULT: Shape = Shape::new(
    "plain result",
    "A plain value that needs no FEEL quotes.",
    &[Field::required("is", PLAIN, "The value.")],
);

/// A value that stands for itself.
const PLAIN: Kind = Kind::Either(&[Kind::AnyText, Kind::Boolean, Kind::Number]);

const CITIZEN_ACTION: &str =
    "What happens next, written for the person; without it the citizen's report says nothing of the action.";

static TRIGGER: Shape = Shape::new(
    "trigger",
    "An action that must follow when its condition holds.",
    &[
        Field::required("when", Kind::Feel, "The condition."),
        Field::required("action", Kind::Map(&TEXTS), "What is to be done."),
        Field::optional("citizen_action", Kind::Map(&TEXTS), CITIZEN_ACTION),
        Field::optional("priority", Kind::Whole(1), "1 comes first; 1 when left out."),
        Field::optional("deadline", Kind::Feel, "By when: a date, a duration or a text."),
        Field::optional("source", CITATIONS, "What it rests on: `id` or `id#place`, one or several."),
        Field::optional(
            "while_cannot_tell",
            Kind::Object(&WHILE_CANNOT_TELL),
            "What to do as long as the condition cannot be settled.",
        ),
    ],
);

static WHILE_CANNOT_TELL: Shape = Shape::new(
    "interim action",
    "What to do while a trigger cannot be settled; it is no part of the settled outcome.",
    &[
        Field::required("action", Kind::Map(&TEXTS), "What is to be done."),
        Field::optional("citizen_action", Kind::Map(&TEXTS), CITIZEN_ACTION),
        Field::optional("deadline", Kind::Feel, "By when: a date, a duration or a text."),
        Field::optional("source", CITATIONS, "What it rests on: `id` or `id#place`, one or several."),
    ],
);

static FUNCTION: Shape = Shape::new(
    "function",
    "A function that FEEL texts call.",
    &[
        Field::required(
            "parameters",
            Kind::Map(&Entries::map(Key::Name, Kind::Text).or_empty()),
            "Its parameters in order, each with its FEEL type.",
        ),
        Field::required("body", Kind::Feel, "What it gives."),
    ],
);
