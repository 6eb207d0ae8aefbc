//! `ukur`: one row per indicator, and the office's total.

use anyhow::Context;
use tolok_domain::measure::{Pengukuran, Uang, UkurIndikator};
use tolok_domain::number::{write_percent, write_plain};
use tolok_domain::{Nilai, Periode, Rupiah, ukur};

use crate::args::{StoreArgs, UkurArgs};
use crate::output::{Exit, data};
use crate::setup::snapshot;

const COLUMNS: [&str; 14] = [
    "kode",
    "jenis",
    "nama",
    "indikator",
    "kode_indikator",
    "satuan",
    "target",
    "realisasi",
    "capaian",
    "predikat",
    "pagu",
    "realisasi_anggaran",
    "serapan",
    "keterangan",
];

/// Runs the command.
pub async fn run(store: &StoreArgs, args: &UkurArgs) -> anyhow::Result<Exit> {
    let potret = snapshot(store, args.paket.as_deref(), &args.office).await?;
    let sampai = match &args.sampai {
        Some(text) => text.parse::<Periode>().map_err(anyhow::Error::msg).context("--sampai")?,
        None => Periode::Tahun(potret.tahun),
    };
    if sampai.tahun() != potret.tahun {
        anyhow::bail!("--sampai {sampai} bukan bagian dari tahun {}", potret.tahun);
    }
    let hasil = ukur(&potret, sampai);
    data(&COLUMNS, &rows(&hasil), args.format)?;
    Ok(Exit::Good)
}

fn rows(hasil: &Pengukuran<'_>) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut last_node = "";
    for u in hasil.indikator.iter().filter(|u| u.berlaku) {
        // Money belongs to the node: it stands on the node's first row only.
        let node = u.indikator.simpul.as_str();
        rows.push(row(hasil, u, node != last_node));
        last_node = node;
    }
    let mut total = vec![String::new(); COLUMNS.len()];
    total[0] = "total".to_owned();
    total[1] = "instansi".to_owned();
    total[2].clone_from(&hasil.potret.instansi.nama);
    money(&mut total, &hasil.total);
    rows.push(total);
    rows
}

fn row(hasil: &Pengukuran<'_>, u: &UkurIndikator<'_>, with_money: bool) -> Vec<String> {
    let node = hasil.node(&u.indikator.simpul);
    let mut row = vec![
        u.indikator.simpul.clone(),
        node.map_or("", |n| n.simpul.jenis.as_str()).to_owned(),
        node.map_or(String::new(), |n| n.simpul.nama.clone()),
        u.indikator.nama.clone(),
        u.indikator.kode.clone(),
        u.indikator.satuan.clone(),
        u.target.as_ref().map_or_else(String::new, |t| plain(&t.nilai)),
        plain(&u.realisasi.nilai),
        u.capaian.percent().map_or_else(String::new, write_percent),
        u.predikat.map_or("", |p| p.label).to_owned(),
        String::new(),
        String::new(),
        String::new(),
        match (u.remark(), u.capaian.percent()) {
            ("", None) => u.capaian.to_string(),
            (text, _) => text.to_owned(),
        },
    ];
    if let (true, Some(node)) = (with_money, node) {
        money(&mut row, &node.uang);
    }
    row
}

fn money(row: &mut [String], uang: &Uang) {
    let write = |x: Option<Rupiah>| x.map_or_else(String::new, |x| write_plain(x.to_decimal()));
    row[10] = write(uang.pagu);
    row[11] = write(uang.realisasi);
    row[12] = uang.absorption().map_or_else(|_| String::new(), write_percent);
}

/// A value as data; nothing where it is not known.
fn plain(nilai: &Nilai) -> String {
    tolok_domain::number::write_value_plain(nilai)
}
