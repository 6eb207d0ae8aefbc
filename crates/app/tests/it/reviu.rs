//! Findings: accepted, opened again, held against earlier days; nothing is published while errors are open.

use std::collections::BTreeMap;
use std::sync::Arc;

use rstest::rstest;
use tolok_app::{
    App, BerkasReviu, CetakPdf, Ctx, DaftarTemuan, Format, Galat, Hasil, HasilBerkas, HasilIsian, IsianAngka,
    Terbitkan, compose, place_of, values_of,
};
use tolok_domain::access::Peran;
use tolok_domain::figure::JenisAngka;
use tolok_domain::publication::JenisTerbitan;
use tolok_domain::{Periode, Petak};
use tolok_report::Naskah;
use tolok_testkit::{Mesin, TestApp};

/// Prints no page, so that tests need no typesetter.
pub struct Kertas;

impl CetakPdf for Kertas {
    fn print(&self, naskah: &Naskah) -> Result<(Vec<u8>, BTreeMap<String, String>), String> {
        Ok((format!("%PDF-1.7 {naskah:?}").into_bytes(), BTreeMap::new()))
    }
}

/// A use case by its name, for the table of permissions.
pub async fn run(app: &App, ctx: &Ctx, use_case: &str) -> Hasil<()> {
    let files = vec![BerkasReviu { nama: "a.md".to_owned(), isi: b"Rencana".to_vec() }];
    let terbitkan = |jenis| Terbitkan { jenis, nomor: String::new(), tanggal: "kemarin".to_owned() };
    match use_case {
        "findings" => app.findings(ctx, 2021).await.map(drop),
        "report_findings" => app.report_findings(ctx, 2021).await.map(drop),
        "review_paper" => app.review_paper(ctx, 2021, Format::Xlsx).await.map(drop),
        "review_files" => app.review_files(ctx, files).await.map(drop),
        "files_paper" => app.files_paper(ctx, &HasilBerkas::default(), Format::Xlsx).await.map(drop),
        "decide_finding" => crate::permission::found(app.decide_finding(ctx, 2021, "X", "tidak ada", "", "ya").await),
        "publish_report" => crate::permission::found(app.publish(ctx, 2021, &terbitkan(JenisTerbitan::Lkjip)).await),
        "publish_statement" => {
            crate::permission::found(app.publish(ctx, 2021, &terbitkan(JenisTerbitan::Pernyataan)).await)
        }
        other => panic!("{other}"),
    }
}

/// The demo office whose books say that one node spent more than it had, and what it really spent.
async fn overspent(mesin: Mesin) -> Option<(TestApp, App, String)> {
    let uji = TestApp::new(mesin).await?;
    let app = App::new(uji.store().clone(), Arc::new(Kertas));
    let before = spend(&app, &uji.ctx, "99.999.999.999").await;
    Some((uji, app, before))
}

/// Books that amount as spent on the first node that has money of its own; gives back what stood there.
async fn spend(app: &App, ctx: &Ctx, rupiah: &str) -> String {
    let ctx = ctx.fresh();
    let loaded = app.load(&ctx, 2021).await.expect("loaded");
    let year = Periode::Tahun(2021);
    let spent = loaded.potret.angka.iter().find(|a| a.jenis == JenisAngka::RealisasiAnggaran && a.periode == year);
    let spent = spent.expect("money");
    let input = IsianAngka {
        petak: Petak::of(spent),
        nilai: rupiah.to_owned(),
        keterangan: "Menurut buku kas".to_owned(),
        bukti: None,
        dilihat: Some(spent.id),
    };
    let saved = app.save_figures(&ctx, 2021, &[input]).await.expect("saved");
    assert!(matches!(saved, HasilIsian::Tersimpan(..)), "{saved:?}");
    spent.nilai.to_string()
}

async fn list(app: &App, ctx: &Ctx) -> DaftarTemuan {
    app.findings(&ctx.fresh(), 2021).await.expect("findings")
}

async fn words(app: &App, ctx: &Ctx) -> DaftarTemuan {
    app.report_findings(&ctx.fresh(), 2021).await.expect("findings")
}

/// Accepts every error that is open.
pub async fn accept_all(app: &App, ctx: &Ctx) {
    for t in list(app, ctx).await.and(words(app, ctx).await).temuan.into_iter().filter(|t| t.is_open_error()) {
        let (rule, place, values) = (&t.temuan.aturan.kode, place_of(&t.temuan), values_of(&t.temuan));
        app.decide_finding(&ctx.fresh(), 2021, rule, &place, &values, "Sesuai berita acara").await.expect("accepted");
    }
}

