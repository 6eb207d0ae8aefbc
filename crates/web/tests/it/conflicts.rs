//! What goes wrong between people and in the middle of work: each case has an outcome, listed in docs/konflik.md.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use scraper::{Html, Selector};
use serde_json::Value;
use tolok_app::{Ctx, Dilihat, HasilSel, IsianAngka, Peminta, SelIsian};
use tolok_domain::Nilai;
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::figure::Keadaan;
use tolok_domain::sheet::Rekam;
use tolok_domain::{Periode, Petak, ukur};

use crate::{Answer, CHANGE, HERE, PASSWORD, Site};

const GRID: &str = "/isi?tahun=2021&tw=4";
/// The place that [`CHANGE`] is about.
const PLACE: &str = "i/2.07.05.i1//2021";
const EVIDENCE: &str = "/isi/bukti?tahun=2021&petak=i/2.07.05.i1//2021";

/// A text as a form sends it.
fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
        .collect()
}

fn form(fields: &[(String, String)]) -> String {
    fields.iter().map(|(name, text)| format!("{}={}", encode(name), encode(text))).collect::<Vec<_>>().join("&")
}

/// The value of an input of a page.
fn input(page: &Answer, name: &str) -> String {
    let page = Html::parse_document(&page.text());
    let query = Selector::parse(&format!("input[name='{name}']")).expect("selector");
    let found = page.select(&query).next().unwrap_or_else(|| panic!("no field {name}"));
    found.value().attr("value").unwrap_or_default().to_owned()
}

/// The row of the grid for a place, as text.
fn row(page: &Answer, place: &str) -> String {
    let page = Html::parse_document(&page.text());
    let query = Selector::parse(&format!("tr[data-petak='{place}']")).expect("selector");
    page.select(&query).next().map(|row| row.text().collect::<Vec<_>>().join(" ")).unwrap_or_default()
}

/// What somebody sends who typed that value into the grid as he saw it.
fn typed(page: &Answer, place: &str, nilai: &str, ket: &str, kunci: &str) -> Vec<(String, String)> {
    vec![
        ("kunci".to_owned(), kunci.to_owned()),
        (format!("nilai:{place}"), nilai.to_owned()),
        (format!("ket:{place}"), ket.to_owned()),
        (format!("lihat:{place}"), input(page, &format!("lihat:{place}"))),
    ]
}

impl Site {
    /// The same request as the grid's script sends it.
    async fn script(&self, address: &str, cookie: &str, form: &str) -> (StatusCode, Value) {
        let request = Request::builder()
            .method(Method::POST)
            .uri(address)
            .header(header::HOST, "tolok.test")
            .header(header::COOKIE, cookie)
            .header(header::ORIGIN, HERE)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(form.to_owned()));
        let answer = self.send(request.expect("request")).await;
        (answer.status, serde_json::from_slice(&answer.body).unwrap_or(Value::Null))
    }

    async fn head(&self) -> i64 {
        self.uji.store().head(&self.uji.ctx).await.expect("head")
    }

    /// Somebody with every role, now.
    fn anybody(&self) -> Ctx {
        let waktu = jiff::Timestamp::now().as_microsecond();
        Ctx { waktu, versi: None, ..self.uji.with_roles(&Peran::ALL) }
    }
}

#[tokio::test]
async fn two_editors_of_a_figure_see_both_values() {
    let site = Site::new().await;
    let (first, second) = (site.cookie(Peran::Perencana).await, site.cookie(Peran::Pengisi).await);
    let (page, other) = (site.get(GRID, &first).await, site.get(GRID, &second).await);
    let saved = site.post(GRID, &first, &form(&typed(&page, PLACE, "36,6", "", "a")), HERE).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    // The script is told what stands there, and gets the mark with which "use mine" is sent.
    let late = typed(&other, PLACE, "36,7", "", "b");
    let (status, answer) = site.script(GRID, &second, &form(&late)).await;
    assert_eq!(status, StatusCode::CONFLICT);
    let refused = &answer["ditolak"][0];
    assert_eq!((refused["petak"].as_str(), refused["tersimpan"].as_str()), (Some(PLACE), Some("36,6")));
    assert!(refused["pesan"].as_str().is_some_and(|m| m.contains("sudah diubah perencana menjadi 36,6")), "{refused}");
    assert!(refused["lihat"].as_str().is_some_and(|mark| mark.len() > 30));
    // The page too, with what was typed still in its field.
    let page = site.post(GRID, &second, &form(&late), HERE).await;
    assert_eq!((page.status, input(&page, &format!("nilai:{PLACE}")).as_str()), (StatusCode::CONFLICT, "36,7"));
    let before = site.stored().await;
    assert_eq!(before.nilai.to_string(), "36,6");
    let saved = site.post(GRID, &second, &form(&typed(&page, PLACE, "36,7", "", "c")), HERE).await;
    assert_eq!((saved.status, site.stored().await.nilai.to_string().as_str()), (StatusCode::SEE_OTHER, "36,7"));
    let history = site.uji.app.figure_history(&site.uji.ctx.fresh(), &before.subjek, 2021).await.expect("history");
    let steps = history.iter().flat_map(|h| &h.langkah);
    let theirs = |nilai: &Option<Nilai>| nilai.as_ref().is_some_and(|n| n.to_string() == "36,6");
    assert!(steps.into_iter().any(|l| theirs(&l.dari)), "and the other's value is in the history");
}

