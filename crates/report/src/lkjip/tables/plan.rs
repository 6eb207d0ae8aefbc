//! Plan: goals and targets, key indicators, agreement, yearly plan, action plan.

use std::collections::HashSet;

use tolok_domain::agreement::JenisIsi;
use tolok_domain::figure::JenisAngka;
use tolok_domain::measure::ceilings;
use tolok_domain::{Dokumen, Indikator, JenisDokumen, JenisSimpul, Pengukuran, Periode, Simpul};

use super::achievement::has_target_in;
use super::whose;
use crate::lkjip::cells::{
    group, header, left, middle, money, numbers, past, right, row, strong, text, value, with_unit,
};
use crate::lkjip::tree::{Garis, columns, is_strong, lines, unit_of};
use crate::naskah::{Sel, Tabel};

/// The version of a kind of document: the first (murni) or the latest.
fn document<'a>(hasil: &Pengukuran<'a>, jenis: JenisDokumen, latest: bool) -> Option<&'a Dokumen> {
    let versions = hasil.potret.versions(jenis);
    if latest { versions.last().copied() } else { versions.first().copied() }
}

fn target_cell(hasil: &Pengukuran<'_>, indikator: &Indikator, dokumen: Option<&Dokumen>, periode: Periode) -> Sel {
    let figure = dokumen.and_then(|d| hasil.target_in(&indikator.kode, &d.kode, periode));
    value(figure.map(|a| &a.nilai), format!("target {} {periode}", indikator.kode))
}

/// Goals and targets of the five years (table 2.1).
pub(super) fn goals(hasil: &Pengukuran<'_>) -> Tabel {
    let office = &hasil.potret.instansi;
    let tahun = hasil.potret.tahun;
    let (before, after) = (document(hasil, JenisDokumen::Renstra, false), document(hasil, JenisDokumen::Renstra, true));
    let done: Vec<i16> = (office.renstra_awal..=tahun.min(office.renstra_akhir)).collect();
    let ahead: Vec<i16> = (tahun + 1..=office.renstra_akhir).collect();
    let in_renstra = |i: &Indikator| has_target_in(hasil, i, JenisDokumen::Renstra);
    let end = Periode::Tahun(office.renstra_akhir);
    let mut isi = Vec::new();
    let mut number = 0;
    for line in lines(hasil, |s| s.jenis <= JenisSimpul::Sasaran, in_renstra) {
        let Garis::Simpul { simpul, indikator: Some(indikator), pertama } = line else { continue };
        let [tujuan, sasaran, _] = columns(simpul, pertama);
        let first = simpul.jenis == JenisSimpul::Tujuan && pertama;
        number += usize::from(first);
        let wording = after.map_or(indikator.nama.as_str(), |d| hasil.potret.wording(indikator, &d.kode).0);
        let realised = |t: i16| hasil.at(indikator, Periode::Tahun(t)).realisasi.nilai;
        let key = |t: i16| format!("realisasi {} {t}", indikator.kode);
        let base = office.renstra_awal - 1;
        let mut cells = vec![
            text(if first { number.to_string() } else { String::new() }),
            text(tujuan),
            text(sasaran),
            text(wording),
            text(&indikator.satuan),
            past(&realised(base), key(base)),
        ];
        cells.extend(
            done.iter()
                .map(|t| if *t == tahun { value(Some(&realised(*t)), key(*t)) } else { past(&realised(*t), key(*t)) }),
        );
        cells.extend(ahead.iter().map(|t| target_cell(hasil, indikator, after, Periode::Tahun(*t))));
        cells.push(target_cell(hasil, indikator, before, end));
        cells.push(target_cell(hasil, indikator, after, end));
        isi.push(row(cells));
    }
    let span = |n: usize| u16::try_from(n).unwrap_or(1);
    let mut first: Vec<Sel> = ["No", "Tujuan", "Sasaran", "Indikator Tujuan/Sasaran", "Satuan"]
        .into_iter()
        .map(|w| text(w).span(1, 2))
        .collect();
    first.push(text("Kinerja Tahun Dasar"));
    first.push(text("Capaian Kinerja").span(span(done.len()), 1));
    if !ahead.is_empty() {
        first.push(text("Target Kinerja").span(span(ahead.len()), 1));
    }
    first.push(text("Kondisi Akhir Target Renstra").span(2, 1));
    let mut second: Vec<Sel> = vec![text((office.renstra_awal - 1).to_string())];
    second.extend(done.iter().chain(&ahead).map(|t| text(t.to_string())));
    second.extend([text("Sebelum"), text("Setelah")]);
    let columns = 5 + second.len();
    Tabel {
        judul: format!(
            "Tujuan, Sasaran, Indikator dan Target Kinerja {} {} Tahun {}–{}",
            office.nama, office.daerah, office.renstra_awal, office.renstra_akhir
        ),
        kolom: [middle(4), left(18), left(20), left(20), middle(7)]
            .into_iter()
            .chain((5..columns).map(|_| right(9)))
            .collect(),
        kepala: vec![first, second, numbers(columns)],
        isi,
        ..Tabel::default()
    }
}

