//! What a text may be made of, before any grammar.

use super::chunks::Chunk;
use super::line_breaks::advance;
use super::{Position, SyntaxError};

/// Refuses characters that the API server's reader refuses anywhere in a text (`yaml_parser_update_buffer` of
/// `go.yaml.in/yaml/v2`, `readerc.go`): control characters except tabs and line breaks, and non-characters.
pub(super) fn check(chunk: Chunk<'_>) -> Result<(), SyntaxError> {
    if chunk.text.bytes().all(|byte| matches!(byte, b'\n' | b' '..=b'~')) {
        return Ok(());
    }
    if let Some((index, character)) = chunk.text.char_indices().find(|(_, character)| is_forbidden(*character)) {
        let code = u32::from(character);
        let message =
            format!("the control character U+{code:04X} is not allowed in YAML: write it as an escape in double quotes");
        let start = Position { line: chunk.lines_before + 1, column: 1 };
        return Err(SyntaxError::new(advance(start, &chunk.text[..index]), message));
    }
    Ok(())
}

fn is_forbidden(character: char) -> bool {
    match character {
        '\t' | '\n' | '\r' | '\u{85}' => false,
        '\u{fffe}' | '\u{ffff}' => true,
        other => other.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_refused_with_their_place() {
        let error = check(Chunk { text: "a: b\nä: \u{7}", start: 0, lines_before: 2 }).unwrap_err();
        assert_eq!((error.line, error.column), (4, 4));
        assert!(error.message.contains("U+0007"));
        assert_eq!(check(Chunk { text: "a: \t\u{85}\u{feff}🚀\r\n", start: 0, lines_before: 0 }), Ok(()));
    }
}
