//! Lessons: their pages, how far a document has come, where they are written, and documents in frames.

use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, ETAG};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use pod_lesson::lessons;
use podweave::document::link;

use crate::client::{form_of, get, post, post_manifest, select, send, text_of, with};
use crate::start::open;

/// A lesson that is done with one image.
const LESSON: &str = "title: Ein Bild
language: de
task: Nimm <b>busybox</b>.
start: |
  apiVersion: v1
  kind: Pod
  metadata: {name: bild}
  spec:
    containers:
      - {name: a, image: 'alpine:3.22', command: [sleep, '60']}
steps:
  - do: Nimm `busybox`.
    hints: [Das Feld heißt `image`.]
    check: object.spec.containers.exists(c, c.image.startsWith('busybox'))
";

fn code() -> String {
    link::encode(LESSON).unwrap()
}

async fn start_of(key: &str) -> String {
    let page = get(&format!("/l/{key}")).await;
    assert_eq!(page.status, StatusCode::OK, "{key}");
    select(&page.html(), "a.primary")[0].attr("href").unwrap().to_owned()
}

#[tokio::test]
async fn every_lesson_is_begun_and_finished() {
    for lesson in lessons() {
        let page = get(&format!("/l/{}", lesson.name)).await.html();
        let steps = lesson.lesson.steps.len();
        for (place, done) in [0, steps].into_iter().enumerate() {
            let editor = select(&page, ".buttons a")[place].attr("href").unwrap().to_owned();
            let html = get(&editor).await.html();
            assert_eq!(text_of(&html, ".lesson [role=status]"), format!("{done} of {steps} steps done"), "{}", lesson.name);
            assert_eq!(select(&html, ".lesson .done").len(), usize::from(done > 0), "{}", lesson.name);
        }
    }
}

#[tokio::test]
async fn a_learner_stays_in_the_lesson() {
    let start = start_of(&code()).await;
    let html = get(&start).await.html();
    assert_eq!(select(&html, ".lesson [data-state=next]").len(), 1);
    let pairs = with(form_of(&html), "spec.containers[0].image", "busybox:1.37");
    let answer = post(&start, &pairs).await;
    assert!(answer.location().contains(&format!("?lesson={}", code())), "{}", answer.location());
    let done = get(answer.location()).await.html();
    assert_eq!(text_of(&done, ".lesson [role=status]"), "1 of 1 steps done");
    let asked = select(&done, "#what-if a")[0].attr("href").unwrap();
    assert_eq!(text_of(&get(asked).await.html(), ".lesson [role=status]"), "1 of 1 steps done");
    assert!(select(&done, "#link")[0].attr("value").unwrap().contains("?lesson="));
}

#[tokio::test]
async fn the_texts_of_a_lesson_are_data() {
    let page = get(&format!("/l/{}", code())).await;
    assert!(page.text().contains("Nimm &lt;b&gt;busybox&lt;/b&gt;."));
    assert_eq!(select(&page.html(), "[lang=de] h1").len(), 1);
    let content =
        |name: &str| select(&page.html(), &format!("meta[property='og:{name}']"))[0].attr("content").unwrap().to_owned();
    assert_eq!((content("title").as_str(), content("description").as_str()), ("Ein Bild", "Nimm <b>busybox</b>."));
    assert!(content("image:alt").contains("Container"), "{}", content("image:alt"));
    let picture = content("image");
    let picture = get(&picture[picture.find("/p/").unwrap()..]).await;
    assert_eq!((picture.status, &picture.body[1..4]), (StatusCode::OK, &b"PNG"[..]));
}

/// A title may begin with a word of another script, such as `Pod`.
#[tokio::test]
async fn a_language_that_is_written_to_the_left_is_shown_so() {
    let lesson = LESSON.replace("language: de", "language: ar").replace("title: Ein Bild", "title: Pod مع وعاء");
    let code = link::encode(&lesson).unwrap();
    let page = get(&format!("/l/{code}")).await.html();
    let editor = get(&start_of(&code).await).await.html();
    for html in [page, editor] {
        let directions: Vec<_> = select(&html, "[lang=ar]").iter().map(|part| part.attr("dir").unwrap().to_owned()).collect();
        assert!(!directions.is_empty() && directions.iter().all(|direction| direction == "rtl"), "{directions:?}");
    }
}

