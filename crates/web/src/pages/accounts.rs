//! The office's accounts, and inviting.

use askama::Template;
use axum::Form;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use tolok_app::{AkunInstansi, Galat, IsianAkun, Tautan, Undangan};
use tolok_domain::access::Pemberian;

use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::locale::Kamus;
use crate::page::{Bingkai, role_key};
use crate::pages::roles_form::{Bidang, IsianPeran, field, roles, sent};
use crate::session::{Pengguna, encode};
use crate::view::{long_date, moment};

/// An account in the list.
struct Baris {
    alamat: String,
    nama: String,
    nama_masuk: String,
    surel: String,
    peran: Vec<String>,
    terakhir: String,
    keadaan: (&'static str, &'static str),
    dua_langkah: bool,
}

/// What was typed into the form of an invitation.
#[derive(Default)]
struct Diketik {
    nama_masuk: String,
    nama: String,
    surel: String,
}

#[derive(Template)]
#[template(path = "akun.html")]
struct Halaman {
    h: Bingkai,
    akun: Vec<Baris>,
    undang: Diketik,
    undang_peran: IsianPeran,
    tambah: String,
    tambah_peran: IsianPeran,
    pesan: String,
    bersurat: bool,
}

/// A link that was made: shown once.
#[derive(Template)]
#[template(path = "tautan.html")]
struct TautanDibuat {
    h: Bingkai,
    nama_masuk: String,
    kembali: String,
    /// The address it was sent to; empty when it is handed over.
    surel: String,
    tautan: String,
    undangan: bool,
}

impl Baris {
    fn new(akun: &AkunInstansi, units: &[(String, String)], akar: &str, t: &'static Kamus) -> Self {
        let mut peran: Vec<String> = akun.peran.iter().map(|role| describe(role, units, t)).collect();
        peran.extend(akun.peran_daerah.iter().map(|p| t.f("akun-peran-daerah", "peran", t.x(role_key(*p)))));
        Self {
            // Whose only roles are the region's is seen but not kept here.
            alamat: if akun.peran.is_empty() { String::new() } else { account_address(akar, &akun.nama_masuk) },
            nama: akun.nama.clone(),
            nama_masuk: akun.nama_masuk.clone(),
            surel: akun.surel.clone().unwrap_or_default(),
            peran,
            terakhir: if akun.terakhir > 0 { moment(akun.terakhir) } else { t.x("akun-belum-masuk").to_owned() },
            keadaan: state(akun, t),
            dua_langkah: akun.dua_langkah,
        }
    }
}

/// Class and text of an account's state.
pub(crate) fn state(akun: &AkunInstansi, t: &'static Kamus) -> (&'static str, &'static str) {
    if akun.nonaktif.is_some() {
        ("kunci", t.x("akun-nonaktif"))
    } else if !akun.bersandi && akun.terakhir == 0 {
        ("kem", t.x("akun-diundang"))
    } else {
        ("ver", t.x("akun-aktif"))
    }
}

/// The page of an account.
pub(crate) fn account_address(akar: &str, nama_masuk: &str) -> String {
    format!("{akar}/akun/{}", encode(nama_masuk).replace('/', "%2F"))
}

/// A role in words, with unit and days; `units` are codes and names.
fn describe(role: &Pemberian, units: &[(String, String)], t: &'static Kamus) -> String {
    let mut text = t.x(role_key(role.tugas.peran)).to_owned();
    if let Some(unit) = &role.tugas.unit {
        // A unit that is gone is still named.
        let name = units.iter().find(|(kode, _)| kode == unit).map_or(unit, |(_, name)| name);
        text = format!("{text}, {name}");
    }
    match (role.mulai, role.sampai) {
        (None, None) => text,
        (Some(mulai), None) => format!("{text} ({} {})", t.x("peran-mulai"), long_date(mulai)),
        (None, Some(sampai)) => format!("{text} ({} {})", t.x("sd"), long_date(sampai)),
        (Some(mulai), Some(sampai)) => format!("{text} ({} {} {})", long_date(mulai), t.x("sd"), long_date(sampai)),
    }
}

