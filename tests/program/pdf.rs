//! PDF, by a program with the feature `pdf` and by one without.

use crate::place::Place;

#[test]
#[cfg(not(feature = "pdf"))]
fn a_pdf_is_not_read_by_a_program_without_the_feature() {
    let place = Place::with(&[("a.pdf", "%PDF-1.7")]);
    place.assert_refused(&["count", "a.pdf", "--out", "out"], &[&["a.pdf", "--features pdf"]]);
}

#[cfg(feature = "pdf")]
mod read {
    use std::fmt::Write;

    use super::*;

    /// A text at a place of a page, in points from its lower left corner, and the size of its font.
    type Text<'a> = (f32, f32, f32, &'a str);

    /// A PDF with a page of A4 for each list of texts, in horizontal or vertical writing (`H`, `V`).
    fn pdf(direction: char, pages: &[Vec<Text>]) -> String {
        let font = [
            format!(
                "<</Type/Font/Subtype/Type0/BaseFont/Own/Encoding/Identity-{direction}/DescendantFonts[4 0 R]/ToUnicode 6 0 R>>"
            ),
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/Own/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)\
                /Supplement 0>>/DW 1000/FontDescriptor 5 0 R>>"
                .to_owned(),
            DESCRIPTOR.replace("FONT_FILE", ""),
            stream(&to_unicode()),
        ];
        pdf_of(font, "", pages, |text| text.encode_utf16().map(|code| format!("{code:04X}")).collect())
    }

    const DESCRIPTOR: &str = "<</Type/FontDescriptor/FontName/Own/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0/Ascent 880\
        /Descent -120/CapHeight 700/StemV 80 FONT_FILE>>";

    /// The same with the objects of its font, of which the first is the font, more for the trailer, and how a text is encoded.
    fn pdf_of(
        font: [String; 4],
        trailer: &str,
        pages: &[Vec<Text>],
        encode: impl Fn(&str) -> String,
    ) -> String {
        let mut objects = vec!["<</Type/Catalog/Pages 2 0 R>>".to_owned(), String::new()];
        objects.extend(font);
        let mut kids = String::new();
        for page in pages {
            let mut content = String::new();
            for (x, y, size, text) in page {
                writeln!(content, "BT /F {size} Tf 1 0 0 1 {x} {y} Tm <{}> Tj ET", encode(text)).unwrap();
            }
            objects.push(stream(&content));
            let page = format!(
                "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>/Contents {} 0 R>>",
                objects.len()
            );
            objects.push(page);
            write!(kids, "{} 0 R ", objects.len()).unwrap();
        }
        objects[1] = format!("<</Type/Pages/Kids[{kids}]/Count {}>>", pages.len());
        let mut file = "%PDF-1.7\n".to_owned();
        let mut offsets = Vec::new();
        for (index, object) in objects.iter().enumerate() {
            offsets.push(file.len());
            write!(file, "{} 0 obj\n{object}\nendobj\n", index + 1).unwrap();
        }
        let start = file.len();
        write!(file, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
        for offset in offsets {
            writeln!(file, "{offset:010} 00000 n ").unwrap();
        }
        write!(
            file,
            "trailer<</Size {}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF\n",
            objects.len() + 1
        )
        .unwrap();
        file
    }

    /// Each code is its character: a range for each first byte, 100 at most in a section.
    fn to_unicode() -> String {
        let mut map = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Own def /CMapType 2 def\n\
            1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
            .to_owned();
        for section in (0..=0xff).collect::<Vec<u32>>().chunks(100) {
            writeln!(map, "{} beginbfrange", section.len()).unwrap();
            for first in section {
                writeln!(map, "<{first:02X}00> <{first:02X}FF> <{first:02X}00>").unwrap();
            }
            writeln!(map, "endbfrange").unwrap();
        }
        map + "endcmap end end"
    }

    fn stream(content: &str) -> String {
        format!("<</Length {}>>\nstream\n{content}\nendstream", content.len())
    }

    /// The lines that are read of a PDF.
    fn lines_of(pdf: String) -> Vec<String> {
        let place = Place::with(&[("in/a.pdf", pdf)]);
        let run = place.run(&["texts", "in", "--out", "out"]);
        assert_eq!(run.status, Some(0), "{}", run.err);
        let text = std::fs::read_to_string(place.path("out/a.pdf.txt")).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    /// Lines one below the other, from a height downwards.
    fn lines<'a>(left: f32, top: f32, lines: &[&'a str]) -> Vec<Text<'a>> {
        lines.iter().enumerate().map(|(index, line)| (left, top - 16.0 * index as f32, 10.0, *line)).collect()
    }

    const DOG: [&str; 3] = [
        "犬は庭で遊ぶのが好きで、雨の日も外に出たが",
        "ることがある。猫は家の中にいるが、晴れた日に",
        "は窓の外を見ているかもしれない。",
    ];
    const BIRD: [&str; 3] = [
        "鳥は朝早くから鳴き、昼には木の上で休むらし",
        "い。夕方になると、また鳴くことが多い。夜の間",
        "は静かにしている。",
    ];

    #[test]
    fn lines_of_a_paragraph_are_joined_and_others_are_not() {
        let mut page = vec![(80.0, 760.0, 16.0, "庭の犬と猫")];
        page.extend(lines(80.0, 730.0, &DOG));
        page.extend(lines(80.0, 682.0, &BIRD));
        page.extend(lines(
            80.0,
            620.0,
            &[
                "・毎朝の散歩と、雨の日にも欠かさない水やりと",
                "　夕方の餌と昼寝と、ときどきの留守番とそのほか",
                "・昼寝",
                "・留守番",
            ],
        ));
        assert_eq!(
            lines_of(pdf('H', &[page])),
            [
                "庭の犬と猫",
                &DOG.concat(),
                &BIRD.concat(),
                "・毎朝の散歩と、雨の日にも欠かさない水やりと夕方の餌と昼寝と、ときどきの留守番とそのほか",
                "・昼寝",
                "・留守番",
            ]
        );
    }

    #[test]
    fn running_heads_page_numbers_and_tables_of_contents_are_dropped() {
        let contents = vec![
            (80.0, 700.0, 10.0, "第一章　犬・・・・・・・・・・・・3"),
            (80.0, 680.0, 10.0, "第二章　猫 . . . . . . . . 4"),
        ];
        let mut pages = vec![contents];
        for (number, text) in [("2", &DOG[..2]), ("3", &DOG[2..]), ("4", &BIRD)] {
            let mut page = lines(80.0, 700.0, text);
            page.extend([(80.0, 800.0, 8.0, "庭の動物"), (300.0, 40.0, 8.0, number)]);
            pages.push(page);
        }
        assert_eq!(lines_of(pdf('H', &pages)), [DOG.concat(), BIRD.concat()]);
    }

    #[test]
    fn two_columns_are_read_one_after_the_other() {
        let mut page =
            vec![(80.0, 780.0, 10.0, "二段の紙面についての、段をまたぐ長い長い長い長い長い長い長い見出し")];
        page.extend(lines(60.0, 740.0, &DOG));
        page.extend(lines(60.0, 660.0, &DOG));
        page.extend(lines(320.0, 740.0, &BIRD));
        page.extend(lines(320.0, 660.0, &BIRD));
        let (dog, bird) = (DOG.concat(), BIRD.concat());
        assert_eq!(lines_of(pdf('H', &[page]))[1..], [dog.clone(), dog, bird.clone(), bird]);
    }

    #[test]
    fn cells_of_a_table_are_lines_of_their_own() {
        let rows = [["動物", "場所", "時間"], ["犬", "庭", "朝"], ["猫", "窓", "昼"]];
        let cell = |row: usize, column: usize| {
            (80.0 + 120.0 * column as f32, 700.0 - 16.0 * row as f32, 10.0, rows[row][column])
        };
        let page: Vec<Text> = (0..3).flat_map(|row| (0..3).map(move |column| cell(row, column))).collect();
        let mut cells = lines_of(pdf('H', &[page]));
        cells.sort_unstable();
        let mut expected = rows.concat();
        expected.sort_unstable();
        assert_eq!(cells, expected);
    }

    #[test]
    fn vertical_lines_are_read_from_right_to_left() {
        let page = DOG
            .iter()
            .enumerate()
            .map(|(index, line)| (500.0 - 18.0 * index as f32, 780.0, 10.0, *line))
            .collect();
        assert_eq!(lines_of(pdf('V', &[page])), [DOG.concat()]);
    }

    /// A TrueType font with one glyph, a triangle, in hexadecimal digits.
    const FONT_FILE: &str = "000100000006004000020020676c79663424b8aa000000f0000000166865616430f9c4f80000006c000000366868656106f6\
        03d6000000a400000024686d747803e80000000000e8000000046c6f63610000000b000000ec000000046d61787000030005\
        000000c8000000200001000000010000573016a25f0f3cf5000303e800000000e72fc07c00000000e72fc07c000000000384\
        0320000000030002000000000000000100000370ff88000003e8000000640384000100000000000000000000000000000001\
        000100000001000300010000000000020000000000000000000000000000000003e800000000000b00010000000003840320\
        0002000031211103840320000000";

    /// A font of Japanese characters without a map to Unicode, in the file if there is a `font_file`.
    fn japanese_font(encoding: &str, font_file: &str) -> [String; 4] {
        [
            format!("<</Type/Font/Subtype/Type0/BaseFont/ABCDEF+Own/Encoding/{encoding}/DescendantFonts[4 0 R]>>"),
            "<</Type/Font/Subtype/CIDFontType2/BaseFont/ABCDEF+Own/CIDSystemInfo<</Registry(Adobe)/Ordering(Japan1)\
                /Supplement 6>>/DW 1000/FontDescriptor 5 0 R>>"
                .to_owned(),
            DESCRIPTOR.replace("FONT_FILE", font_file),
            format!(
                "<</Length {}/Filter/ASCIIHexDecode>>\nstream\n{FONT_FILE}>\nendstream",
                FONT_FILE.len() + 1
            ),
        ]
    }

    #[test]
    fn characters_without_a_map_to_unicode_are_known_by_their_collection() {
        let shift_jis = |text: &str| {
            encoding_rs::SHIFT_JIS.encode(text).0.iter().map(|byte| format!("{byte:02X}")).collect()
        };
        // ぁ is the 842nd character of Adobe-Japan1, and the others of the alphabet follow as in Unicode.
        let cids = |text: &str| {
            text.chars().map(|kana| format!("{:04X}", u32::from(kana) - u32::from('ぁ') + 842)).collect()
        };
        for font_file in ["", "/FontFile2 6 0 R"] {
            let page = lines(80.0, 730.0, &DOG);
            let file = pdf_of(japanese_font("90ms-RKSJ-H", font_file), "", &[page], shift_jis);
            assert_eq!(lines_of(file), [DOG.concat()], "{font_file}");
            let page = lines(80.0, 730.0, &["いぬはにわであそぶ"]);
            let file = pdf_of(japanese_font("Identity-H", font_file), "", &[page], cids);
            assert_eq!(lines_of(file), ["いぬはにわであそぶ"], "{font_file}");
        }
    }

    #[test]
    fn bold_print_by_drawing_twice_is_read_once() {
        let mut page = lines(80.0, 730.0, &DOG);
        page.extend(lines(80.3, 730.0, &DOG));
        assert_eq!(lines_of(pdf('H', &[page])), [DOG.concat()]);
    }

    #[test]
    fn a_character_that_nothing_names_is_marked() {
        let page = lines(80.0, 730.0, &DOG);
        // 犬 is 72AC.
        let file = pdf('H', &[page]).replace("<7200> <72FF> <7200>", "<7300> <73FF> <7300>");
        assert_eq!(lines_of(file), [DOG.concat().replace('犬', "�")]);
    }

    #[test]
    fn a_page_that_cant_be_unpacked_is_an_error() {
        let page = lines(80.0, 730.0, &DOG);
        let file = pdf('H', &[page.clone(), page]);
        // The filter stands in the place of a part of the content, so that no offset changes.
        let (before, content) = file.rsplit_once(">>\nstream\n").unwrap();
        let filter = "/Filter/JPXDecode";
        let file = format!("{before}{filter}>>\nstream\n{}", &content[filter.len()..]);
        let place = Place::with(&[("a.pdf", file)]);
        place.assert_refused(&["count", "a.pdf", "--out", "out"], &[&["a.pdf", "page 2 can't be unpacked"]]);
    }

    #[test]
    fn a_pdf_with_a_password_is_refused() {
        let entry = "00".repeat(32);
        let encryption =
            format!("/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/O<{entry}>/U<{entry}>/P -4>>");
        let file =
            pdf_of(japanese_font("H", ""), &encryption, &[lines(80.0, 730.0, &DOG)], |_| String::new());
        let place = Place::with(&[("a.pdf", file)]);
        place.assert_refused(&["count", "a.pdf", "--out", "out"], &[&["a.pdf", "it has a password"]]);
    }

    #[test]
    fn a_pdf_without_japanese_is_refused() {
        let place = Place::with(&[("a.pdf", pdf('H', &[Vec::new()])), ("b.pdf", "%PDF-1.4\n".into())]);
        place.assert_refused(
            &["count", "a.pdf", "--out", "out"],
            &[&["a.pdf", "no text in the PDF in Japanese", "a page"]],
        );
        place.assert_refused(&["count", "b.pdf", "--out", "out"], &[&["b.pdf", "the PDF can't be read"]]);
    }
}
