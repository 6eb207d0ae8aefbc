//! Weights of regions: each adoption is kept, and no region sees another's.

use rstest::rstest;
use tolok_store::{BobotTersimpan, Galat};
use tolok_testkit::{Mesin, store};

fn weights(nomor: i64, bobot: &str, waktu: i64) -> BobotTersimpan {
    let isi = vec![("capaian".to_owned(), bobot.to_owned()), ("mutu_data".to_owned(), "37.5".to_owned())];
    BobotTersimpan { nomor, isi, oleh: "Sekretaris Daerah".to_owned(), waktu }
}

#[rstest]
#[tokio::test]
async fn each_adoption_is_kept_and_the_last_comes_first(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    assert_eq!(uji.store.find_weights("Kota Uji", i64::MAX).await.expect("none"), []);
    let (first, second) = (weights(1, "62.5", 10), weights(2, "50", 20));
    for bobot in [&first, &second] {
        uji.store.create_weights("Kota Uji", bobot).await.expect("adopted");
    }
    assert_eq!(uji.store.find_weights("Kota Uji", 20).await.expect("both"), [second, first.clone()]);
    assert_eq!(uji.store.find_weights("Kota Uji", 19).await.expect("as of then"), [first]);
    assert_eq!(uji.store.find_weights("Kota Uji", 9).await.expect("before"), []);
}

#[rstest]
#[tokio::test]
async fn of_two_who_adopt_at_the_same_time_one_is_told(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let (one, other) = (weights(1, "62.5", 10), weights(1, "50", 11));
    let (a, b) = tokio::join!(uji.store.create_weights("Kota Uji", &one), uji.store.create_weights("Kota Uji", &other));
    let refused = [&a, &b].into_iter().filter(|r| matches!(r, Err(Galat::Bentrok))).count();
    assert_eq!((refused, [&a, &b].into_iter().filter(|r| r.is_ok()).count()), (1, 1), "{a:?} {b:?}");
    let kept = uji.store.find_weights("Kota Uji", i64::MAX).await.expect("one");
    assert_eq!(kept, [if a.is_ok() { one } else { other }]);
}

#[rstest]
#[tokio::test]
async fn regions_count_for_themselves(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    uji.store.create_weights("Kota Uji", &weights(1, "62.5", 10)).await.expect("adopted");
    assert_eq!(uji.store.find_weights("Kabupaten Uji", i64::MAX).await.expect("none"), []);
    assert_eq!(uji.store.find_weights("Kota", i64::MAX).await.expect("none"), [], "names are whole");
    uji.store.create_weights("Kabupaten Uji", &weights(1, "40", 11)).await.expect("its own first");
    assert_eq!(uji.store.find_weights("Kota Uji", i64::MAX).await.expect("kept"), [weights(1, "62.5", 10)]);
}
