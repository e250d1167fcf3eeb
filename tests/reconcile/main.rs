//! Every edit that the page offers, made in the texts of all manifests: the text means what the edit made of the document, and
//! keeps its comments and the lines that the edit is not about.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path as FilePath;

use flate2::read::MultiGzDecoder;
use kube_dry_run::yaml::{self, Parsed};
use kube_dry_run::{Change, Fix};
use pod_advice::{AdviceRule, RULES};
use podweave::document::{Document, Edit, Mounts, Path};
use podweave::repair;
use proptest::prelude::*;
use serde_json::{Value, json};

/// How many lines an edit of each kind may take away or change, at most.
fn most_lines(edit: &Edit, document: &Document) -> usize {
    let lines_of = |path: &Path| document.get(path).map_or(0, |value| yaml::write(value).text.lines().count());
    match edit {
        Edit::Set(path, _) => 2 + lines_of(path),
        Edit::Rename(volume, _) => 1 + Mounts::new(document).of(document.text(&volume.entry("name"))).len(),
        // A comma of JSON, or a first key behind a dash that is pulled up or makes room.
        Edit::Up(_) | Edit::Down(_) | Edit::NewVolume(_) => 4,
        // The container moves to a list that may be indented in another way.
        Edit::Role(container, _) => 4 + lines_of(container),
        Edit::Add(_) | Edit::AddSidecar(_) | Edit::Duplicate(_) | Edit::Share(..) => 2,
        // In each container, and once for the volume; a comma of JSON each.
        Edit::ShareNew => 4 * (containers(document).len() + 1),
        Edit::Source(env, _) => 2 + lines_of(env),
        // Comments are the text's own; `tests/comments.rs` of `kube-explain` adds them and takes them out.
        Edit::Show(_) | Edit::Comments(_) => 0,
        Edit::Fix(rule, place) => fixes(document)
            .find(|(finding, _)| finding == &(rule.clone(), place.clone()))
            .map_or(0, |(_, fix)| lines_of_fix(document, &fix)),
        Edit::FixAll => fixes(document).map(|(_, fix)| lines_of_fix(document, &fix)).sum(),
        Edit::Remove(path) => 4 + lines_of(path) + lines_of_mounts(document, path),
    }
}

/// The fixes of everything that is said about `document`, each with its rule and its place.
fn fixes(document: &Document) -> impl Iterator<Item = ((String, Path), Fix)> {
    let findings = repair::findings(document.value(), repair::Basis::default()).into_iter();
    findings.filter_map(|finding| Some(((finding.rule.id().to_owned(), finding.place), finding.fix?)))
}

/// How many lines `fix` may take away or change, at most.
fn lines_of_fix(document: &Document, fix: &Fix) -> usize {
    // Brackets have lines of their own in JSON, lines of a text in YAML.
    let lines =
        |value: &Value| format!("{value:#}").lines().count().max(yaml::write(&json!({"value": value})).text.lines().count());
    let lines_of = |path: &Path| document.get(path).map_or(0, lines);
    let lines_of_change = |change: &Change| match change {
        Change::Set(path, _) => 2 + lines_of(path),
        Change::Remove(path) | Change::Move(path, _) => 4 + lines_of(path),
        Change::Rename(..) => 2,
    };
    fix.changes.iter().map(lines_of_change).sum()
}

/// A volume takes its mounts along.
fn lines_of_mounts(document: &Document, volume: &Path) -> usize {
    let mounts = Mounts::new(document);
    let lines = |mount: Path| 2 + document.get(&mount).map_or(0, |value| yaml::write(value).text.lines().count());
    mounts.of(document.text(&volume.entry("name"))).iter().map(|mount| lines(mounts.path(*mount))).sum()
}

/// The edits of all kinds that `document` offers.
fn edits(document: &Document) -> Vec<Edit> {
    let spec = document.pod_spec();
    let written = |text: String| text.parse::<Edit>().unwrap();
    let mut edits = vec![Edit::ShareNew, Edit::FixAll];
    edits.extend(fixes(document).map(|((rule, place), _)| Edit::Fix(rule, place)));
    for list in ["initContainers", "containers", "volumes"].map(|name| spec.entry(name)) {
        edits.push(written(format!("add {list}")));
        edits.extend(of_items(document, &list));
    }
    edits.push(written(format!("add-sidecar {}", spec.entry("initContainers"))));
    for container in containers(document) {
        for role in ["container", "init", "sidecar"] {
            edits.push(written(format!("role {container} {role}")));
        }
        for (volume, _) in document.items(&spec.entry("volumes")) {
            edits.push(written(format!("share {volume} {container}")));
        }
        for list in ["env", "ports", "volumeMounts"].map(|name| container.entry(name)) {
            edits.push(written(format!("add {list}")));
            edits.extend(of_items(document, &list));
        }
        for (env, _) in document.items(&container.entry("env")) {
            edits.extend(["value", "config-map", "secret", "field"].map(|source| written(format!("source {env} {source}"))));
        }
        edits.extend(document.items(&container.entry("volumeMounts")).map(|(mount, _)| written(format!("new-volume {mount}"))));
        edits.push(Edit::Set(container.entry("image"), json!("example.com/other:1")));
        edits.push(Edit::Set(container.entry("tty"), json!(true)));
        edits.push(Edit::Set(container.entry("command"), json!(["sh", "-c", "date\nsleep 1\n"])));
    }
    for (volume, _) in document.items(&spec.entry("volumes")) {
        edits.push(Edit::Rename(volume.clone(), "renamed".to_owned()));
        edits.push(Edit::Set(volume.entry("emptyDir").entry("medium"), json!("Memory")));
    }
    edits
}

