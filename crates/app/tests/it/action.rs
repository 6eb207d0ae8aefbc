//! The action plan: targets by period, cash plan, steps, document.

use rstest::rstest;
use tolok_app::{App, Ctx, Format, Galat, Hasil, HasilSel, IsiLangkah, SelDiketik, SelDitolak, step_seen};
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::action::{Kecocokan, Langkah, check_cash, check_target};
use tolok_domain::approval::Penguncian;
use tolok_domain::{Periode, Potret, Rupiah, ukur};
use tolok_testkit::{Mesin, TestApp, demo_paket};

/// Peserta bimtek: 90 in DPA perubahan, added up over the quarters.
const COUNT: &str = "2.07.05.2.01.01.i1";
/// Its line, with a ceiling of 110.590.000.
const LINE: &str = "2.07.05.2.01.01";
const YEAR: Periode = Periode::Tahun(2021);

/// Cells of the four quarters: what is typed over what was seen.
fn cells(kode: &str, typed: [&str; 4], seen: [&str; 4]) -> Vec<SelDiketik> {
    let cell = |(periode, (typed, seen)): (Periode, (&str, &str))| SelDiketik {
        kode: kode.to_owned(),
        periode,
        diketik: typed.to_owned(),
        dilihat: seen.to_owned(),
    };
    Periode::quarters(2021).into_iter().zip(typed.into_iter().zip(seen)).map(cell).collect()
}

fn saved(result: Hasil<HasilSel>) -> i64 {
    match result.expect("answer") {
        HasilSel::Tersimpan(nomor) => nomor,
        HasilSel::Ditolak(cells) => panic!("{cells:?}"),
    }
}

fn refused(result: Hasil<HasilSel>) -> Vec<SelDitolak> {
    match result.expect("answer") {
        HasilSel::Tersimpan(nomor) => panic!("saved as {nomor}"),
        HasilSel::Ditolak(cells) => cells,
    }
}

async fn now(app: &App, ctx: &Ctx) -> Potret {
    app.load(&ctx.fresh(), 2021).await.expect("loaded").potret.clone()
}

fn outcome(potret: &Potret, kode: &str) -> Kecocokan {
    check_target(&ukur(potret, YEAR), potret.indicator(kode).expect("indicator")).hasil
}

fn parts(potret: &Potret, kode: &str) -> Vec<String> {
    let hasil = ukur(potret, YEAR);
    let found = check_target(&hasil, potret.indicator(kode).expect("indicator"));
    found.bagian.iter().map(|(_, nilai)| nilai.map_or_else(String::new, ToString::to_string)).collect()
}

const NOTHING: [&str; 4] = [""; 4];

#[rstest]
#[tokio::test]
async fn targets_of_several_cells_are_one_entry(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let (app, ctx) = (&uji.app, &uji.ctx);
    let typed = ["20", " 30 ", "", "40"];
    assert_eq!(saved(app.set_action_targets(ctx, 2021, &cells(COUNT, typed, NOTHING)).await), 2);
    let potret = now(app, ctx).await;
    assert_eq!(parts(&potret, COUNT), ["20", "30", "", "40"]);
    assert!(matches!(outcome(&potret, COUNT), Kecocokan::BelumLengkap(_)), "a hole is no zero");
    let entry = &app.history(ctx, None, 1).await.expect("history")[0];
    assert_eq!((entry.tindakan.as_str(), entry.sasaran.as_str()), ("ubah target rencana aksi", COUNT));
    assert!(entry.rincian.contains("TW I: kosong menjadi 20"), "{}", entry.rincian);
    // Emptied, changed, filled; what stays as it is, is not written again.
    let again = cells(COUNT, ["", "50", "0", "40"], ["20", "30", "", "40"]);
    assert_eq!(saved(app.set_action_targets(&ctx.fresh(), 2021, &again).await), 3);
    let potret = now(app, ctx).await;
    assert_eq!(parts(&potret, COUNT), ["", "50", "0", "40"]);
    let unchanged = cells(COUNT, ["", "50", "0", "40"], ["", "50", "0", "40"]);
    assert_eq!(saved(app.set_action_targets(&ctx.fresh(), 2021, &unchanged).await), 3, "no entry for nothing");
    assert_eq!(app.verify(&ctx.fresh()).await.expect("verified").rusak, []);
}

