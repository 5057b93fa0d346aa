//! Cuts the sentences of a text into morphemes, as a count reads them, and does nothing with them. Prints how many there
//! are and the seconds that the cutting took: what benches/growth.py holds the whole job of `hedgerow count` against.
//!
//! ```sh
//! cargo run --release --example cutting TEXT.txt
//! ```

use std::error::Error;
use std::sync::Arc;
use std::time::Instant;

use hedgerow::morphology::Analyser;
use hedgerow::text::{folded, sentences};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("give the path of a text in UTF-8")?;
    let text = std::fs::read_to_string(path)?;
    let sentences: Vec<String> = sentences(&text).map(|sentence| folded(&text[sentence.span])).collect();
    let analyser = Arc::new(Analyser::embedded()?);
    let mut tokeniser = analyser.tokeniser();
    let mut morphemes = Vec::new();
    let mut cut = 0;
    let began = Instant::now();
    for sentence in &sentences {
        morphemes.clear();
        tokeniser.tokenise(sentence, &mut morphemes);
        cut += morphemes.len();
    }
    println!("{cut} {}", began.elapsed().as_secs_f64());
    Ok(())
}
