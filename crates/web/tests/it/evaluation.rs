//! Evaluasi AKIP in the browser: the worksheet, templates, recommendations.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use scraper::{ElementRef, Html, Selector};
use tolok_domain::Potret;
use tolok_domain::access::Peran;
use tolok_domain::evaluasi::{KeadaanEvaluasi, Penilai, templat::builtin};

use crate::page::check;
use crate::{Answer, HERE, Site};

const TEMPLATE: &str = include_str!("../../../domain/src/evaluasi/contoh/ya-tidak.csv");
const SHEET: &str = "/evaluasi/lke-2021?tahun=2021&komponen=1&sebagai=";

/// The demo office while its evaluation is not out yet.
async fn open() -> Site {
    let site = Site::new().await;
    let (app, ctx) = (&site.uji.app, &site.uji.ctx);
    let mut paket = app.export(ctx, 2021).await.expect("exported");
    for e in paket.potret.evaluasi.iter_mut().filter(|e| e.kode == "lke-2021") {
        (e.keadaan, e.nilai) = (KeadaanEvaluasi::Dinilai, None);
        e.nomor_lhe.clear();
        e.tanggal_lhe.clear();
    }
    paket.potret.jawaban.retain(|j| j.penilai != Penilai::PenjaminMutu);
    app.import(&ctx.fresh(), &paket).await.expect("imported");
    site
}

async fn potret(site: &Site) -> Potret {
    site.uji.app.load(&site.uji.ctx.fresh(), 2021).await.expect("loaded").potret.clone()
}

fn select<'a>(page: &'a Html, query: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(query).expect("selector")).collect()
}

/// A form's fields as a browser sends them.
fn fields(form: &ElementRef<'_>) -> Vec<(String, String)> {
    let selector = Selector::parse("input").expect("selector");
    let sent = form.select(&selector).map(|e| e.value());
    let sent = sent.filter(|e| e.attr("type") != Some("radio") || e.attr("checked").is_some());
    let text = |e: &scraper::node::Element, name| e.attr(name).unwrap_or_default().to_owned();
    sent.map(|e| (text(e, "name"), text(e, "value"))).collect()
}

fn encoded(fields: &[(String, String)]) -> String {
    let safe = |text: &str| text.replace('%', "%25").replace('&', "%26").replace('+', "%2B").replace(' ', "+");
    fields.iter().map(|(name, value)| format!("{}={}", safe(name), safe(value))).collect::<Vec<_>>().join("&")
}

async fn upload(site: &Site, cookie: &str, content: &str) -> Answer {
    site.send_form("/evaluasi/templat?tahun=2021", cookie, &[], &[("berkas", "lke.csv", content.as_bytes())]).await
}

