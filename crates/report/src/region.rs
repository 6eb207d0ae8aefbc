//! The offices of a region as tables: for a workbook, or each as CSV.

pub mod money;

use std::fmt;

use jiff::civil::Date;
use rust_decimal::Decimal;
use tolok_domain::coverage::Cakupan;
use tolok_domain::number::{shown_places, write_amount, write_decimal, write_percent};
use tolok_domain::outlier::Uji;
use tolok_domain::ranking::{Berperingkat, Pembobotan, Peringkat, Peserta};
use tolok_domain::region::{Daerah, Kantor, Ukuran, UnitKantor};
use tolok_domain::{Periode, Rupiah};

use crate::naskah::{Bagian, Baris, Blok, Kolom, Naskah, NilaiSel, Rata, Sel, Tabel};

/// What stands where nothing is known.
const NONE: &str = "belum ada";

/// What stands in the place of a rank.
const UNRANKED: &str = "belum diperingkat";

/// One of the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TabelDaerah {
    /// One row per office.
    Ringkasan,
    /// One row per sasaran.
    Sasaran,
    /// Late figures by office, period and level.
    Terlambat,
    /// Values that stand apart.
    Pencilan,
    /// The ranking with the lines of its computation.
    Peringkat,
    /// The same for the units of all offices.
    Unit,
}

impl TabelDaerah {
    /// Every table, in the order of the workbook.
    pub const ALL: [Self; 6] =
        [Self::Ringkasan, Self::Sasaran, Self::Terlambat, Self::Pencilan, Self::Peringkat, Self::Unit];

    /// Its name in addresses and file names.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ringkasan => "ringkasan",
            Self::Sasaran => "sasaran",
            Self::Terlambat => "terlambat",
            Self::Pencilan => "pencilan",
            Self::Peringkat => "peringkat",
            Self::Unit => "unit",
        }
    }

    /// The table of that name.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.as_str() == word)
    }
}

/// What the tables show.
#[derive(Clone, Copy)]
pub struct Isi<'a> {
    /// Name of the region.
    pub nama: &'a str,
    /// Its offices.
    pub daerah: &'a Daerah,
    /// The ranking's formula.
    pub pembobotan: &'a Pembobotan,
    /// The ranking of the offices of which every criterion is known.
    pub peringkat: &'a Peringkat<'a, &'a Kantor>,
    /// The others, which have no rank.
    pub belum: &'a Peringkat<'a, &'a Kantor>,
    /// The ranking of the units of all offices.
    pub unit: &'a Peringkat<'a, UnitKantor<'a>>,
    /// The units of which something is not known that counts.
    pub unit_belum: &'a Peringkat<'a, UnitKantor<'a>>,
    /// The day for which lateness is told.
    pub hari_ini: Date,
}

/// All tables as one document.
pub fn document(isi: Isi<'_>) -> Naskah {
    let tables = TabelDaerah::ALL.map(|which| Blok::Tabel(table(isi, which)));
    Naskah {
        judul: format!("Kinerja perangkat daerah s.d. {}", isi.daerah.sampai.heading()),
        penerbit: isi.nama.to_owned(),
        tanggal: isi.hari_ini.to_string(),
        bagian: vec![Bagian { lebar: true, isi: tables.to_vec(), ..Bagian::default() }],
        ..Naskah::default()
    }
}

/// One table.
pub fn table(isi: Isi<'_>, which: TabelDaerah) -> Tabel {
    let made = match which {
        TabelDaerah::Ringkasan => offices(isi.daerah),
        TabelDaerah::Sasaran => targets(isi.daerah),
        TabelDaerah::Terlambat => late(isi.daerah),
        TabelDaerah::Pencilan => outliers(isi.daerah),
        TabelDaerah::Peringkat => Tabel {
            catatan: rules("perangkat daerah").into_iter().chain(endings(isi.daerah)).collect(),
            ..ranking(isi, "Peringkat perangkat daerah", "Perangkat daerah", (isi.peringkat, isi.belum))
        },
        TabelDaerah::Unit => Tabel {
            catatan: rules("unit").into_iter().chain([UNITS.to_owned()]).collect(),
            ..ranking(isi, "Peringkat unit", "Unit", (isi.unit, isi.unit_belum))
        },
    };
    Tabel { nama: which.as_str().to_owned(), ..made }
}

