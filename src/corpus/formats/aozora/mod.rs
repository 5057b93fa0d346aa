//! Plain text of [Aozora Bunko](https://www.aozora.gr.jp/): the work, without its title, legend, notes, ruby and colophon.

mod colophon;
mod front;
mod jis_x_0213;
mod notation;

/// The work, if a text is one of Aozora Bunko's: it has the legend of signs near its beginning, or its colophon at its end.
pub(super) fn text(text: &str) -> Option<String> {
    if text.contains('\r') && !text.contains('\n') {
        return self::text(&text.replace('\r', "\n"));
    }
    let legend = front::legend(text);
    let behind = legend.unwrap_or_default();
    let colophon =
        colophon::start(&text[behind..], legend.is_some()).map(|start| behind.saturating_add(start));
    if legend.is_none() && colophon.is_none() {
        return None;
    }
    let work = &text[..colophon.unwrap_or(text.len())];
    Some(notation::plain(&work[front::end(work, behind)..]))
}

/// Whether a line is a rule, such as those above and below a legend.
fn is_rule(line: &str) -> bool {
    let mut characters = line.trim().chars();
    characters.next().is_some_and(|first| {
        "-－‐―—─━ー=＝_＿*＊".contains(first)
            && characters.clone().count() >= 9
            && characters.all(|c| c == first)
    })
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

#[cfg(test)]
mod tests {
    use super::text;

    const RULE: &str = "-------------------------------------------------------\n";

    const LEGEND: &str = "【テキスト中に現れる記号について】\n\n《》：ルビ\n（例）犬《いぬ》\n\n\
        ［＃］：入力者注　主に外字の説明\n　　　（数字は、底本のページと行数）\n（例）※［＃「口＋尼」、U+5462、12-3］\n";

    const WORK: &str = "\n　犬は走る。\n「底本：とは何か。」\n\n　猫もいる。\n";

    const SIGNATURE: &str = "青空文庫作成ファイル：\n\
        このファイルは、インターネットの図書館、青空文庫（http://www.aozora.gr.jp/）で作られました。\n";

    fn body(text: &str) -> Option<String> {
        let lines = super::text(text)?;
        Some(lines.lines().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("/"))
    }

    const BODY: &str = "　犬は走る。/「底本：とは何か。」/　猫もいる。";

    #[test]
    fn the_work_alone_is_left_whatever_its_legend() {
        let typo = LEGEND.replace("現れる記号について", "現われる記号につて");
        let unheaded = LEGEND.lines().skip(1).collect::<Vec<_>>().join("\n");
        let colophon = "\n\n底本：「犬の本」某書店\n入力：某\n";
        for (above, below) in [
            (format!("題\n某\n\n{RULE}{LEGEND}{RULE}"), colophon),
            (format!("題\n副題\n\n某\n某訳\n\n{RULE}{LEGEND}{RULE}"), colophon),
            (format!("題\n某\n\n－－－－－－－－－－－－\n{LEGEND}－－－－－－－－－－\n"), colophon),
            (format!("題\n某\n\n──────────\n{LEGEND}──────────────\n"), ""),
            (format!("題\n某\n\n{RULE}{typo}{RULE}"), colophon),
            (format!("題\n某\n\n{RULE}{unheaded}\n{RULE}"), colophon),
            (format!("題\n某\n\n{LEGEND}\n"), colophon),
            (format!("題\n某\n\n{}{RULE}", LEGEND.replace('【', "《").replace('】', "》")), colophon),
            (format!("{RULE}{LEGEND}{RULE}\n題\n某\n"), colophon),
        ] {
            assert_eq!(body(&format!("{above}{WORK}{below}")).as_deref(), Some(BODY), "{above}");
            let with_carriage_returns = format!("{above}{WORK}{below}").replace('\n', "\r\n");
            assert_eq!(body(&with_carriage_returns).as_deref(), Some(BODY), "{above}");
            assert_eq!(body(&with_carriage_returns.replace('\n', "")).as_deref(), Some(BODY), "{above}");
        }
    }

    #[test]
    fn the_work_alone_is_left_whatever_its_title() {
        for title in [
            "題\n某\n",
            "題\n――副題――\n某作\n某訳\n",
            "「題」\n某\n",
            "題\n\n山田太郎\n",
            "題\n\nアーサー・某\n",
            "\n　　　　題\n　　　　　　　　某\n",
            "題\n",
            "",
        ] {
            let text = format!("{title}{WORK}\n\n底本：「犬の本」\n{SIGNATURE}");
            assert_eq!(body(&text).as_deref(), Some(BODY), "{title}");
        }
        let text = format!("題\n\n一\n{WORK}\n\n底本：「犬の本」\n{SIGNATURE}");
        assert_eq!(body(&text).unwrap(), format!("一/{BODY}"));
    }

    #[test]
    fn the_work_alone_is_left_whatever_its_colophon() {
        for colophon in [
            "底本：「犬の本」某書店\n　　　1999（平成11）年9月5日発行\n入力：某\n校正：某\n1999年9月5日公開\n",
            "底本:「犬の本」某書店\n入力:某\n",
            "底本　「犬の本」某書店\n　　　1999年\n入力　某\n",
            "底本「犬の本」某書店\n入力者：某\n",
            "「底本」\n　　　犬の本\n入力：某\n",
            "【底本】犬の本\n　　　必ず読むこと。\n",
            "●底本：犬の本\n●入力：某\n",
            "底本は「犬の本」を用いた。\n入力：某\n",
            "底本：「犬の本　上」某書店\n　　　1999年初版\n底本：「犬の本　下」某書店\n　　　2000年初版\n入力：某\n",
            "底本：「犬の本　上」某書店\nここまで上巻。\n\n底本：「犬の本　下」某書店\n入力：某\n",
            "底本１：「犬の本」\n底本２：「猫の本」\n",
            "底本の親本：「犬の本」\n底本：「全集」\n入力：某\n",
            "初出：「犬」\n　　　1905年\n底本：「犬の本」\n入力：某\n",
            "翻訳の底本：Author (1910) \"Dogs\"\n　　　2011年9月12日翻訳\n※この翻訳は公開されています。\n\
                上記のライセンスに従って、自由に利用することができます。\n翻訳者：某\n",
            "［＃本文終わり］\n原書は英語。\n必ず守ること。\n",
            "入力：某\n校正：某\n2001年2月3日ファイル作成\n",
            "--------------------\n底本：「犬の本」\n※旧字は改めた。\n　「々」は残した。\n入力：某\n",
        ] {
            let text = format!("題\n某\n{WORK}\n\n\n{colophon}{SIGNATURE}");
            assert_eq!(body(&text).as_deref(), Some(BODY), "{colophon}");
            let text = format!("題\n某\n\n{RULE}{LEGEND}{RULE}{WORK}\n\n{colophon}");
            assert_eq!(body(&text).as_deref(), Some(BODY), "{colophon}");
        }
    }

    #[test]
    fn other_texts_keep_their_ends() {
        let long = "　犬は走る。\n".repeat(50);
        for other in [
            "《犬》の本［＃1］\n底本：\n".to_owned(),
            "犬の話\n\n底本：「犬の本」\n入力：某\n".to_owned(),
            "犬の話\n\n底本：「犬の本」\n　この本は青空文庫にもある。\n".to_owned(),
            "犬の話\n\n青空文庫で読んだ。\n底本：「犬の本」\n".to_owned(),
            format!("犬の話\n\n底本：「犬の本」\n入力：某\n{SIGNATURE}という奥付を見る。\n{long}"),
            "犬の話\n\n参考：\n青空文庫（https://www.aozora.gr.jp/）で読める。\n".to_owned(),
            "地図の記号について\n\n　犬は走る。\n".to_owned(),
            "テキスト中の記号について述べる。\n　犬は走る。\n".to_owned(),
        ] {
            assert_eq!(text(&other), None, "{other}");
        }
        let unsigned = format!("題\n某\n{WORK}\n\n底本:「犬の本」\n入力:某\n校正:某\n");
        assert_eq!(body(&unsigned).as_deref(), Some(BODY));
        let with_a_book = format!("題\n某\n\n{RULE}{LEGEND}{RULE}\n底本：犬の本\n{long}");
        assert!(body(&with_a_book).unwrap().starts_with("底本：犬の本/　犬は"));
    }

    #[test]
    fn the_notation_is_no_text() {
        for (notation, expected) in [
            ("［＃２字下げ］一［＃「一」は中見出し］", "一"),
            ("　｜北の犬《きたのいぬ》は走る。", "　北の犬は走る。"),
            ("※［＃「口＋尼」、U+5462、12-3］、※印", "呢、※印"),
            ("※［＃「てへん＋宛」、第3水準1-84-80］", "捥"),
            ("汲※［＃「※」は「手偏＋黨」、第3水準1-85-7、111-16］《くみたも》", "汲攩"),
            ("※［＃「にんべん」、第4水準2-1-1］", "𠂉"),
            ("※［＃始め二重山括弧、1-1-52］犬※［＃終わり二重山括弧、1-1-53］", "《犬》"),
            ("※［＃ローマ数字2、1-13-22］", "Ⅱ"),
            ("※［＃「さんずい＋某」、12-3］、※［＃「某」、U+0］", "〓、〓"),
            ("犬《いぬ》［＃「犬」の左に「［＃x］」の注記］だ。", "犬だ。"),
            ("［＃地から２字上げ］（大正六年）", "（大正六年）"),
            ("〔E'cole〕と〔ae&on〕、〔犬〕、〔dogs〕", "Écoleとæon、〔犬〕、〔dogs〕"),
            ("〔schla:gt［＃「〔schla:gt〕」は底本では「〔scha:gt〕」］ noch〕", "schlägt noch"),
            ("犬《いぬ", "犬《いぬ"),
            ("犬［＃注", "犬［＃注"),
        ] {
            let file = format!("題\n\n{RULE}{LEGEND}{RULE}{notation}\n");
            assert_eq!(text(&file).unwrap(), format!("{expected}\n"), "{notation}");
        }
    }
}
