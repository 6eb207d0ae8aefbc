//! Perjanjian Kinerja through its pages: made, changed, signed with a file, revised; officials.

use axum::http::StatusCode;
use scraper::{Html, Selector};
use tolok_domain::access::{Hak, Penugasan, Peran};

use crate::{Answer, HERE, PASSWORD, Site};

const SCAN: &[u8] = b"%PDF-1.4\npindaian\n%%EOF\n";

/// Sends the form of a signature with its file.
async fn send_file(
    site: &Site,
    address: &str,
    cookie: &str,
    fields: &[(&str, &str)],
    file: &[u8],
    name: &str,
) -> Answer {
    site.send_form(address, cookie, fields, &[("berkas", name, file)]).await
}

/// The value of a hidden field.
fn hidden(answer: &Answer, name: &str) -> String {
    let page = Html::parse_document(&answer.text());
    let field = Selector::parse(&format!("input[type=hidden][name={name}]")).expect("selector");
    page.select(&field).next().and_then(|e| e.value().attr("value")).expect("field").to_owned()
}

/// Values of the boxes of that name that are ticked.
fn ticked(answer: &Answer, name: &str) -> Vec<String> {
    let page = Html::parse_document(&answer.text());
    let boxes = Selector::parse(&format!("input[name={name}][checked]")).expect("selector");
    page.select(&boxes).filter_map(|e| e.value().attr("value")).map(str::to_owned).collect()
}

fn shown(answer: &Answer) -> String {
    let page = Html::parse_document(&answer.text());
    let main = Selector::parse("main").expect("selector");
    let text = page.select(&main).next().map(|e| e.text().collect::<Vec<_>>().join(" ")).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

async fn sign(site: &Site, cookie: &str, kode: &str) -> Answer {
    let address = format!("/perjanjian/{kode}/tandatangan");
    let form = site.get(&address, cookie).await;
    let (dilihat, kunci) = (hidden(&form, "dilihat"), hidden(&form, "kunci"));
    let fields = [("dilihat", dilihat.as_str()), ("kunci", &kunci), ("tanggal", "2021-02-01"), ("cara", "pindaian")];
    send_file(site, &address, cookie, &fields, SCAN, "pk.pdf").await
}

#[tokio::test]
async fn a_year_of_agreements_needs_nothing_but_pages() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let board = site.get("/perjanjian", &cookie).await;
    assert!(shown(&board).contains("0 dari 20 sudah ditandatangani. Tanggal DPA murni belum dicatat"));
    assert!(shown(&board).contains("8 baris rencana belum ada yang menjanjikan"));
    let proposed = ticked(&board, "unit");
    assert!(proposed.contains(&"KD".to_owned()) && !proposed.contains(&"JPF".to_owned()), "{proposed:?}");
    let kunci = hidden(&board, "kunci");
    let form = format!("kunci={kunci}&unit=KD&unit=BID.1");
    for _ in 0..2 {
        // The second time is a double click.
        let made = site.post("/perjanjian", &cookie, &form, HERE).await;
        assert_eq!((made.status, made.header("location")), (StatusCode::SEE_OTHER, "/perjanjian?tahun=2021"));
    }
    assert_eq!(site.potret(2021).await.perjanjian.len(), 2);

    let edit = site.get("/perjanjian/pk-BID.1/ubah", &cookie).await;
    assert_eq!(ticked(&edit, "indikator").len(), 5);
    let fields = format!("dilihat={}&kunci={}", hidden(&edit, "dilihat"), hidden(&edit, "kunci"));
    let change = format!("{fields}&tanggal=2021-01-29&indikator=2.07.03.i1&simpul=2.07.03.2.01&simpul=2.07.03.2.02");
    let saved = site.post("/perjanjian/pk-BID.1/ubah", &cookie, &change, HERE).await;
    assert_eq!(saved.header("location"), "/perjanjian/pk-BID.1?tahun=2021");
    let detail = shown(&site.get("/perjanjian/pk-BID.1", &cookie).await);
    for text in ["29 Januari 2021", "Capaian Kualitas dan Produktivitas", "92.920.000", "586.995.500"] {
        assert!(detail.contains(text), "{text}: {detail}");
    }

    let signed = sign(&site, &cookie, "pk-BID.1").await;
    assert_eq!((signed.status, signed.header("location")), (StatusCode::SEE_OTHER, "/perjanjian/pk-BID.1?tahun=2021"));
    let page = site.get("/perjanjian/pk-BID.1", &cookie).await;
    assert!(shown(&page).contains("1 Februari 2021, Pindaian"), "{}", shown(&page));
    let berkas = site.potret(2021).await.agreement("pk-BID.1").expect("agreement").berkas.clone();
    assert!(page.text().contains(&format!("/bukti/{berkas}")));
    let file = site.get(&format!("/bukti/{berkas}"), &cookie).await;
    assert_eq!((file.status, file.body.as_slice()), (StatusCode::OK, SCAN));
    assert!(shown(&site.get("/perjanjian", &cookie).await).contains("1 dari 20 sudah ditandatangani"));

    let form = site.get("/perjanjian/perubahan?perjanjian=pk-BID.1", &cookie).await;
    assert_eq!(ticked(&form, "perjanjian"), ["pk-BID.1"]);
    let kunci = hidden(&form, "kunci");
    let without =
        site.post("/perjanjian/perubahan", &cookie, &format!("kunci={kunci}&perjanjian=pk-BID.1"), HERE).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(shown(&without).contains("tiga alasan"), "{}", shown(&without));
    assert_eq!(ticked(&without, "perjanjian"), ["pk-BID.1"], "nothing chosen is lost");
    let change = format!("kunci={kunci}&perjanjian=pk-BID.1&alasan=pergantian_pejabat&tanggal=2021-07-01");
    assert_eq!(site.post("/perjanjian/perubahan", &cookie, &change, HERE).await.status, StatusCode::SEE_OTHER);
    let new = site.get("/perjanjian/pk-p-BID.1", &cookie).await;
    assert!(shown(&new).contains("Alasan perubahan: Terjadi pergantian atau mutasi pejabat"), "{}", shown(&new));
    assert!(shown(&site.get("/perjanjian/pk-BID.1", &cookie).await).contains("sudah diganti oleh perubahannya"));

    let edit = site.get("/perjanjian/pk-p-BID.1/ubah", &cookie).await;
    let remove = format!("dilihat={}&kunci={}&hapus=ya", hidden(&edit, "dilihat"), hidden(&edit, "kunci"));
    let gone = site.post("/perjanjian/pk-p-BID.1/ubah", &cookie, &remove, HERE).await;
    assert_eq!(gone.header("location"), "/perjanjian?tahun=2021");
    assert!(site.potret(2021).await.agreement("pk-p-BID.1").is_none());
}

