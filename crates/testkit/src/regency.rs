//! An invented regency of true size, the same for the same seed: for measuring speed and for trying things out at scale.

use rust_decimal::Decimal;
use tolok_domain::deadline::Jadwal;
use tolok_domain::document::{Dokumen, JenisDokumen};
use tolok_domain::figure::{Angka, Asal, JenisAngka, Keadaan, Subjek};
use tolok_domain::indicator::{Akumulasi, Arah, AturanNol, Indikator, MutuData, RumusMinimal};
use tolok_domain::period::Tahun;
use tolok_domain::plan::{JenisSimpul, Simpul, Unit};
use tolok_domain::scale;
use tolok_domain::snapshot::Instansi;
use tolok_domain::{AngkaId, InstansiId, Nilai, Periode, Potret, Rupiah, TipeNilai};
use uuid::Uuid;

/// Offices of the regency.
pub const INSTANSI: usize = 45;
/// Indicators of all offices together; each has a value for each quarter.
pub const INDIKATOR: usize = 1_548;
/// The year of its data: codes of sub kegiatan have four digits (Kepmendagri 900.1.15.5-1317/2023).
pub const TAHUN: Tahun = 2025;

/// Offices that are no kecamatan: code of the bidang urusan, name.
const OFFICES: [(&str, &str); 30] = [
    ("1.01", "Dinas Pendidikan dan Kebudayaan"),
    ("1.02", "Dinas Kesehatan"),
    ("1.02", "Rumah Sakit Umum Daerah"),
    ("1.03", "Dinas Pekerjaan Umum dan Penataan Ruang"),
    ("1.04", "Dinas Perumahan Rakyat dan Kawasan Permukiman"),
    ("1.05", "Satuan Polisi Pamong Praja"),
    ("1.05", "Badan Penanggulangan Bencana Daerah"),
    ("1.06", "Dinas Sosial"),
    ("2.07", "Dinas Tenaga Kerja dan Transmigrasi"),
    ("2.08", "Dinas Pemberdayaan Perempuan dan Perlindungan Anak"),
    ("2.09", "Dinas Ketahanan Pangan"),
    ("2.11", "Dinas Lingkungan Hidup"),
    ("2.12", "Dinas Kependudukan dan Pencatatan Sipil"),
    ("2.13", "Dinas Pemberdayaan Masyarakat dan Desa"),
    ("2.14", "Dinas Pengendalian Penduduk dan Keluarga Berencana"),
    ("2.15", "Dinas Perhubungan"),
    ("2.16", "Dinas Komunikasi dan Informatika"),
    ("2.17", "Dinas Koperasi, Usaha Kecil dan Menengah"),
    ("2.18", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu"),
    ("2.19", "Dinas Kepemudaan dan Olahraga"),
    ("2.23", "Dinas Perpustakaan dan Kearsipan"),
    ("3.25", "Dinas Perikanan"),
    ("3.26", "Dinas Pariwisata"),
    ("3.27", "Dinas Pertanian"),
    ("3.30", "Dinas Perindustrian dan Perdagangan"),
    ("4.01", "Sekretariat Daerah"),
    ("5.01", "Badan Perencanaan Pembangunan Daerah"),
    ("5.02", "Badan Keuangan dan Aset Daerah"),
    ("5.03", "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"),
    ("6.01", "Inspektorat"),
];
/// The others.
const KECAMATAN: [&str; 15] = [
    "Anyar Jaya",
    "Bojong Sari",
    "Cikalang",
    "Dukuh Waru",
    "Gunung Kencana",
    "Harja Mukti",
    "Karang Tengah",
    "Lembah Asri",
    "Mekar Baru",
    "Nagreg Kulon",
    "Pasir Putih",
    "Rawa Indah",
    "Suka Maju",
    "Tirta Raya",
    "Wana Jaya",
];
/// Kegiatan in each program. With one tujuan, two sasaran, and two sub kegiatan to a kegiatan an office has 34 indicators, one to each
/// node; the first offices have one sub kegiatan more.
const KEGIATAN: [usize; 4] = [3, 2, 2, 2];
const SUB_KEGIATAN: usize = 2;
const LARGER_OFFICES: usize = INDIKATOR % INSTANSI;

/// How an indicator is measured: wording before the node's name, unit, type, direction, accumulation, targets of a year in hundredths.
type Bentuk = (&'static str, &'static str, TipeNilai, Arah, Akumulasi, std::ops::Range<u64>);
const BENTUK: [Bentuk; 6] = [
    ("Persentase capaian", "%", TipeNilai::Persen, Arah::Maksimal, Akumulasi::Terakhir, 5_000..9_500),
    ("Jumlah dokumen", "dokumen", TipeNilai::Bilangan, Arah::Maksimal, Akumulasi::Jumlah, 400..4_800),
    ("Jumlah penerima manfaat", "orang", TipeNilai::Bilangan, Arah::Maksimal, Akumulasi::Jumlah, 20_000..250_000),
    ("Indeks kepuasan", "nilai", TipeNilai::Bilangan, Arah::Maksimal, Akumulasi::RataRata, 7_000..9_000),
    (
        "Persentase keterlambatan",
        "%",
        TipeNilai::Persen,
        Arah::Minimal(RumusMinimal::Selisih),
        Akumulasi::Terakhir,
        500..2_000,
    ),
    ("Persentase realisasi", "%", TipeNilai::Persen, Arah::Maksimal, Akumulasi::Terakhir, 6_000..9_900),
];

/// The offices of the regency with plan, indicators, targets, quarter values, ceilings and spending.
pub fn regency(seed: u64) -> Vec<Potret> {
    let mut acak = Acak(seed);
    let kecamatan = KECAMATAN.iter().map(|nama| ("7.01", format!("Kecamatan {nama}")));
    let offices = OFFICES.iter().map(|(bidang, nama)| (*bidang, (*nama).to_owned())).chain(kecamatan);
    offices
        .enumerate()
        .map(|(i, (bidang, nama))| Penyusun::new(&mut acak, i, bidang, nama).office(i < LARGER_OFFICES))
        .collect()
}

/// Splitmix64: small, and good enough for numbers that only have to look different.
struct Acak(u64);

impl Acak {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number in the range.
    fn within(&mut self, range: std::ops::Range<u64>) -> i64 {
        let size = range.end - range.start;
        i64::try_from(range.start + self.next() % size).expect("small range")
    }

    fn uuid(&mut self) -> Uuid {
        uuid::Builder::from_random_bytes((u128::from(self.next()) << 64 | u128::from(self.next())).to_be_bytes())
            .into_uuid()
    }
}

/// Builds one office.
struct Penyusun<'a> {
    acak: &'a mut Acak,
    bidang: &'static str,
    potret: Potret,
    /// Figures by sheet: the order in which packages hold them.
    target: Vec<Angka>,
    realisasi: Vec<Angka>,
    pagu: Vec<Angka>,
    belanja: Vec<Angka>,
}

