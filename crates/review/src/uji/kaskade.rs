//! Holes in the plan.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::aturan::{Aturan, JenisTabel, Tingkat, Ukuran, Unsur};
use crate::model::{Model, Rekam};
use crate::temuan::{Keparahan, Sisi, Temuan};
use tolok_domain::bacaan::PeranKolom;
use tolok_domain::period::Tahun;

/// What [`holes`] looks for.
pub(super) struct Lubang<'a> {
    pub tingkat: &'a [Tingkat],
    pub tabel: &'a [JenisTabel],
    pub punya: &'a [Unsur],
    pub tanpa: Unsur,
    pub beralasan: Option<bool>,
}

const fn ukuran(unsur: Unsur) -> Option<Ukuran> {
    match unsur {
        Unsur::Target => Some(Ukuran::Target),
        Unsur::Realisasi => Some(Ukuran::Realisasi),
        Unsur::Capaian => Some(Ukuran::Capaian),
        Unsur::Pagu => Some(Ukuran::Pagu),
        Unsur::RealisasiAnggaran => Some(Ukuran::RealisasiAnggaran),
        Unsur::Serapan => Some(Ukuran::Serapan),
        Unsur::Indikator | Unsur::Satuan | Unsur::Keterangan => None,
    }
}

const fn label(unsur: Unsur) -> &'static str {
    match unsur {
        Unsur::Indikator => "indikator",
        Unsur::Satuan => "satuan",
        Unsur::Target => "target",
        Unsur::Realisasi => "realisasi",
        Unsur::Capaian => "capaian",
        Unsur::Pagu => "pagu",
        Unsur::RealisasiAnggaran => "realisasi anggaran",
        Unsur::Serapan => "serapan",
        Unsur::Keterangan => "keterangan",
    }
}

fn has(r: &Rekam<'_>, unsur: Unsur, tahun: Option<Tahun>) -> bool {
    match (unsur, ukuran(unsur)) {
        (_, Some(u)) => r.value(u, tahun).is_some_and(|i| !i.kosong),
        (Unsur::Satuan, _) => !r.satuan.is_empty() || r.values(Ukuran::Target).any(|i| i.sel.teks.contains('%')),
        (Unsur::Keterangan, _) => !r.keterangan.is_empty(),
        _ => !r.indikator.is_empty(),
    }
}

/// Whether the table has a place for it at all.
fn has_column(m: &Model<'_>, r: &Rekam<'_>, unsur: Unsur, tahun: Option<Tahun>) -> bool {
    match (unsur, ukuran(unsur)) {
        (_, Some(u)) => r.value(u, tahun).is_some(),
        (Unsur::Satuan, _) => m.table_of(r).asal.kolom.iter().any(|k| k.peran == PeranKolom::Satuan),
        (Unsur::Keterangan, _) => m.table_of(r).asal.kolom.iter().any(|k| k.peran == PeranKolom::Keterangan),
        _ => m.table_of(r).asal.kolom.iter().any(|k| k.peran == PeranKolom::Indikator),
    }
}

pub(super) fn holes(m: &Model<'_>, a: &'static Aturan, look: &Lubang<'_>) -> Vec<Temuan> {
    let mut found = Vec::new();
    let measured: LazyCell<HashSet<_>, _> =
        LazyCell::new(|| m.rekam.iter().filter(|r| !r.indikator.is_empty()).map(node).collect());
    for r in &m.rekam {
        let table = m.table_of(r);
        let fits = (look.tingkat.is_empty() || look.tingkat.contains(&r.tingkat))
            && (look.tabel.is_empty() || look.tabel.contains(&table.jenis));
        // Money stands on the first row of a node.
        let money = matches!(look.tanpa, Unsur::Pagu | Unsur::RealisasiAnggaran | Unsur::Indikator);
        if !fits || r.tingkat == Tingkat::Total || (money && !r.nama_tertulis) {
            continue;
        }
        let tahun = m.naskah[table.naskah].tahun.or(table.tahun);
        let there = look.punya.iter().all(|u| has(r, *u, tahun));
        let reasoned = look.beralasan.is_none_or(|b| b == has(r, Unsur::Keterangan, tahun));
        if !there || !reasoned || has(r, look.tanpa, tahun) || !has_column(m, r, look.tanpa, tahun) {
            continue;
        }
        // A node's further indicators carry its money or its indicator.
        if look.tanpa == Unsur::Indikator && measured.contains(&node(r)) {
            continue;
        }
        let what = label(look.tanpa);
        let side = match ukuran(look.tanpa).and_then(|u| r.value(u, tahun)) {
            Some(isi) => m.side(r, isi, what),
            None => Sisi { hal: format!("{what}, {}", table.nama), ..m.row_side(r, "kosong") },
        };
        let subject = r.subject(matches!(look.tanpa, Unsur::Pagu | Unsur::RealisasiAnggaran | Unsur::Indikator));
        let finding = Temuan::new(a, format!("{subject} tanpa {what}"), side);
        let beside = look.punya.iter().rev().find_map(|u| {
            let isi = r.value(ukuran(*u)?, tahun)?;
            Some(m.side(r, isi, label(*u)))
        });
        let reason = has(r, Unsur::Keterangan, tahun) && look.beralasan.is_none() && look.tanpa == Unsur::Realisasi;
        let finding = if reason {
            finding.graded(Keparahan::Info).because(format!("Keterangan di tabel: {}.", r.keterangan))
        } else {
            finding
        };
        found.push(match beside {
            Some(b) => finding.against(b),
            None => finding,
        });
    }
    found
}

