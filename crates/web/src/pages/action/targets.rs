//! Targets of every indicator by period beside the year's target, with the number of steps and what they cost.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use tolok_app::Galat;
use tolok_domain::access::{Hak, Lingkup};
use tolok_domain::action::{Kecocokan, PeriksaTarget, check_costs, check_target, check_targets};
use tolok_domain::duty::Frekuensi;
use tolok_domain::number::write_amount;
use tolok_domain::{Periode, Potret, ukur};

use super::cell::{Isian, SelKisi, Terkirim};
use super::{Ditolak, Mana, answer, badge};
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::key;
use crate::page::{Bingkai, Dibuka};
use crate::session::Pengguna;
use crate::view::{Lencana, level_class};

struct Baris {
    kelas: &'static str,
    /// Code and wording of the node above its first indicator.
    simpul: String,
    kode: String,
    nama: String,
    satuan: String,
    target: String,
    dokumen: String,
    sel: Vec<SelKisi>,
    hasil: Lencana,
    rincian: String,
    langkah: usize,
    /// Steps that do not say everything.
    kurang: usize,
}

/// Indicators with the same parts of the year.
struct Bagian {
    judul: String,
    kolom: Vec<String>,
    baris: Vec<Baris>,
}

/// A budget line that pays for steps.
struct Biaya {
    kode: String,
    nama: String,
    jumlah: String,
    pagu: String,
    lencana: Lencana,
    rincian: String,
}

#[derive(Template)]
#[template(path = "aksi/target.html")]
struct Halaman {
    h: Bingkai,
    tab: &'static str,
    kunci: String,
    /// Name of the plan; empty where there is none yet.
    dokumen: String,
    bagian: Vec<Bagian>,
    biaya: Vec<Biaya>,
    pesan: Vec<String>,
    tersimpan: &'static str,
    sesuai: usize,
    dari: usize,
    tanpa_langkah: usize,
    boleh: bool,
    boleh_langkah: bool,
    usulan: bool,
    tahun_lalu: Option<i16>,
}

/// Shows the page.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<Mana>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let potret = &opened.termuat.potret;
    let mut isian = Isian::default();
    match query.usul.as_str() {
        "rata" => divide(potret, &mut isian),
        "lalu" => {
            let last = web.app.load(&opened.pengguna.ctx, potret.tahun - 1).await?;
            repeat(&last.potret, potret, &mut isian);
        }
        _ => {}
    }
    Ok(Html(page(&opened, &query, &isian, None).render()?))
}

/// Proposes parts that make the year's target where none has been set.
fn divide(potret: &Potret, isian: &mut Isian<'_>) {
    let hasil = ukur(potret, Periode::Tahun(potret.tahun));
    for p in check_targets(&hasil).iter().filter(|p| p.terkumpul.ada == 0) {
        for (periode, nilai) in p.proposal() {
            isian.propose(&p.indikator.kode, periode, &nilai);
        }
    }
}

/// Proposes the targets of the same parts of last year.
fn repeat(last: &Potret, potret: &Potret, isian: &mut Isian<'_>) {
    let hasil = ukur(last, Periode::Tahun(last.tahun));
    for indikator in last.indikator.iter().filter(|i| potret.indicator(&i.kode).is_some_and(|now| now.tipe == i.tipe)) {
        for (periode, nilai) in check_target(&hasil, indikator).bagian {
            if let Some(nilai) = nilai {
                isian.propose(&indikator.kode, periode.in_year(potret.tahun), nilai);
            }
        }
    }
}

