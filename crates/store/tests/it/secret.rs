//! Secrets of calendars, and secrets that work once.

use rstest::rstest;
use tolok_domain::{InstansiId, PenggunaId};
use tolok_store::{AkunBaru, Diberi, Galat, JenisSekali, SekaliBaru, SesiBaru};
use tolok_testkit::{Mesin, UjiStore, store};

async fn account(uji: &UjiStore, nama: &str) -> PenggunaId {
    let akun =
        AkunBaru { nama_masuk: nama.to_owned(), nama: nama.to_owned(), surel: None, sandi: "$argon2id$".to_owned() };
    uji.store.create_account(&akun, &Diberi::Instansi(InstansiId::new(), &[]), 10).await.expect("account")
}

#[rstest]
#[tokio::test]
async fn a_new_calendar_ends_the_accounts_old_one_and_no_others(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some(uji) = store(mesin).await else { return };
    let (one, other) = (account(&uji, "satu").await, account(&uji, "lain").await);
    for (akun, hash) in [(one, "h1"), (other, "h2"), (one, "h3")] {
        uji.store.save_calendar(akun, hash, 20).await.expect("kept");
    }
    for (hash, akun) in [("h1", None), ("h2", Some(other)), ("h3", Some(one)), ("", None)] {
        assert_eq!(uji.store.find_calendar(hash).await.expect("looked"), akun, "{hash}");
    }
}

fn secret(jenis: JenisSekali, hash: &str) -> SekaliBaru {
    SekaliBaru { jenis, hash: hash.to_owned(), sampai: 100 }
}

#[rstest]
#[tokio::test]
async fn a_secret_works_once_for_its_purpose_and_for_a_while(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let (store, akun) = (&uji.store, account(&uji, "satu").await);
    store.create_secret(akun, &secret(JenisSekali::Sandi, "s1"), None, 20).await.expect("kept");
    store.create_secret(akun, &secret(JenisSekali::Sandi, "s2"), None, 20).await.expect("in its place");
    store.create_secret(akun, &secret(JenisSekali::Kode, "k1"), None, 20).await.expect("of another kind");
    let finds = async |jenis, hash, waktu| store.find_secret(jenis, hash, waktu).await.expect("looked").is_some();
    assert!(!finds(JenisSekali::Sandi, "s1", 50).await, "the later one counts");
    assert!(finds(JenisSekali::Sandi, "s2", 99).await && finds(JenisSekali::Kode, "k1", 50).await);
    assert!(!finds(JenisSekali::Sandi, "s2", 100).await, "its time is over");
    assert!(!finds(JenisSekali::Undangan, "s2", 50).await, "for another purpose");
    store
        .create_session(&SesiBaru { hash: "sesi".to_owned(), peramban: String::new(), usai: 0 }, akun, 30)
        .await
        .expect("in");
    store.save_password_by(JenisSekali::Sandi, "s2", "$baru$", None, 50).await.expect("changed");
    assert_eq!(store.load_account(akun).await.expect("account").sandi, "$baru$");
    assert!(store.sessions(akun, 0, 0).await.expect("sessions").is_empty(), "whoever was in is out");
    assert!(!finds(JenisSekali::Kode, "k1", 50).await, "and every other secret is void");
    let again = store.save_password_by(JenisSekali::Sandi, "s2", "$lagi$", None, 51).await;
    assert!(matches!(again, Err(Galat::TidakDitemukan(_))), "{again:?}");
    assert_eq!(store.load_account(akun).await.expect("account").sandi, "$baru$");
}
