//! What is late, by office, period and level.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use tolok_domain::region::{Kantor, Tunggakan};
use tolok_domain::{Cakupan, Periode};

use super::{Dilihat, Kepala, Lembaran, Pilihan, count, of_how_many, page_of};
use crate::Web;
use crate::error::Jawaban;
use crate::locale::Kamus;
use crate::page::Bingkai;
use crate::session::Pengamat;
use crate::view::long_date;

struct Baris {
    kode: String,
    kantor: String,
    periode: String,
    /// The quarter in which the period ends, for the link to the office's measurement.
    tw: u8,
    tingkat: &'static str,
    batas: String,
    belum: String,
    susulan: usize,
    hari: String,
    /// Whether something is still missing.
    kurang: bool,
}

#[derive(Template)]
#[template(path = "daerah_terlambat.html")]
struct Halaman {
    h: Bingkai,
    w: Kepala,
    sub: String,
    tepat: String,
    baris: Vec<Baris>,
    lembaran: Lembaran,
}

/// Shows the page.
pub(crate) async fn show(State(web): State<Web>, pengamat: Pengamat, Query(pilihan): Query<Pilihan>) -> Jawaban {
    let seen = Dilihat::new(&web, pengamat, &pilihan).await?;
    let (h, w) = seen.frame("/daerah/terlambat", "daerah-terlambat");
    let t = h.t;
    let daerah = &seen.termuat.daerah;
    let total = daerah.total();
    let missing: usize = daerah.known().map(|(_, r)| r.overdue().0).sum();
    let late_offices = total.lunas.dari - total.lunas.ada;
    let offices = of_how_many(Cakupan { ada: late_offices, dari: total.lunas.dari }, t);
    let (late, lembaran) = page_of(daerah.late(), pilihan.hal);
    let page = Halaman {
        sub: t.f2("daerah-terlambat-sub", "angka", count(missing), "kantor", offices),
        tepat: t.f("daerah-tepat", "angka", of_how_many(total.tepat_waktu, t)),
        baris: late.into_iter().map(|(k, late)| row(k, late, t)).collect(),
        lembaran,
        h,
        w,
    };
    Ok(Html(page.render()?))
}

fn row(k: &Kantor, late: &Tunggakan, t: &Kamus) -> Baris {
    Baris {
        kode: k.kode.clone(),
        kantor: k.nama.clone(),
        periode: match late.periode {
            Periode::Tahun(_) => t.x("setahun").to_owned(),
            part => part.short(),
        },
        tw: late.periode.last_month().div_ceil(3),
        tingkat: late.tingkat.label(),
        batas: long_date(late.batas),
        belum: of_how_many(Cakupan { ada: late.belum, dari: late.dari }, t),
        susulan: late.susulan,
        hari: format!("{} {}", late.hari, t.x("hari")),
        kurang: late.belum > 0,
    }
}
