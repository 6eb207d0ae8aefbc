//! Verifikasi: how far each unit is, and the figures that were handed in, beside their evidence.

use std::collections::{BTreeMap, HashSet};

use askama::Template;
use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use serde::Deserialize;
use tolok_app::{Galat, PapanUnit, Pilihan};
use tolok_domain::access::Hak;
use tolok_domain::approval::Tindakan;
use tolok_domain::duty::due;
use tolok_domain::figure::{Angka, Keadaan, Subjek, file_of, page_of};
use tolok_domain::{Pengukuran, Periode, Petak, ukur};

use crate::Web;
use crate::error::{Gagal, Jawaban};
use crate::form::key;
use crate::page::{Bingkai, Dibuka};
use crate::pages::entry::{quarter_due, target_moved};
use crate::session::Pengguna;
use crate::view::{Sel, Ukuran, moment};

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Mana {
    tahun: Option<i16>,
    tw: Option<u8>,
    /// How many figures were decided on just now.
    selesai: Option<usize>,
}

struct Unit {
    kode: String,
    nama: String,
    tanpa_pejabat: bool,
    papan: PapanUnit,
}

pub(crate) struct Bukti {
    pub alamat: String,
    pub nama: String,
    pub halaman: String,
}

struct Diajukan {
    petak: String,
    dilihat: String,
    alamat: String,
    nama: String,
    apa: String,
    periode: String,
    satuan: String,
    target: String,
    nilai: Sel,
    alasan: String,
    keterangan: String,
    capaian: String,
    kelas: String,
    oleh: String,
    bukti: Vec<Bukti>,
    target_berubah: bool,
    /// Whether the user entered it, so that somebody else has to verify it.
    sendiri: bool,
    pilihan: String,
    ditulis: String,
}

#[derive(Template)]
#[template(path = "verifikasi.html")]
struct Halaman {
    h: Bingkai,
    tw: u8,
    periode: String,
    unit: Vec<Unit>,
    diajukan: Vec<Diajukan>,
    boleh_periksa: bool,
    kunci: String,
    pesan: String,
    galat: String,
}

impl Halaman {
    /// Whether there is any evidence to look at beside the figures.
    fn has_evidence(&self) -> bool {
        self.diajukan.iter().any(|d| !d.bukti.is_empty())
    }
}

/// What was chosen per figure: the action's word and the reason.
type Dipilih = BTreeMap<Petak, (String, String, String)>;

async fn page(web: &Web, opened: &Dibuka, mana: &Mana, chosen: &Dipilih) -> Result<Halaman, Gagal> {
    let t = opened.pengguna.t;
    let potret = &opened.termuat.potret;
    let ctx = &opened.pengguna.ctx;
    let today = tolok_app::day(ctx.waktu);
    let tw = mana.tw.filter(|q| (1..=4).contains(q)).unwrap_or_else(|| quarter_due(potret.tahun, today));
    let hasil = ukur(potret, Periode::Triwulan(potret.tahun, tw));
    let h = opened.tab("pengukuran", "verifikasi", t.x("tab-verifikasi"));
    let today = today.to_string();
    let board = web.app.unit_board(ctx, potret.tahun, tw).await?;
    let unit = board.into_iter().map(|papan| {
        let kode = papan.unit.clone().unwrap_or_default();
        let found = potret.unit(&kode);
        let nameless = found.is_none_or(|u| u.pejabat.is_empty()) && potret.head_of(&kode, &today).is_none();
        Unit {
            nama: found.map_or_else(|| t.x("verifikasi-tanpa-unit").to_owned(), |u| u.nama.clone()),
            tanpa_pejabat: nameless,
            kode,
            papan,
        }
    });
    let boleh_periksa = ctx.may(Hak::Verifikasi) && !ctx.lampau;
    let own = if boleh_periksa { web.app.own_places(ctx, potret.tahun).await? } else { HashSet::new() };
    let handed_in = |p: Petak| {
        let angka = p.figure(potret).filter(|a| a.keadaan == Keadaan::Diajukan)?;
        Some(Diajukan { sendiri: own.contains(&p), ..row(&hasil, &h, opened, &p, angka, chosen.get(&p)) })
    };
    Ok(Halaman {
        unit: unit.collect(),
        diajukan: due(&hasil, tw).into_iter().filter_map(handed_in).collect(),
        boleh_periksa,
        periode: Periode::Triwulan(potret.tahun, tw).heading(),
        kunci: key(),
        pesan: mana.selesai.map(|n| t.f("verifikasi-selesai", "n", n)).unwrap_or_default(),
        galat: String::new(),
        tw,
        h,
    })
}

