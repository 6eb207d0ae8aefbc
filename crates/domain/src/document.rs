//! Versions of planning documents: each target and each ceiling says in which one it was set.

use std::collections::BTreeSet;

use crate::figure::{Angka, JenisAngka};
use crate::id::Kode;
use crate::period::{Periode, Tahun};
use crate::snapshot::Potret;

/// The kinds of document that set targets or money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JenisDokumen {
    /// Rencana Strategis, five years (Permendagri 86/2017).
    Renstra,
    /// Keputusan Indikator Kinerja Utama (PermenPANRB PER/09/M.PAN/5/2007).
    Iku,
    /// Rencana Kerja tahunan (Permendagri 86/2017).
    Renja,
    /// Dokumen Pelaksanaan Anggaran (PP 12/2019).
    Dpa,
    /// Perjanjian Kinerja (PermenPANRB 53/2014, lampiran I).
    PerjanjianKinerja,
    /// Rencana Aksi: the year's targets by period.
    RencanaAksi,
}

impl JenisDokumen {
    /// Every kind.
    pub const ALL: [Self; 6] =
        [Self::Renstra, Self::Iku, Self::Renja, Self::Dpa, Self::PerjanjianKinerja, Self::RencanaAksi];

    /// The word that stands in packages and in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Renstra => "renstra",
            Self::Iku => "iku",
            Self::Renja => "renja",
            Self::Dpa => "dpa",
            Self::PerjanjianKinerja => "pk",
            Self::RencanaAksi => "rencana_aksi",
        }
    }

    /// As a reader sees it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Renstra => "Rencana Strategis",
            Self::Iku => "Indikator Kinerja Utama",
            Self::Renja => "Rencana Kerja",
            Self::Dpa => "Dokumen Pelaksanaan Anggaran",
            Self::PerjanjianKinerja => "Perjanjian Kinerja",
            Self::RencanaAksi => "Rencana Aksi",
        }
    }

    /// As everybody calls it.
    pub const fn short(self) -> &'static str {
        match self {
            Self::Renstra => "Renstra",
            Self::Iku => "IKU",
            Self::Renja => "Renja",
            Self::Dpa => "DPA",
            Self::PerjanjianKinerja => "PK",
            Self::RencanaAksi => "Rencana Aksi",
        }
    }

    /// How binding a year target of this kind is when several documents set one: what was promised (PK) before what
    /// was budgeted, what was budgeted before what was decreed or planned for five years. `None`: sets targets of parts
    /// of the year only, never the year's.
    pub const fn precedence(self) -> Option<u8> {
        match self {
            Self::PerjanjianKinerja => Some(5),
            Self::Dpa => Some(4),
            Self::Renja => Some(3),
            Self::Iku => Some(2),
            Self::Renstra => Some(1),
            Self::RencanaAksi => None,
        }
    }

    /// Whether it holds for several years; the others are made anew each year.
    pub const fn spans_years(self) -> bool {
        matches!(self, Self::Renstra | Self::Iku)
    }
}

/// One version of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dokumen {
    /// Its code within the office, e.g. `renja-p`.
    pub kode: Kode,
    /// What it is.
    pub jenis: JenisDokumen,
    /// 0 = murni, 1 = perubahan pertama, ...
    pub versi: u8,
    /// Title as printed.
    pub judul: String,
    /// Number of the decree or document; empty when the office has not recorded it.
    pub nomor: String,
    /// Date as ISO text; empty when not recorded.
    pub tanggal: String,
    /// Remark.
    pub keterangan: String,
}

impl Dokumen {
    /// "Murni", "Perubahan", "Perubahan ke-2".
    pub fn version_label(&self) -> String {
        match self.versi {
            0 => "Murni".to_owned(),
            1 => "Perubahan".to_owned(),
            n => format!("Perubahan ke-{n}"),
        }
    }

    /// "Renstra", "Renstra Perubahan": for tabs and columns.
    pub fn short_name(&self) -> String {
        match self.versi {
            0 => self.jenis.short().to_owned(),
            _ => format!("{} {}", self.jenis.short(), self.version_label()),
        }
    }

    /// Whether it is a decree of key indicators without number or date: it cannot be the base of an agreement (PermenPANRB
    /// PER/09/M.PAN/5/2007 asks for a decision of the head of the office).
    pub const fn lacks_decree(&self) -> bool {
        matches!(self.jenis, JenisDokumen::Iku) && (self.nomor.is_empty() || self.tanggal.is_empty())
    }
}

/// The document version that a target or a ceiling was set in.
pub fn document_of(angka: &Angka) -> Option<&str> {
    match &angka.jenis {
        JenisAngka::Target { dokumen } | JenisAngka::Pagu { dokumen } => Some(dokumen),
        _ => None,
    }
}

