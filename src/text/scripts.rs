//! The scripts of a text, and whether a text is in another language than Japanese.

use memchr::memchr_iter;

/// Characters of Chinese that texts in kanji alone, such as lists of names, have not or hardly ever.
const CHINESE: &str = include_str!("chinese.txt");

/// How many letters and digits a text must have for a decision.
const LEAST: u64 = 20;

/// How many letters and digits with kanji among them, but no kana, are taken for a table of figures.
const LEAST_FIGURES: u64 = 40;

/// How many letters and digits of a text are of which script.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Scripts {
    /// Those of the blocks Hiragana and Katakana, and half-width kana.
    pub kana: u64,
    /// Kanji, of whatever language.
    pub kanji: u64,
    /// Syllables of Hangul.
    pub hangul: u64,
    /// Latin letters.
    pub latin: u64,
    /// Letters of other scripts.
    pub other: u64,
    /// European digits.
    pub digits: u64,
}

/// What a text is that holds next to no Japanese.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OtherLanguage {
    /// Chinese.
    Chinese,
    /// Korean.
    Korean,
    /// A language in Latin letters.
    Latin,
    /// A language in another script.
    OtherScript,
    /// A table of figures, or the like.
    Figures,
}

impl OtherLanguage {
    const ALL: [OtherLanguage; 5] = [
        OtherLanguage::Chinese,
        OtherLanguage::Korean,
        OtherLanguage::Latin,
        OtherLanguage::OtherScript,
        OtherLanguage::Figures,
    ];

    /// The one with this name in the record of a run.
    pub fn named(name: &str) -> Option<Self> {
        OtherLanguage::ALL.into_iter().find(|language| language.name() == name)
    }

    /// Its name in the record of a run.
    pub fn name(self) -> &'static str {
        match self {
            OtherLanguage::Chinese => "Chinese",
            OtherLanguage::Korean => "Korean",
            OtherLanguage::Latin => "Latin script",
            OtherLanguage::OtherScript => "other script",
            OtherLanguage::Figures => "figures",
        }
    }
}

impl Scripts {
    /// Counts the letters and digits of a text.
    pub fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        // Told by the first bytes of their characters in UTF-8, which the compiler makes vector instructions of.
        let mut scripts = Scripts {
            kana: pairs(bytes, |lead, next| lead == 0xe3 && (0x81..=0x83).contains(&next)),
            kanji: count(bytes, |lead| (0xe4..=0xe9).contains(&lead))
                + pairs(bytes, |lead, next| lead == 0xe3 && next >= 0x90)
                + pairs(bytes, |lead, next| lead == 0xf0 && (0xa0..=0xb3).contains(&next)),
            hangul: pairs(bytes, |lead, next| {
                lead == 0xeb || lead == 0xec || lead == 0xea && next >= 0xb0 || lead == 0xed && next < 0x9f
            }),
            latin: count(bytes, |byte| {
                (byte | 0x20).wrapping_sub(b'a') < 26 || (0xc3..=0xc9).contains(&byte)
            }),
            other: count(bytes, |lead| (0xca..=0xdf).contains(&lead) || lead == 0xe0 || lead == 0xe1),
            digits: count(bytes, |byte| byte.wrapping_sub(b'0') < 10),
        };
        // Full- and half-width forms, and compatibility ideographs.
        for at in memchr_iter(0xef, bytes) {
            match bytes[at..] {
                [_, 0xbc, 0x90..=0x99, ..] => scripts.digits += 1,
                [_, 0xbc, 0xa1..=0xba, ..] | [_, 0xbd, 0x81..=0x9a, ..] => scripts.latin += 1,
                [_, 0xbd, 0xa6..=0xbf, ..] | [_, 0xbe, 0x80..=0x9f, ..] => scripts.kana += 1,
                [_, 0xa4..=0xab, ..] => scripts.kanji += 1,
                _ => {}
            }
        }
        scripts
    }

    fn letters(&self) -> u64 {
        self.kana + self.kanji + self.hangul + self.latin + self.other
    }

    /// All letters and digits.
    pub fn all(&self) -> u64 {
        self.letters() + self.digits
    }

    /// What the text is that these scripts are of, if there is next to no Japanese in it. A text of fewer than 20 letters
    /// and digits is never told.
    ///
    /// - Hangul is more than half of its letters, and kana are less than a twentieth: Korean.
    /// - Kana and kanji are less than a twentieth of its letters and digits: what most of the others are.
    /// - Kana are less than a fiftieth of its kana and kanji, and characters that Chinese has and lists in kanji have not
    ///   are a fiftieth at least, and two: Chinese.
    /// - It has 40 letters and digits or more, digits are more than half of them and kana less than a fiftieth: figures.
    pub fn other_language(&self, text: &str) -> Option<OtherLanguage> {
        let all = self.all();
        let japanese = self.kana + self.kanji;
        if all < LEAST {
            None
        } else if 2 * self.hangul > self.letters() && 20 * self.kana < self.letters() {
            Some(OtherLanguage::Korean)
        } else if 20 * japanese < all {
            let most = [
                (self.digits, OtherLanguage::Figures),
                (self.other, OtherLanguage::OtherScript),
                (self.hangul, OtherLanguage::Korean),
                (self.latin, OtherLanguage::Latin),
            ];
            most.into_iter().max_by_key(|(characters, _)| *characters).map(|(_, language)| language)
        } else if 50 * self.kana < japanese && self.kanji >= LEAST && is_chinese(text, self.kanji) {
            Some(OtherLanguage::Chinese)
        } else if all >= LEAST_FIGURES && 2 * self.digits > all && 50 * self.kana < all {
            Some(OtherLanguage::Figures)
        } else {
            None
        }
    }
}

