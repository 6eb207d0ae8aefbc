//! The measurement form (III.A of the source): performance of targets beside performance and money of what serves them.

use tolok_domain::measure::UkurIndikator;
use tolok_domain::{Indikator, JenisSimpul, Pengukuran, Periode, Simpul};

use super::achievement::remark;
use super::whose;
use crate::lkjip::cells::{absorption, achievement, bold, group, left, middle, money, right, row, text, value};
use crate::naskah::{Baris, Sel, Tabel};

/// Columns of the left half.
const LEFT: usize = 9;
/// Columns of the right half.
const RIGHT: usize = 10;

/// The whole form.
pub(super) fn full(hasil: &Pengukuran<'_>) -> Tabel {
    let tahun = hasil.potret.tahun;
    let mut isi = Vec::new();
    let mut total = group(format!("{} {}", hasil.potret.instansi.nama, hasil.potret.instansi.daerah), LEFT + 4);
    total.sel.push(money(hasil.total.pagu, format!("pagu total {tahun}")));
    total.sel.push(Sel::empty());
    total.sel.push(money(hasil.total.realisasi, format!("belanja total {tahun}")));
    total.sel.push(Sel::empty());
    total.sel.push(absorption(&hasil.total.absorption(), format!("serapan total {tahun}")));
    total.sel.push(Sel::empty());
    isi.push(total);
    let (mut number, mut shown) = (0, "");
    for u in hasil.indikator.iter().filter(|u| u.berlaku && is_above_programmes(hasil, u.indikator)) {
        // A target with several indicators is numbered and named once.
        let named = shown == u.indikator.simpul;
        number += usize::from(!named);
        shown = &u.indikator.simpul;
        let mut lines = serving_lines(hasil, u.indikator);
        if lines.is_empty() {
            lines.push(Baris { sel: vec![Sel::empty(); RIGHT], ..Baris::default() });
        }
        for (i, line) in lines.into_iter().enumerate() {
            let number = (!named).then_some(number);
            let mut sel = if i == 0 { left_half(hasil, u, number) } else { vec![Sel::empty(); LEFT] };
            sel.extend(line.sel);
            isi.push(row(sel));
        }
    }
    let upright = |words: &[&str]| words.iter().map(|w| text(*w).span(1, 2)).collect::<Vec<Sel>>();
    let (period, until) = match hasil.sampai {
        Periode::Tahun(t) => (format!("Tahun {t}"), format!("s.d. Akhir Tahun {t}")),
        other => (other.heading(), format!("s.d. {}", other.heading())),
    };
    let mut first = upright(&["No", "Sasaran Strategis", "Indikator Kinerja", "Cara Pengukuran", "Satuan", "Target"]);
    first.push(text(period).span(2, 1));
    first.extend(upright(&["Ket."]));
    first.extend(upright(&["Program/Kegiatan/Sub Kegiatan", "Indikator Kinerja"]));
    first.push(text("Target Kinerja").span(2, 1));
    first.extend(upright(&["Pagu (Rp)"]));
    first.push(text(until).span(4, 1));
    first.extend(upright(&["Ket."]));
    let second = [
        "Realisasi",
        "%",
        "Kinerja",
        "Satuan",
        "Realisasi Kinerja",
        "Realisasi Anggaran (Rp)",
        "% Kinerja",
        "% Anggaran",
    ]
    .map(text);
    Tabel {
        judul: format!("Pengukuran Kinerja {}", whose(hasil)),
        kolom: vec![
            middle(3),
            left(11),
            left(11),
            left(12),
            middle(5),
            right(6),
            right(7),
            right(7),
            left(9),
            left(17),
            left(17),
            right(7),
            middle(6),
            right(12),
            right(7),
            right(12),
            right(7),
            right(7),
            left(13),
        ],
        kepala: vec![first, second.to_vec()],
        isi,
        ..Tabel::default()
    }
}

fn is_above_programmes(hasil: &Pengukuran<'_>, indikator: &Indikator) -> bool {
    hasil.potret.node(&indikator.simpul).is_some_and(|s| s.jenis < JenisSimpul::Program)
}

