//! Sentences on a page. In our own, what stands between backticks is code; those of Kubernetes stay as they are.

use crate::shorten::shorten;
use crate::web::budget::MAX_MESSAGE;
use crate::web::html::Html;
use kube_dry_run::Rule;

/// `text`, cut if it is very long, with its code as such.
pub fn prose(text: &str) -> Html {
    let mut html = Html::default();
    html.prose(text);
    html
}

impl Html {
    /// Writes `text`, cut if it is very long, with its code as such.
    pub fn prose(&mut self, text: &str) {
        self.with_code(&shorten(text, MAX_MESSAGE));
    }

    /// Writes the `message` of a finding by `rule`, which is about the manifest itself, cut if it is very long.
    pub fn message(&mut self, rule: Rule, message: &str) {
        if rule.is_to_the_letter() {
            self.text(&shorten(message, MAX_MESSAGE));
        } else {
            self.prose(message);
        }
    }

    /// Writes `text`, whole, with its code as such.
    pub fn with_code(&mut self, text: &str) {
        let mut rest = text;
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
    fn words_of_kubernetes_stay_as_they_are() {
        let mut html = Html::default();
        html.message(Rule::INVALID, "`a`");
        html.message(Rule::DECODE, "`b`");
        assert_eq!(html.as_str(), "`a`<code>b</code>");
    }
}
