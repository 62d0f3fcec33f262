//! Random FEEL expressions that follow the grammar.

use super::random::Random;

/// Names that the expressions use, beside iterators and builtins: give them values, or leave them unknown.
pub const NAMES: &[&str] = &["x", "y z", "rows", "day"];

/// An expression with at most `depth` levels.
#[must_use]
pub fn expression(random: &mut Random, depth: usize) -> String {
    if depth == 0 {
        return leaf(random);
    }
    let next = depth - 1;
    let choice = random.below(39);
    let mut one = || expression(random, next);
    match choice {
        0..=4 => leaf(random),
        5 => format!("-({})", one()),
        6 => format!("({}) ** 2", one()),
        7 => format!("{}.a", bracketed(&one())),
        8 => format!("{}[{}]", bracketed(&one()), one()),
        9 => format!("if {} then {} else {}", one(), one(), one()),
        10 => format!("for i in {} return {}", one(), one()),
        11 => format!("some i in {} satisfies {}", one(), one()),
        12 => format!("every i in {} satisfies {}", one(), one()),
        13 => format!("[{}, {}]", one(), one()),
        14 => format!("{{a: {}, b c: {}}}", one(), one()),
        15 => format!("(function(p) {})({})", one(), one()),
        16 => format!("{} between {} and {}", bracketed(&one()), bracketed(&one()), bracketed(&one())),
        17 => format!("{} in ({}, < {})", bracketed(&one()), one(), bracketed(&one())),
        18 => format!("{} in [{}..{})", bracketed(&one()), bracketed(&one()), bracketed(&one())),
        19 => format!("{} instance of list<number>", bracketed(&one())),
        20 => format!("for i in 1..3, j in [i, {}] return {}", one(), one()),
        21 => format!("every i in {}, j in [i, {}] satisfies {}", one(), one(), one()),
        22 => format!("(function(p: number, q r: list<string>) {})({}, {})", one(), one(), one()),
        23 => format!("{} in ({}, (> {}), !={})", bracketed(&one()), one(), bracketed(&one()), bracketed(&one())),
        24 => format!("{{\"a b+\": {}, b c: {}}}.b c", one(), one()),
        25 => format!("[{}..{}).start", bracketed(&one()), bracketed(&one())),
        26 => format!("(>= {})", bracketed(&one())),
        27 => format!("substring(string: {}, start position: {})", one(), one()),
        28 => format!("{} instance of {}", bracketed(&one()), random.pick(&TYPES)),
        29 => format!("/* a */ {} // b\n", one()),
        30 | 31 => call(random, next),
        _ => binary(random, next),
    }
}

/// Types as they are written behind `instance of`.
const TYPES: [&str; 6] = [
    "days and time duration",
    "context<a: number, b c: list<Any>>",
    "function<number, string> -> Any",
    "range<date>",
    "Null",
    "list<context>",
];

fn bracketed(text: &str) -> String {
    format!("({text})")
}

fn binary(random: &mut Random, depth: usize) -> String {
    const OPERATORS: [&str; 13] = ["+", "-", "*", "/", "**", "=", "!=", "<", "<=", ">", ">=", "and", "or"];
    let operator = random.pick(&OPERATORS);
    let left = expression(random, depth);
    let right = expression(random, depth);
    match random.below(3) {
        0 => format!("({left}) {operator} {right}"),
        1 => format!("{left} {operator} ({right})"),
        _ => format!("({left}) {operator} ({right})"),
    }
}

fn call(random: &mut Random, depth: usize) -> String {
    const FUNCTIONS: [&str; 16] = [
        "count",
        "sum",
        "min",
        "max",
        "not",
        "all",
        "any",
        "abs",
        "floor",
        "string",
        "reverse",
        "flatten",
        "mean",
        "distinct values",
        "string length",
        "day of week",
    ];
    let function = random.pick(&FUNCTIONS);
    format!("{function}({})", expression(random, depth))
}

fn leaf(random: &mut Random) -> String {
    const LEAVES: [&str; 18] = [
        "1",
        "0",
        "2.50",
        ".5",
        "12e2",
        "\"a\"",
        "\"b\\n\\\"\"",
        "true",
        "false",
        "null",
        "x",
        "y z",
        "rows",
        "day",
        "[]",
        "@\"P1D\"",
        "@\"2020-10-14\"",
        "{}",
    ];
    random.pick(&LEAVES).to_owned()
}
