//! One decision on the way to the outcome, with everything that speaks for its state.

use super::compared::{Compared, compared};
use super::explanation::{Explanation, words};
use super::listed::{Line, Shape, is_long, lines};
use super::masking::{MASKED, Masking};
use super::missing::Open;
use super::sentence::{date_in_words, show_fact};
use crate::citation::{Citation, Source};
use crate::eval::{FactState, Judgement, Observations};
use crate::period::Period;
use crate::program::{Decision, Fact, Logic, Parameter, ParameterPeriod, Program, Reference, State, at};
use crate::value::Value;
use crate::value::order::sort_by;
use crate::value::unknown::{FactId, lacks_a_fact};
use crate::words;

/// A decision of the case.
#[derive(Clone, Copy)]
pub(crate) struct Criterion<'d> {
    explanation: &'d Explanation<'d>,
    number: u32,
    decision: &'d Decision,
    observations: &'d Observations,
    state: State,
}

/// A fact that a decision read, as the case gives it.
#[derive(Clone, Copy)]
pub(crate) struct Seen<'d> {
    explanation: &'d Explanation<'d>,
    number: FactId,
    fact: &'d Fact,
}

/// A value that was seen, as it may be shown.
pub(crate) enum SeenValue<'d> {
    Plain(&'d Value),
    Judged(&'d Value, Judgement<'d>),
}

/// A parameter with the period that the case falls in.
#[derive(Clone, Copy)]
pub(crate) struct ParameterUsed<'d> {
    explanation: &'d Explanation<'d>,
    /// Number of the parameter and place of the period.
    pub(super) place: (u32, u32),
    parameter: &'d Parameter,
    pub(crate) period: &'d ParameterPeriod,
}

impl<'d> Criterion<'d> {
    /// What came of the decision of that number.
    pub(super) fn of(explanation: &'d Explanation<'d>, number: u32) -> Option<Self> {
        let decision = explanation.program.decision(number)?;
        let observations = at(&explanation.recorder.decisions, number)?;
        let state = State::of(explanation.results.value(number), decision.is_yes_or_no());
        Some(Self { explanation, number, decision, observations, state })
    }

    /// The case that it belongs to.
    pub(super) fn explanation(self) -> &'d Explanation<'d> {
        self.explanation
    }

