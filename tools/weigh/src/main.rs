//! `weigh MODULE.wasm` prints of how many bytes of code and data a module with names is made, by origin: a file of Podweave's
//! islands, another crate, or the data of all. What the compiler moved into its callers counts as theirs.
#![allow(clippy::print_stdout)]

use std::collections::BTreeMap;
use std::error::Error;

use walrus::{FunctionKind, Module};

const ISLANDS: &str = "::web::islands::";

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args_os().nth(1).ok_or("usage: weigh MODULE.wasm")?;
    let mut weights: Vec<_> = weights(&Module::from_file(path)?).into_iter().collect();
    weights.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    for (origin, bytes) in weights {
        println!("{bytes:>8}  {origin}");
    }
    Ok(())
}

fn weights(module: &Module) -> BTreeMap<String, usize> {
    let mut weights = BTreeMap::from([("data".to_owned(), module.data.iter().map(|data| data.value.len()).sum())]);
    for function in module.funcs.iter() {
        if let FunctionKind::Local(local) = &function.kind {
            let bytes = local.original_range.as_ref().map_or(0, |range| range.end - range.start);
            *weights.entry(origin(function.name.as_deref().unwrap_or_default())).or_default() += bytes;
        }
    }
    weights
}

/// The file of the islands, or the crate, that a function called `name` belongs to; of generated code, the type that it is
/// generated for. wasm-bindgen writes names as `<crate[hash]::module::Type>::function`.
fn origin(name: &str) -> String {
    let word = |text: &str| text.chars().take_while(|letter| letter.is_alphanumeric() || *letter == '_').collect::<String>();
    if let Some((_, island)) = name.split_once(ISLANDS) {
        return format!("islands/{}.rs", word(island));
    }
    match name.split_once('[') {
        Some((before, _)) => word(before.trim_start_matches(|letter: char| !letter.is_alphabetic())),
        None => "wasm-bindgen's glue".to_owned(),
    }
}
