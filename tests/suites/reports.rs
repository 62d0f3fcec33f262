//! Reports: who is told what, and HTML in which nothing of a pack or a case is markup.

use rules_core::Wire;
use rules_tests::packs::shipped;
use serde_json::{Map, Value, json};

use crate::records::{case, load, packs};

fn told(wire: &mut Wire, pack: u64, case: &Map<String, Value>, format: &str, audience: &str) -> String {
    let request = json!({"do": "decide", "pack": pack, "case": case, "format": format, "audience": audience});
    let answer = wire.call(&request.to_string());
    if format == "json" {
        return answer;
    }
    let answer: Value = serde_json::from_str(&answer).unwrap();
    answer["text"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
}

#[test]
fn a_record_is_the_same_for_everybody_and_an_audience_must_exist() {
    let (pack, cases) = packs().remove(0);
    let mut wire = Wire::new();
    let handle = load(&mut wire, &pack);
    let case = case(&cases[0]);
    let [one, two, three] =
        ["citizen", "officer", "auditor"].map(|audience| told(&mut wire, handle, &case, "json", audience));
    assert!(one == two && two == three);
    let wrong = json!({"do": "decide", "pack": handle, "case": case, "audience": "press"});
    let refused: Value = serde_json::from_str(&wire.call(&wrong.to_string())).unwrap();
    assert_eq!(refused["error"]["code"], "request-wrong-member");
    assert_eq!(refused["error"]["help"], "give \"citizen\", \"officer\" or \"auditor\"");
}

#[test]
fn a_question_about_an_item_of_a_list_says_which_one() {
    let pack = shipped().into_iter().find(|pack| pack.name() == "blue-light").unwrap();
    let mut wire = Wire::new();
    let handle = load(&mut wire, &pack.document());
    let attempt = json!({"date": "2025-01-01"});
    let case = json!({"as_of": "2026-01-05", "treatment_history": [attempt, {"result": "completed"}, attempt]});
    for audience in ["citizen", "officer"] {
        let text = told(&mut wire, handle, case.as_object().unwrap(), "markdown", audience);
        for entry in [1, 3] {
            let question = format!("How did it end? (Treatment history, entry {entry})");
            assert!(text.contains(&question), "{question}: {text}");
        }
        assert!(!text.contains("entry 2"), "{text}");
    }
}

#[test]
fn a_person_reads_nothing_technical_and_only_sentences_written_for_the_person() {
    for (pack, cases) in packs() {
        let mut wire = Wire::new();
        let handle = load(&mut wire, &pack);
        let document: Value = serde_json::from_str(&pack).unwrap();
        let facts: Vec<&String> = document["facts"]["properties"].as_object().unwrap().keys().collect();
        let sources: Vec<&String> = document["sources"].as_object().unwrap().keys().collect();
        for case in cases.iter().step_by(cases.len() / 40 + 1).map(case) {
            let text = told(&mut wire, handle, &case, "text", "citizen");
            let record: Value = serde_json::from_str(&told(&mut wire, handle, &case, "json", "citizen")).unwrap();
            let record = &record["record"];
            // The identifier is the name of a case of ours, which may say anything.
            let text = text.replace(case["case"].as_str().unwrap(), "");
            let named =
                facts.iter().filter(|name| name.contains('_')).chain(sources.iter().filter(|id| id.contains('-')));
            for word in named.map(|name| name.as_str()).chain(["SHA-256", "(sensitive)", "Source", "Settles"]) {
                assert!(!text.contains(word), "{word} is told: {text}");
            }
            assert!(!text.contains(record["pack"]["sha256"].as_str().unwrap()));
            // Lines may break anywhere, so words are compared.
            let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let text = words(&text);
            for criterion in record["criteria"].as_array().unwrap() {
                let own = &document["decisions"][criterion["id"].as_str().unwrap()];
                let Some(because) = criterion["because"].as_str() else { continue };
                let citizen = own["citizen_text"].to_string();
                assert!(!text.contains(&words(because)) || citizen.contains(because), "{because}: {text}");
            }
            let said = &document["decisions"][record["outcome"]["decision"].as_str().unwrap()]["citizen_text"];
            let said = said[record["outcome"]["state"].as_str().unwrap()]["en"].as_str();
            if let Some(said) = said.filter(|said| !said.contains('{')) {
                assert!(text.contains(&words(said)), "{said} is not told: {text}");
            }
        }
    }
}

/// The tags of a piece of HTML in order, without attributes.
///
/// # Panics
/// When it is not well formed, or something stands in it that should have been escaped.
fn tags(html: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        plain(&rest[..start]);
        let end = rest[start..].find('>').unwrap_or_else(|| panic!("a tag is not closed: {rest}")) + start;
        let tag = &rest[start + 1..end];
        let name = tag.split(' ').next().unwrap();
        assert!(name.trim_start_matches(['/', '!']).chars().all(|letter| letter.is_ascii_alphanumeric()), "<{tag}>");
        let mut attributes = tag[name.len()..].to_owned();
        while let Some((before, after)) = attributes.split_once("=\"") {
            assert!(before.trim().chars().all(|letter| letter.is_ascii_lowercase() || letter == '-'), "<{tag}>");
            let (value, after) = after.split_once('"').unwrap_or_else(|| panic!("<{tag}>"));
            plain(value);
            assert!(before.trim() != "href" || value.starts_with("http"), "<{tag}>");
            attributes = after.to_owned();
        }
        assert!(attributes.trim().is_empty() || tag == "!doctype html", "<{tag}>");
        found.push(name.to_owned());
        rest = &rest[end + 1..];
    }
    plain(rest);
    found
}

