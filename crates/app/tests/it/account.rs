//! Inviting, giving roles, resetting, switching off: by whom, for whom, and what is left of it.

use jiff::civil::date;
use rstest::rstest;
use tolok_app::{App, Ctx, Galat, IsianAkun, JenisTautan, Masuk, Peminta, Tautan, Undangan};
use tolok_domain::PenggunaId;
use tolok_domain::access::{Hak, Pemberian, Penugasan, Peran};
use tolok_testkit::{Mesin, TestApp, WAKTU, ctx};

const SANDI: &str = "kuda baterai benar 7";
const BARU: &str = "payung tangga roda 8";
const HARI: i64 = 24 * 3600 * 1_000_000;

fn lasting(peran: Peran) -> Pemberian {
    Pemberian::lasting(Penugasan::whole(peran))
}

fn invitation(nama_masuk: &str, surel: &str, peran: &[Peran]) -> Undangan {
    Undangan {
        nama_masuk: nama_masuk.to_owned(),
        isian: IsianAkun { nama: "Seksi Pelatihan".to_owned(), surel: surel.to_owned() },
        peran: peran.iter().copied().map(lasting).collect(),
    }
}

/// The secret of a link that is handed over.
fn handed(tautan: Tautan) -> String {
    let Tautan::Serahkan(alamat) = tautan else { panic!("{tautan:?}") };
    alamat.rsplit('/').next().expect("secret").to_owned()
}

async fn invited(uji: &TestApp, nama_masuk: &str, peran: &[Peran]) -> (PenggunaId, String) {
    let (id, tautan) = uji.app.invite(&uji.ctx, &invitation(nama_masuk, "", peran)).await.expect("invited");
    (id, handed(tautan))
}

/// Somebody with that role, who has chosen the password.
async fn member(uji: &TestApp, nama_masuk: &str, peran: &[Peran]) -> PenggunaId {
    let (id, rahasia) = invited(uji, nama_masuk, peran).await;
    uji.app.choose_password(JenisTautan::Undangan, &rahasia, SANDI, WAKTU).await.expect("chosen");
    id
}

async fn enter(app: &App, nama: &str, sandi: &str) -> Option<Masuk> {
    app.sign_in(nama, sandi, &Peminta::default(), WAKTU).await.expect("tried")
}

/// What the newest entry of the ledger says.
async fn newest(app: &App, ctx: &Ctx) -> String {
    let entri = app.history(ctx, None, 1).await.expect("history").remove(0);
    format!("{} {} {}", entri.tindakan, entri.sasaran, entri.rincian)
}

fn refused<T: std::fmt::Debug>(result: Result<T, Galat>, about: &str) {
    match result {
        Err(Galat::TidakSah(message)) => assert!(message.contains(about), "{message}"),
        other => panic!("{about}: {other:?}"),
    }
}

#[rstest]
#[tokio::test]
async fn an_invitation_is_used_once_and_in_time(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let (_, rahasia) = invited(&uji, "Seksi-A", &[Peran::Pengisi]).await;
    assert_eq!(newest(&uji.app, &uji.ctx).await, "undang akun seksi-a Seksi Pelatihan: pengisi");
    assert!(enter(&uji.app, "seksi-a", "").await.is_none(), "no password is not an empty one");
    let open = async |waktu| uji.app.open_link(JenisTautan::Undangan, &rahasia, waktu).await;
    assert_eq!(open(WAKTU).await.expect("open"), "seksi-a");
    assert!(open(WAKTU + 7 * HARI - 1).await.is_ok() && open(WAKTU + 7 * HARI).await.is_err());
    let choose = async |jenis, sandi, waktu| uji.app.choose_password(jenis, &rahasia, sandi, waktu).await;
    refused(choose(JenisTautan::Undangan, "pendek", WAKTU).await, "paling sedikit 10");
    refused(choose(JenisTautan::Undangan, "seksi-a-2022", WAKTU).await, "mudah ditebak");
    assert!(matches!(choose(JenisTautan::Sandi, SANDI, WAKTU).await, Err(Galat::TidakDitemukan(_))), "not this kind");
    assert!(matches!(choose(JenisTautan::Undangan, SANDI, WAKTU + 7 * HARI).await, Err(Galat::TidakDitemukan(_))));
    choose(JenisTautan::Undangan, SANDI, WAKTU).await.expect("chosen");
    assert!(matches!(choose(JenisTautan::Undangan, BARU, WAKTU).await, Err(Galat::TidakDitemukan(_))), "a second time");
    assert!(open(WAKTU).await.is_err());
    assert!(enter(&uji.app, "seksi-a", SANDI).await.is_some() && enter(&uji.app, "seksi-a", BARU).await.is_none());
}

