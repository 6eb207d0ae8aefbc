//! Tugas: what the user has to do now, and the calendar of deadlines to subscribe to.

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, header};
use axum::response::{Html, IntoResponse, Response};
use tolok_app::{Galat, Tugas};
use tolok_domain::Potret;
use tolok_domain::deadline::{Batas, StatusBatas};
use tolok_domain::evaluasi::Giliran;
use tolok_domain::region::Akhir;

use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::locale::Kamus;
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::session::{Pengguna, now};
use crate::view::long_date;

/// A task as pages list it.
pub(crate) struct Baris {
    pub judul: String,
    pub rincian: Vec<String>,
    pub alamat: String,
    pub batas: String,
    pub sisa: String,
    pub kelas: &'static str,
}

/// Words and colour for how far away a deadline is.
pub(crate) fn remaining(batas: Batas, t: &Kamus) -> (String, &'static str) {
    match batas.status {
        StatusBatas::BelumMulai => (t.x("batas-belum").to_owned(), "draf"),
        StatusBatas::Berjalan { sisa } => (t.f("batas-sisa", "n", sisa), "aju"),
        StatusBatas::HariIni => (t.x("batas-hari-ini").to_owned(), "kem"),
        StatusBatas::Terlambat { hari } => (t.f("batas-lewat", "n", hari), "salah"),
    }
}

const ROMAN: [&str; 4] = ["I", "II", "III", "IV"];

/// The user's tasks as lines.
fn lines(tugas: &[Tugas], potret: &Potret, h: &Bingkai) -> Vec<Baris> {
    tugas.iter().map(|task| line(task, potret, h)).collect()
}

fn line(task: &Tugas, potret: &Potret, h: &Bingkai) -> Baris {
    let t = h.t;
    let roman = |quarter: u8| ROMAN.get(usize::from(quarter) - 1).copied().unwrap_or_default();
    let page = |name: &str, quarter: u8| format!("{}/{name}{}&tw={quarter}", h.akar, h.tanya);
    let recommended = |kode: &str| format!("{}/rekomendasi/{kode}{}", h.akar, h.tanya);
    let make = |key: &str, quarter: u8, n: usize, alamat: String, batas: Option<Batas>| {
        let (sisa, kelas) = batas.map(|b| remaining(b, t)).unwrap_or_default();
        Baris {
            judul: t.f2(key, "n", n, "tw", roman(quarter)),
            rincian: Vec::new(),
            alamat,
            batas: batas.map(|b| long_date(b.tanggal)).unwrap_or_default(),
            sisa,
            kelas,
        }
    };
    match task {
        Tugas::Isi { quarter, n, batas } => make("tugas-isi", *quarter, *n, page("isi", *quarter), Some(*batas)),
        Tugas::Ajukan { quarter, n, batas } => make("tugas-ajukan", *quarter, *n, page("isi", *quarter), Some(*batas)),
        Tugas::Verifikasi { quarter, n, batas } => {
            make("tugas-verifikasi", *quarter, *n, page("verifikasi", *quarter), Some(*batas))
        }
        Tugas::Kunci { quarter, batas } => {
            make("tugas-kunci", *quarter, 1, format!("{}/jadwal{}", h.akar, h.tanya), Some(*batas))
        }
        Tugas::Perbaiki { quarter, angka } => Baris {
            rincian: angka
                .iter()
                .map(|(petak, reason)| {
                    let kode = petak.subjek.kode();
                    let nama = potret.indicator(kode).map_or(kode, |i| i.nama.as_str());
                    if reason.is_empty() { nama.to_owned() } else { format!("{nama} — {reason}") }
                })
                .collect(),
            kelas: "kem",
            sisa: t.x("keadaan-dikembalikan").to_owned(),
            ..make("tugas-perbaiki", *quarter, angka.len(), page("isi", *quarter), None)
        },
        Tugas::Hubungan { n } => Baris {
            judul: t.f("pokin-tugas", "n", *n),
            rincian: Vec::new(),
            alamat: format!("{}/rencana/pohon/silang{}", h.akar, h.tanya),
            batas: String::new(),
            sisa: t.x("pokin-diusulkan").to_owned(),
            kelas: "kem",
        },
        Tugas::TandaTangan { n, batas } => Baris {
            judul: t.f("tugas-tanda-tangan", "n", *n),
            rincian: Vec::new(),
            alamat: format!("{}/perjanjian{}", h.akar, h.tanya),
            batas: batas.map(long_date).unwrap_or_default(),
            sisa: String::new(),
            kelas: "kem",
        },
        Tugas::Langkah { rekomendasi, uraian, batas } => {
            let judul = t.f("tugas-langkah", "kode", rekomendasi);
            until(judul, uraian, recommended(rekomendasi), *batas, t)
        }
        Tugas::Jawab { rekomendasi, uraian, batas } => {
            let judul = t.f("tugas-jawab", "kode", rekomendasi);
            until(judul, uraian, recommended(rekomendasi), *batas, t)
        }
        Tugas::Putuskan { rekomendasi, uraian } => Baris {
            judul: t.f("tugas-putuskan", "kode", rekomendasi),
            rincian: vec![uraian.clone()],
            alamat: recommended(rekomendasi),
            batas: String::new(),
            sisa: t.x("tugas-menunggu-putusan").to_owned(),
            kelas: "aju",
        },
        Tugas::Evaluasi { kode, giliran, dinilai } => Baris {
            judul: t.x(turn(*giliran)).to_owned(),
            rincian: vec![t.f("tugas-lke-dinilai", "n", dinilai.to_string())],
            alamat: format!("{}/evaluasi/{kode}{}", h.akar, h.tanya),
            batas: String::new(),
            sisa: t.x("tugas-lke").to_owned(),
            kelas: "aju",
        },
    }
}

