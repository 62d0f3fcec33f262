//! Decision tables: which rows match, which may, and what the candidates agree on (`semantics.md` section 1).

use std::sync::Arc;

use super::kleene::{Kleene, agreed};
use super::machine::{Frame, Machine};
use super::observer::Observer;
use super::operators::{Answer, calculate, compare_values};
use super::results::missing_in;
use crate::builtins::Reason;
use crate::hit_policy::{Aggregation, HitPolicy};
use crate::program::node::{Comparison, Operation};
use crate::program::{Node, Row, Table};
use crate::value::unknown::{Marks, Unknown};
use crate::value::{Context, Decimal, Value};

/// Rows that may have a say in the result, in the order of the table.
#[derive(Default)]
struct Hits<'t> {
    /// A row that matches, or of which it is not known whether it does.
    rows: Vec<(&'t Row, bool)>,
    /// Why it is not known of those rows.
    because: Vec<u32>,
    /// What a row that cannot be tried for another reason (not applicable) makes of the table.
    marks: Marks,
    certain: usize,
    marked: bool,
}

impl<O: Observer> Machine<'_, '_, O> {
    /// The result of a table.
    pub(super) fn table(self, table: &Table, frame: &Frame<'_>) -> Value {
        let inputs: Vec<Value> = table.inputs.iter().map(|input| self.value(input, frame)).collect();
        let hits = self.hits(table, &inputs, frame);
        match table.hit_policy {
            HitPolicy::Unique | HitPolicy::First => self.single(table, hits, frame),
            HitPolicy::Collect(aggregation) => self.collect(table, hits, aggregation, frame),
        }
    }

    /// Tries the rows. After a row of a FIRST table that certainly matches, no other can have a say.
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
                    hits.because.extend_from_slice(unknown.facts());
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
            if last && table.hit_policy == HitPolicy::First {
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

    /// UNIQUE and FIRST: what the candidates agree on, output by output.
    fn single(self, table: &Table, hits: Hits<'_>, frame: &Frame<'_>) -> Value {
        if hits.certain > 1 {
            return self.null(&Reason("two rows of a table whose rows exclude each other match".into()));
        }
        let open = hits.rows.len() > hits.certain;
        if let ([(row, true)], false) = (hits.rows.as_slice(), open) {
            return self.outputs(table, &row.results, frame);
        }
        let mut candidates: Vec<Vec<Value>> = Vec::with_capacity(hits.rows.len() + 1);
        candidates.extend(hits.rows.iter().map(|(row, _)| self.results_of(&row.results, frame)));
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
        let because = Unknown::of_all(hits.because);
        let outputs = (0..table.outputs.len()).map(|column| {
            let mut column = candidates.iter().filter_map(|results| results.get(column));
            if open { agreed(column, &because) } else { column.next().cloned().unwrap_or_default() }
        });
        outputs_of(table, outputs.collect())
    }

    /// COLLECT: the results of all rows that match. While that is open for one row, it is for the list.
    fn collect(self, table: &Table, hits: Hits<'_>, aggregation: Option<Aggregation>, frame: &Frame<'_>) -> Value {
        if hits.rows.len() > hits.certain {
            let mut facts = hits.because;
            for (row, _) in &hits.rows {
                self.results_of(&row.results, frame).iter().for_each(|result| facts.extend(missing_in(result)));
            }
            return Value::Unknown(Arc::new(Unknown::of_all(facts)));
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
        let results: Vec<Value> = results.map(|nodes| self.outputs(table, nodes, frame)).collect();
        match aggregation {
            None => Value::list(results),
            Some(aggregation) => self.settle(aggregate(aggregation, &results)),
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

/// One output is the value itself, several are a context.
fn outputs_of(table: &Table, mut values: Vec<Value>) -> Value {
    if values.len() == 1 {
        return values.pop().unwrap_or_default();
    }
    Value::Context(Arc::new(Context::of_shape(table.outputs.clone(), values)))
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