#[rstest]
#[tokio::test]
async fn an_accepted_finding_stays_accepted_until_its_values_change(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some((uji, app, real)) = overspent(mesin).await else { return };
    let head = uji.with_roles(&[Peran::Kepala]);
    let before = list(&app, &head).await.count();
    assert!(before.kesalahan > 0, "{before:?}");
    accept_all(&app, &head).await;
    let after = list(&app, &head).await;
    assert_eq!((after.count().kesalahan, after.count().diterima), (0, before.kesalahan));
    assert!(after.temuan.iter().any(|t| after.answer(&t.temuan) == "Diterima oleh Penguji: Sesuai berita acara"));

    // Other values: the reason was given for those before.
    spend(&app, &uji.ctx, "88.888.888.888").await;
    let changed = list(&app, &head).await;
    assert!(changed.count().kesalahan > 0, "{:?}", changed.count());
    let seen = after.temuan.iter().find(|t| t.putusan.is_some()).expect("accepted");
    let (rule, place) = (&seen.temuan.aturan.kode, place_of(&seen.temuan));
    let stale = app.decide_finding(&head.fresh(), 2021, rule, &place, &values_of(&seen.temuan), "lagi").await;
    assert!(matches!(stale, Err(Galat::Bentrok)), "{stale:?}");

    // Opened again; mended in the end.
    accept_all(&app, &head).await;
    let now = list(&app, &head).await;
    let t = now.temuan.iter().find(|t| t.putusan.is_some()).expect("accepted");
    let (rule, place, values) = (&t.temuan.aturan.kode, place_of(&t.temuan), values_of(&t.temuan));
    app.decide_finding(&head.fresh(), 2021, rule, &place, &values, " ").await.expect("opened");
    assert_eq!(list(&app, &head).await.count().kesalahan, 1);
    spend(&app, &uji.ctx, &real).await;
    let mended = list(&app, &head).await;
    assert_eq!(mended.count().kesalahan, 0);
    assert!(!mended.mended_since(&now).is_empty());
}

/// The faults that the demo's narrative keeps from its source, each under its heading.
#[tokio::test]
async fn the_words_of_the_report_are_reviewed_too() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    let (app, head) = (App::new(uji.store().clone(), Arc::new(Kertas)), uji.with_roles(&[Peran::Kepala]));
    assert_eq!(list(&app, &head).await.count().kesalahan, 0, "the data themselves are clean");
    let found = words(&app, &head).await;
    let errors: Vec<(&str, String)> = found
        .temuan
        .iter()
        .filter(|t| t.is_open_error())
        .map(|t| (t.temuan.aturan.kode.as_str(), t.temuan.a.tempat.to_string()))
        .collect();
    let (iku, budget) = ("laporan, 2.4 Indikator Kinerja Utama", "laporan, 2.6 Rencana Anggaran Tahun 2021");
    for (rule, place) in [("NS-01", iku), ("NS-02", budget), ("NS-03", budget), ("LT-17", budget)] {
        assert!(errors.iter().any(|(kode, at)| *kode == rule && at.starts_with(place)), "{rule}: {errors:?}");
    }

    let report = Terbitkan { jenis: JenisTerbitan::Lkjip, nomor: "1".to_owned(), tanggal: String::new() };
    let refused = app.publish(&head.fresh(), 2021, &report).await;
    let said = format!("masih ada {} kesalahan terbuka", found.count().kesalahan);
    assert!(matches!(&refused, Err(Galat::TidakSah(why)) if why.starts_with(&said)), "{refused:?}");
    // Another figure moves the report's lines, but not what was decided about its words.
    accept_all(&app, &head).await;
    spend(&app, &uji.ctx, "1").await;
    let after = words(&app, &head).await.count();
    assert_eq!((after.kesalahan, after.diterima), (0, found.count().kesalahan));
}

/// Tolok's own report, read like anybody's: what is wrong in it is what the demo's readme says the source contradicts itself in (targets of
/// one plan and of another, and faults of the narrative), and nothing that comes of how the tables are set.
#[tokio::test]
async fn the_report_of_the_demo_breaks_only_the_rules_that_its_source_broke() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    let app = App::new(uji.store().clone(), Arc::new(Kertas));
    let loaded = app.load(&uji.ctx, 2021).await.expect("loaded");
    let report = tolok_report::html::render(&compose(&loaded.potret).expect("composed"));
    let read = tolok_ingest::baca::read_file("lkjip.html", report.as_bytes()).expect("read");
    let found = tolok_review::reviu_berkas(&[read]);
    let errors = found.iter().filter(|t| t.keparahan == tolok_review::Keparahan::Kesalahan);
    let mut by_rule: BTreeMap<&str, usize> = BTreeMap::new();
    errors.for_each(|t| *by_rule.entry(&t.aturan.kode).or_default() += 1);
    let rules: Vec<&str> = by_rule.keys().copied().collect();
    assert_eq!(rules, ["LT-03", "LT-04", "LT-17", "NS-01", "NS-02", "NS-03"], "{by_rule:?}");
    // The readme: five targets of the decree and of Tabel 2.6, which one spelling more tells twice.
    assert_eq!(by_rule["LT-03"], 6);
}

