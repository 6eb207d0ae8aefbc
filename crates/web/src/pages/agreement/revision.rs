//! Perubahan: choosing the signed agreements that are changed, and why.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use tolok_app::{Galat, PerubahanPerjanjian};
use tolok_domain::access::Hak;
use tolok_domain::agreement::AlasanPerubahan;

use super::{may_for, shown_day};
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Kiriman, key, written};
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::session::Pengguna;

struct Pilihan {
    kode: String,
    nama: String,
    rincian: String,
    dicentang: bool,
}

struct Alasan {
    kata: &'static str,
    label: &'static str,
    dipilih: bool,
}

#[derive(Template)]
#[template(path = "perjanjian_perubahan.html")]
struct Halaman {
    h: Bingkai,
    pilihan: Vec<Pilihan>,
    alasan: Vec<Alasan>,
    tanggal: String,
    kunci: String,
    pesan: String,
}

fn page(opened: &Dibuka, input: &PerubahanPerjanjian, pesan: String) -> Halaman {
    let (t, potret, ctx) = (opened.pengguna.t, &opened.termuat.potret, &opened.pengguna.ctx);
    let latest = potret.unit.iter().filter_map(|u| Some((u, potret.agreement_of(&u.kode)?)));
    let may = |unit: &str| may_for(ctx, potret, Hak::UbahRencana, unit);
    let pilihan = latest.filter(|(u, p)| p.is_signed() && may(&u.kode)).map(|(u, p)| Pilihan {
        kode: p.kode.clone(),
        nama: u.nama.clone(),
        rincian: format!("{} {}", t.x("pk-ditandatangani"), shown_day(&p.ditandatangani)),
        dicentang: input.perjanjian.contains(&p.kode),
    });
    let reasons =
        AlasanPerubahan::ALL.map(|a| Alasan { kata: a.as_str(), label: a.label(), dipilih: input.alasan == Some(a) });
    Halaman {
        pilihan: pilihan.collect(),
        alasan: reasons.into(),
        tanggal: input.tanggal.clone(),
        kunci: key(),
        pesan,
        h: opened.frame("perjanjian", t.x("pk-perubahan-judul")),
    }
}

/// Shows the form; an address may name the agreement that is to be changed.
pub(crate) async fn form(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<TahunQuery>,
    Query(chosen): Query<Kiriman>,
) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    if !opened.pengguna.ctx.may(Hak::UbahRencana) || opened.pengguna.ctx.lampau {
        return Err(Galat::Terlarang.into());
    }
    let input = PerubahanPerjanjian { perjanjian: chosen.all("perjanjian"), ..PerubahanPerjanjian::default() };
    Ok(Html(page(&opened, &input, String::new()).render()?))
}

/// Makes the new version.
pub(crate) async fn submit(
    State(web): State<Web>,
    mut pengguna: Pengguna,
    Query(query): Query<TahunQuery>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let tahun = web.app.open(&pengguna.ctx, query.tahun).await?.potret.tahun;
    let ctx = pengguna.ctx.sending(sent.get("kunci"));
    let input = PerubahanPerjanjian {
        perjanjian: sent.all("perjanjian"),
        alasan: AlasanPerubahan::ALL.into_iter().find(|a| a.as_str() == sent.get("alasan")),
        tanggal: sent.get("tanggal").to_owned(),
    };
    let (status, pesan) = match written(web.app.revise_agreements(&ctx, tahun, &input).await) {
        Ok(()) => return Ok(Redirect::to(&format!("{}/perjanjian?tahun={tahun}", pengguna.akar)).into_response()),
        Err(Galat::TidakSah(pesan)) => (StatusCode::UNPROCESSABLE_ENTITY, pesan),
        Err(Galat::Bentrok) => (StatusCode::CONFLICT, pengguna.t.x("pk-bentrok").to_owned()),
        Err(other) => return Err(other.into()),
    };
    pengguna.ctx = pengguna.ctx.fresh();
    let opened = Dibuka::new(&web, pengguna, Some(tahun)).await?;
    Ok((status, Html(page(&opened, &input, pesan).render()?)).into_response())
}
