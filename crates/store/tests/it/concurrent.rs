//! Many writers at once.

use rstest::rstest;
use tokio::task::JoinHandle;
use tolok_domain::access::Peran;
use tolok_store::{Ctx, Galat, Hasil, Perubahan};
use tolok_testkit::{Mesin, UjiStore, ctx, store};

use crate::rows::{coming, figure, is_conflict, ledger, replacing, write};

fn spawn(uji: &UjiStore, ctx: &Ctx, change: Perubahan) -> JoinHandle<Hasil<i64>> {
    let (store, ctx) = (uji.store.clone(), ctx.clone());
    tokio::spawn(async move { write(&store, &ctx, &change).await })
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_of_different_figures_all_succeed(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let ctx = ctx(uji.office("uji").await, &[Peran::Admin]);
    let old: Vec<_> = (0..20).map(|i| figure(&format!("i{i}"), "1")).collect();
    write(&uji.store, &ctx, &coming(&old.iter().collect::<Vec<_>>())).await.expect("first");
    let tasks: Vec<_> = old.iter().map(|f| spawn(&uji, &ctx, replacing(f, &[&figure(&f.subjek, "2")]))).collect();
    let mut numbers = Vec::new();
    for task in tasks {
        numbers.push(task.await.expect("task").expect("written"));
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (2..=21).collect::<Vec<i64>>(), "no gap and no number twice");
    assert_eq!(ledger(&uji.store, &ctx).await.len(), 21);
    let figures = uji.store.figure_rows(&ctx).await.expect("figures");
    assert!(figures.len() == 20 && figures.values().all(|f| f.nilai == "2"));
    assert_eq!(uji.store.verify(&ctx).await.expect("verified").rusak, []);
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_writers_of_one_figure_exactly_one_wins(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let ctx = ctx(uji.office("uji").await, &[Peran::Admin]);
    let mut current = figure("i1", "0");
    write(&uji.store, &ctx, &coming(&[&current])).await.expect("first");
    for round in 1..=10_i64 {
        let rivals = [figure("i1", "1"), figure("i1", "2")];
        let tasks = [0, 1].map(|i| spawn(&uji, &ctx, replacing(&current, &[&rivals[i]])));
        let mut results = Vec::new();
        for task in tasks {
            results.push(task.await.expect("task"));
        }
        let winner = results.iter().position(Result::is_ok).expect("one wins");
        assert!(is_conflict(&results[1 - winner]), "{results:?}");
        assert_eq!(uji.store.head(&ctx).await.expect("head"), round + 1);
        current = rivals[winner].clone();
        let figures = uji.store.figure_rows(&ctx).await.expect("figures");
        assert_eq!(figures.into_values().collect::<Vec<_>>(), std::slice::from_ref(&current));
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_first_values_of_one_figure_exactly_one_wins(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let ctx = ctx(uji.office("uji").await, &[Peran::Admin]);
    let tasks: Vec<_> = (0..8).map(|i| spawn(&uji, &ctx, coming(&[&figure("i1", &i.to_string())]))).collect();
    let mut won = 0;
    for task in tasks {
        match task.await.expect("task") {
            Ok(nomor) => won += nomor,
            Err(Galat::Bentrok) => {}
            Err(other) => panic!("{other:?}"),
        }
    }
    assert_eq!(won, 1, "one of them, as entry 1");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn checking_while_others_write_raises_no_false_alarm(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let ctx = ctx(uji.office("uji").await, &[Peran::Admin]);
    let mut old = figure("i1", "0");
    write(&uji.store, &ctx, &coming(&[&old])).await.expect("first");
    let writer = {
        let (store, ctx) = (uji.store.clone(), ctx.clone());
        tokio::spawn(async move {
            for n in 1..200 {
                let new = figure("i1", &n.to_string());
                write(&store, &ctx, &replacing(&old, &[&new])).await.expect("written");
                old = new;
            }
        })
    };
    let mut checks = 0;
    while !writer.is_finished() {
        assert_eq!(uji.store.verify(&ctx).await.expect("verified").rusak, []);
        checks += 1;
    }
    writer.await.expect("writer");
    assert!(checks > 1, "{checks}");
}