fn left_half(hasil: &Pengukuran<'_>, u: &UkurIndikator<'_>, number: Option<usize>) -> Vec<Sel> {
    let tahun = hasil.potret.tahun;
    let kode = &u.indikator.kode;
    // The form shows the counts behind a percentage: 28 / 35.
    let is_count = |text: &str| text.chars().all(|c| c.is_ascii_digit() || "., /".contains(c));
    let counts = u
        .jejak
        .iter()
        .filter_map(|step| step.uraian.split_once(" = "))
        .find(|(text, _)| text.contains(" / ") && is_count(text));
    let mut realisasi = value(Some(&u.realisasi.nilai), format!("realisasi {kode} {tahun}"));
    if let (Some((counts, _)), Some(run)) = (counts, realisasi.isi.first_mut()) {
        // Without spaces, so that no line ends within it.
        run.teks = counts.replace(' ', "");
        realisasi.nilai = None;
    }
    vec![
        text(number.map(|n| n.to_string()).unwrap_or_default()),
        text(number.and_then(|_| hasil.potret.node(&u.indikator.simpul)).map_or("", |s| &s.nama)),
        text(&u.indikator.nama),
        text(&u.indikator.cara_ukur),
        text(&u.indikator.satuan),
        value(u.target.as_ref().map(|t| &t.nilai), format!("target {kode} {tahun}")),
        realisasi,
        achievement(&u.capaian, format!("capaian {kode} {tahun}")),
        text(remark(u)),
    ]
}

/// Lines of the programmes that serve an indicator, with everything below them.
fn serving_lines(hasil: &Pengukuran<'_>, indikator: &Indikator) -> Vec<Baris> {
    let mut lines = Vec::new();
    for s in hasil.potret.simpul.iter().filter(|s| s.mendukung.as_deref() == Some(indikator.kode.as_str())) {
        below(hasil, s, &mut lines);
    }
    lines
}

fn below(hasil: &Pengukuran<'_>, simpul: &Simpul, lines: &mut Vec<Baris>) {
    let measured: Vec<_> = hasil.indicators_of(&simpul.kode).collect();
    let uang = hasil.node(&simpul.kode).map(|u| &u.uang);
    if measured.is_empty() && uang.is_none_or(|u| u.pagu.is_none()) {
        return;
    }
    if measured.is_empty() {
        lines.push(line(hasil, simpul, None, true));
    }
    for (i, u) in measured.into_iter().enumerate() {
        lines.push(line(hasil, simpul, Some(u), i == 0));
    }
    for child in hasil.potret.children(Some(&simpul.kode)) {
        below(hasil, child, lines);
    }
}

fn line(hasil: &Pengukuran<'_>, simpul: &Simpul, u: Option<&UkurIndikator<'_>>, first: bool) -> Baris {
    let tahun = hasil.potret.tahun;
    let uang = hasil.node(&simpul.kode).map(|n| n.uang.clone()).unwrap_or_default();
    let node = &simpul.kode;
    let kode = u.map_or(String::new(), |u| u.indikator.kode.clone());
    let only_first = |cell: Sel| if first { cell } else { Sel::empty() };
    // The row of a programme is bold in its own names only: the left half of the row belongs to the target.
    let name = |teks: &str| if simpul.jenis == JenisSimpul::Program { bold(teks) } else { text(teks) };
    let sel = vec![
        name(if first { &simpul.nama } else { "" }),
        name(u.map_or("", |u| &u.indikator.nama)),
        u.map_or_else(Sel::empty, |u| value(u.target.as_ref().map(|t| &t.nilai), format!("target {kode} {tahun}"))),
        text(u.map_or("", |u| &u.indikator.satuan)),
        only_first(money(uang.pagu, format!("pagu {node} {tahun}"))),
        u.map_or_else(Sel::empty, |u| value(Some(&u.realisasi.nilai), format!("realisasi {kode} {tahun}"))),
        only_first(money(uang.realisasi, format!("belanja {node} {tahun}"))),
        u.map_or_else(Sel::empty, |u| achievement(&u.capaian, format!("capaian {kode} {tahun}"))),
        only_first(absorption(&uang.absorption(), format!("serapan {node} {tahun}"))),
        text(u.map(remark).unwrap_or_default()),
    ];
    row(sel)
}
