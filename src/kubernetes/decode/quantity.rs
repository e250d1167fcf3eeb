//! The syntax of quantities, as far as decoding checks it.
//!
//! Follows `ParseQuantity` and `quantitySuffixer` of `k8s.io/apimachinery/pkg/api/resource` (v1.35).

const FORMAT: &str = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
const NUMERIC: &str = "unable to parse numeric part of quantity";
const SUFFIX: &str = "unable to parse quantity's suffix";

/// Smaller exponents take upstream's slow way, which insists on digits.
const SMALLEST: i64 = -9;

const SUFFIXES: [&str; 16] = ["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

/// Checks that `text` is a quantity. A unit may stand without a number, which is nothing then.
///
/// # Errors
/// The server's reason against it.
pub(super) fn check(text: &str) -> Result<(), &'static str> {
    if text.is_empty() {
        return Err(FORMAT);
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, rest) = digits(unsigned);
    let (fraction, suffix) = match rest.strip_prefix('.') {
        Some(rest) => digits(rest),
        None => ("", rest),
    };
    check_shape(suffix)?;
    match exponent(suffix) {
        Some(exponent) if exponent < SMALLEST && whole.is_empty() && fraction.is_empty() => Err(NUMERIC),
        None if !SUFFIXES.contains(&suffix) => Err(SUFFIX),
        _ => Ok(()),
    }
}

/// A suffix is letters of units, a sign and digits; all else is no quantity at all.
fn check_shape(suffix: &str) -> Result<(), &'static str> {
    let after_letters = suffix.trim_start_matches(|letter| "eEinumkKMGTP".contains(letter));
    let after_sign = after_letters.strip_prefix(['+', '-']).unwrap_or(after_letters);
    if digits(after_sign).1.is_empty() { Ok(()) } else { Err(FORMAT) }
}

/// The whole number after `e` or `E`.
fn exponent(suffix: &str) -> Option<i64> {
    suffix.strip_prefix(['e', 'E'])?.parse().ok()
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepts_what_the_server_accepts() {
        for text in
            ["0", "64Mi", "-1", "+.5", "1.", "1e3", "1E-3", "0.1m", "100n", "12E", "007", "+", "-", "Mi", "-.k", "e-9", "5e-10"]
        {
            assert_eq!(check(text), Ok(()), "{text}");
        }
    }

    #[test]
    fn refuses_for_the_servers_reasons() {
        for (text, reason) in [
            ("", FORMAT),
            ("64 Mi", FORMAT),
            ("1,5", FORMAT),
            ("lots", FORMAT),
            ("1.2.3", FORMAT),
            ("64mi", SUFFIX),
            ("1e", SUFFIX),
            ("1Kii", SUFFIX),
            ("1m5", SUFFIX),
            ("e-10", NUMERIC),
        ] {
            assert_eq!(check(text), Err(reason), "{text}");
        }
    }
}
