//! One recommendation: its text, the steps of the office, the verdicts of both sides by year.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{Ctx, Galat, IsiLangkahTindakLanjut, IsiPutusan, day, follows_up};
use tolok_domain::Potret;
use tolok_domain::access::Hak;
use tolok_domain::evaluasi::templat::Pertanyaan;
use tolok_domain::rekomendasi::{
    KeadaanTindakLanjut, LangkahTindakLanjut, PemberiPutusan, Prioritas, Rekomendasi, board,
};

use super::{delay, priorities, read, unit_name, units};
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Kiriman, Pilihan, key, refusal};
use crate::locale::Kamus;
use crate::page::{Bingkai, Dibuka};
use crate::pages::evaluation::place;
use crate::session::Pengguna;
use crate::view::iso_date;

/// What of the page is asked for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Permintaan {
    tahun: Option<i16>,
    #[serde(default)]
    tersimpan: String,
}

/// A step, shown and as a form.
struct Langkah {
    isi: IsiLangkahTindakLanjut,
    nama_unit: String,
    batas: String,
    selesai: String,
    unit: Vec<Pilihan>,
    /// Whether the user keeps it.
    boleh: bool,
}

/// A verdict.
struct PutusanTampil {
    tahun: i16,
    oleh: &'static str,
    keadaan: &'static str,
    alasan: String,
    tanggal: String,
}

#[derive(Template)]
#[template(path = "lke/rekomendasi_satu.html")]
struct Halaman {
    h: Bingkai,
    r: Rekomendasi,
    nama_unit: String,
    keadaan: &'static str,
    batas: String,
    lambat: String,
    kelas: &'static str,
    /// The criterion's wording and its place in the worksheet.
    kriteria: String,
    alamat: String,
    langkah: Vec<Langkah>,
    putusan: Vec<PutusanTampil>,
    boleh_evaluator: bool,
    pemberi: Vec<Pilihan>,
    pilih_keadaan: Vec<Pilihan>,
    alasan: String,
    unit: Vec<Pilihan>,
    prioritas: Vec<Pilihan>,
    /// The version of the data that the forms are filled from.
    dilihat: i64,
    kunci: String,
    tersimpan: bool,
    pesan: Vec<String>,
}

/// The page, with a refused form as it was sent.
fn page(opened: &Dibuka, kode: &str, sent: Option<&Kiriman>, pesan: Vec<String>) -> Result<Halaman, Gagal> {
    let (potret, ctx, t) = (&opened.termuat.potret, &opened.pengguna.ctx, opened.pengguna.t);
    let rows = board(potret, day(ctx.waktu));
    let row = rows.iter().find(|b| b.rekomendasi.kode == kode);
    let row = row.ok_or_else(|| Galat::TidakDitemukan(format!("rekomendasi {kode}")))?;
    let form_of = |apa: &str| sent.filter(|form| form.get("apa") == apa);
    let mut r = row.rekomendasi.clone();
    if let Some(form) = form_of("ubah") {
        let typed = read(form, kode);
        (r.rekomendasi, r.kondisi, r.aspek) = (typed.rekomendasi, typed.kondisi, typed.aspek);
        (r.kriteria, r.batas, r.prioritas) = (typed.kriteria, typed.batas, typed.prioritas);
        r.unit = Some(typed.unit).filter(|u| !u.is_empty());
    }
    let h = opened.tab("evaluasi", "rekomendasi", format!("{} {kode}", t.x("rek-satu")));
    let (kriteria, alamat) = criterion(potret, row.rekomendasi, &h);
    let (lambat, kelas) = delay(row, t);
    let boleh_instansi = follows_up(ctx, potret, row.rekomendasi, None);
    let boleh_evaluator = ctx.may(Hak::Evaluasi) && !ctx.lampau;
    let verdict = form_of("putus");
    let chosen = verdict.map_or(row.keadaan.as_str(), |form| form.get("keadaan"));
    let givers = [(boleh_instansi, PemberiPutusan::Instansi), (boleh_evaluator, PemberiPutusan::Evaluator)];
    Ok(Halaman {
        nama_unit: unit_name(potret, row.rekomendasi.unit.as_deref()),
        keadaan: row.keadaan.label(),
        batas: row.batas.map(crate::view::long_date).unwrap_or_default(),
        lambat,
        kelas,
        kriteria,
        alamat,
        langkah: steps(ctx, potret, row.rekomendasi, form_of("langkah"), t.x("rek-tanpa-unit")),
        putusan: verdicts(potret, kode, t),
        pemberi: givers
            .into_iter()
            .filter(|(may, _)| *may)
            .map(|(_, p)| Pilihan::new(p.as_str(), t.x(giver(p)), verdict.is_some_and(|f| f.get("oleh") == p.as_str())))
            .collect(),
        pilih_keadaan: KeadaanTindakLanjut::ALL
            .into_iter()
            .map(|k| Pilihan::new(k.as_str(), k.label(), k.as_str() == chosen))
            .collect(),
        alasan: verdict.map(|form| form.get("alasan").to_owned()).unwrap_or_default(),
        unit: units(potret, r.unit.as_deref().unwrap_or_default(), t.x("rek-tanpa-unit")),
        prioritas: priorities(r.prioritas.map_or("", Prioritas::as_str), t.x("rek-tanpa-prioritas")),
        boleh_evaluator,
        r,
        dilihat: opened.termuat.versi,
        kunci: key(),
        tersimpan: false,
        pesan,
        h,
    })
}

