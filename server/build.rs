//! Tells cargo to compile the server again when the site that it embeds has changed. `scripts/site.mjs` touches
//! `target/site` only when its contents differ.

fn main() {
    println!("cargo:rerun-if-changed=../target/site");
}
