//! `hedgerow --licenses`: the notices of what is inside the program.

use std::io::Write;

use super::error::Result;

const DICTIONARY: &str = include_str!("../../dictionaries/ipadic/NOTICE");

pub fn print(out: &mut impl Write) -> Result<()> {
    writeln!(out, "hedgerow: MIT OR Apache-2.0\n")?;
    out.write_all(DICTIONARY.as_bytes())?;
    Ok(())
}
