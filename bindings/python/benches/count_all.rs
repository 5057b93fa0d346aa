//! Times `Counter::count_all` for `run.py`: the lines of a file are the texts, and a line of standard input asks for a round.
//! Without a line, it ends.

use std::env;
use std::error::Error;
use std::fs;
use std::io;
use std::time::Instant;

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args().nth(1).ok_or("usage: count_all TEXTS")?;
    let texts = fs::read_to_string(path)?;
    let texts: Vec<&str> = texts.lines().collect();
    let counter = hedgerow::Counter::new()?;
    for round in io::stdin().lines() {
        round?;
        let began = Instant::now();
        let counts = counter.count_all(texts.iter().map(|text| Some(*text)));
        let seconds = began.elapsed().as_secs_f64();
        let hits: u64 = counts.iter().flatten().map(|counts| counts.hedges().affirmed).sum();
        println!("{seconds} {hits}");
    }
    Ok(())
}
