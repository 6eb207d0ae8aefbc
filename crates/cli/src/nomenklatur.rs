//! `nomenklatur impor`, `cari` and `padankan`.

use anyhow::Context;
use tolok_app::{App, Ctx, Galat};
use tolok_domain::code::TingkatKode;
use tolok_domain::nomenklatur::{Hubungan, Padanan};
use tolok_domain::{InstansiId, ItemNomenklatur, Nomenklatur};
use tolok_ingest::nomenklatur::read;

use crate::args::{NomenklaturCariArgs, NomenklaturImporArgs, NomenklaturPadankanArgs, StoreArgs};
use crate::output::{Exit, data, say};
use crate::setup::{detailed, open, operator};

/// Lines that a search shows; who wants others adds a word.
const SHOWN: usize = 50;

/// The lists belong to no office, so the operator needs none: they may be loaded before the first office is.
fn anybody() -> Ctx {
    operator(InstansiId::new())
}

/// Loads the list of a year.
pub async fn import(store: &StoreArgs, args: &NomenklaturImporArgs) -> anyhow::Result<Exit> {
    let got = read(&args.berkas)?;
    if !got.masalah.is_empty() {
        for masalah in &got.masalah {
            say(&masalah.to_string());
        }
        say(&format!("{} kesalahan ditemukan. Tidak ada yang dimuat.", got.masalah.len()));
        return Ok(Exit::Faulty);
    }
    let nama = args.nama.clone().unwrap_or_else(|| format!("Nomenklatur {}", args.tahun));
    let list = Nomenklatur { tahun: args.tahun, nama, item: got.item };
    let app = open(store).await?;
    let ctx = anybody();
    let known = app.nomenklatur_lists(&ctx).await.map_err(detailed)?;
    app.import_nomenklatur(&ctx, &list).await.map_err(detailed)?;
    let replaced = if known.iter().any(|l| l.tahun == list.tahun) { ", menggantikan daftar sebelumnya" } else { "" };
    let counts = TingkatKode::ALL.map(|t| format!("{} {}", list.count(t), t.as_str().replace('_', " ")));
    say(&format!(
        "Dimuat sebagai nomenklatur {}{replaced}: {} baris ({}).",
        list.tahun,
        list.item.len(),
        counts.join(", ")
    ));
    let gaps = list.without_parent();
    if let Some(first) = gaps.first() {
        say(&format!(
            "{} baris induknya tidak ada dalam daftar, misalnya {}. Periksa apakah semua berkasnya sudah disebut.",
            gaps.len(),
            first.kode
        ));
    }
    Ok(Exit::Good)
}

/// Shows what fits, the best first.
pub async fn search(store: &StoreArgs, args: &NomenklaturCariArgs) -> anyhow::Result<Exit> {
    let tingkat = match args.tingkat.as_deref() {
        Some(word) => Some(TingkatKode::find(word).with_context(|| {
            format!("tingkat \"{word}\" tidak dikenal; pilih {}", TingkatKode::ALL.map(TingkatKode::as_str).join(", "))
        })?),
        None => None,
    };
    let app = open(store).await?;
    let ctx = anybody();
    let tahun = year(&app, &ctx, args.tahun).await?;
    let found = app.search_nomenklatur(&ctx, tahun, &args.kata.join(" "), tingkat, 0, SHOWN).await.map_err(detailed)?;
    if found.item.is_empty() {
        let kata = args.kata.join(" ");
        return Err(Galat::TidakDitemukan(format!("\"{kata}\" dalam nomenklatur {tahun}")).into());
    }
    let rows: Vec<_> = found.item.into_iter().map(row).collect();
    data(&["kode", "tingkat", "nama", "kinerja", "indikator", "satuan"], &rows, args.format)?;
    if found.jumlah > rows.len() {
        say(&format!("{} dari {} ditampilkan; tambahkan kata untuk mempersempit.", rows.len(), found.jumlah));
    }
    Ok(Exit::Good)
}

/// The year that is meant, or the latest list.
async fn year(app: &App, ctx: &Ctx, asked: Option<i16>) -> anyhow::Result<i16> {
    let years: Vec<i16> = app.nomenklatur_lists(ctx).await.map_err(detailed)?.iter().map(|l| l.tahun).collect();
    let Some(latest) = years.first() else {
        return Err(Galat::TidakDitemukan("nomenklatur (muat dulu dengan tolok nomenklatur impor)".to_owned()).into());
    };
    match asked {
        Some(tahun) if !years.contains(&tahun) => {
            let known: Vec<String> = years.iter().map(ToString::to_string).collect();
            Err(Galat::TidakDitemukan(format!("nomenklatur {tahun} (yang ada: {})", known.join(", "))).into())
        }
        asked => Ok(asked.unwrap_or(*latest)),
    }
}

fn row(item: ItemNomenklatur) -> Vec<String> {
    let (kode, tingkat) = (item.kode.to_string(), item.tingkat().as_str().to_owned());
    vec![kode, tingkat, item.nama, item.kinerja, item.indikator, item.satuan]
}

/// Proposes what became of each item between two years.
pub async fn pair(store: &StoreArgs, args: &NomenklaturPadankanArgs) -> anyhow::Result<Exit> {
    let app = open(store).await?;
    let pairs = app.map_nomenklatur(&anybody(), args.dari, args.ke).await.map_err(detailed)?;
    let rows: Vec<_> = pairs.iter().map(pair_row).collect();
    data(&["hubungan", "tingkat", "kode_lama", "nama_lama", "kode_baru", "nama_baru"], &rows, args.format)?;
    let counts = Hubungan::ALL.map(|hubungan| {
        let count = pairs.iter().filter(|p| p.hubungan == hubungan).count();
        format!("{count} {}", hubungan.as_str().replace('_', " "))
    });
    say(&format!(
        "Usulan padanan {} ke {}: {}. Periksa sebelum dipakai; tidak ada data yang diubah.",
        args.dari,
        args.ke,
        counts.join(", ")
    ));
    Ok(Exit::Good)
}

fn pair_row(pair: &Padanan) -> Vec<String> {
    let tingkat = pair.kode().map_or("", |kode| kode.jenis().as_str()).to_owned();
    let mut row = vec![pair.hubungan.as_str().to_owned(), tingkat];
    for item in [&pair.lama, &pair.baru] {
        row.push(item.as_ref().map_or(String::new(), |i| i.kode.to_string()));
        row.push(item.as_ref().map_or(String::new(), |i| i.nama.clone()));
    }
    row
}
