//! Pohon kinerja as a document of A3 pages: the tree drawn, then the same as tables, for those who read rather than look.

use tolok_domain::measure::{Alasan, Capaian, UkurIndikator};
use tolok_domain::number::{write_percent, write_value};
use tolok_domain::pohon::{ArahSilang, KeadaanSilang, Kondisi, Silang, TingkatKondisi};
use tolok_domain::scale::{PERMENDAGRI_86_2017, Skala};
use tolok_domain::{Pengukuran, Unit};

use crate::chart::{Helai, Petunjuk, Ranting, Tanda, Tautan, tree};
use crate::lkjip::cells::{achievement, header, left, middle, right, text, value};
use crate::naskah::{Bagian, Baris, Blok, Gambar, GayaBaris, Judul, Kertas, Naskah, Rata, Ruas, Sel, Tabel};

/// The name of another office by its code; none when it is not known here.
pub type NamaInstansi<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The document of a measurement.
pub fn build(hasil: &Pengukuran<'_>, instansi: NamaInstansi<'_>) -> Naskah {
    let potret = hasil.potret;
    let office = format!("{} {}", potret.instansi.nama, potret.instansi.daerah);
    let judul = title(hasil);
    let mut isi = vec![heading(1, &judul)];
    if potret.pohon.is_empty() {
        let words =
            "Pohon kinerja belum ada. Susun dari rencana, lalu lengkapi kondisi, indikator dan penanggung jawabnya.";
        isi.push(Blok::Paragraf { isi: vec![Ruas::text(words)], rata: Rata::Kiri, menjorok: false });
    } else {
        isi.extend(figures(hasil, instansi));
        isi.extend([Blok::HalamanBaru, heading(2, "Rincian kondisi"), Blok::Tabel(conditions(hasil))]);
    }
    if !potret.silang.is_empty() {
        isi.extend([heading(2, "Hubungan lintas instansi"), Blok::Tabel(links(hasil, instansi))]);
    }
    let (tahun, bulan) = (hasil.sampai.tahun(), i8::try_from(hasil.sampai.last_month()).unwrap_or(12));
    let tanggal = jiff::civil::Date::new(tahun, bulan, 1).map(|date| date.last_of_month().to_string());
    Naskah {
        judul,
        penerbit: office,
        tanggal: tanggal.unwrap_or_default(),
        kertas: Kertas::A3,
        bagian: vec![Bagian { lebar: true, mulai_ulang: true, isi, ..Bagian::default() }],
        ..Naskah::default()
    }
}

/// The drawings alone, for pages; numbered from 1 as boxes name them.
pub fn drawings(hasil: &Pengukuran<'_>, instansi: NamaInstansi<'_>) -> Vec<Helai> {
    let scale = Skala::find(&hasil.potret.instansi.skala).unwrap_or(&PERMENDAGRI_86_2017);
    let bands: Vec<(u8, &str)> = scale.predikat.iter().map(|p| (p.step, p.label)).collect();
    tree(&title(hasil), &boxes(hasil, instansi), &bands)
}

fn title(hasil: &Pengukuran<'_>) -> String {
    let office = &hasil.potret.instansi;
    format!("Pohon Kinerja {} {} Tahun {}", office.nama, office.daerah, hasil.potret.tahun)
}

fn heading(tingkat: u8, teks: &str) -> Blok {
    Blok::Judul(Judul { tingkat, nomor: String::new(), teks: teks.to_owned(), di_daftar: true })
}

/// A page for each drawing.
fn figures(hasil: &Pengukuran<'_>, instansi: NamaInstansi<'_>) -> Vec<Blok> {
    let sheets = drawings(hasil, instansi);
    let several = sheets.len() > 1;
    let mut blocks = Vec::new();
    for (i, sheet) in sheets.into_iter().enumerate() {
        let top = sheet.puncak.and_then(|top| hasil.potret.pohon.get(top));
        let judul = match top {
            Some(top) => format!("Pohon kinerja, cabang {}", top.kode),
            None if several => "Ringkasan pohon kinerja".to_owned(),
            None => "Pohon kinerja".to_owned(),
        };
        if let Some(top) = top {
            blocks.extend([Blok::HalamanBaru, heading(2, &top.uraian)]);
        }
        let grafik = sheet.grafik;
        let nomor = (i + 1).to_string();
        blocks.push(Blok::Gambar(Gambar { nomor, judul, alt: grafik.alt, svg: grafik.svg, ukuran: grafik.ukuran }));
    }
    blocks
}

