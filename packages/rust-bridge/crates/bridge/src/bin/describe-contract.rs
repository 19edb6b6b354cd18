//! Prints the contract of everything that the library exports, as JSON. The build writes it to `contract.json`.
use std::io::Write;
use std::process::ExitCode;

// Links the library in: its records are gathered from the sections that came with it.
use cfunc_bridge as _;

fn main() -> ExitCode {
    let printed = serde_json::to_string_pretty(&contract::describe("cfunc_bridge"))
        .map_err(|error| error.to_string())
        .and_then(|text| writeln!(std::io::stdout(), "{text}").map_err(|error| error.to_string()));
    match printed {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the contract could not be printed: {error}");
            ExitCode::FAILURE
        }
    }
}
