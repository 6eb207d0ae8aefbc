//! The table of a sasaran: targets by quarter, and the steps beside them.

use tolok_domain::action::{Kecocokan, Langkah, PeriksaTarget};
use tolok_domain::duty::Frekuensi;
use tolok_domain::{Nilai, Pengukuran, Periode, Simpul};

use crate::lkjip::capitalise;
use crate::lkjip::cells::{group, header, left, middle, money, right, row, text, value};
use crate::naskah::{Baris, Ruas, Sel, Tabel};

const COLUMNS: usize = 13;

pub(super) fn table(
    hasil: &Pengukuran<'_>,
    top: Option<&Simpul>,
    listed: &[&PeriksaTarget<'_>],
    number: usize,
) -> Tabel {
    let mut isi = Vec::new();
    let mut node = top.map_or("", |s| s.kode.as_str());
    for (i, p) in (1..).zip(listed) {
        if p.indikator.simpul != node {
            node = &p.indikator.simpul;
            isi.extend(hasil.potret.node(node).map(|s| group(title(s), COLUMNS)));
        }
        isi.extend(rows(hasil, p, i));
    }
    let mut first: Vec<Sel> =
        ["No", "Indikator Kinerja", "Satuan", "Target Tahun"].into_iter().map(|w| text(w).span(1, 2)).collect();
    first.push(text("Target Triwulan").span(4, 1));
    first.extend(
        ["Langkah", "Waktu", "Keluaran", "Anggaran (Rp)", "Penanggung Jawab"].into_iter().map(|w| text(w).span(1, 2)),
    );
    let mut table = Tabel {
        nama: format!("rencana_aksi_{number}"),
        judul: top.map_or_else(String::new, |s| format!("{}: {}", s.jenis.label(), s.calm_name())),
        kolom: vec![
            middle(4),
            left(20),
            middle(8),
            right(8),
            right(7),
            right(7),
            right(7),
            right(7),
            left(24),
            middle(9),
            left(13),
            right(12),
            left(18),
        ],
        kepala: vec![first, header(&["I", "II", "III", "IV"])],
        isi,
        // What was planned and does not make the year must not be signed unseen.
        catatan: listed
            .iter()
            .filter(|p| matches!(p.hasil, Kecocokan::Beda(_)))
            .map(|p| format!("{}: {p}.", p.indikator.nama))
            .collect(),
        ..Tabel::default()
    };
    capitalise(&mut table);
    table
}

/// Level, code and wording of a node; budget documents begin the names of programmes with that word.
fn title(simpul: &Simpul) -> String {
    let (label, name) = (simpul.jenis.label(), simpul.calm_name());
    let said = name.to_lowercase().starts_with(&format!("{} ", label.to_lowercase()));
    if said { format!("{} {name}", simpul.kode) } else { format!("{label} {} {name}", simpul.kode) }
}

/// The rows of an indicator: one for each step, at least one.
fn rows(hasil: &Pengukuran<'_>, p: &PeriksaTarget<'_>, number: usize) -> Vec<Baris> {
    let year = Periode::Tahun(hasil.potret.tahun);
    let key = format!("target {} {year}", p.indikator.kode);
    let target = match &p.setahun {
        Some(target) => value(Some(&target.nilai), key),
        None => missing(),
    };
    let mut cells = vec![text(number.to_string()), text(&p.indikator.nama), text(&p.indikator.satuan), target];
    cells.extend(parts(p));
    let Some((first, more)) = p.langkah.split_first() else {
        cells.push(Sel { isi: vec![Ruas { miring: true, ..Ruas::text("belum ada langkah") }], ..Sel::default() });
        let unit = hasil.potret.unit_of(p.indikator).and_then(|kode| hasil.potret.unit(kode));
        cells.extend([Sel::empty(), Sel::empty(), Sel::empty(), text(unit.map_or("", |u| u.nama.as_str()))]);
        return vec![row(cells)];
    };
    cells.extend(step(hasil, first));
    let below = more.iter().map(|l| {
        let mut cells = vec![Sel::empty(); 8];
        cells.extend(step(hasil, l));
        row(cells)
    });
    std::iter::once(row(cells)).chain(below).collect()
}

fn missing() -> Sel {
    text("belum ada")
}

/// Four cells: the quarters, a half year across two of them, or the months of a quarter below each other.
fn parts(p: &PeriksaTarget<'_>) -> Vec<Sel> {
    let cell = |(periode, nilai): &(Periode, Option<&Nilai>)| match nilai {
        Some(nilai) => value(Some(nilai), format!("target {} {periode}", p.indikator.kode)),
        None if p.frekuensi.needs(*periode) => missing(),
        None => text("–"),
    };
    match p.frekuensi {
        Frekuensi::Triwulan | Frekuensi::Tahun => p.bagian.iter().map(cell).collect(),
        Frekuensi::Semester => p.bagian.iter().map(|part| cell(part).span(2, 1)).collect(),
        Frekuensi::Bulan => p
            .bagian
            .chunks(3)
            .map(|months| {
                let line = |(periode, nilai): &(Periode, Option<&Nilai>)| {
                    let written = nilai.map_or_else(|| "belum ada".to_owned(), ToString::to_string);
                    format!("{}: {written}", periode.short())
                };
                text(months.iter().map(line).collect::<Vec<_>>().join("\n"))
            })
            .collect(),
    }
}

fn step(hasil: &Pengukuran<'_>, l: &Langkah) -> [Sel; 5] {
    let unit = l.unit.as_deref().and_then(|kode| hasil.potret.unit(kode));
    let or_missing = |words: &str| if words.is_empty() { missing() } else { text(words) };
    [
        text(&l.uraian),
        text(l.periode.short()),
        or_missing(&l.keluaran),
        if l.rupiah.is_some() { money(l.rupiah, format!("langkah {}", l.kode)) } else { missing() },
        or_missing(unit.map_or("", |u| u.nama.as_str())),
    ]
}
