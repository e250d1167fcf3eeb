//! Lines of a page: its HTML, and the marks that its language puts around code.

/// True of a line of HTML.
pub(super) fn is_page(line: &str) -> bool {
    let tag = line.trim_start().strip_prefix('<');
    tag.is_some_and(|tag| {
        tag.starts_with(|character: char| matches!(character, '!' | '/' | '?') || character.is_ascii_alphabetic())
    })
}

/// True of a line that begins or ends a code block in Markdown.
pub(crate) fn is_fence(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("```") || line.starts_with("~~~")
}

/// True of a line that begins or ends a piece of code in the languages of other pages.
pub(super) fn is_code_block(line: &str) -> bool {
    const BEGINNINGS: [&str; 14] = [
        "{code",
        "{noformat",
        "[source",
        "[code",
        "[/code",
        ".. code",
        "{{<",
        "{{%",
        "{% high",
        "{% end",
        "<pre",
        "</pre",
        "<code",
        "</code",
    ];
    let line = line.trim_start();
    BEGINNINGS.iter().any(|beginning| line.starts_with(beginning))
}

/// True of the name of a field that is such a line to YAML.
pub(super) fn is_marked(name: &str) -> bool {
    name == "noformat" || name == "code" || name.starts_with("code:") || name.starts_with(".. code-block")
}

/// True of a line with a character as HTML writes it.
pub(super) fn has_entity(line: &str) -> bool {
    ["&quot;", "&gt;", "&lt;", "&amp;", "&apos;", "&#39;", "&#34;", "&#x27;", "&nbsp;"].iter().any(|entity| line.contains(entity))
}

/// True of a line that Markdown sets in bold.
pub(super) fn is_bold(line: &str) -> bool {
    line.trim_start().trim_start_matches("- ").starts_with("**")
}
