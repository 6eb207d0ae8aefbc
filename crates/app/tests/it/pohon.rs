//! The pohon kinerja: conditions, outline, links between offices.

use std::sync::Arc;

use rstest::rstest;
use tolok_app::{App, Ctx, Dilihat, Format, Galat, Hasil, Jawaban, Tugas, UsulanSilang, tasks};
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::pohon::{ArahSilang, BarisKerangka, Geser, KeadaanSilang, Silang, TingkatKondisi};
use tolok_domain::sheet::{Lembar, Rekam};
use tolok_domain::{InstansiId, Potret};
use tolok_testkit::{Mesin, TestApp, ctx, demo_paket, exec};

use crate::permission::found;

fn row(filled: &[(&str, &str)]) -> Vec<String> {
    let lembar = Lembar::find("pohon").expect("sheet");
    let mut sel = vec![String::new(); lembar.kolom.len()];
    for (kolom, text) in filled {
        sel[lembar.position(kolom).expect("column")] = (*text).to_owned();
    }
    sel
}

const NEW: [(&str, &str); 6] = [
    ("kode", "K1"),
    ("induk", "2.07.03"),
    ("tingkat", "kondisi_antara"),
    ("uraian", "Lembaga pelatihan terakreditasi"),
    ("indikator", "2.07.03.i1"),
    ("unit", "BID.1"),
];

fn line(kode: &str, dalam: usize, tingkat: TingkatKondisi, uraian: &str) -> BarisKerangka {
    BarisKerangka { kode: kode.to_owned(), dalam, tingkat, uraian: uraian.to_owned(), hapus: false }
}

/// The tree as it is, as an outline.
fn outline(potret: &Potret) -> Vec<BarisKerangka> {
    let up = |kode: &str| potret.condition(kode).and_then(|k| k.induk.clone());
    let depth = |kode: &str| std::iter::successors(up(kode), |kode| up(kode)).count();
    potret.pohon.iter().map(|k| line(&k.kode, depth(&k.kode), k.tingkat, &k.uraian)).collect()
}

/// A use case by its name, each with something that it can do after those before it in the table of permissions.
pub async fn run(app: &App, ctx: &Ctx, use_case: &str) -> Hasil<()> {
    let form = Dilihat { tahun: 2021, versi: app.store().head(ctx).await? };
    let usulan = UsulanSilang {
        kondisi: "S1".to_owned(),
        arah: ArahSilang::Keluar,
        instansi: "tidak-ada".to_owned(),
        uraian: "Data lulusan".to_owned(),
    };
    match use_case {
        "tree_document" => app.tree_document(ctx, 2021, Format::Html).await.map(drop),
        "tree_drawings" => app.tree_drawings(ctx, 2021).await.map(drop),
        "neighbours" => app.neighbours(ctx).await.map(drop),
        "add_condition" => app.add_condition(ctx, form, &row(&NEW)).await.map(drop),
        "change_condition" => app.change_condition(ctx, form, "K1", &row(&NEW)).await.map(drop),
        "save_outline" => {
            let lines = app.load(ctx, 2021).await.map(|loaded| outline(&loaded.potret)).unwrap_or_default();
            app.save_outline(ctx, form, &lines, None).await.map(drop)
        }
        "propose_conditions" => app.propose_conditions(ctx, form).await.map(drop),
        // What is not there is not found by those who may look for it.
        "propose_link" => found(app.propose_link(ctx, 2021, &usulan).await),
        "answer_link" => found(app.answer_link(ctx, form, "x1", &Jawaban::Tolak("bukan tugas".to_owned())).await),
        "withdraw_link" => found(app.withdraw_link(ctx, form, "x1").await),
        "remove_condition" => app.remove_condition(ctx, form, "K1", false).await.map(drop),
        other => panic!("{other}"),
    }
}

async fn now(app: &App, ctx: &Ctx) -> Potret {
    app.load(&ctx.fresh(), 2021).await.expect("loaded").potret.clone()
}

async fn dilihat(app: &App, ctx: &Ctx) -> Dilihat {
    Dilihat { tahun: 2021, versi: app.load(&ctx.fresh(), 2021).await.expect("loaded").versi }
}

fn refused<T: std::fmt::Debug>(result: Hasil<T>) -> String {
    match result {
        Err(Galat::TidakSah(message)) => message,
        other => panic!("{other:?}"),
    }
}

fn below(potret: &Potret, induk: &str) -> Vec<String> {
    potret.conditions_under(Some(induk)).map(|k| k.kode.clone()).collect()
}

