//! Perjanjian Kinerja: made from the plan, changed, signed, superseded.

use rstest::rstest;
use tolok_app::{
    App, Ctx, Format, Galat, Hasil, Perjanjian, PerubahanPerjanjian, TandaTangan, UbahPerjanjian, agreement_mark,
    compose, official_mark,
};
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::agreement::{
    AlasanPerubahan, CaraTandaTangan, JenisIsi, Pejabat, StatusPejabat, proposals, unassigned,
};
use tolok_domain::{AngkaId, JenisAngka, Nilai, Periode, Potret, Subjek, ukur};
use tolok_testkit::{Mesin, TestApp, WAKTU};

const SCAN: &[u8] = b"%PDF-1.4\npindaian\n%%EOF\n";
const ELECTRONIC: &[u8] = b"%PDF-1.7\n1 0 obj <</Type /Sig /ByteRange [0 10 20 30] /Contents <00>>> endobj\n%%EOF\n";
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n....";

async fn potret(uji: &TestApp) -> Potret {
    uji.app.load(&uji.ctx.fresh(), 2021).await.expect("loaded").potret.clone()
}

fn units(codes: &[&str]) -> Vec<String> {
    codes.iter().map(|c| (*c).to_owned()).collect()
}

async fn create(uji: &TestApp, codes: &[&str]) {
    uji.app.create_agreements(&uji.ctx, 2021, &units(codes)).await.expect("created");
}

fn content(potret: &Potret, kode: &str, jenis: JenisIsi) -> Vec<String> {
    potret.agreed(kode, jenis).map(str::to_owned).collect()
}

/// The agreement as it is, for changing it.
async fn input(uji: &TestApp, kode: &str) -> UbahPerjanjian {
    let potret = potret(uji).await;
    UbahPerjanjian {
        tanggal: potret.agreement(kode).expect("agreement").tanggal.clone(),
        indikator: content(&potret, kode, JenisIsi::Indikator),
        simpul: content(&potret, kode, JenisIsi::Simpul),
        segarkan: false,
        dilihat: agreement_mark(&potret, kode),
    }
}

async fn signature(uji: &TestApp, kode: &str, isi: &[u8]) -> TandaTangan {
    TandaTangan {
        tanggal: "2021-02-01".to_owned(),
        cara: Some(CaraTandaTangan::Pindaian),
        nama: "pk kadis.pdf".to_owned(),
        isi: isi.to_vec(),
        dilihat: agreement_mark(&potret(uji).await, kode),
    }
}

async fn sign(uji: &TestApp, kode: &str) {
    let input = signature(uji, kode, SCAN).await;
    uji.app.sign_agreement(&uji.ctx, 2021, kode, &input).await.expect("signed");
}

fn revision(kode: &str) -> PerubahanPerjanjian {
    PerubahanPerjanjian {
        perjanjian: vec![kode.to_owned()],
        alasan: Some(AlasanPerubahan::PerubahanStrategi),
        tanggal: "2021-10-15".to_owned(),
    }
}

fn promised(potret: &Potret, kode: &str, dokumen: &str) -> Option<String> {
    let dokumen = dokumen.to_owned();
    let (subjek, jenis) = if potret.indicator(kode).is_some() {
        (Subjek::Indikator(kode.to_owned()), JenisAngka::Target { dokumen })
    } else {
        (Subjek::Simpul(kode.to_owned()), JenisAngka::Pagu { dokumen })
    };
    potret.figure(&subjek, &jenis, Periode::Tahun(2021)).map(|a| a.nilai.to_string())
}

/// Sets the target of an indicator in a document, as a change of the plan does.
async fn plan_changes(uji: &TestApp, indikator: &str, dokumen: &str, nilai: Nilai) {
    let mut paket = uji.app.export(&uji.ctx, 2021).await.expect("exported");
    let jenis = JenisAngka::Target { dokumen: dokumen.to_owned() };
    let year = Periode::Tahun(2021);
    let is_it = |a: &&mut tolok_domain::Angka| a.subjek.kode() == indikator && a.jenis == jenis && a.periode == year;
    let figure = paket.potret.angka.iter_mut().find(is_it).expect("figure");
    (figure.id, figure.nilai) = (AngkaId::new(), nilai);
    uji.app.import(&uji.ctx, &paket).await.expect("imported");
}

