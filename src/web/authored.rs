//! Texts of a lesson's author, whole: paragraphs, lists, and code. Nothing else in them is markup.

use std::iter::Peekable;
use std::str::Lines;

use crate::web::html::Html;

/// What stands above and below lines of code.
const FENCE: &str = "```";

/// `text` in one line, with what stands between backticks as code, and emphasised what stands between asterisks, one or two.
pub fn emphasised(text: &str) -> Html {
    let mut html = Html::default();
    write_emphasised(&mut html, text);
    html
}

/// `text` as paragraphs, which have an empty line between them, lists, whose items begin with `- `, and code between fences.
pub fn blocks(text: &str) -> Html {
    let mut html = Html::default();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.peek() {
        match () {
            () if line.trim().is_empty() => drop(lines.next()),
            () if is_fence(line) => write_code(&mut html, &mut lines),
            () if item(line).is_some() => write_list(&mut html, &mut lines),
            () => {
                let words = words(&mut lines, str::to_owned);
                html.start("p").holding(|html| write_emphasised(html, &words));
            }
        }
    }
    html
}

fn is_fence(line: &str) -> bool {
    line.trim_start().strip_prefix(FENCE).is_some_and(|language| !language.contains('`'))
}

fn item(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix("- ")
}

/// The first line, as `first` makes it, and those that go on with what it says.
fn words(lines: &mut Peekable<Lines<'_>>, first: impl Fn(&str) -> String) -> String {
    let mut words = lines.next().map(first).unwrap_or_default();
    while let Some(line) = lines.next_if(|line| !line.trim().is_empty() && !is_fence(line) && item(line).is_none()) {
        words.push('\n');
        words.push_str(line);
    }
    words
}

fn write_code(html: &mut Html, lines: &mut Peekable<Lines<'_>>) {
    let indentation = lines.next().map_or(0, |fence| fence.len() - fence.trim_start().len());
    let without_it = |line: &str| line.get(..indentation).filter(|blanks| blanks.trim().is_empty()).map_or(0, str::len);
    let code: Vec<_> = lines.take_while(|line| !is_fence(line)).map(|line| &line[without_it(line)..]).collect();
    html.start("pre").holding(|html| html.start("code").saying(&code.join("\n")));
}

fn write_list(html: &mut Html, lines: &mut Peekable<Lines<'_>>) {
    html.start("ul").holding(|html| {
        while lines.peek().is_some_and(|line| item(line).is_some()) {
            let words = words(lines, |line| item(line).unwrap_or_default().to_owned());
            html.start("li").holding(|html| write_emphasised(html, &words));
        }
    });
}

fn write_emphasised(html: &mut Html, text: &str) {
    let outside = |(index, part): (usize, &str)| if index % 2 == 0 { part.replace("**", "*") } else { part.to_owned() };
    let single = text.split('`').enumerate().map(outside).collect::<Vec<_>>().join("`");
    let parts: Vec<_> = single.split('*').collect();
    let is_paired = parts.len() % 2 == 1 && parts.iter().all(|part| part.matches('`').count().is_multiple_of(2));
    if !is_paired {
        return html.with_code(text);
    }
    for (index, part) in parts.into_iter().enumerate() {
        if index % 2 == 0 { html.with_code(part) } else { html.start("em").holding(|html| html.with_code(part)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emphasis_is_marked_outside_of_code() {
        assert_eq!(emphasised("Press *Add `x`*.").as_str(), "Press <em>Add <code>x</code></em>.");
        assert_eq!(emphasised("`rm *` and `ls *`").as_str(), "<code>rm *</code> and <code>ls *</code>");
        assert_eq!(emphasised("2 * 3").as_str(), "2 * 3");
        assert_eq!(emphasised("It is **bold `a`**.").as_str(), "It is <em>bold <code>a</code></em>.");
        assert_eq!(emphasised("`a/**` and `**/b`").as_str(), "<code>a/**</code> and <code>**/b</code>");
        assert_eq!(emphasised("a <b>&").as_str(), "a &lt;b&gt;&amp;");
    }

    #[test]
    fn paragraphs_lists_and_code_are_told_apart() {
        for (text, expected) in [
            ("a\nb\n\n*c*\n", "<p>a\nb</p><p><em>c</em></p>"),
            ("a:\n- `b`\n- c\n  d\n\ne", "<p>a:</p><ul><li><code>b</code></li><li>c\n  d</li></ul><p>e</p>"),
            ("```yaml\na: <b>\n\n- c\n```\nd", "<pre><code>a: &lt;b&gt;\n\n- c</code></pre><p>d</p>"),
            ("- a\n  ```\n  b\n    c\n  ```\n", "<ul><li>a</li></ul><pre><code>b\n  c</code></pre>"),
            ("```\nnever closed", "<pre><code>never closed</code></pre>"),
            ("```a```", "<p><code>a</code></p>"),
            ("-a\n--\n# b", "<p>-a\n--\n# b</p>"),
            (" \n\n", ""),
        ] {
            assert_eq!(blocks(text).as_str(), expected, "{text:?}");
        }
    }

    #[test]
    fn nothing_of_a_long_text_is_left_out() {
        let text = "何がある。".repeat(500);
        assert_eq!(emphasised(&text).as_str(), text);
        assert_eq!(blocks(&text).as_str(), format!("<p>{text}</p>"));
    }
}
