//! Official codes of urusan, bidang urusan, program, kegiatan and sub kegiatan.
//!
//! A code is text: a spreadsheet that takes `1.10` for a number turns it into `1.1`, and `0032` is not `32`.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

/// A code of the classification of regional government (Permendagri 90/2019 and its updates). Segments keep their
/// leading zeros: codes are equal only when they are written alike.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct KodeRekening {
    /// One, two, three, five or six segments.
    segments: Vec<String>,
}

/// What a code names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TingkatKode {
    /// `2`
    Urusan,
    /// `2.07`
    BidangUrusan,
    /// `2.07.03`
    Program,
    /// `2.07.03.2.01`
    Kegiatan,
    /// `2.07.03.2.01.01` or `2.07.03.2.01.0001`
    SubKegiatan,
}

impl TingkatKode {
    /// Every level, from the top.
    pub const ALL: [Self; 5] = [Self::Urusan, Self::BidangUrusan, Self::Program, Self::Kegiatan, Self::SubKegiatan];

    /// The word in files and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Urusan => "urusan",
            Self::BidangUrusan => "bidang_urusan",
            Self::Program => "program",
            Self::Kegiatan => "kegiatan",
            Self::SubKegiatan => "sub_kegiatan",
        }
    }

    /// The level of that word.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.as_str() == word)
    }
}

/// The nomenclature that a code of a sub kegiatan belongs to. Codes of different eras are matched by dated tables,
/// never by their digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EraKode {
    /// Two digits: Permendagri 90/2019 with Kepmendagri 050-3708/2020 and 050-5889/2021.
    Kode2019,
    /// Four digits: Kepmendagri 900.1.15.5-1317/2023.
    Kode2023,
}

/// The text is not such a code; says why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{teks}\" bukan kode urusan sampai sub kegiatan: {sebab}; tulis misalnya 2.07.03.2.01.0001")]
pub struct GalatKode {
    /// The text, shortened when long.
    pub teks: String,
    /// What is wrong with it.
    pub sebab: &'static str,
}

impl KodeRekening {
    /// What the code names.
    pub fn jenis(&self) -> TingkatKode {
        match self.segments.len() {
            0 | 1 => TingkatKode::Urusan,
            2 => TingkatKode::BidangUrusan,
            3 => TingkatKode::Program,
            4 | 5 => TingkatKode::Kegiatan,
            _ => TingkatKode::SubKegiatan,
        }
    }

    /// The nomenclature it belongs to; `None` above sub kegiatan, where both write alike.
    pub fn era(&self) -> Option<EraKode> {
        let last = self.segments.get(5)?;
        Some(if last.len() == 2 { EraKode::Kode2019 } else { EraKode::Kode2023 })
    }

    /// The code one level up; `None` for an urusan.
    pub fn parent(&self) -> Option<Self> {
        let length = match self.jenis() {
            TingkatKode::Urusan => return None,
            TingkatKode::BidangUrusan => 1,
            TingkatKode::Program => 2,
            TingkatKode::Kegiatan => 3,
            TingkatKode::SubKegiatan => 5,
        };
        Some(Self { segments: self.segments.iter().take(length).cloned().collect() })
    }

    /// Whether it belongs to the supporting programme that every office has (program penunjang): written for any field
    /// (`X.XX`), or as programme `01` of one.
    pub fn is_support(&self) -> bool {
        self.is_placeholder() || self.segments.get(2).is_some_and(|program| program == "01")
    }

    /// The code within a bidang urusan: `X.XX.01.2.10` in `2.07` is `2.07.01.2.10`. A code that already has its bidang
    /// stays as it is. `None` when `bidang` names only an urusan, or no particular one (`X.XX`).
    pub fn in_bidang(&self, bidang: &Self) -> Option<Self> {
        if !self.is_placeholder() {
            return Some(self.clone());
        }
        if bidang.is_placeholder() || bidang.segments.len() < 2 {
            return None;
        }
        let head = bidang.segments.iter().take(self.segments.len().min(2));
        Some(Self { segments: head.chain(self.segments.iter().skip(2)).cloned().collect() })
    }

    /// The code as lists write it once for every bidang: `2.07.01.2.10` is `X.XX.01.2.10`. `None` for what is no support
    /// programme, or is written so already.
    pub fn for_any_bidang(&self) -> Option<Self> {
        if !self.is_support() || self.is_placeholder() {
            return None;
        }
        let head = ["X", "XX"].map(str::to_owned).into_iter();
        Some(Self { segments: head.chain(self.segments.iter().skip(2).cloned()).collect() })
    }

    /// Whether its field is the placeholder `X.XX`.
    fn is_placeholder(&self) -> bool {
        self.segments.first().is_some_and(|urusan| urusan == "X")
    }
}

