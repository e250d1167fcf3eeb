//! Parts that change, go, come and move.

use serde_json::json;

use super::{edited, list, reconciled, remove};
use crate::yaml::{documents, reconcile};

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
    let without = |from: &str, to: &str| {
        let (from, to) = (POD.find(from).unwrap(), POD.find(to).unwrap_or(POD.len()));
        format!("{}{}", &POD[..from], &POD[to..])
    };
    assert_eq!(edited(POD, |pod| drop(list(&mut pod["spec"]["containers"]).remove(0))), without("  # serves", "  # writes"));
    assert_eq!(edited(POD, |pod| drop(list(&mut pod["spec"]["containers"]).remove(1))), without("  # writes", "  # the end"));
    assert_eq!(edited(POD, |pod| remove(&mut pod["spec"], "volumes")), without("  # the end", "nothing"));
    assert_eq!(edited("# head\na: 1 # x\nb: 2\n", |tree| remove(tree, "a")), "# head\nb: 2\n");
    assert_eq!(edited("a:\n# b\n\n# c\nc: 1\n  # of c\n# d\nd: 2\n", |tree| remove(tree, "c")), "a:\n# b\n\n# d\nd: 2\n");
}

#[test]
fn the_first_key_behind_a_dash_makes_room() {
    let text = "- name: a # x\n  image: b\n";
    assert_eq!(edited(text, |tree| remove(&mut tree[0], "name")), "- image: b\n");
    assert_eq!(edited("- name: a\n  # y\n  image: b\n", |tree| remove(&mut tree[0], "name")), "-\n  # y\n  image: b\n");
    assert_eq!(edited("-   image: b\n", |tree| tree[0]["a"] = json!([1])), "-   image: b\n    a:\n      - 1\n");
    let both = |tree: &mut serde_json::Value| {
        remove(&mut tree["spec"]["containers"][0], "tty");
        tree["spec"]["containers"][0]["name"] = json!("c");
    };
    let text = "kind: Pod\nspec:\n  containers:\n    - tty: true\n      image: b\n";
    assert_eq!(edited(text, both), text.replace("tty: true", "name: c"));
    let first = |tree: &mut serde_json::Value| tree["spec"]["containers"][0]["name"] = json!("c");
    assert_eq!(edited(text, first), text.replace("tty: true\n", "name: c\n      tty: true\n"));
}

#[test]
fn a_new_entry_goes_where_people_write_it() {
    assert_eq!(
        edited(POD, |pod| pod["spec"]["containers"][0]["env"] = json!([{"value": "yes", "name": "A"}])),
        POD.replace("# pinned\n", "# pinned\n    env:\n    - name: A\n      value: \"yes\"\n")
    );
    assert_eq!(
        edited(POD, |pod| pod["metadata"]["labels"] = json!({"app": "web"})),
        POD.replace("# the name\n", "# the name\n  labels:\n    app: web\n")
    );
    let written_backwards = "kind: Pod\nspec:\n  volumes: []\n  containers:\n  - image: x\n    name: a\n";
    assert_eq!(
        edited(written_backwards, |pod| pod["spec"]["nodeName"] = json!("node")),
        format!("{written_backwards}  nodeName: node\n")
    );
    assert_eq!(
        edited(written_backwards, |pod| list(&mut pod["spec"]["containers"])
            .push(json!({"name": "b", "tty": true, "image": "z"}))),
        format!("{written_backwards}  - image: z\n    name: b\n    tty: true\n")
    );
}

#[test]
fn an_item_that_moves_takes_its_text_along() {
    let text = "# all\nx:\n# one\n- name: a # 1\n  b: 'c'\n# two\n- name: d\n  e: |\n    f\n  # end of two\n- name: g\n";
    assert_eq!(
        edited(text, |tree| list(&mut tree["x"]).swap(0, 1)),
        "# all\nx:\n# two\n- name: d\n  e: |\n    f\n  # end of two\n# one\n- name: a # 1\n  b: 'c'\n- name: g\n"
    );
    let flow = "a: [ 'x', \"y\" , z ] # c\n";
    assert_eq!(edited(flow, |tree| list(&mut tree["a"]).swap(0, 2)), "a: [ z, \"y\" , 'x' ] # c\n");
}

#[test]
fn a_container_keeps_its_text_in_its_new_role() {
    let text = "\
kind: Pod
spec:
  initContainers:
  # prepares
  - name: init
    image: 'x' # pinned
  containers:
    # serves
    -   name: web
        args: [ a, 'b' ]
        # of args
    -   name: other
";
    let moved = edited(text, |pod| {
        let mut container = list(&mut pod["spec"]["containers"]).remove(0);
        container["restartPolicy"] = json!("Always");
        list(&mut pod["spec"]["initContainers"]).push(container);
    });
    let expected = "\
kind: Pod
spec:
  initContainers:
  # prepares
  - name: init
    image: 'x' # pinned
  # serves
  -   name: web
      restartPolicy: Always
      args: [ a, 'b' ]
      # of args
  containers:
    -   name: other
";
    assert_eq!(moved, expected);
}