/// The criterion in words and where it stands in its worksheet.
fn criterion(potret: &Potret, r: &Rekomendasi, h: &Bingkai) -> (String, String) {
    let given = r.evaluasi.as_deref().and_then(|e| potret.evaluation(e));
    let Some((e, templat)) = given.and_then(|e| Some((e, potret.template(&e.templat)?))) else {
        return (r.kriteria.clone(), String::new());
    };
    let page = format!("{}/evaluasi/{}{}", h.akar, e.kode, h.tanya);
    let Some((komponen, n)) = place(templat, &r.kriteria) else { return (r.kriteria.clone(), page) };
    let text = match templat.question(&r.kriteria) {
        Some(Pertanyaan::Kriteria(_, k)) => k.uraian.as_str(),
        Some(Pertanyaan::Gradasi(s)) => s.nama.as_str(),
        None => "",
    };
    (format!("{} {text}", r.kriteria), format!("{page}&komponen={}#q-{n}", komponen.kode))
}

/// The steps, and an empty one to be filled in by who may.
fn steps(ctx: &Ctx, potret: &Potret, r: &Rekomendasi, sent: Option<&Kiriman>, none: &str) -> Vec<Langkah> {
    let kode = r.kode.as_str();
    let step = |stored: Option<&LangkahTindakLanjut>| {
        let mut isi = IsiLangkahTindakLanjut { rekomendasi: kode.to_owned(), ..IsiLangkahTindakLanjut::default() };
        if let Some(l) = stored {
            (isi.kode, isi.uraian, isi.bukti) = (l.kode.clone(), l.uraian.clone(), l.bukti.clone());
            (isi.batas, isi.selesai) = (l.batas.clone(), l.selesai.clone());
            isi.unit = l.unit.clone().unwrap_or_default();
        }
        if let Some(form) = sent.filter(|form| form.get("langkah") == isi.kode) {
            isi = read_step(form, kode);
        }
        Langkah {
            nama_unit: unit_name(potret, stored.and_then(|l| l.unit.as_deref())),
            batas: stored.map(|l| iso_date(&l.batas)).unwrap_or_default(),
            selesai: stored.map(|l| iso_date(&l.selesai)).unwrap_or_default(),
            unit: units(potret, &isi.unit, none),
            boleh: follows_up(ctx, potret, r, stored),
            isi,
        }
    };
    let stored = potret.follow_up_of(kode).map(|l| step(Some(l)));
    let new = follows_up(ctx, potret, r, None).then(|| step(None));
    stored.chain(new).collect()
}

/// The key of who gives a verdict.
const fn giver(oleh: PemberiPutusan) -> &'static str {
    match oleh {
        PemberiPutusan::Instansi => "rek-oleh-instansi",
        PemberiPutusan::Evaluator => "rek-oleh-evaluator",
    }
}

fn verdicts(potret: &Potret, kode: &str, t: &'static Kamus) -> Vec<PutusanTampil> {
    let all = potret.verdicts_of(kode).into_iter().rev();
    all.map(|p| PutusanTampil {
        tahun: p.tahun,
        oleh: t.x(giver(p.oleh)),
        keadaan: p.keadaan.label(),
        alasan: p.alasan.clone(),
        tanggal: iso_date(&p.tanggal),
    })
    .collect()
}

fn read_step(form: &Kiriman, rekomendasi: &str) -> IsiLangkahTindakLanjut {
    let text = |name| form.get(name).replace("\r\n", "\n");
    IsiLangkahTindakLanjut {
        kode: text("langkah"),
        rekomendasi: rekomendasi.to_owned(),
        uraian: text("uraian"),
        unit: text("unit"),
        batas: text("batas"),
        selesai: text("selesai"),
        bukti: text("bukti"),
    }
}

/// Shows the page.
pub(crate) async fn show(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<Permintaan>,
) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let page = page(&opened, &kode, None, Vec::new())?;
    Ok(Html(Halaman { tersimpan: !query.tersimpan.is_empty(), ..page }.render()?))
}

/// Keeps a step, a verdict, or a change of the recommendation itself.
pub(crate) async fn submit(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<Permintaan>,
    Form(form): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::new(&web, pengguna, query.tahun).await?;
    let tahun = opened.termuat.potret.tahun;
    let ctx = opened.pengguna.ctx.sending(form.get("kunci"));
    let seen = form.seen(tahun);
    let unknown = || Galat::TidakSah(opened.pengguna.t.x("rek-tidak-dikenal").to_owned());
    let done = match form.get("apa") {
        "langkah" => web.app.save_follow_up(&ctx, seen, &read_step(&form, &kode)).await,
        "putus" => {
            let oleh = PemberiPutusan::ALL.into_iter().find(|p| p.as_str() == form.get("oleh"));
            let keadaan = KeadaanTindakLanjut::ALL.into_iter().find(|k| k.as_str() == form.get("keadaan"));
            match oleh.zip(keadaan) {
                Some((oleh, keadaan)) => {
                    let alasan = form.get("alasan").to_owned();
                    let isi = IsiPutusan { rekomendasi: kode.clone(), oleh, keadaan, alasan };
                    web.app.give_verdict(&ctx, seen, &isi).await
                }
                None => Err(unknown()),
            }
        }
        "ubah" => {
            let stored = opened.termuat.potret.recommendation(&kode).and_then(|r| r.evaluasi.clone());
            let mut isi = read(&form, &kode);
            isi.evaluasi = stored.unwrap_or_default();
            web.app.save_recommendation(&ctx, seen, &isi).await
        }
        _ => Err(unknown()),
    };
    let Some(no) = refusal(done)? else {
        let address = format!("{}/rekomendasi/{kode}?tahun={tahun}&tersimpan=ya", opened.pengguna.akar);
        return Ok(Redirect::to(&address).into_response());
    };
    let opened = opened.again(&web).await?;
    Ok((no.status, Html(page(&opened, &kode, Some(&form), no.pesan)?.render()?)).into_response())
}