#[tokio::test]
async fn a_figure_that_was_locked_meanwhile_keeps_its_value_and_tells_what_was_typed() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Pengisi).await;
    let page = site.get(GRID, &cookie).await;
    let before = site.stored().await;
    site.uji.app.lock_period(&site.anybody(), 2021, Periode::Tahun(2021)).await.expect("locked");
    let late = form(&typed(&page, PLACE, "99,9", "rekap akhir", "a"));
    let (status, answer) = site.script(GRID, &cookie, &late).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let told = answer["ditolak"][0]["pesan"].as_str().unwrap_or_default().to_owned();
    assert!(told.contains("2021 sudah dikunci; minta pembukaan kunci"), "{told}");
    let page = site.post(GRID, &cookie, &late, HERE).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    let row = row(&page, PLACE);
    assert!(row.contains(&before.nilai.to_string()), "{row}");
    assert!(row.contains("Isian Anda yang tidak tersimpan: 99,9 rekap akhir"), "{row}");
    assert_eq!(site.stored().await.id, before.id);
}

#[tokio::test]
async fn what_is_sent_twice_is_done_once() {
    let site = Site::new().await;
    let (filler, verifier) = (site.cookie(Peran::Pengisi).await, site.cookie(Peran::Verifikator).await);
    let page = site.get(GRID, &filler).await;
    // A double click: both are answered alike, one entry is written. The same holds for each step after it.
    let twice = async |address: &str, cookie: &str, form: &str| {
        let before = site.head().await;
        let first = site.post(address, cookie, form, HERE).await;
        let second = site.post(address, cookie, form, HERE).await;
        assert_eq!((first.status, second.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER), "{address}");
        assert_eq!(site.head().await, before + 1, "{address}");
        (first.header("location").to_owned(), second.header("location").to_owned())
    };
    twice(GRID, &filler, &form(&typed(&page, PLACE, "36,6", "", "k1"))).await;
    let dilihat = site.stored().await.id.to_string();
    let fields = [("dilihat", dilihat.as_str()), ("kunci", "k2")];
    let before = site.head().await;
    for _ in 0..2 {
        let added = site.send_form(EVIDENCE, &filler, &fields, &[("berkas", "rekap.pdf", b"%PDF-1.7\n")]).await;
        assert_eq!(added.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(site.head().await, before + 1);
    let (first, second) = twice("/isi/ajukan?tahun=2021&tw=4", &filler, "kunci=k3").await;
    assert_eq!(first, second, "and both say how many were handed in");
    let angka = site.stored().await;
    assert_eq!(angka.keadaan, Keadaan::Diajukan);
    let decision = [
        ("kunci".to_owned(), "k4".to_owned()),
        (format!("pilih:{PLACE}"), "verifikasi".to_owned()),
        (format!("lihat:{PLACE}"), angka.id.to_string()),
    ];
    twice("/verifikasi?tahun=2021&tw=4", &verifier, &form(&decision)).await;
    assert_eq!(site.stored().await.keadaan, Keadaan::Diverifikasi);
}

#[tokio::test]
async fn a_file_with_a_false_type_is_no_evidence() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Pengisi).await;
    let before = site.stored().await;
    let dilihat = before.id.to_string();
    let fields = [("dilihat", dilihat.as_str()), ("kunci", "k"), ("halaman", "12"), ("keterangan", "rekap <TW IV>")];
    let program: &[u8] = b"MZ\x90\x00\x03\x00\x00\x00";
    let page = b"<!doctype html><script>alert(1)</script>".as_slice();
    let answer = site
        .send_form(
            EVIDENCE,
            &cookie,
            &fields,
            &[("berkas", "hadir.pdf", program), ("berkas", "daftar.pdf", b"%PDF-1.7\n")],
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("hadir.pdf: jenis isi berkas ini tidak diterima sebagai bukti"));
    assert_eq!(
        (input(&answer, "halaman"), input(&answer, "keterangan")),
        ("12".to_owned(), "rekap <TW IV>".to_owned())
    );
    assert_eq!(site.stored().await.id, before.id, "nor is the good one beside it taken");
    // A page that calls itself a PDF is text: it is shown as text, in a sandbox, whatever it holds.
    let refused = site.send_form(EVIDENCE, &cookie, &fields, &[("berkas", "halaman.pdf", page)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
    let text = site.send_form(EVIDENCE, &cookie, &fields, &[("berkas", "catatan.pdf", b"28 orang <b>hadir</b>")]).await;
    assert_eq!(text.status, StatusCode::SEE_OTHER);
    let angka = site.stored().await;
    let mark = angka.bukti.last().expect("evidence").split('#').next().unwrap_or_default().to_owned();
    let shown = site.get(&format!("/bukti/{mark}/lihat?tahun=2021"), &cookie).await;
    assert_eq!(shown.header("content-type"), "text/plain; charset=utf-8");
    assert_eq!(shown.header("x-content-type-options"), "nosniff");
    let policy = shown.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'") && policy.ends_with("sandbox"), "{policy}");
}

/// A block of fifteen rows with words among the numbers, as it comes from a sheet with headings in it.
#[tokio::test]
async fn a_block_with_text_among_numbers_is_refused_whole_and_cell_by_cell() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Perencana).await;
    let page = site.get(GRID, &cookie).await;
    let html = Html::parse_document(&page.text());
    let query = Selector::parse("tr[data-petak] input[name^='nilai:']").expect("selector");
    let filled = html.select(&query).filter_map(|field| {
        let place = field.value().attr("name")?.strip_prefix("nilai:")?.to_owned();
        let text = field.value().attr("value")?.to_owned();
        // Numbers alone: a grade is text by right.
        text.chars()
            .all(|c| c.is_ascii_digit() || ".,".contains(c))
            .then_some((place, text))
            .filter(|(_, t)| !t.is_empty())
    });
    let block: Vec<(String, String)> = filled.take(15).collect();
    assert_eq!(block.len(), 15, "{block:?}");
    let wrong = [(2, "dua puluh"), (7, "lihat lampiran"), (14, "Jumlah")];
    let sent = |faults: &[(usize, &str)], more: &[(&str, &str)]| {
        let mut fields: Vec<(String, String)> = more.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        for (n, (place, text)) in block.iter().enumerate() {
            let nilai = faults.iter().find(|(at, _)| *at == n).map_or(text.as_str(), |(_, word)| word);
            fields.extend(typed(&page, place, nilai, "ditempel dari Excel", "").into_iter().skip(1));
        }
        form(&fields)
    };
    let before = site.head().await;
    for more in [vec![("pratinjau", "ya")], vec![("kunci", "k1")]] {
        let (status, answer) = site.script(GRID, &cookie, &sent(&wrong, &more)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        let refused = answer["ditolak"].as_array().cloned().unwrap_or_default();
        assert_eq!(refused.len(), wrong.len(), "{answer}");
        for (at, word) in wrong {
            let told = refused.iter().find(|r| r["petak"].as_str() == Some(&block[at].0)).expect("named");
            assert!(told["pesan"].as_str().is_some_and(|m| m.contains(word)), "{told}");
        }
        assert_eq!(answer["tersimpan"].as_array().map(Vec::len), Some(0));
    }
    assert_eq!(site.head().await, before, "nothing was written");
    let (status, answer) = site.script(GRID, &cookie, &sent(&[], &[("kunci", "k2")])).await;
    assert_eq!((status, answer["tersimpan"].as_array().map(Vec::len)), (StatusCode::OK, Some(15)));
    assert_eq!(site.head().await, before + 1, "all as one entry");
}

#[tokio::test]
async fn a_session_that_ends_in_the_middle_of_a_grid_loses_nothing() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Pengisi).await;
    let page = site.get(GRID, &cookie).await;
    let entry = form(&typed(&page, PLACE, "36,9", "\"rekap\" & <akhir>", "k"));
    site.post("/keluar", &cookie, "", HERE).await;
    // The script is told, and keeps what was typed in the browser.
    let (status, answer) = site.script(GRID, &cookie, &entry).await;
    assert_eq!((status, answer), (StatusCode::UNAUTHORIZED, Value::Null));
    // Without script the answer is the form itself, to be sent again.
    let kept = site.post(GRID, &cookie, &entry, HERE).await;
    assert_eq!(kept.status, StatusCode::UNAUTHORIZED);
    assert_eq!(input(&kept, &format!("nilai:{PLACE}")), "36,9");
    assert_eq!(input(&kept, &format!("ket:{PLACE}")), "\"rekap\" & <akhir>");
    let html = Html::parse_document(&kept.text());
    let again = html.select(&Selector::parse("form").expect("selector")).next().and_then(|f| f.value().attr("action"));
    assert_eq!(again, Some(GRID));
    let now = jiff::Timestamp::now().as_microsecond();
    let masuk = site.uji.app.sign_in("pengisi", PASSWORD, &Peminta::default(), now).await.expect("answer").expect("in");
    let saved = site.post(GRID, &format!("tolok={}", masuk.rahasia), &entry, HERE).await;
    assert_eq!((saved.status, site.stored().await.nilai.to_string().as_str()), (StatusCode::SEE_OTHER, "36,9"));
    // Passwords are given back to nobody.
    let secret = site.post("/saya", &cookie, "aksi=sandi&lama=rahasia&sandi=rahasia", HERE).await;
    assert_eq!(secret.status, StatusCode::SEE_OTHER);
    assert!(!secret.text().contains("rahasia"));
}

