//! The parts of a written amount.
//!
//! Follows `parseQuantityString` in `k8s.io/apimachinery/pkg/api/resource/quantity.go` and `suffix.go` (v1.35).

use super::{NANO, Notation, Size};

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum QuantityError {
    /// No number stands at the start.
    Format,
    /// The number is followed by an unknown unit.
    Suffix,
}

/// A small decimal amount has at most this many digits; a small binary one four less, for its unit counts as digits too.
const MAX_DIGITS: usize = 18;

/// The units of [`Notation::Binary`], each 1024 times the one before.
pub(super) const BINARY_SUFFIXES: [&str; 7] = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
/// The units of [`Notation::Decimal`] and their powers of ten.
pub(super) const DECIMAL_SUFFIXES: [(i32, &str); 10] =
    [(-9, "n"), (-6, "u"), (-3, "m"), (0, ""), (3, "k"), (6, "M"), (9, "G"), (12, "T"), (15, "P"), (18, "E")];

/// A text cut into its parts; upstream's `parseQuantityString`.
pub(super) struct Parts<'a> {
    /// True if a minus sign stands in front.
    pub(super) negative: bool,
    /// True if there is a digit at all; `Mi` is an amount too.
    pub(super) has_digits: bool,
    /// The digits before the point, without zeros in front.
    pub(super) whole: &'a str,
    /// The digits after the point.
    pub(super) fraction: &'a str,
    /// The unit.
    pub(super) suffix: &'a str,
}

impl<'a> Parts<'a> {
    /// Cuts `text`.
    pub(super) fn split(text: &'a str) -> Result<Self, QuantityError> {
        if text.is_empty() {
            return Err(QuantityError::Format);
        }
        let negative = text.starts_with('-');
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let without_zeros = unsigned.trim_start_matches('0');
        if without_zeros.is_empty() {
            return Ok(Self { negative, has_digits: true, whole: "", fraction: "", suffix: "" });
        }
        let (whole, rest) = leading_digits(without_zeros);
        let (fraction, rest) = rest.strip_prefix('.').map_or(("", rest), leading_digits);
        let letters = rest.trim_start_matches(|character| "eEinumkKMGTP".contains(character));
        let exponent = letters.strip_prefix(['-', '+']).unwrap_or(letters);
        if !exponent.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(QuantityError::Format);
        }
        let has_digits = unsigned.starts_with('0') || !whole.is_empty() || !fraction.is_empty();
        Ok(Self { negative, has_digits, whole, fraction, suffix: rest })
    }

    /// Where upstream holds such an amount: by an estimate of its digits.
    pub(super) fn size(&self, unit: &Unit) -> Size {
        let digits = self.whole.len().max(1) + self.fraction.len();
        let fits = match unit.format {
            Notation::Binary => {
                self.fraction.is_empty() && digits + unit.exponent.unsigned_abs() as usize * 3 / 10 <= MAX_DIGITS - 4
            }
            _ => digits <= MAX_DIGITS && self.scale(unit) >= NANO,
        };
        if fits { Size::Small } else { Size::Large }
    }

    /// The power of ten of the last digit.
    fn scale(&self, unit: &Unit) -> i32 {
        unit.exponent.saturating_sub(i32::try_from(self.fraction.len()).unwrap_or(i32::MAX))
    }

    /// True if upstream takes the text of a small amount for its canonical form.
    pub(super) fn is_canonical(&self, unit: &Unit) -> bool {
        if unit.format == Notation::Binary {
            return self.whole.parse::<u64>().is_ok_and(|number| number % 8 != 0);
        }
        let digits = self.whole.bytes().chain(self.fraction.bytes());
        let zeros_at_end = digits.rev().take_while(|digit| *digit == b'0').count();
        self.scale(unit) % 3 == 0 && zeros_at_end < 3 && !self.whole.is_empty()
    }
}

fn leading_digits(text: &str) -> (&str, &str) {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

/// What a suffix means; upstream's `suffixHandler.interpret`.
pub(super) struct Unit {
    /// How amounts with this unit are written.
    pub(super) format: Notation,
    /// The power of ten, or of two for [`Notation::Binary`].
    pub(super) exponent: i32,
}

impl Unit {
    /// The unit that is written `suffix`.
    pub(super) fn read(suffix: &str) -> Option<Self> {
        if let Some((exponent, _)) = DECIMAL_SUFFIXES.iter().find(|(_, name)| *name == suffix) {
            return Some(Self { format: Notation::Decimal, exponent: *exponent });
        }
        if let Some(times) = BINARY_SUFFIXES.iter().position(|name| *name == suffix) {
            return Some(Self { format: Notation::Binary, exponent: i32::try_from(times).ok()? * 10 });
        }
        let power: i64 = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
        Some(Self { format: Notation::Exponent, exponent: i32::try_from(power).ok()? })
    }
}

/// The first `limit` digits that count, and how many digits stand after them.
pub(super) fn significant(whole: &str, fraction: &str, limit: usize) -> (i128, usize) {
    let all = || whole.bytes().chain(fraction.bytes()).skip_while(|digit| *digit == b'0');
    let count = all().count();
    let mantissa = all().take(limit).fold(0, |number: i128, digit| number * 10 + i128::from(digit - b'0'));
    (mantissa, count.saturating_sub(limit))
}
