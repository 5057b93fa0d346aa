//! Web pages: what is read of them, and what is said where that is little.

use encoding_rs::SHIFT_JIS;

use crate::place::Place;
use crate::tables::Tables;

/// The cells of a column of the concordance where the marker is a dog.
fn dogs(tables: &Tables, column: &str) -> Vec<String> {
    let rows = tables.concordance.rows.iter().filter(|row| row["marker"] == "dog");
    rows.map(|row| row[column].clone()).collect()
}

/// A page as sites make them: navigation, a banner, side columns and a footer around the text, dogs in all of them.
fn page() -> String {
    let link = |name: &str| format!("<li><a href='/{name}'>犬の{name}</a></li>");
    let links: String = ["食事", "散歩", "病気", "種類", "写真"].map(link).concat();
    let paragraph = |number: usize| {
        format!(
            "<p>第{number}の<ruby>犬<rt>いぬ</rt></ruby>は、毎朝早く起きて、川のほとりを歩くのが好きだと飼い主は話しています。\
             雨の日にも、風の日にも、休まずに歩き続けてきたので、足腰がとても強いのです。</p>"
        )
    };
    format!(
        "<!DOCTYPE html><html lang=ja><head><meta charset=Shift_JIS><title>犬の一日｜犬の店</title>\
         <script>var x = '犬';</script><style>.犬 {{}}</style></head><body>\
         <header class=site-header><div class=logo>犬の店</div><nav><ul>{links}</ul></nav></header>\
         <div id=cookie-banner>犬の店はクッキーを使います。<button>同意する</button></div>\
         <div class=container><main><article><h1>犬の一日</h1>{}<h2>犬の食事</h2>{}\
         <ul><li>朝は軽く食べる犬が多いようです。</li><li>夜はよく食べます。</li></ul></article></main>\
         <aside class=sidebar><h3>人気の記事</h3><ul>{links}</ul></aside></div>\
         <footer class=footer><ul>{links}</ul><p>© 犬の店</p></footer></body></html>",
        (1..=4).map(paragraph).collect::<String>(),
        (5..=7).map(paragraph).collect::<String>(),
    )
}

#[test]
fn the_main_text_is_read_by_default() {
    let place = Place::with(&[("a.html", SHIFT_JIS.encode(&page()).0)]);
    let (tables, out) = place.count_dogs(&["a.html"]);
    // The heading, seven paragraphs, a subheading and an item of a list.
    let right = dogs(&tables, "right");
    assert_eq!(right.len(), 10, "{right:#?}");
    assert_eq!(
        (right[0].as_str(), right[5].as_str(), right[9].as_str()),
        ("の一日", "の食事", "が多いようです。")
    );
    let input = &tables.run["inputs"][0];
    assert_eq!((&input["encoding"], &input["html"]), (&"Shift_JIS".into(), &"main".into()));
    assert_eq!(tables.run["options"]["html"], "main");
    assert!(!out.contains("note:"), "{out}");
}

#[test]
fn all_text_is_read_on_request_without_what_is_no_text() {
    let (tables, _) = Place::with(&[("a.html", page())]).count_dogs(&["a.html", "--html", "all"]);
    // The logo, the side column and the footer are text; the banner and the navigation are not.
    assert_eq!(dogs(&tables, "node").len(), 10 + 1 + 5 + 6);
    assert_eq!(tables.run["inputs"][0]["html"], "all");
}

#[test]
fn a_selector_names_what_is_read() {
    let place = Place::with(&[("a.html", page())]);
    let (tables, _) = place.count_dogs(&["a.html", "--html", "css:article h2, .sidebar"]);
    assert_eq!(dogs(&tables, "node").len(), 6);
    assert_eq!(tables.run["options"]["html"], "css:article h2, .sidebar");
    let words = ["a.html", "no text in the page", "`.nowhere`", "--html all"];
    place.assert_refused(&["count", "a.html", "--out", "o", "--html", "css:.nowhere"], &[&words]);
}

#[test]
fn where_the_main_text_is_next_to_nothing_all_is_read_and_said_to_be() {
    // A page that shows its text by a script, once it is seen.
    let text = "<p>犬が毎日歩くことを楽しみにしていると、飼い主は語っています。</p>";
    let hidden = format!("<div style='visibility:hidden'>{}</div>", text.repeat(3)).repeat(20);
    let page = format!("<html><body>{hidden}<div>{text}</div></body></html>");
    let (tables, out) = Place::with(&[("a.html", page)]).count_dogs(&["a.html"]);
    assert_eq!(dogs(&tables, "node").len(), 61);
    assert_eq!(tables.run["inputs"][0]["html"], "all, as the main text was next to nothing");
    assert!(out.contains("1 web page read in full"), "{out}");
}

#[test]
fn a_page_without_text_is_refused() {
    let place = Place::with(&[
        ("in/a.html", "<html><body><div id=app></div><script>x()</script>"),
        ("in/b.txt", "犬"),
    ]);
    let words = ["a.html", "no text in the page", "scripts", "--skip-unreadable"];
    place.assert_refused(&["count", "in", "--out", "out"], &[&words]);
    let (tables, _) = place.count(&["in", "--skip-unreadable"]);
    assert_eq!(tables.documents.column("document"), ["b.txt"]);
}

#[test]
fn a_part_that_is_none_is_a_slip_of_the_command_line() {
    let place = Place::with(&[("a.html", "犬")]);
    for part in ["half", "css:p[", "css:"] {
        let run = place.run(&["count", "a.html", "--out", "out", "--html", part]);
        assert_eq!(run.status, Some(2), "{part}: {run:?}");
    }
}