fn row(
    hasil: &Pengukuran<'_>,
    h: &Bingkai,
    opened: &Dibuka,
    petak: &Petak,
    angka: &Angka,
    chosen: Option<&(String, String, String)>,
) -> Diajukan {
    let potret = hasil.potret;
    let measured = hasil.indicator(petak.subjek.kode());
    let money = matches!(petak.subjek, Subjek::Simpul(_));
    let node = potret.node(petak.subjek.kode());
    let ukuran = measured.map(Ukuran::of);
    let alasan =
        if let tolok_domain::Nilai::BelumAda { alasan } = &angka.nilai { alasan.clone() } else { String::new() };
    let (pilihan, ditulis) = chosen.map(|(_, action, reason)| (action.clone(), reason.clone())).unwrap_or_default();
    Diajukan {
        dilihat: angka.id.to_string(),
        alamat: format!("{}/indikator/{}{}", h.akar, petak.subjek.kode(), h.ekor),
        nama: measured.map_or_else(
            || node.map(tolok_domain::Simpul::calm_name).unwrap_or_default(),
            |u| u.indikator.nama.clone(),
        ),
        apa: match petak.variable() {
            Some(nama) => nama.replace('_', " "),
            None if money => h.t.x("isi-belanja").to_owned(),
            None => String::new(),
        },
        periode: petak.periode.short(),
        satuan: measured.filter(|_| petak.variable().is_none()).map(|u| u.indikator.satuan.clone()).unwrap_or_default(),
        target: measured
            .and_then(|u| u.target.as_ref())
            .map_or_else(|| "–".to_owned(), |target| target.nilai.to_string()),
        nilai: Sel::of(Some(&angka.nilai), h.t),
        alasan,
        keterangan: angka.keterangan.clone(),
        capaian: ukuran.as_ref().map(|u| u.teks.clone()).unwrap_or_default(),
        kelas: ukuran.map(|u| u.kelas).unwrap_or_default(),
        oleh: format!("{}, {}", angka.oleh, moment(angka.dicatat)),
        bukti: evidence(opened, angka),
        target_berubah: target_moved(hasil, petak, angka.dicatat),
        petak: petak.to_string(),
        sendiri: false,
        pilihan,
        ditulis,
    }
}

/// The evidence of a figure, with addresses that show it.
pub(crate) fn evidence(opened: &Dibuka, angka: &Angka) -> Vec<Bukti> {
    let potret = &opened.termuat.potret;
    let akar = &opened.pengguna.akar;
    let found = angka.bukti.iter().filter_map(|mark| {
        let file = potret.bukti.iter().find(|b| b.sha256 == file_of(mark))?;
        let page = page_of(mark);
        let first = page.split('-').next().unwrap_or_default();
        let at = if first.is_empty() { String::new() } else { format!("#page={first}") };
        Some(Bukti {
            alamat: format!("{akar}/bukti/{}/lihat?tahun={}{at}", file.sha256, potret.tahun),
            nama: file.nama.clone(),
            halaman: page.to_owned(),
        })
    });
    found.collect()
}

/// Shows the board and what is to be checked.
pub(crate) async fn show(State(web): State<Web>, pengguna: Pengguna, Query(mana): Query<Mana>) -> Jawaban {
    let opened = Dibuka::new(&web, pengguna, mana.tahun).await?;
    Ok(Html(page(&web, &opened, &mana, &Dipilih::new()).await?.render()?))
}

/// Writes the decisions: all of them, or none.
pub(crate) async fn decide(
    State(web): State<Web>,
    mut pengguna: Pengguna,
    Query(mana): Query<Mana>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, Gagal> {
    let (mut chosen, mut kunci) = (Dipilih::new(), String::new());
    for (name, value) in fields {
        let Some((field, place)) = name.split_once(':') else {
            if name == "kunci" {
                kunci = value;
            }
            continue;
        };
        let petak: Petak = place.parse().map_err(|e: tolok_domain::duty::BukanPetak| Galat::TidakSah(e.to_string()))?;
        let entry = chosen.entry(petak).or_default();
        match field {
            "lihat" => entry.0 = value,
            "pilih" => entry.1 = value,
            "alasan" => entry.2 = value,
            _ => {}
        }
    }
    let decisions: Vec<Pilihan> = chosen
        .iter()
        .filter_map(|(petak, (seen, action, reason))| {
            let tindakan = Tindakan::find(action)?;
            Some(Pilihan { petak: petak.clone(), dilihat: seen.parse().ok()?, tindakan, alasan: reason.clone() })
        })
        .collect();
    let ctx = pengguna.ctx.sending(&kunci);
    pengguna.ctx = pengguna.ctx.fresh();
    let opened = Dibuka::new(&web, pengguna, mana.tahun).await?;
    let tahun = opened.termuat.potret.tahun;
    let outcome = web.app.advance(&ctx, tahun, &decisions).await;
    let (status, galat) = match outcome {
        Ok(_) | Err(Galat::SudahTersimpan(_)) => {
            let tw = mana.tw.map(|tw| format!("&tw={tw}")).unwrap_or_default();
            let to = format!("{}/verifikasi?tahun={tahun}{tw}&selesai={}", opened.pengguna.akar, decisions.len());
            return Ok(Redirect::to(&to).into_response());
        }
        Err(Galat::TidakSah(text)) => (StatusCode::UNPROCESSABLE_ENTITY, text),
        Err(conflict @ Galat::Bentrok) => (StatusCode::CONFLICT, conflict.to_string()),
        Err(other) => return Err(other.into()),
    };
    // What was chosen and written stays on the page.
    let mut page = page(&web, &opened, &mana, &chosen).await?;
    page.galat = galat;
    Ok((status, Html(page.render()?)).into_response())
}
