//! What a page has no room for is counted, can be turned to, and survives.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use podweave::web::budget::MAX_PAGE_BYTES;
use scraper::Html;
use serde_json::json;

use super::{numbered, page_bomb, page_of_text, pod};
use crate::client::{Pairs, and, form_of, get, page_of, post, select, text_of, with};

/// Where the form of a page posts to.
fn action_of(html: &Html) -> String {
    select(html, "#editor")[0].attr("action").unwrap().to_owned()
}

fn names_of_containers(html: &Html) -> Vec<String> {
    let is_name = |name: &str| name.starts_with("spec.containers[") && name.matches('[').count() == 1 && name.ends_with("].name");
    form_of(html).into_iter().filter(|(name, _)| is_name(name)).map(|(_, value)| value).collect()
}

#[tokio::test(start_paused = true)]
async fn a_link_of_a_thousand_characters_gives_a_page() {
    for (length, characters) in [(1500, 1300), (700, 1200)] {
        let page = page_of(&page_bomb(length));
        assert!(page.len() < characters, "{}", page.len());
        let answer = get(&page).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(text_of(&answer.html(), "#editor").contains("There are 96 more"), "{}", text_of(&answer.html(), "#editor"));
    }
}

/// An address holds the whole document, so each container that stands on another page costs as many bytes.
#[tokio::test(start_paused = true)]
async fn addresses_of_other_pages_do_not_multiply() {
    let noise = |seed: u32| -> String {
        let numbers = std::iter::successors(Some(seed), |last| Some(last.wrapping_mul(1_664_525).wrapping_add(1_013_904_223)));
        numbers.skip(1).take(100).filter_map(|number| char::from_digit(number >> 27, 32)).collect()
    };
    let mounts = numbered(10, |number| json!({"name": format!("v{number}"), "mountPath": format!("/{number}")}));
    let containers = numbered(
        300,
        |number| json!({"name": noise(u32::try_from(number).unwrap() * 7919 + 1), "image": "b", "volumeMounts": mounts}),
    );
    let volumes = numbered(10, |number| json!({"name": format!("v{number}")}));
    let page = page_of_text(&pod(json!({"containers": containers, "volumes": volumes})));
    assert!(page.len() > 12_000, "{}", page.len());
    for from in ["", "?from=spec.containers%5B299%5D"] {
        let answer = get(&format!("{page}{from}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(answer.body.len() <= MAX_PAGE_BYTES, "{} bytes", answer.body.len());
    }
}

/// The hidden items are reached by the buttons that the page has for them, one page after the other.
#[tokio::test(start_paused = true)]
async fn every_item_can_be_turned_to_and_changed() {
    let containers = numbered(130, |number| json!({"name": format!("c{number}"), "image": "b"}));
    let document =
        pod(json!({"containers": containers, "volumes": numbered(150, |number| json!({"name": format!("v{number}")}))}));
    let mut page = page_of(&document);
    let mut seen = BTreeSet::new();
    loop {
        let html = get(&page).await.html();
        seen.extend(names_of_containers(&html));
        let next = format!("spec.containers[{}]", seen.len());
        let edit = format!("show {next}");
        if select(&html, "button.turn").iter().all(|button| button.attr("value") != Some(&edit)) {
            break;
        }
        let answer = post(&action_of(&html), &and(form_of(&html), "edit", &edit)).await;
        assert_eq!(answer.document(), document);
        let (address, field) = answer.location().split_once('#').unwrap();
        assert_eq!(field, next);
        page = address.to_owned();
    }
    assert_eq!(seen, (0..130).map(|number| format!("c{number}")).collect());

    let html = get(&page).await.html();
    let pairs = with(form_of(&html), "spec.containers[129].image", "changed");
    let answer = post(&action_of(&html), &pairs).await;
    assert_eq!(answer.document()["spec"]["containers"][129]["image"], "changed");
    assert_eq!(answer.location().split('?').nth(1), page.split('?').nth(1), "the page is turned to where it was");
}

#[tokio::test(start_paused = true)]
async fn what_is_not_shown_survives_an_untouched_form() {
    let document = page_bomb(10);
    for from in ["", "?from=spec.containers%5B77%5D.volumeMounts%5B50%5D", "?from=spec.volumes%5B99%5D", "?from=%5D%5B"] {
        let address = page_of_text(&document) + from;
        let pairs = and(form_of(&get(&address).await.html()), "metadata.namespace", "");
        let answer = post(&address, &pairs).await;
        assert!(answer.status == StatusCode::SEE_OTHER && answer.document() == document, "{from}: {}", answer.status);
    }
}

#[tokio::test(start_paused = true)]
async fn a_finding_leads_to_a_page_that_shows_its_input() {
    let document = pod(json!({"containers": numbered(200, |number| match number {
        150 => json!({"name": "c150"}),
        _ => json!({"name": format!("c{number}"), "image": "b"}),
    })}));
    let html = get(&page_of(&document)).await.html();
    let address = select(&html, "#findings a")[0].attr("href").unwrap();
    assert!(address.ends_with("?from=spec.containers%5B150%5D#spec.containers[150].image"), "{address}");
    let page = get(address.split('#').next().unwrap()).await.html();
    assert_eq!(select(&page, "[id=\"spec.containers[150].image\"]").len(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_added_item_is_on_the_page_that_follows() {
    let document = pod(json!({"containers": numbered(150, |number| json!({"name": format!("c{number}"), "image": "b"}))}));
    let answer = post(&page_of(&document), &and(Pairs::new(), "edit", "add spec.containers")).await;
    let (page, field) = answer.location().split_once('#').unwrap();
    assert_eq!(field, "spec.containers[150].image");
    assert_eq!(select(&get(page).await.html(), "[id=\"spec.containers[150].image\"]").len(), 1);
}

#[tokio::test(start_paused = true)]
async fn of_many_volumes_the_names_are_suggested_once() {
    let html = get(&page_of(&page_bomb(700))).await.html();
    assert_eq!(select(&html, "select[name$='.name']").len(), 0);
    let mount = "input[list=volumes][name='spec.containers[0].volumeMounts[0].name']";
    assert_eq!((select(&html, mount).len(), select(&html, "datalist#volumes").len()), (1, 1));
    let names = json!({"containers": [{"name": "a", "volumeMounts": [{"name": "v3"}]}], "volumes": numbered(120, |number| json!({"name": format!("v{number}")}))});
    let html = get(&page_of(&pod(names))).await.html();
    assert!(select(&html, "#volumes option").iter().any(|option| option.attr("value") == Some("v7")));
    let pairs = with(form_of(&html), "spec.containers[0].volumeMounts[0].name", "+new");
    let answer = post(&action_of(&html), &pairs).await;
    assert_eq!(answer.document()["spec"]["containers"][0]["volumeMounts"][0]["name"], "shared-data");
}
