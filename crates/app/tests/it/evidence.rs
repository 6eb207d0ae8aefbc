//! Evidence of a figure: whole, in pieces, as a link.

use rstest::rstest;
use sha2::{Digest, Sha256};
use tolok_app::{App, BuktiBaru, Ctx, Galat, Hasil, LINK, MAX_CHUNK, MAX_EVIDENCE};
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::figure::{Angka, file_of};
use tolok_domain::snapshot::Bukti;
use tolok_domain::{AngkaId, PenggunaId, Periode, Petak};
use tolok_testkit::{Mesin, TestApp, WAKTU};
use uuid::Uuid;

use crate::permission::found;

/// Penempatan kerja: has a realisation of the year that may still be changed.
fn petak() -> Petak {
    Petak::realisation("2.07.03.i1", None, Periode::Tahun(2021))
}

fn file(nama: &str, isi: &[u8]) -> BuktiBaru {
    BuktiBaru {
        nama: nama.to_owned(),
        isi: isi.to_vec(),
        tautan: false,
        halaman: String::new(),
        keterangan: String::new(),
    }
}

fn hash(isi: &[u8]) -> String {
    Sha256::digest(isi).iter().map(|b| format!("{b:02x}")).collect()
}

/// A PDF of that size.
fn pdf(size: usize) -> Vec<u8> {
    let mut isi = b"%PDF-1.7\n".to_vec();
    isi.resize(size, b' ');
    isi
}

/// The figure as it is now, and the files that show that it is right.
async fn now(uji: &TestApp) -> (Angka, Vec<Bukti>) {
    let loaded = uji.app.load(&uji.ctx.fresh(), 2021).await.expect("loaded");
    let angka = petak().figure(&loaded.potret).expect("figure").clone();
    let of = |mark: &String| loaded.potret.bukti.iter().find(|b| b.sha256 == file_of(mark)).expect("listed").clone();
    (angka.clone(), angka.bukti.iter().map(of).collect())
}

async fn attach(uji: &TestApp, ctx: &Ctx, bukti: &[BuktiBaru]) -> Hasil<i64> {
    let seen = now(uji).await.0.id;
    uji.app.attach_evidence(ctx, 2021, &petak(), seen, bukti).await
}

/// Sends a file in pieces and gives back its upload.
async fn send(uji: &TestApp, isi: &[u8]) -> Uuid {
    let upload = uji.app.begin_upload(&uji.ctx, &hash(isi), isi.len() as u64).await.expect("begun");
    let mut at = upload.diterima;
    for piece in isi.chunks(MAX_CHUNK) {
        at = uji.app.continue_upload(&uji.ctx, upload.id, at, piece).await.expect("taken").diterima;
    }
    assert_eq!(at, i64::try_from(isi.len()).expect("small"));
    upload.id
}

fn message<T: std::fmt::Debug>(result: Hasil<T>) -> String {
    match result {
        Err(Galat::TidakSah(text)) => text,
        other => panic!("{other:?}"),
    }
}

/// Asks for one of the use cases, for the table of permissions.
pub async fn run(app: &App, ctx: &Ctx, use_case: &str) -> Hasil<()> {
    let (petak, seen, id) = (petak(), AngkaId::new(), Uuid::now_v7());
    match use_case {
        "attach_evidence" => found(app.attach_evidence(ctx, 2021, &petak, seen, &[file("a.pdf", b"%PDF-1.7")]).await),
        "detach_evidence" => found(app.detach_evidence(ctx, 2021, &petak, seen, &hash(b"")).await),
        "begin_upload" => app.begin_upload(ctx, &hash(b"bukti"), 5).await.map(drop),
        "continue_upload" => found(app.continue_upload(ctx, id, 0, b"bukti").await),
        _ => found(app.attach_upload(ctx, 2021, &petak, seen, id, file("a.pdf", b"")).await),
    }
}

#[rstest]
#[tokio::test]
async fn several_files_and_a_link_stand_beside_a_figure(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let before = now(&uji).await.0;
    let paged = BuktiBaru { halaman: "12-15".to_owned(), ..file("rekap.pdf", &pdf(100)) };
    attach(&uji, &uji.ctx, &[paged, file("hadir.txt", b"28 orang")]).await.expect("added");
    let address = b"https://serangkota.bps.go.id/tabel/1";
    attach(&uji, &uji.ctx, &[BuktiBaru { tautan: true, ..file("tabel BPS", address) }]).await.expect("added");
    let (angka, files) = now(&uji).await;
    let added = &files[before.bukti.len()..];
    let kinds: Vec<(&str, &str, u64)> =
        added.iter().map(|b| (b.nama.as_str(), b.jenis_isi.as_str(), b.ukuran)).collect();
    assert_eq!(kinds, [("rekap.pdf", "application/pdf", 100), ("hadir.txt", "text/plain", 8), ("tabel BPS", LINK, 36)]);
    assert!(angka.bukti.iter().any(|mark| *mark == format!("{}#12-15", hash(&pdf(100)))));
    assert_eq!((&angka.nilai, &angka.keterangan), (&before.nilai, &before.keterangan), "the figure says the same");
    assert_eq!(uji.app.evidence(&uji.ctx.fresh(), &hash(address)).await.expect("kept"), address);
}

