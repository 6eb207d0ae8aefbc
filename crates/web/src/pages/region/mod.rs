//! Daerah: all offices that the user may compare.

pub(crate) mod evaluation;
pub(crate) mod late;
pub(crate) mod money;
pub(crate) mod outliers;
pub(crate) mod overview;
pub(crate) mod ranking;
pub(crate) mod reward;
pub(crate) mod targets;

use axum::extract::{Path, Query, State};
use axum::http::{Uri, header};
use axum::response::{IntoResponse, Redirect, Response};
use rust_decimal::Decimal;
use serde::Deserialize;
use tolok_app::{DaerahTermuat, Format, Galat};
use tolok_domain::Periode;
use tolok_domain::access::Hak;
use tolok_domain::coverage::Cakupan;
use tolok_domain::number::{write_decimal, write_percent};
use tolok_domain::region::{Akhir, BOBOT};
use tolok_domain::scale::Predikat;
use tolok_report::region::TabelDaerah;

use super::home;
use crate::Web;
use crate::error::Gagal;
use crate::locale::Kamus;
use crate::page::{Bingkai, TahunQuery};
use crate::session::{Pengamat, Pengguna};
use crate::view::long_date;

/// What an address of these pages asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Pilihan {
    tahun: Option<i16>,
    /// Quarter up to which to measure; the last one that is over when left out.
    tw: Option<u8>,
    /// Column to sort by.
    #[serde(default)]
    urut: String,
    /// "turun" for the greatest first.
    #[serde(default)]
    arah: String,
    /// Page of a long list, from 1.
    hal: Option<usize>,
    /// Table of a download.
    #[serde(default)]
    tabel: String,
    /// Code of the office that is looked at alone.
    #[serde(default)]
    kantor: String,
    /// Kind of line that is looked at alone.
    #[serde(default)]
    jenis: String,
    /// "unit" for units in the place of offices.
    #[serde(default)]
    lihat: String,
}

/// What the pages share beside the frame.
pub(crate) struct Kepala {
    /// The page's own address.
    alamat: &'static str,
    tw: u8,
    periode: String,
    /// The end of each address that keeps the past day, if any, but neither year nor quarter.
    per: String,
    /// The end of an address of an office: its year, and the past day.
    kantor: String,
    /// Whether the user works in one office only, which has pages of its own to go back to.
    satu: bool,
    /// What is to be known of offices that have ended.
    berakhir: Vec<String>,
}

/// Who looks, and what he sees.
pub(crate) struct Dilihat {
    pengamat: Pengamat,
    termuat: DaerahTermuat,
}

impl Dilihat {
    async fn new(web: &Web, pengamat: Pengamat, pilihan: &Pilihan) -> Result<Self, Gagal> {
        let termuat = web.app.region(&pengamat.kantor, pilihan.tahun, pilihan.tw).await?;
        Ok(Self { pengamat, termuat })
    }

    /// Frame and head of the page with that address; `key` is its name.
    fn frame(&self, alamat: &'static str, key: &'static str) -> (Bingkai, Kepala) {
        let h = Bingkai::of_region(&self.pengamat, &self.termuat, key, self.pengamat.t.x(key));
        let per = self.pengamat.per.map(|day| format!("&per={day}")).unwrap_or_default();
        let w = Kepala {
            alamat,
            tw: self.termuat.tw,
            periode: self.termuat.daerah.sampai.heading(),
            kantor: format!("?tahun={}{per}", h.tahun),
            per,
            satu: self.pengamat.sesi.offices().len() == 1,
            berakhir: self.endings(),
        };
        (h, w)
    }
}

impl Dilihat {
    /// Each office that has ended: when, who goes on with its work, up to when it counts.
    fn endings(&self) -> Vec<String> {
        let (t, daerah) = (self.pengamat.t, &self.termuat.daerah);
        let within = daerah.known().filter_map(|(k, r)| Some((&k.nama, r.akhir.as_ref()?, Some(r.sampai))));
        let before = self.termuat.bubar.iter().map(|(nama, akhir)| (nama, akhir, None));
        let line = |(nama, akhir, sampai): (&String, &Akhir, Option<Periode>)| {
            let ended = t.f2("daerah-berakhir", "nama", nama.as_str(), "tanggal", long_date(akhir.tanggal));
            let heir = daerah.kantor.iter().find(|k| k.kode == akhir.penerus).map_or(&akhir.penerus, |k| &k.nama);
            let heir = (!heir.is_empty()).then(|| t.f("daerah-penerus", "nama", heir.as_str()));
            let counted = sampai.map_or_else(
                || t.x("daerah-tidak-dihitung").to_owned(),
                |p| t.f("daerah-dihitung", "periode", p.heading()),
            );
            let parts: Vec<String> = [Some(ended), heir, Some(counted)].into_iter().flatten().collect();
            parts.join("; ")
        };
        within.chain(before).map(line).collect()
    }
}

/// A percentage and the class of its colour; "–" where it is not known.
pub(crate) struct Persen {
    teks: String,
    kelas: String,
    predikat: &'static str,
}

