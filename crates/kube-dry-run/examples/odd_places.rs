//! temp
use std::collections::BTreeMap;
use std::io::Read;
fn main() {
    let mut seen: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for file in std::env::args().skip(1) {
        let mut text = String::new();
        flate2::read::GzDecoder::new(std::fs::File::open(file).unwrap()).read_to_string(&mut text).unwrap();
        for line in text.lines() {
            let case: serde_json::Value = serde_json::from_str(line).unwrap();
            for parsed in kube_dry_run::yaml::documents(case["manifest"].as_str().unwrap()).flatten() {
                for f in kube_dry_run::judge_parsed(&parsed).findings {
                    if !f.rule.is_of_validation() && f.rule != kube_dry_run::Rule::WARNING {
                        continue;
                    }
                    let schema = &kube_dry_run::kinds::Kind::of(&parsed.value).unwrap().schema;
                    let is_field = schema.at(&f.place).is_some();
                    if is_field {
                        continue;
                    }
                    let short: String = f.field.split(|c: char| c.is_ascii_digit()).collect::<Vec<_>>().join("#");
                    let short = short
                        .replace("spec.jobTemplate.spec.template", "T")
                        .replace("spec.template", "T")
                        .replace("T.spec", "spec")
                        .replace("initContainers", "containers");
                    let key = format!("{} {}", f.rule, short);
                    let e = seen
                        .entry(key)
                        .or_insert((0, format!("{} <{}>", f.message.chars().take(150).collect::<String>(), f.place)));
                    e.0 += 1;
                }
            }
        }
    }
    for (k, (n, m)) in seen {
        println!("{n} {k}\n      {m}");
    }
}
