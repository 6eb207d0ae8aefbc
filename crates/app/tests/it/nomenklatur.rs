//! Official lists: who loads them, what is refused, and the proposal between two years.

use rstest::rstest;
use tolok_app::Galat;
use tolok_domain::access::Peran;
use tolok_domain::{ItemNomenklatur, Nomenklatur};
use tolok_testkit::{Mesin, TestApp, WAKTU, ctx};

fn list(tahun: i16, items: &[(&str, &str)]) -> Nomenklatur {
    let item = |(kode, nama): &(&str, &str)| ItemNomenklatur {
        kode: kode.parse().expect("code"),
        nama: (*nama).to_owned(),
        kinerja: String::new(),
        indikator: String::new(),
        satuan: String::new(),
    };
    Nomenklatur { tahun, nama: format!("Daftar {tahun}"), item: items.iter().map(item).collect() }
}

/// A small list of 2023.
pub fn nomenklatur() -> Nomenklatur {
    list(2023, &[("2.07", "TENAGA KERJA"), ("2.07.03.2.01.0001", "Proses Pelatihan")])
}

#[rstest]
#[tokio::test]
async fn a_list_is_loaded_once_for_every_office(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let before = uji.store().head(&uji.ctx).await.expect("head");
    uji.app.import_nomenklatur(&uji.ctx, &nomenklatur()).await.expect("loaded");
    let neighbour = ctx(uji.uji.office("tetangga").await, &[Peran::Kepala]);
    let got = uji.app.search_nomenklatur(&neighbour, 2023, "pelat", None, 0, 10).await.expect("searched");
    assert_eq!((got.jumlah, got.item), (1, vec![nomenklatur().item[1].clone()]));
    let lists = uji.app.nomenklatur_lists(&neighbour).await.expect("lists");
    assert_eq!(
        lists.iter().map(|l| (l.tahun, l.pelaku.as_str(), l.waktu)).collect::<Vec<_>>(),
        [(2023, "Penguji", WAKTU)]
    );
    assert_eq!(uji.store().head(&uji.ctx).await.expect("head"), before, "no office's data changed");
}

#[rstest]
#[tokio::test]
async fn an_empty_list_or_an_odd_year_replaces_nothing(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    uji.app.import_nomenklatur(&uji.ctx, &nomenklatur()).await.expect("loaded");
    for refused in [list(2023, &[]), list(23, &[("2", "A")])] {
        let result = uji.app.import_nomenklatur(&uji.ctx, &refused).await;
        assert!(matches!(result, Err(Galat::TidakSah(_))), "{result:?}");
    }
    assert_eq!(uji.store().load_nomenklatur(2023).await.expect("loaded"), Some(nomenklatur()));
}

#[rstest]
#[tokio::test]
async fn two_years_are_paired_and_stay_as_they_are(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let old = list(2021, &[("2.07", "TENAGA KERJA"), ("2.07.03.2.01.01", "Proses pelatihan")]);
    for list in [&old, &nomenklatur()] {
        uji.app.import_nomenklatur(&uji.ctx, list).await.expect("loaded");
    }
    let pairs = uji.app.map_nomenklatur(&uji.ctx, 2021, 2023).await.expect("paired");
    assert_eq!(pairs.iter().map(|p| p.hubungan.as_str()).collect::<Vec<_>>(), ["tetap", "ganti_kode"]);
    assert_eq!(uji.store().load_nomenklatur(2021).await.expect("loaded"), Some(old));
    let missing = uji.app.map_nomenklatur(&uji.ctx, 2019, 2023).await;
    assert!(matches!(missing, Err(Galat::TidakDitemukan(what)) if what == "nomenklatur 2019"));
}
