//! What has changed between two texts, with its marks.

use std::iter::once;

use leptos::prelude::*;

use crate::changes::{Changes, Hunk, Line};
use crate::report::counted;
use crate::shorten::shorten;
use crate::web::budget::Budget;
use crate::web::html::{Html, IntoHtml};
use crate::web::sheet::Sheet;

/// The bytes of HTML of all changes.
const MAX_CHANGES_BYTES: usize = 256 << 10;
/// How many columns of a line are shown.
const MAX_COLUMNS: usize = 500;

/// The changes, as far as the budget goes; the rest is counted.
pub fn changes(changes: &Changes<'_>, budget: &mut Budget) -> Html {
    let (added, removed) = changes.count();
    if added + removed == 0 {
        return view! { <p class="hint">"Nothing has changed."</p> }.html();
    }
    let count: usize = changes.hunks().map(|hunk| hunk.lines.len() + 1).sum();
    let lines = changes.hunks().flat_map(|Hunk { header, lines }| once(header_line(header)).chain(lines.into_iter().map(line)));
    let (html, shown) = budget.list(MAX_CHANGES_BYTES, lines);
    let rest = count - shown;
    view! {
        <p class="hint">{format!("{} added, {} removed.", counted(added, "line"), removed)}</p>
        <pre class="changes" tabindex="0" aria-label="Changes">{html}</pre>
        {(rest > 0).then(|| view! { <p class="hint">{format!("There are {} more.", counted(rest, "line"))}</p> })}
    }
    .html()
}

/// The fold with what has changed since the document was opened that the address names; nothing where it names none.
pub fn changes_since(sheet: &Sheet, budget: &mut Budget) -> Html {
    let (Some(since), Some(diff)) = (sheet.links.since(), sheet.links.diff()) else { return Html::default() };
    let list = changes(&Changes::between(&since.text, sheet.file().text()), budget);
    view! {
        <details id="changes" class="more" open=true>
            <summary>"Changes since you opened it"</summary>
            {list}
            <p class="formats"><a href=diff>"As a diff"</a> <a href=sheet.links.alone()>"Stop comparing"</a></p>
        </details>
    }
    .html()
}

fn header_line(header: String) -> Html {
    view! { <span class="hunk">{header + "\n"}</span> }.html()
}

fn line(line: Line<'_>) -> Html {
    let shown = |sign: char, text: &str| {
        let text = text.trim_end_matches(['\r', '\n']);
        format!("{sign}{}\n", shorten(text, MAX_COLUMNS))
    };
    match line {
        Line::Kept(text) => view! { <span>{shown(' ', text)}</span> }.html(),
        Line::Removed(text) => view! { <del>{shown('-', text)}</del> }.html(),
        Line::Added(text) => view! { <ins>{shown('+', text)}</ins> }.html(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(before: &str, after: &str) -> String {
        changes(&Changes::between(before, after), &mut Budget::of_page()).into_string()
    }

    #[test]
    fn added_and_removed_lines_are_told_apart() {
        let html = html("a: 1\nb: <2>\n", "a: 1\nb: 3\n");
        assert!(html.contains("<span> a: 1\n</span><del>-b: &lt;2&gt;\n</del><ins>+b: 3\n</ins>"), "{html}");
        assert!(html.contains("1 line added, 1 removed."), "{html}");
        assert!(self::html("a", "a").contains("Nothing has changed."));
    }

    #[test]
    fn a_long_list_of_changes_is_cut_and_counted() {
        let html = html("", &"a\n".repeat(100_000));
        assert!(html.len() < MAX_CHANGES_BYTES + 1_000 && html.contains(" lines more."), "{}", html.len());
    }
}
