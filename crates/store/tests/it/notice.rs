//! Notices are their account's and their office's; whom an office can tell something.

use rstest::rstest;
use tolok_domain::PenggunaId;
use tolok_domain::access::{Pemberian, Penugasan, Peran};
use tolok_domain::notice::PilihanSurat;
use tolok_store::{AkunBaru, Ctx, Diberi, KabarBaru, Perubahan};
use tolok_testkit::{Mesin, UjiStore, ctx, store};

use crate::rows::{coming, figure, write};

/// Two offices of one region, with one account in each.
struct Dua {
    uji: UjiStore,
    satu: Ctx,
    lain: Ctx,
}

impl Dua {
    async fn new(mesin: Mesin) -> Option<Self> {
        let uji = store(mesin).await?;
        let mut found = Vec::new();
        for kode in ["satu", "lain"] {
            let ctx = ctx(uji.office(kode).await, &[Peran::Pengisi]);
            let roles = [Pemberian::lasting(Penugasan { peran: Peran::Pengisi, unit: Some("B1".to_owned()) })];
            let akun = account(&uji, kode, &Diberi::Instansi(ctx.instansi, &roles)).await;
            found.push(Ctx { akun: Some(akun), ..ctx });
        }
        let lain = found.pop()?;
        Some(Self { satu: found.pop()?, lain, uji })
    }

    /// Writes a figure in an office, and a notice of it for an account.
    async fn tell(&self, ctx: &Ctx, akun: PenggunaId, nilai: &str) {
        let kabar = KabarBaru {
            akun,
            jenis: "diajukan",
            tahun: 2021,
            periode: String::new(),
            jumlah: 1,
            isi: format!("[[\"{nilai}\",\"\"]]"),
        };
        let change = Perubahan { kabar: vec![kabar], ..coming(&[&figure(nilai, nilai)]) };
        write(&self.uji.store, ctx, &change).await.expect("written");
    }

    async fn read(&self, ctx: &Ctx) -> Vec<String> {
        let found = self.uji.store.notices(ctx, None, 10).await.expect("notices");
        found.into_iter().map(|k| k.isi).collect()
    }
}

async fn account(uji: &UjiStore, nama: &str, diberi: &Diberi<'_>) -> PenggunaId {
    let akun = AkunBaru {
        nama_masuk: nama.to_owned(),
        nama: nama.to_owned(),
        surel: Some(format!("{nama}@contoh.test")),
        sandi: "$argon2id$".to_owned(),
    };
    uji.store.create_account(&akun, diberi, 10).await.expect("account")
}

#[rstest]
#[tokio::test]
async fn nobody_reads_or_marks_anothers_notices(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(dua) = Dua::new(mesin).await else { return };
    let (akun, other) = (dua.satu.akun.expect("account"), dua.lain.akun.expect("account"));
    dua.tell(&dua.satu, akun, "1").await;
    dua.tell(&dua.satu, akun, "2").await;
    dua.tell(&dua.lain, other, "3").await;
    assert_eq!(dua.read(&dua.satu).await, ["[[\"2\",\"\"]]", "[[\"1\",\"\"]]"], "the latest first");
    assert_eq!(dua.read(&dua.lain).await, ["[[\"3\",\"\"]]"]);
    // The same account in the other office, and another account in this one.
    let elsewhere = Ctx { akun: Some(akun), ..dua.lain.clone() };
    let stranger = Ctx { akun: Some(other), ..dua.satu.clone() };
    let nobody = Ctx { akun: None, ..dua.satu.clone() };
    for ctx in [&elsewhere, &stranger, &nobody] {
        assert_eq!(dua.read(ctx).await, Vec::<String>::new());
        dua.uji.store.mark_read(ctx, None).await.expect("marked nothing");
    }
    let store = &dua.uji.store;
    let unread = async |ctx: &Ctx| store.untold(ctx).await.expect("untold").len();
    assert_eq!((unread(&dua.satu).await, unread(&dua.lain).await), (2, 1));
    let latest = store.notices(&dua.satu, None, 1).await.expect("one")[0].kabar_id;
    store.mark_read(&dua.lain, Some(latest)).await.expect("not his");
    assert_eq!(unread(&dua.satu).await, 2);
    store.mark_read(&dua.satu, Some(latest)).await.expect("marked");
    assert_eq!((unread(&dua.satu).await, unread(&dua.lain).await), (1, 1));
    let before = store.notices(&dua.satu, Some(latest), 10).await.expect("older");
    assert_eq!(before.len(), 1);
    assert!(store.create_digest("2022-02-01", &[], &[(dua.lain.instansi, before[0].kabar_id)], 1).await.expect("day"));
    assert_eq!(unread(&dua.satu).await, 1, "another office's digest does not tell it");
    assert!(store.create_digest("2022-02-02", &[], &[(dua.satu.instansi, before[0].kabar_id)], 1).await.expect("day"));
    assert_eq!(unread(&dua.satu).await, 0);
}

#[rstest]
#[tokio::test]
async fn an_office_tells_its_own_people_and_those_of_the_region(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some(dua) = Dua::new(mesin).await else { return };
    let store = &dua.uji.store;
    let region = account(&dua.uji, "daerah", &Diberi::Daerah("Kota Uji", Peran::Evaluator)).await;
    account(&dua.uji, "luar", &Diberi::Daerah("Kota Lain", Peran::Evaluator)).await;
    let told = store.audience(&dua.satu, "2022-02-01").await.expect("audience");
    let of_unit = Penugasan { peran: Peran::Pengisi, unit: Some("B1".to_owned()) };
    let found: Vec<_> = told.iter().map(|p| (p.nama.as_str(), p.kantor.as_str(), p.tugas.clone())).collect();
    assert_eq!(
        found,
        [("satu", "satu", vec![of_unit]), ("daerah", "satu", vec![Penugasan::whole(Peran::Evaluator)])],
        "in the order in which they were made"
    );
    assert_eq!(told[1].surel.as_deref(), Some("daerah@contoh.test"));
    assert_eq!(store.mail_choice(region).await.expect("choice"), PilihanSurat::Segera);
    store.save_mail_choice(region, PilihanSurat::Tidak).await.expect("chosen");
    let choices: Vec<_> =
        store.audience(&dua.lain, "2022-02-01").await.expect("audience").into_iter().map(|p| p.pilihan).collect();
    assert_eq!(choices, [PilihanSurat::Segera, PilihanSurat::Tidak]);
}
