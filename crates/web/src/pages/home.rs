//! Beranda: how the year stands, what is to be done, money beside performance, findings.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use tolok_app::DaftarTemuan;
use tolok_app::day;
use tolok_app::review::Temuan;
use tolok_domain::JenisSimpul;
use tolok_domain::access::Hak;
use tolok_domain::agreement::{board, due};
use tolok_domain::measure::UkurIndikator;
use tolok_domain::number::write_percent;
use tolok_report::chart;

use crate::Web;
use crate::error::Jawaban;
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::pages::review::view::{TemuanTampil, address};
use crate::pages::tasks::{Baris, of_year};
use crate::session::Pengguna;
use crate::view::{Dana, Lencana, Sel, Ukuran, long_date, moment};

struct Utama {
    kode: String,
    nama: String,
    arah: &'static str,
    satuan: String,
    target: Sel,
    realisasi: Sel,
    ukuran: Ukuran,
    lencana: Lencana,
}

struct Program {
    kode: String,
    nama: String,
    capaian: String,
    batang: String,
    ada: usize,
    dari: usize,
    dana: Dana,
    batang_dana: String,
}

struct Tugas {
    alamat: String,
    judul: String,
    rincian: String,
}

struct Perubahan {
    waktu: String,
    pelaku: String,
    teks: String,
}

#[derive(Template)]
#[template(path = "beranda.html")]
struct Halaman {
    h: Bingkai,
    sub: String,
    utama: Vec<Utama>,
    program: Vec<Program>,
    pekerjaan: Vec<Baris>,
    tugas: Vec<Tugas>,
    pekerjaan_lain: usize,
    tugas_lain: usize,
    temuan: Vec<TemuanTampil>,
    temuan_lain: usize,
    perubahan: Vec<Perubahan>,
    serapan: Dana,
}

/// Rules whose findings are work to be done rather than faults: a figure or its explanation is missing.
const WORK: [&str; 2] = ["REA-01", "KET-01"];
/// Entries of a list on this page; the rest is behind a link.
const SHOWN: usize = 6;
/// Tasks shown; the page of tasks lists all.
const WORK_SHOWN: usize = 12;

/// Shows the page.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<TahunQuery>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let t = opened.pengguna.t;
    let h = opened.frame("beranda", t.x("nav-beranda"));
    let perubahan = if h.boleh_riwayat {
        let entries = web.app.history(&opened.pengguna.ctx, None, 4).await?;
        let line = |e: tolok_app::Entri| Perubahan {
            waktu: moment(e.waktu),
            pelaku: e.pelaku,
            teks: format!("{} {}: {}", e.tindakan, e.sasaran, e.rincian),
        };
        entries.into_iter().map(line).collect()
    } else {
        Vec::new()
    };
    let mut pekerjaan = of_year(&web, &opened, &h).await?;
    let pekerjaan_lain = pekerjaan.len().saturating_sub(WORK_SHOWN);
    pekerjaan.truncate(WORK_SHOWN);
    let hasil = opened.measure();
    let key = hasil.key_mean();
    let findings = DaftarTemuan::measured(&hasil);
    let open = findings.temuan.iter().filter(|t| t.putusan.is_none()).map(|t| &t.temuan);
    let (tugas, temuan): (Vec<&Temuan>, Vec<&Temuan>) = open.partition(|f| WORK.contains(&f.aturan.kode.as_str()));
    let page = Halaman {
        sub: t.f2("beranda-sub", "ada", key.ada, "dari", key.dari),
        utama: hasil.indikator.iter().filter(|u| u.indikator.iku && u.berlaku).map(|u| main_row(u, &h)).collect(),
        program: hasil
            .simpul
            .iter()
            .filter(|u| u.simpul.jenis == JenisSimpul::Program && u.uang.pagu.is_some())
            .map(|u| Program {
                kode: u.simpul.kode.clone(),
                nama: u.simpul.calm_name(),
                capaian: u.capaian.nilai.map_or_else(|| "–".to_owned(), write_percent),
                batang: chart::bullet(u.capaian.nilai, u.capaian.nilai.map(|x| hasil.grade(x).step)),
                ada: u.capaian.ada,
                dari: u.capaian.dari,
                batang_dana: chart::bullet(u.uang.absorption().ok(), None),
                dana: Dana::of(&u.uang),
            })
            .collect(),
        tugas_lain: tugas.len().saturating_sub(SHOWN),
        pekerjaan,
        pekerjaan_lain,
        tugas: reminder(&opened, &h).into_iter().chain(tugas.into_iter().take(SHOWN).map(|f| task(f, &h))).collect(),
        temuan_lain: temuan.len().saturating_sub(SHOWN),
        temuan: temuan.into_iter().take(SHOWN).map(|f| TemuanTampil::of(f, &h)).collect(),
        perubahan,
        serapan: Dana::of(&hasil.total),
        h,
    };
    Ok(Html(page.render()?))
}

fn main_row(u: &UkurIndikator<'_>, h: &Bingkai) -> Utama {
    Utama {
        kode: u.indikator.kode.clone(),
        nama: u.indikator.nama.clone(),
        arah: u.indikator.arah.label(),
        satuan: u.indikator.satuan.clone(),
        target: Sel::of(u.target.as_ref().map(|t| &t.nilai), h.t),
        realisasi: Sel::of(Some(&u.realisasi.nilai), h.t),
        ukuran: Ukuran::of(u),
        lencana: Lencana::of(u.state(), h.t),
    }
}

/// Agreements that wait for signatures, for those who can do something about it.
fn reminder(opened: &Dibuka, h: &Bingkai) -> Option<Tugas> {
    let ctx = &opened.pengguna.ctx;
    let potret = &opened.termuat.potret;
    if ctx.lampau || !(ctx.may(Hak::UbahRencana) || ctx.may(Hak::TandaTangan)) {
        return None;
    }
    let due = due(potret)?;
    let board = board(potret, day(ctx.waktu));
    let open = board.iter().filter(|s| s.is_open() && s.batas.is_some()).count();
    let late = board.iter().any(|s| s.is_open() && s.terlambat.is_some());
    let when = h.t.f(if late { "pk-ingat-terlambat" } else { "pk-ingat-batas" }, "tanggal", long_date(due));
    (open > 0).then(|| Tugas {
        alamat: format!("{}/perjanjian{}", h.akar, h.ekor),
        judul: h.t.f("pk-ingat", "n", open),
        rincian: when,
    })
}

fn task(f: &Temuan, h: &Bingkai) -> Tugas {
    Tugas { alamat: address(&f.a.tempat, h), judul: f.judul.clone(), rincian: f.explanation().to_owned() }
}