fn page(opened: &Dibuka, query: &Mana, isian: &Isian<'_>, no: Option<&Ditolak<'_>>) -> Halaman {
    let (potret, ctx, t) = (&opened.termuat.potret, &opened.pengguna.ctx, opened.pengguna.t);
    let h = opened.tab("rencana", "aksi", t.x("aksi-judul"));
    let hasil = opened.measure();
    let checked = check_targets(&hasil);
    let lingkup = if ctx.lampau { Lingkup::Unit(Vec::new()) } else { ctx.scope(Hak::UbahRencana) };
    let mut bagian = Vec::new();
    for frekuensi in [Frekuensi::Triwulan, Frekuensi::Semester, Frekuensi::Bulan] {
        let parts = frekuensi.parts(potret.tahun);
        let mut last = "";
        let mut baris = Vec::new();
        for p in checked.iter().filter(|p| p.frekuensi.parts(potret.tahun) == parts) {
            let mut row = row(potret, p, isian, &lingkup, &h);
            if last == p.indikator.simpul {
                row.simpul.clear();
            }
            last = &p.indikator.simpul;
            baris.push(row);
        }
        if !baris.is_empty() {
            let judul = t.f("aksi-per", "bagian", frekuensi.part_word());
            bagian.push(Bagian { judul, kolom: parts.iter().map(|p| p.short()).collect(), baris });
        }
    }
    let mut pesan = no.map(|no| no.pesan.clone()).unwrap_or_default();
    for cell in no.iter().flat_map(|no| &no.sel) {
        let name = potret.indicator(&cell.kode).map_or(cell.kode.as_str(), |i| i.nama.as_str());
        pesan.push(format!("{name}, {}: {}", cell.periode.short(), cell.sebab));
    }
    let biaya = check_costs(&hasil).into_iter().map(|b| Biaya {
        kode: b.simpul.kode.clone(),
        nama: b.simpul.calm_name(),
        jumlah: b.jumlah.map_or_else(|| "–".to_owned(), write_amount),
        pagu: b.pagu.map_or_else(|| "–".to_owned(), write_amount),
        lencana: match b.hasil {
            // Not all of a ceiling must go into steps.
            Kecocokan::Beda(_) if !b.hasil.is_over() => Lencana { kelas: "kosong", ..badge(b.hasil, t) },
            other => badge(other, t),
        },
        rincian: b.to_string(),
    });
    Halaman {
        tab: "aksi",
        kunci: key(),
        dokumen: potret.action_plan().map_or_else(String::new, |d| d.judul.clone()),
        biaya: biaya.collect(),
        pesan,
        tersimpan: match query.tersimpan.as_str() {
            _ if no.is_some() => "",
            "langkah" => "aksi-langkah-tersalin",
            "" => "",
            _ => "aksi-tersimpan",
        },
        sesuai: checked.iter().filter(|p| p.hasil == Kecocokan::Sama).count(),
        dari: checked.len(),
        tanpa_langkah: checked.iter().filter(|p| p.langkah.is_empty()).count(),
        boleh: bagian.iter().flat_map(|b| &b.baris).flat_map(|b| &b.sel).any(|s| !s.nama.is_empty()),
        boleh_langkah: ctx.may(Hak::UbahLangkah) && !ctx.lampau,
        usulan: isian.has_proposals(),
        tahun_lalu: h.tahun_ada.iter().copied().find(|y| *y == potret.tahun - 1),
        bagian,
        h,
    }
}

fn row(potret: &Potret, p: &PeriksaTarget<'_>, isian: &Isian<'_>, lingkup: &Lingkup, h: &Bingkai) -> Baris {
    let i = p.indikator;
    let node = potret.node(&i.simpul);
    let open = lingkup.covers(potret.upwards(potret.unit_of(i)));
    let cell = |(periode, nilai): &(Periode, Option<&tolok_domain::Nilai>)| {
        if open {
            return isian.open(&i.kode, *periode, *nilai);
        }
        let nothing = if p.frekuensi.needs(*periode) { h.t.x("belum-ada") } else { "–" };
        SelKisi::fixed(nilai.map_or_else(|| nothing.to_owned(), ToString::to_string))
    };
    let plain = matches!(p.hasil, Kecocokan::Sama | Kecocokan::TanpaAcuan)
        || matches!(p.hasil, Kecocokan::BelumLengkap(c) if c.ada == 0);
    let telling = !plain || !p.lain.is_empty() || p.prints_other();
    Baris {
        kelas: node.map_or("t", |s| level_class(s.jenis)),
        simpul: node.map_or_else(String::new, |s| format!("{} {}", s.kode, s.calm_name())),
        kode: i.kode.clone(),
        nama: i.nama.clone(),
        satuan: i.satuan.clone(),
        target: p.setahun.as_ref().map_or_else(|| h.t.x("belum-ada").to_owned(), |x| x.nilai.to_string()),
        dokumen: p.setahun.as_ref().and_then(|x| x.dokumen).map_or_else(String::new, |d| d.judul.clone()),
        sel: p.bagian.iter().map(cell).collect(),
        hasil: badge(p.hasil, h.t),
        rincian: if telling { p.to_string() } else { String::new() },
        langkah: p.langkah.len(),
        kurang: p.langkah.iter().filter(|l| !l.gaps().is_empty()).count(),
    }
}

/// Writes targets, or copies last year's steps.
pub(crate) async fn save(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<Mana>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Gagal> {
    let sent = Terkirim::read(fields)?;
    let tahun = web.app.open(&pengguna.ctx, query.tahun).await?.potret.tahun;
    let ctx = pengguna.ctx.sending(&sent.kunci);
    let to = format!("{}/rencana-aksi?tahun={tahun}&tersimpan=", pengguna.akar);
    if sent.apa == "salin" {
        return match web.app.copy_steps(&ctx, tahun, None).await {
            Ok(_) | Err(Galat::SudahTersimpan(_)) => Ok(Redirect::to(&format!("{to}langkah")).into_response()),
            Err(other) => Err(other.into()),
        };
    }
    let result = web.app.set_action_targets(&ctx, tahun, &sent.sel).await;
    answer(result, &web, pengguna, tahun, &sent, &format!("{to}target"), |opened, no| {
        Ok(page(opened, &query, &Isian::of(Some(no)), Some(no)).render()?)
    })
    .await
}
