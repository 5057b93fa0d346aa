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
    // The logo, the navigation, the banner, the side column and the footer are seen as well.
    assert_eq!(dogs(&tables, "node").len(), 10 + 1 + 5 + 1 + 5 + 6);
    assert_eq!(tables.run["inputs"][0]["html"], "all");
    assert_eq!(tables.run["inputs"][0]["read_share"], 1.0);
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
    // The first page of a site, all links.
    let text = "<p>犬が毎日歩くことを楽しみにしていると、飼い主は語っています。</p>";
    let links = format!("<ul>{}</ul>", "<li><a href=x>犬の写真と犬の食事の話</a></li>".repeat(40));
    let page = format!("<html><body>{links}<div>{text}</div></body></html>");
    let (tables, out) = Place::with(&[("a.html", page)]).count_dogs(&["a.html"]);
    assert_eq!(dogs(&tables, "node").len(), 81);
    assert_eq!(tables.run["inputs"][0]["html"], "all, as the main text was next to nothing");
    assert!(out.contains("of 1 web page all but navigation was read"), "{out}");
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

#[test]
fn what_is_not_read_of_a_page_is_said() {
    let links = format!("<ul>{}</ul>", "<li><a href=x>犬の写真と犬の食事の話</a></li>".repeat(20));
    let pages = [
        ("half.html", format!("<body>{links}<p>{}</p>", "犬が庭を歩いています。".repeat(9))),
        ("whole.html", "<body><p>犬が歩いています。</p><p hidden>犬</p>".to_owned()),
        ("latin.html", "<body><p>dog</p>".to_owned()),
    ];
    let (tables, out) = Place::with(&pages).count_dogs(&["."]);
    let share = |index: usize| tables.run["inputs"][index]["read_share"].as_f64();
    assert_eq!((share(0), share(1), share(2)), (Some(0.2903), None, Some(0.8889)));
    assert!(out.contains("less than half of the Japanese text was read of 1 web page"), "{out}");
}

#[test]
fn sections_are_kept_for_what_they_say_not_for_what_they_are_called() {
    let prose = "<p>犬の肩の動きが滑らかになると、飼い主は話しています。</p>".repeat(6);
    for section in [
        "<div class=menu-detail><h2>犬の施術メニュー</h2><p>この犬は走れるようになりました。</p></div>",
        "<div class='c-banner text'><h2>犬</h2><p>犬は、よく眠ります。</p></div>",
        "<section id=popupLead><p>犬を飼う方へ。</p><p>犬は、よく眠ります。</p></section>",
        "<div class=extra-info><ul><li>犬の首輪</li><li>犬の寝床</li></ul></div>",
        "<div id=informed-consent><p>犬の手術には同意が要ります。</p><p>犬は眠ります。</p></div>",
        "<div class=cookie-recipe><p>犬のクッキーを焼きます。</p><p>犬も食べられます。</p></div>",
        "<aside class=voice><h3>犬の声</h3><blockquote>犬が元気になりました。</blockquote></aside>",
        "<div class=sponsor-message><p>犬を支える会です。犬とともに歩みます。</p></div>",
        "<div class=header-text><p>犬は人の友です。</p></div>",
        "<div class=ad-free><p>犬は人の友です。</p></div>",
        "<div class=supplemental><p>犬は人の友です。犬も人を選びます。</p></div>",
        "<div class=menu><table><tr><td>犬の散歩</td><td>犬の食事</td></tr></table></div>",
    ] {
        let page = format!("<body><div class=about>{prose}</div>{section}</body>");
        let (tables, _) = Place::with(&[("a.html", page)]).count_dogs(&["a.html"]);
        assert_eq!(dogs(&tables, "node").len(), 6 + section.matches('犬').count(), "{section}");
    }
    for section in [
        "<div class=menu><ul><li><a href=a>犬の種類</a></li><li><a href=b>犬の食事</a></li></ul></div>",
        "<div id=cookie-consent><p>犬のサイトはクッキーを使います。</p></div>",
        "<div class=related><a href=a>犬の写真</a><a href=b>犬の店</a></div>",
        "<aside><h3>犬</h3><ul><li><a href=a>犬の写真</a></li></ul></aside>",
        "<footer><p>犬の会</p><p>© 犬</p></footer>",
        "<form><label>犬の名</label><input></form>",
    ] {
        let page = format!("<body><div class=about>{prose}</div>{section}</body>");
        let (tables, _) = Place::with(&[("a.html", page)]).count_dogs(&["a.html"]);
        assert_eq!(dogs(&tables, "node").len(), 6, "{section}");
    }
}

