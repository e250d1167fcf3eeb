//! Texts whose parts are bounded one by one and multiply: the answer stays small, and says what it leaves out.

use axum::http::StatusCode;
use podweave::web::budget::MAX_PAGE_BYTES;
use scraper::Html;

use crate::client::{Answer, post_manifest, select, text_of};

const MEBIBYTE: usize = 1 << 20;

/// Below these come the items of a list of the Pod.
const SPEC: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: ";

async fn check(text: &str) -> Answer {
    let answer = post_manifest("/check", text.as_bytes(), b"").await;
    assert_eq!(answer.status, StatusCode::OK);
    bounded(answer)
}

async fn open(text: &str) -> Answer {
    bounded(post_manifest("/", text.as_bytes(), b"").await)
}

fn bounded(answer: Answer) -> Answer {
    assert!(answer.body.len() <= MAX_PAGE_BYTES, "{} bytes", answer.body.len());
    answer
}

/// `item` as often as fits into `bytes`, between `before` and `after`.
fn filled(before: &str, item: &str, after: &str, bytes: usize) -> String {
    format!("{before}{}{after}", item.repeat((bytes - before.len() - after.len()) / item.len()))
}

fn verdicts(html: &Html) -> Vec<String> {
    select(html, ".checked").into_iter().map(|document| document.text().collect()).collect()
}

