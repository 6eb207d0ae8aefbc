//! Notation: two ways of writing the same kind of value in one place.

use rust_decimal::{Decimal, dec};
use tolok_domain::bacaan::{Bagian, SelBaca};
use tolok_domain::number::Gaya;

use super::kutipan::numbers as quoted;
use super::naskah::excerpt;
use crate::aturan::{Aturan, Ukuran};
use crate::model::Model;
use crate::temuan::{Sisi, Temuan};

/// Money in the text that mixes both styles: "Rp. 71.366,000,-".
pub(super) fn numbers(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    let english = m.tabel.iter().find_map(|t| {
        t.asal.kolom.iter().position(|k| k.gaya == Some(Gaya::Inggris)).and_then(|c| {
            let cell = t.asal.baris.iter().filter_map(|r| r.get(c)).find(|s| s.teks.contains(','))?;
            Some((t, c, cell))
        })
    });
    for (_, text, letak) in m.texts() {
        for n in quoted(text).into_iter().filter(|n| n.rupiah) {
            let groups: Vec<&str> = n.teks.split(['.', ',']).collect();
            let both = n.teks.contains('.') && n.teks.contains(',');
            // "71.366,000": the last group is thousands, its sign is the one for decimals.
            if both && groups.len() > 2 && groups[1..].iter().all(|g| g.len() == 3) {
                let finding = Temuan::new(
                    a,
                    format!("{} mencampur tanda ribuan", n.teks),
                    Sisi::read(letak, "teks", excerpt(text, n.teks)),
                );
                found.push(match english {
                    Some((t, c, cell)) => finding.against(Sisi::read(&cell.letak, &t.asal.kolom[c].judul, &*cell.teks)),
                    None => finding,
                });
            }
        }
    }
    // A table in the other style than the rest of the file.
    let indonesian = m.tabel.iter().any(|t| t.asal.kolom.iter().any(|k| k.gaya == Some(Gaya::Indonesia)));
    if let Some((t, c, cell)) = english.filter(|_| indonesian && found.is_empty()) {
        found.push(
            Temuan::new(
                a,
                format!("Kolom {} memakai koma sebagai tanda ribuan", t.asal.kolom[c].judul),
                Sisi::read(&cell.letak, &t.asal.kolom[c].judul, &*cell.teks),
            )
            .because("Tabel lain dalam berkas ini memakai titik sebagai tanda ribuan."),
        );
    }
    found
}

/// Day and month of "25/02/2021" as written: first and second number.
fn slashed(text: &str) -> Option<(u32, u32)> {
    let mut parts = text.trim().split('/');
    let (x, y, z) = (parts.next()?, parts.next()?, parts.next()?);
    let year = z.len() == 4 && z.bytes().all(|b| b.is_ascii_digit());
    (year && parts.next().is_none()).then_some((x.parse().ok()?, y.parse().ok()?))
}

pub(super) fn dates(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for n in &m.naskah {
        for part in &n.bacaan.bagian {
            let Bagian::Kisi { baris, .. } = part else { continue };
            let cells = || baris.iter().flatten().filter(|s: &&SelBaca| !s.tergabung);
            let month_first = cells().find(|s| slashed(&s.teks).is_some_and(|(x, y)| x <= 12 && y > 12));
            let day_first = cells().find(|s| slashed(&s.teks).is_some_and(|(x, y)| x > 12 && y <= 12));
            if let (Some(x), Some(y)) = (month_first, day_first) {
                found.push(
                    Temuan::new(
                        a,
                        "Tanggal ditulis dengan dua urutan",
                        Sisi::read(&x.letak, "bulan/hari/tahun", &*x.teks),
                    )
                    .against(Sisi::read(&y.letak, "hari/bulan/tahun", &*y.teks))
                    .because("Tanggal seperti 3/12/2021 menjadi tidak pasti: 3 Desember atau 12 Maret."),
                );
            }
        }
    }
    found
}

