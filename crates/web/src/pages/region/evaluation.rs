//! Evaluasi AKIP of all offices: scores beside each other, against last year, by component, and by evaluator.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Response};
use rust_decimal::Decimal;
use tolok_app::Format;
use tolok_domain::Cakupan;
use tolok_domain::evaluasi::{BarisRekap, Rekap, SebaranEvaluator};
use tolok_domain::measure::Rerata;
use tolok_domain::number::{write_decimal, write_percent};
use tolok_domain::region::{Daerah, Kantor};

use super::{CSV, Dilihat, Kepala, Pilihan, as_file, count, of_how_many};
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::locale::Kamus;
use crate::page::Bingkai;
use crate::session::Pengamat;

struct Ubin {
    judul: &'static str,
    nilai: String,
    rincian: String,
}

struct Baris {
    nomor: Option<usize>,
    kode: String,
    nama: String,
    komponen: Vec<String>,
    nilai: String,
    predikat: String,
    kelas: String,
    lalu: String,
    selisih: String,
    mandiri: String,
    keadaan: &'static str,
    dinilai: String,
}

/// The offices that were evaluated by one template.
struct Bagian {
    judul: String,
    /// Components with their weights.
    komponen: Vec<String>,
    baris: Vec<Baris>,
    rerata: Vec<String>,
    rerata_nilai: String,
    bernilai: String,
    /// Grade, and how many offices have it.
    predikat: Vec<(String, String)>,
}

struct Evaluator {
    nama: String,
    bernilai: String,
    rerata: String,
    rentang: String,
    selisih: String,
    terbanding: String,
}

#[derive(Template)]
#[template(path = "daerah_evaluasi.html")]
struct Halaman {
    h: Bingkai,
    w: Kepala,
    sub: String,
    ubin: Vec<Ubin>,
    bagian: Vec<Bagian>,
    evaluator: Vec<Evaluator>,
}

/// Shows the page.
pub(crate) async fn show(State(web): State<Web>, pengamat: Pengamat, Query(pilihan): Query<Pilihan>) -> Jawaban {
    let seen = Dilihat::new(&web, pengamat, &pilihan).await?;
    let (h, w) = seen.frame("/daerah/evaluasi", "rekap-judul");
    let t = h.t;
    let daerah = &seen.termuat.daerah;
    let hasil = daerah.evaluations();
    let several = hasil.rekap.len() > 1;
    let page = Halaman {
        sub: t.f("rekap-sub", "angka", of_how_many(hasil.dievaluasi, t)),
        ubin: hasil.rekap.first().map(|rekap| tiles(rekap, t)).unwrap_or_default(),
        bagian: hasil.rekap.iter().map(|rekap| part(daerah, rekap, several, t)).collect(),
        evaluator: hasil.sebaran.iter().map(|s| evaluator(s, t)).collect(),
        h,
        w,
    };
    Ok(Html(page.render()?))
}

/// The recapitulation as a file.
pub(crate) async fn download(
    State(web): State<Web>,
    pengamat: Pengamat,
    Path(format): Path<String>,
    Query(pilihan): Query<Pilihan>,
) -> Result<Response, Gagal> {
    let found = if format == "csv" { None } else { Some(Format::find(&format)?) };
    let Dilihat { termuat, pengamat } = Dilihat::new(&web, pengamat, &pilihan).await?;
    let Some(format) = found else {
        let name = format!("rekap-evaluasi-{}.csv", termuat.daerah.sampai.tahun());
        return Ok(as_file(&name, CSV, termuat.recap_csv().into_bytes()));
    };
    let berkas = web.app.region_recap(&pengamat.kantor, &termuat, format).await?;
    Ok(as_file(&berkas.nama, format.media_type(), berkas.isi))
}