#[tokio::test]
async fn each_fills_in_his_own_column_and_others_only_read() {
    let site = open().await;
    for (peran, wanted) in [
        (Peran::Perencana, Some("mandiri")),
        (Peran::Kepala, Some("mandiri")),
        (Peran::Evaluator, Some("evaluator")),
        (Peran::Pengisi, None),
        (Peran::PimpinanDaerah, None),
    ] {
        let cookie = site.cookie(peran).await;
        let answer = site.get(SHEET, &cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{peran:?}");
        check(SHEET, &answer);
        let page = Html::parse_document(&answer.text());
        let raters: BTreeSet<_> =
            select(&page, "input[name=penilai]").iter().filter_map(|e| e.value().attr("value")).collect();
        assert_eq!(raters, wanted.into_iter().collect(), "{peran:?}");
        // The office's rating never goes into the evaluator's column, whatever the form says.
        let other = if wanted == Some("mandiri") { "evaluator" } else { "mandiri" };
        let crossed = site.post(SHEET, &cookie, &format!("penilai={other}&p:1.a=D&l:1.a="), HERE).await;
        assert_eq!(crossed.status, StatusCode::FORBIDDEN, "{peran:?}");
    }
}

#[tokio::test]
async fn a_whole_subkomponen_is_answered_with_one_form() {
    let site = open().await;
    let cookie = site.cookie(Peran::Evaluator).await;
    let page = site.get(&format!("{SHEET}evaluator"), &cookie).await.text();
    let page = Html::parse_document(&page);
    let form = select(&page, "#b-1 form")[0];
    let mut sent = fields(&form);
    let questions: Vec<String> =
        sent.iter().filter_map(|(name, _)| name.strip_prefix("p:")).map(str::to_owned).collect();
    assert_eq!(questions, ["1.a.1", "1.a.2", "1.a.3", "1.a.4", "1.a.5", "1.a.6", "1.a"]);
    for (name, value) in &mut sent {
        match name.as_str() {
            "p:1.a" => "C".clone_into(value),
            "a:1.a" => value.clear(),
            name if name.starts_with("p:") => "tidak".clone_into(value),
            "b:1.a.2" => "RPJPD hal. 12".clone_into(value),
            _ => {}
        }
    }
    let saved = site.post(&format!("{SHEET}evaluator"), &cookie, &encoded(&sent), HERE).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    assert!(saved.header("location").ends_with("#b-1"), "{}", saved.header("location"));
    let next = saved.header("location").split('#').next().unwrap_or_default().to_owned();
    let told = Html::parse_document(&site.get(&next, &cookie).await.text());
    let on = select(&told, "#b-1 [role=status] a")[0];
    assert_eq!(on.text().collect::<String>().split(' ').take(3).collect::<Vec<_>>(), ["Lanjut", "ke", "1.b"]);
    assert_eq!(on.value().attr("href"), Some("#p-2-1-1"));
    assert_eq!(select(&told, "#p-2-1-1[type=radio]").len(), 1);
    let after = potret(&site).await;
    let own = after.jawaban.iter().filter(|j| j.evaluasi == "lke-2021" && j.penilai == Penilai::Evaluator);
    let answers: Vec<_> = own.filter(|j| j.kode.starts_with("1.a")).map(|j| j.pilihan.as_str()).collect();
    assert_eq!(answers.iter().filter(|a| **a == "tidak").count(), 6);
    assert!(answers.contains(&"C"));

    // The score follows at once: 50 % of the weight 6. C is far from the office's A, which wants a reason at its field.
    let shown = site.get(&format!("{SHEET}evaluator"), &cookie).await;
    check(SHEET, &shown);
    let page = Html::parse_document(&shown.text());
    let heading: String = select(&page, "#j-b-1")[0].text().collect();
    assert!(heading.contains("3,00 dari 6"), "{heading}");
    let wrong = select(&page, "#b-1 input[aria-invalid]");
    assert_eq!(wrong.iter().filter_map(|e| e.value().attr("name")).collect::<Vec<_>>(), ["a:1.a"]);

    // The same form again changes nothing; one that was filled before somebody else answered is refused and kept.
    let stale = site
        .post(&format!("{SHEET}evaluator"), &cookie, "penilai=evaluator&p:1.a=B&l:1.a=B&a:1.a=Sudah+ada", HERE)
        .await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.text().contains("Sudah ada") && stale.text().contains("Yang tersimpan kini: C"), "{}", stale.text());
    let lost = "penilai=evaluator&p:1.a.1=&l:1.a.1=tidak&a:1.a.1=Belum+jelas";
    let lost = site.post(&format!("{SHEET}evaluator"), &cookie, lost, HERE).await;
    assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(lost.text().contains("1.a.1: ada alasan atau bukti tanpa jawaban"));

    // Not published while the reason is missing; then it is, and nothing can be changed any more.
    let publish = "/evaluasi/lke-2021/terbitkan?tahun=2021&komponen=1";
    let refused = site.post(publish, &cookie, "nomor=700/9/2022&tanggal=2022-05-02", HERE).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("tanpa alasan; tulis alasannya") && refused.text().contains("700/9/2022"));
    let reason = "penilai=evaluator&p:1.a=C&l:1.a=C&a:1.a=Pedoman+belum+ada";
    assert_eq!(site.post(SHEET, &cookie, reason, HERE).await.status, StatusCode::SEE_OTHER);
    let published = site.post(publish, &cookie, "nomor=700/9/2022&tanggal=2022-05-02", HERE).await;
    assert_eq!(published.status, StatusCode::SEE_OTHER, "{}", published.text());
    let page = Html::parse_document(&site.get(SHEET, &cookie).await.text());
    assert!(select(&page, "input[name=penilai]").is_empty());
}