#[tokio::test]
async fn a_link_that_holds_no_lesson_says_why() {
    for (key, reason) in [("2x", "cut"), (link::encode("a: 1\n").unwrap().as_str(), "line 1"), ("no-lesson", "version")] {
        let page = get(&format!("/l/{key}")).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{key}");
        assert!(text_of(&page.html(), ".lead").contains(reason), "{}", text_of(&page.html(), ".lead"));
    }
}

#[tokio::test]
async fn a_document_outlives_a_lesson_that_cannot_be_opened() {
    let start = start_of(&code()).await;
    let (document, _) = start.split_once('?').unwrap();
    let page = get(&format!("{document}?lesson=2x")).await;
    assert_eq!(page.status, StatusCode::OK);
    let told = text_of(&page.html(), "[role=alert]");
    assert!(told.starts_with("The lesson of this link cannot be opened: "), "{told}");
    assert_eq!(select(&page.html(), "#editor").len(), 1);
    let hostile = get(&format!("{document}?lesson=%22%3E%3Cscript%3E")).await;
    assert_eq!(hostile.status, StatusCode::OK);
    assert_eq!(select(&hostile.html(), "[role=alert], .lesson").len(), 0);
}

#[tokio::test]
async fn an_author_hears_what_is_wrong_and_gets_a_link() {
    assert!(text_of(&get("/lesson").await.html(), "#manifest-text").starts_with("title: "));
    let good = post_manifest("/lesson", LESSON.as_bytes(), b"").await;
    assert_eq!(good.status, StatusCode::OK);
    let link = select(&good.html(), "#lesson-link")[0].attr("value").unwrap().to_owned();
    assert!(link.ends_with(&format!("/l/{}", code())), "{link}");
    let bad = post_manifest("/lesson", LESSON.replace("task:", "tasks:").as_bytes(), b"").await;
    assert_eq!(bad.status, StatusCode::OK);
    assert!(text_of(&bad.html(), ".problems").contains("Line 3, column 1"), "{}", text_of(&bad.html(), ".problems"));
    assert!(text_of(&bad.html(), "#manifest-text").contains("tasks: Nimm <b>busybox</b>."));
    assert_eq!(select(&bad.html(), "#lesson-link").len(), 0);
}

