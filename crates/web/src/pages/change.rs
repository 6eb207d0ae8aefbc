//! Changing one realisation.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{Bentrokan, Galat, HasilIsian, IsianAngka, Penolakan};
use tolok_domain::figure::Angka;
use tolok_domain::number::write_value_plain;
use tolok_domain::{Nilai, Periode, Petak};

use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::page::{Bingkai, Dibuka};
use crate::session::Pengguna;
use crate::view::moment;

#[derive(Debug, Deserialize)]
pub(crate) struct Mana {
    tahun: i16,
    periode: String,
    variabel: Option<String>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Isian {
    nilai: String,
    #[serde(default)]
    keterangan: String,
    /// Identity of the figure that the user saw; empty for none.
    #[serde(default)]
    dilihat: String,
}

/// Both values of a conflict, as the page shows them.
struct Konflik {
    tersimpan: String,
    oleh: String,
    diketik: String,
}

#[derive(Template)]
#[template(path = "ubah.html")]
struct Halaman {
    h: Bingkai,
    kode: String,
    nama: String,
    satuan: String,
    apa: String,
    periode: String,
    alamat: String,
    kembali: String,
    nilai: String,
    keterangan: String,
    dilihat: String,
    pesan: String,
    konflik: Option<Konflik>,
}

/// Where the form stands: which figure of which indicator.
struct Tempat {
    kode: String,
    mana: Mana,
    periode: Periode,
}

impl Tempat {
    fn new(kode: String, mana: Mana) -> Result<Self, Galat> {
        let periode =
            mana.periode.parse().map_err(|e: tolok_domain::period::PeriodeTidakSah| Galat::TidakSah(e.to_string()))?;
        Ok(Self { kode, mana, periode })
    }

    fn figure<'a>(&self, opened: &'a Dibuka) -> Option<&'a Angka> {
        self.spot().figure(&opened.termuat.potret)
    }

    fn spot(&self) -> Petak {
        Petak::realisation(&self.kode, self.mana.variabel.as_deref(), self.periode)
    }

    fn page(&self, opened: &Dibuka) -> Result<Halaman, Galat> {
        let potret = &opened.termuat.potret;
        let i =
            potret.indicator(&self.kode).ok_or_else(|| Galat::TidakDitemukan(format!("indikator {}", self.kode)))?;
        let t = opened.pengguna.t;
        let variable = self.mana.variabel.as_deref().map(|v| format!("&variabel={v}")).unwrap_or_default();
        let query = format!("?tahun={}&periode={}{variable}", self.mana.tahun, self.periode);
        let akar = &opened.pengguna.akar;
        Ok(Halaman {
            h: opened.frame("pengukuran", t.x("ubah-judul")),
            kode: self.kode.clone(),
            nama: i.nama.clone(),
            satuan: if self.mana.variabel.is_some() { String::new() } else { i.satuan.clone() },
            apa: self.mana.variabel.clone().unwrap_or_else(|| t.x("realisasi").to_owned()),
            periode: self.periode.heading(),
            alamat: format!("{akar}/indikator/{}/ubah{query}", self.kode),
            kembali: format!("{akar}/indikator/{}?tahun={}", self.kode, self.mana.tahun),
            nilai: String::new(),
            keterangan: String::new(),
            dilihat: String::new(),
            pesan: String::new(),
            konflik: None,
        })
    }
}

/// The form, filled with what is stored.
pub(crate) async fn form(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(mana): Query<Mana>,
) -> Jawaban {
    let place = Tempat::new(kode, mana)?;
    let opened = Dibuka::new(&web, pengguna, Some(place.mana.tahun)).await?;
    let mut page = place.page(&opened)?;
    if !page.h.boleh_ubah {
        return Err(Galat::Terlarang.into());
    }
    if let Some(angka) = place.figure(&opened) {
        page.nilai = write_value_plain(&angka.nilai);
        page.keterangan = match &angka.nilai {
            Nilai::BelumAda { alasan } => alasan.clone(),
            _ => angka.keterangan.clone(),
        };
        page.dilihat = angka.id.to_string();
    }
    Ok(Html(page.render()?))
}

/// Writes the change, or shows the form again with what is wrong.
pub(crate) async fn submit(
    State(web): State<Web>,
    mut pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(mana): Query<Mana>,
    Form(input): Form<Isian>,
) -> Result<Response, Gagal> {
    let place = Tempat::new(kode, mana)?;
    let change = IsianAngka {
        petak: place.spot(),
        nilai: input.nilai.clone(),
        keterangan: input.keterangan.clone(),
        bukti: None,
        dilihat: input.dilihat.parse().ok(),
    };
    let outcome = web.app.save_figures(&pengguna.ctx, place.mana.tahun, &[change]).await;
    // What is shown now must be what is stored now, not what was when the request began.
    pengguna.ctx = pengguna.ctx.fresh();
    let opened = Dibuka::new(&web, pengguna, Some(place.mana.tahun)).await?;
    let mut page = place.page(&opened)?;
    // Nothing typed is lost, whatever went wrong.
    page.nilai = input.nilai;
    page.keterangan = input.keterangan;
    page.dilihat = input.dilihat;
    let status = match outcome {
        Ok(HasilIsian::Tersimpan(..)) => return Ok(Redirect::to(&page.kembali).into_response()),
        Ok(HasilIsian::Ditolak(refused)) => match refused.into_iter().next() {
            Some((_, Penolakan::Bentrok(conflict))) => {
                page.dilihat = conflict.tersimpan.as_ref().map(|a| a.id.to_string()).unwrap_or_default();
                page.konflik = Some(describe(&conflict));
                StatusCode::CONFLICT
            }
            Some((_, Penolakan::TidakSah(pesan))) => {
                page.pesan = pesan;
                StatusCode::UNPROCESSABLE_ENTITY
            }
            None => return Err(Galat::Bentrok.into()),
        },
        Err(Galat::TidakSah(pesan)) => {
            page.pesan = pesan;
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Err(other) => return Err(other.into()),
    };
    Ok((status, Html(page.render()?)).into_response())
}

fn describe(conflict: &Bentrokan) -> Konflik {
    let stored = conflict.tersimpan.as_ref();
    Konflik {
        tersimpan: stored.map_or_else(|| "–".to_owned(), |a| a.nilai.to_string()),
        oleh: stored.map_or_else(String::new, |a| format!("{}, {}", a.oleh, moment(a.dicatat))),
        diketik: conflict.diketik.to_string(),
    }
}