async fn page(web: &Web, pengguna: &Pengguna) -> Result<Halaman, Gagal> {
    let t = pengguna.t;
    let list = web.app.accounts(&pengguna.ctx).await?;
    let undang_peran = IsianPeran::new(web, pengguna, Vec::new(), Vec::new()).await?;
    Ok(Halaman {
        h: Bingkai::without_data(web, pengguna, "akun", t.x("akun-judul")).await?,
        akun: list.iter().map(|akun| Baris::new(akun, &undang_peran.unit, &pengguna.akar, t)).collect(),
        undang: Diketik::default(),
        undang_peran,
        tambah: String::new(),
        tambah_peran: IsianPeran::new(web, pengguna, Vec::new(), Vec::new()).await?,
        pesan: String::new(),
        bersurat: web.app.sends_mail(),
    })
}

/// The list with its forms.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna) -> Jawaban {
    Ok(Html(page(&web, &pengguna).await?.render()?))
}

/// Invites somebody, or adds an account that exists.
pub(crate) async fn submit(
    State(web): State<Web>,
    mut pengguna: Pengguna,
    Form(form): Form<Bidang>,
) -> Result<Response, Gagal> {
    let rows = sent(&form, "");
    let adding = field(&form, "aksi") == "tambah";
    let outcome = match roles(&rows, pengguna.t) {
        Err(galat) => Err(galat),
        Ok(peran) if adding => {
            let name = field(&form, "nama_masuk").trim().to_lowercase();
            web.app.add_account(&pengguna.ctx, &name, &peran).await.map(|_| None)
        }
        Ok(peran) => {
            let isian = IsianAkun { nama: field(&form, "nama").to_owned(), surel: field(&form, "surel").to_owned() };
            let undangan = Undangan { nama_masuk: field(&form, "nama_masuk").to_owned(), isian, peran };
            web.app.invite(&pengguna.ctx, &undangan).await.map(|(_, tautan)| Some(tautan))
        }
    };
    pengguna.ctx = pengguna.ctx.fresh();
    let name = field(&form, "nama_masuk").trim().to_lowercase();
    let pesan = match outcome {
        Ok(Some(tautan)) => return handed_over(&web, &pengguna, &name, tautan, true).await,
        Ok(None) => return Ok(Redirect::to(&account_address(&pengguna.akar, &name)).into_response()),
        Err(Galat::TidakSah(pesan)) => pesan,
        Err(other) => return Err(other.into()),
    };
    // Nothing typed is lost.
    let mut page = page(&web, &pengguna).await?;
    page.pesan = pesan;
    let typed = IsianPeran::new(&web, &pengguna, rows, Vec::new()).await?;
    if adding {
        page.tambah = name;
        page.tambah_peran = typed;
    } else {
        page.undang = Diketik {
            nama_masuk: field(&form, "nama_masuk").to_owned(),
            nama: field(&form, "nama").to_owned(),
            surel: field(&form, "surel").to_owned(),
        };
        page.undang_peran = typed;
    }
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}

/// The page that shows a link once, or says where it was sent.
pub(crate) async fn handed_over(
    web: &Web,
    pengguna: &Pengguna,
    nama_masuk: &str,
    tautan: Tautan,
    undangan: bool,
) -> Result<Response, Gagal> {
    let (surel, tautan) = match tautan {
        Tautan::Surel(surel) => (surel, String::new()),
        // Without a public address in the settings the link begins where this administrator's own pages are.
        Tautan::Serahkan(path) if path.starts_with('/') => (String::new(), format!("{}{path}", pengguna.asal)),
        Tautan::Serahkan(whole) => (String::new(), whole),
    };
    let page = TautanDibuat {
        h: Bingkai::without_data(web, pengguna, "akun", pengguna.t.x("tautan-judul")).await?,
        nama_masuk: nama_masuk.to_owned(),
        kembali: format!("{}/akun", pengguna.akar),
        surel,
        tautan,
        undangan,
    };
    Ok(Html(page.render()?).into_response())
}