/// The key indicators as decreed (table 2.4).
pub(super) fn key_indicators(hasil: &Pengukuran<'_>) -> Tabel {
    let decree = document(hasil, JenisDokumen::Iku, true);
    let year = Periode::Tahun(hasil.potret.tahun);
    let keep = |i: &Indikator| decree.is_some_and(|d| hasil.target_in(&i.kode, &d.kode, year).is_some());
    let mut isi = Vec::new();
    for line in lines(hasil, |s| s.jenis <= JenisSimpul::Sasaran, keep) {
        let Garis::Simpul { simpul, indikator: Some(indikator), .. } = line else { continue };
        let (nama, satuan) = decree
            .map_or((indikator.nama.as_str(), indikator.satuan.as_str()), |d| hasil.potret.wording(indikator, &d.kode));
        isi.push(row(vec![
            text((isi.len() + 1).to_string()),
            text(&simpul.nama),
            text(nama),
            text(if satuan == "%" { "Persen" } else { satuan }),
            target_cell(hasil, indikator, decree, year),
        ]));
    }
    Tabel {
        judul: format!("Indikator Kinerja Utama {}", whose(hasil)),
        kolom: vec![middle(4), left(34), left(34), middle(10), right(10)],
        kepala: vec![header(&["No", "Sasaran Strategis", "Indikator Kinerja", "Satuan", "Target"])],
        isi,
        ..Tabel::default()
    }
}

/// The agreement of the office (table 2.5): what its head has promised, or what the document sets where no agreement is kept.
pub(super) fn agreement(hasil: &Pengukuran<'_>) -> Tabel {
    let potret = hasil.potret;
    let head = potret.top_unit().and_then(|u| potret.agreement_of(&u.kode));
    // Others may have changed theirs since: the latest version of the document need not be the head's.
    let of_head = head.and_then(|p| potret.document(&p.dokumen));
    let pk = of_head.or_else(|| document(hasil, JenisDokumen::PerjanjianKinerja, true));
    let year = Periode::Tahun(potret.tahun);
    let promised: Option<HashSet<&str>> = head.map(|p| potret.agreed(&p.kode, JenisIsi::Indikator).collect());
    let target = |i: &Indikator| {
        let figure = pk.and_then(|d| hasil.target_in(&i.kode, &d.kode, year)).map(|a| &a.nilai);
        figure.filter(|_| promised.as_ref().is_none_or(|codes| codes.contains(i.kode.as_str())))
    };
    let mut isi = Vec::new();
    let mut number = 0;
    for line in lines(hasil, |s| s.jenis <= JenisSimpul::Sasaran, |i| target(i).is_some()) {
        let Garis::Simpul { simpul, indikator: Some(indikator), pertama } = line else { continue };
        number += usize::from(pertama);
        let mut cell = target_cell(hasil, indikator, pk, year);
        if let (Some(run), Some(nilai)) = (cell.isi.first_mut(), target(indikator)) {
            run.teks = with_unit(nilai, if indikator.satuan == "%" { "%" } else { "" });
        }
        isi.push(row(vec![
            text(if pertama { number.to_string() } else { String::new() }),
            text(if pertama { simpul.nama.clone() } else { String::new() }),
            text(&indikator.nama),
            text(&indikator.satuan),
            cell,
        ]));
    }
    Tabel {
        judul: format!("Perjanjian Kinerja {}", whose(hasil)),
        kolom: vec![middle(4), left(36), left(36), middle(8), right(10)],
        kepala: vec![header(&["No", "Sasaran Strategis", "Indikator Sasaran", "Satuan", "Target"]), numbers(5)],
        isi,
        ..Tabel::default()
    }
}

