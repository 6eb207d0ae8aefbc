//! An indicator: what is measured, how, by whom, how far the data can be trusted; its wording in documents and its end.

use askama::Template;
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{Galat, PilihanSebutan};
use tolok_domain::document::document_of;
use tolok_domain::figure::Subjek;
use tolok_domain::formula::{Rumus, SumberVariabel};
use tolok_domain::period::Tahun;
use tolok_domain::scale::SCALES;
use tolok_domain::sheet::Rekam;
use tolok_domain::{Akumulasi, Decimal, Indikator, Periode, Potret, TipeNilai, ukur};

use super::{Tautan, address, nomenklatur, path, units};
use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::{Formulir, Kiriman, Penolakan, Pilihan, refusal};
use crate::locale::Kamus;
use crate::page::{Bingkai, Dibuka, TahunQuery};
use crate::session::Pengguna;

/// What a new indicator is asked for with.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Baru {
    tahun: Option<i16>,
    #[serde(default)]
    simpul: String,
}

/// How a document words the indicator.
struct Sebutan {
    dokumen: String,
    judul: String,
    /// Its own wording; empty where it takes the current one.
    nama: String,
    dipilih: bool,
}

/// The formula as it would compute now.
struct Hitungan {
    langkah: Vec<String>,
    salah: String,
}

#[derive(Template)]
#[template(path = "rencana/indikator.html")]
struct Halaman {
    h: Bingkai,
    tab: &'static str,
    f: Formulir,
    /// Code of the indicator; empty for one that is not there yet.
    kode: String,
    jalur: Vec<Tautan>,
    pilihan_simpul: Vec<Pilihan>,
    pilihan_tipe: Vec<Pilihan>,
    pilihan_arah: Vec<Pilihan>,
    pilihan_akumulasi: Vec<Pilihan>,
    pilihan_unit: Vec<Pilihan>,
    pilihan_skala: Vec<Pilihan>,
    pilihan_penerus: Vec<Pilihan>,
    frekuensi: [&'static str; 5],
    terburuk: String,
    sebutan: Vec<Sebutan>,
    hitungan: Option<Hitungan>,
    /// How many figures it has.
    angka: usize,
    alamat: String,
    kembali: String,
}

/// The ways that a direction can be written, and the text for each.
const ARAH: [(&str, &str); 9] = [
    ("maksimal", "arah-maksimal"),
    ("minimal", "arah-minimal"),
    ("minimal_kebalikan", "arah-minimal-kebalikan"),
    (WORST, "arah-minimal-terburuk"),
    ("stabil", "arah-stabil"),
    ("stabil_kmk467", "arah-stabil-kmk467"),
    ("rentang", "arah-rentang"),
    ("rentang_makin_tinggi", "arah-rentang-tinggi"),
    ("rentang_makin_rendah", "arah-rentang-rendah"),
];
/// The one that needs a number: the worst value to count from.
const WORST: &str = "minimal_terburuk";

const fn type_key(tipe: TipeNilai) -> &'static str {
    match tipe {
        TipeNilai::Bilangan => "tipe-bilangan",
        TipeNilai::Persen => "tipe-persen",
        TipeNilai::Rasio => "tipe-rasio",
        TipeNilai::Rentang => "tipe-rentang",
        TipeNilai::Predikat => "tipe-predikat",
        TipeNilai::Dokumen => "tipe-dokumen",
        TipeNilai::Uang => "tipe-uang",
    }
}

fn page(opened: &Dibuka, f: Formulir, kode: &str, sent: Option<&Kiriman>) -> Halaman {
    let potret = &opened.termuat.potret;
    let t = opened.pengguna.t;
    let indikator = potret.indicator(kode);
    let h = opened.frame("rencana", if indikator.is_some() { t.x("indikator-ubah") } else { t.x("indikator-baru") });
    let (arah, terburuk) = f.x("arah").split_once(':').unwrap_or((f.x("arah"), ""));
    let one = |nilai: &str, kolom: &str, label: &str| Pilihan::new(nilai, label, f.x(kolom) == nilai);
    let nodes = potret.simpul.iter();
    let subjek = Subjek::Indikator(kode.to_owned());
    let successor = f.x("penerus");
    Halaman {
        tab: "pohon",
        jalur: path(potret, f.x("simpul")),
        pilihan_simpul: nodes.map(|s| one(&s.kode, "simpul", &format!("{} {}", s.kode, s.calm_name()))).collect(),
        pilihan_tipe: TipeNilai::ALL.iter().map(|x| one(x.as_str(), "tipe", t.x(type_key(*x)))).collect(),
        pilihan_arah: ARAH.iter().map(|(word, key)| Pilihan::new(word, t.x(key), *word == arah)).collect(),
        pilihan_akumulasi: Akumulasi::ALL.iter().map(|a| one(a.as_str(), "akumulasi", a.label())).collect(),
        pilihan_unit: units(potret, f.x("unit")),
        pilihan_skala: SCALES.iter().map(|s| one(s.kode, "skala", s.kode)).collect(),
        pilihan_penerus: potret
            .indikator
            .iter()
            .filter(|i| i.kode != kode && (i.berakhir.is_none() || i.kode == successor))
            .map(|i| Pilihan::new(&i.kode, format!("{} {}", i.kode, i.nama), i.kode == successor))
            .collect(),
        frekuensi: ["bulan", "triwulan", "semester", "tahun", "lima tahun"],
        terburuk: terburuk.to_owned(),
        sebutan: indikator.map_or_else(Vec::new, |i| wordings(potret, i, sent)),
        hitungan: computed(potret, &f, t),
        angka: potret.angka.iter().filter(|a| a.subjek == subjek).count(),
        alamat: address(&h, &format!("rencana/indikator/{}", if indikator.is_some() { kode } else { "baru" }), ""),
        kembali: match indikator {
            Some(i) => format!("{}/indikator/{}{}", h.akar, i.kode, h.ekor),
            None => address(&h, &format!("rencana/simpul/{}", f.x("simpul")), ""),
        },
        kode: indikator.map_or_else(String::new, |i| i.kode.clone()),
        f,
        h,
    }
}