fn containers(document: &Document) -> Vec<Path> {
    Mounts::new(document).all_containers()
}

fn of_items(document: &Document, list: &Path) -> Vec<Edit> {
    let verbs =
        |(item, _): (Path, &Value)| ["remove", "up", "down", "duplicate"].map(|verb| format!("{verb} {item}").parse().unwrap());
    document.items(list).flat_map(verbs).collect()
}

fn texts() -> Vec<(String, String)> {
    let root = FilePath::new(env!("CARGO_MANIFEST_DIR"));
    let files = fs::read_dir(root.join("crates/kube-dry-run/tests/manifests")).unwrap().map(|entry| entry.unwrap().path());
    let mut texts: Vec<_> = files.map(|path| (path.display().to_string(), fs::read_to_string(path).unwrap())).collect();
    texts.push(("a long manifest".to_owned(), DEPLOYMENT.to_owned()));
    texts.extend(RULES.iter().map(|rule| (rule.id().to_owned(), example(rule))));
    texts.sort();
    texts
}

/// The first example on the page of `rule`, as a document: what has no `kind` is the `spec` of a Pod.
fn example(rule: &AdviceRule) -> String {
    let example = rule.page.split("```").nth(1).unwrap().strip_prefix("yaml\n").unwrap();
    if example.contains("kind:") {
        return example.to_owned();
    }
    let spec = example.trim_end().replace('\n', "\n  ");
    format!("apiVersion: v1\nkind: Pod\nmetadata:\n  name: example\nspec:\n  {spec}\n")
}

/// The lines of `old` that `new` does not have, or has less often.
fn lost<'t>(old: &'t str, new: &str) -> Vec<&'t str> {
    let mut there: HashMap<&str, usize> = HashMap::new();
    new.lines().for_each(|line| *there.entry(line).or_default() += 1);
    let is_lost = |line: &&'t str| match there.get_mut(*line).filter(|count| **count > 0) {
        Some(count) => {
            *count -= 1;
            false
        }
        None => true,
    };
    old.lines().filter(is_lost).collect()
}

fn check(name: &str, text: &str, parsed: &Parsed, document: &Document, edit: &Edit) {
    let edited = match edit.apply(document) {
        Ok(edited) => edited,
        Err(error) => return assert!(!matches!(edit, Edit::Fix(..)), "{name}: {edit}: {error}"),
    };
    let done = yaml::reconcile(text, parsed, edited.document.value()).unwrap();
    let about = || format!("{name}: {edit}\n{}", done.text);
    assert_eq!(&done.document.value, edited.document.value(), "{}", about());
    // What is moved out of the reach of an anchor is written anew.
    let may_be_anew = matches!(edit, Edit::Role(..)) && text.contains('&');
    assert!(done.anew.is_none() || may_be_anew, "{:?} {}", done.anew, about());
    let lost = lost(text, &done.text);
    assert!(lost.len() <= most_lines(edit, document), "{lost:#?}\n{}", about());
    // A script that is set anew may have had some.
    let takes_comments = matches!(edit, Edit::Remove(_) | Edit::Set(..) | Edit::Fix(..) | Edit::FixAll);
    assert!(takes_comments || !lost.iter().any(|line| line.trim_start().starts_with('#')), "{lost:#?}\n{}", about());
}

#[test]
fn every_edit_of_the_page_changes_the_lines_that_it_is_about() {
    let (mut count, mut fixes) = (0, 0);
    for (name, text) in texts() {
        for parsed in yaml::documents(&text).filter_map(Result::ok) {
            let Ok(document) = Document::try_from(parsed.value.clone()) else { continue };
            let edits = edits(&document);
            for edit in &edits {
                check(&name, &text, &parsed, &document, edit);
                count += 1;
                fixes += usize::from(matches!(edit, Edit::Fix(..)));
            }
        }
    }
    assert!(count > 500 && fixes > 50, "{count} {fixes}");
}

/// The texts of a set of the conformance test, most of which have a mistake.
fn mistaken(set: &str) -> Vec<String> {
    let file = FilePath::new(env!("CARGO_MANIFEST_DIR")).join(format!("crates/kube-dry-run/tests/conformance/{set}.jsonl.gz"));
    let lines = BufReader::new(MultiGzDecoder::new(fs::File::open(file).unwrap())).lines();
    let text = |line: String| serde_json::from_str::<Value>(&line).unwrap()["manifest"].as_str().unwrap_or_default().to_owned();
    lines.map(|line| text(line.unwrap())).collect()
}