#[rstest]
#[tokio::test]
async fn a_proposal_that_is_confirmed_makes_the_year(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let potret = now(&uji.app, &uji.ctx).await;
    let hasil = ukur(&potret, YEAR);
    let mut all = Vec::new();
    for u in hasil.indikator.iter().filter(|u| u.berlaku) {
        for (periode, nilai) in check_target(&hasil, u.indikator).proposal() {
            let diketik = tolok_domain::number::write_value_plain(&nilai);
            all.push(SelDiketik { kode: u.indikator.kode.clone(), periode, diketik, dilihat: String::new() });
        }
    }
    assert!(all.len() > 200, "{}", all.len());
    assert_eq!(saved(uji.app.set_action_targets(&uji.ctx, 2021, &all).await), 2);
    let potret = now(&uji.app, &uji.ctx).await;
    for u in ukur(&potret, YEAR).indikator.iter().filter(|u| u.target.is_some()) {
        assert_eq!(outcome(&potret, &u.indikator.kode), Kecocokan::Sama, "{}", u.indikator.kode);
    }
}

#[rstest]
#[tokio::test]
async fn a_cell_that_somebody_else_changed_stops_them_all(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let (app, ctx) = (&uji.app, &uji.ctx);
    saved(app.set_action_targets(ctx, 2021, &cells(COUNT, ["10", "", "", ""], NOTHING)).await);
    // Another user opened the page before that.
    let late = cells(COUNT, ["15", "25", "", ""], NOTHING);
    let cell = &refused(app.set_action_targets(&ctx.fresh(), 2021, &late).await)[0];
    assert_eq!((cell.kode.as_str(), cell.periode, cell.bentrok), (COUNT, Periode::Triwulan(2021, 1), true));
    assert_eq!(cell.tersimpan.as_ref().map(ToString::to_string).as_deref(), Some("10"));
    assert!(cell.sebab.contains("sekarang tersimpan 10"), "{}", cell.sebab);
    assert_eq!(parts(&now(app, ctx).await, COUNT), ["10", "", "", ""], "nothing was written");
    // Who left that cell alone, or typed the same, is not in anybody's way.
    saved(app.set_action_targets(&ctx.fresh(), 2021, &cells(COUNT, ["10", "25", "", ""], NOTHING)).await);
    saved(app.set_action_targets(&ctx.fresh(), 2021, &cells(COUNT, ["", "", "30", ""], NOTHING)).await);
    assert_eq!(parts(&now(app, ctx).await, COUNT), ["10", "25", "30", ""]);
}

#[rstest]
#[tokio::test]
async fn bad_cells_are_named_all_at_once(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let (app, ctx) = (&uji.app, &uji.ctx);
    let mut typed = cells(COUNT, ["71,366,000", "5 %", "10", "dua"], NOTHING);
    typed.push(SelDiketik { periode: Periode::Tahun(2021), ..cells(COUNT, ["1"; 4], NOTHING)[0].clone() });
    typed.push(SelDiketik { periode: Periode::Triwulan(2022, 1), ..cells(COUNT, ["1"; 4], NOTHING)[0].clone() });
    let cells_refused = refused(app.set_action_targets(ctx, 2021, &typed).await);
    let reasons: Vec<&str> = cells_refused.iter().map(|c| c.sebab.as_str()).collect();
    assert_eq!(reasons.len(), 5, "{reasons:?}");
    assert!(reasons[0].contains("71.366.000") && reasons[3].contains("bukan bagian dari tahun 2021"), "{reasons:?}");
    let cash = cells(LINE, ["-5", "", "", ""], NOTHING);
    assert!(refused(app.set_cash_plan(ctx, 2021, &cash).await)[0].sebab.contains("kurang dari nol"));
    let unknown = cells("tidak-ada", ["1", "", "", ""], NOTHING);
    assert!(matches!(app.set_action_targets(ctx, 2021, &unknown).await, Err(Galat::TidakDitemukan(_))));
    assert!(matches!(app.set_cash_plan(ctx, 2021, &unknown).await, Err(Galat::TidakDitemukan(_))));
    assert_eq!(uji.store().head(&ctx.fresh()).await.expect("head"), 1);
}

