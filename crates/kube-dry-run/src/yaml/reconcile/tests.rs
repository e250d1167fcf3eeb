//! What becomes of texts.

use serde_json::{Value, json};

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
