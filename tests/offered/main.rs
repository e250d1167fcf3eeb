//! What a finding offers as its fix is what the button makes, however the manifest is written: the examples of all rules and a
//! few manifests that the server refuses, each in several layouts.

#![expect(clippy::unwrap_used, reason = "a test")]

use kube_dry_run::yaml;
use pod_advice::RULES;
use podweave::document::{Edit, File};
use podweave::pipeline;
use podweave::report::Shown;
use serde_json::{Value, json};

/// What the server refuses with a fix that depends on how the text writes a value.
const REFUSED: [&str; 2] = [
    "apiVersion: v1\nkind: Pod\nmetadata: {name: Web, labels: {a: 1.50, b: 0x10}} # labels\nspec:\n  containers:\n  - name: a\n    \
     image: nginx:1.29\n    env:\n    - {name: A, value: yes} # an answer\n    - name: B\n      value: 0644\n",
    "apiVersion: extensions/v1beta1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    metadata: {labels: {app: on}}\n    \
     spec: {containers: [{name: a, image: 'nginx:1.29', ports: [{containerPort: \"80\"}]}]}\n",
];

/// The texts of the examples of all rules.
fn examples() -> impl Iterator<Item = String> {
    let blocks = RULES.iter().filter_map(|rule| rule.page.split("```yaml\n").nth(1)?.split("```").next());
    blocks.map(|block| {
        let spec = yaml::parse(block).unwrap().remove(0).value;
        let pod = || json!({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "example"}, "spec": spec});
        yaml::write(&if spec.get("kind").is_some() { spec.clone() } else { pod() }).text
    })
}

/// The manifest `text` as people lay manifests out.
fn layouts(text: &str) -> Vec<String> {
    let value = yaml::parse(text).unwrap().remove(0).value;
    let lines: Vec<_> = text.lines().collect();
    let item = format!("- {}\n", lines.join("\n  "));
    vec![
        text.to_owned(),
        text.trim_end().to_owned(),
        text.replace('\n', "\r\n"),
        format!("\u{feff}# first\napiVersion: v1\nkind: Service\n---\n{text}---\n# third\nkind: Service\n"),
        format!("apiVersion: v1\nkind: List\nitems: # one\n{item}"),
        value.to_string(),
        serde_json::to_string_pretty(&value).unwrap() + "\n",
    ]
}

fn shown(file: &File) -> Vec<Shown> {
    let report = pipeline::report(file);
    report.findings.into_iter().chain(report.notes).collect()
}

/// The text of `file` once `edit` is made, which travels in its written form.
fn edited(file: &File, edit: &Edit) -> File {
    let edit: Edit = edit.to_string().parse().unwrap();
    file.with(&edit.apply(file.document()).unwrap().document).unwrap()
}

/// Makes every fix that is offered for `text`, each for itself; returns how many there are.
fn try_fixes(text: &str) -> usize {
    let file = File::open(text.to_owned(), None).unwrap();
    let mut count = 0;
    for Shown { finding, .. } in shown(&file) {
        let Some(fix) = &finding.fix else { continue };
        let mut expected: Value = file.document().value().clone();
        fix.apply(&mut expected).unwrap();
        let fixed = edited(&file, &Edit::Fix(finding.rule.id().to_owned(), finding.place.clone()));
        assert_eq!(*fixed.document().value(), expected, "{}: {}\n{text}", finding.rule, fix.title);
        assert_eq!(fixed.text().contains("\r\n"), text.contains("\r\n"), "{text}");
        assert_eq!(fixed.text().ends_with('\n'), text.ends_with('\n'), "{text}");
        for comment in ["# first", "# third", "# one", "# labels"].iter().filter(|comment| text.contains(**comment)) {
            assert!(fixed.text().contains(comment), "{}: {comment} is lost\n{}", fix.title, fixed.text());
        }
        count += 1;
    }
    count
}

#[test]
fn a_button_makes_what_it_offers() {
    let texts = examples().chain(REFUSED.map(str::to_owned));
    let fixes: usize = texts.flat_map(|text| layouts(&text)).map(|text| try_fixes(&text)).sum();
    assert!(fixes > 250, "{fixes}");
}

#[test]
fn the_button_for_all_leaves_nothing_safe() {
    for text in examples().chain(REFUSED.map(str::to_owned)).flat_map(|text| layouts(&text)) {
        let fixed = edited(&File::open(text, None).unwrap(), &Edit::FixAll);
        let is_safe = |shown: &Shown| shown.finding.fix.as_ref().is_some_and(|fix| fix.is_safe);
        let left: Vec<_> = pipeline::report(&fixed).findings.into_iter().filter(is_safe).collect();
        assert_eq!(left, [], "{}", fixed.text());
        assert_eq!(edited(&fixed, &Edit::FixAll).text(), fixed.text());
    }
}

#[test]
fn words_that_become_items_keep_their_comments() {
    let text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: alpine:3.22\n    command:\n    \
                # over it\n    - sleep 3600 # beside it\n";
    let fixed = edited(&File::open(text.to_owned(), None).unwrap(), &Edit::FixAll);
    let expected = text.replace("- sleep 3600 # beside it\n", "- sleep # beside it\n    - \"3600\"\n");
    assert_eq!(fixed.text(), expected);
}
