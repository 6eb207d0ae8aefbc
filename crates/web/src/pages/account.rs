//! One account of the office.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{AkunInstansi, Galat, IsianAkun};

use crate::Web;
use crate::error::Gagal;
use crate::page::{Bingkai, role_key};
use crate::pages::accounts::{account_address, handed_over, state};
use crate::pages::roles_form::{Bidang, IsianPeran, field, roles, rows, sent};
use crate::session::Pengguna;
use crate::view::moment;

#[derive(Template)]
#[template(path = "akun-satu.html")]
struct Halaman {
    h: Bingkai,
    alamat: String,
    akun: AkunInstansi,
    keadaan: (&'static str, &'static str),
    terakhir: String,
    peran_daerah: String,
    peran: IsianPeran,
    nama: String,
    surel: String,
    kabar: String,
    pesan: String,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Kabar {
    #[serde(default)]
    kabar: String,
}

async fn page(web: &Web, pengguna: &Pengguna, akun: AkunInstansi) -> Result<Halaman, Gagal> {
    let t = pengguna.t;
    let region: Vec<&str> = akun.peran_daerah.iter().map(|p| t.x(role_key(*p))).collect();
    Ok(Halaman {
        h: Bingkai::without_data(web, pengguna, "akun", &akun.nama).await?,
        alamat: account_address(&pengguna.akar, &akun.nama_masuk),
        keadaan: state(&akun, t),
        terakhir: if akun.terakhir > 0 { moment(akun.terakhir) } else { t.x("akun-belum-masuk").to_owned() },
        peran_daerah: region.join(", "),
        peran: IsianPeran::new(web, pengguna, rows(&akun.peran), rows(&akun.peran)).await?,
        nama: akun.nama.clone(),
        surel: akun.surel.clone().unwrap_or_default(),
        kabar: String::new(),
        pesan: String::new(),
        akun,
    })
}

/// The account with everything that can be done.
pub(crate) async fn show(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(nama): Path<String>,
    Query(query): Query<Kabar>,
) -> Result<Response, Gagal> {
    let akun = web.app.account_named(&pengguna.ctx, &nama).await?;
    let mut page = page(&web, &pengguna, akun).await?;
    if query.kabar == "tersimpan" {
        page.kabar = pengguna.t.x("akun-tersimpan").to_owned();
    }
    Ok(Html(page.render()?).into_response())
}

/// Does what the button says.
pub(crate) async fn submit(
    State(web): State<Web>,
    mut pengguna: Pengguna,
    Path(nama): Path<String>,
    Form(form): Form<Bidang>,
) -> Result<Response, Gagal> {
    let (app, ctx) = (&web.app, pengguna.ctx.clone());
    let akun = app.account_named(&ctx, &nama).await?;
    let isian = IsianAkun { nama: field(&form, "nama").to_owned(), surel: field(&form, "surel").to_owned() };
    let outcome = match field(&form, "aksi") {
        "peran" => match (roles(&sent(&form, "lihat_"), pengguna.t), roles(&sent(&form, ""), pengguna.t)) {
            (Ok(seen), Ok(new)) => app.change_roles(&ctx, akun.akun, &seen, &new).await,
            (Err(galat), _) | (_, Err(galat)) => Err(galat),
        },
        "data" => app.change_account(&ctx, akun.akun, &isian).await,
        "tautan" => match app.hand_link(&ctx, akun.akun).await {
            Ok(tautan) => {
                pengguna.ctx = ctx.fresh();
                return handed_over(&web, &pengguna, &akun.nama_masuk, tautan, !akun.bersandi).await;
            }
            Err(galat) => Err(galat),
        },
        "keluarkan" => app.end_account_sessions(&ctx, akun.akun).await,
        "totp" => app.drop_totp(&ctx, akun.akun).await,
        "nonaktif" => app.switch_account(&ctx, akun.akun, false).await,
        "aktif" => app.switch_account(&ctx, akun.akun, true).await,
        other => Err(Galat::TidakDitemukan(format!("tindakan \"{other}\""))),
    };
    let pesan = match outcome {
        // Without roles here it is no account of this office any more.
        Ok(()) if field(&form, "aksi") == "peran" && sent(&form, "").is_empty() => {
            return Ok(Redirect::to(&format!("{}/akun", pengguna.akar)).into_response());
        }
        Ok(()) => {
            let address = account_address(&pengguna.akar, &akun.nama_masuk);
            return Ok(Redirect::to(&format!("{address}?kabar=tersimpan")).into_response());
        }
        Err(Galat::TidakSah(pesan)) => pesan,
        Err(other) => return Err(other.into()),
    };
    pengguna.ctx = ctx.fresh();
    let mut page = page(&web, &pengguna, akun).await?;
    page.pesan = pesan;
    match field(&form, "aksi") {
        "peran" => page.peran = IsianPeran::new(&web, &pengguna, sent(&form, ""), sent(&form, "lihat_")).await?,
        "data" => (page.nama, page.surel) = (isian.nama, isian.surel),
        _ => {}
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}
