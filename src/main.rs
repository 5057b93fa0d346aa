//! The program: reads its arguments, calls the library, and gives the exit code.

mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
