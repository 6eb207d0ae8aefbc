//! Evidence that the script sends in pieces. It asks where to begin, sends piece after piece, and says to which figure the whole
//! belongs; each answer is JSON, a refusal too (see `error::explain`).

use axum::Form;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tolok_app::{BuktiBaru, Galat, Unggahan};
use tolok_domain::AngkaId;
use uuid::Uuid;

use super::evidence::{Mana, place};
use super::form::seen;
use crate::Web;
use crate::error::Gagal;
use crate::json::Json;
use crate::page::Dibuka;
use crate::session::Pengguna;

/// A file that is going to be sent.
#[derive(Debug, Deserialize)]
pub(crate) struct Mulai {
    /// SHA-256 of its content, hexadecimal.
    sha256: String,
    /// Its size, bytes.
    ukuran: u64,
}

/// How far a file has come.
#[derive(Serialize)]
pub(crate) struct Sampai {
    unggahan: String,
    diterima: i64,
    ukuran: i64,
}

impl From<Unggahan> for Sampai {
    fn from(u: Unggahan) -> Self {
        Self { unggahan: u.id.to_string(), diterima: u.diterima, ukuran: u.ukuran }
    }
}

/// Begins to send a file, or goes on where it stopped.
pub(crate) async fn begin(
    State(web): State<Web>,
    pengguna: Pengguna,
    Form(mulai): Form<Mulai>,
) -> Result<Json<Sampai>, Gagal> {
    let upload = web.app.begin_upload(&pengguna.ctx, &mulai.sha256, mulai.ukuran).await?;
    Ok(Json(upload.into()))
}

#[derive(Debug, Deserialize)]
pub(crate) struct Letak {
    /// The byte of the file at which the piece begins.
    mulai: i64,
}

/// Takes a piece. One that does not begin where the last one ended is a conflict; the answer says where to go on.
pub(crate) async fn piece(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(id): Path<String>,
    Query(letak): Query<Letak>,
    bytes: Bytes,
) -> Result<(StatusCode, Json<Sampai>), Gagal> {
    let upload = web.app.continue_upload(&pengguna.ctx, known(&id)?, letak.mulai, &bytes).await?;
    let end = i64::try_from(bytes.len()).ok().and_then(|n| letak.mulai.checked_add(n));
    let status = if Some(upload.diterima) == end { StatusCode::OK } else { StatusCode::CONFLICT };
    Ok((status, Json(upload.into())))
}

/// What a file is evidence of.
#[derive(Debug, Deserialize)]
pub(crate) struct Selesai {
    nama: String,
    dilihat: String,
    #[serde(default)]
    kunci: String,
    #[serde(default)]
    halaman: String,
    #[serde(default)]
    keterangan: String,
}

/// The figure with its new evidence.
#[derive(Serialize)]
pub(crate) struct Terpasang {
    petak: String,
    /// The figure's new identity, for the next file.
    dilihat: String,
    /// The mark that the grid sends with the figure.
    lihat: String,
    /// How many pieces of evidence it has.
    bukti: usize,
    /// The same in words.
    teks: String,
}

/// Adds a file that has arrived whole to its figure.
pub(crate) async fn finish(
    State(web): State<Web>,
    mut pengguna: Pengguna,
    Path(id): Path<String>,
    Query(mana): Query<Mana>,
    Form(input): Form<Selesai>,
) -> Result<Json<Terpasang>, Gagal> {
    let petak = place(&mana.petak)?;
    let tahun = petak.periode.tahun();
    let before: AngkaId = input.dilihat.parse().map_err(|_| Galat::Bentrok)?;
    let bukti = BuktiBaru {
        nama: input.nama,
        isi: Vec::new(),
        tautan: false,
        halaman: input.halaman,
        keterangan: input.keterangan,
    };
    let ctx = pengguna.ctx.sending(&input.kunci);
    match web.app.attach_upload(&ctx, tahun, &petak, before, known(&id)?, bukti).await {
        Ok(_) | Err(Galat::SudahTersimpan(_)) => {}
        Err(other) => return Err(other.into()),
    }
    pengguna.ctx = pengguna.ctx.fresh();
    let opened = Dibuka::new(&web, pengguna, Some(tahun)).await?;
    let angka = petak.figure(&opened.termuat.potret).ok_or(Galat::Bentrok)?;
    Ok(Json(Terpasang {
        petak: petak.to_string(),
        dilihat: angka.id.to_string(),
        lihat: seen(Some(angka)),
        bukti: angka.bukti.len(),
        teks: opened.pengguna.t.f("isi-bukti", "n", angka.bukti.len()),
    }))
}

/// An identity as the address has it; other texts name no upload.
fn known(id: &str) -> Result<Uuid, Galat> {
    id.parse().map_err(|_| Galat::TidakDitemukan("unggahan".to_owned()))
}
