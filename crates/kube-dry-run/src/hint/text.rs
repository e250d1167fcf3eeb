//! Texts that cannot be read: what they seem to be, and what to do.

use crate::lines::Lines;
use crate::shown::shown;
use crate::spelling::meant_by;
use crate::yaml::SyntaxError;

use super::foreign::{self, beginning};
use super::manifest::is_word;
use super::spaces;

/// How many lines before a mistake are looked at.
const MAX_LINES: usize = 40;

/// What to do about `error`, for which the text of `lines` cannot be read.
pub(crate) fn of_syntax(lines: &Lines, error: &SyntaxError) -> Option<String> {
    let place = Place::new(lines, error);
    let near = place.near().map(|(_, line)| line);
    foreign::around(lines, error.line, near).map(str::to_owned).or_else(|| place.mistake())
}

/// Where a text cannot be read any further.
struct Place<'a> {
    lines: &'a Lines,
    error: &'a SyntaxError,
    /// The line with the mistake.
    line: &'a str,
    /// The last line before it that is neither empty nor a comment, with its number.
    before: Option<(usize, &'a str)>,
}

impl<'a> Place<'a> {
    fn new(lines: &'a Lines, error: &'a SyntaxError) -> Self {
        let line = beginning(lines.rest(error.line, 1));
        let before = lines_before(lines, error.line).next();
        Self { lines, error, line, before }
    }

    /// The lines around the mistake with their numbers.
    fn near(&self) -> impl Iterator<Item = (usize, &'a str)> + Clone {
        self.before.into_iter().chain([(self.error.line, self.line)])
    }

    fn mistake(&self) -> Option<String> {
        let message = self.error.message.as_str();
        if message.contains("tab") && self.line.contains('\t') {
            return Some("Replace each tab by spaces, two for a level; most editors can do that for the whole file.".to_owned());
        }
        if self.near().any(|(_, line)| line.contains(spaces::is_odd_space)) {
            let odd = self.lines_before().chain([(self.error.line, self.line)]);
            let odd: Vec<_> = odd.filter(|(_, line)| line.contains(spaces::is_odd_space)).collect();
            let mut numbers: Vec<_> = odd.iter().map(|(number, _)| *number).collect();
            numbers.sort_unstable();
            return Some(spaces::words(&numbers, odd.iter().any(|(_, line)| line.contains(spaces::is_seen))));
        }
        if message.contains("quote that opens here") {
            let words =
                "Put the same quote at the end of the string. If it is an apostrophe, put the whole string in double quotes.";
            return Some(words.to_owned());
        }
        if message.starts_with("found unknown escape") || message.starts_with("did not find expected hexdecimal") {
            return Some("In double quotes a `\\` begins an escape: write `\\\\`, or use single quotes.".to_owned());
        }
        if message.starts_with("an alias to an anchor")
            && let Some(words) = self.anchor()
        {
            return Some(words);
        }
        if message.starts_with("did not find expected ',' or") && self.line.contains("${") {
            let words = "`${…}` may be a placeholder that a script fills in, with `envsubst` perhaps: fill it in first, and check what comes out.";
            return Some(words.to_owned());
        }
        if message.starts_with("did not find expected ',' or") {
            return Some("A `,` is missing before this, or the bracket that closes the list or object.".to_owned());
        }
        if message.contains("bracket that opens here") {
            return Some("Each `{` needs a `}`, and each `[` a `]`.".to_owned());
        }
        if message.starts_with("a string may not begin with") || message.contains("quote a string that begins with `*`") {
            return Some(self.in_quotes());
        }
        self.indentation(message)
    }

    /// Which anchor an alias may mean.
    fn anchor(&self) -> Option<String> {
        let (_, name) = self.line.rsplit_once('*')?;
        let name = name.split([' ', ',', ']', '}']).next().filter(|name| is_word(name))?;
        let anchors: Vec<_> = self.lines_before().filter_map(|(_, line)| anchor(line)).collect();
        if let Some(meant) = meant_by(name, anchors.into_iter()) {
            return Some(format!("No anchor before this is called `{}`: did you mean `*{}`?", shown(name), shown(meant)));
        }
        let is_merge = self.line.trim_start().trim_start_matches("- ").starts_with("<<");
        is_merge.then(|| {
            let name = shown(name);
            format!("`*{name}` takes over the fields that `&{name}` stands before, further up in this document: there is none.")
        })
    }

    /// How to write the line of the mistake with its value in quotes.
    fn in_quotes(&self) -> String {
        let line = self.line.trim();
        if line.split_once(": ").is_some_and(|(_, value)| is_placeholder(value.trim())) {
            return "This is a placeholder that a program fills in: let it do so, and check what comes out.".to_owned();
        }
        match line.split_once(": ").filter(|(_, value)| !value.contains(['"', '`', '\\'])) {
            Some((key, value)) => format!("Write `{}: \"{}\"`.", shown(key), shown(value.trim())),
            None => "Put the whole string in double quotes.".to_owned(),
        }
    }

