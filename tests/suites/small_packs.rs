//! Small packs made at random, and cases for them of which every completion can be tried.

use rules_tests::random::Random;
use serde_json::{Map, Value, json};

/// Values of the fact `kind`.
const KINDS: [&str; 3] = ["a", "b", "c"];

/// A pack whose decisions use every construct that could swallow a missing fact.
pub(crate) fn pack(random: &mut Random) -> Value {
    let mut pack = unordered(random);
    put_in_order(&mut pack, &mut || false);
    pack
}

/// Such a pack, and the same with operands that may change places in other places.
pub(crate) fn pack_and_permuted(random: &mut Random) -> (Value, Value) {
    let mut pack = unordered(random);
    let mut permuted = pack.clone();
    put_in_order(&mut pack, &mut || false);
    put_in_order(&mut permuted, &mut || random.percent(50));
    (pack, permuted)
}

/// Two operands that may change places, with what stands between them, until `put_in_order` says which comes first.
fn either(left: &str, between: &str, right: &str) -> String {
    format!("⟨{left}¦{between}¦{right}⟩")
}

/// Writes operands that may change places in one order, and members of groups.
fn put_in_order(pack: &mut Value, swap: &mut dyn FnMut() -> bool) {
    match pack {
        Value::String(text) => {
            while let Some(end) = text.find('⟩') {
                let start = text[..end].rfind('⟨').unwrap();
                let parts: Vec<&str> = text[start + '⟨'.len_utf8()..end].split('¦').collect();
                let (left, right) = if swap() { (parts[2], parts[0]) } else { (parts[0], parts[2]) };
                let written = [left, parts[1], right].concat();
                text.replace_range(start..end + '⟩'.len_utf8(), &written);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| put_in_order(item, swap)),
        Value::Object(members) => {
            for (key, value) in members {
                put_in_order(value, swap);
                if let (Value::Array(items), "all" | "any" | "of") = (value, key.as_str())
                    && swap()
                {
                    items.reverse();
                }
            }
        }
        _ => {}
    }
}

fn unordered(random: &mut Random) -> Value {
    let mut names = Vec::new();
    let mut decisions = Map::new();
    for number in 0..2 {
        let name = format!("yes {number}");
        decisions.insert(name.clone(), json!({"criterion": truth(random, 2), "source": "s"}));
        names.push(name);
    }
    decisions.insert("group".to_owned(), group(random));
    decisions.insert("amount".to_owned(), json!({"expression": amount(random, 2), "source": "s"}));
    decisions.insert("table".to_owned(), json!({"table": table(random), "source": "s"}));
    let when = |random: &mut Random| json!({"when": truth(random, 2), "action": {"en": "Visit"}, "source": "s"});
    decisions.insert(
        "steps".to_owned(),
        json!({"triggers": {"first": when(random), "second": when(random)}, "source": "s"}),
    );
    decisions.insert("read".to_owned(), json!({"criterion": "if reading then yes 0 else yes 1", "source": "s"}));
    gated(random, &mut decisions);
    decisions.insert(
        "everything".to_owned(),
        json!({"expression": "[yes 0, yes 1, group, gated group, amount, table, steps, read, chosen, valid, small, few of them, of a table]", "source": "s"}),
    );
    json!({
        "id": "small", "version": "1", "title": {"en": "Small"}, "outcome": "everything",
        "sources": {"s": {"title": "A source", "layer": "statute", "verified": true}},
        "facts": {"type": "object", "properties": facts()},
        "parameters": {"limit": {"basis": "day", "values": [
            {"from": "2020-01-01", "to": "2021-01-01", "value": 1, "source": "s"},
            {"from": "2021-01-01", "value": 2, "source": "s"}]}},
        "readings": {"reading": {"question": {"en": "Which?"}, "source": "s", "alternatives": {"one": "one", "other": truth(random, 1)}}},
        "decisions": decisions,
    })
}

/// Decisions that may not apply or not be in force, and what others make of them.
fn gated(random: &mut Random, decisions: &mut Map<String, Value>) {
    let applies = truth(random, 1);
    let from_2020 = json!({"from": "2020-01-01", "basis": "day"});
    let of = |random: &mut Random, names: &[&str]| one_of(random, names).to_owned();
    let second = of(random, &["one", "valid", "few > 1"]);
    let all = [
        ("applies", json!({"criterion": truth(random, 1), "applies_when": applies})),
        ("valid", json!({"criterion": truth(random, 1), "in_force": from_2020})),
        ("gated group", json!({"at_least": {"count": 1 + random.below(2), "of": ["applies", second]}})),
        ("chosen", json!({"expression": "if applies then few else limit"})),
        ("small", json!({"criterion": of(random, &["limit <= 2", "limit * 0 = 0", "few + limit > 0", "chosen >= 0"])})),
        (
            "few of them",
            json!({"criterion": of(random, &["count(rows[age >= limit]) <= 2", "if valid then true else true"])}),
        ),
        (
            "of a table",
            json!({"table": {"hit_policy": of(random, &["FIRST", "U", "C", "C#", "A"]), "rules": [
            {"when": {"applies": true, "kind": {"is": "a"}}, "then": {"result": 1}, "source": "s"},
            {"when": {"kind": {"is": "b"}}, "then": {"result": 1}, "source": "s"}], "default": {"result": 1}}}),
        ),
    ];
    for (name, mut decision) in all {
        decision["source"] = json!("s");
        decisions.insert(name.to_owned(), decision);
    }
}

fn facts() -> Value {
    let small = json!({"type": "integer", "minimum": 0, "maximum": 3});
    json!({
        "one": {"type": "boolean"}, "other": {"type": "boolean"}, "few": small, "more": small,
        "kind": {"enum": ["a", "b", "c"]},
        "day": {"type": "string", "format": "date"},
        "perhaps": {"type": ["integer", "null"], "minimum": 0, "maximum": 1},
        "rows": {"type": "array", "maxItems": 2, "items": {"type": "object", "properties": {
            "age": {"type": "integer", "minimum": 0, "maximum": 2}, "tall": {"type": "boolean"}}}},
    })
}

/// One of several, with the same chance.
fn one_of<'t>(random: &mut Random, of: &[&'t str]) -> &'t str {
    of[random.below(of.len())]
}

