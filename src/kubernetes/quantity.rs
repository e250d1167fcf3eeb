//! Amounts such as `500m`, `1.5` or `64Mi`.
//!
//! Follows `k8s.io/apimachinery/pkg/api/resource` (quantity.go, suffix.go; v1.35): the same texts are read, compared and
//! written in the same canonical form. Amounts keep 30 significant digits (19 with a binary suffix), upstream keeps all.

use std::cmp::Ordering;
use std::fmt;

use k8s_openapi::apimachinery::pkg::api::resource::Quantity as Written;

const NANO: i32 = -9;
const MILLI: i32 = -3;
const DECIMAL_DIGITS: usize = 30;
const BINARY_DIGITS: usize = 19;
const MAX: i128 = i64::MAX as i128;

/// An amount: `mantissa` times ten to the power of `exponent`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Quantity {
    mantissa: i128,
    exponent: i32,
    format: Format,
}

/// How an amount is written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Format {
    /// `64Mi`
    Binary,
    /// `500m`
    Decimal,
    /// `2e3`
    Exponent,
}

/// Why a text is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum QuantityError {
    /// No number stands at the start.
    Format,
    /// The number is followed by an unknown unit.
    Suffix,
}

impl Quantity {
    /// Nothing.
    pub(super) const ZERO: Self = Self { mantissa: 0, exponent: 0, format: Format::Decimal };

    /// Reads an amount.
    pub(super) fn parse(text: &str) -> Result<Self, QuantityError> {
        let parts = Parts::split(text)?;
        let unit = Unit::read(parts.suffix).ok_or(QuantityError::Suffix)?;
        let digits = if unit.format == Format::Binary { BINARY_DIGITS } else { DECIMAL_DIGITS };
        let (mantissa, dropped) = significant(parts.whole, parts.fraction, digits);
        let shift =
            i32::try_from(dropped).unwrap_or(i32::MAX).saturating_sub(i32::try_from(parts.fraction.len()).unwrap_or(i32::MAX));
        let signed = if parts.negative { -mantissa } else { mantissa };
        let amount = match unit.format {
            Format::Binary => Self::new(signed.saturating_mul(1 << unit.exponent), shift, Format::Binary).capped(),
            format => Self::new(signed, shift.saturating_add(unit.exponent), format),
        };
        Ok(amount.rounded_up(NANO))
    }

    /// The amount that a decoded object holds. The decoder refuses texts that are no amount, so nothing is lost here.
    pub(super) fn of(written: &Written) -> Self {
        Self::parse(trimmed(&written.0)).unwrap_or(Self::ZERO)
    }

    /// The amount as the server stores resources: rounded up to thousandths; upstream's `SetDefaults_ResourceList`.
    pub(super) fn of_resource(written: &Written) -> Self {
        Self::of(written).rounded_up(MILLI)
    }

    /// True of less than nothing.
    pub(super) fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// True of nothing.
    pub(super) fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    /// True if there is no fraction.
    pub(super) fn is_whole(self) -> bool {
        self.exponent >= 0 || power(-self.exponent).is_some_and(|unit| self.mantissa % unit == 0)
    }

    /// The amount in whole units, fractions rounded up.
    pub(super) fn value(self) -> i64 {
        let whole = self.rounded_up(0);
        let scaled = power(whole.exponent).map_or(i128::MAX, |unit| whole.mantissa.saturating_mul(unit));
        i64::try_from(scaled).unwrap_or(if scaled < 0 { i64::MIN } else { i64::MAX })
    }

    /// Both amounts together, written as the first.
    pub(super) fn plus(self, other: Self) -> Self {
        if self.is_zero() {
            return other;
        }
        let exponent = self.exponent.min(other.exponent);
        let sum = self.scaled_to(exponent).saturating_add(other.scaled_to(exponent));
        Self::new(sum, exponent, self.format)
    }

    /// Which amount is larger.
    pub(super) fn compare(self, other: Self) -> Ordering {
        match self.mantissa.signum().cmp(&other.mantissa.signum()) {
            Ordering::Equal => {}
            unequal => return unequal,
        }
        let magnitude = |amount: Self| i64::from(digits(amount.mantissa)) + i64::from(amount.exponent);
        let by_magnitude = match magnitude(self).cmp(&magnitude(other)) {
            Ordering::Equal => {
                let exponent = self.exponent.min(other.exponent);
                return self.scaled_to(exponent).cmp(&other.scaled_to(exponent));
            }
            unequal => unequal,
        };
        if self.is_negative() { by_magnitude.reverse() } else { by_magnitude }
    }

    fn new(mantissa: i128, exponent: i32, format: Format) -> Self {
        if mantissa == 0 { Self { mantissa, exponent: 0, format } } else { Self { mantissa, exponent, format } }
    }

