//! The long form.

use tolok_domain::evaluasi::Komponen;
use tolok_domain::number::write_percent;

use super::{Isi, heading, paragraph, recommendations, tables, words};
use crate::naskah::{Bagian, Blok, JenisDaftar, Naskah, Penomoran, Sampul};

pub(super) fn build(isi: &Isi<'_>) -> Naskah {
    let contents = Bagian {
        penomoran: Penomoran::Romawi,
        mulai_ulang: true,
        isi: vec![heading(1, "", "DAFTAR ISI"), Blok::DaftarIsi(JenisDaftar::Isi)],
        ..Bagian::default()
    };
    let body = Bagian { penomoran: Penomoran::Arab, mulai_ulang: true, isi: body(isi), ..Bagian::default() };
    let annex = Bagian { lebar: true, penomoran: Penomoran::Arab, isi: annex(isi), ..Bagian::default() };
    let naskah = isi.naskah("Laporan Hasil Evaluasi AKIP", vec![contents, body, annex]);
    Naskah {
        sampul: Sampul {
            judul: vec![
                "LAPORAN HASIL EVALUASI".to_owned(),
                "AKUNTABILITAS KINERJA INSTANSI PEMERINTAH".to_owned(),
                format!("TAHUN {}", isi.evaluasi.tahun),
            ],
            instansi: vec![isi.potret.instansi.nama.to_uppercase(), isi.potret.instansi.daerah.to_uppercase()],
            alamat: [&isi.evaluasi.evaluator, &isi.evaluasi.nomor_lhe]
                .into_iter()
                .filter(|s| !s.is_empty())
                .cloned()
                .collect(),
        },
        ..naskah
    }
}

fn body(isi: &Isi<'_>) -> Vec<Blok> {
    let mut blocks = vec![heading(1, "BAB I", "PENDAHULUAN"), paragraph(words::opening(isi))];
    if !isi.evaluasi.catatan.is_empty() {
        blocks.push(paragraph(format!("Catatan: {}.", isi.evaluasi.catatan.trim_end_matches('.'))));
    }
    blocks.push(paragraph(format!(
        "Lembar kerja memuat {} komponen, {} subkomponen dan {} kriteria. Jawaban evaluator dapat \
         dibandingkan dengan penilaian mandiri instansi pada lampiran.",
        isi.templat.komponen.len(),
        isi.templat.parts().count(),
        isi.templat.criteria().count()
    )));
    blocks.push(heading(1, "BAB II", "HASIL EVALUASI"));
    blocks.push(paragraph(words::result(isi)));
    blocks.extend(words::trend(isi).map(paragraph));
    blocks.push(Blok::Tabel(tables::components(isi)));
    for komponen in &isi.templat.komponen {
        blocks.extend(component(isi, komponen));
    }
    blocks.push(heading(1, "BAB III", "REKOMENDASI DAN TINDAK LANJUT"));
    blocks.extend(recommendations(isi));
    if let Some(table) = tables::follow_up(isi) {
        blocks.push(paragraph(format!("{}:", table.judul)));
        blocks.push(Blok::Tabel(table));
    }
    blocks.push(heading(1, "BAB IV", "PENUTUP"));
    blocks.push(paragraph(format!(
        "Demikian hasil evaluasi AKIP tahun {} pada {} untuk dipergunakan dalam perbaikan perencanaan, pengukuran, pelaporan dan \
         pencapaian kinerja.",
        isi.evaluasi.tahun,
        isi.office()
    )));
    blocks.push(isi.signature());
    blocks
}

fn component(isi: &Isi<'_>, komponen: &Komponen) -> Vec<Blok> {
    let points = isi.skor.komponen.iter().find(|k| k.komponen.kode == komponen.kode).and_then(|k| k.nilai);
    let title = match points {
        Some(x) => format!("{} ({} dari {})", komponen.nama, write_percent(x), write_percent(komponen.bobot)),
        None => format!("{} (belum selesai dinilai)", komponen.nama),
    };
    let mut blocks = vec![heading(2, &format!("{}.", komponen.kode), title)];
    for part in &komponen.subkomponen {
        blocks.push(heading(3, &part.kode, &part.nama));
        blocks.push(paragraph(format!("Subkomponen ini memperoleh {}", words::graded(isi, part))));
        blocks.extend(tables::open(isi, part).map(Blok::Tabel));
    }
    blocks
}

fn annex(isi: &Isi<'_>) -> Vec<Blok> {
    let mut blocks = vec![heading(1, "LAMPIRAN", "LEMBAR KERJA EVALUASI")];
    blocks.extend(isi.templat.komponen.iter().map(|k| Blok::Tabel(tables::worksheet(isi, k))));
    blocks
}
