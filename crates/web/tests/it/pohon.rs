//! The pohon kinerja in the browser: drawing, outline editor, conditions, links between offices.

use axum::http::StatusCode;
use scraper::{Html, Selector};
use tolok_domain::access::Peran;
use tolok_domain::pohon::KeadaanSilang;

use crate::plan::{alert, encode, value};
use crate::{Answer, HERE, Site};

const TREE: &str = "/rencana/pohon?tahun=2021";
const OUTLINE: &str = "/rencana/pohon/susun?tahun=2021";
const LINKS: &str = "/rencana/pohon/silang?tahun=2021";

fn count(answer: &Answer, query: &str) -> usize {
    Html::parse_document(&answer.text()).select(&Selector::parse(query).expect("selector")).count()
}

/// Names and values of the outline's form as a browser would send them, lines in their order.
fn outline(answer: &Answer) -> Vec<(String, String)> {
    let page = Html::parse_document(&answer.text());
    let fields = Selector::parse("form[data-kerangka] input, form[data-kerangka] select").expect("selector");
    let chosen = Selector::parse("option[selected]").expect("selector");
    let read = |field: scraper::ElementRef<'_>| {
        let named = field.value().attr("name")?.to_owned();
        if field.value().attr("type") == Some("checkbox") && field.value().attr("checked").is_none() {
            return None;
        }
        let value = match field.value().name() {
            "select" => field.select(&chosen).next()?.value().attr("value")?.to_owned(),
            _ => field.value().attr("value").unwrap_or_default().to_owned(),
        };
        Some((named, value))
    };
    page.select(&fields).filter_map(read).collect()
}

fn sent(fields: &[(String, String)]) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// The place of a line's field.
fn field_of(fields: &[(String, String)], kode: &str, name: &str) -> usize {
    let line = fields.iter().position(|(n, v)| n == "kode" && v == kode).expect("line");
    line + fields[line..].iter().position(|(n, _)| n == name).expect("field")
}

impl Site {
    async fn below(&self, induk: &str) -> Vec<String> {
        let potret = self.potret(2021).await;
        potret.conditions_under(Some(induk)).map(|k| k.kode.clone()).collect()
    }
}

#[tokio::test]
async fn the_tree_is_drawn_and_told_in_words() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Pengisi).await;
    let page = site.get(TREE, &cookie).await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(count(&page, ".pohon-gambar svg[role=img] > title"), 1);
    let conditions = site.potret(2021).await.pohon.len();
    assert_eq!(count(&page, "ul.pohon li[id]"), conditions, "every condition stands in the outline");
    assert!(page.text().contains("Belum diuraikan sampai kondisi operasional"), "S4 ends above what anybody does");
    assert_eq!(count(&page, "form[action*='/rencana/pohon']"), 0, "nothing to change for who may not");
    let text = page.text();
    let (size, second) = (text.len(), site.get(&format!("{TREE}&gambar=2"), &cookie).await.text());
    assert!(second.contains("(Outcome akhir)") && second != text, "{size}");
    let all = site.get(&format!("{TREE}&gambar=99"), &cookie).await;
    assert_eq!(all.status, StatusCode::OK);
}

#[tokio::test]
async fn the_tree_is_taken_along_as_files() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Pengisi).await;
    let drawing = site.get("/rencana/pohon/unduh/svg?tahun=2021&gambar=2", &cookie).await;
    assert_eq!((drawing.status, drawing.header("content-type")), (StatusCode::OK, "image/svg+xml"));
    assert!(drawing.header("content-disposition").contains("pohon-kinerja-2021-disnakertrans-serang-2.svg"));
    assert!(drawing.text().starts_with("<svg xmlns="));
    for (format, start) in [("docx", "PK"), ("xlsx", "PK"), ("html", "<!")] {
        let file = site.get(&format!("/rencana/pohon/unduh/{format}?tahun=2021"), &cookie).await;
        assert_eq!(file.status, StatusCode::OK, "{format}");
        assert!(file.body.starts_with(start.as_bytes()), "{format}");
    }
    for wrong in ["svg?tahun=2021&gambar=9", "svg?gambar=0", "exe"] {
        let status = site.get(&format!("/rencana/pohon/unduh/{wrong}"), &cookie).await.status;
        assert_eq!(status, StatusCode::NOT_FOUND, "{wrong}");
    }
}

