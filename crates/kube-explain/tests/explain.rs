//! What is said about fields, and what of paths that lead to none.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use kube_dry_run::Path;
use kube_dry_run::kinds::{KINDS, Kind};
use kube_explain::{Explanation, FieldType, Need, Unknown, explain, explain_field, explained_fields, to_text};

fn pod(path: &str) -> Explanation {
    explain("Pod", path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn unknown(kind: &str, path: &str) -> Unknown {
    explain(kind, path).unwrap_err()
}

#[test]
fn five_explanations() {
    for path in [
        "spec.volumes.emptyDir.sizeLimit",
        "spec.volumes.emptyDir",
        "spec.containers.imagePullPolicy",
        "spec.initContainers[0].restartPolicy",
        "cronjob.spec.jobTemplate.spec.template.spec.containers[0].resources.limits.memory",
    ] {
        insta::assert_snapshot!(path.replace(['[', ']'], "_"), to_text(&pod(path), 80));
    }
}

#[test]
fn a_path_may_be_written_in_many_ways() {
    for written in [
        "spec.volumes.emptyDir.sizeLimit",
        "spec.volumes[0].emptyDir.sizeLimit",
        ".spec.volumes[*].emptyDir.sizeLimit",
        "spec.volumes[].emptyDir.sizeLimit:",
        " spec.volumes.0.emptyDir.sizeLimit ",
        "pod.spec.volumes[html].emptyDir.sizeLimit",
        "Pods.spec.volumes.emptyDir.sizeLimit",
        "po.spec.volumes.emptyDir.sizeLimit",
    ] {
        let explanation = pod(written);
        assert_eq!(
            (explanation.path.as_str(), explanation.link.as_str()),
            ("spec.volumes.emptyDir.sizeLimit", "spec.volumes.emptyDir.sizeLimit"),
            "{written}"
        );
    }
}

#[test]
fn a_kind_in_the_path_goes_before_the_other() {
    let replicas = explain("Pod", "deploy.spec.replicas").unwrap();
    assert_eq!((replicas.kind, replicas.link.as_str()), ("Deployment", "deployment.spec.replicas"));
    assert_eq!(explain("StatefulSet", "spec.replicas").unwrap().link, "statefulset.spec.replicas");
    let job = explain("job", "").unwrap();
    assert_eq!((job.name, job.link.as_str(), job.path.as_str()), ("Job", "job", ""));
    assert!(job.children.iter().any(|child| child.link == "job.spec"));
}

#[test]
fn links_lead_back() {
    for kind in &KINDS {
        let mut open = vec![explain(kind.name, "").unwrap()];
        let mut count = 0;
        while let Some(explanation) = open.pop() {
            count += 1;
            assert_eq!(explain("Pod", &explanation.link).as_ref(), Ok(&explanation));
            assert!(
                explanation.link.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte)),
                "{}",
                explanation.link
            );
            let above = explanation.steps.last();
            assert!(above.is_none_or(|step| explain("Pod", &step.link).unwrap().name == step.name));
            assert!(explanation.link.len() < 200, "{}", explanation.link);
            assert!(!explanation.summary.is_empty(), "{}", explanation.link);
            assert!(!explanation.summary.contains("\n\n") && explanation.type_in_words().len() < 100);
            // The Pod inside of the other kinds is that of the first.
            let is_template = kind.name != "Pod" && explanation.name == "template";
            for child in explanation.children.iter().filter(|_| !is_template) {
                let inside = explain("Pod", &child.link).unwrap();
                assert_eq!((inside.name, inside.summary, &inside.field_type), (child.name, child.summary, &child.field_type));
                open.push(inside);
            }
        }
        assert!(count > if kind.name == "Pod" { 1_000 } else { 30 }, "{}: {count}", kind.name);
    }
}

#[test]
fn entries_of_maps_are_explained_by_their_map() {
    for path in ["metadata.labels[app.kubernetes.io/name]", "metadata.labels.app", "metadata.labels"] {
        assert_eq!(pod(path).link, "metadata.labels");
    }
    let limits = pod("spec.containers.resources.limits");
    assert_eq!(limits.children.iter().map(|child| child.name).collect::<Vec<_>>(), ["cpu", "memory", "ephemeral-storage"]);
    assert_eq!(pod("spec.containers[0].resources.limits[nvidia.com/gpu]").link, "spec.containers.resources.limits");
    let storage = pod("spec.containers.resources.requests[ephemeral-storage]");
    assert_eq!(storage.field_type, FieldType::Quantity);
    assert_eq!(storage.steps.last().unwrap().link, "spec.containers.resources.requests");
}

