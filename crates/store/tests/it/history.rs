//! The history of figures, who entered them, and what came by which action.

use rstest::rstest;
use tolok_domain::access::Peran;
use tolok_domain::{Periode, Petak, Subjek};
use tolok_store::{BarisAngka, Ctx, Diisi, Perubahan};
use tolok_testkit::{Mesin, UjiStore, ctx, store};

use crate::rows::{coming, figure, replacing, unit, write};

async fn two(mesin: Mesin) -> Option<(UjiStore, Ctx, Ctx)> {
    let uji = store(mesin).await?;
    let one = ctx(uji.office("satu").await, &[Peran::Pengisi]);
    let other = ctx(uji.office("lain").await, &[Peran::Pengisi]);
    Some((uji, one, other))
}

#[rstest]
#[tokio::test]
async fn a_figure_has_each_value_with_who_came_and_who_went(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, one, other)) = two(mesin).await else { return };
    let store = &uji.store;
    let (first, second) = (figure("i1", "30"), figure("i1", "35"));
    write(store, &one, &coming(&[&first, &figure("i2", "1")])).await.expect("entered");
    let later = Ctx { pelaku: "Seksi B".to_owned(), ..one.clone() };
    write(store, &later, &replacing(&first, &[&second])).await.expect("corrected");
    let subjek = Subjek::Indikator("i1".to_owned());
    let found = store.history_of(&one, &subjek, 2021).await.expect("history");
    let told: Vec<_> = found
        .iter()
        .map(|t| (t.angka.nilai.to_string(), t.nomor, t.angka.oleh.clone(), t.keluar.as_ref().map(|k| k.oleh.clone())))
        .collect();
    let expected = [
        ("30".to_owned(), 1, "Penguji".to_owned(), Some("Seksi B".to_owned())),
        ("35".to_owned(), 2, "Seksi B".to_owned(), None),
    ];
    assert_eq!(told, expected);
    assert_eq!(store.history_of(&one, &subjek, 2020).await.expect("history"), [], "another year");
    assert_eq!(store.history_of(&other, &subjek, 2021).await.expect("history"), [], "another office");
}

#[rstest]
#[tokio::test]
async fn it_is_known_who_entered_and_when_it_was_handed_in(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, one, other)) = two(mesin).await else { return };
    let store = &uji.store;
    let draft = figure("i1", "30");
    let handed_in = BarisAngka { keadaan: "diajukan".to_owned(), ..figure("i1", "30") };
    let verified = BarisAngka { keadaan: "diverifikasi".to_owned(), ..figure("i1", "30") };
    let second = Ctx { akun: ctx(one.instansi, &[]).akun, waktu: one.waktu + 7, ..one.clone() };
    let third = Ctx { akun: ctx(one.instansi, &[]).akun, waktu: one.waktu + 9, ..one.clone() };
    write(store, &one, &coming(&[&draft])).await.expect("entered");
    write(store, &second, &replacing(&draft, &[&handed_in])).await.expect("handed in");
    write(store, &third, &replacing(&handed_in, &[&verified])).await.expect("verified");
    let petak = Petak::realisation("i1", None, Periode::Triwulan(2021, 1));
    let entered: Vec<_> = [&one, &second].map(|c| (petak.clone(), c.akun.expect("account"))).to_vec();
    assert_eq!(store.enterers(&one, 2021).await.expect("enterers"), entered, "who verified did not enter");
    assert_eq!(store.handed_in(&one, 2021).await.expect("moments"), [(petak, one.waktu + 7)]);
    for (ctx, year) in [(&one, 2020), (&other, 2021)] {
        assert_eq!(store.enterers(ctx, year).await.expect("enterers"), []);
        assert_eq!(store.handed_in(ctx, year).await.expect("moments"), []);
    }
}

#[rstest]
#[tokio::test]
async fn what_came_by_another_action_is_told_of_its_office_and_year(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some((uji, one, other)) = two(mesin).await else { return };
    let store = &uji.store;
    let imported = Perubahan { butir_masuk: vec![unit("A", "Awal")], ..coming(&[&figure("i1", "1")]) };
    store.apply(&one, "impor", "paket", "", None, &imported).await.expect("imported");
    let typed = figure("i2", "2");
    let change = Perubahan { butir_masuk: vec![unit("B", "Baru")], ..coming(&[&typed]) };
    write(store, &one, &change).await.expect("typed");
    let found = store.entered_by_others(&one, 2021, "impor").await.expect("told");
    assert!(found.has_row("unit", "B") && !found.has_row("unit", "A") && !found.has_row("rencana", "B"));
    assert_eq!(found.angka.iter().collect::<Vec<_>>(), [&typed.angka_id]);
    let gone = Perubahan { butir_keluar: vec![(2021, "unit".to_owned(), "B".to_owned())], ..replacing(&typed, &[]) };
    write(store, &one, &gone).await.expect("taken away");
    let none = Diisi::default();
    assert_eq!(store.entered_by_others(&one, 2021, "impor").await.expect("told"), none, "only what stands now");
    write(store, &one, &Perubahan { butir_masuk: vec![unit("C", "Lagi")], ..Perubahan::default() })
        .await
        .expect("typed");
    assert!(store.entered_by_others(&one, 2020, "impor").await.expect("told").butir.is_empty());
    assert_eq!(store.entered_by_others(&other, 2021, "impor").await.expect("told"), none);
}
