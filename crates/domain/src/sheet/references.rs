//! References within the plan: every code that is named must exist, and the tree must be a tree.

use std::collections::{HashMap, HashSet};

use super::row::Masalah;
use super::{Isian, Lembar, pohon, sheet};
use crate::agreement::JenisIsi;
use crate::code::{KodeRekening, TingkatKode};
use crate::plan::{JenisSimpul, Simpul};
use crate::snapshot::Potret;

/// Drops plan rows whose references lead nowhere, and says so.
pub(super) fn plan(potret: &mut Potret, isian: &Isian, masalah: &mut Vec<Masalah>) {
    let mut report = Laporan { isian, masalah };
    tree(potret, &mut report);
    let units: HashSet<String> = organisation(potret, &mut report);
    let nodes: HashSet<String> = potret.simpul.iter().map(|s| s.kode.clone()).collect();
    potret.indikator.retain(|i| report.leads("indikator", &i.kode, "simpul", &i.simpul, &nodes));
    let indicators: HashSet<String> = potret.indikator.iter().map(|i| i.kode.clone()).collect();
    let documents: HashSet<String> = potret.dokumen.iter().map(|d| d.kode.clone()).collect();
    // A reference that may be left out is left out when it leads nowhere; the row stays.
    for i in &mut potret.indikator {
        report.mend("indikator", &i.kode, "unit", &mut i.unit, &units);
        report.mend("indikator", &i.kode, "penerus", &mut i.penerus, &indicators);
    }
    for s in &mut potret.simpul {
        report.mend("rencana", &s.kode, "unit", &mut s.unit, &units);
        report.mend("rencana", &s.kode, "mendukung", &mut s.mendukung, &indicators);
    }
    for r in &mut potret.rekomendasi {
        report.mend("rekomendasi", &r.kode, "unit", &mut r.unit, &units);
    }
    year(potret, &mut report, &Known { units: &units, nodes: &nodes, indicators: &indicators, documents: &documents });
    potret.sebutan.retain(|s| {
        report.leads("sebutan", &s.indikator, "indikator", &s.indikator, &indicators)
            && report.leads("sebutan", &s.indikator, "dokumen", &s.dokumen, &documents)
    });
    pohon::references(potret, &mut report, &units, &indicators);
}

/// Codes that exist.
struct Known<'a> {
    units: &'a HashSet<String>,
    nodes: &'a HashSet<String>,
    indicators: &'a HashSet<String>,
    documents: &'a HashSet<String>,
}

/// Rows of the year's work.
fn year(potret: &mut Potret, report: &mut Laporan<'_, '_>, known: &Known<'_>) {
    potret.pejabat.retain(|p| report.leads("pejabat", &p.unit, "unit", &p.unit, known.units));
    potret.perjanjian.retain(|p| {
        report.leads("perjanjian", &p.kode, "dokumen", &p.dokumen, known.documents)
            && report.leads("perjanjian", &p.kode, "unit", &p.unit, known.units)
    });
    let agreements: HashSet<String> = potret.perjanjian.iter().map(|p| p.kode.clone()).collect();
    potret.isi_perjanjian.retain(|i| {
        let (kolom, there) = match i.jenis {
            JenisIsi::Indikator => ("indikator", known.indicators),
            JenisIsi::Simpul => ("simpul", known.nodes),
        };
        report.leads("isi_perjanjian", &i.perjanjian, "perjanjian", &i.perjanjian, &agreements)
            && report.leads("isi_perjanjian", &i.perjanjian, kolom, &i.kode, there)
    });
    potret.langkah.retain(|l| report.leads("langkah", &l.kode, "indikator", &l.indikator, known.indicators));
    for l in &mut potret.langkah {
        report.mend("langkah", &l.kode, "simpul", &mut l.simpul, known.nodes);
        report.mend("langkah", &l.kode, "unit", &mut l.unit, known.units);
    }
    potret.kendala.retain(|k| report.leads("kendala", &k.indikator, "indikator", &k.indikator, known.indicators));
    potret.komentar.retain(|k| report.leads("komentar", &k.kode, "indikator", &k.indikator, known.indicators));
    for p in &mut potret.pembukaan {
        report.mend("pembukaan", &p.kode, "indikator", &mut p.indikator, known.indicators);
    }
}

