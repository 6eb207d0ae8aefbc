//! Staff and goods.

use tolok_domain::calendar::written_date;
use tolok_domain::number::{Konteks, write_plain};
use tolok_domain::{Pengukuran, Rupiah, number};

use super::whose;
use crate::lkjip::cells::{group, header, left, middle, money, numbers, right, row, text, whole};
use crate::lkjip::resources::{goods_amount, goods_total};
use crate::naskah::{Sel, Tabel};

/// Staff by one category.
pub(super) fn staff(hasil: &Pengukuran<'_>, kategori: &str, judul: &str) -> Tabel {
    let mut isi = Vec::new();
    let mut total = 0;
    for record in hasil.potret.records("pegawai").filter(|c| c.get("kategori") == kategori) {
        let jumlah = record.get("jumlah").parse::<usize>().ok();
        total += jumlah.unwrap_or(0);
        isi.push(row(vec![
            text((isi.len() + 1).to_string()),
            text(record.get("uraian")),
            jumlah.map_or_else(|| text("–"), whole),
        ]));
    }
    let mut sum = group("Jumlah", 2);
    sum.sel.push(whole(total));
    isi.push(sum);
    Tabel {
        judul: format!("{judul} per 31 Desember {}", hasil.potret.tahun),
        kolom: vec![middle(8), left(60), right(20)],
        kepala: vec![header(&["No", "Uraian", "Jumlah (orang)"])],
        isi,
        ..Tabel::default()
    }
}

/// Goods procured.
pub(super) fn goods(hasil: &Pengukuran<'_>) -> Tabel {
    // What is no date stays as it was written.
    let date = |iso: &str| written_date(iso).unwrap_or_else(|| iso.to_owned());
    let mut isi = Vec::new();
    for record in hasil.potret.records("pengadaan_barang") {
        let quantity = match number::read(record.get("banyaknya"), &Konteks::indonesia()).map(|r| r.isi) {
            Ok(number::Isi::Bilangan(x)) => write_plain(x),
            _ => String::new(),
        };
        let price = match number::read(record.get("harga_satuan"), &Konteks::indonesia()).map(|r| r.isi) {
            Ok(number::Isi::Bilangan(x)) => Rupiah::from_decimal(x),
            _ => None,
        };
        let n = isi.len() + 1;
        isi.push(row(vec![
            text(n.to_string()),
            text(record.get("jenis_barang")),
            text(date(record.get("kontrak_tanggal"))),
            text(record.get("kontrak_nomor")),
            text(date(record.get("kuitansi_tanggal"))),
            text(record.get("kuitansi_nomor")),
            text(format!("{quantity} {}", record.get("satuan")).trim()),
            money(price, format!("barang {n} harga")),
            money(goods_amount(record), format!("barang {n} jumlah")),
            text(record.get("unit")),
            text(record.get("penyedia")),
        ]));
    }
    let mut sum = group("Jumlah", 8);
    sum.sel.push(money(Some(goods_total(hasil.potret)), "nilai pengadaan_barang".to_owned()));
    sum.sel.extend([Sel::empty(), Sel::empty()]);
    isi.push(sum);
    let mut first: Vec<Sel> = ["No", "Jenis Barang yang Dibeli"].into_iter().map(|w| text(w).span(1, 2)).collect();
    first.push(text("SPK/Perjanjian/Kontrak").span(2, 1));
    first.push(text("DPA/SPM/Kuitansi").span(2, 1));
    first.push(text("Jumlah").span(3, 1));
    first.extend(["Dipergunakan pada Unit", "Keterangan"].into_iter().map(|w| text(w).span(1, 2)));
    let second =
        header(&["Tanggal", "Nomor", "Tanggal", "Nomor", "Banyaknya", "Harga Satuan (Rp)", "Jumlah Harga (Rp)"]);
    Tabel {
        judul: format!("Pengadaan Barang {}", whose(hasil)),
        kolom: vec![
            middle(4),
            left(22),
            middle(10),
            left(16),
            middle(10),
            left(16),
            right(9),
            right(12),
            right(12),
            left(14),
            left(14),
        ],
        kepala: vec![first, second, numbers(11)],
        isi,
        ..Tabel::default()
    }
}