/// The yearly plan before changes, with money and units in charge (table 2.6).
pub(super) fn budget_plan(hasil: &Pengukuran<'_>) -> Tabel {
    let plan = document(hasil, JenisDokumen::Renja, false).or_else(|| document(hasil, JenisDokumen::Dpa, false));
    let tahun = hasil.potret.tahun;
    let year = Periode::Tahun(tahun);
    let money_of = plan.map(|d| ceilings(hasil.potret, &d.kode, tahun)).unwrap_or_default();
    // An indicator stands in the plan when it has a target there or the plan words it.
    let listed = |i: &Indikator| {
        plan.is_some_and(|d| {
            hasil.target_in(&i.kode, &d.kode, year).is_some()
                || hasil.potret.sebutan.iter().any(|s| s.indikator == i.kode && s.dokumen == d.kode)
        })
    };
    let keep = |s: &Simpul| s.jenis != JenisSimpul::Misi;
    let mut isi = Vec::new();
    let total = hasil.potret.simpul.iter().filter(|s| s.induk.is_none()).filter_map(|s| money_of.get(s.kode.as_str()));
    let mut sum = group("Jumlah", 7);
    sum.sel.push(money(Some(total.copied().sum()), format!("pagu total {tahun}")));
    sum.sel.push(text(&hasil.potret.instansi.singkatan));
    for line in lines(hasil, keep, listed) {
        match line {
            Garis::Urusan(urusan) => isi.push(group(urusan.to_uppercase(), 9)),
            Garis::Simpul { simpul, indikator, pertama } => {
                let pagu = money_of.get(simpul.kode.as_str()).copied();
                if indikator.is_none() && pagu.is_none() {
                    continue;
                }
                let [tujuan, sasaran, program] = columns(simpul, pertama);
                let wording = |i: &Indikator| {
                    plan.map_or((i.nama.clone(), i.satuan.clone()), |d| {
                        let (nama, satuan) = hasil.potret.wording(i, &d.kode);
                        (nama.to_owned(), satuan.to_owned())
                    })
                };
                let (nama, satuan) = indikator.map(wording).unwrap_or_default();
                let official = simpul.jenis >= JenisSimpul::Program && pertama;
                let cells = vec![
                    text(tujuan),
                    text(sasaran),
                    text(if official { simpul.kode.clone() } else { String::new() }),
                    text(program),
                    text(nama),
                    text(satuan),
                    indikator.map_or_else(Sel::empty, |i| target_cell(hasil, i, plan, year)),
                    if pertama { money(pagu, format!("pagu {} {tahun}", simpul.kode)) } else { Sel::empty() },
                    text(if pertama { unit_of(hasil, simpul) } else { "" }),
                ];
                isi.push(if is_strong(simpul) { strong(cells) } else { row(cells) });
            }
        }
    }
    isi.push(sum);
    Tabel {
        judul: format!("Rencana Anggaran {}", whose(hasil)),
        kolom: vec![left(11), left(12), left(12), left(22), left(22), middle(7), right(7), right(12), left(16)],
        kepala: vec![
            header(&[
                "Tujuan",
                "Sasaran",
                "Kode Rekening",
                "Program/Kegiatan/Sub Kegiatan",
                "Indikator",
                "Satuan",
                "Target",
                "Pagu Indikatif (Rp)",
                "Penanggung Jawab",
            ]),
            numbers(9),
        ],
        isi,
        catatan: plan.map(|d| vec![format!("Sumber: {} ({}).", d.judul, d.version_label())]).unwrap_or_default(),
        ..Tabel::default()
    }
}

