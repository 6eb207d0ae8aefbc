//! Present in one kind of table, absent in another.

use crate::aturan::{Aturan, JenisTabel};
use crate::model::{Model, Rekam, node_of};
use crate::nama::{Kecocokan, Nama};
use crate::temuan::{Sisi, Temuan};

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
    if there.is_empty() {
        return Vec::new();
    }
    // An agreement speaks of sasaran only; a plan's programmes are not looked for in it.
    let levels: Vec<_> = there.iter().map(|r| r.tingkat).collect();
    let mut found: Vec<Temuan> = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    for r in here {
        if !levels.contains(&r.tingkat)
            || told.contains(&r.kunci.as_str())
            || from.len() == 1 && is_tujuan_only(m, r, &there)
        {
            continue;
        }
        let nama = Nama::without_numbers(&r.indikator);
        let node = node_of(r);
        let known = |t: &&&Rekam<'_>| {
            node_of(t) == node && Nama::without_numbers(&t.indikator).compare(&nama) >= Kecocokan::Mirip(60)
        };
        if there.iter().find(known).is_some() {
            continue;
        }
        told.push(&r.kunci);
        let where_to = label(to[0]);
        let place = m.row_side(there[0], "tidak ada");
        found.push(
            Temuan::new(a, format!("{} tidak ada dalam {where_to}", r.indikator), m.row_side(r, r.indikator.clone()))
                .against(Sisi { hal: format!("{where_to}, {}", place.hal), ..place }),
        );
    }
    found
}

/// Whether a row is about a tujuan while the other side knows sasaran only.
fn is_tujuan_only(m: &Model<'_>, r: &Rekam<'_>, there: &[&Rekam<'_>]) -> bool {
    use crate::aturan::Tingkat;
    let goal = m.rekam.iter().any(|q| q.kunci == r.kunci && q.tingkat == Tingkat::Tujuan);
    goal && !there.iter().any(|t| t.tingkat == Tingkat::Tujuan)
}
