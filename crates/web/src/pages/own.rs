//! The own account: password, second factor, sessions, mails.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{AkunSaya, Galat, SesiSaya};
use tolok_domain::notice::PilihanSurat;

use crate::Web;
use crate::client::Asal;
use crate::error::Gagal;
use crate::page::Bingkai;
use crate::pages::roles_form::{Bidang, field};
use crate::session::{Pengguna, now, session_cookie};
use crate::view::moment;

/// A session in the list.
struct Sesi {
    id: String,
    peramban: String,
    sejak: String,
    terakhir: String,
    ini: bool,
}

/// A choice of mails.
struct Surat {
    kata: &'static str,
    label: &'static str,
    dipilih: bool,
}

const fn choice_key(pilihan: PilihanSurat) -> &'static str {
    match pilihan {
        PilihanSurat::Segera => "surat-segera",
        PilihanSurat::Harian => "surat-harian",
        PilihanSurat::Tidak => "surat-tidak",
    }
}

#[derive(Template)]
#[template(path = "saya.html")]
struct Halaman {
    h: Bingkai,
    akun: AkunSaya,
    sesi: Vec<Sesi>,
    surat: Vec<Surat>,
    /// Whether the server sends mail.
    bersurat: bool,
    kabar: String,
    pesan: String,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Kabar {
    #[serde(default)]
    kabar: String,
}

async fn page(web: &Web, pengguna: &Pengguna) -> Result<Halaman, Gagal> {
    let akun = web.app.own_account(&pengguna.sesi, &pengguna.rahasia, now()).await?;
    let h = Bingkai::without_data(web, pengguna, "saya", pengguna.t.x("akun-saya")).await?;
    let row = |s: &SesiSaya| Sesi {
        id: s.sesi.sesi_hash.clone(),
        peramban: s.sesi.peramban.clone(),
        sejak: moment(s.sesi.dibuat),
        terakhir: moment(s.sesi.terakhir),
        ini: s.ini,
    };
    let chosen = web.app.mail_choice(&pengguna.sesi).await?;
    let choice = |pilihan: PilihanSurat| Surat {
        kata: pilihan.as_str(),
        label: pengguna.t.x(choice_key(pilihan)),
        dipilih: pilihan == chosen,
    };
    Ok(Halaman {
        h,
        sesi: akun.sesi.iter().map(row).collect(),
        akun,
        surat: PilihanSurat::ALL.into_iter().map(choice).collect(),
        bersurat: web.app.sends_mail(),
        kabar: String::new(),
        pesan: String::new(),
    })
}

/// The account.
pub(crate) async fn show(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<Kabar>,
) -> Result<Response, Gagal> {
    let mut page = page(&web, &pengguna).await?;
    let t = pengguna.t;
    page.kabar = match query.kabar.as_str() {
        "sandi" => t.x("saya-sandi-diganti"),
        "totp" => t.x("saya-totp-dimatikan"),
        "sesi" => t.x("saya-sesi-diakhiri"),
        "surat" => t.x("surat-tersimpan"),
        _ => "",
    }
    .to_owned();
    Ok(Html(page.render()?).into_response())
}

/// Does what the button says.
pub(crate) async fn submit(
    State(web): State<Web>,
    Asal(peminta): Asal,
    pengguna: Pengguna,
    Form(form): Form<Bidang>,
) -> Result<Response, Gagal> {
    let (app, sesi, waktu) = (&web.app, &pengguna.sesi, now());
    let sandi = field(&form, "sandi");
    let (outcome, kabar) = match field(&form, "aksi") {
        "sandi" if field(&form, "baru") != field(&form, "ulang") => {
            (Err(Galat::TidakSah(pengguna.t.x("sandi-tidak-sama").to_owned())), "")
        }
        "sandi" => {
            let both = (sandi, field(&form, "baru"));
            (app.change_password(sesi, both, &peminta, waktu).await.map(Some), "sandi")
        }
        "totp" => (app.disable_totp(sesi, sandi, &peminta, waktu).await.map(Some), "totp"),
        "sesi" => {
            let only = Some(field(&form, "sesi")).filter(|hash| !hash.is_empty());
            let which = (pengguna.rahasia.as_str(), only, sandi);
            (app.end_sessions(sesi, which, &peminta, waktu).await.map(|()| None), "sesi")
        }
        "surat" => match PilihanSurat::find(field(&form, "pilihan")) {
            Some(pilihan) => (app.choose_mail(sesi, pilihan).await.map(|()| None), "surat"),
            None => (Err(Galat::TidakSah(pengguna.t.x("surat-pilih").to_owned())), ""),
        },
        other => (Err(Galat::TidakDitemukan(format!("tindakan \"{other}\""))), ""),
    };
    let back = Redirect::to(&format!("{}/saya?kabar={kabar}", pengguna.akar));
    match outcome {
        Ok(Some(masuk)) => {
            let cookie = session_cookie(&masuk.rahasia, &web.pilihan);
            Ok(([(header::SET_COOKIE, cookie)], back).into_response())
        }
        Ok(None) => Ok(back.into_response()),
        Err(Galat::TidakSah(pesan)) => {
            let page = Halaman { pesan, ..page(&web, &pengguna).await? };
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(other) => Err(other.into()),
    }
}
