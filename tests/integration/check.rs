//! The page that says what Kubernetes answers to a text as it stands, and what becomes of its Pods.

use axum::http::StatusCode;

use crate::client::{Answer, get, post_manifest, post_parts, select, text_of};

const TEXT: &str = "\
# kept
apiVersion: v1
kind: Pod
metadata:
  name: Web</textarea>
spec:
  containers:
    - name: web
      image: nginx:1.29
---
kind: Service
apiVersion: v1
---
apiVersion: v1
kind: Pod
metadata: {name: good}
spec: {containers: [{name: a, image: \"nginx:1.29\"}]}
";

/// Two volumes with the same mistake, of which one document silences it.
const MEDIUM: &str = "\
apiVersion: v1
kind: Pod
metadata: {name: first}
spec:
  containers: [{name: a, image: \"nginx:1.29\", volumeMounts: [{name: v, mountPath: /v}]}]
  volumes: [{name: v, emptyDir: {medium: memory, sizeLimit: 1Mi}}] # fast
---
apiVersion: v1
kind: Pod
metadata: {name: second, annotations: {podweave.dev/ignore: medium-unknown}}
spec:
  containers: [{name: a, image: \"nginx:1.29\", volumeMounts: [{name: v, mountPath: /v}]}]
  volumes: [{name: v, emptyDir: {medium: memory, sizeLimit: 1Mi}}]
";

/// Posts the text by the button of a fix.
async fn post_fix(text: &str, fix: &str) -> Answer {
    post_parts("/check", &[("manifest", "", text.as_bytes()), ("fix", "", fix.as_bytes())]).await
}

fn lights(html: &scraper::Html) -> Vec<String> {
    select(html, ".lights > li").iter().map(|light| light.attr("data-light").unwrap().to_owned()).collect()
}

#[tokio::test]
async fn every_document_is_answered_at_the_places_of_the_text() {
    let html = post_manifest("/check", TEXT.as_bytes(), b"").await.html();
    let verdicts: Vec<_> = select(&html, ".checked").iter().map(|one| one.text().collect::<String>()).collect();
    assert_eq!(verdicts.len(), 3);
    assert!(
        verdicts[0].starts_with("Pod Web</textarea> line 2Kubernetes 1.35 refuses this manifest: 1 error."),
        "{}",
        verdicts[0]
    );
    assert!(verdicts[0].contains("line 5, column 9"), "{}", verdicts[0]);
    assert!(verdicts[1].contains("This kind is not judged."), "{}", verdicts[1]);
    assert!(verdicts[2].contains("Kubernetes 1.35 accepts this manifest."), "{}", verdicts[2]);
    assert_eq!(text_of(&html, "#manifest-text"), TEXT);
    assert_eq!(text_of(&html, "#marks mark"), "Web</textarea>");
    let numbers: Vec<_> = (1..=18).map(|number| number.to_string() + "\n").collect();
    assert_eq!(text_of(&html, "#numbers"), numbers.concat());
    assert_eq!(lights(&html), ["red", "green", "green", "unknown", "unknown", "unknown", "green", "green", "green"]);
}

#[tokio::test]
async fn a_finding_quotes_its_line_and_line_and_finding_lead_to_each_other() {
    let html = post_manifest("/check", TEXT.as_bytes(), b"").await.html();
    let finding = select(&html, "#finding-0")[0];
    assert_eq!(finding.attr("data-field"), Some("metadata.name"));
    assert_eq!(text_of(&html, "#finding-0 .quote"), "name: Web</textarea>");
    assert!(select(&html, "#finding-0 a[href='#line-5']").len() >= 2);
    let line = select(&html, "#line-5")[0];
    assert_eq!((line.attr("href"), line.attr("aria-label")), (Some("#finding-0"), Some("Line 5: 1 finding")));
    assert!(
        select(&html, "[id^=finding-], [id^=line-]")
            .iter()
            .all(|one| select(&html, &format!("#{}", one.attr("id").unwrap())).len() == 1)
    );
}

#[tokio::test]
async fn what_is_accepted_and_does_not_start_says_so_and_what_is_silenced_is_told() {
    let html = post_manifest("/check", MEDIUM.as_bytes(), b"").await.html();
    assert_eq!(lights(&html), ["green", "red", "green", "green", "green", "green"]);
    let sentences: Vec<_> = select(&html, ".checked > [data-verdict]").iter().map(|one| one.text().collect::<String>()).collect();
    assert_eq!(
        sentences,
        [
            "Kubernetes 1.35 accepts this manifest, but the Pod will not start as it should.",
            "Kubernetes 1.35 accepts this manifest."
        ]
    );
    let first = select(&html, ".checked").remove(0);
    let finding = first.select(&scraper::Selector::parse("[data-stage=starts][data-field]").unwrap()).next().unwrap();
    assert!(finding.text().collect::<String>().contains("medium-unknown"));
    let silenced: Vec<_> = select(&html, "details.more > summary").iter().map(|one| one.text().collect::<String>()).collect();
    assert!(silenced.contains(&"1 finding silenced by this document".to_owned()), "{silenced:?}");
}

#[tokio::test]
async fn a_fix_is_made_in_its_document_and_nothing_else_changes() {
    let html = post_manifest("/check", MEDIUM.as_bytes(), b"").await.html();
    let buttons: Vec<_> = select(&html, "button[name=fix]").iter().map(|one| one.attr("value").unwrap().to_owned()).collect();
    assert_eq!(buttons, [1, 2].map(|document| format!("{document} fix medium-unknown spec.volumes[0].emptyDir.medium")));
    let fixed = post_fix(MEDIUM, &buttons[0]).await.html();
    assert_eq!(text_of(&fixed, "#manifest-text"), MEDIUM.replacen("medium: memory", "medium: Memory", 1));
    assert_eq!(lights(&fixed), ["green"; 6]);
    for fix in
        ["", "9 fix medium-unknown a", "0 fix-all", "1 remove spec", "1 fix medium-unknown spec.volumes[3].emptyDir.medium"]
    {
        let refused = post_fix(MEDIUM, fix).await.html();
        assert_eq!(text_of(&refused, "#manifest-text"), MEDIUM, "{fix}");
        assert!(!text_of(&refused, "#refusal").is_empty(), "{fix}");
    }
}

#[tokio::test]
async fn a_file_is_checked_whatever_it_holds() {
    let invalid = post_manifest("/check", b"", b"a: b\n\xff: c\n").await;
    assert_eq!(invalid.status, StatusCode::OK);
    assert!(text_of(&invalid.html(), ".checked").contains("this is not UTF-8"));
    let nul = post_manifest("/check", b"", b"kind: \0").await.html();
    assert!(text_of(&nul, ".checked").contains("U+0000"));
    let comments = post_manifest("/check", b"# nothing", b"").await.html();
    assert!(text_of(&comments, "#refusal").contains("no manifest in this text"));
}

#[tokio::test]
async fn the_empty_page_has_the_box_only() {
    let html = get("/check").await.html();
    assert_eq!((select(&html, "#manifest-text").len(), select(&html, ".checked, #refusal, #marks > *").len()), (1, 0));
}

#[tokio::test]
async fn a_long_text_is_in_a_plain_box_and_its_findings_still_quote_it() {
    let text = format!("apiVersion: v1\nkind: Pod\nnam: x\n{}", "# c\n".repeat(40_000));
    let html = post_manifest("/check", text.as_bytes(), b"").await.html();
    assert!(select(&html, ".text-view, #numbers").is_empty());
    assert_eq!(text_of(&html, "#manifest-text"), text);
    let quotes: Vec<_> = select(&html, ".quote").iter().map(|one| one.text().collect::<String>()).collect();
    assert!(quotes.contains(&"nam: x".to_owned()), "{quotes:?}");
}

#[tokio::test]
async fn a_large_text_gives_a_page_of_bounded_size() {
    let lines = "x\n".repeat(400_000);
    let unknown = (0..20_000).map(|number| format!("f{number}: 1\n")).collect::<Vec<_>>().concat();
    let documents = "---\n- a\n".repeat(50_000);
    let advised = format!("---\n{}", MEDIUM.replace("a, ", "sh, ")).repeat(2_000);
    for text in
        [lines, format!("apiVersion: v1\nkind: Pod\n{unknown}"), documents, advised, "[".repeat(500_000), "a".repeat(500_000)]
    {
        let answer = post_manifest("/check", text.as_bytes(), b"").await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.len() < 2 * text.len() + 4_000_000, "{}", answer.body.len());
    }
}