#[rstest]
#[tokio::test]
async fn the_target_of_a_closed_period_stays(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let mut paket = demo_paket(uji.ctx.instansi);
    paket.potret.penguncian.push(Penguncian {
        periode: Periode::Triwulan(2021, 1),
        tanggal: "2021-04-20".to_owned(),
        oleh: "Bappeda".to_owned(),
    });
    uji.app.import(&uji.ctx, &paket).await.expect("imported");
    let ctx = uji.ctx.fresh();
    let cells_refused = refused(uji.app.set_action_targets(&ctx, 2021, &cells(COUNT, ["1"; 4], NOTHING)).await);
    assert_eq!(cells_refused.len(), 1);
    assert!(cells_refused[0].sebab.contains("dikunci") && !cells_refused[0].bentrok);
    saved(uji.app.set_action_targets(&ctx, 2021, &cells(COUNT, ["", "1", "1", "1"], NOTHING)).await);
}

#[rstest]
#[tokio::test]
async fn the_cash_plan_is_held_against_the_ceiling(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let (app, ctx) = (&uji.app, &uji.ctx);
    let typed = ["27.647.500", "27647500", "27.647.500", "27.647.500"];
    saved(app.set_cash_plan(ctx, 2021, &cells(LINE, typed, NOTHING)).await);
    let potret = now(app, ctx).await;
    let check = |potret: &Potret| {
        let hasil = ukur(potret, YEAR);
        let found = check_cash(&hasil, &Periode::quarters(2021)).simpul;
        found.iter().find(|(s, _)| s.kode == LINE).map(|(_, kas)| (kas.jumlah, kas.hasil)).expect("line")
    };
    assert_eq!(check(&potret), (Rupiah::from_rupiah(110_590_000), Kecocokan::Sama));
    // By month now: the quarter that a month lies in goes.
    let month = SelDiketik {
        kode: LINE.to_owned(),
        periode: Periode::Bulan(2021, 2),
        diketik: "1.000".to_owned(),
        dilihat: String::new(),
    };
    saved(app.set_cash_plan(&ctx.fresh(), 2021, &[month]).await);
    let potret = now(app, ctx).await;
    assert_eq!(check(&potret).0, Rupiah::from_rupiah(82_943_500), "three quarters and a month");
    let budget = ukur(&potret, YEAR).total.pagu;
    assert_eq!(budget, Rupiah::from_rupiah(7_851_608_419), "a cash plan is no ceiling");
}

fn step(uraian: &str) -> IsiLangkah {
    IsiLangkah {
        uraian: uraian.to_owned(),
        periode: "2021-TW1".to_owned(),
        keluaran: "1 dokumen".to_owned(),
        simpul: LINE.to_owned(),
        rupiah: "15.000.000".to_owned(),
        unit: "BID.3".to_owned(),
    }
}

fn steps(potret: &Potret) -> Vec<(&str, &str)> {
    potret.langkah.iter().map(|l| (l.kode.as_str(), l.uraian.as_str())).collect()
}

fn seen(potret: &Potret, kode: &str) -> String {
    step_seen(potret.langkah.iter().find(|l| l.kode == kode).expect("step"))
}

