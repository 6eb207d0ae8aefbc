//! Checks of component 4, internal evaluation.

use super::bahan::{as_good, guidance, indicator};
use super::hasil::Hasil;
use super::{Bahan, Periksa, Rujukan, Tempat, check};
use crate::evaluasi::{Evaluasi, Jawaban, Penilai};
use crate::rekomendasi::KeadaanTindakLanjut;

pub(super) const CHECKS: [Periksa; 11] = [
    check("4.a.1", Tempat::LandasanHukum, guideline),
    check("4.a.2", Tempat::Evaluasi, everywhere),
    check("4.a.3", Tempat::Evaluasi, tiered),
    check("4.b.1", Tempat::Evaluasi, by_the_rules),
    check("4.b.3", Tempat::Evaluasi, deep),
    check("4.b.4", Tempat::Evaluasi, everywhere),
    check("4.b.5", Tempat::Evaluasi, in_tolok),
    check("4.c.1", Tempat::Rekomendasi, followed_up),
    check("4.c.2", Tempat::Evaluasi, better_score),
    check("4.c.3", Tempat::Rekomendasi, planned),
    check("4.c.5", Tempat::Indikator, better_performance),
];

fn guideline(b: &Bahan<'_>) -> Hasil {
    let mut found = guidance(b.potret(), &["evaluasi"]);
    let regulated = this(b).filter(|e| b.potret().template(&e.templat).is_some_and(|t| !t.peraturan.is_empty()));
    found.extend(regulated.map(|e| Rujukan::Evaluasi(e.kode.clone())));
    Hasil::any(
        "Pedoman evaluasi",
        found,
        "Tidak ada pedoman evaluasi dalam landasan hukum dan tidak ada evaluasi menurut peraturan",
    )
}

/// The evaluation of the year, or of the year before while that has none.
fn this<'a>(b: &Bahan<'a>) -> Option<&'a Evaluasi> {
    b.potret().evaluation_of(b.tahun()).or_else(|| b.potret().evaluation_of(b.tahun() - 1))
}

fn everywhere(b: &Bahan<'_>) -> Hasil {
    match b.kantor {
        Some(kantor) => Hasil::share(kantor, "perangkat daerah sudah dievaluasi"),
        None => Hasil::any(
            "Evaluasi perangkat daerah ini",
            this(b).map(|e| Rujukan::Evaluasi(e.kode.clone())).into_iter().collect(),
            "Perangkat daerah ini belum dievaluasi",
        ),
    }
}

fn answers<'a>(b: &Bahan<'a>, penilai: Penilai) -> impl Iterator<Item = &'a Jawaban> {
    let kode = this(b).map(|e| e.kode.as_str());
    b.potret().jawaban.iter().filter(move |j| Some(j.evaluasi.as_str()) == kode && j.penilai == penilai)
}

fn tiered(b: &Bahan<'_>) -> Hasil {
    let Some(evaluasi) = this(b) else { return Hasil::any("", Vec::new(), "Belum ada evaluasi") };
    let raters = Penilai::ALL
        .map(|p| (Rujukan::Jawaban(evaluasi.kode.clone(), p.as_str().to_owned()), answers(b, p).next().is_some()));
    Hasil::count("penilai menjawab: instansi, evaluator, penjamin mutu", raters)
}

fn by_the_rules(b: &Bahan<'_>) -> Hasil {
    let found = this(b).and_then(|e| Some((e, b.potret().template(&e.templat)?)));
    let Some((evaluasi, templat)) = found else { return Hasil::any("", Vec::new(), "Belum ada evaluasi") };
    let answered = |kode: &str| answers(b, Penilai::Evaluator).any(|j| j.kode == kode);
    Hasil::count(
        "kriteria dijawab evaluator",
        templat.criteria().map(|k| (Rujukan::Jawaban(evaluasi.kode.clone(), k.kode.clone()), answered(&k.kode))),
    )
}

fn deep(b: &Bahan<'_>) -> Hasil {
    Hasil::count(
        "jawaban evaluator disertai alasan atau bukti",
        answers(b, Penilai::Evaluator).map(|j| {
            let supported = !j.alasan.is_empty() || !j.bukti.is_empty();
            (Rujukan::Jawaban(j.evaluasi.clone(), j.kode.clone()), supported)
        }),
    )
}

fn in_tolok(b: &Bahan<'_>) -> Hasil {
    let found = this(b).filter(|_| answers(b, Penilai::Evaluator).next().is_some());
    Hasil::any(
        "Lembar kerja diisi dalam aplikasi",
        found.map(|e| Rujukan::Evaluasi(e.kode.clone())).into_iter().collect(),
        "Lembar kerja evaluator belum diisi dalam aplikasi",
    )
}

fn followed_up(b: &Bahan<'_>) -> Hasil {
    let potret = b.potret();
    let states = potret.rekomendasi.iter().map(|r| (r, potret.state_of(&r.kode)));
    let possible = states.filter(|(_, keadaan)| *keadaan != KeadaanTindakLanjut::TidakDapat);
    Hasil::count(
        "rekomendasi selesai ditindaklanjuti",
        possible.map(|(r, keadaan)| (Rujukan::Rekomendasi(r.kode.clone()), keadaan == KeadaanTindakLanjut::Selesai)),
    )
}

fn better_score(b: &Bahan<'_>) -> Hasil {
    let mut known: Vec<_> = b.potret().evaluasi.iter().filter(|e| e.tahun <= b.tahun()).collect();
    known.sort_by_key(|e| e.tahun);
    let scored: Vec<_> = known.into_iter().filter_map(|e| Some((e, e.nilai?))).collect();
    let [.., (before, then), (last, now)] = scored.as_slice() else {
        return Hasil::unknown("Belum ada dua nilai evaluasi untuk dibandingkan");
    };
    // Scores by different regulations are not of one measure.
    if before.templat != last.templat {
        let bukti = [last, before].map(|e| Rujukan::Evaluasi(e.kode.clone())).into();
        return Hasil { bukti, ..Hasil::unknown("Dua evaluasi terakhir memakai templat yang berbeda") };
    }
    Hasil::count(
        "nilai evaluasi terakhir lebih tinggi daripada sebelumnya",
        [(Rujukan::Evaluasi(last.kode.clone()), now > then)],
    )
}

fn planned(b: &Bahan<'_>) -> Hasil {
    let potret = b.potret();
    let has_steps = |kode: &str| potret.follow_up_of(kode).next().is_some();
    Hasil::count(
        "rekomendasi mempunyai langkah tindak lanjut",
        potret.rekomendasi.iter().map(|r| (Rujukan::Rekomendasi(r.kode.clone()), has_steps(&r.kode))),
    )
}

fn better_performance(b: &Bahan<'_>) -> Hasil {
    let judged = b.key().filter_map(|u| {
        let good = as_good(u.indikator.arah, u.realisasi.nilai.number()?, b.last_year(u.indikator)?)?;
        Some((indicator(u), good))
    });
    Hasil::count("indikator utama tidak lebih buruk daripada tahun lalu", judged)
}
