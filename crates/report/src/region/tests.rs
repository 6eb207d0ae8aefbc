use std::sync::Arc;

use super::*;
use tolok_domain::duty::Kemajuan;
use tolok_domain::measure::{Rerata, Uang};
use tolok_domain::ranking::rank;
use tolok_domain::region::{BOBOT, Ringkasan, UangTerukur, formula};

use crate::{csv, xlsx};

fn daerah() -> Daerah {
    let ringkasan = Ringkasan {
        nama: "Dinas A".to_owned(),
        singkatan: "A".to_owned(),
        sampai: Periode::Triwulan(2025, 2),
        akhir: None,
        capaian: Rerata { nilai: Some(Decimal::new(9125, 2)), ada: 3, dari: 4 },
        predikat: None,
        uang: UangTerukur {
            uang: Uang {
                pagu: Rupiah::from_rupiah(1000),
                realisasi: Rupiah::from_rupiah(500),
                ada: 1,
                dari: 2,
                tanpa_pagu: false,
            },
            baris: Cakupan { ada: 1, dari: 2 },
        },
        kemajuan: Kemajuan { dari: 10, terisi: 8, diajukan: 6, dikembalikan: 0, diverifikasi: 4, dikunci: 2 },
        tepat_waktu: Cakupan { ada: 1, dari: 4 },
        tindak_lanjut: Cakupan::default(),
        terlambat: Vec::new(),
        sasaran: Vec::new(),
        indikator: Vec::new(),
        evaluasi: None,
        unit: Vec::new(),
    };
    let kantor = vec![
        Kantor { kode: "a".to_owned(), nama: "Dinas A".to_owned(), ringkasan: Some(Arc::new(ringkasan)) },
        Kantor { kode: "b".to_owned(), nama: "Dinas B".to_owned(), ringkasan: None },
    ];
    Daerah { sampai: Periode::Triwulan(2025, 2), kantor }
}

fn with<T>(use_it: impl FnOnce(Isi<'_>) -> T) -> T {
    let (daerah, pembobotan) = (daerah(), formula(&BOBOT).expect("valid"));
    let (complete, others) = daerah.participants(&BOBOT);
    let [peringkat, belum] = [&complete, &others].map(|p| rank(&pembobotan, p).expect("valid"));
    let (complete, others) = daerah.unit_participants(&BOBOT);
    let [unit, unit_belum] = [&complete, &others].map(|p| rank(&pembobotan, p).expect("valid"));
    let hari_ini = jiff::civil::date(2025, 8, 1);
    use_it(Isi {
        nama: "Kota Uji",
        daerah: &daerah,
        pembobotan: &pembobotan,
        peringkat: &peringkat,
        belum: &belum,
        unit: &unit,
        unit_belum: &unit_belum,
        hari_ini,
    })
}

#[test]
fn what_is_not_known_is_said_and_never_a_zero() {
    let text = with(|isi| csv::render(&table(isi, TabelDaerah::Ringkasan)));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3);
    // Half of the spending is not known, so there is no absorption.
    assert_eq!(lines[1], "a;Dinas A;91,25;belum ada;3;4;1000;500;belum ada;1;2;10;8;6;4;2;25;0;0");
    assert_eq!(lines[2], format!("b;Dinas B{}", ";belum ada".repeat(17)));
    assert_eq!(lines[0].split(';').count(), 19);
}

#[test]
fn the_ranking_has_a_column_for_every_step_and_no_rank_without_data() {
    let text = with(|isi| csv::render(&table(isi, TabelDaerah::Peringkat)));
    let lines: Vec<&str> = text.lines().collect();
    // 91,25 x 50 + 25 x 15 + 80 x 15 = 6.137,50; by 80.
    assert_eq!(
        lines[1],
        "belum diperingkat;Dinas A;76,72;91,25;4562,50;belum ada;belum ada;25;375;80;1200;6137,50;80;3;4"
    );
    assert!(lines[2].starts_with("belum diperingkat;Dinas B;belum ada") && lines[2].ends_with(";0;4"), "{}", lines[2]);
    assert!(lines[0].contains("Capaian IKU x bobot 50"));
}

#[test]
fn every_table_is_in_the_workbook_with_as_many_cells_as_columns() {
    let naskah = with(document);
    assert_eq!(naskah.tables().len(), TabelDaerah::ALL.len());
    for table in naskah.tables() {
        let columns = table.kolom.len();
        assert!(table.kepala.iter().map(Vec::len).chain(table.isi.iter().map(|r| r.sel.len())).all(|n| n == columns));
    }
    assert!(naskah.tables()[0].catatan[0].contains("1 dari 2 perangkat daerah, 3 dari 4 IKU"));
    assert!(xlsx::render(&naskah).is_ok());
}

#[test]
fn tables_are_found_by_their_name() {
    for which in TabelDaerah::ALL {
        assert_eq!(TabelDaerah::find(which.as_str()), Some(which));
    }
    assert_eq!(TabelDaerah::find("lain"), None);
}
