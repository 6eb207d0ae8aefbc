//! Searching a list: all words that were typed, in any order, each the beginning of a word of the name or of the code.

use super::words;
use crate::code::KodeRekening;

/// How well an item fits, the best first. Items that fit equally well stand in the order of their codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kecocokan {
    /// The code begins as typed.
    Kode,
    /// The name begins with what was typed.
    Awal,
    /// The words stand in the name side by side, in the order in which they were typed.
    Frasa,
    /// The words stand in it somewhere.
    Kata,
}

/// What is searched for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pencarian {
    words: Vec<Word>,
    /// The words as they were typed one after the other.
    phrase: String,
}

/// A typed word, with the space that stands before it in a [`search_text`].
#[derive(Debug, Clone, PartialEq, Eq)]
struct Word {
    text: String,
    /// For a code of the support programme, its code in lists that hold it once for every bidang: `2.07.01` is `x.xx.01`.
    shared: Option<String>,
}

/// The text in which an item is found: a space, its code, a space, the words of its name.
pub fn search_text(kode: &KodeRekening, nama: &str) -> String {
    format!(" {} {}", kode.to_string().to_lowercase(), words(nama))
}

impl Pencarian {
    /// Reads what was typed: words of a name, a code or its beginning, or both. Without any word everything is found.
    pub fn new(text: &str) -> Self {
        let typed: Vec<String> = match text.parse::<KodeRekening>() {
            // Spaces and slips within a code: "1 02 02 202".
            Ok(kode) => vec![kode.to_string().to_lowercase()],
            Err(_) => text.split_whitespace().flat_map(split).collect(),
        };
        let phrase = typed.join(" ");
        Self { words: typed.iter().map(|word| Word::new(word)).collect(), phrase }
    }

    /// What must occur in the [`search_text`] of an item that is found: of each word, the one text or else the other.
    pub fn needles(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.words.iter().map(|w| (w.text.as_str(), w.shared.as_deref()))
    }

    /// How well the item of this [`search_text`] fits; `None` when a word is missing in it.
    pub fn rank(&self, text: &str) -> Option<Kecocokan> {
        let has = |w: &Word, is: &dyn Fn(&str) -> bool| is(&w.text) || w.shared.as_deref().is_some_and(is);
        if !self.words.iter().all(|w| has(w, &|needle| text.contains(needle))) {
            return None;
        }
        if self.words.iter().any(|w| has(w, &|needle| text.starts_with(needle))) {
            return Some(Kecocokan::Kode);
        }
        let nama = text.trim_start().split_once(' ').map_or("", |(_, nama)| nama);
        Some(match nama.find(&self.phrase) {
            Some(0) => Kecocokan::Awal,
            Some(_) if nama.contains(&format!(" {}", self.phrase)) => Kecocokan::Frasa,
            _ => Kecocokan::Kata,
        })
    }
}

impl Word {
    fn new(word: &str) -> Self {
        let within_bidang = word.split_once('.').and_then(|(_, rest)| rest.split_once('.')).map(|(_, rest)| rest);
        let support = within_bidang.filter(|rest| rest.starts_with("01"));
        Self { text: format!(" {word}"), shared: support.map(|rest| format!(" x.xx.{rest}")) }
    }
}

