//! The board: whose agreement is where, and making those that are missing.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use tolok_app::Galat;
use tolok_domain::Potret;
use tolok_domain::access::Hak;
use tolok_domain::agreement::{Jenjang, KeadaanPerjanjian, StatusPerjanjian, board, due, signed, unassigned};

use super::{badge, lateness, may_for, shown_day, shown_name, today};
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Kiriman, key, written};
use crate::locale::Kamus;
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::session::Pengguna;
use crate::view::{Lencana, long_date};

/// What stands where nothing is to be expected.
const NONE: &str = "–";

struct Baris {
    unit: String,
    nama: String,
    /// CSS class by depth.
    kelas: &'static str,
    jabatan: String,
    pejabat: String,
    /// Code of its latest agreement; empty for none.
    perjanjian: String,
    versi: String,
    tanggal: String,
    batas: String,
    lencana: Lencana,
    terlambat: String,
    /// Whether the user may make one, and whether that is proposed.
    pilih: bool,
    dicentang: bool,
}

/// A line of the plan that nobody promises.
struct TanpaPejabat {
    kode: String,
    nama: String,
    sebab: String,
}

#[derive(Template)]
#[template(path = "perjanjian.html")]
struct Halaman {
    h: Bingkai,
    sub: String,
    batas: String,
    baris: Vec<Baris>,
    tanpa: Vec<TanpaPejabat>,
    ada: bool,
    boleh_buat: bool,
    boleh_perubahan: bool,
    kunci: String,
    pesan: String,
}

/// Shows the board.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<TahunQuery>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    Ok(Html(page(&opened, String::new()).render()?))
}

/// Makes agreements for the units that were chosen.
pub(crate) async fn create(
    State(web): State<Web>,
    mut pengguna: Pengguna,
    Query(query): Query<TahunQuery>,
    Form(input): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let tahun = web.app.open(&pengguna.ctx, query.tahun).await?.potret.tahun;
    let ctx = pengguna.ctx.sending(input.get("kunci"));
    match written(web.app.create_agreements(&ctx, tahun, &input.all("unit")).await) {
        Ok(()) => Ok(Redirect::to(&format!("{}/perjanjian?tahun={tahun}", pengguna.akar)).into_response()),
        Err(Galat::TidakSah(pesan)) => {
            pengguna.ctx = pengguna.ctx.fresh();
            let opened = Dibuka::new(&web, pengguna, Some(tahun)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page(&opened, pesan).render()?)).into_response())
        }
        Err(other) => Err(other.into()),
    }
}

fn page(opened: &Dibuka, pesan: String) -> Halaman {
    let t = opened.pengguna.t;
    let potret = &opened.termuat.potret;
    let ctx = &opened.pengguna.ctx;
    let all = board(potret, today(&opened.pengguna));
    let done = signed(&all);
    let baris: Vec<Baris> = all.iter().map(|status| line(opened, status)).collect();
    let may_revise = |s: &&StatusPerjanjian<'_>| {
        s.keadaan == KeadaanPerjanjian::Ditandatangani && may_for(ctx, potret, Hak::UbahRencana, &s.unit.kode)
    };
    Halaman {
        h: opened.frame("perjanjian", t.x("pk-judul")),
        sub: t.f2("pk-sub", "ada", done.ada, "dari", done.dari),
        batas: due(potret)
            .map_or_else(|| t.x("pk-tanpa-batas").to_owned(), |day| t.f("pk-batas", "tanggal", long_date(day))),
        ada: baris.iter().any(|b| !b.perjanjian.is_empty()),
        boleh_buat: baris.iter().any(|b| b.pilih),
        boleh_perubahan: all.iter().any(|s| may_revise(&s)),
        tanpa: unassigned_lines(potret, t),
        kunci: key(),
        baris,
        pesan,
    }
}

fn line(opened: &Dibuka, status: &StatusPerjanjian<'_>) -> Baris {
    let t = opened.pengguna.t;
    let potret = &opened.termuat.potret;
    let unit = status.unit;
    let (jabatan, pejabat) = match status.perjanjian {
        Some(p) => {
            let [first, _] = potret.parties(p);
            (first.jabatan, shown_name(first.pejabat))
        }
        None => {
            let day = today(&opened.pengguna).to_string();
            (unit.pejabat.clone(), shown_name(potret.head_of(&unit.kode, &day)))
        }
    };
    let document = status.perjanjian.and_then(|p| potret.document(&p.dokumen));
    Baris {
        unit: unit.kode.clone(),
        nama: unit.nama.clone(),
        kelas: if potret.upwards(unit.induk.as_deref()).count() > 1 { "s" } else { "" },
        jabatan: if jabatan.is_empty() { NONE.to_owned() } else { jabatan },
        pejabat,
        perjanjian: status.perjanjian.map(|p| p.kode.clone()).unwrap_or_default(),
        versi: document.map_or_else(|| NONE.to_owned(), tolok_domain::Dokumen::version_label),
        tanggal: match status.perjanjian {
            Some(p) if p.tanggal.is_empty() => t.x("pk-belum-diisi").to_owned(),
            Some(p) => shown_day(&p.tanggal),
            None => NONE.to_owned(),
        },
        batas: status.batas.map_or_else(|| NONE.to_owned(), long_date),
        lencana: badge(status, t),
        terlambat: lateness(status, t),
        pilih: status.perjanjian.is_none() && may_for(&opened.pengguna.ctx, potret, Hak::UbahRencana, &unit.kode),
        dicentang: status.keadaan == KeadaanPerjanjian::BelumDibuat,
    }
}

fn unassigned_lines(potret: &Potret, t: &Kamus) -> Vec<TanpaPejabat> {
    let cause = |unit: Option<&str>, jenjang: Jenjang| {
        let named = unit.and_then(|kode| potret.unit(kode));
        let level = t.x(if jenjang == Jenjang::Terendah { "pk-jenjang-terendah" } else { "pk-jenjang-menengah" });
        match named {
            Some(unit) => t.f2("pk-tanpa-jenjang", "unit", unit.nama.as_str(), "jenjang", level),
            None => t.x("pk-tanpa-unit").to_owned(),
        }
    };
    unassigned(potret)
        .into_iter()
        .map(|line| TanpaPejabat {
            nama: potret.node(&line.simpul).map(tolok_domain::Simpul::calm_name).unwrap_or_default(),
            sebab: cause(line.unit.as_deref(), line.jenjang),
            kode: line.simpul,
        })
        .collect()
}
