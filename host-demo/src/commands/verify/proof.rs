//! One record or receipt, held against everything that was handed over with it.

use super::ahead::Ahead;
use super::decided::Now;
use crate::exact::Exact;
use crate::failure::{Failure, Outcome};
use crate::record::differences::differences;
use crate::record::openings::Openings;
use crate::record::sensitive::Sensitive;
use crate::record::{self, Finding, canonical, receipt};

/// What records are held against.
pub(super) struct Proof {
    pub(super) again: Option<Again>,
    /// By case; `None` where a document does not have the shape of openings.
    pub(super) openings: Option<Ahead<Option<Openings>>>,
    /// The facts to be shown.
    pub(super) facts: Vec<String>,
    /// The digest that the document must have.
    pub(super) digest: Option<String>,
}

/// The pack and the cases, to decide again.
pub(super) struct Again {
    pub(super) pack: String,
    pub(super) sensitive: Sensitive,
    pub(super) cases: Ahead<Now>,
}

/// What came of one document.
#[derive(Default)]
pub(super) struct Verdict {
    pub(super) case: String,
    pub(super) is_receipt: bool,
    /// Everything that is not as it should be.
    pub(super) findings: Vec<Finding>,
    /// Facts that were asked for, each with its value.
    pub(super) facts: Vec<String>,
    /// The openings of those facts.
    pub(super) shown: Option<Openings>,
    /// What was looked at and found in order.
    pub(super) good: Vec<String>,
}

impl Proof {
    /// Looks at one document.
    pub(super) fn of(&mut self, text: &str) -> Outcome<Verdict> {
        let document = Exact::parse(text).map_err(|error| Failure::new(format!("a record cannot be read: {error}")))?;
        let mut verdict = Verdict { is_receipt: receipt::is_receipt(&document), ..Verdict::default() };
        let what = if verdict.is_receipt { "receipt" } else { "record" };
        let spelling = canonical::misspelt(text).map_err(Failure::new)?;
        verdict.findings.extend(spelling.map(|fault| {
            Finding::at(fault.pointer, format!("the {what} is not in canonical form: {}", fault.message))
        }));
        match document.get("case").and_then(Exact::text) {
            Some(case) => verdict.case = case.to_owned(),
            None => verdict.findings.push(Finding::at("/case", format!("the {what} does not say which case it is of"))),
        }
        let digest = match verdict.is_receipt {
            true => receipt::digest(&document),
            false => record::sha256(&canonical::canonical(&document)),
        };
        if let Some(expected) = self.digest.as_ref().filter(|expected| **expected != digest) {
            let message = format!("this is another {what}: its SHA-256 is {digest}, and {expected} was asked for");
            verdict.findings.push(Finding::at("", message));
        }
        if verdict.is_receipt {
            self.receipt(&document, &digest, &mut verdict)?;
        } else {
            self.record(&document, &digest, &mut verdict)?;
        }
        Ok(verdict)
    }

    fn record(&mut self, recorded: &Exact, digest: &str, verdict: &mut Verdict) -> Outcome<()> {
        if !self.facts.is_empty() {
            return Err(Failure::new("--fact shows a fact of a receipt, and this is a record")
                .help("a record shows its facts by itself; --receipt makes receipts"));
        }
        if self.again.is_none() && self.digest.is_none() {
            return Err(Failure::new("a record is verified by deciding again")
                .help("name the pack and the case: --pack PACK --case CASE"));
        }
        verdict.good.push(format!("The SHA-256 of the record is {digest}"));
        self.again(recorded, verdict)
    }

    fn receipt(&mut self, document: &Exact, digest: &str, verdict: &mut Verdict) -> Outcome<()> {
        verdict.findings.extend(receipt::changes(document));
        verdict.good.push(match self.digest {
            Some(_) => format!("The receipt is whole and is the one asked for, with the SHA-256 {digest}"),
            None => format!(
                "The receipt is whole. Whether it is the one that was issued, its SHA-256 says: compare it with the \
                 letter or the register\n  {digest}"
            ),
        });
        let Some(source) = &mut self.openings else {
            if self.again.is_some() {
                return Err(Failure::new("a receipt is decided again with all its openings")
                    .help("name the file that --openings wrote when the receipt was made: --openings FILE"));
            }
            return Ok(());
        };
        let openings = match source.take(&verdict.case)? {
            Some(Some(openings)) => openings,
            Some(None) => {
                verdict.findings.push(Finding::at("", "the openings were changed: they no longer have their shape"));
                return Ok(());
            }
            None => {
                verdict.findings.push(Finding::at("", "there are no openings for this case"));
                return Ok(());
            }
        };
        let misfits = receipt::misfits(document, &openings);
        let fit = misfits.is_empty();
        if verdict.findings.is_empty() && openings.receipt == digest {
            self.show(document, &openings, verdict);
        } else if !self.facts.is_empty() {
            verdict.findings.push(Finding::at("", "no fact is shown: the receipt or the openings were tampered with"));
        }
        verdict.findings.extend(misfits);
        let unopened = receipt::unopened(document, &openings);
        verdict.good.push(match unopened {
            0 => format!("All {} values that it keeps back are opened, and each fits", openings.opened.len()),
            _ => format!("{} values are opened, and each fits; {unopened} stay closed", openings.opened.len()),
        });
        if self.again.is_none() || !fit {
            return Ok(());
        }
        if unopened > 0 {
            let message = format!("{unopened} values have no opening, so it cannot be decided again");
            verdict.findings.push(Finding::at("/commitments", message));
            return Ok(());
        }
        match receipt::record_of(document, &openings) {
            Some(recorded) => self.again(&recorded, verdict),
            None => {
                let message = "something stands in the receipt that no record gives";
                verdict.findings.push(Finding::at("", message));
                Ok(())
            }
        }
    }