/// A line with one detail and a deadline.
fn until(judul: String, rincian: &str, alamat: String, batas: Batas, t: &Kamus) -> Baris {
    let (sisa, kelas) = remaining(batas, t);
    Baris { judul, rincian: vec![rincian.to_owned()], alamat, batas: long_date(batas.tanggal), sisa, kelas }
}

/// The key of what is to be done about a worksheet.
pub(crate) const fn turn(giliran: Giliran) -> &'static str {
    match giliran {
        Giliran::Mandiri => "tugas-lke-mandiri",
        Giliran::Evaluator => "tugas-lke-evaluator",
        Giliran::PenjaminMutu => "tugas-lke-penjamin",
        Giliran::Terbit => "tugas-lke-terbit",
    }
}

/// The user's tasks in an office's year, as lines.
pub(crate) async fn of_year(web: &Web, opened: &Dibuka, h: &Bingkai) -> Result<Vec<Baris>, Gagal> {
    let (ctx, potret) = (&opened.pengguna.ctx, &opened.termuat.potret);
    let next = web.app.year_after(ctx, &opened.termuat).await?;
    Ok(lines(&tolok_app::tasks(ctx, potret, next.as_ref().map(|n| &n.potret)), potret, h))
}

/// Tasks of one office.
struct Daftar {
    /// Empty for the user's own office; the name of one that has ended and whose tasks are its successor's now.
    judul: String,
    tugas: Vec<Baris>,
}

#[derive(Template)]
#[template(path = "tugas.html")]
struct Halaman {
    h: Bingkai,
    /// When this office itself ended, and who goes on with its work; empty while it exists.
    berakhir: String,
    daftar: Vec<Daftar>,
    kalender: String,
}

async fn page(web: &Web, pengguna: Pengguna, tahun: Option<i16>, kalender: String) -> Result<Html<String>, Gagal> {
    let opened = Dibuka::new(web, pengguna, tahun).await?;
    let potret = &opened.termuat.potret;
    let t = opened.pengguna.t;
    let h = opened.tab("tugas", "tugas", t.x("nav-tugas"));
    let own = Daftar { judul: String::new(), tugas: of_year(web, &opened, &h).await? };
    let daftar = std::iter::once(own).chain(inherited(web, &opened).await?).filter(|d| !d.tugas.is_empty()).collect();
    let berakhir = Akhir::of(&potret.instansi)
        .map(|end| t.f2("tugas-berakhir", "tanggal", long_date(end.tanggal), "penerus", end.penerus))
        .unwrap_or_default();
    Ok(Html(Halaman { daftar, berakhir, kalender, h }.render()?))
}

/// What is left to do in the offices whose work the user's own office goes on with.
async fn inherited(web: &Web, opened: &Dibuka) -> Result<Vec<Daftar>, Gagal> {
    let mut found = Vec::new();
    for (kode, ctx) in opened.pengguna.sesi.inherited(opened.pengguna.ctx.waktu) {
        let termuat = match web.app.open(&ctx, Some(opened.termuat.potret.tahun)).await {
            Ok(termuat) => termuat,
            // It had ended before the year began.
            Err(Galat::TidakDitemukan(_)) => continue,
            Err(other) => return Err(other.into()),
        };
        let akar = format!("/o/{kode}");
        if akar == opened.pengguna.akar {
            continue;
        }
        let pengguna = Pengguna { ctx, akar, ..opened.pengguna.clone() };
        let theirs = Dibuka { pengguna, termuat };
        let tugas = of_year(web, &theirs, &theirs.frame("tugas", "")).await?;
        let nama = theirs.termuat.potret.instansi.nama.as_str();
        found.push(Daftar { judul: opened.pengguna.t.f("tugas-warisan", "nama", nama), tugas });
    }
    Ok(found)
}

/// Shows the tasks.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<TahunQuery>) -> Jawaban {
    page(&web, pengguna, query.tahun, String::new()).await
}

/// Makes a fresh secret address for the calendar and shows it once.
pub(crate) async fn renew(
    State(web): State<Web>,
    pengguna: Pengguna,
    headers: HeaderMap,
    Query(query): Query<TahunQuery>,
) -> Jawaban {
    let rahasia = web.app.renew_calendar(pengguna.sesi.akun(), pengguna.ctx.waktu).await?;
    let address = format!("{}/kalender/{rahasia}.ics", base(&web, &headers));
    page(&web, pengguna, query.tahun, address).await
}

/// Where this server is reached, as the browser sees it.
fn base(web: &Web, headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|h| h.to_str().ok()).unwrap_or("localhost");
    format!("{}://{host}", if web.pilihan.https { "https" } else { "http" })
}

/// The calendar, for programs that know its secret address.
pub(crate) async fn calendar(
    State(web): State<Web>,
    headers: HeaderMap,
    Path(rahasia): Path<String>,
) -> Result<Response, Gagal> {
    let rahasia = rahasia.strip_suffix(".ics").unwrap_or(&rahasia);
    let found = web.app.calendar(rahasia, &base(&web, &headers), now()).await?;
    let text = found.ok_or_else(|| Galat::TidakDitemukan("kalender".to_owned()))?;
    Ok(([(header::CONTENT_TYPE, "text/calendar; charset=utf-8")], text).into_response())
}
