//! Fixes of findings, which are found again in the document as it is by then.

use std::sync::Arc;

use super::EditError;
use crate::document::{Document, Path};
use crate::repair::{self, Basis};

/// Makes the fix of what `rule` finds at `place`.
pub(super) fn fix(document: &mut Document, rule: &str, place: &Path) -> Result<Path, EditError> {
    let findings = repair::findings(document.value(), Basis { read: document.source.as_deref(), comments: &document.comments });
    let mut found = findings.into_iter().filter(|finding| finding.rule.id() == rule && finding.place == *place);
    let fix = found.find_map(|finding| finding.fix);
    let settled = || EditError::Settled(rule.to_owned(), place.clone());
    fix.ok_or_else(settled)?.apply(document.value_mut())?;
    Ok(place.clone())
}

/// Makes every safe fix, and tells where the first of them was.
pub(super) fn fix_all(document: &mut Document) -> Option<Path> {
    let (read, comments) = (document.source.clone(), Arc::clone(&document.comments));
    repair::fix_all(document.value_mut(), Basis { read: read.as_deref(), comments: &comments }).into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Edit, File};
    use serde_json::json;

    const POD: &str = "apiVersion: v1
kind: Pod
metadata:
  name: Web
spec:
  containers:
    - name: writer
      image: alpine:3.22
      command: [sh, -c, 'while true; do date > /html/index.html; sleep 5; done']
      volumeMounts:
        - {name: html, mountPath: /html}
        - {name: tmp, mountPath: /tmp}
    - name: web
      image: nginx:1.29
      volumeMounts:
        - {name: html, mountPath: /usr/share/nginx/html, readOnly: true}
  volumes:
    - name: html
      emptyDir: {medium: memory, sizeLimit: 64m}
    - name: tmp
      emptyDir: {medium: MEMORY, sizeLimit: 64Mi}
";

    fn document(text: &str) -> Document {
        File::open(text.to_owned(), None).unwrap().document().clone()
    }

    fn at(document: &Document, path: &str) -> serde_json::Value {
        document.get(&path.parse().unwrap()).cloned().unwrap_or_default()
    }

    fn edit(text: &str) -> Edit {
        let edit: Edit = text.parse().unwrap();
        assert_eq!(edit.to_string(), text);
        edit
    }

    #[test]
    fn a_fix_is_found_again_and_made() {
        let fixed = edit("fix medium-unknown spec.volumes[0].emptyDir.medium").apply(&document(POD)).unwrap();
        assert_eq!(at(&fixed.document, "spec.volumes[0].emptyDir.medium"), "Memory");
        assert_eq!(at(&fixed.document, "spec.volumes[1].emptyDir.medium"), "MEMORY");
        assert_eq!(fixed.focus.unwrap().to_string(), "spec.volumes[0].emptyDir.medium");
        let named = edit("fix FieldValueInvalid metadata.name").apply(&document(POD)).unwrap();
        assert_eq!(at(&named.document, "metadata.name"), "web");
    }

    #[test]
    fn what_stands_without_quotes_gets_them_as_it_is_written() {
        let text =
            POD.replace("command:", "env:\n        - {name: A, value: yes}\n        - {name: B, value: 0x10}\n      command:");
        let one = edit("fix decode spec.containers[0].env[0].value").apply(&document(&text)).unwrap().document;
        assert_eq!(at(&one, "spec.containers[0].env[0].value"), "yes");
        let moved = edit("duplicate spec.containers[0].env[0]").apply(&document(&text)).unwrap().document;
        let fixed = edit("fix decode spec.containers[0].env[2].value").apply(&moved).unwrap().document;
        assert_eq!(at(&fixed, "spec.containers[0].env[2].value"), "16");
        let all = edit("fix-all").apply(&document(&text)).unwrap().document;
        let values = json!([{"name": "A", "value": "yes"}, {"name": "B", "value": "0x10"}]);
        assert_eq!(at(&all, "spec.containers[0].env"), values);
    }

    #[test]
    fn a_finding_that_is_gone_is_told() {
        for gone in
            ["fix medium-unknown spec.volumes[7].emptyDir.medium", "fix no-such-rule spec", "fix lifetime spec.volumes[0]"]
        {
            let error = edit(gone).apply(&document(POD)).unwrap_err();
            assert!(error.to_string().starts_with("there is nothing to fix any more"), "{error}");
        }
    }

    #[test]
    fn all_safe_fixes_are_made_at_once_but_for_those_of_silenced_rules() {
        let all = |text: &str| edit("fix-all").apply(&document(text)).unwrap().document;
        let fixed = all(POD);
        let volumes = json!([{"name": "html", "emptyDir": {"medium": "Memory", "sizeLimit": "64m"}},
            {"name": "tmp", "emptyDir": {"medium": "Memory", "sizeLimit": "64Mi"}}]);
        assert_eq!(at(&fixed, "spec.volumes"), volumes);
        let silenced = all(&format!("# podweave: ignore medium-unknown\n{POD}"));
        assert_eq!(at(&silenced, "spec.volumes[0].emptyDir.medium"), "memory");
        assert_eq!(all(&POD.replace("memory", "Memory")), fixed);
    }
}
