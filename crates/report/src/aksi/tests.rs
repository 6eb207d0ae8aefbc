use tolok_domain::sheet::{Baris, Isian, Lembar, assemble};
use tolok_domain::{InstansiId, Periode, Potret, ukur};

use super::*;
use crate::naskah::{GayaBaris, NilaiSel, Tabel};

/// Rows as a package has them; columns that are left out are empty.
const ROWS: &[(&str, &[&str])] = &[
    ("instansi", &["dinas;Dinas Kerja;;Kota Contoh;;;;Contoh;Kepala Dinas Kerja;2019;2023;"]),
    ("unit", &["KD;;kepala;Kepala Dinas", "B1;KD;bidang;Bidang Pelatihan"]),
    ("dokumen", &["dpa;dpa;0;DPA 2021", "aksi;rencana_aksi;0;Rencana Aksi 2021;800/12;2021-02-09"]),
    (
        "rencana",
        &[
            "T1;;tujuan;Perluasan kerja",
            "S1;T1;sasaran;Pencari kerja berdaya",
            "2.07.03;S1;program;PROGRAM PELATIHAN;B1",
            "2.07.03.2.01;2.07.03;kegiatan;Pelatihan",
            "2.07.03.2.01.01;2.07.03.2.01;sub_kegiatan;Pelatihan keterampilan",
            "2.07.03.2.01.02;2.07.03.2.01;sub_kegiatan;Sarana pelatihan",
        ],
    ),
    (
        "indikator",
        &[
            "i1;T1;Pengangguran;%;persen;minimal;terakhir;;;;;;;;;tahun",
            "i2;S1;Pencari kerja terlatih;%;persen;maksimal;terakhir;;;;;;;;B1;semester",
            "i3;2.07.03.2.01.01;Peserta pelatihan;org;bilangan;maksimal;jumlah;;;;;;;;B1;triwulan",
            "i4;2.07.03.2.01.02;Laporan;dok;bilangan;maksimal;jumlah;;;;;;;;B1;bulan",
        ],
    ),
    (
        "target",
        &[
            "i1;dpa;2021;9,16",
            "i1;aksi;2021-TW4;9,16",
            "i2;dpa;2021;80",
            "i2;aksi;2021-S1;40",
            "i3;dpa;2021;100",
            "i3;aksi;2021-TW1;20",
            "i3;aksi;2021-TW2;30",
            "i3;aksi;2021-TW3;30",
            "i3;aksi;2021-TW4;15",
            "i4;aksi;2021-B01;1",
        ],
    ),
    (
        "pagu",
        &[
            "2.07.03.2.01.01;dpa;2021;1000000",
            "2.07.03.2.01.02;dpa;2021;500000",
            "2.07.03.2.01.01;aksi;2021-TW1;400000",
            "2.07.03.2.01.01;aksi;2021-B04;600000",
        ],
    ),
    (
        "langkah",
        &[
            "L1;i3;Menyusun kurikulum;2.07.03.2.01.01;2021-B02;1 dokumen;250000;B1",
            "L2;i3;Melatih pencari kerja;2.07.03.2.01.01;2021-S1;60 orang",
        ],
    ),
];

fn snapshot(rows: &[(&'static str, &[&str])]) -> Potret {
    let mut isian = Isian::new();
    for (nama, lines) in rows {
        let lembar = Lembar::find(nama).expect("sheet");
        let read = |(nomor, line): (u64, &&str)| {
            let mut sel: Vec<String> = line.split(';').map(str::to_owned).collect();
            sel.resize(lembar.kolom.len(), String::new());
            Baris { nomor, sel }
        };
        isian.insert(lembar.nama, (2..).zip(lines.iter()).map(read).collect());
    }
    let (potret, faults) = assemble(InstansiId::new(), 2021, &isian, Vec::new());
    assert_eq!(faults, []);
    potret.expect("readable")
}

fn document(potret: &Potret) -> Naskah {
    build(&ukur(potret, Periode::Tahun(2021)))
}

/// The texts of a table's rows.
fn texts(table: &Tabel) -> Vec<Vec<String>> {
    table.isi.iter().map(|row| row.sel.iter().map(crate::naskah::Sel::plain).collect()).collect()
}

fn table<'a>(naskah: &'a Naskah, nama: &str) -> &'a Tabel {
    naskah.tables().into_iter().find(|t| t.nama == nama).expect("table")
}

