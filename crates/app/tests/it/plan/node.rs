//! Nodes of the plan tree.

use rstest::rstest;
use tolok_app::{Ctx, Galat};
use tolok_domain::Potret;
use tolok_domain::sheet::Rekam;
use tolok_testkit::{Mesin, TestApp};

use super::{dilihat, entry, now, refused, row, with};

const NEW: [(&str, &str); 5] = [
    ("kode", "2.07.03.2,03"),
    ("induk", "2.07.03"),
    ("jenis", "kegiatan"),
    ("nama", "Perizinan dan Pendaftaran Lembaga Pelatihan Kerja"),
    ("unit", "BID.1.a"),
];

fn codes(potret: &Potret, induk: &str) -> Vec<String> {
    potret.children(Some(induk)).map(|s| s.kode.clone()).collect()
}

#[rstest]
#[tokio::test]
async fn a_new_node_is_the_last_under_its_parent(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    uji.app.add_node(&uji.ctx, dilihat(&uji).await, &row("rencana", &NEW)).await.expect("added");
    let loaded = now(&uji, 2021).await;
    let expected = ["2.07.03.2.01", "2.07.03.2.02", "2.07.03.2.04", "2.07.03.2.05", "2.07.03.2.03"];
    assert_eq!(codes(&loaded.potret, "2.07.03"), expected, "with its official code in one spelling");
    assert_eq!(entry(&uji).await, "tambah simpul 2.07.03.2.03: Perizinan dan Pendaftaran Lembaga Pelatihan Kerja");
    uji.app.move_node(&uji.ctx.fresh(), dilihat(&uji).await, "2.07.03.2.03", true).await.expect("moved");
    let moved = codes(&now(&uji, 2021).await.potret, "2.07.03");
    assert_eq!(moved[3..], ["2.07.03.2.03", "2.07.03.2.05"]);
    uji.app.remove_node(&uji.ctx.fresh(), dilihat(&uji).await, "2.07.03.2.03").await.expect("removed");
    assert_eq!(codes(&now(&uji, 2021).await.potret, "2.07.03").len(), 4);
    assert_eq!(uji.app.verify(&uji.ctx.fresh()).await.expect("verified").rusak, []);
}

#[tokio::test]
async fn a_node_that_does_not_fit_is_refused_with_the_reason() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    let form = dilihat(&uji).await;
    for (changed, part) in [
        (("kode", "2.07.03"), "sudah dipakai: PROGRAM PELATIHAN KERJA"),
        (("kode", "2.07.04.2.09"), "kode kegiatan 2.07.04.2.09 bukan bagian dari 2.07.03"),
        (("kode", "2.07.03.2"), "kode kegiatan terpotong"),
        (("kode", "2.07.03.2.01.09"), "bukan kode kegiatan"),
        (("kode", ""), "kode: kosong"),
        (("kode", "baru"), "dipakai untuk alamat halaman"),
        (("nama", " "), "nama: kosong; isi kolom ini"),
        (("induk", "2.07.99"), "bukan bagian dari 2.07.99"),
        (("induk", ""), "tanpa induk"),
        (("induk", "2.07.03.2.01.01"), "bukan bagian dari 2.07.03.2.01.01"),
        (("jenis", "sasaran"), "Sasaran tidak dapat berada di bawah Program"),
        (("unit", "BID.9"), "\"BID.9\" tidak ada"),
    ] {
        let sel = with(row("rencana", &NEW), "rencana", &[changed]);
        let message = refused(uji.app.add_node(&uji.ctx, form, &sel).await);
        assert!(message.contains(part), "{changed:?}: {message}");
    }
    let two = with(row("rencana", &NEW), "rencana", &[("kode", "x y"), ("nama", ""), ("jenis", "sasaran")]);
    let message = refused(uji.app.add_node(&uji.ctx, form, &two).await);
    assert_eq!(message.lines().count(), 2, "everything at once: {message}");
}

#[tokio::test]
async fn what_hangs_on_a_node_keeps_it() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    let form = dilihat(&uji).await;
    let message = refused(uji.app.remove_node(&uji.ctx, form, "2.07.03").await);
    assert!(message.contains("4 simpul di bawahnya, 1 indikator, 2 angka pagu"), "{message}");
    uji.app.remove_node(&uji.ctx, form, "M1").await.expect("nothing hangs on it");
    assert!(matches!(uji.app.remove_node(&uji.ctx.fresh(), form, "M1").await, Err(Galat::TidakDitemukan(_))));
}

#[tokio::test]
async fn a_branch_moves_to_another_parent_as_a_whole() {
    let uji = TestApp::new(Mesin::Sqlite).await.expect("SQLite is always there");
    let form = dilihat(&uji).await;
    let potret = &now(&uji, 2021).await.potret;
    let cells = |kode: &str| potret.node(kode).expect("node").cells();
    let sel = with(cells("2.07.03"), "rencana", &[("induk", "S2"), ("nama", "Program Pelatihan")]);
    uji.app.change_node(&uji.ctx, form, "2.07.03", &sel).await.expect("moved");
    let after = now(&uji, 2021).await;
    assert_eq!(codes(&after.potret, "S2").last().map(String::as_str), Some("2.07.03"));
    assert_eq!(after.potret.simpul.len(), potret.simpul.len());
    assert_eq!(codes(&after.potret, "2.07.03"), codes(potret, "2.07.03"));
    let own = with(cells("T1"), "rencana", &[("induk", "S1")]);
    let message = refused(uji.app.change_node(&uji.ctx.fresh(), form, "T1", &own).await);
    assert!(message.contains("di bawah T1 sendiri"), "{message}");
}

#[rstest]
#[tokio::test]
async fn a_change_since_the_form_was_opened_is_a_conflict(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let form = dilihat(&uji).await;
    let cells = now(&uji, 2021).await.potret.node("S1").expect("node").cells();
    let other = Ctx { pelaku: "Rekan".to_owned(), ..uji.ctx.fresh() };
    let named = |nama: &str| with(cells.clone(), "rencana", &[("nama", nama)]);
    uji.app.change_node(&other, form, "S1", &named("Kata rekan")).await.expect("first");
    let late = uji.app.change_node(&uji.ctx.fresh(), form, "S1", &named("Kata saya")).await;
    assert!(matches!(late, Err(Galat::Bentrok)), "{late:?}");
    // Elsewhere nothing has changed.
    let sel = with(now(&uji, 2021).await.potret.node("S2").expect("node").cells(), "rencana", &[("nama", "Lain")]);
    uji.app.change_node(&uji.ctx.fresh(), form, "S2", &sel).await.expect("no conflict");
    let seen = dilihat(&uji).await;
    uji.app.change_node(&uji.ctx.fresh(), seen, "S1", &named("Kata saya")).await.expect("now it was seen");
}
