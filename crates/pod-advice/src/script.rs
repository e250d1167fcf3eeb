//! Changes of the script that a container gives to a shell.

use kube_dry_run::Change;

use crate::shell::Call;
use crate::workload::{Container, Workload};

/// The change that puts what `edit` makes of the text of `call` in its place; `None` if it is in no script.
pub(crate) fn edited(
    workload: &Workload<'_>,
    container: &Container<'_>,
    call: &Call,
    edit: impl Fn(&str) -> Option<String>,
) -> Option<Change> {
    let script = container.process().script?;
    let (before, rest) = script.text.split_at_checked(call.span.start)?;
    let (command, after) = rest.split_at_checked(call.span.len())?;
    let text = format!("{before}{}{after}", edit(command)?);
    Some(Change::Set(workload.place(container).entry(script.field).index(script.position), text.into()))
}
