//! Markup is no text: Markdown, and the plain text of Aozora Bunko.

use crate::place::Place;

#[test]
fn markdown_is_read_without_its_code() {
    let text = "# 犬\n\n犬が走\nる。\n\n```\n犬 = 1\n```\n";
    let (tables, _) = Place::with(&[("a.md", text)]).count_dogs(&["a.md"]);
    assert_eq!(tables.concordance.column("right"), ["", "が走る。"]);
    assert_eq!(tables.concordance.column("start"), ["0", "2"]);
}

#[test]
fn ruby_and_annotations_of_aozora_bunko_are_left_out() {
    let text = "犬の話\n某\n\n-------------------------------------------------------\n\
        【テキスト中に現れる記号について】\n\n《》：ルビ\n-------------------------------------------------------\n\n\
        ｜犬《いぬ》［＃「犬」に傍点］が来た。\n\n底本：「犬の本」\n青空文庫作成ファイル：\n";
    let (tables, _) = Place::with(&[("a.txt", text)]).count_dogs(&["a.txt"]);
    assert_eq!(tables.concordance.column("right"), ["が来た。"]);
    assert_eq!(tables.run["inputs"][0]["format"], "aozora");
}
