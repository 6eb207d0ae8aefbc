//! What the measurement says in sentences: the executive summary and the seven analyses per sasaran that PermenPANRB 53/2014
//! (lampiran II) asks for. Drafted, marked as draft, meant to be completed by the office.

use rust_decimal::Decimal;
use tolok_domain::measure::{Capaian, UkurIndikator};
use tolok_domain::number::{shown_places, write_decimal, write_percent, write_rupiah};
use tolok_domain::{JenisSimpul, Pengukuran, Simpul};

use super::cells::with_unit;
use super::tables::money::money_for;
use super::tree::unit_of;
use crate::naskah::{Blok, Judul, Penanda, Rata, Ruas};

fn paragraph(runs: Vec<Ruas>) -> Blok {
    Blok::Paragraf { isi: runs, rata: Rata::Penuh, menjorok: false }
}

fn plain(teks: impl Into<String>) -> Blok {
    paragraph(vec![Ruas::text(teks)])
}

fn figure(teks: String, key: String) -> Ruas {
    Ruas { teks, angka: Some(key), ..Ruas::default() }
}

/// What was reached, what was not and why, what is not known yet, and the money.
pub(super) fn summary(hasil: &Pengukuran<'_>) -> Vec<Blok> {
    let tahun = hasil.potret.tahun;
    let key: Vec<&UkurIndikator<'_>> = hasil.indikator.iter().filter(|u| u.indikator.iku && u.berlaku).collect();
    let known = key.iter().filter(|u| u.capaian.percent().is_some()).count();
    let reached: Vec<&&UkurIndikator<'_>> = key.iter().filter(|u| is_reached(&u.capaian)).collect();
    let mut blocks = vec![plain(format!(
        "Dari {} indikator kinerja utama tahun {tahun}, {known} sudah dapat diukur: {} mencapai target dan {} belum.",
        key.len(),
        reached.len(),
        known - reached.len()
    ))];
    let line = |u: &UkurIndikator<'_>, tail: String| {
        let kode = &u.indikator.kode;
        let mut runs = vec![
            Ruas::text(format!("{}: target ", u.indikator.nama)),
            figure(
                u.target.as_ref().map_or("belum ada".to_owned(), |t| with_unit(&t.nilai, &u.indikator.satuan)),
                format!("target {kode} {tahun}"),
            ),
        ];
        if let Some(x) = u.capaian.percent() {
            runs.push(Ruas::text(", realisasi "));
            runs.push(figure(with_unit(&u.realisasi.nilai, &u.indikator.satuan), format!("realisasi {kode} {tahun}")));
            runs.push(Ruas::text(", capaian "));
            runs.push(figure(format!("{}%", write_percent(x)), format!("capaian {kode} {tahun}")));
        }
        runs.push(Ruas::text(tail));
        vec![paragraph(runs)]
    };
    let butir: Vec<Vec<Blok>> = key
        .iter()
        .map(|u| match (u.capaian.percent(), u.remark()) {
            (None, _) => line(u, format!(", realisasi belum ada ({}).", u.capaian)),
            (Some(_), "") => line(u, ".".to_owned()),
            (Some(_), remark) => line(u, format!(". {}", sentence(remark))),
        })
        .collect();
    blocks.push(Blok::Daftar { penanda: Penanda::Butir, mulai: 1, butir });
    if let (Some(pagu), Some(realisasi), Ok(serapan)) =
        (hasil.total.pagu, hasil.total.realisasi, hasil.total.absorption())
    {
        blocks.push(paragraph(vec![
            Ruas::text("Anggaran yang tersedia "),
            figure(write_rupiah(pagu), format!("pagu total {tahun}")),
            Ruas::text(", terealisasi "),
            figure(write_rupiah(realisasi), format!("belanja total {tahun}")),
            Ruas::text(" atau "),
            figure(format!("{}%", write_percent(serapan)), format!("serapan total {tahun}")),
            Ruas::text("."),
        ]));
    }
    let missed = missed_below(hasil, |_| true);
    if !missed.is_empty() {
        blocks.push(plain("Program dan kegiatan yang belum mencapai target:"));
        blocks.push(Blok::Daftar { penanda: Penanda::Butir, mulai: 1, butir: missed });
    }
    vec![Blok::Draf(blocks)]
}

fn is_reached(capaian: &Capaian) -> bool {
    capaian.percent().is_some_and(|x| x >= Decimal::ONE_HUNDRED)
}

/// Ends with a full stop and begins with a capital.
fn sentence(text: &str) -> String {
    let mut chars = text.trim().trim_end_matches('.').chars();
    chars.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), chars.as_str()))
}