#[tokio::test]
async fn the_outline_is_one_form_that_works_without_a_script() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let page = site.get(OUTLINE, &cookie).await;
    let mut fields = outline(&page);
    let at = field_of(&fields, "S1", "uraian");
    fields[at].1 = "Angkatan kerja berkualitas".to_owned();
    let moved = format!("{}&tindakan=naik%3A2.07.04", sent(&fields));
    let saved = site.post(OUTLINE, &cookie, &moved, HERE).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert_eq!(saved.header("location"), "/rencana/pohon/susun?tahun=2021&tersimpan=ya#b-2.07.04");
    assert_eq!(site.below("S1").await[..2], ["2.07.04", "2.07.03"]);
    assert_eq!(site.potret(2021).await.condition("S1").expect("condition").uraian, "Angkatan kerja berkualitas");
    // In, out and a line that goes; a new one at its end.
    let mut fields = outline(&site.get(OUTLINE, &cookie).await);
    let at = field_of(&fields, "2.07.03.2.01.01", "uraian");
    fields.insert(at + 1, ("hapus".to_owned(), "ya".to_owned()));
    let new = [("kode", ""), ("dalam", "0"), ("tingkat", "outcome_akhir"), ("uraian", "Hubungan kerja harmonis")];
    fields.extend(new.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let change = format!("{}&tindakan=masuk%3A2.07.03", sent(&fields));
    assert_eq!(site.post(OUTLINE, &cookie, &change, HERE).await.status, StatusCode::SEE_OTHER);
    let potret = site.potret(2021).await;
    assert_eq!(potret.condition("2.07.03").expect("condition").induk.as_deref(), Some("2.07.04"));
    assert!(potret.condition("2.07.03.2.01.01").is_none());
    assert_eq!(
        potret.pohon.last().map(|k| (k.kode.as_str(), k.uraian.as_str())),
        Some(("K1", "Hubungan kerja harmonis"))
    );
}

#[tokio::test]
async fn an_outline_that_is_refused_is_given_back() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let page = site.get(OUTLINE, &cookie).await;
    let mut fields = outline(&page);
    let (words, level) = (field_of(&fields, "S1", "uraian"), field_of(&fields, "2.07.03.2.01", "tingkat"));
    fields[words].1 = " ".to_owned();
    fields[level].1 = "outcome_akhir".to_owned();
    let refused = site.post(OUTLINE, &cookie, &sent(&fields), HERE).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = alert(&refused);
    assert!(told.contains("S1: uraian kosong") && told.contains("2.07.03.2.01: Outcome akhir"), "{told}");
    assert_eq!(outline(&refused)[level].1, "outcome_akhir", "what was chosen is still there");
    // Two editors at once: the second one sees what is stored beside his own words.
    fields[words].1 = "Tulisan kedua".to_owned();
    fields[level].1 = "kondisi_antara".to_owned();
    let mut first = outline(&site.get(OUTLINE, &cookie).await);
    first[words].1 = "Tulisan pertama".to_owned();
    assert_eq!(site.post(OUTLINE, &cookie, &sent(&first), HERE).await.status, StatusCode::SEE_OTHER);
    let late = site.post(OUTLINE, &cookie, &sent(&fields), HERE).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(value(&late, "#b-S1 input[name=uraian]"), "Tulisan kedua");
    assert!(value(&late, "#b-S1 .selisih").contains("Outcome akhir: Tulisan pertama"));
    assert_eq!(site.potret(2021).await.pohon[0].uraian, "Tulisan pertama");
}