/// A node in a table.
fn node<'r>(r: &'r Rekam<'_>) -> (usize, Option<&'r str>, &'r str) {
    (r.tabel, r.kode.as_deref(), &r.nama)
}

/// Nodes of a plan with several indicators and one ceiling.
pub(super) fn one_ceiling(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut nodes: BTreeMap<(usize, String), Vec<&Rekam<'_>>> = BTreeMap::new();
    let plan = m.rekam.iter().filter(|r| m.table_of(r).jenis == JenisTabel::Renja && r.tingkat == Tingkat::SubKegiatan);
    for r in plan.filter(|r| !r.indikator.is_empty()) {
        nodes.entry((r.tabel, r.kode.clone().unwrap_or_else(|| r.nama.clone()))).or_default().push(r);
    }
    let mut found = Vec::new();
    for rows in nodes.values().filter(|rows| rows.len() > 1) {
        let priced: Vec<_> =
            rows.iter().filter_map(|r| Some((*r, r.values(Ukuran::Pagu).find(|i| i.angka.is_some())?))).collect();
        if let [(r, isi)] = priced.as_slice() {
            found.push(
                Temuan::new(
                    a,
                    format!("{} indikator {} berbagi satu pagu", rows.len(), r.subject(true)),
                    m.side(r, isi, "Pagu"),
                )
                .against(m.row_side(rows[rows.len() - 1], rows[rows.len() - 1].indikator.clone())),
            );
        }
    }
    found
}

/// The same indicator of the same node twice in a table.
pub(super) fn twice(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut seen: BTreeMap<(usize, &str), &Rekam<'_>> = BTreeMap::new();
    let mut found = Vec::new();
    for r in m.rekam.iter().filter(|r| !r.kunci.is_empty() && r.isi.iter().any(|i| i.angka.is_some())) {
        // A table that joins several offices' or fields' parts repeats the tujuan on purpose.
        if r.tingkat == Tingkat::Tujuan {
            continue;
        }
        match seen.get(&(r.tabel, r.kunci.as_str())) {
            Some(first) if first.letak != r.letak => found.push(
                Temuan::new(a, format!("{} tercantum dua kali", r.indikator), m.row_side(r, r.indikator.clone()))
                    .against(m.row_side(first, first.indikator.clone())),
            ),
            Some(_) => {}
            None => {
                seen.insert((r.tabel, &r.kunci), r);
            }
        }
    }
    found
}

/// Nodes of a level without any node of the next level under them, in tables that have that level.
pub(super) fn childless(m: &Model<'_>, a: &'static Aturan, tingkat: Tingkat, anak: Tingkat) -> Vec<Temuan> {
    let codes: BTreeSet<&str> =
        m.rekam.iter().filter(|q| q.tingkat == anak).filter_map(|q| q.kode.as_deref()).collect();
    let mut found = Vec::new();
    for (t, table) in m.tabel.iter().enumerate() {
        let rows: Vec<&Rekam<'_>> = m.rows_of(t).map(|(_, r)| r).filter(|r| r.nama_tertulis).collect();
        if table.jenis != JenisTabel::Renja || rows.iter().filter(|r| r.tingkat == anak).count() < 2 {
            continue;
        }
        for r in rows.iter().filter(|r| r.tingkat == tingkat && r.kode.is_some()) {
            let prefix = format!("{}.", r.kode.as_deref().unwrap_or_default());
            let below = codes.range(prefix.as_str()..).next().is_some_and(|code| code.starts_with(&prefix));
            if !below {
                let what = if anak == Tingkat::Kegiatan { "kegiatan" } else { "sub kegiatan" };
                found.push(Temuan::new(a, format!("{} tanpa {what}", r.subject(true)), m.row_side(r, r.nama.clone())));
            }
        }
    }
    found
}