fn truth(random: &mut Random, depth: usize) -> String {
    if depth == 0 {
        return one_of(
            random,
            &["one", "other", "kind = \"a\"", "few > 1", "kind in (\"b\", \"c\")", "more in [1..2]"],
        )
        .to_owned();
    }
    let next = depth - 1;
    let comparison = one_of(random, &["<", "<=", "=", "!=", ">", ">="]);
    match random.below(14) {
        0 => either(&bracketed(truth(random, next)), " and ", &bracketed(truth(random, next))),
        1 => either(&bracketed(truth(random, next)), " or ", &bracketed(truth(random, next))),
        2 => format!("not({})", truth(random, next)),
        3 => format!("if {} then {} else {}", truth(random, next), truth(random, next), truth(random, next)),
        4 => format!("some row in rows satisfies row.age > {} and row.tall", random.below(3)),
        5 => format!("every row in rows satisfies row.age <= {}", random.below(3)),
        6 => format!("count(rows[age > {}]) {comparison} {}", random.below(2), random.below(3)),
        7 => format!("count(rows[tall]) {comparison} {}", random.below(2)),
        8 => either("list contains([\"a\", \"b\"], kind)", " or ", &bracketed(truth(random, next))),
        9 => format!("{} between {} and {}", amount(random, next), random.below(3), random.below(6)),
        10 => format!("if perhaps = null then {} else perhaps > 0", truth(random, next)),
        11 => format!("all([{}])", either(&truth(random, next), ", ", &truth(random, next))),
        12 => format!("any([{}])", either(&truth(random, next), ", ", &truth(random, next))),
        _ => format!("{} {comparison} {}", amount(random, next), amount(random, next)),
    }
}

fn bracketed(text: String) -> String {
    ["(", &text, ")"].concat()
}

fn amount(random: &mut Random, depth: usize) -> String {
    if depth == 0 {
        return one_of(random, &["few", "more", "2", "0", "count(rows)"]).to_owned();
    }
    let next = depth - 1;
    match random.below(10) {
        0 => bracketed(either(&amount(random, next), " + ", &amount(random, next))),
        1 => format!("({} - {})", amount(random, next), amount(random, next)),
        2 => bracketed(either(&amount(random, next), " * ", &amount(random, next))),
        3 => format!("({} / 2)", amount(random, next)),
        4 => format!("-({})", amount(random, next)),
        5 => "sum(concatenate([0], rows.age))".to_owned(),
        6 => {
            let function = one_of(random, &["min", "max", "sum"]);
            format!("{function}([{}])", either(&amount(random, next), ", ", &amount(random, next)))
        }
        7 => format!("abs({})", amount(random, next)),
        8 => format!("(if {} then {} else {})", truth(random, next), amount(random, next), amount(random, next)),
        _ => "count(rows[age >= 1])".to_owned(),
    }
}

fn group(random: &mut Random) -> Value {
    let members = json!(["yes 0", "yes 1", truth(random, 1)]);
    match random.below(3) {
        0 => json!({"all": members, "source": "s"}),
        1 => json!({"any": members, "source": "s"}),
        _ => json!({"at_least": {"count": 2, "of": members}, "source": "s"}),
    }
}

