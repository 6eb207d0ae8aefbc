//! Speed of the parts that people wait for. Prints a row per measurement: median, goal, share of the goal used.

use std::collections::{BTreeMap, HashSet};
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use cpu_time::ProcessTime;
use tolok_app::{App, CetakPdf, Format, compose, render};
use tolok_benches as _;
use tolok_domain::Subjek;
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::evaluasi::usul::{Bahan, suggest_all};
use tolok_domain::evaluasi::{BarisRekap, SkorRingkas, counted, next_grade, recap, score};
use tolok_domain::{InstansiId, Periode, Potret, ukur};
use tolok_ingest::package::Paket;
use tolok_report::Naskah;
use tolok_testkit::{INSTANSI, Mesin, TAHUN, ctx, demo_paket, import_offices, regency, store};
use tower::ServiceExt;

struct Typst;

impl CetakPdf for Typst {
    fn print(&self, naskah: &Naskah) -> Result<(Vec<u8>, BTreeMap<String, String>), String> {
        tolok_pdf::render(naskah).map(|pdf| (pdf.bytes, pdf.halaman)).map_err(|e| e.to_string())
    }
}

#[expect(clippy::print_stdout, reason = "printing is what a benchmark is for")]
fn row(what: &str, measured: Duration, goal: Duration) {
    let share = measured.as_micros() * 100 / goal.as_micros().max(1);
    println!("{what:<66} {:>10} us {:>10} us {share:>5} %", measured.as_micros(), goal.as_micros());
}

/// Median of several runs.
fn median(runs: usize, mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[runs / 2]
}

const fn ms(n: u64) -> Duration {
    Duration::from_millis(n)
}

#[expect(clippy::print_stdout, reason = "printing is what a benchmark is for")]
fn main() {
    println!("{:<66} {:>13} {:>13} {:>7}", "measured", "median", "goal", "used");
    measuring();
    evaluation();
    documents();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
    runtime.block_on(pages());
    runtime.block_on(city());
}

fn measuring() {
    let offices: Vec<Potret> = regency(7);
    let indicators: usize = offices.iter().map(|o| o.indikator.len()).sum();
    let year = |potret: &Potret| Periode::Tahun(potret.tahun);
    let time = median(21, || {
        for potret in &offices {
            black_box(ukur(potret, year(potret)).total.pagu);
        }
    });
    row(&format!("ukur: a regency, {} offices, {indicators} indicators by quarter", offices.len()), time, ms(20));
    let demo = demo_paket(InstansiId::new()).potret;
    row("ukur: the demo office", median(51, || drop(black_box(ukur(&demo, year(&demo))))), ms(2));
}

fn evaluation() {
    let demo = demo_paket(InstansiId::new()).potret;
    let evaluasi = demo.evaluation("lke-2021").expect("the demo's evaluation");
    let templat = demo.template(&evaluasi.templat).expect("its template");
    let office = |n: usize| {
        let skor = Some(SkorRingkas::from(&score(templat, &counted(&demo.jawaban, &evaluasi.kode))));
        BarisRekap { kode: n.to_string(), nama: format!("OPD {n}"), skor, lalu: None }
    };
    let all = || black_box(recap(templat, (0..INSTANSI).map(office).collect()).nilai);
    let what =
        format!("evaluasi: scored and recapitulated, {INSTANSI} offices, {} criteria", templat.criteria().count());
    row(
        &what,
        median(21, || {
            std::hint::black_box(all());
        }),
        ms(50),
    );
    let pilih = counted(&demo.jawaban, &evaluasi.kode);
    row(
        "evaluasi: the shortest way to the next grade",
        median(9, || drop(black_box(next_grade(templat, &pilih)))),
        ms(50),
    );
    let hasil = ukur(&demo, Periode::Tahun(demo.tahun));
    let bahan = Bahan { hasil: &hasil, lalu: None, hari_ini: "2022-04-01".parse().expect("day"), kantor: None };
    row(
        "evaluasi: what the demo's data say about the criteria",
        median(9, || drop(black_box(suggest_all(&bahan)))),
        ms(50),
    );
}

fn documents() {
    let demo = demo_paket(InstansiId::new()).potret;
    let start = Instant::now();
    let naskah = compose(&demo).expect("composed");
    let (_, pages) = Typst.print(&naskah).expect("printed");
    row("LKjIP of the demo as PDF, cold: composing and setting", start.elapsed(), ms(1000));
    row("LKjIP as PDF, warm", median(5, || drop(black_box(Typst.print(&naskah)))), ms(1000));
    row("LKjIP: composing", median(9, || drop(black_box(compose(&demo)))), ms(50));
    let format = |format| median(9, || drop(black_box(render(&naskah, format, &Typst, &pages))));
    row("LKjIP as DOCX, page numbers known", format(Format::Docx), ms(100));
    row("LKjIP as HTML", format(Format::Html), ms(50));
    row("LKjIP as XLSX", format(Format::Xlsx), ms(100));
}