#[tokio::test(start_paused = true)]
async fn documents_share_what_aliases_may_add() {
    let widening = format!("kind: Pod\na: &a [{}]\nb: &b [{}]\nc: [{}]\n", "x,".repeat(100), "*a,".repeat(30), "*b,".repeat(38));
    let wide = format!("kind: Pod\na: &a [{}]\nb: [{}]\n", "x,".repeat(1000), "*a,".repeat(90));
    for (document, reason) in [(widening, "expand to too much"), (wide, "150000 values of a document, 500000 of a text")] {
        let text = vec![document; 700].join("---\n");
        let opened = open(&text).await;
        assert_eq!(opened.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(text_of(&opened.html(), "#refusal").contains(reason));
        let checked = verdicts(&check(&text).await.html());
        assert_eq!(checked.len(), 200);
        assert!(checked.iter().any(|document| document.contains(reason)), "{}", checked[199]);
        assert!(checked[199].contains("too much to be judged"), "{}", checked[199]);
    }
}

#[tokio::test(start_paused = true)]
async fn documents_share_what_is_found_in_them() {
    let text = |aliases: usize| {
        let mounts = format!("{{volumeMounts: [{}]}}", "{},".repeat(300));
        vec![format!("{SPEC}{{containers: [&c {mounts},{}]}}\n", "*c,".repeat(aliases)); 100].join("---\n")
    };
    check(&text(300)).await;
    let page = check(&text(80)).await;
    let html = page.html();
    let checked = verdicts(&html);
    assert_eq!((checked.len(), select(&html, ".findings li").len() <= 1000), (100, true));
    assert!(checked[0].contains("refuses this manifest: 97361 errors."), "{:.300}", checked[0]);
    assert!(checked[0].contains("There are 97261 more."));
    assert!(checked[99].contains("more values than the 500000 that are read of a text"), "{:.300}", checked[99]);
    assert!(page.body.len() < MEBIBYTE, "{}", page.body.len());
}

#[tokio::test(start_paused = true)]
async fn documents_share_what_is_read_again() {
    let lines: Vec<String> = (0..300).map(|number| format!(" k{number}:\tx\n")).collect();
    let text = filled("", &format!("---\na:\n{}", lines.concat()), "", 1_000_000);
    assert_eq!(verdicts(&check(&text).await.html()).len(), 200);
    assert_eq!(open(&text).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(start_paused = true)]
async fn values_without_end_are_refused_with_the_limit() {
    for (before, item, after) in
        [("a: [", "1,", "]"), ("a: [", "{},", "]"), ("", "- a:\n", ""), ("", "- - -\n", ""), ("[[[", "[],", "]]]")]
    {
        let text = filled(before, item, after, 700_000);
        let checked = text_of(&check(&text).await.html(), ".checked");
        assert!(
            checked.contains("values than the 150000 that are read") || checked.contains("than the 250000"),
            "{item}: {checked}"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn items_without_end_are_not_judged() {
    for (list, item) in [("containers: ", "~,"), ("volumes: ", "{},"), ("ephemeralContainers: ", "{},")] {
        let text = filled(&format!("{SPEC}{{{list}["), item, "]}\n", 128 << 10);
        let checked = text_of(&check(&text).await.html(), ".checked");
        assert!(checked.contains("too many to judge: they take more than 24 MiB"), "{checked}");
    }
}

#[tokio::test(start_paused = true)]
async fn words_without_end_are_cut() {
    for long in ["X", "&", "'", "\\e", "é", "\\U000e0001"].map(|character| filled("\"", character, "\"", 100_000)) {
        for text in [
            format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: {long}}}\nspec: {{containers: []}}\n"),
            format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: a, labels: {{? {long} : v v}}}}\nspec: {{containers: []}}\n"),
            format!("apiVersion: v1\nkind: {long}\n"),
            format!("? {long}\n: {{{}}}\n", "a: 1, ".repeat(200)),
            format!("{SPEC}{{containers: [{{name: a, image: a, ports: [{{name: {long}}},]}}]}}\n"),
        ] {
            let page = check(&text).await;
            assert!(text_of(&page.html(), ".checked").len() < 100_000);
            open(&text).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_text_that_becomes_too_long_in_the_page_is_told() {
    for text in [filled("a: '", "&", "'", 3 * MEBIBYTE), filled("a: |\n", " <<<<<<\n", "", 3 * MEBIBYTE)] {
        for answer in [check(&text).await, open(&text).await] {
            assert!(text_of(&answer.html(), "#too-long").contains("Go back: it is still there"));
            assert_eq!(text_of(&answer.html(), "#manifest-text"), "");
            assert!(answer.body.len() < MEBIBYTE);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn bytes_that_are_no_text_come_back_short() {
    let bytes = [b"a: ".as_slice(), &vec![0xff; 2 * MEBIBYTE]].concat();
    let checked = bounded(post_manifest("/check", b"", &bytes).await);
    assert!(text_of(&checked.html(), ".checked").contains("this is not UTF-8"));
    let opened = bounded(post_manifest("/", b"", &bytes).await);
    assert_eq!(opened.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(start_paused = true)]
async fn of_documents_without_end_the_first_are_shown() {
    for (document, shown) in [("a\n---\n", "this is the string"), ("[\n---\n", "line"), ("kind: Pod\n---\n", "is missing")] {
        let html = check(&filled("", document, "", 60_000)).await.html();
        let checked = verdicts(&html);
        assert_eq!(checked.len(), 200);
        assert!(checked[0].contains(shown), "{}", checked[0]);
        let more = text_of(&html, ".answers > .hint");
        assert_eq!(more, format!("and {} more documents", 60_000 / document.len() - 200));
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_list_says_of_its_items_is_not_repeated_without_end() {
    let long = "x".repeat(MEBIBYTE);
    let text = format!("apiVersion: {long}\nkind: PodList\nitems: [{}]\n", "{},".repeat(50_000));
    assert_eq!(verdicts(&check(&text).await.html()).len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_long_name_is_not_repeated_for_every_item() {
    let long = "x".repeat(MEBIBYTE / 2);
    let volumes = "{name: v, ephemeral: {}},".repeat(3_000);
    let spread = "{topologyKey: k, labelSelector: {}, matchLabelKeys: [k]},".repeat(3_000);
    let path = format!("{{key: k, path: {long}/a}},{}", "{key: k, path: x},".repeat(3_000));
    let limits = "{name: c, resources: {limits: {cpu: 1}}},".repeat(3_000);
    for text in [
        format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: {long}}}\nspec: {{containers: [], volumes: [{volumes}]}}\n"),
        format!(
            "apiVersion: v1\nkind: Pod\nmetadata: {{name: a, labels: {{k: {long}}}}}\nspec: {{containers: [], \
             topologySpreadConstraints: [{spread}]}}\n"
        ),
        format!(
            "{SPEC}{{containers: [{{name: a, image: a}}], volumes: [{{name: v, configMap: {{name: c, items: [{path}]}}}}]}}\n"
        ),
        format!("{SPEC}{{containers: [{limits}], resources: {{limits: {{cpu: \"{}1\"}}}}}}\n", "0".repeat(MEBIBYTE / 2)),
    ] {
        let html = check(&text).await.html();
        assert!(text_of(&html, ".checked").contains("Kubernetes 1.35"));
    }
}
