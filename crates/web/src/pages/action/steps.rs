//! The steps of one indicator: list, editor, and how its targets stand.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{Galat, Hasil, IsiLangkah, step_seen};
use tolok_domain::access::Hak;
use tolok_domain::action::{Kecocokan, Langkah, check_costs, check_target};
use tolok_domain::duty::Frekuensi;
use tolok_domain::number::write_amount;
use tolok_domain::{JenisSimpul, Periode, Potret, Simpul};

use super::badge;
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::key;
use crate::page::{Bingkai, Dibuka};
use crate::session::Pengguna;
use crate::view::Lencana;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Mana {
    tahun: Option<i16>,
    /// The step that is edited.
    #[serde(default)]
    langkah: String,
    #[serde(default)]
    tersimpan: String,
}

/// A form of this page.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Isian {
    /// "simpan", "hapus", "naik", "turun" or "salin".
    #[serde(default)]
    apa: String,
    #[serde(default)]
    kunci: String,
    /// The step; empty for a new one.
    #[serde(default)]
    kode: String,
    /// What it looked like.
    #[serde(default)]
    dilihat: String,
    #[serde(default)]
    uraian: String,
    #[serde(default)]
    periode: String,
    #[serde(default)]
    keluaran: String,
    #[serde(default)]
    simpul: String,
    #[serde(default)]
    rupiah: String,
    #[serde(default)]
    unit: String,
}

struct Baris {
    kode: String,
    uraian: String,
    periode: String,
    keluaran: String,
    simpul: String,
    rupiah: String,
    unit: String,
    kurang: String,
}

struct Pilihan {
    nilai: String,
    label: String,
    dipilih: bool,
}

/// Choices under a common heading.
struct Kelompok {
    judul: &'static str,
    pilihan: Vec<Pilihan>,
}

struct Biaya {
    kode: String,
    lencana: Lencana,
    rincian: String,
}

#[derive(Template)]
#[template(path = "aksi/langkah.html")]
struct Halaman {
    h: Bingkai,
    kunci: String,
    kode: String,
    nama: String,
    satuan: String,
    unit: String,
    target: String,
    bagian: Vec<(String, String)>,
    hasil: Lencana,
    rincian: String,
    langkah: Vec<Baris>,
    biaya: Vec<Biaya>,
    boleh: bool,
    tahun_lalu: Option<i16>,
    tersimpan: bool,
    pesan: Vec<String>,
    isi: Isian,
    waktu: Vec<Kelompok>,
    simpul: Vec<Kelompok>,
    units: Vec<Pilihan>,
}

/// Shows the page.
pub(crate) async fn show(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<Mana>,
) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let potret = &opened.termuat.potret;
    let isi = if query.langkah.is_empty() {
        new(potret, &kode)
    } else {
        let step = potret.steps_of(&kode).find(|l| l.kode == query.langkah);
        filled(step.ok_or_else(|| Galat::TidakDitemukan(format!("langkah {}", query.langkah)))?)
    };
    Ok(Html(page(&opened, &kode, isi, Vec::new(), !query.tersimpan.is_empty())?.render()?))
}

/// A new step, with what can be guessed: its indicator's unit, and the node where money stands.
fn new(potret: &Potret, kode: &str) -> Isian {
    let Some(indikator) = potret.indicator(kode) else { return Isian::default() };
    let node = potret.node(&indikator.simpul).filter(|s| s.jenis == JenisSimpul::SubKegiatan);
    Isian {
        simpul: node.map_or_else(String::new, |s| s.kode.clone()),
        unit: potret.unit_of(indikator).unwrap_or_default().to_owned(),
        periode: Periode::Triwulan(potret.tahun, 1).to_string(),
        ..Isian::default()
    }
}

fn filled(l: &Langkah) -> Isian {
    Isian {
        kode: l.kode.clone(),
        dilihat: step_seen(l),
        uraian: l.uraian.clone(),
        periode: l.periode.to_string(),
        keluaran: l.keluaran.clone(),
        simpul: l.simpul.clone().unwrap_or_default(),
        rupiah: l.rupiah.map_or_else(String::new, write_amount),
        unit: l.unit.clone().unwrap_or_default(),
        ..Isian::default()
    }
}