/// Achievements written as fractions of one: 1,08 for 108 %.
pub(super) fn fractions(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for r in &m.rekam {
        for isi in r.values(Ukuran::Capaian) {
            let year = isi.tahun();
            let (Some(x), Some(t)) = (r.number(Ukuran::Realisasi, year), r.number(Ukuran::Target, year)) else {
                continue;
            };
            let Some(printed) = isi.angka else { continue };
            let why = crate::rasio::classify_ratio(t, x, printed, printed.scale());
            if why == crate::rasio::Penjelasan::Pecahan && !isi.sel.teks.contains('%') {
                found.push(
                    Temuan::new(
                        a,
                        format!("Capaian {} ditulis sebagai pecahan", r.indikator),
                        m.side(r, isi, "Capaian"),
                    )
                    .because(format!(
                        "{} berarti {}%.",
                        isi.sel.teks.trim(),
                        super::shown(printed * dec!(100))
                    )),
                );
            }
        }
    }
    found
}

/// A column in millions in which some cells are whole rupiah.
pub(super) fn scales(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for (i, t) in m.tabel.iter().enumerate() {
        for kolom in t.asal.kolom.iter().filter(|k| k.skala > 0) {
            let values: Vec<_> = m
                .rows_of(i)
                .flat_map(|(_, r)| r.isi.iter().filter(|x| x.kolom.nomor == kolom.nomor).map(move |x| (r, x)))
                .filter_map(|(r, x)| Some((r, x, x.angka.filter(|v| *v > Decimal::ZERO)?)))
                .collect();
            let mut sorted: Vec<Decimal> = values.iter().map(|(_, _, v)| *v).collect();
            sorted.sort_unstable();
            let Some(median) = sorted.get(sorted.len() / 2).copied().filter(|_| sorted.len() > 2) else { continue };
            for (r, x, v) in values.iter().filter(|(_, _, v)| v.checked_div(dec!(10_000)).is_some_and(|v| v > median)) {
                found.push(
                    Temuan::new(
                        a,
                        format!("{} kemungkinan rupiah penuh", x.sel.teks.trim()),
                        m.side(r, x, &kolom.judul),
                    )
                    .because(format!(
                        "Kolom ini berjudul \"{}\"; dibaca begitu nilainya {}, jauh di atas baris lain.",
                        kolom.judul,
                        super::shown(*v)
                    )),
                );
            }
        }
    }
    found
}

/// Percentages of one column with different numbers of decimals.
pub(super) fn decimals(m: &Model<'_>, a: &'static Aturan) -> Vec<Temuan> {
    let mut found = Vec::new();
    for (i, t) in m.tabel.iter().enumerate() {
        for ukuran in [Ukuran::Capaian, Ukuran::Serapan] {
            for kolom in t.asal.kolom.iter().filter(|k| k.peran == ukuran.peran()) {
                let cells: Vec<_> = m
                    .rows_of(i)
                    .flat_map(|(_, r)| r.isi.iter().filter(|x| x.kolom.nomor == kolom.nomor).map(move |x| (r, x)))
                    .filter(|(_, x)| x.angka.is_some_and(|v| !v.fract().is_zero()))
                    .collect();
                let places = |x: &crate::model::Isi<'_>| x.angka.map_or(0, |v| v.scale());
                let most = cells.iter().map(|(_, x)| places(x)).max();
                let fewest = cells.iter().find(|(_, x)| Some(places(x)) != most);
                let full = cells.iter().find(|(_, x)| Some(places(x)) == most);
                if let (Some((r, x)), Some((q, y))) = (fewest, full) {
                    found.push(
                        Temuan::new(
                            a,
                            format!("Kolom {} memakai jumlah desimal berbeda", kolom.judul),
                            m.side(r, x, ukuran.label()),
                        )
                        .against(m.side(q, y, ukuran.label())),
                    );
                }
            }
        }
    }
    found
}
