//! The rules of all time zones, as a host hands them in: data that is the same everywhere and no part of the engine.

use std::sync::Arc;

use super::digest::sha256;
use super::json::{Json, JsonKind, parse};
use super::zone_rules::ZoneRules;

/// The IANA time zones, read from the file `time-zones.json` that `rules engine --out` writes.
///
/// The file has the `version` of the IANA data, the distinct `rules` as texts, and under `zones` every name, links included,
/// with the place of its rules. Its digest stands in every record of a pack that names a zone.
///
/// ```
/// let text = r#"{"version":"2026c","rules":["0 0,3600,3.5.0/3600,10.5.0/7200"],"zones":{"Europe/London":0}}"#;
/// let mut feel = rules_core::Feel::new();
/// feel.use_time_zones(rules_core::TimeZones::from_json(text).unwrap());
/// let answer = feel.evaluate(r#"@"2026-07-01T12:00:00@Europe/London".time offset"#).unwrap();
/// assert_eq!(answer.feel(), r#"@"PT1H""#);
/// ```
#[derive(Clone, Debug)]
pub struct TimeZones(Arc<Data>);

#[derive(Debug)]
struct Data {
    version: Arc<str>,
    sha256: Arc<str>,
    /// In the order of the names.
    zones: Vec<(Arc<str>, Arc<ZoneRules>)>,
}

/// The time zones that a text may name, where a host has handed them in.
pub(crate) type Zones<'z> = Option<&'z TimeZones>;

impl TimeZones {
    /// Reads the text of the file.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    pub fn from_json(text: &str) -> Result<Self, &'static str> {
        let json = parse(text).map_err(|_| "the time zones are not JSON")?;
        let version = json.get("version").and_then(Json::as_text).ok_or("the time zones have no version")?;
        let rules = json.get("rules").and_then(Json::items).ok_or("the time zones have no rules")?;
        let rules: Option<Vec<Arc<ZoneRules>>> =
            rules.iter().map(|rule| ZoneRules::parse(rule.as_text()?).map(Arc::new)).collect();
        let rules = rules.ok_or("the rules of a time zone cannot be read")?;
        let Some(JsonKind::Object(entries)) = json.get("zones").map(|zones| &zones.kind) else {
            return Err("the time zones have no names");
        };
        let mut zones: Vec<(Arc<str>, Arc<ZoneRules>)> = Vec::with_capacity(entries.len());
        for entry in entries {
            if zones.last().is_some_and(|(last, _)| **last >= *entry.key) {
                return Err("the names of the time zones are not in order");
            }
            let place = entry.value.as_number().and_then(|number| number.parse::<usize>().ok());
            let found = place.and_then(|place| rules.get(place)).ok_or("a time zone has no rules")?;
            zones.push((entry.key.as_ref().into(), found.clone()));
        }
        Ok(Self(Arc::new(Data { version: version.into(), sha256: sha256(text.as_bytes()).into(), zones })))
    }

    /// Version of the IANA data, such as `2026c`.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.0.version
    }

    /// SHA-256 of the file in lower-case hexadecimal.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.0.sha256
    }

    /// The zone of that name, and the name as the data has it.
    pub(crate) fn find(&self, name: &str) -> Option<&(Arc<str>, Arc<ZoneRules>)> {
        let zones = &self.0.zones;
        zones.binary_search_by(|(known, _)| (**known).cmp(name)).ok().and_then(|place| zones.get(place))
    }

    /// All names.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.zones.iter().map(|(name, _)| &**name)
    }
}

/// The same file.
impl PartialEq for TimeZones {
    fn eq(&self, other: &Self) -> bool {
        self.0.sha256 == other.0.sha256
    }
}

impl Eq for TimeZones {}

#[cfg(test)]
mod tests {
    use super::TimeZones;

    #[test]
    fn data_that_is_not_as_it_should_be_is_refused_with_a_reason() {
        for (text, reason) in [
            ("", "the time zones are not JSON"),
            ("{}", "the time zones have no version"),
            (r#"{"version":"1","rules":[1]}"#, "the rules of a time zone cannot be read"),
            (r#"{"version":"1","rules":["x"]}"#, "the rules of a time zone cannot be read"),
            (r#"{"version":"1","rules":["0"]}"#, "the time zones have no names"),
            (r#"{"version":"1","rules":["0"],"zones":{"B":0,"A":0}}"#, "the names of the time zones are not in order"),
            (r#"{"version":"1","rules":["0"],"zones":{"A":1}}"#, "a time zone has no rules"),
        ] {
            assert_eq!(TimeZones::from_json(text), Err(reason), "{text}");
        }
    }
}
