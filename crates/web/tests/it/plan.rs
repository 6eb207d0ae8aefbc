//! Editing the plan through its forms.

use axum::http::StatusCode;
use scraper::{Html, Selector};
use tolok_domain::access::{Hak, Peran};
use tolok_domain::{Dokumen, Indikator, ItemNomenklatur, JenisAngka, Nomenklatur, Periode, Potret, Subjek};

use crate::{Answer, HERE, Site};

/// Pages that only who may change the plan sees.
const EDITORS: [&str; 12] = [
    "/rencana/visi",
    "/rencana/simpul/baru",
    "/rencana/simpul/2.07.03",
    "/rencana/indikator/baru?simpul=S1",
    "/rencana/indikator/iku.2",
    "/dokumen/baru",
    "/unit/baru",
    "/unit/BID.1",
    "/tahun/buka",
    "/rencana/pohon/susun",
    "/rencana/pohon/kondisi/baru",
    "/rencana/pohon/kondisi/2.07.03",
];

/// Pages that everybody sees, with fields only for who may fill them.
const SHOWN: [&str; 5] =
    ["/rencana/target?dokumen=renstra-p", "/rencana/pagu?dokumen=dpa-p", "/dokumen", "/dokumen/dpa-p", "/unit"];

pub fn value(answer: &Answer, query: &str) -> String {
    let page = Html::parse_document(&answer.text());
    let found = page.select(&Selector::parse(query).expect("selector")).next();
    let field = found.unwrap_or_else(|| panic!("{query} is not on the page"));
    match field.value().attr("value") {
        Some(value) => value.to_owned(),
        None => field.text().collect(),
    }
}

pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

/// A form with the version and the key of the page that it stands on.
pub fn form(page: &Answer, fields: &[(&str, &str)]) -> String {
    let mut pairs = vec![
        format!("dilihat={}", value(page, "input[name=dilihat]")),
        format!("kunci={}", value(page, "input[name=kunci]")),
    ];
    pairs.extend(fields.iter().map(|(k, v)| format!("{}={}", encode(k), encode(v))));
    pairs.join("&")
}

impl Site {
    pub async fn potret(&self, tahun: i16) -> Potret {
        self.uji.app.load(&self.uji.ctx.fresh(), tahun).await.expect("loaded").potret.clone()
    }

    /// Opens a page and sends its form.
    pub async fn fill(&self, address: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        let page = self.get(address, cookie).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        self.post(address, cookie, &form(&page, fields), HERE).await
    }
}

pub fn alert(answer: &Answer) -> String {
    let page = Html::parse_document(&answer.text());
    let found = page.select(&Selector::parse("[role=alert]").expect("selector")).next();
    found.map(|e| e.text().collect()).unwrap_or_default()
}

#[tokio::test]
async fn only_who_may_change_the_plan_gets_at_its_forms() {
    let site = Site::new().await;
    for peran in Peran::ALL {
        let cookie = site.cookie(peran).await;
        let may = peran.grants(Hak::UbahRencana);
        for address in EDITORS {
            let status = site.get(address, &cookie).await.status;
            assert_eq!(status, if may { StatusCode::OK } else { StatusCode::FORBIDDEN }, "{peran:?} {address}");
        }
        for address in SHOWN {
            let answer = site.get(address, &cookie).await;
            assert_eq!(answer.status, StatusCode::OK, "{peran:?} {address}");
            let fields = answer.text().contains("method=\"post\" action=\"/rencana/target?")
                && answer.text().contains("name=\"2023:iku.1\"");
            assert_eq!(fields, may && address.contains("target"), "{peran:?} {address}");
        }
        if may {
            continue;
        }
        for address in EDITORS.into_iter().chain([
            "/rencana/target?dokumen=renstra-p",
            "/rencana/pagu?dokumen=dpa-p",
            "/dokumen/iku",
        ]) {
            let status = site.post(address, &cookie, "dilihat=1&nama=x&2023:iku.1=5", HERE).await.status;
            assert_eq!(status, StatusCode::FORBIDDEN, "{peran:?} {address}");
        }
    }
    assert_eq!(site.uji.store().head(&site.uji.ctx).await.expect("head"), 1, "nothing was written");
}

