//! What Python prints of a dictionary, which looks like JSON and is none: `{'kind': 'Pod', 'tty': True}`.

use std::fmt::Write;

use serde_json::Value;

/// The text as JSON; `None` of one that is no dictionary, or has something in it that JSON cannot express.
pub(super) fn as_json(text: &str) -> Option<String> {
    if !text.trim_start().starts_with('{') {
        return None;
    }
    let mut json = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(sign) = rest.chars().next() {
        let length = match sign {
            '\'' | '"' => string(rest, sign, &mut json)?,
            letter if letter.is_alphabetic() => word(rest, &mut json)?,
            '{' | '}' | '[' | ']' | ':' | ',' | '-' | '+' | '.' | '0'..='9' => sign_of_json(sign, &mut json),
            blank if blank.is_whitespace() => sign_of_json(blank, &mut json),
            _ => return None,
        };
        rest = &rest[length..];
    }
    Some(json)
}

fn sign_of_json(sign: char, json: &mut String) -> usize {
    json.push(sign);
    sign.len_utf8()
}

/// Adds the word that `text` begins with, and returns its length.
fn word(text: &str, json: &mut String) -> Option<usize> {
    let end = text.find(|character: char| !character.is_alphanumeric() && character != '_').unwrap_or(text.len());
    json.push_str(match &text[..end] {
        "True" | "true" => "true",
        "False" | "false" => "false",
        "None" | "null" => "null",
        // The power of ten of a number.
        "e" | "E" => "e",
        _ => return None,
    });
    Some(end)
}

/// Adds the string in `quote` that `text` begins with, and returns how long it is with its quotes.
fn string(text: &str, quote: char, json: &mut String) -> Option<usize> {
    let mut meant = String::new();
    let mut signs = text.char_indices().skip(1);
    while let Some((at, sign)) = signs.next() {
        match sign {
            '\n' => return None,
            '\\' => meant.push(escaped(&mut signs)?),
            sign if sign == quote => {
                write!(json, "{}", Value::String(meant)).ok()?;
                return Some(at + quote.len_utf8());
            }
            other => meant.push(other),
        }
    }
    None
}

/// The character that stands behind a backslash in `signs`.
fn escaped(signs: &mut impl Iterator<Item = (usize, char)>) -> Option<char> {
    let digits = match signs.next()?.1 {
        'n' => return Some('\n'),
        'r' => return Some('\r'),
        't' => return Some('\t'),
        sign @ ('\\' | '\'' | '"') => return Some(sign),
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => return None,
    };
    let digits: String = signs.take(digits).map(|(_, digit)| digit).collect();
    char::from_u32(u32::from_str_radix(&digits, 16).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_python_prints_becomes_json() {
        let printed = r#"{'a': True, 'b': [None, False, 1.5, -2, 1e-07], 'c': "it's", 'd': 'say "x"\n\x41\u00e4', 'e': {}}"#;
        let json: Value = serde_json::from_str(&as_json(printed).unwrap()).unwrap();
        let meant =
            serde_json::json!({"a": true, "b": [null, false, 1.5, -2, 1e-07], "c": "it's", "d": "say \"x\"\nAä", "e": {}});
        assert_eq!(json, meant);
    }

    #[test]
    fn what_json_has_not_is_left() {
        for printed in
            ["{'a': b'x'}", "{'a': datetime.date(2026, 1, 1)}", "{'a': (1, 2)}", "{'a': nan}", "{'a", "a: 'b'", "{'a': '\\N{x}'}"]
        {
            assert_eq!(as_json(printed), None, "{printed}");
        }
    }
}
