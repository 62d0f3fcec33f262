//! Decision tables: which rows match, which may, and what the candidates agree on (`semantics.md` section 1).

use std::sync::Arc;

use super::kleene::{Kleene, agreed, same};
use super::machine::{Frame, Machine};
use super::observer::Observer;
use super::operators::{Answer, calculate, compare_values};
use super::ranking;
use crate::builtins::Reason;
use crate::hit_policy::{Aggregation, Several};
use crate::program::node::{Comparison, Operation};
use crate::program::{Node, Row, Table};
use crate::value::bounds::Bounds;
use crate::value::unknown::{Because, Marks, lacks_a_fact};
use crate::value::{Context, Decimal, Value};

/// Rows that may have a say in the result, in the order of the table.
#[derive(Default)]
struct Hits<'t> {
    /// A row that matches, or of which it is not known whether it does.
    rows: Vec<(&'t Row, bool)>,
    /// Why it is not known of those rows.
    because: Because,
    /// What a row that cannot be tried for another reason (not applicable) makes of the table.
    marks: Marks,
    certain: usize,
    marked: bool,
}

/// The results of a row, and whether it matches for certain.
pub(super) type Candidate = (Vec<Value>, bool);

impl<O: Observer> Machine<'_, '_, O> {
    /// The result of a table.
    pub(super) fn table(self, table: &Table, frame: &Frame<'_>) -> Value {
        let inputs: Vec<Value> = table.inputs.iter().map(|input| self.value(input, frame)).collect();
        let hits = self.hits(table, &inputs, frame);
        match table.hit_policy.several {
            Several::Refuse | Several::Agree | Several::First => self.single(table, hits, frame),
            Several::List => self.collect(table, hits, None, frame),
            Several::Collect(aggregation) => self.collect(table, hits, aggregation, frame),
        }
    }

    /// Tries the rows. Where the first row in order goes before the others, none has a say after one that certainly matches.
    fn hits<'t>(self, table: &'t Table, inputs: &[Value], frame: &Frame<'_>) -> Hits<'t> {
        let mut hits = Hits::default();
        for (number, row) in (0_u32..).zip(&table.rows) {
            let matches = self.row(row, inputs, frame);
            match &matches {
                Value::Boolean(true) => {
                    hits.certain += 1;
                    hits.rows.push((row, true));
                }
                Value::Unknown(unknown) => {
                    hits.because.note(unknown);
                    hits.rows.push((row, false));
                }
                Value::NotApplicable | Value::NotInForce => {
                    hits.marked = true;
                    hits.marks.note(&matches);
                }
                // False; or null, which no row takes for a match.
                _ => continue,
            }
            if matches!(matches, Value::Boolean(_) | Value::Unknown(_)) {
                self.tell(|observer| observer.row(number, matches!(matches, Value::Boolean(_))));
            }
            let last = matches!(matches, Value::Boolean(true)) || hits.marked;
            if last && table.hit_policy.takes_first_row() {
                break;
            }
        }
        hits
    }

    /// Whether a row matches: it is in force and all its cells hold.
    fn row(self, row: &Row, inputs: &[Value], frame: &Frame<'_>) -> Value {
        let mut all = Kleene::all();
        if let Some(in_force) = &row.in_force {
            // A row that is not in force is not there.
            let holds = match self.in_force(in_force) {
                Value::NotInForce => Value::Boolean(false),
                other => other,
            };
            if all.note(&holds) {
                return Value::Boolean(false);
            }
        }
        for cell in &row.cells {
            let place = usize::try_from(cell.input).unwrap_or(usize::MAX);
            let Some(input) = inputs.get(place..).and_then(|rest| rest.first_chunk::<1>()) else { continue };
            if all.note(&self.tests(input, &cell.tests, cell.negated, frame)) && !O::RECORDS {
                break;
            }
        }
        all.result()
    }

    /// One row for all: what the candidates agree on, output by output.
    fn single(self, table: &Table, hits: Hits<'_>, frame: &Frame<'_>) -> Value {
        if table.hit_policy.several == Several::Refuse && hits.certain > 1 {
            return self.null(&Reason("two rows of a table whose rows exclude each other match".into()));
        }
        if let [(row, true)] = hits.rows.as_slice() {
            return self.outputs(table, &row.results, frame);
        }
        let mut found: Vec<Candidate> = Vec::with_capacity(hits.rows.len() + 1);
        found.extend(hits.rows.iter().map(|(row, certain)| (self.results_of(&row.results, frame), *certain)));
        match table.hit_policy.several {
            Several::Agree if differ(&found) => {
                return self.null(&Reason("rows of a table whose rows must agree match with different results".into()));
            }
            Several::First => ranking::keep_best(&table.ranking, &mut found),
            _ => {}
        }
        let open = found.iter().any(|(_, certain)| !certain);
        let mut candidates: Vec<Vec<Value>> = found.into_iter().map(|(results, _)| results).collect();
        if hits.certain == 0 {
            match (hits.marks.into_mark(), &table.default) {
                (Some(mark), _) if !open => return mark,
                (Some(mark), _) => candidates.push(vec![mark; table.outputs.len()]),
                (None, Some(default)) => {
                    self.tell(|observer| observer.default_row(!open));
                    candidates.push(self.results_of(default, frame));
                }
                // Without a default some row matches for certain, if only it were known which: the checker has proved it.
                (None, None) if open => {}
                (None, None) => return self.null(&Reason("no row of the table matches".into())),
            }
        }
        let because = hits.because.unknown();
        let outputs = (0..table.outputs.len()).map(|column| {
            let column = candidates.iter().filter_map(|results| results.get(column));
            // Certain rows are several only where they agree or where a rank is not known.
            agreed(column, &because)
        });
        outputs_of(table, outputs.collect())
    }

