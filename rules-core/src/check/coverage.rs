//! Which cases the rows of a decision table take: rows that overlap, cases that no row takes, rows that come too late.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::domain::{Column, column};
use super::requirements::free_names;
use crate::code;
use crate::diagnostic::Diagnostic;
use crate::hit_policy::Several;
use crate::model::{DecisionTable, Formula, Model};
use crate::source::Place;
use crate::types::Type;

/// How many pieces are looked at before a table counts as too large to judge.
const WORK: u32 = 100_000;

/// Complains about overlap in UNIQUE tables and about tables without default that leave cases open; warns of rows that are
/// never reached. What cannot be analysed counts as not overlapping and as not complete. `faulty` are names with faults of
/// their own, on which no judgement is built.
pub(super) fn check(
    model: &Model,
    table: &DecisionTable,
    inputs: &[Type],
    faulty: &BTreeSet<Arc<str>>,
    findings: &mut Vec<Diagnostic>,
) {
    let names = table.inputs.iter().flat_map(|input| free_names(&input.expr));
    if names.into_iter().any(|free| faulty.contains(&free.name)) {
        return;
    }
    let columns: Vec<Option<Column>> =
        inputs.iter().enumerate().map(|(index, input)| column(model, table, index, input)).collect();
    let space = Space { table, columns };
    space.rows_without_cases(findings);
    match table.hit_policy.several {
        Several::Refuse | Several::Agree => space.overlaps(findings),
        Several::First if !table.is_ranked() => space.unreachable(findings),
        Several::First | Several::List | Several::Collect(_) => {}
    }
    if table.default.is_none() && table.hit_policy.is_single() {
        space.incomplete(findings);
    }
}

/// A table over the atoms of its columns.
struct Space<'t> {
    table: &'t DecisionTable,
    /// `None` for a column of which nothing is known.
    columns: Vec<Option<Column>>,
}

impl Space<'_> {
    /// Which atoms of the column the row takes: `None` when the cell or the column cannot be analysed.
    fn cell(&self, row: usize, column: usize) -> Option<&[bool]> {
        self.columns.get(column)?.as_ref()?.rows.get(row)?.as_deref()
    }

    fn is_any(&self, row: usize, column: usize) -> bool {
        let cell = self.table.rules.get(row).and_then(|rule| rule.cells.get(column));
        matches!(cell, Some(crate::model::Cell::Any) | None)
    }

    fn has_period(&self, row: usize) -> bool {
        self.table.rules.get(row).is_some_and(|rule| rule.in_force.is_some())
    }

    fn rows(&self) -> std::ops::Range<usize> {
        0..self.table.rules.len()
    }

    /// The place of a row, and its number as people count.
    fn place(&self, row: usize) -> Place {
        Place::at(self.table.rules.get(row).map_or(&self.table.pointer, |rule| &rule.pointer))
    }

    fn rows_without_cases(&self, findings: &mut Vec<Diagnostic>) {
        for row in self.rows() {
            let empty = (0..self.columns.len())
                .find(|column| self.cell(row, *column).is_some_and(|atoms| !atoms.contains(&true)));
            if let Some(input) = empty.and_then(|column| self.table.inputs.get(column)) {
                let message = format!(
                    "row {} matches no case: its test on `{}` holds for no possible value",
                    row + 1,
                    input.text
                );
                let help = "compare it with the declaration of the fact: its values, minimum and maximum";
                findings.push(Diagnostic::new(&code::UNREACHABLE_ROW, self.place(row), message).help(help));
            }
        }
    }

    fn overlaps(&self, findings: &mut Vec<Diagnostic>) {
        for late in self.rows() {
            for early in 0..late {
                if self.has_period(early) || self.has_period(late) {
                    continue;
                }
                if self.table.hit_policy.several == Several::Agree && self.may_agree(early, late) {
                    continue;
                }
                let Some(case) = self.common_case(early, late) else { continue };
                let rows =
                    format!("rows {} and {} of this {} table", early + 1, late + 1, self.table.hit_policy.name());
                let message = match self.table.hit_policy.several {
                    Several::Agree => format!("{rows} give different results in {case}"),
                    _ => format!("{rows} both match {case}"),
                };
                let help = "narrow one of them, or use the hit policy FIRST if the upper row goes before";
                findings.push(Diagnostic::new(&code::OVERLAPPING_ROWS, self.place(late), message).help(help));
            }
        }
    }

    /// Whether the rows may have the same results: they read alike, or are computed.
    fn may_agree(&self, early: usize, late: usize) -> bool {
        let results = |row: usize| self.table.rules.get(row).map_or(&[][..], |rule| &rule.results);
        results(early).iter().zip(results(late)).all(|(early, late)| {
            let computed = |result: &Formula| !free_names(&result.expr).is_empty();
            early.text.trim() == late.text.trim() || computed(early) || computed(late)
        })
    }

    /// A case that both rows match, in words; only where it surely exists, which is where the columns in question have no
    /// fact in common.
    fn common_case(&self, early: usize, late: usize) -> Option<String> {
        let mut words = Vec::new();
        let mut facts: BTreeSet<&str> = BTreeSet::new();
        for (index, column) in self.columns.iter().enumerate() {
            if self.is_any(early, index) && self.is_any(late, index) {
                continue;
            }
            let column = column.as_ref()?;
            let (left, right) = (self.cell(early, index)?, self.cell(late, index)?);
            let both = column.atoms.iter().zip(left.iter().zip(right)).find(|(_, (left, right))| **left && **right);
            words.push(column.words(both?.0));
            if !column.facts.iter().all(|fact| facts.insert(fact)) {
                return None;
            }
        }
        Some(if words.is_empty() { "every case".to_owned() } else { format!("a case where {}", words.join(" and ")) })
    }

    fn unreachable(&self, findings: &mut Vec<Diagnostic>) {
        for row in self.rows() {
            let earlier: Vec<usize> = (0..row).filter(|early| !self.has_period(*early)).collect();
            let empty = |column| self.cell(row, column).is_some_and(|atoms| !atoms.contains(&true));
            if earlier.is_empty() || (0..self.columns.len()).any(empty) {
                continue;
            }
            let mut search = Search { space: self, within: Some(row), unsure: false, work: WORK };
            if search.open_case(&earlier, 0).is_ok_and(|open| open.is_none()) {
                let message = format!("row {} is never reached: the rows above it take all its cases", row + 1);
                let help = "move it up, or leave it out";
                findings.push(Diagnostic::new(&code::UNREACHABLE_ROW, self.place(row), message).help(help));
            }
        }
    }

    fn incomplete(&self, findings: &mut Vec<Diagnostic>) {
        let rows: Vec<usize> = self.rows().filter(|row| !self.has_period(*row)).collect();
        let mut search = Search { space: self, within: None, unsure: false, work: WORK };
        let (message, help) = match search.open_case(&rows, 0) {
            Ok(None) => return,
            Ok(Some(case)) if case.is_empty() => (
                "it cannot be shown that some row matches every case".to_owned(),
                "add a `default`, or a last row without conditions",
            ),
            Ok(Some(case)) if search.unsure => (
                format!("it cannot be shown that some row matches when {}", case.join(" and ")),
                "add a `default`, or compare with numbers and texts that are written out",
            ),
            Ok(Some(case)) => {
                (format!("no row matches when {}", case.join(" and ")), "add a row for it, or a `default`")
            }
            Err(TooMuch) => (
                "the table has too many combinations to show that some row matches every case".to_owned(),
                "add a `default`",
            ),
        };
        let place = Place::at(&self.table.pointer);
        findings.push(Diagnostic::new(&code::INCOMPLETE_TABLE, place, message).help(help));
    }
}

