//! The table of stable codes: one documented row for everything the engine can find wrong.
//!
//! A code never changes its meaning and is never used again once it is gone. Each row has an example file in
//! `tests/diagnostics/`, and `docs/diagnostics.md` is generated from this table.

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The pack cannot be used, or the case cannot be decided.
    Error,
    /// It works, and it is probably not what was meant.
    Warning,
}

impl Severity {
    /// The word used in messages and in JSON.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One row of the table.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// The stable name, in words with hyphens.
    pub id: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// What it means and why it is a fault, in a sentence or two.
    pub meaning: &'static str,
}

macro_rules! codes {
    ($($name:ident = $id:literal, $severity:ident, $meaning:literal;)*) => {
        $(#[doc = $meaning] pub(crate) static $name: Code = Code { id: $id, severity: Severity::$severity, meaning: $meaning };)*
        /// Every code, in the order of the documentation.
        pub static ALL: &[&Code] = &[$(&$name),*];
    };
}

codes! {
    // The document
    NOT_JSON = "not-json", Error, "The text is not JSON.";
    NESTED_TOO_DEEP = "nested-too-deep", Error, "Objects and lists are nested deeper than the reader follows.";
    DUPLICATE_KEY = "duplicate-key", Error, "An object has the same key twice, so one of the two values would be lost.";
    OTHER_VERSION = "other-version", Error, "The document is of a format version that this engine does not read.";
    UNKNOWN_FIELD = "unknown-field", Error, "The format has no field of this name, so what stands there would be ignored.";
    MISSING_FIELD = "missing-field", Error, "A field that the format asks for is missing.";
    WRONG_FIELD = "wrong-field", Error, "A field holds something of another kind than the format asks for.";
    SCHEMA = "schema", Error, "The document does not follow the published JSON Schema.";
    INEXACT_NUMBER = "inexact-number", Error, "A number has more digits than can be held exactly; it is refused, never rounded.";
    // Names
    DUPLICATE_NAME = "duplicate-name", Error, "Two facts, parameters, calendars, readings or decisions have the same name.";
    BAD_NAME = "bad-name", Error, "A name cannot be used in FEEL: it is empty or holds a keyword or an operator.";
    UNKNOWN_NAME = "unknown-name", Error, "A name is used that nothing in the pack declares.";
    UNKNOWN_SOURCE = "unknown-source", Error, "A citation names a source that the pack does not list.";
    MISSING_SOURCE = "missing-source", Error, "A decision, row or parameter value cites no source, so no explanation could say what it rests on.";
    CYCLE = "cycle", Error, "Decisions need each other in a circle, so none can be decided first.";
    RECURSIVE_TYPE = "recursive-type", Error, "An item definition is made of itself, so no value could be written that is of it.";
    UNUSED = "unused", Warning, "Something is declared and nothing reads it.";
    // FEEL
    SYNTAX = "syntax", Error, "The FEEL text does not follow the grammar.";
    TOO_DEEP = "too-deep", Error, "An expression is nested deeper than the engine evaluates.";
    WRONG_TYPE = "wrong-type", Error, "A value of one type stands where another is needed.";
    WRONG_ARGUMENTS = "wrong-arguments", Error, "A function is called with arguments it does not take.";
    UNKNOWN_FUNCTION = "unknown-function", Error, "No function of this name exists.";
    UNKNOWN_MEMBER = "unknown-member", Error, "The value on the left of the dot has no member of this name.";
    UNKNOWN_TYPE = "unknown-type", Error, "No type of this name exists.";
    NOT_ALLOWED_VALUE = "not-allowed-value", Error, "A value stands where a closed list of values does not have it.";
    UNGUARDED_NULL = "unguarded-null", Error, "A value that may be null is used where null gives no answer.";
    CLOCK = "clock", Error, "A pack must not read the clock; the date of the decision is `as_of`.";
    ALWAYS_SAME = "always-same", Warning, "A condition has the same result whatever the facts are.";
    TOO_LARGE = "too-large", Warning, "A number that is calculated may be too large, or too close to 0, to be held exactly.";
    // Facts
    BAD_SCHEMA = "bad-schema", Error, "A fact's schema uses a keyword or a combination that the subset does not have.";
    // Tables
    UNKNOWN_HIT_POLICY = "unknown-hit-policy", Error, "The hit policy is not one that the engine knows.";
    UNKNOWN_COLUMN = "unknown-column", Error, "A row fills a column that the other rows and the default do not have.";
    OVERLAPPING_ROWS = "overlapping-rows", Error, "Two rows match the same case in a table that does not allow it.";
    INCOMPLETE_TABLE = "incomplete-table", Error, "A table without a default leaves cases that no row matches.";
    UNREACHABLE_ROW = "unreachable-row", Warning, "A row can never be reached, because earlier rows take all its cases.";
    // Time
    BAD_PERIOD = "bad-period", Error, "A period ends before or when it begins.";
    PERIOD_GAP = "period-gap", Error, "Between two values of a parameter lie days on which none holds.";
    PERIOD_OVERLAP = "period-overlap", Error, "Two values of a parameter hold on the same day.";
    HOLIDAY_OUTSIDE_CALENDAR = "holiday-outside-calendar", Error, "A holiday is on a day that its calendar does not cover.";
    YEAR_WITHOUT_HOLIDAYS = "year-without-holidays", Warning, "A calendar covers a whole year and has no holiday in it.";
    MISSING_BASIS = "missing-basis", Error, "A parameter names no date that picks its period.";
    // Texts
    UNKNOWN_STATE = "unknown-state", Error, "A text is given for a state that this kind of decision never has.";
    MISSING_TEXT = "missing-text", Warning, "A text is missing in one of the pack's languages, or a state has none.";
    UNKNOWN_PLACEHOLDER = "unknown-placeholder", Error, "A text has a placeholder that names nothing in the pack.";
    SENSITIVE_CITIZEN_TEXT = "sensitive-citizen-text", Error, "A sentence for the person says what rests on a sensitive fact, so a letter would give the fact away.";
    // Time zones
    NO_TIME_ZONES = "no-time-zones", Error, "The document names a time zone, and the engine was not handed the rules of time zones.";
    UNKNOWN_TIME_ZONE = "unknown-time-zone", Error, "The IANA data has no time zone of this name.";
    OPEN_PLACEHOLDER = "open-placeholder", Warning, "A sentence prints what may not be known in its state.";
    // Readings
    TOO_MANY_READINGS = "too-many-readings", Error, "The readings have more than 64 combinations.";
    // Cases
    CASE_NOT_JSON = "case-not-json", Error, "The case is not a JSON object.";
    CASE_NOT_UTF8 = "case-not-utf8", Error, "The case holds bytes that are not UTF-8 text.";
    CASE_DUPLICATE_KEY = "case-duplicate-key", Error, "The case has the same key twice, so one of the two values would be lost.";
    CASE_WRONG_TYPE = "case-wrong-type", Error, "A fact's value is not of the type that the pack declares.";
    CASE_NOT_ALLOWED = "case-not-allowed", Error, "A fact's value is outside what the pack allows.";
    CASE_INEXACT_NUMBER = "case-inexact-number", Error, "A number has more digits than can be held exactly; it is refused, never rounded.";
    CASE_BAD_POINTER = "case-bad-pointer", Error, "`not_known` or `not_applicable` names no declared fact, or one that also has a value.";
    CASE_NO_DATE = "case-no-date", Error, "Neither the case nor the caller says at which date to decide.";
    CASE_TOO_DEEP = "case-too-deep", Error, "The case is nested deeper than the reader follows.";
    CASE_UNDECLARED = "case-undeclared", Warning, "The case has a key that the pack does not declare; it is skipped.";
    LIMIT_EXCEEDED = "limit-exceeded", Error, "Deciding this case would take more work than one case is allowed.";
}