#[rstest]
#[tokio::test]
async fn a_condition_is_added_changed_and_taken_out(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let (app, ctx) = (&uji.app, &uji.ctx);
    app.add_condition(ctx, dilihat(app, ctx).await, &row(&NEW)).await.expect("added");
    let before = ["2.07.03.2.01", "2.07.03.2.02", "2.07.03.2.04", "2.07.03.2.05", "K1"];
    assert_eq!(below(&now(app, ctx).await, "2.07.03"), before, "the last of its siblings");
    // Changed in place.
    let first = now(app, ctx).await.condition("2.07.03.2.01").expect("condition").cells();
    let mut sel = first.clone();
    sel[3] = "Peserta pelatihan kompeten".to_owned();
    app.change_condition(&ctx.fresh(), dilihat(app, ctx).await, "2.07.03.2.01", &sel).await.expect("changed");
    let potret = now(app, ctx).await;
    assert_eq!(below(&potret, "2.07.03"), before);
    assert_eq!(potret.condition("2.07.03.2.01").expect("condition").uraian, "Peserta pelatihan kompeten");
    // Under another parent with everything below it.
    sel[1] = "2.07.04".to_owned();
    app.change_condition(&ctx.fresh(), dilihat(app, ctx).await, "2.07.03.2.01", &sel).await.expect("moved");
    let potret = now(app, ctx).await;
    assert_eq!(below(&potret, "2.07.04").last().map(String::as_str), Some("2.07.03.2.01"));
    assert_eq!(below(&potret, "2.07.03.2.01"), ["2.07.03.2.01.01"]);
    // What hangs below keeps a condition, unless it is to go as well.
    let kept = app.remove_condition(&ctx.fresh(), dilihat(app, ctx).await, "2.07.03.2.01", false).await;
    assert!(refused(kept).contains("masih mempunyai 1 kondisi di bawahnya"));
    app.remove_condition(&ctx.fresh(), dilihat(app, ctx).await, "2.07.03.2.01", true).await.expect("removed");
    let potret = now(app, ctx).await;
    assert!(potret.condition("2.07.03.2.01").is_none() && potret.condition("2.07.03.2.01.01").is_none());
    let entry = &app.history(&ctx.fresh(), None, 1).await.expect("history")[0];
    assert_eq!(
        (entry.tindakan.as_str(), entry.sasaran.as_str(), entry.rincian.as_str()),
        ("hapus kondisi", "2.07.03.2.01", "Peserta pelatihan kompeten, beserta 1 kondisi di bawahnya")
    );
    assert_eq!(app.verify(&ctx.fresh()).await.expect("verified").rusak, []);
}

#[tokio::test]
async fn a_condition_that_does_not_fit_is_refused_with_the_reason() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    let (app, ctx) = (&uji.app, &uji.ctx);
    let form = dilihat(app, ctx).await;
    for (changed, part) in [
        (("kode", "S1"), "kode S1 sudah dipakai: Meningkatnya Kualitas Angkatan Kerja"),
        (("kode", "baru"), "dipakai untuk alamat halaman"),
        (("kode", ""), "kode: kosong"),
        (("uraian", " "), "uraian: kosong"),
        (("tingkat", "dampak"), "\"dampak\" tidak dikenal; pilih salah satu: outcome_akhir"),
        (("tingkat", "outcome_akhir"), "Outcome akhir tidak dapat berada di bawah faktor kunci"),
        (("induk", "X9"), "induk \"X9\" tidak ada"),
        (("indikator", "i9"), "\"i9\" tidak ada"),
        (("unit", "BID.9"), "\"BID.9\" tidak ada"),
        (("simpul", "9.99"), "\"9.99\" tidak ada"),
    ] {
        let filled: Vec<(&str, &str)> =
            NEW.into_iter().filter(|(kolom, _)| *kolom != changed.0).chain([changed]).collect();
        let message = refused(app.add_condition(ctx, form, &row(&filled)).await);
        assert!(message.contains(part), "{changed:?}: {message}");
    }
    // The same condition changed by somebody else since the form was filled.
    let sel = now(app, ctx).await.condition("S1").expect("condition").cells();
    let mut first = sel.clone();
    first[3] = "Angkatan kerja terampil".to_owned();
    app.change_condition(&ctx.fresh(), form, "S1", &first).await.expect("first");
    let mut second = sel;
    second[3] = "Angkatan kerja berdaya saing".to_owned();
    let late = app.change_condition(&ctx.fresh(), form, "S1", &second).await;
    assert!(matches!(late, Err(Galat::Bentrok)), "{late:?}");
    assert!(matches!(app.remove_condition(&ctx.fresh(), form, "S1", true).await, Err(Galat::Bentrok)));
}

