//! The action plan in the browser: grids that work without a script, steps, and the file.

use axum::http::StatusCode;
use scraper::{Html, Selector};
use tolok_domain::access::Peran;
use tolok_domain::{AngkaId, JenisAngka};
use tolok_testkit::demo_paket;

use crate::{Answer, HERE, Site};

/// Peserta bimtek: 90 in DPA perubahan, added up over the quarters.
const COUNT: &str = "2.07.05.2.01.01.i1";
const LINE: &str = "2.07.05.2.01.01";
const TARGETS: &str = "/rencana-aksi?tahun=2021";
const CASH: &str = "/rencana-aksi/kas?tahun=2021";

/// Name and value of every field that a form with cells would send.
fn fields(answer: &Answer) -> Vec<(String, String)> {
    let page = Html::parse_document(&answer.text());
    let inputs = Selector::parse("form:has([name^='sel:']) input").expect("selector");
    let pair = |e: scraper::ElementRef<'_>| {
        Some((e.value().attr("name")?.to_owned(), e.value().attr("value").unwrap_or_default().to_owned()))
    };
    page.select(&inputs).filter_map(pair).collect()
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

/// The form as it is sent when these cells are typed over.
fn typed(fields: &[(String, String)], over: &[(&str, &str)]) -> String {
    let value = |name: &str, old: &str| {
        let new = over.iter().find(|(cell, _)| name == format!("sel:{cell}"));
        new.map_or_else(|| old.to_owned(), |(_, text)| (*text).to_owned())
    };
    let pairs = fields.iter().map(|(name, old)| format!("{}={}", encoded(name), encoded(&value(name, old))));
    pairs.collect::<Vec<_>>().join("&")
}

/// The text of the table row that has this link or name.
fn row(answer: &Answer, words: &str) -> String {
    let page = Html::parse_document(&answer.text());
    let rows = Selector::parse("tbody tr").expect("selector");
    let text = |e: scraper::ElementRef<'_>| e.text().collect::<Vec<_>>().join(" ");
    let found = page.select(&rows).find(|e| e.html().contains(words)).map(text);
    found.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What an alert says.
fn alert(answer: &Answer) -> String {
    let page = Html::parse_document(&answer.text());
    let alert = Selector::parse("[role=alert]").expect("selector");
    page.select(&alert).flat_map(|e| e.text().collect::<Vec<_>>()).collect()
}

impl Site {}

#[tokio::test]
async fn a_year_is_divided_by_proposal_and_checked() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    assert!(row(&site.get(TARGETS, &cookie).await, COUNT).contains("belum dibagi"));
    let proposed = site.get(&format!("{TARGETS}&usul=rata"), &cookie).await;
    assert!(proposed.text().contains("Sel berwarna berisi usulan"));
    let fields = fields(&proposed);
    let of_count: Vec<&str> = fields.iter().filter(|(n, _)| n.contains(COUNT)).map(|(_, v)| v.as_str()).collect();
    assert_eq!(of_count, ["22", "22", "22", "24"]);
    let saved = site.post(TARGETS, &cookie, &typed(&fields, &[]), HERE).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let page = site.get(saved.header("location"), &cookie).await;
    assert!(page.text().contains("Target tersimpan.") && row(&page, COUNT).contains("sama"));
    let less = format!("{COUNT}|2021-TW4");
    let changed = typed(&self::fields(&page), &[(&less, "20")]);
    assert_eq!(site.post(TARGETS, &cookie, &changed, HERE).await.status, StatusCode::SEE_OTHER);
    let page = site.get(TARGETS, &cookie).await;
    let checked = row(&page, COUNT);
    assert!(checked.contains("kurang jumlah periode 86, 4 kurang dari target tahun 90"), "{checked}");
}

#[tokio::test]
async fn two_planners_in_one_grid_lose_nothing() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let opened = fields(&site.get(TARGETS, &cookie).await);
    let (first, second) = (format!("{COUNT}|2021-TW1"), format!("{COUNT}|2021-TW2"));
    // The other one, in the meantime.
    assert_eq!(
        site.post(TARGETS, &cookie, &typed(&opened, &[(&first, "10")]), HERE).await.status,
        StatusCode::SEE_OTHER
    );
    let elsewhere = typed(&opened, &[("iku.4|2021-TW1", "100")]);
    let elsewhere = elsewhere.replace("kunci=", "kunci=lain-");
    assert_eq!(site.post(TARGETS, &cookie, &elsewhere, HERE).await.status, StatusCode::SEE_OTHER, "other cells");
    let mine = typed(&opened, &[(&first, "15"), (&second, "25")]).replace("kunci=", "kunci=saya-");
    let refused = site.post(TARGETS, &cookie, &mine, HERE).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(alert(&refused).contains("sudah diubah orang lain; sekarang tersimpan 10"), "{}", alert(&refused));
    let shown = fields(&refused);
    let value = |name: &str| shown.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str());
    assert_eq!(
        (value(&format!("sel:{first}")), value(&format!("sel:{second}"))),
        ("15", "25"),
        "nothing typed is lost"
    );
    assert_eq!(value("sel:iku.4|2021-TW1"), "100", "what the other one wrote elsewhere shows");
    // Sent again, having seen it.
    assert_eq!(site.post(TARGETS, &cookie, &typed(&shown, &[]), HERE).await.status, StatusCode::SEE_OTHER);
    let page = fields(&site.get(TARGETS, &cookie).await);
    let of_count: Vec<&str> =
        page.iter().filter(|(n, _)| n.starts_with("sel:") && n.contains(COUNT)).map(|(_, v)| v.as_str()).collect();
    assert_eq!(of_count, ["15", "25", "", ""]);
}

