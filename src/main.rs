//! The program: takes its arguments and gives the exit code.

use std::env;
use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(hedgerow::cli::main(env::args_os()))
}
