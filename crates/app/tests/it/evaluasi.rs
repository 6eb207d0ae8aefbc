//! Evaluasi AKIP: answered by three raters, published once, followed up.

use rstest::rstest;
use tolok_app::{
    App, Ctx, Dilihat, Galat, Hasil, HasilIsian, IsiEvaluasi, IsiJawaban, IsiLangkahTindakLanjut, IsiPutusan,
    IsiRekomendasi,
};
use tolok_domain::access::Peran;
use tolok_domain::evaluasi::{KeadaanEvaluasi, Penilai};
use tolok_domain::rekomendasi::{KeadaanTindakLanjut, PemberiPutusan};
use tolok_domain::{Decimal, Keadaan, Potret};
use tolok_testkit::{Mesin, TestApp};

const TEMPLATE: &str = include_str!("../../../domain/src/evaluasi/contoh/ya-tidak.csv");

/// The demo office while its evaluation is not out yet.
async fn open(mesin: Mesin) -> Option<TestApp> {
    let uji = TestApp::new(mesin).await?;
    let mut paket = uji.app.export(&uji.ctx, 2021).await.expect("exported");
    for e in paket.potret.evaluasi.iter_mut().filter(|e| e.kode == "lke-2021") {
        (e.keadaan, e.nilai) = (KeadaanEvaluasi::Dinilai, None);
        e.nomor_lhe.clear();
        e.tanggal_lhe.clear();
    }
    uji.app.import(&uji.ctx, &paket).await.expect("imported");
    Some(uji)
}

fn somebody(uji: &TestApp, peran: Peran, pelaku: &str) -> Ctx {
    Ctx { pelaku: pelaku.to_owned(), ..uji.with_roles(&[peran]).fresh() }
}

async fn potret(uji: &TestApp) -> Potret {
    uji.app.load(&uji.ctx.fresh(), 2021).await.expect("loaded").potret.clone()
}

/// A form that is filled now.
async fn form(uji: &TestApp) -> Dilihat {
    Dilihat { tahun: 2021, versi: uji.store().head(&uji.ctx).await.expect("head") }
}

fn answer(kode: &str, penilai: Penilai, dilihat: &str, pilihan: &str, alasan: &str) -> IsiJawaban {
    IsiJawaban {
        kode: kode.to_owned(),
        penilai,
        pilihan: pilihan.to_owned(),
        alasan: alasan.to_owned(),
        bukti: String::new(),
        dilihat: dilihat.to_owned(),
    }
}