    /// The results of all rows that match. While that is open for one row, it is for the list.
    fn collect(self, table: &Table, hits: Hits<'_>, aggregation: Option<Aggregation>, frame: &Frame<'_>) -> Value {
        if hits.rows.len() > hits.certain {
            return self.undecided(table, hits, aggregation, frame);
        }
        if let Some(mark) = hits.marks.into_mark() {
            return mark;
        }
        let rows: &[(&Row, bool)] = &hits.rows;
        let default = table.default.as_ref().filter(|_| rows.is_empty());
        if default.is_some() {
            self.tell(|observer| observer.default_row(true));
        }
        let results = rows.iter().map(|(row, _)| &row.results).chain(default);
        let mut results: Vec<Vec<Value>> = results.map(|nodes| self.results_of(nodes, frame)).collect();
        if table.is_ranked()
            && let Err(unknown) = ranking::sort(&table.ranking, &mut results)
        {
            return unknown;
        }
        let results: Vec<Value> = results.into_iter().map(|values| outputs_of(table, values)).collect();
        match aggregation {
            None => Value::list(results),
            Some(aggregation) => self.settle(aggregate(aggregation, &results)),
        }
    }

    /// What is known of all results while it is open whether some rows match.
    fn undecided(self, table: &Table, hits: Hits<'_>, aggregation: Option<Aggregation>, frame: &Frame<'_>) -> Value {
        let mut because = hits.because;
        if hits.marked {
            because.note_left_out();
        }
        let mut bounds: Vec<(Option<Bounds>, bool)> = Vec::with_capacity(hits.rows.len());
        for (row, certain) in &hits.rows {
            let results = self.results_of(&row.results, frame);
            results.iter().for_each(|result| because.note_deep(result));
            bounds.push((results.first().and_then(Bounds::of), *certain));
        }
        let unknown = Value::Unknown(Arc::new(because.unknown()));
        let least = hits.certain.max(usize::from(table.default.is_some()));
        let counts = Bounds::from_to(least, hits.rows.len().max(least));
        match aggregation {
            None => Value::list_within(unknown, counts),
            Some(Aggregation::Count) => Value::number_within(unknown, counts),
            // The default, or nothing at all, may still be the result.
            Some(_) if hits.certain == 0 => unknown,
            Some(aggregation) => match aggregated(aggregation, &bounds) {
                Some(bounds) => Value::number_within(unknown, bounds),
                None => unknown,
            },
        }
    }

    /// The result of a row or of the default: one output is the value itself, several are a context.
    pub(super) fn outputs(self, table: &Table, nodes: &[Node], frame: &Frame<'_>) -> Value {
        match nodes {
            [only] => self.value(only, frame),
            several => outputs_of(table, self.results_of(several, frame)),
        }
    }

    fn results_of(self, nodes: &[Node], frame: &Frame<'_>) -> Vec<Value> {
        nodes.iter().map(|node| self.value(node, frame)).collect()
    }
}

/// Whether two rows that certainly match have results that are known and different.
fn differ(rows: &[Candidate]) -> bool {
    let mut certain = rows.iter().filter(|(_, certain)| *certain).map(|(results, _)| results);
    let Some(first) = certain.next() else { return false };
    certain.any(|results| {
        results.iter().zip(first).any(|(left, right)| {
            let known = !lacks_a_fact(left) && !lacks_a_fact(right);
            known && !left.is_mark() && !right.is_mark() && !same(left, right)
        })
    })
}

/// One output is the value itself, several are a context.
fn outputs_of(table: &Table, mut values: Vec<Value>) -> Value {
    if values.len() == 1 {
        return values.pop().unwrap_or_default();
    }
    Value::Context(Arc::new(Context::of_shape(table.outputs.clone(), values)))
}

/// Where the one value of all results lies when some rows, one of them at least for certain, may match.
fn aggregated(aggregation: Aggregation, rows: &[(Option<Bounds>, bool)]) -> Option<Bounds> {
    let zero = Bounds::from_to(0, 0);
    let mut so_far: Option<Bounds> = None;
    // The certain ones first, so that there is something with which the others are compared.
    for (bounds, certain) in rows.iter().filter(|row| row.1).chain(rows.iter().filter(|row| !row.1)) {
        let bounds = (*bounds)?;
        let with = |before: Bounds| match aggregation {
            Aggregation::Sum => before.plus(bounds),
            Aggregation::Minimum => before.smaller(bounds),
            Aggregation::Maximum => before.greater(bounds),
            Aggregation::Count => zero,
        };
        so_far = Some(match so_far {
            None => bounds,
            Some(before) if *certain => with(before),
            Some(before) => with(before).or(before),
        });
    }
    so_far
}

/// The one value of all results. A mark among them is the result, except of a count.
fn aggregate(aggregation: Aggregation, results: &[Value]) -> Answer {
    if aggregation == Aggregation::Count {
        return Ok(Value::Number(Decimal::from(results.len())));
    }
    let mut marks = Marks::default();
    results.iter().for_each(|result| {
        marks.note(result);
    });
    if let Some(mark) = marks.into_mark() {
        return Ok(mark);
    }
    let mut results = results.iter();
    let Some(first) = results.next() else {
        return Err(Reason("no row of the table matches".into()));
    };
    results.try_fold(first.clone(), |so_far, next| {
        let better = match aggregation {
            Aggregation::Sum => return calculate(Operation::Add, &so_far, next),
            Aggregation::Minimum => compare_values(Comparison::Less, next, &so_far)?,
            Aggregation::Maximum => compare_values(Comparison::Greater, next, &so_far)?,
            Aggregation::Count => Value::Boolean(false),
        };
        Ok(if matches!(better, Value::Boolean(true)) { next.clone() } else { so_far })
    })
}