#[rstest]
#[tokio::test]
async fn steps_are_added_changed_moved_and_removed(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let (app, ctx) = (&uji.app, &uji.ctx.fresh());
    for uraian in ["Menyusun bahan", "Mengundang peserta", "Melaksanakan bimtek"] {
        app.save_step(ctx, 2021, COUNT, None, &step(uraian), "").await.expect("added");
    }
    app.save_step(ctx, 2021, "iku.4", None, &IsiLangkah { unit: String::new(), ..step("Mediasi") }, "")
        .await
        .expect("added");
    app.move_step(ctx, 2021, COUNT, "L3", true).await.expect("moved");
    app.move_step(ctx, 2021, COUNT, "L1", true).await.expect("stays at the top");
    let potret = now(app, ctx).await;
    let expected =
        [("L1", "Menyusun bahan"), ("L3", "Melaksanakan bimtek"), ("L2", "Mengundang peserta"), ("L4", "Mediasi")];
    assert_eq!(steps(&potret), expected);

    let old = seen(&potret, "L1");
    let new = IsiLangkah { rupiah: String::new(), ..step("Menyusun modul") };
    app.save_step(ctx, 2021, COUNT, Some("L1"), &new, &old).await.expect("changed");
    // Who still has the old one before his eyes changes nothing.
    let late = app.save_step(ctx, 2021, COUNT, Some("L1"), &step("Lain"), &old).await;
    assert!(matches!(late, Err(Galat::Bentrok)), "{late:?}");
    assert!(matches!(app.remove_step(ctx, 2021, COUNT, "L1", &old).await, Err(Galat::Bentrok)));
    assert!(matches!(app.move_step(ctx, 2021, "iku.4", "L1", true).await, Err(Galat::TidakDitemukan(_))));

    let potret = now(app, ctx).await;
    app.remove_step(ctx, 2021, COUNT, "L3", &seen(&potret, "L3")).await.expect("removed");
    let potret = now(app, ctx).await;
    assert_eq!(steps(&potret), [("L1", "Menyusun modul"), ("L2", "Mengundang peserta"), ("L4", "Mediasi")]);
    let entries = app.history(ctx, None, 10).await.expect("history");
    let actions: Vec<&str> = entries.iter().map(|e| e.tindakan.as_str()).collect();
    let added = ["tambah langkah"; 4];
    assert_eq!(actions[..3], ["hapus langkah", "ubah langkah", "pindah langkah"]);
    assert_eq!(actions[3..7], added);
    assert_eq!(entries[3].rincian, "TW I: Mediasi, Rp15.000.000");
    assert_eq!(app.verify(ctx).await.expect("verified").rusak, []);
}

#[rstest]
#[tokio::test]
async fn a_step_with_faults_is_refused_with_all_of_them(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let isi = IsiLangkah {
        uraian: "  ".to_owned(),
        periode: "2022-TW1".to_owned(),
        keluaran: "x".repeat(3000),
        simpul: "9.99".to_owned(),
        rupiah: "15,000,000".to_owned(),
        unit: "ZZ".to_owned(),
    };
    let result = uji.app.save_step(&uji.ctx, 2021, COUNT, None, &isi, "").await;
    let Err(Galat::TidakSah(message)) = result else { panic!("{result:?}") };
    assert_eq!(message.lines().count(), 6, "{message}");
    for word in ["masih kosong", "bukan bagian dari tahun 2021", "paling panjang", "9.99", "ZZ", "15.000.000"] {
        assert!(message.contains(word), "{word}: {message}");
    }
    let negative = IsiLangkah { rupiah: "-5".to_owned(), ..step("Menyusun") };
    assert!(matches!(uji.app.save_step(&uji.ctx, 2021, COUNT, None, &negative, "").await, Err(Galat::TidakSah(_))));
}

#[rstest]
#[tokio::test]
async fn a_contributor_keeps_the_steps_of_his_unit_only(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let tugas = vec![Penugasan { peran: Peran::Pengisi, unit: Some("BID.3".to_owned()) }];
    let ctx = Ctx { tugas, ..uji.ctx.fresh() };
    let app = &uji.app;
    // iku.4 belongs to BID.3, iku.2 to BID.1; the line's indicator to a section of BID.3, where it says so.
    app.save_step(&ctx, 2021, "iku.4", None, &step("Mediasi"), "").await.expect("his own");
    let others = app.save_step(&ctx, 2021, "iku.2", None, &step("Melatih"), "").await;
    assert!(matches!(others, Err(Galat::Terlarang)), "{others:?}");
    assert!(matches!(app.copy_steps(&ctx, 2021, Some("iku.2")).await, Err(Galat::Terlarang)));
    let targets = app.set_action_targets(&ctx, 2021, &cells("iku.4", ["1"; 4], NOTHING)).await;
    assert!(matches!(targets, Err(Galat::Terlarang)), "targets are the planner's");
    let planner = vec![Penugasan { peran: Peran::Perencana, unit: Some("BID.3".to_owned()) }];
    let ctx = Ctx { tugas: planner, ..ctx };
    saved(app.set_action_targets(&ctx, 2021, &cells("iku.4", ["100"; 4], NOTHING)).await);
    saved(app.set_cash_plan(&ctx, 2021, &cells(LINE, ["1"; 4], NOTHING)).await);
    for (kode, other) in [("iku.2", false), ("2.07.03.2.01.01", true)] {
        let typed = cells(kode, ["1"; 4], NOTHING);
        let result = if other {
            app.set_cash_plan(&ctx, 2021, &typed).await
        } else {
            app.set_action_targets(&ctx, 2021, &typed).await
        };
        assert!(matches!(result, Err(Galat::Terlarang)), "{kode}: {result:?}");
    }
}

