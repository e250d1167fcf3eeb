//! Signs that mean to people, or in other languages, what is written otherwise in YAML: comments, bullets, separators.

/// True of dots where something was left out. At the beginning of a line three dots end a document.
pub(super) fn is_left_out(line: &str) -> bool {
    let item = line.trim().trim_start_matches("- ");
    matches!(item, "…" | "[...]" | "[…]" | "<snip>") || item == "..." && line != "..."
}

/// True of a line with a comment as other languages write it.
pub(super) fn has_slashes(line: &str) -> bool {
    let start = line.trim_start();
    start.starts_with("//") || start.starts_with("/*") || line.contains(" // ") || line.contains(", //") || line.contains(" /* ")
}

/// True of something like `---` that separates nothing.
pub(super) fn is_separator(line: &str) -> bool {
    let dashes = line.trim();
    let is_of_dashes = !dashes.is_empty() && dashes.chars().all(|dash| matches!(dash, '-' | '–' | '—' | '─' | '_'));
    is_of_dashes && line.trim_end() != "---" && (line.trim_end() == "--" || dashes.len() >= "---".len() || !dashes.is_ascii())
}

/// True of a line behind a bullet, or a dash that is none to YAML.
pub(super) fn is_bullet(line: &str) -> bool {
    let mut characters = line.trim_start().chars();
    let is_sign = characters.next().is_some_and(|sign| matches!(sign, '•' | '·' | '‣' | '▪' | '●' | '○' | '–' | '—' | '*'));
    is_sign && characters.as_str().starts_with(char::is_whitespace)
}
