//! Who is reminded of recommendations and worksheets, from when, and that it ends when it is done.

use rstest::rstest;
use tolok_app::{
    Ctx, Dilihat, Galat, IsiEvaluasi, IsiJawaban, IsiLangkahTindakLanjut, IsiPutusan, IsiRekomendasi, Surat, Tugas,
};
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::deadline::StatusBatas;
use tolok_domain::evaluasi::templat::builtin;
use tolok_domain::evaluasi::{Giliran, KeadaanEvaluasi, Penilai};
use tolok_domain::notice::JenisKabar;
use tolok_domain::rekomendasi::{KeadaanTindakLanjut, PemberiPutusan};
use tolok_testkit::{Mesin, TestApp, WAKTU};

use crate::mail::sent;
use crate::notice::account;

const HARI: i64 = 24 * 3600 * 1_000_000;
/// 18 February 2022, a Friday: six working days before the steps of 28 February.
const EARLY: i64 = WAKTU + 17 * HARI;
/// 21 February 2022, a Monday: five working days before.
const SOON: i64 = WAKTU + 20 * HARI;
/// 1 March 2022: a working day after.
const LATE: i64 = WAKTU + 28 * HARI;
/// 10 May 2022, after the evaluator's verdicts of 29 April.
const MAY: i64 = WAKTU + 98 * HARI;

/// The demo office, whose recommendations are in the charge of SEK.3, and people around them.
struct Kantor {
    uji: TestApp,
    subbag: Ctx,
    bidang: Ctx,
    perencana: Ctx,
    pengisi: Ctx,
    evaluator: Ctx,
}

impl Kantor {
    async fn new(mesin: Mesin) -> Option<Self> {
        let mut uji = TestApp::new(mesin).await?;
        uji.app = uji.app.reachable_at("https://tolok.test", true);
        let head = |unit: &str| Penugasan { peran: Peran::Kepala, unit: Some(unit.to_owned()) };
        Some(Self {
            subbag: account(&uji, "subbag", head("SEK.3")).await,
            bidang: account(&uji, "bidang", head("BID.1")).await,
            perencana: account(&uji, "perencana", Penugasan::whole(Peran::Perencana)).await,
            pengisi: account(&uji, "pengisi", Penugasan::whole(Peran::Pengisi)).await,
            evaluator: account(&uji, "evaluator", Penugasan::whole(Peran::Evaluator)).await,
            uji,
        })
    }

    async fn tasks(&self, ctx: &Ctx, waktu: i64) -> Vec<Tugas> {
        self.uji.app.tasks(&Ctx { waktu, ..ctx.fresh() }, 2021).await.expect("tasks")
    }

    /// Steps that somebody is told of: the recommendation and how the day stands.
    async fn steps(&self, ctx: &Ctx, waktu: i64) -> Vec<(String, StatusBatas)> {
        let step = |task| match task {
            Tugas::Langkah { rekomendasi, batas, .. } => Some((rekomendasi, batas.status)),
            _ => None,
        };
        self.tasks(ctx, waktu).await.into_iter().filter_map(step).collect()
    }

    /// Recommendations that somebody has to answer.
    async fn unanswered(&self, ctx: &Ctx, waktu: i64) -> Vec<String> {
        let answer = |task| if let Tugas::Jawab { rekomendasi, .. } = task { Some(rekomendasi) } else { None };
        self.tasks(ctx, waktu).await.into_iter().filter_map(answer).collect()
    }

    /// Recommendations whose answer somebody has to judge.
    async fn answered(&self, ctx: &Ctx, waktu: i64) -> Vec<String> {
        let judge = |task| if let Tugas::Putuskan { rekomendasi, .. } = task { Some(rekomendasi) } else { None };
        self.tasks(ctx, waktu).await.into_iter().filter_map(judge).collect()
    }

    async fn form(&self) -> Dilihat {
        Dilihat { tahun: 2021, versi: self.uji.store().head(&self.uji.ctx).await.expect("head") }
    }

    async fn judge(&self, ctx: &Ctx, waktu: i64, oleh: PemberiPutusan, keadaan: KeadaanTindakLanjut) {
        let isi = IsiPutusan { rekomendasi: "R1".to_owned(), oleh, keadaan, alasan: String::new() };
        let ctx = Ctx { waktu, ..ctx.fresh() };
        self.uji.app.give_verdict(&ctx, self.form().await, &isi).await.expect("judged");
    }