    /// A binary amount is at most `i64::MAX`, and less than one is written in decimals.
    fn capped(self) -> Self {
        let maximum = Self::new(MAX, 0, Format::Binary);
        let one = Self::new(1, 0, Format::Binary);
        if self.compare(maximum) == Ordering::Greater {
            maximum
        } else if self.mantissa > 0 && self.compare(one) == Ordering::Less {
            Self { format: Format::Decimal, ..self }
        } else {
            self
        }
    }

    /// The amount with no digits below ten to the power of `exponent`, rounded away from zero.
    fn rounded_up(self, exponent: i32) -> Self {
        let excess = exponent.saturating_sub(self.exponent);
        if excess <= 0 || self.mantissa == 0 {
            return self;
        }
        let mantissa = match power(excess) {
            Some(unit) if self.mantissa % unit == 0 => self.mantissa / unit,
            Some(unit) => self.mantissa / unit + self.mantissa.signum(),
            None => self.mantissa.signum(),
        };
        Self::new(mantissa, exponent, self.format)
    }

    fn scaled_to(self, exponent: i32) -> i128 {
        match power(self.exponent.saturating_sub(exponent)) {
            Some(unit) => self.mantissa.saturating_mul(unit),
            None if self.mantissa < 0 => i128::MIN,
            None => i128::MAX,
        }
    }

    /// The number without zeros at its end, and the multiple of three that is its power of ten.
    fn canonical_decimal(self) -> (i128, i32) {
        let (mut mantissa, mut exponent) = (self.mantissa, self.exponent);
        while mantissa % 10 == 0 && mantissa != 0 {
            mantissa /= 10;
            exponent = exponent.saturating_add(1);
        }
        let surplus = exponent.rem_euclid(3);
        (mantissa.saturating_mul(power(surplus).unwrap_or(1)), exponent.saturating_sub(surplus))
    }
}

impl fmt::Display for Quantity {
    /// The canonical form: `Quantity.CanonicalizeBytes`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_zero() {
            return formatter.write_str("0");
        }
        let large = self.compare(Self::new(-1024, 0, Format::Decimal)).is_le()
            || self.compare(Self::new(1024, 0, Format::Decimal)).is_ge();
        if self.format == Format::Binary && large && self.is_whole() {
            let mut amount = self.rounded_up(0).scaled_to(0);
            let mut times = 0;
            while amount % 1024 == 0 {
                amount /= 1024;
                times += 1;
            }
            return write!(formatter, "{amount}{}", BINARY_SUFFIXES.get(times).unwrap_or(&""));
        }
        let (amount, exponent) = self.canonical_decimal();
        if self.format == Format::Exponent {
            return if exponent == 0 { write!(formatter, "{amount}") } else { write!(formatter, "{amount}e{exponent}") };
        }
        let suffix = DECIMAL_SUFFIXES.iter().find(|(power, _)| *power == exponent).map_or("", |(_, suffix)| suffix);
        write!(formatter, "{amount}{suffix}")
    }
}

/// The blanks at the ends of a text that upstream cuts off; the others reach it escaped, inside of the JSON text.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|character: char| {
        character.is_whitespace() && !character.is_ascii_control() && !matches!(character, '\u{2028}' | '\u{2029}')
    })
}

const BINARY_SUFFIXES: [&str; 7] = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const DECIMAL_SUFFIXES: [(i32, &str); 10] =
    [(-9, "n"), (-6, "u"), (-3, "m"), (0, ""), (3, "k"), (6, "M"), (9, "G"), (12, "T"), (15, "P"), (18, "E")];

/// A text cut into its parts; upstream's `parseQuantityString`.
struct Parts<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
    suffix: &'a str,
}

impl<'a> Parts<'a> {
    fn split(text: &'a str) -> Result<Self, QuantityError> {
        if text.is_empty() {
            return Err(QuantityError::Format);
        }
        let negative = text.starts_with('-');
        let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
        let without_zeros = unsigned.trim_start_matches('0');
        if without_zeros.is_empty() {
            return Ok(Self { negative, whole: "", fraction: "", suffix: "" });
        }
        let (whole, rest) = leading_digits(without_zeros);
        let (fraction, rest) = rest.strip_prefix('.').map_or(("", rest), leading_digits);
        let letters = rest.trim_start_matches(|character| "eEinumkKMGTP".contains(character));
        let exponent = letters.strip_prefix(['-', '+']).unwrap_or(letters);
        if !exponent.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(QuantityError::Format);
        }
        Ok(Self { negative, whole, fraction, suffix: rest })
    }
}

