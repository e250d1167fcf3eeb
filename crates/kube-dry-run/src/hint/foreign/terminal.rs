//! Lines of a terminal: those for a shell, and those that programs and editors write.

use crate::hint::manifest::is_word;

/// True of a line for a shell.
pub(super) fn is_shell(line: &str) -> bool {
    if line.starts_with("$ ") || line.starts_with("#!/") || line.contains("| kubectl ") || has_prompt(line) {
        return true;
    }
    matches!(line.trim(), "EOF" | "EOT" | "END" | "YAML")
        || is_command(line.trim_start_matches(['$', ' ']), line.starts_with(' '))
}

fn is_command(line: &str, is_indented: bool) -> bool {
    const PROGRAMS: [&str; 17] = [
        "cat",
        "cd",
        "curl",
        "echo",
        "helm",
        "k",
        "kubectl",
        "kustomize",
        "minikube",
        "mkdir",
        "nano",
        "oc",
        "podman",
        "sudo",
        "tee",
        "vi",
        "vim",
    ];
    let Some((program, rest)) = line.split_once(' ').filter(|(program, _)| PROGRAMS.contains(program)) else { return false };
    let is_long = matches!(program, "cat" | "kubectl" | "oc" | "sudo" | "tee")
        && (rest.contains("<<") || rest.contains("-f ") || rest.contains('>'));
    is_long || !is_indented && !rest.trim().is_empty() && !rest.contains(": ") && !rest.ends_with(':')
}

/// True of a line that begins with the prompt of a shell: `user@host:~$`, `[user@host ~]#`, `host $`.
fn has_prompt(line: &str) -> bool {
    let end = line.find(['$', '#']).filter(|end| matches!(line.as_bytes().get(end + 1), None | Some(b' ')));
    let Some(prompt) = end.map(|end| line[..end].trim_end()).filter(|prompt| !prompt.is_empty()) else { return false };
    let is_of_user =
        prompt.split_once('@').is_some_and(|(user, host)| is_word(user.trim_start_matches('[')) && !host.contains(": "));
    let is_of_host = is_word(prompt) && line[prompt.len()..].starts_with(" $ ") && !line.starts_with(' ');
    is_of_user || is_of_host
}

/// True of a line that kubectl or another program wrote.
pub(super) fn is_output(line: &str) -> bool {
    const DONE: [&str; 5] = ["created", "configured", "unchanged", "deleted", "serverside-applied"];
    let mut words = line.split(' ');
    let (first, second) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let is_done = first.contains('/') && DONE.contains(&second.trim_end());
    let is_log = matches!(first.as_bytes(), [b'I' | b'W' | b'E' | b'F', digits @ ..] if digits.len() == 4 && digits.iter().all(u8::is_ascii_digit));
    is_done || is_log || ["Warning: ", "Error from server", "error: ", "Flag --"].iter().any(|head| line.starts_with(head))
}

/// True of a line that an editor shows around a text.
pub(super) fn is_of_editor(line: &str) -> bool {
    let line = line.trim_end();
    matches!(line, "~" | ":wq" | "-- INSERT --") || line.starts_with('"') && line.ends_with('B') && line.contains("L, ")
}

/// True of a line behind the `>` of a shell that waits for more, or of a mail.
pub(super) fn is_quoted(line: &str) -> bool {
    line.strip_prefix("> ").is_some_and(|rest| rest.contains(|character: char| character.is_ascii_alphabetic()))
}