fn page(opened: &Dibuka, kode: &str, isi: Isian, pesan: Vec<String>, tersimpan: bool) -> Result<Halaman, Galat> {
    let (potret, ctx, t) = (&opened.termuat.potret, &opened.pengguna.ctx, opened.pengguna.t);
    let i = potret.indicator(kode).ok_or_else(|| Galat::TidakDitemukan(format!("indikator {kode}")))?;
    let h = opened.tab("rencana", "aksi", t.f("langkah-judul", "nama", i.nama.as_str()));
    let hasil = opened.measure();
    let p = check_target(&hasil, i);
    let unit_name = |kode: Option<&str>| kode.and_then(|k| potret.unit(k)).map_or("", |u| u.nama.as_str()).to_owned();
    let row = |l: &&Langkah| {
        let gaps: Vec<&str> = l.gaps().into_iter().map(tolok_domain::action::KurangLangkah::label).collect();
        let node = l.simpul.as_deref().and_then(|kode| potret.node(kode));
        Baris {
            kode: l.kode.clone(),
            uraian: l.uraian.clone(),
            periode: l.periode.short(),
            keluaran: l.keluaran.clone(),
            simpul: node.map_or_else(String::new, |s| format!("{} {}", s.kode, s.calm_name())),
            rupiah: l.rupiah.map_or_else(String::new, write_amount),
            unit: unit_name(l.unit.as_deref()),
            kurang: if gaps.is_empty() { String::new() } else { format!("{} {}", t.x("belum-ada"), gaps.join(", ")) },
        }
    };
    let paid = |kode: &str| p.langkah.iter().any(|l| l.simpul.as_deref() == Some(kode));
    let biaya = check_costs(&hasil).into_iter().filter(|b| paid(&b.simpul.kode)).map(|b| Biaya {
        kode: b.simpul.kode.clone(),
        lencana: match b.hasil {
            Kecocokan::Beda(_) if !b.hasil.is_over() => Lencana { kelas: "kosong", ..badge(b.hasil, t) },
            other => badge(other, t),
        },
        rincian: b.to_string(),
    });
    let covered = ctx.scope(Hak::UbahLangkah).covers(potret.upwards(potret.unit_of(i)));
    Ok(Halaman {
        kunci: key(),
        kode: i.kode.clone(),
        nama: i.nama.clone(),
        satuan: i.satuan.clone(),
        unit: unit_name(potret.unit_of(i)),
        target: p.setahun.as_ref().map_or_else(|| t.x("belum-ada").to_owned(), |x| x.nilai.to_string()),
        bagian: p
            .bagian
            .iter()
            .map(|(periode, nilai)| (periode.short(), nilai.map_or_else(|| "–".to_owned(), ToString::to_string)))
            .collect(),
        hasil: badge(p.hasil, t),
        rincian: p.to_string(),
        langkah: p.langkah.iter().map(row).collect(),
        biaya: biaya.collect(),
        boleh: covered && !ctx.lampau,
        tahun_lalu: h.tahun_ada.iter().copied().find(|y| *y == potret.tahun - 1),
        tersimpan,
        waktu: times(potret.tahun, &isi.periode),
        simpul: lines(potret, &i.simpul, &isi.simpul),
        units: potret
            .unit
            .iter()
            .map(|u| Pilihan { nilai: u.kode.clone(), label: u.nama.clone(), dipilih: u.kode == isi.unit })
            .collect(),
        isi,
        pesan,
        h,
    })
}

/// Every part of the year.
fn times(tahun: i16, chosen: &str) -> Vec<Kelompok> {
    let option = |p: Periode| {
        let nilai = p.to_string();
        Pilihan { dipilih: nilai == chosen, label: p.heading(), nilai }
    };
    let group = |judul, periods: Vec<Periode>| Kelompok { judul, pilihan: periods.into_iter().map(option).collect() };
    vec![
        group("bagian-triwulan", Frekuensi::Triwulan.parts(tahun)),
        group("bagian-bulan", Frekuensi::Bulan.parts(tahun)),
        group("bagian-semester", Frekuensi::Semester.parts(tahun)),
        group("setahun", vec![Periode::Tahun(tahun)]),
    ]
}