/// Programmes and kegiatan that missed their target, with the recorded reason.
fn missed_below(hasil: &Pengukuran<'_>, within: impl Fn(&Simpul) -> bool) -> Vec<Vec<Blok>> {
    let level = |s: &Simpul| matches!(s.jenis, JenisSimpul::Program | JenisSimpul::Kegiatan);
    let measured =
        hasil.indikator.iter().filter(|u| u.berlaku && u.capaian.percent().is_some() && !is_reached(&u.capaian));
    measured
        .filter_map(|u| Some((u, hasil.potret.node(&u.indikator.simpul)?)))
        .filter(|(_, s)| level(s) && within(s))
        .map(|(u, s)| {
            let capaian = u.capaian.percent().map(write_percent).unwrap_or_default();
            let reason = match u.remark() {
                "" => "Penyebabnya belum dicatat.".to_owned(),
                text => sentence(text),
            };
            let name = s.calm_name();
            vec![paragraph(vec![
                Ruas::text(format!("{} {name} ({}): capaian ", s.kode, u.indikator.nama)),
                figure(format!("{capaian}%"), format!("capaian {} {}", u.indikator.kode, hasil.potret.tahun)),
                Ruas::text(format!(". {reason}")),
            ])]
        })
        .collect()
}

/// The seven analyses for every tujuan and sasaran that is measured, the tujuan first.
pub(super) fn per_target(hasil: &Pengukuran<'_>) -> Vec<Blok> {
    let mut blocks = Vec::new();
    for (jenis, word) in [(JenisSimpul::Tujuan, "Tujuan"), (JenisSimpul::Sasaran, "Sasaran")] {
        let nodes = hasil.potret.simpul.iter().filter(|s| s.jenis == jenis);
        let measured: Vec<(&Simpul, Vec<&UkurIndikator<'_>>)> = nodes
            .map(|node| (node, hasil.indicators_of(&node.kode).collect::<Vec<_>>()))
            .filter(|(_, indicators)| !indicators.is_empty())
            .collect();
        for (index, (node, indicators)) in measured.iter().enumerate() {
            let number = if measured.len() > 1 { format!(" {}", index + 1) } else { String::new() };
            blocks.push(heading(3, format!("{word}{number}:"), &node.nama));
            blocks.push(Blok::Draf(analyses(hasil, node, indicators)));
        }
    }
    blocks
}

fn heading(tingkat: u8, nomor: String, teks: &str) -> Blok {
    Blok::Judul(Judul { tingkat, nomor, teks: teks.to_owned(), di_daftar: tingkat <= 3 })
}

fn analyses(hasil: &Pengukuran<'_>, node: &Simpul, measured: &[&UkurIndikator<'_>]) -> Vec<Blok> {
    let each = |say: &dyn Fn(&UkurIndikator<'_>) -> Vec<Ruas>| -> Vec<Vec<Blok>> {
        measured.iter().map(|u| vec![paragraph(say(u))]).filter(|b| !is_empty(b)).collect()
    };
    let tahun = hasil.potret.tahun;
    // What stands instead of an analysis without data names what is missing; who can add it follows.
    let sections: [(&str, Vec<Vec<Blok>>, &str); 7] = [
        ("Target dan realisasi tahun ini", each(&|u| target_and_realisation(u, tahun)), ""),
        (
            "Dibandingkan dengan tahun-tahun sebelumnya",
            each(&|u| earlier_years(hasil, u)),
            "Realisasi tahun-tahun sebelumnya belum dicatat; dapat dilengkapi dari laporan kinerja terdahulu oleh",
        ),
        (
            "Dibandingkan dengan target akhir Renstra",
            each(&|u| end_of_plan(hasil, u)),
            "Target akhir Renstra untuk indikator ini belum dicatat; dapat dilengkapi dari dokumen Renstra oleh",
        ),
        (
            "Dibandingkan dengan provinsi dan nasional",
            each(&|u| elsewhere(hasil, u)),
            "Angka pembanding provinsi dan nasional belum dicatat; dapat dilengkapi dari publikasi resmi oleh",
        ),
        (
            "Penyebab keberhasilan atau kegagalan dan tindak lanjut",
            causes(hasil, node, measured),
            "Penyebab dan tindak lanjut belum dicatat; dapat dilengkapi oleh",
        ),
        (
            "Efisiensi penggunaan sumber daya",
            each(&|u| efficiency(hasil, u)),
            "Efisiensi belum dapat dihitung karena capaian atau serapan anggaran pendukungnya belum ada; datanya dapat \
             dilengkapi oleh",
        ),
        (
            "Program dan kegiatan yang menunjang",
            supporting(hasil, node),
            "Program penunjang beserta anggarannya belum dicatat; dapat dilengkapi oleh",
        ),
    ];
    let mut blocks = Vec::new();
    for (i, (title, butir, missing)) in sections.into_iter().enumerate() {
        blocks.push(heading(4, format!("{}.", i + 1), title));
        if butir.is_empty() {
            blocks.push(plain(format!("{missing} {}.", in_charge(hasil, node, measured))));
        } else {
            blocks.push(Blok::Daftar { penanda: Penanda::Butir, mulai: 1, butir });
        }
    }
    blocks
}