#[test]
fn every_fix_changes_the_lines_that_it_is_about() {
    let mut count = 0;
    for text in mistaken("families") {
        let documents = yaml::documents(&text).filter_map(Result::ok);
        for parsed in documents.filter(|parsed| parsed.duplicates.is_empty() && parsed.unread.is_none()) {
            let Ok(document) = Document::try_from(parsed.value.clone()) else { continue };
            for ((rule, place), _) in fixes(&document) {
                check("a mistake", &text, &parsed, &document, &Edit::Fix(rule, place));
                count += 1;
            }
        }
    }
    assert!(count > 1_000, "{count}");
}

/// Values of an input, as they are typed.
const TYPED: [&str; 10] = ["", "a", "yes", "1.10", "a: b", "# c", "x\ny\n", " ", "ä", "it's \"so\""];

/// The inputs for a name, an image, a path or a value that the form of `document` has.
fn inputs(document: &Document) -> Vec<Path> {
    let mut inputs: Vec<Path> = vec!["metadata.name".parse().unwrap(), "metadata.labels[app]".parse().unwrap()];
    let volumes = document.pod_spec().entry("volumes");
    inputs.extend(document.items(&volumes).map(|(volume, _)| volume.entry("name")));
    for container in containers(document) {
        inputs.extend(["name", "image", "workingDir"].map(|field| container.entry(field)));
        for (list, fields) in
            [("env", ["name", "value"]), ("volumeMounts", ["name", "mountPath"]), ("ports", ["name", "protocol"])]
        {
            let list = container.entry(list);
            inputs.extend(document.items(&list).flat_map(|(item, _)| fields.map(|field| item.entry(field))));
        }
    }
    inputs
}

/// A Pod that is made in the page from nothing: one thing typed, or one of the edits that the page offers, after the other.
fn grow(steps: &[(bool, usize, usize)]) -> (String, Document) {
    let mut document = Document::empty_pod();
    let mut text = yaml::write(document.value()).text;
    for (is_typed, place, value) in steps {
        let mut offered = if *is_typed {
            inputs(&document).into_iter().map(|input| Edit::Set(input, json!(TYPED[value % TYPED.len()]))).collect()
        } else {
            edits(&document)
        };
        let Ok(edited) = offered.swap_remove(place % offered.len()).apply(&document) else { continue };
        let parsed = yaml::documents(&text).next().unwrap().unwrap();
        text = yaml::reconcile(&text, &parsed, edited.document.value()).unwrap().text;
        document = edited.document;
    }
    (text, document)
}

proptest! {
    #[test]
    fn a_document_that_grew_from_nothing_reads_as_podweave_writes_it(
        steps in prop::collection::vec((any::<bool>(), any::<usize>(), any::<usize>()), 1..40)
    ) {
        let (text, document) = grow(&steps);
        prop_assert_eq!(text, yaml::write(document.value()).text);
    }
}

const DEPLOYMENT: &str = include_str!("deployment.yaml");

/// A Deployment of a hundred lines with comments, of which the page changes an image and a mount path.
#[test]
fn two_changes_of_a_long_manifest_are_two_lines() {
    let parsed = yaml::documents(DEPLOYMENT).next().unwrap().unwrap();
    let mut document = Document::try_from(parsed.value.clone()).unwrap();
    let web = document.pod_spec().entry("containers").index(0);
    document.set(&web.entry("image"), Some(json!("nginx:1.28-alpine"))).unwrap();
    document.set(&web.entry("volumeMounts").index(1).entry("mountPath"), Some(json!("/var/cache/web"))).unwrap();
    let done = yaml::reconcile(DEPLOYMENT, &parsed, document.value()).unwrap();
    let expected = DEPLOYMENT.replace("nginx:1.27-alpine", "nginx:1.28-alpine").replace("/var/cache/nginx", "/var/cache/web");
    assert_eq!((done.text, done.anew), (expected, None));
}

/// What the page makes of it, one edit after the other.
#[test]
fn a_long_manifest_stays_as_its_author_wrote_it() {
    let edits = [
        "add spec.template.spec.containers",
        "share spec.template.spec.volumes[2] spec.template.spec.containers[2]",
        "add spec.template.spec.containers[2].env",
        "up spec.template.spec.containers[1]",
        "add spec.template.spec.containers[1].env",
        "source spec.template.spec.initContainers[0].env[1] secret",
        "remove spec.template.spec.volumes[1]",
        "role spec.template.spec.containers[0] sidecar",
        "duplicate spec.template.spec.initContainers[0].env[0]",
        "add spec.template.spec.volumes",
    ];
    let mut text = DEPLOYMENT.to_owned();
    for edit in edits {
        let parsed = yaml::documents(&text).next().unwrap().unwrap();
        let document = Document::try_from(parsed.value.clone()).unwrap();
        let edited = edit.parse::<Edit>().unwrap().apply(&document).unwrap();
        let done = yaml::reconcile(&text, &parsed, edited.document.value()).unwrap();
        assert_eq!(done.anew, None, "{edit}");
        text = done.text;
    }
    insta::assert_snapshot!(text);
}
