//! `podweave rule`: what the rules are that findings name.

use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::Args;

use super::complain;
use kube_dry_run::RULES;
use pod_advice::RULES as ADVICE_RULES;

/// The arguments of `podweave rule`.
#[derive(Debug, Args)]
pub(super) struct Rule {
    /// The name of the rule, such as not-shared; without it, all rules are listed
    #[arg(value_name = "RULE")]
    name: Option<String>,
}

/// Writes the page of a rule to the standard output, or a line for each rule.
///
/// The exit status is 0 if there is such a rule, else 1.
///
/// # Errors
/// The standard output takes no more.
pub(super) fn run(arguments: &Rule) -> Result<ExitCode, Box<dyn Error>> {
    let text = arguments.name.as_deref().map_or_else(|| Ok(list()), |name| page(name).ok_or(name));
    match text {
        Ok(text) => io::stdout().write_all(text.as_bytes())?,
        Err(name) => {
            complain(format!("there is no rule `{name}`: `podweave rule` lists them"));
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// All rules, with what they find.
fn rules() -> impl Iterator<Item = (&'static str, &'static str)> {
    let of_kubernetes = RULES.into_iter().map(|known| (known.rule.id(), known.summary));
    of_kubernetes.chain(ADVICE_RULES.iter().map(|known| (known.id(), known.summary)))
}

fn list() -> String {
    let width = rules().map(|(name, _)| name.len()).max().unwrap_or(0);
    let lines: Vec<_> = rules().map(|(name, summary)| format!("{name:width$}  {summary}")).collect();
    lines.join("\n") + "\n"
}

/// The page of the rule that is called `name`, in Markdown.
fn page(name: &str) -> Option<String> {
    let advice = ADVICE_RULES.iter().find(|known| known.id() == name).map(|known| known.page.to_owned());
    advice.or_else(|| rules().find(|(known, _)| *known == name).map(|(name, summary)| format!("# {name}\n\n{summary}\n")))
}
