//! Cases from other offices about what changes later, by their number in the list of samples.

use std::sync::Arc;

use rstest::rstest;
use tolok_app::{App, Ctx, Dilihat, Format, Galat, PilihanSebutan, Terbitkan};
use tolok_domain::access::Peran;
use tolok_domain::publication::JenisTerbitan;
use tolok_domain::sheet::Rekam;
use tolok_domain::{JenisAngka, Nilai, Periode, Potret, Rupiah, ukur};
use tolok_testkit::{Mesin, TestApp, WAKTU, demo_paket};

use crate::reviu::{Kertas, accept_all};

/// Five years in microseconds.
const LATER: i64 = 5 * 365 * 24 * 3_600_000_000;

fn ceiling(potret: &Potret, kode: &str) -> Option<i64> {
    let hasil = ukur(potret, Periode::Tahun(2021));
    hasil.node(kode).and_then(|u| u.uang.pagu).map(|x| x.sen() / 100)
}

#[rstest]
#[tokio::test]
async fn c132_an_import_does_not_empty_a_ceiling_without_a_word(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let mut paket = demo_paket(uji.ctx.instansi);
    let shifted = JenisAngka::Pagu { dokumen: "dpa-p".to_owned() };
    let at = paket.potret.angka.iter().position(|a| a.jenis == shifted && a.subjek.kode() == "2.07.03.2.02.01");
    let at = at.expect("ceiling");
    paket.potret.angka[at].nilai = Nilai::Uang(Rupiah::default());
    let refused = uji.app.import(&uji.ctx, &paket).await;
    assert!(
        matches!(&refused, Err(Galat::TidakSah(why)) if why.contains("2.07.03.2.02.01") && why.contains("92920000")),
        "{refused:?}"
    );
    let now = uji.app.load(&uji.ctx, 2021).await.expect("loaded");
    assert_eq!((now.versi, ceiling(&now.potret, "2.07.03.2.02.01")), (1, Some(92_920_000)));
    paket.potret.angka[at].keterangan = "Dihapus dalam pergeseran pertama".to_owned();
    uji.app.import(&uji.ctx, &paket).await.expect("meant");
    let now = uji.app.load(&uji.ctx.fresh(), 2021).await.expect("loaded");
    assert_eq!(ceiling(&now.potret, "2.07.03.2.02.01"), Some(0));
}

#[rstest]
#[tokio::test]
async fn c170_a_published_report_stays_when_an_indicator_is_edited_later(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let app = App::new(uji.store().clone(), Arc::new(Kertas));
    let report = Terbitkan { jenis: JenisTerbitan::Lkjip, nomor: "000.8/12".to_owned(), tanggal: String::new() };
    let head = uji.with_roles(&[Peran::Kepala]);
    accept_all(&app, &head).await;
    app.publish(&head.fresh(), 2021, &report).await.expect("published");
    app.open_year(&uji.ctx.fresh(), 2021, 2022).await.expect("opened");
    let later = Ctx { waktu: WAKTU + LATER, ..uji.ctx.fresh() };
    let published = app.load(&later, 2021).await.expect("loaded");
    let terbitan = published.potret.terbitan[0].clone();
    let pdf = app.evidence(&later.fresh(), &terbitan.pdf).await.expect("kept");
    let old = published.potret.indicator("iku.1").expect("indicator").clone();
    let page = app.report(&later.fresh(), 2021, Format::Html).await.expect("report").isi;

    // The plan of a later year renames it.
    let edit = async |tahun: i16| {
        let loaded = app.load(&later.fresh(), tahun).await.expect("loaded");
        let mut new = loaded.potret.indicator("iku.1").expect("indicator").clone();
        new.nama = "Persentase Penganggur".to_owned();
        let form = Dilihat { tahun, versi: loaded.versi };
        let sel = new.cells();
        app.change_indicator(&later.fresh(), form, "iku.1", &sel, &PilihanSebutan::default()).await.expect("changed");
    };
    edit(2022).await;
    let now = app.load(&later.fresh(), 2021).await.expect("loaded");
    assert_eq!(now.potret.indicator("iku.1"), Some(&old));
    assert_eq!(app.report(&later.fresh(), 2021, Format::Html).await.expect("report").isi, page);

    // Somebody edits even the plan of the reported year.
    edit(2021).await;
    let now = app.load(&later.fresh(), 2021).await.expect("loaded");
    assert_eq!(now.potret.indicator("iku.1").expect("indicator").nama, "Persentase Penganggur");
    assert_eq!(app.evidence(&later.fresh(), &terbitan.pdf).await.expect("kept"), pdf);
    let then = Ctx { versi: Some(terbitan.entri), lampau: true, ..later.clone() };
    let then = app.load(&then, 2021).await.expect("as it was published");
    assert_eq!(then.potret.indicator("iku.1"), Some(&old));
    let figures = |potret: &Potret| potret.angka.iter().filter(|a| a.subjek.kode() == "iku.1").count();
    assert_eq!(figures(&then.potret), figures(&now.potret), "no figure lost its indicator");
}

#[rstest]
#[tokio::test]
async fn c173_a_sub_activity_counts_where_it_hung_on_that_day(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let mut paket = demo_paket(uji.ctx.instansi);
    let moved = paket.potret.simpul.iter_mut().find(|s| s.kode == "2.07.03.2.02.01").expect("node");
    moved.induk = Some("2.07.03.2.01".to_owned());
    uji.app.import(&uji.ctx, &paket).await.expect("under the wrong activity");
    let before = tolok_app::day(WAKTU);
    let later = Ctx { waktu: WAKTU + LATER, ..uji.ctx.fresh() };
    let loaded = uji.app.load(&later, 2021).await.expect("loaded");
    let both = |potret: &Potret| (ceiling(potret, "2.07.03.2.01"), ceiling(potret, "2.07.03.2.02"));
    // 586.995.500 of its own and 92.920.000 of the one that hangs there by mistake.
    assert_eq!(both(&loaded.potret), (Some(679_915_500), None));
    let mut node = loaded.potret.node("2.07.03.2.02.01").expect("node").clone();
    node.induk = Some("2.07.03.2.02".to_owned());
    let form = Dilihat { tahun: 2021, versi: loaded.versi };
    uji.app.change_node(&later, form, &node.kode, &node.cells()).await.expect("moved");
    let now = uji.app.load(&later.fresh(), 2021).await.expect("loaded");
    assert_eq!(both(&now.potret), (Some(586_995_500), Some(92_920_000)));
    let past = uji.app.as_of(&later.fresh(), before).await.expect("past");
    let then = uji.app.load(&past, 2021).await.expect("loaded");
    assert_eq!(both(&then.potret), (Some(679_915_500), None), "what was known on that day");
    let total = |potret: &Potret| ukur(potret, Periode::Tahun(2021)).total.pagu;
    assert_eq!(total(&now.potret), total(&then.potret), "moved, not counted twice");
}
