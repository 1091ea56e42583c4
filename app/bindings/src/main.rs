//! What `wasm-bindgen --target web` does, from its own library. The program itself brings an HTTP client, a server and
//! TLS for its test runner, which take four times as long to build; and `Cargo.lock` keeps this one at the version
//! that understands our wasm.
//!
//! `bindings WASM FOLDER` writes `breakeven.js` and `breakeven_bg.wasm` to the folder.

use std::{env, error::Error};

use wasm_bindgen_cli_support::Bindgen;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = env::args_os().skip(1);
    let (Some(wasm), Some(folder), None) = (arguments.next(), arguments.next(), arguments.next())
    else {
        return Err("usage: bindings WASM FOLDER".into());
    };
    Bindgen::new()
        .input_path(wasm)
        .out_name("breakeven")
        .web(true)?
        .typescript(false)
        .generate(folder)?;
    Ok(())
}