#[tokio::test]
async fn nothing_is_published_while_errors_are_open_and_what_is_stays_as_it_was() {
    let (uji, app, _) = overspent(Mesin::Sqlite).await.expect("SQLite is always there");
    let (head, reviewer) = (uji.with_roles(&[Peran::Kepala]), uji.with_roles(&[Peran::Evaluator]));
    let report = Terbitkan { jenis: JenisTerbitan::Lkjip, nomor: "000.8/12".to_owned(), tanggal: String::new() };
    let statement = Terbitkan { jenis: JenisTerbitan::Pernyataan, ..report.clone() };
    for (ctx, what) in [(&head, &report), (&reviewer, &statement)] {
        let refused = app.publish(&ctx.fresh(), 2021, what).await;
        assert!(matches!(&refused, Err(Galat::TidakSah(why)) if why.contains("kesalahan terbuka")), "{refused:?}");
    }
    assert!(matches!(app.publish(&head.fresh(), 2021, &statement).await, Err(Galat::Terlarang)));

    accept_all(&app, &reviewer).await;
    app.publish(&head.fresh().sending("kunci-terbit"), 2021, &report).await.expect("published");
    let twice = app.publish(&head.fresh().sending("kunci-terbit"), 2021, &report).await;
    assert!(matches!(twice, Err(Galat::SudahTersimpan(_))), "{twice:?}");
    app.publish(&reviewer.fresh(), 2021, &statement).await.expect("stated");

    let loaded = app.load(&head.fresh(), 2021).await.expect("loaded");
    let [first, second] = loaded.potret.terbitan.as_slice() else { panic!("{:?}", loaded.potret.terbitan) };
    assert_eq!((first.kode.as_str(), second.kode.as_str()), ("lkjip-1", "pernyataan-1"));
    assert_eq!((first.nomor.as_str(), first.tanggal.as_str()), ("000.8/12", "2022-02-01"));
    assert!(first.temuan.kesalahan == 0 && first.temuan.diterima > 0);
    let file = |hash: &str| loaded.potret.bukti.iter().find(|b| b.sha256 == hash).expect("listed").clone();
    assert_eq!(file(&first.pdf).nama, "lkjip-2021-disnakertrans-serang.pdf");
    assert_eq!(file(&second.docx).nama, "pernyataan-telah-direviu-2021-disnakertrans-serang.docx");
    let before = app.evidence(&head.fresh(), &first.kertas_kerja).await.expect("kept");
    assert!(before.starts_with(b"PK"));

    // Later changes reach neither the files nor the counts of that day.
    spend(&app, &uji.ctx, "77.777.777.777").await;
    assert_eq!(app.evidence(&head.fresh(), &first.kertas_kerja).await.expect("kept"), before);
    let later = app.load(&head.fresh(), 2021).await.expect("loaded");
    assert_eq!(later.potret.terbitan[0], *first);
}

#[tokio::test]
async fn files_are_reviewed_together_and_those_that_cannot_be_read_are_named() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    let file = |nama: &str, isi: &[u8]| BerkasReviu { nama: nama.to_owned(), isi: isi.to_vec() };
    let table = "# Tabel 3.4 Realisasi Anggaran 2021\n\n| Kode | Program | Pagu (Rp) | Realisasi (Rp) | % |\n|---|---|---|---|---|\n\
                 | 2.07.03 | Program Pelatihan | 1.000.000 | 900.000 | 95,00 |\n";
    let hasil = uji
        .app
        .review_files(&uji.ctx, vec![file("lkjip.md", table.as_bytes()), file("rusak.xls", b"bukan buku kerja")])
        .await
        .expect("reviewed");
    assert_eq!((hasil.bacaan.len(), hasil.ditolak.len()), (1, 1));
    assert!(hasil.ditolak[0].starts_with("rusak.xls: "), "{:?}", hasil.ditolak);
    assert!(hasil.temuan.iter().any(|t| t.a.nilai.contains("95,00")), "{:?}", hasil.temuan);
    let paper = uji.app.files_paper(&uji.ctx, &hasil, Format::Docx).await.expect("paper");
    assert!(paper.nama == "kertas-kerja-reviu.docx" && paper.isi.starts_with(b"PK"));
    let none = uji.app.review_files(&uji.ctx, Vec::new()).await;
    assert!(matches!(none, Err(Galat::TidakSah(_))));
}