fn offices(daerah: &Daerah) -> Tabel {
    let columns = [
        words("Kode", 12),
        words("Perangkat daerah", 30),
        number("Capaian IKU (%)"),
        words("Predikat", 12),
        number("IKU terukur"),
        number("IKU"),
        number("Pagu (Rp)"),
        number("Realisasi (Rp)"),
        number("Serapan (%)"),
        number("Baris anggaran diketahui"),
        number("Baris anggaran"),
        number("Angka diminta"),
        number("Terisi"),
        number("Diajukan"),
        number("Diverifikasi"),
        number("Dikunci"),
        number("Tepat waktu (%)"),
        number("Belum diajukan lewat batas"),
        number("Terlama (hari kerja)"),
    ];
    let row = |k: &Kantor| {
        let mut row = vec![Sel::text(&k.kode), Sel::text(&k.nama)];
        let Some(r) = &k.ringkasan else {
            row.resize(columns.len(), Sel::text(NONE));
            return row;
        };
        let (missing, days) = r.overdue();
        let (money, lines, progress) = (&r.uang.uang, r.uang.baris, r.kemajuan);
        row.extend([percent(r.capaian.nilai), Sel::text(r.predikat.map_or(NONE, |p| p.label))]);
        row.extend([whole(r.capaian.ada), whole(r.capaian.dari), amount(money.pagu), amount(money.realisasi)]);
        row.extend([percent(k.absorption()), whole(lines.ada), whole(lines.dari)]);
        row.extend(
            [progress.dari, progress.terisi, progress.diajukan, progress.diverifikasi, progress.dikunci].map(whole),
        );
        row.extend([percent(r.tepat_waktu.percent()), whole(missing), counted(days)]);
        row
    };
    let total = daerah.total();
    let achieved = Cakupan { ada: total.capaian.ada, dari: total.capaian.dari };
    let catatan = vec![
        format!(
            "Capaian {}: rata-rata {achieved} perangkat daerah, {} IKU.",
            shown(total.capaian.nilai),
            total.indikator
        ),
        format!(
            "Serapan {}: Rp{} dari pagu Rp{} pada {} perangkat daerah.",
            shown(total.absorption()),
            write_amount(total.belanja),
            write_amount(total.pagu),
            total.uang
        ),
        format!("Terisi {} angka; tepat waktu {} angka.", total.kemajuan.entered(), total.tepat_waktu),
    ];
    Tabel {
        catatan: catatan.into_iter().chain(endings(daerah)).collect(),
        ..make("Kinerja menurut perangkat daerah", daerah.sampai, &columns, daerah.kantor.iter().map(row))
    }
}

/// A line for each office that ended, with the time up to which it counts.
fn endings(daerah: &Daerah) -> impl Iterator<Item = String> {
    daerah.known().filter_map(|(k, r)| {
        let end = r.akhir.as_ref()?;
        let heir = if end.penerus.is_empty() { String::new() } else { format!(", diteruskan {}", end.penerus) };
        let counted = r.sampai.heading();
        Some(format!("{} berakhir {}{heir}; dihitung s.d. {counted}, tanpa peringkat sesudahnya.", k.nama, end.tanggal))
    })
}

fn targets(daerah: &Daerah) -> Tabel {
    let columns = [
        words("Perangkat daerah", 30),
        words("Kode", 10),
        words("Sasaran", 40),
        number("Capaian (%)"),
        words("Predikat", 12),
        number("Indikator terukur"),
        number("Indikator"),
        number("Pagu (Rp)"),
        number("Realisasi (Rp)"),
        number("Serapan (%)"),
        number("Baris anggaran diketahui"),
        number("Baris anggaran"),
    ];
    let rows = daerah.sasaran().map(|(k, s)| {
        vec![
            Sel::text(&k.nama),
            Sel::text(&s.kode),
            Sel::text(&s.nama),
            percent(s.capaian.nilai),
            Sel::text(s.predikat.map_or(NONE, |p| p.label)),
            whole(s.capaian.ada),
            whole(s.capaian.dari),
            amount(s.uang.uang.pagu),
            amount(s.uang.uang.realisasi),
            percent(s.uang.absorption()),
            whole(s.uang.baris.ada),
            whole(s.uang.baris.dari),
        ]
    });
    make("Capaian menurut sasaran", daerah.sampai, &columns, rows)
}