/// The action plan by quarter (table 2.9).
pub(super) fn action_plan(hasil: &Pengukuran<'_>) -> Tabel {
    let plan = document(hasil, JenisDokumen::RencanaAksi, true);
    let tahun = hasil.potret.tahun;
    let year = Periode::Tahun(tahun);
    let money_of = plan.map(|d| ceilings(hasil.potret, &d.kode, tahun)).unwrap_or_default();
    let listed = |i: &Indikator| {
        plan.is_some_and(|d| {
            hasil
                .figures_of(&i.kode)
                .iter()
                .any(|a| matches!(&a.jenis, JenisAngka::Target { dokumen } if *dokumen == d.kode))
        })
    };
    let mut isi = Vec::new();
    let mut shown = [""; 3];
    for line in lines(hasil, |_| true, listed) {
        let Garis::Simpul { simpul, indikator: Some(indikator), pertama } = line else { continue };
        let above = |jenis: JenisSimpul| ancestor(hasil, simpul, jenis);
        let parents = [above(JenisSimpul::Sasaran), above(JenisSimpul::SasaranProgram), above(JenisSimpul::Kegiatan)];
        // A parent is printed once, on the first line below it.
        let mut cells: Vec<Sel> = Vec::new();
        for (slot, parent) in parents.into_iter().enumerate() {
            cells.push(text(if parent == shown[slot] { "" } else { parent }));
            shown[slot] = parent;
        }
        let wording = plan.map_or(indikator.nama.as_str(), |d| hasil.potret.wording(indikator, &d.kode).0);
        cells.extend([
            text(if pertama { simpul.nama.clone() } else { String::new() }),
            text(wording),
            text(&indikator.satuan),
            target_cell(hasil, indikator, plan, year),
        ]);
        cells.extend(Periode::quarters(tahun).map(|q| target_cell(hasil, indikator, plan, q)));
        let pagu = money_of.get(simpul.kode.as_str()).copied();
        cells.push(if pertama { money(pagu, format!("pagu {} {tahun}", simpul.kode)) } else { Sel::empty() });
        isi.push(row(cells));
    }
    let mut first: Vec<Sel> =
        ["Sasaran Strategis", "Sasaran Program", "Kegiatan", "Sub Kegiatan", "Indikator", "Satuan", "Target"]
            .into_iter()
            .map(|w| text(w).span(1, 2))
            .collect();
    first.push(text("Target Triwulan").span(4, 1));
    first.push(text("Pagu (Rp)").span(1, 2));
    Tabel {
        judul: format!("Rencana Aksi {}", whose(hasil)),
        kolom: vec![
            left(14),
            left(13),
            left(16),
            left(17),
            left(18),
            middle(7),
            right(6),
            right(5),
            right(5),
            right(5),
            right(5),
            right(11),
        ],
        kepala: vec![first, header(&["I", "II", "III", "IV"])],
        isi,
        ..Tabel::default()
    }
}

/// Wording of the node of that level above (or at) a node; empty when there is none.
fn ancestor<'a>(hasil: &Pengukuran<'a>, simpul: &'a Simpul, jenis: JenisSimpul) -> &'a str {
    if simpul.jenis == jenis {
        return &simpul.nama;
    }
    match simpul.induk.as_deref().and_then(|kode| hasil.potret.node(kode)) {
        Some(parent) => ancestor(hasil, parent, jenis),
        None => "",
    }
}
