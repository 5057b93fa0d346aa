//! Counts the markers of a string, and shows where they stand.
//!
//! `cargo run --example count_string`

use hedgerow::Counter;

fn main() -> Result<(), hedgerow::SetupError> {
    let counter = Counter::new()?;
    let text = "毎朝の散歩は気分を整えると言われています。続ければ、眠りにも良い効果が期待できるでしょう。\
                ただし、必ず効くとは限りません。";

    let counts = counter.count(text);
    println!("{} sentences, {} tokens", counts.sentences, counts.tokens);
    println!("{} hedges, {} assertive markers", counts.hedges().affirmed, counts.assertives().affirmed);

    for marker in counter.find(text) {
        let node = &text[marker.bytes];
        println!("{node}\t{}\t{}\t{:?}", marker.id, marker.category, marker.characters);
    }
    Ok(())
}
