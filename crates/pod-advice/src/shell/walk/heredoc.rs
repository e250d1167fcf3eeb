//! Code that stands in the script as the text of a redirection: a program is given it as its standard input, `python - <<EOF`,
//! or it is written into a file that is run afterwards, `cat > /x.sh <<EOF`.

use shuck_ast::{HeredocBodyPart, Redirect, RedirectKind, RedirectTarget};

use super::super::{Access, Call, Word, base_name, code, files, is_shell};
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

    /// Notes the text that `call` writes into a file, as `cat > FILE <<EOF` and `tee FILE <<EOF` do.
    pub(super) fn note_text(&mut self, call: &Call, redirects: &[Redirect]) {
        let Some(text) = redirects.iter().find_map(|redirect| self.given_text(redirect)) else { return };
        let mut operands = call.operands();
        let target = match (call.program(), operands.next(), operands.next()) {
            ("cat", None, _) => redirects.iter().find_map(|redirect| self.output_of(redirect)),
            ("tee", Some(file), None) if !call.has_option(&["-a", "--append"]) => Some(file.clone()),
            _ => None,
        };
        let used = target.and_then(|target| files::used(&target, Access::Write, call, self.cwd.as_deref()));
        if let Some(used) = used.filter(|used| used.is_exact) {
            self.texts.insert(used.path, text);
        }
    }

    /// The file that a redirection writes anew.
    fn output_of(&self, redirect: &Redirect) -> Option<Word> {
        match &redirect.target {
            RedirectTarget::Word(target) if matches!(redirect.kind, RedirectKind::Output | RedirectKind::Clobber) => {
                Some(self.word(&target.parts))
            }
            _ => None,
        }
    }

    /// The `words` with the code behind an option, if they run a file whose text is known; each text is taken once.
    pub(super) fn with_code_of_file(&mut self, words: Vec<Word>) -> Vec<Word> {
        if self.texts.is_empty() {
            return words;
        }
        self.code_run_by(&words).unwrap_or(words)
    }

    fn code_run_by(&mut self, words: &[Word]) -> Option<Vec<Word>> {
        let program = words.first()?;
        let Some(option) = option_for_code(base_name(&program.text)) else {
            let program = Some(program).filter(|program| program.text.contains('/'))?;
            return self.text_at(program).map(|text| with_interpreter(text, &words[1..]));
        };
        let file = 1 + words[1..].iter().position(|word| !word.text.starts_with('-'))?;
        if words[1..file].iter().any(|word| word.text == "-m" || is_for_code(&program.text, &word.text)) {
            return None;
        }
        let text = self.text_at(&words[file])?;
        let code = [Word { text: option.into(), is_exact: true }, text];
        Some(words[..file].iter().cloned().chain(code).chain(words[file + 1..].iter().cloned()).collect())
    }

    fn text_at(&mut self, file: &Word) -> Option<Word> {
        let used = files::used(file, Access::Read, &Call::default(), self.cwd.as_deref())?;
        self.texts.remove(&used.path).filter(|_| used.is_exact)
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

/// The words that run `text`, a file of its own, with `arguments`: by what its first line names, or else by a shell.
fn with_interpreter(text: Word, arguments: &[Word]) -> Vec<Word> {
    let line = text.text.lines().next().and_then(|line| line.strip_prefix("#!")).unwrap_or("/bin/sh");
    let mut named = line.split_whitespace().skip_while(|word| base_name(word) == "env" || *word == "-S").peekable();
    let program = named.peek().map_or("sh", |program| base_name(program));
    let option = option_for_code(program).unwrap_or("-c");
    let words: Vec<_> = named.chain([option]).map(|word| Word { text: word.into(), is_exact: true }).collect();
    words.into_iter().chain([text]).chain(arguments.iter().cloned()).collect()
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
