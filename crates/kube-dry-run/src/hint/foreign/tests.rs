use crate::inspection::{Lines, inspect};

/// The first words of what is said about a text.
fn told(text: &str) -> String {
    let lines = Lines::new(text.to_owned());
    let finding = inspect(&lines).flat_map(|document| document.findings).next();
    let hint = finding.and_then(|finding| finding.hint).unwrap_or_default();
    hint.split([':', ',']).next().unwrap_or_default().to_owned()
}

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: a\n    image: b\n";

/// The Pod with `before` each of its lines.
fn each(before: impl Fn(usize) -> String) -> String {
    POD.lines().enumerate().flat_map(|(index, line)| [before(index + 1), line.to_owned(), "\n".to_owned()]).collect()
}

#[test]
fn what_came_along_is_named() {
    let numbers = "The lines begin with their numbers";
    for text in [
        each(|number| format!("{number} ")),
        each(|number| format!("  {number}. ")),
        each(|number| format!("{number:3} | ")),
        each(|number| format!("{number:4}   │ ")),
        each(|number| format!("{number:6}\t")),
        each(|number| format!("{number}: ")),
        each(|number| format!("{number}\n")),
    ] {
        assert_eq!(told(&text), numbers, "{text}");
    }
    let code = "This line marks a piece of code on a page";
    let shell = "There are lines for a shell around this manifest";
    let output = "This line is what a program said";
    let editor = "This is what an editor shows around a text";
    for (text, expected) in [
        (each(|_| "+".to_owned()), "These are the marks of a diff"),
        (format!("@@ -1,3 +1,4 @@\n{}", each(|_| " ".to_owned())), "These are the marks of a diff"),
        (format!("diff --git a/x b/x\nindex 1..2 100644\n--- a/x\n+++ b/x\n{POD}"), "These are the marks of a diff"),
        (each(|_| "> ".to_owned()), "The lines begin with the `>` of a shell or of a mail"),
        (format!("{{code:yaml}}\n{POD}{{code}}\n"), code),
        (format!("[source,yaml]\n----\n{POD}----\n"), code),
        (format!("{POD}</code></pre>\n"), code),
        (format!("{{{{< highlight yaml >}}}}\n{POD}"), code),
        (format!("{{% highlight yaml %}}\n{POD}"), code),
        (POD.replace("image: b", "image: {% x %}"), "This is a template"),
        (format!("cat pod.yaml\n{POD}"), shell),
        (format!("vi pod.yaml\n\n{POD}"), shell),
        (format!("kubectl run a --image=b -o yaml\n{POD}"), shell),
        (format!("tee x <<'EOF'\n{POD}EOF\n"), shell),
        (format!("echo '{POD}' | kubectl apply -f -\n"), shell),
        (format!("host $ cat pod.yaml\n{POD}"), shell),
        (format!("[user@host ~]$ cat pod.yaml\n{POD}"), shell),
        (format!("{POD}user@host:~$ \n"), shell),
        (format!("{POD}root@gke-1:/etc# vim x\n"), shell),
        (format!("{POD}pod/a created\n"), output),
        (format!("W1005 10:11:12.1 12 helpers.go:633] deprecated\n{POD}"), output),
        (format!("{POD}~\n~\n"), editor),
        (format!("{POD}\"pod.yaml\" 8L, 110B\n"), editor),
        (POD.replace("image: b", "image: &quot;b&quot;"), "`&quot;`"),
        (POD.replace("image: b", "image: b\n    ..."), "The dots stand for something that was left out"),
        (POD.replace("image: b", "image: b\n    …"), "The dots stand for something that was left out"),
        (POD.replace("    image", "    // the image\n    image"), "A comment begins with `#` in YAML"),
        ("{\n  // text\n  \"kind\": \"Pod\"\n}\n".to_owned(), "A comment begins with `#` in YAML"),
        ("{\n  \"a\": \"v1\",  // text\n  \"kind\": \"Pod\"\n}\n".to_owned(), "A comment begins with `#` in YAML"),
        (format!("{POD}----\n{POD}"), "Documents are separated by `---`"),
        (format!("{POD}—\n{POD}"), "Documents are separated by `---`"),
        (format!("{POD}  ---\n{POD}"), "Documents are separated by `---`"),
        (POD.replace("- name", "• name"), "An item of a list begins with `- `"),
        (POD.replace("- name", "– name"), "An item of a list begins with `- `"),
        (POD.replace("- name", "* name"), "An item of a list begins with `- `"),
        (POD.replace("spec:", "**spec**:"), "The stars are those of a text in Markdown"),
        (format!("`{POD}`"), "The backquotes around the manifest are those of a page"),
        (POD.replace("image: b", "image：b"), "`"),
        (POD.replace('\n', "\\n"), "The line breaks of this text are written as `\\n`"),
        (POD.split_whitespace().collect::<Vec<_>>().join(" "), "The line breaks of this manifest are lost"),
        (format!("\n\n<!DOCTYPE html>\n<html\n lang=\"en\">\n{POD}"), "This is a web page"),
    ] {
        assert!(told(&text).starts_with(expected), "{text}\n{}", told(&text));
    }
}

#[test]
fn what_is_not_read_may_be_none_of_the_manifest() {
    assert_eq!(
        told("  apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n-   a: b\n+   a: c\n"),
        "These are the marks of a diff"
    );
    assert!(told("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n...\nspec: {}\n").starts_with("kubectl drops it"));
    assert_eq!(told(&format!(".. code-block:: yaml\n\n{POD}")), "This line marks a piece of code on a page");
}

#[test]
fn what_belongs_to_a_manifest_is_not_taken_for_something_else() {
    let columns = "This line begins with 3 spaces and those before it with 2";
    for line in
        ["user: a@b.example", "path: /a/b created", "url: https://a.example//b", "cat: a", "a: x > y", "a: b$ # c", "\"a\": 5L"]
    {
        assert_eq!(told(&format!("  x: y\n  {line}\n   c: d\n")), columns, "{line}");
    }
    assert!(told("data:\n  80: a\n  81: b\n   c: d\n").starts_with("This line begins with 3 spaces"));
}