#[rstest]
#[tokio::test]
async fn last_years_steps_come_along_where_there_are_none(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let (app, ctx) = (&uji.app, &uji.ctx.fresh());
    let nothing = app.copy_steps(ctx, 2021, None).await;
    assert!(matches!(nothing, Err(Galat::TidakSah(_))), "no data of 2020: {nothing:?}");
    for (indikator, uraian) in [(COUNT, "Menyusun"), (COUNT, "Melaksanakan"), ("iku.4", "Mediasi")] {
        app.save_step(ctx, 2021, indikator, None, &step(uraian), "").await.expect("added");
    }
    // The plan of the next year: the unit is gone, and one indicator has a step already.
    let mut paket = demo_paket(ctx.instansi);
    let potret = &mut paket.potret;
    potret.tahun = 2022;
    potret.angka.clear();
    potret.pohon.clear();
    potret.langkah.push(Langkah {
        kode: "L1".to_owned(),
        indikator: "iku.4".to_owned(),
        uraian: "Sidang".to_owned(),
        simpul: None,
        periode: Periode::Triwulan(2022, 2),
        keluaran: String::new(),
        rupiah: None,
        unit: None,
    });
    potret.unit.retain(|u| !u.kode.starts_with("BID.3"));
    for unit in potret.simpul.iter_mut().map(|s| &mut s.unit).chain(potret.indikator.iter_mut().map(|i| &mut i.unit)) {
        *unit = unit.take().filter(|kode| !kode.starts_with("BID.3"));
    }
    for r in &mut potret.rekomendasi {
        r.unit = None;
    }
    app.import(ctx, &paket).await.expect("imported");
    app.copy_steps(ctx, 2022, None).await.expect("copied");
    let loaded = app.load(ctx, 2022).await.expect("loaded");
    let copied: Vec<&Langkah> = loaded.potret.langkah.iter().collect();
    let short: Vec<(&str, &str, String)> =
        copied.iter().map(|l| (l.kode.as_str(), l.uraian.as_str(), l.periode.to_string())).collect();
    assert_eq!(
        short,
        [
            ("L1", "Sidang", "2022-TW2".to_owned()),
            ("L2", "Menyusun", "2022-TW1".to_owned()),
            ("L3", "Melaksanakan", "2022-TW1".to_owned())
        ]
    );
    assert_eq!((copied[1].simpul.as_deref(), copied[1].unit.as_deref()), (Some(LINE), None));
    let again = app.copy_steps(ctx, 2022, Some(COUNT)).await;
    assert!(matches!(again, Err(Galat::TidakSah(_))), "twice is once: {again:?}");
}

#[rstest]
#[tokio::test]
async fn a_form_sent_twice_is_written_once(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let ctx = uji.ctx.sending("kunci-1");
    let first = uji.app.save_step(&ctx, 2021, COUNT, None, &step("Menyusun"), "").await.expect("saved");
    let second = uji.app.save_step(&uji.ctx.fresh().sending("kunci-1"), 2021, COUNT, None, &step("Menyusun"), "").await;
    assert!(matches!(second, Err(Galat::SudahTersimpan(nomor)) if nomor == first), "{second:?}");
    assert_eq!(now(&uji.app, &uji.ctx).await.langkah.len(), 1);
}

#[rstest]
#[tokio::test]
async fn the_document_shows_what_was_planned(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let (app, ctx) = (&uji.app, &uji.ctx.fresh());
    saved(app.set_action_targets(ctx, 2021, &cells(COUNT, ["11", "22", "27", "30"], NOTHING)).await);
    app.save_step(ctx, 2021, COUNT, None, &step("Menyusun kurikulum bimtek"), "").await.expect("added");
    for format in [Format::Html, Format::Docx, Format::Xlsx] {
        let file = app.action_plan(ctx, 2021, format).await.expect("document");
        assert_eq!(file.nama, format!("rencana-aksi-2021-disnakertrans-serang.{}", format.extension()));
        if format == Format::Html {
            let html = String::from_utf8(file.isi).expect("UTF-8");
            assert!(html.contains("Menyusun kurikulum bimtek") && html.contains("15.000.000"));
        }
    }
}
