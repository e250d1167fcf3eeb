//! Numbers that are written as text, and modes that are written in decimal.

use serde_json::Value;

use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::hint::Hint;
use crate::hint::context::Context;
use crate::path::Segment;

/// What to do about `text` where a whole number is wanted.
pub(super) fn wanted(text: &str, finding: &Finding) -> Hint {
    let is_mode = matches!(finding.place.last(), Some(Segment::Field(name)) if matches!(name.as_str(), "defaultMode" | "mode"));
    if is_mode {
        return Hint::new("A mode is a number: `0644`, with the zero and without quotes, or 420 in JSON.");
    }
    let is_of = |name: &str| matches!(name, "runAsUser" | "runAsGroup" | "fsGroup");
    if text.parse::<i64>().is_err() && matches!(finding.place.last(), Some(Segment::Field(name)) if is_of(name)) {
        return Hint::new("Users and groups have numbers here: that of `root` is 0, for example.");
    }
    match text.trim().parse::<i64>() {
        Ok(_) => Hint::new("Quotes make it a string, and a number is wanted: leave them out."),
        Err(_) => Hint::new("Write digits only, without quotes and units."),
    }
}

/// A mode above the largest one, of which the digits may be meant as octal.
pub(super) fn mode(finding: &Finding, context: &Context<'_>) -> Hint {
    let digits = context.value(&finding.place).and_then(Value::as_u64).map(|mode| mode.to_string()).unwrap_or_default();
    match u16::from_str_radix(&digits, 8).ok().filter(|_| digits.len() == 3) {
        Some(mode) => {
            let words =
                format!("`{digits}` is read as a decimal number, and modes are octal: write `0{digits}`, or `{mode}` in JSON.");
            let changes = vec![Change::Set(finding.place.clone(), mode.into())];
            Hint::new(words).with_fix(Fix::safe(format!("Write {mode}, which is 0{digits}"), changes))
        }
        None => Hint::new("Modes are octal and begin with a zero: `0644`, which is 420 in JSON."),
    }
}

#[cfg(test)]
mod tests {
    use crate::hint::testing::{fixed, hints, pod};
    use crate::judge;
    use serde_json::json;

    #[test]
    fn a_mode_is_octal() {
        let volume = |mode: u64| {
            pod(json!({"containers": [{"name": "c", "image": "i"}],
                "volumes": [{"name": "v", "configMap": {"name": "m", "defaultMode": mode}}]}))
        };
        assert_eq!(
            hints(&volume(755)),
            [
                "`755` is read as a decimal number, and modes are octal: write `0755`, or `493` in JSON. [Write 493, which is 0755]"
            ]
        );
        assert_eq!(judge(&fixed(&volume(755))).findings, []);
        for mode in [999, 1000, 780] {
            assert_eq!(hints(&volume(mode)), ["Modes are octal and begin with a zero: `0644`, which is 420 in JSON."]);
        }
    }
}