#[tokio::test]
async fn a_past_day_has_no_forms() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let page =
        site.fill("/rencana/visi", &cookie, &[("visi", "Kota berdaya"), ("awal", "2019"), ("akhir", "2023")]).await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    let then = site.get("/rencana?tahun=2021&per=2022-02-01", &cookie).await.text();
    assert!(!then.contains("Kota berdaya") && !then.contains("/rencana/simpul/"), "no link to a change");
    assert!(site.get("/rencana", &cookie).await.text().contains("Kota berdaya"));
    let target = site.get("/rencana/target?tahun=2021&per=2022-02-01", &cookie).await.text();
    assert!(!target.contains("name=\"2023:iku.1\""));
    assert_eq!(site.get("/unit/BID.1?tahun=2021&per=2022-02-01", &cookie).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_node_is_added_changed_moved_and_removed() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let new = "/rencana/simpul/baru?induk=2.07.03";
    let page = site.get(new, &cookie).await;
    assert_eq!(value(&page, "#kode"), "2.07.03.2.", "the beginning of its official code");
    assert_eq!(value(&page, "#jenis option[selected]"), "kegiatan");
    let fields = [("kode", "2.07.03.2,03"), ("induk", "2.07.03"), ("jenis", "kegiatan"), ("nama", "Perizinan LPK")];
    let added = site.fill(new, &cookie, &fields).await;
    assert_eq!((added.status, added.header("location")), (StatusCode::SEE_OTHER, "/rencana/simpul/2.07.03?tahun=2021"));
    let kode = "/rencana/simpul/2.07.03.2.03";
    let more = [("kode", "2.07.03.2.03"), ("induk", "2.07.03"), ("jenis", "kegiatan"), ("nama", "Perizinan Lembaga")];
    assert_eq!(site.fill(kode, &cookie, &more).await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.fill(kode, &cookie, &[("tindakan", "naik")]).await.status, StatusCode::SEE_OTHER);
    let potret = site.potret(2021).await;
    let children: Vec<_> = potret.children(Some("2.07.03")).map(|s| s.nama.as_str()).collect();
    assert_eq!(children[3], "Perizinan Lembaga");
    assert_eq!(site.fill(kode, &cookie, &[("tindakan", "hapus")]).await.status, StatusCode::SEE_OTHER);
    let kept = site.fill("/rencana/simpul/2.07.03", &cookie, &[("tindakan", "hapus")]).await;
    assert_eq!(kept.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(alert(&kept).contains("4 simpul di bawahnya"), "{}", alert(&kept));
    assert!(value(&kept, "#nama").contains("PELATIHAN"), "the form is as it is stored");
}

#[tokio::test]
async fn what_is_refused_is_given_back() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let fields = [("kode", "S 9"), ("induk", "T1"), ("jenis", "sasaran"), ("nama", "Sasaran <baru>"), ("urusan", "X")];
    let refused = site.fill("/rencana/simpul/baru?induk=T1", &cookie, &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(alert(&refused).contains("kode: \"S 9\" bukan kode"), "{}", alert(&refused));
    assert_eq!((value(&refused, "#kode"), value(&refused, "#nama")), ("S 9".to_owned(), "Sasaran <baru>".to_owned()));
    assert_eq!(value(&refused, "#induk option[selected]"), "T1");
    let indicator = [
        ("kode", "x"),
        ("simpul", "S1"),
        ("nama", ""),
        ("tipe", "persen"),
        ("arah", "minimal_terburuk"),
        ("terburuk", "12,5"),
        ("akumulasi", "terakhir"),
        ("definisi", "Apa adanya"),
    ];
    let refused = site.fill("/rencana/indikator/baru?simpul=S1", &cookie, &indicator).await;
    assert!(alert(&refused).contains("nama: kosong"), "{}", alert(&refused));
    assert_eq!(
        (value(&refused, "#definisi"), value(&refused, "#terburuk")),
        ("Apa adanya".to_owned(), "12,5".to_owned())
    );
    assert_eq!(value(&refused, "#arah option[selected]"), "minimal_terburuk");
}

#[tokio::test]
async fn two_who_change_the_same_node_see_both() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let address = "/rencana/simpul/S1";
    let page = site.get(address, &cookie).await;
    let fields = |nama: &'static str| {
        [
            ("kode", "S1"),
            ("induk", "T1"),
            ("jenis", "sasaran"),
            ("nama", nama),
            ("unit", "KD"),
            ("urusan", "Tenaga Kerja"),
        ]
    };
    site.fill(address, &cookie, &fields("Kata rekan")).await;
    let late = site.post(address, &cookie, &form(&page, &fields("Kata saya")), HERE).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let told = alert(&late);
    assert!(told.contains("Tersimpan sekarang: Kata rekan") && told.contains("Isian Anda: Kata saya"), "{told}");
    assert_eq!(value(&late, "#nama"), "Kata saya");
    let again = site.post(address, &cookie, &form(&late, &fields("Kata saya")), HERE).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER);
    assert_eq!(site.potret(2021).await.node("S1").map(|s| s.nama.clone()).as_deref(), Some("Kata saya"));
    let twice = site.post(address, &cookie, &form(&late, &fields("Kata saya")), HERE).await;
    assert_eq!(twice.status, StatusCode::SEE_OTHER, "the same form once more is no conflict");
}

