//! A variable or an argument looks like a credential that stands in the manifest.

use crate::credential::{
    MAX_NAME, has_name_of_credential, is_credential, is_number_of_password, may_be_credential, names_object,
};
use crate::process::Item;
use crate::rule::prelude::*;
use crate::shell::{self, Call, Reading, Variables, Word};
use crate::workload::{list, text};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("secret-in-link"),
    severity: Severity::Warning,
    stage: Stage::Shares,
    summary: "A variable or an argument looks like a credential that stands in the manifest.",
    page: include_str!("secret_in_link.md"),
    check,
};

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        of_variables(workload, container, found);
        of_command(workload, container, found);
    }
}

fn of_variables(workload: &Workload<'_>, container: &Container<'_>, found: &mut Found<'_>) {
    for (index, variable) in list(container.value, "env") {
        let (Some(name), Some(value)) = (text(variable, "name"), text(variable, "value")) else { continue };
        if !is_told(name, value) {
            continue;
        }
        let place = workload.place(container).entry("env").index(index);
        let message =
            format!("{} looks like a credential: whoever has this manifest, or a link to it, can read it.", quoted(name));
        let finding =
            found.say(place.entry("value"), message, "Keep it in a Secret and name that with `valueFrom.secretKeyRef`.");
        let key = name.to_ascii_lowercase().replace('_', "-");
        let reference = json!({"secretKeyRef": {"name": "credentials", "key": key}});
        let changes = vec![Change::Remove(place.entry("value")), Change::Set(place.entry("valueFrom"), reference)];
        let is_plain = name.len() <= MAX_NAME && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        finding.fix = is_plain.then(|| Fix::guess("Take it from the Secret credentials", changes));
    }
}

/// True of a `value` that is a credential by its own form, or by the `name` of what it is given to.
fn is_told(name: &str, value: &str) -> bool {
    let may_be = || may_be_credential(value) || is_number_of_password(name, value);
    is_credential(value) || has_name_of_credential(name) && may_be() && !names_object(name, value)
}

fn of_command(workload: &Workload<'_>, container: &Container<'_>, found: &mut Found<'_>) {
    let process = container.process();
    let Some((given_to, item)) = in_script(container).or_else(|| in_words(container)) else { return };
    let place = workload.place(container).entry(item.field).index(item.position);
    let what = match given_to {
        Some(name) => format!("What {} gives to {} looks like a credential", quoted(container.name), quoted(&name)),
        None => format!("The command of {} has something in it that looks like a credential", quoted(container.name)),
    };
    let reference = if process.script.is_some() { "`\"$NAME\"`" } else { "`$(NAME)`" };
    let hint = format!("Take it from a Secret into a variable, with `valueFrom.secretKeyRef`, and write {reference} here.");
    found.say(place, format!("{what}: whoever has this manifest, or a link to it, can read it."), hint);
}

/// What a credential is given to, if that has a name.
type Given = Option<String>;

/// A credential in the script of `container`: one that stands there, and not in a variable that it names.
fn in_script<'a>(container: &Container<'a>) -> Option<(Given, Item<'a>)> {
    let process = container.process();
    let script = process.script?;
    given_within(&process.reading)?;
    let without_variables = Variables { has_others: true, ..Variables::default() };
    Some((given_within(&shell::read(script.text, None, without_variables)?)?, script))
}

fn given_within(reading: &Reading) -> Option<Given> {
    let mut assigned = reading.assigned.iter().filter(|(_, word)| word.is_exact);
    let assigned = assigned.find(|(name, word)| is_told(name, &word.text)).map(|(name, _)| Some(name.to_string()));
    assigned.or_else(|| reading.calls.iter().find_map(given_in))
}

/// A credential among the words of `container`, or among its args if nobody knows what these are given to.
fn in_words<'a>(container: &Container<'a>) -> Option<(Given, Item<'a>)> {
    let process = container.process();
    if process.script.is_some() {
        return None;
    }
    let items = process.items(container.value);
    let words: Vec<_> = items.iter().map(|item| Word { text: item.text.into(), is_exact: true }).collect();
    let program = process.calls().next().map_or("", Call::program);
    let given = |(index, item): (usize, &Item<'a>)| Some((given_by(program, &words[index], words.get(index + 1))?, *item));
    items.iter().enumerate().find_map(given)
}

/// Options of programs that are followed by a credential, or have one in their own word.
const SHORT: [(&str, &str); 9] = [
    ("mariadb", "-p"),
    ("mariadb-dump", "-p"),
    ("mongo", "-p"),
    ("mongosh", "-p"),
    ("mysql", "-p"),
    ("mysqladmin", "-p"),
    ("mysqldump", "-p"),
    ("redis-cli", "-a"),
    ("sshpass", "-p"),
];

/// Long options of that kind whose names do not say it.
const LONG: [&str; 3] = ["masterauth", "rcon", "requirepass"];

fn given_in(call: &Call) -> Option<Given> {
    let words = call.arguments();
    words.iter().enumerate().find_map(|(index, word)| given_by(call.program(), word, words.get(index + 1)))
}

/// What `word`, an argument of `program`, gives a credential to: itself, or the `next` word.
fn given_by(program: &str, word: &Word, next: Option<&Word>) -> Option<Given> {
    let text = word.text.as_str();
    if word.is_exact && is_credential(text.split_once('=').map_or(text, |(_, value)| value)) {
        return Some(option_of(text));
    }
    let name = text.trim_start_matches('-');
    let (name, value) = match name.split_once('=') {
        Some((name, value)) => (name, Some(value).filter(|_| word.is_exact)),
        None if !text.starts_with('-') => return None,
        None => (name, next.filter(|next| next.is_exact && !next.text.starts_with('-')).map(|next| next.text.as_str())),
    };
    if program == "curl" && is_user_of_curl(text) {
        let own = text.strip_prefix("-u").filter(|own| !own.is_empty() && word.is_exact);
        let (_, password) = own.or(value)?.split_once(':')?;
        return may_be_credential(password).then(|| Some("--user".to_owned()));
    }
    if let Some((_, option)) = SHORT.iter().find(|(known, option)| *known == program && text.starts_with(option)) {
        let own = text.strip_prefix(option).filter(|own| !own.is_empty() && word.is_exact);
        // The programs of MySQL take the next word for the name of a database.
        let value = own.or_else(|| value.filter(|_| !program.starts_with('m') || program.starts_with("mongo")))?;
        return may_be_credential(value).then(|| Some((*option).to_owned()));
    }
    let value = value.filter(|value| !is_placeholder(value))?;
    let is_named = LONG.contains(&name) && may_be_credential(value) || is_told(name, value);
    is_named.then(|| option_of(text))
}

/// True of an option of `curl` with a user and a password: `-u admin:secret`.
fn is_user_of_curl(option: &str) -> bool {
    let ends_so = |options: &str| options.ends_with(['u', 'U']) && options.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_short = |options: &str| options.starts_with('u') || ends_so(options);
    match option.strip_prefix("--") {
        Some(long) => matches!(long, "user" | "proxy-user"),
        None => option.strip_prefix('-').is_some_and(is_short),
    }
}

/// True of a word in capitals that stands for a value: `--cookie-secret=SECRET`.
fn is_placeholder(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_uppercase() || matches!(byte, b'_' | b'-'))
}

/// The name of the option in a word.
fn option_of(word: &str) -> Given {
    word.starts_with('-').then(|| word.split('=').next().unwrap_or_default().to_owned())
}
