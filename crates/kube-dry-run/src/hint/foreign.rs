//! Lines that are no part of a manifest: what a page, a shell, an editor or another program had around it, and what came along
//! when it was copied.

mod shell;

use crate::lines::Lines;

use self::shell::{is_output, is_shell};
use super::manifest::is_word;

/// How many bytes of a line are looked at.
const MAX_LINE_BYTES: usize = 512;

/// How many lines at the beginning of a text are looked at for its first one.
const MAX_EMPTY_LINES: usize = 16;

/// What to do about lines for a shell.
pub(super) const SHELL: &str =
    "There are lines for a shell around this manifest, such as `cat <<EOF | kubectl apply -f -` and `EOF`: remove them.";

const WEB_PAGE: &str = "This is a web page, not a manifest: download the file itself, such as the one behind `Raw`.";

const NUMBERS: &str =
    "The lines begin with their numbers, which came along from a page or an editor: remove them, and leave the indentation.";

const DIFF: &str = "These are the marks of a diff: take the `+` off the lines that it adds, and remove those that begin with `-`, `@@` or `+++`.";

const CODE_BLOCK: &str =
    "This line marks a piece of code on a page, and is no part of the manifest: remove it, and the one at the other end.";

const ESCAPED: &str =
    "The line breaks of this text are written as `\\n`: put real ones in their place, with `printf '%b'` for example.";

/// What marks a line as none of a manifest, and what to do about it.
type Mark = (fn(&str) -> bool, &'static str);

/// All marks; the first that fits counts.
const MARKS: [Mark; 20] = [
    (
        is_conflict,
        "These are the marks of a conflict that Git could not merge: keep one of the two versions, and remove the marks.",
    ),
    (
        is_fence,
        "These are the marks of a code block in Markdown: remove the lines with three backquotes or tildes before and after the manifest.",
    ),
    (is_code_block, CODE_BLOCK),
    (
        |line| line.contains("{{"),
        "This is a Helm template, not a manifest yet: render it with `helm template`, and check what comes out.",
    ),
    (|line| line.contains("{%"), "This is a template, not a manifest yet: let its program fill it in, and check what comes out."),
    (is_diff, DIFF),
    (is_shell, SHELL),
    (is_output, "This line is what a program said, and no part of the manifest: remove it."),
    (is_of_editor, "This is what an editor shows around a text, and no part of the manifest: remove it."),
    (
        is_quoted,
        "The lines begin with the `>` of a shell or of a mail: take it off each of them, and leave the indentation behind it.",
    ),
    (has_entity, "`&quot;`, `&gt;` and the like are how a web page writes `\"` and `>`: write the characters themselves."),
    (is_left_out, "The dots stand for something that was left out: write what belongs there, or remove them."),
    (has_slashes, "A comment begins with `#` in YAML, and JSON has none: remove what stands behind `//` or `/*`."),
    (is_separator, "Documents are separated by `---`: three hyphens at the beginning of a line, and nothing behind them."),
    (is_bullet, "An item of a list begins with `- `, a hyphen and a space: write that instead of the bullet."),
    (is_bold, "The stars are those of a text in Markdown, and mean something else to YAML: remove them."),
    (|line| line.starts_with('`'), "The backquotes around the manifest are those of a page: remove them."),
    (|line| line.contains('：'), "`：` is no colon to YAML: write `:` and a space."),
    (is_escaped, ESCAPED),
    (
        |line| line.contains("apiVersion: ") && line.contains(" kind: "),
        "The line breaks of this manifest are lost: copy it once more, with its lines.",
    ),
];

/// What to do about lines that are no part of a manifest, where the text of `lines` cannot be read from line `number` on; `near`
/// are the last line before it with something in it, and itself.
pub(super) fn around<'a>(lines: &Lines, number: usize, near: impl Iterator<Item = &'a str> + Clone) -> Option<&'static str> {
    let first = (1..=MAX_EMPTY_LINES).map(|number| beginning(lines.rest(number, 1))).find(|line| !line.trim().is_empty());
    let first = first.unwrap_or_default();
    if is_page(first) {
        return Some(WEB_PAGE);
    }
    if are_numbered(lines, number) {
        return Some(NUMBERS);
    }
    let is_beginning = number <= MAX_BEGINNING && is_shell(first);
    mark(near).or(is_beginning.then_some(SHELL))
}