    /// What somebody was told, the latest first: kind, code and words.
    async fn notices(&self, ctx: &Ctx) -> Vec<(JenisKabar, String, String)> {
        let found = self.uji.app.notices(ctx, None, 50).await.expect("notices");
        let each = found.into_iter().flat_map(|k| k.hal.into_iter().map(move |(kode, text)| (k.jenis, kode, text)));
        each.collect()
    }

    /// Puts the step of R1 down as done.
    async fn finish(&self, ctx: &Ctx) -> Result<i64, Galat> {
        let isi = IsiLangkahTindakLanjut {
            kode: "R1.1".to_owned(),
            rekomendasi: "R1".to_owned(),
            uraian: "Unggah Renstra ke situs web pemerintah kota".to_owned(),
            unit: "SEK.3".to_owned(),
            batas: "2022-02-28".to_owned(),
            selesai: "2022-02-28".to_owned(),
            bukti: String::new(),
        };
        self.uji.app.save_follow_up(&ctx.fresh(), self.form().await, &isi).await
    }
}

#[rstest]
#[tokio::test]
async fn steps_are_told_to_those_in_charge_a_week_of_work_before(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some(kantor) = Kantor::new(mesin).await else { return };
    assert_eq!(kantor.steps(&kantor.subbag, EARLY).await, []);
    let near = |kode: &str| (kode.to_owned(), StatusBatas::Berjalan { sisa: 5 });
    // Of 28 February, the most urgent first: R11.1 is done already.
    let expected = ["R5", "R1", "R2", "R6"].map(near);
    assert_eq!(kantor.steps(&kantor.subbag, SOON).await, expected);
    assert_eq!(kantor.steps(&kantor.perencana, SOON).await, expected, "whoever has the whole office");
    for other in [&kantor.bidang, &kantor.pengisi, &kantor.evaluator] {
        assert_eq!(kantor.steps(other, SOON).await, [], "{}", other.pelaku);
    }
    let refused = kantor.finish(&kantor.bidang).await;
    assert!(matches!(refused, Err(Galat::Terlarang)), "what he is not told of he does not keep: {refused:?}");
    kantor.finish(&kantor.subbag).await.expect("done");
    let late = |kode: &str| (kode.to_owned(), StatusBatas::Terlambat { hari: 1 });
    assert_eq!(kantor.steps(&kantor.subbag, LATE).await, ["R5", "R2", "R6"].map(late));
}

#[rstest]
#[tokio::test]
async fn a_recommendation_goes_from_the_office_to_the_evaluator_and_away(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some(kantor) = Kantor::new(mesin).await else { return };
    assert!(kantor.unanswered(&kantor.subbag, LATE).await.is_empty(), "the first are due on 31 March");
    let late = kantor.unanswered(&kantor.subbag, MAY).await;
    assert!(late.contains(&"R1".to_owned()) && !late.contains(&"R3".to_owned()), "R3 is done: {late:?}");
    assert!(kantor.unanswered(&kantor.bidang, MAY).await.is_empty());
    assert!(kantor.answered(&kantor.evaluator, MAY).await.is_empty());
    kantor.judge(&kantor.subbag, MAY, PemberiPutusan::Instansi, KeadaanTindakLanjut::Selesai).await;
    assert!(!kantor.unanswered(&kantor.subbag, MAY).await.contains(&"R1".to_owned()));
    assert_eq!(kantor.answered(&kantor.evaluator, MAY).await, ["R1"]);
    assert!(kantor.answered(&kantor.perencana, MAY).await.is_empty(), "the evaluator's alone");
    kantor.judge(&kantor.evaluator, MAY + HARI, PemberiPutusan::Evaluator, KeadaanTindakLanjut::Proses).await;
    assert!(kantor.answered(&kantor.evaluator, MAY + HARI).await.is_empty());
    assert!(kantor.unanswered(&kantor.subbag, MAY + HARI).await.contains(&"R1".to_owned()), "it is not done yet");
    kantor.judge(&kantor.evaluator, MAY + HARI, PemberiPutusan::Evaluator, KeadaanTindakLanjut::Selesai).await;
    assert!(!kantor.unanswered(&kantor.subbag, MAY + HARI).await.contains(&"R1".to_owned()));
}

