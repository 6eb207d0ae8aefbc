//! Tables of the LHE.

use tolok_domain::Decimal;
use tolok_domain::evaluasi::{Jawaban, Komponen, Penilai, Subkomponen};
use tolok_domain::number::write_decimal;
use tolok_domain::rekomendasi::PemberiPutusan;

use super::Isi;
use crate::lkjip::cells::{group, header, left, middle, percent, right, row, strong, text};
use crate::naskah::{NilaiSel, Ruas, Sel, Tabel};

/// Components and their parts with weight, grade and points.
pub(super) fn components(isi: &Isi<'_>) -> Tabel {
    let key = |kode: &str| format!("lke {} {kode}", isi.evaluasi.kode);
    let mut rows = Vec::new();
    for k in &isi.skor.komponen {
        let head = &k.komponen;
        let cells =
            vec![text(&head.kode), text(&head.nama), weight(head.bobot), text(""), percent(k.nilai, key(&head.kode))];
        rows.push(strong(cells));
        rows.extend(k.subkomponen.iter().map(|s| {
            let part = s.subkomponen;
            let name = if part.dimensi.is_empty() { part.nama.clone() } else { capital(&part.dimensi) };
            row(vec![
                text(&part.kode),
                text(name),
                weight(part.bobot),
                text(s.gradasi.unwrap_or("–")),
                percent(s.nilai, key(&part.kode)),
            ])
        }));
    }
    let grade = isi.skor.predikat.map_or_else(|| format!("{} subkomponen", isi.skor.dinilai), |p| p.kode.to_owned());
    let whole = isi.templat.komponen.iter().map(|k| k.bobot).sum();
    rows.push(strong(vec![
        text(""),
        text("Nilai AKIP"),
        weight(whole),
        text(grade),
        percent(isi.skor.nilai, key("nilai")),
    ]));
    Tabel {
        nama: "lhe_komponen".to_owned(),
        judul: format!("Hasil Evaluasi AKIP Tahun {}", isi.evaluasi.tahun),
        kolom: vec![middle(7), left(46), right(12), middle(14), right(14)],
        kepala: vec![header(&["Kode", "Komponen", "Bobot", "Gradasi", "Nilai"])],
        isi: rows,
        ..Tabel::default()
    }
}

fn weight(x: Decimal) -> Sel {
    Sel { nilai: Some(NilaiSel::Bilangan(x, 2)), ..text(write_decimal(x, Some(2))) }
}

fn capital(word: &str) -> String {
    crate::lkjip::cells::capital(word)
}

/// Criteria that are not met in full, with the evaluator's reason.
pub(super) fn open(isi: &Isi<'_>, part: &Subkomponen) -> Option<Tabel> {
    let best = |kode: &str| isi.templat.options(kode).first().map(|(option, _)| (*option).to_owned());
    let rows: Vec<_> = part
        .kriteria
        .iter()
        .filter(|k| isi.pilih.get(k.kode.as_str()).is_some_and(|chosen| Some((*chosen).to_owned()) != best(&k.kode)))
        .map(|k| {
            let said = said(isi, &k.kode, Penilai::PenjaminMutu).or_else(|| said(isi, &k.kode, Penilai::Evaluator));
            let reason = said.map_or("", |j| j.alasan.as_str());
            row(vec![text(&k.kode), text(&k.uraian), text(answer(said)), text(reason)])
        })
        .collect();
    (!rows.is_empty()).then(|| Tabel {
        nama: format!("lhe_belum_{}", part.kode),
        judul: format!("Kriteria yang belum terpenuhi pada {}", part.kode),
        kolom: vec![middle(8), left(42), middle(10), left(36)],
        kepala: vec![header(&["Kode", "Kriteria", "Jawaban", "Alasan"])],
        isi: rows,
        ..Tabel::default()
    })
}