#[rstest]
#[tokio::test]
async fn an_outline_is_saved_as_a_whole(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let (app, ctx) = (&uji.app, &uji.ctx);
    let form = dilihat(app, ctx).await;
    let mut lines = outline(&now(app, ctx).await);
    assert_eq!(app.save_outline(ctx, form, &lines, None).await.expect("the same"), form.versi, "no entry for nothing");
    lines[0].uraian = "Angkatan kerja berkualitas".to_owned();
    lines.insert(1, line("", 1, TingkatKondisi::FaktorKunci, "Data pencari kerja mutakhir"));
    let step = Some(("2.07.04", Geser::Naik));
    let nomor = app.save_outline(&ctx.fresh(), form, &lines, step).await.expect("saved");
    assert_eq!(nomor, form.versi + 1, "one entry");
    let potret = now(app, ctx).await;
    assert_eq!(below(&potret, "S1")[..3], ["K1", "2.07.04", "2.07.03"]);
    let top = potret.condition("S1").expect("condition");
    assert_eq!((top.uraian.as_str(), top.indikator.len()), ("Angkatan kerja berkualitas", 3), "the rest stays");
    let entry = &app.history(&ctx.fresh(), None, 1).await.expect("history")[0];
    assert_eq!(entry.rincian, "baru: K1; diubah: S1; urutan: diubah");
    // Whoever began before that sees a conflict, and nothing is lost.
    assert!(matches!(app.save_outline(&ctx.fresh(), form, &lines, None).await, Err(Galat::Bentrok)));
    let cut: Vec<BarisKerangka> = outline(&potret).into_iter().take(3).collect();
    let message = refused(app.save_outline(&ctx.fresh(), dilihat(app, ctx).await, &cut, None).await);
    assert!(message.lines().all(|line| line.contains("tidak ikut terkirim")), "{message}");
    assert_eq!(now(app, ctx).await.pohon, potret.pohon);
}

#[tokio::test]
async fn the_plan_proposes_what_has_no_condition_yet() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    let (app, ctx) = (&uji.app, &uji.ctx);
    let whole = now(app, ctx).await.pohon;
    app.remove_condition(ctx, dilihat(app, ctx).await, "2.07.03", true).await.expect("removed");
    let left = now(app, ctx).await.pohon.len();
    app.propose_conditions(&ctx.fresh(), dilihat(app, ctx).await).await.expect("proposed");
    let potret = now(app, ctx).await;
    assert!(left < whole.len() && potret.pohon.len() == whole.len());
    assert_eq!(below(&potret, "S1").last().map(String::as_str), Some("2.07.03"));
    let entry = &app.history(&ctx.fresh(), None, 1).await.expect("history")[0];
    assert_eq!(entry.rincian, format!("{} kondisi baru", whole.len() - left));
    let versi = app.propose_conditions(&ctx.fresh(), dilihat(app, ctx).await).await.expect("nothing to do");
    assert_eq!(versi, entry.nomor);
}

/// The demo office, and a second one of the same region with a planner.
struct Dua {
    uji: TestApp,
    kedua: Ctx,
}

impl Dua {
    async fn new(mesin: Mesin) -> Option<Self> {
        let uji = TestApp::new(mesin).await?;
        let office = InstansiId::new();
        let mut paket = demo_paket(office);
        paket.potret.instansi.kode = "dinas-kedua".to_owned();
        paket.potret.bukti.clear();
        paket.bukti.clear();
        paket.potret.angka.iter_mut().for_each(|angka| angka.bukti.clear());
        uji.store().create_office(office, "dinas-kedua", "Dinas Kedua", "Kota Serang").await.expect("office");
        let kedua = Ctx { pelaku: "Perencana Kedua".to_owned(), ..ctx(office, &[Peran::Admin, Peran::Perencana]) };
        uji.app.import(&kedua, &paket).await.expect("imported");
        Some(Self { uji, kedua: Ctx { akun: None, ..kedua } })
    }

