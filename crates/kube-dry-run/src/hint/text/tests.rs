use crate::inspection::{Lines, inspect};

fn told(text: &str) -> String {
    let lines = Lines::new(text.to_owned());
    let finding = inspect(&lines).flat_map(|document| document.findings).next();
    finding.map_or("nothing".to_owned(), |finding| {
        let mark = finding.mark.unwrap();
        format!("{}:{} {} | {}", mark.line, mark.column, finding.message, finding.hint.as_deref().unwrap_or("-"))
    })
}

#[test]
fn mistakes_are_explained() {
    let told: Vec<_> = [
        "metadata:\n  name: {{ .Values.name }}\n",
        "replicas: {{ .Values.count }}\n",
        "a: b\n{{- if .Values.x }}\nc: d\n{{- end }}\n",
        "```yaml\nkind: Pod\n```\n",
        "kind: Pod\n```\n",
        "cat <<EOF | kubectl apply -f -\nkind: Pod\nEOF\n",
        "kubectl apply -f - <<EOF\napiVersion: v1\nkind: Pod\nEOF\n",
        "kind: Pod\nmetadata:\n  name: a\nEOF\n",
        "kind: Pod\n<<<<<<< HEAD\nmetadata:\n=======\nspec:\n>>>>>>> x\n",
        "<!DOCTYPE html>\n<html><a href=\"x\">: y</a>\n",
        "spec:\n\tcontainers: []\n",
        "spec:\n  containers:\n  - name: web\n    image:nginx\n    tty: true\n",
        "apiVersion:v1\nkind: Pod\n",
        "kind: Pod\nmetadata:\n  name: a: b\n",
        "spec:\n  a: b\n   c: d\n",
        "spec:\n    a: b\n  c: d\n",
        "spec:\n  containers:\n- name: web\n    image: x\n",
        "spec:\n  containers:\n  - name: web\n   image: x\n",
        "spec:\n  containers:\n  - name: web\n  image: x\n  - name: b\n",
        "spec:\n  containers:\n    -name: web\n     image: x\n",
        "spec:\n  command:\n  -sh\n  -c\nkind: Pod\n",
        "spec:\n  containers\n  - name: web\n",
        "volumes:\n- name: a\nemptyDir: {}\n- name: b\n",
        "~~~yaml\nkind: Pod\n~~~\n",
        "$ kubectl get pod web -o yaml\nkind: Pod\n",
        "a: \"b\nc: d\n",
        "a: 'it's'\n",
        "a: [b\nc: d\n",
        "schedule: @daily\n",
        "schedule: */5 * * * *\n",
        "a: %b\n",
        "a: `b`\n",
        "a: \"C:\\Users\"\n",
        "a: b\nc\nd: e\n",
        "a: b\n\u{a0}c: d\n  e: f\n",
        "{\"a\": 1,}\n",
        "{\"a\": 1",
        "a: b\n\u{200b}c: d\n  e: f\n",
        "spec:\n  containers:  - name: a\n    image: b\n",
        "spec:\n  containers: |-\n  - name: a\n",
        "mounts:\n  - name: a\n    path: b\n    - name: c\n      path: d\n",
        "spec:\n  volumes:\n    - name: a\n      emptyDir: {}\n  - name: b\n",
        "spec:\n  a: b\n  image = nginx\n",
    ]
    .iter()
    .map(|text| told(text))
    .collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    2:10 a key must be a string, this one is a list or an object | This is a Helm template, not a manifest yet: render it with `helm template`, and check what comes out.
    1:12 a key must be a string, this one is a list or an object | This is a Helm template, not a manifest yet: render it with `helm template`, and check what comes out.
    2:1 expected a `:` after this key | This is a Helm template, not a manifest yet: render it with `helm template`, and check what comes out.
    1:1 a string may not begin with this character: put it in quotes | These are the marks of a code block in Markdown: remove the lines with three backquotes or tildes before and after the manifest.
    2:1 a string may not begin with this character: put it in quotes | These are the marks of a code block in Markdown: remove the lines with three backquotes or tildes before and after the manifest.
    2:5 a `key: value` is not allowed here: check the indentation, and quote a string that contains `: ` | There are lines for a shell around this manifest, such as `cat <<EOF | kubectl apply -f -` and `EOF`: remove them.
    2:11 a `key: value` is not allowed here: check the indentation, and quote a string that contains `: ` | There are lines for a shell around this manifest, such as `cat <<EOF | kubectl apply -f -` and `EOF`: remove them.
    4:1 expected a `:` after this key | There are lines for a shell around this manifest, such as `cat <<EOF | kubectl apply -f -` and `EOF`: remove them.
    2:1 expected a `:` after this key | These are the marks of a conflict that Git could not merge: keep one of the two versions, and remove the marks.
    2:19 a `key: value` is not allowed here: check the indentation, and quote a string that contains `: ` | This is a web page, not a manifest: download the file itself, such as the one behind `Raw`.
    2:1 found a tab: YAML is indented with spaces only | Replace each tab by spaces, two for a level; most editors can do that for the whole file.
    4:5 expected a `:` after this key | A space is missing after the colon: write `image: nginx`.
    2:5 a `key: value` is not allowed here: check the indentation, and quote a string that contains `: ` | A space is missing after the colon: write `apiVersion: v1`.
    3:10 a `key: value` is not allowed here: check the indentation, and quote a string that contains `: ` | There are two `: ` in this line: put the value in quotes if the second one belongs to it.
    3:5 a `key: value` is not allowed here: check the indentation, and quote a string that contains `: ` | This line begins with 3 spaces and those before it with 2: fields of one object begin in the same column.
    3:3 expected a key here: check the indentation of this line and of the one before it | This line begins with 2 spaces and those before it with 0 or 4: fields of one object begin in the same column.
    3:1 expected a key here: check the indentation of this line and of the one before it | This list item stands left of its key `containers`: indent it, and all that is in it, as far as the key.
    4:4 expected a key here: check the indentation of this line and of the one before it | This line begins with 3 spaces and those before it with 2: fields of one object begin in the same column.
    5:3 expected a key here: check the indentation of this line and of the one before it | Line 4 before it may be the cause: look for a missing colon, quote or `- `.
    4:11 a `key: value` is not allowed here: check the indentation, and quote a string that contains `: ` | A space is missing after the dash: write `- name: web`.
    3:3 expected a `:` after this key | A space is missing after the dash: write `- sh`.
    3:9 a `key: value` is not allowed here: check the indentation, and quote a string that contains `: ` | The colon is missing in line 2: write `containers:`.
    4:1 expected a key here: check the indentation of this line and of the one before it | Line 3 before it may be the cause: look for a missing colon, quote or `- `.
    2:5 a `key: value` is not allowed here: check the indentation, and quote a string that contains `: ` | These are the marks of a code block in Markdown: remove the lines with three backquotes or tildes before and after the manifest.
    2:5 a `key: value` is not allowed here: check the indentation, and quote a string that contains `: ` | There are lines for a shell around this manifest, such as `cat <<EOF | kubectl apply -f -` and `EOF`: remove them.
    1:4 the quote that opens here is never closed | Put the same quote at the end of the string. If it is an apostrophe, put the whole string in double quotes.
    1:8 expected a key here: check the indentation of this line and of the one before it | A string ends at its second quote: put one that has quotes in it into quotes of the other sort.
    2:2 did not find expected ',' or ']' | A `,` is missing before this, or the bracket that closes the list or object.
    1:11 a string may not begin with this character: put it in quotes | Write `schedule: "@daily"`.
    1:12 expected a name here: quote a string that begins with `*` or `&` | Write `schedule: "*/5 * * * *"`.
    1:4 a string may not begin with this character: put it in quotes | Write `a: "%b"`.
    1:4 a string may not begin with this character: put it in quotes | Put the whole string in double quotes.
    1:9 did not find expected hexdecimal number | In double quotes a `\` begins an escape: write `\\`, or use single quotes.
    2:1 expected a `:` after this key | A name without a value has a colon too: write `name: value`, or `- ` before an item of a list.
    3:4 a `key: value` is not allowed here: check the indentation, and quote a string that contains `: ` | Line 2 has no-break spaces, which look like spaces and are none to YAML: replace them by ordinary spaces.
    1:9 a `,` may not stand behind the last value of JSON: leave it out | -
    1:1 the bracket that opens here is never closed | Each `{` needs a `}`, and each `[` a `]`.
    3:4 a `key: value` is not allowed here: check the indentation, and quote a string that contains `: ` | Line 2 has characters that cannot be seen, and that came along from a page: remove them, or write the line once more.
    2:16 a list item is not allowed here: begin a new line for its `-` | Write `- name: a` on a line of its own, below `containers:`.
    3:3 expected a key here: check the indentation of this line and of the one before it | The `|-` before it makes a text of the lines below that are indented further. Remove it if fields or a list follow.
    4:5 expected a key here: check the indentation of this line and of the one before it | The list item in line 2 begins with 2 spaces, and this one with 4 spaces: all items of a list begin in the same column.
    5:3 expected a key here: check the indentation of this line and of the one before it | The list item in line 3 begins with 4 spaces, and this one with 2 spaces: all items of a list begin in the same column.
    3:3 expected a `:` after this key | Between a name and its value stands a colon: write `image: nginx`.
    "#);
}

#[test]
fn signs_are_told_from_strings_without_quotes() {
    let told: Vec<_> = [
        "a: &base {x: y}\nb:\n  <<: *bsae\n",
        "b:\n  <<: *base\n",
        "a: {b: ${C}}\n",
        "a: %NAME%\n",
        "a: @NAME@\n",
        "kind: Pod\n--\nkind: Pod\n",
        "command:\n- sh\n-c\n- ls\n",
        "args:\n  - |\n    while true; do\n   ls\n    done\n",
    ]
    .iter()
    .map(|text| told(text))
    .collect();
    insta::assert_snapshot!(told.join("\n"), @r"
    3:7 an alias to an anchor that this document does not define before: quote a string that begins with `*` | No anchor before this is called `bsae`: did you mean `*base`?
    2:7 an alias to an anchor that this document does not define before: quote a string that begins with `*` | `*base` takes over the fields that `&base` stands before, further up in this document: there is none.
    1:9 did not find expected ',' or '}' | `${…}` may be a placeholder that a script fills in, with `envsubst` perhaps: fill it in first, and check what comes out.
    1:4 a string may not begin with this character: put it in quotes | This is a placeholder that a program fills in: let it do so, and check what comes out.
    1:4 a string may not begin with this character: put it in quotes | This is a placeholder that a program fills in: let it do so, and check what comes out.
    2:1 expected a `:` after this key | Documents are separated by `---`: three hyphens at the beginning of a line, and nothing behind them.
    3:1 expected a `:` after this key | An item begins with a dash of its own: write `- -c`.
    4:4 expected a `-` here: check the indentation of this line and of the list before it | This line stands left of the text that begins in line 3: indent it by 4 spaces, as far as that.
    ");
}

#[test]
fn a_text_of_many_mistakes_is_looked_at_only_near_them() {
    let text = "a: b\n   c: d\n---\n".repeat(20_000);
    let lines = Lines::new(text);
    assert!(inspect(&lines).take(6_000).count() == 6_000);
}