#[rstest]
#[tokio::test]
async fn what_went_on_into_the_next_year_is_followed_up_there(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(kantor) = Kantor::new(mesin).await else { return };
    let app = &kantor.uji.app;
    app.open_year(&kantor.perencana.fresh(), 2021, 2022).await.expect("opened");
    let new = IsiRekomendasi {
        rekomendasi: "Tetapkan standar".to_owned(),
        unit: "SEK.3".to_owned(),
        batas: "2022-02-25".to_owned(),
        ..IsiRekomendasi::default()
    };
    app.save_recommendation(&kantor.evaluator.fresh(), kantor.form().await, &new).await.expect("written");
    assert_eq!(kantor.steps(&kantor.subbag, SOON).await, [], "R1 and the others are those of 2022 now");
    assert_eq!(kantor.unanswered(&kantor.subbag, SOON).await, ["R14"], "which 2022 does not know");
    let of_2022 = app.tasks(&Ctx { waktu: SOON, ..kantor.subbag.fresh() }, 2022).await.expect("tasks");
    assert_eq!(of_2022.iter().filter(|t| matches!(t, Tugas::Langkah { .. })).count(), 4);
}

#[rstest]
#[tokio::test]
async fn each_step_is_told_to_those_whose_turn_it_becomes(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(kantor) = Kantor::new(mesin).await else { return };
    let app = &kantor.uji.app;
    let new = IsiRekomendasi {
        rekomendasi: "Tetapkan standar".to_owned(),
        unit: "SEK.3".to_owned(),
        ..IsiRekomendasi::default()
    };
    app.save_recommendation(&kantor.evaluator.fresh(), kantor.form().await, &new).await.expect("written");
    let given = (JenisKabar::Rekomendasi, "R14".to_owned(), "Tetapkan standar".to_owned());
    for (ctx, many) in [(&kantor.subbag, 1), (&kantor.perencana, 1), (&kantor.bidang, 0), (&kantor.evaluator, 0)] {
        assert_eq!(kantor.notices(ctx).await, vec![given.clone(); many], "{}", ctx.pelaku);
    }
    let mails = sent(app, WAKTU).await;
    let mail = mails.iter().find(|m| m.kepada == "subbag@contoh.test").expect("mail");
    assert!(mail.perihal.ends_with("1 rekomendasi untuk unit Anda"), "{}", mail.perihal);
    assert!(mail.isi.contains("\n- R14: Tetapkan standar\n"), "{}", mail.isi);
    assert!(
        mail.isi.contains("Lihat: https://tolok.test/o/disnakertrans-serang/rekomendasi/R14?tahun=2021\n"),
        "{}",
        mail.isi
    );
    kantor.judge(&kantor.subbag, MAY, PemberiPutusan::Instansi, KeadaanTindakLanjut::Selesai).await;
    let told = kantor.notices(&kantor.evaluator).await;
    assert_eq!((told.len(), told[0].0, told[0].1.as_str()), (1, JenisKabar::Jawaban, "R1"));
    assert!(told[0].2.starts_with("Dokumen Renstra agar dipublikasikan"), "{told:?}");
    kantor.judge(&kantor.evaluator, MAY + HARI, PemberiPutusan::Evaluator, KeadaanTindakLanjut::Proses).await;
    let judged = (JenisKabar::Putusan, "R1".to_owned(), "Dalam proses".to_owned());
    assert_eq!(kantor.notices(&kantor.subbag).await, [judged, given]);
    assert_eq!(kantor.notices(&kantor.evaluator).await, told, "nobody is told what he did himself");
    assert!(kantor.notices(&kantor.bidang).await.is_empty());
}

