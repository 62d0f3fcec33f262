//! The fixed words of reports and explanations: one file a language. What a pack says itself is not here.
//!
//! A language is a file with a [`Words`] and a row in [`LANGUAGES`]; a word that it lacks is an error of the compiler.

mod cy;
mod en;

/// The languages that have fixed words.
static LANGUAGES: &[(&str, &Words)] = &[("en", &en::WORDS), ("cy", &cy::WORDS)];

/// The words of `language`, if it has any.
pub(crate) fn known(language: &str) -> Option<&'static Words> {
    LANGUAGES.iter().find(|(name, _)| *name == language).map(|(_, words)| *words)
}

/// The words of `language`, or the English ones.
pub(crate) fn of(language: &str) -> &'static Words {
    known(language).unwrap_or(&en::WORDS)
}

/// A text with `values` in the places that it marks with `{}`, in order.
pub(crate) fn filled(text: &str, values: &[&str]) -> String {
    let mut values = values.iter();
    let mut out = String::new();
    for (place, part) in text.split("{}").enumerate() {
        if place > 0 {
            out.push_str(values.next().copied().unwrap_or_default());
        }
        out.push_str(part);
    }
    out
}

/// The words of one language. `{}` marks where a value goes.
#[derive(Debug)]
pub(crate) struct Words {
    // Values
    pub(crate) yes: &'static str,
    pub(crate) no: &'static str,
    pub(crate) none: &'static str,
    pub(crate) nothing: &'static str,
    pub(crate) not_known: &'static str,
    pub(crate) not_asked: &'static str,
    pub(crate) asked_in_vain: &'static str,
    pub(crate) given: &'static str,
    pub(crate) not_applicable: &'static str,
    pub(crate) not_in_force: &'static str,
    pub(crate) months: [&'static str; 12],
    /// Years, months, days, hours, minutes and seconds: one, and several.
    pub(crate) units: [[&'static str; 2]; 6],
    // States
    pub(crate) met: &'static str,
    pub(crate) not_met: &'static str,
    pub(crate) cannot_tell: &'static str,
    pub(crate) decided: &'static str,
    pub(crate) does_not_fire: &'static str,
    /// The layers of authority, in their order.
    pub(crate) layers: [&'static str; 5],
    // What stands about the report
    /// That a machine translated the texts and nobody reviewed them; empty for a language that nothing is translated from.
    pub(crate) unreviewed: &'static str,
    pub(crate) warning: &'static str,
    pub(crate) about_case: &'static str,
    pub(crate) about_pack: &'static str,
    pub(crate) about_zones: &'static str,
    // The outcome
    pub(crate) outcome: &'static str,
    pub(crate) one_unverified: &'static str,
    pub(crate) some_unverified: &'static str,
    // Triggers
    pub(crate) must_be_done: &'static str,
    pub(crate) no_deadline: &'static str,
    pub(crate) priority: &'static str,
    pub(crate) by: &'static str,
    pub(crate) trigger: &'static str,
    pub(crate) cannot_be_ruled_out: &'static str,
    pub(crate) meanwhile: &'static str,
    pub(crate) need_not_be_done: &'static str,
    // What is missing
    pub(crate) ask_next: &'static str,
    pub(crate) all_asked: &'static str,
    pub(crate) asked: &'static str,
    pub(crate) fact: &'static str,
    pub(crate) settles: &'static str,
    pub(crate) first_only: &'static str,
    pub(crate) first_in_order: &'static str,
    pub(crate) first_settles_one: &'static str,
    pub(crate) first_settles: &'static str,
    pub(crate) first_by_place: &'static str,
    // Readings
    pub(crate) how_read: &'static str,
    pub(crate) depends: &'static str,
    pub(crate) disputed: &'static str,
    pub(crate) does_not_depend: &'static str,
    pub(crate) leads_to: &'static str,
    pub(crate) each_way: &'static str,
    pub(crate) read_so: &'static str,
    // Reasons
    pub(crate) reasons: &'static str,
    pub(crate) not_needed: &'static str,
    pub(crate) what_is_not_met: &'static str,
    pub(crate) result: &'static str,
    pub(crate) more: &'static str,
    pub(crate) as_above: &'static str,
    pub(crate) facts: &'static str,
    pub(crate) compared: &'static str,
    pub(crate) equal: &'static str,
    pub(crate) below: &'static str,
    pub(crate) above: &'static str,
    pub(crate) calendar: &'static str,
    pub(crate) parameter: &'static str,
    pub(crate) parameter_source: &'static str,
    pub(crate) from_to: &'static str,
    pub(crate) since: &'static str,
    pub(crate) until: &'static str,
    pub(crate) always: &'static str,
    pub(crate) by_layer: &'static str,
    // Sources
    pub(crate) source: &'static str,
    pub(crate) sources: &'static str,
    pub(crate) rests_on_sources: &'static str,
    pub(crate) name: &'static str,
    pub(crate) how_sure: &'static str,
    pub(crate) verified: &'static str,
    pub(crate) last_checked: &'static str,
    pub(crate) not_verified: &'static str,
    // For the auditor
    pub(crate) state: &'static str,
    pub(crate) lacks: &'static str,
    pub(crate) rests_on: &'static str,
    pub(crate) in_force: &'static str,
    pub(crate) perhaps: &'static str,
    pub(crate) default_row: &'static str,
    pub(crate) rows: &'static str,
    pub(crate) citation: &'static str,
    pub(crate) the_case: &'static str,
    pub(crate) case_says_of_each: &'static str,
    pub(crate) case_says: &'static str,
    pub(crate) undeclared: &'static str,
    // For the person
    pub(crate) reference: &'static str,
    pub(crate) date_of_decision: &'static str,
    pub(crate) what_decided: &'static str,
    pub(crate) why: &'static str,
    pub(crate) happens_next: &'static str,
    pub(crate) need_to_know: &'static str,
    pub(crate) before_deciding: &'static str,
    pub(crate) asked_already: &'static str,
    /// Which item of a list is meant: its number.
    pub(crate) entry: &'static str,
    pub(crate) other_questions: &'static str,
    pub(crate) who_to_ask: &'static str,
    pub(crate) ask: &'static str,
    pub(crate) ask_office: &'static str,
    pub(crate) decision_made: &'static str,
    pub(crate) we_cannot_tell: &'static str,
    pub(crate) not_for_you: &'static str,
    pub(crate) not_on_that_date: &'static str,
}

#[cfg(test)]
mod tests {
    use super::{filled, known, of};

    #[test]
    fn values_go_where_the_text_marks_them() {
        assert_eq!(filled("from {} to {}.", &["a", "b"]), "from a to b.");
        assert_eq!(filled("plain", &["a"]), "plain");
        assert_eq!(filled("{} and {}", &["a"]), "a and ");
    }

    #[test]
    fn a_language_without_words_has_the_english_ones() {
        assert!(known("pl").is_none());
        assert_eq!(of("pl").yes, "yes");
        assert_eq!(of("cy").months[9], "Hydref");
    }
}
