//! The quarter's form as a spreadsheet: out, in again with a look at what it changes, and written with one click.

use askama::Template;
use axum::Form;
use axum::extract::{FromRequest, Multipart, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use tolok_app::{BarisKembali, Galat, HasilIsian, IsianAngka};
use tolok_domain::Petak;
use tolok_domain::access::Hak;

use super::Mana;
use super::form::{message, texts};
use crate::Web;
use crate::error::Gagal;
use crate::form::key;
use crate::page::{Bingkai, Dibuka};
use crate::session::Pengguna;

/// The form as a file.
pub(crate) async fn download(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(mana): Query<Mana>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::new(&web, pengguna, mana.tahun).await?;
    let potret = &opened.termuat.potret;
    let tw = mana.quarter(&opened);
    let unit = Some(mana.unit.as_str()).filter(|u| !u.is_empty());
    let bytes = web.app.entry_sheet(&opened.pengguna.ctx, potret.tahun, tw, unit).await?;
    let part = unit.map(|u| format!("-{u}")).unwrap_or_default();
    let nama = format!("isian-{}-tw{tw}-{}{part}.xlsx", potret.tahun, potret.instansi.kode);
    let headers = [
        (header::CONTENT_TYPE, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{nama}\"")),
    ];
    Ok((headers, bytes).into_response())
}

struct Baris {
    petak: String,
    sel: String,
    nama: String,
    sebelum: String,
    nilai: String,
    keterangan: String,
    hambatan: String,
    tindak_lanjut: String,
    dilihat: String,
    berubah: bool,
    pesan: String,
}

#[derive(Template)]
#[template(path = "unggah.html")]
struct Halaman {
    h: Bingkai,
    tw: u8,
    baris: Vec<Baris>,
    salah: usize,
    galat: String,
    kunci: String,
}

/// Rows that differ from what is stored, with what is wrong with them.
fn rows(opened: &Dibuka, found: &[BarisKembali], outcome: Option<&HasilIsian>) -> Vec<Baris> {
    let potret = &opened.termuat.potret;
    let line = |(place, row): (usize, &BarisKembali)| {
        let petak = &row.isian.petak;
        let stored = petak.figure(potret);
        // By value, not by letters: 28,70 and 28,7 are the same figure.
        let unchanged = match outcome {
            Some(HasilIsian::Tersimpan(_, now)) => now.get(place).map(|a| a.id) == stored.map(|a| a.id),
            _ => texts(stored) == (row.isian.nilai.trim().to_owned(), row.isian.keterangan.trim().to_owned()),
        };
        let obstacle = potret.kendala.iter().find(|k| k.indikator == petak.subjek.kode() && k.periode == petak.periode);
        let (old, follow) = obstacle.map(|k| (k.kendala.as_str(), k.tindak_lanjut.as_str())).unwrap_or_default();
        let same = unchanged && old == row.hambatan.trim() && follow == row.tindak_lanjut.trim();
        let pesan = match outcome {
            Some(HasilIsian::Ditolak(refused)) => {
                refused.iter().find(|(at, _)| *at == place).map(|(_, why)| message(why)).unwrap_or_default()
            }
            _ => String::new(),
        };
        let kode = petak.subjek.kode();
        let name = potret.indicator(kode).map(|i| i.nama.clone());
        let name = name.or_else(|| potret.node(kode).map(tolok_domain::Simpul::calm_name)).unwrap_or_default();
        let what = petak.variable().map(|v| format!(": {}", v.replace('_', " "))).unwrap_or_default();
        (!same || !pesan.is_empty()).then(|| Baris {
            petak: petak.to_string(),
            sel: row.sel.clone(),
            nama: format!("{name}{what}"),
            sebelum: stored.map_or_else(|| "–".to_owned(), |a| a.nilai.to_string()),
            nilai: row.isian.nilai.clone(),
            keterangan: row.isian.keterangan.clone(),
            hambatan: row.hambatan.clone(),
            tindak_lanjut: row.tindak_lanjut.clone(),
            dilihat: stored.map(|a| a.id.to_string()).unwrap_or_default(),
            berubah: row.berubah,
            pesan,
        })
    };
    found.iter().enumerate().filter_map(line).collect()
}

