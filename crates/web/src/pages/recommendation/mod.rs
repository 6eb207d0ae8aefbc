//! Rekomendasi: what evaluations asked for and what became of it; the overdue first.

pub(crate) mod detail;

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{IsiRekomendasi, day};
use tolok_domain::Potret;
use tolok_domain::access::Hak;
use tolok_domain::rekomendasi::{
    BarisRekomendasi, KeadaanTindakLanjut, KendalaBerulang, Keterlambatan, Prioritas, Ringkasan, board, recurring,
    summary,
};

use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Kiriman, Pilihan, key, refusal};
use crate::locale::Kamus;
use crate::page::{Bingkai, Dibuka};
use crate::pages::evaluation::place;
use crate::session::Pengguna;
use crate::view::long_date;

/// What of the board is asked for.
#[derive(Debug, Default, Clone, Deserialize)]
pub(crate) struct Saring {
    tahun: Option<i16>,
    /// Only this state.
    #[serde(default)]
    keadaan: String,
    /// Only this unit.
    #[serde(default)]
    unit: String,
    /// Only this priority.
    #[serde(default)]
    prioritas: String,
    /// The criterion with which the form for a new one begins.
    #[serde(default)]
    kriteria: String,
    #[serde(default)]
    tersimpan: String,
}

impl Saring {
    fn takes(&self, b: &BarisRekomendasi<'_>) -> bool {
        let r = b.rekomendasi;
        (self.keadaan.is_empty() || b.keadaan.as_str() == self.keadaan)
            && (self.unit.is_empty() || r.unit.as_deref() == Some(self.unit.as_str()))
            && (self.prioritas.is_empty() || r.prioritas.map(Prioritas::as_str) == Some(self.prioritas.as_str()))
    }
}

/// How a recommendation stands against its day, in words with a class.
pub(super) fn delay(b: &BarisRekomendasi<'_>, t: &Kamus) -> (String, &'static str) {
    match b.terlambat {
        Keterlambatan::Tutup => (String::new(), ""),
        Keterlambatan::TanpaBatas => (t.x("rek-tanpa-batas").to_owned(), "draf"),
        Keterlambatan::Sisa(days) => (t.f("rek-sisa", "n", days), "aju"),
        Keterlambatan::Terlambat(days) => (t.f("rek-terlambat", "n", days), "salah"),
    }
}

/// The name of a unit; its code where it is not known.
pub(super) fn unit_name(potret: &Potret, kode: Option<&str>) -> String {
    let kode = kode.unwrap_or_default();
    potret.unit(kode).map_or(kode, |u| u.nama.as_str()).to_owned()
}

/// Units to choose from, with an empty choice first.
pub(super) fn units(potret: &Potret, chosen: &str, none: &str) -> Vec<Pilihan> {
    let all = potret.unit.iter().map(|u| Pilihan::new(&u.kode, u.nama.clone(), u.kode == chosen));
    std::iter::once(Pilihan::new("", none, chosen.is_empty())).chain(all).collect()
}

/// Priorities to choose from, with an empty choice first.
pub(super) fn priorities(chosen: &str, none: &str) -> Vec<Pilihan> {
    let all = Prioritas::ALL.into_iter().map(|p| Pilihan::new(p.as_str(), p.label(), p.as_str() == chosen));
    std::iter::once(Pilihan::new("", none, chosen.is_empty())).chain(all).collect()
}

/// One line of the board.
struct Baris {
    kode: String,
    teks: String,
    aspek: String,
    unit: String,
    prioritas: &'static str,
    keadaan: &'static str,
    batas: String,
    lambat: String,
    kelas: &'static str,
    langkah: String,
    /// Whether office and evaluator say different things.
    beda: bool,
}

impl Baris {
    fn of(b: &BarisRekomendasi<'_>, potret: &Potret, t: &Kamus) -> Self {
        let (lambat, kelas) = delay(b, t);
        Self {
            kode: b.rekomendasi.kode.clone(),
            teks: b.rekomendasi.rekomendasi.clone(),
            aspek: b.rekomendasi.aspek.clone(),
            unit: unit_name(potret, b.rekomendasi.unit.as_deref()),
            prioritas: b.rekomendasi.prioritas.map_or("", Prioritas::label),
            keadaan: b.keadaan.label(),
            batas: b.batas.map(long_date).unwrap_or_default(),
            lambat,
            kelas,
            langkah: b.langkah.to_string(),
            beda: b.is_disputed(),
        }
    }
}

/// An obstacle that came back.
struct Berulang {
    kode: String,
    nama: String,
    periode: usize,
    tanpa_hasil: usize,
    kendala: Vec<String>,
}

impl Berulang {
    fn of(k: &KendalaBerulang<'_>) -> Self {
        Self {
            kode: k.indikator.kode.clone(),
            nama: k.indikator.nama.clone(),
            periode: k.periods(),
            tanpa_hasil: k.without_result(),
            kendala: k.kendala.iter().map(|x| format!("{}: {}", x.periode.heading(), x.kendala)).collect(),
        }
    }
}