fn late(daerah: &Daerah) -> Tabel {
    let columns = [
        words("Perangkat daerah", 30),
        words("Periode", 12),
        words("Tingkat", 12),
        words("Batas waktu", 12),
        number("Angka"),
        number("Belum diajukan"),
        number("Diajukan terlambat"),
        number("Terlama (hari kerja)"),
    ];
    let rows = daerah.late().into_iter().map(|(k, t)| {
        vec![
            Sel::text(&k.nama),
            Sel::text(t.periode.heading()),
            Sel::text(t.tingkat.label()),
            Sel::text(t.batas.to_string()),
            whole(t.dari),
            whole(t.belum),
            whole(t.susulan),
            counted(t.hari),
        ]
    });
    make("Angka yang terlambat diajukan", daerah.sampai, &columns, rows)
}

fn outliers(daerah: &Daerah) -> Tabel {
    let columns = [
        words("Perangkat daerah", 30),
        words("Kode", 10),
        words("Ukuran", 40),
        words("Satuan", 8),
        number("Nilai"),
        words("Dibandingkan dengan", 24),
        number("Acuan"),
        number("Selisih"),
        words("Penjelasan", 30),
        number("Pembanding diketahui"),
        number("Pembanding"),
    ];
    let rows = daerah.outliers().into_iter().map(|m| {
        let (kode, ukuran, satuan) = match m.ukuran {
            Ukuran::Indikator(i) => (i.kode.as_str(), i.nama.as_str(), i.satuan.as_str()),
            Ukuran::Capaian => ("", "Capaian IKU", "%"),
            Ukuran::Serapan => ("", "Serapan anggaran", "%"),
        };
        let (against, why) = explain(&m.pencilan.uji);
        vec![
            Sel::text(&m.kantor.nama),
            Sel::text(kode),
            Sel::text(ukuran),
            Sel::text(satuan),
            exact(m.pencilan.nilai),
            Sel::text(against),
            exact(m.pencilan.acuan),
            exact(m.pencilan.selisih),
            Sel::text(why),
            whole(m.cakupan.ada),
            whole(m.cakupan.dari),
        ]
    });
    make("Nilai yang menyimpang", daerah.sampai, &columns, rows)
}

/// What a value was compared with, and the numbers of the test.
fn explain(uji: &Uji) -> (&'static str, String) {
    match uji {
        Uji::Median { sebaran, skor } => {
            let score = skor.map_or_else(|| "nilai lain sama".to_owned(), |x| format!("skor {}", two(x)));
            ("median perangkat daerah", format!("{score}, MAD {}", two(sebaran.mad)))
        }
        Uji::TahunLalu { rasio, .. } => {
            let change = rasio.and_then(|x| x.checked_mul(Decimal::ONE_HUNDRED));
            (
                "periode sama tahun lalu",
                change.map_or_else(|| "tahun lalu nol".to_owned(), |x| format!("berubah {}%", two(x))),
            )
        }
        Uji::Riwayat { terkecil, terbesar, .. } => {
            ("terkecil dan terbesar sebelumnya", format!("{} sampai {}", two(*terkecil), two(*terbesar)))
        }
    }
}

/// What is never known of a unit.
const UNITS: &str = "Ketepatan waktu hanya diketahui untuk perangkat daerah; pada unit bobotnya tidak ikut dihitung.";

