//! Money beside performance of all offices: how much of each kind, and line by line.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::{Html, Response};
use tolok_app::{Format, Galat};
use tolok_domain::Rupiah;
use tolok_domain::coverage::Cakupan;
use tolok_domain::number::{write_amount, write_percent};
use tolok_domain::region::{BarisUang, Timpang, UangKantor};

use super::{CSV, Dilihat, Kepala, Lembaran, Pilihan, as_file, of_how_many, page_of};
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::locale::Kamus;
use crate::page::Bingkai;
use crate::session::Pengamat;

struct Ubin {
    judul: &'static str,
    alamat: String,
    dipilih: bool,
    nilai: String,
    rincian: String,
}

/// An office with its count of each kind.
struct Ringkas {
    kode: String,
    nama: String,
    /// Kind in words, and how many of how many; "–" where there is nothing to check against.
    banyak: Vec<(&'static str, String)>,
}

struct Baris {
    kode_kantor: String,
    kantor: String,
    /// Where the line stands in the office's pages.
    alamat: String,
    kode: String,
    nama: String,
    hal: &'static str,
    pagu: String,
    capaian: String,
    serapan: String,
    usulan: String,
    catatan: String,
}

#[derive(Template)]
#[template(path = "daerah_uang.html")]
struct Halaman {
    h: Bingkai,
    w: Kepala,
    sub: String,
    ubin: Vec<Ubin>,
    kepala: Vec<&'static str>,
    kantor: Vec<Ringkas>,
    /// Name of the office that is looked at alone; empty for all.
    satu: String,
    baris: Vec<Baris>,
    lembaran: Lembaran,
    /// What the addresses of other pages of the list carry along.
    lanjut: String,
}

const fn name(jenis: Timpang) -> &'static str {
    match jenis {
        Timpang::TanpaKinerja => "uang-tanpa-kinerja",
        Timpang::TanpaUang => "uang-tanpa-uang",
        Timpang::Habis => "uang-habis",
        Timpang::Usulan => "uang-usulan",
    }
}

/// Shows the page.
pub(crate) async fn show(State(web): State<Web>, pengamat: Pengamat, Query(pilihan): Query<Pilihan>) -> Jawaban {
    let seen = Dilihat::new(&web, pengamat, &pilihan).await?;
    let uang = web.app.region_money(&seen.pengamat.kantor, &seen.termuat).await?;
    let (h, w) = seen.frame("/daerah/uang", "uang-judul");
    let t = h.t;
    let jenis = Timpang::find(&pilihan.jenis);
    let asked = |k: &&UangKantor| pilihan.kantor.is_empty() || k.kode == pilihan.kantor;
    let chosen: Vec<&UangKantor> = uang.iter().filter(asked).collect();
    if chosen.is_empty() {
        return Err(Galat::TidakDitemukan(format!("perangkat daerah {}", pilihan.kantor)).into());
    }
    let office = if pilihan.kantor.is_empty() { String::new() } else { format!("&kantor={}", pilihan.kantor) };
    let kind = jenis.map(|j| format!("&jenis={}", j.as_str())).unwrap_or_default();
    let lines: Vec<(&UangKantor, &BarisUang)> = chosen
        .iter()
        .flat_map(|k| k.ringkasan.iter().flat_map(|r| &r.baris).map(|b| (*k, b)))
        .filter(|(_, b)| jenis.is_none_or(|jenis| b.jenis == jenis))
        .collect();
    let (lines, lembaran) = page_of(lines, pilihan.hal);
    let tile = |j: Timpang| {
        let (sum, offices) = total(&chosen, j);
        Ubin {
            judul: t.x(name(j)),
            alamat: format!("{}{}&jenis={}{office}", w.alamat, h.tanya, j.as_str()),
            dipilih: jenis == Some(j),
            nilai: of_how_many(sum, t),
            rincian: t.f("uang-diperiksa", "angka", of_how_many(offices, t)),
        }
    };
    let page = Halaman {
        sub: t.x("uang-sub").to_owned(),
        ubin: Timpang::ALL.into_iter().map(tile).collect(),
        kepala: Timpang::ALL.into_iter().map(|j| t.x(name(j))).collect(),
        kantor: if pilihan.kantor.is_empty() { uang.iter().map(|k| short(k, t)).collect() } else { Vec::new() },
        satu: chosen.first().filter(|_| !pilihan.kantor.is_empty()).map(|k| k.nama.clone()).unwrap_or_default(),
        baris: lines.into_iter().map(|(k, b)| row(k, b, &w.kantor, t)).collect(),
        lembaran,
        lanjut: format!("{kind}{office}"),
        h,
        w,
    };
    Ok(Html(page.render()?))
}

