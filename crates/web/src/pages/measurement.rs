//! Pengukuran: performance by quarter beside money, one row per indicator.

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Html;
use serde::Deserialize;
use tolok_app::DaftarTemuan;
use tolok_domain::figure::JenisAngka;
use tolok_domain::measure::UkurIndikator;
use tolok_domain::rekomendasi::{KendalaBerulang, recurring};
use tolok_domain::{Nilai, Pengukuran, Periode, ukur};

use crate::Web;
use crate::error::Jawaban;
use crate::page::{Bingkai, Dibuka};
use crate::session::Pengguna;
use crate::view::{Dana, Lencana, Sel, Ukuran, level_class};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Pilihan {
    tahun: Option<i16>,
    /// Quarter up to which to measure; the whole year when left out.
    tw: Option<u8>,
}

struct Baris {
    kelas: &'static str,
    kode: String,
    /// Wording of the node, on its first row.
    simpul: String,
    indikator: String,
    kode_indikator: String,
    satuan: String,
    target: Sel,
    triwulan: [String; 4],
    realisasi: Sel,
    ukuran: Ukuran,
    dana: Option<Dana>,
    lencana: Lencana,
    keterangan: String,
    /// Findings about it that nobody has accepted.
    temuan: usize,
    /// In how many periods its obstacle stood, where it came back; else zero.
    berulang: usize,
}

#[derive(Template)]
#[template(path = "pengukuran.html")]
struct Halaman {
    h: Bingkai,
    tw: u8,
    judul_periode: String,
    baris: Vec<Baris>,
    total: Dana,
}

/// Shows the page.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<Pilihan>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let potret = &opened.termuat.potret;
    let tw = query.tw.filter(|q| (1..=3).contains(q)).unwrap_or(4);
    let sampai = if tw == 4 { Periode::Tahun(potret.tahun) } else { Periode::Triwulan(potret.tahun, tw) };
    let hasil = ukur(potret, sampai);
    let h = opened.tab("pengukuran", "hasil", opened.pengguna.t.x("nav-pengukuran"));
    let findings = DaftarTemuan::of(potret);
    let lalu = web.app.year_before(&opened.pengguna.ctx, &opened.termuat).await?;
    let came_back = recurring(potret, lalu.as_ref().map(|b| &b.potret));
    let mut baris = Vec::with_capacity(hasil.indikator.len());
    for u in &hasil.simpul {
        for (i, measured) in hasil.indicators_of(&u.simpul.kode).enumerate() {
            let dana = (i == 0).then(|| Dana::of(&u.uang));
            let temuan = findings.about(&measured.indikator.kode).filter(|t| t.putusan.is_none()).count();
            let obstacle = came_back.iter().find(|k| k.indikator.kode == measured.indikator.kode);
            let berulang = obstacle.map_or(0, KendalaBerulang::periods);
            baris.push(Baris { temuan, berulang, ..row(&hasil, u.simpul, measured, dana, &h) });
        }
    }
    let page = Halaman { tw, judul_periode: sampai.heading(), baris, total: Dana::of(&hasil.total), h };
    Ok(Html(page.render()?))
}

fn row(
    hasil: &Pengukuran<'_>,
    simpul: &tolok_domain::Simpul,
    u: &UkurIndikator<'_>,
    dana: Option<Dana>,
    h: &Bingkai,
) -> Baris {
    Baris {
        kelas: level_class(simpul.jenis),
        kode: simpul.kode.clone(),
        simpul: if dana.is_some() { simpul.calm_name() } else { String::new() },
        indikator: u.indikator.nama.clone(),
        kode_indikator: u.indikator.kode.clone(),
        satuan: u.indikator.satuan.clone(),
        target: Sel::of(u.target.as_ref().map(|t| &t.nilai), h.t),
        triwulan: Periode::quarters(hasil.potret.tahun).map(|q| quarter(u, q)),
        realisasi: Sel::of(Some(&u.realisasi.nilai), h.t),
        ukuran: Ukuran::of(u),
        dana,
        // A realisation that is not known has no state worth showing; its reason stands in the remark.
        lencana: Lencana::of(u.state().filter(|_| u.realisasi.nilai.is_known()), h.t),
        keterangan: match (u.remark(), u.capaian.percent()) {
            ("", None) => u.capaian.to_string(),
            (text, _) => text.to_owned(),
        },
        temuan: 0,
        berulang: 0,
    }
}

/// The realisation entered for one quarter; nothing where there is none.
fn quarter(u: &UkurIndikator<'_>, periode: Periode) -> String {
    let figure = u.angka.iter().find(|a| a.periode == periode && a.jenis == JenisAngka::Realisasi);
    match figure.map(|a| &a.nilai) {
        Some(nilai) if !matches!(nilai, Nilai::BelumAda { .. }) => nilai.to_string(),
        _ => String::new(),
    }
}
