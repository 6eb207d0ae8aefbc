//! What kind a table is, and which year a file is about.

use std::collections::BTreeMap;

use tolok_domain::bacaan::{Bacaan, Bagian, PeranKolom, TabelBaca};
use tolok_domain::period::Tahun;

use super::Tabel;
use crate::aturan::JenisTabel;
use crate::nama::words;

/// Years named in a text, in order.
pub(crate) fn years(text: &str) -> Vec<Tahun> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|w| w.len() == 4)
        .filter_map(|w| w.parse().ok())
        .filter(|t| (1990..=2100).contains(t))
        .collect()
}

/// The year that a report is about: the one that stands most often after the word "tahun".
pub(super) fn report_year(bacaan: &Bacaan) -> Option<Tahun> {
    let mut count: BTreeMap<Tahun, usize> = BTreeMap::new();
    let mut look = |text: &str| {
        let mut before = String::new();
        for word in words(text) {
            if let (Some(year), "tahun" | "ta") = (years(&word).first(), before.as_str()) {
                *count.entry(*year).or_default() += 1;
            }
            before = word;
        }
    };
    for part in &bacaan.bagian {
        match part {
            Bagian::Judul { teks, .. } | Bagian::Paragraf { teks, .. } => look(teks),
            Bagian::Kisi { judul, .. } => look(judul),
        }
    }
    for table in &bacaan.tabel {
        look(&table.judul);
    }
    count.into_iter().max_by_key(|(year, n)| (*n, *year)).map(|(year, _)| year)
}

pub(super) fn table<'a>(naskah: usize, asal: &'a TabelBaca, tahun: Option<Tahun>, file: &Bacaan) -> Tabel<'a> {
    let own: Vec<Tahun> = years(&asal.judul);
    let tahun = match own.as_slice() {
        [one] => Some(*one),
        _ => tahun,
    };
    Tabel { asal, naskah, jenis: kind(asal, file), nama: short_name(&asal.judul), tahun }
}

fn kind(t: &TabelBaca, file: &Bacaan) -> JenisTabel {
    let has = |peran: PeranKolom| t.kolom.iter().any(|k| k.peran == peran);
    let in_years = |peran: PeranKolom| {
        let mut years: Vec<Tahun> =
            t.kolom.iter().filter(|k| k.peran == peran).filter_map(|k| k.periode).map(|p| p.tahun()).collect();
        years.sort_unstable();
        years.dedup();
        years.len()
    };
    let last = |peran: PeranKolom| {
        t.kolom.iter().filter(|k| k.peran == peran).filter_map(|k| k.periode).map(|p| p.tahun()).max()
    };
    let caption = t.judul.to_lowercase();
    let file_name = file.berkas.to_lowercase();
    let says = |word: &str| caption.contains(word);
    let done = has(PeranKolom::Realisasi);
    let spent = has(PeranKolom::RealisasiAnggaran);
    let several = [PeranKolom::Target, PeranKolom::Realisasi, PeranKolom::Pagu, PeranKolom::RealisasiAnggaran]
        .into_iter()
        .any(|p| in_years(p) > 1);
    if says("rencana aksi") || file_name.contains("rencana-aksi") {
        return JenisTabel::RencanaAksi;
    }
    if !done && !spent && has(PeranKolom::Target) && !several {
        let agreed = says("perjanjian kinerja") || file_name.starts_with("pk");
        if agreed && !has(PeranKolom::Pagu) {
            return JenisTabel::Pk;
        }
        if (says("indikator kinerja utama") || file_name.starts_with("iku")) && !has(PeranKolom::Pagu) {
            return JenisTabel::Iku;
        }
    }
    match () {
        () if in_years(PeranKolom::Target) > 1 && !spent && last(PeranKolom::Target) > last(PeranKolom::Realisasi) => {
            JenisTabel::Renstra
        }
        () if several => JenisTabel::Runtun,
        () if done => JenisTabel::Pengukuran,
        () if spent => JenisTabel::Anggaran,
        () if has(PeranKolom::Pagu) => JenisTabel::Renja,
        () if has(PeranKolom::Target) => JenisTabel::RencanaAksi,
        () => JenisTabel::Lain,
    }
}

/// "Tabel 3.4" of a caption, or its first words.
fn short_name(caption: &str) -> String {
    if let Some(number) = table_number(caption) {
        return format!("Tabel {number}");
    }
    let mut out = String::new();
    for word in caption.split_whitespace() {
        if out.len() + word.len() > 48 {
            out.push('…');
            break;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// The number after "Tabel" in a caption: "3.1" of "TABEL 3. 1 PENCAPAIAN".
pub(crate) fn table_number(caption: &str) -> Option<String> {
    let lower = caption.to_lowercase();
    let rest = lower.trim_start_matches(|c: char| !c.is_alphabetic()).strip_prefix("tabel")?;
    let mut number = String::new();
    for c in rest.trim_start().chars() {
        match c {
            '0'..='9' => number.push(c),
            '.' | '-' if !number.is_empty() && !number.ends_with('.') => number.push('.'),
            ' ' if number.ends_with('.') => {}
            _ => break,
        }
    }
    let number = number.trim_end_matches('.').to_owned();
    (!number.is_empty()).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_number_of_a_table_is_read_with_its_slips() {
        assert_eq!(table_number("TABEL 3. 1 PENCAPAIAN").as_deref(), Some("3.1"));
        assert_eq!(table_number("**tabel 2.1** Tujuan").as_deref(), Some("2.1"));
        assert_eq!(table_number("Tabel 7. Anggaran").as_deref(), Some("7"));
        assert_eq!(table_number("Perjanjian Kinerja 2021"), None);
        assert_eq!(table_number("Tabel berikut"), None);
    }

    #[test]
    fn years_are_found_between_words() {
        assert_eq!(years("Renstra 2019 – 2023, Nomor 12021"), [2019, 2023]);
    }
}