impl<'a> Penyusun<'a> {
    fn new(acak: &'a mut Acak, nomor: usize, bidang: &'static str, nama: String) -> Self {
        let potret = Potret {
            instansi: Instansi {
                id: InstansiId(acak.uuid()),
                kode: format!("opd-{:02}", nomor + 1),
                singkatan: format!("OPD {:02}", nomor + 1),
                daerah: "Kabupaten Tolok Ukur".to_owned(),
                kepala_daerah: "Bupati Tolok Ukur".to_owned(),
                alamat: format!("Jalan Merdeka Nomor {}", nomor + 1),
                telepon: String::new(),
                tempat: "Tolok Ukur".to_owned(),
                penanda_tangan: format!("Kepala {nama}"),
                renstra_awal: 2025,
                renstra_akhir: 2029,
                skala: scale::PERMENDAGRI_86_2017.kode.to_owned(),
                visi: String::new(),
                berakhir: String::new(),
                penerus: String::new(),
                nama,
            },
            tahun: TAHUN,
            pejabat: Vec::new(),
            perjanjian: Vec::new(),
            isi_perjanjian: Vec::new(),
            langkah: Vec::new(),
            kendala: Vec::new(),
            komentar: Vec::new(),
            jadwal: Jadwal::default(),
            libur: Vec::new(),
            penguncian: Vec::new(),
            pembukaan: Vec::new(),
            terbitan: Vec::new(),
            putusan_temuan: Vec::new(),
            unit: units(),
            dokumen: documents(),
            simpul: Vec::new(),
            indikator: Vec::new(),
            sebutan: Vec::new(),
            pohon: Vec::new(),
            silang: Vec::new(),
            angka: Vec::new(),
            catatan: Vec::new(),
            rekomendasi: Vec::new(),
            tindak_lanjut: Vec::new(),
            putusan: Vec::new(),
            templat: Vec::new(),
            evaluasi: Vec::new(),
            jawaban: Vec::new(),
            narasi: Vec::new(),
            bukti: Vec::new(),
        };
        let (target, realisasi, pagu, belanja) = Default::default();
        Self { acak, bidang, potret, target, realisasi, pagu, belanja }
    }