fn tiles(rekap: &Rekap<'_>, t: &'static Kamus) -> Vec<Ubin> {
    let known = rekap.baris.iter().filter_map(BarisRekap::nilai);
    let range = known.clone().min().zip(known.max());
    let range =
        range.map(|(low, high)| t.f2("rekap-rentang", "dari", write_percent(low), "sampai", write_percent(high)));
    vec![
        Ubin {
            judul: t.x("rekap-rerata"),
            nilai: known_or_none(rekap.nilai.nilai, t),
            rincian: counted(&rekap.nilai, t),
        },
        Ubin {
            judul: t.x("rekap-naik"),
            nilai: of_how_many(rekap.meningkat, t),
            rincian: t.x("rekap-naik-arti").to_owned(),
        },
        Ubin {
            judul: t.x("rekap-sebaran"),
            nilai: range.unwrap_or_else(|| t.x("rekap-belum").to_owned()),
            rincian: t.x("rekap-sebaran-arti").to_owned(),
        },
    ]
}

fn part(daerah: &Daerah, rekap: &Rekap<'_>, several: bool, t: &'static Kamus) -> Bagian {
    let own = |kode: &str| daerah.kantor.iter().find(|k| k.kode == kode);
    let weight = |x: Decimal| write_decimal(x.normalize(), None);
    Bagian {
        judul: if several { rekap.templat.judul.clone() } else { t.x("rekap-komponen").to_owned() },
        komponen: rekap.komponen.iter().map(|k| format!("{} ({})", k.nama, weight(k.bobot))).collect(),
        baris: (1..).zip(&rekap.baris).map(|(n, b)| row(n, b, own(&b.kode), rekap.komponen.len(), t)).collect(),
        rerata: rekap.komponen.iter().map(|k| percent(k.nilai.nilai)).collect(),
        rerata_nilai: percent(rekap.nilai.nilai),
        bernilai: counted(&rekap.nilai, t),
        predikat: rekap.predikat.iter().map(|(p, n)| (format!("{} {}", p.kode, p.label), count(*n))).collect(),
    }
}

fn row(nomor: usize, b: &BarisRekap, kantor: Option<&Kantor>, width: usize, t: &'static Kamus) -> Baris {
    let e = kantor.and_then(Kantor::evaluation);
    let skor = b.skor.as_ref();
    let points = |i: usize| percent(skor.and_then(|s| s.komponen.get(i).copied().flatten()));
    let grade = skor.and_then(|s| s.predikat);
    Baris {
        nomor: b.nilai().map(|_| nomor),
        kode: b.kode.clone(),
        nama: b.nama.clone(),
        komponen: (0..width).map(points).collect(),
        nilai: percent(b.nilai()),
        predikat: grade.map_or_else(|| "–".to_owned(), |p| p.kode.to_owned()),
        kelas: grade.map_or_else(|| "bx".to_owned(), |p| format!("b{}", p.step)),
        lalu: percent(b.lalu),
        selisih: change(b.selisih()),
        mandiri: percent(e.and_then(|e| e.mandiri)),
        keadaan: e.map_or_else(|| t.x("rekap-belum-dievaluasi"), |e| e.keadaan.label()),
        dinilai: skor.map_or_else(|| "–".to_owned(), |s| of_how_many(s.dinilai, t)),
    }
}

fn evaluator(s: &SebaranEvaluator<'_>, t: &'static Kamus) -> Evaluator {
    let range = |(low, high)| t.f2("rekap-rentang", "dari", write_percent(low), "sampai", write_percent(high));
    Evaluator {
        nama: s.evaluator.to_owned(),
        bernilai: counted(&s.nilai, t),
        rerata: percent(s.nilai.nilai),
        rentang: s.rentang.map_or_else(|| "–".to_owned(), range),
        selisih: change(s.selisih.nilai),
        terbanding: counted(&s.selisih, t),
    }
}

fn counted(x: &Rerata, t: &Kamus) -> String {
    of_how_many(Cakupan { ada: x.ada, dari: x.dari }, t)
}

fn percent(x: Option<Decimal>) -> String {
    x.map_or_else(|| "–".to_owned(), write_percent)
}

fn known_or_none(x: Option<Decimal>, t: &Kamus) -> String {
    x.map_or_else(|| t.x("rekap-belum").to_owned(), write_percent)
}

/// A difference with its sign.
fn change(x: Option<Decimal>) -> String {
    let Some(x) = x else { return "–".to_owned() };
    let sign = if x > Decimal::ZERO { "+" } else { "" };
    format!("{sign}{}", write_percent(x))
}
