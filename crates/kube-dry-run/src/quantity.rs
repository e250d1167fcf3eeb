//! Amounts such as `500m`, `1.5` or `64Mi`.
//!
//! Follows `k8s.io/apimachinery/pkg/api/resource` (quantity.go, suffix.go; v1.35): the same texts are read, compared and
//! written in the same canonical form, or as they stand where upstream reuses the text. Amounts keep 30 significant digits (19
//! with a binary suffix), upstream keeps all.

mod parse;

use std::cmp::Ordering;
use std::fmt;

use k8s_openapi::apimachinery::pkg::api::resource::Quantity as Written;

pub(super) use parse::QuantityError;
use parse::{BINARY_SUFFIXES, DECIMAL_SUFFIXES, Parts, Unit, significant};

const NANO: i32 = -9;
const MILLI: i32 = -3;
const DECIMAL_DIGITS: usize = 30;
const BINARY_DIGITS: usize = 19;
const MAX: i128 = i64::MAX as i128;

/// An amount: `mantissa` times ten to the power of `exponent`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Quantity<'a> {
    mantissa: i128,
    exponent: i32,
    format: Notation,
    size: Size,
    /// The text as it was read, if it is to be written again.
    text: Option<&'a str>,
}

/// Where upstream holds an amount, which shows when it overflows.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Size {
    /// An `int64Amount`.
    Small,
    /// An `inf.Dec`.
    Large,
}

/// How an amount is written.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Notation {
    /// `64Mi`
    Binary,
    /// `500m`
    Decimal,
    /// `2e3`
    Exponent,
}

impl<'a> Quantity<'a> {
    /// Nothing.
    pub(super) const ZERO: Self = Self { mantissa: 0, exponent: 0, format: Notation::Decimal, size: Size::Small, text: None };

    /// Reads an amount.
    pub(super) fn parse(text: &'a str) -> Result<Self, QuantityError> {
        let parts = Parts::split(text)?;
        let unit = Unit::read(parts.suffix).ok_or(QuantityError::Suffix)?;
        let digits = if unit.format == Notation::Binary { BINARY_DIGITS } else { DECIMAL_DIGITS };
        let (mantissa, dropped) = significant(parts.whole, parts.fraction, digits);
        let shift =
            i32::try_from(dropped).unwrap_or(i32::MAX).saturating_sub(i32::try_from(parts.fraction.len()).unwrap_or(i32::MAX));
        let signed = if parts.negative { -mantissa } else { mantissa };
        let (mantissa, exponent) = match unit.format {
            Notation::Binary => (signed.saturating_mul(1 << unit.exponent), shift),
            _ => (signed, shift.saturating_add(unit.exponent)),
        };
        let (format, size) = (unit.format, parts.size(&unit));
        if size == Size::Large && !parts.has_digits {
            return Err(QuantityError::Format);
        }
        let amount = Self { format, size, ..Self::new(mantissa, exponent, format) };
        Ok(match size {
            Size::Small => Self { text: parts.is_canonical(&unit).then_some(text), ..amount },
            Size::Large if format == Notation::Binary => amount.capped().rounded_up(NANO),
            Size::Large => amount.rounded_up(NANO),
        })
    }

    /// The amount that a decoded object holds. The decoder refuses texts that are no amount, so nothing is lost here.
    pub(super) fn of(written: &'a Written) -> Self {
        Self::parse(trimmed(&written.0)).unwrap_or(Self::ZERO)
    }