fn said<'a>(isi: &Isi<'a>, kode: &str, penilai: Penilai) -> Option<&'a Jawaban> {
    let own = |j: &&Jawaban| j.evaluasi == isi.evaluasi.kode && j.penilai == penilai && j.kode == kode;
    isi.potret.jawaban.iter().find(own)
}

fn answer(jawaban: Option<&Jawaban>) -> String {
    let Some(jawaban) = jawaban else { return "belum dijawab".to_owned() };
    // Letters and grades are written in capitals, words small.
    let word = &jawaban.pilihan;
    if word.chars().count() == 1 { word.to_uppercase() } else { word.clone() }
}

/// The worksheet of a component: every criterion with the answers of all raters.
pub(super) fn worksheet(isi: &Isi<'_>, komponen: &Komponen) -> Tabel {
    const COLUMNS: usize = 7;
    let mut rows = Vec::new();
    for part in &komponen.subkomponen {
        rows.push(group(format!("{} {}", part.kode, part.nama), COLUMNS));
        rows.extend(part.kriteria.iter().map(|k| line(isi, &k.kode, &k.uraian)));
        if isi.templat.grades_of(part).is_empty() {
            continue;
        }
        let mut grade = line(isi, &part.kode, "Gradasi subkomponen");
        grade.gaya = crate::naskah::GayaBaris::Tebal;
        rows.push(grade);
    }
    Tabel {
        nama: format!("lhe_lke_{}", komponen.kode),
        judul: format!("Lembar kerja evaluasi: {}", komponen.nama),
        kolom: vec![middle(7), left(44), middle(9), middle(9), middle(9), left(30), left(20)],
        kepala: vec![header(&["Kode", "Kriteria", "Mandiri", "Evaluator", "Penjamin mutu", "Alasan", "Bukti"])],
        isi: rows,
        ..Tabel::default()
    }
}

fn line(isi: &Isi<'_>, kode: &str, uraian: &str) -> crate::naskah::Baris {
    let [own, evaluator, second] = Penilai::ALL.map(|p| said(isi, kode, p));
    let counted = second.or(evaluator).or(own);
    let cell = |j: Option<&Jawaban>| text(j.map_or_else(|| "–".to_owned(), |_| answer(j)));
    row(vec![
        text(kode),
        text(uraian),
        cell(own),
        cell(evaluator),
        cell(second),
        text(counted.map_or("", |j| j.alasan.as_str())),
        text(counted.map_or("", |j| j.bukti.as_str())),
    ])
}

/// What became of the recommendations of earlier evaluations.
pub(super) fn follow_up(isi: &Isi<'_>) -> Option<Tabel> {
    let potret = isi.potret;
    let earlier = potret.rekomendasi.iter().filter(|r| r.evaluasi.as_ref() != Some(&isi.evaluasi.kode));
    let rows: Vec<_> = (1..)
        .zip(earlier)
        .map(|(n, r)| {
            let verdict = |oleh| potret.verdict_by(&r.kode, oleh);
            let shown = |oleh| verdict(oleh).map_or("belum ada", |p| p.keadaan.label());
            row(vec![
                text(n.to_string()),
                text(&r.rekomendasi),
                text(&r.tindak_lanjut),
                text(shown(PemberiPutusan::Instansi)),
                text(shown(PemberiPutusan::Evaluator)),
                Sel {
                    isi: vec![Ruas::text(verdict(PemberiPutusan::Evaluator).map_or("", |p| p.alasan.as_str()))],
                    ..Sel::default()
                },
            ])
        })
        .collect();
    (!rows.is_empty()).then(|| Tabel {
        nama: "lhe_tindak_lanjut".to_owned(),
        judul: "Tindak lanjut rekomendasi evaluasi sebelumnya".to_owned(),
        kolom: vec![middle(5), left(30), left(30), left(13), left(13), left(20)],
        kepala: vec![header(&[
            "No",
            "Rekomendasi",
            "Tindak lanjut",
            "Menurut instansi",
            "Menurut evaluator",
            "Alasan",
        ])],
        isi: rows,
        ..Tabel::default()
    })
}
