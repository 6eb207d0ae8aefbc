//! The snapshot: everything about one office and year that a reader needs, as known at a moment.

use std::collections::{HashMap, HashSet};

use crate::action::Langkah;
use crate::agreement::{IsiPerjanjian, Pejabat, Perjanjian};
use crate::approval::{Pembukaan, Penguncian};
use crate::calendar::HariLibur;
use crate::deadline::Jadwal;
use crate::document::{Dokumen, JenisDokumen};
use crate::evaluasi::{Evaluasi, Jawaban, Templat};
use crate::figure::{Angka, JenisAngka, Subjek};
use crate::id::{InstansiId, Kode};
use crate::indicator::{Indikator, Sebutan};
use crate::period::{Periode, Tahun};
use crate::plan::{Simpul, Unit};
use crate::pohon::{Kondisi, Silang};
use crate::publication::{PutusanTemuan, Terbitan};
use crate::register::Catatan;
use crate::rekomendasi::{LangkahTindakLanjut, Putusan, Rekomendasi};
use crate::remark::{Kendala, Komentar};

/// The office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instansi {
    /// Tenant identity.
    pub id: InstansiId,
    /// Short code in addresses and files ("disnakertrans-serang").
    pub kode: Kode,
    /// Full name ("Dinas Tenaga Kerja dan Transmigrasi").
    pub nama: String,
    /// Short name ("Disnakertrans").
    pub singkatan: String,
    /// The region it belongs to ("Kota Serang").
    pub daerah: String,
    /// Title of the region's head ("Walikota Serang").
    pub kepala_daerah: String,
    /// Address lines.
    pub alamat: String,
    /// Telephone.
    pub telepon: String,
    /// Place written above signatures ("Serang").
    pub tempat: String,
    /// Title of the official who signs ("Kepala Dinas Tenaga Kerja dan Transmigrasi Kota Serang").
    pub penanda_tangan: String,
    /// First year of the five-year plan.
    pub renstra_awal: Tahun,
    /// Last year of the five-year plan.
    pub renstra_akhir: Tahun,
    /// Name of the grade scale that the office reports by; see [`crate::scale`].
    pub skala: String,
    /// Vision of the region that the plan serves (RPJMD); empty when not recorded.
    pub visi: String,
    /// The last day on which the office existed, ISO text, where it was merged or dissolved; empty otherwise.
    pub berakhir: String,
    /// Code of the office that goes on with its work; empty where none does or it has not ended.
    pub penerus: Kode,
}

/// A chapter of a report, written by the office.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Narasi {
    /// File name without extension, in report order ("03-bab-1").
    pub kode: Kode,
    /// Markdown with live figures.
    pub isi: String,
}

impl Narasi {
    /// Code under which the package's README is kept: it explains the data and travels with them, but is no chapter.
    pub const README: &'static str = "readme";

    /// Whether it is part of the report.
    pub fn is_chapter(&self) -> bool {
        self.kode != Self::README
    }
}

/// An evidence file; its content is kept elsewhere, by hash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bukti {
    /// SHA-256 of the content, hex.
    pub sha256: String,
    /// File name for people.
    pub nama: String,
    /// Media type.
    pub jenis_isi: String,
    /// Size in bytes.
    pub ukuran: u64,
    /// What it shows.
    pub keterangan: String,
}

/// A day off beyond those that the law fixes to a date: moving feasts, joint leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Libur {
    /// The day, ISO text.
    pub tanggal: String,
    /// Which one it is.
    pub keterangan: String,
}

