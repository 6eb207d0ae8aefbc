//! Links to other offices: proposed here, answered here, and what became of them.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use tolok_app::{Jawaban as Balasan, Tetangga, UsulanSilang};
use tolok_domain::Potret;
use tolok_domain::pohon::{ArahSilang, Silang};

use super::{Mana, name_of, state, way};
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Kiriman, Pilihan, key, refusal};
use crate::page::{Bingkai, Dibuka};
use crate::session::Pengguna;
use crate::view::Lencana;

struct Hubungan {
    kode: String,
    /// The own condition; empty until one is chosen.
    kondisi: String,
    kode_kondisi: String,
    cara: String,
    instansi: String,
    kondisi_lain: String,
    uraian: String,
    keadaan: Lencana,
    alasan: String,
    menunggu: bool,
    /// Whether this office proposed it.
    sendiri: bool,
}

/// What the form of a proposal holds.
struct Usulan {
    kondisi: String,
    keluar: bool,
    instansi: Vec<Pilihan>,
    uraian: String,
}

#[derive(Template)]
#[template(path = "pokin/silang.html")]
struct Halaman {
    h: Bingkai,
    tab: &'static str,
    dilihat: i64,
    kunci: String,
    tersimpan: bool,
    pesan: Vec<String>,
    hubungan: Vec<Hubungan>,
    kondisi: Vec<Pilihan>,
    usulan: Usulan,
}

fn row(potret: &Potret, s: &Silang, names: &[Tetangga], h: &Bingkai) -> Hubungan {
    let own = s.kondisi.as_deref().and_then(|kode| potret.condition(kode));
    let (kelas, teks) = state(s.keadaan, h.t);
    Hubungan {
        kode: s.kode.clone(),
        kondisi: own.map(|k| format!("{} {}", k.kode, k.uraian)).unwrap_or_default(),
        kode_kondisi: s.kondisi.clone().unwrap_or_default(),
        cara: way(s, h.t).to_owned(),
        instansi: name_of(names, &s.instansi).to_owned(),
        kondisi_lain: s.kondisi_lain.clone(),
        uraian: s.uraian.clone(),
        keadaan: Lencana { kelas, teks: teks.to_owned() },
        alasan: s.alasan.clone(),
        menunggu: s.awaits_answer(),
        sendiri: s.is_own(),
    }
}

async fn page(
    web: &Web,
    opened: &Dibuka,
    usulan: &UsulanSilang,
    pesan: Vec<String>,
    tersimpan: bool,
) -> Result<String, Gagal> {
    let h = opened.frame("rencana", opened.pengguna.t.x("pokin-silang-judul"));
    let potret = &opened.termuat.potret;
    let names = web.app.neighbours(&opened.pengguna.ctx).await?;
    let mut hubungan: Vec<Hubungan> = potret.silang.iter().map(|s| row(potret, s, &names, &h)).collect();
    // What waits for this office comes first.
    hubungan.sort_by_key(|x| !x.menunggu);
    let page = Halaman {
        tab: "kinerja",
        dilihat: opened.termuat.versi,
        kunci: key(),
        tersimpan,
        pesan,
        hubungan,
        kondisi: potret.pohon.iter().map(|k| Pilihan::new(&k.kode, k.uraian.as_str(), false)).collect(),
        usulan: Usulan {
            kondisi: usulan.kondisi.clone(),
            keluar: usulan.arah == ArahSilang::Keluar,
            instansi: names.iter().map(|t| Pilihan::new(&t.kode, t.nama.as_str(), t.kode == usulan.instansi)).collect(),
            uraian: usulan.uraian.clone(),
        },
        h,
    };
    Ok(page.render()?)
}

fn proposal(kondisi: &str) -> UsulanSilang {
    UsulanSilang {
        kondisi: kondisi.to_owned(),
        arah: ArahSilang::Keluar,
        instansi: String::new(),
        uraian: String::new(),
    }
}

/// Shows the links.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<Mana>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let empty = proposal(&query.kondisi);
    Ok(Html(page(&web, &opened, &empty, Vec::new(), !query.tersimpan.is_empty()).await?))
}

/// Proposes a link, answers one, or takes one back.
pub(crate) async fn submit(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<Mana>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let ctx = opened.pengguna.ctx.sending(sent.get("kunci"));
    let tahun = opened.termuat.potret.tahun;
    let (seen, kode) = (sent.seen(tahun), sent.get("kode"));
    let mut typed = proposal("");
    let result = match sent.get("tindakan") {
        "terima" => {
            let answer = Balasan::Terima(sent.get("kondisi").to_owned());
            web.app.answer_link(&ctx, seen, kode, &answer).await
        }
        "tolak" => {
            let answer = Balasan::Tolak(sent.get("alasan").to_owned());
            web.app.answer_link(&ctx, seen, kode, &answer).await
        }
        "cabut" => web.app.withdraw_link(&ctx, seen, kode).await,
        _ => {
            let arah = ArahSilang::ALL.into_iter().find(|arah| arah.as_str() == sent.get("arah"));
            typed = UsulanSilang {
                kondisi: sent.get("kondisi").to_owned(),
                arah: arah.unwrap_or(ArahSilang::Keluar),
                instansi: sent.get("instansi").to_owned(),
                uraian: sent.get("uraian").to_owned(),
            };
            web.app.propose_link(&ctx, tahun, &typed).await
        }
    };
    match refusal(result)? {
        None => {
            let h = opened.frame("rencana", "");
            Ok(Redirect::to(&format!("{}/rencana/pohon/silang{}&tersimpan=ya", h.akar, h.tanya)).into_response())
        }
        Some(no) => {
            let opened = opened.again(&web).await?;
            Ok((no.status, Html(page(&web, &opened, &typed, no.pesan, false).await?)).into_response())
        }
    }
}
