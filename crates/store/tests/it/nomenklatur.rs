//! Official lists: replaced as a whole, side by side by year, searched.

use rstest::rstest;
use tolok_domain::code::TingkatKode;
use tolok_domain::nomenklatur::{Pencarian, search_text};
use tolok_domain::{ItemNomenklatur, Nomenklatur};
use tolok_store::{DaftarNomenklatur, Store};
use tolok_testkit::{Mesin, store};

fn item(kode: &str, nama: &str) -> ItemNomenklatur {
    ItemNomenklatur {
        kode: kode.parse().expect(kode),
        nama: nama.to_owned(),
        kinerja: format!("Kinerja {nama}"),
        indikator: format!("Jumlah {nama}"),
        satuan: "Orang".to_owned(),
    }
}

fn list(tahun: i16, items: &[(&str, &str)]) -> Nomenklatur {
    let item = items.iter().map(|(kode, nama)| item(kode, nama)).collect();
    Nomenklatur { tahun, nama: format!("Daftar {tahun}"), item }
}

const ITEMS: [(&str, &str); 7] = [
    ("2", "URUSAN WAJIB"),
    ("2.07", "TENAGA KERJA"),
    ("2.07.03", "PROGRAM PELATIHAN KERJA"),
    ("2.07.03.2.01", "Pelaksanaan Pelatihan 100% (Unit_Kompetensi)"),
    ("2.07.03.2.01.0001", "Proses Pelaksanaan Pelatihan"),
    ("2.07.03.2.01.0010", "Pelatihan Instruktur"),
    ("X.XX.01.2.10", "Peningkatan Pelayanan BLUD"),
];

async fn save(store: &Store, list: &Nomenklatur) {
    store.save_nomenklatur(list, "baris perintah", 7).await.expect("saved");
}

/// Codes found in the list of 2023, and how many there are in all.
async fn found(
    store: &Store,
    text: &str,
    tingkat: Option<TingkatKode>,
    skip: usize,
    most: usize,
) -> (Vec<String>, usize) {
    let search = Pencarian::new(text);
    let got = store.search_nomenklatur(2023, &search, tingkat, skip, most).await.expect("searched");
    (got.item.iter().map(|i| i.kode.to_string()).collect(), got.jumlah)
}

#[rstest]
#[tokio::test]
async fn lists_of_several_years_stand_side_by_side(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let store = &uji.store;
    assert_eq!(store.nomenklatur_lists().await.expect("lists"), []);
    assert_eq!(store.load_nomenklatur(2023).await.expect("loaded"), None);
    let (old, new) = (list(2021, &[("2.07.03.2.01.01", "Proses")]), list(2023, &ITEMS));
    save(store, &old).await;
    save(store, &new).await;
    let stored = |tahun: i16| DaftarNomenklatur {
        tahun,
        nama: format!("Daftar {tahun}"),
        pelaku: "baris perintah".to_owned(),
        waktu: 7,
    };
    assert_eq!(store.nomenklatur_lists().await.expect("lists"), [stored(2023), stored(2021)]);
    assert_eq!(store.load_nomenklatur(2021).await.expect("loaded"), Some(old));
    assert_eq!(store.load_nomenklatur(2023).await.expect("loaded"), Some(new));
    assert_eq!(found(store, "proses", None, 0, 10).await.0, ["2.07.03.2.01.0001"], "not those of another year");
}

#[rstest]
#[tokio::test]
async fn a_list_takes_the_place_of_the_one_before(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let store = &uji.store;
    let other = list(2021, &[("2", "URUSAN")]);
    save(store, &other).await;
    save(store, &list(2023, &ITEMS)).await;
    let mended =
        Nomenklatur { nama: "Perbaikan".to_owned(), ..list(2023, &[("3", "PILIHAN"), ("3.32", "TRANSMIGRASI")]) };
    save(store, &mended).await;
    assert_eq!(store.load_nomenklatur(2023).await.expect("loaded"), Some(mended.clone()));
    assert_eq!(store.load_nomenklatur(2021).await.expect("loaded"), Some(other));

    // A list that cannot be stored as a whole leaves everything as it was.
    let broken = list(2023, &[("4", "A"), ("4", "B")]);
    assert!(store.save_nomenklatur(&broken, "baris perintah", 8).await.is_err());
    assert_eq!(store.load_nomenklatur(2023).await.expect("loaded"), Some(mended));
}

