//! Snapshots of the demo office, now and as of earlier entries.

use rstest::rstest;
use tolok_domain::figure::{Angka, JenisAngka};
use tolok_domain::number::{Konteks, parse_value};
use tolok_domain::{AngkaId, Nilai, Periode, Potret, Subjek, TipeNilai};
use tolok_store::{BarisAngka, Ctx, Perubahan, Tercatat};
use tolok_testkit::{Mesin, TestApp, WAKTU, demo_paket};

/// The snapshot with its identities of figures, which every reading of a package makes anew, and its recorder taken out.
fn without_recorder(mut potret: Potret) -> Potret {
    for a in &mut potret.angka {
        a.id = AngkaId(uuid::Uuid::nil());
        (a.oleh, a.dicatat) = (String::new(), 0);
    }
    potret
}

fn realisation(potret: &Potret, indikator: &str) -> Angka {
    let is_it = |a: &&Angka| {
        a.subjek.kode() == indikator && a.jenis == JenisAngka::Realisasi && a.periode == Periode::Tahun(potret.tahun)
    };
    potret.angka.iter().find(is_it).expect(indikator).clone()
}

/// Gives an indicator's realisation of 2021 another value and gives back the entry's number.
async fn change(uji: &TestApp, ctx: &Ctx, indikator: &str, nilai: &str) -> i64 {
    let (store, head) = (uji.store(), uji.store().head(ctx).await.expect("head"));
    let potret = store.load_potret(ctx, 2021, head).await.expect("loaded").expect("2021");
    let old = realisation(&potret, indikator);
    let nilai = parse_value(nilai, TipeNilai::Persen, &Konteks::indonesia()).expect("value");
    let new = Angka { id: AngkaId::new(), nilai, ..old.clone() };
    let change = Perubahan {
        angka_masuk: vec![BarisAngka::from_figure(&new)],
        angka_keluar: vec![old.id.0],
        ..Perubahan::default()
    };
    store.apply(ctx, "ubah realisasi", indikator, "", None, &change).await.expect("changed")
}

#[rstest]
#[tokio::test]
async fn what_was_imported_is_loaded(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let loaded = uji.store().load_potret(&uji.ctx, 2021, 1).await.expect("loaded").expect("2021");
    assert!(loaded.angka.iter().all(|a| a.oleh == "Penguji" && a.dicatat == WAKTU), "who and when come from the entry");
    assert_eq!(without_recorder(loaded), without_recorder(demo_paket(uji.ctx.instansi).potret));
    assert_eq!(uji.store().years(&uji.ctx, i64::MAX).await.expect("years"), [2021]);
    assert!(uji.store().load_potret(&uji.ctx, 2020, 1).await.expect("loaded").is_none(), "no data for that year");
    assert!(uji.store().load_potret(&uji.ctx, 2021, 0).await.expect("loaded").is_none(), "no data before the import");
}

#[rstest]
#[tokio::test]
async fn an_earlier_entry_shows_the_earlier_value(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let load = async |at| uji.store().load_potret(&uji.ctx, 2021, at).await.expect("loaded").expect("2021");
    let imported = load(1).await;
    assert_eq!(change(&uji, &uji.ctx, "2.07.03.i1", "41,5").await, 2);
    assert_eq!(change(&uji, &uji.ctx, "2.07.03.i1", "42").await, 3);
    for (at, shown) in [(1, "40,98"), (2, "41,5"), (3, "42"), (99, "42")] {
        assert_eq!(realisation(&load(at).await, "2.07.03.i1").nilai.to_string(), shown, "as of entry {at}");
    }
    assert_eq!(load(1).await, imported, "the past does not change");
    let order = |p: &Potret| p.angka.iter().map(|a| (a.subjek.clone(), a.jenis.clone(), a.periode)).collect::<Vec<_>>();
    assert_eq!(order(&load(3).await), order(&imported), "the new figure stands in the place of the old one");
}