    /// Proposes from the demo office to the second one.
    async fn propose(&self, arah: ArahSilang) -> Hasil<i64> {
        let usulan = UsulanSilang {
            kondisi: "2.07.03".to_owned(),
            arah,
            instansi: "dinas-kedua".to_owned(),
            uraian: "Data lulusan".to_owned(),
        };
        self.uji.app.propose_link(&self.uji.ctx.fresh(), 2021, &usulan).await
    }

    /// The first link as both offices have it.
    async fn sides(&self) -> (Option<Silang>, Option<Silang>) {
        let first = async |ctx: &Ctx| now(&self.uji.app, ctx).await.silang.into_iter().next();
        (first(&self.uji.ctx).await, first(&self.kedua).await)
    }

    async fn answer(&self, jawaban: Jawaban) -> Hasil<i64> {
        let kode = self.sides().await.1.expect("link").kode;
        let form = dilihat(&self.uji.app, &self.kedua).await;
        self.uji.app.answer_link(&self.kedua.fresh(), form, &kode, &jawaban).await
    }

    async fn waiting(&self, ctx: &Ctx) -> usize {
        let found = tasks(ctx, &now(&self.uji.app, ctx).await, None);
        found.iter().find_map(|task| if let Tugas::Hubungan { n } = task { Some(*n) } else { None }).unwrap_or_default()
    }

    async fn entry(&self, ctx: &Ctx) -> String {
        let entries = self.uji.app.history(&ctx.fresh(), None, 1).await.expect("history");
        let e = &entries[0];
        format!("{}: {} {} {}", e.pelaku, e.tindakan, e.sasaran, e.rincian)
    }
}

#[rstest]
#[tokio::test]
async fn a_proposed_link_stands_in_both_trees_until_it_is_answered(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some(dua) = Dua::new(mesin).await else { return };
    dua.propose(ArahSilang::Keluar).await.expect("proposed");
    let (own, theirs) = dua.sides().await;
    let (own, theirs) = (own.expect("own"), theirs.expect("theirs"));
    assert_eq!(
        (own.arah, own.kondisi.as_deref(), own.instansi.as_str()),
        (ArahSilang::Keluar, Some("2.07.03"), "dinas-kedua")
    );
    assert_eq!((theirs.arah, theirs.kondisi.as_deref()), (ArahSilang::Masuk, None));
    assert_eq!((theirs.kode.as_str(), theirs.instansi.as_str()), (own.kode.as_str(), "disnakertrans-serang"));
    assert!(theirs.kondisi_lain.starts_with("2.07.03 Meningkatnya kualitas"), "{}", theirs.kondisi_lain);
    assert!(own.is_own() && theirs.awaits_answer());
    // In both ledgers, and in the other planner's tasks only.
    let kode = &own.kode;
    assert_eq!(
        dua.entry(&dua.uji.ctx).await,
        format!("Penguji: usulkan hubungan {kode} didukung Dinas Kedua: Data lulusan")
    );
    assert!(dua.entry(&dua.kedua).await.starts_with("Penguji (Dinas Tenaga Kerja dan Transmigrasi): usulkan hubungan"));
    assert_eq!((dua.waiting(&dua.uji.ctx).await, dua.waiting(&dua.kedua).await), (0, 1));
    let pengisi = Ctx { tugas: vec![Penugasan::whole(Peran::Pengisi)], ..dua.kedua.clone() };
    assert_eq!(dua.waiting(&pengisi).await, 0);

    dua.answer(Jawaban::Terima("2.07.04".to_owned())).await.expect("accepted");
    let (own, theirs) = dua.sides().await;
    let (own, theirs) = (own.expect("own"), theirs.expect("theirs"));
    assert_eq!((own.keadaan, theirs.keadaan), (KeadaanSilang::Diterima, KeadaanSilang::Diterima));
    assert_eq!(theirs.kondisi.as_deref(), Some("2.07.04"));
    assert_eq!(own.kondisi_lain, "2.07.04 Pencari kerja ditempatkan");
    assert_eq!(dua.waiting(&dua.kedua).await, 0);
    assert!(dua.entry(&dua.uji.ctx).await.starts_with("Perencana Kedua (Dinas Kedua): terima hubungan"));

    // An answer can be changed, with its reason.
    dua.answer(Jawaban::Tolak(" bukan tugas kami ".to_owned())).await.expect("refused");
    let (own, theirs) = dua.sides().await;
    let (own, theirs) = (own.expect("own"), theirs.expect("theirs"));
    assert_eq!(
        (own.keadaan, own.alasan.as_str(), own.kondisi_lain.as_str()),
        (KeadaanSilang::Ditolak, "bukan tugas kami", "")
    );
    assert_eq!((theirs.alasan.as_str(), theirs.kondisi), ("bukan tugas kami", None));

    // Who proposed takes it back, on both sides.
    let form = dilihat(&dua.uji.app, &dua.uji.ctx).await;
    dua.uji.app.withdraw_link(&dua.uji.ctx.fresh(), form, &own.kode).await.expect("taken back");
    assert_eq!(dua.sides().await, (None, None));
    for ctx in [&dua.uji.ctx, &dua.kedua] {
        assert_eq!(dua.uji.app.verify(&ctx.fresh()).await.expect("verified").rusak, []);
    }
}