#[tokio::test]
async fn a_unit_without_head_is_named_and_works_on() {
    let site = Site::new().await;
    let potret = site.uji.app.load(&site.uji.ctx, 2021).await.expect("loaded").potret.clone();
    let place: Petak = PLACE.parse().expect("place");
    let unit = potret.unit(place.unit(&potret).expect("a unit answers for it")).expect("listed").clone();
    let planner = site.anybody();
    let dilihat = Dilihat { tahun: 2021, versi: site.head().await };
    let nobody = tolok_domain::plan::Unit { pejabat: String::new(), ..unit.clone() };
    site.uji.app.change_unit(&planner, dilihat, &unit.kode, &nobody.cells()).await.expect("changed");
    let board = site.get("/verifikasi?tahun=2021&tw=4", &site.cookie(Peran::Verifikator).await).await.text();
    let board = Html::parse_document(&board);
    let rows = Selector::parse("tr").expect("selector");
    let of_unit = board.select(&rows).map(|r| r.text().collect::<String>()).find(|text| text.contains(&unit.nama));
    assert!(of_unit.as_deref().is_some_and(|text| text.contains("tanpa pejabat")), "{of_unit:?}");
    // Its figures are still entered and handed in, by whoever has the role for the unit.
    let tugas = [Penugasan { peran: Peran::Pengisi, unit: Some(unit.kode.clone()) }];
    let now = jiff::Timestamp::now().as_microsecond();
    let office = site.uji.ctx.instansi;
    site.uji.app.create_account(office, "seksi", "Seksi", PASSWORD, &tugas, now).await.expect("account");
    let masuk = site.uji.app.sign_in("seksi", PASSWORD, &Peminta::default(), now).await.expect("answer").expect("in");
    let cookie = format!("tolok={}", masuk.rahasia);
    let page = site.get(GRID, &cookie).await;
    let saved = site.post(GRID, &cookie, &form(&typed(&page, PLACE, "36,8", "", "k")), HERE).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER);
    site.post("/isi/ajukan?tahun=2021&tw=4", &cookie, "kunci=k2", HERE).await;
    assert_eq!(site.stored().await.keadaan, Keadaan::Diajukan);
}

