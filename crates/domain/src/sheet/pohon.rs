//! Rows of the pohon kinerja and of the links between offices.

use std::collections::{HashMap, HashSet};

use super::plan::each;
use super::references::Laporan;
use super::row::{Masalah, Pembaca};
use super::write::{opt, s};
use super::{Isian, Rekam, words};
use crate::pohon::{DEEPEST, KeadaanSilang, Kondisi, Silang, TingkatKondisi};
use crate::snapshot::Potret;

impl Rekam for Kondisi {
    const LEMBAR: &'static str = "pohon";

    fn read(row: &mut Pembaca<'_>) -> Option<Self> {
        let indikator: Vec<String> = row.text("indikator").split_whitespace().map(str::to_owned).collect();
        if let Some(twice) = indikator.iter().enumerate().find(|(i, kode)| indikator[..*i].contains(kode)) {
            row.wrong("indikator", format!("\"{}\" disebut dua kali", twice.1), "hapus salah satunya");
        }
        Some(Self {
            kode: row.string("kode"),
            induk: row.optional("induk"),
            tingkat: row.choice("tingkat", &words::condition_levels())?,
            uraian: row.string("uraian"),
            indikator,
            simpul: row.optional("simpul"),
            unit: row.optional("unit"),
        })
    }

    fn cells(&self) -> Vec<String> {
        vec![
            s(&self.kode),
            opt(self.induk.as_ref()),
            s(self.tingkat.as_str()),
            s(&self.uraian),
            self.indikator.join(" "),
            opt(self.simpul.as_ref()),
            opt(self.unit.as_ref()),
        ]
    }
}

pub(super) fn links(isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<Silang> {
    let (ways, states) = (words::link_ways(), words::link_states());
    each(isian, "silang", masalah, |row| {
        let link = Silang {
            kode: row.string("kode"),
            arah: row.choice("arah", &ways)?,
            kondisi: row.optional("kondisi"),
            instansi: row.string("instansi"),
            kondisi_lain: row.string("kondisi_lain"),
            uraian: row.string("uraian"),
            keadaan: match row.text("keadaan") {
                "" => KeadaanSilang::default(),
                _ => row.choice("keadaan", &states)?,
            },
            alasan: row.string("alasan"),
            penawaran: row.choice("penawaran", &[("", false), ("ya", true)])?,
        };
        if let Some((kolom, apa, saran)) = link.problem() {
            row.wrong(kolom, apa, saran);
        }
        Some(link)
    })
}

/// Parents first, no level above its parent's, and everything that is named exists.
pub(super) fn references(
    potret: &mut Potret,
    report: &mut Laporan<'_, '_>,
    units: &HashSet<String>,
    indicators: &HashSet<String>,
) {
    let nodes: HashSet<String> = potret.simpul.iter().map(|s| s.kode.clone()).collect();
    let mut known: HashMap<String, (TingkatKondisi, usize)> = HashMap::new();
    let mut waiting: HashSet<String> = potret.pohon.iter().map(|k| k.kode.clone()).collect();
    potret.pohon.retain(|k| {
        waiting.remove(&k.kode);
        let mut depth = 0;
        if let Some(induk) = &k.induk {
            let Some((level, above)) = known.get(induk) else {
                if waiting.contains(induk) || *induk == k.kode {
                    report.too_early("pohon", &k.kode, induk);
                } else {
                    report.dangling("pohon", &k.kode, "induk", induk);
                }
                return false;
            };
            if let Some(apa) = k.tingkat.refusal(*level) {
                report.row("pohon", &k.kode, "induk", apa, "betulkan tingkat atau induknya".to_owned());
                return false;
            }
            depth = above + 1;
        }
        if depth > DEEPEST {
            let apa = format!("lebih dari {DEEPEST} tingkat di bawah puncak");
            report.row("pohon", &k.kode, "induk", apa, "ringkas cabangnya".to_owned());
            return false;
        }
        known.insert(k.kode.clone(), (k.tingkat, depth));
        true
    });
    for k in &mut potret.pohon {
        report.mend("pohon", &k.kode, "simpul", &mut k.simpul, &nodes);
        report.mend("pohon", &k.kode, "unit", &mut k.unit, units);
        k.indikator.retain(|kode| report.leads("pohon", &k.kode, "indikator", kode, indicators));
    }
    let conditions: HashSet<String> = known.into_keys().collect();
    potret.silang.retain(|s| {
        s.kondisi.as_ref().is_none_or(|kode| report.leads("silang", &s.kode, "kondisi", kode, &conditions))
    });
}
