//! What is advised about the documents of a text that is only looked through: for `/check` and the command line.

use kube_dry_run::inspection::{Advised, Lines};
use kube_dry_run::yaml::Parsed;
use pod_advice::{Advice, advise_text};

/// Advises about a document of the text `lines`, whose own comments may silence rules.
pub fn advise(lines: &Lines, parsed: &Parsed) -> Advised {
    let Advice { findings, silenced, omitted } = advise_text(&parsed.value, parsed.part_of(lines.text()));
    Advised { findings, silenced, omitted }
}
