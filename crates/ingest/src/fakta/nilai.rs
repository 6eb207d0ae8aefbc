//! The value of a cell, in the notation of its column.

use tolok_domain::Decimal;
use tolok_domain::bacaan::{Keyakinan, KolomBaca, PeranKolom, SelBaca, TabelBaca};
use tolok_domain::number::{GalatAngka, Gaya, Isi, Konteks, Kosong, Terbaca, read, write_plain};

use crate::baca::lower;

/// The notation of most columns of a file that show one.
pub(super) fn style_of(tabel: &[TabelBaca]) -> Option<Gaya> {
    let mut counts = (0_usize, 0_usize);
    for kolom in tabel.iter().flat_map(|t| &t.kolom) {
        match kolom.gaya {
            Some(Gaya::Indonesia) => counts.0 += 1,
            Some(Gaya::Inggris) => counts.1 += 1,
            None => {}
        }
    }
    match counts {
        (0, 0) => None,
        (indonesia, inggris) if indonesia >= inggris => Some(Gaya::Indonesia),
        _ => Some(Gaya::Inggris),
    }
}

/// What a cell gave.
pub(super) struct Hasil {
    pub nilai: Terbaca,
    pub keyakinan: Keyakinan,
    /// Something that a person should look at.
    pub pesan: Option<String>,
}

/// Reads a cell of a column of values. `gaya` is the notation of the table or file, for columns that show none.
///
/// # Errors
/// A sentence for the person, when it is no value or can be read in two ways.
pub(super) fn value(
    cell: &SelBaca,
    kolom: &KolomBaca,
    satuan: &str,
    gaya: Option<Gaya>,
    typical: Option<Decimal>,
) -> Result<Hasil, String> {
    // A form in which only the sign stands is not filled in.
    if matches!(cell.teks.trim(), "%" | "Rp" | "Rp." | "Rp.-" | "Rp -") {
        return Ok(Hasil { nilai: nothing(), keyakinan: Keyakinan::Tinggi, pesan: None });
    }
    // The number behind a workbook's cell needs no notation; a text beside it ("12 orang") does.
    if let Some(x) = cell.nilai.filter(|_| is_bare(&cell.teks)) {
        let persen = cell.teks.trim_end().ends_with('%');
        let nilai = Terbaca {
            isi: Isi::Bilangan(x),
            persen,
            rupiah: is_money(kolom.peran),
            batas: None,
            skala: None,
            satuan: String::new(),
            catatan: String::new(),
        };
        return Ok(scaled(nilai, kolom, typical, None));
    }
    let ctx = Konteks { gaya: kolom.gaya.or(gaya), kurung_negatif: is_money(kolom.peran), bulat: false };
    let counts = is_money(kolom.peran) || is_count(satuan);
    let (nilai, pesan) = match read(&cell.teks, &ctx) {
        Ok(nilai) => (nilai, None),
        // A unit of whole things decides what the notation leaves open.
        Err(GalatAngka::Ambigu { .. }) if counts => {
            (read(&cell.teks, &Konteks { gaya: None, bulat: true, ..ctx }).map_err(|e| e.to_string())?, None)
        }
        Err(GalatAngka::GayaLain { .. }) => {
            let free = Konteks { gaya: None, bulat: counts, ..ctx };
            let nilai = read(&cell.teks, &free).map_err(|e| e.to_string())?;
            let pesan = format!(
                "\"{}\" ditulis dengan gaya angka yang berbeda dari kolomnya; periksa titik dan komanya",
                cell.teks
            );
            (nilai, Some(pesan))
        }
        Err(other) => return Err(other.to_string()),
    };
    Ok(scaled(nilai, kolom, typical, pesan))
}

/// Applies the scale of the column; an amount that is far too large for it stands in full rupiah already.
fn scaled(mut nilai: Terbaca, kolom: &KolomBaca, typical: Option<Decimal>, mut pesan: Option<String>) -> Hasil {
    let factor = u32::try_from(kolom.skala)
        .ok()
        .filter(|_| nilai.skala.is_none())
        .and_then(|n| 10_i64.checked_pow(n))
        .map(Decimal::from);
    if let Some(factor) = factor.filter(|f| *f != Decimal::ONE) {
        let too_large = |x: Decimal| {
            kolom.skala >= 3 && typical.is_some_and(|t| t > Decimal::ZERO && x.abs() / Decimal::from(1_000) > t)
        };
        match &mut nilai.isi {
            Isi::Bilangan(x) if too_large(*x) => {
                pesan = Some(format!(
                    "{} jauh lebih besar dari nilai lain di kolom \"{}\"; tampaknya rupiah penuh, bukan dalam satuan kolomnya",
                    write_plain(*x),
                    kolom.judul
                ));
            }
            Isi::Bilangan(x) => *x = x.checked_mul(factor).unwrap_or(*x),
            Isi::Rentang { bawah, atas } => {
                *bawah = bawah.checked_mul(factor).unwrap_or(*bawah);
                *atas = atas.checked_mul(factor).unwrap_or(*atas);
            }
            Isi::Kosong(_) | Isi::Pecahan { .. } | Isi::Predikat(_) => {}
        }
        // A ratio of realisasi to target, now in percent.
        nilai.persen |= kolom.peran == PeranKolom::Capaian || kolom.peran == PeranKolom::Serapan;
    }
    nilai.isi = match nilai.isi {
        Isi::Bilangan(x) => Isi::Bilangan(x.normalize()),
        other => other,
    };
    let keyakinan = if pesan.is_some() { Keyakinan::Rendah } else { Keyakinan::Tinggi };
    Hasil { nilai, keyakinan, pesan }
}

/// A typical amount of a column, before its scale: the median.
pub(super) fn typical(cells: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    let mut values: Vec<Decimal> = cells.filter(|x| !x.is_zero()).map(|x| x.abs()).collect();
    values.sort();
    values.get(values.len() / 2).copied()
}

pub(super) const fn is_money(peran: PeranKolom) -> bool {
    matches!(peran, PeranKolom::Pagu | PeranKolom::RealisasiAnggaran)
}

/// Units of whole things: people, documents. Not those of measures, money or grades.
fn is_count(satuan: &str) -> bool {
    const WHOLE: &[&str] = &[
        "org",
        "orang",
        "dok",
        "dokumen",
        "unit",
        "bulan",
        "kk",
        "laporan",
        "lap",
        "kegiatan",
        "paket",
        "stel",
        "event",
        "buah",
        "perush",
        "perusahaan",
        "lembaga",
        "kelompok",
        "desa",
        "kali",
        "berkas",
        "rupiah",
        "rp",
        "rp.",
    ];
    WHOLE.contains(&lower(satuan).as_str())
}

/// Only digits and signs of numbers.
fn is_bare(text: &str) -> bool {
    !text.chars().any(char::is_alphabetic) || text.trim_start().starts_with("Rp")
}

/// A cell without value.
pub(super) const fn nothing() -> Terbaca {
    Terbaca::plain(Isi::Kosong(Kosong::Kosong))
}