/// The units that answer for the indicators, or for the node; the office where neither is recorded.
fn in_charge<'a>(hasil: &'a Pengukuran<'_>, node: &Simpul, measured: &[&'a UkurIndikator<'_>]) -> String {
    let mut units: Vec<&str> = Vec::new();
    for u in measured {
        let unit = u.indikator.unit.as_deref().and_then(|kode| hasil.potret.unit(kode)).map(|unit| unit.nama.as_str());
        units.extend(unit.filter(|name| !units.contains(name)));
    }
    match (units.as_slice(), unit_of(hasil, node)) {
        ([], "") => hasil.potret.instansi.nama.clone(),
        ([], unit) => unit.to_owned(),
        (units, _) => crate::chart::text::listed(units),
    }
}

fn is_empty(blocks: &[Blok]) -> bool {
    matches!(blocks, [Blok::Paragraf { isi, .. }] if isi.is_empty())
}

fn target_and_realisation(u: &UkurIndikator<'_>, tahun: i16) -> Vec<Ruas> {
    let kode = &u.indikator.kode;
    let unit = &u.indikator.satuan;
    let target = u.target.as_ref().map_or("belum ada".to_owned(), |t| with_unit(&t.nilai, unit));
    let mut runs = vec![
        Ruas::text(format!("{} (", u.indikator.nama)),
        Ruas::text(u.indikator.arah.label()),
        Ruas::text("): target "),
        figure(target, format!("target {kode} {tahun}")),
    ];
    match (u.capaian.percent(), u.predikat) {
        (Some(x), Some(grade)) => runs.extend([
            Ruas::text(", realisasi "),
            figure(with_unit(&u.realisasi.nilai, unit), format!("realisasi {kode} {tahun}")),
            Ruas::text(", capaian "),
            figure(format!("{}%", write_percent(x)), format!("capaian {kode} {tahun}")),
            Ruas::text(format!(" ({}).", grade.label.to_lowercase())),
        ]),
        _ => runs.push(Ruas::text(format!("; belum dapat diukur: {}.", u.capaian))),
    }
    runs
}

fn earlier_years(hasil: &Pengukuran<'_>, u: &UkurIndikator<'_>) -> Vec<Ruas> {
    let Some(indikator) = hasil.potret.indicator(&u.indikator.kode) else { return Vec::new() };
    let years = hasil.comparison(indikator).tahunan;
    let past: Vec<String> = years
        .iter()
        .filter(|y| y.tahun < hasil.potret.tahun && y.realisasi.is_known())
        .map(|y| format!("{} ({})", with_unit(&y.realisasi, &y.satuan), y.tahun))
        .collect();
    if past.is_empty() {
        return Vec::new();
    }
    let last = years.iter().rev().find(|y| y.tahun < hasil.potret.tahun && y.realisasi.is_known());
    let change = match (last.and_then(|y| y.realisasi.number()), u.realisasi.nilai.number()) {
        (Some(_), Some(_)) if last.is_some_and(|y| !y.sebanding) => {
            " Satuannya berubah, sehingga naik atau turunnya tidak dihitung.".to_owned()
        }
        (Some(before), Some(now)) if now > before => format!(" Tahun ini naik {}.", difference(now, before)),
        (Some(before), Some(now)) if now < before => {
            format!(" Tahun ini turun {}.", difference(before, now))
        }
        (Some(_), Some(_)) => " Tahun ini tetap.".to_owned(),
        _ => format!(" Tahun ini belum dapat dibandingkan: {}.", u.capaian),
    };
    vec![Ruas::text(format!("{}: realisasi sebelumnya {}.{change}", indikator.nama, past.join(", ")))]
}