    /// The name of the decision.
    pub(crate) fn id(self) -> &'d str {
        &self.decision.name
    }

    /// What people call it.
    pub(crate) fn title(self) -> &'d str {
        self.explanation.titled(&self.decision.name, &self.decision.title)
    }

    pub(crate) fn state(self) -> State {
        self.state
    }

    /// Only for the state decided.
    pub(crate) fn value(self) -> Option<&'d Value> {
        let Explanation { masking, results, .. } = *self.explanation;
        let shown = || masking.shown(Reference::Decision(self.number), results.value(self.number));
        (self.state == State::Decided).then(shown)
    }

    /// The lines of a value that is too long for a sentence.
    pub(crate) fn lines(self) -> Option<Vec<Line>> {
        let value = self.value().filter(|value| is_long(value))?;
        Some(lines(Shape::Value(self.unit()), value, self.explanation.language, usize::MAX))
    }

    /// Of the decisions that it names, and that those name, the ones that are not met and name none that is not: where a "no"
    /// begins. In the order of the pack.
    pub(crate) fn not_met(self) -> Vec<Self> {
        let not_met = |criterion: Self| {
            let (program, reads) = (criterion.explanation.program, &criterion.decision.reads);
            let readings = reads.readings.iter().filter_map(|number| program.reading(*number));
            let named = reads.decisions.iter().chain(readings.flat_map(|reading| &reading.reads.decisions));
            let named = named.filter_map(|number| Self::of(criterion.explanation, *number));
            named.filter(|named| named.state == State::NotMet).collect::<Vec<_>>()
        };
        let (mut found, mut known): (Vec<Self>, Vec<u32>) = (Vec::new(), Vec::new());
        let mut open = not_met(self);
        while let Some(criterion) = open.pop() {
            if known.contains(&criterion.number) {
                continue;
            }
            known.push(criterion.number);
            let further = not_met(criterion);
            if further.is_empty() {
                found.push(criterion);
            }
            open.extend(further);
        }
        sort_by(&mut found, |left, right| left.number.cmp(&right.number));
        found
    }

    /// The unit of its value.
    pub(crate) fn unit(self) -> Option<&'d str> {
        self.decision.unit.as_deref()
    }

    /// The pack's sentence for the state.
    pub(crate) fn because(self) -> Option<String> {
        self.explanation.sentence(self.decision.texts.of(self.state)?)
    }

    /// The pack's sentence for the state that is written for the person.
    pub(crate) fn said_to_citizen(self) -> Option<String> {
        self.explanation.sentence(self.decision.citizen_texts.of(self.state)?)
    }

    /// Whether it rests on a sensitive fact.
    pub(crate) fn is_masked(self) -> bool {
        self.explanation.masking.masks(Reference::Decision(self.number))
    }

    /// The language of its sentences.
    pub(crate) fn language(self) -> &'d str {
        self.explanation.language
    }

    /// The decisions, parameters and readings that it names, in the order of the pack.
    pub(crate) fn rests_on(self) -> Vec<&'d str> {
        let (program, reads) = (self.explanation.program, &self.decision.reads);
        let decisions = reads.decisions.iter().filter_map(|number| program.decision(*number)).map(|of| &*of.name);
        let parameters = reads.parameters.iter().filter_map(|number| program.parameter(*number)).map(|of| &*of.name);
        let readings = reads.readings.iter().filter_map(|number| program.reading(*number)).map(|of| &*of.name);
        decisions.chain(parameters).chain(readings).collect()
    }

    /// When it holds, if the pack says so.
    pub(crate) fn in_force(self) -> Option<Period> {
        self.decision.in_force.as_ref().map(|in_force| in_force.period)
    }

    /// Pointers of the missing facts on which it still depends.
    pub(crate) fn lacks(self) -> Vec<String> {
        let Explanation { case, program, results, .. } = *self.explanation;
        results.missing(self.number).into_iter().map(|fact| case.pointer(&program.schema, fact)).collect()
    }

    /// Rows of its table that match, counted from 1, and whether each does so for certain; none where that would give a
    /// sensitive fact away.
    pub(crate) fn rows(self) -> Vec<(u32, bool)> {
        if self.is_masked() {
            return Vec::new();
        }
        let mut rows: Vec<(u32, bool)> = self.observations.rows.iter().map(|(row, sure)| (row + 1, *sure)).collect();
        sort_by(&mut rows, Ord::cmp);
        rows
    }

    /// Whether the default of its table was taken, and if so whether for certain.
    pub(crate) fn default_row(self) -> Option<bool> {
        self.observations.default_row.filter(|_| !self.is_masked())
    }

    /// Whether something asks for it still: of one that cannot be told, whether it lacks one of the `open` facts. The
    /// outcome is settled without the others.
    pub(crate) fn is_needed(self, open: &[Open]) -> bool {
        if self.state != State::CannotTell {
            return true;
        }
        let missing = self.explanation.results.missing(self.number);
        missing.is_empty() || open.iter().any(|open| missing.contains(&open.fact))
    }

    /// Why nothing can be told although no fact is missing: what made the expression null.
    pub(crate) fn reason(self) -> Option<&'d str> {
        let results = self.explanation.results;
        if self.state != State::CannotTell || lacks_a_fact(results.value(self.number)) {
            return None;
        }
        if results.is_disputed(self.number) {
            return Some(words::of(self.explanation.language_told()).disputed);
        }
        self.observations.nulls.first().map(|reason| &*reason.0)
    }

    /// Known facts that the decision read, in the order of the pack, whatever the order in which it read them.
    pub(crate) fn seen(self) -> impl Iterator<Item = Seen<'d>> {
        self.facts().filter_map(move |number| Seen::of(self.explanation, number))
    }

    /// The numbers of these facts.
    pub(super) fn facts(self) -> impl Iterator<Item = FactId> {
        let Explanation { program, case, .. } = *self.explanation;
        let known = move |fact: &FactId| *fact < program.schema.count() && case.state(*fact) == FactState::Known;
        self.observations.facts.iter().copied().filter(known)
    }

    /// Numbers that were compared, and how far apart they are.
    pub(crate) fn compared(self) -> Vec<Compared<'d>> {
        let Explanation { program, masking, .. } = *self.explanation;
        compared(program, masking, self.is_masked(), &self.observations.comparisons)
    }

    /// The parameters read, with the periods that gave their values.
    pub(crate) fn parameters(self) -> impl Iterator<Item = ParameterUsed<'d>> {
        let explanation = self.explanation;
        self.observations.parameters.iter().filter_map(move |(number, period)| {
            let parameter = explanation.program.parameter(*number)?;
            let place = (*number, (*period)?);
            let period = at(&parameter.periods, place.1)?;
            Some(ParameterUsed { explanation, place, parameter, period })
        })
    }

    /// What the decision cites, and the rows of its table that matched, and its parameters: each citation once, with its source.
    pub(crate) fn cited(self) -> Vec<(&'d str, &'d Source)> {
        let mut cited: Vec<(&str, &Source)> = Vec::new();
        let of_parameters = self.parameters().map(|parameter| &parameter.period.citation);
        for citation in self.citations().chain(of_parameters) {
            let source = self.explanation.program.sources.get(citation.source);
            if let Some(source) = source.filter(|_| cited.iter().all(|(words, _)| **words != *citation.words)) {
                cited.push((&citation.words, source));
            }
        }
        cited
    }

    /// What the decision cites, and the rows of its table that matched.
    fn citations(self) -> impl Iterator<Item = &'d Citation> {
        let rows = match &self.decision.logic {
            Logic::Table(table) => table.rows.as_slice(),
            _ => &[],
        };
        let hits = self.observations.rows.iter().filter_map(|(row, _)| at(rows, *row));
        self.decision.citations.iter().chain(hits.flat_map(|row| &row.citations))
    }

    /// Citations as the pack words them, those of rows each once.
    pub(crate) fn sources(self) -> Vec<&'d str> {
        let mut sources = words(&self.decision.citations);
        for citation in self.citations().skip(sources.len()) {
            if !sources.contains(&&*citation.words) {
                sources.push(&citation.words);
            }
        }
        sources.dedup();
        sources
    }

    /// Those among the sources, and those of the parameters, that nobody has verified.
    pub(crate) fn unverified(self) -> Vec<&'d Source> {
        let of_parameters = self.parameters().map(|parameter| &parameter.period.citation);
        unverified(self.explanation.program, self.citations().chain(of_parameters))
    }
}

