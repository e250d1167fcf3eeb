//! Manifests with thousands of everything, judged and shown.

use kube_dry_run::yaml;
use kube_dry_run::{Finding, Judgement, Path, Verdict, judge_parsed};
use podweave::diagram::{Picture, Use};
use podweave::document::File;
use podweave::import::ImportError;
use podweave::pipeline;

const MANY: usize = 5_000;

/// Below these lines come the fields of the only container, or of the Pod's `spec`.
const CONTAINER: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: a\n";
const SPEC: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n";
/// Below these lines comes the `metadata` of a Pod.
const METADATA: &str = "apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, image: a}]}\nmetadata:\n  name: a\n";
const TEMPLATE: &str =
    "  template: {metadata: {labels: {a: b}}, spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}\n";

/// `item` thousands of times, each with its number for every `#`.
fn many(item: &str) -> String {
    (0..MANY).map(|number| item.replace('#', &number.to_string()) + "\n").collect()
}

/// The answer to the only document of `text`, which is looked at in every other way as well.
fn answer(text: &str) -> Judgement {
    let parsed = yaml::parse(text).unwrap().remove(0);
    let judgement = judge_parsed(&parsed);
    for finding in &judgement.findings {
        assert!(finding.field.parse::<Path>().is_ok());
        assert!(parsed.positions.value(&finding.place).line > 0);
    }
    assert!(!Picture::of(&parsed.value).svg(Use::Inline).is_empty());
    match File::open(text.to_owned(), None) {
        Ok(file) => {
            let verdict = pipeline::report(&file).outcome.verdict;
            assert_eq!((verdict, file.lines().len()), (judgement.verdict, text.lines().count()));
        }
        Err(error) => assert!(matches!(error, ImportError::TooLarge { .. } | ImportError::DuplicateKey { .. }), "{error}"),
    }
    judgement
}

#[track_caller]
fn accepted(text: &str) {
    let judgement = answer(text);
    assert_eq!(judgement.verdict, Verdict::Accepted, "{:?}", judgement.findings.first());
}

/// Expects the number of errors and the end of the last of them.
/// What the server says of a document it refuses, without what it would say later.
fn now(judgement: Judgement) -> Vec<Finding> {
    judgement.findings.into_iter().filter(|finding| !finding.later).collect()
}

#[track_caller]
fn refused(text: &str, count: usize, last: &str) {
    let errors = now(answer(text));
    let message = errors.last().map(|error| error.message.as_str()).unwrap_or_default();
    assert!(errors.len() == count && message.ends_with(last), "{} errors, the last: {message:.500}", errors.len());
}

#[test]
fn containers() {
    accepted(&format!("{SPEC}  containers:\n{}", many("  - {name: c#, image: a}")));
    accepted(&format!("{CONTAINER}  initContainers:\n{}", many("  - {name: c#, image: a}")));
    refused(&format!("{SPEC}  containers:\n{}", many("  - {name: c, image: a}")), MANY - 1, "Duplicate value: \"c\"");
    refused(&format!("{SPEC}  containers:\n{}", many("  - {name: c#}")), MANY, ".image: Required value");
    refused(
        &format!("{SPEC}  containers:\n{}", many("  - {name: c#, image: a, ports: [{containerPort: 80, hostPort: 80}]}")),
        MANY - 1,
        "Duplicate value: \"TCP//80\"",
    );
}

#[test]
fn volumes() {
    accepted(&format!("{CONTAINER}  volumes:\n{}", many("  - {name: v#, emptyDir: {}}")));
    refused(&format!("{CONTAINER}  volumes:\n{}", many("  - {name: v, emptyDir: {}}")), MANY - 1, "Duplicate value: \"v\"");
    refused(
        &format!("{CONTAINER}  volumes:\n{}", many("  - {name: v#, emptyDir: {}, hostPath: {path: /}}")),
        MANY,
        "1 volume type",
    );
}

#[test]
fn mounts() {
    let volumes = format!("  volumes:\n{}", many("  - {name: v#, emptyDir: {}}"));
    accepted(&format!("{CONTAINER}    volumeMounts:\n{}{volumes}", many("    - {name: v#, mountPath: /#}")));
    refused(&format!("{CONTAINER}    volumeMounts:\n{}", many("    - {name: v#, mountPath: /#}")), MANY, "Not found: \"v4999\"");
    refused(
        &format!("{CONTAINER}    volumeMounts:\n{}{volumes}", many("    - {name: v#, mountPath: /a}")),
        MANY - 1,
        "must be unique",
    );
}

#[test]
fn environment_and_ports() {
    accepted(&format!("{CONTAINER}    env:\n{}", many("    - {name: E#, value: x}")));
    accepted(&format!("{CONTAINER}    env:\n{}", many("    - {name: E, value: x}")));
    accepted(&format!("{CONTAINER}    envFrom:\n{}", many("    - configMapRef: {name: e#}")));
    accepted(&format!("{CONTAINER}    ports:\n{}", many("    - {containerPort: 1#}").replace(": 1", ": 4")));
    refused(
        &format!("{CONTAINER}    ports:\n{}", many("    - {name: p, containerPort: 80}")),
        MANY - 1,
        "Duplicate value: \"p\"",
    );
}

