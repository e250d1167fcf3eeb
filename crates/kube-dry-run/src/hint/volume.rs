//! Mounts of volumes that are not defined, and other names of nothing.

use serde_json::json;

use super::Hint;
use super::context::Context;
use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::names;
use crate::path::Segment;
use crate::shown::{listed, shown};
use crate::spelling;

/// How many volumes are compared with a name that is not found.
const MAX_COMPARED: usize = 16;

/// What to do about a name of something that is not there.
pub(super) fn not_found(finding: &Finding, context: &Context<'_>) -> Hint {
    let is_volume = |name: &str| matches!(name, "volumeMounts" | "volumeDevices" | "fileKeyRef");
    let names_volume = |segment: &Segment| matches!(segment, Segment::Field(name) if is_volume(name));
    if !finding.place.segments().iter().any(names_volume) {
        return Hint::new("Nothing in this manifest has this name: define it, or write the name of what is there.");
    }
    let name = context.string(&finding.place).unwrap_or_default();
    if let Some(cause) = finding.caused_by.as_ref().filter(|_| nearest(name, context).is_none_or(|near| !is_good(near))) {
        let cause = shown(cause);
        return Hint::new(format!("This only follows: it is settled once `{cause}` is right and this mount names it."));
    }
    match name {
        "" => Hint::new("The mount does not say which volume it is of: add the `name` of one."),
        name => undefined(name, finding, context),
    }
}

fn undefined(name: &str, finding: &Finding, context: &Context<'_>) -> Hint {
    let volumes = &context.names().volumes;
    let there = listed(volumes.iter().copied(), "and");
    if let Some(near) = nearest(name, context) {
        let fix = Fix::guess(format!("Write {near}"), vec![Change::Set(finding.place.clone(), near.into())]);
        let noun = if volumes.len() == 1 { "volume" } else { "volumes" };
        return Hint::new(format!("This Pod has the {noun} {there}: did you mean `{near}`?")).with_fix(fix);
    }
    let words = match volumes.len() {
        0 => format!("This Pod has no volumes: add one called `{}` under `volumes`, beside `containers`.", shown(name)),
        1 => format!("This Pod has only the volume {there}: mount that, or add one called `{}` under `volumes`.", shown(name)),
        _ => format!("This Pod has the volumes {there}: mount one of them, or add one called `{}`.", shown(name)),
    };
    Hint::new(words).with_fix(added(name, context))
}

/// The volume that somebody probably means who writes `name`.
fn nearest<'a>(name: &str, context: &Context<'a>) -> Option<&'a str> {
    let names = context.names();
    if names.volume_counts.contains_key(name) {
        return None;
    }
    let count = names.volumes.len().min(MAX_COMPARED).min(context.comparisons.get());
    context.comparisons.update(|left| left - count);
    spelling::meant_by(name, names.volumes.iter().take(count).copied())
}

fn is_good(name: &str) -> bool {
    names::dns_label(name).is_empty()
}

/// The fix that adds an emptyDir of this name.
fn added(name: &str, context: &Context<'_>) -> Option<Fix> {
    let list = context.pod_spec().entry("volumes");
    let count = match context.value(&list) {
        None | Some(serde_json::Value::Null) => 0,
        Some(value) => value.as_array()?.len(),
    };
    if !is_good(name) {
        return None;
    }
    let volume = json!({"name": name, "emptyDir": {}});
    Some(Fix::guess(format!("Add an emptyDir volume {name}"), vec![Change::Set(list.index(count), volume)]))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, hints, pod};
    use crate::budget::Budget;
    use crate::judge;
    use crate::stages::{self, Subject};
    use serde_json::{Value, json};

    fn mounting(name: &str, volumes: &[&str]) -> Value {
        let volumes: Vec<_> = volumes.iter().map(|name| json!({"name": name, "emptyDir": {}})).collect();
        let container = json!({"name": "c", "image": "i", "volumeMounts": [{"name": name, "mountPath": "/v"}]});
        pod(json!({"containers": [container], "volumes": volumes}))
    }

    #[test]
    fn the_volumes_that_there_are_are_listed() {
        let told: Vec<_> = [
            mounting("data", &[]),
            mounting("data", &["date"]),
            mounting("data", &["html", "date"]),
            mounting("data", &["html"]),
            mounting("data", &["html", "cache", "logs", "conf", "tmp", "run", "etc"]),
        ]
        .iter()
        .flat_map(hints)
        .collect();
        insta::assert_snapshot!(told.join("\n"), @r"
        This Pod has no volumes: add one called `data` under `volumes`, beside `containers`. [Add an emptyDir volume data]
        This Pod has the volume `date`: did you mean `date`? [Write date]
        This Pod has the volumes `html` and `date`: did you mean `date`? [Write date]
        This Pod has only the volume `html`: mount that, or add one called `data` under `volumes`. [Add an emptyDir volume data]
        This Pod has the volumes `html`, `cache`, `logs`, `conf`, `tmp` and 2 more: mount one of them, or add one called `data`. [Add an emptyDir volume data]
        ");
    }

    #[test]
    fn a_volume_is_named_or_added() {
        for document in [mounting("data", &["date"]), mounting("data", &[]), mounting("data", &["html"])] {
            assert_eq!(judge(&fixed(&document)).findings, []);
        }
        assert_eq!(judge(&mounting("My Data", &[])).findings[0].fix, None);
    }

    #[test]
    fn names_are_compared_only_so_often() {
        let volumes: Vec<_> = (0..100).map(|index| json!({"name": format!("volume-{index}"), "emptyDir": {}})).collect();
        let mount = |index| json!({"name": format!("colume-{index}"), "mountPath": format!("/{index}")});
        let mounts: Vec<_> = (0..4_000).map(mount).collect();
        let document = pod(json!({"containers": [{"name": "c", "image": "i", "volumeMounts": mounts}], "volumes": volumes}));
        let mut budget = Budget::default();
        let subject = Subject { document: &document, positions: None, duplicates: &[], further_duplicates: 0 };
        let found = stages::judge(subject, &mut budget).findings;
        assert_eq!((found.len(), budget.comparisons), (4_000, 0));
        assert!(found.iter().all(|finding| finding.hint.is_some()));
    }

    #[test]
    fn claims_of_a_stateful_set_are_volumes() {
        let claim = json!({"metadata": {"name": "data"}, "spec": {"accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "1Gi"}}}});
        let container = json!({"name": "c", "image": "i", "volumeMounts": [{"name": "date", "mountPath": "/v"}]});
        let document = json!({"apiVersion": "apps/v1", "kind": "StatefulSet", "metadata": {"name": "a"}, "spec": {
            "selector": {"matchLabels": {"a": "b"}}, "volumeClaimTemplates": [claim],
            "template": {"metadata": {"labels": {"a": "b"}}, "spec": {"containers": [container]}}}});
        assert_eq!(hints(&document), ["This Pod has the volume `data`: did you mean `data`? [Write data]"]);
    }
}