/// Parents first, one level at least further down, official codes where the law gives them.
fn tree(potret: &mut Potret, report: &mut Laporan<'_, '_>) {
    let mut levels: HashMap<String, JenisSimpul> = HashMap::new();
    let mut waiting: HashSet<String> = potret.simpul.iter().map(|s| s.kode.clone()).collect();
    potret.simpul.retain(|s| {
        waiting.remove(&s.kode);
        if let Some((apa, saran)) = parent_problem(s, &levels, &waiting) {
            report.row("rencana", &s.kode, "induk", apa, saran);
            return false;
        }
        if let Some(induk) = s.induk.as_ref().filter(|induk| !levels.contains_key(*induk)) {
            report.dangling("rencana", &s.kode, "induk", induk);
            return false;
        }
        if let Some(apa) = code_problem(s) {
            report.row("rencana", &s.kode, "kode", apa, "tulis kode rekening resmi, misalnya 2.07.03.2.01".to_owned());
            return false;
        }
        levels.insert(s.kode.clone(), s.jenis);
        true
    });
}

fn parent_problem(
    s: &Simpul,
    levels: &HashMap<String, JenisSimpul>,
    waiting: &HashSet<String>,
) -> Option<(String, String)> {
    let Some(induk) = &s.induk else {
        let top = matches!(s.jenis, JenisSimpul::Misi | JenisSimpul::Tujuan | JenisSimpul::Sasaran);
        return (!top)
            .then(|| (format!("{} {} tanpa induk", s.jenis.label(), s.kode), "isi kode simpul di atasnya".to_owned()));
    };
    match levels.get(induk) {
        None if waiting.contains(induk) || *induk == s.kode => Some((
            format!("induk \"{induk}\" belum ada di baris sebelumnya"),
            "letakkan induk di atas anaknya".to_owned(),
        )),
        None => None,
        Some(level) if !s.jenis.may_hang_under(*level) => Some((
            format!("{} tidak dapat berada di bawah {}", s.jenis.label(), level.label()),
            "betulkan jenis atau induknya".to_owned(),
        )),
        Some(_) => None,
    }
}

fn code_problem(s: &Simpul) -> Option<String> {
    let expected = match s.jenis {
        JenisSimpul::Program => TingkatKode::Program,
        JenisSimpul::Kegiatan => TingkatKode::Kegiatan,
        JenisSimpul::SubKegiatan => TingkatKode::SubKegiatan,
        _ => return None,
    };
    match s.kode.parse::<KodeRekening>() {
        Ok(kode) if kode.jenis() == expected => None,
        Ok(_) => Some(format!("\"{}\" bukan kode {}", s.kode, s.jenis.label().to_lowercase())),
        Err(error) => Some(error.to_string()),
    }
}

/// Levels of an organisation; a real one has five.
const DEEPEST: usize = 20;

fn organisation(potret: &mut Potret, report: &mut Laporan<'_, '_>) -> HashSet<String> {
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut waiting: HashSet<String> = potret.unit.iter().map(|u| u.kode.clone()).collect();
    potret.unit.retain(|u| {
        waiting.remove(&u.kode);
        let mut depth = 0;
        if let Some(induk) = &u.induk {
            let Some(above) = known.get(induk) else {
                if waiting.contains(induk) || *induk == u.kode {
                    report.too_early("unit", &u.kode, induk);
                } else {
                    report.dangling("unit", &u.kode, "induk", induk);
                }
                return false;
            };
            depth = above + 1;
        }
        if depth > DEEPEST {
            let apa = format!("lebih dari {DEEPEST} tingkat di bawah puncak");
            report.row("unit", &u.kode, "induk", apa, "periksa susunan organisasinya".to_owned());
            return false;
        }
        known.insert(u.kode.clone(), depth);
        true
    });
    known.into_keys().collect()
}

/// Finds the line again of what is wrong.
pub(super) struct Laporan<'i, 'm> {
    isian: &'i Isian,
    masalah: &'m mut Vec<Masalah>,
}

impl<'i, 'm> Laporan<'i, 'm> {
    pub fn new(isian: &'i Isian, masalah: &'m mut Vec<Masalah>) -> Self {
        Self { isian, masalah }
    }