fn told(result: Hasil<i64>) -> String {
    match result {
        Err(Galat::TidakSah(text)) => text,
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[tokio::test]
async fn a_result_is_published_when_everything_is_answered_and_reasoned(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some(uji) = open(mesin).await else { return };
    let app = &uji.app;
    let evaluator = somebody(&uji, Peran::Evaluator, "Auditor Satu");
    // The office gave A for 1.a, the evaluator B; C would be four steps and needs a reason.
    let isi = [answer("1.a", Penilai::Evaluator, "B", "C", "")];
    app.answer_worksheet(&evaluator, 2021, "lke-2021", &isi).await.expect("answered");
    let again = app.answer_worksheet(&evaluator, 2021, "lke-2021", &isi).await;
    assert!(matches!(again, Err(Galat::Bentrok)), "it is C by now: {again:?}");
    let told_why = told(app.publish_evaluation(&evaluator, 2021, "lke-2021", "700/9/2022", "2022-05-02").await);
    assert!(told_why.contains("1.a: jawaban evaluator \"C\" berbeda lebih dari satu tingkat dari \"A\""), "{told_why}");
    let number = told(app.publish_evaluation(&evaluator, 2021, "lke-2021", "", "2022-05-02").await);
    assert!(number.contains("nomor atau tanggal LHE kosong"), "{number}");

    // The second reader is somebody else, and his answer counts.
    let second = [answer("1.a", Penilai::PenjaminMutu, "B", "CC", "Pedoman belum ada")];
    let same = told(app.answer_worksheet(&evaluator, 2021, "lke-2021", &second).await);
    assert!(same.contains("penjamin mutu tidak boleh evaluator yang sama"), "{same}");
    let reader = somebody(&uji, Peran::Evaluator, "Auditor Dua");
    app.answer_worksheet(&reader, 2021, "lke-2021", &second).await.expect("confirmed");
    let reason = [answer("1.a", Penilai::Evaluator, "C", "C", "Pedoman dan rencana belum ada")];
    app.answer_worksheet(&evaluator, 2021, "lke-2021", &reason).await.expect("reasoned");
    assert_eq!(potret(&uji).await.evaluation("lke-2021").map(|e| e.keadaan), Some(KeadaanEvaluasi::Ditinjau));
    app.publish_evaluation(&evaluator, 2021, "lke-2021", "700/9/2022", "2022-05-02").await.expect("published");
    let after = potret(&uji).await;
    let result = after.evaluation("lke-2021").expect("there");
    // The demo's 60,10 with CC instead of B on 1.a: 6 x 10 % less.
    assert_eq!((result.nilai, result.keadaan), (Some(Decimal::new(5950, 2)), KeadaanEvaluasi::Terbit));
    let late = told(app.answer_worksheet(&evaluator, 2021, "lke-2021", &reason).await);
    assert!(late.contains("sudah terbit"), "{late}");

    // The score becomes the year's value of the indicator, by those who enter values.
    let refused = app.take_over_score(&evaluator.fresh(), 2021, "lke-2021", "iku.7").await;
    assert!(matches!(refused, Err(Galat::Terlarang)), "{refused:?}");
    let taken = app.take_over_score(&uji.ctx.fresh(), 2021, "lke-2021", "iku.7").await.expect("told");
    let HasilIsian::Tersimpan(Some(_), now) = taken else { panic!("{taken:?}") };
    assert_eq!((now[0].nilai.to_string().as_str(), now[0].keadaan), ("59,50", Keadaan::Draf));
    assert!(now[0].keterangan.contains("LHE 700/9/2022"), "{}", now[0].keterangan);
}

#[rstest]
#[tokio::test]
async fn an_answer_that_the_template_does_not_know_is_refused(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = open(mesin).await else { return };
    let evaluator = somebody(&uji, Peran::Evaluator, "Auditor Satu");
    let wrong = [answer("1.a", Penilai::Evaluator, "B", "F", "")];
    let text = told(uji.app.answer_worksheet(&evaluator, 2021, "lke-2021", &wrong).await);
    assert!(text.contains("\"F\" bukan jawaban 1.a") && text.contains("pilih salah satu: AA, A, BB"), "{text}");
    let mixed = [answer("1.a", Penilai::Evaluator, "B", "B", ""), answer("1.a", Penilai::Mandiri, "A", "AA", "")];
    let refused = uji.app.answer_worksheet(&evaluator, 2021, "lke-2021", &mixed).await;
    assert!(matches!(refused, Err(Galat::Terlarang)), "an evaluator does not rate for the office: {refused:?}");
    // An answer can be taken back; then the part is open again.
    let none = [answer("1.a", Penilai::Evaluator, "B", "", ""), answer("1.a", Penilai::PenjaminMutu, "B", "", "")];
    uji.app.answer_worksheet(&evaluator, 2021, "lke-2021", &none).await.expect("taken back");
    let open = told(uji.app.publish_evaluation(&evaluator, 2021, "lke-2021", "1", "2022-05-02").await);
    assert!(open.contains("baru 11 dari 12 subkomponen dinilai"), "{open}");
}

#[rstest]
#[tokio::test]
async fn a_template_of_ones_own_is_imported_and_used(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = open(mesin).await else { return };
    let (app, evaluator): (&App, Ctx) = (&uji.app, somebody(&uji, Peran::Evaluator, "Auditor Satu"));
    let faulty = TEMPLATE.replace("Capaian;55", "Capaian;54");
    let text = told(app.import_template(&evaluator, 2021, "lke.csv", faulty.as_bytes()).await);
    assert!(text.contains("lke.csv baris 14 kolom bobot: bobot komponen berjumlah 99, seharusnya 100"), "{text}");
    let taken =
        told(app.import_template(&evaluator, 2021, "lke.csv", TEMPLATE.replace("kab-yt", "88-2021").as_bytes()).await);
    assert!(taken.contains("dipakai templat peraturan"), "{taken}");
    app.import_template(&evaluator, 2021, "lke.csv", TEMPLATE.as_bytes()).await.expect("imported");
    assert_eq!(potret(&uji).await.template("kab-yt").map(|t| t.criteria().count()), Some(6));
    let isi = IsiEvaluasi { templat: "kab-yt".to_owned(), ..IsiEvaluasi::default() };
    let twice = told(app.open_evaluation(&evaluator, 2021, &isi).await);
    assert!(twice.contains("evaluasi tahun 2021 sudah ada (lke-2021)"), "{twice}");

    // Without the demo's evaluation a new one begins, by a template that is for the year.
    let mut paket = app.export(&uji.ctx.fresh(), 2021).await.expect("exported");
    paket.potret.evaluasi.retain(|e| e.kode != "lke-2021");
    paket.potret.jawaban.clear();
    app.import(&uji.ctx.fresh(), &paket).await.expect("imported");
    let evaluator = evaluator.fresh();
    let old = IsiEvaluasi { templat: "12-2015".to_owned(), ..IsiEvaluasi::default() };
    let past = told(app.open_evaluation(&evaluator, 2021, &old).await);
    assert!(past.contains("templat 12-2015 tidak berlaku untuk tahun 2021"), "{past}");
    app.open_evaluation(&evaluator, 2021, &isi).await.expect("opened");
    let yes = [answer("1.1.1", Penilai::Evaluator, "", "ya", "")];
    app.answer_worksheet(&evaluator.fresh(), 2021, "lke-2021", &yes).await.expect("answered");
    let other = TEMPLATE.replace("Renstra ada", "Renstra lengkap");
    let used = told(app.import_template(&evaluator.fresh(), 2021, "lke.csv", other.as_bytes()).await);
    assert!(used.contains("sudah dipakai menjawab"), "{used}");
}

fn new_text(isi: &IsiRekomendasi) -> IsiRekomendasi {
    IsiRekomendasi { rekomendasi: "Susun SOP".to_owned(), ..isi.clone() }
}

#[rstest]
#[tokio::test]
async fn a_recommendation_is_followed_up_and_judged_by_both(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = open(mesin).await else { return };
    let app = &uji.app;
    let (evaluator, head) = (somebody(&uji, Peran::Evaluator, "Auditor"), somebody(&uji, Peran::Kepala, "Kepala"));
    let new = IsiRekomendasi {
        evaluasi: "lke-2021".to_owned(),
        kriteria: "2.a.1".to_owned(),
        rekomendasi: "Tetapkan SOP pengumpulan data".to_owned(),
        batas: "2022-06-30".to_owned(),
        ..IsiRekomendasi::default()
    };
    app.save_recommendation(&evaluator, form(&uji).await, &new).await.expect("written");
    let step = IsiLangkahTindakLanjut {
        rekomendasi: "R14".to_owned(),
        uraian: "Rancang SOP".to_owned(),
        ..IsiLangkahTindakLanjut::default()
    };
    app.save_follow_up(&head, form(&uji).await, &step).await.expect("planned");
    let before = form(&uji).await;
    let done = IsiLangkahTindakLanjut { kode: "R14.1".to_owned(), selesai: "2022-02-01".to_owned(), ..step.clone() };
    app.save_follow_up(&head.fresh(), form(&uji).await, &done).await.expect("done");
    // Who still sees the step as it was, and the recommendation, overwrites only what is as he saw it.
    let late = app.save_follow_up(&head.fresh(), before, &done).await;
    assert!(matches!(late, Err(Galat::Bentrok)), "{late:?}");
    let urgent = IsiRekomendasi { kode: "R14".to_owned(), batas: "2022-05-31".to_owned(), ..new.clone() };
    app.save_recommendation(&evaluator.fresh(), before, &urgent).await.expect("nobody changed it");
    let late = app.save_recommendation(&evaluator.fresh(), before, &new_text(&urgent)).await;
    assert!(matches!(late, Err(Galat::Bentrok)), "{late:?}");
    let bad_day = IsiLangkahTindakLanjut { batas: "besok".to_owned(), ..done };
    assert!(told(app.save_follow_up(&head.fresh(), form(&uji).await, &bad_day).await).contains("bukan tanggal"));
    let verdict = |oleh, keadaan, alasan: &str| IsiPutusan {
        rekomendasi: "R14".to_owned(),
        oleh,
        keadaan,
        alasan: alasan.to_owned(),
    };
    let own = verdict(PemberiPutusan::Instansi, KeadaanTindakLanjut::Selesai, "");
    app.give_verdict(&head.fresh(), before, &own).await.expect("judged");
    let late = app.give_verdict(&head.fresh(), before, &own).await;
    assert!(matches!(late, Err(Galat::Bentrok)), "{late:?}");
    assert_eq!(potret(&uji).await.state_of("R14"), KeadaanTindakLanjut::Selesai);
    let other = verdict(PemberiPutusan::Evaluator, KeadaanTindakLanjut::Proses, "Belum ditetapkan");
    let refused = app.give_verdict(&head.fresh(), form(&uji).await, &other).await;
    assert!(matches!(refused, Err(Galat::Terlarang)), "{refused:?}");
    app.give_verdict(&evaluator.fresh(), form(&uji).await, &other).await.expect("judged");
    let silent = verdict(PemberiPutusan::Evaluator, KeadaanTindakLanjut::TidakDapat, "");
    let text = told(app.give_verdict(&evaluator.fresh(), form(&uji).await, &silent).await);
    assert!(text.contains("tidak dapat ditindaklanjuti tanpa alasan"), "{text}");
    let after = potret(&uji).await;
    assert_eq!(after.state_of("R14"), KeadaanTindakLanjut::Proses, "the evaluator's word counts in the same year");
    let steps: Vec<_> = after.follow_up_of("R14").map(|l| (l.kode.as_str(), l.selesai.as_str())).collect();
    assert_eq!(steps, [("R14.1", "2022-02-01")]);
}

#[rstest]
#[tokio::test]
async fn suggestions_come_from_live_data(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = open(mesin).await else { return };
    let found = uji.app.suggestions(&uji.ctx.fresh(), 2021).await.expect("computed");
    assert!(found.len() >= 50);
    let definitions = found.iter().find(|u| u.kriteria == "2.a.2").expect("covered");
    // The report says of one of its seven key indicators nothing about how it is measured.
    assert_eq!(definitions.kalimat, "6 dari 7 indikator utama berdefinisi dan jelas cara ukurnya; belum: iku.6");
    let published = found.iter().find(|u| u.kriteria == "3.a.5").expect("covered");
    assert_eq!(published.is_met(), Some(false), "{}", published.kalimat);
}
