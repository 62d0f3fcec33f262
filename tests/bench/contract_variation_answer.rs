//! Answers with the marks that a missing fact, another law or another time leave, and the logic over them.

/// A value, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found<T> {
    Is(T),
    Unknown,
    NotApplicable,
    NotInForce,
}

/// Yes or no.
pub(super) type Answer = Found<bool>;

impl From<Option<bool>> for Answer {
    fn from(fact: Option<bool>) -> Self {
        fact.map_or(Self::Unknown, Self::Is)
    }
}

impl<T> Found<T> {
    pub(super) fn map<U>(self, make: impl FnOnce(T) -> U) -> Found<U> {
        match self {
            Self::Is(value) => Found::Is(make(value)),
            Self::Unknown => Found::Unknown,
            Self::NotApplicable => Found::NotApplicable,
            Self::NotInForce => Found::NotInForce,
        }
    }

    /// Of two; what is not in force outweighs what is not applicable, and that what is unknown.
    pub(super) fn with<U, V>(self, other: Found<U>, make: impl FnOnce(T, U) -> V) -> Found<V> {
        match (self, other) {
            (Self::Is(left), Found::Is(right)) => Found::Is(make(left, right)),
            (Self::NotInForce, _) | (_, Found::NotInForce) => Found::NotInForce,
            (Self::NotApplicable, _) | (_, Found::NotApplicable) => Found::NotApplicable,
            _ => Found::Unknown,
        }
    }
}

/// Whether a value is one of those.
pub(super) fn is_in<T: PartialEq>(value: T, among: &[T]) -> Answer {
    Found::Is(among.contains(&value))
}

pub(super) fn not(answer: Answer) -> Answer {
    answer.map(|yes| !yes)
}

/// What settles the logic wins, then what could still settle it, then the marks.
fn kleene(operands: &[Answer], settles: bool) -> Answer {
    let mut result = Found::Is(!settles);
    for operand in operands {
        result = match (*operand, result) {
            (Found::Is(value), _) if value == settles => return Found::Is(settles),
            (Found::Is(_), before) => before,
            (Found::Unknown, _) | (_, Found::Unknown) => Found::Unknown,
            (Found::NotInForce, _) | (_, Found::NotInForce) => Found::NotInForce,
            (Found::NotApplicable, _) => Found::NotApplicable,
        };
    }
    result
}

pub(super) fn and(operands: &[Answer]) -> Answer {
    kleene(operands, false)
}

pub(super) fn or(operands: &[Answer]) -> Answer {
    kleene(operands, true)
}

/// A group leaves out what is not applicable or not in force, unless nothing else is there.
fn group(members: &[Answer], settles: bool) -> Answer {
    let (mut unknown, mut counted, mut left_out) = (false, false, Found::NotApplicable);
    for member in members {
        match member {
            Found::Is(value) if *value == settles => return Found::Is(settles),
            Found::Is(_) => counted = true,
            Found::Unknown => unknown = true,
            Found::NotInForce => left_out = Found::NotInForce,
            Found::NotApplicable => {}
        }
    }
    if unknown {
        Found::Unknown
    } else if counted {
        Found::Is(!settles)
    } else {
        left_out
    }
}

pub(super) fn all(members: &[Answer]) -> Answer {
    group(members, false)
}

pub(super) fn any(members: &[Answer]) -> Answer {
    group(members, true)
}

/// What both say, if they say the same.
pub(super) fn merged<T: PartialEq>(left: Found<T>, right: Found<T>) -> Found<T> {
    if left == right { left } else { Found::Unknown }
}

/// `if`; while the condition is open, what both branches say.
pub(super) fn choose<T: PartialEq>(condition: Answer, then: Found<T>, otherwise: Found<T>) -> Found<T> {
    match condition {
        Found::Is(true) => then,
        Found::Is(false) => otherwise,
        Found::Unknown => merged(then, otherwise),
        Found::NotApplicable => Found::NotApplicable,
        Found::NotInForce => Found::NotInForce,
    }
}

/// What applies only where `gate` holds.
pub(super) fn when<T: PartialEq>(gate: Answer, value: Found<T>) -> Found<T> {
    choose(gate, value, Found::NotApplicable)
}

/// Different ways to read the law, at most `N` of them; those that come to the same are one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ways<T, const N: usize>([Option<T>; N]);

impl<T: Copy + PartialEq, const N: usize> Ways<T, N> {
    pub(super) fn new() -> Self {
        Self([None; N])
    }

    pub(super) fn add(&mut self, way: T) {
        for slot in &mut self.0 {
            match slot {
                Some(known) if *known == way => return,
                Some(_) => {}
                None => {
                    *slot = Some(way);
                    return;
                }
            }
        }
    }

    pub(super) fn each(&self) -> impl Iterator<Item = T> {
        self.0.iter().map_while(|way| *way)
    }
}