#[test]
fn targets_and_steps_stand_under_the_sasaran_that_they_serve() {
    let naskah = document(&snapshot(ROWS));
    assert_eq!(
        texts(table(&naskah, "rencana_aksi_1"))[0][..9],
        ["1", "Pengangguran", "%", "9,16", "–", "–", "–", "9,16", "Belum ada langkah"]
    );
    let second = table(&naskah, "rencana_aksi_2");
    assert_eq!(second.judul, "Sasaran: Pencari kerja berdaya");
    let rows = texts(second);
    assert_eq!(rows[0][..6], ["1", "Pencari kerja terlatih", "%", "80", "40", "belum ada"]);
    assert_eq!((second.isi[0].sel[4].kolom, second.isi[0].sel[5].kolom), (2, 2), "a half year is two quarters wide");
    assert_eq!(rows[0][10], "Bidang Pelatihan", "without a step, who answers for the indicator");
    assert_eq!(rows[1], ["Sub kegiatan 2.07.03.2.01.01 Pelatihan keterampilan"]);
    assert_eq!(rows[2][..8], ["2", "Peserta pelatihan", "org", "100", "20", "30", "30", "15"]);
    assert_eq!(rows[2][8..], ["Menyusun kurikulum", "Feb", "1 dokumen", "250.000", "Bidang Pelatihan"]);
    assert_eq!(rows[3][..8], [""; 8]);
    assert_eq!(rows[3][8..], ["Melatih pencari kerja", "Sem. I", "60 orang", "belum ada", "Belum ada"]);
    assert_eq!(rows[5][..5], ["3", "Laporan", "dok", "belum ada", "Jan: 1\nFeb: belum ada\nMar: belum ada"]);
    assert_eq!(
        second.catatan,
        ["Peserta pelatihan: jumlah periode 95, 5 kurang dari target tahun 100 (DPA 2021)."],
        "what does not make the year is not signed unseen"
    );
}

#[test]
fn every_row_fills_the_table() {
    for potret in [snapshot(ROWS), snapshot(&ROWS[..5])] {
        for table in document(&potret).tables() {
            for row in &table.isi {
                let width: usize = row.sel.iter().map(crate::naskah::Sel::columns).sum();
                assert_eq!(width, table.kolom.len(), "{}: {row:?}", table.nama);
            }
        }
    }
}

#[test]
fn the_cash_plan_is_added_up_and_held_against_the_ceilings() {
    let naskah = document(&snapshot(ROWS));
    let cash = table(&naskah, "anggaran_kas");
    let rows = texts(cash);
    assert_eq!(
        rows[2],
        [
            "2.07.03.2.01.01",
            "Pelatihan keterampilan",
            "1.000.000",
            "400.000",
            "600.000*",
            "belum ada",
            "belum ada",
            "1.000.000",
            "Baru 2 dari 10 periode, Rp1.000.000 dari pagu Rp1.000.000"
        ]
    );
    assert_eq!(rows[3][3..8], ["belum ada"; 5]);
    assert_eq!(rows[3][8], "Belum direncanakan; pagu Rp500.000");
    assert_eq!(rows[0][..4], ["2.07.03", "Program pelatihan", "1.500.000", "400.000*"]);
    let total = cash.isi.last().expect("total");
    assert_eq!(total.gaya, GayaBaris::Kelompok);
    assert!(matches!(total.sel[1].nilai, Some(NilaiSel::Uang(x)) if x.sen() == 150_000_000));
    assert_eq!(cash.catatan, ["*) sebagian belum direncanakan."]);
}

#[test]
fn the_signature_has_the_day_of_the_plan_or_room_for_it() {
    let place = |potret: &Potret| match document(potret).bagian[0].isi.last() {
        Some(Blok::TandaTangan(signature)) => {
            let (tempat_tanggal, jabatan) = (&signature.tempat_tanggal, &signature.kanan.jabatan);
            assert_eq!(jabatan, &["Kepala Dinas Kerja"]);
            tempat_tanggal.clone()
        }
        other => panic!("{other:?}"),
    };
    let mut potret = snapshot(ROWS);
    assert_eq!(place(&potret), "Contoh, 9 Februari 2021");
    assert_eq!(document(&potret).tanggal, "2021-02-09");
    potret.dokumen[1].tanggal.clear();
    assert_eq!(place(&potret), "Contoh, ........................ 2021");
}

#[test]
fn an_office_without_targets_gets_a_document_that_says_so() {
    let naskah = document(&snapshot(&ROWS[..5]));
    assert!(naskah.tables().is_empty());
    let html = crate::html::render(&naskah);
    assert!(html.contains("Belum ada indikator bertarget untuk tahun ini"), "{html}");
}