#[derive(Template)]
#[template(path = "lke/rekomendasi.html")]
struct Halaman {
    h: Bingkai,
    ringkas: Ringkasan,
    tuntas: String,
    baris: Vec<Baris>,
    berulang: Vec<Berulang>,
    keadaan: Vec<Pilihan>,
    unit: Vec<Pilihan>,
    prioritas: Vec<Pilihan>,
    boleh: bool,
    /// The form for a new one, as it was filled in.
    baru: IsiRekomendasi,
    baru_unit: Vec<Pilihan>,
    baru_prioritas: Vec<Pilihan>,
    evaluasi: Vec<Pilihan>,
    dilihat: i64,
    kunci: String,
    tersimpan: bool,
    pesan: Vec<String>,
}

async fn page(
    web: &Web,
    opened: &Dibuka,
    saring: &Saring,
    baru: IsiRekomendasi,
    pesan: Vec<String>,
) -> Result<Halaman, Gagal> {
    let (potret, ctx, t) = (&opened.termuat.potret, &opened.pengguna.ctx, opened.pengguna.t);
    let before = web.app.year_before(ctx, &opened.termuat).await?;
    let rows = board(potret, day(ctx.waktu));
    let ringkas = summary(&rows);
    let all = t.x("rek-semua");
    let states = KeadaanTindakLanjut::ALL.into_iter();
    let states = states.map(|k| Pilihan::new(k.as_str(), k.label(), k.as_str() == saring.keadaan));
    let given = if baru.evaluasi.is_empty() {
        potret.evaluation_of(potret.tahun).map(|e| e.kode.clone()).unwrap_or_default()
    } else {
        baru.evaluasi.clone()
    };
    Ok(Halaman {
        h: opened.tab("evaluasi", "rekomendasi", t.x("rek-judul")),
        tuntas: ringkas.settled().to_string(),
        ringkas,
        baris: rows.iter().filter(|b| saring.takes(b)).map(|b| Baris::of(b, potret, t)).collect(),
        berulang: recurring(potret, before.as_ref().map(|b| &b.potret)).iter().map(Berulang::of).collect(),
        keadaan: std::iter::once(Pilihan::new("", all, saring.keadaan.is_empty())).chain(states).collect(),
        unit: units(potret, &saring.unit, all),
        prioritas: priorities(&saring.prioritas, all),
        boleh: ctx.may(Hak::Evaluasi) && !ctx.lampau,
        baru_unit: units(potret, &baru.unit, t.x("rek-tanpa-unit")),
        baru_prioritas: priorities(baru.prioritas.map_or("", Prioritas::as_str), t.x("rek-tanpa-prioritas")),
        evaluasi: potret
            .evaluasi
            .iter()
            .map(|e| Pilihan::new(&e.kode, format!("{} ({})", e.tahun, e.kode), e.kode == given))
            .collect(),
        baru,
        dilihat: opened.termuat.versi,
        kunci: key(),
        tersimpan: !saring.tersimpan.is_empty() && pesan.is_empty(),
        pesan,
    })
}

/// A recommendation as a form has it; empty code for a new one.
pub(super) fn read(form: &Kiriman, kode: &str) -> IsiRekomendasi {
    let text = |name| form.get(name).replace("\r\n", "\n");
    IsiRekomendasi {
        kode: kode.to_owned(),
        evaluasi: text("evaluasi"),
        aspek: text("aspek"),
        kriteria: text("kriteria"),
        kondisi: text("kondisi"),
        rekomendasi: text("rekomendasi"),
        unit: text("unit"),
        batas: text("batas"),
        prioritas: Prioritas::ALL.into_iter().find(|p| p.as_str() == form.get("prioritas")),
    }
}

/// The component of a criterion in the year's worksheet, which is the aspect of what is recommended about it.
fn aspect(potret: &Potret, kriteria: &str) -> String {
    let templat = potret.evaluation_of(potret.tahun).and_then(|e| potret.template(&e.templat));
    templat.and_then(|t| place(t, kriteria)).map(|(komponen, _)| komponen.nama.clone()).unwrap_or_default()
}

/// Shows the board.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(saring): Query<Saring>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, saring.tahun).await?;
    let aspek = aspect(&opened.termuat.potret, &saring.kriteria);
    let baru = IsiRekomendasi { kriteria: saring.kriteria.clone(), aspek, ..IsiRekomendasi::default() };
    Ok(Html(page(&web, &opened, &saring, baru, Vec::new()).await?.render()?))
}

/// Writes a new recommendation.
pub(crate) async fn add(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(saring): Query<Saring>,
    Form(form): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::new(&web, pengguna, saring.tahun).await?;
    let tahun = opened.termuat.potret.tahun;
    let isi = read(&form, "");
    let ctx = opened.pengguna.ctx.sending(form.get("kunci"));
    let Some(no) = refusal(web.app.save_recommendation(&ctx, form.seen(tahun), &isi).await)? else {
        return Ok(
            Redirect::to(&format!("{}/rekomendasi?tahun={tahun}&tersimpan=ya", opened.pengguna.akar)).into_response()
        );
    };
    let opened = opened.again(&web).await?;
    Ok((no.status, Html(page(&web, &opened, &saring, isi, no.pesan).await?.render()?)).into_response())
}
