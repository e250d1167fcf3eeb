//! Directives of nginx in a command line, each of which is one argument with spaces in it.

use crate::shell::base_name;

/// The words of `nginx -g DIRECTIVE;`, whose quotes are gone as often as not when the line stands in one item.
pub(super) fn with_directive(text: &str) -> Option<Vec<String>> {
    let (program, directive) = text.trim().split_once(" -g ")?;
    let directive = unquoted(directive.trim());
    let is_nginx = matches!(base_name(program), "nginx" | "nginx-debug") && !program.contains(char::is_whitespace);
    let is_whole = directive.ends_with(';') && !directive.contains(['"', '\'']);
    (is_nginx && is_whole).then(|| [program, "-g", directive].map(str::to_owned).into())
}

fn unquoted(text: &str) -> &str {
    let within = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    within('"').or_else(|| within('\'')).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_directive_is_one_word() {
        for text in ["nginx -g daemon off;", "nginx -g 'daemon off;'", " nginx -g \"daemon off;\" "] {
            assert_eq!(with_directive(text).unwrap(), ["nginx", "-g", "daemon off;"], "{text}");
        }
        assert_eq!(with_directive("/usr/sbin/nginx -g daemon off; user root;").unwrap()[2], "daemon off; user root;");
        for text in ["nginx -t", "nginx -g 'daemon off;' && date", "app -g a;", "sh -c nginx -g a;", "nginx -g daemon"] {
            assert_eq!(with_directive(text), None, "{text}");
        }
    }
}