#[test]
fn a_path_of_a_document_is_explained() {
    let path: Path = "spec.template.spec.containers[2].volumeMounts[0].mountPath".parse().unwrap();
    let mount = explain_field(Kind::named("Job").unwrap(), &path).unwrap();
    assert_eq!(mount.link, "job.spec.template.spec.containers.volumeMounts.mountPath");
    assert_eq!(mount.need, Need::Required);
}

#[test]
fn fields_appeared_in_releases() {
    for (path, since) in [
        ("spec.volumes.emptyDir", "1.8 or before"),
        ("spec.containers.startupProbe", "1.16"),
        ("spec.initContainers.restartPolicy", "1.28"),
        ("spec.containers.volumeMounts.recursiveReadOnly", "1.30"),
        ("spec.volumes.image", "1.31"),
        ("spec.volumes.image.reference", "1.31"),
        ("spec.resources", "1.32"),
        ("spec.resources.limits", "1.32"),
        ("cronjob.spec.timeZone", "1.24"),
    ] {
        assert_eq!(pod(path).since.to_string(), since, "{path}");
    }
}

#[test]
fn slips_lead_to_what_was_meant() {
    for (kind, path, near) in [
        ("Pod", "spec.volumes.emptydir.sizeLimit", vec!["spec.volumes.emptyDir.sizeLimit"]),
        ("Pod", "spec.volume.emptyDir", vec!["spec.volumes.emptyDir"]),
        ("Pod", "spec.containers.volumeMount.mountPath", vec!["spec.containers.volumeMounts.mountPath"]),
        ("Deployment", "spec.containers.image", vec!["deployment.spec.template.spec.containers.image"]),
        ("CronJob", "containers[0].image", vec!["cronjob.spec.jobTemplate.spec.template.spec.containers.image"]),
        ("Pod", "containers.image", vec!["spec.containers.image"]),
        ("Pod", "emptyDir", vec!["spec.volumes.emptyDir"]),
        ("Pod", "volumes.sizelimit", vec![]),
        ("Pod", "emptydir.sizelimit", vec!["spec.volumes.emptyDir.sizeLimit"]),
        ("Pod", "Spec.Volumes.EmptyDir", vec!["spec.volumes.emptyDir"]),
        ("Pod", "SPEC.containers[0].volumemounts", vec!["spec.containers.volumeMounts"]),
        ("Pod", "spec/volumes/emptyDir", vec!["spec.volumes.emptyDir"]),
        ("Pod", "volume.emptyDir", vec!["spec.volumes.emptyDir"]),
        ("Pod", "container.image", vec!["spec.containers.image"]),
        ("Pod", "spec.jobTemplate", vec!["cronjob.spec.jobTemplate"]),
        ("Pod", "spec.nothing.like.it", vec![]),
        ("Pod", "spec.volumes.emptyDir.size", vec!["spec.volumes.emptyDir.sizeLimit"]),
        (
            "Pod",
            "replicas",
            vec![
                "deployment.spec.replicas",
                "statefulset.spec.replicas",
                "replicaset.spec.replicas",
                "replicationcontroller.spec.replicas",
            ],
        ),
        ("Pod", "schedule", vec!["cronjob.spec.schedule"]),
        ("Pod", "backofflimit", vec!["job.spec.backoffLimit", "cronjob.spec.jobTemplate.spec.backoffLimit"]),
        ("Pod", "sidecar", vec![]),
    ] {
        assert_eq!(unknown(kind, path).near, near, "{path}");
    }
}

#[test]
fn kinds_have_the_short_names_of_kubectl() {
    for (short, kind) in [
        ("po", "Pod"),
        ("deploy", "Deployment"),
        ("sts", "StatefulSet"),
        ("ds", "DaemonSet"),
        ("cj", "CronJob"),
        ("rs", "ReplicaSet"),
        ("rc", "ReplicationController"),
    ] {
        for explained in [explain("Pod", short), explain("Pod", &format!("{short}.spec")), explain(short, "spec")] {
            assert_eq!(explained.map(|explained| explained.kind), Ok(kind), "{short}");
        }
    }
    for short in ["svc", "cm", "pvc", "ing"] {
        assert!(unknown(short, "").to_string().starts_with(&format!("`{short}` is no kind that is explained")), "{short}");
    }
}