#[tokio::test]
async fn the_second_reader_is_somebody_else() {
    let site = open().await;
    let office = site.uji.ctx.instansi;
    let first = site.sign_in(office, "auditor-satu", "Auditor Satu", &[Peran::Evaluator]).await;
    let second = site.sign_in(office, "auditor-dua", "Auditor Dua", &[Peran::Evaluator]).await;
    let own = "penilai=evaluator&p:1.a=BB&l:1.a=B";
    assert_eq!(site.post(SHEET, &first, own, HERE).await.status, StatusCode::SEE_OTHER);
    let address = format!("{SHEET}penjamin_mutu");
    let confirm = "penilai=penjamin_mutu&p:1.a=BB&l:1.a=";
    let same = site.post(&address, &first, confirm, HERE).await;
    assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(same.text().contains("penjamin mutu tidak boleh evaluator yang sama"));
    assert_eq!(site.post(&address, &second, confirm, HERE).await.status, StatusCode::SEE_OTHER);
    let page = Html::parse_document(&site.get(&address, &second).await.text());
    assert_eq!(select(&page, "#q-1-0 .lke-kolom > div").len(), 3);
}

#[tokio::test]
async fn most_criteria_show_what_the_data_say_with_links() {
    let site = open().await;
    let cookie = site.cookie(Peran::Evaluator).await;
    let (mut told, mut linked) = (0, 0);
    for komponen in &builtin()[1].komponen {
        let address = format!("/evaluasi/lke-2021?tahun=2021&komponen={}", komponen.kode);
        let request = Request::builder().uri(&address).header(header::COOKIE, &cookie);
        let packed = request.header(header::ACCEPT_ENCODING, "gzip").body(Body::empty()).expect("request");
        let size = site.send(packed).await.body.len();
        assert!(size <= 30 * 1024, "{address} is {size} bytes");
        let page = Html::parse_document(&site.get(&address, &cookie).await.text());
        let hints = select(&page, ".lke-usul:has(.lencana)");
        told += hints.len();
        let link = Selector::parse("a[href]").expect("selector");
        for hint in hints {
            let links: Vec<_> = hint.select(&link).filter_map(|a| a.value().attr("href")).collect();
            linked += usize::from(!links.is_empty());
            for address in links {
                let answer = site.get(address.split('#').next().unwrap_or_default(), &cookie).await;
                assert_eq!(answer.status, StatusCode::OK, "{address}");
            }
        }
    }
    assert!(told >= 50, "{told} criteria with a suggestion");
    assert_eq!(linked, told, "criteria with a link, and with a suggestion");
}

#[tokio::test]
async fn a_faulty_template_is_refused_with_its_line() {
    let site = open().await;
    let cookie = site.cookie(Peran::Evaluator).await;
    let faulty = upload(&site, &cookie, &TEMPLATE.replace("Capaian;55", "Capaian;54")).await;
    assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = faulty.text();
    assert!(text.contains("lke.csv baris 14 kolom bobot: bobot komponen berjumlah 99, seharusnya 100"), "{text}");
    check("/evaluasi", &faulty);
    assert!(potret(&site).await.template("kab-yt").is_none());
    let taken = upload(&site, &cookie, TEMPLATE).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
    let shown = site.get("/evaluasi?tahun=2021&templat=kab-yt", &cookie).await.text();
    assert!(shown.contains("setempat") && shown.contains("Capaian"), "{shown}");
    let planner = site.cookie(Peran::Perencana).await;
    assert_eq!(upload(&site, &planner, TEMPLATE).await.status, StatusCode::FORBIDDEN);
}

/// The fields of a form that is filled now.
async fn seen(site: &Site, fields: &str) -> String {
    let versi = site.uji.store().head(&site.uji.ctx).await.expect("head");
    format!("{fields}&dilihat={versi}")
}