    /// The key whose list the item of this line belongs to, if it stands left of that.
    fn key_of_item(&self) -> Option<&'a str> {
        let own = indentation(self.line);
        if !self.line.trim_start().starts_with("- ") {
            return None;
        }
        let lines = self.lines_before().map(|(_, line)| line);
        let key = lines.take_while(|line| indentation(line) > own).find_map(|line| line.trim().strip_suffix(':'));
        key.map(|key| key.trim_start_matches("- "))
    }

    /// Mistakes in the structure: missing spaces, two values in a line, uneven indentation.
    fn indentation(&self, message: &str) -> Option<String> {
        const STRUCTURE: [&str; 5] = [
            "a `key: value` is not allowed here",
            "expected a key here",
            "expected a `-` here",
            "expected a `:` after this key",
            "a list item is not allowed here",
        ];
        if !STRUCTURE.iter().any(|known| message.starts_with(known)) {
            return None;
        }
        if message.starts_with("a list item is not allowed here") {
            let (key, item) = self.line.split_once(": ").map(|(key, item)| (key.trim(), item.trim()))?;
            let key = key.trim_start_matches("- ");
            return Some(format!("Write `{}` on a line of its own, below `{}:`.", shown(item), shown(key)));
        }
        if let Some(sign) = self.sign_of_text() {
            return Some(format!(
                "The `{sign}` before it makes a text of the lines below that are indented further. Remove it if fields or a list follow."
            ));
        }
        if let Some(key) = self.key_of_item() {
            let key = shown(key);
            return Some(format!(
                "This list item stands left of its key `{key}`: indent it, and all that is in it, as far as the key."
            ));
        }
        if let Some(item) =
            [Some(self.line), self.before.map(|(_, line)| line)].into_iter().flatten().find_map(dash_without_space)
        {
            let is_option =
                item.len() == 1 && self.lines_before().next().is_some_and(|(_, line)| line.trim_start().starts_with("- "));
            if is_option {
                return Some(format!("An item begins with a dash of its own: write `- -{item}`."));
            }
            return Some(format!("A space is missing after the dash: write `- {}`.", shown(item)));
        }
        if let Some(hint) = self.below_text() {
            return Some(hint);
        }
        if let Some(hint) = self.item_of_other_column() {
            return Some(hint);
        }
        let joined = std::iter::once(self.line).chain(self.before.map(|(_, line)| line)).find_map(without_space);
        if let Some((name, value)) = joined {
            return Some(format!("A space is missing after the colon: write `{}: {}`.", shown(name), shown(value)));
        }
        if message.starts_with("a `key: value`") && self.line.matches(": ").count() > 1 {
            return Some("There are two `: ` in this line: put the value in quotes if the second one belongs to it.".to_owned());
        }
        if let Some((number, before)) = self.before.filter(|(_, before)| is_word(before.trim())) {
            return Some(format!("The colon is missing in line {number}: write `{}:`.", shown(before.trim())));
        }
        if let Some(hint) = self.below_dash() {
            return Some(hint);
        }
        let assigned = self.line.trim().split_once('=').map(|(name, value)| (name.trim_end(), value.trim_start()));
        if let Some((name, value)) = assigned.filter(|(name, value)| is_word(name) && !value.is_empty()) {
            return Some(format!("Between a name and its value stands a colon: write `{}: {}`.", shown(name), shown(value)));
        }
        if message.starts_with("expected a `:`") {
            return Some(
                "A name without a value has a colon too: write `name: value`, or `- ` before an item of a list.".to_owned(),
            );
        }
        if message.starts_with("expected a key here") && self.lines.rest(self.error.line, 1).contains(['"', '\'']) {
            return Some(
                "A string ends at its second quote: put one that has quotes in it into quotes of the other sort.".to_owned(),
            );
        }
        self.columns()
    }

    /// The `|` or `>` behind the key before this line, if the line belongs to no text of it.
    fn sign_of_text(&self) -> Option<&'a str> {
        let (_, before) = self.before.filter(|(_, before)| indentation(self.line) <= indentation(before))?;
        let (_, sign) = before.split_once(": ")?;
        Some(sign.trim()).filter(|sign| matches!(*sign, "|" | "|-" | "|+" | ">" | ">-" | ">+"))
    }

    /// A line of a text behind a `|` or `>` that is indented less than the first one.
    fn below_text(&self) -> Option<String> {
        let own = indentation(self.line);
        let mut first = None;
        for (number, line) in self.lines_before() {
            let column = indentation(line);
            if column < own {
                let is_text = line.ends_with(['|', '>']) || line.ends_with("|-") || line.ends_with(">-");
                let (start, column) = first.filter(|(_, column)| is_text && *column > own)?;
                return Some(format!(
                    "This line stands left of the text that begins in line {start}: indent it by {}, as far as that.",
                    spaces_of(column)
                ));
            }
            first = Some((number, column));
        }
        None
    }

    /// An item of a list that begins in another column than the one before it.
    fn item_of_other_column(&self) -> Option<String> {
        let is_item = |line: &str| line.trim_start().starts_with("- ");
        let own = indentation(self.line);
        let (_, before) = self.before.filter(|_| is_item(self.line))?;
        let (number, other) = self.lines_before().find(|(_, line)| is_item(line))?;
        let other = indentation(other);
        let is_right = own > other && own == indentation(before);
        let is_left =
            own < other && own > 0 && self.lines_before().any(|(_, line)| indentation(line) == own && line.ends_with(':'));
        (is_right || is_left).then(|| {
            format!(
                "The list item in line {number} begins with {}, and this one with {}: all items of a list begin in the same column.",
                spaces_of(other),
                spaces_of(own)
            )
        })
    }

    /// A field of an item that begins below the dash of the item.
    fn below_dash(&self) -> Option<String> {
        let (number, before) = self.before?;
        let is_item = before.trim_start().starts_with("- ") && !self.line.trim_start().starts_with('-');
        let is_below = is_item && indentation(before) == indentation(self.line);
        is_below.then(|| {
            format!("This belongs to the item that begins in line {number}: indent it by two, to the first field of that.")
        })
    }

    /// In which columns the lines before the mistake begin, if this one begins in another.
    fn columns(&self) -> Option<String> {
        let (number, before) = self.before?;
        let own = indentation(self.line);
        if own == indentation(before) {
            return Some(format!("Line {number} before it may be the cause: look for a missing colon, quote or `- `."));
        }
        let around = self.columns_around();
        if around.contains(&own) {
            return Some(format!("Line {number} before it may be the cause: compare where the two lines begin."));
        }
        let below = around.iter().filter(|column| **column < own).max();
        let above = around.iter().filter(|column| **column > own).min();
        let around: Vec<_> = below.into_iter().chain(above).map(ToString::to_string).collect();
        Some(format!(
            "This line begins with {} and those before it with {}: fields of one object begin in the same column.",
            spaces_of(own),
            around.join(" or ")
        ))
    }

    /// How far the lines before the mistake are indented that are still open there.
    fn columns_around(&self) -> Vec<usize> {
        let mut columns: Vec<usize> = Vec::new();
        for (_, line) in self.lines_before() {
            let column = indentation(line);
            if columns.last().is_none_or(|last| column < *last) {
                columns.push(column);
            }
        }
        columns
    }

    /// The lines before the mistake that are neither empty nor comments, the last one first, with their numbers.
    fn lines_before(&self) -> impl Iterator<Item = (usize, &'a str)> {
        lines_before(self.lines, self.error.line)
    }
}