fn is_chinese(text: &str, kanji: u64) -> bool {
    let characters: Vec<char> =
        CHINESE.lines().filter(|line| !line.starts_with('#')).flat_map(str::chars).collect();
    let chinese = text.chars().filter(|c| characters.binary_search(c).is_ok()).count() as u64;
    chinese >= 2 && 50 * chinese >= kanji
}

/// How many bytes are such.
fn count(bytes: &[u8], is_one: impl Fn(u8) -> bool) -> u64 {
    // So many that a byte can hold their number.
    let in_chunk = |chunk: &[u8]| chunk.iter().map(|byte| u8::from(is_one(*byte))).sum::<u8>();
    bytes.chunks(255).map(|chunk| u64::from(in_chunk(chunk))).sum()
}

/// How many bytes and the next are such.
fn pairs(bytes: &[u8], is_one: impl Fn(u8, u8) -> bool) -> u64 {
    let Some(rest) = bytes.get(1..) else { return 0 };
    let in_chunk = |(leads, next): (&[u8], &[u8])| {
        leads.iter().zip(next).map(|(lead, next)| u8::from(is_one(*lead, *next))).sum::<u8>()
    };
    bytes.chunks(255).zip(rest.chunks(255)).map(|chunks| u64::from(in_chunk(chunks))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::characters::{is_digit, is_half_width_kana, is_kanji, is_latin};

    fn language(text: &str) -> Option<OtherLanguage> {
        Scripts::of(text).other_language(text)
    }

    #[test]
    fn texts_without_japanese_are_told() {
        for (text, expected) in [
            ("The effect of this drug is expected to be large.", OtherLanguage::Latin),
            ("Ｆｕｌｌ　ｗｉｄｔｈ　ｌｅｔｔｅｒｓ　ｏｎｌｙ", OtherLanguage::Latin),
            ("Die Wirkung dürfte groß sein, äußerst groß.", OtherLanguage::Latin),
            ("Эффект, вероятно, будет большим.", OtherLanguage::OtherScript),
            ("今天天气很好，我们去公园玩吧。这里的花都开了，你觉得怎么样？", OtherLanguage::Chinese),
            ("這個藥的效果可能很大，但是他們還沒有證明，對嗎？", OtherLanguage::Chinese),
            ("总统府今天表示，新的政策是为了人民的利益，很大。", OtherLanguage::Chinese),
            ("이 약의 효과는 상당히 클 것으로 매우 기대된다고 한다.", OtherLanguage::Korean),
            ("2020,12.5,33.1\n2021,13.0,34.9\n2022,14.2,35.0\n", OtherLanguage::Figures),
            (
                "東京,2020,12.5,33.1\n大阪,2021,13.0,34.9\n京都,2022,14.2,35.0\n兵庫,1,2,3\n",
                OtherLanguage::Figures,
            ),
        ] {
            assert_eq!(language(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn short_texts_in_kanji_lists_and_mixed_texts_are_japanese() {
        for text in [
            "",
            "本日休業",
            "Hello, world.",
            "你好",
            "東京都千代田区永田町一丁目七番一号国会議事堂正門前案内所",
            "目的、対象、方法、結果、考察、結論、参考文献、付録、索引、謝辞、著者略歴",
            "令和五年度事業報告書並びに収支決算書承認の件及び役員改選の件",
            "営業時間 10:00-19:00 電話 03-1234-5678",
            "The word 期待 is expected in this sentence. 効果が期待される。",
            "カタカナ語ノミデ書カレタ文章ハ日本語デアル。",
            "ｶﾀｶﾅｺﾞﾉﾐﾃﾞｶｶﾚﾀﾌﾞﾝｼｮｳﾊﾆﾎﾝｺﾞﾃﾞｱﾙ｡",
            "この薬の効果が期待される。한국어 문장도 있다。",
        ] {
            assert_eq!(language(text), None, "{text}");
        }
    }

    #[test]
    fn characters_are_counted_as_one_by_one() {
        let text: String =
            ('\u{20}'..'\u{30000}').step_by(3).chain("あ々ア・ｱ｡Ａ１a1é가힣Ж".chars()).collect();
        let text = text.repeat(2);
        let number = |is_one: &dyn Fn(char) -> bool| text.chars().filter(|c| is_one(*c)).count() as u64;
        let scripts = Scripts::of(&text);
        assert_eq!(scripts.digits, number(&is_digit));
        assert_eq!(scripts.hangul, number(&|c| ('\u{ac00}'..='\u{d7bf}').contains(&c)));
        let kana = |c| ('\u{3040}'..='\u{30ff}').contains(&c) || is_half_width_kana(c) && c > '\u{ff65}';
        assert_eq!(scripts.kana, number(&kana));
        // The hexagrams of the Book of Changes are counted with them.
        assert_eq!(scripts.kanji, number(&|c| is_kanji(c) || ('\u{4dc0}'..='\u{4dff}').contains(&c)));
        let latin = |c| is_latin(c) && !is_digit(c) || ('\u{c0}'..='\u{27f}').contains(&c);
        assert_eq!(scripts.latin, number(&latin));
    }

    #[test]
    fn the_list_is_in_order() {
        let characters: Vec<char> =
            CHINESE.lines().filter(|line| !line.starts_with('#')).flat_map(str::chars).collect();
        assert!(characters.is_sorted_by(|a, b| a < b) && characters.len() > 50);
    }
}