/// All lines as CSV, or with the counts as a workbook.
pub(crate) async fn download(
    State(web): State<Web>,
    pengamat: Pengamat,
    Path(format): Path<String>,
    Query(pilihan): Query<Pilihan>,
) -> Result<Response, Gagal> {
    let xlsx = Format::Xlsx;
    if format != "csv" && format != xlsx.extension() {
        return Err(Galat::TidakDitemukan(format!("format {format}")).into());
    }
    let Dilihat { termuat, pengamat } = Dilihat::new(&web, pengamat, &pilihan).await?;
    let uang = web.app.region_money(&pengamat.kantor, &termuat).await?;
    let name = format!("uang-kinerja-{}.{format}", termuat.daerah.sampai);
    if format == "csv" {
        return Ok(as_file(&name, CSV, termuat.money_csv(&uang).into_bytes()));
    }
    // A workbook of all offices takes some tens of milliseconds: not on the threads that answer requests.
    let make = move || termuat.money_xlsx(&uang);
    let made = tokio::task::spawn_blocking(make).await.map_err(Galat::unavailable)??;
    Ok(as_file(&name, xlsx.media_type(), made))
}

/// Lines of a kind over the offices, of those that could be checked; and the offices that could be checked, of all.
fn total(kantor: &[&UangKantor], jenis: Timpang) -> (Cakupan, Cakupan) {
    let share = |k: &&UangKantor| k.ringkasan.as_ref().and_then(|r| r.share(jenis));
    let sum = kantor.iter().filter_map(share).fold(Cakupan::default(), Cakupan::plus);
    (sum, Cakupan::count(kantor.iter().map(|k| share(k).is_some())))
}

fn short(k: &UangKantor, t: &'static Kamus) -> Ringkas {
    let told = |j: Timpang| {
        let share = k.ringkasan.as_ref().and_then(|r| r.share(j));
        (t.x(name(j)), share.map_or_else(|| "–".to_owned(), |c| of_how_many(c, t)))
    };
    Ringkas { kode: k.kode.clone(), nama: k.nama.clone(), banyak: Timpang::ALL.into_iter().map(told).collect() }
}

fn row(k: &UangKantor, b: &BarisUang, kantor: &str, t: &'static Kamus) -> Baris {
    let money = |x: Option<Rupiah>| x.map_or_else(|| "–".to_owned(), write_amount);
    let percent = |x: Option<rust_decimal::Decimal>| x.map_or_else(|| "–".to_owned(), write_percent);
    let place = match b.jenis {
        Timpang::TanpaUang => format!("indikator/{}{kantor}", b.kode),
        _ => format!("rencana{kantor}&q={}", b.kode),
    };
    Baris {
        kode_kantor: k.kode.clone(),
        kantor: k.nama.clone(),
        alamat: format!("/o/{}/{place}", k.kode),
        kode: b.kode.clone(),
        nama: b.nama.clone(),
        hal: t.x(name(b.jenis)),
        pagu: money(b.pagu),
        capaian: percent(b.capaian),
        serapan: percent(b.serapan),
        usulan: money(b.usulan),
        catatan: b.catatan.join("; "),
    }
}