/// The last lines before line `number` that are neither empty nor comments, the last one first, with their numbers.
fn lines_before(lines: &Lines, number: usize) -> impl Iterator<Item = (usize, &str)> {
    let numbers = (number.saturating_sub(MAX_LINES).max(1)..number).rev();
    numbers.map(|number| (number, beginning(lines.rest(number, 1)))).filter(|(_, line)| has_content(line))
}

fn has_content(line: &str) -> bool {
    let line = line.trim_start();
    !line.is_empty() && !line.starts_with('#')
}

fn indentation(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

fn spaces_of(count: usize) -> String {
    match count {
        0 => "no space".to_owned(),
        1 => "one space".to_owned(),
        count => format!("{count} spaces"),
    }
}

/// The name of the anchor in a line.
fn anchor(line: &str) -> Option<&str> {
    let (before, rest) = line.split_once('&')?;
    let name = rest.split(' ').next().filter(|name| is_word(name))?;
    before.ends_with(' ').then_some(name)
}

/// True of `%NAME%` and `@NAME@`.
fn is_placeholder(value: &str) -> bool {
    let inside = ['%', '@'].iter().find_map(|sign| value.strip_prefix(*sign)?.strip_suffix(*sign));
    inside.is_some_and(|name| !name.is_empty() && is_word(name))
}

/// What stands behind a dash without a space: `-name: web`.
fn dash_without_space(line: &str) -> Option<&str> {
    let item = line.trim().strip_prefix('-')?;
    item.starts_with(|character: char| character.is_ascii_alphabetic()).then_some(item)
}

/// The name and the value of `name:value`, where a space is missing.
fn without_space(line: &str) -> Option<(&str, &str)> {
    let line = line.trim().trim_start_matches("- ").trim_start();
    let (name, value) = line.split_once(':')?;
    let is_joined = !value.is_empty() && !value.starts_with([' ', '/', ':']);
    (is_word(name) && is_joined).then_some((name, value))
}

#[cfg(test)]
mod tests {
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
}