#[rstest]
#[tokio::test]
async fn the_digest_tells_it_in_words(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(kantor) = Kantor::new(mesin).await else { return };
    let app = &kantor.uji.app;
    let mail = async |waktu: i64, to: &str| {
        let written = app.write_digest(waktu).await.expect("written").expect("the day's first");
        assert_eq!(written.gagal, Vec::<String>::new());
        let is_it = |m: &Surat| m.kepada == format!("{to}@contoh.test") && m.perihal.starts_with("Ringkasan harian");
        sent(app, waktu).await.into_iter().find(is_it).map(|m| m.isi)
    };
    assert_eq!(mail(EARLY, "subbag").await, None);
    let soon = mail(SOON, "subbag").await.expect("mail");
    assert!(
        soon.contains(
            "\n- Langkah tindak lanjut rekomendasi R1: Unggah Renstra ke situs web pemerintah kota; batas 28 Februari 2022, \
             5 hari kerja lagi\n"
        ),
        "{soon}"
    );
    assert!(soon.contains("\nSegera jatuh tempo\n- Langkah tindak lanjut rekomendasi R5: "), "{soon}");
    let late = mail(LATE, "subbag").await.expect("mail");
    assert!(late.contains("\nTerlambat\n- Langkah tindak lanjut rekomendasi R5: "), "{late}");
    assert!(late.contains("batas 28 Februari 2022, lewat 1 hari kerja\n"), "{late}");
    kantor.judge(&kantor.subbag, MAY, PemberiPutusan::Instansi, KeadaanTindakLanjut::Selesai).await;
    let judging = mail(MAY, "evaluator").await.expect("mail");
    let told = "\nEvaluasi dan rekomendasi\n- Jawaban rekomendasi R1 menunggu putusan Anda: Dokumen Renstra agar dipublikasikan";
    assert!(judging.contains(told), "{judging}");
    assert!(!judging.contains("Terlambat"), "{judging}");
    kantor.judge(&kantor.evaluator, MAY, PemberiPutusan::Evaluator, KeadaanTindakLanjut::Selesai).await;
    assert_eq!(mail(MAY + HARI, "evaluator").await, None);
}

#[rstest]
#[tokio::test]
async fn the_calendar_has_the_days_of_those_in_charge(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(kantor) = Kantor::new(mesin).await else { return };
    let app = &kantor.uji.app;
    let calendar = async |ctx: &Ctx| {
        let secret = app.renew_calendar(ctx.akun.expect("account"), LATE).await.expect("made");
        let text = app.calendar(&secret, "https://tolok.test", LATE).await.expect("read").expect("there");
        // Lines are folded.
        text.replace("\r\n ", "")
    };
    let own = calendar(&kantor.subbag).await;
    assert!(own.contains("UID:rekomendasi-2021-R1-R1.1@disnakertrans-serang.tolok"), "{own}");
    assert!(own.contains("UID:rekomendasi-2021-R1-jawaban@disnakertrans-serang.tolok"), "{own}");
    assert!(own.contains("URL:https://tolok.test/o/disnakertrans-serang/rekomendasi/R1?tahun=2021"), "{own}");
    assert!(own.contains("DTSTART;VALUE=DATE:20220228") && !own.contains("R3.1"), "what is done has no day: {own}");
    for other in [&kantor.bidang, &kantor.evaluator] {
        assert!(!calendar(other).await.contains("rekomendasi"), "{}", other.pelaku);
    }
    kantor.finish(&kantor.subbag).await.expect("done");
    let after = calendar(&kantor.subbag).await;
    assert!(!after.contains("R1.1@") && after.contains("R2.1@"), "{after}");
}

/// The evaluation of the demo as it was before its result was out.
async fn unpublished(kantor: &Kantor, answers: bool) {
    let app = &kantor.uji.app;
    let mut paket = app.export(&kantor.uji.ctx, 2021).await.expect("exported");
    for e in paket.potret.evaluasi.iter_mut().filter(|e| e.kode == "lke-2021") {
        e.keadaan = if answers { KeadaanEvaluasi::Dinilai } else { KeadaanEvaluasi::Mandiri };
        e.nilai = None;
        e.nomor_lhe.clear();
        e.tanggal_lhe.clear();
    }
    paket.potret.jawaban.retain(|j| answers && j.penilai != Penilai::PenjaminMutu);
    app.import(&kantor.uji.ctx, &paket).await.expect("imported");
}

/// Whose turn the worksheet is, where somebody is told that it is his.
async fn turn(kantor: &Kantor, ctx: &Ctx) -> Option<(Giliran, String)> {
    let of = |task| if let Tugas::Evaluasi { giliran, dinilai, .. } = task { Some((giliran, dinilai)) } else { None };
    let found = kantor.tasks(ctx, LATE).await.into_iter().find_map(of);
    found.map(|(giliran, dinilai)| (giliran, dinilai.to_string()))
}

