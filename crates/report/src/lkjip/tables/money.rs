//! Money: resources, spending of the year, absorption over the years.

use tolok_domain::figure::JenisAngka;
use tolok_domain::measure::Uang;
use tolok_domain::{Indikator, JenisDokumen, JenisSimpul, Pengukuran, Periode};

use super::achievement::has_target_in;
use super::whose;
use crate::lkjip::cells::{absorption, bold, group, header, left, middle, money, numbers, right, row, strong, text};
use crate::lkjip::tree::{Garis, columns, lines};
use crate::naskah::{Baris, GayaBaris, Kolom, Rata, Sel, Tabel};

fn money_cells(kode: &str, tahun: i16, uang: &Uang) -> [Sel; 3] {
    [
        money(uang.pagu, format!("pagu {kode} {tahun}")),
        money(uang.realisasi, format!("belanja {kode} {tahun}")),
        absorption(&uang.absorption(), format!("serapan {kode} {tahun}")),
    ]
}

fn total_row(hasil: &Pengukuran<'_>, before: u16) -> Baris {
    let mut sel = vec![text("Jumlah").span(before, 1).aligned(Rata::Kiri)];
    sel.extend(money_cells("total", hasil.potret.tahun, &hasil.total));
    Baris { gaya: GayaBaris::Kelompok, sel }
}

/// Ceiling and spending per programme, kegiatan and sub kegiatan (chapter I, resources).
pub(super) fn resources(hasil: &Pengukuran<'_>) -> Tabel {
    let mut isi = Vec::new();
    let (mut programme, mut number) = (0, 0);
    for u in hasil.simpul.iter().filter(|u| u.simpul.jenis >= JenisSimpul::Program && u.uang.is_known()) {
        let strong_row = u.simpul.jenis == JenisSimpul::Program;
        let mark = if strong_row {
            programme += 1;
            roman(programme)
        } else {
            number += 1;
            number.to_string()
        };
        let mut sel = vec![text(mark), text(&u.simpul.nama)];
        sel.extend(money_cells(&u.simpul.kode, hasil.potret.tahun, &u.uang));
        isi.push(if strong_row { strong(sel) } else { row(sel) });
    }
    isi.push(total_row(hasil, 2));
    Tabel {
        judul: format!("Realisasi Pelaksanaan Program dan Kegiatan {}", whose(hasil)),
        kolom: vec![middle(5), left(48), right(17), right(17), right(11)],
        kepala: vec![header(&["No", "Program/Kegiatan/Sub Kegiatan", "Target (Rp)", "Realisasi (Rp)", "Capaian (%)"])],
        isi,
        ..Tabel::default()
    }
}

/// Small Roman numbers.
fn roman(n: usize) -> String {
    const PARTS: [(usize, &str); 5] = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut rest = n;
    let mut text = String::new();
    for (value, sign) in PARTS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    text
}

/// Spending down to kegiatan under goals and targets (table 3.4).
pub(super) fn spending(hasil: &Pengukuran<'_>) -> Tabel {
    let mut isi = vec![total_row(hasil, 4)];
    let (mut goal, mut target) = (0, 0);
    let shown = |jenis| {
        matches!(jenis, JenisSimpul::Tujuan | JenisSimpul::Sasaran | JenisSimpul::Program | JenisSimpul::Kegiatan)
    };
    for u in hasil.simpul.iter().filter(|u| shown(u.simpul.jenis) && u.uang.is_known()) {
        let mark = match u.simpul.jenis {
            JenisSimpul::Tujuan => {
                goal += 1;
                roman(goal)
            }
            JenisSimpul::Sasaran => {
                target += 1;
                target.to_string()
            }
            _ => String::new(),
        };
        let mut sel = vec![text(mark)];
        sel.extend(columns(u.simpul, true).map(text));
        sel.extend(money_cells(&u.simpul.kode, hasil.potret.tahun, &u.uang));
        sel.push(text(spending_remark(hasil, &u.simpul.kode)));
        isi.push(if u.simpul.jenis == JenisSimpul::Program { strong(sel) } else { row(sel) });
    }
    if let Some(first) = isi.first_mut() {
        first.sel.push(Sel::empty());
    }
    Tabel {
        judul: format!("Pencapaian Realisasi Anggaran {}", whose(hasil)),
        kolom: vec![middle(4), left(17), left(20), left(34), right(15), right(15), right(9), left(14)],
        kepala: vec![
            header(&[
                "No",
                "Tujuan",
                "Sasaran",
                "Program/Kegiatan",
                "Target (Rp)",
                "Realisasi (Rp)",
                "Capaian (%)",
                "Keterangan",
            ]),
            numbers(8),
        ],
        isi,
        ..Tabel::default()
    }
}

fn spending_remark(hasil: &Pengukuran<'_>, kode: &str) -> String {
    let year = Periode::Tahun(hasil.potret.tahun);
    let remark = hasil
        .node_figures(kode)
        .iter()
        .find(|a| a.periode == year && a.jenis == JenisAngka::RealisasiAnggaran && !a.keterangan.is_empty());
    remark.map(|a| a.keterangan.clone()).unwrap_or_default()
}

