//! Evidence of one figure: what is there, one more file or link, the page on which to look.

use askama::Template;
use axum::Form;
use axum::extract::{FromRequest, Multipart, Query, Request, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{BuktiBaru, Galat, MAX_EVIDENCE};
use tolok_domain::access::Hak;
use tolok_domain::figure::{Subjek, file_of};
use tolok_domain::{Petak, Simpul};

use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::page::{Bingkai, Dibuka};
use crate::pages::verification::{Bukti, evidence};
use crate::session::Pengguna;
use crate::view::Lencana;

#[derive(Debug, Deserialize)]
pub(crate) struct Mana {
    tahun: Option<i16>,
    petak: String,
}

struct Berkas {
    sha256: String,
    bukti: Bukti,
    keterangan: String,
    ukuran: String,
}

#[derive(Template)]
#[template(path = "bukti.html")]
struct Halaman {
    h: Bingkai,
    petak: String,
    nama: String,
    apa: String,
    periode: String,
    nilai: String,
    lencana: Lencana,
    dilihat: String,
    kembali: String,
    berkas: Vec<Berkas>,
    boleh: bool,
    sebab: String,
    diharapkan: String,
    galat: String,
}

fn place(text: &str) -> Result<Petak, Galat> {
    text.parse().map_err(|e: tolok_domain::duty::BukanPetak| Galat::TidakSah(e.to_string()))
}

fn page(opened: &Dibuka, petak: &Petak) -> Result<Halaman, Galat> {
    let t = opened.pengguna.t;
    let potret = &opened.termuat.potret;
    let ctx = &opened.pengguna.ctx;
    let kode = petak.subjek.kode();
    let indikator = potret.indicator(kode);
    let node = potret.node(kode);
    if indikator.is_none() && node.is_none() {
        return Err(Galat::TidakDitemukan(kode.to_owned()));
    }
    let stored = petak.figure(potret);
    let theirs = ctx.scope(Hak::UbahRealisasi).covers(potret.upwards(petak.unit(potret))) && !ctx.lampau;
    let open = petak.enter(potret, &tolok_app::day(ctx.waktu).to_string());
    let sebab = match (&open, stored) {
        (_, None) => t.x("bukti-isi-dahulu").to_owned(),
        (Err(why), _) => why.to_string(),
        (Ok(_), _) => String::new(),
    };
    let berkas = stored.map(|a| evidence(opened, a).into_iter().zip(&a.bukti)).into_iter().flatten();
    let berkas = berkas.map(|(bukti, mark)| {
        let found = potret.bukti.iter().find(|b| b.sha256 == file_of(mark));
        Berkas {
            sha256: file_of(mark).to_owned(),
            keterangan: found.map(|b| b.keterangan.clone()).unwrap_or_default(),
            ukuran: found.map(|b| size(b.ukuran)).unwrap_or_default(),
            bukti,
        }
    });
    let tw = petak.periode.last_month().div_ceil(3);
    Ok(Halaman {
        h: opened.tab("pengukuran", "isi", t.x("bukti")),
        nama: indikator.map(|i| i.nama.clone()).or_else(|| node.map(Simpul::calm_name)).unwrap_or_default(),
        apa: match (petak.variable(), &petak.subjek) {
            (Some(nama), _) => nama.replace('_', " "),
            (None, Subjek::Simpul(_)) => t.x("isi-belanja").to_owned(),
            _ => t.x("realisasi").to_owned(),
        },
        periode: petak.periode.heading(),
        nilai: stored.map(|a| a.nilai.to_string()).unwrap_or_default(),
        lencana: Lencana::of(stored.map(|a| a.keadaan), t),
        dilihat: stored.map(|a| a.id.to_string()).unwrap_or_default(),
        kembali: format!("{}/isi?tahun={}&tw={tw}", opened.pengguna.akar, potret.tahun),
        berkas: berkas.collect(),
        boleh: theirs && open.is_ok() && stored.is_some(),
        sebab: if theirs { sebab } else { String::new() },
        diharapkan: indikator.map(|i| i.bukti.clone()).unwrap_or_default(),
        galat: String::new(),
        petak: petak.to_string(),
    })
}

/// A size as people read it: "340 KB".
fn size(bytes: u64) -> String {
    if bytes < 1_000_000 { format!("{} KB", bytes.div_ceil(1000)) } else { format!("{} MB", bytes.div_ceil(1_000_000)) }
}

/// Shows the evidence of a figure.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(mana): Query<Mana>) -> Jawaban {
    let petak = place(&mana.petak)?;
    let opened = Dibuka::new(&web, pengguna, mana.tahun).await?;
    Ok(Html(page(&opened, &petak)?.render()?))
}