#[tokio::test]
async fn an_office_that_is_merged_in_mid_year_hands_its_work_on() {
    let site = Site::new().await;
    let planner = site.cookie(Peran::Perencana).await;
    let heir = site.neighbour().await;
    let old = "/o/disnakertrans-serang";
    assert_eq!(site.get(&format!("{old}/isi?tahun=2021&tw=1"), &heir).await.status, StatusCode::FORBIDDEN);
    // Something that is asked for every quarter; all else of the example is by year.
    let quarterly = IsianAngka {
        petak: Petak::realisation("2.07.04.2.03.03.i1", None, Periode::Triwulan(2021, 1)),
        nilai: String::new(),
        keterangan: "kegiatan dimulai April".to_owned(),
        bukti: None,
        dilihat: None,
    };
    site.uji.app.save_figures(&site.anybody(), 2021, &[quarterly]).await.expect("told");
    let merge = async |berakhir: &str, penerus: &str| {
        let form = format!("aksi=akhiri&berakhir={berakhir}&penerus={penerus}&dilihat={}", site.head().await);
        site.post("/rencana/visi?tahun=2021", &planner, &form, HERE).await
    };
    let wrong = [
        ("kemarin", "kedua", "bukan tanggal"),
        ("", "kedua", "isi juga tanggal"),
        ("2021-08-15", "x", "kode instansi lain"),
    ];
    for (berakhir, penerus, told) in wrong {
        let refused = merge(berakhir, penerus).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{berakhir} {penerus}");
        assert!(refused.text().contains(told), "{berakhir} {penerus}");
    }
    assert_eq!(merge("2021-08-15", "kedua").await.status, StatusCode::SEE_OTHER);
    // What was not over by then is asked for no more, and is refused with the reason.
    let rows = async |tw: u8| {
        let page = site.get(&format!("/isi?tahun=2021&tw={tw}"), &planner).await;
        Html::parse_document(&page.text()).select(&Selector::parse("tr[data-petak]").expect("selector")).count()
    };
    assert!(rows(1).await > 0 && rows(2).await > 0);
    assert_eq!((rows(3).await, rows(4).await), (0, 0));
    let late = format!("nilai=1&keterangan=&dilihat={}", site.stored().await.id);
    let refused = site.post(CHANGE, &planner, &late, HERE).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.text().contains("berakhir 2021-08-15") && refused.text().contains("(kedua)"));
    let opened = site.post("/tahun/buka?tahun=2021", &planner, "ke=2022", HERE).await;
    assert_eq!(opened.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(opened.text().contains("dibuka pada penerusnya"));
    // What is left goes to the successor, whose people may do it.
    let tasks = site.get("/tugas?tahun=2021", &heir).await.text();
    assert!(tasks.contains("Diteruskan dari Dinas Tenaga Kerja dan Transmigrasi"), "{tasks}");
    assert!(tasks.contains(&format!("href=\"{old}/isi?tahun=2021")));
    assert_eq!(site.get(&format!("{old}/isi?tahun=2021&tw=1"), &heir).await.status, StatusCode::OK);
    let own = site.get("/tugas?tahun=2021", &planner).await.text();
    assert!(own.contains("Instansi ini berakhir 15 Agustus 2021") && own.contains("penerusnya: kedua"));
    // The region counts it up to its last whole quarter and says so.
    let now = jiff::Timestamp::now().as_microsecond();
    let app = &site.uji.app;
    app.create_region_account("Kota Serang", "walikota", "Walikota", PASSWORD, Peran::PimpinanDaerah, now)
        .await
        .expect("account");
    let masuk = app.sign_in("walikota", PASSWORD, &Peminta::default(), now).await.expect("answer").expect("in");
    let city = format!("tolok={}", masuk.rahasia);
    let year = site.get("/daerah?tahun=2021&tw=4", &city).await.text();
    assert!(year.contains(
        "Dinas Tenaga Kerja dan Transmigrasi berakhir 15 Agustus 2021; diteruskan Dinas Tenaga Kerja dan Transmigrasi; \
         dihitung s.d. Triwulan II 2021"
    ));
    assert!(site.get("/daerah/unduh/csv?tahun=2021&tw=4&tabel=ringkasan", &city).await.status == StatusCode::OK);
    // It is not to end after all: the successor is out again.
    assert_eq!(merge("", "").await.status, StatusCode::SEE_OTHER);
    assert_eq!(site.get(&format!("{old}/isi?tahun=2021&tw=1"), &heir).await.status, StatusCode::FORBIDDEN);
    assert!(rows(4).await > 0);
}

