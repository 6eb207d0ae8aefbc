//! One condition: its form.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use tolok_app::Galat;
use tolok_domain::pohon::{Kondisi, TingkatKondisi, next_code};
use tolok_domain::sheet::{Lembar, Rekam};
use tolok_domain::{JenisSimpul, Potret};

use super::{Mana, name_of, names, state, way};
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Formulir, Kiriman, Penolakan, Pilihan, refusal};
use crate::page::{Bingkai, Dibuka};
use crate::session::Pengguna;

#[derive(Template)]
#[template(path = "pokin/kondisi.html")]
struct Halaman {
    h: Bingkai,
    tab: &'static str,
    f: Formulir,
    /// Code of the condition; empty for one that is not there yet.
    kode: String,
    tingkat: Vec<Pilihan>,
    induk: Vec<Pilihan>,
    indikator: Vec<Pilihan>,
    simpul: Vec<Pilihan>,
    unit: Vec<Pilihan>,
    /// How many conditions hang right below it.
    bawahan: usize,
    silang: Vec<String>,
    alamat: String,
    kembali: String,
}

async fn page(web: &Web, opened: &Dibuka, f: Formulir, kode: &str) -> Result<String, Gagal> {
    let potret = &opened.termuat.potret;
    let t = opened.pengguna.t;
    let known = potret.condition(kode);
    let h = opened.frame("rencana", known.map_or(t.x("pokin-kondisi-baru"), |k| k.uraian.as_str()));
    let links: Vec<_> = potret.links_of(kode).collect();
    let names = if links.is_empty() { Vec::new() } else { names(web, opened).await? };
    let label = |kode: &str, nama: &str| format!("{kode} {nama}");
    let chosen: Vec<&str> = f.x("indikator").split_whitespace().collect();
    let page = Halaman {
        tab: "kinerja",
        tingkat: TingkatKondisi::ALL
            .iter()
            .map(|level| Pilihan::new(level.as_str(), level.label(), level.as_str() == f.x("tingkat")))
            .collect(),
        induk: parents(potret, kode)
            .map(|k| Pilihan::new(&k.kode, label(&k.kode, &k.uraian), k.kode == f.x("induk")))
            .collect(),
        indikator: potret
            .indikator
            .iter()
            .map(|i| Pilihan::new(&i.kode, label(&i.kode, &i.nama), chosen.contains(&i.kode.as_str())))
            .collect(),
        simpul: potret
            .simpul
            .iter()
            .filter(|s| s.jenis != JenisSimpul::Misi)
            .map(|s| Pilihan::new(&s.kode, label(&s.kode, &s.calm_name()), s.kode == f.x("simpul")))
            .collect(),
        unit: potret
            .unit
            .iter()
            .filter(|u| u.berakhir.is_empty() || u.kode == f.x("unit"))
            .map(|u| Pilihan::new(&u.kode, u.nama.as_str(), u.kode == f.x("unit")))
            .collect(),
        bawahan: potret.conditions_under(Some(kode)).count(),
        silang: links
            .into_iter()
            .map(|s| {
                format!("{} {} ({})", way(s, t), name_of(&names, &s.instansi), state(s.keadaan, t).1.to_lowercase())
            })
            .collect(),
        alamat: format!("{}/rencana/pohon/kondisi/{}{}", h.akar, if known.is_some() { kode } else { "baru" }, h.tanya),
        kembali: format!("{}/rencana/pohon{}", h.akar, h.ekor),
        kode: known.map_or_else(String::new, |k| k.kode.clone()),
        f,
        h,
    };
    Ok(page.render()?)
}

/// Conditions under which it can hang: none of its own branch.
fn parents<'a>(potret: &'a Potret, kode: &str) -> impl Iterator<Item = &'a Kondisi> {
    let mut inside = vec![kode.to_owned()];
    potret.pohon.iter().filter(move |k| {
        let below = k.induk.as_ref().is_some_and(|induk| inside.contains(induk));
        if below {
            inside.push(k.kode.clone());
        }
        !below && k.kode != inside[0]
    })
}