#[tokio::test]
async fn a_bad_cell_is_named_and_kept() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let cell = format!("{COUNT}|2021-TW1");
    let opened = fields(&site.get(TARGETS, &cookie).await);
    let refused = site.post(TARGETS, &cookie, &typed(&opened, &[(&cell, "71,366,000")]), HERE).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(alert(&refused).contains("TW I: \"71,366,000\" tampak bergaya Inggris"), "{}", alert(&refused));
    let page = Html::parse_document(&refused.text());
    let invalid = Selector::parse("input[aria-invalid]").expect("selector");
    let kept: Vec<_> = page.select(&invalid).filter_map(|e| e.value().attr("value")).collect();
    assert_eq!(kept, ["71,366,000"]);
    for form in ["sel:apa-saja=1", "sel:iku.4|kemarin=1"] {
        assert_eq!(site.post(TARGETS, &cookie, form, HERE).await.status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
    }
    let unknown = site.post(TARGETS, &cookie, "sel:tidak-ada|2021-TW1=1", HERE).await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_cash_plan_is_entered_by_quarter_or_by_month() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let proposed = fields(&site.get(&format!("{CASH}&usul=rata"), &cookie).await);
    let of_line = |fields: &[(String, String)]| -> Vec<String> {
        let cells = fields.iter().filter(|(n, _)| n.starts_with("sel:") && n.contains(&format!(":{LINE}|")));
        cells.map(|(_, v)| v.clone()).collect()
    };
    assert_eq!(of_line(&proposed), ["27.647.500"; 4]);
    let saved = site.post(CASH, &cookie, &typed(&proposed, &[]), HERE).await;
    let page = site.get(saved.header("location"), &cookie).await;
    assert!(row(&page, &format!("sel:{LINE}|2021-TW1")).contains("sama"), "{}", row(&page, LINE));
    assert_eq!(page.text().matches("lencana salah").count(), 0, "every line, and the whole office");
    // Among months a quarter is told, and a month takes its place.
    let months = site.get(&format!("{CASH}&rinci=bulan"), &cookie).await;
    let cell = format!("{LINE}|2021-B01");
    let told = row(&months, &format!("sel:{cell}"));
    assert!(told.contains("direncanakan per periode lain: TW I 27.647.500, TW II"), "{told}");
    let form = typed(&fields(&months), &[(&cell, "1.000.000")]);
    let address = format!("{CASH}&rinci=bulan");
    let saved = site.post(&address, &cookie, &form, HERE).await;
    assert!(saved.header("location").contains("rinci=bulan"));
    let page = site.get(&format!("{CASH}&rinci=triwulan"), &cookie).await;
    let line = row(&page, &format!("sel:{LINE}|2021-TW2"));
    assert!(line.contains("1.000.000*") && line.contains("baru 4 dari 6 periode"), "{line}");
    assert_eq!(of_line(&fields(&page)).len(), 3, "the quarter that is planned by month is changed by month");
}