fn answer(kode: &str, penilai: Penilai, dilihat: &str, pilihan: &str) -> IsiJawaban {
    let (kode, dilihat, pilihan) = (kode.to_owned(), dilihat.to_owned(), pilihan.to_owned());
    IsiJawaban { kode, penilai, pilihan, alasan: "Uji".to_owned(), bukti: String::new(), dilihat }
}

#[rstest]
#[tokio::test]
async fn a_worksheet_is_told_to_those_whose_turn_it_is(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(kantor) = Kantor::new(mesin).await else { return };
    let app = &kantor.uji.app;
    assert_eq!(turn(&kantor, &kantor.evaluator).await, None, "the result is out");
    unpublished(&kantor, false).await;
    assert_eq!(turn(&kantor, &kantor.perencana).await, Some((Giliran::Mandiri, "0 dari 12".to_owned())));
    for other in [&kantor.subbag, &kantor.pengisi, &kantor.evaluator] {
        assert_eq!(turn(&kantor, other).await, None, "{}", other.pelaku);
    }
    let templat = builtin().iter().find(|t| t.kode == "88-2021").expect("built in");
    let own: Vec<_> = templat.parts().map(|s| answer(&s.kode, Penilai::Mandiri, "", "B")).collect();
    app.answer_worksheet(&kantor.perencana.fresh(), 2021, "lke-2021", &own).await.expect("rated");
    assert_eq!(turn(&kantor, &kantor.perencana).await, None);
    assert_eq!(turn(&kantor, &kantor.evaluator).await, Some((Giliran::Evaluator, "0 dari 12".to_owned())));
    let turns = [(JenisKabar::LembarKerja, "lke-2021".to_owned(), "evaluator".to_owned())];
    assert_eq!(kantor.notices(&kantor.evaluator).await, turns, "and he was told");
    let his: Vec<_> = templat.parts().map(|s| answer(&s.kode, Penilai::Evaluator, "", "B")).collect();
    app.answer_worksheet(&kantor.evaluator.fresh(), 2021, "lke-2021", &his).await.expect("rated");
    let second = Ctx { pelaku: "Penjamin".to_owned(), ..kantor.evaluator.clone() };
    assert_eq!(turn(&kantor, &kantor.evaluator).await, None, "he is not his own second reader");
    assert_eq!(turn(&kantor, &second).await, Some((Giliran::PenjaminMutu, "12 dari 12".to_owned())));
    let confirmed = [answer("1.a", Penilai::PenjaminMutu, "", "B")];
    app.answer_worksheet(&second.fresh(), 2021, "lke-2021", &confirmed).await.expect("confirmed");
    let ready = Some((Giliran::Terbit, "12 dari 12".to_owned()));
    assert_eq!(turn(&kantor, &kantor.evaluator).await, ready);
    app.publish_evaluation(&kantor.evaluator.fresh(), 2021, "lke-2021", "700/1", "2022-03-01")
        .await
        .expect("published");
    assert_eq!(turn(&kantor, &kantor.evaluator).await, None);
}

#[rstest]
#[tokio::test]
async fn without_a_second_reader_the_result_is_ready_at_once(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(kantor) = Kantor::new(mesin).await else { return };
    unpublished(&kantor, true).await;
    assert_eq!(turn(&kantor, &kantor.evaluator).await, Some((Giliran::PenjaminMutu, "12 dari 12".to_owned())));
    let mut paket = kantor.uji.app.export(&kantor.uji.ctx.fresh(), 2021).await.expect("exported");
    paket.potret.evaluasi.iter_mut().for_each(|e| e.penjamin_mutu.clear());
    kantor.uji.app.import(&kantor.uji.ctx.fresh(), &paket).await.expect("imported");
    assert_eq!(turn(&kantor, &kantor.evaluator).await, Some((Giliran::Terbit, "12 dari 12".to_owned())));
    let again = kantor.uji.app.open_evaluation(&kantor.evaluator.fresh(), 2021, &IsiEvaluasi::default()).await;
    assert!(matches!(again, Err(Galat::TidakSah(_))), "one evaluation a year: {again:?}");
}