    fn office(mut self, larger: bool) -> Potret {
        let nama = self.potret.instansi.nama.clone();
        self.node("T1", None, JenisSimpul::Tujuan, format!("Meningkatnya kinerja {nama}"));
        for s in ["S1", "S2"] {
            self.node(s, Some("T1"), JenisSimpul::Sasaran, format!("Meningkatnya mutu layanan {s} {nama}"));
        }
        for (p, kegiatan) in KEGIATAN.into_iter().enumerate() {
            let program = format!("{}.{:02}", self.bidang, p + 1);
            let parent = if p == 0 { "S2" } else { "S1" };
            self.node(&program, Some(parent), JenisSimpul::Program, format!("Program {program}"));
            for k in 0..kegiatan {
                let kode = format!("{program}.2.{:02}", k + 1);
                self.node(&kode, Some(&program), JenisSimpul::Kegiatan, format!("Kegiatan {kode}"));
                let more = usize::from(larger && p == 0 && k == 0);
                for s in 0..SUB_KEGIATAN + more {
                    let sub = format!("{kode}.{:04}", s + 1);
                    self.node(&sub, Some(&kode), JenisSimpul::SubKegiatan, format!("Sub kegiatan {sub}"));
                    self.money(&sub);
                }
            }
        }
        let figures = [self.target, self.realisasi, self.pagu, self.belanja];
        Potret { angka: figures.into_iter().flatten().collect(), ..self.potret }
    }

    fn node(&mut self, kode: &str, induk: Option<&str>, jenis: JenisSimpul, nama: String) {
        let unit = Some(if kode.len() < 3 { "KD".to_owned() } else { format!("BID.{}", self.acak.within(1..4)) });
        self.indicator(kode, jenis, &nama, unit.clone());
        self.potret.simpul.push(Simpul {
            kode: kode.to_owned(),
            induk: induk.map(str::to_owned),
            jenis,
            nama,
            unit,
            urusan: format!("Bidang urusan {}", self.bidang),
            mendukung: None,
        });
    }

    fn indicator(&mut self, simpul: &str, jenis: JenisSimpul, of: &str, unit: Option<String>) {
        let shape = usize::try_from(self.acak.within(0..BENTUK.len() as u64)).expect("small");
        let (nama, satuan, tipe, arah, akumulasi, year) = BENTUK[shape].clone();
        let kode = format!("{simpul}.i1");
        self.values(&kode, tipe, akumulasi, year);
        self.potret.indikator.push(Indikator {
            kode,
            simpul: simpul.to_owned(),
            nama: format!("{nama} {of}"),
            satuan: satuan.to_owned(),
            tipe,
            arah,
            akumulasi,
            rumus: String::new(),
            cara_ukur: "Dihitung dari laporan bulanan".to_owned(),
            batas: None,
            aturan_nol: AturanNol::TidakDinilai,
            iku: matches!(jenis, JenisSimpul::Tujuan | JenisSimpul::Sasaran),
            definisi: format!("{nama} menurut laporan unit penanggung jawab"),
            sumber_data: "Laporan bulanan".to_owned(),
            unit,
            frekuensi: "triwulan".to_owned(),
            bukti: "Laporan triwulan".to_owned(),
            skala: String::new(),
            mutu: MutuData::default(),
            berakhir: None,
            penerus: None,
        });
    }