#[tokio::test]
async fn steps_are_kept_on_the_page_of_their_indicator() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Pengisi).await;
    let address = format!("/rencana-aksi/{COUNT}?tahun=2021");
    let step = |uraian: &str| {
        format!("apa=simpan&uraian={uraian}&periode=2021-B02&keluaran=&simpul={LINE}&rupiah=15.000.000&unit=BID.3.a")
    };
    let bad = site.post(&address, &cookie, "apa=simpan&uraian=&periode=2021-TW1&rupiah=banyak", HERE).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(alert(&bad).contains("masih kosong") && alert(&bad).contains("anggaran langkah"), "{}", alert(&bad));
    assert!(bad.text().contains("value=\"banyak\""), "nothing typed is lost");
    for uraian in ["Menyusun", "Melatih"] {
        assert_eq!(site.post(&address, &cookie, &step(uraian), HERE).await.status, StatusCode::SEE_OTHER);
    }
    let page = site.get(&address, &cookie).await;
    assert!(row(&page, "Menyusun").contains("belum ada keluaran"), "{}", row(&page, "Menyusun"));
    assert!(page.text().contains("Rp30.000.000; Rp80.590.000 dari pagu Rp110.590.000 belum terbagi ke langkah"));
    assert_eq!(site.post(&address, &cookie, "apa=turun&kode=L1", HERE).await.status, StatusCode::SEE_OTHER);
    let order: Vec<String> = site.potret(2021).await.langkah.iter().map(|l| l.uraian.clone()).collect();
    assert_eq!(order, ["Melatih", "Menyusun"]);

    let editor = site.get(&format!("{address}&langkah=L1"), &cookie).await.text();
    let seen = editor.split("name=\"dilihat\" value=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("form");
    assert!(editor.contains("value=\"15.000.000\"") && editor.contains("Ubah langkah"));
    let change = format!("{}&kode=L1&dilihat={seen}", step("Menyusun+modul"));
    assert_eq!(site.post(&address, &cookie, &change, HERE).await.status, StatusCode::SEE_OTHER);
    let late = site.post(&address, &cookie, &format!("{}&kode=L1&dilihat={seen}", step("Lain")), HERE).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(alert(&late).contains("sudah diubah orang lain") && late.text().contains(">Lain</textarea>"));
    let removed = site.post(&address, &cookie, &format!("apa=hapus&kode=L1&dilihat={seen}"), HERE).await;
    assert_eq!(removed.status, StatusCode::CONFLICT, "what he removes is not what he saw");
    assert_eq!(site.get(&format!("{address}&langkah=L9"), &cookie).await.status, StatusCode::NOT_FOUND);
    let copied = site.post(&address, &cookie, "apa=salin", HERE).await;
    assert!(alert(&copied).contains("tidak ada langkah tahun 2020"), "{}", alert(&copied));
}

#[tokio::test]
async fn who_may_not_change_sees_no_fields() {
    let site = Site::new().await;
    for (peran, targets, steps) in
        [(Peran::Perencana, true, true), (Peran::Pengisi, false, true), (Peran::Evaluator, false, false)]
    {
        let cookie = site.cookie(peran).await;
        for address in [TARGETS, CASH] {
            let answer = site.get(address, &cookie).await;
            assert_eq!(answer.status, StatusCode::OK);
            assert_eq!(!fields(&answer).is_empty(), targets, "{peran:?} {address}");
        }
        let page = site.get(&format!("/rencana-aksi/{COUNT}"), &cookie).await.text();
        assert_eq!(page.contains("name=\"uraian\""), steps, "{peran:?}");
        // Nobody changes the past.
        let past = site.get(&format!("{TARGETS}&per=2022-02-01"), &cookie).await;
        assert_eq!((past.status, fields(&past).len()), (StatusCode::OK, 0));
    }
    let file = site.get("/rencana-aksi/unduh/docx?tahun=2021", &site.cookie(Peran::Kepala).await).await;
    assert_eq!(file.status, StatusCode::OK);
    assert!(file.header("content-disposition").contains("rencana-aksi-2021-disnakertrans-serang.docx"));
    assert!(file.body.starts_with(b"PK"));
}

#[tokio::test]
async fn last_years_figures_are_offered_where_there_are_any() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let cell = format!("{COUNT}|2021-TW1");
    let opened = fields(&site.get(TARGETS, &cookie).await);
    let form = typed(&opened, &[(&cell, "30")]);
    assert_eq!(site.post(TARGETS, &cookie, &form, HERE).await.status, StatusCode::SEE_OTHER);
    let missing = site.get(&format!("{TARGETS}&usul=lalu"), &cookie).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND, "there is no year before");
    let mut paket = demo_paket(site.uji.ctx.instansi);
    paket.potret.tahun = 2022;
    // Next year's budget repeats the targets of this one.
    paket.potret.angka.retain(|a| a.jenis == JenisAngka::Target { dokumen: "dpa-p".to_owned() });
    for angka in &mut paket.potret.angka {
        angka.id = AngkaId::new();
        angka.periode = angka.periode.in_year(2022);
    }
    site.uji.app.import(&site.uji.ctx.fresh(), &paket).await.expect("imported");
    let page = site.get("/rencana-aksi?tahun=2022&usul=lalu", &cookie).await;
    let proposed = fields(&page);
    assert!(proposed.contains(&(format!("sel:{COUNT}|2022-TW1"), "30".to_owned())), "{proposed:?}");
    assert!(page.text().contains("Ambil angka 2021") && page.text().contains("Salin langkah 2021"));
}
