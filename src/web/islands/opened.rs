//! The document that the page was opened with, with which the page offers to compare what it has become.

use web_sys::Element;

use super::events::by_id;

/// Stands before the code of the document that another one is compared with, which is the last part of an address.
const BEFORE_CODE: char = '=';

/// The code of that document; empty where a comparison is shown already.
pub(super) struct Opened(String);

impl Opened {
    /// What the page shows now.
    pub(super) fn of_page() -> Self {
        let code = link().and_then(|(_, page)| Some(page.rsplit_once(BEFORE_CODE)?.1.to_owned()));
        Self(code.unwrap_or_default())
    }

    /// Makes the link of the page, which compares from here on, compare with this document.
    pub(super) fn show(&self) {
        if let Some((link, page)) = link()
            && let Some((before, _)) = page.rsplit_once(BEFORE_CODE)
        {
            _ = link.set_attribute("href", &(before.to_owned() + "=" + &self.0));
        }
    }
}

fn link() -> Option<(Element, String)> {
    let link: Element = by_id("changes-link")?;
    let page = link.get_attribute("href")?;
    Some((link, page))
}