#[rstest]
#[tokio::test]
async fn names_addresses_and_roles_are_checked(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let invite = async |u: &Undangan| uji.app.invite(&uji.ctx, u).await;
    invite(&invitation("seksi-a", "a@contoh.test", &[Peran::Pengisi])).await.expect("good");
    let head = uji.store().head(&uji.ctx).await.expect("head");
    refused(invite(&invitation("seksi a", "", &[Peran::Pengisi])).await, "tanpa spasi");
    refused(invite(&invitation("x", "", &[Peran::Pengisi])).await, "3 sampai 40");
    refused(invite(&invitation("seksi-a", "", &[Peran::Pengisi])).await, "sudah ada");
    refused(invite(&invitation("seksi-b", "A@Contoh.test", &[Peran::Pengisi])).await, "sudah dipakai akun lain");
    refused(invite(&invitation("seksi-b", "bukan surel", &[Peran::Pengisi])).await, "bukan alamat surel");
    refused(invite(&invitation("seksi-b", "", &[])).await, "paling sedikit satu peran");
    refused(
        invite(&invitation("seksi-b", "", &[Peran::Pengisi, Peran::Pengisi])).await,
        "hanya dapat diberikan sekali",
    );
    refused(invite(&invitation("seksi-b", "", &[Peran::PimpinanDaerah])).await, "pimpinan daerah");
    let mut unit = invitation("seksi-b", "", &[Peran::Pengisi]);
    unit.peran[0].tugas.unit = Some("tidak-ada".to_owned());
    refused(invite(&unit).await, "unit tidak-ada");
    let mut backwards = invitation("seksi-b", "", &[Peran::Kepala]);
    backwards.peran[0].mulai = Some(date(2022, 3, 2));
    backwards.peran[0].sampai = Some(date(2022, 3, 1));
    refused(invite(&backwards).await, "tanggal mulai");
    assert_eq!(uji.store().head(&uji.ctx).await.expect("head"), head, "what is refused leaves no entry");
    assert!(uji.store().find_account("seksi-b").await.expect("looked").is_none(), "and no account");
}

#[rstest]
#[tokio::test]
async fn changed_rights_count_at_the_next_request(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let id = member(&uji, "seksi-a", &[Peran::Pengisi]).await;
    let rahasia = enter(&uji.app, "seksi-a", SANDI).await.expect("right").rahasia;
    let may = async |hak, waktu| {
        let sesi = uji.app.session(&rahasia, waktu).await.expect("looked").expect("valid");
        sesi.context(None, waktu).is_some_and(|ctx| ctx.may(hak))
    };
    assert!(may(Hak::UbahRealisasi, WAKTU).await);
    let acting = Pemberian {
        tugas: Penugasan::whole(Peran::Kepala),
        mulai: Some(date(2022, 2, 2)),
        sampai: Some(date(2022, 2, 3)),
    };
    uji.app
        .change_roles(&uji.ctx, id, &[lasting(Peran::Pengisi)], std::slice::from_ref(&acting))
        .await
        .expect("changed");
    assert_eq!(
        newest(&uji.app, &uji.ctx).await,
        "ubah peran seksi-a Seksi Pelatihan: pengisi menjadi kepala 2 Februari 2022 s.d. 3 Februari 2022"
    );
    assert!(!may(Hak::UbahRealisasi, WAKTU).await, "taken back at once");
    // The test's moment is eight in the morning; a session outlives a few hours only.
    let mut waktu = WAKTU;
    for (hours, expected) in [
        (7, false),
        (14, false),
        (17, true),
        (24, true),
        (31, true),
        (38, true),
        (45, true),
        (52, true),
        (59, true),
        (65, false),
    ] {
        waktu = waktu.max(WAKTU + hours * 3600 * 1_000_000);
        assert_eq!(may(Hak::TandaTangan, waktu).await, expected, "{hours}");
    }
    let seen = [lasting(Peran::Pengisi)];
    assert!(
        matches!(uji.app.change_roles(&uji.ctx, id, &seen, &seen).await, Err(Galat::Bentrok)),
        "decided on old roles"
    );
    uji.app.change_roles(&uji.ctx, id, &[acting], &[]).await.expect("taken out");
    assert!(!uji.app.accounts(&uji.ctx).await.expect("list").iter().any(|a| a.akun == id));
}

