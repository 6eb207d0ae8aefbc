//! What a version of a document changed: targets, ceilings and wordings of two versions side by side.

use std::collections::HashMap;

use rust_decimal::Decimal;

use crate::document::document_of;
use crate::figure::{Angka, JenisAngka, Subjek};
use crate::id::Kode;
use crate::period::Periode;
use crate::snapshot::Potret;
use crate::value::Nilai;

/// A target or a ceiling that the two versions do not set alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BedaNilai {
    /// The indicator or the plan node.
    pub subjek: Subjek,
    /// For which period.
    pub periode: Periode,
    /// In the earlier version; none when it set none.
    pub lama: Option<Nilai>,
    /// In the later version; none when it sets none.
    pub baru: Option<Nilai>,
    /// New minus old, where both are numbers.
    pub selisih: Option<Decimal>,
}

/// An indicator that the two versions word differently.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BedaSebutan {
    /// The indicator.
    pub indikator: Kode,
    /// Name and unit in the earlier version.
    pub lama: (String, String),
    /// Name and unit in the later version.
    pub baru: (String, String),
}

/// What is different between two versions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Perbedaan {
    /// Wordings, in the order of the indicators.
    pub sebutan: Vec<BedaSebutan>,
    /// Targets, in the order of the figures.
    pub target: Vec<BedaNilai>,
    /// Ceilings, in the order of the figures.
    pub pagu: Vec<BedaNilai>,
    /// How many values both set alike.
    pub sama: usize,
}

impl Perbedaan {
    /// Whether both versions say the same.
    pub const fn is_empty(&self) -> bool {
        self.sebutan.is_empty() && self.target.is_empty() && self.pagu.is_empty()
    }
}

type Tempat<'a> = (bool, &'a Subjek, Periode);

/// Compares two document versions of a snapshot by their codes.
pub fn difference(potret: &Potret, lama: &str, baru: &str) -> Perbedaan {
    let of = |kode: &str| -> HashMap<Tempat<'_>, &Angka> {
        let figures = potret.angka.iter().filter(|a| document_of(a) == Some(kode));
        figures.map(|a| (place(a), a)).collect()
    };
    let (old, new) = (of(lama), of(baru));
    let mut found = Perbedaan::default();
    // Each place once, in the order of the snapshot's figures.
    let listed = potret.angka.iter().filter(|a| match document_of(a) {
        Some(kode) if kode == baru => true,
        Some(kode) => kode == lama && !new.contains_key(&place(a)),
        None => false,
    });
    for angka in listed {
        let at = place(angka);
        let value = |of: &HashMap<Tempat<'_>, &Angka>| of.get(&at).map(|a| a.nilai.clone());
        let (lama, baru) = (value(&old), value(&new));
        if lama == baru {
            found.sama += 1;
            continue;
        }
        let number = |nilai: &Option<Nilai>| nilai.as_ref().and_then(Nilai::number);
        let selisih = number(&baru).zip(number(&lama)).and_then(|(baru, lama)| baru.checked_sub(lama));
        let beda = BedaNilai { subjek: angka.subjek.clone(), periode: angka.periode, lama, baru, selisih };
        if at.0 { found.target.push(beda) } else { found.pagu.push(beda) }
    }
    for indikator in &potret.indikator {
        let (lama, baru) = (potret.wording(indikator, lama), potret.wording(indikator, baru));
        // Of an indicator that stands in one of them only there is nothing to compare.
        let stands = |of: &HashMap<Tempat<'_>, &Angka>| of.keys().any(|(_, s, _)| s.kode() == indikator.kode);
        if lama != baru && stands(&old) && stands(&new) {
            let owned = |(nama, satuan): (&str, &str)| (nama.to_owned(), satuan.to_owned());
            found.sebutan.push(BedaSebutan { indikator: indikator.kode.clone(), lama: owned(lama), baru: owned(baru) });
        }
    }
    found
}

/// What a figure is about, without the version: whether it is a target, of what, for when.
fn place(angka: &Angka) -> Tempat<'_> {
    (matches!(angka.jenis, JenisAngka::Target { .. }), &angka.subjek, angka.periode)
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;
    use crate::document::JenisDokumen;
    use crate::indicator::Sebutan;
    use crate::snapshot::testing::{document, figure, potret};

    fn revised() -> Potret {
        let mut potret = potret();
        potret.dokumen =
            vec![document("renstra", JenisDokumen::Renstra, 0), document("renstra-p", JenisDokumen::Renstra, 1)];
        potret.angka = vec![
            figure("i1", "renstra", "2022", "90"),
            figure("i1", "renstra", "2023", "95"),
            figure("i1", "renstra-p", "2022", "90"),
            figure("i1", "renstra-p", "2023", "92,5"),
            figure("i2", "renstra", "2023", "40"),
            figure("2.07.03", "renstra", "2023", "1000000"),
            figure("2.07.03", "renstra-p", "2023", "1250000"),
            figure("2.07.03.2.01", "renstra-p", "2023", "5"),
        ];
        potret.sort_figures();
        potret
    }

    fn values(found: &[BedaNilai]) -> Vec<String> {
        let text = |n: &Option<Nilai>| n.as_ref().map_or("–".to_owned(), ToString::to_string);
        found
            .iter()
            .map(|b| {
                let delta = b.selisih.map_or("–".to_owned(), |x| x.to_string());
                format!("{} {} {} {} {delta}", b.subjek.kode(), b.periode, text(&b.lama), text(&b.baru))
            })
            .collect()
    }

    #[test]
    fn what_changed_came_and_went_is_listed_and_what_is_alike_is_counted() {
        let found = difference(&revised(), "renstra", "renstra-p");
        assert_eq!(values(&found.target), ["i1 2023 95 92,5 -2.5", "i2 2023 40 – –"]);
        assert_eq!(values(&found.pagu), ["2.07.03 2023 1.000.000 1.250.000 250000", "2.07.03.2.01 2023 – 5 –"]);
        assert_eq!((found.sama, found.sebutan.len()), (1, 0));
        assert_eq!(found.target.first().and_then(|b| b.selisih), Some(dec!(-2.5)));
    }

    #[test]
    fn backwards_it_is_the_opposite() {
        let potret = revised();
        let (there, back) = (difference(&potret, "renstra", "renstra-p"), difference(&potret, "renstra-p", "renstra"));
        assert_eq!(there.sama, back.sama);
        let turned = |found: &[BedaNilai]| {
            let mut all: Vec<_> = found.iter().map(|b| (b.subjek.clone(), b.baru.clone(), b.lama.clone())).collect();
            all.sort_by(|a, b| a.0.cmp(&b.0));
            all
        };
        let mut straight: Vec<_> =
            back.target.iter().map(|b| (b.subjek.clone(), b.lama.clone(), b.baru.clone())).collect();
        straight.sort_by(|a, b| a.0.cmp(&b.0));
        assert_eq!(turned(&there.target), straight);
        assert!(difference(&potret, "renstra", "renstra").is_empty());
    }

    #[test]
    fn another_wording_is_a_difference() {
        let mut potret = revised();
        potret.sebutan.push(Sebutan {
            indikator: "i1".to_owned(),
            dokumen: "renstra".to_owned(),
            nama: "Pencari kerja berdaya".to_owned(),
            satuan: "%".to_owned(),
        });
        let found = difference(&potret, "renstra", "renstra-p");
        assert_eq!(found.sebutan.len(), 1);
        let beda = found.sebutan.first().expect("one");
        assert_eq!((beda.lama.0.as_str(), beda.baru.0.as_str()), ("Pencari kerja berdaya", "Angkatan kerja berdaya"));
    }
}