    /// The year's target in the agreement, the quarters' in the action plan, and what came of them.
    fn values(&mut self, kode: &str, tipe: TipeNilai, akumulasi: Akumulasi, year: std::ops::Range<u64>) {
        let whole = self.acak.within(year) / 100 * 100;
        let quarter = |q: i64| match akumulasi {
            // Percentages grow over the year; counts come in equal parts, the rest in the last.
            Akumulasi::Terakhir => whole * q / 4,
            Akumulasi::RataRata => whole,
            Akumulasi::Jumlah => {
                let part = whole / 400 * 100;
                if q < 4 { part } else { whole - 3 * part }
            }
        };
        let value = |hundredths: i64| {
            let x = Decimal::new(hundredths, 2).normalize();
            if tipe == TipeNilai::Persen { Nilai::Persen(x) } else { Nilai::Bilangan(x) }
        };
        let subject = || Subjek::Indikator(kode.to_owned());
        let in_document = |dokumen: &str| JenisAngka::Target { dokumen: dokumen.to_owned() };
        let promised = self.figure(subject(), in_document("pk"), Periode::Tahun(TAHUN), value(whole), Keadaan::Dikunci);
        self.target.push(promised);
        for (q, periode) in (1..).zip(Periode::quarters(TAHUN)) {
            let aim = quarter(q);
            let planned = self.figure(subject(), in_document("ra"), periode, value(aim), Keadaan::Dikunci);
            self.target.push(planned);
            let came = (aim * self.acak.within(78..113) / 100).max(100);
            let came = if tipe == TipeNilai::Persen { came.min(10_000) } else { came / 100 * 100 };
            let state = if q < 4 { Keadaan::Diverifikasi } else { Keadaan::Draf };
            let reached = self.figure(subject(), JenisAngka::Realisasi, periode, value(came), state);
            self.realisasi.push(reached);
        }
    }

    /// Ceiling of a sub kegiatan and what each quarter spent of it.
    fn money(&mut self, kode: &str) {
        let subject = || Subjek::Simpul(kode.to_owned());
        let rupiah = |x: i64| Nilai::Uang(Rupiah::from_rupiah(x).expect("fits"));
        let ceiling = self.acak.within(20_000..2_000_000) * 1_000;
        let jenis = JenisAngka::Pagu { dokumen: "dpa".to_owned() };
        let pagu = self.figure(subject(), jenis, Periode::Tahun(TAHUN), rupiah(ceiling), Keadaan::Dikunci);
        self.pagu.push(pagu);
        for (share, periode) in [10, 25, 28, 30].into_iter().zip(Periode::quarters(TAHUN)) {
            let spent = ceiling / 100 * (share - self.acak.within(0..6));
            let belanja =
                self.figure(subject(), JenisAngka::RealisasiAnggaran, periode, rupiah(spent), Keadaan::Diverifikasi);
            self.belanja.push(belanja);
        }
    }

    fn figure(&mut self, subjek: Subjek, jenis: JenisAngka, periode: Periode, nilai: Nilai, keadaan: Keadaan) -> Angka {
        Angka {
            id: AngkaId(self.acak.uuid()),
            subjek,
            jenis,
            periode,
            nilai,
            keterangan: String::new(),
            asal: Asal::Diketik,
            bukti: Vec::new(),
            keadaan,
            oleh: String::new(),
            dicatat: 0,
        }
    }
}

fn units() -> Vec<Unit> {
    let unit = |kode: &str, induk: Option<&str>, jenis: &str, nama: &str| Unit {
        kode: kode.to_owned(),
        induk: induk.map(str::to_owned),
        jenis: jenis.to_owned(),
        nama: nama.to_owned(),
        pejabat: format!("Kepala {nama}"),
        berakhir: String::new(),
    };
    vec![
        unit("KD", None, "kepala", "Perangkat Daerah"),
        unit("SEK", Some("KD"), "sekretariat", "Sekretariat"),
        unit("BID.1", Some("KD"), "bidang", "Bidang Pertama"),
        unit("BID.2", Some("KD"), "bidang", "Bidang Kedua"),
        unit("BID.3", Some("KD"), "bidang", "Bidang Ketiga"),
    ]
}