/// Everything about one office and year that a reader needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Potret {
    /// The office.
    pub instansi: Instansi,
    /// The year it reports on.
    pub tahun: Tahun,
    /// Organisation, in the office's order.
    pub unit: Vec<Unit>,
    /// Document versions.
    pub dokumen: Vec<Dokumen>,
    /// Plan tree: each node after its parent, siblings in the office's order.
    pub simpul: Vec<Simpul>,
    /// Indicators, in the order in which tables list them.
    pub indikator: Vec<Indikator>,
    /// Wordings that differ by document version.
    pub sebutan: Vec<Sebutan>,
    /// Pohon kinerja: each condition after the one above it, siblings in the office's order.
    pub pohon: Vec<Kondisi>,
    /// Links of conditions to other offices.
    pub silang: Vec<Silang>,
    /// Current figures.
    pub angka: Vec<Angka>,
    /// Records of registers.
    pub catatan: Vec<Catatan>,
    /// Recommendations.
    pub rekomendasi: Vec<Rekomendasi>,
    /// Steps of their follow-up.
    pub tindak_lanjut: Vec<LangkahTindakLanjut>,
    /// Verdicts on their follow-up, by year.
    pub putusan: Vec<Putusan>,
    /// The office's own worksheet templates.
    pub templat: Vec<Templat>,
    /// Evaluations, the earlier first.
    pub evaluasi: Vec<Evaluasi>,
    /// Answers of their worksheets.
    pub jawaban: Vec<Jawaban>,
    /// Chapters.
    pub narasi: Vec<Narasi>,
    /// Evidence files.
    pub bukti: Vec<Bukti>,
    /// Who heads which unit when.
    pub pejabat: Vec<Pejabat>,
    /// Agreements.
    pub perjanjian: Vec<Perjanjian>,
    /// What they hold.
    pub isi_perjanjian: Vec<IsiPerjanjian>,
    /// Steps of the action plan.
    pub langkah: Vec<Langkah>,
    /// Obstacles by indicator and period.
    pub kendala: Vec<Kendala>,
    /// Comments, in the order of writing.
    pub komentar: Vec<Komentar>,
    /// Working days by level, where the office has set its own; see [`crate::deadline`].
    pub jadwal: Jadwal,
    /// Holidays beyond those that the law fixes to a date.
    pub libur: Vec<Libur>,
    /// Closed periods.
    pub penguncian: Vec<Penguncian>,
    /// Exceptions to them.
    pub pembukaan: Vec<Pembukaan>,
    /// What was published, in the order of publishing.
    pub terbitan: Vec<Terbitan>,
    /// Findings that were accepted.
    pub putusan_temuan: Vec<PutusanTemuan>,
}

/// What a year's plan knows. Figures of several years' plans are kept together; each snapshot shows its own.
pub struct Cakupan {
    tahun: Tahun,
    indicators: HashSet<String>,
    nodes: HashSet<String>,
    documents: HashMap<String, JenisDokumen>,
}

impl Cakupan {
    /// Whether a figure belongs to the snapshot: its subject and document are in the year's plan, and it lies in the year or
    /// before it. Only documents that hold for several years look ahead.
    pub fn has(&self, angka: &Angka) -> bool {
        let subject = match &angka.subjek {
            Subjek::Indikator(kode) => self.indicators.contains(kode),
            Subjek::Simpul(kode) => self.nodes.contains(kode),
        };
        let ahead = angka.periode.tahun() > self.tahun;
        let in_time = match &angka.jenis {
            JenisAngka::Target { dokumen } | JenisAngka::Pagu { dokumen } => match self.documents.get(dokumen) {
                Some(jenis) => jenis.spans_years() || !ahead,
                None => false,
            },
            _ => !ahead,
        };
        subject && in_time
    }
}

impl Potret {
    /// What this snapshot's plan knows.
    pub fn scope(&self) -> Cakupan {
        Cakupan {
            tahun: self.tahun,
            indicators: self.indikator.iter().map(|i| i.kode.clone()).collect(),
            nodes: self.simpul.iter().map(|s| s.kode.clone()).collect(),
            documents: self.dokumen.iter().map(|d| (d.kode.clone(), d.jenis)).collect(),
        }
    }

    /// Days off that the office has recorded.
    pub fn days_off(&self) -> HariLibur {
        self.libur.iter().filter_map(|l| l.tanggal.parse().ok()).collect()
    }

    /// The node of that code.
    pub fn node(&self, kode: &str) -> Option<&Simpul> {
        self.simpul.iter().find(|s| s.kode == kode)
    }

