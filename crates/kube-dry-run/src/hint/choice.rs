//! Values that are none of those that are possible.

use serde_json::Value;

use super::Hint;
use super::context::Context;
use super::name::quoted;
use super::word;
use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::path::{Path, Segment};
use crate::shown::{listed, shown};
use crate::spelling;

/// What to do about a value that is none of those that are possible.
pub(super) fn hint(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    let (_, list) = finding.message.rsplit_once("supported values: ")?;
    let supported: Vec<String> = serde_json::from_str(&format!("[{list}]")).ok()?;
    let quoted = quoted(&finding.message);
    let place = place_of(finding, quoted.as_deref(), context);
    let there = context.string(&place);
    let written = there.map(str::to_owned).or(quoted).unwrap_or_default();
    if supported.contains(&written) {
        return Some(Hint::new(
            "Kubernetes 1.35 knows this value, and takes it only with a feature gate that is off by default.",
        ));
    }
    let set = |value: &str| vec![Change::Set(place.clone(), value.into())];
    let is_refused = |value: &str| is_refused(value, finding, context);
    let same = supported.iter().find(|value| is_same(value, &written));
    if let Some(value) = same.filter(|value| !is_refused(value)) {
        let fix = there.map(|_| Fix::safe(format!("Write {value}"), set(value)));
        return Some(Hint::new(format!("Upper and lower case count: write `{value}`.")).with_fix(fix));
    }
    let word = word::meant(&place, &written).filter(|word| supported.iter().any(|value| value == word) && !is_refused(word));
    if let Some(word) = word {
        let fix = there.map(|_| Fix::guess(format!("Write {word}"), set(word)));
        return Some(Hint::new(translated(&place, &written, word)).with_fix(fix));
    }
    let near = spelling::meant_by(&written, supported.iter().map(String::as_str)).map(str::to_owned);
    let meant = near.or_else(|| supported.first().filter(|_| supported.len() == 1).cloned());
    let fix = meant
        .as_ref()
        .filter(|value| there.is_some() && !is_refused(value) && !is_policy_of_job(finding, context))
        .map(|value| Fix::guess(format!("Write {value}"), set(value)));
    Some(Hint::new(words(finding, context, &supported, meant.as_deref())).with_fix(fix))
}

/// Where the value stands that `finding` quotes: of a list, the item.
fn place_of(finding: &Finding, quoted: Option<&str>, context: &Context<'_>) -> Path {
    let items = context.value(&finding.place).and_then(Value::as_array);
    let index = items.and_then(|items| items.iter().position(|item| item.as_str().is_some_and(|item| quoted == Some(item))));
    index.map_or_else(|| finding.place.clone(), |index| finding.place.index(index))
}

/// What to do about a boolean of YAML that stands for one of some possible values.
pub(super) fn of_boolean(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    let place = &finding.place;
    let value = context.value(place)?.as_bool()?.to_string();
    let word = word::meant(place, &value)?;
    let written = context.unquoted(place).unwrap_or(value);
    let set = |word: &str| Fix::guess(format!("Write {word}"), vec![Change::Set(place.clone(), word.into())]);
    let kind = context.kind().map_or("", |kind| kind.name);
    match (is_policy_of_pod(finding, context), kind, word) {
        (true, "Deployment" | "StatefulSet" | "DaemonSet", _) => {
            Some(Hint::new(words(finding, context, &[], None)).with_fix(set("Always")))
        }
        (true, "Job" | "CronJob", "Always") => Some(Hint::new(words(finding, context, &[], None))),
        _ => Some(Hint::new(translated(place, &written, word)).with_fix(set(word))),
    }
}

/// What `written` is called in Kubernetes, where the field at `place` has it.
fn translated(place: &Path, written: &str, word: &str) -> String {
    match place.last() {
        Some(Segment::Field(field)) if field == "protocol" => {
            format!("`{}` goes over {word}: write `protocol: {word}`.", shown(written))
        }
        Some(Segment::Field(field)) => format!("Kubernetes calls this `{word}`: write `{}: {word}`.", shown(field)),
        _ => format!("Kubernetes calls this `{word}`: write that."),
    }
}

