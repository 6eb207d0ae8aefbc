//! Two hundred people at once on the regency's data: reading, and saving figures. Prints latencies beside their goals, and whether
//! what was acknowledged is what is stored. Server and people share the machine's cores.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tolok_app::{App, TanpaPdf};
use tolok_benches as _;
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::{Nilai, Periode, Petak, Potret};
use tolok_ingest::package::Paket;
use tolok_testkit::{Mesin, ctx, regency, store};

/// People.
const PEOPLE: usize = 200;
/// How long they work.
const LASTS: Duration = Duration::from_secs(20);
/// How long each thinks between two steps, at most; half of it on average.
const THINKS: u64 = 1_000;
/// Of how many steps one is a save.
const SAVES: u64 = 4;
const PASSWORD: &str = "sandi beban yang panjang";
const READS_GOAL: Duration = Duration::from_millis(50);
const SAVES_GOAL: Duration = Duration::from_millis(150);

/// Numbers that look random and are the same in every run.
struct Acak(u64);

impl Acak {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

/// One person's connection: HTTP/1.1, kept open.
struct Sambungan {
    stream: TcpStream,
    cookie: String,
}

impl Sambungan {
    async fn send(&mut self, request: &str) -> (u16, String) {
        self.stream.write_all(request.as_bytes()).await.expect("sent");
        let mut buffer = Vec::with_capacity(64 * 1024);
        let mut chunk = vec![0; 64 * 1024];
        loop {
            let n = self.stream.read(&mut chunk).await.expect("answered");
            assert!(n > 0, "the server hung up");
            buffer.extend_from_slice(&chunk[..n]);
            let Some(head) = buffer.windows(4).position(|w| w == b"\r\n\r\n") else { continue };
            let text = String::from_utf8_lossy(&buffer[..head]).to_ascii_lowercase();
            let length: usize = text
                .lines()
                .find_map(|line| line.strip_prefix("content-length:"))
                .map_or(0, |n| n.trim().parse().expect("length"));
            if buffer.len() >= head + 4 + length {
                let status = text.split(' ').nth(1).and_then(|s| s.parse().ok()).expect("status");
                return (status, String::from_utf8_lossy(&buffer[head + 4..]).into_owned());
            }
        }
    }

    async fn get(&mut self, path: &str) -> (u16, String) {
        let cookie = &self.cookie;
        self.send(&format!("GET {path} HTTP/1.1\r\nhost: beban.test\r\ncookie: {cookie}\r\n\r\n")).await
    }

    async fn post(&mut self, path: &str, body: &str) -> (u16, String) {
        let (cookie, length) = (&self.cookie, body.len());
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: beban.test\r\ncookie: {cookie}\r\naccept: application/json\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{body}"
        );
        self.send(&head).await
    }
}

/// What one person saw.
#[derive(Default)]
struct Catatan {
    reads: Vec<Duration>,
    saves: Vec<Duration>,
    errors: Vec<String>,
    /// The last value that was acknowledged.
    last: u64,
}

async fn work(mut connection: Sambungan, petak: Petak, indikator: String, mut acak: Acak) -> Catatan {
    let mut noted = Catatan::default();
    let end = Instant::now() + LASTS;
    let tahun = petak.periode.tahun();
    let key: String = petak.to_string().replace('/', "%2F");
    let mut seen = "~".to_owned();
    let pages = [
        "/".to_owned(),
        "/tugas".to_owned(),
        format!("/pengukuran?tahun={tahun}&tw=1"),
        format!("/isi?tahun={tahun}&tw=1"),
        format!("/indikator/{indikator}"),
        "/rencana".to_owned(),
    ];
    while Instant::now() < end {
        tokio::time::sleep(Duration::from_millis(acak.below(THINKS))).await;
        let start = Instant::now();
        if acak.below(SAVES) == 0 {
            let value = noted.last + 1;
            let body = format!("nilai%3A{key}={value}&ket%3A{key}=uji&lihat%3A{key}={seen}&kunci=");
            let (status, answer) = connection.post(&format!("/isi?tahun={tahun}&tw=1"), &body).await;
            noted.saves.push(start.elapsed());
            let mark = answer.split("\"lihat\":\"").nth(1).and_then(|rest| rest.split('"').next());
            match mark {
                Some(mark) if status == 200 => {
                    seen = mark.to_owned();
                    noted.last = value;
                }
                _ => noted.errors.push(format!("save {key}: {status} {answer}")),
            }
        } else {
            let page = usize::try_from(acak.below(pages.len() as u64)).expect("small");
            let (status, _) = connection.get(&pages[page]).await;
            noted.reads.push(start.elapsed());
            if status != 200 {
                noted.errors.push(format!("{}: {status}", pages[page]));
            }
        }
    }
    noted
}