    /// The indicator of that code.
    pub fn indicator(&self, kode: &str) -> Option<&Indikator> {
        self.indikator.iter().find(|i| i.kode == kode)
    }

    /// The unit of that code.
    pub fn unit(&self, kode: &str) -> Option<&Unit> {
        self.unit.iter().find(|u| u.kode == kode)
    }

    /// The document version of that code.
    pub fn document(&self, kode: &str) -> Option<&Dokumen> {
        self.dokumen.iter().find(|d| d.kode == kode)
    }

    /// The figure of that subject, kind and period.
    pub fn figure(&self, subjek: &Subjek, jenis: &JenisAngka, periode: Periode) -> Option<&Angka> {
        self.angka.iter().find(|a| a.periode == periode && a.jenis == *jenis && a.subjek == *subjek)
    }

    /// Records a figure in the place of the one that it supersedes.
    pub fn record(&mut self, angka: Angka) {
        self.angka.retain(|a| a.periode != angka.periode || a.jenis != angka.jenis || a.subjek != angka.subjek);
        self.angka.push(angka);
    }

    /// The unit that answers for an indicator: its own, or its node's.
    pub fn unit_of<'a>(&'a self, indikator: &'a Indikator) -> Option<&'a str> {
        let own = indikator.unit.as_deref();
        own.or_else(|| self.node(&indikator.simpul).and_then(|s| s.unit.as_deref()))
    }

    /// The unit in charge of a node: its own, or that of the nearest node above.
    pub fn unit_of_node<'a>(&'a self, simpul: &'a Simpul) -> Option<&'a str> {
        let mut upwards = std::iter::successors(Some(simpul), |s| self.node(s.induk.as_deref()?));
        upwards.find_map(|s| s.unit.as_deref())
    }

    /// Indicators of a node, in order.
    pub fn indicators_of<'a>(&'a self, simpul: &'a str) -> impl Iterator<Item = &'a Indikator> {
        self.indikator.iter().filter(move |i| i.simpul == simpul)
    }

    /// Children of a node (or the top with `None`), in order.
    pub fn children<'a>(&'a self, induk: Option<&'a str>) -> impl Iterator<Item = &'a Simpul> {
        self.simpul.iter().filter(move |s| s.induk.as_deref() == induk)
    }

    /// The condition of that code.
    pub fn condition(&self, kode: &str) -> Option<&Kondisi> {
        self.pohon.iter().find(|k| k.kode == kode)
    }

    /// Conditions right below another (or the top with `None`), in order.
    pub fn conditions_under<'a>(&'a self, induk: Option<&'a str>) -> impl Iterator<Item = &'a Kondisi> {
        self.pohon.iter().filter(move |k| k.induk.as_deref() == induk)
    }

    /// Links of a condition to other offices, in order.
    pub fn links_of<'a>(&'a self, kondisi: &'a str) -> impl Iterator<Item = &'a Silang> {
        self.silang.iter().filter(move |s| s.kondisi.as_deref() == Some(kondisi))
    }

