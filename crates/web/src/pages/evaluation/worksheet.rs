//! The worksheet: shown, and answered a subkomponen at a time.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{Galat, IsiJawaban};
use tolok_domain::Potret;
use tolok_domain::access::Hak;
use tolok_domain::evaluasi::{Jawaban as Jawab, Penilai};

use super::question::field;
use super::view::page;
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Kiriman, refusal};
use crate::page::Dibuka;
use crate::session::Pengguna;

/// What of the worksheet is asked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Permintaan {
    pub tahun: Option<i16>,
    /// The component that is shown.
    #[serde(default)]
    pub komponen: String,
    /// As whom it is filled in.
    #[serde(default)]
    pub sebagai: String,
    /// The subkomponen that was just saved.
    #[serde(default)]
    pub tersimpan: u8,
}

/// Shows a component of the worksheet.
pub(crate) async fn show(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<Permintaan>,
) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    Ok(Html(page(&web, &opened, &kode, &query, None, Vec::new()).await?.render()?))
}

/// Saves the answers of one subkomponen.
pub(crate) async fn save(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<Permintaan>,
    Form(form): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let chosen = Penilai::ALL.into_iter().find(|p| p.as_str() == form.get("penilai"));
    let penilai = chosen.ok_or_else(|| Galat::TidakSah(pengguna.t.x("lke-penilai-tidak-ada").to_owned()))?;
    // A form in which nothing was changed says nothing to the use case, which would refuse it.
    if !pengguna.ctx.may(if penilai == Penilai::Mandiri { Hak::NilaiMandiri } else { Hak::Evaluasi }) {
        return Err(Galat::Terlarang.into());
    }
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let tahun = opened.termuat.potret.tahun;
    let isi = changed(&opened.termuat.potret, &kode, penilai, &form);
    let ctx = opened.pengguna.ctx.sending(form.get("kunci"));
    let lost = without_answer(&opened.termuat.potret, &kode, penilai, &form);
    let refused = if !lost.is_empty() {
        refusal::<i64>(Err(Galat::TidakSah(opened.pengguna.t.f("lke-alasan-tanpa-jawaban", "kode", lost.join(", ")))))?
    } else if isi.is_empty() {
        None
    } else {
        refusal(web.app.answer_worksheet(&ctx, tahun, &kode, &isi).await)?
    };
    let Some(no) = refused else {
        let akar = &opened.pengguna.akar;
        let bagian = form.get("bagian").parse::<u8>().unwrap_or(1);
        let address = format!(
            "{akar}/evaluasi/{kode}?tahun={tahun}&komponen={}&sebagai={}&tersimpan={bagian}#b-{bagian}",
            query.komponen,
            penilai.as_str(),
        );
        return Ok(Redirect::to(&address).into_response());
    };
    let opened = opened.again(&web).await?;
    Ok((no.status, Html(page(&web, &opened, &kode, &query, Some(&form), no.pesan).await?.render()?)).into_response())
}

/// What a form says about each of its codes.
fn sent<'a>(form: &'a Kiriman, penilai: Penilai) -> impl Iterator<Item = IsiJawaban> + 'a {
    let codes = form.0.iter().filter_map(|(name, _)| name.strip_prefix("l:"));
    codes.map(move |kode| {
        let text = |kind| form.get(&field(kind, kode)).replace("\r\n", "\n");
        IsiJawaban {
            kode: kode.to_owned(),
            penilai,
            pilihan: text('p'),
            alasan: text('a'),
            bukti: text('b'),
            dilihat: text('l'),
        }
    })
}

/// What is stored for an answer of a form.
fn stored<'a>(potret: &'a Potret, evaluasi: &str, new: &IsiJawaban) -> Option<&'a Jawab> {
    let is_it = |j: &&Jawab| j.evaluasi == evaluasi && j.penilai == new.penilai && j.kode == new.kode;
    potret.jawaban.iter().find(is_it)
}

/// The answers of a form that are not stored like that.
fn changed(potret: &Potret, evaluasi: &str, penilai: Penilai, form: &Kiriman) -> Vec<IsiJawaban> {
    let differs = |new: &IsiJawaban| {
        stored(potret, evaluasi, new).map_or(!new.pilihan.is_empty(), |j| {
            (&j.pilihan, &j.alasan, &j.bukti) != (&new.pilihan, &new.alasan, &new.bukti)
        })
    };
    sent(form, penilai).filter(differs).collect()
}

/// Codes with a new reason or evidence and no answer: nothing could be kept of them.
fn without_answer(potret: &Potret, evaluasi: &str, penilai: Penilai, form: &Kiriman) -> Vec<String> {
    let typed = |new: &IsiJawaban| {
        let old = stored(potret, evaluasi, new).map_or(("", ""), |j| (j.alasan.as_str(), j.bukti.as_str()));
        let now = (new.alasan.as_str(), new.bukti.as_str());
        new.pilihan.is_empty() && now != ("", "") && now != old
    };
    sent(form, penilai).filter(typed).map(|new| new.kode).collect()
}