#[tokio::test]
async fn a_recommendation_is_written_followed_up_and_judged() {
    let site = open().await;
    let (evaluator, head) = (site.cookie(Peran::Evaluator).await, site.cookie(Peran::Kepala).await);
    let begun = site.get("/rekomendasi?tahun=2021&kriteria=2.a.1", &evaluator).await.text();
    let begun = Html::parse_document(&begun);
    let value = |id: &str| select(&begun, id)[0].value().attr("value").unwrap_or_default().to_owned();
    assert_eq!([value("#n-kriteria"), value("#n-aspek")], ["2.a.1", "Pengukuran Kinerja"]);
    let new = "evaluasi=lke-2021&kriteria=2.a.1&rekomendasi=Tetapkan+SOP&batas=2021-06-30&prioritas=tinggi";
    let new = &seen(&site, new).await;
    assert_eq!(site.post("/rekomendasi?tahun=2021", &head, new, HERE).await.status, StatusCode::FORBIDDEN);
    let saved = site.post("/rekomendasi?tahun=2021", &evaluator, new, HERE).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    let list = site.get("/rekomendasi?tahun=2021&prioritas=tinggi", &head).await;
    check("/rekomendasi", &list);
    let page = Html::parse_document(&list.text());
    let first: String = select(&page, "tbody tr")[0].text().collect();
    assert!(first.contains("R14") && first.contains("lewat "), "the longest overdue comes first: {first}");

    let one = "/rekomendasi/R14?tahun=2021";
    let bad = site.post(one, &head, &seen(&site, "apa=langkah&uraian=Rancang+SOP&batas=besok").await, HERE).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.text().contains("bukan tanggal") && bad.text().contains("Rancang SOP"), "{}", bad.text());
    let step =
        site.post(one, &head, &seen(&site, "apa=langkah&uraian=Rancang+SOP&selesai=2022-02-01").await, HERE).await;
    assert_eq!(step.status, StatusCode::SEE_OTHER);
    let own = site.post(one, &head, &seen(&site, "apa=putus&oleh=instansi&keadaan=selesai").await, HERE).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER);
    let foreign = site.post(one, &head, &seen(&site, "apa=putus&oleh=evaluator&keadaan=selesai").await, HERE).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN);
    let other = site
        .post(one, &evaluator, &seen(&site, "apa=putus&oleh=evaluator&keadaan=proses&alasan=Belum").await, HERE)
        .await;
    assert_eq!(other.status, StatusCode::SEE_OTHER);
    let shown = site.get(one, &evaluator).await;
    check(one, &shown);
    let text = shown.text();
    assert!(text.contains("selesai 1 Februari 2022") && text.contains("Dalam proses"), "{text}");
    let page = Html::parse_document(&text);
    let links: Vec<_> = select(&page, "a[href]").iter().filter_map(|a| a.value().attr("href")).collect();
    assert!(links.contains(&"/evaluasi/lke-2021?tahun=2021&komponen=2#q-1-1"), "{links:?}");
    // The criterion shows what was recommended about it.
    let sheet = site.get("/evaluasi/lke-2021?tahun=2021&komponen=2", &evaluator).await.text();
    assert!(sheet.contains("/rekomendasi/R14"));
}

/// Titles of the tasks that somebody sees, with where each leads.
async fn tasks(site: &Site, cookie: &str) -> Vec<(String, String)> {
    let answer = site.get("/tugas?tahun=2021", cookie).await;
    check("/tugas", &answer);
    let page = Html::parse_document(&answer.text());
    let links = select(&page, "ul.daftar.kartu a");
    links.iter().map(|a| (a.text().collect(), a.value().attr("href").unwrap_or_default().to_owned())).collect()
}

