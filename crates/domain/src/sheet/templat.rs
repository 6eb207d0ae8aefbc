//! Rows of a worksheet template: one row for each component, part, criterion, grade, option and control rule.

use std::collections::{BTreeMap, HashMap, HashSet};

use rust_decimal::Decimal;

use super::row::{Baris, Masalah, Pembaca};
use super::templat_check::check;
use super::{Isian, Lembar, sheet};
use crate::evaluasi::templat::{CaraNilai, Syarat, TingkatEvaluasi};
use crate::evaluasi::{Gradasi, JenisJawaban, Komponen, Kontrol, Kriteria, Pilihan, Subkomponen, Templat};
use crate::number::write_plain;
use crate::period::Tahun;
use crate::scale::{self, AKIP_88_2021, Skala};

/// Name of the sheet.
pub(super) const LEMBAR: &str = "templat_lke";

const KINDS: [&str; 11] = [
    "judul",
    "peraturan",
    "berlaku",
    "tingkat",
    "skala",
    "gradasi",
    "komponen",
    "subkomponen",
    "kriteria",
    "pilihan",
    "kontrol",
];

/// Which line holds what, to name it again when something does not fit.
pub(super) type Tempat = BTreeMap<(&'static str, String), Vec<u64>>;

/// Reads the one template that a file holds.
///
/// # Errors
/// Everything that is wrong with it, each with its line: rows that cannot be read, codes that stand twice, parents that are
/// missing, weights that do not make the whole.
pub fn template(rows: &[Baris]) -> Result<Templat, Vec<Masalah>> {
    let mut masalah = Vec::new();
    let names: HashSet<&str> = rows.iter().filter_map(|b| b.sel.first()).map(|s| s.trim()).collect();
    let read = if names.len() == 1 {
        read_one(&rows.iter().collect::<Vec<_>>(), &mut masalah)
    } else {
        let mut names: Vec<&str> = names.into_iter().collect();
        names.sort_unstable();
        masalah.push(whole(
            format!("berkas memuat {} templat ({})", names.len(), names.join(", ")),
            "satu berkas satu templat",
        ));
        None
    };
    match read {
        Some(templat) if masalah.is_empty() => Ok(templat),
        _ => Err(masalah),
    }
}

/// Every template of an office's own; one with a fault is left out.
pub(super) fn all(isian: &Isian, masalah: &mut Vec<Masalah>) -> Vec<Templat> {
    let mut order: Vec<&str> = Vec::new();
    let mut rows: HashMap<&str, Vec<&Baris>> = HashMap::new();
    for baris in sheet(isian, LEMBAR) {
        let nama = baris.sel.first().map_or("", |s| s.trim());
        let own = rows.entry(nama).or_default();
        if own.is_empty() {
            order.push(nama);
        }
        own.push(baris);
    }
    let read = |nama: &str| {
        let before = masalah.len();
        let templat = read_one(&rows[nama], masalah);
        templat.filter(|_| masalah.len() == before)
    };
    order.into_iter().filter_map(read).collect()
}

fn whole(apa: String, saran: &str) -> Masalah {
    Masalah {
        berkas: format!("{LEMBAR}.csv"),
        baris: None,
        kolom: String::new(),
        apa,
        saran: saran.to_owned(),
        ikutan: false,
    }
}

/// What is gathered from the rows, still without its tree.
#[derive(Default)]
struct Bahan {
    kode: String,
    judul: String,
    peraturan: String,
    berlaku: Option<(Tahun, Option<Tahun>)>,
    tingkat: Vec<TingkatEvaluasi>,
    skala: Option<&'static Skala>,
    gradasi: Vec<Gradasi>,
    komponen: Vec<Komponen>,
    subkomponen: Vec<(String, Subkomponen)>,
    kriteria: Vec<(String, Kriteria)>,
    pilihan: Vec<(String, Pilihan)>,
    kontrol: Vec<Kontrol>,
}

fn read_one(rows: &[&Baris], masalah: &mut Vec<Masalah>) -> Option<Templat> {
    let lembar = Lembar::find(LEMBAR)?;
    let before = masalah.len();
    let mut bahan = Bahan::default();
    let mut tempat = Tempat::new();
    for baris in rows {
        let mut row = Pembaca::new(lembar, baris, masalah);
        bahan.kode = row.string("templat");
        let kinds: Vec<(&'static str, &'static str)> = KINDS.iter().map(|k| (*k, *k)).collect();
        let Some(kind) = row.choice("baris", &kinds) else { continue };
        let key = match kind {
            "pilihan" => format!("{}/{}", row.text("induk"), row.text("kode")),
            "gradasi" => format!("{}/{}", row.text("dimensi"), row.text("kode")),
            "kontrol" => format!("{}/{}", row.text("kode"), row.text("syarat")),
            _ => row.string("kode"),
        };
        tempat.entry((kind, key)).or_default().push(baris.nomor);
        take(kind, &mut bahan, &mut row);
    }
    let templat = build(bahan, &tempat, masalah);
    let all_read = masalah.len() == before;
    check(&templat, &tempat, all_read, masalah);
    Some(templat)
}

fn take(kind: &str, bahan: &mut Bahan, row: &mut Pembaca<'_>) -> Option<()> {
    match kind {
        "judul" => bahan.judul = row.string("uraian"),
        "peraturan" => bahan.peraturan = row.string("uraian"),
        "berlaku" => bahan.berlaku = Some(years(row)?),
        "tingkat" => bahan.tingkat = levels(row),
        "skala" => bahan.skala = Some(scale_of(row)?),
        "gradasi" => bahan.gradasi.push(grade(row)?),
        "komponen" => bahan.komponen.push(Komponen {
            kode: code(row)?,
            nama: row.string("uraian"),
            bobot: weight(row)?,
            subkomponen: Vec::new(),
        }),
        "subkomponen" => {
            let ways = [("gradasi", CaraNilai::Gradasi), ("rerata", CaraNilai::Rerata)];
            if row.text("jawaban").is_empty() {
                row.wrong("jawaban", "kosong", "tulis gradasi atau rerata: bagaimana subkomponen ini dinilai");
            }
            let part = Subkomponen {
                kode: code(row)?,
                nama: row.string("uraian"),
                dimensi: row.string("dimensi"),
                bobot: weight(row)?,
                cara: row.choice("jawaban", &ways)?,
                kriteria: Vec::new(),
            };
            bahan.subkomponen.push((row.string("induk"), part));
        }
        "kriteria" => {
            let criterion = criterion(row)?;
            bahan.kriteria.push((row.string("induk"), criterion));
        }
        "pilihan" => {
            let option = Pilihan { kode: code(row)?, nilai: share(row)?, uraian: row.string("uraian") };
            bahan.pilihan.push((row.string("induk"), option));
        }
        _ => bahan.kontrol.push(rule(row)?),
    }
    Some(())
}

fn code(row: &mut Pembaca<'_>) -> Option<String> {
    let kode = row.optional("kode");
    if kode.is_none() {
        row.wrong("kode", "kosong", "isi kolom ini");
    }
    kode
}

fn weight(row: &mut Pembaca<'_>) -> Option<Decimal> {
    if row.text("bobot").is_empty() {
        row.wrong("bobot", "kosong", "isi kolom ini");
    }
    let bobot = row.number("bobot")?;
    if bobot <= Decimal::ZERO || bobot > Decimal::ONE_HUNDRED {
        row.wrong("bobot", format!("bobot {} di luar 0 sampai 100", write_plain(bobot)), "tulis bobot di atas 0");
        return None;
    }
    Some(bobot)
}

/// What an option is worth.
fn share(row: &mut Pembaca<'_>) -> Option<Decimal> {
    if row.text("bobot").is_empty() {
        row.wrong("bobot", "kosong", "isi nilai pilihan ini, 0 sampai 1");
    }
    let nilai = row.number("bobot")?;
    if !(Decimal::ZERO..=Decimal::ONE).contains(&nilai) {
        row.wrong("bobot", format!("nilai {} di luar 0 sampai 1", write_plain(nilai)), "tulis misalnya 0,75");
        return None;
    }
    Some(nilai)
}

fn years(row: &mut Pembaca<'_>) -> Option<(Tahun, Option<Tahun>)> {
    let text = row.text("uraian");
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    let read = |t: &str| t.trim().parse::<Tahun>().ok().filter(|y| crate::period::YEARS.contains(y));
    let mulai = read(first);
    let sampai = if last.trim().is_empty() { Some(None) } else { read(last).map(Some) };
    match (mulai, sampai) {
        (Some(mulai), Some(sampai)) if sampai.is_none_or(|last| last >= mulai) => Some((mulai, sampai)),
        _ => {
            row.wrong("uraian", format!("\"{text}\" bukan masa berlaku"), "tulis 2021- atau 2015-2020");
            None
        }
    }
}

fn levels(row: &mut Pembaca<'_>) -> Vec<TingkatEvaluasi> {
    let mut found = Vec::new();
    for word in row.text("uraian").split_whitespace() {
        match TingkatEvaluasi::ALL.into_iter().find(|t| t.as_str() == word) {
            Some(tingkat) => found.push(tingkat),
            None => row.wrong("uraian", format!("tingkat \"{word}\" tidak dikenal"), "tulis pemda, perangkat_daerah"),
        }
    }
    found
}

fn scale_of(row: &mut Pembaca<'_>) -> Option<&'static Skala> {
    let text = row.text("uraian");
    let found = Skala::find(text);
    if found.is_none() {
        let known: Vec<&str> = scale::SCALES.iter().map(|s| s.kode).collect();
        row.wrong("uraian", format!("skala \"{text}\" tidak dikenal"), format!("pilih {}", known.join(", ")));
    }
    found
}

fn grade(row: &mut Pembaca<'_>) -> Option<Gradasi> {
    if row.text("bobot").is_empty() {
        row.wrong("bobot", "kosong", "isi nilai gradasi ini, 0 sampai 100");
    }
    let nilai = row.number("bobot")?;
    if !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&nilai) {
        row.wrong("bobot", format!("nilai {} di luar 0 sampai 100", write_plain(nilai)), "tulis misalnya 70");
        return None;
    }
    let text = row.text("syarat");
    let percent = |t: &str| t.parse::<Decimal>().ok();
    let syarat = match text.split_at_checked(1) {
        _ if text == "penilai" => Some(Syarat::Penilai),
        Some((">", rest)) => percent(rest).map(Syarat::Lebih),
        Some(("=", rest)) => percent(rest).map(Syarat::Tepat),
        _ => None,
    };
    if syarat.is_none() {
        let saran = "tulis penilai, atau persen kriteria terpenuhi seperti >75 atau =100";
        row.wrong("syarat", format!("\"{text}\" bukan syarat gradasi"), saran);
    }
    Some(Gradasi {
        dimensi: row.string("dimensi"),
        kode: code(row)?,
        nilai,
        uraian: row.string("uraian"),
        syarat: syarat?,
    })
}

fn criterion(row: &mut Pembaca<'_>) -> Option<Kriteria> {
    let kinds = JenisJawaban::ALL.map(|j| (j.as_str(), j));
    for kolom in ["uraian", "jawaban"] {
        if row.text(kolom).is_empty() {
            row.wrong(kolom, "kosong", "isi kolom ini");
        }
    }
    let jawaban = row.choice("jawaban", &kinds)?;
    let kode = code(row)?;
    Some(Kriteria {
        setara: row.optional("setara").unwrap_or_else(|| kode.clone()),
        kode,
        uraian: row.string("uraian"),
        bobot: if row.text("bobot").is_empty() { Decimal::ONE } else { weight(row)? },
        jawaban,
        pilihan: Vec::new(),
        sumber: row.string("sumber"),
    })
}

fn rule(row: &mut Pembaca<'_>) -> Option<Kontrol> {
    let text = row.text("syarat");
    let Some((bila, paling_baik)) = text.split_once('=') else {
        row.wrong("syarat", format!("\"{text}\" bukan syarat kontrol"), "tulis kode=jawaban, misalnya 1.a.1=tidak");
        return None;
    };
    Some(Kontrol {
        kode: code(row)?,
        paling_tinggi: row.string("jawaban"),
        bila: bila.trim().to_owned(),
        paling_baik: paling_baik.trim().to_owned(),
        uraian: row.string("uraian"),
    })
}

/// Hangs everything under its parent.
fn build(bahan: Bahan, tempat: &Tempat, masalah: &mut Vec<Masalah>) -> Templat {
    let mut lost = |kind: &'static str, kode: &str, induk: &str, of: &str| {
        let baris = tempat.get(&(kind, kode.to_owned())).and_then(|lines| lines.first()).copied();
        masalah.push(Masalah {
            berkas: format!("{LEMBAR}.csv"),
            baris,
            kolom: "induk".to_owned(),
            apa: format!("{kind} {kode}: {of} \"{induk}\" tidak ada"),
            saran: format!("tambahkan baris {of} itu atau betulkan kodenya"),
            ikutan: false,
        });
    };
    let mut options: HashMap<String, Vec<Pilihan>> = HashMap::new();
    let known: HashSet<&String> = bahan.kriteria.iter().map(|(_, k)| &k.kode).collect();
    for (induk, pilihan) in &bahan.pilihan {
        if known.contains(induk) {
            options.entry(induk.clone()).or_default().push(pilihan.clone());
        } else {
            lost("pilihan", &format!("{induk}/{}", pilihan.kode), induk, "kriteria");
        }
    }
    let mut parts = bahan.subkomponen;
    for (induk, mut k) in bahan.kriteria {
        k.pilihan = options.get(&k.kode).cloned().unwrap_or_else(|| k.jawaban.options());
        match parts.iter_mut().find(|(_, s)| s.kode == induk) {
            Some((_, s)) => s.kriteria.push(k),
            None => lost("kriteria", &k.kode, &induk, "subkomponen"),
        }
    }
    let mut komponen = bahan.komponen;
    for (induk, part) in parts {
        match komponen.iter_mut().find(|k| k.kode == induk) {
            Some(k) => k.subkomponen.push(part),
            None => lost("subkomponen", &part.kode, &induk, "komponen"),
        }
    }
    let (mulai, sampai) = bahan.berlaku.unwrap_or((*crate::period::YEARS.start(), None));
    Templat {
        kode: bahan.kode,
        judul: bahan.judul,
        peraturan: bahan.peraturan,
        mulai,
        sampai,
        tingkat: bahan.tingkat,
        skala: bahan.skala.unwrap_or(&AKIP_88_2021),
        gradasi: bahan.gradasi,
        komponen,
        kontrol: bahan.kontrol,
    }
}
