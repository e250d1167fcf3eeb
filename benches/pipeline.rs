//! What one keystroke costs the server: a document in, its YAML and report out, and the link to it.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use podweave::document::{Document, link, preset};
use podweave::{pipeline, yaml};
use serde_json::{Value, json};

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
    let two_containers = preset("web-content").map(|preset| preset.document.clone()).unwrap_or_default();
    vec![("two containers", two_containers), ("20 containers, 20 volumes", large())]
}

fn pipeline(criterion: &mut Criterion) {
    for (name, value) in documents() {
        let Ok(document) = Document::try_from(value) else { continue };
        let text = yaml::write(document.value()).text;
        let code = link::encode(document.value()).unwrap_or_default();
        let mut group = criterion.benchmark_group(name);
        group.bench_function("report", |bencher| bencher.iter(|| pipeline::report(black_box(&document))));
        group.bench_function("judge", |bencher| bencher.iter(|| podweave::kubernetes::judge(black_box(document.value()))));
        group.bench_function("write YAML", |bencher| bencher.iter(|| yaml::write(black_box(document.value()))));
        group.bench_function("read YAML", |bencher| bencher.iter(|| yaml::parse(black_box(&text))));
        group.bench_function("encode the link", |bencher| bencher.iter(|| link::encode(black_box(document.value()))));
        group.bench_function("decode the link", |bencher| bencher.iter(|| link::decode(black_box(&code))));
        group.finish();
    }
}

criterion_group!(benches, pipeline);
criterion_main!(benches);