#[rstest]
#[tokio::test]
async fn an_office_offers_its_support(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(dua) = Dua::new(mesin).await else { return };
    dua.propose(ArahSilang::Masuk).await.expect("offered");
    let (own, theirs) = dua.sides().await;
    let (own, theirs) = (own.expect("own"), theirs.expect("theirs"));
    assert_eq!((own.arah, theirs.arah), (ArahSilang::Masuk, ArahSilang::Keluar));
    assert!(own.penawaran && own.is_own() && theirs.penawaran && theirs.awaits_answer());
    dua.answer(Jawaban::Terima("S1".to_owned())).await.expect("accepted");
    let (own, theirs) = dua.sides().await;
    assert_eq!(own.expect("own").kondisi_lain, "S1 Meningkatnya Kualitas Angkatan Kerja");
    assert_eq!(theirs.expect("theirs").kondisi.as_deref(), Some("S1"));
}

#[tokio::test]
async fn what_cannot_be_linked_is_refused_and_nothing_is_written_anywhere() {
    let dua = Dua::new(Mesin::Sqlite).await.expect("SQLite is always there");
    let app = &dua.uji.app;
    let good = UsulanSilang {
        kondisi: "2.07.03".to_owned(),
        arah: ArahSilang::Keluar,
        instansi: "dinas-kedua".to_owned(),
        uraian: "Data lulusan".to_owned(),
    };
    dua.uji
        .store()
        .create_office(InstansiId::new(), "dinas-kosong", "Dinas Kosong", "Kota Serang")
        .await
        .expect("office");
    dua.uji.store().create_office(InstansiId::new(), "jauh", "Dinas Jauh", "Kota Lain").await.expect("office");
    let with = |change: &dyn Fn(&mut UsulanSilang)| {
        let mut changed = good.clone();
        change(&mut changed);
        changed
    };
    for (usulan, part) in [
        (with(&|u| u.kondisi = "K9".to_owned()), "\"K9\" tidak ada dalam pohon kinerja"),
        (with(&|u| u.uraian = " ".to_owned()), "yang diperlukan: kosong"),
        (with(&|u| u.instansi = "disnakertrans-serang".to_owned()), "bukan instansi lain di daerah ini"),
        (with(&|u| u.instansi = "jauh".to_owned()), "bukan instansi lain di daerah ini"),
        (with(&|u| u.instansi = "dinas-kosong".to_owned()), "Dinas Kosong belum mempunyai data tahun 2021"),
    ] {
        let message = refused(app.propose_link(&dua.uji.ctx.fresh(), 2021, &usulan).await);
        assert!(message.contains(part), "{message}");
    }
    let empty = UsulanSilang { kondisi: String::new(), uraian: String::new(), instansi: String::new(), ..good.clone() };
    let message = refused(app.propose_link(&dua.uji.ctx.fresh(), 2021, &empty).await);
    assert_eq!(message.lines().count(), 3, "{message}");
    let heads = async || (head(&dua, &dua.uji.ctx).await, head(&dua, &dua.kedua).await);
    assert_eq!(heads().await, (1, 1), "nothing was written");

    dua.propose(ArahSilang::Keluar).await.expect("proposed");
    let twice = refused(dua.propose(ArahSilang::Keluar).await);
    assert!(twice.contains("hubungan yang sama dengan Dinas Kedua sudah ada"), "{twice}");
    let kode = dua.sides().await.0.expect("link").kode;
    let own = dilihat(app, &dua.uji.ctx).await;
    let answered = app.answer_link(&dua.uji.ctx.fresh(), own, &kode, &Jawaban::Tolak("tidak".to_owned())).await;
    assert!(refused(answered).contains("diusulkan instansi ini sendiri"));
    let theirs = dilihat(app, &dua.kedua).await;
    assert!(
        refused(app.withdraw_link(&dua.kedua.fresh(), theirs, &kode).await).contains("hanya dapat dicabut di sana")
    );
    assert!(refused(dua.answer(Jawaban::Tolak("  ".to_owned())).await).contains("alasan: kosong"));
    assert!(refused(dua.answer(Jawaban::Terima("K9".to_owned())).await).contains("\"K9\" tidak ada"));
    // A condition that a link names stays, also when the outline would take it out.
    let held = app.remove_condition(&dua.uji.ctx.fresh(), own, "2.07.03", true).await;
    assert!(refused(held).contains("2.07.03 masih mempunyai 1 hubungan lintas instansi"));
    assert_eq!(heads().await, (2, 2));
}

