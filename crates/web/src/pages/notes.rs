//! What people write about an indicator's periods: obstacles with their follow-up, and comments.

use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{Galat, IsiKendala};
use tolok_domain::rekomendasi::recurring;
use tolok_domain::{Periode, Potret};

use crate::Web;
use crate::error::Gagal;
use crate::locale::Kamus;
use crate::page::TahunQuery;
use crate::session::Pengguna;
use crate::view::moment;

/// An obstacle as the indicator's page shows and edits it.
pub(crate) struct Kendala {
    pub periode: String,
    pub judul: String,
    pub isi: IsiKendala,
    pub ada: bool,
}

/// That an indicator's obstacle came back.
pub(crate) struct Berulang {
    /// In how many periods, and how often nothing came of the follow-up.
    pub kalimat: String,
    /// The obstacles of the year before, which stand nowhere else on the page.
    pub lalu: Vec<String>,
}

impl Berulang {
    /// Of an indicator; `None` where its obstacle did not come back.
    pub(crate) fn of(potret: &Potret, lalu: Option<&Potret>, indikator: &str, t: &Kamus) -> Option<Self> {
        let all = recurring(potret, lalu);
        let found = all.iter().find(|k| k.indikator.kode == indikator)?;
        let before = found.kendala.iter().filter(|k| k.periode.tahun() < potret.tahun);
        Some(Self {
            kalimat: t.f2("kendala-berulang-n", "n", found.periods(), "tanpa", found.without_result()),
            lalu: before.map(|k| format!("{}: {}", k.periode.heading(), k.kendala)).collect(),
        })
    }
}

/// A comment.
pub(crate) struct Komentar {
    pub judul: String,
    pub oleh: String,
    pub waktu: String,
    pub isi: String,
}

/// Obstacles of the four quarters.
pub(crate) fn obstacles(potret: &Potret, indikator: &str) -> Vec<Kendala> {
    Periode::quarters(potret.tahun)
        .into_iter()
        .map(|periode| {
            let found = potret.kendala.iter().find(|k| k.indikator == indikator && k.periode == periode);
            let isi = found.map_or_else(IsiKendala::default, |k| IsiKendala {
                kendala: k.kendala.clone(),
                sebab: k.sebab.clone(),
                tindak_lanjut: k.tindak_lanjut.clone(),
                hasil: k.hasil.clone(),
            });
            Kendala { periode: periode.to_string(), judul: periode.heading(), isi, ada: found.is_some() }
        })
        .collect()
}

/// Comments on an indicator, the latest first.
pub(crate) fn comments(potret: &Potret, indikator: &str) -> Vec<Komentar> {
    let of_it = potret.komentar.iter().rev().filter(|k| k.indikator == indikator);
    of_it
        .map(|k| Komentar {
            judul: k.periode.heading(),
            oleh: k.oleh.clone(),
            waktu: moment(k.waktu),
            isi: k.isi.clone(),
        })
        .collect()
}

fn period(text: &str) -> Result<Periode, Galat> {
    text.parse().map_err(|e: tolok_domain::period::PeriodeTidakSah| Galat::TidakSah(e.to_string()))
}

#[derive(Debug, Deserialize)]
pub(crate) struct FormKendala {
    periode: String,
    #[serde(default)]
    kendala: String,
    #[serde(default)]
    sebab: String,
    #[serde(default)]
    tindak_lanjut: String,
    #[serde(default)]
    hasil: String,
}

/// Notes an obstacle.
pub(crate) async fn obstacle(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<TahunQuery>,
    Form(form): Form<FormKendala>,
) -> Result<Response, Gagal> {
    let periode = period(&form.periode)?;
    let tahun = query.tahun.unwrap_or_else(|| periode.tahun());
    let isi =
        IsiKendala { kendala: form.kendala, sebab: form.sebab, tindak_lanjut: form.tindak_lanjut, hasil: form.hasil };
    web.app.note_obstacle(&pengguna.ctx, tahun, &kode, periode, &isi).await?;
    Ok(Redirect::to(&format!("{}/indikator/{kode}?tahun={tahun}#kendala", pengguna.akar)).into_response())
}

#[derive(Debug, Deserialize)]
pub(crate) struct FormKomentar {
    periode: String,
    isi: String,
    #[serde(default)]
    kunci: String,
}

/// Writes a comment.
pub(crate) async fn comment(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<TahunQuery>,
    Form(form): Form<FormKomentar>,
) -> Result<Response, Gagal> {
    let periode = period(&form.periode)?;
    let tahun = query.tahun.unwrap_or_else(|| periode.tahun());
    match web.app.comment(&pengguna.ctx.sending(&form.kunci), tahun, &kode, periode, &form.isi).await {
        Ok(_) | Err(Galat::SudahTersimpan(_)) => {}
        Err(other) => return Err(other.into()),
    }
    Ok(Redirect::to(&format!("{}/indikator/{kode}?tahun={tahun}#komentar", pengguna.akar)).into_response())
}