#[tokio::test]
async fn the_board_and_the_home_page_remind_of_the_deadline() {
    let site = Site::full().await;
    let mut paket = site.uji.app.export(&site.uji.ctx.fresh(), 2021).await.expect("exported");
    let mut dpa = paket.potret.document("dpa-p").expect("document").clone();
    (dpa.kode, dpa.versi, dpa.tanggal) = ("dpa".to_owned(), 0, "2021-01-04".to_owned());
    paket.potret.dokumen.push(dpa);
    site.uji.app.import(&site.uji.ctx.fresh(), &paket).await.expect("imported");
    let cookie = site.cookie(Peran::Kepala).await;
    let board = shown(&site.get("/perjanjian", &cookie).await);
    assert!(board.contains("Batas waktu 4 Februari 2021, satu bulan setelah DPA disahkan."), "{board}");
    assert!(board.contains("Terlambat belum ditandatangani, terlambat"), "{board}");
    let home = shown(&site.get("/", &cookie).await);
    assert!(
        home.contains("22 Perjanjian Kinerja belum ditandatangani batas waktu 4 Februari 2021 sudah lewat"),
        "{home}"
    );
    let evaluator = site.cookie(Peran::Evaluator).await;
    assert!(!shown(&site.get("/", &evaluator).await).contains("belum ditandatangani"), "not theirs to do");
}

#[tokio::test]
async fn a_wrong_file_is_refused_and_what_was_typed_stays() {
    let site = Site::full().await;
    let cookie = site.cookie(Peran::Kepala).await;
    let address = "/perjanjian/pk-KD/tandatangan";
    let form = site.get(address, &cookie).await;
    let (dilihat, kunci) = (hidden(&form, "dilihat"), hidden(&form, "kunci"));
    let fields = |cara: &'static str| {
        vec![("dilihat", dilihat.as_str()), ("kunci", kunci.as_str()), ("tanggal", "2021-02-01"), ("cara", cara)]
    };
    for (cara, file, text) in [
        ("pindaian", b"MZ program".as_slice(), "bukan PDF, JPEG atau PNG"),
        ("elektronik", SCAN, "tidak memuat tanda tangan elektronik"),
        ("pindaian", b"", "pilih berkas"),
    ] {
        let answer = send_file(&site, address, &cookie, &fields(cara), file, "pk <1>.pdf").await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
        assert!(shown(&answer).contains(text), "{text}: {}", shown(&answer));
        assert!(answer.text().contains("value=\"2021-02-01\"") && ticked(&answer, "cara") == [cara]);
    }
    let stale = [("dilihat", "0000"), ("kunci", &kunci), ("tanggal", "2021-02-01"), ("cara", "pindaian")];
    let conflict = send_file(&site, address, &cookie, &stale, SCAN, "pk.pdf").await;
    assert_eq!((conflict.status, hidden(&conflict, "dilihat")), (StatusCode::CONFLICT, dilihat.clone()));
    let broken = site.post(address, &cookie, "tanggal=2021-02-01", HERE).await;
    assert!(broken.status.is_client_error(), "{}", broken.status);
    assert!(!site.potret(2021).await.agreement("pk-KD").expect("agreement").is_signed());
}

