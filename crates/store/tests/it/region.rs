//! Many offices at once say the same as each alone.

use rstest::rstest;
use tolok_domain::access::Peran;
use tolok_domain::figure::{JenisAngka, Keadaan};
use tolok_domain::{Angka, AngkaId, Periode, Potret};
use tolok_store::{BarisAngka, Ctx, Perubahan};
use tolok_testkit::{Mesin, TestApp, WAKTU, ctx, demo_paket};

/// The demo office, a second one with the same data, and an empty one.
async fn three(mesin: Mesin) -> Option<(TestApp, [Ctx; 3])> {
    let uji = TestApp::new(mesin).await?;
    let second = ctx(uji.uji.office("kedua").await, &[Peran::Admin]);
    let mut paket = demo_paket(second.instansi);
    paket.potret.bukti.clear();
    paket.bukti.clear();
    paket.potret.angka.iter_mut().for_each(|a| a.bukti.clear());
    uji.app.import(&second, &paket).await.expect("imported");
    let empty = ctx(uji.uji.office("kosong").await, &[Peran::Admin]);
    let first = uji.ctx.clone();
    Some((uji, [first, second, empty].map(|ctx| Ctx { versi: Some(1), ..ctx })))
}

/// Supersedes the realisation of an indicator by the same one in another state.
async fn move_on(uji: &TestApp, ctx: &Ctx, keadaan: Keadaan, at: i64) {
    let head = uji.store().head(ctx).await.expect("head");
    let potret = uji.store().load_potret(ctx, 2021, head).await.expect("loaded").expect("2021");
    let year = Periode::Tahun(2021);
    let is_it = |a: &&Angka| a.subjek.kode() == "2.07.03.i1" && a.jenis == JenisAngka::Realisasi && a.periode == year;
    let old = potret.angka.iter().find(is_it).expect("figure");
    let new = Angka { id: AngkaId::new(), keadaan, ..old.clone() };
    let change = Perubahan {
        angka_masuk: vec![BarisAngka::from_figure(&new)],
        angka_keluar: vec![old.id.0],
        ..Perubahan::default()
    };
    let ctx = Ctx { waktu: at, ..ctx.clone() };
    uji.store().apply(&ctx, "uji", "", "", None, &change).await.expect("written");
}

async fn all(uji: &TestApp, kantor: &[&Ctx]) -> Vec<(Potret, Vec<(Keadaan, i64)>)> {
    let mut seen = Vec::new();
    let note = |p: Potret, earlier: Vec<Angka>| {
        seen.push((p, earlier.iter().map(|a| (a.keadaan, a.dicatat)).collect()));
    };
    uji.store().each_potret(kantor, 2021, note).await.expect("loaded");
    seen
}

#[rstest]
#[tokio::test]
async fn each_office_is_as_it_is_alone(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, offices)) = three(mesin).await else { return };
    let kantor: Vec<&Ctx> = offices.iter().collect();
    let seen = all(&uji, &kantor).await;
    assert_eq!(seen.len(), 2, "the empty office has no snapshot");
    for ctx in &offices[..2] {
        let alone = uji.store().load_potret(ctx, 2021, 1).await.expect("loaded").expect("2021");
        let (found, earlier) = seen.iter().find(|(p, _)| p.instansi.id == ctx.instansi).expect("seen");
        let mut alone = Potret { narasi: Vec::new(), ..alone };
        alone.angka.iter_mut().for_each(|a| a.oleh.clear());
        assert_eq!(*found, alone);
        assert_eq!(*earlier, []);
    }
    assert_eq!(all(&uji, &kantor[1..]).await.len(), 1, "only the offices that are named");
    assert!(all(&uji, &[]).await.is_empty());
    let mut none = 0;
    uji.store().each_potret(&kantor, 1999, |_, _| none += 1).await.expect("loaded");
    assert_eq!(none, 0);
}

#[rstest]
#[tokio::test]
async fn each_office_is_seen_at_its_own_version(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, [first, second, _])) = three(mesin).await else { return };
    move_on(&uji, &first, Keadaan::Diajukan, WAKTU + 1).await;
    move_on(&uji, &first, Keadaan::Diverifikasi, WAKTU + 2).await;
    let at = |ctx: &Ctx, versi| Ctx { versi: Some(versi), ..ctx.clone() };
    for (versi, expected) in [(1, vec![]), (2, vec![]), (3, vec![(Keadaan::Diajukan, WAKTU + 1)]), (0, vec![])] {
        let seen = all(&uji, &[&at(&first, versi), &second]).await;
        let found = seen.iter().find(|(p, _)| p.instansi.id == first.instansi);
        assert_eq!(found.map(|(_, earlier)| earlier), (versi > 0).then_some(&expected), "version {versi}");
        let alone = uji.store().load_potret(&first, 2021, versi).await.expect("loaded");
        let ids = |p: &Potret| p.angka.iter().map(|a| a.id).collect::<Vec<_>>();
        assert_eq!(found.map(|(p, _)| ids(p)), alone.as_ref().map(ids), "version {versi}");
    }
    let heads = |moment| {
        let (uji, first, second) = (&uji, &first, &second);
        async move {
            let found = uji.store().heads_at(&[first, second], moment).await.expect("heads");
            [first, second].map(|ctx| found.get(&ctx.instansi).copied())
        }
    };
    assert_eq!(heads(WAKTU - 1).await, [None, None]);
    assert_eq!(heads(WAKTU + 1).await, [Some(2), Some(1)]);
    assert_eq!(heads(i64::MAX).await, [Some(3), Some(1)]);
}

#[rstest]
#[tokio::test]
async fn offices_are_known_by_name_and_years(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((uji, [first, second, empty])) = three(mesin).await else { return };
    let found = uji.store().identify(&[&first, &second, &empty]).await.expect("known");
    let of = |ctx: &Ctx| &found[&ctx.instansi];
    assert_eq!((of(&first).daerah.as_str(), of(&first).tahun.as_slice()), ("Kota Serang", [2021].as_slice()));
    assert_eq!((of(&second).nama.as_str(), of(&second).tahun.len()), ("kedua", 1));
    assert_eq!((of(&empty).daerah.as_str(), of(&empty).tahun.len()), ("Kota Uji", 0));
    let before = Ctx { versi: Some(0), ..first.clone() };
    assert!(uji.store().identify(&[&before]).await.expect("known")[&first.instansi].tahun.is_empty());
}
