//! Texts that cannot be read, with what is certainly none of the manifest taken away.
//!
//! [`hint`](crate::hint) says what is wrong with such a text; here is the text as it was meant, where no other one can be meant: lines
//! and marks that a page or a shell has put around the manifest, tabs, and spaces and quotes that are none to YAML.

mod around;
mod blanks;
mod outdented;
mod python;
mod quotes;

use serde_json::Value;

use crate::hint::spaces::is_odd_space;
use crate::{Verdict, judge, yaml};

/// How long a text may be that is looked at.
const MAX_BYTES: usize = 128 << 10;

/// A text as it was meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mended {
    /// What is done, as words for a button.
    pub title: String,
    /// The whole text, which can be read.
    pub text: String,
}

/// Makes something of a text, and `None` of one that it is not for.
type Step = fn(&str) -> Option<String>;

/// What may be done, in this order, and the words for it.
const STEPS: [(Step, &str); 9] = [
    (around::without_fences, "keep what stands in the code block"),
    (around::without_shell, "remove the lines of the shell"),
    (around::without_quotes, "remove the `>` before the lines"),
    (around::without_numbers, "remove the numbers of the lines"),
    (blanks::with_spaces, "replace no-break spaces"),
    (quotes::straight, "replace typographic quotes"),
    (blanks::without_tabs, "replace tabs by spaces"),
    (python::as_json, "write as JSON what Python printed"),
    (outdented::moved, "move the fields that stand below a dash"),
];

/// `text` as it was meant; `None` of one that can be read so, and of one of which nobody can say so.
#[must_use]
pub fn mended(text: &str) -> Option<Mended> {
    if text.len() > MAX_BYTES || is_read(text) {
        return None;
    }
    let (mut mended, mut done) = (text.to_owned(), Vec::new());
    for (step, words) in STEPS {
        let Some(next) = step(&mended) else { continue };
        mended = next;
        done.push(words);
        if is_read(&mended) {
            return Some(Mended { title: title(&done), text: mended });
        }
    }
    None
}