/// # Panics
/// When a text holds markup.
fn plain(text: &str) {
    assert!(!text.contains(['<', '>', '"']), "{text}");
    for after in text.split('&').skip(1) {
        let entity = after.split(';').next().unwrap();
        assert!(["amp", "lt", "gt", "quot", "#39"].contains(&entity), "&{entity} in {text}");
    }
}

/// # Panics
/// When elements are not nested as they should be, or headings or tables are not as a screen reader needs them.
fn assert_sound(html: &str) {
    let without_style = match (html.split_once("<style>"), html.split_once("</style>")) {
        (Some((before, _)), Some((_, after))) => [before, after].concat(),
        _ => html.to_owned(),
    };
    let tags = tags(&without_style);
    let (mut open, mut level): (Vec<&str>, u8) = (Vec::new(), 0);
    for tag in &tags {
        match tag.strip_prefix('/') {
            Some(closed) => assert_eq!(open.pop(), Some(closed), "{html}"),
            None if ["meta", "br", "!doctype"].contains(&tag.as_str()) => {}
            None => open.push(tag),
        }
        if let Some(number) = tag.strip_prefix('h').and_then(|number| number.parse::<u8>().ok()) {
            assert!(number <= level + 1 || level == 0, "a heading of level {number} comes after {level}: {html}");
            level = number;
        }
    }
    assert!(open.is_empty(), "{open:?} are not closed: {html}");
    let count = |tag: &str| tags.iter().filter(|known| *known == tag).count();
    assert_eq!(count("table"), count("caption"), "{html}");
    assert_eq!(count("th"), html.matches("<th scope=").count(), "{html}");
}

#[test]
fn reports_of_the_shipped_packs_are_sound_html() {
    for (pack, cases) in packs() {
        let mut wire = Wire::new();
        let handle = load(&mut wire, &pack);
        for case in cases.iter().step_by(cases.len() / 15 + 1).map(case) {
            for audience in ["citizen", "officer", "auditor"] {
                let page = told(&mut wire, handle, &case, "page", audience);
                assert!(page.starts_with("<!doctype html>\n<html lang=\"en\">") && page.contains("<h1"), "{page}");
                assert_sound(&page);
                let fragment = told(&mut wire, handle, &case, "html", audience);
                assert!(fragment.starts_with("<article") && !fragment.contains("<h1"), "{fragment}");
                assert_sound(&fragment);
            }
        }
    }
}

#[test]
fn nothing_hostile_becomes_markup() {
    const HOSTILE: &str = "</p><script>alert(\"1\")</script>&amp;' onload=x <!-- ]]> ";
    let text = || json!({"en": HOSTILE});
    let texts = || json!({"question": HOSTILE, "label": HOSTILE});
    let pack = json!({
        "id": "hostile", "version": HOSTILE, "title": text(), "authority": HOSTILE, "contact": text(), "outcome": "answer",
        "sources": {"s": {"title": HOSTILE, "layer": "statute", "verified": false, "url": "javascript:alert(1)", "note": HOSTILE}},
        "facts": {"type": "object", "properties": {
            "words": {"type": "string", "x-text": {"en": texts()}},
            "yes": {"type": "boolean", "x-text": {"en": texts()}},
            "seen": {"type": "boolean", "x-kind": "judgement", "x-text": {"en": texts()}}}},
        "parameters": {"limit": {"basis": "as_of", "title": text(), "values": [{"value": HOSTILE, "source": "s"}]}},
        "readings": {"point": {"question": text(), "source": "s", "alternatives": {
            HOSTILE: {"expression": "yes", "text": text()}, "other": {"expression": "not(yes)", "text": text()}}}},
        "decisions": {
            "said": {"expression": "words + limit", "title": text(), "source": "s", "text": {"decided": text()}, "citizen_text": {"decided": text()}},
            "answer": {"criterion": "point and seen", "title": text(), "source": "s",
                "citizen_text": {"met": text(), "not met": text(), "cannot tell": text()}},
            "steps": {"triggers": {HOSTILE: {"when": "yes", "action": text(), "citizen_action": text(), "deadline": "said", "source": "s",
                "while_cannot_tell": {"action": text(), "citizen_action": text(), "deadline": "said"}}}, "source": "s"}},
    });
    let mut wire = Wire::new();
    let handle = load(&mut wire, &pack.to_string());
    let known = json!({"case": HOSTILE, "as_of": "2026-11-22", "words": HOSTILE, "yes": true, HOSTILE: HOSTILE,
        "seen": {"value": true, "by": HOSTILE, "on": "2026-01-01", "reason": HOSTILE}});
    let open = json!({"case": HOSTILE, "as_of": "2026-11-22", "words": HOSTILE, "not_known": ["/yes"]});
    for case in [known, open] {
        for audience in ["citizen", "officer", "auditor"] {
            for format in ["html", "page"] {
                let html = told(&mut wire, handle, case.as_object().unwrap(), format, audience);
                assert_sound(&html);
                assert!(html.contains("&lt;script&gt;") && !html.contains("<script"), "{html}");
                assert!(!html.contains("href=\"javascript"), "{html}");
            }
        }
    }
}
