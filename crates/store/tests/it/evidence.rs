//! Evidence files.

use std::path::Path;

use rstest::rstest;
use tolok_domain::access::Peran;
use tolok_store::{Ctx, Galat};
use tolok_testkit::{Mesin, UjiStore, ctx, store};

/// SHA-256 of "bukti".
const BUKTI: &str = "210ee5b91c68c0161c3f3f24cb6b9dc29108d2db5c65928f19ecd2704ab6e582";

async fn office(mesin: Mesin) -> Option<(UjiStore, Ctx)> {
    let uji = store(mesin).await?;
    let ctx = ctx(uji.office("uji").await, &[Peran::Admin]);
    Some((uji, ctx))
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(next).expect("folder") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push(path.strip_prefix(folder).expect("inside").display().to_string());
            }
        }
    }
    found
}

#[rstest]
#[tokio::test]
async fn a_file_is_found_by_its_hash(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    assert_eq!(uji.store.save_evidence(&ctx, b"bukti").await.expect("saved"), BUKTI);
    assert_eq!(uji.store.find_evidence(&ctx, BUKTI).await.expect("found"), b"bukti");
    let large = vec![7_u8; 3 << 20];
    let hash = uji.store.save_evidence(&ctx, &large).await.expect("saved");
    assert_eq!(uji.store.find_evidence(&ctx, &hash).await.expect("found"), large);
}

#[rstest]
#[tokio::test]
async fn the_same_content_is_stored_once(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    for _ in 0..3 {
        uji.store.save_evidence(&ctx, b"bukti").await.expect("saved");
    }
    assert_eq!(files(&uji.bukti), [format!("{}/{BUKTI}", ctx.instansi)]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_content_may_come_from_many_at_once(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    for round in 0..20_u8 {
        let bytes = vec![round; 200_000];
        let save = || {
            let (store, ctx, bytes) = (uji.store.clone(), ctx.clone(), bytes.clone());
            tokio::spawn(async move { store.save_evidence(&ctx, &bytes).await })
        };
        let tasks: Vec<_> = (0..8).map(|_| save()).collect();
        for task in tasks {
            let hash = task.await.expect("task").expect("saved");
            assert_eq!(uji.store.find_evidence(&ctx, &hash).await.expect("found"), bytes);
        }
    }
    assert_eq!(files(&uji.bukti).len(), 20, "nothing is left aside");
}

#[rstest]
#[tokio::test]
async fn a_name_that_is_no_hash_is_refused(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, ctx)) = office(mesin).await else { return };
    uji.store.save_evidence(&ctx, b"bukti").await.expect("saved");
    let outside = uji.bukti.parent().expect("folder").join("rahasia");
    std::fs::write(&outside, b"rahasia").expect("file");
    let id = ctx.instansi;
    let names = [
        String::new(),
        ".".to_owned(),
        "../../rahasia".to_owned(),
        format!("../{id}/{BUKTI}"),
        outside.display().to_string(),
        format!("{}/", &BUKTI[..63]),
        format!("{}.", &BUKTI[..63]),
        format!("{}\0", &BUKTI[..63]),
        format!("{BUKTI}\n"),
        // 64 characters that lead elsewhere.
        format!("{}rahasia", "../".repeat(19)),
        "..%2f".repeat(13)[..64].to_owned(),
        "g".repeat(64),
        "é".repeat(32),
        // A hash that nothing has.
        "0".repeat(64),
    ];
    for name in names {
        let result = uji.store.find_evidence(&ctx, &name).await;
        assert!(matches!(result, Err(Galat::TidakDitemukan(_))), "{name:?}: {result:?}");
    }
}
