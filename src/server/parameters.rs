//! What stands behind the `?` of an address.

use std::borrow::Cow;

use axum::http::Uri;
use axum::http::uri::PathAndQuery;
use serde::Deserialize;

use crate::document::link::MAX_CODE_LENGTH;
use crate::document::{File, Links, Path, Since};
use crate::origin::Origin;
use crate::server::editor::text_of;
use crate::server::error::Refusal;

/// What any page is asked with.
const NAMES: [&str; 6] = ["download", "from", "what", "document", "since", "lesson"];

/// What may stand behind the `?` of an address. [`NAMES`] has the names of all of them.
#[derive(Deserialize)]
#[cfg_attr(test, derive(Debug, Default, PartialEq))]
pub struct Parameters {
    /// There to save a file, whatever its value is.
    pub download: Option<String>,
    /// The path of the item that the page is turned to.
    from: Option<String>,
    /// The event of which the page tells what would happen.
    pub what: Option<String>,
    /// The number of the document that is open, counted from one.
    document: Option<String>,
    /// The code of the text that the document is compared with.
    since: Option<String>,
    /// The lesson in which the document is edited, as [`OpenLesson`](crate::lesson::OpenLesson) has its key.
    lesson: Option<String>,
}

impl Parameters {
    /// A page that is turned to what is no path begins at its beginning.
    pub fn from(&self) -> Option<Path> {
        self.from.as_ref()?.parse().ok()
    }

    /// The text that the document is compared with.
    ///
    /// # Errors
    /// Its link stands for no document.
    pub fn since(&self) -> Result<Option<Since>, Refusal> {
        let Some(code) = self.since.clone() else { return Ok(None) };
        Ok(Some(Since { text: text_of(&code)?, code }))
    }

    /// The key of the lesson. What cannot be one is none.
    fn lesson(&self) -> Option<String> {
        let is_key = |key: &String| {
            key.len() <= MAX_CODE_LENGTH && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
        };
        self.lesson.clone().filter(is_key)
    }

    /// The addresses of `file`, which `code` stands for, with what the page carries along.
    ///
    /// # Errors
    /// The text that it is compared with stands for no document.
    pub fn links(&self, code: &str, file: &File, origin: &Origin) -> Result<Links, Refusal> {
        let links = Links::of_code(origin.to_string(), code, file.contents());
        Ok(links.within(self.lesson()).comparing(self.since()?))
    }

    /// The place of the document that is to open, counted from zero.
    pub fn place(&self) -> Option<usize> {
        self.document.as_ref()?.parse::<usize>().ok()?.checked_sub(1)
    }
}

/// `address` without what no page is asked with, such as what chat programs and mail programs put behind a link to follow who
/// opens it: everybody who opens the link asks for one and the same page then. `None` if there is nothing of that.
pub fn without_others(address: &Uri) -> Option<Uri> {
    let query = address.query()?;
    let known: Vec<_> = query.split('&').filter(|parameter| is_known(parameter)).collect();
    let known = known.join("&");
    if known == query && !query.is_empty() {
        return None;
    }
    let separator = if known.is_empty() { "" } else { "?" };
    let mut parts = address.clone().into_parts();
    parts.path_and_query = Some(PathAndQuery::try_from([address.path(), separator, &known].concat()).ok()?);
    Uri::from_parts(parts).ok()
}

fn is_known(parameter: &str) -> bool {
    let name = form_urlencoded::parse(parameter.as_bytes()).next().map_or(Cow::Borrowed(""), |(name, _)| name);
    NAMES.contains(&&*name)
}

#[cfg(test)]
mod tests {
    use axum::extract::Query;

    use super::*;

    fn read(address: &str) -> Parameters {
        Query::try_from_uri(&address.parse().unwrap()).unwrap().0
    }

    #[test]
    fn the_names_are_those_of_all_parameters() {
        for name in NAMES {
            let with_name = format!("{:?}", read(&format!("/p/a?{name}=b")));
            assert_eq!(
                with_name.replacen(&format!("{name}: Some(\"b\")"), &format!("{name}: None"), 1),
                format!("{:?}", Parameters::default())
            );
            assert_ne!(with_name, format!("{:?}", Parameters::default()), "{name}");
        }
        let fields = format!("{:?}", Parameters::default()).matches("None").count();
        assert_eq!(NAMES.len(), fields);
    }

    #[test]
    fn what_no_page_is_asked_with_is_left_out() {
        let rest = |address: &str| without_others(&address.parse().unwrap()).map(|rest| rest.to_string());
        assert_eq!(rest("/p/a?fbclid=1").as_deref(), Some("/p/a"));
        assert_eq!(
            rest("http://a.example/p/a?utm_source=b&what=a%26b&x&document=2").as_deref(),
            Some("http://a.example/p/a?what=a%26b&document=2")
        );
        assert_eq!(rest("/p/a?").as_deref(), Some("/p/a"));
        assert_eq!(rest("/p/a?&&").as_deref(), Some("/p/a"));
        for address in ["/", "/p/a", "/p/a?download", "/p/a?%66rom=spec", "*"] {
            assert_eq!(rest(address), None, "{address}");
        }
    }

    #[test]
    fn a_page_is_asked_for_the_same_without_the_others() {
        for address in ["/p/a?x=1&from=spec&since=", "/p/a?what=pod-deleted&&", "/p/a?fro=1&%66rom=x&lesson=a&y=%"] {
            let rest = without_others(&address.parse().unwrap()).unwrap().to_string();
            assert_eq!(read(&rest), read(address), "{address}");
        }
    }
}