#[test]
fn a_selector_is_obeyed_whatever_it_names() {
    let page = "<body><p>猫の本文です。</p><div id=informed-consent>犬です。</div><nav>犬</nav><p hidden class=x>犬</p>";
    for selector in ["css:#informed-consent", "css:nav", "css:.x"] {
        let place = Place::with(&[("a.html", page)]);
        let (tables, _) = place.count_dogs(&["a.html", "--html", selector]);
        assert_eq!(dogs(&tables, "node").len(), 1, "{selector}");
    }
}

#[test]
fn elements_that_close_themselves_are_empty_in_xhtml() {
    let page = |head: &str, body: &str| {
        format!(
            "<html xmlns='http://www.w3.org/1999/xhtml'><head>{head}</head><body>{body}<p>犬が走る。</p></body></html>"
        )
    };
    let declared = |page: String| format!("<?xml version='1.0' encoding='UTF-8'?>\n{page}");
    let mut pages = Vec::new();
    for (index, empty) in
        ["script src='a.js'", "title", "style", "textarea", "iframe src='x'", "noscript", "a id='x'", "div"]
            .into_iter()
            .enumerate()
    {
        let empty = format!("<{empty}/>");
        for (name, page) in [
            (format!("{index}-head.html"), declared(page(&empty, ""))),
            (format!("{index}-body.html"), declared(page("<title>t</title>", &empty))),
            (format!("{index}.xhtml"), page("<title/>", &empty)),
            (format!("{index}.xht"), page("<title/>", &empty)),
            (format!("{index}-namespace.htm"), page("", &empty)),
        ] {
            pages.push((name, page));
        }
    }
    let files: Vec<(&str, &String)> = pages.iter().map(|(name, page)| (name.as_str(), page)).collect();
    let (tables, _) = Place::with(&files).count_dogs(&["."]);
    assert_eq!(dogs(&tables, "document").len(), pages.len());
}

#[test]
fn elements_within_a_line_cut_no_sentence() {
    for element in [
        "label",
        "span",
        "b",
        "font color=red",
        "wbr",
        "my-element",
        "a href=x",
        "mark",
        "small",
        "div style=display:inline",
    ] {
        let name = element.split(' ').next().unwrap();
        let page = format!("<body><p>大きな<{element}>犬</{name}>が走る。</p>");
        let page = page.replace("<p>", "<section>").replace("</p>", "</section>");
        let (tables, _) = Place::with(&[("a.html", page)]).count_dogs(&["a.html"]);
        assert_eq!(
            (dogs(&tables, "left"), dogs(&tables, "right")),
            (vec!["大きな".into()], vec!["が走る。".into()]),
            "{element}"
        );
    }
    let page = "<body><p>大きな<span style='display:block'>犬</span>が走る。</p>";
    let (tables, _) = Place::with(&[("a.html", page)]).count_dogs(&["a.html"]);
    assert_eq!(dogs(&tables, "right"), [""]);
}

#[test]
fn a_break_for_looks_ends_no_sentence() {
    let page = "<h1>犬の一日</h1><p>毎朝の散歩で、<br class=sp>犬が<br>\n元気に走り<br>ます。犬は<br>眠ります。</p>\
        <p>〒100-0000<br>東京都犬町一丁目<br>犬のビル</p><p>犬の朝<br><br>犬の夜です。</p>";
    let place = Place::with(&[("a.html", page)]);
    let (tables, _) = place.count_dogs(&["a.html"]);
    let left = ["", "毎朝の散歩で、\n", "", "東京都", "", "", ""];
    assert_eq!(dogs(&tables, "left"), left);
    assert_eq!(dogs(&tables, "right")[1..3], ["が\n元気に走り\nます。", "は\n眠ります。"]);
    assert_eq!(dogs(&tables, "line"), ["1", "2", "5", "8", "9", "10", "11"]);
    let text = "犬の一日\n毎朝の散歩で、\n犬が\n元気に走り\nます。犬は\n眠ります。\n";
    let start: usize = dogs(&tables, "start")[2].parse().unwrap();
    assert_eq!(text.chars().nth(start), Some('犬'));
    assert_eq!(tables.run["inputs"][0]["joined_breaks"], 4);
    let place = Place::with(&[("a.html", page)]);
    let (tables, _) = place.count_dogs(&["a.html", "--wrapped=never"]);
    assert_eq!(dogs(&tables, "left"), ["", "", "", "東京都", "", "", ""]);
}
