//! The document that the page was opened with, with which the page offers to compare what it has become.

use web_sys::Element;

use super::events::by_id;

/// Stands before the code of the document that another one is compared with, at the end of an address.
const SINCE: &str = "since=";

/// The code of that document; empty where a comparison is shown already.
pub(super) struct Opened(String);

impl Opened {
    /// What the page shows now.
    pub(super) fn of_page() -> Self {
        let code = link().and_then(|(_, page)| Some(page.split_once(SINCE)?.1.to_owned()));
        Self(code.unwrap_or_default())
    }

    /// Makes the link of the page, which compares from here on, compare with this document.
    pub(super) fn show(&self) {
        if let Some((link, page)) = link() {
            let page = page.split(SINCE).next().unwrap_or_default();
            _ = link.set_attribute("href", &(page.to_owned() + SINCE + &self.0));
        }
    }
}

fn link() -> Option<(Element, String)> {
    let link: Element = by_id("changes-link")?;
    let page = link.get_attribute("href")?;
    Some((link, page))
}
