//! Changes that concern two offices: an entry in each, or nothing in either.

use rstest::rstest;
use tolok_domain::InstansiId;
use tolok_domain::access::Peran;
use tolok_store::{Bagian, Ctx, Galat, Perubahan};
use tolok_testkit::{Mesin, UjiStore, ctx, store};

use crate::rows::{coming, figure, is_conflict, ledger, unit, write};

async fn two(mesin: Mesin) -> Option<(UjiStore, Ctx, Ctx)> {
    let uji = store(mesin).await?;
    let (a, b) = (uji.office("dinas-a").await, uji.office("dinas-b").await);
    Some((uji, ctx(a, &[Peran::Admin]), ctx(b, &[Peran::Admin])))
}

fn adding(kode: &str) -> Perubahan {
    Perubahan { butir_masuk: vec![unit(kode, "Bidang")], ..Perubahan::default() }
}

fn part<'a>(ctx: &'a Ctx, tindakan: &'a str, seen: Option<i64>, change: &'a Perubahan) -> Bagian<'a> {
    Bagian { ctx, catatan: [tindakan, "x1", ""], seen, change }
}

#[rstest]
#[tokio::test]
async fn both_offices_get_their_entry(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, a, b)) = two(mesin).await else { return };
    // The offices count for themselves.
    write(&uji.store, &b, &coming(&[&figure("i1", "1")])).await.expect("first");
    let (here, there) = (adding("A"), adding("B"));
    let parts = [part(&a, "usulkan", Some(0), &here), part(&b, "terima usulan", Some(1), &there)];
    assert_eq!(uji.store.apply_all(&parts).await.expect("written"), [1, 2]);
    // The numbers come in the order of the parts, whichever office is locked first.
    let (here, there) = (adding("A2"), adding("B2"));
    let parts = [part(&b, "usulkan", None, &there), part(&a, "terima usulan", None, &here)];
    assert_eq!(uji.store.apply_all(&parts).await.expect("written"), [3, 2]);
    let done = |entries: Vec<tolok_store::Entri>| entries.into_iter().map(|e| e.tindakan).collect::<Vec<_>>();
    assert_eq!(done(ledger(&uji.store, &a).await), ["terima usulan", "usulkan"]);
    assert_eq!(done(ledger(&uji.store, &b).await), ["usulkan", "terima usulan", "ubah"]);
    let codes = async |ctx: &Ctx| {
        let rows = uji.store.rows_at(ctx, 2021, i64::MAX).await.expect("rows");
        let mut codes: Vec<String> = rows.into_iter().map(|b| b.kunci).collect();
        codes.sort();
        codes
    };
    assert_eq!((codes(&a).await, codes(&b).await), (vec!["A".to_owned(), "A2".into()], vec!["B".into(), "B2".into()]));
    for office in [&a, &b] {
        assert_eq!(uji.store.verify(office).await.expect("verified").rusak, []);
    }
}

#[rstest]
#[tokio::test]
async fn what_one_office_refuses_the_other_does_not_get(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, a, b)) = two(mesin).await else { return };
    write(&uji.store, &a, &adding("A")).await.expect("first");
    write(&uji.store, &b, &adding("B")).await.expect("first");
    let (good, taken) = (adding("N"), adding("B"));
    let nobody = ctx(InstansiId::new(), &[Peran::Admin]);
    // Whichever of the two is written first: the other fails afterwards, or before.
    let attempts: [[Bagian<'_>; 2]; 4] = [
        [part(&a, "usulkan", Some(1), &good), part(&b, "usulkan", Some(1), &taken)],
        [part(&a, "usulkan", Some(1), &good), part(&b, "usulkan", Some(0), &good)],
        [part(&a, "usulkan", Some(0), &good), part(&b, "usulkan", Some(1), &good)],
        // One office twice: its second change was decided on a version that is gone.
        [part(&a, "usulkan", Some(1), &good), part(&a, "usulkan", Some(1), &good)],
    ];
    for parts in attempts {
        let result = uji.store.apply_all(&parts).await;
        assert!(is_conflict(&result), "{result:?}");
    }
    let result = uji.store.apply_all(&[part(&a, "usulkan", None, &good), part(&nobody, "usulkan", None, &good)]).await;
    assert!(matches!(result, Err(Galat::TidakDitemukan(_))), "{result:?}");
    for office in [&a, &b] {
        assert_eq!(uji.store.head(office).await.expect("head"), 1, "nothing was written");
        assert_eq!(uji.store.rows_at(office, 2021, i64::MAX).await.expect("rows").len(), 1);
    }
}

#[rstest]
#[tokio::test]
async fn a_form_is_written_once_in_the_office_that_sent_it(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, a, b)) = two(mesin).await else { return };
    let sent = a.sending("kunci-1");
    let (here, there) = (adding("A"), adding("B"));
    let parts = [part(&sent, "usulkan", None, &here), part(&b, "usulkan", None, &there)];
    assert_eq!(uji.store.apply_all(&parts).await.expect("written"), [1, 1]);
    let (here, there) = (adding("A2"), adding("B2"));
    let again = uji.store.apply_all(&[part(&sent, "usulkan", None, &here), part(&b, "usulkan", None, &there)]).await;
    assert!(matches!(again, Err(Galat::SudahTersimpan(1))), "{again:?}");
    assert_eq!(uji.store.head(&b).await.expect("head"), 1);
}

/// Two offices propose to each other at the same time, over and over: both get through, neither waits for ever.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn crossing_changes_do_not_block_each_other(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    const EACH: usize = 20;
    let Some((uji, a, b)) = two(mesin).await else { return };
    let side = |own: Ctx, other: Ctx, name: &'static str| {
        let store = uji.store.clone();
        tokio::spawn(async move {
            for n in 0..EACH {
                let (here, there) = (adding(&format!("{name}{n}")), adding(&format!("{name}{n}")));
                let parts = [part(&own, "usulkan", None, &here), part(&other, "usulkan", None, &there)];
                store.apply_all(&parts).await.expect("written");
            }
        })
    };
    let (first, second) = (side(a.clone(), b.clone(), "A"), side(b.clone(), a.clone(), "B"));
    first.await.expect("finished");
    second.await.expect("finished");
    for office in [&a, &b] {
        assert_eq!(uji.store.head(office).await.expect("head"), 2 * EACH as i64);
        assert_eq!(uji.store.verify(office).await.expect("verified").rusak, []);
    }
}

#[rstest]
#[tokio::test]
async fn neighbours_are_the_other_offices_of_the_region(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, a, _)) = two(mesin).await else { return };
    let make = async |kode: &str, daerah: &str| {
        uji.store.create_office(InstansiId::new(), kode, kode, daerah).await.expect("office");
    };
    make("luar", "Kota Lain").await;
    make("tanpa-1", "").await;
    make("tanpa-2", "").await;
    let codes = |found: Vec<tolok_store::Tetangga>| found.into_iter().map(|t| t.kode).collect::<Vec<_>>();
    assert_eq!(codes(uji.store.neighbours(&a).await.expect("found")), ["dinas-b"]);
    assert_eq!(uji.store.load_office(&a).await.expect("found").kode, "dinas-a");
    let alone = uji.store.find_office("tanpa-1").await.expect("looked").expect("office");
    assert_eq!(codes(uji.store.neighbours(&ctx(alone, &[Peran::Admin])).await.expect("found")), Vec::<String>::new());
}
