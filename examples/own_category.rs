//! Counts a category of one's own beside those of the default lexicon.
//!
//! `cargo run --example own_category`

use hedgerow::Counter;

/// Disclaimers, as they stand below advertisements. Each entry has a sentence that proves it.
const DISCLAIMERS: &str = r#"
category = "disclaimer"
stance = "hedge"

[[entry]]
id = "個人の感想です"
pattern = '"個人" "の" "感想" [lemma="だ|です"]'
examples = ["※個人の感想です。"]

[[entry]]
id = "効果を保証するものではない"
pattern = '[lemma="効果|効能"] "を" [lemma="保証"] [lemma="する"] "もの" "で" "は" [lemma="ない|ある"]'
# The denial is the marker's own form, and denies no marker.
negated = false
examples = ["効果を保証するものではありません。"]
"#;

fn main() -> Result<(), hedgerow::SetupError> {
    let counter = Counter::builder().lexicon("disclaimers.toml", DISCLAIMERS).build()?;
    let counts = counter
        .count("朝の一杯で、体が軽くなったようです。\n※個人の感想です。効果を保証するものではありません。");
    for (name, category) in counts.categories.iter().filter(|(_, category)| category.occurrences.affirmed > 0)
    {
        println!("{}\t{name}\t{}", category.stance, category.occurrences.affirmed);
    }
    Ok(())
}
