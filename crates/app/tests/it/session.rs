//! Signing in, staying signed in, and ending.

use std::time::Instant;

use rstest::rstest;
use tolok_app::{App, Galat, Masuk, Peminta, TanpaPdf};
use tolok_domain::access::{Penugasan, Peran};
use tolok_testkit::{Mesin, UjiStore, WAKTU, store};

const SANDI: &str = "kuda baterai benar 7";
const MENIT: i64 = 60 * 1_000_000;
const JAM: i64 = 60 * MENIT;

/// An app with one account, "seksi-a".
async fn seksi(mesin: Mesin) -> Option<(App, UjiStore)> {
    let uji = store(mesin).await?;
    let office = uji.office("uji").await;
    let app = App::new(uji.store.clone(), std::sync::Arc::new(TanpaPdf));
    app.create_account(office, "seksi-a", "Seksi Pelatihan", SANDI, &[Penugasan::whole(Peran::Pengisi)], WAKTU)
        .await
        .expect("account");
    Some((app, uji))
}

async fn enter(app: &App, nama: &str, sandi: &str, waktu: i64) -> Option<Masuk> {
    app.sign_in(nama, sandi, &Peminta::default(), waktu).await.expect("tried")
}

#[rstest]
#[tokio::test]
async fn only_the_right_password_signs_in(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((app, uji)) = seksi(mesin).await else { return };
    for (nama, sandi) in [
        ("seksi-a", "salah"),
        ("seksi-a", ""),
        ("seksi-a", "kuda baterai benar 7 "),
        ("Seksi A", SANDI),
        ("seksi-b", SANDI),
    ] {
        assert!(enter(&app, nama, sandi, WAKTU).await.is_none(), "{nama} {sandi:?}");
    }
    let entered = enter(&app, "seksi-a", SANDI, WAKTU).await.expect("right");
    assert!(entered.rahasia.len() == 64 && entered.rahasia.bytes().all(|b| b.is_ascii_hexdigit()));
    let session = app.session(&entered.rahasia, WAKTU).await.expect("looked").expect("valid");
    assert_eq!(session.nama(), "Seksi Pelatihan");
    let ctx = session.context(None, WAKTU).expect("an office");
    assert!(ctx.akun.is_some());
    assert_eq!(ctx.tugas, [Penugasan::whole(Peran::Pengisi)]);
    let second = enter(&app, "seksi-a", SANDI, WAKTU).await.expect("right");
    assert_ne!(entered.rahasia, second.rahasia, "each session has its own secret");
    let stored = uji.store.find_account("seksi-a").await.expect("looked").expect("found").sandi;
    assert!(stored.starts_with("$argon2id$") && !stored.contains(SANDI), "{stored}");
}

#[rstest]
#[tokio::test]
async fn guessing_is_slowed_down(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((app, _uji)) = seksi(mesin).await else { return };
    for _ in 0..5 {
        assert!(enter(&app, "seksi-a", "salah", WAKTU).await.is_none());
    }
    for sandi in ["salah", SANDI] {
        let refused = app.sign_in("seksi-a", sandi, &Peminta::default(), WAKTU + MENIT - 1).await;
        let Err(Galat::TidakSah(message)) = refused else { panic!("{refused:?}") };
        assert!(message.contains("terlalu banyak percobaan"), "{message}");
    }
    assert!(enter(&app, "seksi-b", "salah", WAKTU).await.is_none(), "other names do not wait");
    assert!(enter(&app, "seksi-a", SANDI, WAKTU + MENIT).await.is_some(), "a minute later it works again");
}

#[rstest]
#[tokio::test]
async fn signing_in_forgets_earlier_failures(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((app, _uji)) = seksi(mesin).await else { return };
    for _ in 0..2 {
        for _ in 0..4 {
            assert!(enter(&app, "seksi-a", "salah", WAKTU).await.is_none());
        }
        assert!(enter(&app, "seksi-a", SANDI, WAKTU).await.is_some());
    }
}

#[rstest]
#[tokio::test]
async fn an_unknown_name_takes_as_long_as_a_wrong_password(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((app, _uji)) = seksi(mesin).await else { return };
    let mut fastest = [u128::MAX; 2];
    for _ in 0..5 {
        for (nama, best) in ["seksi-a", "seksi-b"].into_iter().zip(&mut fastest) {
            let start = Instant::now();
            assert!(enter(&app, nama, "salah", WAKTU).await.is_none());
            *best = start.elapsed().as_micros().min(*best);
        }
    }
    let [known, unknown] = fastest;
    // A busy machine makes either of them slower; looking at no hash at all would be a hundred times faster.
    assert!(unknown * 10 > known, "the name shows by its time: {known} µs known, {unknown} µs unknown");
}

#[rstest]
#[tokio::test]
async fn a_session_ends_after_eight_hours_of_rest(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((app, _uji)) = seksi(mesin).await else { return };
    let secret = enter(&app, "seksi-a", SANDI, WAKTU).await.expect("right").rahasia;
    let valid = async |waktu| app.session(&secret, waktu).await.expect("looked").is_some();
    assert!(valid(WAKTU + 8 * JAM - 1).await);
    assert!(valid(WAKTU + 16 * JAM - 2).await, "each use begins the eight hours anew");
    assert!(!valid(WAKTU + 24 * JAM).await);
    assert!(app.session("0000", WAKTU).await.expect("looked").is_none(), "a secret that nobody has");
    assert!(app.session("", WAKTU).await.expect("looked").is_none());
}

#[rstest]
#[tokio::test]
async fn a_session_ends_after_a_week_however_much_it_is_used(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((app, _uji)) = seksi(mesin).await else { return };
    let secret = enter(&app, "seksi-a", SANDI, WAKTU).await.expect("right").rahasia;
    let week = 7 * 24 * JAM;
    for hours in (6..7 * 24).step_by(6) {
        assert!(app.session(&secret, WAKTU + hours * JAM).await.expect("looked").is_some(), "{hours}");
    }
    assert!(app.session(&secret, WAKTU + week).await.expect("looked").is_none());
}

#[rstest]
#[tokio::test]
async fn signing_out_ends_this_session_only(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some((app, uji)) = seksi(mesin).await else { return };
    let here = enter(&app, "seksi-a", SANDI, WAKTU).await.expect("right").rahasia;
    let elsewhere = enter(&app, "seksi-a", SANDI, WAKTU).await.expect("right").rahasia;
    assert!(
        uji.store.find_session(&here, 0, 0, "2022-02-01").await.expect("looked").is_none(),
        "the secret itself is not stored"
    );
    app.sign_out(&here).await.expect("signed out");
    assert!(app.session(&here, WAKTU).await.expect("looked").is_none());
    assert!(app.session(&elsewhere, WAKTU).await.expect("looked").is_some());
}
