//! Conditions of loops that are always the same.

use std::iter;

use compact_str::CompactString;
use shuck_ast::{BinaryOp, Command, CompoundCommand, SimpleCommand, Span, Stmt, StmtSeq, StmtTerminator, WordPart, WordPartNode};

use super::Walk;

impl Walk<'_> {
    /// What `condition` comes to each time, if its text says so: `true`, `[ 1 = 1 ]`, a `sleep`, which succeeds.
    pub(super) fn constant(&self, condition: &StmtSeq) -> Option<bool> {
        match condition.as_slice() {
            [statement] => self.truth(statement),
            // A shell that waits for a `sleep` beside it hears signals.
            [sleep, wait] if matches!(sleep.terminator, Some(StmtTerminator::Background(_))) && self.is_wait(wait) => {
                self.truth(sleep)
            }
            _ => None,
        }
    }

    fn is_wait(&self, statement: &Stmt) -> bool {
        matches!(&statement.command, Command::Simple(simple) if !statement.negated && self.word(&simple.name.parts).text == "wait")
    }

    fn truth(&self, Stmt { command, negated, .. }: &Stmt) -> Option<bool> {
        let truth = match command {
            // A chain of them as long as a text is would go too deep.
            Command::Binary(binary) if binary.op == BinaryOp::And && !matches!(binary.left.command, Command::Binary(_)) => {
                Some(self.truth(&binary.left)? && self.truth(&binary.right)?)
            }
            Command::Compound(CompoundCommand::Conditional(test)) => of_test(&self.literal_words(test.span)?),
            Command::Compound(CompoundCommand::Arithmetic(sum)) => of_sum(&self.literal_words(sum.span)?),
            Command::Compound(CompoundCommand::Subshell(body) | CompoundCommand::BraceGroup(body)) => match body.as_slice() {
                [Stmt { command: Command::Simple(simple), negated, .. }] => {
                    self.of_command(simple).map(|truth| truth != *negated)
                }
                _ => None,
            },
            Command::Simple(simple) => self.of_command(simple),
            _ => None,
        };
        truth.map(|truth| truth != *negated)
    }

    /// The words within the brackets of `span`, if a run through the loop changes none of them.
    fn literal_words(&self, span: Span) -> Option<Vec<&str>> {
        let text = self.source.get(span.start.offset()..span.end.offset()).filter(|text| !text.contains(['$', '`']))?;
        let words = text.trim_matches(['[', ']', '(', ')', ' ']).split_whitespace();
        Some(words.map(|word| word.trim_matches(['"', '\''])).collect())
    }

    fn of_command(&self, command: &SimpleCommand) -> Option<bool> {
        let all = || iter::once(&command.name).chain(&command.args);
        let words: Vec<_> = all().map(|word| self.word(&word.parts).text).collect();
        let test = match words.iter().map(CompactString::as_str).collect::<Vec<_>>().as_slice() {
            ["true" | ":" | "echo" | "printf" | "date", ..] | ["sleep", _] => return Some(true),
            ["false"] => return Some(false),
            ["[", test @ .., "]"] | ["test", test @ ..] => of_test(test),
            _ => None,
        };
        // A variable that is tested alone is a switch, which nobody turns off as a rule.
        test.filter(|_| words.len() < 4 || all().all(|word| is_literal(&word.parts)))
    }
}

/// True of a `condition` that comes to `wanted` if a program does well.
pub(super) fn is_of_success(condition: &StmtSeq, wanted: bool) -> bool {
    match condition.as_slice() {
        [Stmt { command: Command::Simple(_), negated, .. }] => *negated != wanted,
        _ => false,
    }
}

/// True of a `condition` which several things may bring away from what is `wanted`, each by itself.
pub(super) fn has_alternatives(condition: &StmtSeq, wanted: bool) -> bool {
    let parting = if wanted { BinaryOp::And } else { BinaryOp::Or };
    match condition.as_slice() {
        [Stmt { command: Command::Simple(_), .. }] => false,
        [Stmt { command: Command::Binary(binary), negated: false, .. }] => {
            binary.op == parting || !is_plain(&binary.left) || !is_plain(&binary.right)
        }
        _ => true,
    }
}

fn is_plain(statement: &Stmt) -> bool {
    matches!(statement.command, Command::Simple(_))
}

/// True of a word without anything that a run through the loop may change.
fn is_literal(parts: &[WordPartNode]) -> bool {
    parts.iter().all(|part| match &part.kind {
        WordPart::Literal(_) | WordPart::SingleQuoted { .. } => true,
        WordPart::DoubleQuoted { parts, .. } => is_literal(parts),
        _ => false,
    })
}

fn of_test(words: &[&str]) -> Option<bool> {
    match words {
        [word] => (!word.is_empty()).then_some(true),
        [one, "=" | "==", two] => Some(one == two),
        [one, "!=", two] => Some(one != two),
        _ => of_sum(words),
    }
}

/// What a comparison of numbers comes to, and a number by itself.
fn of_sum(words: &[&str]) -> Option<bool> {
    let number = |text: &str| text.parse::<i64>().ok();
    match words {
        [one] => Some(number(one)? != 0),
        [one, sign, two] => {
            let order = number(one)?.cmp(&number(two)?);
            match *sign {
                "-eq" | "==" => Some(order.is_eq()),
                "-ne" | "!=" => Some(order.is_ne()),
                "-lt" | "<" => Some(order.is_lt()),
                "-le" | "<=" => Some(order.is_le()),
                "-gt" | ">" => Some(order.is_gt()),
                "-ge" | ">=" => Some(order.is_ge()),
                _ => None,
            }
        }
        _ => None,
    }
}
