//! The page of an indicator: what it means, what was promised and reached, and where every figure comes from.

use std::cmp::Reverse;

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::Html;
use tolok_app::{DaftarTemuan, Galat};
use tolok_domain::figure::{Angka, JenisAngka, file_of};
use tolok_domain::{Indikator, Nilai, Pengukuran, Periode, Subjek};
use tolok_report::chart;

use crate::Web;
use crate::error::Jawaban;
use crate::form::key;
use crate::locale::Kamus;
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::pages::figure_history::{Riwayat, histories};
use crate::pages::notes::{Berulang, Kendala, Komentar, comments, obstacles};
use crate::pages::review::view::TemuanTampil;
use crate::session::Pengguna;
use crate::view::{Lencana, Sel, Ukuran, moment, origin};

struct Target {
    dokumen: String,
    versi: String,
    periode: String,
    nilai: String,
    sumber: String,
    berlaku: bool,
}

/// One recorded figure.
struct Tercatat {
    periode: String,
    apa: String,
    nilai: Sel,
    alasan: String,
    keterangan: String,
    lencana: Lencana,
    asal: String,
    oleh: String,
    bukti: Vec<Bukti>,
    ubah: String,
}

struct Bukti {
    sha256: String,
    nama: String,
}

struct Tahunan {
    tahun: i16,
    /// Its unit, where it is another one than this year's.
    satuan: String,
    target: Sel,
    realisasi: Sel,
    capaian: String,
}

struct Wilayah {
    nama: String,
    nilai: String,
    selisih: String,
    sumber: String,
}

struct Isian {
    label: String,
    alamat: String,
}

#[derive(Template)]
#[template(path = "indikator.html")]
struct Halaman<'a> {
    h: Bingkai,
    i: &'a Indikator,
    jalur: Vec<String>,
    unit: String,
    arah: &'static str,
    akumulasi: &'static str,
    target: Sel,
    realisasi: Sel,
    ukuran: Ukuran,
    rumus_capaian: String,
    lencana: Lencana,
    langkah: Vec<String>,
    sasaran: Vec<Target>,
    tercatat: Vec<Tercatat>,
    tahunan: Vec<Tahunan>,
    grafik: String,
    wilayah: Vec<Wilayah>,
    isian: Vec<Isian>,
    kendala: Vec<Kendala>,
    berulang: Option<Berulang>,
    komentar: Vec<Komentar>,
    boleh_komentar: bool,
    kunci: String,
    riwayat: Vec<Riwayat>,
    /// Until when it counted, and what came after and before it.
    berakhir: String,
    penerus: Option<(String, String)>,
    pendahulu: Vec<(String, String)>,
    temuan: Vec<TemuanTampil>,
}