#[rstest]
#[tokio::test]
async fn items_are_found_by_code(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let store = &uji.store;
    save(store, &list(2023, &[("2.07.03", "A"), ("4.01.01", "Sendiri"), ("X.XX.01", "Penunjang")])).await;
    for (kode, expected) in [
        ("2.07.03", Some("A")),
        ("X.XX.01", Some("Penunjang")),
        ("2.07.01", Some("Penunjang")),
        ("4.01.01", Some("Sendiri")),
        ("2.07.04", None),
        ("2.07", None),
    ] {
        let got = store.find_nomenklatur(2023, &kode.parse().expect(kode)).await.expect("looked");
        assert_eq!(got.map(|i| i.nama).as_deref(), expected, "{kode}");
    }
    assert_eq!(store.find_nomenklatur(2021, &"2.07.03".parse().expect("code")).await.expect("looked"), None);
}

#[rstest]
#[tokio::test]
async fn a_search_gives_the_best_first_a_page_at_a_time(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let store = &uji.store;
    save(store, &list(2023, &ITEMS)).await;
    let all = ["2.07.03.2.01.0010", "2.07.03", "2.07.03.2.01", "2.07.03.2.01.0001"];
    assert_eq!(found(store, "PELATIHAN", None, 0, 10).await, (all.map(str::to_owned).to_vec(), 4));
    assert_eq!(found(store, "pelatihan", None, 1, 2).await, (all[1..3].iter().map(ToString::to_string).collect(), 4));
    assert_eq!(found(store, "pelatihan", None, 9, 2).await, (vec![], 4));
    let program = Some(TingkatKode::Program);
    assert_eq!(found(store, "pelatihan", program, 0, 10).await, (vec!["2.07.03".to_owned()], 1));
    assert_eq!(found(store, "2.07.01", None, 0, 10).await.0, ["X.XX.01.2.10"]);
    assert_eq!(found(store, "", None, 0, 2).await, (vec!["2".to_owned(), "2.07".to_owned()], 7));
    // Nothing that is typed is a pattern or a command.
    for text in ["%", "_", "100%", "unit_kompetensi", "'; DROP TABLE nomenklatur; --", "\\"] {
        let expected = ITEMS.iter().filter(|(kode, nama)| {
            Pencarian::new(text).rank(&search_text(&kode.parse().expect("code"), nama)).is_some()
        });
        assert_eq!(found(store, text, None, 0, 10).await.1, expected.count(), "{text}");
    }
    assert_eq!(found(store, "unit_kompetensi", None, 0, 10).await.0, ["2.07.03.2.01"]);
}

#[rstest]
#[tokio::test]
async fn a_list_of_full_size_is_stored_and_searched(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let store = &uji.store;
    let sub =
        |n: usize| item(&format!("{}.{:02}.02.2.01.{:04}", n / 5_000 + 1, n / 1_000 % 5, n % 1_000), "Penyediaan Jasa");
    let full = Nomenklatur { tahun: 2023, nama: String::new(), item: (0..20_000).map(sub).collect() };
    save(store, &full).await;
    assert_eq!(store.load_nomenklatur(2023).await.expect("loaded").expect("2023").item.len(), 20_000);
    let (page, all) = found(store, "jasa 4.04", None, 999, 10).await;
    assert_eq!((page, all), (vec!["4.04.02.2.01.0999".to_owned()], 1_000));
    assert_eq!(found(store, "jasa", None, 0, 10_000).await.0.len(), 500);
}
