//! References within the plan: every code that is named must exist, and the tree must be a tree.

use std::collections::{HashMap, HashSet};

use super::row::Masalah;
use super::{Isian, Lembar, sheet};
use crate::code::{KodeRekening, TingkatKode};
use crate::plan::{JenisSimpul, Simpul};
use crate::snapshot::Potret;

/// Drops plan rows whose references lead nowhere, and says so.
pub(super) fn plan(potret: &mut Potret, isian: &Isian, masalah: &mut Vec<Masalah>) {
    let mut report = Laporan { isian, masalah };
    tree(potret, &mut report);
    let units: HashSet<String> = organisation(potret, &mut report);
    let nodes: HashSet<String> = potret.simpul.iter().map(|s| s.kode.clone()).collect();
    potret.indikator.retain(|i| {
        let good = nodes.contains(&i.simpul);
        if !good {
            report.dangling("indikator", &i.kode, "simpul", &i.simpul, "rencana.csv");
        }
        good
    });
    let indicators: HashSet<String> = potret.indikator.iter().map(|i| i.kode.clone()).collect();
    let documents: HashSet<String> = potret.dokumen.iter().map(|d| d.kode.clone()).collect();
    for i in &potret.indikator {
        report.check("indikator", &i.kode, "unit", i.unit.as_deref(), &units, "unit.csv");
    }
    for s in &potret.simpul {
        report.check("rencana", &s.kode, "unit", s.unit.as_deref(), &units, "unit.csv");
        report.check("rencana", &s.kode, "mendukung", s.mendukung.as_deref(), &indicators, "indikator.csv");
    }
    for r in &potret.rekomendasi {
        report.check("rekomendasi", &r.kode, "unit", r.unit.as_deref(), &units, "unit.csv");
    }
    potret.sebutan.retain(|s| {
        report.check("sebutan", &s.indikator, "indikator", Some(&s.indikator), &indicators, "indikator.csv")
            && report.check("sebutan", &s.indikator, "dokumen", Some(&s.dokumen), &documents, "dokumen.csv")
    });
}

/// Parents first, one level at least further down, official codes where the law gives them.
fn tree(potret: &mut Potret, report: &mut Laporan<'_, '_>) {
    let mut levels: HashMap<String, JenisSimpul> = HashMap::new();
    let all: HashSet<String> = potret.simpul.iter().map(|s| s.kode.clone()).collect();
    potret.simpul.retain(|s| {
        let good = parent_problem(s, &levels, &all).map_or_else(
            || true,
            |(apa, saran)| {
                report.row("rencana", &s.kode, "induk", apa, saran);
                false
            },
        );
        if let Some(apa) = code_problem(s) {
            report.row("rencana", &s.kode, "kode", apa, "tulis kode rekening resmi, misalnya 2.07.03.2.01".to_owned());
            return false;
        }
        // A second row with the same code was reported as a duplicate; the first counts.
        good && levels.insert(s.kode.clone(), s.jenis).is_none()
    });
}

fn parent_problem(
    s: &Simpul,
    levels: &HashMap<String, JenisSimpul>,
    all: &HashSet<String>,
) -> Option<(String, String)> {
    let Some(induk) = &s.induk else {
        let top = matches!(s.jenis, JenisSimpul::Misi | JenisSimpul::Tujuan | JenisSimpul::Sasaran);
        return (!top)
            .then(|| (format!("{} {} tanpa induk", s.jenis.label(), s.kode), "isi kode simpul di atasnya".to_owned()));
    };
    match levels.get(induk) {
        None if all.contains(induk) => Some((
            format!("induk \"{induk}\" belum ada di baris sebelumnya"),
            "letakkan induk di atas anaknya dan pastikan barisnya benar".to_owned(),
        )),
        None => Some((
            format!("induk \"{induk}\" tidak ada"),
            "tambahkan barisnya di rencana.csv atau betulkan kodenya".to_owned(),
        )),
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

fn organisation(potret: &mut Potret, report: &mut Laporan<'_, '_>) -> HashSet<String> {
    let mut known = HashSet::new();
    potret.unit.retain(|u| {
        if let Some(induk) = &u.induk
            && !known.contains(induk)
        {
            report.dangling("unit", &u.kode, "induk", induk, "unit.csv, di atas anaknya");
            return false;
        }
        known.insert(u.kode.clone())
    });
    known
}

/// Finds the line again of what is wrong.
struct Laporan<'i, 'm> {
    isian: &'i Isian,
    masalah: &'m mut Vec<Masalah>,
}

impl Laporan<'_, '_> {
    fn row(&mut self, nama: &str, kode: &str, kolom: &str, apa: String, saran: String) {
        let Some(lembar) = Lembar::find(nama) else { return };
        let key = lembar.kunci.first().and_then(|k| lembar.position(k)).unwrap_or(0);
        let rows = sheet(self.isian, nama);
        let baris = rows.iter().find(|b| b.sel.get(key).is_some_and(|s| s.trim() == kode)).map(|b| b.nomor);
        self.masalah.push(Masalah { berkas: lembar.file(), baris, kolom: kolom.to_owned(), apa, saran });
    }

    fn dangling(&mut self, nama: &str, kode: &str, kolom: &str, target: &str, file: &str) {
        self.row(
            nama,
            kode,
            kolom,
            format!("\"{target}\" tidak ada"),
            format!("tambahkan di {file} atau betulkan kodenya"),
        );
    }

    fn check(
        &mut self,
        nama: &str,
        kode: &str,
        kolom: &str,
        target: Option<&str>,
        known: &HashSet<String>,
        file: &str,
    ) -> bool {
        match target {
            Some(target) if !known.contains(target) => {
                self.dangling(nama, kode, kolom, target, file);
                false
            }
            _ => true,
        }
    }
}
