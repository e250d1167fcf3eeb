//! What the words of a script come to.

use compact_str::CompactString;
use shuck_ast::{
    AssignmentValue, BourneParameterExpansion, BraceSyntax, HeredocBodyPart, ParameterExpansionSyntax, ParameterOp,
    RedirectTarget, StmtSeq, WordPart, WordPartNode,
};

use super::super::{Braces, MAX_SCRIPT_BYTES, When, Word, braces};
use super::{Flow, MAX_DEPTH, Walk};

impl Walk<'_> {
    pub(super) fn assign(&mut self, name: &str, value: &AssignmentValue) {
        let word = match value {
            AssignmentValue::Scalar(word) => self.word(&word.parts),
            AssignmentValue::Compound(_) => Word::default(),
        };
        let name = CompactString::from(name);
        self.reading.assigned.push((name.clone(), word.clone()));
        self.assigned.insert(name.clone(), word);
        self.assignments.push(name);
    }

    /// Takes back what is known of the variables that were assigned since `mark`.
    pub(super) fn forget_since(&mut self, mark: usize) {
        for name in self.assignments.drain(mark..) {
            self.assigned.insert(name, Word::default());
        }
    }

    /// What the words `written` come to, with all that a shell makes of braces; where that is not known, up to these.
    pub(super) fn of_written<'w>(&mut self, written: impl Iterator<Item = &'w shuck_ast::Word>) -> Vec<Word> {
        let mut words = Vec::new();
        for written in written {
            let mut word = self.word(&written.parts);
            let brace = written.has_active_brace_expansion().then(|| word.text.find('{')).flatten();
            match (brace, self.dialect.braces) {
                (None, _) | (_, Braces::Kept) => words.push(word),
                (Some(_), Braces::Expanded) if let Some(expanded) = self.with_braces(written) => words.extend(expanded),
                (Some(brace), _) => {
                    word.text.truncate(brace);
                    word.is_exact = false;
                    words.push(word);
                }
            }
        }
        words
    }

    /// The words that come of the braces in `written`, if these are in one part of it without quotes.
    fn with_braces(&mut self, written: &shuck_ast::Word) -> Option<Vec<Word>> {
        let mut braces = written.brace_syntax().iter().filter(|braces| braces.expands());
        let is_around = |part: &WordPartNode, braces: &BraceSyntax| {
            part.span.start.offset() <= braces.span.start.offset() && braces.span.end.offset() <= part.span.end.offset()
        };
        let first = braces.next()?;
        let at = written.parts.iter().position(|part| is_around(part, first))?;
        let (part, behind) = (&written.parts[at], &written.parts[at + 1..]);
        let WordPart::Literal(literal) = &part.kind else { return None };
        let texts =
            braces::expanded(literal.as_str(self.source, part.span)).filter(|_| braces.all(|other| is_around(part, other)))?;
        self.room_for_words = self.room_for_words.checked_sub(texts.len())?;
        let before = Some(self.word(&written.parts[..at])).filter(|before| before.is_exact)?;
        let word = |text: CompactString| {
            let mut word = before.clone();
            word.text.push_str(&text);
            self.append(behind, &mut word);
            word
        };
        Some(texts.into_iter().map(word).collect())
    }

    pub(super) fn word(&self, parts: &[WordPartNode]) -> Word {
        let mut word = Word { text: CompactString::default(), is_exact: true };
        self.append(parts, &mut word);
        word
    }

    /// Adds what `parts` mean, up to the first that only the shell knows.
    fn append(&self, parts: &[WordPartNode], word: &mut Word) {
        for part in parts {
            match &part.kind {
                WordPart::Literal(literal) => {
                    let text = literal.as_str(self.source, part.span);
                    if text.contains('\\') { word.text.push_str(&text.replace('\\', "")) } else { word.text.push_str(text) }
                }
                WordPart::SingleQuoted { value, dollar: false } => word.text.push_str(value.slice(self.source)),
                WordPart::DoubleQuoted { parts, .. } => self.append(parts, word),
                WordPart::Variable(name) => self.append_variable(name.as_str(), word),
                WordPart::Parameter(expansion) => match &expansion.syntax {
                    ParameterExpansionSyntax::Bourne(BourneParameterExpansion::Access { reference }) => {
                        self.append_variable(reference.name.as_str(), word);
                    }
                    ParameterExpansionSyntax::Bourne(BourneParameterExpansion::Operation {
                        reference,
                        operator,
                        operand_word_ast,
                        ..
                    }) => {
                        let default = operand_word_ast.as_deref().map_or(&[] as &[_], |operand| &operand.parts);
                        self.append_with(reference.name.as_str(), operator, default, word);
                    }
                    _ => word.is_exact = false,
                },
                _ => word.is_exact = false,
            }
            if !word.is_exact {
                return;
            }
        }
    }

    /// Adds a variable that has a `default` where nothing else sets it, or none at all.
    fn append_with(&self, name: &str, operator: &ParameterOp, default: &[WordPartNode], word: &mut Word) {
        let is_named = self.assigned.contains_key(name) || self.variables.known.contains_key(name);
        let is_set = is_named || self.variables.has_others;
        match operator {
            ParameterOp::UseDefault | ParameterOp::AssignDefault if !is_set => self.append(default, word),
            ParameterOp::UseDefault | ParameterOp::AssignDefault | ParameterOp::Error => self.append_variable(name, word),
            _ => word.is_exact = false,
        }
    }

    fn append_variable(&self, name: &str, word: &mut Word) {
        match (self.assigned.get(name), self.variables.known.get(name)) {
            (Some(value), _) => {
                word.text.push_str(&value.text);
                word.is_exact = value.is_exact;
            }
            (None, Some(Some(value))) => word.text.push_str(value),
            _ => word.is_exact = false,
        }
        // A variable that grows by itself may not grow without bounds.
        word.is_exact &= word.text.len() <= MAX_SCRIPT_BYTES;
    }

    /// How the commands go on whose output is a part of a word, or is read from a word that stands for it.
    pub(super) fn substitutions(&mut self, parts: &[WordPartNode], when: When) -> Substituted {
        let mut all = Substituted::default();
        for part in parts {
            match &part.kind {
                WordPart::DoubleQuoted { parts, .. } => all.add(self.substitutions(parts, when)),
                WordPart::CommandSubstitution { body, .. } => {
                    all.stays |= self.substituted(body, when) == Flow::Stays;
                }
                WordPart::ProcessSubstitution { body, is_input } => {
                    let flow = self.substituted(body, When { unheeded: true, ..when });
                    all.feeds |= *is_input && flow == Flow::Stays;
                }
                _ => {}
            }
        }
        all
    }

    /// The same of what a redirection reads or writes: a file, or the text of a heredoc, in which an end in quotes keeps all as it is.
    pub(super) fn of_redirect(&mut self, target: &RedirectTarget, when: When) -> Substituted {
        let mut all = Substituted::default();
        match target {
            RedirectTarget::Word(word) => all.add(self.substitutions(&word.parts, when)),
            RedirectTarget::Heredoc(heredoc) => {
                for part in &heredoc.body.parts {
                    if let HeredocBodyPart::CommandSubstitution { body, .. } = &part.kind {
                        all.stays |= self.substituted(body, when) == Flow::Stays;
                    }
                }
            }
        }
        all
    }

    fn substituted(&mut self, body: &StmtSeq, when: When) -> Flow {
        if self.depth == MAX_DEPTH {
            return Flow::Unsure;
        }
        self.depth += 1;
        // Not every shell stops there at the first of several failures.
        let when = When { forgiven: when.forgiven || body.as_slice().len() > 1, ..when };
        let flow = self.apart(|walk| walk.sequence(body, when));
        self.depth -= 1;
        flow
    }
}

/// What the commands in words do that never end.
#[derive(Clone, Copy, Default)]
pub(super) struct Substituted {
    /// The shell waits for the output of one before it runs anything.
    pub(super) stays: bool,
    /// What is run may read the output of one.
    pub(super) feeds: bool,
}

impl Substituted {
    pub(super) fn add(&mut self, other: Self) {
        self.stays |= other.stays;
        self.feeds |= other.feeds;
    }
}