fn boxes(hasil: &Pengukuran<'_>, instansi: NamaInstansi<'_>) -> Vec<Ranting> {
    let potret = hasil.potret;
    let place = |kode: &str| potret.pohon.iter().position(|k| k.kode == kode);
    let link = |s: &Silang| {
        let nama = instansi(&s.instansi).unwrap_or_else(|| s.instansi.clone());
        let open = if s.keadaan == KeadaanSilang::Diterima { "" } else { " (diusulkan)" };
        Tautan {
            label: format!("{} {nama}{open}", s.arah.label()),
            masuk: s.arah == ArahSilang::Masuk,
            diterima: s.keadaan == KeadaanSilang::Diterima,
        }
    };
    potret
        .pohon
        .iter()
        .map(|k| {
            let mean = hasil.mean_of(&k.indikator);
            let capaian = match mean.nilai {
                Some(x) if mean.ada < mean.dari => {
                    format!("{} % ({} dari {} indikator)", write_percent(x), mean.ada, mean.dari)
                }
                Some(x) => format!("{} %", write_percent(x)),
                None if k.indikator.is_empty() => "belum ada indikator".to_owned(),
                None if mean.dari == 0 => "tanpa target".to_owned(),
                None => "belum ada".to_owned(),
            };
            let tanda = match mean.nilai {
                Some(x) => Tanda::Pita(hasil.grade(x).step),
                None if mean.dari > 0 => Tanda::BelumAda,
                None => Tanda::Kosong,
            };
            Ranting {
                induk: k.induk.as_deref().and_then(place),
                lapis: k.tingkat.depth(),
                tingkat: k.tingkat.label().to_owned(),
                singkat: short(k.tingkat).to_owned(),
                kode: k.kode.clone(),
                judul: k.uraian.clone(),
                indikator: k.indikator.iter().filter_map(|kode| hasil.indicator(kode)).map(indicator).collect(),
                pemilik: owner(hasil, k).map_or_else(String::new, |u| u.nama.clone()),
                capaian,
                tanda,
                // What was refused is told in the table only.
                silang: potret.links_of(&k.kode).filter(|s| s.keadaan != KeadaanSilang::Ditolak).map(link).collect(),
            }
        })
        .collect()
}

/// The level in a box, where "kondisi" goes without saying.
const fn short(tingkat: TingkatKondisi) -> &'static str {
    match tingkat {
        TingkatKondisi::KondisiAntara => "Antara",
        TingkatKondisi::KondisiOperasional => "Operasional",
        other => other.label(),
    }
}

fn indicator(u: &UkurIndikator<'_>) -> Petunjuk {
    let nama = u.indikator.nama.clone();
    if !u.berlaku {
        return Petunjuk { nama, target: "tanpa target".to_owned(), ..Petunjuk::default() };
    }
    let target = u.target.as_ref().map_or_else(
        || "tanpa target".to_owned(),
        |t| format!("target {} {}", write_value(&t.nilai), u.indikator.satuan).trim_end().to_owned(),
    );
    let (capaian, tanda) = match &u.capaian {
        Capaian::Persen { nilai, .. } => {
            let band = u.predikat.map_or(Tanda::TanpaPita, |band| Tanda::Pita(band.step));
            (format!("{} %", write_percent(*nilai)), band)
        }
        Capaian::TidakTerhitung(Alasan::RealisasiBelumAda(_) | Alasan::BelumAkhirTahun) => {
            ("belum ada".to_owned(), Tanda::BelumAda)
        }
        // The target says so already.
        Capaian::TidakTerhitung(Alasan::TargetBelumAda) => (String::new(), Tanda::Kosong),
        Capaian::TidakTerhitung(_) => ("tidak dinilai".to_owned(), Tanda::Kosong),
    };
    Petunjuk { nama, target, capaian, tanda }
}

fn owner<'a>(hasil: &Pengukuran<'a>, k: &Kondisi) -> Option<&'a Unit> {
    k.unit.as_deref().and_then(|kode| hasil.potret.unit(kode))
}