/// CPU time of the whole process per request: what a server pays, waiting left out.
async fn pages() {
    let offices = regency(7);
    let mut potret = offices.into_iter().find(|o| o.indikator.len() >= LINES).expect("an office of that size");
    potret.indikator.truncate(LINES);
    let kept: HashSet<String> = potret.indikator.iter().map(|i| i.kode.clone()).collect();
    potret.angka.retain(|a| !matches!(&a.subjek, Subjek::Indikator(kode) if !kept.contains(kode)));
    potret.sebutan.retain(|s| kept.contains(&s.indikator));
    let lines = potret.indikator.len();
    let uji = store(Mesin::Sqlite).await.expect("SQLite");
    let app = App::new(uji.store.clone(), Arc::new(Typst));
    let office = potret.instansi.clone();
    uji.store.create_office(office.id, &office.kode, &office.nama, &office.daerah).await.expect("office");
    let admin = ctx(office.id, &[Peran::Admin]);
    app.import(&admin, &Paket { potret, bukti: BTreeMap::new() }).await.expect("imported");
    let now = i64::try_from(std::time::UNIX_EPOCH.elapsed().expect("clock").as_micros()).expect("fits");
    let roles = [Penugasan::whole(Peran::Perencana)];
    app.create_account(office.id, "bench", "Bench", "sandi bench yang panjang", &roles, now).await.expect("account");
    let from = tolok_app::Peminta::default();
    let masuk = app.sign_in("bench", "sandi bench yang panjang", &from, now).await.expect("answer").expect("signed in");
    let router = tolok_web::router(app, tolok_web::Pilihan::default());
    let cookie = format!("tolok={}", masuk.rahasia);
    for (path, encoding, goal) in [
        ("/pengukuran", "identity", Duration::from_micros(280)),
        ("/pengukuran", "gzip", Duration::from_micros(280)),
        ("/", "identity", ms(1)),
        ("/rencana", "identity", ms(1)),
        ("/anggaran", "identity", ms(1)),
    ] {
        let (time, size) = cost(&router, &cookie, path, encoding).await;
        row(&format!("GET {path} ({encoding}, {lines} lines, {size} KB): CPU per request"), time, goal);
    }
}

/// CPU time of a request and the size of its answer in KB: the median of some batches after a first one, which loads what the page needs.
async fn cost(router: &Router, cookie: &str, path: &str, encoding: &str) -> (Duration, usize) {
    let mut size = 0;
    let mut batches = Vec::new();
    for batch in 0..8 {
        let start = ProcessTime::now();
        for _ in 0..REQUESTS {
            size = answer(router, cookie, path, encoding).await;
        }
        if batch > 0 {
            batches.push(start.elapsed() / REQUESTS);
        }
    }
    batches.sort();
    (batches[batches.len() / 2], size.div_ceil(1024))
}

/// Asks for a page and gives back the size of the answer.
async fn answer(router: &Router, cookie: &str, path: &str, encoding: &str) -> usize {
    let request = Request::builder()
        .uri(path)
        .header(header::COOKIE, cookie)
        .header(header::ACCEPT_ENCODING, encoding)
        .body(Body::empty())
        .expect("request");
    let response = router.clone().oneshot(request).await.expect("response");
    assert!(response.status().is_success(), "{path}: {}", response.status());
    axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("body").len()
}

/// The offices, each with the evaluation of the demo's office and all of its answers.
fn evaluated(mut offices: Vec<Potret>) -> Vec<Potret> {
    let demo = demo_paket(InstansiId::new()).potret;
    let evaluasi = demo.evaluation("lke-2021").expect("the demo's evaluation");
    for potret in &mut offices {
        potret.evaluasi.push(tolok_domain::evaluasi::Evaluasi { tahun: TAHUN, ..evaluasi.clone() });
        potret.jawaban.extend(demo.jawaban.iter().filter(|j| j.evaluasi == evaluasi.kode).cloned());
    }
    offices
}

/// The same for the view of all offices of a regency.
async fn city() {
    let offices = evaluated(regency(7));
    let (count, daerah) = (offices.len(), offices[0].instansi.daerah.clone());
    let uji = store(Mesin::Sqlite).await.expect("SQLite");
    let app = App::new(uji.store.clone(), Arc::new(Typst));
    import_offices(&app, offices).await;
    let now = i64::try_from(std::time::UNIX_EPOCH.elapsed().expect("clock").as_micros()).expect("fits");
    let sandi = "sandi bench yang panjang";
    app.create_region_account(&daerah, "kota", "Kota", sandi, Peran::PimpinanDaerah, now).await.expect("account");
    let from = tolok_app::Peminta::default();
    let masuk = app.sign_in("kota", sandi, &from, now).await.expect("answer").expect("signed in");
    let router = tolok_web::router(app, tolok_web::Pilihan::default());
    let cookie = format!("tolok={}", masuk.rahasia);
    let address = |page: &str| format!("/daerah{page}?tahun={TAHUN}&tw=4");
    let start = ProcessTime::now();
    answer(&router, &cookie, &address(""), "identity").await;
    row(&format!("GET /daerah for the first time, {count} offices loaded: CPU"), start.elapsed(), ms(1000));
    for (page, encoding) in [
        ("", "identity"),
        ("", "gzip"),
        ("/sasaran", "gzip"),
        ("/terlambat", "gzip"),
        ("/pencilan", "gzip"),
        ("/peringkat", "gzip"),
    ] {
        let (time, size) = cost(&router, &cookie, &address(page), encoding).await;
        row(&format!("GET /daerah{page} ({encoding}, {count} offices, {size} KB): CPU per request"), time, ms(1));
    }
    for page in ["/evaluasi", "/penghargaan", "/uang"] {
        let (time, size) = cost(&router, &cookie, &address(page), "gzip").await;
        row(&format!("GET /daerah{page} (gzip, {count} offices, {size} KB): CPU per request"), time, ms(10));
    }
}

/// Lines of the measured office: the size for which the goal was set.
const LINES: usize = 24;
/// Requests of a batch.
const REQUESTS: u32 = 300;