/// A place of the first quarter for each person of an office: a value of an indicator without formula.
fn places(potret: &Potret) -> Vec<(Petak, String)> {
    let quarter = Periode::Triwulan(potret.tahun, 1);
    let plain = potret.indikator.iter().filter(|i| i.rumus.is_empty());
    plain.map(|i| (Petak::realisation(&i.kode, None, quarter), i.kode.clone())).collect()
}

fn percentile(times: &mut [Duration], share: usize) -> Duration {
    times.sort();
    times.get(times.len() * share / 100).copied().unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "printing is what a benchmark is for")]
#[tokio::main]
async fn main() {
    let uji = store(Mesin::Sqlite).await.expect("SQLite");
    let app = App::new(uji.store.clone(), Arc::new(TanpaPdf));
    let now = i64::try_from(std::time::UNIX_EPOCH.elapsed().expect("clock").as_micros()).expect("fits");
    let offices = regency(1);
    let mut people = Vec::new();
    for (n, mut potret) in offices.into_iter().enumerate() {
        let office = potret.instansi.clone();
        // Only what was entered before this year stays, so that there is something to enter.
        potret.angka.retain(|a| a.periode.tahun() < potret.tahun || a.keadaan == tolok_domain::Keadaan::Dikunci);
        let free = places(&potret);
        uji.store.create_office(office.id, &office.kode, &office.nama, &office.daerah).await.expect("office");
        let paket = Paket { potret, bukti: BTreeMap::new() };
        app.import(&ctx(office.id, &[Peran::Admin]), &paket).await.expect("imported");
        let name = format!("orang-{n}");
        let tugas = [Penugasan::whole(Peran::Perencana)];
        app.create_account(office.id, &name, &name, PASSWORD, &tugas, now).await.expect("account");
        for place in free.into_iter().take(PEOPLE.div_ceil(40)) {
            people.push((name.clone(), office.id, place));
        }
    }
    people.truncate(PEOPLE);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("port");
    let address = listener.local_addr().expect("address");
    let router = tolok_web::router(app.clone(), tolok_web::Pilihan::default());
    tokio::spawn(tolok_web::serve(listener, router, std::future::pending()));
    // Everybody is signed in before the clock starts: sign-in is slow on purpose, and happens once a day.
    let mut signed_in = Vec::new();
    let mut places = Vec::new();
    for (n, (name, office, (petak, indikator))) in people.into_iter().enumerate() {
        let masuk = app
            .sign_in(&name, PASSWORD, &tolok_app::Peminta::default(), now)
            .await
            .expect("answer")
            .expect("signed in");
        let stream = TcpStream::connect(address).await.expect("connected");
        stream.set_nodelay(true).expect("no delay");
        let connection = Sambungan { stream, cookie: format!("tolok={}", masuk.rahasia) };
        places.push((office, petak.clone()));
        signed_in.push((n, connection, petak, indikator));
    }
    let mut all = JoinSet::new();
    for (n, connection, petak, indikator) in signed_in {
        all.spawn(async move { (n, work(connection, petak, indikator, Acak(0x9e37_79b9 + n as u64)).await) });
    }
    let (mut reads, mut saves, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    let mut last = vec![0; places.len()];
    while let Some(done) = all.join_next().await {
        let (n, noted) = done.expect("person");
        last[n] = noted.last;
        reads.extend(noted.reads);
        saves.extend(noted.saves);
        errors.extend(noted.errors);
    }
    let mut stored = 0;
    for ((office, petak), acknowledged) in places.iter().zip(&last) {
        let reader = ctx(*office, &[Peran::Perencana]);
        let loaded = app.load(&reader, petak.periode.tahun()).await.expect("loaded");
        let value = petak.figure(&loaded.potret).map(|a| a.nilai.clone());
        let expected = Nilai::Bilangan((*acknowledged).into());
        let same = match value {
            Some(Nilai::Bilangan(x) | Nilai::Persen(x)) => Nilai::Bilangan(x) == expected,
            _ => *acknowledged == 0,
        };
        stored += if same { *acknowledged } else { 0 };
    }
    let acknowledged: u64 = last.iter().sum();
    let row = |what: &str, times: &mut Vec<Duration>, goal: Duration| {
        let (count, p50, p95) = (times.len(), percentile(times, 50), percentile(times, 95));
        let share = p95.as_micros() * 100 / goal.as_micros();
        println!(
            "{what:<8} {count:>7}  p50 {:>8} us  p95 {:>8} us  goal {:>8} us {share:>4} %",
            p50.as_micros(),
            p95.as_micros(),
            goal.as_micros()
        );
    };
    println!("{} people, {} s, {} errors", places.len(), LASTS.as_secs(), errors.len());
    row("reads", &mut reads, READS_GOAL);
    row("saves", &mut saves, SAVES_GOAL);
    println!("acknowledged saves {acknowledged}, stored {stored}");
    for error in errors.iter().take(5) {
        println!("  {error}");
    }
}
