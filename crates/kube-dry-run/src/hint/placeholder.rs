//! Placeholders that another program should have filled in.

use super::Hint;
use super::context::Context;
use super::scalar::scalar;
use crate::change::Change;
use crate::finding::{Finding, Fix};
use crate::path::Segment;
use crate::rule::Rule;
use crate::shown::shown;

/// What to do about a value with a placeholder in it.
pub(super) fn hint(finding: &Finding, context: &Context<'_>) -> Option<Hint> {
    let is_of_value = matches!(finding.rule, Rule::INVALID | Rule::DECODE | Rule::NOT_SUPPORTED | Rule::NOT_FOUND);
    let written = context.string(&finding.place).filter(|_| is_of_value)?;
    if written.contains("{{") {
        return Some(Hint::new(
            "This is a Helm template, not a manifest yet: render it with `helm template`, and check what comes out.",
        ));
    }
    if let Some((plain, mark)) = callout(written) {
        let words = format!("`{mark}` is a mark by which a page explains the line: remove it.");
        let value = context.schema(&finding.place).and_then(|schema| scalar(plain, schema));
        let fix =
            value.map(|value| Fix::guess(format!("Write {}", shown(plain)), vec![Change::Set(finding.place.clone(), value)]));
        return Some(Hint::new(words).with_fix(fix));
    }
    if matches!(written, "..." | "…") {
        let is_item = matches!(finding.place.last(), Some(Segment::Index(_)));
        let fix = Fix::guess("Remove it", vec![Change::Remove(finding.place.clone())]);
        let words = "The dots stand for something that was left out: write what belongs there, or remove them.";
        return Some(Hint::new(words).with_fix(is_item.then_some(fix)));
    }
    if is_angled(written) {
        return Some(Hint::new("This is a placeholder: write in its place what it stands for, without the `<` and the `>`."));
    }
    let is_variable = written.starts_with("${") || written.starts_with("$(") || written.contains("${");
    is_variable.then(|| {
        Hint::new("This may be a placeholder that a script fills in, with `envsubst` perhaps: Kubernetes fills in nothing here.")
    })
}

/// A value and the mark of a page behind it: `nginx <1>`.
fn callout(written: &str) -> Option<(&str, &str)> {
    let (plain, mark) = written.rsplit_once(' ')?;
    let number = mark.strip_prefix('<').and_then(|mark| mark.strip_suffix('>'));
    let is_number =
        number.is_some_and(|number| matches!(number.len(), 1 | 2) && number.bytes().all(|byte| byte.is_ascii_digit()));
    let is_circle = mark.chars().count() == 1 && mark.starts_with(|sign| matches!(sign, '①'..='⑳' | '❶'..='❿'));
    (is_number || is_circle).then_some((plain.trim_end(), mark))
}

/// True of `<name>`.
fn is_angled(written: &str) -> bool {
    let inside = written.strip_prefix('<').and_then(|written| written.strip_suffix('>'));
    inside.is_some_and(|inside| !inside.is_empty() && !inside.contains(['<', '>']))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{fixed, hints, with_container};
    use serde_json::json;

    #[test]
    fn placeholders_are_known() {
        let mut document = with_container(json!({"stdin": "{{ .Values.stdin }}"}));
        assert!(hints(&document)[0].starts_with("This is a Helm template"));
        document["metadata"]["name"] = json!("${NAME}");
        assert!(hints(&document)[1].starts_with("This may be a placeholder"));
        document["metadata"]["name"] = json!("<pod-name>");
        assert!(hints(&document)[1].starts_with("This is a placeholder"));
    }

    #[test]
    fn dots_are_taken_out() {
        let document = with_container(json!({"volumeMounts": ["..."]}));
        assert!(hints(&document)[0].starts_with("The dots stand for something that was left out"));
        assert_eq!(fixed(&document)["spec"]["containers"][0]["volumeMounts"], json!([]));
    }

    #[test]
    fn marks_of_a_page_are_taken_off() {
        let document = with_container(json!({"ports": [{"containerPort": "80 <1>"}], "workingDir": "/a <2>"}));
        assert_eq!(hints(&document), ["`<1>` is a mark by which a page explains the line: remove it. [Write 80]"]);
        assert_eq!(fixed(&document)["spec"]["containers"][0]["ports"][0]["containerPort"], 80);
        let other = with_container(json!({"ports": [{"containerPort": "80 <x>"}]}));
        assert!(hints(&other)[0].starts_with("Write digits only"));
    }
}