fn ranking<T: fmt::Display>(
    isi: Isi<'_>,
    judul: &str,
    siapa: &str,
    (peringkat, belum): (&Peringkat<'_, T>, &Peringkat<'_, T>),
) -> Tabel {
    let names: Vec<[String; 2]> = isi
        .pembobotan
        .criteria()
        .iter()
        .map(|k| [k.nama.clone(), format!("{} x bobot {}", k.nama, write_decimal(k.bobot.normalize(), None))])
        .collect();
    let mut columns = vec![number("Peringkat"), words(siapa, 30), number("Skor")];
    columns.extend(names.iter().flatten().map(|nama| number(nama)));
    columns.extend([number("Jumlah"), number("Jumlah bobot"), number("Kriteria diketahui"), number("Kriteria")]);
    let scored = |rank: Sel, b: &Berperingkat<'_, T>| {
        let mut row = vec![rank, Sel::text(b.peserta.subjek.to_string()), percent(Some(b.skor))];
        row.extend(b.rincian.iter().flat_map(|r| [percent(r.nilai.map(|(x, _)| x)), percent(r.nilai.map(|(_, x)| x))]));
        row.extend([percent(Some(b.jumlah)), exact(b.bobot), whole(b.kriteria.ada), whole(b.kriteria.dari)]);
        row
    };
    let ranked = peringkat.urutan.iter().map(|b| scored(whole(b.peringkat), b));
    let others = belum.urutan.iter().map(|b| scored(Sel::text(UNRANKED), b));
    let unknown = belum.tanpa_nilai.iter().chain(&peringkat.tanpa_nilai).map(|p: &&Peserta<T>| {
        let mut row = vec![Sel::text(UNRANKED), Sel::text(p.subjek.to_string())];
        row.resize(columns.len() - 2, Sel::text(NONE));
        row.extend([whole(0), whole(p.nilai.len())]);
        row
    });
    make(judul, isi.daerah.sampai, &columns, ranked.chain(others).chain(unknown))
}

/// How the ranking is made, in words.
fn rules(siapa: &str) -> Vec<String> {
    vec![
        "Skor = jumlah nilai x bobot dibagi jumlah bobot kriteria yang diketahui. Nilai dibatasi 0 sampai 100."
            .to_owned(),
        format!("Kriteria yang belum diketahui tidak dihitung sebagai nol; {siapa} itu belum diperingkat."),
    ]
}

/// A column of texts.
const fn words(nama: &str, lebar: u16) -> (&str, Kolom) {
    (nama, Kolom { lebar, rata: Rata::Kiri })
}

/// A column of numbers.
const fn number(nama: &str) -> (&str, Kolom) {
    (nama, Kolom { lebar: 10, rata: Rata::Kanan })
}

fn make(judul: &str, sampai: Periode, columns: &[(&str, Kolom)], rows: impl Iterator<Item = Vec<Sel>>) -> Tabel {
    Tabel {
        judul: format!("{judul} s.d. {}", sampai.heading()),
        kolom: columns.iter().map(|(_, kolom)| *kolom).collect(),
        kepala: vec![columns.iter().map(|(nama, _)| Sel::text(*nama)).collect()],
        isi: rows.map(|sel| Baris { sel, ..Baris::default() }).collect(),
        ..Tabel::default()
    }
}

fn valued(x: Decimal, places: u32) -> Sel {
    Sel { nilai: Some(NilaiSel::Bilangan(x, places)), ..Sel::text(write_decimal(x, Some(places))) }
}

/// A percentage or a score, with two decimals.
fn percent(x: Option<Decimal>) -> Sel {
    x.map_or_else(|| Sel::text(NONE), |x| valued(x, 2))
}

/// A number with the decimals that it has.
fn exact(x: Decimal) -> Sel {
    let x = x.normalize();
    valued(x, shown_places(x))
}

fn whole(n: usize) -> Sel {
    valued(Decimal::from(n), 0)
}

fn counted(n: u32) -> Sel {
    valued(Decimal::from(n), 0)
}

fn amount(x: Option<Rupiah>) -> Sel {
    x.map_or_else(|| Sel::text(NONE), |x| Sel { nilai: Some(NilaiSel::Uang(x)), ..Sel::text(write_amount(x)) })
}

fn shown(x: Option<Decimal>) -> String {
    x.map_or_else(|| NONE.to_owned(), |x| format!("{}%", write_percent(x)))
}

fn two(x: Decimal) -> String {
    write_decimal(x, Some(2))
}

#[cfg(test)]
mod tests;