fn leading_digits(text: &str) -> (&str, &str) {
    let end = text.bytes().position(|byte| !byte.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

/// What a suffix means; upstream's `suffixHandler.interpret`.
struct Unit {
    format: Format,
    exponent: i32,
}

impl Unit {
    fn read(suffix: &str) -> Option<Self> {
        if let Some((exponent, _)) = DECIMAL_SUFFIXES.iter().find(|(_, name)| *name == suffix) {
            return Some(Self { format: Format::Decimal, exponent: *exponent });
        }
        if let Some(times) = BINARY_SUFFIXES.iter().position(|name| *name == suffix) {
            return Some(Self { format: Format::Binary, exponent: i32::try_from(times).ok()? * 10 });
        }
        let power: i64 = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
        Some(Self { format: Format::Exponent, exponent: i32::try_from(power).ok()? })
    }
}

/// The first `limit` digits that count, and how many digits stand after them.
fn significant(whole: &str, fraction: &str, limit: usize) -> (i128, usize) {
    let all = || whole.bytes().chain(fraction.bytes()).skip_while(|digit| *digit == b'0');
    let count = all().count();
    let mantissa = all().take(limit).fold(0, |number: i128, digit| number * 10 + i128::from(digit - b'0'));
    (mantissa, count.saturating_sub(limit))
}

fn power(exponent: i32) -> Option<i128> {
    10_i128.checked_pow(u32::try_from(exponent).ok()?)
}

fn digits(number: i128) -> u32 {
    number.unsigned_abs().checked_ilog10().map_or(0, |digits| digits + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(text: &str) -> Result<String, QuantityError> {
        Quantity::parse(text).map(|amount| amount.to_string())
    }

    #[test]
    fn writes_the_canonical_form() {
        for (text, expected) in [
            ("0", "0"),
            ("-0", "0"),
            ("00.0Ki", "0"),
            ("1.0", "1"),
            ("0.1", "100m"),
            ("1000m", "1"),
            ("1001m", "1001m"),
            ("1.5Gi", "1536Mi"),
            ("0.5Gi", "512Mi"),
            ("0.1Ki", "102400m"),
            ("1024", "1024"),
            ("1024Ki", "1Mi"),
            ("123Mi", "123Mi"),
            ("2e3", "2e3"),
            ("2.5e1", "25"),
            ("1E", "1E"),
            ("1e", ""),
            ("12345678", "12345678"),
            ("1500000", "1500k"),
            ("-5Mi", "-5Mi"),
            (".5", "500m"),
            ("5.", "5"),
            ("+", "0"),
            ("Mi", "0"),
            ("0.1n", "1n"),
            ("100Ei", "9223372036854775807"),
            ("1000Ki", "1000Ki"),
            ("1000", "1k"),
        ] {
            match canonical(text) {
                Ok(written) => assert_eq!(written, expected, "{text}"),
                Err(error) => assert_eq!((expected, error), ("", QuantityError::Suffix), "{text}"),
            }
        }
    }

    #[test]
    fn refuses_what_is_no_amount() {
        for text in ["", "abc", "1 Gi", "1,5", "1.2.3", "1e3.5", "Gi5i", "١"] {
            assert_eq!(canonical(text), Err(QuantityError::Format), "{text}");
        }
        for text in ["1GiB", "10mi", "64MB", "1ee3", "--1", "1e99999999999999999999"] {
            assert!(canonical(text).is_err(), "{text}");
        }
    }

    #[test]
    fn compares_amounts_of_different_units() {
        let compare = |left, right| Quantity::parse(left).unwrap().compare(Quantity::parse(right).unwrap());
        assert_eq!(compare("1Gi", "1G"), Ordering::Greater);
        assert_eq!(compare("1000m", "1"), Ordering::Equal);
        assert_eq!(compare("-1", "1m"), Ordering::Less);
        assert_eq!(compare("-2", "-1"), Ordering::Less);
        assert_eq!(compare("1e2000000000", "1E"), Ordering::Greater);
    }

    #[test]
    fn rounds_up() {
        assert_eq!(Quantity::parse("1500m").unwrap().value(), 2);
        assert_eq!(Quantity::of_resource(&Written("1n".into())).to_string(), "1m");
        assert!(!Quantity::parse("500m").unwrap().is_whole());
        assert!(Quantity::parse("5k").unwrap().is_whole());
        assert_eq!(Quantity::parse("1e30").unwrap().value(), i64::MAX);
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in "[-+]?[0-9.]{0,45}[eEinumkKMGTP]{0,2}[-+]?[0-9]{0,12}") {
            if let Ok(amount) = Quantity::parse(&text) {
                let _ = (amount.to_string(), amount.value(), amount.is_whole(), amount.plus(amount), amount.compare(amount));
            }
        }
    }
}