fn fields_of(i: &Indikator) -> Vec<(&'static str, String)> {
    use tolok_domain::sheet::{Lembar, Rekam};
    let columns = Lembar::find("indikator").expect("sheet").kolom.iter().map(|k| k.nama);
    columns.zip(i.cells()).filter(|(k, _)| !["berakhir", "penerus"].contains(k)).collect()
}

#[tokio::test]
async fn an_indicator_is_renamed_with_its_documents_and_retired() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let address = "/rencana/indikator/iku.3";
    let page = site.get(address, &cookie).await;
    assert!(value(&page, "input[name=lepas]") == "renja" && value(&page, "input[name=tetap][checked]") == "renstra");
    let stored = site.potret(2021).await.indicator("iku.3").expect("indicator").clone();
    let mut fields = fields_of(&stored);
    fields.iter_mut().filter(|(k, _)| *k == "nama").for_each(|(_, v)| "Tingkat Kesempatan Kerja".clone_into(v));
    let mut pairs: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    pairs.extend([("tetap", "renstra"), ("tetap", "iku"), ("lepas", "renja")]);
    let saved = site.post(address, &cookie, &form(&page, &pairs), HERE).await;
    assert_eq!((saved.status, saved.header("location")), (StatusCode::SEE_OTHER, "/indikator/iku.3?tahun=2021"));
    let potret = site.potret(2021).await;
    let renamed = potret.indicator("iku.3").expect("indicator");
    let worded: Vec<_> = potret.sebutan.iter().filter(|s| s.indikator == "iku.3").map(|s| s.dokumen.as_str()).collect();
    assert_eq!((renamed.nama.as_str(), worded), ("Tingkat Kesempatan Kerja", vec!["renstra", "iku"]));
    let target = site.get("/rencana/target?dokumen=renstra", &cookie).await.text();
    assert!(target.contains("Persentase Kesempatan Kerja") && !target.contains("Tingkat Kesempatan Kerja"));

    let ended =
        site.fill(address, &cookie, &[("tindakan", "akhiri"), ("berakhir", "2021"), ("penerus", "iku.2")]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    let text = site.get("/indikator/iku.3", &cookie).await.text();
    assert!(text.contains("dihitung sampai dengan tahun 2021") && text.contains("href=\"/indikator/iku.2\""));
    assert!(site.get("/indikator/iku.2", &cookie).await.text().contains("Menggantikan"));
    let refused = site.fill(address, &cookie, &[("tindakan", "akhiri"), ("berakhir", "tahun depan")]).await;
    assert!(alert(&refused).contains("\"tahun depan\" bukan tahun"), "{}", alert(&refused));
    assert_eq!(value(&refused, "#berakhir"), "tahun depan");
}

#[tokio::test]
async fn a_formula_is_tried_before_it_is_saved() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let stored = site.potret(2021).await.indicator("iku.2").expect("indicator").clone();
    let tried = |rumus: &'static str| {
        let mut fields = fields_of(&stored);
        fields.iter_mut().filter(|(k, _)| *k == "rumus").for_each(|(_, v)| rumus.clone_into(v));
        fields.push(("tindakan", "periksa".to_owned()));
        fields
    };
    for (rumus, part) in [
        ("pelatihan_mandiri / pelatihan_peserta * 50 %", "61 / 61 = 1"),
        ("lulus / peserta", "lulus: belum ada data"),
        ("lulus / (peserta", "huruf ke-"),
    ] {
        let fields = tried(rumus);
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let answer = site.fill("/rencana/indikator/iku.2", &cookie, &pairs).await;
        assert_eq!(answer.status, StatusCode::OK, "{rumus}");
        let shown = value(&answer, "#hitungan");
        assert!(shown.contains(part), "{rumus}: {shown}");
        assert_eq!(value(&answer, "#rumus"), rumus);
    }
    let new =
        site.fill("/rencana/indikator/baru?simpul=S1", &cookie, &[("tindakan", "periksa"), ("rumus", "a / b")]).await;
    assert!(value(&new, "#hitungan").contains("Variabel: a, b"), "{}", value(&new, "#hitungan"));
    assert_eq!(site.uji.store().head(&site.uji.ctx).await.expect("head"), 1, "nothing was written");
}

