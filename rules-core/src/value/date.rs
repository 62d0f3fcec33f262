//! Calendar dates: proleptic Gregorian, years -999,999,999 to 999,999,999 (DMN 1.5 section 10.3.2.3.5).

/// A date. Ordering is by time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Date {
    year: i32,
    month: u8,
    day: u8,
}
