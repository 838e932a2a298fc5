//! Numbers.

use std::{cmp::Ordering, fmt};

use serde::{Serialize, Serializer};

/// A number: a 64-bit float that is never infinite, never undefined and never
/// a negative zero. A whole number of 64 bits that comes from elsewhere, such
/// as a long id, keeps all of its digits until something is calculated with it.
///
/// It is written with as few digits as tell it from others, without a point
/// where it is whole, and with an exponent where it is very large or small:
/// `200`, `1.5`, `1e21`.
#[derive(Clone, Copy, Debug)]
pub struct Number(Digits);

#[derive(Clone, Copy, Debug)]
enum Digits {
    Float(f64),
    /// A whole number below those that a float keeps.
    Below(i64),
    /// A whole number above those that a float keeps.
    Above(u64),
}

/// Up to here no two whole numbers are the same as floats.
const WHOLE: i64 = (1 << 53) - 1;

impl Number {
    /// The number; none for what is no number or infinite.
    pub fn new(number: f64) -> Option<Self> {
        // Adding zero makes a negative zero a zero.
        number
            .is_finite()
            .then_some(Self(Digits::Float(number + 0.0)))
    }

    /// The number as a float, to calculate with.
    pub fn get(self) -> f64 {
        match self.0 {
            Digits::Float(number) => number,
            Digits::Below(number) => number as f64,
            Digits::Above(number) => number as f64,
        }
    }

    /// The number as a whole one; none where it has a fraction or is beyond 64
    /// bits.
    pub fn whole(self) -> Option<i64> {
        const BEYOND: f64 = 9_223_372_036_854_775_808.0;
        match self.0 {
            Digits::Below(number) => Some(number),
            Digits::Above(number) => i64::try_from(number).ok(),
            Digits::Float(number) => {
                (number.fract() == 0.0 && number.abs() < BEYOND).then_some(number as i64)
            }
        }
    }

    /// Reads a number as people and JSON write it, with spaces around it and a
    /// sign or without.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let is_written_in_digits = text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
        if !is_written_in_digits {
            return None;
        }
        let whole = text.parse::<i64>().map(Self::from);
        whole
            .or_else(|_| text.parse::<u64>().map(Self::from))
            .ok()
            .or_else(|| text.parse().ok().and_then(Self::new))
    }
}

impl Default for Number {
    fn default() -> Self {
        Self(Digits::Float(0.0))
    }
}

impl From<i64> for Number {
    fn from(number: i64) -> Self {
        match u64::try_from(number) {
            Ok(number) => number.into(),
            Err(_) if number < -WHOLE => Self(Digits::Below(number)),
            Err(_) => Self(Digits::Float(number as f64)),
        }
    }
}

impl From<u64> for Number {
    fn from(number: u64) -> Self {
        Self(if number > WHOLE.unsigned_abs() {
            Digits::Above(number)
        } else {
            Digits::Float(number as f64)
        })
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp_with(other).is_eq()
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp_with(other))
    }
}

impl Number {
    /// By all digits where both have them, else as floats.
    fn cmp_with(&self, other: &Self) -> Ordering {
        match (self.0, other.0) {
            (Digits::Below(a), Digits::Below(b)) => a.cmp(&b),
            (Digits::Above(a), Digits::Above(b)) => a.cmp(&b),
            // Neither is a negative zero, so this is the usual order.
            _ => self.get().total_cmp(&other.get()),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Outside of these an exponent says how many zeros there are.
        const PLAIN: std::ops::Range<f64> = 1e-6..1e21;
        match self.0 {
            Digits::Below(number) => write!(f, "{number}"),
            Digits::Above(number) => write!(f, "{number}"),
            Digits::Float(number) if number == 0.0 || PLAIN.contains(&number.abs()) => {
                write!(f, "{number}")
            }
            Digits::Float(number) => write!(f, "{number:e}"),
        }
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match (self.whole(), self.0) {
            (Some(number), _) => serializer.serialize_i64(number),
            (None, Digits::Above(number)) => serializer.serialize_u64(number),
            (None, _) => serializer.serialize_f64(self.get()),
        }
    }
}

impl From<Number> for serde_json::Number {
    fn from(number: Number) -> Self {
        match (number.whole(), number.0) {
            (Some(number), _) => number.into(),
            (None, Digits::Above(number)) => number.into(),
            // Never infinite.
            (None, _) => Self::from_f64(number.get()).unwrap_or_else(|| 0.into()),
        }
    }
}

impl From<&serde_json::Number> for Number {
    fn from(number: &serde_json::Number) -> Self {
        match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => number.into(),
            (None, Some(number)) => number.into(),
            // JSON has finite numbers only.
            (None, None) => number.as_f64().and_then(Self::new).unwrap_or_default(),
        }
    }
}