impl Persen {
    fn of(x: Option<Decimal>, predikat: Option<&Predikat>) -> Self {
        Self {
            teks: x.map_or_else(|| "–".to_owned(), write_percent),
            kelas: predikat.map_or_else(|| "bx".to_owned(), |p| format!("b{}", p.step)),
            predikat: predikat.map_or("", |p| p.label),
        }
    }
}

/// "4 dari 7", quickly: a page shows hundreds of them.
fn of_how_many(c: Cakupan, t: &Kamus) -> String {
    format!("{} {} {}", count(c.ada), t.x("dari"), count(c.dari))
}

/// A count in the notation of readers: "4.193".
fn count(n: usize) -> String {
    if n < 1_000 { n.to_string() } else { write_decimal(Decimal::from(n), None) }
}

/// A share of counts, in percent.
fn share(c: Cakupan) -> String {
    c.percent().map_or_else(|| "–".to_owned(), |x| format!("{}%", write_percent(x)))
}

/// Rows of a page of a long list.
const ROWS: usize = 50;

/// A page of a long list, with the ways to the others.
pub(crate) struct Lembaran {
    nomor: usize,
    banyak: usize,
    sebelum: Option<usize>,
    sesudah: Option<usize>,
}

/// The rows of the page that is asked for, or of the last one.
fn page_of<T>(rows: Vec<T>, hal: Option<usize>) -> (Vec<T>, Lembaran) {
    let banyak = rows.len().div_ceil(ROWS).max(1);
    let nomor = hal.unwrap_or(1).clamp(1, banyak);
    let lembaran = Lembaran {
        nomor,
        banyak,
        sebelum: (nomor > 1).then(|| nomor - 1),
        sesudah: (nomor < banyak).then(|| nomor + 1),
    };
    (rows.into_iter().skip((nomor - 1) * ROWS).take(ROWS).collect(), lembaran)
}

/// The first page: of the region for who looks after several offices and names none, of the office for all others.
pub(crate) async fn start(
    web: State<Web>,
    pengguna: Pengguna,
    uri: Uri,
    query: Query<TahunQuery>,
) -> Result<Response, Gagal> {
    let several = pengguna.sesi.may(Hak::LihatDaerah) && pengguna.sesi.offices().len() > 1;
    if several && !pengguna.alamat.starts_with("/o/") {
        let query = uri.query().map(|q| format!("?{q}")).unwrap_or_default();
        return Ok(Redirect::to(&format!("/daerah{query}")).into_response());
    }
    Ok(home::show(web, pengguna, query).await?.into_response())
}

/// Media type of tables as text.
const CSV: &str = "text/csv; charset=utf-8";

/// One table as CSV, or all of them as a workbook.
pub(crate) async fn download(
    State(web): State<Web>,
    pengamat: Pengamat,
    Path(format): Path<String>,
    Query(pilihan): Query<Pilihan>,
) -> Result<Response, Gagal> {
    let unknown = |what: &str, name: &str| Galat::TidakDitemukan(format!("{what} {name}"));
    let tabel = if pilihan.tabel.is_empty() { TabelDaerah::Ringkasan.as_str() } else { pilihan.tabel.as_str() };
    let tabel = TabelDaerah::find(tabel).ok_or_else(|| unknown("tabel", tabel))?;
    let xlsx = Format::Xlsx;
    if format != "csv" && format != xlsx.extension() {
        return Err(unknown("format", &format).into());
    }
    let Dilihat { termuat, pengamat } = Dilihat::new(&web, pengamat, &pilihan).await?;
    let sampai = termuat.daerah.sampai;
    let ranked = format != "csv" || matches!(tabel, TabelDaerah::Peringkat | TabelDaerah::Unit);
    let bobot = if ranked { web.app.ranking_weights(&pengamat.kantor).await?.bobot } else { BOBOT.to_vec() };
    if format == "csv" {
        let name = format!("daerah-{}-{sampai}.csv", tabel.as_str());
        return Ok(as_file(&name, CSV, termuat.csv(tabel, &bobot)?.into_bytes()));
    }
    // A workbook of all offices takes some tens of milliseconds: not on the threads that answer requests.
    let made = tokio::task::spawn_blocking(move || termuat.xlsx(&bobot)).await.map_err(Galat::unavailable)??;
    Ok(as_file(&format!("daerah-{sampai}.xlsx"), xlsx.media_type(), made))
}

/// An answer that the browser saves under that name.
fn as_file(name: &str, kind: &str, content: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, content).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_list_has_pages_and_no_row_is_lost() {
        let rows: Vec<usize> = (0..101).collect();
        let pages: Vec<usize> = (1..=3).flat_map(|n| page_of(rows.clone(), Some(n)).0).collect();
        assert_eq!(pages, rows);
        let (last, at) = page_of(rows.clone(), Some(99));
        assert_eq!(
            (last.as_slice(), at.nomor, at.banyak, at.sebelum, at.sesudah),
            ([100].as_slice(), 3, 3, Some(2), None)
        );
        let (none, at) = page_of(Vec::<usize>::new(), None);
        assert_eq!((none.len(), at.nomor, at.banyak), (0, 1, 1));
    }
}
