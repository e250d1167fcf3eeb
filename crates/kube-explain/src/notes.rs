//! What is known of fields beyond their descriptions: the tables of this crate, by type and field.
//!
//! `limits.memory` is the entry `memory` of the map `limits`; the type `*` is every kind.

mod choices;
mod default;
mod history;
mod need;
mod stage;
mod uses;

pub use default::DefaultValue;
pub use need::Need;
pub use stage::Stage;
pub use uses::{MAX_COMMENT, Use};

pub(crate) use choices::choices;
pub(crate) use default::default;
pub(crate) use history::history;
pub(crate) use need::need;
pub(crate) use stage::stage;
pub(crate) use uses::{known_comment, may_have_comment, use_of};

/// The entries of `resources.requests` and `resources.limits` that are explained for themselves.
pub(crate) const AMOUNTS: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];

/// The fields that [`explain`](crate::explain) has a [`Use`] for, as type and field: `("EmptyDirVolumeSource", "sizeLimit")`.
pub fn explained_fields() -> impl Iterator<Item = (&'static str, &'static str)> {
    uses::USES.iter().map(|entry| (entry.owner, entry.field))
}

/// True if an entry of a table for the field `field` of `owner` speaks of the one that is asked for.
fn is_about(owner: &str, field: &str, asked_owner: &str, asked_field: &str) -> bool {
    field == asked_field && (owner == asked_owner || owner == "*" && kube_dry_run::kinds::Kind::named(asked_owner).is_some())
}

#[cfg(test)]
pub(crate) mod testing {
    use crate::table::{Definition, definitions};

    /// Whether the schema has the field that an entry of a table is about.
    pub(crate) fn exists(owner: &str, field: &str) -> bool {
        if let Some((holder, held)) = owner.split_once('.') {
            let held = Definition::named(holder).and_then(|definition| definition.field(held)?.type_.definition_name());
            return held.is_some_and(|owner| exists(owner, field));
        }
        let field = field.split_once('.').map_or(field, |(map, _)| map);
        match owner {
            "*" => definitions().any(|definition| definition.field(field).is_some()),
            owner => Definition::named(owner).is_some_and(|definition| definition.field(field).is_some()),
        }
    }
}
