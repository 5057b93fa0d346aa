//! Prints each sentence of a text on a line of its own, cut into morphemes with blanks between them: what
//! `mecab -O wakati` prints, and benches/peers/boundaries.py compares.
//!
//! ```sh
//! cargo run --release --example wakati TEXT.txt
//! ```

use std::error::Error;
use std::io::{self, BufWriter, Write};
use std::sync::Arc;

use hedgerow::morphology::Analyser;
use hedgerow::text::sentences;

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("give the path of a text in UTF-8")?;
    let text = std::fs::read_to_string(path)?;
    let analyser = Arc::new(Analyser::embedded()?);
    let mut tokeniser = analyser.tokeniser();
    let mut morphemes = Vec::new();
    let mut out = BufWriter::new(io::stdout().lock());
    for sentence in sentences(&text) {
        let sentence = &text[sentence.span];
        morphemes.clear();
        tokeniser.tokenise(sentence, &mut morphemes);
        let words = morphemes.iter().map(|morpheme| morpheme.surface(sentence));
        for word in words.filter(|word| !word.chars().all(|c| c.is_ascii_whitespace())) {
            write!(out, "{word} ")?;
        }
        writeln!(out)?;
    }
    out.flush()?;
    Ok(())
}