/// The form of a new condition.
pub(crate) async fn new(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<Mana>) -> Jawaban {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let potret = &opened.termuat.potret;
    let mut f = Formulir::empty(&opened, Kondisi::LEMBAR);
    f.set("kode", &next_code(&potret.pohon));
    let level = match potret.condition(&query.induk) {
        Some(above) => {
            f.set("induk", &above.kode);
            f.set("unit", above.unit.as_deref().unwrap_or_default());
            let sibling = potret.conditions_under(Some(&above.kode)).next().map(|k| k.tingkat);
            sibling.unwrap_or_else(|| below(above.tingkat))
        }
        None => TingkatKondisi::OutcomeAkhir,
    };
    f.set("tingkat", level.as_str());
    Ok(Html(page(&web, &opened, f, "").await?))
}

const fn below(tingkat: TingkatKondisi) -> TingkatKondisi {
    match tingkat {
        TingkatKondisi::OutcomeAkhir => TingkatKondisi::FaktorKunci,
        TingkatKondisi::FaktorKunci => TingkatKondisi::KondisiAntara,
        TingkatKondisi::KondisiAntara | TingkatKondisi::KondisiOperasional => TingkatKondisi::KondisiOperasional,
    }
}

/// The form of a condition that is there.
pub(crate) async fn show(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<Mana>,
) -> Jawaban {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let found = opened.termuat.potret.condition(&kode);
    let f = Formulir::of(&opened, found.ok_or_else(|| Galat::TidakDitemukan(format!("kondisi {kode}")))?);
    Ok(Html(page(&web, &opened, f, &kode).await?))
}

/// The cells of the row: the indicators are boxes to tick.
fn cells(sent: &Kiriman) -> Vec<String> {
    let mut sel = sent.row(Kondisi::LEMBAR);
    let at = Lembar::find(Kondisi::LEMBAR).and_then(|lembar| lembar.position("indikator"));
    if let Some(cell) = at.and_then(|at| sel.get_mut(at)) {
        *cell = sent.all("indikator").join(" ");
    }
    sel
}

/// Adds a condition.
pub(crate) async fn add(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<Mana>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let ctx = opened.pengguna.ctx.sending(sent.get("kunci"));
    let result = web.app.add_condition(&ctx, sent.seen(opened.termuat.potret.tahun), &cells(&sent)).await;
    match refusal(result)? {
        None => {
            let h = opened.frame("rencana", "");
            // Siblings are mostly added in a row.
            let to = match sent.get("tindakan") {
                "lagi" => format!("rencana/pohon/kondisi/baru{}&induk={}", h.tanya, sent.get("induk")),
                _ => format!("rencana/pohon{}&tersimpan=ya#{}", h.tanya, sent.get("kode")),
            };
            Ok(Redirect::to(&format!("{}/{to}", h.akar)).into_response())
        }
        Some(no) => refused(&web, opened.again(&web).await?, "", &sent, &no).await,
    }
}

/// Changes or removes a condition.
pub(crate) async fn submit(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<Mana>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let ctx = opened.pengguna.ctx.sending(sent.get("kunci"));
    let seen = sent.seen(opened.termuat.potret.tahun);
    let h = opened.frame("rencana", "");
    let tree = format!("{}/rencana/pohon{}&tersimpan=ya", h.akar, h.tanya);
    let (result, to) = match sent.get("tindakan") {
        "hapus" => (web.app.remove_condition(&ctx, seen, &kode, false).await, tree),
        "hapus-cabang" => (web.app.remove_condition(&ctx, seen, &kode, true).await, tree),
        _ => (web.app.change_condition(&ctx, seen, &kode, &cells(&sent)).await, format!("{tree}#{kode}")),
    };
    match refusal(result)? {
        None => Ok(Redirect::to(&to).into_response()),
        Some(no) => refused(&web, opened.again(&web).await?, &kode, &sent, &no).await,
    }
}

async fn refused(web: &Web, opened: Dibuka, kode: &str, sent: &Kiriman, no: &Penolakan) -> Result<Response, Gagal> {
    let stored = opened.termuat.potret.condition(kode).map(Rekam::cells);
    let mut f = Formulir::again(&opened, Kondisi::LEMBAR, sent, Some(no), stored);
    if sent.0.iter().any(|(nama, _)| nama == "kode") {
        f.set("indikator", &sent.all("indikator").join(" "));
    }
    Ok((no.status, Html(page(web, &opened, f, kode).await?)).into_response())
}
