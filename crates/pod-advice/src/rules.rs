//! All rules, in the order in which they speak.

mod command_in_one_item;
mod disk_unbounded;
mod init_never_ends;
mod job_never_ends;
mod latest_tag;
mod medium_unknown;
mod memory_oom;
mod memory_unbounded;
mod mount_hides_image;
mod mount_nested;
mod mount_same_place;
mod nobody_writes;
mod secret_in_link;
mod shell_exits_at_once;
mod size_milli;
mod start_race;
mod tail_name;
mod user_mix;

use crate::rule::AdviceRule;

/// All rules, in the order in which they speak.
pub static RULES: &[AdviceRule] = &[
    nobody_writes::RULE,
    shell_exits_at_once::RULE,
    command_in_one_item::RULE,
    mount_same_place::RULE,
    mount_nested::RULE,
    mount_hides_image::RULE,
    medium_unknown::RULE,
    size_milli::RULE,
    memory_unbounded::RULE,
    memory_oom::RULE,
    job_never_ends::RULE,
    init_never_ends::RULE,
    tail_name::RULE,
    start_race::RULE,
    disk_unbounded::RULE,
    user_mix::RULE,
    latest_tag::RULE,
    secret_in_link::RULE,
];

/// The rule that is called `id`.
#[must_use]
pub fn named(id: &str) -> Option<&'static AdviceRule> {
    RULES.iter().find(|rule| rule.id() == id)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use kube_dry_run::Stage;

    #[test]
    fn every_rule_has_its_own_name_and_one_of_the_later_stages() {
        assert_eq!(RULES.iter().map(AdviceRule::id).collect::<HashSet<_>>().len(), RULES.len());
        assert!(RULES.iter().all(|rule| rule.stage != Stage::Admitted && rule.summary.ends_with('.')));
        assert!(kube_dry_run::RULES.iter().all(|known| named(known.rule.id()).is_none()));
    }
}
