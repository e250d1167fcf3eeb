//! An explanation as plain text for a terminal.

use std::fmt::Write;

use crate::explanation::{Child, Explanation};

/// The narrowest text; a narrower terminal has its lines broken by itself.
const MIN_WIDTH: usize = 40;

/// The widest text: longer lines are hard to read.
const MAX_WIDTH: usize = 100;

/// How far what belongs to a heading is indented.
const INDENTATION: usize = 2;

/// `explanation` as text in lines of at most `width` characters, except for words that are longer. Widths below 40 and above 100
/// count as these. Each line ends with a line break.
#[must_use]
pub fn to_text(explanation: &Explanation, width: usize) -> String {
    let mut text = Text { text: String::new(), width: width.clamp(MIN_WIDTH, MAX_WIDTH) };
    text.head(explanation);
    text.facts(explanation);
    if let Some(used_for) = explanation.used_for {
        text.heading("What it is used for here");
        text.wrapped(used_for.text, INDENTATION);
        if !used_for.rules.is_empty() {
            text.wrapped(&format!("Advice: {}", used_for.rules.join(", ")), INDENTATION);
        }
    }
    if !explanation.paragraphs.is_empty() {
        text.heading("What Kubernetes says");
        for (number, paragraph) in explanation.paragraphs.iter().enumerate() {
            text.gap(number > 0);
            paragraph.lines().for_each(|line| text.wrapped(line, INDENTATION));
        }
    }
    if !explanation.children.is_empty() {
        text.heading("Fields");
        explanation.children.iter().for_each(|child| text.child(child));
    }
    text.text
}

struct Text {
    text: String,
    width: usize,
}

impl Text {
    fn head(&mut self, explanation: &Explanation) {
        let Explanation { kind, api_version, path, .. } = explanation;
        let title = if path.is_empty() { (*kind).to_owned() } else { format!("{kind} {path}") };
        self.hanging(&format!("{title} ({api_version})"), 0, INDENTATION);
        self.gap(true);
        self.wrapped(explanation.summary, 0);
        self.gap(true);
    }

    fn facts(&mut self, explanation: &Explanation) {
        if !explanation.path.is_empty() {
            self.fact("Type", &explanation.type_in_words());
            self.fact("Needed", &explanation.need.to_string());
        }
        if let Some(default) = explanation.default {
            self.fact("Default", &format!("{} (set by {})", default.value, default.set_by));
        }
        let stage = explanation.stage.filter(|_| explanation.history.is_none()).map(|stage| format!("; {stage}"));
        let history = explanation.history.map(|history| format!(". {history}"));
        let more = history.or(stage).unwrap_or_default();
        self.fact("Since", &format!("Kubernetes {}{more}", explanation.since));
    }

    fn fact(&mut self, name: &str, value: &str) {
        self.hanging(&format!("{:9}{value}", format!("{name}:")), 0, 9);
    }

    fn child(&mut self, child: &Child) {
        let required = if child.need == crate::notes::Need::Required { ", required" } else { "" };
        self.hanging(&format!("{}  {}{required}", child.name, child.type_in_words()), INDENTATION, 2 * INDENTATION);
        self.wrapped(child.summary, 2 * INDENTATION);
    }

    fn heading(&mut self, name: &str) {
        self.gap(true);
        self.line(name);
    }

    fn gap(&mut self, is_wanted: bool) {
        if is_wanted {
            self.text.push('\n');
        }
    }

    fn line(&mut self, line: &str) {
        // A `String` takes everything that is written into it.
        _ = writeln!(self.text, "{}", line.trim_end());
    }

    fn wrapped(&mut self, text: &str, indentation: usize) {
        self.hanging(text, indentation, indentation);
    }

    /// The words of `text` in lines, the first with `first` spaces before it, the others with `following`. Spaces within `text` stay
    /// where the line goes on.
    fn hanging(&mut self, text: &str, first: usize, following: usize) {
        let mut line = " ".repeat(first);
        let mut has_words = false;
        for word in text.trim_end().split(' ') {
            if has_words && line.chars().count() + 1 + word.chars().count() > self.width {
                self.line(&line);
                line = " ".repeat(following);
                has_words = false;
            }
            if has_words {
                line.push(' ');
            }
            line.push_str(word);
            has_words |= !word.is_empty() || first < following;
        }
        self.line(&line);
    }
}
