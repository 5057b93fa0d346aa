//! The nearest of some known names: what a mistyped one probably means.

use strsim::osa_distance;

use crate::text::folded;

/// The name among `known` that is the fewest edits from `name`, at most a third of its characters: a character too many, too
/// few, another, or two that have changed places (optimal string alignment). Width and case make no difference. Of
/// equals, the first.
pub(crate) fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let form = |name: &str| folded(name.trim()).to_lowercase();
    let name = form(name);
    let length = name.chars().count();
    let most = (length / 3).max(1);
    let edits = |known: &str| {
        let known = form(known);
        // Of a name of one character, an edit leaves nothing.
        let may_be = known.chars().count().abs_diff(length) <= most && (length > 1 || known == name);
        may_be.then(|| osa_distance(&name, &known)).filter(|edits| *edits <= most)
    };
    let near = known.into_iter().filter_map(|known| Some((edits(known)?, known)));
    near.min_by_key(|(edits, _)| *edits).map(|(_, known)| known)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn what_is_mistyped_is_near_and_what_is_another_word_is_not() {
        let known = ["genre", "year", "ジャンル", "発行年"];
        for (name, expected) in [
            ("gerne", Some("genre")),
            ("Genre", Some("genre")),
            ("genres", Some("genre")),
            ("ｇｅｎｒｅ", Some("genre")),
            (" yaer", Some("year")),
            ("ジャンール", Some("ジャンル")),
            ("発行", Some("発行年")),
            ("author", None),
            ("x", None),
            ("", None),
        ] {
            assert_eq!(nearest(name, known), expected, "{name}");
        }
    }
}
