//! Who is signed in when an identity provider vouches for somebody.

use rstest::rstest;
use tolok_app::{BuktiMasuk, IsianAkun, JenisTautan, Klaim, Masuk, Peminta, Tautan, Undangan};
use tolok_domain::access::{Pemberian, Penugasan, Peran};
use tolok_testkit::{Mesin, TestApp, WAKTU};

const SANDI: &str = "kuda baterai benar 7";

fn proof(klaim: Klaim, nilai: &str, dua_langkah: bool) -> BuktiMasuk {
    BuktiMasuk { klaim, nilai: nilai.to_owned(), dua_langkah }
}

async fn enter(uji: &TestApp, bukti: &BuktiMasuk) -> Option<Masuk> {
    uji.app.sign_in_by_provider(bukti, &Peminta::default(), WAKTU).await.expect("tried")
}

#[rstest]
#[tokio::test]
async fn only_a_known_account_is_signed_in(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let undangan = Undangan {
        nama_masuk: "seksi-a".to_owned(),
        isian: IsianAkun { nama: "Seksi A".to_owned(), surel: "seksi@contoh.test".to_owned() },
        peran: vec![Pemberian::lasting(Penugasan::whole(Peran::Pengisi))],
    };
    let (id, tautan) = uji.app.invite(&uji.ctx, &undangan).await.expect("invited");
    for good in [proof(Klaim::Surel, "Seksi@Contoh.test", false), proof(Klaim::NamaMasuk, "seksi-a", false)] {
        let entered = enter(&uji, &good).await.expect("known");
        assert!(!entered.perlu_kode && uji.app.session(&entered.rahasia, WAKTU).await.expect("looked").is_some());
    }
    for strange in [
        proof(Klaim::Surel, "seksi-a", false),
        proof(Klaim::NamaMasuk, "seksi@contoh.test", false),
        proof(Klaim::Surel, "lain@contoh.test", false),
        // An account without an address is nobody's.
        proof(Klaim::Surel, "", false),
        proof(Klaim::NamaMasuk, " ", false),
    ] {
        assert!(enter(&uji, &strange).await.is_none(), "{strange:?}");
    }

    // The second factor is Tolok's own business unless the provider says that it has asked for one.
    let Tautan::Serahkan(link) = tautan else { panic!("{tautan:?}") };
    let rahasia = link.rsplit('/').next().expect("secret");
    uji.app.choose_password(JenisTautan::Undangan, rahasia, SANDI, WAKTU).await.expect("chosen");
    let known = proof(Klaim::NamaMasuk, "seksi-a", false);
    let sesi = enter(&uji, &known).await.expect("known").rahasia;
    let sesi = uji.app.session(&sesi, WAKTU).await.expect("looked").expect("valid");
    let secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
    let wrong = uji.app.enable_totp(&sesi, (secret, "000000", SANDI), &Peminta::default(), WAKTU).await;
    assert!(wrong.is_err());
    uji.store()
        .save_totp(
            id,
            (secret, 0, &[]),
            &tolok_store::SesiBaru { hash: "h".to_owned(), peramban: String::new(), usai: 0 },
            None,
            WAKTU,
        )
        .await
        .expect("on");
    let asked = enter(&uji, &known).await.expect("known");
    assert!(asked.perlu_kode && uji.app.session(&asked.rahasia, WAKTU).await.expect("looked").is_none());
    let strong = enter(&uji, &BuktiMasuk { dua_langkah: true, ..known.clone() }).await.expect("known");
    assert!(!strong.perlu_kode && uji.app.session(&strong.rahasia, WAKTU).await.expect("looked").is_some());
    uji.app.switch_account(&uji.ctx, id, false).await.expect("off");
    assert!(enter(&uji, &known).await.is_none(), "switched off");
}
