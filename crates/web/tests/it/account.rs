//! Accounts on pages: inviting, links, the own account, the second factor, forgotten passwords.

use axum::http::StatusCode;
use hmac::{Hmac, KeyInit, Mac};
use scraper::{Html, Selector};
use sha1::Sha1;
use tolok_domain::access::Peran;

use crate::page::check;
use crate::{Answer, HERE, PASSWORD, Site};

const INVITE: &str = "aksi=undang&nama=Seksi+Baru&nama_masuk=seksi-baru&surel=&peran=pengisi&unit=&mulai=&sampai=";
const CHOSEN: &str = "payung tangga roda 8";

fn select<'a>(page: &'a Html, query: &str) -> Vec<scraper::ElementRef<'a>> {
    let selector = Selector::parse(query).expect("selector");
    // The selector is dropped; the elements belong to the page.
    page.select(&selector).collect()
}

/// The path of the link that the page shows.
fn link(answer: &Answer) -> String {
    let page = Html::parse_document(&answer.text());
    let text: String = select(&page, "#tautan").first().expect("link").text().collect();
    assert!(text.starts_with(HERE), "{text}");
    text.trim_start_matches(HERE).to_owned()
}

/// The value of a cookie that the answer sets; empty when it is taken away.
fn cookie(answer: &Answer, name: &str) -> String {
    let set = answer.headers.get_all("set-cookie").iter().filter_map(|v| v.to_str().ok());
    let mut found = set.filter_map(|v| v.split(';').next()?.strip_prefix(&format!("{name}=")));
    found.next_back().unwrap_or_default().to_owned()
}

fn encoded(text: &str) -> String {
    text.replace(' ', "+")
}

fn passwords(new: &str) -> String {
    format!("baru={0}&ulang={0}", encoded(new))
}

