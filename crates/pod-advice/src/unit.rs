//! Amounts as they are written, and with the unit that was meant.

use kube_dry_run::{Change, Fix, Path};
use serde_json::Value;

/// An amount as it is written, which may be a text or a number.
pub(crate) fn as_written(amount: &Value) -> String {
    amount.as_str().map_or_else(|| amount.to_string(), str::to_owned)
}

/// The fix that writes each of `amounts` as `meant` says; none if it does not say so of all.
pub(crate) fn rewritten(amounts: &[(Path, &Value)], meant: impl Fn(&Value) -> Option<String>) -> Option<Fix> {
    let title = format!("Write {}", meant(amounts.first()?.1)?);
    let changes = amounts.iter().map(|(place, written)| meant(written).map(|text| Change::Set(place.clone(), text.into())));
    Some(Fix::guess(title, changes.collect::<Option<_>>()?))
}