/// True of a `restartPolicy` that a Pod may have and the Pods of this kind may not.
fn is_refused(policy: &str, finding: &Finding, context: &Context<'_>) -> bool {
    let is_always = policy == "Always";
    is_policy_of_pod(finding, context)
        && context.kind().is_some_and(|kind| match kind.name {
            "Job" | "CronJob" => is_always,
            "Deployment" | "StatefulSet" | "DaemonSet" => !is_always,
            _ => false,
        })
}

/// True of the `restartPolicy` of the Pods of a Job, which the validation of Pods looks at too.
fn is_policy_of_job(finding: &Finding, context: &Context<'_>) -> bool {
    is_policy_of_pod(finding, context) && context.kind().is_some_and(|kind| matches!(kind.name, "Job" | "CronJob"))
}

fn is_policy_of_pod(finding: &Finding, context: &Context<'_>) -> bool {
    finding.place == context.pod_spec().entry("restartPolicy")
}

/// True of the same word in other letters, or with blanks or joints.
fn is_same(known: &str, written: &str) -> bool {
    const MAX_WORD: usize = 64;
    let letters = |text: &str| text.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    written.len() <= MAX_WORD && !written.is_empty() && letters(known) == letters(written)
}

fn words(finding: &Finding, context: &Context<'_>, supported: &[String], meant: Option<&str>) -> String {
    let kind = context.kind().map_or("", |kind| kind.name);
    match (is_policy_of_pod(finding, context), kind) {
        (true, "Deployment" | "StatefulSet" | "DaemonSet") => {
            format!(
                "The containers of a {kind} are always restarted. For work that ends use a Job, which does `OnFailure` or `Never`."
            )
        }
        (true, "Job" | "CronJob") => {
            format!("The work of a {kind} ends, so its containers are not always restarted: write `OnFailure` or `Never`.")
        }
        _ => match (meant, supported) {
            (Some(meant), [_, _, ..]) => {
                format!("Did you mean `{meant}`? Possible values are {}.", listed(names(supported), "and"))
            }
            (_, [only]) => format!("Only `{only}` is possible here."),
            _ => format!("Write {}, in exactly these letters.", listed(names(supported), "or")),
        },
    }
}

fn names(supported: &[String]) -> impl ExactSizeIterator<Item = &str> {
    supported.iter().map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, hints, with_container};
    use serde_json::json;

    #[test]
    fn the_possible_values_are_named() {
        let mut told = hints(&with_container(json!({"imagePullPolicy": "always", "terminationMessagePolicy": "Fil"})));
        told.extend(hints(&with_container(json!({"imagePullPolicy": "Sometimes"}))));
        told.extend(hints(&with_container(json!({"ports": [{"containerPort": 80, "protocol": "http"}]}))));
        let template = json!({"metadata": {"labels": {"a": "b"}},
            "spec": {"restartPolicy": "Never", "containers": [{"name": "c", "image": "i"}]}});
        let mut document = json!({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"},
            "spec": {"selector": {"matchLabels": {"a": "b"}}, "template": template}});
        told.extend(hints(&document));
        document = json!({"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "a"}, "spec": {"template": template}});
        document["spec"]["template"]["spec"]["restartPolicy"] = json!("Always");
        told.extend(hints(&document));
        insta::assert_snapshot!(told.join("\n"), @r"
        Did you mean `File`? Possible values are `File` and `FallbackToLogsOnError`. [Write File]
        Upper and lower case count: write `Always`. [Write Always]
        Write `Always`, `IfNotPresent` or `Never`, in exactly these letters.
        `http` goes over TCP: write `protocol: TCP`. [Write TCP]
        The containers of a Deployment are always restarted. For work that ends use a Job, which does `OnFailure` or `Never`. [Write Always]
        Say what happens when a container of the Job fails: `OnFailure` starts it again, `Never` makes a new Pod. [Write restartPolicy: Never]
        ");
    }

    #[test]
    fn the_same_word_is_written_right() {
        let document = with_container(json!({"imagePullPolicy": "if-not-present"}));
        assert_eq!(fixed(&document)["spec"]["containers"][0]["imagePullPolicy"], "IfNotPresent");
    }
}