#[tokio::test]
async fn an_invited_person_chooses_a_password_and_signs_in() {
    let site = Site::new().await;
    let admin = site.cookie(Peran::Admin).await;
    let invited = site.post("/akun", &admin, INVITE, HERE).await;
    assert_eq!(invited.status, StatusCode::OK);
    check("the link", &invited);
    let address = link(&invited);
    assert!(address.starts_with("/undangan/"));
    assert!(!site.get("/akun", &admin).await.text().contains(&address), "shown once");
    let form = site.get(&address, "").await;
    assert!(form.status == StatusCode::OK && form.text().contains("seksi-baru"));
    check("the invitation", &form);
    let different = site.post(&address, "", "baru=payung+tangga&ulang=payung+tanggul", HERE).await;
    assert_eq!(different.status, StatusCode::UNPROCESSABLE_ENTITY);
    let weak = site.post(&address, "", &passwords("password2021"), HERE).await;
    check("a refused password", &weak);
    assert!(weak.status == StatusCode::UNPROCESSABLE_ENTITY && weak.text().contains("mudah ditebak"));
    let chosen = site.post(&address, "", &passwords(CHOSEN), HERE).await;
    assert_eq!(chosen.header("location"), "/masuk?pesan=sandi");
    for replayed in
        [site.get(&address, "").await, site.post(&address, "", &passwords("roda tangga payung"), HERE).await]
    {
        assert_eq!(replayed.status, StatusCode::NOT_FOUND);
        assert!(replayed.text().contains("sudah dipakai"), "says what to do");
    }
    let entered = site.post("/masuk", "", &format!("nama=seksi-baru&sandi={}", encoded(CHOSEN)), HERE).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER);
    let session = format!("tolok={}", cookie(&entered, "tolok"));
    assert_eq!(site.get("/saya", &session).await.status, StatusCode::OK);
    assert_eq!(site.get("/akun", &session).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn only_administrators_keep_accounts() {
    let site = Site::new().await;
    for peran in Peran::ALL {
        let cookie = site.cookie(peran).await;
        let may = peran == Peran::Admin;
        let page = if may { StatusCode::OK } else { StatusCode::FORBIDDEN };
        for address in ["/akun", "/akun/perencana"] {
            assert_eq!(site.get(address, &cookie).await.status, page, "{peran:?} {address}");
        }
        assert_eq!(site.post("/akun", &cookie, INVITE, HERE).await.status, page, "{peran:?}");
        let shown = site.get("/", &cookie).await.text().contains("href=\"/akun\"");
        assert_eq!(shown, may, "{peran:?} sees the entry of the navigation");
        let action = site.post("/akun/seksi-baru", &cookie, "aksi=keluarkan", HERE).await.status;
        assert_eq!(action, if may { StatusCode::SEE_OTHER } else { StatusCode::FORBIDDEN }, "{peran:?}");
    }
    assert_eq!(site.post("/akun", "", INVITE, HERE).await.status, StatusCode::SEE_OTHER, "to sign in");
    assert_eq!(site.post("/akun/seksi-baru", "", "aksi=nonaktif", HERE).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.post("/akun", "", INVITE, "https://contoh.test").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_was_typed_stays_when_an_invitation_is_refused() {
    let site = Site::new().await;
    let admin = site.cookie(Peran::Admin).await;
    let wrong = INVITE.replace("seksi-baru", "x").replace("mulai=", "mulai=2022-03-10");
    let answer = site.post("/akun", &admin, &wrong, HERE).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    check("a refused invitation", &answer);
    let page = Html::parse_document(&answer.text());
    let value = |query: &str| select(&page, query).first().and_then(|e| e.value().attr("value")).map(str::to_owned);
    assert_eq!(value("#undang-nama").as_deref(), Some("Seksi Baru"));
    assert_eq!(value("#undang-peran-1 option[selected]").as_deref(), Some("pengisi"));
    assert_eq!(value("#undang-mulai-1").as_deref(), Some("2022-03-10"));
    for (form, about) in [
        (INVITE.replace("peran=pengisi", "peran=raja"), "raja"),
        (INVITE.replace("peran=pengisi", "peran=pimpinan_daerah"), "pimpinan daerah"),
        (INVITE.replace("mulai=", "mulai=kemarin"), "kemarin"),
        (INVITE.replace("peran=pengisi", "peran="), "paling sedikit satu peran"),
    ] {
        let answer = site.post("/akun", &admin, &form, HERE).await;
        assert!(answer.status == StatusCode::UNPROCESSABLE_ENTITY && answer.text().contains(about), "{about}");
    }
}

#[tokio::test]
async fn roles_are_changed_by_who_saw_the_present_ones() {
    let site = Site::new().await;
    let admin = site.cookie(Peran::Admin).await;
    site.cookie(Peran::Pengisi).await;
    let seen = "lihat_peran=pengisi&lihat_unit=&lihat_mulai=&lihat_sampai=";
    let to_head =
        format!("aksi=peran&{seen}&peran=kepala&unit=&mulai=2022-01-01&sampai=2099-12-31&peran=&unit=&mulai=&sampai=");
    let saved = site.post("/akun/pengisi", &admin, &to_head, HERE).await;
    assert_eq!(saved.header("location"), "/akun/pengisi?kabar=tersimpan");
    let list = site.get("/akun", &admin).await.text();
    assert!(list.contains("Kepala (1 Januari 2022 s.d. 31 Desember 2099)"), "{list}");
    assert_eq!(site.post("/akun/pengisi", &admin, &to_head, HERE).await.status, StatusCode::CONFLICT, "old roles");
    // Their own last role as administrator stays, and nobody makes themselves head of the region.
    let own = "aksi=peran&lihat_peran=admin&lihat_unit=&lihat_mulai=&lihat_sampai=";
    for new in ["peran=perencana", "peran=pimpinan_daerah", ""] {
        let answer = site.post("/akun/admin", &admin, &format!("{own}&{new}"), HERE).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{new}");
    }
    let history = site.get("/riwayat", &admin).await.text();
    assert!(history.contains("ubah peran") && history.contains("menjadi kepala 1 Januari 2022"));
}

#[tokio::test]
async fn another_offices_accounts_do_not_exist() {
    let site = Site::new().await;
    let other = tolok_domain::InstansiId::new();
    site.uji.store().create_office(other, "kedua", "Dinas Kedua", "Kota Serang").await.expect("office");
    // An office without any data has its accounts all the same.
    let foreign = site.sign_in(other, "admin-kedua", "Admin Kedua", &[Peran::Admin]).await;
    let list = site.get("/akun", &foreign).await;
    assert!(list.status == StatusCode::OK && list.text().contains("Dinas Kedua"));
    site.cookie(Peran::Pengisi).await;
    assert_eq!(site.get("/akun/pengisi", &foreign).await.status, StatusCode::NOT_FOUND);
    for action in ["peran", "data&nama=X", "tautan", "keluarkan", "totp", "nonaktif", "aktif"] {
        let answer = site.post("/akun/pengisi", &foreign, &format!("aksi={action}"), HERE).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{action}");
    }
    let admin = site.cookie(Peran::Admin).await;
    assert!(!site.get("/akun", &admin).await.text().contains("admin-kedua"));
    assert_eq!(site.get("/o/kedua/akun", &admin).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_switched_off_account_is_out_at_once() {
    let site = Site::new().await;
    let admin = site.cookie(Peran::Admin).await;
    let filler = site.cookie(Peran::Pengisi).await;
    assert_eq!(site.get("/", &filler).await.status, StatusCode::OK);
    site.post("/akun/pengisi", &admin, "aksi=nonaktif", HERE).await;
    assert_eq!(site.get("/", &filler).await.status, StatusCode::SEE_OTHER);
    let form = format!("nama=pengisi&sandi={}", encoded(PASSWORD));
    assert_eq!(site.post("/masuk", "", &form, HERE).await.status, StatusCode::UNAUTHORIZED);
    assert!(site.get("/akun", &admin).await.text().contains("Nonaktif"));
}

#[tokio::test]
async fn the_password_is_changed_with_the_old_one() {
    let site = Site::new().await;
    let filler = site.cookie(Peran::Pengisi).await;
    let change = |old: &str| format!("aksi=sandi&sandi={}&{}", encoded(old), passwords(CHOSEN));
    let refused = site.post("/saya", &filler, &change("salah sekali"), HERE).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.text().contains("tidak cocok"));
    let changed = site.post("/saya", &filler, &change(PASSWORD), HERE).await;
    assert_eq!(changed.header("location"), "/saya?kabar=sandi");
    let now = format!("tolok={}", cookie(&changed, "tolok"));
    assert_eq!(site.get("/saya", &now).await.status, StatusCode::OK);
    assert_eq!(site.get("/saya", &filler).await.status, StatusCode::SEE_OTHER, "the session before has ended");
    assert_eq!(site.post("/saya", "", &change(CHOSEN), HERE).await.status, StatusCode::SEE_OTHER);
}

/// The code that an authenticator app shows for a secret, `steps` from now. Written here once more, with the library's base32 left
/// out, so that a slip in the code shows.
fn code(secret: &str, steps: i64) -> String {
    let mut bits = String::new();
    for c in secret.chars() {
        let value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(c).expect("base32");
        bits.push_str(&format!("{value:05b}"));
    }
    let bytes = bits.as_bytes().chunks_exact(8);
    let key: Vec<u8> =
        bytes.map(|b| u8::from_str_radix(std::str::from_utf8(b).expect("bits"), 2).expect("byte")).collect();
    let step = jiff::Timestamp::now().as_second() / 30 + steps;
    let mut mac = Hmac::<Sha1>::new_from_slice(&key).expect("key");
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let at = usize::from(digest[19] & 15);
    let number = u32::from_be_bytes(digest[at..at + 4].try_into().expect("four")) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

/// Turns the second factor on; gives its secret, the recovery codes and the new session.
async fn with_factor(site: &Site, session: &str) -> (String, Vec<String>, String) {
    let offered = site.get("/saya/totp", session).await;
    assert_eq!(offered.status, StatusCode::OK);
    let secret = {
        let page = Html::parse_document(&offered.text());
        assert_eq!(select(&page, ".qr svg").len(), 1);
        select(&page, "input[name=rahasia]")[0].value().attr("value").expect("secret").to_owned()
    };
    let form = |kode: &str, sandi: &str| format!("rahasia={secret}&kode={kode}&sandi={}", encoded(sandi));
    let wrong = site.post("/saya/totp", session, &form("000000", PASSWORD), HERE).await;
    assert!(wrong.status == StatusCode::UNPROCESSABLE_ENTITY && wrong.text().contains(&secret), "the picture stays");
    let stranger = site.post("/saya/totp", session, &form(&code(&secret, -1), "salah sekali"), HERE).await;
    assert_eq!(stranger.status, StatusCode::UNPROCESSABLE_ENTITY);
    let done = site.post("/saya/totp", session, &form(&code(&secret, -1), PASSWORD), HERE).await;
    assert_eq!(done.status, StatusCode::OK);
    check("recovery codes", &done);
    let page = Html::parse_document(&done.text());
    let codes: Vec<String> = select(&page, ".pulih code").iter().map(|e| e.text().collect()).collect();
    assert_eq!(codes.len(), 8);
    (secret, codes, format!("tolok={}", cookie(&done, "tolok")))
}

#[tokio::test]
async fn the_second_factor_is_asked_after_the_password_and_taken_once() {
    let site = Site::new().await;
    let before = site.cookie(Peran::Pengisi).await;
    let (secret, codes, session) = with_factor(&site, &before).await;
    assert_eq!(site.get("/saya", &before).await.status, StatusCode::SEE_OTHER, "other sessions have ended");
    assert!(site.get("/saya", &session).await.text().contains("8 kode pemulihan"));

    let password = async || {
        let form = format!("nama=pengisi&sandi={}&ke=/pengukuran", encoded(PASSWORD));
        let answer = site.post("/masuk", "", &form, HERE).await;
        assert_eq!(answer.header("location"), "/masuk/kode?ke=/pengukuran");
        assert_eq!(cookie(&answer, "tolok"), "", "no session yet");
        format!("tolok-kode={}", cookie(&answer, "tolok-kode"))
    };
    let enter = async |awaited: &str, kode: &str| {
        site.post("/masuk/kode", awaited, &format!("kode={kode}&ke=/pengukuran"), HERE).await
    };
    let awaited = password().await;
    let form = site.get("/masuk/kode", &awaited).await;
    assert_eq!(form.status, StatusCode::OK);
    check("the second factor", &form);
    let as_session = awaited.replace("tolok-kode", "tolok");
    assert_eq!(site.get("/", &as_session).await.status, StatusCode::SEE_OTHER, "it opens nothing by itself");
    assert_eq!(enter(&awaited, "123").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(enter(&awaited, &code(&secret, -1)).await.status, StatusCode::UNAUTHORIZED, "used when turning it on");
    let now = code(&secret, 1);
    let entered = enter(&awaited, &now).await;
    assert_eq!((entered.status, entered.header("location")), (StatusCode::SEE_OTHER, "/pengukuran"));
    let in_ = format!("tolok={}", cookie(&entered, "tolok"));
    assert_eq!(site.get("/saya", &in_).await.status, StatusCode::OK);
    assert_eq!(
        enter(&awaited, &code(&secret, 1)).await.header("location"),
        "/masuk?pesan=ulang&ke=/pengukuran",
        "the password counts once"
    );
    let again = password().await;
    assert_eq!(enter(&again, &now).await.status, StatusCode::UNAUTHORIZED, "a code that was used");
    // A recovery code, as people type it.
    let typed = codes[0].to_lowercase().replace('-', "+");
    assert_eq!(enter(&again, &typed).await.status, StatusCode::SEE_OTHER);
    assert_eq!(enter(&password().await, &typed).await.status, StatusCode::UNAUTHORIZED, "used up");
    assert!(site.get("/saya", &in_).await.text().contains("7 kode pemulihan"));

    // A new password by link does not go around it.
    let admin = site.cookie(Peran::Admin).await;
    let address = link(&site.post("/akun/pengisi", &admin, "aksi=tautan", HERE).await);
    site.post(&address, "", &passwords(CHOSEN), HERE).await;
    let form = format!("nama=pengisi&sandi={}", encoded(CHOSEN));
    assert_eq!(site.post("/masuk", "", &form, HERE).await.header("location"), "/masuk/kode?ke=/");
    // The administrator takes it away from somebody who has lost everything.
    site.post("/akun/pengisi", &admin, "aksi=totp", HERE).await;
    assert_eq!(site.post("/masuk", "", &form, HERE).await.header("location"), "/");
    assert!(site.get("/riwayat", &admin).await.text().contains("matikan verifikasi dua langkah"));
}

#[tokio::test]
async fn codes_cannot_be_guessed_in_a_row() {
    let site = Site::new().await;
    let before = site.cookie(Peran::Pengisi).await;
    let (secret, ..) = with_factor(&site, &before).await;
    let form = format!("nama=pengisi&sandi={}", encoded(PASSWORD));
    let awaited = format!("tolok-kode={}", cookie(&site.post("/masuk", "", &form, HERE).await, "tolok-kode"));
    for _ in 0..5 {
        assert_eq!(site.post("/masuk/kode", &awaited, "kode=1", HERE).await.status, StatusCode::UNAUTHORIZED);
    }
    // Neither the right code nor typing the password again helps.
    let again = format!("tolok-kode={}", cookie(&site.post("/masuk", "", &form, HERE).await, "tolok-kode"));
    let refused = site.post("/masuk/kode", &again, &format!("kode={}", code(&secret, 1)), HERE).await;
    assert!(refused.status == StatusCode::UNAUTHORIZED && refused.text().contains("tunggu 15 menit"));
}

#[tokio::test]
async fn the_second_factor_is_turned_off_with_the_password() {
    let site = Site::new().await;
    let before = site.cookie(Peran::Pengisi).await;
    let (_, _, session) = with_factor(&site, &before).await;
    let refused = site.post("/saya", &session, "aksi=totp&sandi=salah", HERE).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let off = site.post("/saya", &session, &format!("aksi=totp&sandi={}", encoded(PASSWORD)), HERE).await;
    assert_eq!(off.header("location"), "/saya?kabar=totp");
    let form = format!("nama=pengisi&sandi={}", encoded(PASSWORD));
    assert_eq!(site.post("/masuk", "", &form, HERE).await.header("location"), "/");
}

#[tokio::test]
async fn sessions_are_ended_from_the_list() {
    let site = Site::new().await;
    let here = site.cookie(Peran::Pengisi).await;
    let entered = site.post("/masuk", "", &format!("nama=pengisi&sandi={}", encoded(PASSWORD)), HERE).await;
    let there = format!("tolok={}", cookie(&entered, "tolok"));
    let refused = site.post("/saya", &here, "aksi=sesi&sesi=&sandi=salah", HERE).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(site.get("/", &there).await.status, StatusCode::OK);
    site.post("/saya", &here, &format!("aksi=sesi&sesi=&sandi={}", encoded(PASSWORD)), HERE).await;
    assert_eq!(site.get("/", &there).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.get("/", &here).await.status, StatusCode::OK);
    // Signing in again with a session ends that one.
    let again = site.post("/masuk", &here, &format!("nama=pengisi&sandi={}", encoded(PASSWORD)), HERE).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    assert_eq!(site.get("/", &here).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_forgotten_password_has_one_answer() {
    let site = Site::new().await;
    let without = site.get("/sandi/lupa", "").await;
    check("without mail", &without);
    assert!(without.text().contains("tidak mengirim surat") && !without.text().contains("<form"));
    let app = site.uji.app.clone().reachable_at("https://tolok.test/", true);
    let site = Site { router: tolok_web::router(app, tolok_web::Pilihan::default()), ..site };
    let admin = site.cookie(Peran::Admin).await;
    let mailed = site.post("/akun", &admin, &INVITE.replace("surel=", "surel=seksi%40contoh.test"), HERE).await;
    assert!(
        mailed.text().contains("seksi@contoh.test") && !mailed.text().contains("/undangan/"),
        "not shown when mailed"
    );
    check("with mail", &site.get("/sandi/lupa", "").await);
    let ask = async |surel: &str| site.post("/sandi/lupa", "", &format!("surel={surel}"), HERE).await.text();
    assert_eq!(ask("seksi%40contoh.test").await, ask("tidak-ada%40contoh.test").await);
}
