//! Our own sentences on a page: what stands between backticks is code.

use leptos::prelude::*;

use crate::shorten::shorten;
use crate::web::budget::MAX_MESSAGE;
use crate::web::html::{Html, IntoHtml};

/// `text`, cut if it is very long, with its code as such.
pub fn prose(text: &str) -> Html {
    let mut html = Html::default();
    html.prose(text);
    html
}

impl Html {
    /// Writes `text`, cut if it is very long, with its code as such.
    pub fn prose(&mut self, text: &str) {
        let text = shorten(text, MAX_MESSAGE);
        let mut rest = &*text;
        // A backtick without a partner is none of ours.
        while let Some((before, (code, after))) =
            rest.split_once('`').and_then(|(before, rest)| Some((before, rest.split_once('`')?)))
        {
            self.text(before);
            if !code.is_empty() {
                self.start("code").saying(code);
            }
            rest = after;
        }
        self.text(rest);
    }
}

/// As [`prose`], and what stands between asterisks, one or two, is emphasised.
pub fn emphasised(text: &str) -> Html {
    let emphasis =
        |(index, part): (usize, &str)| if index % 2 == 0 { prose(part) } else { view! { <em>{prose(part)}</em> }.html() };
    let outside = |(index, part): (usize, &str)| if index % 2 == 0 { part.replace("**", "*") } else { part.to_owned() };
    let single = text.split('`').enumerate().map(outside).collect::<Vec<_>>().join("`");
    let parts: Vec<_> = single.split('*').collect();
    let is_paired = parts.len() % 2 == 1 && parts.iter().all(|part| part.matches('`').count().is_multiple_of(2));
    if is_paired { parts.into_iter().enumerate().map(emphasis).collect() } else { prose(text) }
}

/// The paragraphs of `text`, which have an empty line between them.
pub fn paragraphs(text: &str) -> Html {
    text.split("\n\n").filter(|text| !text.trim().is_empty()).map(|text| view! { <p>{emphasised(text)}</p> }.html()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_marked_and_everything_is_escaped() {
        assert_eq!(prose("a `b<c` d").as_str(), "a <code>b&lt;c</code> d");
        assert_eq!(prose("`a` and `b").as_str(), "<code>a</code> and `b");
        assert_eq!(prose("").as_str(), "");
    }

    #[test]
    fn emphasis_is_marked_outside_of_code() {
        assert_eq!(emphasised("Press *Add `x`*.").as_str(), "Press <em>Add <code>x</code></em>.");
        assert_eq!(emphasised("`rm *` and `ls *`").as_str(), "<code>rm *</code> and <code>ls *</code>");
        assert_eq!(emphasised("2 * 3").as_str(), "2 * 3");
        assert_eq!(emphasised("It is **bold `a`**.").as_str(), "It is <em>bold <code>a</code></em>.");
        assert_eq!(emphasised("`a/**` and `**/b`").as_str(), "<code>a/**</code> and <code>**/b</code>");
        assert_eq!(paragraphs("a\nb\n\n*c*\n").as_str(), "<p>a\nb</p><p><em>c</em>\n</p>");
    }
}