/// Budget lines: first those that serve the indicator.
fn lines(potret: &Potret, node: &str, chosen: &str) -> Vec<Kelompok> {
    let below = |s: &Simpul| {
        std::iter::successors(Some(s), |s| potret.node(s.induk.as_deref()?)).any(|above| above.kode == node)
    };
    let option = |s: &Simpul| Pilihan {
        nilai: s.kode.clone(),
        label: format!("{} {}", s.kode, s.calm_name()),
        dipilih: s.kode == chosen,
    };
    let money = potret.simpul.iter().filter(|s| s.jenis == JenisSimpul::SubKegiatan || s.kode == chosen);
    let (own, other): (Vec<&Simpul>, Vec<&Simpul>) = money.partition(|s| below(s));
    let group = |judul, nodes: Vec<&Simpul>| Kelompok { judul, pilihan: nodes.into_iter().map(option).collect() };
    let groups = vec![group("langkah-simpul-sendiri", own), group("langkah-simpul-lain", other)];
    groups.into_iter().filter(|g| !g.pilihan.is_empty()).collect()
}

/// Writes, moves, removes or copies a step.
pub(crate) async fn submit(
    State(web): State<Web>,
    mut pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<Mana>,
    Form(isi): Form<Isian>,
) -> Result<Response, Gagal> {
    let tahun = web.app.open(&pengguna.ctx, query.tahun).await?.potret.tahun;
    let result = change(&web, &pengguna, tahun, &kode, &isi).await;
    let (status, pesan) = match result {
        Ok(_) | Err(Galat::SudahTersimpan(_)) => {
            let to = format!("{}/rencana-aksi/{kode}?tahun={tahun}&tersimpan=ya", pengguna.akar);
            return Ok(Redirect::to(&to).into_response());
        }
        Err(Galat::TidakSah(pesan)) => (StatusCode::UNPROCESSABLE_ENTITY, pesan),
        Err(Galat::Bentrok) => (StatusCode::CONFLICT, pengguna.t.x("langkah-bentrok").to_owned()),
        Err(other) => return Err(other.into()),
    };
    // What is shown now must be what is stored now, and nothing typed is lost.
    pengguna.ctx = pengguna.ctx.fresh();
    let opened = Dibuka::new(&web, pengguna, Some(tahun)).await?;
    let stored = opened.termuat.potret.steps_of(&kode).find(|l| l.kode == isi.kode);
    let mut isi = isi;
    if status == StatusCode::CONFLICT {
        // The list above shows what is stored now: sending it again means "use mine".
        isi.dilihat = stored.map(step_seen).unwrap_or_default();
    }
    let lines = pesan.lines().map(str::to_owned).collect();
    Ok((status, Html(page(&opened, &kode, isi, lines, false)?.render()?)).into_response())
}

async fn change(web: &Web, pengguna: &Pengguna, tahun: i16, kode: &str, isi: &Isian) -> Hasil<i64> {
    let ctx = pengguna.ctx.sending(&isi.kunci);
    match isi.apa.as_str() {
        "hapus" => web.app.remove_step(&ctx, tahun, kode, &isi.kode, &isi.dilihat).await,
        "naik" | "turun" => web.app.move_step(&ctx, tahun, kode, &isi.kode, isi.apa == "naik").await,
        "salin" => web.app.copy_steps(&ctx, tahun, Some(kode)).await,
        _ => {
            let typed = IsiLangkah {
                uraian: isi.uraian.clone(),
                periode: isi.periode.clone(),
                keluaran: isi.keluaran.clone(),
                simpul: isi.simpul.clone(),
                rupiah: isi.rupiah.clone(),
                unit: isi.unit.clone(),
            };
            let step = Some(isi.kode.as_str()).filter(|kode| !kode.is_empty());
            web.app.save_step(&ctx, tahun, kode, step, &typed, &isi.dilihat).await
        }
    }
}