fn target(potret: &Potret, kode: &str, dokumen: &str, tahun: i16) -> Option<String> {
    let jenis = JenisAngka::Target { dokumen: dokumen.to_owned() };
    let figure = potret.figure(&Subjek::Indikator(kode.to_owned()), &jenis, Periode::Tahun(tahun));
    figure.map(|a| a.nilai.to_string())
}

#[tokio::test]
async fn a_grid_of_targets_is_saved_as_a_whole_or_not_at_all() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let address = "/rencana/target?tahun=2021&dokumen=renstra-p";
    let page = site.get(address, &cookie).await;
    assert_eq!(value(&page, "input[name='2023:iku.1']"), "8,96");
    assert!(page.text().contains("2018 (awal)") && page.text().contains("2023 (akhir)"));
    assert!(!page.text().contains("name=\"2023:2.07.03.2.01.i1\""), "a Renstra usually stops at programmes");
    assert!(site.get(&format!("{address}&semua=ya"), &cookie).await.text().contains("name=\"2023:2.07.03.2.01.i1\""));
    let refused = site
        .fill(address, &cookie, &[("2023:iku.1", "8,5"), ("2023:iku.3", "71,366,000"), ("2022:iku.2", "100")])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(alert(&refused).contains("iku.3 Persentase Kesempatan Kerja, 2023: \"71,366,000\""), "{}", alert(&refused));
    assert_eq!(value(&refused, "input[name='2023:iku.1']"), "8,5", "nothing typed is lost");
    assert_eq!(value(&refused, "input[name='2023:iku.3'][aria-invalid]"), "71,366,000");
    assert_eq!(target(&site.potret(2021).await, "iku.1", "renstra-p", 2023).as_deref(), Some("8,96"));
    let saved = site.fill(address, &cookie, &[("2023:iku.1", "8,5"), ("2022:iku.2", "")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    assert!(site.get(saved.header("location"), &cookie).await.text().contains("Tersimpan."));
    let potret = site.potret(2021).await;
    assert_eq!(target(&potret, "iku.1", "renstra-p", 2023).as_deref(), Some("8,5"));
    assert_eq!(target(&potret, "iku.2", "renstra-p", 2022), None);
    let late = site.post(address, &cookie, &form(&page, &[("2023:iku.1", "8,4")]), HERE).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(alert(&late).contains("sudah diubah menjadi 8,5"), "{}", alert(&late));
    let meant = site.post(address, &cookie, &form(&late, &[("2023:iku.1", "8,4")]), HERE).await;
    assert_eq!(meant.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_ceiling_that_differs_from_its_parts_is_marked() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let address = "/rencana/pagu?tahun=2021&dokumen=dpa-p";
    assert!(!site.get(address, &cookie).await.text().contains("class=\"p beda\""));
    // 586.995.500 + 92.920.000 + 60.370.000 + 91.746.000 stand below it.
    let saved = site.fill(address, &cookie, &[("2021:2.07.03", "832.031.501")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    let text = site.get(address, &cookie).await.text();
    let row = text.split("data-kode=\"2.07.03\"").nth(1).and_then(|rest| rest.split("</tr>").next()).expect("row");
    assert!(text.contains("class=\"p beda\"") && row.contains("832.031.500") && row.contains(">1<"), "{row}");
    let years = site.get("/rencana/pagu?dokumen=renstra-p&periode=2023", &cookie).await.text();
    assert!(years.contains("name=\"2023:2.07.03\"") && years.contains("periode=2019"));
}

#[tokio::test]
async fn documents_are_added_decreed_and_revised() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    assert!(site.get("/dokumen", &cookie).await.text().contains("Nomor dan tanggal keputusan belum diisi"));
    let decree = [
        ("kode", "iku"),
        ("jenis", "iku"),
        ("versi", "0"),
        ("judul", "Keputusan IKU"),
        ("nomor", "800/1"),
        ("tanggal", "2021-01-04"),
    ];
    assert_eq!(site.fill("/dokumen/iku", &cookie, &decree).await.status, StatusCode::SEE_OTHER);
    let list = site.get("/dokumen", &cookie).await.text();
    assert!(!list.contains("Nomor dan tanggal keputusan belum diisi") && list.contains("4 Januari 2021"));
    assert!(list.contains("Dokumen tahun sebelumnya (2)"));

    let new = site
        .fill(
            "/dokumen/baru",
            &cookie,
            &[("kode", "dpa-2021"), ("jenis", "dpa"), ("versi", "0"), ("judul", "DPA 2021")],
        )
        .await;
    assert_eq!((new.status, new.header("location")), (StatusCode::SEE_OTHER, "/dokumen/dpa-2021?tahun=2021"));

    let page = site.get("/dokumen/renstra-p", &cookie).await;
    assert_eq!(value(&page, "#dengan option[selected]"), "renstra", "the version before");
    let page = page.text();
    // Kondisi akhir of iku.1: 7,93 before, 8,96 after the change.
    assert!(page.contains("7,93") && page.contains("8,96") && page.contains("+1,03"));
    let refused = site
        .fill(
            "/dokumen/renstra-p",
            &cookie,
            &[("tindakan", "revisi"), ("judul", "Renstra P2"), ("tanggal", "2021-08-02")],
        )
        .await;
    assert!(alert(&refused).contains("alasan: kosong"), "{}", alert(&refused));
    assert_eq!(
        (value(&refused, "#r-judul"), value(&refused, "#r-tanggal")),
        ("Renstra P2".to_owned(), "2021-08-02".to_owned())
    );
    let fields =
        [("tindakan", "revisi"), ("judul", "Renstra P2"), ("tanggal", "2021-08-02"), ("alasan", "RPJMD berubah")];
    let revised = site.fill("/dokumen/renstra-p", &cookie, &fields).await;
    assert_eq!(revised.header("location"), "/dokumen/renstra-p2?tahun=2021");
    assert!(site.get("/dokumen/renstra-p2", &cookie).await.text().contains("Tidak ada perbedaan"));
    assert!(site.get("/dokumen/renstra-p2?dengan=renstra", &cookie).await.text().contains("+1,03"));
    let potret = site.potret(2021).await;
    let kept: Vec<&Dokumen> = potret.dokumen.iter().filter(|d| d.kode.starts_with("renstra")).collect();
    assert_eq!(kept.len(), 3, "the versions before stay");
}

#[tokio::test]
async fn units_are_kept() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let fields = [("kode", "BID.1.d"), ("induk", "BID.1"), ("jenis", "seksi"), ("nama", "Seksi Sertifikasi")];
    assert_eq!(site.fill("/unit/baru?induk=BID.1", &cookie, &fields).await.status, StatusCode::SEE_OTHER);
    let refused =
        site.fill("/unit/BID.4", &cookie, &[("tindakan", "akhiri"), ("berakhir", "2021-06-30"), ("penerus", "")]).await;
    assert!(alert(&refused).contains("pilih unit penerusnya"), "{}", alert(&refused));
    assert_eq!(value(&refused, "#berakhir"), "2021-06-30");
    let ended = site
        .fill("/unit/BID.4", &cookie, &[("tindakan", "akhiri"), ("berakhir", "2021-06-30"), ("penerus", "BID.2")])
        .await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    let text = site.get("/unit", &cookie).await.text();
    assert!(text.contains("Seksi Sertifikasi") && text.contains("sampai 30 Juni 2021"));
}

#[tokio::test]
async fn a_year_is_opened() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let page = site.get("/tahun/buka", &cookie).await;
    assert_eq!(value(&page, "#ke"), "2022");
    assert!(page.text().contains("Perjanjian Kinerja 2022"));
    // This form is filled from nothing that somebody else could change.
    let sent = format!("kunci={}&ke=2022", value(&page, "input[name=kunci]"));
    let address = "/tahun/buka?tahun=2021";
    let opened = site.post(address, &cookie, &sent, HERE).await;
    assert_eq!((opened.status, opened.header("location")), (StatusCode::SEE_OTHER, "/rencana?tahun=2022"));
    assert_eq!(site.post(address, &cookie, &sent, HERE).await.status, StatusCode::SEE_OTHER, "sent twice");
    for address in
        ["/", "/rencana", "/pengukuran", "/anggaran", "/laporan", "/laporan/lihat", "/dokumen", "/rencana/target"]
    {
        let answer = site.get(&format!("{address}?tahun=2022"), &cookie).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
    }
    let other = sent.replace("kunci=", "kunci=lain");
    let refused = site.post(address, &cookie, &other, HERE).await;
    assert!(alert(&refused).contains("tahun 2022 sudah dibuka"), "{}", alert(&refused));
}

/// A list of 2021 with two codes below a programme that the office has, one of them new, and the support programme.
async fn load_list(site: &Site) {
    let item = |kode: &str, nama: &str, indikator: &str, satuan: &str| ItemNomenklatur {
        kode: kode.parse().expect("code"),
        nama: nama.to_owned(),
        kinerja: String::new(),
        indikator: indikator.to_owned(),
        satuan: satuan.to_owned(),
    };
    let list = Nomenklatur {
        tahun: 2021,
        nama: "Kepmendagri 050-5889/2021".to_owned(),
        item: vec![
            item("2.07.02", "PROGRAM PERENCANAAN TENAGA KERJA", "", ""),
            item("2.07.03.2.01", "Pelaksanaan Pelatihan Berbasis Unit Kompetensi", "", ""),
            item("2.07.03.2.03", "Perizinan & Pendaftaran \"LPK\"", "", ""),
            item("2.07.03.2.01.02", "Koordinasi Lintas Lembaga", "Jumlah laporan koordinasi", "Dokumen"),
            item("X.XX.01.2.10", "Peningkatan Pelayanan BLUD", "", ""),
        ],
    };
    site.uji.app.import_nomenklatur(&site.uji.ctx, &list).await.expect("loaded");
}

#[tokio::test]
async fn a_code_is_taken_over_from_the_official_list() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let under = "/rencana/simpul/baru?induk=2.07.03";
    assert!(!site.get(under, &cookie).await.text().contains("Dari nomenklatur"), "there is no list yet");
    load_list(&site).await;
    let links = async |address: &str| {
        let page = Html::parse_document(&site.get(address, &cookie).await.text());
        let query = Selector::parse("#j-nomenklatur ~ ul a").expect("selector");
        page.select(&query).filter_map(|a| a.value().attr("href").map(str::to_owned)).collect::<Vec<_>>()
    };
    let offered = links(under).await;
    assert_eq!(offered.len(), 1, "what continues the parent's code and is not in the tree yet: {offered:?}");
    let taken = site.get(&offered[0], &cookie).await;
    assert_eq!(value(&taken, "#kode"), "2.07.03.2.03");
    assert_eq!(value(&taken, "#nama"), "Perizinan & Pendaftaran \"LPK\"");
    assert_eq!(links("/rencana/simpul/baru?induk=S1&jenis=program").await.len(), 0, "nothing is looked for yet");
    assert_eq!(links("/rencana/simpul/baru?induk=S1&jenis=program&cari=perencanaan").await.len(), 1);
    let support = links("/rencana/simpul/baru?induk=2.07.01").await;
    assert!(support.iter().any(|a| a.contains("kode=2.07.01.2.10")), "in the office's own bidang: {support:?}");
    assert_eq!(links("/rencana/simpul/baru?induk=T1").await.len(), 0, "a goal has no official code");

    let sub =
        [("kode", "2.07.03.2.01.02"), ("induk", "2.07.03.2.01"), ("jenis", "sub_kegiatan"), ("nama", "Koordinasi")];
    assert_eq!(site.fill(under, &cookie, &sub).await.status, StatusCode::SEE_OTHER);
    let indicator = site.get("/rencana/indikator/baru?simpul=2.07.03.2.01.02", &cookie).await;
    assert_eq!(
        (value(&indicator, "#nama"), value(&indicator, "#satuan")),
        ("Jumlah laporan koordinasi".to_owned(), "Dokumen".to_owned())
    );
    assert_eq!(value(&indicator, "#akumulasi option[selected]"), "jumlah");
}

#[tokio::test]
async fn addresses_of_nothing_are_not_found() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    for address in [
        "/rencana/simpul/S99",
        "/rencana/indikator/iku.99",
        "/rencana/target?dokumen=tidak-ada",
        "/rencana/pagu?dokumen=tidak-ada",
        "/dokumen/tidak-ada",
        "/dokumen/iku?dengan=tidak-ada",
        "/unit/tidak-ada",
    ] {
        assert_eq!(site.get(address, &cookie).await.status, StatusCode::NOT_FOUND, "{address}");
    }
}