/// Money that serves an indicator: of the programmes that say so, or of its own node.
pub(crate) fn money_for(hasil: &Pengukuran<'_>, indikator: &Indikator, at: Periode) -> Uang {
    let money = hasil.money_at(at);
    let serving: Vec<&str> = hasil
        .potret
        .simpul
        .iter()
        .filter(|s| s.mendukung.as_deref() == Some(indikator.kode.as_str()))
        .map(|s| s.kode.as_str())
        .collect();
    let below: Vec<&str> = programmes_below(hasil, &indikator.simpul);
    // Where all programmes of the node serve the indicator, the node's own figures speak for it.
    if serving.is_empty() || serving == below {
        return money.get(indikator.simpul.as_str()).cloned().unwrap_or_default();
    }
    serving.iter().filter_map(|kode| money.get(kode)).fold(Uang::default(), |a, u| a.plus(u))
}

fn programmes_below<'a>(hasil: &Pengukuran<'a>, kode: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    for child in hasil.potret.simpul.iter().filter(|s| s.induk.as_deref() == Some(kode)) {
        if child.jenis == JenisSimpul::Program {
            found.push(child.kode.as_str());
        } else {
            found.extend(programmes_below(hasil, &child.kode));
        }
    }
    found
}

/// Ceiling, spending and absorption over the years per indicator of goals and targets (table 3.5).
pub(super) fn medium_term(hasil: &Pengukuran<'_>) -> Tabel {
    let tahun = hasil.potret.tahun;
    let first_year = (hasil.potret.instansi.renstra_awal - 1).max(tahun - 3);
    let years: Vec<i16> = (first_year..=tahun).collect();
    let span = u16::try_from(years.len()).unwrap_or(1);
    let in_renstra = |i: &Indikator| has_target_in(hasil, i, JenisDokumen::Renstra);
    let mut isi = Vec::new();
    let mut number = 0;
    for line in lines(hasil, |s| s.jenis <= JenisSimpul::Sasaran, in_renstra) {
        let Garis::Simpul { simpul, indikator: Some(indikator), pertama } = line else { continue };
        number += usize::from(pertama);
        let [tujuan, sasaran, _] = columns(simpul, pertama);
        let uang: Vec<Uang> = years.iter().map(|t| money_for(hasil, indikator, Periode::Tahun(*t))).collect();
        let mut sel = vec![
            text(if pertama { number.to_string() } else { String::new() }),
            text(tujuan),
            text(sasaran),
            text(&indikator.nama),
        ];
        let key = |what: &str, t: i16| format!("{what} {} {t}", indikator.kode);
        sel.extend(years.iter().zip(&uang).map(|(t, u)| money(u.pagu, key("pagu", *t))));
        sel.extend(years.iter().zip(&uang).map(|(t, u)| money(u.realisasi, key("belanja", *t))));
        sel.extend(years.iter().zip(&uang).map(|(t, u)| absorption(&u.absorption(), key("serapan", *t))));
        isi.push(row(sel));
    }
    let mut first: Vec<Sel> =
        ["No", "Tujuan", "Sasaran", "Indikator Tujuan/Sasaran"].into_iter().map(|w| text(w).span(1, 2)).collect();
    first.extend(
        ["Target Anggaran (Rp)", "Capaian Anggaran (Rp)", "Persentase Capaian (%)"].map(|w| text(w).span(span, 1)),
    );
    let second = (0..3).flat_map(|_| years.iter().map(|t| text(t.to_string()))).collect();
    let wide = years.iter().map(|_| right(13));
    Tabel {
        judul: format!(
            "Serapan Anggaran Tujuan dan Sasaran Jangka Menengah {} {} Tahun {first_year}–{tahun}",
            hasil.potret.instansi.nama, hasil.potret.instansi.daerah
        ),
        kolom: [middle(4), left(13), left(14), left(14)]
            .into_iter()
            .chain(wide.clone())
            .chain(wide)
            .chain(years.iter().map(|_| right(7)))
            .collect::<Vec<Kolom>>(),
        kepala: vec![first, second, numbers(4 + 3 * years.len())],
        isi,
        catatan: vec!["Serapan dihitung hanya bila pagu semua program yang belanjanya tercatat diketahui.".to_owned()],
        ..Tabel::default()
    }
}

/// Programmes with their money, for the annex of the agreement.
pub(crate) fn programmes(hasil: &Pengukuran<'_>) -> Tabel {
    let tahun = hasil.potret.tahun;
    let mut isi = Vec::new();
    for u in hasil.simpul.iter().filter(|u| u.simpul.jenis == JenisSimpul::Program && u.uang.pagu.is_some()) {
        isi.push(row(vec![
            text((isi.len() + 1).to_string()),
            text(&u.simpul.nama),
            money(u.uang.pagu, format!("pagu {} {tahun}", u.simpul.kode)),
        ]));
    }
    let mut sum = group("Jumlah", 2);
    sum.sel[0] = bold("Jumlah").span(2, 1).aligned(Rata::Kiri);
    sum.sel.push(money(hasil.total.pagu, format!("pagu total {tahun}")));
    isi.push(sum);
    Tabel {
        nama: "program_anggaran".to_owned(),
        judul: format!("Program dan Anggaran {}", whose(hasil)),
        kolom: vec![middle(5), left(65), right(25)],
        kepala: vec![header(&["No", "Program", "Anggaran (Rp)"])],
        isi,
        ..Tabel::default()
    }
}
