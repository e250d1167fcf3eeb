//! Code that a program is given as its standard input: `python - <<EOF`, `sh -s <<EOF`.

use shuck_ast::{HeredocBodyPart, Redirect, RedirectKind, RedirectTarget};

use super::super::{Word, base_name, code, is_shell};
use super::Walk;

impl Walk<'_> {
    /// The `words` with the code behind an option, as in `python -c`, if they name a program that takes it from its standard input
    /// and one of `redirects` has it.
    pub(super) fn with_code_of_input(&self, mut words: Vec<Word>, redirects: &[Redirect]) -> Vec<Word> {
        let Some(option) = words.first().and_then(|program| option_for_code(base_name(&program.text))) else { return words };
        let takes_input = |word: &Word| word.text.starts_with('-') && !is_for_code(&words[0].text, &word.text);
        let Some(input) = redirects.iter().find_map(|redirect| self.given_text(redirect)) else { return words };
        if !words[1..].iter().all(takes_input) {
            return words;
        }
        words.retain(|word| !matches!(word.text.as_str(), "-" | "-s"));
        words.extend([Word { text: option.into(), is_exact: true }, input]);
        words
    }

    /// The text that a redirection gives itself.
    fn given_text(&self, redirect: &Redirect) -> Option<Word> {
        match &redirect.target {
            RedirectTarget::Heredoc(heredoc) => {
                let is_exact = heredoc.body.parts.iter().all(|part| matches!(part.kind, HeredocBodyPart::Literal(_)));
                Some(Word { text: heredoc.body.render(self.source).into(), is_exact })
            }
            RedirectTarget::Word(word) if redirect.kind == RedirectKind::HereString => Some(self.word(&word.parts)),
            RedirectTarget::Word(_) => None,
        }
    }
}

/// The option behind which `program` takes code.
fn option_for_code(program: &str) -> Option<&'static str> {
    if is_shell(program) { Some("-c") } else { code::option_of(program) }
}

/// True of an option behind which `program` takes code already, or a command of which that is a part.
fn is_for_code(program: &str, option: &str) -> bool {
    let is_of_shell = is_shell(program) && !option.starts_with("--") && option.contains('c');
    is_of_shell || code::is_option_of_code(base_name(program), option)
}
