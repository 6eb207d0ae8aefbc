//! Targets and ceilings in a grid.

use rstest::rstest;
use tolok_app::{Ctx, Galat, Hasil, HasilSel, SelDitolak, SelIsian, cell_text};
use tolok_domain::measure::ceilings;
use tolok_domain::{Angka, JenisAngka, Periode, Subjek, ukur};
use tolok_testkit::{Mesin, TestApp, WAKTU};

use super::{dilihat, entry, now, refused};

fn cell(kode: &str, tahun: i16, teks: &str) -> SelIsian {
    SelIsian { kode: kode.to_owned(), periode: Periode::Tahun(tahun), teks: teks.to_owned() }
}

async fn target(uji: &TestApp, kode: &str, dokumen: &str, tahun: i16) -> Option<Angka> {
    let jenis = JenisAngka::Target { dokumen: dokumen.to_owned() };
    let subjek = Subjek::Indikator(kode.to_owned());
    now(uji, 2021).await.potret.figure(&subjek, &jenis, Periode::Tahun(tahun)).cloned()
}

fn wrong(result: Hasil<HasilSel>) -> Vec<SelDitolak> {
    match result {
        Ok(HasilSel::Ditolak(wrong)) => wrong,
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[tokio::test]
async fn only_cells_that_were_changed_are_written(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let before = target(&uji, "iku.1", "renstra-p", 2023).await.expect("target");
    let kept = target(&uji, "iku.1", "renstra-p", 2022).await.expect("target");
    let ctx = Ctx { pelaku: "Perencana".to_owned(), waktu: WAKTU + 7, ..uji.ctx.clone() };
    let sel = [
        cell("iku.1", 2022, "9,06"),
        cell("iku.1", 2023, " 8,9 % "),
        cell("iku.2", 2023, ""),
        cell("iku.6", 2023, "90"),
        cell("iku.6", 2022, ""),
    ];
    let result = uji.app.set_targets(&ctx, dilihat(&uji).await, "renstra-p", &sel).await.expect("saved");
    assert_eq!(result, HasilSel::Tersimpan(2));
    let after = target(&uji, "iku.1", "renstra-p", 2023).await.expect("target");
    assert_eq!((cell_text(Some(&after)).as_str(), after.oleh.as_str(), after.dicatat), ("8,9", "Perencana", WAKTU + 7));
    assert_ne!(after.id, before.id);
    assert_eq!(target(&uji, "iku.1", "renstra-p", 2022).await.expect("target").id, kept.id);
    assert_eq!(target(&uji, "iku.2", "renstra-p", 2023).await, None, "an empty cell takes the target away");
    assert_eq!(cell_text(target(&uji, "iku.6", "renstra-p", 2023).await.as_ref()), "90");
    assert_eq!(
        entry(&uji).await,
        "isi target renstra-p: Tingkat Pengangguran Terbuka 2023: 8,96 menjadi 8,9; Persentase Angkatan Kerja yang Berdaya \
         2023: 100 menjadi kosong; Nilai Capaian Penyelenggaraan Pemerintahan 2023: kosong menjadi 90"
    );
    let history = uji.app.figure_history(&uji.ctx.fresh(), &after.subjek, 2023).await.expect("history");
    let place = history.iter().find(|h| h.petak.jenis == after.jenis).expect("place");
    let ids: Vec<_> = place.langkah.iter().filter_map(|l| l.menjadi.as_ref()).map(|a| a.id).collect();
    assert_eq!(ids, [after.id, before.id]);
    let same = uji.app.set_targets(&uji.ctx.fresh(), dilihat(&uji).await, "renstra-p", &sel[..1]).await.expect("same");
    assert_eq!(same, HasilSel::Tersimpan(2), "nothing new is written");
}

#[tokio::test]
async fn every_cell_that_cannot_be_read_is_named_and_none_is_written() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    let sel = [
        cell("iku.1", 2022, "9,1"),
        cell("iku.1", 2023, "71,366,000"),
        cell("iku.5", 2023, "28/35"),
        cell("iku.7", 2023, "sekitar 66"),
        cell("iku.7", 2017, "66"),
        cell("iku.99", 2023, "66"),
        cell("iku.3", 2023, "belum ada (menunggu BPS)"),
    ];
    let found = wrong(uji.app.set_targets(&uji.ctx, dilihat(&uji).await, "renstra-p", &sel).await);
    let told: Vec<String> = found.iter().map(|s| format!("{} {}: {}", s.kode, s.periode, s.sebab)).collect();
    for (line, part) in told.iter().zip([
        "iku.1 2023: \"71,366,000\" tampak",
        "iku.5 2023: \"28/35\" bukan persentase",
        "iku.7 2023: ",
        "iku.7 2017: 2017 tidak dimuat dokumen ini",
        "iku.99 2023: indikator iku.99 tidak ada",
        "iku.3 2023: target tidak dapat \"belum ada\"",
    ]) {
        assert!(line.starts_with(part), "{line}");
    }
    assert_eq!(found.len(), 6, "{told:#?}");
    assert!(found.iter().all(|s| !s.bentrok));
    assert_eq!(now(&uji, 2021).await.versi, 1);
}

#[rstest]
#[tokio::test]
async fn the_same_cell_changed_by_another_is_a_conflict(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let form = dilihat(&uji).await;
    let other = Ctx { pelaku: "Rekan".to_owned(), ..uji.ctx.clone() };
    uji.app.set_targets(&other, form, "renstra-p", &[cell("iku.1", 2023, "8,5")]).await.expect("first");
    let ctx = uji.ctx.fresh();
    let both = [cell("iku.1", 2023, "8,4"), cell("iku.1", 2022, "9")];
    let found = wrong(uji.app.set_targets(&ctx, form, "renstra-p", &both).await);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].sebab.as_str(), found[0].bentrok), ("sudah diubah menjadi 8,5 oleh Rekan", true));
    // A cell that still shows what it showed is not taken back to that.
    let elsewhere = [cell("iku.1", 2023, "8,96"), cell("iku.1", 2022, "9")];
    uji.app.set_targets(&ctx, form, "renstra-p", &elsewhere).await.expect("no conflict");
    assert_eq!(cell_text(target(&uji, "iku.1", "renstra-p", 2023).await.as_ref()), "8,5");
    // Whoever wants the same value has no quarrel.
    let agreed = uji.app.set_targets(&ctx, form, "renstra-p", &[cell("iku.1", 2023, "8,5")]).await.expect("agreed");
    assert!(matches!(agreed, HasilSel::Tersimpan(_)));
}

