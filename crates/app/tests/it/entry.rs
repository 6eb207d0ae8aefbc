//! Entering figures, and where they show.

use rstest::rstest;
use tolok_app::{App, Ctx, Format, HasilIsian, IsianAngka, Penolakan, TanpaPdf, compose, render};
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::figure::{Angka, Asal, JenisAngka, Keadaan};
use tolok_domain::{AngkaId, Nilai, Periode, Petak, ukur};
use tolok_store::{BarisAngka, Perubahan};
use tolok_testkit::{Mesin, TestApp, WAKTU};

/// Penempatan kerja: a percentage, 40,98 in 2021.
const INDIKATOR: &str = "2.07.03.i1";
const TAHUN: Periode = Periode::Tahun(2021);

/// A figure of 2021 as it is now.
async fn figure(app: &App, ctx: &Ctx, indikator: &str, jenis: &JenisAngka, periode: Periode) -> Option<Angka> {
    let loaded = app.load(ctx, 2021).await.expect("loaded");
    let is_it = |a: &&Angka| a.subjek.kode() == indikator && a.jenis == *jenis && a.periode == periode;
    loaded.potret.angka.iter().find(is_it).cloned()
}

async fn realisation(uji: &TestApp) -> Angka {
    figure(&uji.app, &uji.ctx, INDIKATOR, &JenisAngka::Realisasi, TAHUN).await.expect("a realisation")
}

/// What somebody enters who saw that figure.
fn input(seen: Option<&Angka>, nilai: &str) -> IsianAngka {
    IsianAngka {
        petak: Petak::realisation(INDIKATOR, None, TAHUN),
        nilai: nilai.to_owned(),
        keterangan: String::new(),
        bukti: None,
        dilihat: seen.map(|a| a.id),
    }
}

/// Enters one figure.
async fn save(app: &App, ctx: &Ctx, input: &IsianAngka) -> HasilIsian {
    app.save_figures(ctx, 2021, std::slice::from_ref(input)).await.expect("told")
}

/// Enters one figure that is taken.
async fn saved(uji: &TestApp, input: &IsianAngka) {
    let result = save(&uji.app, &uji.ctx, input).await;
    assert!(matches!(result, HasilIsian::Tersimpan(Some(_), _)), "{result:?}");
}