/// Up to which line a command at the beginning of a text is taken for the reason why it cannot be read.
const MAX_BEGINNING: usize = 3;

/// What to do about lines that are no part of a manifest, where the document ends in front of line `number`.
pub(crate) fn of_unread(lines: &Lines, number: usize) -> Option<&'static str> {
    let near = (number.saturating_sub(1).max(1)..number + 2).map(|number| beginning(lines.rest(number, 1)));
    let is_separator = |line: &str| line.starts_with("---");
    if are_numbered(lines, number) { Some(NUMBERS) } else { mark(near.filter(|line| !is_separator(line))) }
}

fn mark<'a>(near: impl Iterator<Item = &'a str> + Clone) -> Option<&'static str> {
    MARKS.iter().find(|(is_it, _)| near.clone().any(is_it)).map(|(_, words)| *words)
}

/// What to do about a text that is one string to YAML.
pub(super) fn of_text(text: &str) -> Option<&'static str> {
    let first = beginning(text.trim_start()).lines().next().unwrap_or_default();
    match () {
        () if is_page(first) => Some(WEB_PAGE),
        () if first.starts_with("apiVersion:") && text.contains('\n') => {
            Some("The manifest stands in quotes, as one string: take them away, and write its `\\n` as real line breaks.")
        }
        () => mark(std::iter::once(first)),
    }
}

/// What to do about the fields of a document whose names have something in front of them.
pub(super) fn of_names(names: &[&str]) -> Option<&'static str> {
    let is_field = |name: &str| matches!(name, "apiVersion" | "kind" | "metadata" | "spec");
    let is_numbered = |name: &str| numbered(name).is_some_and(|(_, rest)| is_field(rest));
    let is_added = |name: &str| name.strip_prefix('+').is_some_and(|name| is_field(name.trim_start()));
    match () {
        () if names.iter().any(|name| is_numbered(name)) => Some(NUMBERS),
        () if names.iter().any(|name| is_added(name)) => Some(DIFF),
        () if names.iter().any(|name| is_marked(name)) => Some(CODE_BLOCK),
        () => None,
    }
}

/// As much of a line as is looked at.
pub(super) fn beginning(line: &str) -> &str {
    &line[..line.floor_char_boundary(MAX_LINE_BYTES)]
}

/// True of a line of HTML.
fn is_page(line: &str) -> bool {
    let tag = line.trim_start().strip_prefix('<');
    tag.is_some_and(|tag| {
        tag.starts_with(|character: char| matches!(character, '!' | '/' | '?') || character.is_ascii_alphabetic())
    })
}

/// True if the lines around `number` begin with their numbers.
fn are_numbered(lines: &Lines, number: usize) -> bool {
    let of = |number: usize| numbered(beginning(lines.rest(number, 1)));
    let has_words = |rest: &str| rest.contains(|character: char| character.is_ascii_alphabetic());
    let follow = |one: usize, two: usize| match (of(one), of(two)) {
        (Some((first, text)), Some((second, next))) => {
            // Numbers that stand alone are those of a column of a table, each on a line of its own.
            second == first + 1 && (has_words(text) || has_words(next) || two == one + 2 && text.is_empty() && next.is_empty())
        }
        _ => false,
    };
    let before = number.saturating_sub(1);
    [(before, number), (number, number + 1), (before, number + 1), (number, number + 2)]
        .into_iter()
        .any(|(one, two)| follow(one, two))
}

/// The number at the beginning of a line, and what stands behind it and its mark.
pub(crate) fn numbered(line: &str) -> Option<(usize, &str)> {
    const SIGNS: [char; 7] = [' ', '\t', '.', ':', ')', '|', '│'];
    let line = line.trim_start();
    let digits = line.len() - line.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    let (number, rest) = line.split_at(digits);
    let has_mark = rest.is_empty() || rest.starts_with(SIGNS);
    Some((number.parse().ok().filter(|_| has_mark)?, rest.trim_start_matches(SIGNS)))
}

fn is_conflict(line: &str) -> bool {
    ["<<<<<<<", "=======", ">>>>>>>"].iter().any(|mark| line.starts_with(mark))
}

/// True of a line that begins or ends a code block in Markdown.
pub(crate) fn is_fence(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("```") || line.starts_with("~~~")
}