/// Adds a file or a link.
pub(crate) async fn add(
    State(web): State<Web>,
    mut pengguna: Pengguna,
    Query(mana): Query<Mana>,
    request: Request,
) -> Result<Response, Gagal> {
    // Who may not, need not send 25 megabytes to be told so.
    if !pengguna.ctx.may(Hak::UbahRealisasi) {
        return Err(Galat::Terlarang.into());
    }
    let petak = place(&mana.petak)?;
    let unreadable = |_| Galat::TidakSah("kiriman tidak terbaca; kirim sekali lagi".to_owned());
    let mut form = Multipart::from_request(request, &web).await.map_err(unreadable)?;
    let broken = |e: axum::extract::multipart::MultipartError| {
        let large = e.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE;
        let text =
            if large { "berkas terlalu besar; paling besar 25 MB" } else { "kiriman terputus; kirim sekali lagi" };
        Galat::TidakSah(text.to_owned())
    };
    let mut bukti = BuktiBaru {
        nama: String::new(),
        isi: Vec::new(),
        tautan: false,
        halaman: String::new(),
        keterangan: String::new(),
    };
    let (mut dilihat, mut kunci, mut tautan) = (String::new(), String::new(), String::new());
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "berkas" {
            let file = field.file_name().unwrap_or_default().to_owned();
            bukti.isi = field.bytes().await.map_err(broken)?.to_vec();
            // Some browsers send a path; only its last part is a name.
            bukti.nama = file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
            continue;
        }
        let text = field.text().await.map_err(broken)?;
        match name.as_str() {
            "dilihat" => dilihat = text,
            "kunci" => kunci = text,
            "tautan" => tautan = text.trim().to_owned(),
            "halaman" => bukti.halaman = text,
            "keterangan" => bukti.keterangan = text,
            _ => {}
        }
    }
    if bukti.isi.is_empty() && !tautan.is_empty() {
        bukti.nama = tautan.chars().take(120).collect();
        bukti.isi = tautan.into_bytes();
        bukti.tautan = true;
    }
    let tahun = petak.periode.tahun();
    let outcome = if bukti.isi.len() > MAX_EVIDENCE {
        Err(Galat::TidakSah("berkas terlalu besar; paling besar 25 MB".to_owned()))
    } else if bukti.isi.is_empty() {
        Err(Galat::TidakSah("pilih berkas atau tulis tautan".to_owned()))
    } else {
        let seen = dilihat.parse().map_err(|_| Galat::Bentrok)?;
        web.app.attach_evidence(&pengguna.ctx.sending(&kunci), tahun, &petak, seen, &bukti).await
    };
    pengguna.ctx = pengguna.ctx.fresh();
    answer(&web, pengguna, &petak, outcome).await
}

#[derive(Debug, Deserialize)]
pub(crate) struct Lepas {
    sha256: String,
    dilihat: String,
}

/// Takes a piece of evidence from the figure.
pub(crate) async fn remove(
    State(web): State<Web>,
    mut pengguna: Pengguna,
    Query(mana): Query<Mana>,
    Form(input): Form<Lepas>,
) -> Result<Response, Gagal> {
    let petak = place(&mana.petak)?;
    let seen = input.dilihat.parse().map_err(|_| Galat::Bentrok)?;
    let outcome = web.app.detach_evidence(&pengguna.ctx, petak.periode.tahun(), &petak, seen, &input.sha256).await;
    pengguna.ctx = pengguna.ctx.fresh();
    answer(&web, pengguna, &petak, outcome).await
}

async fn answer(web: &Web, pengguna: Pengguna, petak: &Petak, outcome: Result<i64, Galat>) -> Result<Response, Gagal> {
    let tahun = petak.periode.tahun();
    match outcome {
        Ok(_) | Err(Galat::SudahTersimpan(_)) => {
            let to = format!("{}/isi/bukti?tahun={tahun}&petak={petak}", pengguna.akar);
            Ok(Redirect::to(&to).into_response())
        }
        Err(Galat::TidakSah(galat)) => {
            let opened = Dibuka::new(web, pengguna, Some(tahun)).await?;
            let page = Halaman { galat, ..page(&opened, petak)? };
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(other) => Err(other.into()),
    }
}
