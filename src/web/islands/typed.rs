//! What was typed and is not sent yet: into the form, or into the text of its document.

use web_sys::{Element, HtmlFormElement};

use super::events::{by_id, each};

/// Marks an input that was typed into since its value was last sent; it keeps its value.
pub(super) const TYPED: &str = "data-typed";
/// Marks an input that was typed into since the server last said its value; whatever else is equal to what the server sends
/// needs no look.
pub(super) const TOUCHED: &str = "data-touched";
/// The inputs that have text of which the server has not heard.
pub(super) const TYPED_INPUTS: &str = "[data-typed]";

/// The id of the form of the text of the document.
pub(super) const TEXT_FORM: &str = "text-form";

/// The form of the text of the document, unless that is too long to be typed into.
pub(super) fn text_form() -> Option<HtmlFormElement> {
    by_id(TEXT_FORM)
}

/// Marks what was typed into.
pub(super) fn mark_typed(input: &Element) {
    _ = input.set_attribute(TYPED, "");
    _ = input.set_attribute(TOUCHED, "");
}

/// What stands in the inputs of `form` now is on its way; what is typed from here on is not.
pub(super) fn mark_sent(form: &Element) {
    each(form, TYPED_INPUTS, |input| _ = input.remove_attribute(TYPED));
}

/// What was on its way from `form` is not: it is sent again.
pub(super) fn mark_unsent(form: &Element) {
    each(form, "[data-touched]", mark_typed);
}