/// The documents in which an indicator stands, with their own wording. Unless the user chose, they keep what they have.
fn wordings(potret: &Potret, indikator: &Indikator, sent: Option<&Kiriman>) -> Vec<Sebutan> {
    let subjek = Subjek::Indikator(indikator.kode.clone());
    let stands = |kode: &str| potret.angka.iter().any(|a| a.subjek == subjek && document_of(a) == Some(kode));
    let chosen = sent.map(|s| (s.all("tetap"), s.all("lepas")));
    let found = potret.dokumen.iter().filter_map(|d| {
        let own = potret.sebutan.iter().find(|s| s.indikator == indikator.kode && s.dokumen == d.kode);
        if own.is_none() && !stands(&d.kode) {
            return None;
        }
        let dipilih = match &chosen {
            Some((tetap, lepas)) => {
                if own.is_some() {
                    lepas.contains(&d.kode)
                } else {
                    tetap.contains(&d.kode)
                }
            }
            None => own.is_none(),
        };
        Some(Sebutan {
            dokumen: d.kode.clone(),
            judul: d.judul.clone(),
            nama: own.map_or_else(String::new, |s| s.nama.clone()),
            dipilih,
        })
    });
    found.collect()
}

/// Nothing is known: the steps of a formula show what is missing.
struct Kosong;

impl SumberVariabel for Kosong {
    fn value(&self, _: &str) -> Option<Decimal> {
        None
    }

    fn series(&self, _: &str) -> Vec<(Periode, Option<Decimal>)> {
        Vec::new()
    }
}

/// What the formula of the form gives with the data that are there.
fn computed(potret: &Potret, f: &Formulir, t: &Kamus) -> Option<Hitungan> {
    if f.x("rumus").is_empty() {
        return None;
    }
    let rumus = match Rumus::parse(f.x("rumus")) {
        Ok(rumus) => rumus,
        Err(error) => return Some(Hitungan { langkah: Vec::new(), salah: error.to_string() }),
    };
    let mut langkah = Vec::new();
    let mut tried = potret.clone();
    if let Some(indikator) = tried.indikator.iter_mut().find(|i| i.kode == f.x("kode")) {
        f.x("rumus").clone_into(&mut indikator.rumus);
        let hasil = ukur(&tried, Periode::Tahun(tried.tahun));
        let steps = hasil.indicator(f.x("kode")).map(|u| &u.jejak);
        langkah.extend(steps.into_iter().flatten().map(|s| s.uraian.clone()));
    }
    if langkah.is_empty() {
        langkah.push(t.f("rumus-variabel", "daftar", rumus.variables().join(", ")));
        langkah.extend(rumus.evaluate(&Kosong).nilai.err().map(|why| why.to_string()));
    }
    Some(Hitungan { langkah, salah: String::new() })
}

/// The form of a new indicator of a node.
pub(crate) async fn new(State(web): State<Web>, pengguna: Pengguna, Query(query): Query<Baru>) -> Jawaban {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let potret = &opened.termuat.potret;
    let mut f = Formulir::empty(&opened, Indikator::LEMBAR);
    f.set("simpul", &query.simpul);
    f.set("kode", &suggest(potret, &query.simpul));
    for (kolom, text) in
        [("tipe", "persen"), ("arah", "maksimal"), ("akumulasi", "terakhir"), ("frekuensi", "triwulan")]
    {
        f.set(kolom, text);
    }
    // The official list says what a sub kegiatan is measured by.
    let first = potret.indicators_of(&query.simpul).next().is_none();
    if let Some(item) = nomenklatur::item_of(&web, &opened.pengguna.ctx, potret.tahun, &query.simpul).await?
        && first
        && !item.indikator.is_empty()
    {
        f.set("nama", &item.indikator);
        f.set("satuan", &item.satuan);
        if !["%", "persen"].contains(&item.satuan.to_lowercase().as_str()) {
            f.set("tipe", "bilangan");
            f.set("akumulasi", "jumlah");
        }
    }
    f.set("unit", potret.node(&query.simpul).and_then(|s| s.unit.as_deref()).unwrap_or_default());
    Ok(Html(page(&opened, f, "", None).render()?))
}

