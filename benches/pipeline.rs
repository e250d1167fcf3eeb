//! What one keystroke costs the server: a document in, its YAML and report out, and the link to it, with the allocator of the
//! program. What it costs to judge the corpus is a bench of `kube-dry-run`.

use std::hint::black_box;

use allocator::MiMalloc;
use criterion::{Criterion, criterion_group, criterion_main};
use kube_dry_run::{self as kubernetes, Judgement, yaml};
use leptos::prelude::*;
use pod_lesson::lesson;
use podweave::document::{self, Document, link};
use podweave::web::pages;
use podweave::web::sheet::Sheet;
use podweave::{pipeline, report};
use serde_json::{Value, json};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Twenty containers that all mount the same twenty volumes.
fn large() -> Value {
    let names = |stem: &'static str| (0..20).map(move |number| format!("{stem}-{number}"));
    let mounts: Vec<Value> = names("volume").map(|name| json!({"mountPath": format!("/mnt/{name}"), "name": name})).collect();
    let limits = json!({"cpu": "100m", "memory": "64Mi"});
    let container =
        |name| json!({"name": name, "image": "nginx:1.29-alpine", "resources": {"limits": limits}, "volumeMounts": mounts});
    let volume = |name| json!({"name": name, "emptyDir": {"sizeLimit": "16Mi"}});
    json!({
        "apiVersion": "v1", "kind": "Pod", "metadata": {"name": "large"},
        "spec": {"containers": names("app").map(container).collect::<Vec<_>>(), "volumes": names("volume").map(volume).collect::<Vec<_>>()}
    })
}

fn documents() -> Vec<(&'static str, Value)> {
    let two_containers = lesson("web-content").map(|lesson| lesson.document.clone()).unwrap_or_default();
    vec![("two containers", two_containers), ("20 containers, 20 volumes", large())]
}

fn pipeline(criterion: &mut Criterion) {
    for (name, value) in documents() {
        let Ok(document) = Document::try_from(value) else { continue };
        let text = yaml::write(document.value()).text;
        let code_1 = link::v1::encode(document.value()).unwrap_or_default();
        let code_2 = link::v2::encode(&text).unwrap_or_default();
        let Ok(file) = document::File::of_document(&document) else { continue };
        let mut group = criterion.benchmark_group(name);
        group.bench_function("report", |bencher| bencher.iter(|| pipeline::report(black_box(&file))));
        group.bench_function("draw the page", |bencher| bencher.iter(|| draw(black_box(&file))));
        group.bench_function("edit, from link to link", |bencher| bencher.iter(|| edit(black_box(&code_2))));
        group.bench_function("edit a tree, from link to link", |bencher| bencher.iter(|| edit_tree(black_box(&code_1))));
        group.bench_function("judge", |bencher| bencher.iter(|| kubernetes::judge(black_box(document.value()))));
        group.bench_function("judge YAML", |bencher| bencher.iter(|| judge_text(black_box(&text))));
        group.bench_function("write YAML", |bencher| bencher.iter(|| yaml::write(black_box(document.value()))));
        group.bench_function("read YAML", |bencher| bencher.iter(|| yaml::parse(black_box(&text))));
        group.finish();
        links(criterion, name, document.value(), &text);
    }
}

/// What a keystroke costs: the link is decoded, one image changes, and the new text is judged and becomes a link.
fn edit(code: &str) -> Option<(report::Report, String)> {
    let file = document::File::open(link::decode(code).ok()?, None).ok()?;
    let mut document = file.document().clone();
    document.set(&"spec.containers[0].image".parse().ok()?, Some("alpine:3.23".into())).ok()?;
    let file = file.with(&document).ok()?;
    Some((pipeline::report(&file), link::v2::encode(file.text()).ok()?))
}

/// The editor's page as HTML.
fn draw(file: &document::File) -> Option<String> {
    let links = document::Links::new("https://podweave.example", file).ok()?;
    let sheet = Sheet::new(file.clone(), links, None);
    Some(Owner::new_root(None).with(|| pages::editor(&sheet).into_string()))
}

/// The same with links of version 1, where the document was its tree: nothing of a text is kept.
fn edit_tree(code: &str) -> Option<(Judgement, yaml::Rendered, String)> {
    let mut document = Document::try_from(link::v1::decode(code).ok()?).ok()?;
    document.set(&"spec.containers[0].image".parse().ok()?, Some("alpine:3.23".into())).ok()?;
    let value = document.value();
    Some((kubernetes::judge(value), yaml::write(value), link::v1::encode(value).ok()?))
}

/// What the link costs in both versions.
fn links(criterion: &mut Criterion, name: &str, document: &Value, text: &str) {
    let (code_1, code_2) = (link::v1::encode(document).unwrap_or_default(), link::v2::encode(text).unwrap_or_default());
    let mut group = criterion.benchmark_group(name);
    group.bench_function("encode the link, version 1", |bencher| bencher.iter(|| link::v1::encode(black_box(document))));
    group.bench_function("encode the link, version 2", |bencher| bencher.iter(|| link::v2::encode(black_box(text))));
    group.bench_function("decode the link, version 1", |bencher| bencher.iter(|| link::v1::decode(black_box(&code_1))));
    group.bench_function("decode the link, version 2", |bencher| bencher.iter(|| link::v2::decode(black_box(&code_2))));
    group.finish();
}

/// What the API server answers to the documents of `text`.
fn judge_text(text: &str) -> Vec<Judgement> {
    yaml::documents(text).filter_map(Result::ok).map(|parsed| kubernetes::judge_parsed(&parsed)).collect()
}

criterion_group!(benches, pipeline);
criterion_main!(benches);
