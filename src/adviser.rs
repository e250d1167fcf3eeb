//! What is advised about the documents of a text that is only looked through: for `/check` and the command line.

use kube_dry_run::inspection::{Advised, Lines};
use kube_dry_run::yaml::Parsed;
use pod_advice::{Advice, advise_text, silencing_comment};

/// Advises about the documents of the text `lines`, whose comments may silence rules.
pub fn adviser(lines: &Lines) -> impl Fn(&Parsed) -> Advised + use<> {
    let comment = silencing_comment(lines.text());
    move |parsed| {
        let Advice { findings, silenced, omitted } = advise_text(&parsed.value, &comment);
        Advised { findings, silenced, omitted }
    }
}