#[rstest]
#[tokio::test]
async fn the_history_of_a_figure_is_in_the_order_of_the_ledger(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    for (n, (pelaku, nilai)) in (1..).zip([("Seksi A", "41,5"), ("Seksi B", "42")]) {
        let ctx = Ctx { pelaku: pelaku.to_owned(), waktu: WAKTU + n, ..uji.ctx.clone() };
        change(&uji, &ctx, "2.07.03.i1", nilai).await;
    }
    change(&uji, &uji.ctx, "2.07.05.i1", "1").await;
    let subjek = Subjek::Indikator("2.07.03.i1".to_owned());
    let told = async |ctx: &Ctx, tahun| -> Vec<(String, String, i64, Option<i64>)> {
        let history = uji.store().history_of(ctx, &subjek, tahun).await.expect("history");
        let realised = history.iter().filter(|t| t.angka.jenis == JenisAngka::Realisasi);
        let line = |t: &Tercatat| {
            let a = &t.angka;
            (a.nilai.to_string(), a.oleh.clone(), a.dicatat, t.keluar.as_ref().map(|k| k.nomor))
        };
        realised.map(line).collect()
    };
    let expected = |lines: &[(&str, &str, i64, Option<i64>)]| -> Vec<(String, String, i64, Option<i64>)> {
        lines.iter().map(|(v, w, t, k)| ((*v).to_owned(), (*w).to_owned(), *t, *k)).collect()
    };
    let all = [
        ("40,98", "Penguji", WAKTU, Some(2)),
        ("41,5", "Seksi A", WAKTU + 1, Some(3)),
        ("42", "Seksi B", WAKTU + 2, None),
    ];
    assert_eq!(told(&uji.ctx, 2021).await, expected(&all));
    let earlier = [("65", "Penguji", WAKTU, None)];
    assert_eq!(told(&uji.ctx, 2020).await, expected(&earlier), "another year's periods are apart");
    let past = Ctx { versi: Some(2), lampau: true, ..uji.ctx.clone() };
    let known = [("40,98", "Penguji", WAKTU, Some(2)), ("41,5", "Seksi A", WAKTU + 1, None)];
    assert_eq!(told(&past, 2021).await, expected(&known), "what was known then: nobody had changed it yet");
}

#[rstest]
#[tokio::test]
async fn values_of_every_type_come_back_as_they_were(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    use rust_decimal::dec;
    let Some(uji) = TestApp::new(mesin).await else { return };
    let potret = demo_paket(uji.ctx.instansi).potret;
    let template = realisation(&potret, "2.07.03.i1");
    let values = [
        Nilai::Bilangan(dec!(-0.000000000000000000001)),
        Nilai::Bilangan(dec!(79228162514264337593543950335)),
        Nilai::Persen(dec!(98.13)),
        Nilai::Rasio { n: dec!(28), d: dec!(0) },
        Nilai::Rentang { bawah: dec!(-1.5), atas: dec!(2) },
        Nilai::Predikat("BB".to_owned()),
        Nilai::Dokumen(true),
        Nilai::Dokumen(false),
        Nilai::Uang(tolok_domain::Rupiah::from_sen(i64::MAX)),
        Nilai::Uang(tolok_domain::Rupiah::from_sen(-1)),
        Nilai::BelumAda { alasan: "belum ada; 'kutip' \"ganda\" \u{1f600} \\ %".to_owned() },
    ];
    // Years that the demo does not use keep the figures apart.
    let figures: Vec<Angka> = (1950..)
        .zip(&values)
        .map(|(t, v)| Angka { id: AngkaId::new(), periode: Periode::Tahun(t), nilai: v.clone(), ..template.clone() })
        .collect();
    let rows = figures.iter().map(BarisAngka::from_figure).collect();
    let change = Perubahan { angka_masuk: rows, ..Perubahan::default() };
    let at = uji.store().apply(&uji.ctx, "uji", "", "", None, &change).await.expect("written");
    let stored = uji.store().figures_at(&uji.ctx, at).await.expect("figures");
    let got: Vec<&Nilai> = stored.iter().filter(|a| a.periode.tahun() < 1990).map(|a| &a.nilai).collect();
    assert_eq!(got, values.iter().collect::<Vec<_>>());
}
