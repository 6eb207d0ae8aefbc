use tolok_domain::sheet::{Baris, Isian, Lembar, assemble};
use tolok_domain::{InstansiId, Potret};

use super::{BarisTemuan, IsiPernyataan, KepalaKertasKerja, statement, working_paper};
use crate::{Naskah, html};

fn office() -> Potret {
    let row = "dinas;Dinas Tenaga Kerja;;Kota Serang;Walikota Serang;;;Serang;Kepala Dinas;2019;2023;";
    let sel = row.split(';').map(str::to_owned).collect();
    let name = Lembar::find("instansi").expect("sheet").nama;
    let isian = Isian::from([(name, vec![Baris { nomor: 2, sel }])]);
    assemble(InstansiId::new(), 2021, &isian, Vec::new()).0.expect("readable")
}

fn finding(place: &str, title: &str) -> BarisTemuan {
    BarisTemuan {
        kelompok: place.to_owned(),
        aturan: "UANG-01".to_owned(),
        judul: title.to_owned(),
        kondisi: "Rp27.290.750".to_owned(),
        pembanding: "Rp297.290.750".to_owned(),
        selisih: "-270.000.000".to_owned(),
        ..BarisTemuan::default()
    }
}

fn rows(naskah: &Naskah) -> Vec<Vec<String>> {
    let table = naskah.tables().into_iter().next().expect("a table");
    table.isi.iter().map(|row| row.sel.iter().map(crate::naskah::Sel::plain).collect()).collect()
}

#[test]
fn findings_stand_under_their_place_and_are_numbered_through() {
    let head = KepalaKertasKerja {
        obyek: "Laporan Kinerja 2021".to_owned(),
        tanggal: "2022-02-01".to_owned(),
        ..KepalaKertasKerja::default()
    };
    let found = [finding("Tabel 3.4", "Satu"), finding("Tabel 3.4", "Dua"), finding("Tabel 3.5", "Tiga")];
    let rows = rows(&working_paper(&head, &found));
    let firsts: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(firsts, ["Tabel 3.4", "1", "2", "Tabel 3.5", "3"]);
    assert_eq!(rows[1][4..7], ["Rp27.290.750", "Rp297.290.750", "-270.000.000"]);
    let nothing = html::render(&working_paper(&head, &[]));
    assert!(nothing.contains("Tidak ada temuan"), "an empty table would leave it open");
}

#[test]
fn the_statement_has_the_words_of_the_form_and_the_offices_name() {
    let isi = IsiPernyataan {
        nomor: "700/12/2022".to_owned(),
        tanggal: "2022-02-14".to_owned(),
        penjelas: vec!["Target IKU 2 masih berbeda".to_owned()],
    };
    let text = html::render(&statement(&office(), &isi));
    for words in [
        "PERNYATAAN TELAH DIREVIU",
        "TAHUN ANGGARAN 2021",
        "Nomor: 700/12/2022",
        "menjadi tanggung jawab manajemen Dinas Tenaga Kerja Kota Serang.",
        "Target IKU 2 masih berbeda",
        "Serang, 14 Februari 2022",
        "Inspektur Kota Serang",
    ] {
        assert!(text.contains(words), "{words}");
    }
}