#[tokio::test]
async fn only_the_upload_takes_large_bodies() {
    let site = Site::full().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let file = [SCAN, vec![b'x'; 300 * 1024].as_slice()].concat();
    let long = "x".repeat(300 * 1024);
    for address in ["/perjanjian", "/perjanjian/perubahan", "/perjanjian/pk-KD/ubah", "/pejabat", "/masuk"] {
        let answer = site.post(address, &cookie, &long, HERE).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{address}");
        assert!(answer.text().contains("Kiriman terlalu besar"), "{address}");
    }
    let address = "/perjanjian/pk-KD/tandatangan";
    let form = site.get(address, &cookie).await;
    let (dilihat, kunci) = (hidden(&form, "dilihat"), hidden(&form, "kunci"));
    let fields = [("dilihat", dilihat.as_str()), ("kunci", &kunci), ("tanggal", "2021-02-01"), ("cara", "pindaian")];
    let huge = vec![b'x'; tolok_app::MAX_FILE + 300 * 1024];
    let refused = send_file(&site, address, &cookie, &fields, &huge, "pk.pdf").await;
    assert_eq!(refused.status, StatusCode::PAYLOAD_TOO_LARGE);
    let above = [SCAN, vec![b'x'; tolok_app::MAX_FILE].as_slice()].concat();
    let refused = send_file(&site, address, &cookie, &fields, &above, "pk.pdf").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(shown(&refused).contains("lebih dari 25 MB"));
    assert_eq!(send_file(&site, address, &cookie, &fields, &file, "pk.pdf").await.status, StatusCode::SEE_OTHER);
    let anonymous = send_file(&site, "/perjanjian/pk-BID.1/tandatangan", "", &fields, &file, "pk.pdf").await;
    assert!(anonymous.header("location").starts_with("/masuk"), "{}", anonymous.status);
}

#[tokio::test]
async fn roles_and_units_decide_who_may() {
    let site = Site::full().await;
    for peran in Peran::ALL {
        let cookie = site.cookie(peran).await;
        let plan = peran.grants(Hak::UbahRencana);
        for (address, may) in [
            ("/perjanjian/pk-KD/ubah", plan),
            ("/perjanjian/perubahan", plan),
            ("/perjanjian/pk-KD/tandatangan", peran.grants(Hak::TandaTangan)),
        ] {
            let status = site.get(address, &cookie).await.status;
            assert_eq!(status, if may { StatusCode::OK } else { StatusCode::FORBIDDEN }, "{peran:?} {address}");
        }
        let board = site.get("/perjanjian", &cookie).await;
        assert_eq!(board.status, StatusCode::OK, "everybody sees the board");
        if !plan {
            for (address, form) in [
                ("/perjanjian", "unit=KD"),
                ("/perjanjian/pk-KD/ubah", "dilihat=x"),
                ("/perjanjian/perubahan", "perjanjian=pk-KD&alasan=pergantian_pejabat"),
                ("/pejabat", "unit=KD&mulai=2021-01-01"),
            ] {
                assert_eq!(
                    site.post(address, &cookie, form, HERE).await.status,
                    StatusCode::FORBIDDEN,
                    "{peran:?} {address}"
                );
            }
            assert!(!site.get("/pejabat", &cookie).await.text().contains("<form method=\"post\" action=\"/pejabat"));
        }
    }
    let now = jiff::Timestamp::now().as_microsecond();
    let of_unit = Penugasan { peran: Peran::Perencana, unit: Some("BID.2".to_owned()) };
    let (app, office) = (&site.uji.app, site.uji.ctx.instansi);
    app.create_account(office, "bidang", "Bidang", PASSWORD, &[of_unit], now).await.expect("account");
    let entered =
        app.sign_in("bidang", PASSWORD, &tolok_app::Peminta::default(), now).await.expect("answer").expect("signed in");
    let cookie = format!("tolok={}", entered.rahasia);
    assert_eq!(site.get("/perjanjian/pk-BID.2.a/ubah", &cookie).await.status, StatusCode::OK);
    assert_eq!(site.get("/perjanjian/pk-BID.1/ubah", &cookie).await.status, StatusCode::FORBIDDEN);
    assert!(!site.get("/perjanjian/pk-BID.1", &cookie).await.text().contains("/ubah"));
}