    /// The amount as the server stores resources: rounded up to thousandths; upstream's `SetDefaults_ResourceList`.
    pub(super) fn of_resource(written: &'a Written) -> Self {
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

    /// True if there is no fraction, as far as upstream's `MilliValue`, which overflows silently, can tell.
    pub(super) fn is_whole(self) -> bool {
        let thousandths = match self.size {
            Size::Small => self.small_value(MILLI),
            Size::Large => low_bits(self.rounded_up(MILLI), MILLI),
        };
        thousandths % 1000 == 0
    }

    /// The amount in whole units, fractions rounded up; upstream's `Value`, which overflows silently.
    pub(super) fn value(self) -> i64 {
        let thousandths = self.scaled_to(MILLI);
        match self.size {
            Size::Small => self.small_value(0),
            Size::Large if thousandths >= MAX => low_bits(self.rounded_up(0), 0),
            Size::Large => {
                let low = low_bits(self.rounded_up(MILLI), MILLI);
                low / 1000 + i64::from(low % 1000 != 0)
            }
        }
    }

    /// The value of a small amount in units of ten to the power of `exponent`; upstream's `AsScaledInt64`.
    fn small_value(self, exponent: i32) -> i64 {
        let rounded = self.rounded_up(exponent);
        let shift = rounded.exponent.saturating_sub(exponent);
        let exact = power(shift).and_then(|unit| i64::try_from(rounded.mantissa.checked_mul(unit)?).ok());
        let wraps = matches!(shift, 1..=3 | 6 | 9);
        exact.unwrap_or_else(|| if wraps { low_bits(rounded, exponent) } else { 0 })
    }

    /// Both amounts together, written as the first.
    pub(super) fn plus(self, other: Self) -> Self {
        let format = if self.is_zero() { other.format } else { self.format };
        let exponent = self.exponent.min(other.exponent);
        let sum = Self::new(self.scaled_to(exponent).saturating_add(other.scaled_to(exponent)), exponent, format);
        let fits = (self.size, other.size) == (Size::Small, Size::Small) && i64::try_from(sum.mantissa).is_ok();
        Self { size: if fits { Size::Small } else { Size::Large }, ..sum }
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

    fn new(mantissa: i128, exponent: i32, format: Notation) -> Self {
        let exponent = if mantissa == 0 { 0 } else { exponent };
        Self { mantissa, exponent, format, ..Self::ZERO }
    }

    /// A binary amount is at most `i64::MAX`, and less than one is written in decimals; so are amounts below nothing.
    fn capped(self) -> Self {
        let absolute = Self { mantissa: self.mantissa.saturating_abs(), ..self };
        if absolute.compare(Self::new(MAX, 0, Notation::Binary)).is_gt() {
            Self { mantissa: MAX * self.mantissa.signum(), exponent: 0, ..self }
        } else if !self.is_zero() && absolute.compare(Self::new(1, 0, Notation::Binary)).is_lt() {
            Self { format: Notation::Decimal, ..self }
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
        Self { mantissa, exponent: if mantissa == 0 { 0 } else { exponent }, text: None, ..self }
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

impl fmt::Display for Quantity<'_> {
    /// The text that was read, or the canonical form: `Quantity.String` and `CanonicalizeBytes`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = self.text {
            return formatter.write_str(text);
        }
        if self.is_zero() {
            return formatter.write_str("0");
        }
        let large = self.compare(Self::new(-1024, 0, Notation::Decimal)).is_le()
            || self.compare(Self::new(1024, 0, Notation::Decimal)).is_ge();
        if self.format == Notation::Binary && large && self.rounded_up(0).compare(*self).is_eq() {
            let mut amount = self.rounded_up(0).scaled_to(0);
            let mut times = 0;
            while amount % 1024 == 0 {
                amount /= 1024;
                times += 1;
            }
            return write!(formatter, "{amount}{}", BINARY_SUFFIXES.get(times).unwrap_or(&""));
        }
        let (amount, exponent) = self.canonical_decimal();
        if self.format == Notation::Exponent {
            return if exponent == 0 { write!(formatter, "{amount}") } else { write!(formatter, "{amount}e{exponent}") };
        }
        let suffix = DECIMAL_SUFFIXES.iter().find(|(power, _)| *power == exponent).map_or("", |(_, suffix)| suffix);
        write!(formatter, "{amount}{suffix}")
    }
}

/// The amount that `text` says in thousandths of a whole, rounded up, as upstream's `MilliValue` without its overflow; `None` if
/// it says none: `64Mi` is 67,108,864,000.
#[must_use]
pub fn milli_value(text: &str) -> Option<i128> {
    Quantity::parse(text).ok().map(|amount| amount.rounded_up(MILLI).scaled_to(MILLI))
}

/// The blanks at the ends of a text that upstream cuts off; the others reach it escaped, inside of the JSON text.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|character: char| {
        character.is_whitespace() && !character.is_ascii_control() && !matches!(character, '\u{2028}' | '\u{2029}')
    })
}

fn power(exponent: i32) -> Option<i128> {
    10_i128.checked_pow(u32::try_from(exponent).ok()?)
}

/// The lower 64 bits of the amount in units of ten to the power of `exponent`, with the sign of the whole.
fn low_bits(amount: Quantity<'_>, exponent: i32) -> i64 {
    let unit = 10_u64.wrapping_pow(u32::try_from(amount.exponent.saturating_sub(exponent)).unwrap_or_default());
    #[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "upstream overflows here")]
    let low = (amount.mantissa.unsigned_abs() as u64).wrapping_mul(unit) as i64;
    if amount.is_negative() { low.wrapping_neg() } else { low }
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
            ("2.5e1", "2.5e1"),
            ("25e-1", "2500e-3"),
            ("1e+3", "1e+3"),
            ("01", "01"),
            ("+2", "+2"),
            ("1.500", "1.500"),
            ("1.5", "1500m"),
            ("-9Ei", "-9223372036854775807"),
            ("1E", "1E"),
            ("1e", ""),
            ("12345678", "12345678"),
            ("1500000", "1500k"),
            ("-5Mi", "-5Mi"),
            (".5", "500m"),
            ("5.", "5."),
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
        for text in ["", "Pi", "-.Ei", "abc", "1 Gi", "1,5", "1.2.3", "1e3.5", "Gi5i", "١"] {
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
        assert_eq!((milli_value("64Mi"), milli_value("128m"), milli_value("1n")), (Some(67_108_864_000), Some(128), Some(1)));
        assert_eq!((milli_value("x"), milli_value("-1")), (None, Some(-1000)));
        assert_eq!(Quantity::parse("1500m").unwrap().value(), 2);
        assert_eq!(Quantity::of_resource(&Written("1n".into())).to_string(), "1m");
        assert!(!Quantity::parse("500m").unwrap().is_whole());
        assert!(Quantity::parse("5k").unwrap().is_whole());
        assert_eq!(Quantity::parse("12e3").unwrap().value(), 12_000);
    }

    #[test]
    fn overflows_as_upstream_does() {
        let of_resource = |text: &str| Quantity::of_resource(&Written(text.into())).value();
        assert_eq!((of_resource("1e30"), of_resource("9223372036854775807")), (0, i64::MAX));
        assert_eq!(of_resource("999999999999999999999999"), 0x1bce_cced_a0ff_ffff);
        assert!(!Quantity::of_resource(&Written("999999999999999999999999".into())).is_whole());
        assert!(Quantity::of_resource(&Written("9223372036854775807".into())).is_whole());
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