#[rstest]
#[tokio::test]
async fn an_office_is_never_left_without_an_administrator(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let first = member(&uji, "admin-a", &[Peran::Admin]).await;
    let admin = [lasting(Peran::Admin)];
    let planner = [lasting(Peran::Perencana)];
    let until = [Pemberian { sampai: Some(date(2030, 1, 1)), ..lasting(Peran::Admin) }];
    let change = async |id, seen: &[Pemberian], new: &[Pemberian]| uji.app.change_roles(&uji.ctx, id, seen, new).await;
    // One who has not chosen a password yet, or whose time is limited, cannot take over.
    invited(&uji, "admin-b", &[Peran::Admin]).await;
    for new in [planner.as_slice(), &[], &until] {
        refused(change(first, &admin, new).await, "admin tetap terakhir");
    }
    refused(uji.app.switch_account(&uji.ctx, first, false).await, "admin tetap terakhir");
    let second = member(&uji, "admin-c", &[Peran::Admin]).await;
    uji.app.switch_account(&uji.ctx, first, false).await.expect("there is another one");
    refused(change(second, &admin, &planner).await, "admin tetap terakhir");
    uji.app.switch_account(&uji.ctx, first, true).await.expect("on again");
    change(second, &admin, &planner).await.expect("there is another one");
}

#[rstest]
#[tokio::test]
async fn switching_off_ends_sessions_and_links_at_once(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let id = member(&uji, "seksi-a", &[Peran::Pengisi]).await;
    let session = enter(&uji.app, "seksi-a", SANDI).await.expect("right").rahasia;
    let link = handed(uji.app.hand_link(&uji.ctx, id).await.expect("link"));
    uji.app.switch_account(&uji.ctx, id, false).await.expect("off");
    assert_eq!(newest(&uji.app, &uji.ctx).await, "nonaktifkan akun seksi-a ");
    assert!(uji.app.session(&session, WAKTU).await.expect("looked").is_none());
    assert!(enter(&uji.app, "seksi-a", SANDI).await.is_none());
    assert!(uji.app.open_link(JenisTautan::Sandi, &link, WAKTU).await.is_err());
    uji.app.switch_account(&uji.ctx, id, true).await.expect("on");
    assert!(uji.app.session(&session, WAKTU).await.expect("looked").is_none(), "old sessions stay ended");
    assert!(enter(&uji.app, "seksi-a", SANDI).await.is_some());
}

#[rstest]
#[tokio::test]
async fn a_new_password_puts_everybody_out(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let id = member(&uji, "seksi-a", &[Peran::Pengisi]).await;
    let session = enter(&uji.app, "seksi-a", SANDI).await.expect("right").rahasia;
    let earlier = handed(uji.app.hand_link(&uji.ctx, id).await.expect("link"));
    let link = handed(uji.app.hand_link(&uji.ctx, id).await.expect("link"));
    assert!(uji.app.open_link(JenisTautan::Sandi, &earlier, WAKTU).await.is_err(), "the newer link counts");
    assert!(uji.app.open_link(JenisTautan::Sandi, &link, WAKTU + HARI).await.is_err(), "for a day");
    uji.app.choose_password(JenisTautan::Sandi, &link, BARU, WAKTU).await.expect("chosen");
    assert!(uji.app.session(&session, WAKTU).await.expect("looked").is_none());
    assert!(enter(&uji.app, "seksi-a", SANDI).await.is_none() && enter(&uji.app, "seksi-a", BARU).await.is_some());
}