#[tokio::test]
async fn a_target_that_a_revision_changed_after_the_entry_is_marked_for_both_sides() {
    let site = Site::new().await;
    let (filler, verifier) = (site.cookie(Peran::Pengisi).await, site.cookie(Peran::Verifikator).await);
    let page = site.get(GRID, &filler).await;
    site.post(GRID, &filler, &form(&typed(&page, PLACE, "36,6", "", "k1")), HERE).await;
    let marked = "target diubah";
    assert!(!row(&site.get(GRID, &filler).await, PLACE).to_lowercase().contains(marked));
    let entered = site.stored().await;
    let revise = async |teks: &str| {
        let potret = site.uji.app.load(&site.anybody(), 2021).await.expect("loaded").potret.clone();
        let hasil = ukur(&potret, Periode::Tahun(2021));
        let target = hasil.indicator("2.07.05.i1").and_then(|u| u.target.clone()).expect("a target");
        let dokumen = target.dokumen.expect("of a document").kode.clone();
        let periode = Periode::Tahun(2021);
        let cell = SelIsian { kode: "2.07.05.i1".to_owned(), periode, teks: teks.to_owned() };
        let dilihat = Dilihat { tahun: 2021, versi: site.head().await };
        let changed = site.uji.app.set_targets(&site.anybody(), dilihat, &dokumen, &[cell]).await.expect("told");
        assert!(matches!(changed, HasilSel::Tersimpan(_)), "{changed:?}");
    };
    revise("41").await;
    // The realisation stays as it was entered; who enters sees that its target is another one now, and hands it in knowing that.
    assert_eq!(site.stored().await.id, entered.id);
    let now = row(&site.get(GRID, &filler).await, PLACE);
    assert!(now.to_lowercase().contains(marked) && now.contains("41"), "{now}");
    site.post("/isi/ajukan?tahun=2021&tw=4", &filler, "kunci=k2", HERE).await;
    let check = async || site.get("/verifikasi?tahun=2021&tw=4", &verifier).await.text().to_lowercase();
    assert!(!check().await.contains(marked));
    // Changed once more while it waits for its verification: who verifies sees it.
    revise("42").await;
    assert!(check().await.contains(marked));
}