#[rstest]
#[tokio::test]
async fn of_several_files_one_that_is_none_keeps_all_out(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let before = now(&uji).await.0;
    let sent = [file("baik.pdf", &pdf(50)), file("hasil.pdf", b"MZ\x90\x00\x03"), file("kosong.pdf", b"")];
    let told = message(attach(&uji, &uji.ctx, &sent).await);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.len(), 2, "{told}");
    assert!(lines[0].starts_with("hasil.pdf: jenis isi berkas ini tidak diterima"), "{told}");
    assert!(lines[1].starts_with("kosong.pdf: berkasnya kosong"), "{told}");
    assert_eq!(now(&uji).await.0.id, before.id);
    assert!(matches!(uji.app.evidence(&uji.ctx, &hash(&pdf(50))).await, Err(Galat::TidakDitemukan(_))));
}

#[rstest]
#[tokio::test]
async fn a_file_sent_in_pieces_becomes_evidence(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let isi = pdf(2 * MAX_CHUNK + 10);
    let id = send(&uji, &isi).await;
    let seen = now(&uji).await.0.id;
    let ctx = uji.ctx.sending("bukti-1");
    let nomor = uji.app.attach_upload(&ctx, 2021, &petak(), seen, id, file("besar.pdf", b"")).await.expect("added");
    let (angka, files) = now(&uji).await;
    assert_eq!(files.last().map(|b| (b.nama.as_str(), b.ukuran)), Some(("besar.pdf", isi.len() as u64)));
    // The answer was lost: asking again finds what was written, though the upload is gone and the figure is another.
    let again = uji.app.attach_upload(&ctx, 2021, &petak(), seen, id, file("besar.pdf", b"")).await;
    assert!(matches!(again, Err(Galat::SudahTersimpan(n)) if n == nomor), "{again:?}");
    assert_eq!(now(&uji).await.0.id, angka.id);
}

#[rstest]
#[tokio::test]
async fn after_a_conflict_the_file_need_not_be_sent_again(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let id = send(&uji, &pdf(20)).await;
    let add = async |seen| uji.app.attach_upload(&uji.ctx, 2021, &petak(), seen, id, file("a.pdf", b"")).await;
    assert!(matches!(add(AngkaId::new()).await, Err(Galat::Bentrok)));
    add(now(&uji).await.0.id).await.expect("added");
    // What is no evidence is not kept.
    let id = send(&uji, b"MZ\x90\x00\x03").await;
    let seen = now(&uji).await.0.id;
    let refused = uji.app.attach_upload(&uji.ctx, 2021, &petak(), seen, id, file("a.pdf", b"")).await;
    assert!(message(refused).contains("tidak diterima sebagai bukti"));
    assert!(matches!(uji.store().find_upload(&uji.ctx, id).await, Err(Galat::TidakDitemukan(_))));
}

#[rstest]
#[tokio::test]
async fn what_cannot_be_evidence_is_not_begun(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let most = MAX_EVIDENCE as u64;
    assert!(uji.app.begin_upload(&uji.ctx, &hash(b"a"), most).await.is_ok());
    for (sidik, ukuran, told) in [
        (hash(b"b"), most + 1, "paling besar 25 MB"),
        (hash(b"b"), u64::MAX, "paling besar 25 MB"),
        (hash(b"b"), 0, "kosong"),
        ("abc".to_owned(), 5, "sidik"),
        ("g".repeat(64), 5, "sidik"),
    ] {
        let refused = message(uji.app.begin_upload(&uji.ctx, &sidik, ukuran).await);
        assert!(refused.contains(told), "{refused}");
    }
    let upload = uji.app.begin_upload(&uji.ctx, &hash(b"c"), most).await.expect("begun");
    for piece in [Vec::new(), vec![0; MAX_CHUNK + 1]] {
        let refused = message(uji.app.continue_upload(&uji.ctx, upload.id, 0, &piece).await);
        assert!(refused.contains("paling besar 1 MB"), "{refused}");
    }
}

#[rstest]
#[tokio::test]
async fn an_upload_goes_a_day_after_its_last_piece(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    const DAY: i64 = 86_400_000_000;
    let Some(uji) = TestApp::new(mesin).await else { return };
    let id = send(&uji, &pdf(30)).await;
    assert_eq!(uji.app.remove_stale_uploads(WAKTU + DAY).await.expect("looked"), 0);
    assert_eq!(uji.app.remove_stale_uploads(WAKTU + DAY + 1).await.expect("removed"), 1);
    assert!(uji.store().find_upload(&uji.ctx, id).await.is_err());
}

#[rstest]
#[tokio::test]
async fn evidence_of_another_unit_is_not_touched(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let loaded = uji.app.load(&uji.ctx, 2021).await.expect("loaded");
    let own = petak().unit(&loaded.potret).expect("a unit").to_owned();
    let of = |unit: &str| Ctx {
        akun: Some(PenggunaId::new()),
        tugas: vec![Penugasan { peran: Peran::Pengisi, unit: Some(unit.to_owned()) }],
        ..uji.ctx.clone()
    };
    let up: Vec<&str> = loaded.potret.upwards(Some(&own)).collect();
    let foreign = loaded.potret.unit.iter().find(|u| !up.contains(&u.kode.as_str())).expect("another unit");
    assert!(matches!(attach(&uji, &of(&foreign.kode), &[file("a.pdf", &pdf(20))]).await, Err(Galat::Terlarang)));
    attach(&uji, &of(&own), &[file("a.pdf", &pdf(20))]).await.expect("its own");
}
