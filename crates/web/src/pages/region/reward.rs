//! Penghargaan: offices and units ranked by the weights of the region, with what other weights would change before they are
//! adopted.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use rust_decimal::Decimal;
use tolok_app::{BobotDaerah, typed_weights};
use tolok_domain::access::Hak;
use tolok_domain::number::{write_decimal, write_percent};
use tolok_domain::region::{Daerah, Pergeseran, Unsur, simulate};

use super::ranking::{Baris, Tabel, name, of_offices, of_units};
use super::{Dilihat, Kepala, Lembaran, Pilihan, page_of};
use crate::Web;
use crate::error::Gagal;
use crate::form::{Kiriman, refusal};
use crate::locale::Kamus;
use crate::page::Bingkai;
use crate::session::Pengamat;
use crate::view::long_date;

/// A criterion with its weight as it stands in the form.
struct Isian {
    kata: &'static str,
    nama: &'static str,
    kini: String,
    diketik: String,
}

struct Geser {
    kode: String,
    nama: String,
    sebelum: String,
    sesudah: String,
    geser: String,
}

struct Uji {
    baris: Vec<Geser>,
    /// That some would lose their rank; empty where none would.
    gugur: String,
}

#[derive(Template)]
#[template(path = "daerah_penghargaan.html")]
struct Halaman {
    h: Bingkai,
    w: Kepala,
    asal: String,
    riwayat: Vec<String>,
    isian: Vec<Isian>,
    pesan: Vec<String>,
    simulasi: Option<Uji>,
    /// Whether the user may adopt the weights that were tried.
    boleh: bool,
    dilihat: i64,
    /// Whether units are shown, not offices.
    unit: bool,
    tabel: Tabel,
    lembaran: Lembaran,
    lanjut: &'static str,
}

/// Shows the ranking and, where weights were typed, what they would change.
pub(crate) async fn show(
    State(web): State<Web>,
    pengamat: Pengamat,
    Query(pilihan): Query<Pilihan>,
    Query(diketik): Query<Kiriman>,
) -> Result<Response, Gagal> {
    let seen = Dilihat::new(&web, pengamat, &pilihan).await?;
    answer(&web, seen, &pilihan, &diketik, Vec::new(), StatusCode::OK).await
}

/// Adopts the weights that were tried.
pub(crate) async fn adopt(
    State(web): State<Web>,
    pengamat: Pengamat,
    Query(pilihan): Query<Pilihan>,
    Form(diketik): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let dilihat = diketik.get("dilihat").parse().unwrap_or(-1);
    let done = web.app.adopt_weights(&pengamat.kantor, &typed(&diketik), dilihat).await;
    let refused = refusal(done)?;
    let seen = Dilihat::new(&web, pengamat, &pilihan).await?;
    let Some(no) = refused else {
        let alamat = format!("/daerah/penghargaan?tahun={}&tw={}", seen.termuat.daerah.sampai.tahun(), seen.termuat.tw);
        return Ok(Redirect::to(&alamat).into_response());
    };
    answer(&web, seen, &pilihan, &diketik, no.pesan, no.status).await
}

async fn answer(
    web: &Web,
    seen: Dilihat,
    pilihan: &Pilihan,
    diketik: &Kiriman,
    mut pesan: Vec<String>,
    status: StatusCode,
) -> Result<Response, Gagal> {
    let berlaku = web.app.ranking_weights(&seen.pengamat.kantor).await?;
    let (h, w) = seen.frame("/daerah/penghargaan", "harga-judul");
    let t = h.t;
    let daerah = &seen.termuat.daerah;
    let asked = Unsur::ALL.iter().any(|u| diketik.has(u.as_str()));
    let tried = asked.then(|| typed_weights(&typed(diketik)).and_then(|usul| shifts(daerah, &berlaku, &usul, t)));
    let simulasi = match tried.transpose() {
        Ok(found) => found,
        Err(faults) => {
            // What was refused is told already, with the same faults.
            if pesan.is_empty() {
                pesan = faults;
            }
            None
        }
    };
    let unit = pilihan.lihat == "unit";
    let mut tabel = if unit { of_units(daerah, &berlaku.bobot, t)? } else { of_offices(daerah, &berlaku.bobot, t)? };
    let (baris, lembaran): (Vec<Baris>, Lembaran) = page_of(std::mem::take(&mut tabel.baris), pilihan.hal);
    tabel.baris = baris;
    let may = seen.pengamat.kantor.iter().all(|(_, ctx)| ctx.may(Hak::TetapkanBobot) && !ctx.lampau);
    let page = Halaman {
        asal: origin(&berlaku, t),
        riwayat: berlaku.riwayat.iter().map(|b| adopted(b, t)).collect(),
        isian: Unsur::ALL.into_iter().map(|u| field(u, &berlaku.bobot, asked.then_some(diketik), t)).collect(),
        boleh: may && berlaku.daerah.is_some(),
        dilihat: berlaku.nomor(),
        lanjut: if unit { "&lihat=unit" } else { "" },
        pesan,
        simulasi,
        unit,
        tabel,
        lembaran,
        h,
        w,
    };
    Ok((status, Html(page.render()?)).into_response())
}

