//! Official lists of urusan, bidang urusan, program, kegiatan and sub kegiatan (Permendagri 90/2019 and its updates), one
//! for each year in which it was renewed.

mod pair;
mod search;

use std::collections::HashSet;

pub use pair::{Hubungan, Padanan, pair};
pub use search::{Kecocokan, Pencarian, search_text};

use crate::code::{KodeRekening, TingkatKode};
use crate::period::Tahun;

/// One line of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemNomenklatur {
    /// Its code; says also on which level it stands.
    pub kode: KodeRekening,
    /// Its name.
    pub nama: String,
    /// What it is to bring about (kinerja); empty where the list says nothing.
    pub kinerja: String,
    /// How that is measured (indikator); empty where the list says nothing.
    pub indikator: String,
    /// In which unit; empty where the list says nothing.
    pub satuan: String,
}

/// The list of a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nomenklatur {
    /// The year by which it is known.
    pub tahun: Tahun,
    /// The regulation it stands in, for example "Kepmendagri 900.1.15.5-1317/2023".
    pub nama: String,
    /// Its lines; no code twice.
    pub item: Vec<ItemNomenklatur>,
}

impl ItemNomenklatur {
    /// The level on which it stands.
    pub fn tingkat(&self) -> TingkatKode {
        self.kode.jenis()
    }
}

impl Nomenklatur {
    /// How many lines it has on a level.
    pub fn count(&self, tingkat: TingkatKode) -> usize {
        self.item.iter().filter(|i| i.tingkat() == tingkat).count()
    }

    /// Lines whose next higher level is not in the list. Published lists have such gaps, so they are no fault.
    pub fn without_parent(&self) -> Vec<&ItemNomenklatur> {
        let known: HashSet<&KodeRekening> = self.item.iter().map(|i| &i.kode).collect();
        self.item.iter().filter(|i| i.kode.parent().is_some_and(|parent| !known.contains(&parent))).collect()
    }
}

/// A name for comparing: its words in lower case with one space between. Punctuation and spaces around it are written in
/// every way in such lists ("Kantor- Kertas", "Kantor-Kertas") and do not count.
fn words(nama: &str) -> String {
    let words = nama.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An item without kinerja, indikator and satuan.
    pub(super) fn item(kode: &str, nama: &str) -> ItemNomenklatur {
        let none = String::new;
        ItemNomenklatur {
            kode: kode.parse().expect(kode),
            nama: nama.to_owned(),
            kinerja: none(),
            indikator: none(),
            satuan: none(),
        }
    }

    #[test]
    fn names_are_compared_by_their_words() {
        // C036
        assert_eq!(words("Belanja Alat Kantor- Kertas  dan Cover"), words("belanja alat kantor-kertas dan cover"));
        assert_eq!(words(" Pendidikan\u{a0}Anak (PAUD)."), "pendidikan anak paud");
        assert_ne!(words("Non Formal"), words("Nonformal"));
        assert_eq!(words("-"), "");
    }

    #[test]
    fn gaps_in_a_list_are_found() {
        let item = vec![item("2", "A"), item("2.07", "B"), item("2.07.03.2.01", "C"), item("2.07.03.2.01.0001", "D")];
        let list = Nomenklatur { tahun: 2023, nama: String::new(), item };
        let gaps: Vec<String> = list.without_parent().iter().map(|i| i.kode.to_string()).collect();
        assert_eq!(gaps, ["2.07.03.2.01"]);
        assert_eq!(list.count(TingkatKode::SubKegiatan), 1);
        assert_eq!(list.count(TingkatKode::Program), 0);
    }
}