#[test]
fn a_container_keeps_its_text_in_a_list_that_is_new() {
    let text = "\
kind: Pod
spec:
  containers:
    # serves
    - name: web # here
      probe: &probe {port: 80} # once
      ready: *probe
      args: [ a, 'b' ]
    - name: other
  volumes: []
";
    let (start, end) = (text.find("    # serves").unwrap(), text.find("    - name: other").unwrap());
    let container = &text[start..end];
    let moved = edited(text, |pod| {
        let container = list(&mut pod["spec"]["containers"]).remove(0);
        pod["spec"]["initContainers"] = json!([container]);
    });
    assert_eq!(
        moved,
        text.replace(container, "").replace("  containers:\n", &format!("  initContainers:\n{container}  containers:\n"))
    );
    let grown = edited(&moved.replace("  volumes: []", "  ephemeralContainers: [] # none"), |pod| {
        let container = list(&mut pod["spec"]["initContainers"]).remove(0);
        pod["spec"]["ephemeralContainers"] = json!([container]);
        pod["spec"]["initContainers"] = json!([]);
    });
    assert_eq!(
        grown,
        format!(
            "kind: Pod\nspec:\n  initContainers: []\n  containers:\n    - name: other\n  ephemeralContainers: # none\n{container}"
        )
    );
}

#[test]
fn the_only_list_of_its_kind_keeps_its_key() {
    let text = "kind: Pod\nspec:\n  # all of them\n  containers: # here\n  - name: a\n";
    let moved = edited(text, |pod| {
        let container = pod["spec"]["containers"].take();
        remove(&mut pod["spec"], "containers");
        pod["spec"]["initContainers"] = container;
    });
    assert_eq!(moved, text.replace("containers", "initContainers"));
    assert_eq!(
        edited("labels:\n  a: x # y\n  b: z\n", |tree| tree["labels"] = json!({"c": "x", "b": "z"})),
        "labels:\n  c: x # y\n  b: z\n"
    );
}

#[test]
fn other_documents_stay() {
    let text = "\u{feff}# first\na: 1\n---\n# second\nb: 'x'\n\n--- # third\n---\nc: [\n";
    let read: Vec<_> = documents(text).collect();
    let mut new = read[1].as_ref().unwrap().value.clone();
    new["b"] = json!("y");
    let done = reconcile(text, read[1].as_ref().unwrap(), &new).unwrap();
    assert_eq!(done.text, text.replace("'x'", "'y'"));
    assert_eq!(done.document.positions.value(&"b".parse().unwrap()).line, 5);
    let unchanged = reconcile(text, read[0].as_ref().unwrap(), &json!({"a": 1.0})).unwrap();
    assert_eq!((unchanged.text.as_str(), unchanged.anew), (text, None));
}

#[test]
fn users_of_an_anchor_that_changes_are_written_out() {
    let text = "a: &a\n  x: 1\nb: *a # b\nc:\n  <<: *a\n  y: 2\nd: *a\n";
    assert_eq!(
        edited(text, |tree| tree["a"]["x"] = json!(3)),
        "a: &a\n  x: 3\nb: # b\n  x: 1\nc:\n  <<: *a\n  x: 1\n  y: 2\nd:\n  x: 1\n"
    );
    assert_eq!(edited(text, |tree| tree["d"]["z"] = json!(3)), text.replace("d: *a", "d:\n  x: 1\n  z: 3"));
    assert_eq!(edited(text, |tree| tree["c"]["x"] = json!(3)), text.replace("  y: 2", "  x: 3\n  y: 2"));
    assert_eq!(edited(text, |tree| remove(&mut tree["c"], "x")), text.replace("  <<: *a\n", ""));
    assert_eq!(edited(text, |tree| remove(tree, "b")), text.replace("b: *a # b\n", ""));
    let renamed = edited(text, |tree| {
        for name in ["a", "b", "c", "d"] {
            tree[name]["x"] = json!(4);
        }
    });
    assert_eq!(renamed, text.replace("x: 1", "x: 4"));
    assert_eq!(edited("a: &a 1\nb: *a\n", |tree| remove(tree, "a")), "b: 1\n");
}

#[test]
fn what_cannot_be_done_part_by_part_is_laid_out_anew() {
    let text = "# head\na: 1\rb: 2\u{2028}c: 3\n";
    let done = reconciled(text, |tree| tree["b"] = json!("x\ny\n"));
    assert_eq!(done.anew.map(|path| path.to_string()).as_deref(), Some(""));
    assert_eq!(done.text, "# head\na: 1\nb: |\n  x\n  y\nc: 3\n");
}

#[test]
fn trees_that_no_text_can_mean_are_refused() {
    let document = documents("a: 1\n").next().unwrap().unwrap();
    let deep = (0..200).fold(json!(1), |inner, _| json!([inner]));
    assert!(reconcile("a: 1\n", &document, &deep).unwrap_err().to_string().contains("nested"));
    assert!(reconcile("a: 1\n", &document, &json!(null)).is_err());
    assert!(reconcile("", &document, &json!({"b": 1})).is_err());
}