/// Shows the page.
pub(crate) async fn show(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<TahunQuery>,
) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let hasil = opened.measure();
    let potret = hasil.potret;
    let missing = || Galat::TidakDitemukan(format!("indikator {kode}"));
    let u = hasil.indicator(&kode).ok_or_else(missing)?;
    let i = potret.indicator(&kode).ok_or_else(missing)?;
    let h = opened.frame("pengukuran", i.nama.clone());
    let current = figures(&hasil, i, |a| a.periode.tahun() == potret.tahun);
    let subjek = Subjek::Indikator(kode.clone());
    let riwayat = web.app.figure_history(&opened.pengguna.ctx, &subjek, potret.tahun).await?;
    let lalu = web.app.year_before(&opened.pengguna.ctx, &opened.termuat).await?;
    let comparison = hasil.comparison(i);
    let rumus_capaian = match &u.capaian {
        tolok_domain::Capaian::Persen { rumus, .. } => (*rumus).to_owned(),
        tolok_domain::Capaian::TidakTerhitung(alasan) => alasan.to_string(),
    };
    let findings = DaftarTemuan::measured(&hasil);
    let page = Halaman {
        temuan: findings.about(&kode).map(|t| TemuanTampil::judged(t, &h)).collect(),
        jalur: path(&hasil, &i.simpul),
        unit: i.unit.as_deref().and_then(|k| potret.unit(k)).map_or(String::new(), |x| x.nama.clone()),
        arah: i.arah.label(),
        akumulasi: i.akumulasi.label(),
        target: Sel::of(u.target.as_ref().map(|x| &x.nilai), h.t),
        realisasi: Sel::of(Some(&u.realisasi.nilai), h.t),
        ukuran: Ukuran::of(u),
        rumus_capaian,
        lencana: Lencana::of(u.state().filter(|_| u.realisasi.nilai.is_known()), h.t),
        langkah: u.jejak.iter().map(|s| s.uraian.clone()).collect(),
        sasaran: targets(&hasil, i, u.target.as_ref().and_then(|x| x.dokumen).map(|d| d.kode.as_str()), h.t),
        tercatat: current.iter().map(|a| recorded(&hasil, a, &h, i)).collect(),
        grafik: trend(&hasil, i),
        tahunan: comparison
            .tahunan
            .iter()
            .map(|y| Tahunan {
                tahun: y.tahun,
                satuan: if y.sebanding { String::new() } else { y.satuan.clone() },
                target: Sel::of(y.target.as_ref(), h.t),
                realisasi: Sel::of(Some(&y.realisasi), h.t),
                capaian: y.capaian.to_string(),
            })
            .collect(),
        wilayah: elsewhere(&hasil, i, &comparison.wilayah, h.t),
        isian: if h.boleh_ubah { entries(i, potret.tahun, &current, &h) } else { Vec::new() },
        kendala: obstacles(potret, &kode),
        berulang: Berulang::of(potret, lalu.as_ref().map(|b| &b.potret), &kode, h.t),
        komentar: comments(potret, &kode),
        boleh_komentar: !opened.pengguna.ctx.lampau,
        kunci: key(),
        riwayat: histories(&riwayat, potret, h.t),
        berakhir: i.berakhir.map_or_else(String::new, |last| last.to_string()),
        penerus: i.penerus.as_deref().and_then(|kode| potret.indicator(kode)).map(named),
        pendahulu: potret.indikator.iter().filter(|x| x.penerus.as_deref() == Some(&i.kode)).map(named).collect(),
        i,
        h,
    };
    Ok(Html(page.render()?))
}

fn named(i: &Indikator) -> (String, String) {
    (i.kode.clone(), i.nama.clone())
}

/// Realisations and variables of the indicator that `keep` wants, latest period first.
fn figures<'a>(hasil: &Pengukuran<'a>, i: &Indikator, keep: impl Fn(&Angka) -> bool) -> Vec<&'a Angka> {
    let is_realised = |a: &&Angka| matches!(a.jenis, JenisAngka::Realisasi | JenisAngka::Variabel { .. });
    let mut found: Vec<&Angka> =
        hasil.figures_of(&i.kode).iter().copied().filter(is_realised).filter(|a| keep(a)).collect();
    found.sort_by_key(|a| Reverse(a.periode));
    found
}

fn recorded(hasil: &Pengukuran<'_>, a: &Angka, h: &Bingkai, i: &Indikator) -> Tercatat {
    let (apa, variable) = match &a.jenis {
        JenisAngka::Variabel { nama } => (nama.clone(), Some(nama.as_str())),
        _ => (h.t.x("realisasi").to_owned(), None),
    };
    Tercatat {
        periode: a.periode.heading(),
        apa,
        nilai: Sel::of(Some(&a.nilai), h.t),
        alasan: match &a.nilai {
            Nilai::BelumAda { alasan } => alasan.clone(),
            _ => String::new(),
        },
        keterangan: a.keterangan.clone(),
        lencana: Lencana::of(Some(a.keadaan), h.t),
        asal: origin(&a.asal, h.t),
        oleh: if a.dicatat == 0 { String::new() } else { format!("{}, {}", a.oleh, moment(a.dicatat)) },
        bukti: a
            .bukti
            .iter()
            .filter_map(|mark| hasil.potret.bukti.iter().find(|b| b.sha256 == file_of(mark)))
            .map(|b| Bukti { sha256: b.sha256.clone(), nama: b.nama.clone() })
            .collect(),
        ubah: if h.boleh_ubah { change_address(i, a.periode, variable, h) } else { String::new() },
    }
}

/// Address of the form that changes one figure.
fn change_address(i: &Indikator, periode: Periode, variable: Option<&str>, h: &Bingkai) -> String {
    let variable = variable.map(|v| format!("&variabel={v}")).unwrap_or_default();
    format!("{}/indikator/{}/ubah?tahun={}&periode={periode}{variable}", h.akar, i.kode, h.tahun)
}