fn conflict(result: &HasilIsian) -> &tolok_app::Bentrokan {
    match result {
        HasilIsian::Ditolak(refused) => match refused.as_slice() {
            [(0, Penolakan::Bentrok(conflict))] => conflict,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

async fn head(uji: &TestApp) -> i64 {
    uji.store().head(&uji.ctx).await.expect("head")
}

/// The message of an input that is refused; nothing is written.
async fn refused(uji: &TestApp, input: &IsianAngka) -> String {
    let before = head(uji).await;
    let result = save(&uji.app, &uji.ctx, input).await;
    assert_eq!(head(uji).await, before, "{result:?}");
    match result {
        HasilIsian::Ditolak(refused) => match refused.into_iter().next() {
            Some((0, Penolakan::TidakSah(message))) => message,
            other => panic!("{input:?}: {other:?}"),
        },
        other @ HasilIsian::Tersimpan(..) => panic!("{input:?}: {other:?}"),
    }
}

fn html(potret: &tolok_domain::Potret) -> String {
    let naskah = compose(potret).expect("composed");
    let bytes = render(&naskah, Format::Html, &TanpaPdf, &std::collections::BTreeMap::new()).expect("rendered");
    String::from_utf8(bytes).expect("UTF-8")
}

#[rstest]
#[tokio::test]
async fn the_new_value_shows_everywhere(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let before = uji.app.load(&uji.ctx, 2021).await.expect("loaded");
    assert!(!html(&before.potret).contains("43,21") && html(&before.potret).contains("40,98"));
    let old = realisation(&uji).await;
    let ctx = Ctx { pelaku: "Seksi A".to_owned(), waktu: WAKTU + 5, ..uji.ctx.clone() };
    let result = save(&uji.app, &ctx, &input(Some(&old), " 43,21 % ")).await;
    assert!(matches!(result, HasilIsian::Tersimpan(Some(2), _)), "{result:?}");

    let new = realisation(&uji).await;
    assert_eq!(new.nilai, Nilai::Persen(rust_decimal::dec!(43.21)));
    assert_eq!((new.oleh.as_str(), new.dicatat, new.keadaan), ("Seksi A", WAKTU + 5, Keadaan::Draf));
    assert_eq!(new.asal, Asal::Diketik, "it no longer comes from the file");
    assert_ne!(new.id, old.id);

    let after = uji.app.load(&uji.ctx, 2021).await.expect("loaded");
    assert_eq!(after.versi, 2);
    let measured = ukur(&after.potret, TAHUN);
    assert_eq!(measured.indicator(INDIKATOR).expect("measured").realisasi.nilai.to_string(), "43,21");
    assert!(html(&after.potret).contains("43,21"));
    let report = uji.app.report(&uji.ctx, 2021, Format::Html).await.expect("report");
    assert!(String::from_utf8(report.isi).expect("UTF-8").contains("43,21"));
    assert!(!html(&before.potret).contains("43,21"), "who reads the old snapshot goes on reading it");

    let entries = uji.app.history(&uji.ctx, None, 1).await.expect("history");
    let e = &entries[0];
    assert_eq!((e.nomor, e.waktu, e.akun_id, e.pelaku.as_str()), (2, WAKTU + 5, ctx.akun.map(|a| a.0), "Seksi A"));
    assert_eq!((e.tindakan.as_str(), e.sasaran.as_str()), ("isi realisasi", "2.07.03.i1 2021"));
    assert_eq!(e.rincian, "40,98 menjadi 43,21");
    let history = uji.app.figure_history(&uji.ctx, &new.subjek, 2021).await.expect("history");
    let place = history.iter().find(|h| h.petak == Petak::of(&new)).expect("place");
    let ids: Vec<_> = place.langkah.iter().filter_map(|l| l.menjadi.as_ref()).map(|a| a.id).collect();
    assert_eq!(ids, [new.id, old.id]);
    assert_eq!(place.langkah[0].dari.as_ref(), Some(&old.nilai));
    assert_eq!(uji.app.verify(&uji.ctx).await.expect("verified").rusak, []);
}

#[rstest]
#[tokio::test]
async fn a_first_value_of_a_quarter_is_recorded(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let periode = Periode::Triwulan(2021, 1);
    assert_eq!(figure(&uji.app, &uji.ctx, INDIKATOR, &JenisAngka::Realisasi, periode).await, None);
    let input = IsianAngka {
        petak: Petak::realisation(INDIKATOR, None, periode),
        keterangan: "  baru mulai ".to_owned(),
        ..input(None, "10")
    };
    saved(&uji, &input).await;
    let new = figure(&uji.app, &uji.ctx, INDIKATOR, &JenisAngka::Realisasi, periode).await.expect("recorded");
    assert_eq!((new.nilai.to_string().as_str(), new.keterangan.as_str()), ("10", "baru mulai"));
    let entries = uji.app.history(&uji.ctx, None, 1).await.expect("history");
    assert_eq!(entries[0].rincian, "kosong menjadi 10");
    assert_eq!(realisation(&uji).await.nilai.to_string(), "40,98", "the year's value is another figure");
}

#[rstest]
#[tokio::test]
async fn a_variable_of_the_formula_moves_the_indicator(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let jenis = JenisAngka::Variabel { nama: "pelatihan_mandiri".to_owned() };
    let old = figure(&uji.app, &uji.ctx, "iku.2", &jenis, TAHUN).await.expect("variable");
    let input = IsianAngka {
        petak: Petak::realisation("iku.2", Some("pelatihan_mandiri"), TAHUN),
        ..input(Some(&old), "30,5")
    };
    saved(&uji, &input).await;
    let loaded = uji.app.load(&uji.ctx, 2021).await.expect("loaded");
    let measured = ukur(&loaded.potret, TAHUN);
    assert_eq!(measured.indicator("iku.2").expect("measured").realisasi.nilai.to_string(), "50");
    let new = figure(&uji.app, &uji.ctx, "iku.2", &jenis, TAHUN).await.expect("variable");
    assert_eq!(new.bukti, old.bukti, "its evidence stays with it");
    let unknown = IsianAngka { petak: Petak::realisation("iku.2", Some("penganggur"), TAHUN), dilihat: None, ..input };
    let message = refused(&uji, &unknown).await;
    assert!(message.contains("\"penganggur\" tidak ada dalam rumus pelatihan_mandiri"), "{message}");
}

#[rstest]
#[tokio::test]
async fn an_empty_value_needs_a_reason(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let old = realisation(&uji).await;
    for nilai in ["", "  ", "-"] {
        let message = refused(&uji, &input(Some(&old), nilai)).await;
        assert!(message.starts_with("nilai kosong: tulis alasan"), "{message}");
    }
    let reason = IsianAngka { keterangan: " survei belum terbit ".to_owned(), ..input(Some(&old), "") };
    saved(&uji, &reason).await;
    let new = realisation(&uji).await;
    assert_eq!(new.nilai, Nilai::BelumAda { alasan: "survei belum terbit".to_owned() }, "not known, and never zero");
    let loaded = uji.app.load(&uji.ctx, 2021).await.expect("loaded");
    let measured = ukur(&loaded.potret, TAHUN);
    assert!(measured.indicator(INDIKATOR).expect("measured").capaian.to_string().contains("survei belum terbit"));
}

#[rstest]
#[tokio::test]
async fn what_is_no_value_is_refused_with_advice(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let old = realisation(&uji).await;
    for (nilai, part) in [
        ("empat puluh", "empat puluh"),
        ("40.98.1,2,3", "40.98.1,2,3"),
        ("<script>", "<script>"),
        ("12 orang", "12 orang"),
        ("1e400", "terlalu panjang"),
        ("99999999999999999999999999999999999", "9999"),
    ] {
        let message = refused(&uji, &input(Some(&old), nilai)).await;
        assert!(message.contains(part), "{nilai}: {message}");
        assert!(
            message.contains("tulis") || message.contains("bukan") || message.contains("terlalu"),
            "{nilai}: {message}"
        );
    }
    let long = IsianAngka { keterangan: "a".repeat(2001), ..input(Some(&old), "41") };
    assert_eq!(refused(&uji, &long).await, "keterangan paling panjang 2000 huruf");
}

#[rstest]
#[tokio::test]
async fn what_does_not_exist_is_not_found(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let unknown = IsianAngka { petak: Petak::realisation("iku.99", None, TAHUN), ..input(None, "1") };
    assert_eq!(refused(&uji, &unknown).await, "indikator iku.99 tidak ada");
    let unknown = IsianAngka { petak: Petak::spending("9.99", TAHUN), ..input(None, "1") };
    assert_eq!(refused(&uji, &unknown).await, "9.99 tidak ada dalam rencana");
    let result = uji.app.save_figures(&uji.ctx, 1999, &[input(None, "1")]).await;
    assert_eq!(result.expect_err("unknown year").to_string(), "data tahun 1999 tidak ditemukan");
    assert_eq!(head(&uji).await, 1);
}

#[rstest]
#[tokio::test]
async fn who_saw_an_older_value_is_shown_both(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let seen = realisation(&uji).await;
    saved(&uji, &input(Some(&seen), "41")).await;
    // Saw the old value; saw nothing at all: both are shown what is there now.
    for late in [input(Some(&seen), "42"), input(None, "42")] {
        let result = save(&uji.app, &uji.ctx, &late).await;
        let conflict = conflict(&result);
        assert_eq!(conflict.tersimpan.as_ref().map(|a| a.nilai.to_string()).as_deref(), Some("41"));
        assert_eq!(conflict.diketik.to_string(), "42");
    }
    assert_eq!(head(&uji).await, 2, "nothing was written");
    assert_eq!(realisation(&uji).await.nilai.to_string(), "41");
}

#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_save_at_once_one_is_shown_both(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    for round in 1..=5_i64 {
        let seen = realisation(&uji).await;
        let save = |nilai: &str| {
            let (app, ctx, input) = (uji.app.clone(), uji.ctx.clone(), input(Some(&seen), nilai));
            tokio::spawn(async move { save(&app, &ctx, &input).await })
        };
        let values = [format!("{round},1"), format!("{round},2")];
        let [a, b] = [save(&values[0]), save(&values[1])];
        let results = [a.await.expect("task"), b.await.expect("task")];
        let saved = results.iter().position(|r| matches!(r, HasilIsian::Tersimpan(..))).expect("one saves");
        let conflict = conflict(&results[1 - saved]);
        assert_eq!(conflict.tersimpan.as_ref().map(|a| a.nilai.to_string()), Some(values[saved].clone()));
        assert_eq!(conflict.diketik.to_string(), values[1 - saved]);
        assert_eq!(head(&uji).await, round + 1);
    }
}

/// Each saw the same version; what is kept in memory afterwards is what a fresh start reads.
#[rstest]
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn those_who_save_different_figures_at_once_all_show(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let seen = uji.app.load(&uji.ctx, 2021).await.expect("loaded");
    let quarters = [1, 2, 3].map(|tw| Periode::Triwulan(2021, tw));
    let places = quarters.map(|periode| Petak::realisation(INDIKATOR, None, periode));
    let inputs = places.clone().map(|petak| {
        let seen = petak.figure(&seen.potret).map(|a| a.id);
        IsianAngka { petak, nilai: "12,5".to_owned(), dilihat: seen, ..input(None, "") }
    });
    let [a, b, c] = &inputs;
    let ctx = &Ctx { versi: Some(seen.versi), ..uji.ctx.clone() };
    let results = tokio::join!(save(&uji.app, ctx, a), save(&uji.app, ctx, b), save(&uji.app, ctx, c));
    for result in [results.0, results.1, results.2] {
        assert!(matches!(result, HasilIsian::Tersimpan(Some(_), _)), "{result:?}");
    }
    let kept = uji.app.load(&uji.ctx.fresh(), 2021).await.expect("kept");
    let fresh = App::new(uji.store().clone(), std::sync::Arc::new(TanpaPdf));
    let read = fresh.load(&uji.ctx.fresh(), 2021).await.expect("read");
    assert_eq!((kept.versi, &kept.potret), (read.versi, &read.potret));
    assert!(places.iter().all(|p| p.figure(&kept.potret).is_some_and(|a| a.oleh == uji.ctx.pelaku)));
}

#[rstest]
#[tokio::test]
async fn a_locked_figure_stays(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let open = realisation(&uji).await;
    let locked = Angka { id: AngkaId::new(), keadaan: Keadaan::Dikunci, ..open.clone() };
    let change = Perubahan {
        angka_masuk: vec![BarisAngka::from_figure(&locked)],
        angka_keluar: vec![open.id.0],
        ..Perubahan::default()
    };
    uji.store().apply(&uji.ctx, "kunci", "", "", None, &change).await.expect("locked");
    assert_eq!(
        refused(&uji, &input(Some(&locked), "66")).await,
        "angka ini sudah dikunci; minta pembukaan kunci untuk mengubah"
    );
}

#[rstest]
#[tokio::test]
async fn a_period_of_another_year_is_refused(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let input = IsianAngka { petak: Petak::realisation(INDIKATOR, None, Periode::Tahun(1999)), ..input(None, "66") };
    assert_eq!(refused(&uji, &input).await, "periode 1999 bukan bagian dari tahun 2021");
}

/// Somebody who enters for one unit only.
fn of_unit(uji: &TestApp, unit: &str) -> Ctx {
    let tugas = vec![Penugasan { peran: Peran::Pengisi, unit: Some(unit.to_owned()) }];
    Ctx { tugas, ..uji.ctx.clone() }
}

#[rstest]
#[tokio::test]
async fn a_grid_is_written_whole_or_not_at_all(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let at = |kode: &str, nilai: &str| IsianAngka {
        petak: Petak::realisation(kode, None, Periode::Triwulan(2021, 1)),
        ..input(None, nilai)
    };
    let grid = [at("2.07.03.i1", "10,5"), at("2.07.04.i1", "sepuluh"), at("2.07.05.i1", "12"), at("2.07.03.i1", "11")];
    let HasilIsian::Ditolak(refused) = uji.app.save_figures(&uji.ctx, 2021, &grid).await.expect("told") else {
        panic!("a faulty grid was taken");
    };
    assert_eq!(refused.iter().map(|(i, _)| *i).collect::<Vec<_>>(), [1, 3], "each fault is named by its place");
    assert_eq!(head(&uji).await, 1);
    let good = [at("2.07.03.i1", "10,5"), at("2.07.04.i1", "10"), at("2.07.05.i1", "12")];
    let preview = uji.app.preview_figures(&uji.ctx, 2021, &good).await.expect("told");
    assert!(matches!(&preview, HasilIsian::Tersimpan(None, a) if a.len() == 3), "{preview:?}");
    assert_eq!(head(&uji).await, 1, "a preview writes nothing");
    let HasilIsian::Tersimpan(Some(2), now) = uji.app.save_figures(&uji.ctx, 2021, &good).await.expect("told") else {
        panic!("not taken");
    };
    let texts: Vec<String> = now.iter().map(|a| a.nilai.to_string()).collect();
    assert_eq!(texts, ["10,5", "10", "12"]);
    let again: Vec<IsianAngka> =
        good.iter().zip(&now).map(|(i, a)| IsianAngka { dilihat: Some(a.id), ..i.clone() }).collect();
    let same = uji.app.save_figures(&uji.ctx, 2021, &again).await.expect("told");
    assert!(matches!(same, HasilIsian::Tersimpan(None, _)), "what says the same is not written again");
    // What was kept in memory is what a fresh reader gets.
    let kept = uji.app.load(&uji.ctx.fresh(), 2021).await.expect("loaded").potret.clone();
    let other = App::new(uji.store().clone(), std::sync::Arc::new(TanpaPdf));
    assert_eq!(other.load(&uji.ctx.fresh(), 2021).await.expect("loaded").potret, kept);
}

#[rstest]
#[tokio::test]
async fn who_enters_for_a_unit_enters_nothing_of_another(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let loaded = uji.app.load(&uji.ctx, 2021).await.expect("loaded");
    let old = realisation(&uji).await;
    let indikator = loaded.potret.indicator(INDIKATOR).expect("indicator");
    let unit = loaded.potret.unit_of(indikator).expect("a unit answers for it");
    let other = ["BID.1", "BID.3"].into_iter().find(|u| !unit.starts_with(u)).expect("another unit");
    let HasilIsian::Ditolak(refused) = save(&uji.app, &of_unit(&uji, other), &input(Some(&old), "41")).await else {
        panic!("taken");
    };
    assert!(matches!(&refused[0].1, Penolakan::TidakSah(m) if m.contains("unit lain")), "{refused:?}");
    let above = loaded.potret.upwards(Some(unit)).nth(1).expect("a unit above");
    let result = save(&uji.app, &of_unit(&uji, above), &input(Some(&old), "41")).await;
    assert!(matches!(result, HasilIsian::Tersimpan(Some(_), _)), "{result:?}");
}

#[rstest]
#[tokio::test]
async fn a_form_that_is_sent_twice_is_written_once(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let old = realisation(&uji).await;
    let ctx = uji.ctx.sending("isian-1");
    for _ in 0..2 {
        let result = save(&uji.app, &ctx, &input(Some(&old), "41")).await;
        let HasilIsian::Tersimpan(_, now) = result else { panic!("{result:?}") };
        assert_eq!(now[0].nilai.to_string(), "41");
    }
    assert_eq!(head(&uji).await, 2);
}
