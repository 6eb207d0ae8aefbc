//! Offices, accounts, roles and sessions.

use rstest::rstest;
use tolok_domain::PenggunaId;
use tolok_domain::access::{Pemberian, Penugasan, Peran};
use tolok_store::{AkunBaru, Diberi, SesiBaru};
use tolok_testkit::{Mesin, UjiStore, store};

fn account(nama_masuk: &str) -> AkunBaru {
    AkunBaru {
        nama_masuk: nama_masuk.to_owned(),
        nama: "Seksi A".to_owned(),
        surel: None,
        sandi: "$argon2id$".to_owned(),
    }
}

fn session(hash: &str) -> SesiBaru {
    SesiBaru { hash: hash.to_owned(), peramban: "Firefox, Linux".to_owned(), usai: 0 }
}

fn lasting(peran: &[Peran]) -> Vec<Pemberian> {
    peran.iter().copied().map(Penugasan::whole).map(Pemberian::lasting).collect()
}

async fn seksi(uji: &UjiStore) -> PenggunaId {
    let nowhere = Diberi::Instansi(tolok_domain::InstansiId::new(), &[]);
    uji.store.create_account(&account("seksi-a"), &nowhere, 10).await.expect("account")
}

#[rstest]
#[tokio::test]
async fn offices_are_found_and_listed_by_code(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let dinas = uji.office("dinas-b").await;
    uji.office("dinas-a").await;
    assert_eq!(uji.store.find_office("dinas-b").await.expect("found"), Some(dinas));
    assert_eq!(uji.store.find_office("dinas-c").await.expect("looked"), None);
    assert_eq!(uji.store.find_office("DINAS-B").await.expect("looked"), None);
    let codes: Vec<_> = uji.store.offices().await.expect("offices").into_iter().map(|(_, kode, _)| kode).collect();
    assert_eq!(codes, ["dinas-a", "dinas-b"]);
    let twice = uji.store.create_office(tolok_domain::InstansiId::new(), "dinas-a", "Lain", "Kota Uji").await;
    assert!(twice.is_err(), "a code names one office");
}

#[rstest]
#[tokio::test]
async fn a_sign_in_name_belongs_to_one_account(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let id = seksi(&uji).await;
    let found = uji.store.find_account("seksi-a").await.expect("looked").expect("found");
    assert_eq!((found.akun_id, found.nama.as_str(), found.sandi.as_str()), (id.0, "Seksi A", "$argon2id$"));
    assert!(uji.store.find_account("Seksi A").await.expect("looked").is_none());
    assert!(
        uji.store.create_account(&account("seksi-a"), &Diberi::Daerah("Kota Uji", Peran::Evaluator), 11).await.is_err()
    );
}

#[rstest]
#[tokio::test]
async fn a_session_carries_the_roles_of_its_account(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let (a, b) = (uji.office("a").await, uji.office("b").await);
    let roles = lasting(&[Peran::Pengisi, Peran::Perencana]);
    let id = uji.store.create_account(&account("seksi-a"), &Diberi::Instansi(a, &roles), 10).await.expect("account");
    let admin = lasting(&[Peran::Admin]);
    uji.store.create_account(&account("seksi-b"), &Diberi::Instansi(a, &admin), 10).await.expect("account");
    let known = uji.store.load_account(id).await.expect("account");
    let evaluator = lasting(&[Peran::Evaluator]);
    let there = tolok_testkit::ctx(b, &[Peran::Admin]);
    let today = jiff::civil::date(2022, 2, 1);
    uji.store.save_roles(&there, &known, &[], &evaluator, today, "").await.expect("role");
    let twice = [lasting(&[Peran::Kepala]), lasting(&[Peran::Kepala])].concat();
    let refused = uji.store.save_roles(&there, &known, &evaluator, &twice, today, "").await;
    assert!(refused.is_err(), "a role is held once");
    uji.store.create_session(&session("h1"), id, 100).await.expect("session");
    let found = uji.store.find_session("h1", 0, 0, "2022-02-01").await.expect("looked").expect("found");
    let mut roles: Vec<_> = found.peran.iter().map(|r| (r.instansi, r.tugas.peran)).collect();
    roles.sort();
    let mut expected = [(a, Peran::Pengisi), (a, Peran::Perencana), (b, Peran::Evaluator)];
    expected.sort();
    assert_eq!((found.akun, found.nama.as_str(), found.terakhir), (id, "Seksi A", 100));
    assert_eq!(roles, expected);
}

#[rstest]
#[tokio::test]
async fn an_account_without_roles_has_a_session_without_roles(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let id = seksi(&uji).await;
    uji.store.create_session(&session("h1"), id, 100).await.expect("session");
    let found = uji.store.find_session("h1", 0, 0, "2022-02-01").await.expect("looked").expect("found");
    assert_eq!(found.peran, []);
}

#[rstest]
#[tokio::test]
async fn a_session_ends_by_age_by_rest_and_by_signing_out(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let id = seksi(&uji).await;
    for hash in ["h1", "h2"] {
        uji.store.create_session(&session(hash), id, 100).await.expect("session");
    }
    let valid = async |hash: &str, made, used| {
        uji.store.find_session(hash, made, used, "2022-02-01").await.expect("looked").is_some()
    };
    assert!(valid("h1", 99, 99).await);
    assert!(!valid("h1", 100, 99).await, "made too long ago");
    assert!(!valid("h1", 99, 100).await, "not used for too long");
    assert!(!valid("h3", 0, 0).await, "never made");
    uji.store.update_session("h1", 200).await.expect("noted");
    assert!(valid("h1", 99, 199).await, "using it keeps it");
    assert!(!valid("h1", 100, 199).await, "but does not make it younger");
    assert!(!valid("h2", 99, 199).await, "and keeps no other");
    uji.store.delete_session("h1").await.expect("signed out");
    assert!(!valid("h1", 0, 0).await);
    assert!(valid("h2", 0, 0).await, "other devices stay signed in");
    uji.store.delete_session("h1").await.expect("signing out twice does no harm");
}

#[rstest]
#[tokio::test]
async fn a_role_in_a_region_holds_in_each_of_its_offices(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let (a, b) = (uji.office("a").await, uji.office("b").await);
    let elsewhere = tolok_domain::InstansiId::new();
    uji.store.create_office(elsewhere, "c", "Dinas C", "Kota Lain").await.expect("office");
    let verifier = Diberi::Daerah("Kota Uji", Peran::Verifikator);
    let id = uji.store.create_account(&account("bagian"), &verifier, 10).await.expect("account");
    uji.store.create_session(&session("h1"), id, 100).await.expect("session");
    let found = uji.store.find_session("h1", 0, 0, "2022-02-01").await.expect("looked").expect("found");
    let offices: Vec<_> = found.peran.iter().map(|r| (r.instansi, r.kode.as_str(), &r.tugas)).collect();
    let role = Penugasan::whole(Peran::Verifikator);
    assert_eq!(offices, [(a, "a", &role), (b, "b", &role)]);
}