/// Periods and variables that have no figure yet and may get one.
fn entries(i: &Indikator, tahun: i16, current: &[&Angka], h: &Bingkai) -> Vec<Isian> {
    let formula = tolok_domain::formula::Rumus::parse(&i.rumus).ok();
    let variables: Vec<Option<&str>> = match &formula {
        Some(formula) if !i.rumus.is_empty() => formula.variables().into_iter().map(Some).collect(),
        _ => vec![None],
    };
    let mut found = Vec::new();
    for periode in Periode::quarters(tahun).into_iter().chain([Periode::Tahun(tahun)]) {
        for variable in &variables {
            let jenis = variable.map_or(JenisAngka::Realisasi, |v| JenisAngka::Variabel { nama: v.to_owned() });
            if !current.iter().any(|a| a.periode == periode && a.jenis == jenis) {
                let name = variable.map(|v| format!(": {v}")).unwrap_or_default();
                found.push(Isian {
                    label: format!("{}{name}", periode.heading()),
                    alamat: change_address(i, periode, *variable, h),
                });
            }
        }
    }
    found
}

fn targets(hasil: &Pengukuran<'_>, i: &Indikator, in_force: Option<&str>, t: &Kamus) -> Vec<Target> {
    let year = Periode::Tahun(hasil.potret.tahun);
    let mut found: Vec<(Periode, Target)> = hasil
        .figures_of(&i.kode)
        .iter()
        .filter_map(|a| {
            let JenisAngka::Target { dokumen } = &a.jenis else { return None };
            let document = hasil.potret.document(dokumen)?;
            let target = Target {
                dokumen: document.judul.clone(),
                versi: document.version_label(),
                periode: a.periode.heading(),
                nilai: a.nilai.to_string(),
                sumber: origin(&a.asal, t),
                berlaku: in_force == Some(dokumen) && a.periode == year,
            };
            Some((a.periode, target))
        })
        .collect();
    found.sort_by_key(|(periode, _)| Reverse(*periode));
    found.into_iter().map(|(_, t)| t).collect()
}

/// Wordings from the top of the tree to the node.
fn path(hasil: &Pengukuran<'_>, kode: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut next = hasil.potret.node(kode);
    while let Some(node) = next {
        names.push(format!("{} {}", node.kode, node.calm_name()));
        next = node.induk.as_deref().and_then(|k| hasil.potret.node(k));
    }
    names.reverse();
    names
}

fn trend(hasil: &Pengukuran<'_>, i: &Indikator) -> String {
    let Some(indikator) = hasil.potret.indicator(&i.kode) else { return String::new() };
    let points: Vec<_> = hasil
        .comparison(indikator)
        .tahunan
        .into_iter()
        // What was measured in another unit is no point of the same line.
        .filter(|y| y.sebanding)
        .map(|y| chart::TitikTahun {
            tahun: y.tahun,
            target: y.target.and_then(|t| t.number()),
            realisasi: y.realisasi.number(),
        })
        .collect();
    if points.iter().filter(|p| p.target.is_some() || p.realisasi.is_some()).count() < 2 {
        return String::new();
    }
    let series = chart::Deret { label: i.nama.clone(), satuan: i.satuan.clone(), titik: points };
    chart::trend(&i.nama, &[series]).svg
}

fn elsewhere(
    hasil: &Pengukuran<'_>,
    i: &Indikator,
    compared: &[(String, Nilai, Option<rust_decimal::Decimal>)],
    t: &Kamus,
) -> Vec<Wilayah> {
    let source = |wilayah: &str| {
        let year = Periode::Tahun(hasil.potret.tahun);
        let is_it = |a: &&&Angka| {
            a.periode == year && matches!(&a.jenis, JenisAngka::Pembanding { wilayah: w } if w == wilayah)
        };
        let figure = hasil.figures_of(&i.kode).iter().find(is_it);
        figure.map_or_else(String::new, |a| origin(&a.asal, t))
    };
    compared
        .iter()
        .map(|(wilayah, nilai, difference)| Wilayah {
            nama: wilayah.clone(),
            nilai: nilai.to_string(),
            selisih: difference.map_or_else(
                || "–".to_owned(),
                |d| {
                    let places = tolok_domain::number::shown_places(d);
                    tolok_domain::number::write_decimal(d, Some(places))
                },
            ),
            sumber: source(wilayah),
        })
        .collect()
}