#[test]
fn what_is_not_known_is_said_with_the_nearest_field() {
    let wrong = unknown("Pod", "spec.volumes[0].emptyDirectory");
    assert_eq!(wrong.to_string(), "Volume has no field `emptyDirectory` (at `spec.volumes`)");
    assert_eq!(wrong.nearest, "spec.volumes");
    let leaf = unknown("Pod", "spec.containers.image.tag");
    assert_eq!(leaf.to_string(), "`spec.containers.image` has no field `tag`: it is of type string");
    assert_eq!(unknown("Pod", "spec[0]").to_string(), "PodSpec has no item 0 (at `spec`)");
    assert_eq!(unknown("Pod", "spec.containers[0][1].image").nearest, "spec.containers");
    assert!(
        unknown("Service", "spec").to_string().starts_with("`Service` is no kind that is explained; those are Pod, Deployment")
    );
    for path in ["service.spec.ports", "ConfigMaps.data", "persistentvolumeclaim", "ingresses.spec", "svc", "cm.data", "pvc.spec"]
    {
        let kind = path.split('.').next().unwrap();
        assert!(
            unknown("Pod", path).to_string().starts_with(&format!("`{kind}` is no kind that is explained; those are Pod,")),
            "{path}"
        );
    }
    for path in ["spec..volumes", "spec[", &"a.".repeat(400), &"spec.".repeat(200_000), "\u{0}", "spec.\u{1f680}"] {
        let error = unknown("Pod", path);
        assert!(!error.message.is_empty() && error.message.len() < 500, "{}", error.message);
        assert!(explain("Pod", &error.nearest).is_ok());
    }
}

/// One type of the schema may stand in several places, with a use of its own in each.
#[test]
fn a_use_is_that_of_the_place() {
    let used = |kind: &str, path: &str| explain(kind, path).unwrap().used_for.map_or("", |used| used.text);
    for field in ["requests", "requests.cpu", "requests.memory", "limits", "limits.cpu", "limits.memory"] {
        let (of_pod, of_container) =
            (used("Pod", &format!("spec.resources.{field}")), used("Pod", &format!("spec.containers.resources.{field}")));
        assert!(!of_pod.contains("the container,") && of_pod.contains("together") && of_pod != of_container, "{field}: {of_pod}");
    }
    let inside = explain("Pod", "spec.resources.limits").unwrap();
    assert_eq!(inside.children.iter().map(|child| child.name).collect::<Vec<_>>(), ["cpu", "memory"]);
    assert!(used("Pod", "metadata.name").starts_with("Identifies the object"));
    assert!(used("Deployment", "spec.template.metadata.name").starts_with("Names nothing"));
    assert!(used("CronJob", "spec.jobTemplate.metadata.name").starts_with("Names nothing"));
    assert!(used("StatefulSet", "spec.volumeClaimTemplates.metadata.name").contains("`volumeMounts`"));
    for (kind, path) in [("StatefulSet", "spec.volumeClaimTemplates"), ("Pod", "spec.volumes.ephemeral.volumeClaimTemplate")] {
        assert!(!used(kind, &format!("{path}.metadata.labels")).contains("Pods"), "{path}");
    }
}

/// The fields that the form has an input for, and the lists and objects around them.
const FORM: &str = include_str!("form.txt");

#[test]
fn every_field_of_the_form_has_its_use() {
    for kind in KINDS.iter().filter(|kind| kind.name != "PodTemplate") {
        let template = kind.pod_template().to_string();
        for path in FORM.lines().filter(|line| !line.starts_with('#')) {
            let whole = if template.is_empty() { path.to_owned() } else { format!("{template}.{path}") };
            let explanation = explain(kind.name, &whole).unwrap();
            assert!(explanation.used_for.is_some(), "{}", explanation.link);
        }
        for path in ["apiVersion", "kind", "metadata", "metadata.name", "metadata.namespace", "metadata.annotations", "spec"] {
            assert!(explain(kind.name, path).unwrap().used_for.is_some(), "{path}");
        }
    }
}

#[test]
fn the_fields_with_a_use_are_told() {
    assert!(explained_fields().any(|field| field == ("EmptyDirVolumeSource", "sizeLimit")));
}

#[test]
fn lines_are_as_wide_as_the_terminal() {
    for kind in &KINDS {
        for width in [0, 40, 72, 1_000] {
            let text = to_text(&explain(kind.name, format!("{}.spec", kind.pod_template()).trim_matches('.')).unwrap(), width);
            let most = width.clamp(40, 100);
            assert!(text.lines().all(|line| line.chars().count() <= most || !line.trim_start().contains(' ')), "{width}\n{text}");
            assert!(text.ends_with('\n'));
        }
    }
}
