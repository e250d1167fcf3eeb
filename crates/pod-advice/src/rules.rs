//! All rules, in the order in which they speak.

mod args_without_command;
mod chown_needs_root;
mod command_in_one_item;
mod data_not_kept;
mod disk_limit_soft;
mod disk_unbounded;
mod env_reference_order;
mod ephemeral_sum;
mod eviction_bare_pod;
mod folded_continuation;
mod git_repo_volume;
mod ignores_unknown_rule;
mod image_unparsable;
mod image_volume;
mod init_dotfiles;
mod init_never_ends;
mod init_not_idempotent;
mod init_private_files;
mod init_waits_for_app;
mod job_never_ends;
mod latest_tag;
mod lifetime;
mod medium_unknown;
mod memory_capped;
mod memory_oom;
mod memory_oom_loop;
mod memory_unbounded;
mod memory_writer_pays;
mod mode_written_decimal;
mod mount_hides_image;
mod mount_hides_log_links;
mod mount_hides_program;
mod mount_log_parent;
mod mount_nested;
mod mount_path_more;
mod mount_path_options;
mod mount_relative;
mod mount_same_place;
mod mount_system;
mod no_pod_starts;
mod nobody_writes;
mod not_shared;
mod one_shot_restarts;
mod pasted_characters;
mod port_clash;
mod read_only_root;
mod reads_other_path;
mod reads_unwritten_file;
mod replicas_not_shared;
mod run_as_non_root;
mod same_file_twice;
mod secret_in_link;
mod server_in_background;
mod serves_elsewhere;
mod shell_exits_at_once;
mod shell_signs_without_shell;
mod sidecar_misplaced;
mod sidecar_never;
mod sidecar_not_gated;
mod signal_needs_shared_processes;
mod size_huge;
mod size_milli;
mod size_zero;
mod socket_stale;
mod start_race;
mod sub_path_file;
mod sub_path_frozen;
mod sub_path_root_owned;
mod tail_name;
mod typographic_quotes;
mod user_mix;
mod volume_without_source;
mod writes_outside_mount;
mod writes_read_only;

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
    size_huge::RULE,
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
    mount_relative::RULE,
    mount_log_parent::RULE,
    mount_system::RULE,
    memory_writer_pays::RULE,
    memory_oom_loop::RULE,
    memory_capped::RULE,
    disk_limit_soft::RULE,
    eviction_bare_pod::RULE,
    ephemeral_sum::RULE,
    size_zero::RULE,
    lifetime::RULE,
    init_not_idempotent::RULE,
    init_dotfiles::RULE,
    sidecar_not_gated::RULE,
    sidecar_never::RULE,
    sidecar_misplaced::RULE,
    one_shot_restarts::RULE,
    not_shared::RULE,
    sub_path_root_owned::RULE,
    socket_stale::RULE,
    read_only_root::RULE,
    replicas_not_shared::RULE,
    volume_without_source::RULE,
    git_repo_volume::RULE,
    image_volume::RULE,
    shell_signs_without_shell::RULE,
    args_without_command::RULE,
    image_unparsable::RULE,
    port_clash::RULE,
    sub_path_frozen::RULE,
    signal_needs_shared_processes::RULE,
    mode_written_decimal::RULE,
    typographic_quotes::RULE,
    env_reference_order::RULE,
    init_private_files::RULE,
    mount_hides_program::RULE,
    mount_hides_log_links::RULE,
    writes_read_only::RULE,
    writes_outside_mount::RULE,
    reads_other_path::RULE,
    reads_unwritten_file::RULE,
    serves_elsewhere::RULE,
    data_not_kept::RULE,
    server_in_background::RULE,
    same_file_twice::RULE,
    init_waits_for_app::RULE,
    run_as_non_root::RULE,
    chown_needs_root::RULE,
    folded_continuation::RULE,
    pasted_characters::RULE,
    mount_path_options::RULE,
    mount_path_more::RULE,
    sub_path_file::RULE,
    no_pod_starts::RULE,
    ignores_unknown_rule::RULE,
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