#[tokio::test]
async fn a_condition_has_a_form_of_its_own() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let new = "/rencana/pohon/kondisi/baru?tahun=2021&induk=2.07.03";
    let page = site.get(new, &cookie).await;
    assert_eq!(value(&page, "#kode"), "K1");
    assert_eq!(value(&page, "#tingkat option[selected]"), "kondisi_antara", "like its siblings");
    let fields = [
        ("kode", "K1"),
        ("induk", "2.07.03"),
        ("tingkat", "kondisi_antara"),
        ("uraian", "Lembaga pelatihan terakreditasi"),
        ("unit", "BID.1"),
        ("indikator", "2.07.03.i1"),
        ("indikator", "2.07.03.2.02.i1"),
    ];
    let added = site.fill(new, &cookie, &fields).await;
    assert_eq!(
        (added.status, added.header("location")),
        (StatusCode::SEE_OTHER, "/rencana/pohon?tahun=2021&tersimpan=ya#K1")
    );
    let potret = site.potret(2021).await;
    assert_eq!(potret.condition("K1").expect("condition").indikator, ["2.07.03.i1", "2.07.03.2.02.i1"]);
    let own = "/rencana/pohon/kondisi/K1?tahun=2021";
    let page = site.get(own, &cookie).await;
    assert_eq!(count(&page, "input[name=indikator][checked]"), 2);
    assert_eq!(count(&page, "#induk option[value=K1]"), 0, "not below itself");
    let wrong = [
        ("kode", "K1"),
        ("induk", "2.07.03"),
        ("tingkat", "outcome_akhir"),
        ("uraian", "Baru"),
        ("indikator", "iku.2"),
    ];
    let refused = site.fill(own, &cookie, &wrong).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(alert(&refused).contains("Outcome akhir tidak dapat berada di bawah faktor kunci"), "{}", alert(&refused));
    assert_eq!(value(&refused, "input[name=indikator][checked]"), "iku.2", "the form is as it was sent");
    let branch = "/rencana/pohon/kondisi/2.07.03?tahun=2021";
    let kept = site.fill(branch, &cookie, &[("tindakan", "hapus")]).await;
    assert!(
        alert(&kept).contains("kondisi di bawahnya") && value(&kept, "#uraian").starts_with("Meningkatnya kualitas")
    );
    assert_eq!(site.fill(branch, &cookie, &[("tindakan", "hapus-cabang")]).await.status, StatusCode::SEE_OTHER);
    assert!(site.potret(2021).await.condition("K1").is_none());
    assert_eq!(site.get(own, &cookie).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn the_plan_proposes_a_tree() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let whole = site.potret(2021).await.pohon.len();
    for top in ["S1", "S2", "S3", "S4"] {
        let gone = site.fill(&format!("/rencana/pohon/kondisi/{top}"), &cookie, &[("tindakan", "hapus-cabang")]).await;
        assert_eq!(gone.status, StatusCode::SEE_OTHER, "{top}");
    }
    let empty = site.get(TREE, &cookie).await;
    assert!(empty.text().contains("Pohon kinerja belum ada") && count(&empty, ".pohon-gambar") == 0);
    assert_eq!(site.get("/rencana/pohon/susun", &cookie).await.status, StatusCode::OK);
    assert_eq!(site.fill(TREE, &cookie, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.potret(2021).await.pohon.len(), whole);
}

#[tokio::test]
async fn two_offices_agree_on_a_link() {
    let site = Site::new().await;
    let own = site.cookie(Peran::Perencana).await;
    let other = site.neighbour().await;
    let asked = [("kondisi", "2.07.03"), ("arah", "keluar"), ("instansi", "kedua"), ("uraian", "Data <lulusan> SMK")];
    // The page of an office without links has no version to see: its form carries the key alone.
    let page = site.get(LINKS, &own).await;
    let pairs: Vec<String> = asked.iter().map(|(k, v)| format!("{k}={}", encode(v))).collect();
    let form = format!("kunci={}&tindakan=usul&{}", value(&page, "#usul input[name=kunci]"), pairs.join("&"));
    for _ in 0..2 {
        let proposed = site.post(LINKS, &own, &form, HERE).await;
        assert_eq!(
            (proposed.status, proposed.header("location")),
            (StatusCode::SEE_OTHER, "/rencana/pohon/silang?tahun=2021&tersimpan=ya")
        );
    }
    let link = site.potret(2021).await.silang;
    assert_eq!((link.len(), link[0].keadaan), (1, KeadaanSilang::Diusulkan), "sent twice, written once");
    let kode = link[0].kode.clone();
    // The other planner is told, and answers.
    let tasks = site.get("/tugas", &other).await.text();
    assert!(tasks.contains("Jawab 1 usulan hubungan dari instansi lain") && tasks.contains("/rencana/pohon/silang?"));
    assert!(!site.get("/tugas", &own).await.text().contains("usulan hubungan"));
    assert!(site.get(TREE, &other).await.text().contains("1 usulan hubungan dari instansi lain menunggu jawaban"));
    let page = site.get(LINKS, &other).await;
    assert!(
        page.text().contains("Data &#60;lulusan&#62; SMK") && page.text().contains("2.07.03 Meningkatnya kualitas")
    );
    let answer = |page: &Answer, what: &str| {
        format!("dilihat={}&kode={}&{what}", value(page, "input[name=dilihat]"), encode(&kode))
    };
    let empty = site.post(LINKS, &other, &answer(&page, "tindakan=tolak&alasan=+"), HERE).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(alert(&empty).contains("alasan: kosong"));
    let yes = site.post(LINKS, &other, &answer(&page, "tindakan=terima&kondisi=2.07.04"), HERE).await;
    assert_eq!(yes.status, StatusCode::SEE_OTHER);
    let agreed = site.get(LINKS, &own).await.text();
    assert!(
        agreed.contains("Diterima")
            && agreed.contains("2.07.04 Pencari kerja ditempatkan")
            && agreed.contains("Dinas Kedua")
    );
    assert!(site.get(&format!("{TREE}&gambar=2"), &own).await.text().contains("didukung Dinas Kedua"));
    assert!(!site.get("/tugas", &other).await.text().contains("usulan hubungan"));
    // Only who proposed takes it back.
    let page = site.get(LINKS, &other).await;
    let not_theirs = site.post(LINKS, &other, &answer(&page, "tindakan=cabut"), HERE).await;
    assert_eq!(not_theirs.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = site.get(LINKS, &own).await;
    assert_eq!(site.post(LINKS, &own, &answer(&page, "tindakan=cabut"), HERE).await.status, StatusCode::SEE_OTHER);
    assert!(site.get(LINKS, &other).await.text().contains("Belum ada hubungan dengan instansi lain."));
}

#[tokio::test]
async fn who_only_looks_sees_links_without_forms() {
    let site = Site::new().await;
    let own = site.cookie(Peran::Perencana).await;
    site.neighbour().await;
    let form = "tindakan=usul&kondisi=S1&arah=masuk&instansi=kedua&uraian=Kuota";
    assert_eq!(site.post(LINKS, &own, form, HERE).await.status, StatusCode::SEE_OTHER);
    let reader = site.sign_in(site.uji.ctx.instansi, "pembaca", "Pembaca", &[Peran::Kepala]).await;
    let page = site.get(LINKS, &reader).await;
    assert!(page.text().contains("mendukung Dinas Kedua") && count(&page, "main form") == 0);
}