#[rstest]
#[tokio::test]
async fn an_office_manages_its_own_people_only(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let neighbour = ctx(uji.uji.office("tetangga").await, &[Peran::Admin]);
    let id = member(&uji, "seksi-a", &[Peran::Pengisi]).await;
    let isian = IsianAkun { nama: "Lain".to_owned(), surel: "jahat@contoh.test".to_owned() };
    let app = &uji.app;
    let unknown = [
        app.account(&neighbour, id).await.map(drop),
        app.change_roles(&neighbour, id, &[], &[lasting(Peran::Admin)]).await,
        app.change_account(&neighbour, id, &isian).await,
        app.hand_link(&neighbour, id).await.map(drop),
        app.switch_account(&neighbour, id, false).await,
        app.end_account_sessions(&neighbour, id).await,
        app.drop_totp(&neighbour, id).await,
    ];
    for (at, result) in unknown.into_iter().enumerate() {
        assert!(matches!(result, Err(Galat::TidakDitemukan(_))), "{at}: {result:?}");
    }
    assert_eq!(app.accounts(&neighbour).await.expect("list"), []);
    assert_eq!(app.history(&neighbour, None, 10).await.expect("history"), [], "nothing is written");

    // A role there gives neither office the other's rights, and takes the password out of both their hands.
    let link = handed(app.hand_link(&uji.ctx, id).await.expect("link"));
    refused(app.add_account(&neighbour, "seksi-b", &[lasting(Peran::Evaluator)]).await, "tidak ditemukan");
    app.add_account(&neighbour, "seksi-a", &[lasting(Peran::Evaluator)]).await.expect("added");
    refused(app.add_account(&neighbour, "seksi-a", &[lasting(Peran::Admin)]).await, "sudah berperan");
    assert!(app.open_link(JenisTautan::Sandi, &link, WAKTU).await.is_err(), "links from before work no more");
    for office in [&uji.ctx, &neighbour] {
        refused(app.hand_link(office, id).await, "juga berperan di instansi lain");
        refused(app.change_account(office, id, &isian).await, "juga berperan di instansi lain");
        refused(app.switch_account(office, id, false).await, "juga berperan di instansi lain");
        refused(app.drop_totp(office, id).await, "juga berperan di instansi lain");
        assert!(app.account(office, id).await.expect("seen").lain);
    }
    app.change_roles(&neighbour, id, &[lasting(Peran::Evaluator)], &[]).await.expect("its own role");
    assert_eq!(app.account(&uji.ctx, id).await.expect("seen").peran, [lasting(Peran::Pengisi)]);
    app.hand_link(&uji.ctx, id).await.expect("its own again");
}

#[rstest]
#[tokio::test]
async fn roles_of_the_region_are_seen_but_not_given(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let (_, daerah) = uji.app.office_name(&uji.ctx).await.expect("office");
    let id = uji
        .app
        .create_region_account(&daerah, "bagian", "Bagian Organisasi", SANDI, Peran::Verifikator, WAKTU)
        .await
        .expect("account");
    let seen = uji.app.account(&uji.ctx, id).await.expect("seen");
    assert_eq!((seen.peran.as_slice(), seen.peran_daerah.as_slice()), (&[][..], &[Peran::Verifikator][..]));
    assert!(matches!(uji.app.hand_link(&uji.ctx, id).await, Err(Galat::TidakDitemukan(_))));
    assert!(matches!(uji.app.switch_account(&uji.ctx, id, false).await, Err(Galat::TidakDitemukan(_))));
}

#[rstest]
#[tokio::test]
async fn an_administrator_of_a_unit_manages_nobody(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let tugas = vec![Penugasan { peran: Peran::Admin, unit: Some("sekretariat".to_owned()) }];
    let of_unit = Ctx { tugas, ..uji.ctx.clone() };
    assert!(matches!(uji.app.accounts(&of_unit).await, Err(Galat::Terlarang)));
    assert!(matches!(
        uji.app.invite(&of_unit, &invitation("seksi-a", "", &[Peran::Pengisi])).await,
        Err(Galat::Terlarang)
    ));
}