    /// Wording of an indicator in a document version: its own there, or the current one.
    pub fn wording<'a>(&'a self, indikator: &'a Indikator, dokumen: &str) -> (&'a str, &'a str) {
        self.sebutan
            .iter()
            .find(|s| s.indikator == indikator.kode && s.dokumen == dokumen)
            .map_or((&indikator.nama, &indikator.satuan), |s| (&s.nama, &s.satuan))
    }

    /// Puts figures into their one order: by kind, then by the place of subject and document in their own lists, then by period.
    /// So the same figures always make the same file, in whatever order they were recorded.
    pub fn sort_figures(&mut self) {
        fn places<'a>(codes: impl Iterator<Item = &'a String>) -> HashMap<String, usize> {
            codes.enumerate().map(|(i, kode)| (kode.clone(), i)).collect()
        }
        let indicators = places(self.indikator.iter().map(|i| &i.kode));
        let nodes = places(self.simpul.iter().map(|s| &s.kode));
        let documents = places(self.dokumen.iter().map(|d| &d.kode));
        self.angka.sort_by_cached_key(|a| {
            let subject = match &a.subjek {
                Subjek::Indikator(kode) => indicators.get(kode),
                Subjek::Simpul(kode) => nodes.get(kode),
            };
            let (kind, document, detail) = match &a.jenis {
                JenisAngka::Target { dokumen } => (0, documents.get(dokumen), String::new()),
                JenisAngka::Realisasi => (1, None, String::new()),
                JenisAngka::Variabel { nama } => (1, None, nama.clone()),
                JenisAngka::Pagu { dokumen } => (2, documents.get(dokumen), String::new()),
                JenisAngka::RealisasiAnggaran => (3, None, String::new()),
                JenisAngka::Pembanding { wilayah } => (4, None, wilayah.clone()),
            };
            (kind, subject.copied(), document.copied(), a.periode, detail)
        });
    }

    /// Records of a register, in order.
    pub fn records<'a>(&'a self, register: &'a str) -> impl Iterator<Item = &'a Catatan> {
        self.catatan.iter().filter(move |c| c.register == register)
    }
}

#[cfg(test)]
pub(crate) mod testing {
    //! A small office for tests of what works on snapshots.

    use super::*;
    use crate::figure::{Asal, Keadaan};
    use crate::id::AngkaId;
    use crate::number::{Konteks, parse_value};
    use crate::sheet::assemble;
    use crate::sheet::testing::sheet_of;
    use crate::value::TipeNilai;

    /// An office with a small plan for 2021, without documents and figures.
    pub fn potret() -> Potret {
        let isian = sheet_of(&[
            ("instansi", &["dinas;Dinas;;Kota;;;;;;2019;2023;"]),
            ("unit", &["KD;;kepala;Dinas", "B1;KD;bidang;Bidang"]),
            (
                "rencana",
                &[
                    "T1;;tujuan;Tujuan;KD",
                    "S1;T1;sasaran;Sasaran;KD",
                    "2.07.03;S1;program;Program;B1",
                    "2.07.03.2.01;2.07.03;kegiatan;Kegiatan;B1",
                    "2.07.03.2.01.01;2.07.03.2.01;sub_kegiatan;Sub;B1",
                ],
            ),
            (
                "indikator",
                &[
                    "i1;S1;Angkatan kerja berdaya;%;persen;maksimal;terakhir",
                    "i2;S1;Orang dilatih;org;bilangan;maksimal;jumlah",
                ],
            ),
        ]);
        let (potret, masalah) = assemble(InstansiId::new(), 2021, &isian, Vec::new());
        assert_eq!(masalah, []);
        potret.expect("office")
    }

    pub fn document(kode: &str, jenis: JenisDokumen, versi: u8) -> Dokumen {
        Dokumen {
            kode: kode.to_owned(),
            jenis,
            versi,
            judul: kode.to_uppercase(),
            nomor: String::new(),
            tanggal: String::new(),
            keterangan: String::new(),
        }
    }

    /// A target of an indicator (code without dot or capital), or the ceiling of a node.
    pub fn figure(kode: &str, dokumen: &str, periode: &str, nilai: &str) -> Angka {
        let dokumen = dokumen.to_owned();
        let is_indicator = kode.starts_with('i');
        let tipe = if is_indicator { TipeNilai::Bilangan } else { TipeNilai::Uang };
        Angka {
            id: AngkaId::new(),
            subjek: if is_indicator { Subjek::Indikator(kode.to_owned()) } else { Subjek::Simpul(kode.to_owned()) },
            jenis: if is_indicator { JenisAngka::Target { dokumen } } else { JenisAngka::Pagu { dokumen } },
            periode: periode.parse().expect("period"),
            nilai: parse_value(nilai, tipe, &Konteks::indonesia()).expect("value"),
            keterangan: String::new(),
            asal: Asal::Diketik,
            bukti: Vec::new(),
            keadaan: Keadaan::Dikunci,
            oleh: String::new(),
            dicatat: 0,
        }
    }
}
