//! What becomes of texts.

mod edits;
mod lines;
mod nasty;
mod random;

use serde_json::{Value, json};

use self::random::Random;
use super::*;
use crate::yaml::{documents, parse};

/// The first document of `text` after `edit`, and whether a block had to be laid out anew.
fn reconciled(text: &str, edit: impl Fn(&mut Value)) -> Reconciled {
    let document = documents(text).next().unwrap().unwrap();
    let mut new = document.value.clone();
    edit(&mut new);
    let reconciled = reconcile(text, &document, &new).unwrap();
    assert_eq!(parse(&reconciled.text).unwrap()[0].value, new, "{}", reconciled.text);
    reconciled
}

/// The same, where no block may be laid out anew.
fn edited(text: &str, edit: impl Fn(&mut Value)) -> String {
    let reconciled = reconciled(text, edit);
    assert_eq!(reconciled.anew.map(|path| path.to_string()), None, "{}", reconciled.text);
    reconciled.text
}

fn remove(object: &mut Value, name: &str) {
    object.as_object_mut().unwrap().shift_remove(name);
}

fn list(value: &mut Value) -> &mut Vec<Value> {
    value.as_array_mut().unwrap()
}

const POD: &str = "\
# A web server and its writer.
apiVersion: v1
kind: Pod
metadata:
  name: web  # the name
