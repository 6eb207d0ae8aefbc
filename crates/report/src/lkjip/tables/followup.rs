//! Recommendations and what became of them (chapter IV).

use tolok_domain::Pengukuran;

use crate::lkjip::cells::{group, header, left, middle, row, text};
use crate::naskah::Tabel;

/// The recommendations by aspect.
pub(super) fn recommendations(hasil: &Pengukuran<'_>) -> Tabel {
    let mut isi = Vec::new();
    let mut aspek = "";
    let mut number = 0;
    for r in &hasil.potret.rekomendasi {
        if r.aspek != aspek {
            aspek = &r.aspek;
            isi.push(group(aspek, 2));
        }
        number += 1;
        isi.push(row(vec![text(number.to_string()), text(&r.rekomendasi)]));
    }
    Tabel {
        judul: format!("Rekomendasi Hasil Evaluasi Tahun {}", hasil.potret.tahun - 1),
        kolom: vec![middle(6), left(90)],
        kepala: vec![header(&["No", "Rekomendasi"])],
        isi,
        ..Tabel::default()
    }
}

/// Each recommendation beside its follow-up.
pub(super) fn follow_up(hasil: &Pengukuran<'_>) -> Tabel {
    let mut isi = Vec::new();
    let mut aspek = "";
    let mut number = 0;
    for r in &hasil.potret.rekomendasi {
        if r.aspek != aspek {
            aspek = &r.aspek;
            isi.push(group(aspek, 5));
        }
        number += 1;
        let unit = r.unit.as_deref().and_then(|kode| hasil.potret.unit(kode)).map_or("", |u| &u.nama);
        isi.push(row(vec![
            text(number.to_string()),
            text(&r.rekomendasi),
            text(&r.tindak_lanjut),
            text(&r.status),
            text(unit),
        ]));
    }
    Tabel {
        judul: format!("Tindak Lanjut Rekomendasi Tahun {}", hasil.potret.tahun),
        kolom: vec![middle(5), left(34), left(34), left(9), left(16)],
        kepala: vec![header(&["No", "Rekomendasi", "Tindak Lanjut", "Status", "Penanggung Jawab"])],
        isi,
        ..Tabel::default()
    }
}
