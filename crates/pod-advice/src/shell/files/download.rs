//! What `wget` and `curl` write and send.

use super::super::{Call, Word, base_name};
use super::value::values;

/// Where `wget` or `curl` puts what it fetches: where its options say, or under the last part of the address.
pub(super) fn downloads(call: &Call) -> Vec<Word> {
    let is_wget = call.program() == "wget";
    let (short, long) = if is_wget { ('O', "output-document") } else { ('o', "output") };
    let mut named: Vec<_> = values(call, short, long).filter(|word| word.text != "-").collect();
    if is_wget {
        named.extend(values(call, 'P', "directory-prefix"));
    }
    let is_by_address =
        if is_wget { !call.has_option(&["-O", "-P", "--spider"]) } else { call.has_option(&["-O", "--remote-name"]) };
    let address = call.operands().next_back().filter(|_| named.is_empty() && is_by_address);
    named.extend(address.map(|address| {
        let path = address.text.split(['?', '#']).next().unwrap_or_default();
        Word { text: base_name(path).into(), is_exact: address.is_exact }
    }));
    named
}

/// The files that `curl` sends: `-d @/a`, `-F name=@/a`.
pub(super) fn sent(call: &Call) -> impl Iterator<Item = Word> {
    let is_value = |before: &str| before.is_empty() || before.ends_with('=') || matches!(before, "-d" | "-F");
    let file = move |word: &Word| {
        let (before, _) = word.text.split_once("@/").filter(|(before, _)| is_value(before))?;
        Some(Word { text: word.text[before.len() + 1..].into(), is_exact: word.is_exact })
    };
    call.arguments().iter().filter(|_| call.program() == "curl").filter_map(file)
}

/// True of `wget` or `curl` that writes no other files than those which its options name from the root on.
pub(in super::super) fn downloads_to_named_files(call: &Call) -> bool {
    let others: &[&str] = match call.program() {
        "wget" => &["-i", "-m", "-p", "-r", "-x", "--input-file", "--mirror", "--recursive"],
        _ => &["-D", "-K", "-c", "--config", "--cookie-jar", "--dump-header", "--output-dir"],
    };
    !call.has_option(others) && downloads(call).iter().all(|word| word.is_exact && word.text.starts_with('/'))
}