/// The next free code behind that of its node.
fn suggest(potret: &Potret, simpul: &str) -> String {
    let mut codes = (1..).map(|n| format!("{simpul}.i{n}"));
    let free = codes.find(|kode| potret.indicator(kode).is_none());
    free.filter(|_| !simpul.is_empty()).unwrap_or_default()
}

/// The form of an indicator that is there.
pub(crate) async fn show(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<TahunQuery>,
) -> Jawaban {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let found = opened.termuat.potret.indicator(&kode);
    let indikator = found.ok_or_else(|| Galat::TidakDitemukan(format!("indikator {kode}")))?;
    let f = Formulir::of(&opened, indikator);
    Ok(Html(page(&opened, f, &kode, None).render()?))
}

/// A form that was sent, its direction written with the number that belongs to it.
fn read(mut sent: Kiriman) -> Kiriman {
    let worst = sent.get("terburuk").to_owned();
    for (_, text) in sent.0.iter_mut().filter(|(key, text)| key == "arah" && text == WORST) {
        *text = format!("{WORST}:{worst}");
    }
    sent
}

/// Adds an indicator, or shows what its formula computes.
pub(crate) async fn add(
    State(web): State<Web>,
    pengguna: Pengguna,
    Query(query): Query<TahunQuery>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let sent = read(sent);
    if sent.get("tindakan") == "periksa" {
        return again(opened, "", &sent, None);
    }
    let ctx = opened.pengguna.ctx.sending(sent.get("kunci"));
    let result =
        web.app.add_indicator(&ctx, sent.seen(opened.termuat.potret.tahun), &sent.row(Indikator::LEMBAR)).await;
    match refusal(result)? {
        None => {
            let to = address(&opened.frame("rencana", ""), &format!("rencana/simpul/{}", sent.get("simpul")), "");
            Ok(Redirect::to(&to).into_response())
        }
        Some(no) => again(opened.again(&web).await?, "", &sent, Some(&no)),
    }
}

/// Changes, retires or removes an indicator, or shows what its formula computes.
pub(crate) async fn submit(
    State(web): State<Web>,
    pengguna: Pengguna,
    Path(kode): Path<String>,
    Query(query): Query<TahunQuery>,
    Form(sent): Form<Kiriman>,
) -> Result<Response, Gagal> {
    let opened = Dibuka::for_plan(&web, pengguna, query.tahun).await?;
    let sent = read(sent);
    let ctx = opened.pengguna.ctx.sending(sent.get("kunci"));
    let seen = sent.seen(opened.termuat.potret.tahun);
    let h = opened.frame("rencana", "");
    let result = match sent.get("tindakan") {
        "periksa" => return again(opened, &kode, &sent, None),
        "hapus" => web.app.remove_indicator(&ctx, seen, &kode).await,
        "akhiri" => match last_year(sent.get("berakhir")) {
            Ok(last) => web.app.retire_indicator(&ctx, seen, &kode, last, sent.optional("penerus")).await,
            Err(error) => Err(error),
        },
        _ => {
            let sebutan = PilihanSebutan { tetap: sent.all("tetap"), lepas: sent.all("lepas") };
            web.app.change_indicator(&ctx, seen, &kode, &sent.row(Indikator::LEMBAR), &sebutan).await
        }
    };
    match refusal(result)? {
        None if sent.get("tindakan") == "hapus" => Ok(Redirect::to(&address(&h, "rencana", "")).into_response()),
        None => Ok(Redirect::to(&address(&h, &format!("indikator/{kode}"), "")).into_response()),
        Some(no) => again(opened.again(&web).await?, &kode, &sent, Some(&no)),
    }
}

fn last_year(text: &str) -> Result<Option<Tahun>, Galat> {
    if text.is_empty() {
        return Ok(None);
    }
    let wrong = |_| Galat::TidakSah(format!("berakhir: \"{text}\" bukan tahun; tulis seperti 2021"));
    text.parse().map(Some).map_err(wrong)
}

fn again(opened: Dibuka, kode: &str, sent: &Kiriman, no: Option<&Penolakan>) -> Result<Response, Gagal> {
    let stored = opened.termuat.potret.indicator(kode).map(Rekam::cells);
    let mut f = Formulir::again(&opened, Indikator::LEMBAR, sent, no, stored);
    if sent.get("tindakan") == "akhiri" {
        f.set("berakhir", sent.get("berakhir"));
        f.set("penerus", sent.get("penerus"));
    }
    let whole = Some(sent).filter(|sent| !sent.get("kode").is_empty());
    let status = no.map_or(StatusCode::OK, |no| no.status);
    Ok((status, Html(page(&opened, f, kode, whole).render()?)).into_response())
}
