//! Files that are uploaded to be reviewed: findings beside the rows of the tables in which they stand.

use askama::Template;
use axum::extract::{FromRequest, Multipart, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use tolok_app::review::Temuan;
use tolok_app::{BerkasReviu, Format, Galat, HasilBerkas, MAX_FILES};
use tolok_domain::bacaan::{Bacaan, Letak, SelBaca};

use super::view::TemuanTampil;
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::pages::report::attachment;
use crate::session::Pengguna;

/// Findings shown on the page; the working paper has all of them.
const SHOWN: usize = 200;

struct BerkasTampil {
    nama: String,
    tabel: usize,
    fakta: usize,
    catatan: Vec<String>,
}

/// The row of a table in which a finding stands.
struct Petikan {
    tempat: String,
    /// Texts of the row; those that the finding is about are marked.
    sel: Vec<(String, bool)>,
}

struct Baris {
    temuan: TemuanTampil,
    petikan: Vec<Petikan>,
}

#[derive(Template)]
#[template(path = "reviu_berkas.html")]
struct Halaman {
    h: Bingkai,
    paling: usize,
    pesan: Vec<String>,
    berkas: Vec<BerkasTampil>,
    temuan: Vec<Baris>,
    /// How many there are beyond those shown.
    lainnya: usize,
    sudah: bool,
}

fn page(opened: &Dibuka, pesan: Vec<String>, hasil: Option<&HasilBerkas>) -> Halaman {
    let h = opened.tab("reviu", "berkas", opened.pengguna.t.x("reviu-tab-berkas"));
    let empty = HasilBerkas::default();
    let read = hasil.unwrap_or(&empty);
    Halaman {
        paling: MAX_FILES,
        pesan: pesan.into_iter().chain(read.ditolak.iter().cloned()).collect(),
        berkas: read.bacaan.iter().map(summary).collect(),
        temuan: read
            .temuan
            .iter()
            .take(SHOWN)
            .map(|f| Baris { temuan: TemuanTampil::of(f, &h), petikan: excerpts(f, &read.bacaan) })
            .collect(),
        lainnya: read.temuan.len().saturating_sub(SHOWN),
        sudah: hasil.is_some(),
        h,
    }
}

fn summary(bacaan: &Bacaan) -> BerkasTampil {
    BerkasTampil {
        nama: bacaan.berkas.clone(),
        tabel: bacaan.tabel.len(),
        fakta: bacaan.banyak_fakta,
        catatan: bacaan.catatan.iter().map(|c| format!("{}: {}", c.letak, c.pesan)).collect(),
    }
}

/// A place within a row, and the value that a finding tells of it.
type Ditunjuk<'a> = (&'a Letak, &'a str);

/// The rows in which the two places of a finding stand; one row, where they stand in the same.
fn excerpts(f: &Temuan, files: &[Bacaan]) -> Vec<Petikan> {
    let mut rows: Vec<(&[SelBaca], Vec<Ditunjuk<'_>>)> = Vec::new();
    for sisi in f.sides() {
        let Some(letak) = sisi.tempat.letak() else { continue };
        let file = files.iter().find(|file| file.berkas == letak.di.berkas);
        let Some(row) = file.and_then(|file| file.row_at(letak)) else { continue };
        let place = (letak, sisi.nilai.as_str());
        match rows.iter_mut().find(|(known, _)| std::ptr::eq(*known, row)) {
            Some((_, places)) => places.push(place),
            None => rows.push((row, vec![place])),
        }
    }
    rows.into_iter().map(|(row, places)| excerpt(row, &places)).collect()
}

fn excerpt(row: &[SelBaca], places: &[Ditunjuk<'_>]) -> Petikan {
    let is_meant = |cell: &SelBaca, (letak, nilai): &Ditunjuk<'_>| match letak.kolom {
        Some(_) => cell.letak.kolom == letak.kolom,
        None => *cell.teks == **nilai,
    };
    let cells = row.iter().filter(|cell| !cell.tergabung && !cell.teks.is_empty());
    Petikan {
        tempat: places.first().map(|(letak, _)| letak.to_string()).unwrap_or_default(),
        sel: cells
            .map(|cell| (cell.teks.chars().take(120).collect(), places.iter().any(|place| is_meant(cell, place))))
            .collect(),
    }
}

/// Shows the form.
pub(crate) async fn form(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<TahunQuery>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    Ok(Html(page(&opened, Vec::new(), None).render()?))
}

/// Reviews the files that were sent; shows the findings, or sends the working paper.
pub(crate) async fn submit(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<TahunQuery>,
    request: Request,
) -> Result<Response, Gagal> {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let outcome = match receive(&web, request).await {
        Ok((files, format)) => web.app.review_files(&opened.pengguna.ctx, files).await.map(|hasil| (hasil, format)),
        Err(galat) => Err(galat),
    };
    match outcome {
        Ok((hasil, Some(format))) => Ok(attachment(web.app.files_paper(&opened.pengguna.ctx, &hasil, format).await?)),
        Ok((hasil, None)) => Ok(Html(page(&opened, Vec::new(), Some(&hasil)).render()?).into_response()),
        Err(Galat::TidakSah(pesan)) => {
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page(&opened, vec![pesan], None).render()?)).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

/// The files of the form, and the format in which the working paper is wanted.
async fn receive(web: &Web, request: Request) -> Result<(Vec<BerkasReviu>, Option<Format>), Galat> {
    let broken = |_| Galat::TidakSah("kiriman terputus atau lebih dari 25 MB; kirim sekali lagi".to_owned());
    let mut form = Multipart::from_request(request, web)
        .await
        .map_err(|_| Galat::TidakSah("kiriman tidak terbaca; kirim sekali lagi".to_owned()))?;
    let (mut files, mut format) = (Vec::new(), None);
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name() {
            Some("berkas") => {
                let name = field.file_name().unwrap_or_default().to_owned();
                let isi = field.bytes().await.map_err(broken)?.to_vec();
                // A form without a chosen file sends one without a name.
                if !name.is_empty() {
                    files.push(BerkasReviu { nama: name, isi });
                }
            }
            Some("bentuk") => format = Format::find(&field.text().await.map_err(broken)?).ok(),
            _ => {}
        }
    }
    Ok((files, format))
}