fn end_of_plan(hasil: &Pengukuran<'_>, u: &UkurIndikator<'_>) -> Vec<Ruas> {
    let Some(indikator) = hasil.potret.indicator(&u.indikator.kode) else { return Vec::new() };
    let Some((target, capaian)) = hasil.comparison(indikator).akhir else { return Vec::new() };
    let end = hasil.potret.instansi.renstra_akhir;
    let target = with_unit(&target, &indikator.satuan);
    let progress = match capaian.percent() {
        Some(x) => format!("capaian tahun ini terhadap target itu {}%", write_percent(x)),
        None => format!("kemajuannya belum dapat dihitung ({capaian})"),
    };
    vec![Ruas::text(format!("{}: target akhir {end} {target}; {progress}.", indikator.nama))]
}

fn elsewhere(hasil: &Pengukuran<'_>, u: &UkurIndikator<'_>) -> Vec<Ruas> {
    let Some(indikator) = hasil.potret.indicator(&u.indikator.kode) else { return Vec::new() };
    let others = hasil.comparison(indikator).wilayah;
    if others.is_empty() {
        return Vec::new();
    }
    let texts: Vec<String> = others
        .iter()
        .map(|(wilayah, nilai, difference)| {
            let value = with_unit(nilai, &indikator.satuan);
            difference.map_or_else(
                || format!("{wilayah} {value}"),
                |d| format!("{wilayah} {value} (selisih {})", signed(write_decimal(d, Some(shown_places(d))))),
            )
        })
        .collect();
    vec![Ruas::text(format!("{}: {}.", indikator.nama, texts.join("; ")))]
}

/// A hyphen is no minus sign.
fn signed(number: String) -> String {
    number.replacen('-', "−", 1)
}

fn causes(hasil: &Pengukuran<'_>, node: &Simpul, measured: &[&UkurIndikator<'_>]) -> Vec<Vec<Blok>> {
    let own = measured
        .iter()
        .filter(|u| !u.remark().is_empty())
        .map(|u| vec![plain(format!("{}: {}", u.indikator.nama, sentence(u.remark())))]);
    own.chain(missed_below(hasil, |s| is_below(hasil, s, &node.kode))).collect()
}

fn efficiency(hasil: &Pengukuran<'_>, u: &UkurIndikator<'_>) -> Vec<Ruas> {
    let Some(indikator) = hasil.potret.indicator(&u.indikator.kode) else { return Vec::new() };
    let money = money_for(hasil, indikator, hasil.sampai);
    let (Some(capaian), Ok(serapan)) = (u.capaian.percent(), money.absorption()) else { return Vec::new() };
    let Some(comparison) = tolok_domain::measure::efficiency::compare(capaian, serapan) else { return Vec::new() };
    let verdict = if comparison.efisien {
        "target tercapai dengan serapan lebih kecil: efisien"
    } else if capaian < Decimal::ONE_HUNDRED {
        "target belum tercapai, sehingga belum efisien"
    } else {
        "target tercapai dengan serapan sebanding"
    };
    vec![Ruas::text(format!(
        "{}: capaian {}%, serapan anggaran pendukung {}%; {verdict} (selisih {} poin).",
        indikator.nama,
        write_percent(capaian),
        write_percent(serapan),
        signed(write_percent(comparison.selisih))
    ))]
}

fn supporting(hasil: &Pengukuran<'_>, node: &Simpul) -> Vec<Vec<Blok>> {
    let programmes = hasil.simpul.iter().filter(|u| u.simpul.jenis == JenisSimpul::Program);
    programmes
        .filter(|u| u.uang.pagu.is_some() && is_below(hasil, u.simpul, &node.kode))
        .map(|u| {
            let name = u.simpul.calm_name();
            let capaian = u.capaian.nilai.map_or("belum ada".to_owned(), |x| format!("{}%", write_percent(x)));
            let serapan = u.uang.absorption().map_or("belum ada".to_owned(), |x| format!("{}%", write_percent(x)));
            let unit = unit_of(hasil, u.simpul);
            let unit = if unit.is_empty() { String::new() } else { format!(", {unit}") };
            vec![plain(format!(
                "{} {name}{unit}: capaian {capaian} ({} dari {} indikator), serapan {serapan}.",
                u.simpul.kode, u.capaian.ada, u.capaian.dari
            ))]
        })
        .collect()
}

/// How far two values lie apart, as a reader sees it.
fn difference(more: Decimal, less: Decimal) -> String {
    more.checked_sub(less).map_or_else(String::new, |d| write_decimal(d, Some(shown_places(d))))
}

fn is_below(hasil: &Pengukuran<'_>, simpul: &Simpul, above: &str) -> bool {
    match simpul.induk.as_deref() {
        Some(kode) if kode == above => true,
        Some(kode) => hasil.potret.node(kode).is_some_and(|parent| is_below(hasil, parent, above)),
        None => false,
    }
}