fn documents() -> Vec<Dokumen> {
    let kinds = [
        ("renstra", JenisDokumen::Renstra),
        ("pk", JenisDokumen::PerjanjianKinerja),
        ("dpa", JenisDokumen::Dpa),
        ("ra", JenisDokumen::RencanaAksi),
    ];
    let document = |(kode, jenis): (&str, JenisDokumen)| Dokumen {
        kode: kode.to_owned(),
        jenis,
        versi: 0,
        judul: format!("{} Tahun {TAHUN}", jenis.label()),
        nomor: String::new(),
        tanggal: String::new(),
        keterangan: String::new(),
    };
    kinds.into_iter().map(document).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use super::*;
    use tolok_domain::sheet::{Baris, assemble, rows};
    use tolok_domain::ukur;

    fn count(offices: &[Potret], is: impl Fn(&Angka) -> bool) -> usize {
        offices.iter().flat_map(|p| &p.angka).filter(|a| is(a)).count()
    }

    #[test]
    fn it_has_the_size_of_a_regency() {
        let offices = regency(1);
        assert_eq!(offices.len(), 45);
        assert_eq!(offices.iter().map(|p| p.indikator.len()).sum::<usize>(), 1_548);
        let quarter_value = |a: &Angka| a.jenis == JenisAngka::Realisasi && matches!(a.periode, Periode::Triwulan(..));
        assert_eq!(count(&offices, |a| quarter_value(a) && a.nilai.is_known()), 6_192);
        assert_eq!(count(&offices, |a| a.jenis == JenisAngka::Realisasi), 6_192);
        assert_eq!(count(&offices, |a| matches!(a.jenis, JenisAngka::Target { .. })), 5 * 1_548);
        let lines = offices.iter().flat_map(|p| &p.simpul).filter(|s| s.jenis == JenisSimpul::SubKegiatan).count();
        assert_eq!(count(&offices, |a| matches!(a.jenis, JenisAngka::Pagu { .. })), lines);
        assert_eq!(count(&offices, |a| a.jenis == JenisAngka::RealisasiAnggaran), 4 * lines);
        assert!(offices.iter().all(|p| (34..=35).contains(&p.indikator.len())));
    }

    #[test]
    fn the_same_seed_gives_the_same_regency() {
        assert_eq!(regency(7), regency(7));
        assert_ne!(regency(7), regency(8));
        let offices = regency(7);
        let ids: HashSet<_> = offices.iter().flat_map(|p| &p.angka).map(|a| a.id).collect();
        assert_eq!(ids.len(), offices.iter().map(|p| p.angka.len()).sum::<usize>());
        assert_eq!(offices.iter().map(|p| &p.instansi.kode).collect::<HashSet<_>>().len(), INSTANSI);
    }

    #[test]
    fn every_office_is_a_valid_package_that_can_be_measured() {
        for potret in regency(3) {
            let office = &potret.instansi;
            let sheets = rows(&potret).into_iter().map(|(lembar, rows)| {
                let numbered = (2..).zip(rows).map(|(nomor, sel)| Baris { nomor, sel }).collect();
                (lembar.nama, numbered)
            });
            let (read, problems) = assemble(office.id, TAHUN, &sheets.collect::<HashMap<_, _>>(), Vec::new());
            assert_eq!(problems, [], "{}", office.nama);
            let mut read = read.expect("office");
            // Packages carry no identities of figures.
            for (a, own) in read.angka.iter_mut().zip(&potret.angka) {
                a.id = own.id;
            }
            assert_eq!(read, potret);
            let measured = ukur(&potret, Periode::Tahun(TAHUN));
            for i in &potret.indikator {
                let capaian = measured.indicator(&i.kode).expect("measured").capaian.to_string();
                assert!(capaian.ends_with(|c: char| c.is_ascii_digit()), "{} {}: {capaian}", office.nama, i.kode);
            }
            let absorption = measured.total.absorption().expect("ceilings and spending");
            assert!(absorption > Decimal::from(70) && absorption < Decimal::from(97), "{absorption}");
            assert!(tolok_app::compose(&potret).is_ok(), "{}", office.nama);
        }
    }
}
