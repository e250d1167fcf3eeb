//! A value has characters in it that a page put there: dashes, entities, characters that cannot be seen.

use crate::process::NO_BREAK_SPACE;
use crate::rule::prelude::*;
use crate::shell::{Call, MAX_SCRIPT_BYTES, within};
use crate::workload::{list, text};

pub(super) const RULE: AdviceRule = AdviceRule {
    rule: Rule::new("pasted-characters"),
    severity: Severity::Error,
    stage: Stage::Starts,
    summary: "A value has characters in it that a page put there: dashes, entities, characters that cannot be seen.",
    page: include_str!("pasted_characters.md"),
    check,
};

/// How a page writes characters that mean something to it.
const ENTITIES: [(&str, &str); 7] =
    [("&gt;", ">"), ("&lt;", "<"), ("&quot;", "\""), ("&#39;", "'"), ("&#34;", "\""), ("&nbsp;", " "), ("&amp;", "&")];

fn check(workload: &Workload<'_>, found: &mut Found<'_>) {
    for container in &workload.containers {
        let place = || workload.place(container);
        for field in ["command", "args"] {
            for (index, item) in list(container.value, field) {
                let Some(item) = item.as_str() else { continue };
                let place = || place().entry(field).index(index);
                dash(item, place, found);
                unseen(item, is_unseen, place, found);
            }
        }
        entities(workload, container, found);
        typed_in_script(workload, container, found);
        unseen(text(container.value, "workingDir").unwrap_or_default(), is_odd, || place().entry("workingDir"), found);
        for mount in &container.mounts {
            let place = |field: &str| workload.mount_place(container, mount).entry(field);
            unseen(mount.written, is_odd, || place("mountPath"), found);
            unseen(text(mount.value, "subPath").unwrap_or_default(), is_odd, || place("subPath"), found);
        }
    }
}

/// No-break spaces of a script outside of quotes, and long dashes with which an option in it begins.
fn typed_in_script(workload: &Workload<'_>, container: &Container<'_>, found: &mut Found<'_>) {
    let process = container.process();
    let Some(script) = process.script.filter(|script| !script.text.is_ascii()) else { return };
    let place = || workload.place(container).entry(script.field).index(script.position);
    if has_bare_no_break_space(script.text) {
        let message = "The shell takes a no-break space for a letter: what stands beside it is one word, and not two.";
        let changes = vec![Change::Set(place(), script.text.replace(NO_BREAK_SPACE, " ").into())];
        let finding = found.say(place(), message, "Write plain spaces.");
        finding.fix = Some(Fix::guess("Write plain spaces", changes));
    }
    let mut options = process.calls().filter(|call| !PRINTING.contains(&call.program())).flat_map(Call::arguments);
    let Some((option, plain)) = options.find_map(|word| Some((word.text.as_str(), plain_option(&word.text)?))) else { return };
    say_dash(option, &plain, place(), script.text.replace(option, &plain), found);
}

fn has_bare_no_break_space(script: &str) -> bool {
    let mut quote = None;
    let is_bare = |character: char| {
        quote = within(quote, character);
        quote.is_none() && character == NO_BREAK_SPACE
    };
    script.len() <= MAX_SCRIPT_BYTES && script.chars().any(is_bare)
}

/// Programs that print what they are given.
const PRINTING: [&str; 2] = ["echo", "printf"];

/// An option whose dashes a text processor has made one long dash.
fn dash(item: &str, place: impl Fn() -> Path, found: &mut Found<'_>) {
    let Some(plain) = plain_option(item) else { return };
    say_dash(item, &plain, place(), plain.clone(), found);
}

/// Says that `option` is meant as `plain`, and that the text at `place` should be `mended`.
fn say_dash(option: &str, plain: &str, place: Path, mended: String, found: &mut Found<'_>) {
    let message = format!("{} begins with a long dash, which makes it no option.", quoted(option));
    let changes = vec![Change::Set(place.clone(), mended.into())];
    found.say(place, message, "Write hyphens.").fix = Some(Fix::guess(format!("Write {plain}"), changes));
}

/// The option that is meant by `item`, which begins with a long dash.
fn plain_option(item: &str) -> Option<String> {
    const DASHES: [char; 3] = ['\u{2013}', '\u{2014}', '\u{2212}'];
    let name = item.trim_start_matches(|sign: char| sign == '-' || DASHES.contains(&sign));
    let signs = &item[..item.len() - name.len()];
    let is_meant = signs.contains(DASHES) && name.starts_with(|first: char| first.is_ascii_alphanumeric());
    let is_short = name.split('=').next().is_some_and(|name| name.len() < 3);
    is_meant.then(|| format!("{}{name}", if is_short { "-" } else { "--" }))
}

/// Characters that `is_it` holds of.
fn unseen(value: &str, is_it: fn(char) -> bool, place: impl Fn() -> Path, found: &mut Found<'_>) {
    if value.is_ascii() || !value.contains(is_it) {
        return;
    }
    let plain: String = value.chars().filter(|character| !is_it(*character)).collect();
    let changes = vec![Change::Set(place(), plain.as_str().into())];
    let finding = found.say(
        place(),
        format!("{} has characters that cannot be seen.", quoted(&plain)),
        "Take them out, or write it once more.",
    );
    finding.fix = Some(Fix::safe("Take them out", changes));
}

/// True of what takes up no room and is no part of a word in any language.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// True of what is hardly meant in a path.
fn is_odd(character: char) -> bool {
    is_unseen(character) || character == NO_BREAK_SPACE
}

/// An entity in a script, whose `&` and `;` the shell takes for its own.
fn entities(workload: &Workload<'_>, container: &Container<'_>, found: &mut Found<'_>) {
    let process = container.process();
    let is_entity = |program: &str| matches!(program, "gt" | "lt" | "amp" | "quot" | "nbsp");
    let is_read = process.calls().any(|call| is_entity(call.program()) && call.arguments().is_empty());
    // Of `&gt;&gt;` the shell can make nothing at all.
    let is_unreadable = process.calls().next().is_none();
    let has_entity = |text: &str| text.len() <= MAX_SCRIPT_BYTES && ENTITIES.iter().any(|(entity, _)| text.contains(entity));
    let Some(script) = process.script.filter(|script| is_read || is_unreadable && has_entity(script.text)) else { return };
    let place = workload.place(container).entry(script.field).index(script.position);
    let message =
        "`&gt;` and the like are commands to a shell: `&` runs what stands before it in the background, `;` ends the next.";
    let plain = ENTITIES.iter().fold(script.text.to_owned(), |text, (entity, plain)| text.replace(entity, plain));
    let finding = found.say(place.clone(), message, "Write the characters themselves, such as `>`.");
    finding.fix = Some(Fix::guess("Write the characters", vec![Change::Set(place, plain.into())]));
}