/// A typed word as it stands in search texts: a code or its beginning in one piece, anything else by its words.
fn split(typed: &str) -> Vec<String> {
    let typed = typed.to_lowercase();
    let code = typed.trim_matches(|c: char| !c.is_alphanumeric());
    if code.contains('.') && code.chars().all(|c| c.is_ascii_digit() || ".x".contains(c)) {
        return vec![code.to_owned()];
    }
    words(&typed).split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::super::ItemNomenklatur;
    use super::super::tests::item;
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn list() -> Vec<ItemNomenklatur> {
        vec![
            item("1.01.02.2.01.0001", "Pembangunan Unit Sekolah Baru (USB)"),
            item("1.01.02.2.01.0003", "Pembangunan Ruang Guru/Kepala Sekolah/TU"),
            item("2.07.03", "PROGRAM PELATIHAN KERJA DAN PRODUKTIVITAS TENAGA KERJA"),
            item("2.07.03.2.01", "Pelaksanaan Pelatihan berdasarkan Unit Kompetensi"),
            item("2.07.03.2.01.0001", "Proses Pelaksanaan Pendidikan dan Pelatihan Keterampilan"),
            item("2.11.03", "Pelatihan 2 Tahap"),
            item("X.XX.01.2.10", "Peningkatan Pelayanan BLUD"),
        ]
    }

    /// Codes that are found, the best first.
    fn found(text: &str) -> Vec<String> {
        let search = Pencarian::new(text);
        let mut hits: Vec<_> = list()
            .into_iter()
            .filter_map(|i| Some((search.rank(&search_text(&i.kode, &i.nama))?, i.kode.to_string())))
            .collect();
        hits.sort();
        hits.into_iter().map(|(_, kode)| kode).collect()
    }

    #[rstest]
    #[case::any_order("sekolah unit", &["1.01.02.2.01.0001"])]
    #[case::prefixes("pemb seko guru", &["1.01.02.2.01.0003"])]
    #[case::not_inside_a_word("latihan", &[])]
    #[case::punctuation("guru/kepala", &["1.01.02.2.01.0003"])]
    #[case::every_word_counts("pembangunan unit kompetensi", &[])]
    #[case::begins_then_phrase_then_somewhere("pelatihan ", &["2.11.03", "2.07.03", "2.07.03.2.01", "2.07.03.2.01.0001"])]
    #[case::phrase_before_scattered("pelaksanaan pelatihan", &["2.07.03.2.01", "2.07.03.2.01.0001"])]
    #[case::code("2.07.03", &["2.07.03", "2.07.03.2.01", "2.07.03.2.01.0001"])]
    #[case::code_being_typed("2.07.03.2.", &["2.07.03.2.01", "2.07.03.2.01.0001"])]
    #[case::code_with_spaces("2 07 03 201", &["2.07.03.2.01", "2.07.03.2.01.0001"])]
    #[case::code_and_word("kerja 2.07", &["2.07.03"])]
    #[case::code_before_number_in_a_name("2", &["2.07.03", "2.07.03.2.01", "2.07.03.2.01.0001", "2.11.03"])]
    #[case::codes_of_other_eras_are_other_codes("2.07.03.2.01.01", &[])]
    #[case::support("2.07.01.2", &["X.XX.01.2.10"])]
    #[case::support_as_written("x.xx.01", &["X.XX.01.2.10"])]
    #[case::nothing("xyz", &[])]
    fn finds(#[case] text: &str, #[case] expected: &[&str]) {
        assert_eq!(found(text), expected);
    }

    #[test]
    fn without_a_word_everything_is_found() {
        assert_eq!(found(" - ").len(), list().len());
    }

    proptest! {
        #[test]
        fn an_item_is_found_by_any_words_of_its_name(pick in prop::collection::vec(any::<prop::sample::Index>(), 1..4)) {
            for i in list() {
                let own = words(&i.nama);
                let own: Vec<&str> = own.split(' ').collect();
                let typed: Vec<&str> = pick.iter().map(|p| *p.get(&own)).collect();
                prop_assert!(found(&typed.join(" ")).contains(&i.kode.to_string()), "{typed:?}");
            }
        }

        #[test]
        fn needles_and_rank_agree(text in "[a-z0-9. ]{0,12}") {
            let search = Pencarian::new(&text);
            for i in list() {
                let at = search_text(&i.kode, &i.nama);
                let all = search.needles().all(|(a, b)| at.contains(a) || b.is_some_and(|b| at.contains(b)));
                prop_assert_eq!(all, search.rank(&at).is_some());
            }
        }
    }
}