#[test]
fn errors_of_the_decoder() {
    let wrong_type = answer(&format!("{CONTAINER}    env:\n{}", many("    - {name: E, value: 1}")));
    assert_eq!((wrong_type.verdict, now(wrong_type).len()), (Verdict::DecodeError, 100));
    let unknown = answer(&format!("{CONTAINER}    env:\n{}", many("    - {name: E, valu: x}")));
    assert_eq!((unknown.verdict, now(unknown).len()), (Verdict::StrictError, 100));
    let twice = answer(&format!("{CONTAINER}    env:\n{}", many("    - {name: E, name: E}")));
    assert_eq!((twice.verdict, now(twice).len()), (Verdict::StrictError, 100));
}

#[test]
fn resources() {
    let amounts = many("        a.b/r#: 1");
    accepted(&format!("{CONTAINER}    resources:\n      limits:\n{amounts}      requests:\n{amounts}"));
    refused(&format!("{CONTAINER}    resources:\n      claims:\n{}", many("      - name: r")), 2 * MANY - 1, "which is empty");
    let zeros = "0".repeat(1 << 20);
    accepted(&format!("{CONTAINER}    resources: {{limits: {{cpu: \"{zeros}1\", memory: \"1.{zeros}\"}}}}\n"));
    accepted(&format!("{CONTAINER}    resources: {{limits: {{cpu: \"1e999999999\", memory: \"1{zeros}\"}}}}\n"));
}

#[test]
fn metadata() {
    accepted(&format!("{METADATA}  labels:\n{}", many("    k#: v")));
    accepted(&format!("{METADATA}  finalizers:\n{}", many("  - a.b/#")));
    refused(
        &format!("{METADATA}  labels:\n{}", many("    k#: v v")),
        MANY,
        "an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    );
}

#[test]
fn annotations() {
    refused(&format!("{METADATA}  annotations: {{a: \"{}\"}}\n", "x".repeat(2 << 20)), 1, "may not be more than 262144 bytes");
    refused(
        &format!("{METADATA}  annotations:\n{}", many("    container.apparmor.security.beta.kubernetes.io/c#: unconfined")),
        MANY + 1,
        "container not found",
    );
}

#[test]
fn owners_that_all_control() {
    let owners = many("  - {apiVersion: v1, kind: A, name: a#, uid: u#, controller: true}");
    let errors = answer(&format!("{METADATA}  ownerReferences:\n{owners}")).findings;
    assert!(errors[0].message.ends_with("in references for A/a0 and A/a1"), "{:.200}", errors[0].message);
    assert!(errors.iter().map(|error| error.message.len()).sum::<usize>() < 16 << 20);
}

#[test]
fn placement() {
    let spread = |key: &str| {
        let item = format!("  - {{maxSkew: 1, topologyKey: {key}, whenUnsatisfiable: DoNotSchedule, labelSelector: {{}}}}");
        format!("{CONTAINER}  topologySpreadConstraints:\n{}", many(&item))
    };
    accepted(&spread("k#"));
    refused(&spread("k"), MANY - 1, "Duplicate value: \"{k, DoNotSchedule}\"");
    let term = "  affinity:\n    podAntiAffinity:\n      requiredDuringSchedulingIgnoredDuringExecution:\n      - topologyKey: a\n        labelSelector: {matchLabels: {a: b}}\n";
    let keys = many("        - k#");
    refused(&format!("{CONTAINER}{term}        matchLabelKeys:\n{keys}        mismatchLabelKeys:\n{keys}"), MANY, "");
    accepted(&format!("{CONTAINER}  tolerations:\n{}", many("  - {key: k#, operator: Exists}")));
    accepted(&format!("{CONTAINER}  nodeSelector:\n{}", many("    k#: v")));
    accepted(&format!("{CONTAINER}  hostAliases:\n{}", many("  - {ip: 1.2.3.4, hostnames: [h#]}")));
}

#[test]
fn projected_files() {
    let projected = format!("{CONTAINER}  volumes:\n  - name: a\n    projected:\n      sources:\n");
    accepted(&format!("{projected}{}", many("      - configMap: {name: c#, items: [{key: k, path: p#}]}")));
    refused(
        &format!("{projected}{}", many("      - configMap: {name: c#, items: [{key: k, path: p}]}")),
        MANY - 1,
        "conflicting duplicate paths",
    );
}

#[test]
fn workloads() {
    let claims = many("  - {metadata: {name: c#}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}");
    let set = "apiVersion: apps/v1\nkind: StatefulSet\nmetadata: {name: a}\nspec:\n  serviceName: a\n  selector: {matchLabels: {a: b}}\n";
    let always = TEMPLATE.replace("Never", "Always");
    accepted(&format!("{set}{always}  volumeClaimTemplates:\n{claims}"));
    let indexes = "1,".repeat(MANY);
    let job = "apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\nspec:\n  completionMode: Indexed\n  completions: 3\n";
    let policy = format!("  successPolicy: {{rules: [{{succeededIndexes: \"{indexes}2\"}}]}}\n");
    refused(&format!("{job}{TEMPLATE}{policy}"), 1, "");
}
