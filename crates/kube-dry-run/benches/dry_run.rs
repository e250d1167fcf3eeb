//! What it costs to read and to judge a manifest of two containers, and the corpus of 3,990 manifests.

use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader};
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use flate2::read::GzDecoder;
use kube_dry_run::{self as kubernetes, Verdict, yaml};
use mimalloc::MiMalloc;
use serde_json::Value;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const CORPUS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance/cases.jsonl.gz");

const TWO_CONTAINERS: &str = "\
apiVersion: v1
kind: Pod
metadata:
  name: web-content
  labels:
    app: web-content
spec:
  containers:
    - name: web
      image: nginx:1.29-alpine
      ports:
        - name: http
          containerPort: 80
      volumeMounts:
        - name: html
          mountPath: /usr/share/nginx/html
          readOnly: true
    - name: writer # writes a line each second
      image: busybox:1.37
      command:
        - sh
        - -c
      args:
        - |
          while true; do
            date >> /html/index.html
            sleep 1
          done
      resources:
        limits:
          cpu: 100m
          memory: 32Mi
      volumeMounts:
        - name: html
          mountPath: /html
  volumes:
    - name: html
      emptyDir:
        sizeLimit: 16Mi
";

fn two_containers(criterion: &mut Criterion) {
    let parsed = yaml::parse(TWO_CONTAINERS).unwrap_or_default().remove(0);
    let json = parsed.value.to_string();
    let mut group = criterion.benchmark_group("two containers");
    group.bench_function("read YAML", |bencher| bencher.iter(|| yaml::parse(black_box(TWO_CONTAINERS))));
    group.bench_function("read JSON", |bencher| bencher.iter(|| yaml::parse(black_box(&json))));
    group.bench_function("judge the tree", |bencher| bencher.iter(|| kubernetes::judge(black_box(&parsed.value))));
    group.bench_function("judge the document", |bencher| bencher.iter(|| kubernetes::judge_parsed(black_box(&parsed))));
    group.bench_function("judge YAML", |bencher| bencher.iter(|| accepted(black_box(TWO_CONTAINERS))));
    group.finish();
}

/// How many documents of `text` the API server would accept.
fn accepted(text: &str) -> usize {
    let documents = yaml::documents(text).filter_map(Result::ok);
    documents.filter(|parsed| kubernetes::judge_parsed(parsed).verdict == Verdict::Accepted).count()
}

/// The manifests of the corpus.
fn manifests() -> Vec<String> {
    let lines = File::open(CORPUS).map(|file| BufReader::new(GzDecoder::new(file)).lines());
    let case = |line: String| serde_json::from_str::<Value>(&line).ok();
    let manifest = |case: Value| case["manifest"].as_str().map(str::to_owned);
    lines.into_iter().flatten().map_while(Result::ok).filter_map(case).filter_map(manifest).collect()
}

fn corpus(criterion: &mut Criterion) {
    let manifests = manifests();
    let mut group = criterion.benchmark_group("corpus");
    group.sample_size(20).measurement_time(Duration::from_secs(10));
    let judge_all = || manifests.iter().map(|manifest| accepted(manifest)).sum::<usize>();
    group.bench_function("judge 3,990 manifests", |bencher| bencher.iter(judge_all));
    group.finish();
}

criterion_group!(benches, two_containers, corpus);
criterion_main!(benches);
