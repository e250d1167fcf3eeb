//! What was typed and is not sent yet: into the form, or into the text of its document.

use web_sys::{Element, HtmlFormElement};

use super::events::{by_id, each};
use super::morph::{TOUCHED, TYPED, TYPED_INPUTS};

/// The form of the text of the document, unless that is too long to be typed into.
pub(super) fn text_form() -> Option<HtmlFormElement> {
    by_id("text-form")
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
