//! Cells of the grids: what they show, and what a browser sends of them.

use std::collections::HashMap;

use tolok_app::{Galat, SelDiketik, SelDitolak};
use tolok_domain::number::{write_amount, write_value_plain};
use tolok_domain::period::PeriodeTidakSah;
use tolok_domain::{Nilai, Periode};

use super::Ditolak;

/// A cell.
pub(super) struct SelKisi {
    /// Its name in the form; empty where nothing can be entered.
    pub nama: String,
    pub teks: String,
    /// What stood there when the page was made.
    pub lama: String,
    /// Whether the text is a proposal that nobody has saved.
    pub usul: bool,
    /// Whether it was typed and refused: what stood there is another text.
    pub diketik: bool,
    /// What was wrong with it.
    pub salah: String,
}

/// A value as a field holds it.
fn text(nilai: &Nilai) -> String {
    match nilai {
        Nilai::Uang(x) => write_amount(*x),
        other => write_value_plain(other),
    }
}

/// Name of a cell behind "sel:" and "lama:".
fn name(kode: &str, periode: Periode) -> String {
    format!("{kode}|{periode}")
}

/// All that was typed.
#[derive(Debug, Default)]
pub(super) struct Terkirim {
    pub sel: Vec<SelDiketik>,
    /// Key of the form, so that it is written once.
    pub kunci: String,
    /// What is asked for besides saving cells.
    pub apa: String,
}

impl Terkirim {
    /// Reads the fields `sel:KODE|PERIODE`, `lama:KODE|PERIODE` (what stood there; left out for nothing), `kunci` and `apa`.
    pub fn read(fields: Vec<(String, String)>) -> Result<Self, Galat> {
        let mut sent = Self::default();
        let mut before: HashMap<String, String> = HashMap::new();
        let mut typed = Vec::new();
        for (field, value) in fields {
            match field.split_once(':') {
                Some(("sel", place)) => typed.push((place.to_owned(), value)),
                Some(("lama", place)) => {
                    before.insert(place.to_owned(), value);
                }
                None if field == "kunci" => sent.kunci = value,
                None if field == "apa" => sent.apa = value,
                _ => {}
            }
        }
        for (place, diketik) in typed {
            let unknown = || Galat::TidakSah(format!("\"{place}\" bukan sel"));
            let (kode, periode) = place.split_once('|').ok_or_else(unknown)?;
            let periode = periode.parse().map_err(|e: PeriodeTidakSah| Galat::TidakSah(e.to_string()))?;
            let dilihat = before.remove(&place).unwrap_or_default();
            sent.sel.push(SelDiketik { kode: kode.to_owned(), periode, diketik, dilihat });
        }
        Ok(sent)
    }
}

