//! What the columns hold: by the words of their header, by their values, and by the arithmetic between them.

use tolok_domain::JenisSimpul;
use tolok_domain::bacaan::PeranKolom;

use crate::baca::lower;

/// The role that header words name. `levels` are those of one column from the top, `caption` belongs to the table.
pub(super) fn by_words(levels: &[String], caption: &str) -> PeranKolom {
    let Some(last) = levels.last() else { return PeranKolom::Lain };
    let last = lower(last);
    let all = lower(&levels.join(" "));
    let words: Vec<&str> = all.split(|c: char| !(c.is_alphanumeric() || c == '%')).filter(|w| !w.is_empty()).collect();
    let tail: Vec<&str> = last.split(|c: char| !(c.is_alphanumeric() || c == '%')).filter(|w| !w.is_empty()).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let ends = |list: &[&str]| tail.iter().any(|word| list.contains(word));

    if matches!(tail[..], ["no"] | ["nomor"] | ["no", "urut"] | ["nomor", "urut"] | ["nr"]) {
        return PeranKolom::Nomor;
    }
    if ends(&["kode", "rekening", "rekoning", "norek"]) || has(&["kode"]) && tail.len() <= 2 {
        return PeranKolom::Kode;
    }
    if ends(&["satuan"]) && !has(&["harga", "biaya"]) {
        return PeranKolom::Satuan;
    }
    if has(&["keterangan", "ket", "alasan", "catatan"]) {
        return PeranKolom::Keterangan;
    }
    if has(&["penanggung", "penanggungjawab", "pengampu", "pelaksana", "pj", "pic"]) {
        return PeranKolom::PenanggungJawab;
    }
    if has(&["sumber"]) {
        return PeranKolom::SumberData;
    }
    if has(&["rumus", "formula", "formulasi", "cara", "perhitungan", "penghitungan", "definisi"]) {
        return PeranKolom::Rumus;
    }
    let percent = has(&["%", "persen", "persentase", "presentase", "prosentase", "persentasi"]);
    let money = has(&["anggaran", "pagu", "rp", "rupiah", "keuangan", "belanja", "dana", "apbd"]);
    let target = has(&["target", "rencana"]);
    // "s.d. triwulan IV": what was reached up to then.
    let until = ["s.d", "s/d", "sd.", "sampai dengan"].iter().any(|word| all.starts_with(word)) && !has(&["pagu"]);
    let spent = has(&["realisasi", "penyerapan", "terserap"]) || until && !target && (money || tail == ["kinerja"]);
    let reached = has(&["capaian", "pencapaian", "ketercapaian", "tercapai", "rasio"]);
    // How far two values are apart, and what was saved, are no achievement, although they are percentages.
    let change = has(&["perubahan", "pertumbuhan", "kenaikan", "penurunan", "peningkatan"]);
    if has(&["efisiensi"]) && !money && !target || change && percent && !(target || spent || reached || money) {
        return PeranKolom::Lain;
    }
    if percent && has(&["fisik"]) {
        return PeranKolom::Capaian;
    }
    if has(&["serapan", "penyerapan"]) && (percent || !money) || percent && money && !target {
        return PeranKolom::Serapan;
    }
    if money && !percent {
        return match (spent || reached, target || has(&["pagu", "anggaran", "dana", "kebutuhan", "apbd"])) {
            (true, _) => PeranKolom::RealisasiAnggaran,
            (false, true) => PeranKolom::Pagu,
            (false, false) => PeranKolom::Lain,
        };
    }
    // A column of names may mention what its indicators are about, but not the other way round.
    if has(&["indikator", "indicator", "iku"]) && !(target || spent || reached && percent) {
        return PeranKolom::Indikator;
    }
    if percent && !target && !(spent && !reached && !ends(&["%"])) {
        return PeranKolom::Capaian;
    }
    if spent {
        return PeranKolom::Realisasi;
    }
    if reached && !has(&["indikator"]) {
        // "Capaian" alone may be the measured value or its percentage; the table decides.
        return PeranKolom::Capaian;
    }
    // "Sasaran dan target" is a column of names.
    let of_target = !has(&["sasaran"]) || ends(&["target"]) || levels.len() > 1;
    if target && of_target {
        return PeranKolom::Target;
    }
    if has(&["kondisi"]) && has(&["akhir"]) {
        return PeranKolom::Target;
    }
    if has(&["kondisi", "awal", "dasar"]) && has(&["kinerja", "kondisi"]) {
        return PeranKolom::Realisasi;
    }
    if matches!(tail[..], ["kinerja"]) || super::sign::year(&last).is_some() && levels.len() == 1 {
        let caption = lower(caption);
        if caption.contains("realisasi") || caption.contains("capaian") {
            return PeranKolom::Realisasi;
        }
        if caption.contains("target") {
            return PeranKolom::Target;
        }
    }
    if has(&[
        "program",
        "kegiatan",
        "sasaran",
        "tujuan",
        "uraian",
        "nama",
        "misi",
        "strategi",
        "urusan",
        "bidang",
        "provinsi",
        "daerah",
        "nomenklatur",
    ]) || ends(&["jenis"])
        || has(&["barang"]) && has(&["jenis"])
    {
        return PeranKolom::Nama;
    }
    PeranKolom::Lain
}