/// True of a line that begins or ends a piece of code in the languages of other pages.
fn is_code_block(line: &str) -> bool {
    const BEGINNINGS: [&str; 14] = [
        "{code",
        "{noformat",
        "[source",
        "[code",
        "[/code",
        ".. code",
        "{{<",
        "{{%",
        "{% high",
        "{% end",
        "<pre",
        "</pre",
        "<code",
        "</code",
    ];
    let line = line.trim_start();
    BEGINNINGS.iter().any(|beginning| line.starts_with(beginning))
}

/// True of the name of a field that is such a line to YAML.
fn is_marked(name: &str) -> bool {
    name == "noformat" || name == "code" || name.starts_with("code:") || name.starts_with(".. code-block")
}

/// True of a line of a diff.
fn is_diff(line: &str) -> bool {
    const HEADS: [&str; 5] = ["@@ -", "diff --git ", "--- a/", "+++ ", "index "];
    let is_head = HEADS.iter().any(|head| line.starts_with(head)) && !line.contains(": ");
    let added = line.strip_prefix('+').map(|added| added.trim_start().trim_start_matches("- "));
    is_head || added.and_then(|added| added.split_once(':')).is_some_and(|(name, _)| is_word(name))
}

/// True of a line for a shell, of what a program said, and of what an editor shows.
pub(crate) fn is_none_of_manifest(line: &str) -> bool {
    let line = beginning(line);
    is_shell(line) || is_output(line) || is_of_editor(line)
}

fn is_of_editor(line: &str) -> bool {
    let line = line.trim_end();
    matches!(line, "~" | ":wq" | "-- INSERT --") || line.starts_with('"') && line.ends_with('B') && line.contains("L, ")
}

/// True of a line behind the `>` of a shell that waits for more, or of a mail.
fn is_quoted(line: &str) -> bool {
    line.strip_prefix("> ").is_some_and(|rest| rest.contains(|character: char| character.is_ascii_alphabetic()))
}

/// True of a line with a character as HTML writes it.
fn has_entity(line: &str) -> bool {
    ["&quot;", "&gt;", "&lt;", "&amp;", "&apos;", "&#39;", "&#34;", "&#x27;", "&nbsp;"].iter().any(|entity| line.contains(entity))
}

/// True of dots where something was left out. At the beginning of a line three dots end a document.
fn is_left_out(line: &str) -> bool {
    let item = line.trim().trim_start_matches("- ");
    matches!(item, "…" | "[...]" | "[…]" | "<snip>") || item == "..." && line != "..."
}

/// True of a line with a comment as other languages write it.
fn has_slashes(line: &str) -> bool {
    let start = line.trim_start();
    start.starts_with("//") || start.starts_with("/*") || line.contains(" // ") || line.contains(", //") || line.contains(" /* ")
}

/// True of something like `---` that separates nothing.
fn is_separator(line: &str) -> bool {
    let dashes = line.trim();
    let is_of_dashes = !dashes.is_empty() && dashes.chars().all(|dash| matches!(dash, '-' | '–' | '—' | '─' | '_'));
    is_of_dashes && line.trim_end() != "---" && (line.trim_end() == "--" || dashes.len() >= "---".len() || !dashes.is_ascii())
}

fn is_bullet(line: &str) -> bool {
    let mut characters = line.trim_start().chars();
    let is_sign = characters.next().is_some_and(|sign| matches!(sign, '•' | '·' | '‣' | '▪' | '●' | '○' | '–' | '—' | '*'));
    is_sign && characters.as_str().starts_with(char::is_whitespace)
}

fn is_bold(line: &str) -> bool {
    line.trim_start().trim_start_matches("- ").starts_with("**")
}

/// True of a line of several whose breaks are escaped.
fn is_escaped(line: &str) -> bool {
    line.matches("\\n").count() > 1 && line.contains("apiVersion: ")
}

#[cfg(test)]
mod tests {
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
        for line in [
            "user: a@b.example",
            "path: /a/b created",
            "url: https://a.example//b",
            "cat: a",
            "a: x > y",
            "a: b$ # c",
            "\"a\": 5L",
        ] {
            assert_eq!(told(&format!("  x: y\n  {line}\n   c: d\n")), columns, "{line}");
        }
        assert!(told("data:\n  80: a\n  81: b\n   c: d\n").starts_with("This line begins with 3 spaces"));
    }
}