impl<'d> Seen<'d> {
    /// The declared fact of that number, which the case gives.
    pub(super) fn of(explanation: &'d Explanation<'d>, number: FactId) -> Option<Self> {
        Some(Self { explanation, number, fact: explanation.program.schema.fact(number)? })
    }

    /// What people call the fact.
    pub(crate) fn label(self) -> &'d str {
        self.explanation.titled(&self.fact.name, &self.fact.label)
    }

    /// What the case says, with who judged it and why.
    pub(crate) fn value(self) -> SeenValue<'d> {
        let Explanation { case, masking, program, .. } = *self.explanation;
        if masking.masks(Reference::Fact(self.number)) {
            return SeenValue::Plain(masking.masked());
        }
        let value = case.value(&program.schema, self.number);
        match if self.fact.judgement { case.judgement(self.number) } else { None } {
            Some(judgement) => SeenValue::Judged(value, judgement),
            None => SeenValue::Plain(value),
        }
    }

    /// The lines of a list that is too long for a sentence: of at most so many items.
    pub(crate) fn lines(self, most: usize) -> Option<Vec<Line>> {
        let Explanation { program, language, .. } = *self.explanation;
        match self.value() {
            SeenValue::Plain(value) if is_long(value) => {
                Some(lines(Shape::Fact(&program.schema, self.fact), value, language, most))
            }
            _ => None,
        }
    }

    /// The same in the pack's own words.
    pub(crate) fn words(self) -> String {
        let language = self.explanation.language;
        if self.explanation.masking.masks(Reference::Fact(self.number)) {
            return MASKED.to_owned();
        }
        let shown = |value| show_fact(&self.explanation.program.schema, self.fact, value, language);
        match self.value() {
            SeenValue::Plain(value) => shown(value),
            SeenValue::Judged(value, Judgement { by, on, reason }) => {
                format!("{} ({by}, {}: {reason})", shown(value), date_in_words(on, language))
            }
        }
    }
}

impl<'d> ParameterUsed<'d> {
    /// What people call it.
    pub(crate) fn title(self) -> &'d str {
        self.explanation.titled(&self.parameter.name, &self.parameter.title)
    }

    /// The unit of its value.
    pub(crate) fn unit(self) -> Option<&'d str> {
        self.parameter.unit.as_deref()
    }

    /// Whether it is a calendar of working days, whose value says nothing to a reader.
    pub(crate) fn is_calendar(self) -> bool {
        self.parameter.is_calendar
    }

    /// The lines of a value that is too long for a sentence: of at most so many items.
    pub(crate) fn lines(self, most: usize) -> Option<Vec<Line>> {
        let value = Some(self.value()).filter(|value| is_long(value))?;
        Some(lines(Shape::Value(self.unit()), value, self.explanation.language, most))
    }

    /// Its value in the period.
    pub(crate) fn value(self) -> &'d Value {
        shown_parameter(self.explanation.masking, self.place.0, self.period)
    }

    /// What the period cites.
    pub(crate) fn source(self) -> &'d str {
        &self.period.citation.words
    }
}

/// The sources of citations that nobody has verified, each once.
pub(super) fn unverified<'d>(program: &'d Program, citations: impl Iterator<Item = &'d Citation>) -> Vec<&'d Source> {
    let mut unverified: Vec<&Source> = Vec::new();
    for citation in citations {
        let Some(source) = unverified_source(program, citation) else { continue };
        if !unverified.iter().any(|known| std::ptr::eq(*known, source)) {
            unverified.push(source);
        }
    }
    unverified
}

/// The source of a citation, if nobody has verified it.
pub(super) fn unverified_source<'d>(program: &'d Program, citation: &Citation) -> Option<&'d Source> {
    program.sources.get(citation.source).filter(|source| !source.verified)
}

/// The value of a parameter in a period as it may be shown.
pub(super) fn shown_parameter<'d>(masking: &'d Masking, parameter: u32, period: &'d ParameterPeriod) -> &'d Value {
    masking.shown(Reference::Parameter(parameter), &period.value)
}