/// What goes into the cells besides what is stored: what was typed and refused, or a proposal.
#[derive(Default)]
pub(super) struct Isian<'a> {
    typed: HashMap<(&'a str, Periode), &'a SelDiketik>,
    refused: HashMap<(&'a str, Periode), &'a SelDitolak>,
    proposed: HashMap<(String, Periode), String>,
}

impl<'a> Isian<'a> {
    /// Of a form that was refused; empty without one.
    pub fn of(no: Option<&'a Ditolak<'_>>) -> Self {
        let Some(no) = no else { return Self::default() };
        Self {
            typed: no.sent.sel.iter().map(|s| ((s.kode.as_str(), s.periode), s)).collect(),
            refused: no.sel.iter().map(|s| ((s.kode.as_str(), s.periode), s)).collect(),
            proposed: HashMap::new(),
        }
    }

    /// Proposes a value for a cell that is empty.
    pub fn propose(&mut self, kode: &str, periode: Periode, nilai: &Nilai) {
        self.proposed.insert((kode.to_owned(), periode), text(nilai));
    }

    /// Whether anything is proposed.
    pub fn has_proposals(&self) -> bool {
        !self.proposed.is_empty()
    }

    /// A cell in which something can be entered.
    pub fn open(&self, kode: &str, periode: Periode, stored: Option<&Nilai>) -> SelKisi {
        let place = (kode, periode);
        let now = stored.map(text).unwrap_or_default();
        let (mut teks, mut lama, mut salah) = (now.clone(), now, String::new());
        // What was left alone shows what is stored now, whoever wrote it.
        if let Some(typed) = self.typed.get(&place).filter(|s| s.diketik.trim() != s.dilihat) {
            teks.clone_from(&typed.diketik);
            lama.clone_from(&typed.dilihat);
        }
        if let Some(no) = self.refused.get(&place) {
            salah.clone_from(&no.sebab);
            // After a conflict the user has seen what is stored: sending it again means "use mine".
            if no.bentrok {
                lama = no.tersimpan.as_ref().map(text).unwrap_or_default();
            }
        }
        let proposed = self.proposed.get(&(kode.to_owned(), periode)).filter(|_| stored.is_none());
        if let Some(text) = proposed {
            teks.clone_from(text);
        }
        let (usul, diketik) = (proposed.is_some(), proposed.is_none() && teks != lama);
        SelKisi { nama: name(kode, periode), teks, lama, usul, diketik, salah }
    }
}

impl SelKisi {
    /// A cell that only shows something.
    pub fn fixed(teks: String) -> Self {
        let (nama, lama, salah) = Default::default();
        Self { nama, teks, lama, usul: false, diketik: false, salah }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect()
    }

    fn sent() -> Terkirim {
        Terkirim::read(fields(&[
            ("kunci", "k1"),
            ("sel:iku.2|2021-TW1", "20"),
            ("lama:iku.2|2021-TW1", "10"),
            ("sel:iku.2|2021-TW2", "30"),
            ("lama:iku.2|2021-TW2", "30"),
            ("sel:iku.2|2021-TW3", "x"),
        ]))
        .expect("readable")
    }

    #[test]
    fn a_form_says_what_was_typed_over_what() {
        let sent = sent();
        let cells: Vec<_> = sent.sel.iter().map(|s| (s.diketik.as_str(), s.dilihat.as_str())).collect();
        assert_eq!(cells, [("20", "10"), ("30", "30"), ("x", "")]);
        assert_eq!(sent.kunci, "k1");
        assert!(Terkirim::read(fields(&[("sel:iku.2", "1")])).is_err());
        assert!(Terkirim::read(fields(&[("sel:iku.2|kemarin", "1")])).is_err());
    }

    #[test]
    fn what_was_typed_comes_back_and_a_conflict_has_been_seen() {
        let sent = sent();
        let quarter = |n| Periode::Triwulan(2021, n);
        let refused = |n, bentrok, tersimpan: Option<i64>| SelDitolak {
            kode: "iku.2".to_owned(),
            periode: quarter(n),
            sebab: "sebab".to_owned(),
            bentrok,
            tersimpan: tersimpan.map(|x| Nilai::Bilangan(x.into())),
        };
        let no =
            Ditolak { sent: &sent, sel: vec![refused(1, true, Some(15)), refused(3, false, None)], pesan: Vec::new() };
        let isian = Isian::of(Some(&no));
        let cell = |n, stored: Option<i64>| {
            let stored = stored.map(|x| Nilai::Bilangan(x.into()));
            let cell = isian.open("iku.2", quarter(n), stored.as_ref());
            (cell.teks, cell.lama, !cell.salah.is_empty())
        };
        assert_eq!(cell(1, Some(15)), ("20".to_owned(), "15".to_owned(), true));
        assert_eq!(cell(2, Some(33)), ("33".to_owned(), "33".to_owned(), false), "left alone: what is stored now");
        assert_eq!(cell(3, None), ("x".to_owned(), String::new(), true));
        assert_eq!(cell(4, Some(7)), ("7".to_owned(), "7".to_owned(), false));
    }

    #[test]
    fn a_proposal_fills_empty_cells_only() {
        let mut isian = Isian::default();
        let quarter = Periode::Triwulan(2021, 1);
        isian.propose("iku.2", quarter, &Nilai::Bilangan(5.into()));
        let empty = isian.open("iku.2", quarter, None);
        assert_eq!((empty.teks.as_str(), empty.lama.as_str(), empty.usul), ("5", "", true));
        let filled = isian.open("iku.2", quarter, Some(&Nilai::Bilangan(9.into())));
        assert_eq!((filled.teks.as_str(), filled.usul), ("9", false));
    }
}