/// Every condition with its indicators, in the order of the tree.
fn conditions(hasil: &Pengukuran<'_>) -> Tabel {
    let tahun = hasil.potret.tahun;
    let mut isi = Vec::new();
    for k in &hasil.potret.pohon {
        let gaya = match k.tingkat {
            TingkatKondisi::OutcomeAkhir => GayaBaris::Kelompok,
            TingkatKondisi::FaktorKunci => GayaBaris::Tebal,
            _ => GayaBaris::Biasa,
        };
        let indicators: Vec<&UkurIndikator<'_>> = k.indikator.iter().filter_map(|kode| hasil.indicator(kode)).collect();
        let high = u16::try_from(indicators.len().max(1)).unwrap_or(u16::MAX);
        let own = |teks: &str| text(teks).span(1, high);
        let unit = owner(hasil, k).map_or("belum ada", |u| u.nama.as_str());
        let before = [own(&k.kode), own(k.tingkat.label()), own(&k.uraian), own(k.induk.as_deref().unwrap_or("–"))];
        let mut lines: Vec<Vec<Sel>> = indicators.iter().map(|u| measured(u, tahun)).collect();
        if lines.is_empty() {
            lines.push(vec![text("belum ada indikator").span(5, 1)]);
        }
        for (i, line) in lines.into_iter().enumerate() {
            let sel = if i == 0 { before.iter().cloned().chain(line).chain([own(unit)]).collect() } else { line };
            isi.push(Baris { gaya, sel });
        }
    }
    Tabel {
        nama: "pohon".to_owned(),
        nomor: "1".to_owned(),
        judul: format!("Kondisi, Indikator dan Penanggung Jawab Tahun {tahun}"),
        kolom: vec![left(10), left(11), left(23), left(9), left(25), middle(5), right(6), right(6), right(6), left(18)],
        kepala: vec![header(&[
            "Kode",
            "Tingkat",
            "Kondisi",
            "Mendukung",
            "Indikator",
            "Satuan",
            "Target",
            "Realisasi",
            "Capaian (%)",
            "Penanggung jawab",
        ])],
        isi,
        catatan: Vec::new(),
    }
}

fn measured(u: &UkurIndikator<'_>, tahun: i16) -> Vec<Sel> {
    let kode = &u.indikator.kode;
    let realisasi = u.berlaku.then_some(&u.realisasi.nilai);
    vec![
        text(&u.indikator.nama),
        text(&u.indikator.satuan),
        value(u.target.as_ref().map(|t| &t.nilai), format!("target {kode} {tahun}")),
        value(realisasi, format!("realisasi {kode} {tahun}")),
        achievement(&u.capaian, format!("capaian {kode} {tahun}")),
    ]
}

/// Stands for a condition that the office concerned has not chosen yet.
const CHOSEN_LATER: &str = "belum dipilih";

/// Every link to another office, refused ones too.
fn links(hasil: &Pengukuran<'_>, instansi: NamaInstansi<'_>) -> Tabel {
    let row = |s: &Silang| {
        let own = s.kondisi.as_deref().and_then(|kode| hasil.potret.condition(kode));
        let own = own.map_or_else(|| CHOSEN_LATER.to_owned(), |k| format!("{} {}", k.kode, k.uraian));
        let other = if s.kondisi_lain.is_empty() { CHOSEN_LATER } else { &s.kondisi_lain };
        let state = match s.alasan.as_str() {
            "" => s.keadaan.label().to_owned(),
            alasan => format!("{}: {alasan}", s.keadaan.label()),
        };
        Baris {
            sel: vec![
                text(own),
                text(s.arah.label()),
                text(instansi(&s.instansi).unwrap_or_else(|| s.instansi.clone())),
                text(other),
                text(&s.uraian),
                text(state),
            ],
            ..Baris::default()
        }
    };
    Tabel {
        nama: "silang".to_owned(),
        nomor: "2".to_owned(),
        judul: format!("Hubungan Lintas Instansi Tahun {}", hasil.potret.tahun),
        kolom: vec![left(22), left(7), left(16), left(20), left(20), left(15)],
        kepala: vec![header(&["Kondisi", "Arah", "Instansi", "Kondisi instansi itu", "Yang diperlukan", "Keadaan"])],
        isi: hasil.potret.silang.iter().map(row).collect(),
        catatan: Vec::new(),
    }
}
