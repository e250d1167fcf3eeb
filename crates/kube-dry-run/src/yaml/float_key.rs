//! Keys that are fractions.

/// The text that a key with the value `number` becomes: `strconv.FormatFloat(number, 'g', -1, 32)` of Go, as
/// `convertToJSONableObject` of `sigs.k8s.io/yaml` (Kubernetes v1.35) uses it.
pub(super) fn text(number: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "upstream keeps 32 bits of a key")]
    let number = number as f32;
    if number.is_nan() {
        return ".nan".to_owned();
    }
    if number.is_infinite() {
        return if number > 0.0 { ".inf" } else { "-.inf" }.to_owned();
    }
    let scientific = format!("{number:e}");
    match scientific.split_once('e').map(|(digits, power)| (digits, power.parse::<i32>().unwrap_or_default())) {
        Some((digits, power)) if !(-4..6).contains(&power) => {
            let sign = if power < 0 { '-' } else { '+' };
            format!("{digits}e{sign}{:02}", power.abs())
        }
        _ => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_as_go_does() {
        for (number, expected) in [
            (1.5, "1.5"),
            (1.0, "1"),
            (-1e3, "-1000"),
            (123_456.0, "123456"),
            (1e6, "1e+06"),
            (0.0001, "0.0001"),
            (0.000_012_5, "1.25e-05"),
            (1.234_567_890_123_456_8e29, "1.2345679e+29"),
            (1e300, ".inf"),
            (-1e300, "-.inf"),
            (f64::NAN, ".nan"),
        ] {
            assert_eq!(text(number), expected);
        }
    }
}
