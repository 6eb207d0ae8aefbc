use proptest::prelude::*;
use rust_decimal::dec;

use super::*;

fn row(kunci: &str) -> BarisIsian {
    BarisIsian {
        kunci: kunci.into(),
        kode: "iku.1".into(),
        uraian: "Persentase tenaga kerja\r\nyang ditempatkan".into(),
        satuan: "%".into(),
        tipe: TipeNilai::Persen,
        pilihan: Vec::new(),
        target: "40,98".into(),
        lalu: String::new(),
        nilai: Some(Nilai::Persen(dec!(28.70))),
        keterangan: String::new(),
        hambatan: String::new(),
        tindak_lanjut: String::new(),
        dapat_diubah: true,
    }
}

fn sheet(baris: Vec<BarisIsian>) -> LembarIsian {
    LembarIsian {
        instansi_kode: "disnakertrans-serang".into(),
        instansi_nama: "Dinas Tenaga Kerja dan Transmigrasi".into(),
        tahun: 2021,
        periode: Periode::Triwulan(2021, 3),
        versi: 12,
        baris,
    }
}

#[test]
fn the_structure_reads_back() {
    let grades = BarisIsian {
        tipe: TipeNilai::Predikat,
        pilihan: vec!["AA".into(), "A".into(), "BB".into()],
        ..row("indikator|iku.2|realisasi|")
    };
    let closed = BarisIsian { dapat_diubah: false, hambatan: "banjir".into(), ..row("indikator|iku.3|realisasi|") };
    let structure = sheet(vec![row("indikator|iku.1|realisasi|"), grades, closed]).structure();
    assert_eq!(structure.baris[0].nomor, BARIS_JUDUL + 1);
    assert_eq!(structure.baris[0].tetap[1], "Persentase tenaga kerja\nyang ditempatkan");
    assert!(structure.baris[0].is_open() && !structure.baris[2].is_open());
    assert_eq!(structure.baris[2].tetap[REALISASI..], ["28,70", "", "banjir", ""]);
    let rows = structure.rows();
    let (row, first, last) = structure.answers(1).expect("a row with answers");
    assert_eq!(rows[row][first..=last], ["AA", "A", "BB"]);
    assert_eq!(structure.answers(0), None);
    assert_eq!(Struktur::from_rows(&rows), Ok(structure));
}

#[test]
fn every_changed_cell_is_noticed() {
    let rows = sheet(vec![row("a"), BarisIsian { pilihan: vec!["BB".into()], ..row("b") }]).structure().rows();
    for (i, cells) in rows.iter().enumerate() {
        for j in 0..cells.len() {
            let mut changed = rows.clone();
            changed[i][j].push('x');
            let expected = match (i, j) {
                (0, 0) => Err(GalatStruktur::BukanIsian),
                (0, 1) => Err(GalatStruktur::VersiLain),
                // The hash covers all but its own row, and its name is not read.
                (5, 0) => continue,
                _ => Err(GalatStruktur::Diubah),
            };
            assert_eq!(Struktur::from_rows(&changed), expected, "{i} {j}");
        }
    }
    let mut short = rows.clone();
    short.remove(7);
    assert_eq!(Struktur::from_rows(&short), Err(GalatStruktur::Diubah));
    let mut swapped = rows;
    swapped.swap(6, 7);
    assert_eq!(Struktur::from_rows(&swapped), Err(GalatStruktur::Diubah));
    assert_eq!(Struktur::from_rows(&[]), Err(GalatStruktur::BukanIsian));
}

#[test]
fn the_reason_for_no_value_stands_in_the_remark() {
    let missing = BarisIsian { nilai: Some(Nilai::BelumAda { alasan: "survei berjalan".into() }), ..row("a") };
    assert_eq!(missing.remarks(), ["survei berjalan", "", ""]);
    assert_eq!(missing.value_text(), "");
    let closed = BarisIsian { dapat_diubah: false, keterangan: "sendiri".into(), ..missing };
    assert_eq!(closed.remarks(), ["sendiri", "", ""]);
    assert_eq!(closed.value_text(), "belum ada");
}

proptest! {
    #[test]
    fn any_text_reads_back(texts in prop::collection::vec(any::<String>(), 4), open in any::<bool>()) {
        let [kode, uraian, pilihan, kunci] = &texts[..] else { unreachable!() };
        let row = BarisIsian {
            kode: kode.clone(),
            uraian: uraian.clone(),
            pilihan: vec![pilihan.clone()],
            dapat_diubah: open,
            ..row(kunci)
        };
        let structure = sheet(vec![row]).structure();
        prop_assert_eq!(Struktur::from_rows(&structure.rows()), Ok(structure));
    }

    #[test]
    fn rows_of_anything_do_no_harm(rows in prop::collection::vec(prop::collection::vec("tolok-isian|1|[a-z]{0,3}", 0..16), 0..12)) {
        let _ = Struktur::from_rows(&rows);
    }
}
