//! Where two records differ, field by field.

use super::Finding;
use super::canonical::canonical;
use super::sensitive::Sensitive;
use super::words::place_in_words;
use crate::exact::Exact;
use rules_core::pointer_to;

/// So much of a value is told; the rest is in the documents.
const LONGEST: usize = 160;

/// Every place where what is recorded is not what is decided now, in the words of a person. The pointers lead into the
/// recorded document, or into the new record where nothing is recorded.
pub(crate) fn differences(recorded: &Exact, now: &Exact, sensitive: &Sensitive) -> Vec<Finding> {
    let mut found = Differences { recorded, now, sensitive, found: Vec::new() };
    found.at(Some(recorded), Some(now), "");
    found.found
}

struct Differences<'a> {
    recorded: &'a Exact,
    now: &'a Exact,
    sensitive: &'a Sensitive,
    found: Vec<Finding>,
}

impl Differences<'_> {
    fn at(&mut self, recorded: Option<&Exact>, now: Option<&Exact>, pointer: &str) {
        match (recorded, now) {
            (Some(Exact::Object(left)), Some(Exact::Object(right))) => {
                for (key, member) in left {
                    self.at(Some(member), now.and_then(|now| now.get(key)), &pointer_to(pointer, key));
                }
                for (key, member) in right.iter().filter(|(key, _)| !left.iter().any(|(known, _)| known == key)) {
                    self.at(None, Some(member), &pointer_to(pointer, key));
                }
            }
            (Some(Exact::List(left)), Some(Exact::List(right))) => self.lists(left, right, pointer),
            (left, right) if left == right => {}
            (left, right) => self.tell(left, right, pointer, &self.place(pointer)),
        }
    }

    /// Entries that have names are held against their namesakes, so that one more in the middle is one difference.
    fn lists(&mut self, recorded: &[Exact], now: &[Exact], pointer: &str) {
        let at = |index: usize| pointer_to(pointer, &index.to_string());
        let (Some(left), Some(right)) = (names(recorded), names(now)) else {
            for index in 0..recorded.len().max(now.len()) {
                self.at(recorded.get(index), now.get(index), &at(index));
            }
            return;
        };
        let mut order = Vec::new();
        for (index, (entry, name)) in recorded.iter().zip(&left).enumerate() {
            let namesake = right.iter().position(|other| other == name);
            order.extend(namesake);
            self.at(Some(entry), namesake.and_then(|place| now.get(place)), &at(index));
        }
        for (index, (entry, _)) in now.iter().zip(&right).enumerate().filter(|(_, (_, name))| !left.contains(name)) {
            let pointer = at(index);
            self.tell(None, Some(entry), &pointer, &place_in_words(&pointer, self.now, self.now));
        }
        if !order.is_sorted() {
            self.found.push(Finding::at(pointer, format!("{} stand in another order", self.place(pointer))));
        }
    }

    fn tell(&mut self, recorded: Option<&Exact>, now: Option<&Exact>, pointer: &str, place: &str) {
        let told = |value: &Exact| shortened(&canonical(value));
        let recorded = match recorded {
            None => "not recorded".to_owned(),
            Some(_) if !self.sensitive.may_tell(pointer) => {
                "recorded otherwise (not told here, since the pack marks facts as sensitive)".to_owned()
            }
            Some(value) => format!("recorded {}", told(value)),
        };
        let now = now.map_or_else(|| "not there".to_owned(), told);
        self.found.push(Finding::at(pointer, format!("{place}: {recorded}, now {now}")));
    }

    fn place(&self, pointer: &str) -> String {
        place_in_words(pointer, self.recorded, self.now)
    }
}

/// What the entries of a list are called, when all have names and no two the same.
fn names(items: &[Exact]) -> Option<Vec<String>> {
    let name = |item: &Exact| {
        let own = item.get("id").or_else(|| item.get("fact")).and_then(Exact::text)?;
        Some(format!("{own}\n{}", item.get("decision").and_then(Exact::text).unwrap_or_default()))
    };
    let names: Vec<String> = items.iter().map(name).collect::<Option<_>>()?;
    let unique = names.iter().enumerate().all(|(index, name)| names.iter().skip(index + 1).all(|other| other != name));
    unique.then_some(names)
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sensitive::Sensitive;
    use super::differences;
    use crate::exact::Exact;

    const RECORD: &str = r#"{"criteria":[{"id":"of age","seen":{"age":34},"state":"met"},{"id":"low income","state":"met"}],
        "outcome":{"state":"met"},"pack":{"version":"1.0.0"}}"#;

    /// What is recorded in place of what, and what is said of it.
    const CHANGES: &[(&str, &str, &[&str])] = &[
        ("34", "34.0", &[]),
        ("34", "33", &["/criteria/0/seen/age: the fact `age` that criterion `of age` saw: recorded 33, now 34"]),
        (
            r#""outcome":{"state":"met"}"#,
            r#""outcome":{}"#,
            &["/outcome/state: the state of the outcome: not recorded, now \"met\""],
        ),
        (
            r#","state":"met"},{"id":"low income","state":"met"}"#,
            r#","state":"met"}"#,
            &[r#"/criteria/1: criterion `low income`: not recorded, now {"id":"low income","state":"met"}"#],
        ),
        ("1.0.0", "0.9.0", &[r#"/pack/version: the version of the pack: recorded "0.9.0", now "1.0.0""#]),
        (r#""pack":"#, r#""more":[1],"pack":"#, &["/more: `more`: recorded [1], now not there"]),
    ];

    #[test]
    fn every_change_is_told_with_its_place() -> Result<(), String> {
        let sensitive = Sensitive::of_pack(r#"{"facts": {}}"#);
        for (from, to, expected) in CHANGES {
            let recorded = RECORD.replace(from, to);
            assert_ne!(recorded, RECORD, "{from}");
            let found = differences(&Exact::parse(&recorded)?, &Exact::parse(RECORD)?, &sensitive);
            let told: Vec<String> = found.iter().map(|found| format!("{}: {}", found.pointer, found.message)).collect();
            assert_eq!(told, *expected, "{from} became {to}");
        }
        Ok(())
    }

    #[test]
    fn what_may_be_sensitive_is_not_told() -> Result<(), String> {
        let sensitive = Sensitive::of_pack(r#"{"facts": {"properties": {"age": {"x-sensitive": true}}}}"#);
        let recorded = Exact::parse(&RECORD.replace("34", "33"))?;
        let now = Exact::parse(&RECORD.replace("34", "\"(sensitive)\""))?;
        let found = differences(&recorded, &now, &sensitive);
        assert_eq!(found.len(), 1);
        assert!(found.iter().all(|found| !found.message.contains("33") && found.message.contains("(sensitive)")));
        Ok(())
    }
}
