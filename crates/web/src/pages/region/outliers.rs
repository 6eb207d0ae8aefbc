//! Values that stand apart, with what they stand apart from.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use rust_decimal::Decimal;
use tolok_domain::number::{shown_places, write_decimal};
use tolok_domain::outlier::{MAX_SCORE, MIN_HISTORY, Uji};
use tolok_domain::region::{MAX_CHANGE, MIN_OFFICES, Menyimpang, Ukuran};

use super::{Dilihat, Kepala, Lembaran, Pilihan, of_how_many, page_of};
use crate::Web;
use crate::error::Jawaban;
use crate::locale::Kamus;
use crate::page::Bingkai;
use crate::session::Pengamat;

struct Baris {
    kode_kantor: String,
    kantor: String,
    /// Code of the indicator; empty for a measure of the whole office.
    kode: String,
    ukuran: String,
    satuan: String,
    nilai: String,
    uji: String,
    acuan: String,
    selisih: String,
    penjelasan: String,
    pembanding: String,
}

#[derive(Template)]
#[template(path = "daerah_pencilan.html")]
struct Halaman {
    h: Bingkai,
    w: Kepala,
    sub: String,
    aturan: [String; 3],
    baris: Vec<Baris>,
    lembaran: Lembaran,
}

/// Shows the page.
pub(crate) async fn show(State(web): State<Web>, pengamat: Pengamat, Query(pilihan): Query<Pilihan>) -> Jawaban {
    let seen = Dilihat::new(&web, pengamat, &pilihan).await?;
    let (h, w) = seen.frame("/daerah/pencilan", "daerah-pencilan");
    let t = h.t;
    let found = seen.termuat.daerah.outliers();
    let sub = t.f("daerah-pencilan-sub", "n", found.len());
    let (found, lembaran) = page_of(found, pilihan.hal);
    let page = Halaman {
        sub,
        aturan: [
            t.f2("pencilan-aturan-median", "skor", write_decimal(MAX_SCORE, None), "kantor", MIN_OFFICES),
            t.f("pencilan-aturan-lalu", "persen", write_decimal((MAX_CHANGE * Decimal::ONE_HUNDRED).normalize(), None)),
            t.f("pencilan-aturan-riwayat", "n", MIN_HISTORY),
        ],
        baris: found.iter().map(|m| row(m, t)).collect(),
        lembaran,
        h,
        w,
    };
    Ok(Html(page.render()?))
}

fn row(m: &Menyimpang<'_>, t: &Kamus) -> Baris {
    let (kode, ukuran, satuan) = match m.ukuran {
        Ukuran::Indikator(i) => (i.kode.as_str(), i.nama.as_str(), i.satuan.as_str()),
        Ukuran::Capaian => ("", t.x("daerah-capaian"), "%"),
        Ukuran::Serapan => ("", t.x("daerah-serapan"), "%"),
    };
    let (uji, penjelasan) = explain(&m.pencilan.uji, t);
    Baris {
        kode_kantor: m.kantor.kode.clone(),
        kantor: m.kantor.nama.clone(),
        kode: kode.to_owned(),
        ukuran: ukuran.to_owned(),
        satuan: satuan.to_owned(),
        nilai: short(m.pencilan.nilai),
        uji,
        acuan: short(m.pencilan.acuan),
        selisih: short(m.pencilan.selisih),
        penjelasan,
        pembanding: of_how_many(m.cakupan, t),
    }
}

/// What a value was compared with, and the numbers of the test.
fn explain(uji: &Uji, t: &Kamus) -> (String, String) {
    match uji {
        Uji::Median { sebaran, skor } => {
            let told = match skor {
                Some(skor) => t.f2("pencilan-skor", "skor", two(*skor), "mad", two(sebaran.mad)),
                None => t.x("pencilan-sama").to_owned(),
            };
            (t.x("pencilan-median").to_owned(), told)
        }
        Uji::TahunLalu { rasio, .. } => {
            let change = rasio.and_then(|x| x.checked_mul(Decimal::ONE_HUNDRED)).map(two);
            let told = change.map_or_else(|| t.x("pencilan-nol").to_owned(), |x| t.f("pencilan-berubah", "persen", x));
            (t.x("pencilan-lalu").to_owned(), told)
        }
        Uji::Riwayat { terkecil, terbesar, .. } => {
            let told = t.f2("pencilan-rentang", "dari", short(*terkecil), "sampai", short(*terbesar));
            (t.x("pencilan-riwayat").to_owned(), told)
        }
    }
}

fn two(x: Decimal) -> String {
    write_decimal(x, Some(2))
}

/// With the decimals that it has, but few.
fn short(x: Decimal) -> String {
    let x = x.normalize();
    write_decimal(x, Some(shown_places(x)))
}
