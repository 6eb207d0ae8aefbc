//! Official lists: the one of 2023 as it was published, and small files with everything that may be wrong.

use std::fs;
use std::path::PathBuf;

use tolok_domain::code::TingkatKode;
use tolok_domain::nomenklatur::{Hubungan, pair};
use tolok_domain::{ItemNomenklatur, Nomenklatur};
use tolok_ingest::nomenklatur::{Bacaan, read, read_files};

/// Folder of the list of 2023; `None`, after saying so, where it is not there.
fn published() -> Option<PathBuf> {
    crate::baca::shared("reference/nomenklatur_1317_2023")
}

fn texts(files: &[(&str, &str)]) -> Bacaan {
    let owned: Vec<_> = files.iter().map(|(nama, text)| ((*nama).to_owned(), text.as_bytes().to_vec())).collect();
    read_files(&owned)
}

/// The items of a file that must be good, as "code|name|kinerja|indikator|satuan".
fn good(text: &str) -> Vec<String> {
    let got = texts(&[("a.csv", text)]);
    assert_eq!(got.masalah, []);
    got.item.iter().map(line).collect()
}

fn line(i: &ItemNomenklatur) -> String {
    format!("{}|{}|{}|{}|{}", i.kode, i.nama, i.kinerja, i.indikator, i.satuan)
}

/// The one fault of a file.
fn fault(text: &str) -> String {
    let got = texts(&[("a.csv", text)]);
    assert_eq!(got.masalah.len(), 1, "{:#?}", got.masalah);
    got.masalah[0].to_string()
}

#[test]
fn the_published_list_is_read_whole() {
    let Some(folder) = published() else { return };
    let got = read(&[folder]).expect("folder");
    assert_eq!(got.masalah, []);
    let list = Nomenklatur { tahun: 2023, nama: String::new(), item: got.item };
    let counts = TingkatKode::ALL.map(|tingkat| list.count(tingkat));
    // Lines of the files, counted with another program.
    assert_eq!(counts, [10, 45, 185, 510, 3_394]);
    let school = list.item.iter().find(|i| i.kode.to_string() == "1.01.02.2.01.0001").expect("the first sub kegiatan");
    assert_eq!(
        line(school),
        "1.01.02.2.01.0001|Pembangunan Unit Sekolah Baru (USB)|Sekolah Baru yang Terbangun|\
         Jumlah Sekolah Baru yang Telah Dibangun|Unit"
    );
    assert_eq!(list.without_parent().len(), 462, "the published files have gaps");
}

#[test]
fn the_published_list_is_found_again_in_the_codes_of_the_era_before() {
    let Some(folder) = published() else { return };
    let new = read(&[folder]).expect("folder").item;
    // The list as it would have been with two digits; numbers above 99 did not exist then.
    let old: Vec<_> = new.iter().filter_map(|i| Some(ItemNomenklatur { kode: older(i)?, ..i.clone() })).collect();
    let pairs = pair(old, new);
    let count = |h: Hubungan| pairs.iter().filter(|p| p.hubungan == h).count();
    // Counted with another program. What is gone are namesakes below the same kegiatan, which are left to people; what is new, they
    // and numbers above 99.
    assert_eq!(Hubungan::ALL.map(count), [750, 0, 3_347, 18, 47]);
    for p in pairs.iter().filter(|p| p.hubungan == Hubungan::GantiKode) {
        let (old, new) = (p.lama.as_ref().expect("old"), p.baru.as_ref().expect("new"));
        assert_eq!(older(new).as_ref(), Some(&old.kode));
    }
}

/// The code of an item with two digits for the sub kegiatan.
fn older(item: &ItemNomenklatur) -> Option<tolok_domain::KodeRekening> {
    let text = item.kode.to_string();
    match text.rsplit_once('.') {
        Some((above, number)) if number.len() == 4 => {
            let short = number.strip_prefix("00")?;
            Some(format!("{above}.{short}").parse().expect("code"))
        }
        _ => Some(item.kode.clone()),
    }
}

#[test]
fn separators_marks_and_orders_do_not_matter() {
    let expected =
        ["2.07.03|Program Pelatihan; Kerja|||", "2.07.03.2.01.0001|Proses Pelatihan|Terlatih|Jumlah orang|Orang"];
    let semicolons = "\u{feff}Kode;Nomenklatur;Kinerja;Indikator;Satuan\r\n\r\n\
                      2.07.03;\"Program  Pelatihan; Kerja\";;;\r\n\
                      2.07.03.2.01.0001;Proses\u{a0}Pelatihan;Terlatih;Jumlah orang;Orang\r\n;;;;\r\n";
    assert_eq!(good(semicolons), expected);
    let commas = "tahun,SATUAN,Indikator,\"Kinerja \",uraian,KODE REKENING\n\
                  2024,,,,Program Pelatihan; Kerja,2.07.03\n\
                  2024,Orang,Jumlah orang,Terlatih,\"Proses\nPelatihan\",2.07.03.2.01.0001\n";
    assert_eq!(good(commas), expected);
}

