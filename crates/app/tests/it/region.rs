//! The offices of a region side by side.

use std::sync::Arc;

use jiff::civil::date;
use rstest::rstest;
use rust_decimal::dec;
use tolok_app::{Ctx, DaerahTermuat, Galat, IsianAngka, Pilihan, end_of_day};
use tolok_domain::access::{Hak, Penugasan, Peran};
use tolok_domain::approval::Tindakan;
use tolok_domain::duty::of_indicator;
use tolok_domain::region::{BOBOT, Ringkasan};
use tolok_domain::{InstansiId, JenisAngka, Periode, Petak};
use tolok_report::region::TabelDaerah;
use tolok_testkit::{Mesin, TestApp, WAKTU, ctx, demo_paket};

const SANDI: &str = "kuda baterai benar 7";
const KOTA: &str = "Kota Serang";

/// The demo office, one with the same plan but nothing realised, and one without any data; all of one region.
struct Kota {
    uji: TestApp,
    kedua: Ctx,
}

impl Kota {
    async fn new(mesin: Mesin) -> Option<Self> {
        let uji = TestApp::new(mesin).await?;
        let offices = [("kedua", "Dinas Kedua"), ("ketiga", "Dinas Ketiga")];
        let mut ids = Vec::new();
        for (kode, nama) in offices {
            let id = InstansiId::new();
            uji.store().create_office(id, kode, nama, KOTA).await.expect("office");
            ids.push(id);
        }
        let kedua = ctx(ids[0], &[Peran::Admin, Peran::Perencana]);
        let mut paket = demo_paket(kedua.instansi);
        paket.potret.instansi.nama = "Dinas Kedua".to_owned();
        paket.potret.bukti.clear();
        paket.bukti.clear();
        let planned = |jenis: &JenisAngka| matches!(jenis, JenisAngka::Target { .. } | JenisAngka::Pagu { .. });
        paket.potret.angka.retain(|a| planned(&a.jenis));
        uji.app.import(&kedua, &paket).await.expect("imported");
        uji.app
            .create_region_account(KOTA, "bappeda", "Bappeda", SANDI, Peran::PimpinanDaerah, WAKTU)
            .await
            .expect("account");
        Some(Self { uji, kedua })
    }

    /// Contexts of the region's account, with the versions as they are now.
    async fn contexts(&self, waktu: i64) -> Vec<(String, Ctx)> {
        let masuk = self
            .uji
            .app
            .sign_in("bappeda", SANDI, &tolok_app::Peminta::default(), WAKTU)
            .await
            .expect("tried")
            .expect("right");
        let sesi = self.uji.app.session(&masuk.rahasia, WAKTU).await.expect("looked").expect("valid");
        sesi.contexts(Hak::LihatDaerah, waktu)
    }

    async fn look(&self, waktu: i64) -> DaerahTermuat {
        self.uji.app.region(&self.contexts(waktu).await, None, Some(4)).await.expect("seen")
    }

    /// Enters a realisation of the second office.
    async fn enter(&self, nilai: &str, waktu: i64) {
        let petak = Petak::realisation("iku.1", None, Periode::Tahun(2021));
        let ctx = Ctx { waktu, ..self.kedua.clone() };
        let loaded = self.uji.app.load(&ctx.fresh(), 2021).await.expect("loaded");
        let input = IsianAngka {
            dilihat: petak.figure(&loaded.potret).map(|a| a.id),
            petak,
            nilai: nilai.to_owned(),
            keterangan: String::new(),
            bukti: None,
        };
        self.uji.app.save_figures(&ctx, 2021, &[input]).await.expect("saved");
    }
}

fn office<'a>(seen: &'a DaerahTermuat, kode: &str) -> &'a Arc<Ringkasan> {
    let found = seen.daerah.kantor.iter().find(|k| k.kode == kode).expect("listed");
    found.ringkasan.as_ref().expect("has data")
}