#[tokio::test]
async fn recommendations_stand_in_the_tasks_of_those_whose_turn_it_is() {
    let site = Site::new().await;
    let (head, evaluator) = (site.cookie(Peran::Kepala).await, site.cookie(Peran::Evaluator).await);
    let one = "/rekomendasi/R1?tahun=2021";
    let task = |title: &str| (title.to_owned(), one.to_owned());
    let step = task("Langkah tindak lanjut rekomendasi R1 belum selesai");
    let (answer, judge) = (task("Jawab rekomendasi R1"), task("Putuskan jawaban rekomendasi R1"));
    let of_head = tasks(&site, &head).await;
    assert!(of_head.contains(&step) && of_head.contains(&answer) && !of_head.contains(&judge), "{of_head:?}");
    assert!(tasks(&site, &evaluator).await.is_empty());
    let filler = tasks(&site, &site.cookie(Peran::Pengisi).await).await;
    assert!(filler.iter().all(|(_, address)| !address.starts_with("/rekomendasi")), "{filler:?}");

    let done = "apa=langkah&langkah=R1.1&uraian=Unggah&unit=SEK.3&batas=2022-02-28&selesai=2022-02-28";
    assert_eq!(site.post(one, &head, &seen(&site, done).await, HERE).await.status, StatusCode::SEE_OTHER);
    let own = site.post(one, &head, &seen(&site, "apa=putus&oleh=instansi&keadaan=selesai").await, HERE).await;
    assert_eq!(own.status, StatusCode::SEE_OTHER);
    let of_head = tasks(&site, &head).await;
    assert!(!of_head.contains(&step) && !of_head.contains(&answer), "{of_head:?}");
    assert_eq!(tasks(&site, &evaluator).await, [judge]);
    // The start page has the first of them and leads to the others.
    let start = site.get("/?tahun=2021", &head).await;
    check("/", &start);
    assert!(start.text().contains("Langkah tindak lanjut rekomendasi R5 belum selesai"), "{}", start.text());
}

#[tokio::test]
async fn a_worksheet_stands_in_the_tasks_of_its_second_reader() {
    let site = open().await;
    let evaluator = site.cookie(Peran::Evaluator).await;
    let expected = ("Tinjau lembar kerja evaluasi sebagai penjamin mutu", "/evaluasi/lke-2021?tahun=2021");
    let found = tasks(&site, &evaluator).await;
    assert_eq!(found, [(expected.0.to_owned(), expected.1.to_owned())]);
    assert!(tasks(&site, &site.cookie(Peran::Kepala).await).await.iter().all(|(_, address)| address != expected.1));
}

#[tokio::test]
async fn an_obstacle_that_came_back_is_marked_where_planner_and_evaluator_look() {
    let site = Site::new().await;
    let filler = site.cookie(Peran::Pengisi).await;
    let note = async |periode: &str, kendala: &str| {
        let form = format!("periode={periode}&kendala={kendala}&sebab=&tindak_lanjut=Rapat&hasil=");
        let saved = site.post("/indikator/iku.5/kendala?tahun=2021", &filler, &form, HERE).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.text());
    };
    let badges = async |cookie: &str| {
        let answer = site.get("/pengukuran?tahun=2021", cookie).await;
        check("/pengukuran", &answer);
        let page = Html::parse_document(&answer.text());
        let found = select(&page, "a[href='/indikator/iku.5?tahun=2021#kendala']");
        found.iter().map(|a| a.text().collect::<String>()).collect::<Vec<_>>()
    };
    let (planner, evaluator) = (site.cookie(Peran::Perencana).await, site.cookie(Peran::Evaluator).await);
    note("2021-TW1", "Instruktur+kurang").await;
    assert_eq!(badges(&planner).await, Vec::<String>::new(), "once is not again");
    note("2021-TW3", "Instruktur+masih+kurang").await;
    for cookie in [&planner, &evaluator] {
        assert_eq!(badges(cookie).await, ["kendala di 2 periode"]);
        let page = site.get("/indikator/iku.5?tahun=2021", cookie).await;
        check("/indikator/iku.5", &page);
        assert!(page.text().contains("Kendala indikator ini muncul pada 2 periode, 2 tanpa hasil tindak lanjut."));
        let board = site.get("/rekomendasi?tahun=2021", cookie).await.text();
        assert!(board.contains("2 periode, 2 tanpa hasil tindak lanjut"), "{board}");
    }
}