impl Potret {
    /// Whether a document is a yearly one of an earlier year, which is kept because comparisons need its figures: it sets values
    /// for years, and all of them are past.
    pub fn is_past(&self, dokumen: &Dokumen) -> bool {
        let years = || self.angka.iter().filter(|a| document_of(a) == Some(&dokumen.kode)).map(|a| a.periode.tahun());
        !dokumen.jenis.spans_years() && years().max().is_some_and(|last: Tahun| last < self.tahun)
    }

    /// Versions of a kind of document that hold in the year, the first (murni) before its revisions.
    pub fn versions(&self, jenis: JenisDokumen) -> Vec<&Dokumen> {
        let mut found: Vec<&Dokumen> = self.dokumen.iter().filter(|d| d.jenis == jenis && !self.is_past(d)).collect();
        found.sort_by_key(|d| d.versi);
        found
    }

    /// The version that a document took the place of: the latest before it, of its own kind; a first DPA follows the Renja. None
    /// for one of an earlier year.
    pub fn version_before(&self, dokumen: &Dokumen) -> Option<&Dokumen> {
        if self.is_past(dokumen) {
            return None;
        }
        let earlier = self.versions(dokumen.jenis).into_iter().rfind(|d| d.versi < dokumen.versi);
        let renja = || self.versions(JenisDokumen::Renja).pop().filter(|_| dokumen.jenis == JenisDokumen::Dpa);
        earlier.or_else(renja)
    }

    /// The years that a document sets values for: the base year to the end of the plan for a Renstra, its own years for one of an
    /// earlier year, else the year itself.
    pub fn years_of(&self, dokumen: &Dokumen) -> Vec<Periode> {
        let office = &self.instansi;
        match dokumen.jenis {
            _ if self.is_past(dokumen) => {
                let set = self.angka.iter().filter(|a| document_of(a) == Some(&dokumen.kode));
                let years: BTreeSet<Tahun> = set.map(|a| a.periode.tahun()).collect();
                years.into_iter().map(Periode::Tahun).collect()
            }
            // The base year is the year before the plan begins.
            JenisDokumen::Renstra => (office.renstra_awal - 1..=office.renstra_akhir).map(Periode::Tahun).collect(),
            _ => vec![Periode::Tahun(self.tahun)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::snapshot::testing::{document, figure, potret};

    #[test]
    fn yearly_documents_of_earlier_years_are_no_version_of_this_one() {
        let mut potret = potret();
        potret.dokumen = vec![
            document("pk-2020", JenisDokumen::PerjanjianKinerja, 1),
            document("pk", JenisDokumen::PerjanjianKinerja, 0),
            document("renstra", JenisDokumen::Renstra, 0),
        ];
        potret.angka = vec![figure("i1", "pk-2020", "2020", "5"), figure("i1", "renstra", "2020", "5")];
        let codes = |jenis| potret.versions(jenis).iter().map(|d| d.kode.clone()).collect::<Vec<_>>();
        assert_eq!(codes(JenisDokumen::PerjanjianKinerja), ["pk"], "it is empty, so it is this year's");
        assert_eq!(codes(JenisDokumen::Renstra), ["renstra"], "it looks ahead whatever years it names");
        let years = |kode: &str| {
            let found = potret.document(kode).map(|d| potret.years_of(d)).unwrap_or_default();
            found.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        assert_eq!((years("pk").as_str(), years("pk-2020").as_str()), ("2021", "2020"));
        assert_eq!(years("renstra"), "2018 2019 2020 2021 2022 2023", "from the base year to the end");
    }

    #[test]
    fn a_version_follows_the_one_before() {
        let mut potret = potret();
        potret.dokumen = vec![
            document("dpa-p", JenisDokumen::Dpa, 2),
            document("renja", JenisDokumen::Renja, 0),
            document("dpa-1", JenisDokumen::Dpa, 1),
            document("iku", JenisDokumen::Iku, 0),
        ];
        let before = |kode: &str| potret.document(kode).and_then(|d| potret.version_before(d)).map(|d| d.kode.as_str());
        assert_eq!((before("dpa-p"), before("dpa-1"), before("renja")), (Some("dpa-1"), Some("renja"), None));
        assert_eq!(before("iku"), None);
    }

    #[test]
    fn a_decree_needs_number_and_date() {
        let decree = document("iku", JenisDokumen::Iku, 0);
        assert!(decree.lacks_decree());
        let number = Dokumen { nomor: "800/1".to_owned(), ..decree };
        assert!(number.lacks_decree());
        assert!(!Dokumen { tanggal: "2021-01-04".to_owned(), ..number }.lacks_decree());
        assert!(!document("renja", JenisDokumen::Renja, 0).lacks_decree());
    }
}