fn message(result: Hasil<i64>) -> String {
    match result {
        Err(Galat::TidakSah(message)) => message,
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[tokio::test]
async fn the_plan_of_serang_gives_every_level_its_promises(#[values(Mesin::Sqlite)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let potret = potret(&uji).await;
    let proposed = proposals(&potret);
    let count = |unit: &str, jenis: JenisIsi| {
        let of_unit = proposed.iter().find(|u| u.unit == unit).expect("unit");
        of_unit.isi.iter().filter(|(j, _)| *j == jenis).count()
    };
    // The agreement of 2021 as published: five indicators (LKjIP 2021, 2.5), six programmes.
    assert_eq!((count("KD", JenisIsi::Indikator), count("KD", JenisIsi::Simpul)), (5, 6));
    // One programme and its four activities; four activities with money.
    assert_eq!((count("BID.1", JenisIsi::Indikator), count("BID.1", JenisIsi::Simpul)), (5, 4));
    // One activity, its sub-activity with two indicators.
    assert_eq!((count("BID.1.b", JenisIsi::Indikator), count("BID.1.b", JenisIsi::Simpul)), (3, 1));
    assert_eq!((count("JPF", JenisIsi::Indikator), count("JPF", JenisIsi::Simpul)), (0, 0));
    let lines: Vec<String> = unassigned(&potret).into_iter().map(|u| u.simpul).collect();
    assert_eq!(
        lines,
        [
            "2.07.03.2.04.01",
            "3.32.03.2.01.05",
            "2.07.01.2.03.06",
            "2.07.01.2.05.02",
            "2.07.01.2.08.02",
            "2.07.01.2.08.04",
            "2.07.01.2.09.01",
            "2.07.01.2.09.06"
        ]
    );
}

#[rstest]
#[tokio::test]
async fn agreements_are_made_from_the_plan(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let before = potret(&uji).await;
    create(&uji, &["KD", "BID.1", "BID.1.b"]).await;
    let after = potret(&uji).await;
    assert_eq!(content(&after, "pk-KD", JenisIsi::Indikator), ["iku.2", "iku.3", "iku.4", "iku.5", "iku.7"]);
    assert_eq!(content(&after, "pk-BID.1.b", JenisIsi::Simpul), ["2.07.03.2.01.01"]);
    // Targets of the agreement stand in its document: those that stood there stay, others come from the budget's change.
    assert_eq!(promised(&after, "iku.3", "pk"), promised(&before, "iku.3", "pk"));
    assert_eq!(promised(&after, "2.07.03.i1", "pk").as_deref(), Some("60"));
    assert_eq!(promised(&after, "2.07.03.2.01", "pk").as_deref(), Some("586.995.500"));
    assert_eq!(promised(&after, "2.07.04.i1", "pk"), None, "nobody has promised it yet");
    let figure = after.angka.iter().find(|a| a.subjek.kode() == "2.07.03.i1" && a.jenis.document() == Some("pk"));
    let figure = figure.expect("figure");
    assert_eq!((figure.oleh.as_str(), figure.dicatat), ("Penguji", WAKTU));
    // What counts has not changed: the same numbers, now promised.
    for (was, is) in
        ukur(&before, Periode::Tahun(2021)).indikator.iter().zip(ukur(&after, Periode::Tahun(2021)).indikator)
    {
        assert_eq!(was.capaian, is.capaian, "{}", was.indikator.kode);
    }
    let entry = &uji.app.history(&uji.ctx.fresh(), None, 1).await.expect("history")[0];
    assert_eq!((entry.tindakan.as_str(), entry.sasaran.as_str()), ("buat perjanjian", "pk 2021"));
    assert_eq!(entry.rincian, "3 perjanjian: KD, BID.1, BID.1.b");
    // Once more changes nothing.
    let versi = uji.store().head(&uji.ctx).await.expect("head");
    create(&uji, &["KD", "BID.1"]).await;
    assert_eq!(uji.store().head(&uji.ctx).await.expect("head"), versi);
    assert_eq!(uji.app.verify(&uji.ctx.fresh()).await.expect("verified").rusak, []);
}

#[rstest]
#[tokio::test]
async fn the_document_is_made_where_there_is_none(#[values(Mesin::Sqlite)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let mut paket = uji.app.export(&uji.ctx, 2021).await.expect("exported");
    paket.potret.angka.retain(|a| a.jenis.document() != Some("pk"));
    paket.potret.dokumen.retain(|d| d.kode != "pk");
    uji.app.import(&uji.ctx, &paket).await.expect("imported");
    create(&uji, &["KD", "JPF"]).await;
    let after = potret(&uji).await;
    let made = after.document("pk").expect("made");
    assert_eq!((made.judul.as_str(), made.versi), ("Perjanjian Kinerja 2021", 0));
    // Nothing was promised before, so every goal and target with a target of its own is.
    let all = ["iku.1", "iku.2", "iku.3", "iku.4", "iku.5", "iku.6", "iku.7"];
    assert_eq!(content(&after, "pk-KD", JenisIsi::Indikator), all);
    assert_eq!(content(&after, "pk-JPF", JenisIsi::Indikator), [""; 0], "a planner fills it");
}

#[rstest]
#[tokio::test]
async fn content_and_date_can_be_changed_until_it_is_signed(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    create(&uji, &["BID.1", "BID.1.b"]).await;
    let change = UbahPerjanjian {
        tanggal: "2021-01-29".to_owned(),
        // Out of order, without what the section below promises too, and with what the plan gives to nobody.
        indikator: units(&["2.07.03.2.04.01.i1", "2.07.03.i1"]),
        simpul: units(&["2.07.03.2.04"]),
        ..input(&uji, "pk-BID.1").await
    };
    uji.app.change_agreement(&uji.ctx, 2021, "pk-BID.1", &change).await.expect("changed");
    let after = potret(&uji).await;
    assert_eq!(after.agreement("pk-BID.1").expect("agreement").tanggal, "2021-01-29");
    assert_eq!(content(&after, "pk-BID.1", JenisIsi::Indikator), ["2.07.03.i1", "2.07.03.2.04.01.i1"]);
    assert_eq!(promised(&after, "2.07.03.2.04.01.i1", "pk").as_deref(), Some("40"));
    assert_eq!(promised(&after, "2.07.03.2.02.i1", "pk"), None, "promised by nobody any more");
    assert_eq!(promised(&after, "2.07.03.2.01.i1", "pk").as_deref(), Some("100"), "still promised by the section");
    // What one saw must still be there.
    let late = uji.app.change_agreement(&uji.ctx, 2021, "pk-BID.1", &change).await;
    assert!(matches!(late, Err(Galat::Bentrok)), "{late:?}");
    let again = UbahPerjanjian { indikator: units(&["iku.9"]), ..input(&uji, "pk-BID.1").await };
    let unknown = uji.app.change_agreement(&uji.ctx, 2021, "pk-BID.1", &again).await;
    assert!(matches!(unknown, Err(Galat::TidakDitemukan(_))), "{unknown:?}");
    let dropped = UbahPerjanjian { indikator: units(&["2.07.04.2.03.03.i1"]), ..input(&uji, "pk-BID.1").await };
    let text = message(uji.app.change_agreement(&uji.ctx, 2021, "pk-BID.1", &dropped).await);
    assert_eq!(text, "indikator \"Kegiatan Job Fair\" belum punya target 2021; isi dulu targetnya dalam rencana");
    for tanggal in ["29-01-2021", "2012-01-29"] {
        let wrong = UbahPerjanjian { tanggal: tanggal.to_owned(), ..input(&uji, "pk-BID.1").await };
        let text = message(uji.app.change_agreement(&uji.ctx, 2021, "pk-BID.1", &wrong).await);
        assert!(text.contains(tanggal), "{text}");
    }
}

#[rstest]
#[tokio::test]
async fn targets_are_taken_anew_only_where_nobody_has_signed_them(#[values(Mesin::Sqlite)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    create(&uji, &["BID.1", "BID.1.b"]).await;
    sign(&uji, "pk-BID.1.b").await;
    plan_changes(&uji, "2.07.03.i1", "dpa-p", Nilai::Persen(61.into())).await;
    plan_changes(&uji, "2.07.03.2.01.i1", "dpa-p", Nilai::Persen(99.into())).await;
    let same = input(&uji, "pk-BID.1").await;
    uji.app.change_agreement(&uji.ctx, 2021, "pk-BID.1", &same).await.expect("nothing to change");
    assert_eq!(promised(&potret(&uji).await, "2.07.03.i1", "pk").as_deref(), Some("60"));
    let anew = UbahPerjanjian { segarkan: true, ..same };
    uji.app.change_agreement(&uji.ctx, 2021, "pk-BID.1", &anew).await.expect("changed");
    let after = potret(&uji).await;
    assert_eq!(promised(&after, "2.07.03.i1", "pk").as_deref(), Some("61"));
    assert_eq!(promised(&after, "2.07.03.2.01.i1", "pk").as_deref(), Some("100"), "the section has signed it");
}

#[rstest]
#[tokio::test]
async fn a_signed_agreement_is_kept_with_its_file(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    create(&uji, &["KD", "BID.1"]).await;
    sign(&uji, "pk-KD").await;
    let electronic =
        TandaTangan { cara: Some(CaraTandaTangan::Elektronik), ..signature(&uji, "pk-BID.1", ELECTRONIC).await };
    uji.app.sign_agreement(&uji.ctx, 2021, "pk-BID.1", &electronic).await.expect("signed");
    let after = potret(&uji).await;
    let signed = after.agreement("pk-KD").expect("agreement").clone();
    assert_eq!((signed.ditandatangani.as_str(), signed.cara), ("2021-02-01", Some(CaraTandaTangan::Pindaian)));
    assert_eq!(signed.tanggal, "2021-02-01", "the agreement had no date of its own");
    let file = uji.app.evidence(&uji.ctx.fresh(), &signed.berkas).await.expect("file");
    assert_eq!(file, SCAN);
    let listed = after.bukti.iter().find(|b| b.sha256 == signed.berkas).expect("listed");
    assert_eq!((listed.nama.as_str(), listed.jenis_isi.as_str()), ("pk kadis.pdf", "application/pdf"));
    assert_eq!(listed.keterangan, "Perjanjian Kinerja pk-KD, pindaian");
    let berkas = &after.agreement("pk-BID.1").expect("agreement").berkas;
    let listed = after.bukti.iter().find(|b| b.sha256 == *berkas).expect("listed");
    assert!(listed.keterangan.ends_with("1 tanda tangan elektronik terdeteksi, keabsahannya tidak diperiksa Tolok"));
    // From now on it can only be superseded.
    let change = UbahPerjanjian { indikator: Vec::new(), ..input(&uji, "pk-KD").await };
    assert!(message(uji.app.change_agreement(&uji.ctx, 2021, "pk-KD", &change).await).contains("sudah ditandatangani"));
    assert!(message(uji.app.delete_agreement(&uji.ctx, 2021, "pk-KD", &change.dilihat).await).contains("sudah"));
    let twice = signature(&uji, "pk-KD", SCAN).await;
    assert!(message(uji.app.sign_agreement(&uji.ctx, 2021, "pk-KD", &twice).await).contains("sudah ditandatangani"));
}

#[rstest]
#[tokio::test]
async fn a_file_that_shows_no_signature_is_refused(#[values(Mesin::Sqlite)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    create(&uji, &["KD", "JPF"]).await;
    let dated = UbahPerjanjian { tanggal: "2021-01-29".to_owned(), ..input(&uji, "pk-KD").await };
    uji.app.change_agreement(&uji.ctx, 2021, "pk-KD", &dated).await.expect("dated");
    let good = signature(&uji, "pk-KD", SCAN).await;
    let electronic = Some(CaraTandaTangan::Elektronik);
    for (wrong, text) in [
        (
            TandaTangan { isi: b"MZ program".to_vec(), nama: "pk.pdf".to_owned(), ..good.clone() },
            "bukan PDF, JPEG atau PNG",
        ),
        (TandaTangan { isi: Vec::new(), ..good.clone() }, "pilih berkas"),
        (TandaTangan { isi: [SCAN, &vec![0; 25 * 1024 * 1024]].concat(), ..good.clone() }, "lebih dari 25 MB"),
        (TandaTangan { cara: electronic, ..good.clone() }, "tidak memuat tanda tangan elektronik"),
        (TandaTangan { cara: electronic, isi: PNG.to_vec(), ..good.clone() }, "tidak memuat tanda tangan elektronik"),
        (TandaTangan { cara: None, ..good.clone() }, "pilih cara tanda tangan"),
        (TandaTangan { tanggal: String::new(), ..good.clone() }, "isi tanggal"),
        (TandaTangan { tanggal: "kemarin".to_owned(), ..good.clone() }, "bukan tanggal"),
        (TandaTangan { tanggal: "2022-02-02".to_owned(), ..good.clone() }, "belum tiba"),
        (TandaTangan { tanggal: "2021-01-28".to_owned(), ..good.clone() }, "sebelum tanggal perjanjian 2021-01-29"),
    ] {
        let found = message(uji.app.sign_agreement(&uji.ctx, 2021, "pk-KD", &wrong).await);
        assert!(found.contains(text), "{text}: {found}");
    }
    let empty = signature(&uji, "pk-JPF", SCAN).await;
    assert!(message(uji.app.sign_agreement(&uji.ctx, 2021, "pk-JPF", &empty).await).contains("masih kosong"));
    // Somebody changed what is to be signed in the meantime.
    let other = UbahPerjanjian { tanggal: "2021-01-30".to_owned(), ..input(&uji, "pk-KD").await };
    uji.app.change_agreement(&uji.ctx, 2021, "pk-KD", &other).await.expect("changed");
    let late = uji.app.sign_agreement(&uji.ctx, 2021, "pk-KD", &good).await;
    assert!(matches!(late, Err(Galat::Bentrok)), "{late:?}");
    let scan: String = sha2_hex(SCAN);
    assert!(matches!(uji.app.evidence(&uji.ctx.fresh(), &scan).await, Err(Galat::TidakDitemukan(_))), "no file stays");
    let picture = TandaTangan { isi: PNG.to_vec(), ..signature(&uji, "pk-KD", PNG).await };
    uji.app.sign_agreement(&uji.ctx, 2021, "pk-KD", &picture).await.expect("a picture is a scan");
}

fn sha2_hex(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect()
}

#[rstest]
#[tokio::test]
async fn a_revision_takes_the_newest_targets_and_leaves_the_old_one(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    create(&uji, &["BID.1", "BID.2"]).await;
    let unsigned = message(uji.app.revise_agreements(&uji.ctx, 2021, &revision("pk-BID.1")).await);
    assert!(unsigned.contains("belum ditandatangani; ubah langsung"), "{unsigned}");
    sign(&uji, "pk-BID.1").await;
    plan_changes(&uji, "2.07.03.i1", "dpa-p", Nilai::Persen(55.into())).await;
    let reason = PerubahanPerjanjian { alasan: None, ..revision("pk-BID.1") };
    assert!(message(uji.app.revise_agreements(&uji.ctx, 2021, &reason).await).contains("tiga alasan"));
    uji.app.revise_agreements(&uji.ctx, 2021, &revision("pk-BID.1")).await.expect("revised");
    let after = potret(&uji).await;
    let new = after.agreement_of("BID.1").expect("agreement");
    assert_eq!((new.kode.as_str(), new.dokumen.as_str(), new.tanggal.as_str()), ("pk-p-BID.1", "pk-p", "2021-10-15"));
    assert_eq!(new.alasan, Some(AlasanPerubahan::PerubahanStrategi));
    assert!(!new.is_signed() && after.agreement("pk-BID.1").is_some_and(|old| old.is_signed()));
    assert_eq!(after.document("pk-p").expect("version").judul, "Perubahan Perjanjian Kinerja 2021");
    assert_eq!(promised(&after, "2.07.03.i1", "pk").as_deref(), Some("60"), "the old one stays as it was");
    assert_eq!(promised(&after, "2.07.03.i1", "pk-p").as_deref(), Some("55"));
    assert_eq!(promised(&after, "2.07.04.i1", "pk-p"), None, "others change nothing");
    let measured = ukur(&after, Periode::Tahun(2021));
    let target = measured.indicator("2.07.03.i1").and_then(|u| u.target.as_ref()).map(|t| t.nilai.to_string());
    assert_eq!(target.as_deref(), Some("55"), "the latest promise counts");
    let late = uji.app.revise_agreements(&uji.ctx, 2021, &revision("pk-BID.1")).await;
    assert!(matches!(late, Err(Galat::Bentrok)), "{late:?}");
    // A second one, of another unit, is a version of its own: it cannot touch what the first one promised.
    sign(&uji, "pk-BID.2").await;
    uji.app.revise_agreements(&uji.ctx, 2021, &revision("pk-BID.2")).await.expect("revised");
    let latest = potret(&uji).await;
    assert_eq!(latest.agreement_of("BID.2").map(|p| p.dokumen.as_str()), Some("pk-p2"));
    assert_eq!(uji.app.verify(&uji.ctx.fresh()).await.expect("verified").rusak, []);
}

#[rstest]
#[tokio::test]
async fn what_the_budget_dropped_is_not_promised_again(#[values(Mesin::Sqlite)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    create(&uji, &["BID.4.b"]).await;
    sign(&uji, "pk-BID.4.b").await;
    let mut paket = uji.app.export(&uji.ctx, 2021).await.expect("exported");
    let gone =
        |a: &tolok_domain::Angka| a.subjek.kode().starts_with("3.32.03.2.01.01") && a.jenis.document() == Some("dpa-p");
    paket.potret.angka.retain(|a| !gone(a));
    uji.app.import(&uji.ctx, &paket).await.expect("imported");
    uji.app.revise_agreements(&uji.ctx, 2021, &revision("pk-BID.4.b")).await.expect("revised");
    let after = potret(&uji).await;
    assert_eq!(content(&after, "pk-BID.4.b", JenisIsi::Indikator), ["3.32.03.2.01.01.i1"]);
    assert_eq!(content(&after, "pk-p-BID.4.b", JenisIsi::Indikator), [""; 0]);
    assert_eq!(content(&after, "pk-p-BID.4.b", JenisIsi::Simpul), [""; 0]);
}

#[rstest]
#[tokio::test]
async fn an_agreement_that_goes_takes_only_its_copies_along(#[values(Mesin::Sqlite)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    create(&uji, &["KD", "BID.1", "BID.1.b"]).await;
    let mark = |potret: &Potret, kode: &str| agreement_mark(potret, kode);
    for kode in ["pk-KD", "pk-BID.1"] {
        let seen = mark(&potret(&uji).await, kode);
        uji.app.delete_agreement(&uji.ctx, 2021, kode, &seen).await.expect("deleted");
    }
    let after = potret(&uji).await;
    assert!(after.agreement("pk-KD").is_none() && after.agreed("pk-KD", JenisIsi::Indikator).next().is_none());
    assert_eq!(promised(&after, "iku.3", "pk").as_deref(), Some("90,95"), "what was published stays");
    assert_eq!(promised(&after, "2.07.03.i1", "pk"), None);
    assert_eq!(promised(&after, "2.07.03.2.01.i1", "pk").as_deref(), Some("100"), "the section still promises it");
    sign(&uji, "pk-BID.1.b").await;
    uji.app.revise_agreements(&uji.ctx, 2021, &revision("pk-BID.1.b")).await.expect("revised");
    let seen = mark(&potret(&uji).await, "pk-p-BID.1.b");
    uji.app.delete_agreement(&uji.ctx, 2021, "pk-p-BID.1.b", &seen).await.expect("deleted");
    assert!(potret(&uji).await.document("pk-p").is_none(), "a revision of nothing goes too");
}

pub fn official(unit: &str, mulai: &str) -> Pejabat {
    Pejabat {
        unit: unit.to_owned(),
        mulai: mulai.to_owned(),
        sampai: String::new(),
        nama: " Nama Pejabat ".to_owned(),
        nip: "000000000000 000 000".to_owned(),
        pangkat: "Pembina, IV/a".to_owned(),
        status: StatusPejabat::Plt,
    }
}

#[rstest]
#[tokio::test]
async fn officials_are_kept_with_their_time(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let app = &uji.app;
    app.save_official(&uji.ctx, 2021, None, &official("BID.1", "2021-03-01")).await.expect("saved");
    app.save_official(&uji.ctx, 2021, None, &official("KD", "2021-01-01")).await.expect("saved");
    let kept = potret(&uji).await.pejabat;
    let order: Vec<&str> = kept.iter().map(|p| p.unit.as_str()).collect();
    assert_eq!(order, ["KD", "BID.1"], "as the organisation is ordered");
    assert_eq!((kept[1].nama.as_str(), kept[1].nip.as_str()), ("Nama Pejabat", "000000000000000000"));
    let ended = Pejabat { sampai: "2021-06-30".to_owned(), ..kept[1].clone() };
    let mark = official_mark(&kept[1]);
    app.save_official(&uji.ctx, 2021, Some(&mark), &ended).await.expect("changed");
    let late = app.save_official(&uji.ctx, 2021, Some(&mark), &ended).await;
    assert!(matches!(late, Err(Galat::Bentrok)), "{late:?}");
    assert!(message(app.save_official(&uji.ctx, 2021, None, &ended).await).contains("sudah punya pejabat yang mulai"));
    let odd = Pejabat { unit: String::new(), mulai: String::new(), nip: "123".to_owned(), ..ended.clone() };
    let text = message(app.save_official(&uji.ctx, 2021, None, &odd).await);
    assert_eq!(text.lines().count(), 3, "{text}");
    let backwards = Pejabat { mulai: "2021-07-01".to_owned(), ..ended.clone() };
    assert!(
        message(app.save_official(&uji.ctx, 2021, None, &backwards).await).contains("2021-06-30 sebelum 2021-07-01")
    );
    app.delete_official(&uji.ctx, 2021, &official_mark(&ended)).await.expect("deleted");
    assert_eq!(potret(&uji).await.pejabat.len(), 1);
}

/// Runs a use case for an agreement of BID.1.b, and says whether it was denied.
async fn is_denied(app: &App, ctx: &Ctx, use_case: &str) -> bool {
    let kode = "pk-BID.1.b";
    let result = match use_case {
        "create" => app.create_agreements(ctx, 2021, &units(&["BID.1.b"])).await,
        "change" => app.change_agreement(ctx, 2021, kode, &UbahPerjanjian::default()).await,
        "delete" => app.delete_agreement(ctx, 2021, kode, "").await,
        "sign" => {
            let cara = Some(CaraTandaTangan::Pindaian);
            let input =
                TandaTangan { tanggal: "2021-02-01".to_owned(), cara, isi: SCAN.to_vec(), ..TandaTangan::default() };
            app.sign_agreement(ctx, 2021, kode, &input).await
        }
        "revise" => app.revise_agreements(ctx, 2021, &revision("pk-BID.1")).await,
        "official" => app.save_official(ctx, 2021, None, &official("BID.1.b", "2021-01-01")).await,
        other => panic!("{other}"),
    };
    matches!(result, Err(Galat::Terlarang))
}

#[rstest]
#[tokio::test]
async fn only_planners_make_agreements_and_only_for_their_units(#[values(Mesin::Sqlite)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    create(&uji, &["BID.1", "BID.1.b"]).await;
    sign(&uji, "pk-BID.1").await;
    let planners: &[Peran] = &[Peran::Perencana];
    let signers: &[Peran] = &[Peran::Perencana, Peran::Kepala];
    let table = [
        ("create", planners),
        ("change", planners),
        ("delete", planners),
        ("sign", signers),
        ("revise", planners),
        ("official", planners),
    ];
    for (use_case, allowed) in table {
        for role in Peran::ALL {
            let ctx = uji.with_roles(&[role]);
            assert_eq!(is_denied(&uji.app, &ctx, use_case).await, !allowed.contains(&role), "{role:?} {use_case}");
        }
        let of_unit = |unit: &str| Ctx {
            tugas: vec![Penugasan { peran: Peran::Perencana, unit: Some(unit.to_owned()) }],
            ..uji.ctx.clone()
        };
        assert!(!is_denied(&uji.app, &of_unit("BID.1"), use_case).await, "{use_case}: his own division");
        assert!(is_denied(&uji.app, &of_unit("BID.2"), use_case).await, "{use_case}: another division");
    }
}

/// Indicators in the report's table of the agreement.
fn table(potret: &Potret) -> Vec<String> {
    let naskah = compose(potret).expect("composed");
    let table = naskah.tables().into_iter().find(|t| t.nama == "perjanjian_kinerja").expect("table 2.5").clone();
    table.isi.iter().map(|row| row.sel[2].plain()).collect()
}

#[rstest]
#[tokio::test]
async fn the_report_tells_what_the_head_has_promised(#[values(Mesin::Sqlite)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let before = table(&potret(&uji).await);
    assert_eq!(before.len(), 5);
    create(&uji, &["KD", "BID.1"]).await;
    sign(&uji, "pk-BID.1").await;
    uji.app.revise_agreements(&uji.ctx, 2021, &revision("pk-BID.1")).await.expect("revised");
    assert_eq!(table(&potret(&uji).await), before, "a division's change is not the head's");
    let fewer = UbahPerjanjian { indikator: units(&["iku.2", "iku.7"]), ..input(&uji, "pk-KD").await };
    uji.app.change_agreement(&uji.ctx, 2021, "pk-KD", &fewer).await.expect("changed");
    assert_eq!(table(&potret(&uji).await), [before[0].clone(), before[4].clone()]);
}

#[rstest]
#[tokio::test]
async fn agreements_come_as_forms(#[values(Mesin::Sqlite)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    create(&uji, &["KD", "BID.1"]).await;
    let ctx = uji.with_roles(&[Peran::Evaluator]).fresh();
    for (which, name) in [
        (Perjanjian::Kode("pk-KD"), "perjanjian-kinerja-2021-disnakertrans-serang-pk-KD.docx"),
        (Perjanjian::Unit("BID.1"), "perjanjian-kinerja-2021-disnakertrans-serang-BID.1.docx"),
        (Perjanjian::Semua, "perjanjian-kinerja-2021-disnakertrans-serang.docx"),
    ] {
        let file = uji.app.agreement_document(&ctx, 2021, which, Format::Docx).await.expect("made");
        assert_eq!(file.nama, name);
        assert!(file.isi.starts_with(b"PK\x03\x04"));
    }
    for (which, format) in [
        (Perjanjian::Kode("pk-SEK"), Format::Docx),
        (Perjanjian::Unit("SEK"), Format::Pdf),
        (Perjanjian::Semua, Format::Xlsx),
    ] {
        let result = uji.app.agreement_document(&ctx, 2021, which, format).await;
        assert!(matches!(result, Err(Galat::TidakDitemukan(_))), "{which:?} {format:?}");
    }
    let nobody = uji.app.agreement_document(&uji.with_roles(&[]), 2021, Perjanjian::Semua, Format::Docx).await;
    assert!(matches!(nobody, Err(Galat::Terlarang)));
}
