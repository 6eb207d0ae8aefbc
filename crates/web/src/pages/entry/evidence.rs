//! Evidence of one figure: what is there, one more file or link, the page on which to look.

use askama::Template;
use axum::Form;
use axum::extract::{FromRequest, Multipart, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{BuktiBaru, Galat};
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
    pub tahun: Option<i16>,
    pub petak: String,
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
    ketikan: Ketikan,
}

/// What was typed beside the files, to be given back when they are refused.
#[derive(Debug, Default)]
struct Ketikan {
    tautan: String,
    halaman: String,
    keterangan: String,
}

pub(crate) fn place(text: &str) -> Result<Petak, Galat> {
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
        ketikan: Ketikan::default(),
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

/// Adds files, a link, or both.
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
    let form = Multipart::from_request(request, &web).await.map_err(|_| unreadable())?;
    let mut sent = Kiriman::default();
    let outcome = match sent.read(form).await {
        Ok(()) => {
            let seen = sent.dilihat.parse().map_err(|_| Galat::Bentrok)?;
            let ctx = pengguna.ctx.sending(&sent.kunci);
            web.app.attach_evidence(&ctx, petak.periode.tahun(), &petak, seen, &sent.bukti()).await
        }
        Err(galat) => Err(galat),
    };
    pengguna.ctx = pengguna.ctx.fresh();
    answer(&web, pengguna, &petak, outcome, sent.ketikan).await
}

fn unreadable() -> Galat {
    Galat::TidakSah("kiriman tidak terbaca; kirim sekali lagi".to_owned())
}

/// The form as a browser without script sends it.
#[derive(Default)]
struct Kiriman {
    /// Name and content of each file.
    berkas: Vec<(String, Vec<u8>)>,
    ketikan: Ketikan,
    dilihat: String,
    kunci: String,
}

impl Kiriman {
    /// Reads the form; what came before it broke off is kept.
    async fn read(&mut self, mut form: Multipart) -> Result<(), Galat> {
        let broken = |e: axum::extract::multipart::MultipartError| {
            let large = e.status() == StatusCode::PAYLOAD_TOO_LARGE;
            let text = if large {
                "berkas terlalu besar; paling besar 25 MB untuk semua berkas dalam satu kiriman"
            } else {
                "kiriman terputus; kirim sekali lagi"
            };
            Galat::TidakSah(text.to_owned())
        };
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            if name == "berkas" {
                let file = field.file_name().unwrap_or_default().to_owned();
                let isi = field.bytes().await.map_err(broken)?.to_vec();
                // Some browsers send a path; only its last part is a name. A field without a file has none.
                let nama = file.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
                if !nama.is_empty() {
                    self.berkas.push((nama, isi));
                }
                continue;
            }
            let text = field.text().await.map_err(broken)?;
            match name.as_str() {
                "dilihat" => self.dilihat = text,
                "kunci" => self.kunci = text,
                "tautan" => text.trim().clone_into(&mut self.ketikan.tautan),
                "halaman" => self.ketikan.halaman = text,
                "keterangan" => self.ketikan.keterangan = text,
                _ => {}
            }
        }
        Ok(())
    }

    /// The files, then the link. Page and remark hold for each of them.
    fn bukti(&self) -> Vec<BuktiBaru> {
        let one = |nama: String, isi: Vec<u8>, tautan: bool| BuktiBaru {
            nama,
            isi,
            tautan,
            halaman: self.ketikan.halaman.clone(),
            keterangan: self.ketikan.keterangan.clone(),
        };
        let link = Some(&self.ketikan.tautan).filter(|address| !address.is_empty());
        let link = link.map(|address| one(address.chars().take(120).collect(), address.clone().into_bytes(), true));
        self.berkas.iter().map(|(nama, isi)| one(nama.clone(), isi.clone(), false)).chain(link).collect()
    }
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
    answer(&web, pengguna, &petak, outcome, Ketikan::default()).await
}

/// The page again: with the new evidence, or with what was wrong and what was typed. After a conflict it shows the figure as it is now.
async fn answer(
    web: &Web,
    pengguna: Pengguna,
    petak: &Petak,
    outcome: Result<i64, Galat>,
    ketikan: Ketikan,
) -> Result<Response, Gagal> {
    let tahun = petak.periode.tahun();
    match outcome {
        Ok(_) | Err(Galat::SudahTersimpan(_)) => {
            let to = format!("{}/isi/bukti?tahun={tahun}&petak={petak}", pengguna.akar);
            Ok(Redirect::to(&to).into_response())
        }
        Err(galat @ (Galat::TidakSah(_) | Galat::Bentrok)) => {
            let conflict = matches!(galat, Galat::Bentrok);
            let status = if conflict { super::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
            let opened = Dibuka::new(web, pengguna, Some(tahun)).await?;
            let page = Halaman { galat: galat.to_string(), ketikan, ..page(&opened, petak)? };
            Ok((status, Html(page.render()?)).into_response())
        }
        Err(other) => Err(other.into()),
    }
}