#[rstest]
#[tokio::test]
async fn every_office_is_listed_and_what_is_missing_is_no_zero(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(kota) = Kota::new(mesin).await else { return };
    let seen = kota.look(WAKTU).await;
    assert_eq!((seen.nama.as_str(), seen.tahun.as_slice(), seen.tw), (KOTA, [2021].as_slice(), 4));
    let listed: Vec<_> = seen.daerah.kantor.iter().map(|k| (k.kode.as_str(), k.ringkasan.is_some())).collect();
    assert_eq!(listed, [("disnakertrans-serang", true), ("kedua", true), ("ketiga", false)]);
    let (first, second) = (office(&seen, "disnakertrans-serang"), office(&seen, "kedua"));
    assert_eq!((first.capaian.ada, first.capaian.dari), (4, 7), "as on the office's own page");
    assert_eq!((second.capaian.nilai, second.capaian.ada, second.capaian.dari), (None, 0, 7));
    assert!(second.uang.absorption().is_none());
    assert_eq!((second.kemajuan.terisi, second.kemajuan.dari > 0), (0, true));
    let total = seen.daerah.total();
    // One office of three knows its mean, and the mean of all is that one's.
    assert_eq!(total.capaian.nilai, first.capaian.nilai);
    assert_eq!((total.capaian.ada, total.capaian.dari), (1, 3));
    assert_eq!(
        (total.kantor.to_string(), total.indikator.to_string()),
        ("2 dari 3".to_owned(), "4 dari 14".to_owned())
    );
    assert_eq!((total.absorption(), total.uang.ada), (first.uang.absorption(), 1));
    assert_eq!(seen.daerah.pairs().len(), 1);
}

#[rstest]
#[tokio::test]
async fn only_what_has_changed_is_computed_again(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(kota) = Kota::new(mesin).await else { return };
    let before = kota.look(WAKTU).await;
    kota.enter("9,5", WAKTU + 1).await;
    let after = kota.look(WAKTU).await;
    let same = |kode| Arc::ptr_eq(office(&before, kode), office(&after, kode));
    assert!(same("disnakertrans-serang") && !same("kedua"));
    assert_eq!(office(&after, "kedua").capaian.ada, 1);
    // Lateness is told for a day: the next one is computed anew.
    let tomorrow = kota.look(WAKTU + 24 * 3600 * 1_000_000).await;
    assert!(!Arc::ptr_eq(office(&after, "kedua"), office(&tomorrow, "kedua")));
}

#[rstest]
#[tokio::test]
async fn a_past_day_shows_what_was_known_then(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(kota) = Kota::new(mesin).await else { return };
    let (first, second) = (date(2022, 2, 10), date(2022, 2, 11));
    kota.enter("9,5", end_of_day(first)).await;
    kota.enter("9,6", end_of_day(second)).await;
    let today = end_of_day(date(2022, 3, 1));
    let app = &kota.uji.app;
    let value =
        |seen: &DaerahTermuat| office(seen, "kedua").indikator.iter().find(|i| i.kode == "iku.1").and_then(|i| i.nilai);
    for (per, expected) in [
        (date(2022, 2, 9), None),
        (first, Some(dec!(9.5))),
        (second, Some(dec!(9.6))),
        (date(2022, 3, 1), Some(dec!(9.6))),
    ] {
        let contexts = app.region_as_of(kota.contexts(today).await, per).await.expect("then");
        let seen = app.region(&contexts, Some(2021), Some(4)).await.expect("seen");
        assert_eq!((value(&seen), seen.hari_ini), (expected, per), "{per}");
    }
    let before_all = app.region_as_of(kota.contexts(today).await, date(2022, 1, 1)).await.expect("then");
    assert!(matches!(app.region(&before_all, None, None).await, Err(Galat::TidakDitemukan(_))));
}

