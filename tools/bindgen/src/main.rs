//! `bindgen MODULE.wasm DIRECTORY` writes `DIRECTORY/podweave.js` and `DIRECTORY/podweave_bg.wasm`.

use std::error::Error;

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let mut args = std::env::args_os().skip(1);
    let (Some(module), Some(directory)) = (args.next(), args.next()) else {
        return Err("usage: bindgen MODULE.wasm DIRECTORY".into());
    };
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(module)
        .out_name("podweave")
        .web(true)?
        .typescript(false)
        .remove_producers_section(true)
        .omit_default_module_path(true);
    Ok(bindgen.generate(directory)?)
}
