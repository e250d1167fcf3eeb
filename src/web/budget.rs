//! What one page may cost.
//!
//! Bounds that hold one by one still multiply: containers by mounts by volumes by the length of a name. So all parts of the
//! editor spend from one budget of bytes, in this order: the form, whose rows [`Window`](super::window::Window) chooses; the
//! findings; the picture; the YAML, which gets what is left. What a part has no room for is counted, and stays in the document.

use crate::web::html::Html;

/// The largest page in bytes, before compression.
pub const MAX_PAGE_BYTES: usize = 8 << 20;
/// What is kept for what stands on every page: the shell, and the addresses of the document, each of at most 32 KiB.
const FRAME_BYTES: usize = 512 << 10;

/// As many columns of a name stand in labels, headings and choices; the whole name is in its input.
pub const MAX_LABEL: usize = 64;
/// As many columns of a finding are shown.
pub const MAX_MESSAGE: usize = 1000;

/// The bytes that a page, or a part of one, may still have.
pub struct Budget {
    left: usize,
}

impl Budget {
    /// A budget of `bytes`.
    #[must_use]
    pub fn new(bytes: usize) -> Self {
        Self { left: bytes }
    }

    /// The budget of a page.
    #[must_use]
    pub fn of_page() -> Self {
        Self::new(MAX_PAGE_BYTES - FRAME_BYTES)
    }

    /// A budget of at most `bytes` of what is left, which is taken off.
    #[must_use]
    pub fn share(&mut self, bytes: usize) -> Self {
        let share = bytes.min(self.left);
        self.left -= share;
        Self::new(share)
    }

    /// Takes off what `html` has, whose size is bounded by other means.
    pub fn spend(&mut self, html: Html) -> Html {
        self.left = self.left.saturating_sub(html.as_str().len());
        html
    }

    /// Takes off what `write` writes behind `html`, whose size is bounded by other means.
    pub fn spend_on(&mut self, html: &mut Html, write: impl FnOnce(&mut Html)) {
        let start = html.as_str().len();
        write(html);
        self.left = self.left.saturating_sub(html.as_str().len() - start);
    }

    /// The `parts` as long as they fit into `bytes` and into what is left, and how many these are.
    pub fn list(&mut self, bytes: usize, parts: impl Iterator<Item = Html>) -> (Html, usize) {
        let mut html = Html::default();
        let count = self.write(bytes, &mut html, parts, |html, part| html.add(&part));
        (html, count)
    }

    /// Has `write` write each of `items` behind `html`, as long as what it writes fits into `bytes` and into what is left, and
    /// tells how many these are.
    pub fn write<T>(
        &mut self,
        bytes: usize,
        html: &mut Html,
        items: impl Iterator<Item = T>,
        mut write: impl FnMut(&mut Html, T),
    ) -> usize {
        let start = html.as_str().len();
        let room = bytes.min(self.left);
        let mut end = start;
        let mut count = 0;
        for item in items {
            write(html, item);
            if html.as_str().len() - start > room {
                break;
            }
            end = html.as_str().len();
            count += 1;
        }
        html.truncate(end);
        self.left -= end - start;
        count
    }
}

#[cfg(test)]
mod tests {
    use leptos::prelude::*;

    use super::*;
    use crate::web::html::IntoHtml;

    #[test]
    fn a_list_ends_where_the_budget_does() {
        let mut budget = Budget::new(25);
        let item = || view! { <b>"x"</b> }.html();
        let (html, count) = budget.list(17, std::iter::repeat_with(item).take(5));
        assert_eq!((html.as_str(), count), ("<b>x</b><b>x</b>", 2));
        assert_eq!(budget.list(100, std::iter::repeat_with(item).take(5)).1, 1);
        assert_eq!(budget.spend(item()).as_str(), "<b>x</b>");
        assert_eq!(budget.list(100, std::iter::once(item())).1, 0);
    }
}