/// Reads a code with dots or spaces between its segments, also with the slips that occur in documents: the kegiatan
/// without its inner dot (`1 02 02 202`), a comma for a dot (`2.07.05.2,01.01`).
impl FromStr for KodeRekening {
    type Err = GalatKode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let err = |sebab| GalatKode { teks: text.trim().chars().take(60).collect(), sebab };
        let mut segments = split(text).ok_or_else(|| err("ada segmen yang kosong"))?;
        // Two segments of a kegiatan run together are three digits, which no segment has by itself.
        if let Some(both) = segments.get(3).filter(|s| is_digits(s, 3)) {
            let (level, number) = (both[..1].to_owned(), both[1..].to_owned());
            segments.splice(3..=3, [level, number]);
        }
        check(&segments).map_err(err)?;
        Ok(Self { segments })
    }
}

/// The segments; `None` when one is empty. A dot at the very end is forgiven: it stands there in numbered lists.
fn split(text: &str) -> Option<Vec<String>> {
    let text = text.trim();
    let text = text.strip_suffix('.').unwrap_or(text);
    let mut segments = Vec::new();
    for dotted in text.split(['.', ',']) {
        let before = segments.len();
        segments.extend(dotted.split_whitespace().map(str::to_ascii_uppercase));
        if segments.len() == before {
            return None;
        }
    }
    Some(segments)
}

fn check(segments: &[String]) -> Result<(), &'static str> {
    let placeholder = segments.first().is_some_and(|s| s == "X");
    for (i, segment) in segments.iter().enumerate() {
        let fits = match i {
            0 => placeholder || is_digits(segment, 1),
            1 if placeholder => segment == "XX",
            3 => is_digits(segment, 1),
            5 => is_digits(segment, 2) || is_digits(segment, 4),
            _ => is_digits(segment, 2),
        };
        if !fits {
            return Err(rule(i));
        }
    }
    match segments.len() {
        1..=3 | 5 | 6 => Ok(()),
        4 => Err("kode kegiatan terpotong, nomor kegiatannya belum ada"),
        _ => Err("segmennya terlalu banyak"),
    }
}

/// The rule that segment `i` breaks.
const fn rule(i: usize) -> &'static str {
    match i {
        0 => "urusan ditulis satu angka, atau X untuk semua urusan",
        1 => "bidang urusan ditulis dua angka (1.1 dapat berarti 1.01 atau 1.10), atau XX setelah X",
        2 => "program ditulis dua angka",
        3 | 4 => "kegiatan ditulis satu angka, titik, dua angka",
        5 => "sub kegiatan ditulis dua angka (sampai 2023) atau empat angka (sejak Kepmendagri 900.1.15.5-1317/2023)",
        _ => "segmennya terlalu banyak",
    }
}

fn is_digits(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|b| b.is_ascii_digit())
}

/// The form with dots.
impl fmt::Display for KodeRekening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.segments.join("."))
    }
}

/// By segments, each by its number; a code before those below it, `X` after every number, and of two spellings of the
/// same number (`32`, `0032`) the shorter one first.
impl Ord for KodeRekening {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |segment: &str| (segment.parse::<u32>().unwrap_or(u32::MAX), segment.len());
        let own = self.segments.iter().map(|s| key(s));
        own.cmp(other.segments.iter().map(|s| key(s)))
    }
}

impl PartialOrd for KodeRekening {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn code(text: &str) -> KodeRekening {
        text.parse().expect(text)
    }

    #[rstest]
    #[case("2", "2", TingkatKode::Urusan)]
    #[case("2.07", "2.07", TingkatKode::BidangUrusan)]
    #[case("2.07.03", "2.07.03", TingkatKode::Program)]
    #[case("2.07.03.2.01", "2.07.03.2.01", TingkatKode::Kegiatan)]
    #[case("2.07.03.2.01.01", "2.07.03.2.01.01", TingkatKode::SubKegiatan)]
    #[case("2.07.03.2.01.0001.", "2.07.03.2.01.0001", TingkatKode::SubKegiatan)]
    #[case::c027("1 02 02 202", "1.02.02.2.02", TingkatKode::Kegiatan)]
    #[case::c027("1 02 01 2.02", "1.02.01.2.02", TingkatKode::Kegiatan)]
    #[case::c027("X XX 01 2.10", "X.XX.01.2.10", TingkatKode::Kegiatan)]
    #[case("1 02 02 202 0032", "1.02.02.2.02.0032", TingkatKode::SubKegiatan)]
    #[case("2.07.05.2,01.01", "2.07.05.2.01.01", TingkatKode::SubKegiatan)]
    #[case("2.07.05.2,01", "2.07.05.2.01", TingkatKode::Kegiatan)]
    #[case(" 2. 07. 03\u{a0}", "2.07.03", TingkatKode::Program)]
    #[case("x.xx.01", "X.XX.01", TingkatKode::Program)]
    fn reads_codes(#[case] text: &str, #[case] canonical: &str, #[case] jenis: TingkatKode) {
        assert_eq!(code(text).to_string(), canonical);
        assert_eq!(code(text).jenis(), jenis);
    }