/// The work ran out.
struct TooMuch;

/// Looks for a case that none of some rows takes, column by column.
struct Search<'s> {
    space: &'s Space<'s>,
    /// Only cases of this row count; cells that cannot be analysed count as taking everything.
    within: Option<usize>,
    /// Whether a row was set aside because its cell cannot be analysed.
    unsure: bool,
    work: u32,
}

impl Search<'_> {
    /// The case in words, one part for each column that matters; `None` when the rows take every case.
    fn open_case(&mut self, rows: &[usize], column: usize) -> Result<Option<Vec<String>>, TooMuch> {
        self.work = self.work.checked_sub(1).ok_or(TooMuch)?;
        let count = self.space.columns.len();
        // a row that is still a candidate and restricts none of the other columns takes all that is left
        if rows.iter().any(|row| (column..count).all(|rest| self.space.is_any(*row, rest))) {
            return Ok(None);
        }
        if rows.is_empty() || column >= count {
            return Ok(Some(Vec::new()));
        }
        let Some(Some(known)) = self.space.columns.get(column) else {
            // nothing is known of the column: only rows without a test on it surely match
            let left: Vec<usize> = rows.iter().copied().filter(|row| self.space.is_any(*row, column)).collect();
            return self.open_case(&left, column + 1);
        };
        if rows.iter().all(|row| self.space.is_any(*row, column))
            && self.within.is_none_or(|row| self.space.is_any(row, column))
        {
            return self.open_case(rows, column + 1);
        }
        for (index, atom) in known.atoms.iter().enumerate() {
            if !self.counts(column, index) {
                continue;
            }
            self.unsure |= rows.iter().any(|row| self.space.cell(*row, column).is_none());
            let takes = |row: &usize| self.space.cell(*row, column).is_some_and(|cell| cell.get(index) == Some(&true));
            let left: Vec<usize> = rows.iter().copied().filter(takes).collect();
            if let Some(mut case) = self.open_case(&left, column + 1)? {
                case.insert(0, known.words(atom));
                return Ok(Some(case));
            }
        }
        Ok(None)
    }

    /// Whether the atom lies in the row that is looked at.
    fn counts(&self, column: usize, atom: usize) -> bool {
        let Some(row) = self.within else { return true };
        self.space.cell(row, column).is_none_or(|cell| cell.get(atom) == Some(&true))
    }
}