    /// A fault in the row with these cells, where one column does not tell rows apart.
    pub fn row_of(&mut self, nama: &str, keys: &[(&str, &str)], kolom: &str, apa: String, saran: String) {
        let Some(lembar) = Lembar::find(nama) else { return };
        let is_it = |sel: &[String]| {
            let cell = |k: &str| lembar.position(k).and_then(|i| sel.get(i)).map_or("", |s| s.trim());
            keys.iter().all(|(k, text)| cell(k) == *text)
        };
        let baris = sheet(self.isian, nama).iter().find(|b| is_it(&b.sel)).map(|b| b.nomor);
        self.masalah.push(Masalah { berkas: lembar.file(), baris, kolom: kolom.to_owned(), apa, saran, ikutan: false });
    }

    pub fn row(&mut self, nama: &str, kode: &str, kolom: &str, apa: String, saran: String) {
        let Some(lembar) = Lembar::find(nama) else { return };
        let key = lembar.kunci.first().and_then(|k| lembar.position(k)).unwrap_or(0);
        let rows = sheet(self.isian, nama);
        let baris = rows.iter().find(|b| b.sel.get(key).is_some_and(|s| s.trim() == kode)).map(|b| b.nomor);
        self.masalah.push(Masalah { berkas: lembar.file(), baris, kolom: kolom.to_owned(), apa, saran, ikutan: false });
    }

    /// The row above stands further down, or is the row itself.
    pub fn too_early(&mut self, nama: &str, kode: &str, induk: &str) {
        let apa = format!("induk \"{induk}\" belum ada di baris sebelumnya");
        self.row(nama, kode, "induk", apa, "letakkan induk di atas anaknya".to_owned());
    }

    /// The target of a reference is not there: because its row is wrong, or because there is none.
    pub fn dangling(&mut self, nama: &str, kode: &str, kolom: &str, target: &str) {
        let Some(home) = home_of(nama, kolom) else { return };
        let what = if kolom == "induk" { "induk " } else { "" };
        self.row(
            nama,
            kode,
            kolom,
            format!("{what}\"{target}\" tidak ada"),
            format!("tambahkan di {home}.csv atau betulkan kodenya"),
        );
        if has_row(self.isian, home, target)
            && let Some(last) = self.masalah.last_mut()
        {
            last.ikutan = true;
        }
    }

    /// Whether a reference leads to a row.
    pub fn leads(&mut self, nama: &str, kode: &str, kolom: &str, target: &str, known: &HashSet<String>) -> bool {
        let good = known.contains(target);
        if !good {
            self.dangling(nama, kode, kolom, target);
        }
        good
    }

    /// Empties a reference that leads nowhere.
    pub fn mend(&mut self, nama: &str, kode: &str, kolom: &str, target: &mut Option<String>, known: &HashSet<String>) {
        if let Some(wanted) = target.clone()
            && !self.leads(nama, kode, kolom, &wanted, known)
        {
            *target = None;
        }
    }
}

/// The sheet that a column refers to.
fn home_of(nama: &str, kolom: &str) -> Option<&'static str> {
    match (nama, kolom) {
        ("unit", "induk") | (_, "unit") => Some("unit"),
        ("pohon", "induk") | (_, "kondisi") => Some("pohon"),
        (_, "induk" | "simpul") => Some("rencana"),
        (_, "mendukung" | "indikator" | "penerus") => Some("indikator"),
        (_, "dokumen") => Some("dokumen"),
        (_, "perjanjian") => Some("perjanjian"),
        (_, "rekomendasi") => Some("rekomendasi"),
        (_, "evaluasi") => Some("evaluasi"),
        (_, "templat") => Some("templat_lke"),
        _ => None,
    }
}

/// Whether a sheet has a row of that code at all, right or wrong.
pub(super) fn has_row(isian: &Isian, nama: &str, kode: &str) -> bool {
    let Some(key) = Lembar::find(nama).and_then(|l| l.position(l.kunci.first()?)) else { return false };
    sheet(isian, nama).iter().any(|b| b.sel.get(key).is_some_and(|s| s.trim() == kode))
}