#[rstest]
#[tokio::test]
async fn one_address_cannot_try_many_names(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    member(&uji, "seksi-a", &[Peran::Pengisi]).await;
    let from = |last| Peminta { alamat: Some([192, 0, 2, last].into()), peramban: String::new() };
    for n in 0..50 {
        assert!(uji.app.sign_in(&format!("nama-{n}"), "salah", &from(1), WAKTU).await.expect("tried").is_none());
    }
    refused(uji.app.sign_in("seksi-a", SANDI, &from(1), WAKTU).await, "tunggu 10 menit");
    assert!(uji.app.sign_in("seksi-a", SANDI, &from(2), WAKTU).await.expect("tried").is_some(), "others do not wait");
    let later = WAKTU + 10 * 60 * 1_000_000;
    assert!(uji.app.sign_in("seksi-a", SANDI, &from(1), later).await.expect("tried").is_some());
}

#[rstest]
#[tokio::test]
async fn changing_the_password_asks_the_old_one_and_leaves_this_session_only(
    #[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin,
) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    member(&uji, "seksi-a", &[Peran::Pengisi]).await;
    let here = enter(&uji.app, "seksi-a", SANDI).await.expect("right").rahasia;
    let there = enter(&uji.app, "seksi-a", SANDI).await.expect("right").rahasia;
    let sesi = uji.app.session(&here, WAKTU).await.expect("looked").expect("valid");
    let change = async |lama, baru| uji.app.change_password(&sesi, (lama, baru), &Peminta::default(), WAKTU).await;
    refused(change("salah", BARU).await, "tidak cocok");
    refused(change(SANDI, "seksi-a-2022").await, "mudah ditebak");
    let now = change(SANDI, BARU).await.expect("changed").rahasia;
    for ended in [&here, &there] {
        assert!(uji.app.session(ended, WAKTU).await.expect("looked").is_none());
    }
    assert!(uji.app.session(&now, WAKTU).await.expect("looked").is_some());
    for _ in 0..5 {
        refused(change("salah", BARU).await, "tidak cocok");
    }
    refused(change(BARU, SANDI).await, "terlalu banyak percobaan");
}

#[rstest]
#[tokio::test]
async fn sessions_are_listed_and_ended_one_by_one(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    member(&uji, "seksi-a", &[Peran::Pengisi]).await;
    let mut secrets = Vec::new();
    for peramban in ["Firefox, Windows", "Chrome, Android", "Safari, Mac"] {
        let peminta = Peminta { alamat: None, peramban: peramban.to_owned() };
        let entered = uji.app.sign_in("seksi-a", SANDI, &peminta, WAKTU).await.expect("tried").expect("right");
        secrets.push(entered.rahasia);
    }
    let sesi = uji.app.session(&secrets[0], WAKTU).await.expect("looked").expect("valid");
    let list = async || uji.app.own_account(&sesi, &secrets[0], WAKTU).await.expect("own").sesi;
    let all = list().await;
    assert_eq!(
        all.iter().filter(|s| s.ini).map(|s| s.sesi.peramban.as_str()).collect::<Vec<_>>(),
        ["Firefox, Windows"]
    );
    assert_eq!(all.len(), 3);
    let phone = all.iter().find(|s| s.sesi.peramban.contains("Android")).expect("phone").sesi.sesi_hash.clone();
    let end =
        async |only, sandi| uji.app.end_sessions(&sesi, (&secrets[0], only, sandi), &Peminta::default(), WAKTU).await;
    refused(end(Some(phone.as_str()), "salah").await, "tidak cocok");
    end(Some(phone.as_str()), SANDI).await.expect("ended");
    assert_eq!(list().await.len(), 2);
    assert!(uji.app.session(&secrets[1], WAKTU).await.expect("looked").is_none());
    end(None, SANDI).await.expect("ended");
    assert_eq!(list().await.len(), 1, "the one that asks stays");
    // Nobody ends a stranger's session.
    let stranger = member(&uji, "seksi-b", &[Peran::Pengisi]).await;
    let other = enter(&uji.app, "seksi-b", SANDI).await.expect("right").rahasia;
    let theirs = uji.store().sessions(stranger, 0, 0).await.expect("sessions").remove(0).sesi_hash;
    end(Some(theirs.as_str()), SANDI).await.expect("nothing to end");
    assert!(uji.app.session(&other, WAKTU).await.expect("looked").is_some());
}