fn page(opened: &Dibuka, tw: u8, baris: Vec<Baris>, galat: String) -> Halaman {
    Halaman {
        salah: baris.iter().filter(|b| !b.pesan.is_empty()).count(),
        kunci: key(),
        h: opened.tab("pengukuran", "isi", opened.pengguna.t.x("unggah-judul")),
        tw,
        baris,
        galat,
    }
}

/// Reads the form that came back and shows what it would change.
pub(crate) async fn upload(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(mana): Query<Mana>,
    request: Request,
) -> Result<Response, Gagal> {
    if !pengguna.ctx.may(Hak::UbahRealisasi) {
        return Err(Galat::Terlarang.into());
    }
    let broken = || Galat::TidakSah("kiriman tidak terbaca atau lebih besar dari 25 MB; kirim sekali lagi".to_owned());
    let mut form = Multipart::from_request(request, &web).await.map_err(|_| broken())?;
    let mut bytes = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|_| broken())? {
        if field.name() == Some("lembar") {
            bytes = field.bytes().await.map_err(|_| broken())?.to_vec();
        }
    }
    let ctx = pengguna.ctx.clone();
    let opened = Dibuka::new(&web, pengguna, mana.tahun).await?;
    let (tahun, tw) = (opened.termuat.potret.tahun, mana.quarter(&opened));
    let (status, page) = match web.app.read_entry_sheet(&ctx, tahun, tw, bytes).await {
        Ok(found) => {
            let isian: Vec<IsianAngka> = found.iter().map(|r| r.isian.clone()).collect();
            let outcome = web.app.preview_figures(&ctx, tahun, &isian).await?;
            (StatusCode::OK, page(&opened, tw, rows(&opened, &found, Some(&outcome)), String::new()))
        }
        Err(Galat::TidakSah(galat)) => (StatusCode::UNPROCESSABLE_ENTITY, page(&opened, tw, Vec::new(), galat)),
        Err(other) => return Err(other.into()),
    };
    Ok((status, Html(page.render()?)).into_response())
}

/// Writes what was shown.
pub(crate) async fn confirm(
    State(web): State<Web>,
    mut pengguna: Pengguna,
    Query(mana): Query<Mana>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Gagal> {
    if !pengguna.ctx.may(Hak::UbahRealisasi) {
        return Err(Galat::Terlarang.into());
    }
    let mut found: Vec<BarisKembali> = Vec::new();
    let mut kunci = String::new();
    for (name, value) in fields {
        let Some((field, place)) = name.split_once(':') else {
            if name == "kunci" {
                kunci = value;
            }
            continue;
        };
        let petak: Petak = place.parse().map_err(|e: tolok_domain::duty::BukanPetak| Galat::TidakSah(e.to_string()))?;
        let at = found.iter().position(|row| row.isian.petak == petak).unwrap_or_else(|| {
            found.push(BarisKembali {
                isian: IsianAngka {
                    petak,
                    nilai: String::new(),
                    keterangan: String::new(),
                    bukti: None,
                    dilihat: None,
                },
                sel: String::new(),
                hambatan: String::new(),
                tindak_lanjut: String::new(),
                berubah: false,
            });
            found.len() - 1
        });
        let Some(row) = found.get_mut(at) else { continue };
        match field {
            "nilai" => row.isian.nilai = value,
            "ket" => row.isian.keterangan = value,
            "lihat" => row.isian.dilihat = value.parse().ok(),
            "hambatan" => row.hambatan = value,
            "tindak" => row.tindak_lanjut = value,
            _ => {}
        }
    }
    let ctx = pengguna.ctx.sending(&kunci);
    pengguna.ctx = pengguna.ctx.fresh();
    let opened = Dibuka::new(&web, pengguna, mana.tahun).await?;
    let (tahun, tw) = (opened.termuat.potret.tahun, mana.quarter(&opened));
    let outcome = match web.app.save_entry_sheet(&ctx, tahun, &found).await {
        Err(Galat::SudahTersimpan(nomor)) => HasilIsian::Tersimpan(Some(nomor), Vec::new()),
        other => other?,
    };
    if let HasilIsian::Ditolak(refused) = &outcome {
        let status = super::answer::status(refused);
        let page = page(&opened, tw, rows(&opened, &found, Some(&outcome)), String::new());
        return Ok((status, Html(page.render()?)).into_response());
    }
    let to = format!("{}/isi?tahun={tahun}&tw={tw}&tersimpan={}", opened.pengguna.akar, found.len());
    Ok(Redirect::to(&to).into_response())
}