#[test]
fn the_lowest_code_of_a_line_counts() {
    let text = "kode_urusan,kode_bidang,kode_program,kode_kegiatan,kode_sub_kegiatan,uraian\n\
                2.0,,,,,URUSAN\n2,2.07,,,,TENAGA KERJA\n2,2.07,2.07.03,,,PROGRAM\n\
                2,2.1,2.10.03,2.10.03.2.01,,KEGIATAN\nX,X.XX,X.XX.01,X.XX.01 2 10,X.XX.01.2.10.0001,BLUD\n";
    let expected = ["2|URUSAN|||", "2.07|TENAGA KERJA|||", "2.07.03|PROGRAM|||", "2.10.03.2.01|KEGIATAN|||"];
    assert_eq!(good(text)[..4], expected);
    assert_eq!(good(text)[4], "X.XX.01.2.10.0001|BLUD|||");
}

#[test]
fn the_same_line_twice_is_one_item_and_another_is_a_fault() {
    let a = ("a.csv", "kode,uraian\n2.07,Tenaga Kerja\n");
    let got = texts(&[a, ("b.csv", "uraian;kode\n\"Tenaga  Kerja\";2.07\n")]);
    assert_eq!((got.item.len(), got.masalah.len()), (1, 0));
    let got = texts(&[a, ("b.csv", "kode,uraian\n2.08,Pangan\n2.07,Pangan\n")]);
    let faults: Vec<String> = got.masalah.iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        [
            "b.csv baris 3 kolom kode: kode 2.07 sudah ada di a.csv baris 2 dengan isi lain; setiap kode hanya boleh sekali; \
          hapus atau perbaiki salah satunya"
        ]
    );
}

#[test]
fn every_fault_says_where_what_and_what_to_do() {
    let long = "a".repeat(2_001);
    for (text, expected) in [
        // A code that Excel took for a number (C031).
        ("kode_bidang,uraian\n1.1,Pangan\n", "a.csv baris 2 kolom kode_bidang: \"1.1\" bukan kode"),
        ("kode,uraian\n2.07.03.2.01.001,X\n", "sub kegiatan ditulis dua angka"),
        (
            "kode_program,uraian\n2.07,X\n",
            "a.csv baris 2 kolom kode_program: 2.07 adalah kode bidang urusan, bukan program",
        ),
        (
            "kode_program,kode_kegiatan,uraian\n2.07.04,2.07.03.2.01,X\n",
            "a.csv baris 2 kolom kode_kegiatan: 2.07.03.2.01 tidak berada di bawah 2.07.04 pada kolom kode_program",
        ),
        ("kode_urusan,kode_bidang,uraian\n,,X\n", "a.csv baris 2 kolom kode_urusan, kode_bidang: kode kosong"),
        ("kode,uraian\n2.07,  \n", "a.csv baris 2 kolom uraian: nama untuk kode 2.07 kosong"),
        ("kode,uraian\n2.07,Tenaga,Kerja\n", "a.csv baris 2: ada 3 kolom, seharusnya 2"),
        ("kode,keterangan\n2.07,X\n", "a.csv baris 1: kolom nama tidak ada; kolom yang dikenal: kode"),
        ("nomor,uraian\n2.07,X\n", "a.csv baris 1: kolom kode tidak ada; kolom yang dikenal: kode"),
        ("kode,uraian,nama\n2.07,X,Y\n", "a.csv baris 1 kolom nama: isinya sama dengan kolom uraian"),
        ("kode,uraian\n", "tidak ada satu baris pun; sebutkan berkas CSV"),
        (&format!("kode,uraian\n2.07,{long}\n"), "a.csv baris 2 kolom uraian: terlalu panjang (2001 huruf)"),
    ] {
        let found = fault(text);
        assert!(found.contains(expected), "{found}");
        assert!(found.contains("; "), "says what to do: {found}");
    }
}

#[test]
fn all_faults_are_found_in_one_go() {
    let got = texts(&[("a.csv", "kode,uraian\n2.7,X\n2.07,\n2.08,Pangan\n")]);
    assert_eq!(got.masalah.iter().map(|m| m.baris).collect::<Vec<_>>(), [Some(2), Some(3)]);
    assert_eq!(got.item.len(), 1);
}

#[test]
fn files_that_are_no_text_or_not_there_are_named() {
    let got = read_files(&[("a.csv".to_owned(), b"kode,uraian\n2.07,\xff\n".to_vec())]);
    assert_eq!(got.masalah[0].to_string(), "a.csv: bukan UTF-8; simpan dari Excel sebagai \"CSV UTF-8\"");
    let error = read(&["/tidak/ada.csv".into()]).expect_err("not there");
    assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
    assert!(error.to_string().starts_with("/tidak/ada.csv: "), "{error}");
}

#[test]
fn of_a_folder_the_csv_files_are_read() {
    let dir = tempfile::tempdir().expect("folder");
    fs::write(dir.path().join("b.CSV"), "kode,uraian\n2.07,Tenaga Kerja\n").expect("file");
    fs::write(dir.path().join("a.csv"), "kode,uraian\n2,Wajib\n").expect("file");
    fs::write(dir.path().join("README.md"), "bukan daftar").expect("file");
    fs::create_dir(dir.path().join("lama.csv")).expect("folder");
    let got = read(&[dir.path().to_owned(), dir.path().join("a.csv")]).expect("folder");
    assert_eq!(got.masalah, []);
    assert_eq!(got.item.iter().map(line).collect::<Vec<_>>(), ["2|Wajib|||", "2.07|Tenaga Kerja|||"]);
    let empty = read(&[]).expect("nothing");
    assert!(empty.masalah[0].apa.contains("tidak ada satu baris pun"));
}