/// A file in pieces over the routes that the script uses.
#[tokio::test]
async fn a_broken_line_costs_one_piece_of_a_file() {
    let site = Site::new().await;
    let cookie = site.cookie(Peran::Pengisi).await;
    let isi = b"Daftar hadir: 28 orang";
    let sha256 = "fe0fe21c91a76deb2e6308f179f97d6b8e749a8c7285d09488a56755f6854ce8";
    let begin = format!("sha256={sha256}&ukuran={}", isi.len());
    let piece = async |id: &str, at: usize, bytes: &[u8]| {
        let address = format!("/isi/bukti/unggahan/{id}?mulai={at}");
        let (status, answer) = site.script(&address, &cookie, std::str::from_utf8(bytes).expect("text")).await;
        (status, answer["diterima"].as_u64())
    };
    let (status, begun) = site.script("/isi/bukti/unggahan", &cookie, &begin).await;
    assert_eq!((status, begun["diterima"].as_u64()), (StatusCode::OK, Some(0)));
    let id = begun["unggahan"].as_str().expect("identity").to_owned();
    assert_eq!(piece(&id, 0, &isi[..10]).await, (StatusCode::OK, Some(10)));
    // The answer was lost; the browser asks again where to go on, sends a piece twice, and one too early.
    let (_, again) = site.script("/isi/bukti/unggahan", &cookie, &begin).await;
    assert_eq!((again["unggahan"].as_str(), again["diterima"].as_u64()), (Some(id.as_str()), Some(10)));
    assert_eq!(piece(&id, 0, &isi[..10]).await, (StatusCode::OK, Some(10)), "it is there already");
    assert_eq!(piece(&id, 15, &isi[15..]).await, (StatusCode::CONFLICT, Some(10)), "one before it is missing");
    let finish = format!("/isi/bukti/unggahan/{id}/selesai?tahun=2021&petak={PLACE}");
    let about = format!("nama=hadir.txt&halaman=2&dilihat={}&kunci=u1", site.stored().await.id);
    let (status, early) = site.script(&finish, &cookie, &about).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early["pesan"].as_str().is_some_and(|m| m.contains("10 dari 22")), "{early}");
    assert_eq!(piece(&id, 10, &isi[10..]).await, (StatusCode::OK, Some(22)));
    for _ in 0..2 {
        let (status, done) = site.script(&finish, &cookie, &about).await;
        assert_eq!(status, StatusCode::OK, "{done}");
        assert_eq!(done["petak"].as_str(), Some(PLACE));
        assert_eq!(done["dilihat"].as_str(), Some(site.stored().await.id.to_string().as_str()));
    }
    let angka = site.stored().await;
    assert_eq!(angka.bukti.iter().filter(|mark| **mark == format!("{sha256}#2")).count(), 1);
    let (status, large) =
        site.script("/isi/bukti/unggahan", &cookie, &format!("sha256={sha256}&ukuran=26214401")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(large["pesan"].as_str().is_some_and(|m| m.contains("paling besar 25 MB")), "{large}");
}
