//! FEEL beside dsntk 0.3, the best Rust engine so far: reading and evaluating every expression of the conformance kit's
//! development set, in one run, the two engines in turn.
//!
//! ```text
//! cargo run --release --manifest-path tests/bench/feel/Cargo.toml
//! ```
//!
//! The same work on both sides. *read*: the text becomes a tree, with the names of the inputs in scope. *read, make ready*:
//! the text becomes what can be evaluated again and again. *evaluate*: that is evaluated, with the inputs as values; what it
//! gives is made and dropped. The time of an expression is that of its quickest round, so that other programs on the machine
//! weigh less; figures are over the expressions that both engines can read. `--slowest` lists where we lose most.

mod dsntk;

use std::hint::black_box;
use std::time::{Duration, Instant};

use rules_core::Feel;
use rules_tests::{kit, shared, time_zones};
use serde_json::Value;

const ROUNDS: usize = 15;
/// A round repeats its work until it has taken about so long.
const ROUND: Duration = Duration::from_micros(20);

/// What is timed, on both sides.
const PHASES: [&str; 3] = ["read", "read, make ready", "evaluate"];
type Times = [f64; PHASES.len()];

/// One expression of the kit with what came of it.
struct Measured {
    text: String,
    has_inputs: bool,
    ours: Times,
    theirs: Times,
    agree: bool,
    /// Whether each engine gives what the kit expects.
    right: [bool; 2],
}

fn main() {
    let Some(lines) = shared().and_then(|folder| std::fs::read_to_string(folder.join("tck/dev-feel.jsonl")).ok())
    else {
        println!("not run: the conformance kit is not here (shared/tck/dev-feel.jsonl beside the repository)");
        return;
    };
    let cases: Vec<Value> = lines.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
    let measured: Vec<Measured> = cases.iter().filter_map(measure).collect();
    println!("{} of {} expressions are read by both engines", measured.len(), cases.len());
    let count = |which: fn(&Measured) -> bool| measured.iter().filter(|one| which(one)).count();
    println!(
        "the values agree in {}; as the kit expects without item definitions: ours {}, dsntk's {}",
        count(|one| one.agree),
        count(|one| one.right[0]),
        count(|one| one.right[1])
    );
    for (phase, name) in PHASES.iter().enumerate() {
        table(name, phase, &measured.iter().collect::<Vec<_>>());
    }
    let with_inputs: Vec<&Measured> = measured.iter().filter(|one| one.has_inputs).collect();
    table("evaluate, only with inputs", 2, &with_inputs);
    if std::env::args().any(|argument| argument == "--slowest") {
        slowest(&measured);
    }
}