#[rstest]
#[tokio::test]
async fn a_figure_handed_in_in_time_and_verified_later_is_punctual(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some(kota) = Kota::new(mesin).await else { return };
    let before = office(&kota.look(WAKTU).await, "kedua").tepat_waktu;
    // The year's figures of a sasaran are due on 18 January 2022.
    let (entered, handed_in, verified) = (date(2022, 1, 10), date(2022, 1, 18), date(2022, 1, 31));
    let entering = Ctx { waktu: end_of_day(entered), ..kota.kedua.clone() };
    let loaded = kota.uji.app.load(&entering, 2021).await.expect("loaded");
    // iku.3 is measured once a year.
    let places = of_indicator(&loaded.potret, loaded.potret.indicator("iku.3").expect("iku.3"), 4);
    let input = |petak: &Petak| IsianAngka {
        petak: petak.clone(),
        nilai: "90".to_owned(),
        keterangan: String::new(),
        bukti: None,
        dilihat: None,
    };
    let inputs: Vec<_> = places.iter().map(input).collect();
    kota.uji.app.save_figures(&entering, 2021, &inputs).await.expect("saved");
    for (day, peran, tindakan) in
        [(handed_in, Peran::Pengisi, Tindakan::Ajukan), (verified, Peran::Verifikator, Tindakan::Verifikasi)]
    {
        let acting = Ctx { waktu: end_of_day(day), ..ctx(kota.kedua.instansi, &[peran]) };
        let now = kota.uji.app.load(&acting, 2021).await.expect("loaded");
        let chosen: Vec<_> = places
            .iter()
            .map(|p| Pilihan {
                petak: p.clone(),
                dilihat: p.figure(&now.potret).expect("entered").id,
                tindakan,
                alasan: String::new(),
            })
            .collect();
        kota.uji.app.advance(&acting, 2021, &chosen).await.expect("moved on");
    }
    let after = office(&kota.look(WAKTU).await, "kedua").tepat_waktu;
    assert_eq!((after.ada, after.dari), (before.ada + places.len(), before.dari));
}

#[rstest]
#[tokio::test]
async fn only_who_may_compare_offices_sees_them(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(kota) = Kota::new(mesin).await else { return };
    let contexts = kota.contexts(WAKTU).await;
    for peran in Peran::ALL {
        let with_role: Vec<_> = contexts
            .iter()
            .map(|(kode, ctx)| (kode.clone(), Ctx { tugas: vec![Penugasan::whole(peran)], ..ctx.clone() }))
            .collect();
        let seen = kota.uji.app.region(&with_role, None, None).await;
        if peran.grants(Hak::LihatDaerah) {
            assert!(seen.is_ok(), "{peran:?}");
        } else {
            assert!(matches!(seen, Err(Galat::Terlarang)), "{peran:?}");
        }
        // One office without the right is one too many.
        let mut mixed = contexts.clone();
        mixed[1].1.tugas = vec![Penugasan::whole(Peran::Pengisi)];
        assert!(matches!(kota.uji.app.region(&mixed, None, None).await, Err(Galat::Terlarang)));
    }
    assert!(matches!(kota.uji.app.region(&[], None, None).await, Err(Galat::Terlarang)));
    assert!(matches!(kota.uji.app.region(&contexts, Some(1999), None).await, Err(Galat::TidakDitemukan(_))));
}

#[rstest]
#[tokio::test]
async fn tables_hold_every_office(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(kota) = Kota::new(mesin).await else { return };
    let seen = kota.look(WAKTU).await;
    for which in TabelDaerah::ALL {
        assert!(seen.csv(which, &BOBOT).expect("written").contains(';'), "{which:?}");
    }
    let offices = seen.csv(TabelDaerah::Ringkasan, &BOBOT).expect("written");
    assert_eq!(offices.lines().count(), 4);
    assert!(seen.xlsx(&BOBOT).expect("written").starts_with(b"PK"));
}