/// A table of any hit policy. Rows of UNIQUE exclude each other; those of ANY may agree.
fn table(random: &mut Random) -> Value {
    let policy = one_of(
        random,
        &["UNIQUE", "ANY", "FIRST", "PRIORITY", "RULE ORDER", "OUTPUT ORDER", "C", "C+", "C<", "C>", "C#"],
    );
    let result = |random: &mut Random| match policy {
        "ANY" => json!("few"),
        "C+" | "C<" | "C>" => json!(amount(random, 1)),
        _ => json!({"is": one_of(random, &["low", "high"])}),
    };
    let rows: Vec<Value> = (0..3)
        .map(|number| {
            let when = match (policy, random.below(3)) {
                ("UNIQUE", _) => {
                    json!({"kind": {"is": KINDS[number]}, "few": one_of(random, &["> 0", "<= 2", "-"])})
                }
                (_, 0) => json!({"one": true, "few": format!(">= {}", random.below(4))}),
                (_, 1) => json!({"kind": {"one of": ["a", "c"]}}),
                _ => json!({"few + more": format!("> {}", random.below(6)), "other": random.below(2) == 0}),
            };
            json!({"when": when, "then": {"result": result(random)}, "source": "s"})
        })
        .collect();
    let default = match policy {
        "ANY" => json!("few"),
        "C+" | "C<" | "C>" => json!(0),
        _ => json!({"is": "none"}),
    };
    let mut table = json!({"hit_policy": policy, "rules": rows, "default": {"result": default}});
    if ["PRIORITY", "OUTPUT ORDER"].contains(&policy) {
        table["output_values"] = json!({"result": ["high", "low", "none"]});
    }
    table
}

/// A case in which some facts are missing, and all its completions.
pub(crate) fn case(random: &mut Random) -> (Map<String, Value>, Vec<Map<String, Value>>) {
    loop {
        let mut partial = Map::new();
        partial.insert("as_of".to_owned(), json!("2026-11-22"));
        let mut completions = vec![partial.clone()];
        let mut not_applicable = Vec::new();
        for (name, values) in domains() {
            if random.below(12) == 0 {
                not_applicable.push(json!(format!("/{name}")));
                continue;
            }
            let value = values[random.below(values.len())].clone();
            if random.below(5) < 3 {
                partial.insert(name.to_owned(), value.clone());
                completions = extended(&completions, name, &[value]);
            } else {
                completions = extended(&completions, name, &values);
            }
        }
        if completions.len() > 1_000 || !some_rows(random, &mut partial, &mut completions) {
            continue;
        }
        for case in completions.iter_mut().chain([&mut partial]) {
            case.insert("not_applicable".to_owned(), json!(not_applicable));
        }
        if (2..=150).contains(&completions.len()) {
            return (partial, completions);
        }
    }
}

/// The values of the facts. Of the days there is one for each period.
fn domains() -> [(&'static str, Vec<Value>); 7] {
    let numbers = vec![json!(0), json!(1), json!(2), json!(3)];
    let truths = vec![json!(true), json!(false)];
    [
        ("one", truths.clone()),
        ("other", truths),
        ("few", numbers.clone()),
        ("more", numbers),
        ("kind", vec![json!("a"), json!("b"), json!("c")]),
        ("day", vec![json!("2019-12-31"), json!("2020-06-01"), json!("2021-01-01")]),
        ("perhaps", vec![Value::Null, json!(0), json!(1)]),
    ]
}

/// Every completion so far with every value of `name`.
fn extended(completions: &[Map<String, Value>], name: &str, values: &[Value]) -> Vec<Map<String, Value>> {
    let with = |completion: &Map<String, Value>, value: &Value| {
        let mut completion = completion.clone();
        completion.insert(name.to_owned(), value.clone());
        completion
    };
    completions.iter().flat_map(|completion| values.iter().map(move |value| with(completion, value))).collect()
}

/// Adds a list of rows with fields left out; false when it was left out as a whole, which has too many completions to try
/// beside others.
fn some_rows(random: &mut Random, partial: &mut Map<String, Value>, completions: &mut Vec<Map<String, Value>>) -> bool {
    let ages = [json!(0), json!(1), json!(2)];
    let truths = [json!(true), json!(false)];
    let whole: Vec<Value> =
        ages.iter().flat_map(|age| truths.iter().map(move |tall| json!({"age": age, "tall": tall}))).collect();
    let pairs = |lists: &[Vec<Value>], rows: &[Value]| -> Vec<Vec<Value>> {
        lists
            .iter()
            .flat_map(|list| rows.iter().map(|row| list.iter().cloned().chain([row.clone()]).collect()))
            .collect()
    };
    let mut lists: Vec<Vec<Value>> = vec![Vec::new()];
    if random.below(6) == 0 {
        let one = pairs(&lists, &whole);
        let two = pairs(&one, &whole);
        lists.extend(one.into_iter().chain(two));
    } else {
        let mut rows = Vec::new();
        for _ in 0..random.below(3) {
            let mut row = whole[random.below(whole.len())].clone();
            for field in ["age", "tall"] {
                if random.below(3) == 0 {
                    row.as_object_mut().unwrap().remove(field);
                }
            }
            let fits = |one: &&Value| row.as_object().unwrap().iter().all(|(key, value)| one[key] == *value);
            let completed: Vec<Value> = whole.iter().filter(fits).cloned().collect();
            lists = pairs(&lists, &completed);
            rows.push(row);
        }
        partial.insert("rows".to_owned(), Value::Array(rows));
    }
    if lists.len() * completions.len() > 150 {
        return false;
    }
    let lists: Vec<Value> = lists.into_iter().map(Value::Array).collect();
    *completions = extended(completions, "rows", &lists);
    true
}