    /// The facts that were asked for, of a receipt with which nothing is wrong. One whose own opening fits is shown
    /// whatever was done to the others.
    fn show(&self, document: &Exact, openings: &Openings, verdict: &mut Verdict) {
        let mut shown = Vec::new();
        for fact in &self.facts {
            let Some(pointer) = receipt::commitment_named(document, fact) else {
                verdict.findings.push(Finding::at("", format!("the receipt keeps no value `{fact}`")));
                continue;
            };
            match openings.opened.get(&pointer) {
                None => verdict.findings.push(Finding::at(pointer, "the openings do not hold this value")),
                Some(opening) if receipt::fits(document, &pointer, opening) => {
                    let value = canonical::canonical(&opening.value);
                    verdict.facts.push(format!("Case {}: {fact} is {value}, as the receipt commits to", verdict.case));
                    shown.push(pointer);
                }
                Some(_) => {
                    verdict.findings.push(Finding::at(pointer, "the value is not shown: it was tampered with"));
                }
            }
        }
        verdict.shown = (!shown.is_empty()).then(|| openings.only(&shown));
    }

    /// Decides the case again, where pack and case were named.
    fn again(&mut self, recorded: &Exact, verdict: &mut Verdict) -> Outcome<()> {
        let Some(again) = &mut self.again else { return Ok(()) };
        let now = match again.cases.take(&verdict.case)? {
            Some(Now::Record(now)) => now,
            Some(Now::Rejected(why)) => {
                verdict.findings.push(Finding::at("", format!("the case cannot be decided now: {why}")));
                return Ok(());
            }
            None => {
                verdict
                    .findings
                    .push(Finding::at("/case", format!("there is no case `{}` in the cases", verdict.case)));
                return Ok(());
            }
        };
        let now = if record::is_brief(recorded) { record::without_reasons(&now).map_err(Failure::new)? } else { now };
        let now = Exact::parse(&now).map_err(Failure::new)?;
        let mut found = differences(recorded, &now, &again.sensitive);
        name_maker(&mut found, "pack", &format!("`{}`", again.pack), recorded, &now);
        name_maker(&mut found, "engine", "this program", recorded, &now);
        if found.is_empty() {
            verdict.good.push(format!("Decided again by {}, it comes to the same", maker(&now, "pack")));
        }
        verdict.findings.extend(found);
        Ok(())
    }
}

/// Says in one sentence that another pack or another engine made the record, in place of a line for each of its fields.
fn name_maker(found: &mut Vec<Finding>, member: &str, whose: &str, recorded: &Exact, now: &Exact) {
    let pointer = format!("/{member}");
    let (before, after) = (maker(recorded, member), maker(now, member));
    if before == after {
        return;
    }
    let others = format!("{pointer}/");
    found.retain(|finding| finding.pointer != pointer && !finding.pointer.starts_with(&others));
    found.insert(0, Finding::at(pointer, format!("the record was made by {before}, and {whose} is {after}")));
}

/// `pack `blue-light` 2.0.0 (SHA-256 …)`.
fn maker(record: &Exact, member: &str) -> String {
    let Some(Exact::Object(members)) = record.get(member) else { return format!("no {member} that is named") };
    let mut words = member.to_owned();
    for (key, value) in ["id", "version", "sha256"].iter().filter_map(|key| {
        let (key, value) = members.iter().find(|(name, _)| name == key)?;
        Some((key, value.text().map_or_else(|| canonical::canonical(value), str::to_owned)))
    }) {
        words = match key.as_str() {
            "id" => format!("{words} `{value}`"),
            "sha256" => format!("{words} (SHA-256 {value})"),
            _ => format!("{words} {value}"),
        };
    }
    words
}