#[tokio::test]
async fn documents_of_other_years_and_action_plans_are_not_filled_here() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    let form = dilihat(&uji).await;
    let past = uji.app.set_ceilings(&uji.ctx, form, "dpa-2019", &[cell("2.07.03", 2021, "1")]).await;
    assert!(refused(past).contains("dari tahun sebelumnya"));
    let action = uji.app.set_targets(&uji.ctx, form, "rencana-aksi", &[cell("iku.1", 2021, "1")]).await;
    assert!(refused(action).contains("Rencana Aksi"));
    let unknown = uji.app.set_targets(&uji.ctx, form, "renja-9", &[]).await;
    assert!(matches!(unknown, Err(Galat::TidakDitemukan(_))), "{unknown:?}");
    uji.app.retire_indicator(&uji.ctx, form, "iku.1", Some(2022), None).await.expect("retired");
    let found = wrong(uji.app.set_targets(&uji.ctx.fresh(), form, "renstra-p", &[cell("iku.1", 2023, "5")]).await);
    assert_eq!(found[0].sebab, "indikator ini berakhir tahun 2022");
}

#[rstest]
#[tokio::test]
async fn ceilings_are_money_of_nodes(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let line = "2.07.03.2.01.01";
    let sel = [cell(line, 2021, "Rp600.000.000"), cell("2.07.04", 2021, "1.000.000.000,50")];
    uji.app.set_ceilings(&uji.ctx, dilihat(&uji).await, "dpa-p", &sel).await.expect("saved");
    let loaded = now(&uji, 2021).await;
    let of = ceilings(&loaded.potret, "dpa-p", 2021);
    assert_eq!(of.get(line).map(|x| x.sen()), Some(60_000_000_000));
    let measured = ukur(&loaded.potret, Periode::Tahun(2021));
    assert_eq!(measured.node("2.07.04").and_then(|u| u.uang.pagu).map(|x| x.sen()), Some(100_000_000_050));
    let found =
        wrong(uji.app.set_ceilings(&uji.ctx.fresh(), dilihat(&uji).await, "dpa-p", &[cell(line, 2021, "5 M")]).await);
    assert!(found[0].sebab.contains("bukan nilai rupiah"), "{found:?}");
}

#[tokio::test]
async fn what_a_cell_shows_reads_back_as_it_is() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    let potret = now(&uji, 2021).await;
    for (dokumen, kind) in [("renja", true), ("renstra-p", true), ("dpa-p", false)] {
        let figures = potret.potret.angka.iter().filter(|a| match &a.jenis {
            JenisAngka::Target { dokumen: d } => kind && d == dokumen,
            JenisAngka::Pagu { dokumen: d } => !kind && d == dokumen,
            _ => false,
        });
        let sel: Vec<SelIsian> = figures
            .map(|a| SelIsian {
                kode: a.subjek.kode().to_owned(),
                periode: a.periode,
                teks: format!(" {}", cell_text(Some(a))),
            })
            .collect();
        assert!(sel.len() > 20, "{dokumen}");
        let form = dilihat(&uji).await;
        let saved = if kind {
            uji.app.set_targets(&uji.ctx, form, dokumen, &sel).await
        } else {
            uji.app.set_ceilings(&uji.ctx, form, dokumen, &sel).await
        };
        assert_eq!(saved.expect("saved"), HasilSel::Tersimpan(1), "{dokumen}");
    }
}
