//! Present in one kind of table, absent in another.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::aturan::{Aturan, JenisTabel, Tingkat};
use crate::kumpulan::Kumpulan;
use crate::model::{Model, Rekam, node_of};
use crate::nama::{Kecocokan, Nama};
use crate::temuan::{Sisi, Temuan};

/// Alike in so many percent of their words: taken for one indicator.
const ALIKE: Kecocokan = Kecocokan::Mirip(60);

/// The word for readers.
pub(super) const fn label(jenis: JenisTabel) -> &'static str {
    match jenis {
        JenisTabel::Renstra => "Renstra",
        JenisTabel::Iku => "IKU",
        JenisTabel::Pk => "Perjanjian Kinerja",
        JenisTabel::Renja => "rencana kerja dan anggaran",
        JenisTabel::RencanaAksi => "Rencana Aksi",
        JenisTabel::Pengukuran => "pengukuran kinerja",
        JenisTabel::Anggaran => "realisasi anggaran",
        JenisTabel::Runtun => "tabel antartahun",
        JenisTabel::Lain => "tabel lain",
    }
}

pub(super) fn without_counterpart(
    m: &Model<'_>,
    a: &'static Aturan,
    from: &[JenisTabel],
    to: &[JenisTabel],
) -> Vec<Temuan> {
    let of = |kinds: &[JenisTabel]| -> Vec<&Rekam<'_>> {
        m.rekam.iter().filter(|r| kinds.contains(&m.table_of(r).jenis) && !r.indikator.is_empty()).collect()
    };
    let (here, there) = (of(from), of(to));
    if here.is_empty() || there.is_empty() {
        return Vec::new();
    }
    // An agreement speaks of sasaran only; a plan's programmes are not looked for in it.
    let levels: BTreeSet<Tingkat> = there.iter().map(|r| r.tingkat).collect();
    // A row about a tujuan is not looked for where the other side knows sasaran only.
    let goals: HashSet<&str> = if from.len() == 1 && !levels.contains(&Tingkat::Tujuan) {
        m.rekam.iter().filter(|r| r.tingkat == Tingkat::Tujuan).map(|r| r.kunci.as_str()).collect()
    } else {
        HashSet::new()
    };
    let mut known: HashMap<String, Kumpulan<()>> = HashMap::new();
    for r in &there {
        known.entry(node_of(r)).or_default().push(Nama::without_numbers(&r.indikator), ());
    }
    let mut found: Vec<Temuan> = Vec::new();
    let mut told: HashSet<&str> = HashSet::new();
    for r in &here {
        if !levels.contains(&r.tingkat) || told.contains(r.kunci.as_str()) || goals.contains(r.kunci.as_str()) {
            continue;
        }
        let nama = Nama::without_numbers(&r.indikator);
        let names = known.get(&node_of(r));
        if names.is_some_and(|n| n.same(&nama).is_some() || n.best(&nama, here.len(), ALIKE).is_some()) {
            continue;
        }
        told.insert(&r.kunci);
        let where_to = label(to[0]);
        let place = m.row_side(there[0], "tidak ada");
        found.push(
            Temuan::new(a, format!("{} tidak ada dalam {where_to}", r.indikator), m.row_side(r, r.indikator.clone()))
                .against(Sisi { hal: format!("{where_to}, {}", place.hal), ..place }),
        );
    }
    found
}