/// Times one expression in both engines; nothing when one of them cannot read it.
fn measure(case: &Value) -> Option<Measured> {
    let text = case["expression"].as_str()?;
    let mut feel = Feel::new();
    feel.decide_at("2020-10-14");
    feel.use_time_zones(time_zones());
    feel.read_typed(&case["inputs"].to_string()).ok()?;
    let ours = feel.prepare(text).ok()?;
    let scope = dsntk::scope(&case["inputs"])?;
    let theirs = dsntk::prepare(&scope, text)?;

    let expected = normal(&case["expected"]);
    let our_value = ours.evaluate().map_or(Value::Null, |answer| read(&answer.typed()));
    let their_value = normal(&dsntk::typed(&theirs(&scope)));

    let mut times = [[f64::INFINITY; PHASES.len()]; 2];
    let mut work: [[Box<dyn FnMut() + '_>; PHASES.len()]; 2] = [
        [
            Box::new(|| drop(black_box(feel.parse(black_box(text))))),
            Box::new(|| drop(black_box(feel.prepare(black_box(text))))),
            Box::new(|| drop(black_box(ours.evaluate()))),
        ],
        [
            Box::new(|| drop(black_box(dsntk::parse(&scope, black_box(text))))),
            Box::new(|| drop(black_box(dsntk::prepare(&scope, black_box(text))))),
            Box::new(|| drop(black_box(theirs(&scope)))),
        ],
    ];
    for phase in 0..PHASES.len() {
        let repeats: [u32; 2] = std::array::from_fn(|engine| repeats(&mut work[engine][phase]));
        for _ in 0..ROUNDS {
            for engine in 0..2 {
                let took = time(&mut work[engine][phase], repeats[engine]);
                times[engine][phase] = times[engine][phase].min(took);
            }
        }
    }
    drop(work);
    Some(Measured {
        text: text.to_owned(),
        has_inputs: case["inputs"].as_object().is_some_and(|inputs| !inputs.is_empty()),
        ours: times[0],
        theirs: times[1],
        agree: kit::same(&our_value, &their_value),
        right: [kit::same(&our_value, &expected), kit::same(&their_value, &expected)],
    })
}

/// A typed value as we write it: `PT24H` is `P1D`.
fn normal(typed: &Value) -> Value {
    let mut feel = Feel::new();
    let value = feel.read_typed(&serde_json::json!({"value": typed}).to_string()).and_then(|()| feel.evaluate("value"));
    value.map_or(Value::Null, |answer| read(&answer.typed()))
}

fn read(json: &str) -> Value {
    serde_json::from_str(json).unwrap_or_default()
}

/// How often the work fits into a round.
fn repeats(work: &mut impl FnMut()) -> u32 {
    let once = (0..3).map(|_| time(work, 1)).fold(f64::INFINITY, f64::min);
    (ROUND.as_secs_f64() / once.max(1e-9)).clamp(1.0, 1000.0) as u32
}

/// Seconds that the work takes once.
fn time(work: &mut impl FnMut(), repeats: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..repeats {
        work();
    }
    start.elapsed().as_secs_f64() / f64::from(repeats)
}

fn table(name: &str, phase: usize, measured: &[&Measured]) {
    let sorted = |times: fn(&Measured) -> &Times| {
        let mut times: Vec<f64> = measured.iter().map(|one| times(one)[phase]).collect();
        times.sort_by(f64::total_cmp);
        times
    };
    let (ours, theirs) = (sorted(|one| &one.ours), sorted(|one| &one.theirs));
    println!("\n{name}, {} expressions{:>14}{:>12}{:>9}", measured.len(), "ours", "dsntk", "ratio");
    let line = |name: &str, of: fn(&[f64]) -> f64| {
        let (ours, theirs) = (of(&ours), of(&theirs));
        println!("  {name:<32}{:>9.3} µs{:>9.3} µs{:>9.2}", ours * 1e6, theirs * 1e6, ours / theirs);
    };
    line("median", |times| at(times, 50));
    line("nine in ten take at most", |times| at(times, 90));
    line("all together", |times| times.iter().sum());
    let mut ratios: Vec<f64> = measured.iter().map(|one| one.ours[phase] / one.theirs[phase]).collect();
    ratios.sort_by(f64::total_cmp);
    let slower = ratios.iter().filter(|ratio| **ratio > 1.0).count();
    println!(
        "  ratio of an expression: median {:.2}, nine in ten at most {:.2}; slower in {slower}",
        at(&ratios, 50),
        at(&ratios, 90)
    );
}

/// The figure below which `percent` of a hundred lie.
fn at(sorted: &[f64], percent: usize) -> f64 {
    sorted.get(sorted.len() * percent / 100).copied().unwrap_or(f64::NAN)
}

fn slowest(measured: &[Measured]) {
    for (phase, name) in PHASES.iter().enumerate() {
        let mut all: Vec<&Measured> = measured.iter().collect();
        all.sort_by(|left, right| {
            (right.ours[phase] - right.theirs[phase]).total_cmp(&(left.ours[phase] - left.theirs[phase]))
        });
        println!("\n{name}: where we lose most");
        for one in all.iter().take(25) {
            let text: String = one.text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(90).collect();
            println!("  {:>9.3} µs{:>9.3} µs  {text}", one.ours[phase] * 1e6, one.theirs[phase] * 1e6);
        }
    }
}
