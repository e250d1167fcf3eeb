//! What it costs to bring one changed value of a tree into its text: of a Pod of two containers with the comments of its
//! author, and of the same Pod as `write` lays it out; beside what it costs to read that text.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use kube_dry_run::yaml::{self, Parsed};
use mimalloc::MiMalloc;
use serde_json::{Value, json};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const COMMENTED: &str = include_str!("../tests/manifests/web-content.yaml");

/// The Pod of `text` with another image.
fn with_another_image(document: &Parsed) -> Value {
    let mut value = document.value.clone();
    value["spec"]["containers"][1]["image"] = json!("nginx:1.30-alpine");
    value
}

fn reconcile(criterion: &mut Criterion) {
    let Some(Ok(commented)) = yaml::documents(COMMENTED).next() else { return };
    for (name, text) in [("commented", COMMENTED.to_owned()), ("written", yaml::write(&commented.value).text)] {
        let Some(Ok(document)) = yaml::documents(&text).next() else { continue };
        let new = with_another_image(&document);
        let mut group = criterion.benchmark_group(name);
        group.bench_function("read", |bencher| bencher.iter(|| yaml::parse(black_box(&text))));
        group.bench_function("reconcile", |bencher| {
            bencher.iter(|| yaml::reconcile(black_box(&text), black_box(&document), black_box(&new)));
        });
        group.finish();
    }
}

criterion_group!(benches, reconcile);
criterion_main!(benches);
