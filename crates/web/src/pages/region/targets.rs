//! Capaian by sasaran over all offices.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use tolok_domain::Cakupan;
use tolok_domain::region::{Kantor, RingkasSasaran};

use super::{Dilihat, Kepala, Lembaran, Persen, Pilihan, of_how_many, page_of};
use crate::Web;
use crate::error::Jawaban;
use crate::locale::Kamus;
use crate::page::Bingkai;
use crate::session::Pengamat;

struct Baris {
    kode_kantor: String,
    kantor: String,
    kode: String,
    nama: String,
    capaian: Persen,
    indikator: String,
    serapan: String,
    anggaran: String,
}

#[derive(Template)]
#[template(path = "daerah_sasaran.html")]
struct Halaman {
    h: Bingkai,
    w: Kepala,
    sub: String,
    baris: Vec<Baris>,
    lembaran: Lembaran,
    /// How the rows are sorted: "", "rendah" or "tinggi".
    urut: &'static str,
}

impl Halaman {
    /// What the addresses of other pages of the list carry along.
    fn suffix(&self) -> String {
        if self.urut.is_empty() { String::new() } else { format!("&urut={}", self.urut) }
    }
}

/// Shows the page.
pub(crate) async fn show(State(web): State<Web>, pengamat: Pengamat, Query(pilihan): Query<Pilihan>) -> Jawaban {
    let seen = Dilihat::new(&web, pengamat, &pilihan).await?;
    let (h, w) = seen.frame("/daerah/sasaran", "daerah-sasaran");
    let t = h.t;
    let mut sasaran: Vec<_> = seen.termuat.daerah.sasaran().collect();
    let measured = Cakupan::count(sasaran.iter().map(|(_, s)| s.capaian.nilai.is_some()));
    let urut = match pilihan.urut.as_str() {
        "rendah" => "rendah",
        "tinggi" => "tinggi",
        _ => "",
    };
    // What is not measured comes last either way.
    match urut {
        "rendah" => sasaran.sort_by_key(|(_, s)| (s.capaian.nilai.is_none(), s.capaian.nilai)),
        "tinggi" => sasaran.sort_by_key(|(_, s)| std::cmp::Reverse(s.capaian.nilai)),
        _ => {}
    }
    let (sasaran, lembaran) = page_of(sasaran, pilihan.hal);
    let page = Halaman {
        sub: t.f2("daerah-sasaran-sub", "ada", measured.ada, "dari", measured.dari),
        baris: sasaran.into_iter().map(|(k, s)| row(k, s, t)).collect(),
        lembaran,
        urut,
        h,
        w,
    };
    Ok(Html(page.render()?))
}

fn row(k: &Kantor, s: &RingkasSasaran, t: &Kamus) -> Baris {
    let counted = |ada, dari| of_how_many(Cakupan { ada, dari }, t);
    Baris {
        kode_kantor: k.kode.clone(),
        kantor: k.nama.clone(),
        kode: s.kode.clone(),
        nama: s.nama.clone(),
        capaian: Persen::of(s.capaian.nilai, s.predikat),
        indikator: counted(s.capaian.ada, s.capaian.dari),
        serapan: Persen::of(s.uang.absorption(), None).teks,
        anggaran: of_how_many(s.uang.baris, t),
    }
}
