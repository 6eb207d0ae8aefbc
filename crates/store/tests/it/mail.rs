//! The outbox, and the days whose digest was written.

use rstest::rstest;
use tolok_store::SuratBaru;
use tolok_testkit::{Mesin, store};

/// Microseconds.
const WAIT: i64 = 100;

fn mail(kepada: &str) -> SuratBaru {
    let (perihal, isi) = ("Uji".to_owned(), "Isi\nbaris kedua".to_owned());
    SuratBaru { kepada: kepada.to_owned(), perihal, isi }
}

#[rstest]
#[tokio::test]
async fn a_mail_waits_longer_after_each_try_until_it_is_forgotten(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some(uji) = store(mesin).await else { return };
    uji.store.create_mail(&mail("a@contoh.test"), 1_000).await.expect("queued");
    assert_eq!(uji.store.take_mail(999, WAIT).await.expect("looked"), None, "not before it was written");
    let first = uji.store.take_mail(1_000, WAIT).await.expect("taken").expect("due");
    assert_eq!((first.kepada.as_str(), first.isi.as_str(), first.coba), ("a@contoh.test", "Isi\nbaris kedua", 1));
    assert_eq!(uji.store.take_mail(1_099, WAIT).await.expect("looked"), None, "somebody tries it now");
    assert_eq!(uji.store.take_mail(1_100, WAIT).await.expect("taken").map(|m| m.coba), Some(2));
    // The second wait is twice the first.
    assert_eq!(uji.store.take_mail(1_299, WAIT).await.expect("looked"), None);
    assert_eq!(uji.store.take_mail(1_300, WAIT).await.expect("taken").map(|m| m.coba), Some(3));
    uji.store.delete_mail(first.surat_id).await.expect("sent");
    assert_eq!(uji.store.take_mail(i64::MAX / 2, WAIT).await.expect("looked"), None);
}

#[rstest]
#[tokio::test]
async fn two_processes_never_take_the_same_mail(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    uji.store.create_mail(&mail("a@contoh.test"), 1).await.expect("queued");
    let (one, other) = tokio::join!(uji.store.take_mail(5, WAIT), uji.store.take_mail(5, WAIT));
    let taken = [one.expect("looked"), other.expect("looked")];
    assert_eq!(taken.iter().flatten().count(), 1, "{taken:?}");
}

#[rstest]
#[tokio::test]
async fn a_day_is_claimed_with_its_mails_or_not_at_all(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    assert!(!uji.store.has_digest("2022-02-01").await.expect("looked"));
    let surat = [mail("a@contoh.test"), mail("b@contoh.test")];
    assert!(uji.store.create_digest("2022-02-01", &surat, &[], 1).await.expect("written"));
    assert!(uji.store.has_digest("2022-02-01").await.expect("looked"));
    assert!(!uji.store.has_digest("2022-02-02").await.expect("looked"));
    assert!(!uji.store.create_digest("2022-02-01", &surat, &[], 2).await.expect("refused"), "once a day");
    let mut waiting = 0;
    while uji.store.take_mail(10, 1_000).await.expect("taken").is_some() {
        waiting += 1;
    }
    assert_eq!(waiting, 2, "the second digest wrote none");
}
