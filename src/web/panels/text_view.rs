//! A text to be typed into, with the numbers of its lines and marks at those that something is said about.
//!
//! It is one box: as high and as wide as its text, so that the numbers and the marks, which are drawn beside and beneath it, scroll
//! with it. Without a script they stay as they are until the text is sent; a script has them follow.

use memchr::memchr2_iter;

use super::marks::Marks;
use crate::web::html::Html;
use kube_dry_run::inspection::Lines;

/// A text of as many bytes or more, or of more lines, is a plain box: drawing it again and again would take too long.
const MAX_BYTES: usize = 128 << 10;
const MAX_LINES: usize = 5_000;

/// The box is at most as wide, in characters; within it, longer lines are scrolled.
const MAX_COLUMNS: usize = 2_000;

/// A box with a text.
pub struct TextView<'a> {
    /// The id of the box.
    pub id: &'static str,
    /// The name of the box in its form.
    pub name: &'static str,
    /// The shortcut that leads to it, if there is one.
    pub key: Option<&'static str>,
    /// What is in it.
    pub lines: &'a Lines,
    /// What is said about its lines.
    pub marks: &'a Marks,
    /// The element that says what is wrong with the whole text, if something is.
    pub refusal: Option<&'static str>,
}

impl TextView<'_> {
    /// True if a box with numbers and marks can have `text`.
    pub fn fits(text: &str) -> bool {
        text.len() < MAX_BYTES && memchr2_iter(b'\n', b'\r', text.as_bytes()).count() < MAX_LINES
    }

    /// The box with its numbers and marks.
    pub fn html(&self) -> Html {
        let text = self.lines.text();
        let rows = self.lines.count() + usize::from(text.is_empty() || text.ends_with('\n'));
        let mut html = Html::default();
        html.start("div").class("text-view").holding(|html| {
            let marks = html.start("div").fixed("id", "marks").class("marks").fixed("aria-hidden", "true");
            marks.holding(|html| self.marks.drawn(html, self.lines));
            self.text_area(html, rows);
            html.start("div").fixed("id", "numbers").class("numbers").holding(|html| self.marks.numbers(html, rows));
        });
        html
    }

    fn text_area(&self, html: &mut Html, rows: usize) {
        let text = self.lines.text();
        let columns = text.lines().map(|line| line.chars().count()).max().unwrap_or_default();
        html.start("textarea")
            .fixed("id", self.id)
            .fixed("name", self.name)
            .maybe("aria-keyshortcuts", self.key)
            .with("rows", [&rows.to_string()])
            .with("cols", [&columns.clamp(1, MAX_COLUMNS).to_string()])
            .fixed("spellcheck", "false")
            .fixed("autocapitalize", "none")
            .fixed("autocomplete", "off")
            .maybe("aria-invalid", self.refusal.map(|_| "true"))
            .maybe("aria-describedby", self.refusal)
            .holding(|html| html.text_area_content(text));
    }
}
