//! The outline editor: a line to a condition. The whole outline is one form; a script makes it quick to type, buttons do the same
//! without one.

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use tolok_domain::Potret;
use tolok_domain::pohon::{BarisKerangka, Geser, TingkatKondisi};

use super::Mana;
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Kiriman, Penolakan, Pilihan, key, refusal};
use crate::page::{Bingkai, Dibuka};
use crate::session::Pengguna;

struct Baris {
    kode: String,
    dalam: usize,
    tingkat: Vec<Pilihan>,
    uraian: String,
    hapus: bool,
    /// What is stored, where that is something else: shown after a conflict.
    tersimpan: Option<String>,
}

#[derive(Template)]
#[template(path = "pokin/susun.html")]
struct Halaman {
    h: Bingkai,
    tab: &'static str,
    dilihat: i64,
    kunci: String,
    tersimpan: bool,
    pesan: Vec<String>,
    baris: Vec<Baris>,
    /// A line that the script can add.
    baru: Baris,
}

fn levels(chosen: TingkatKondisi) -> Vec<Pilihan> {
    TingkatKondisi::ALL.iter().map(|t| Pilihan::new(t.as_str(), t.label(), *t == chosen)).collect()
}

/// The stored tree as lines.
fn stored(potret: &Potret) -> Vec<BarisKerangka> {
    let mut depth: Vec<(&str, usize)> = Vec::new();
    let mut lines = Vec::new();
    for k in &potret.pohon {
        let above = k.induk.as_deref().and_then(|induk| depth.iter().find(|(kode, _)| *kode == induk));
        let dalam = above.map_or(0, |(_, dalam)| dalam + 1);
        depth.push((&k.kode, dalam));
        lines.push(BarisKerangka {
            kode: k.kode.clone(),
            dalam,
            tingkat: k.tingkat,
            uraian: k.uraian.clone(),
            hapus: false,
        });
    }
    lines
}

fn page(opened: &Dibuka, lines: Vec<BarisKerangka>, no: Option<&Penolakan>, tersimpan: bool) -> Result<String, Gagal> {
    let h = opened.frame("rencana", opened.pengguna.t.x("pokin-susun-judul"));
    let potret = &opened.termuat.potret;
    let conflict = no.is_some_and(|no| no.status == StatusCode::CONFLICT);
    let other = |line: &BarisKerangka| {
        let now = potret.condition(&line.kode).filter(|_| conflict)?;
        (now.uraian != line.uraian || now.tingkat != line.tingkat)
            .then(|| format!("{}: {}", now.tingkat.label(), now.uraian))
    };
    let row = |line: BarisKerangka| Baris {
        tersimpan: other(&line),
        tingkat: levels(line.tingkat),
        kode: line.kode,
        dalam: line.dalam,
        uraian: line.uraian,
        hapus: line.hapus,
    };
    let page = Halaman {
        tab: "kinerja",
        dilihat: opened.termuat.versi,
        kunci: key(),
        tersimpan,
        pesan: no.map(|no| no.pesan.clone()).unwrap_or_default(),
        baris: lines.into_iter().map(row).collect(),
        baru: Baris {
            kode: String::new(),
            dalam: 0,
            tingkat: levels(TingkatKondisi::OutcomeAkhir),
            uraian: String::new(),
            hapus: false,
            tersimpan: None,
        },
        h,
    };
    Ok(page.render()?)
}

/// Shows the editor.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<Mana>) -> Jawaban {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let lines = stored(&opened.termuat.potret);
    Ok(Html(page(&opened, lines, None, !query.tersimpan.is_empty())?))
}

/// The lines of a form: each begins with the field of its code.
fn read(sent: &Kiriman) -> Vec<BarisKerangka> {
    let mut lines: Vec<BarisKerangka> = Vec::new();
    for (nama, text) in &sent.0 {
        if nama == "kode" {
            lines.push(BarisKerangka {
                kode: text.trim().to_owned(),
                dalam: 0,
                tingkat: TingkatKondisi::KondisiAntara,
                uraian: String::new(),
                hapus: false,
            });
            continue;
        }
        let Some(line) = lines.last_mut() else { continue };
        match nama.as_str() {
            "dalam" => line.dalam = text.parse().unwrap_or_default(),
            "tingkat" => {
                let level = TingkatKondisi::ALL.into_iter().find(|t| t.as_str() == text);
                line.tingkat = level.unwrap_or(line.tingkat);
            }
            "uraian" => text.trim().clone_into(&mut line.uraian),
            "hapus" => line.hapus = true,
            _ => {}
        }
    }
    lines
}

/// Takes the outline, and a step of one of its lines where a button asks for it ("naik:K1").
pub(crate) async fn save(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<Mana>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let lines = read(&sent);
    let ctx = opened.pengguna.ctx.sending(sent.get("kunci"));
    let step = sent.get("tindakan").split_once(':').and_then(|(word, kode)| Some((kode, Geser::find(word)?)));
    let result = web.app.save_outline(&ctx, sent.seen(opened.termuat.potret.tahun), &lines, step).await;
    match refusal(result)? {
        None => {
            let h = opened.frame("rencana", "");
            let place = step.map(|(kode, _)| format!("#b-{kode}")).unwrap_or_default();
            let to = format!("{}/rencana/pohon/susun{}&tersimpan=ya{place}", h.akar, h.tanya);
            Ok(Redirect::to(&to).into_response())
        }
        Some(no) => {
            let opened = opened.again(&web).await?;
            Ok((no.status, Html(page(&opened, lines, Some(&no), false)?)).into_response())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_belong_to_the_line_that_they_follow() {
        let pairs = [
            ("dilihat", "3"),
            ("kode", "S1"),
            ("dalam", "0"),
            ("tingkat", "outcome_akhir"),
            ("uraian", " Hasil "),
            ("kode", ""),
            ("dalam", "x"),
            ("tingkat", "lain"),
            ("uraian", "Baru"),
            ("hapus", "ya"),
        ];
        let sent = Kiriman(pairs.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect());
        let lines = read(&sent);
        let line = |kode: &str, tingkat, uraian: &str, hapus| BarisKerangka {
            kode: kode.to_owned(),
            dalam: 0,
            tingkat,
            uraian: uraian.to_owned(),
            hapus,
        };
        let expected = [
            line("S1", TingkatKondisi::OutcomeAkhir, "Hasil", false),
            line("", TingkatKondisi::KondisiAntara, "Baru", true),
        ];
        assert_eq!(lines, expected);
    }
}