spec:
  containers:
  # serves
  - name: web
    image: 'nginx:1.27'   # pinned

    ports:
    - containerPort: 80
    volumeMounts:
    - {name: html, mountPath: /usr/share/nginx/html}
  # writes
  - name: writer
    image: busybox
    command: [\"sh\", \"-c\"]
    args:
    - |
      date
      # once
      sleep 60
  # the end
  volumes:
  - name: html
    emptyDir: {}  # on disk
";

#[test]
fn a_scalar_takes_the_place_of_another() {
    assert_eq!(edited(POD, |pod| pod["spec"]["containers"][0]["image"] = json!("nginx:1.28")), POD.replace("1.27", "1.28"));
    assert_eq!(edited(POD, |pod| pod["spec"]["containers"][1]["image"] = json!("1.0")), POD.replace("busybox", "\"1.0\""));
    assert_eq!(
        edited(POD, |pod| pod["spec"]["containers"][1]["args"][0] = json!("date\n# twice\nsleep 60\n")),
        POD.replace("once", "twice")
    );
    assert_eq!(
        edited(POD, |pod| pod["spec"]["containers"][0]["volumeMounts"][0]["mountPath"] = json!("/a,b")),
        POD.replace("/usr/share/nginx/html", "\"/a,b\"")
    );
}

#[test]
fn what_goes_takes_its_comments_along() {
    let lines = |from: &str, to: &str| {
        let (from, to) = (POD.find(from).unwrap(), POD.find(to).unwrap());
        format!("{}{}", &POD[..from], &POD[to..])
    };
    assert_eq!(edited(POD, |pod| drop(list(&mut pod["spec"]["containers"]).remove(0))), lines("  # serves", "  # writes"));
    assert_eq!(edited(POD, |pod| drop(list(&mut pod["spec"]["containers"]).remove(1))), lines("  # writes", "  # the end"));
    assert_eq!(edited(POD, |pod| remove(&mut pod["spec"], "volumes")), POD[..POD.find("  # the end").unwrap()]);
}

/// Makes `count` random edits of every document of `text`, each of the original, and counts what happened.
fn try_edits(text: &str, count: usize, random: &mut Random) -> Tally {
    let mut tally = Tally::default();
    let read: Vec<_> = documents(text).filter_map(Result::ok).collect();
    for (index, document) in read.iter().enumerate() {
        for _ in 0..count {
            let mut new = document.value.clone();
            let Some(edit) = edits::edit(&mut new, random) else { continue };
            if verify::is_same(&document.value, &new) {
                continue;
            }
            let reconciled = reconcile(text, document, &new).unwrap_or_else(|error| panic!("{edit:?} of\n{text}\n{error}"));
            let again: Vec<_> = documents(&reconciled.text).filter_map(Result::ok).collect();
            assert_eq!(again.len(), read.len(), "{edit:?} of\n{text}\ngave\n{}", reconciled.text);
            for (other, (before, after)) in read.iter().zip(&again).enumerate() {
                let meant = if other == index { &new } else { &before.value };
                assert!(verify::is_same(&after.value, meant), "{edit:?} of\n{text}\ngave\n{}", reconciled.text);
            }
            assert!(verify::is_same(&reconciled.document.value, &new));
            tally.edits += 1;
            let root = document.origin.syntax(text).unwrap();
            let lost = lines::lost_line(text, &root, &edit, &reconciled.text);
            if let Some(place) = &reconciled.anew {
                tally.anew.push(format!("{edit:?} of\n{text}\nlaid {place:?} out anew\n{}", reconciled.text));
            } else if let Some(line) = lost {
                tally.lost.push(format!("{edit:?} of\n{text}\nlost {line:?}\n{}", reconciled.text));
            }
        }
    }
    tally
}

/// What random edits came to.
#[derive(Default)]
struct Tally {
    edits: usize,
    /// Those that laid a block out anew.
    anew: Vec<String>,
    /// Those that lost a line that they did not concern.
    lost: Vec<String>,
}

#[test]
fn nasty_texts_mean_what_they_should() {
    let mut random = Random::new(1);
    let mut all = Tally::default();
    for text in nasty::TEXTS {
        all.add(try_edits(text, 150, &mut random));
    }
    all.show("nasty");
}

#[test]
fn manifests_change_in_the_lines_that_an_edit_concerns() {
    let mut random = Random::new(2);
    let mut all = Tally::default();
    for text in manifests() {
        all.add(try_edits(&text, 60, &mut random));
    }
    all.show("manifests");
}

/// All manifests and presets of the tree.
fn manifests() -> Vec<String> {
    let tests = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/manifests");
    let presets = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../src/document/presets");
    let mut files: Vec<_> =
        [tests, presets].iter().flat_map(|folder| std::fs::read_dir(folder).unwrap()).map(|file| file.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

/// `PODWEAVE_MANIFESTS=FILE.jsonl cargo test --release real_manifests -- --ignored --nocapture` says how manifests of other people
/// fare: a JSON object with the text in `manifest` on each line.
#[test]
#[ignore = "wants the manifests"]
fn real_manifests() {
    let mut random = Random::new(3);
    let mut all = Tally::default();
    let file = std::fs::read_to_string(std::env::var("PODWEAVE_MANIFESTS").unwrap()).unwrap();
    for line in file.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        all.add(try_edits(line["manifest"].as_str().unwrap(), 12, &mut random));
    }
    all.show("real");
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.edits += other.edits;
        self.anew.extend(other.anew);
        self.lost.extend(other.lost);
    }

    fn show(&self, name: &str) {
        let (anew, lost) = (self.anew.join("\n========\n"), self.lost.join("\n========\n"));
        let summary = format!("{} edits, {} anew, {} lost", self.edits, self.anew.len(), self.lost.len());
        std::fs::write(format!("/tmp/{name}.txt"), format!("{summary}\n\n{anew}\n=====LOST\n{lost}")).unwrap();
        println!("{name}: {summary}");
    }
}

#[test]
fn debug() {
    let mut random = Random::new(77);
    let mut out = String::new();
    for text in manifests() {
        let document = documents(&text).next().unwrap().unwrap();
        for _ in 0..6 {
            let mut new = document.value.clone();
            let Some(edit) = edits::edit(&mut new, &mut random) else { continue };
            let done = reconcile(&text, &document, &new).unwrap();
            out += &format!("{}\n", serde_json::to_string(&json!([format!("{edit:?}"), text, done.text])).unwrap());
        }
    }
    std::fs::write("/tmp/sample.jsonl", out).unwrap();
}