    #[rstest]
    #[case("")]
    #[case("1.1")]
    #[case("12.07")]
    #[case("2..07")]
    #[case("X.07")]
    #[case("2.XX")]
    #[case("2.07.05.2")]
    #[case("2.07.3")]
    #[case("2.07.03.2.01.001")]
    #[case("2.07.03.2.01.01.01")]
    #[case("1.01.2.22.0.00.02.0000")]
    #[case("51405, 51406")]
    #[case("3.32.03+3.32.04")]
    #[case("Dinas")]
    fn refuses_what_is_no_code(#[case] text: &str) {
        let message = text.parse::<KodeRekening>().expect_err(text).to_string();
        assert!(message.contains("tulis misalnya 2.07.03.2.01.0001"), "{message}");
    }

    #[test]
    fn leading_and_trailing_zeros_count() {
        // C031: the fields 1.01 and 1.10 both become 1.1 or 1.01 in a cell that holds a number.
        assert_ne!(code("1.01"), code("1.10"));
        assert!("1.1".parse::<KodeRekening>().is_err());
    }

    #[test]
    fn eras_are_told_apart_and_never_equated() {
        // C034
        let (old, new) = (code("1.02.02.2.02.32"), code("1.02.02.2.02.0032"));
        assert_eq!((old.era(), new.era()), (Some(EraKode::Kode2019), Some(EraKode::Kode2023)));
        assert_ne!(old, new);
        assert_ne!(old.cmp(&new), Ordering::Equal);
        assert_eq!(old.parent(), new.parent());
        assert_eq!(code("1.02.02.2.02").era(), None);
    }

    #[test]
    fn parents_lead_up_to_the_urusan() {
        let levels = std::iter::successors(Some(code("2.07.03.2.01.01")), KodeRekening::parent);
        let texts: Vec<_> = levels.map(|k| k.to_string()).collect();
        assert_eq!(texts, ["2.07.03.2.01.01", "2.07.03.2.01", "2.07.03", "2.07", "2"]);
    }

    #[test]
    fn support_programmes_belong_to_every_bidang() {
        let support = code("X.XX.01.2.10");
        assert!(support.is_support() && code("2.07.01").is_support());
        assert!(!code("2.07.03").is_support() && !code("2.01").is_support());
        assert_eq!(support.in_bidang(&code("2.07")), Some(code("2.07.01.2.10")));
        assert_eq!(support.in_bidang(&code("3.32.03")), Some(code("3.32.01.2.10")));
        assert_eq!(code("2.07.03").in_bidang(&code("3.32")), Some(code("2.07.03")));
        assert_eq!(support.in_bidang(&code("2")), None);
        assert_eq!(support.in_bidang(&code("X.XX")), None);
        assert_eq!(code("2.07.01.2.10").for_any_bidang(), Some(support.clone()));
        assert_eq!(support.for_any_bidang(), None);
        assert_eq!(code("2.07.03").for_any_bidang(), None);
        assert_eq!(code("2.07").for_any_bidang(), None);
    }

    #[test]
    fn level_words_read_back() {
        for tingkat in TingkatKode::ALL {
            assert_eq!(TingkatKode::find(tingkat.as_str()), Some(tingkat));
        }
        assert_eq!(TingkatKode::find("dinas"), None);
    }

    #[test]
    fn order_follows_the_segments() {
        let sorted =
            ["1", "1.02", "1.02.02.2.02", "1.02.02.2.10", "1.10", "2.07.03.2.01.02", "2.07.03.2.01.10", "X.XX"];
        let mut codes: Vec<_> = sorted.iter().rev().map(|text| code(text)).collect();
        codes.sort();
        assert_eq!(codes.iter().map(ToString::to_string).collect::<Vec<_>>(), sorted);
    }

    proptest! {
        #[test]
        fn written_codes_read_back(
            head in r"[1-9]\.[0-9]{2}|X\.XX",
            tail in r"(\.[0-9]{2}(\.[1-9]\.[0-9]{2}(\.([0-9]{2}|[0-9]{4}))?)?)?",
        ) {
            let text = head + &tail;
            prop_assert_eq!(code(&text).to_string(), text.clone());
            prop_assert_eq!(code(&text.replace('.', " ")), code(&text));
        }

        #[test]
        fn nothing_panics(text in prop_oneof![any::<String>(), "[0-9X., é]{0,20}"]) {
            if let Ok(code) = text.parse::<KodeRekening>() {
                prop_assert_eq!(code.to_string().parse(), Ok(code));
            }
        }
    }
}