async fn head(dua: &Dua, ctx: &Ctx) -> i64 {
    dua.uji.store().head(ctx).await.expect("head")
}

#[tokio::test]
async fn a_link_answered_in_between_is_a_conflict_and_a_form_sent_twice_counts_once() {
    let dua = Dua::new(Mesin::Sqlite).await.expect("SQLite is always there");
    let (app, usulan) = (
        &dua.uji.app,
        UsulanSilang {
            kondisi: "2.07.03".to_owned(),
            arah: ArahSilang::Keluar,
            instansi: "dinas-kedua".to_owned(),
            uraian: "Data lulusan".to_owned(),
        },
    );
    let sent = dua.uji.ctx.fresh().sending("kunci-1");
    let first = app.propose_link(&sent, 2021, &usulan).await.expect("proposed");
    let again = app.propose_link(&sent, 2021, &usulan).await;
    assert!(matches!(again, Err(Galat::SudahTersimpan(nomor)) if nomor == first), "{again:?}");
    // Somebody accepts while somebody else, who still sees it open, refuses.
    let (form, kode) = (dilihat(app, &dua.kedua).await, dua.sides().await.1.expect("link").kode);
    dua.answer(Jawaban::Terima("2.07.04".to_owned())).await.expect("accepted");
    let late = app.answer_link(&dua.kedua.fresh(), form, &kode, &Jawaban::Tolak("tidak".to_owned())).await;
    assert!(matches!(late, Err(Galat::Bentrok)), "{late:?}");
    // What one office changes elsewhere meanwhile is no conflict for the other.
    let form = dilihat(app, &dua.uji.ctx).await;
    app.change_vision(&dua.uji.ctx.fresh(), form, "Visi baru", (2019, 2023)).await.expect("changed");
    app.change_vision(&dua.kedua.fresh(), dilihat(app, &dua.kedua).await, "Visi lain", (2019, 2023))
        .await
        .expect("changed");
    app.withdraw_link(&dua.uji.ctx.fresh(), form, &kode).await.expect("taken back");
    assert_eq!(dua.sides().await, (None, None));
}

#[tokio::test]
async fn the_document_names_the_other_office() {
    let dua = Dua::new(Mesin::Sqlite).await.expect("SQLite is always there");
    dua.propose(ArahSilang::Keluar).await.expect("proposed");
    let ctx = dua.uji.ctx.fresh();
    let file = dua.uji.app.tree_document(&ctx, 2021, Format::Html).await.expect("document");
    assert_eq!(file.nama, "pohon-kinerja-2021-disnakertrans-serang.html");
    let text = String::from_utf8(file.isi).expect("text");
    assert!(text.contains("Dinas Kedua") && !text.contains("dinas-kedua"));
    let sheets = dua.uji.app.tree_drawings(&ctx, 2021).await.expect("drawings");
    assert!(sheets.len() == 4 && sheets[1].grafik.svg.contains("didukung Dinas Kedua (diusulkan)"));
    // Drawn once for a snapshot, anew for the next and where an office is called otherwise.
    assert!(Arc::ptr_eq(&sheets, &dua.uji.app.tree_drawings(&ctx, 2021).await.expect("drawings")));
    exec(dua.uji.store(), "UPDATE instansi SET nama = 'Dinas Lain' WHERE kode = 'dinas-kedua'").await.expect("renamed");
    let renamed = dua.uji.app.tree_drawings(&ctx, 2021).await.expect("drawings");
    assert!(renamed[1].grafik.svg.contains("didukung Dinas Lain (diusulkan)"));
    for format in [Format::Docx, Format::Xlsx] {
        assert!(dua.uji.app.tree_document(&ctx, 2021, format).await.expect("document").isi.starts_with(b"PK"));
    }
}