fn title(done: &[&str]) -> String {
    let words = match done {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => done.concat(),
    };
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// True of a text of which all can be read as it was meant, and which has a manifest.
fn is_read(text: &str) -> bool {
    let Ok(documents) = yaml::parse(text) else { return false };
    let are_objects = documents.iter().all(|parsed| parsed.value.is_object() && parsed.unread.is_none());
    let has_odd_name = text.contains(is_odd_space) && documents.iter().any(|parsed| has_odd_name(&parsed.value));
    are_objects && !has_odd_name && documents.iter().any(|parsed| has_kind(&parsed.value))
}

/// True of an object with a kind, which no quotes stand around that are a part of it.
fn has_kind(value: &Value) -> bool {
    let kind = value.get("kind").and_then(Value::as_str);
    kind.is_some_and(|kind| !kind.starts_with(quotes::is_typographic))
}

/// True if a name of a field has a space in it that is none to YAML, and so belongs to the name.
fn has_odd_name(value: &Value) -> bool {
    match value {
        Value::Object(fields) => fields.iter().any(|(name, value)| name.contains(is_odd_space) || has_odd_name(value)),
        Value::Array(items) => items.iter().any(has_odd_name),
        _ => false,
    }
}

/// What the documents of `text` mean, if it can be read.
fn values(text: &str) -> Option<Vec<Value>> {
    Some(yaml::parse(text).ok()?.into_iter().map(|parsed| parsed.value).collect())
}

/// True if the server takes all of `documents`.
fn are_accepted(documents: &[Value]) -> bool {
    documents.iter().all(|document| judge(document).verdict == Verdict::Accepted)
}

#[cfg(test)]
mod tests {
    use super::*;

    const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - name: a\n    image: b\n    \
                       command: [sh, -c]\n    args:\n    - |\n      date > /x\n";

    /// The Pod with something before each of its lines.
    fn each(before: impl Fn(usize) -> String) -> String {
        POD.lines().enumerate().flat_map(|(index, line)| [before(index + 1), line.to_owned(), "\n".to_owned()]).collect()
    }

    fn assert_mended(text: &str, title: &str) {
        let mended = mended(text).unwrap_or_else(|| panic!("{text}"));
        assert_eq!(mended.title, title, "{text}");
        assert_eq!(yaml::parse(&mended.text).unwrap()[0].value, yaml::parse(POD).unwrap()[0].value, "{}", mended.text);
        assert_eq!(super::mended(&mended.text), None);
    }

    #[test]
    fn what_a_page_or_a_shell_put_around_goes() {
        let block = "Keep what stands in the code block";
        assert_mended(&format!("```yaml\n{POD}```\n"), block);
        assert_mended(&format!("Try this:\n\n~~~\n{POD}~~~\n\nThen apply it.\n"), block);
        assert_mended(&format!("```\n{POD}"), block);
        let shell = "Remove the lines of the shell";
        assert_mended(&format!("$ cat pod.yaml\n{POD}user@host:~$ \n"), shell);
        assert_mended(&format!("cat <<EOF | kubectl apply -f -\n{POD}EOF\n"), shell);
        assert_mended(&format!("{POD}pod/a created\n"), shell);
        assert_mended(
            &format!("```console\n$ cat pod.yaml\n{POD}```\n"),
            "Keep what stands in the code block and remove the lines of the shell",
        );
        assert_mended(&each(|_| "> ".to_owned()), "Remove the `>` before the lines");
        let numbers = "Remove the numbers of the lines";
        assert_mended(&each(|number| format!("{number:3} | ")), numbers);
        assert_mended(&each(|number| format!("{number}\t")), numbers);
    }

    #[test]
    fn blanks_become_spaces() {
        let tabs = "Replace tabs by spaces";
        let by_tabs = POD.replace("      ", "\t\t\t").replace("    ", "\t\t").replace("\n  ", "\n\t");
        assert_mended(&by_tabs, tabs);
        assert_mended(&by_tabs.replace("- name", "-\tname"), tabs);
        assert_mended(
            &POD.replace("    image", "\timage").replace("    command", "\tcommand").replace("    args:", "\targs:"),
            tabs,
        );
        let spaces = "Replace no-break spaces";
        assert_mended(&POD.replace("    image: b", "\u{a0}\u{a0}\u{a0}\u{a0}image:\u{a0}b"), spaces);
        assert_mended(&POD.replace("  name: a\nspec", " \u{a0}name: a\nspec").replace("image: b", "image: b\u{a0}"), spaces);
        assert_mended(&POD.replace("    image", "\u{200b}    image"), spaces);
    }

    #[test]
    fn typographic_quotes_become_straight_ones() {
        let quotes = "Replace typographic quotes";
        assert_mended(&POD.replace("kind: Pod", "“kind”: “Pod”"), quotes);
        assert_mended(&POD.replace("kind: Pod", "kind: ‘Pod’").replace("image: b", "image: “b\" # the ”last” one"), quotes);
        assert_mended(&POD.replace("kind: Pod", "”kind”: „Pod“").replace("[sh, -c]", "[“sh”, ‘-c’]"), quotes);
        let json = serde_json::to_string_pretty(&yaml::parse(POD).unwrap()[0].value).unwrap();
        let curled: Vec<_> = json.split('"').collect();
        let curled = curled.chunks(2).map(|pair| pair.join("“")).collect::<Vec<_>>().join("”");
        assert_mended(&curled, quotes);
        assert_mended(&curled.replace('\n', " "), quotes);
        assert_mended(
            &POD.replace("kind: Pod", "“kind”:\u{a0}“Pod”").replace("  name", "\u{a0}\u{a0}name"),
            "Replace no-break spaces and replace typographic quotes",
        );
    }

    #[test]
    fn what_python_printed_becomes_json() {
        let title = "Write as JSON what Python printed";
        let json = serde_json::to_string(&yaml::parse(POD).unwrap()[0].value).unwrap();
        assert_mended(&json.replace('"', "'"), title);
        let printed = "{'apiVersion': 'v1', 'kind': 'Pod', 'spec': {'hostNetwork': False, 'nodeName': None}}";
        let value = &yaml::parse(&mended(printed).unwrap().text).unwrap()[0].value;
        assert_eq!(value["spec"], serde_json::json!({"hostNetwork": false, "nodeName": null}));
        assert_eq!(mended(&printed.replace("None", "Missing")), None);
    }

    #[test]
    fn fields_below_a_dash_go_where_they_are_fields() {
        let title = "Move the fields that stand below a dash";
        let list = "  - name: a\n    image: b\n    command: [sh, -c]\n    args:\n    - |\n      date > /x\n";
        let outdented = "    - name: a\n      image: b\n      command: [sh, -c]\n    args:\n      - |\n        date > /x\n";
        assert_mended(&POD.replace(list, outdented), title);
        let volumes = "spec:\n  containers:\n    - name: a\n      image: b\n      volumeMounts: [{name: v, mountPath: /v}]\n    ports:\n      - \
                       containerPort: 80\n    tty: true\n    # of the Pod\n";
        let pod = format!("apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n{volumes}");
        let read = |text: &str| yaml::parse(&mended(text).unwrap().text).unwrap().remove(0).value["spec"].take();
        let with_volumes = pod.replace("      volumeMounts: [{name: v, mountPath: /v}]\n", "");
        assert_eq!(read(&with_volumes)["containers"][0]["ports"][0]["containerPort"], 80);
        assert_eq!(read(&with_volumes)["containers"][0]["tty"], true);
        let of_pod = pod.replace("    ports:\n      - containerPort: 80\n    tty: true\n", "    volumes:\n      - name: v\n");
        assert_eq!(read(&of_pod)["volumes"][0]["name"], "v");
        // Both a container and a Pod have one.
        let of_both = with_volumes
            .replace("    ports:\n      - containerPort: 80\n    tty: true\n", "    securityContext:\n      runAsUser: 1\n");
        assert_eq!(mended(&of_both), None);
    }

    #[test]
    fn quotes_within_texts_stay() {
        let text = POD.replace("kind: Pod", "“kind”: “Pod” # “x”").replace("date > /x", "echo “a” ‘b’");
        let mended = mended(&text).unwrap().text;
        assert!(mended.contains("\"kind\": \"Pod\" # “x”") && mended.contains("echo “a” ‘b’"), "{mended}");
        for odd in ["“Pod", "“Pod” x", "“a “b” c”", "‘it’s’", "“a\"b”"] {
            assert_eq!(super::mended(&POD.replace("kind: Pod", &format!("“kind”: {odd}"))), None, "{odd}");
        }
    }

    #[test]
    fn nothing_is_guessed() {
        for text in [
            POD.to_owned(),
            "a: b\n".to_owned(),
            String::new(),
            POD.replace("kind: Pod", "kind Pod"),
            format!("```\n{POD}```\n```\n"),
            // A tab of another width means another thing.
            "kind: Pod\nspec:\n  a:\n    b: 1\n\tc: 2\n".to_owned(),
            format!("{POD}        \tx: y\n"),
        ] {
            assert_eq!(mended(&text), None, "{text}");
        }
    }
}