#[tokio::test]
async fn two_planners_do_not_overwrite_each_other() {
    let site = Site::full().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let address = "/perjanjian/pk-KD/ubah";
    let form = site.get(address, &cookie).await;
    let seen = hidden(&form, "dilihat");
    let first = format!("dilihat={seen}&tanggal=2021-01-29&indikator=iku.2");
    assert_eq!(site.post(address, &cookie, &first, HERE).await.status, StatusCode::SEE_OTHER);
    let second = format!("dilihat={seen}&tanggal=2021-01-30&indikator=iku.3");
    let conflict = site.post(address, &cookie, &second, HERE).await;
    assert_eq!(conflict.status, StatusCode::CONFLICT);
    assert_eq!(ticked(&conflict, "indikator"), ["iku.3"], "nothing chosen is lost");
    let anew = format!("dilihat={}&tanggal=2021-01-30&indikator=iku.3", hidden(&conflict, "dilihat"));
    assert_eq!(site.post(address, &cookie, &anew, HERE).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.potret(2021).await.agreement("pk-KD").expect("agreement").tanggal, "2021-01-30");
}

#[tokio::test]
async fn officials_are_kept_on_their_page_and_named_on_the_agreement() {
    let site = Site::full().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let form = site.get("/pejabat", &cookie).await;
    let kunci = hidden(&form, "kunci");
    let entry = format!("kunci={kunci}&unit=BID.1&status=plt&nama=Nama+Pejabat&nip=&pangkat=&mulai=2021-01-01&sampai=");
    let saved = site.post("/pejabat", &cookie, &entry, HERE).await;
    assert_eq!((saved.status, saved.header("location")), (StatusCode::SEE_OTHER, "/pejabat?tahun=2021"));
    let page = site.get("/perjanjian/pk-BID.1", &cookie).await;
    assert!(
        shown(&page).contains("Plt. Kepala Bidang Pelatihan Kerja dan Produktifitas Plt. Nama Pejabat"),
        "{}",
        shown(&page)
    );
    let list = site.get("/pejabat", &cookie).await.text();
    let link =
        list.split("href=\"").filter_map(|rest| rest.split('"').next()).find(|l| l.contains("ubah=")).expect("link");
    let change = site
        .get(link.split('#').next().expect("address").replace("&amp;", "&").replace("&#38;", "&").as_str(), &cookie)
        .await;
    assert!(change.text().contains("value=\"Nama Pejabat\""));
    let mark = hidden(&change, "dilihat");
    let wrong = format!("dilihat={mark}&unit=BID.1&status=plt&nama=Nama+Pejabat&nip=12&mulai=2021-01-01");
    let refused = site.post("/pejabat", &cookie, &wrong, HERE).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(shown(&refused).contains("bukan 18 angka") && refused.text().contains("value=\"12\""));
    let gone = site.post("/pejabat", &cookie, &format!("dilihat={mark}&hapus=ya"), HERE).await;
    assert_eq!(gone.status, StatusCode::SEE_OTHER);
    assert!(site.potret(2021).await.pejabat.is_empty());
    let late = site.post("/pejabat", &cookie, &format!("dilihat={mark}&unit=BID.1&mulai=2021-01-01"), HERE).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn forms_come_as_files_with_a_name() {
    let site = Site::full().await;
    let cookie = site.cookie(Peran::Evaluator).await;
    for (address, name) in [
        ("/perjanjian/unduh/docx", "perjanjian-kinerja-2021-disnakertrans-serang.docx"),
        ("/perjanjian/pk-BID.1/unduh/docx?tahun=2021", "perjanjian-kinerja-2021-disnakertrans-serang-pk-BID.1.docx"),
    ] {
        let answer = site.get(address, &cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        assert_eq!(answer.header("content-disposition"), format!("attachment; filename=\"{name}\""));
        assert!(answer.body.starts_with(b"PK\x03\x04"));
    }
    for address in
        ["/perjanjian/unduh/xlsx", "/perjanjian/pk-XX/unduh/docx", "/perjanjian/pk-XX", "/perjanjian?tahun=2019"]
    {
        assert_eq!(site.get(address, &cookie).await.status, StatusCode::NOT_FOUND, "{address}");
    }
}

#[tokio::test]
async fn the_past_can_be_read_and_not_changed() {
    let site = Site::full().await;
    let cookie = site.cookie(Peran::Perencana).await;
    // Everything of the tests was recorded on 1 February 2022.
    let page = site.get("/perjanjian?per=2022-02-03", &cookie).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text().contains("method=\"post\" action=\"/perjanjian"), "no form");
    assert!(!site.get("/perjanjian/pk-KD?per=2022-02-03", &cookie).await.text().contains("/ubah"));
    assert_eq!(site.get("/perjanjian/pk-KD/ubah?per=2022-02-03", &cookie).await.status, StatusCode::FORBIDDEN);
}
