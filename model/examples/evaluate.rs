//! Evaluates a system from standard input and prints the evaluation as JSON.

use std::io::Read as _;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut json = Vec::new();
    std::io::stdin().read_to_end(&mut json)?;
    let system = model::System::from_json(&json)?;
    let evaluation = model::evaluate(&system, model::PriceBook::embedded(), &model::Parts::ALL);
    println!("{}", serde_json::to_string_pretty(&evaluation)?);
    Ok(())
}