#[tokio::test]
async fn a_document_alone_may_be_framed_by_other_pages() {
    let start = start_of("web-content").await;
    let code = start.trim_start_matches("/p/").split('?').next().unwrap();
    let policy = async |path: &str| {
        let answer = get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        answer.headers[CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned()
    };
    let framed = policy(&format!("/embed/{code}")).await;
    assert!(framed.contains("frame-ancestors *") && !framed.contains("script-src"), "{framed}");
    for path in ["/", "/lesson", "/lesson/format", "/l/web-content", start.as_str()] {
        assert!(policy(path).await.contains("frame-ancestors 'none'"), "{path}");
    }
    let isolated = |headers: &HeaderMap| {
        let policy = |name: &str| headers.get(name).map(|value| value.to_str().unwrap().to_owned());
        [policy("cross-origin-embedder-policy"), policy("cross-origin-resource-policy")]
    };
    let wanted = ["require-corp", "cross-origin"].map(|policy| Some(policy.to_owned()));
    assert_eq!(isolated(&get(&format!("/embed/{code}")).await.headers), wanted);
    assert_eq!(isolated(&get("/").await.headers)[0], None);
    let html = get(&format!("/embed/{code}")).await.html();
    assert_eq!(select(&html, "script, form, input").len(), 0);
    assert_eq!(select(&html, "header a")[0].attr("href"), Some(format!("/p/{code}").as_str()));
    let numberless = get(&format!("/embed/{code}?document=x")).await;
    assert_eq!((numberless.status, &numberless.headers[CONTENT_SECURITY_POLICY]), (StatusCode::OK, &framed.parse().unwrap()));
    for broken in ["/embed/2x", "/embed/2x?document=7"] {
        let answer = get(broken).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{broken}");
        assert_eq!(answer.headers[CONTENT_SECURITY_POLICY], framed, "{broken}");
        assert_eq!(select(&answer.html(), "h1")[0].text().collect::<String>(), "This link cannot be opened");
        assert_eq!(send(Request::head(broken), "").await.headers[CONTENT_SECURITY_POLICY], framed, "{broken}");
    }
}

#[tokio::test]
async fn the_code_of_a_manifest_leads_to_the_editor() {
    let pod = link::encode("apiVersion: v1\nkind: Pod\n---\nkind: Service\n").unwrap();
    for (query, kept) in [("", ""), ("?document=2", "?document=2"), ("?utm_source=a&what=x", "?what=x")] {
        for method in [Method::GET, Method::HEAD] {
            let answer = send(Request::builder().method(method).uri(format!("/l/{pod}{query}")), "").await;
            assert_eq!(answer.location(), format!("/p/{pod}{kept}"));
            assert_eq!((answer.headers.get(ETAG), &answer.headers[CACHE_CONTROL]), (None, &"private, no-cache".parse().unwrap()));
        }
    }
    let slip = link::encode(&LESSON.replace("task:", "tasks:")).unwrap();
    let page = get(&format!("/l/{slip}")).await;
    assert_eq!(page.status, StatusCode::BAD_REQUEST);
    let text = get(select(&page.html(), ".buttons a")[1].attr("href").unwrap()).await;
    assert_eq!(text.text(), LESSON.replace("task:", "tasks:"));
}

#[tokio::test]
async fn a_lesson_in_the_box_for_manifests_is_opened() {
    let answer = open(LESSON, None).await;
    assert_eq!(answer.location(), format!("/l/{}", code()));
    let slip = open(&LESSON.replace("task:", "tasks:"), None).await;
    assert_eq!(slip.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = slip.html();
    assert_eq!(text_of(&page, "h1"), "Write a lesson");
    assert!(text_of(&page, "#answers").contains("tasks"), "{}", text_of(&page, "#answers"));
    assert_eq!(text_of(&page, "#manifest-text"), LESSON.replace("task:", "tasks:"));
}

#[tokio::test]
async fn the_editor_says_what_a_lesson_is_and_keeps_its_text() {
    let page = get(&format!("/p/{}", code())).await;
    assert_eq!(page.status, StatusCode::OK);
    let html = page.html();
    assert!(text_of(&html, ".is-lesson").contains("This text is a lesson and no manifest: Ein Bild."));
    assert_eq!(select(&html, ".is-lesson [lang=de]").len(), 1);
    assert_eq!(select(&html, ".is-lesson a")[0].attr("href"), Some(format!("/l/{}", code()).as_str()));
    assert_eq!(get(&format!("/p/{}.yaml", code())).await.text(), LESSON);
    for text in ["kind: Pod\n", "a: 1\n", &format!("{LESSON}---\nkind: Pod\n"), &LESSON.replace("task:", "tasks:")] {
        let page = get(&format!("/p/{}", link::encode(text).unwrap())).await;
        assert_eq!((page.status, select(&page.html(), ".is-lesson").len()), (StatusCode::OK, 0), "{text}");
    }
}

#[tokio::test]
async fn the_name_of_a_lesson_leads_to_it() {
    for path in ["/p/web-content", "/p/web-content?document=2"] {
        for method in [Method::GET, Method::HEAD] {
            assert_eq!(send(Request::builder().method(method).uri(path), "").await.location(), "/l/web-content");
        }
    }
}

#[tokio::test]
async fn a_lesson_in_a_frame_leads_to_its_page() {
    for (key, title) in [(code().as_str(), "Ein Bild"), ("web-content", "One writes, one serves")] {
        let answer = get(&format!("/embed/{key}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.headers[CONTENT_SECURITY_POLICY].to_str().unwrap().contains("frame-ancestors *"));
        let html = answer.html();
        assert_eq!(text_of(&html, "h1"), title);
        let link = select(&html, "header a")[0];
        assert_eq!((link.attr("href"), link.attr("target")), (Some(format!("/l/{key}").as_str()), Some("_blank")));
        let head = send(Request::head(format!("/embed/{key}")), "").await;
        assert_eq!(
            (head.status, &head.headers[CONTENT_SECURITY_POLICY]),
            (answer.status, &answer.headers[CONTENT_SECURITY_POLICY])
        );
    }
}