/// What was typed for each criterion.
fn typed(diketik: &Kiriman) -> Vec<(Unsur, String)> {
    Unsur::ALL.into_iter().map(|unsur| (unsur, diketik.get(unsur.as_str()).to_owned())).collect()
}

fn field(unsur: Unsur, bobot: &[(Unsur, Decimal)], diketik: Option<&Kiriman>, t: &'static Kamus) -> Isian {
    let kini =
        bobot.iter().find(|(u, _)| *u == unsur).map(|(_, x)| write_decimal(x.normalize(), None)).unwrap_or_default();
    let diketik = diketik.map_or_else(|| kini.clone(), |d| d.get(unsur.as_str()).to_owned());
    Isian { kata: unsur.as_str(), nama: t.x(name(unsur)), kini, diketik }
}

fn origin(berlaku: &BobotDaerah, t: &Kamus) -> String {
    berlaku.riwayat.first().map_or_else(
        || t.x("harga-bawaan").to_owned(),
        |b| t.f2("harga-ditetapkan", "oleh", b.oleh.as_str(), "tanggal", long_date(tolok_app::day(b.waktu))),
    )
}

/// Who set which weights when.
fn adopted(b: &tolok_app::BobotTersimpan, t: &'static Kamus) -> String {
    let named = |(kata, bobot): &(String, String)| {
        let nama = Unsur::find(kata).map_or(kata.as_str(), |u| t.x(name(u)));
        format!("{nama} {}", bobot.replace('.', ","))
    };
    let parts: Vec<String> = b.isi.iter().map(named).collect();
    let who = t.f2("harga-ditetapkan", "oleh", b.oleh.as_str(), "tanggal", long_date(tolok_app::day(b.waktu)));
    format!("{who}: {}", parts.join(", "))
}

fn shifts(
    daerah: &Daerah,
    berlaku: &BobotDaerah,
    usul: &[(Unsur, Decimal)],
    t: &'static Kamus,
) -> Result<Uji, Vec<String>> {
    let found = simulate(daerah, &berlaku.bobot, usul)?;
    let gugur = found.dropped();
    Ok(Uji {
        baris: found.kantor.iter().map(|p| shift(p, t)).collect(),
        gugur: if gugur == 0 { String::new() } else { t.f("harga-gugur", "n", gugur) },
    })
}

fn shift(p: &Pergeseran<'_>, t: &Kamus) -> Geser {
    let place = |x: Option<(usize, Decimal)>| {
        x.map_or_else(|| t.x("harga-tanpa").to_owned(), |(n, skor)| format!("{n} ({})", write_percent(skor)))
    };
    let moved = |key, n: isize| t.f(key, "n", n.unsigned_abs());
    let geser = match p.places() {
        None => "–".to_owned(),
        Some(0) => t.x("harga-tetap").to_owned(),
        Some(n) if n > 0 => moved("harga-naik", n),
        Some(n) => moved("harga-turun", n),
    };
    Geser {
        kode: p.kantor.kode.clone(),
        nama: p.kantor.nama.clone(),
        sebelum: place(p.sebelum),
        sesudah: place(p.sesudah),
        geser,
    }
}
