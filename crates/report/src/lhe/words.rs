//! Sentences of the LHE.

use tolok_domain::calendar::written_date;
use tolok_domain::evaluasi::templat::Subkomponen;
use tolok_domain::evaluasi::{suggest, trend as by_year};
use tolok_domain::number::{write_decimal, write_percent};
use tolok_domain::rekomendasi::Rekomendasi;

use super::Isi;

/// What was evaluated, by what.
pub(super) fn opening(isi: &Isi<'_>) -> String {
    let by = if isi.templat.peraturan.is_empty() { &isi.templat.judul } else { &isi.templat.peraturan };
    format!(
        "Evaluasi atas implementasi Sistem Akuntabilitas Kinerja Instansi Pemerintah (SAKIP) tahun {} pada {} telah dilaksanakan \
         menurut {by}, meliputi {}.",
        isi.evaluasi.tahun,
        isi.office(),
        join(isi.templat.komponen.iter().map(|k| k.nama.to_lowercase())),
    )
}

/// The score, or how far it has come.
pub(super) fn result(isi: &Isi<'_>) -> String {
    match (isi.skor.nilai, isi.skor.predikat) {
        (Some(nilai), Some(predikat)) => format!(
            "Hasil evaluasi menunjukkan nilai {} dengan predikat {} ({}).",
            write_percent(nilai),
            predikat.kode,
            predikat.label
        ),
        _ => format!(
            "Penilaian belum selesai: {} subkomponen sudah dinilai, dengan nilai {} dari bobot {}.",
            isi.skor.dinilai,
            write_percent(isi.skor.terkumpul),
            write_percent(isi.skor.bobot)
        ),
    }
}

/// The year before, where its score is known.
pub(super) fn trend(isi: &Isi<'_>) -> Option<String> {
    let now = isi.skor.nilai?;
    let years = by_year(isi.potret);
    let before = years.iter().rfind(|t| t.tahun < isi.evaluasi.tahun && t.nilai.is_some())?;
    let then = before.nilai?;
    if before.evaluasi.templat != isi.evaluasi.templat {
        let by = isi.potret.template(&before.evaluasi.templat).map_or("", |t| t.peraturan.as_str());
        return Some(format!(
            "Nilai tahun {} adalah {} menurut {by}; karena ukurannya berbeda, keduanya tidak dibandingkan langsung.",
            before.tahun,
            write_percent(then)
        ));
    }
    let change = match now.cmp(&then) {
        std::cmp::Ordering::Greater => format!("naik {}", write_percent(now - then)),
        std::cmp::Ordering::Less => format!("turun {}", write_percent(then - now)),
        std::cmp::Ordering::Equal => "tetap".to_owned(),
    };
    Some(format!("Dibandingkan tahun {} ({}), nilainya {change}.", before.tahun, write_percent(then)))
}

/// How a subkomponen was graded.
pub(super) fn graded(isi: &Isi<'_>, part: &Subkomponen) -> String {
    let found = isi.skor.komponen.iter().flat_map(|k| &k.subkomponen).find(|s| s.subkomponen.kode == part.kode);
    let usul = suggest(isi.templat, part, &isi.pilih);
    let points = found
        .and_then(|s| s.nilai)
        .map_or_else(|| "belum dinilai".to_owned(), |x| format!("nilai {}", write_percent(x)));
    let grade = found.and_then(|s| s.gradasi).map(|g| format!(", gradasi {g}")).unwrap_or_default();
    let share = usul.terpenuhi.map(|x| format!("; kriteria terpenuhi {}%", write_percent(x))).unwrap_or_default();
    format!(
        "{points} dari bobot {}{grade}{share}; {} kriteria dijawab.",
        write_decimal(part.bobot.normalize(), None),
        usul.dijawab
    )
}

/// A recommendation with its day.
pub(super) fn recommendation(r: &Rekomendasi) -> String {
    let text = r.rekomendasi.trim_end_matches([';', '.']);
    let until = written_date(&r.batas).map(|day| format!(" (paling lambat {day})")).unwrap_or_default();
    format!("{text}{until}.")
}

fn join(words: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = words.collect();
    match all.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} dan {last}", rest.join(", ")),
        _ => all.concat(),
    }
}