/// The one level of the plan that a header of names is about.
pub(super) fn level(levels: &[String]) -> Option<JenisSimpul> {
    let all = lower(&levels.join(" "));
    let has = |word: &str| all.contains(word);
    let mut found = Vec::new();
    if has("misi") && !has("komisi") {
        found.push(JenisSimpul::Misi);
    }
    if has("tujuan") {
        found.push(JenisSimpul::Tujuan);
    }
    if has("sasaran program") || has("sasaran kegiatan") {
        found.push(JenisSimpul::SasaranProgram);
    } else if has("sasaran") {
        found.push(JenisSimpul::Sasaran);
    } else {
        if has("program") {
            found.push(JenisSimpul::Program);
        }
        if has("sub kegiatan") || has("subkegiatan") || has("sub-kegiatan") {
            found.push(JenisSimpul::SubKegiatan);
        } else if has("kegiatan") {
            found.push(JenisSimpul::Kegiatan);
        }
    }
    match found[..] {
        [only] => Some(only),
        _ => None,
    }
}

/// The power of ten that a header announces: "(juta)", "Rp. (ribu)", "dalam miliar rupiah".
pub(super) fn scale(text: &str) -> i32 {
    let small = lower(text);
    let words = small.split(|c: char| !c.is_alphanumeric());
    words
        .filter_map(|word| match word {
            "ribu" | "ribuan" => Some(3),
            "juta" | "jutaan" | "jt" => Some(6),
            "miliar" | "milyar" | "miliaran" => Some(9),
            "triliun" | "trilyun" => Some(12),
            _ => None,
        })
        .next()
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use PeranKolom as P;

    #[test]
    fn headers_name_roles() {
        for (levels, expected) in [
            ("NO", P::Nomor),
            ("KODE REKENING", P::Kode),
            ("SASARAN STRATEGIS", P::Nama),
            ("TUJUAN", P::Nama),
            ("PROGRAM/KEGIATAN /SUB KEGIATAN", P::Nama),
            ("INDIKATOR KINERJA SASARAN", P::Indikator),
            ("INDIKATOR TUJUAN/SASARAN", P::Indikator),
            ("CARA PENGUKURAN INDIKATOR KINERJA", P::Rumus),
            ("SATUAN KINERJA", P::Satuan),
            ("TARGET KINERJA / SATUAN", P::Satuan),
            ("TARGET KINERJA / KINERJA", P::Target),
            ("TARGET KINERJA TUJUAN/SASARAN / 2021", P::Target),
            ("TRIWULAN IV / REALISASI", P::Realisasi),
            ("TRIWULAN IV / %", P::Capaian),
            ("SD. TRIWULAN IV / REALISASI KINERJA", P::Realisasi),
            ("SD. TRIWULAN IV / REALISASI ANGGARAN", P::RealisasiAnggaran),
            ("SD. TRIWULAN IV / % KINERJA", P::Capaian),
            ("SD. TRIWULAN IV / % ANGGARAN", P::Serapan),
            ("s.d. Akhir Tahun 2021 / Anggaran (Rp)", P::RealisasiAnggaran),
            ("s.d. Akhir Tahun 2021 / Kinerja", P::Realisasi),
            ("s.d. Triwulan II / Target Anggaran (Rp)", P::Pagu),
            ("PAGU (Rp)", P::Pagu),
            ("KEBUTUHAN DANA/PAGU INDIKATIF (Rp)", P::Pagu),
            ("TARGET (Rp)", P::Pagu),
            ("REALISASI (Rp)", P::RealisasiAnggaran),
            ("TARGET ANGGARAN (Rp) / 2019", P::Pagu),
            ("CAPAIAN ANGGARAN (Rp) / 2019", P::RealisasiAnggaran),
            ("PRESENTASE CAPAIAN ANGGARAN (%) / 2019", P::Serapan),
            ("PRESENTASE CAPAIAN (%) / 2019", P::Capaian),
            ("CAPAIAN %", P::Capaian),
            ("NILAI EFISIENSI (%)", P::Lain),
            ("KENAIKAN/PENURUNAN (%)", P::Lain),
            ("PENINGKATAN CAPAIAN (%)", P::Capaian),
            ("PENANGGUNG JAWAB (OPD DAN UNIT OPD)", P::PenanggungJawab),
            ("KET.", P::Keterangan),
            ("Harga Satuan", P::Lain),
            ("Kondisi Akhir Target Kinerja / Setelah", P::Target),
        ] {
            let levels: Vec<String> = levels.split(" / ").map(str::to_owned).collect();
            assert_eq!(by_words(&levels, ""), expected, "{levels:?}");
        }
        assert_eq!(by_words(&["2019".into(), "KINERJA".into()], "PENCAPAIAN REALISASI KINERJA"), P::Realisasi);
    }

    #[test]
    fn headers_name_levels_and_scales() {
        let level = |text: &str| level(&[text.to_owned()]);
        assert_eq!(level("TUJUAN"), Some(JenisSimpul::Tujuan));
        assert_eq!(level("SASARAN STRATEGIS"), Some(JenisSimpul::Sasaran));
        assert_eq!(level("Sub Kegiatan"), Some(JenisSimpul::SubKegiatan));
        assert_eq!(level("PROGRAM/ KEGIATAN"), None);
        assert_eq!((scale("Rp. (juta)"), scale("dalam miliar rupiah"), scale("Pagu")), (6, 9, 0));
    }
}
