//! The daily digest: what is late, due soon, sent back and waiting, as one mail over all offices of a person. On days off there is
//! none.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::ToSpan;
use jiff::civil::Date;
use tolok_domain::calendar::{HariLibur, is_working_day};
use tolok_domain::deadline::{Batas, StatusBatas};
use tolok_domain::notice::PilihanSurat;
use tolok_domain::{InstansiId, PenggunaId, Periode, Potret};
use tolok_store::{Ctx, Hasil, Kabar, Penerima, SuratBaru};
use uuid::Uuid;

use crate::notice::{footer, headline, one_line, place_name, read, short_name, shortened, turn_words};
use crate::tasks::SOON;
use crate::{App, Termuat, Tugas, day, long_date, tasks};

/// From how many days before an agreement is due the digest names it.
const SOON_TO_SIGN: i64 = 7;
/// Lines of one kind about one office; how many more there are is said.
const LINES: usize = 20;

/// What a digest came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ringkasan {
    /// How many mails were written.
    pub surat: usize,
    /// Offices that could not be looked at, and why: for the log.
    pub gagal: Vec<String>,
}

/// What one person is told.
struct Bagian {
    surel: String,
    nama: String,
    kantor: Vec<String>,
}

/// The day's mails while they are made, with the notices that they tell.
#[derive(Default)]
struct Rancangan {
    orang: BTreeMap<PenggunaId, Bagian>,
    kabar: Vec<(InstansiId, Uuid)>,
}

impl App {
    /// Puts the day's digest into the outbox: one mail to each person who wants it and has something in it. `None` when that was done
    /// before, by whichever process; nothing is done where no mail is sent.
    ///
    /// For the server and the command line; each person is told what his roles let him see.
    pub async fn write_digest(&self, waktu: i64) -> Hasil<Option<Ringkasan>> {
        let today = day(waktu);
        let hari = today.to_string();
        if !self.sends_mail() || self.store.has_digest(&hari).await? {
            return Ok(None);
        }
        let (mut rancangan, mut gagal) = (Rancangan::default(), Vec::new());
        for (instansi, kode, nama) in self.store.offices().await? {
            let ctx = nobody(instansi, waktu);
            if let Err(galat) = self.summarize(&ctx, &nama, &mut rancangan).await {
                gagal.push(format!("ringkasan harian {kode}: {galat:?}"));
            }
        }
        let surat: Vec<SuratBaru> =
            rancangan.orang.values().map(|bagian| mail(bagian, today, &self.address(""))).collect();
        let written = self.store.create_digest(&hari, &surat, &rancangan.kabar, waktu).await?;
        Ok(written.then_some(Ringkasan { surat: surat.len(), gagal }))
    }

    /// Adds what an office has to tell its people today.
    async fn summarize(&self, ctx: &Ctx, nama: &str, rancangan: &mut Rancangan) -> Hasil<()> {
        let today = day(ctx.waktu);
        let mut audience = self.store.audience(ctx, &today.to_string()).await?;
        audience.retain(|orang| orang.pilihan != PilihanSurat::Tidak && orang.surel.is_some());
        let Some(first) = audience.first() else { return Ok(()) };
        let years = self.recent_years(&acting(ctx, first)).await?;
        let off = years.last().map_or_else(HariLibur::new, |loaded| loaded.potret.days_off());
        if !is_working_day(today, &off) {
            return Ok(());
        }
        let untold = self.store.untold(ctx).await?;
        for orang in &audience {
            let mine: Vec<&Kabar> =
                untold.iter().filter(|k| k.akun_id == orang.akun.0 && orang.pilihan == PilihanSurat::Harian).collect();
            let Some(text) = office(&acting(ctx, orang), orang, &years, &mine, &self.address("")) else { continue };
            let name = years.last().map_or(nama, |loaded| short_name(&loaded.potret));
            let part = rancangan.orang.entry(orang.akun).or_insert_with(|| Bagian {
                surel: orang.surel.clone().unwrap_or_default(),
                nama: orang.nama.clone(),
                kantor: Vec::new(),
            });
            part.kantor.push(format!("{}\n{text}", one_line(name).to_uppercase()));
            rancangan.kabar.extend(mine.iter().map(|k| (ctx.instansi, k.kabar_id)));
        }
        Ok(())
    }

    /// This year's snapshot and the one before, whose last quarter is worked on in this one, as far as they are there.
    async fn recent_years(&self, ctx: &Ctx) -> Hasil<Vec<Arc<Termuat>>> {
        let this = day(ctx.waktu).year();
        let mut years = self.years(ctx).await?;
        years.retain(|year| (this - 1..=this).contains(year));
        years.sort_unstable();
        let mut found = Vec::new();
        for year in years {
            found.push(self.load(ctx, year).await?);
        }
        Ok(found)
    }
}

/// The server itself, which has no role.
fn nobody(instansi: InstansiId, waktu: i64) -> Ctx {
    Ctx {
        instansi,
        akun: None,
        pelaku: "ringkasan harian".to_owned(),
        tugas: Vec::new(),
        waktu,
        versi: None,
        lampau: false,
        kunci_kirim: None,
    }
}

/// Somebody, with what his roles let him see.
fn acting(ctx: &Ctx, orang: &Penerima) -> Ctx {
    Ctx { akun: Some(orang.akun), pelaku: orang.nama.clone(), tugas: orang.tugas.clone(), ..ctx.clone() }
}

/// Lines of the digest under their headings.
#[derive(Default)]
struct Pokok {
    terlambat: Vec<String>,
    segera: Vec<String>,
    dikembalikan: Vec<String>,
    menunggu: Vec<String>,
    evaluasi: Vec<String>,
    kabar: Vec<String>,
}

/// What one person is told of one office, if there is anything.
fn office(ctx: &Ctx, orang: &Penerima, years: &[Arc<Termuat>], kabar: &[&Kabar], alamat: &str) -> Option<String> {
    let mut pokok = Pokok::default();
    for (i, loaded) in years.iter().enumerate() {
        let (potret, next) = (&loaded.potret, years.get(i + 1).map(|n| &n.potret));
        tasks(ctx, potret, next).iter().for_each(|tugas| pokok.add(tugas, potret, day(ctx.waktu)));
    }
    for kabar in kabar.iter().filter_map(|k| read(k)) {
        let what = headline(kabar.jenis, kabar.periode, kabar.jumlah);
        pokok.kabar.push(format!("{what}, oleh {}, {}", one_line(&kabar.oleh), long_date(day(kabar.waktu))));
    }
    let text = pokok.text();
    let akar = format!("{alamat}/o/{}", orang.kantor);
    (!text.is_empty()).then(|| format!("{text}\nBuka: {akar}/tugas\n"))
}

impl Pokok {
    fn add(&mut self, tugas: &Tugas, potret: &Potret, today: Date) {
        let quarter = |n: u8| Periode::Triwulan(potret.tahun, n).heading();
        match tugas {
            Tugas::Isi { quarter: q, n, batas } => self.due(&format!("Isi {n} angka {}", quarter(*q)), *batas),
            Tugas::Ajukan { quarter: q, n, batas } => self.due(&format!("Ajukan {n} angka {}", quarter(*q)), *batas),
            Tugas::Kunci { quarter: q, batas } => {
                self.due(&format!("Kunci {}: semua angkanya sudah diverifikasi", quarter(*q)), *batas);
            }
            Tugas::Verifikasi { quarter: q, n, batas } => {
                let what = format!("{n} angka {} menunggu verifikasi", quarter(*q));
                self.menunggu.push(format!("{what}; {}", deadline(*batas)));
            }
            Tugas::Perbaiki { angka, .. } => {
                self.dikembalikan.extend(angka.iter().map(|(petak, alasan)| {
                    let reason = if alasan.is_empty() { String::new() } else { format!(": {}", one_line(alasan)) };
                    format!("{}{reason}", place_name(potret, petak))
                }));
            }
            Tugas::TandaTangan { n, batas: Some(batas) } => {
                let what = format!("{n} Perjanjian Kinerja {} belum ditandatangani", potret.tahun);
                let line = format!("{what}; batas {}", long_date(*batas));
                if *batas < today {
                    self.terlambat.push(line);
                } else if today.saturating_add(SOON_TO_SIGN.days()) >= *batas {
                    self.segera.push(line);
                }
            }
            Tugas::Hubungan { n } => {
                self.menunggu.push(format!("{n} hubungan dengan instansi lain pada pohon kinerja menunggu jawaban"));
            }
            Tugas::TandaTangan { batas: None, .. } => {}
            Tugas::Langkah { rekomendasi, uraian, batas } => {
                self.due(&format!("Langkah tindak lanjut rekomendasi {rekomendasi}: {}", shortened(uraian)), *batas);
            }
            Tugas::Jawab { rekomendasi, uraian, batas } => {
                self.due(&format!("Jawab rekomendasi {rekomendasi}: {}", shortened(uraian)), *batas);
            }
            Tugas::Putuskan { rekomendasi, uraian } => {
                let what = format!("Jawaban rekomendasi {rekomendasi} menunggu putusan Anda");
                self.evaluasi.push(format!("{what}: {}", shortened(uraian)));
            }
            Tugas::Evaluasi { giliran, dinilai, .. } => {
                let what = format!("Lembar kerja evaluasi {}", potret.tahun);
                self.evaluasi.push(format!("{what}: {}, {dinilai} subkomponen dinilai", turn_words(*giliran)));
            }
        }
    }

    /// Files something under late or due soon; what has time is not named.
    fn due(&mut self, what: &str, batas: Batas) {
        let line = format!("{what}; {}", deadline(batas));
        match batas.status {
            StatusBatas::Terlambat { .. } => self.terlambat.push(line),
            _ if batas.is_near(SOON) => self.segera.push(line),
            _ => {}
        }
    }

    /// As a mail has it; empty where there is nothing to tell.
    fn text(&self) -> String {
        let parts = [
            ("Terlambat", &self.terlambat),
            ("Segera jatuh tempo", &self.segera),
            ("Dikembalikan untuk diperbaiki", &self.dikembalikan),
            ("Menunggu verifikasi", &self.menunggu),
            ("Evaluasi dan rekomendasi", &self.evaluasi),
            ("Kabar yang belum dibaca", &self.kabar),
        ];
        let mut text = String::new();
        for (heading, lines) in parts.into_iter().filter(|(_, lines)| !lines.is_empty()) {
            text.push_str(&format!("\n{heading}\n"));
            lines.iter().take(LINES).for_each(|line| text.push_str(&format!("- {line}\n")));
            if lines.len() > LINES {
                text.push_str(&format!("- dan {} lainnya\n", lines.len() - LINES));
            }
        }
        text
    }
}

/// A deadline in words, the earliest of what a line counts.
fn deadline(batas: Batas) -> String {
    let date = long_date(batas.tanggal);
    match batas.status {
        StatusBatas::BelumMulai => format!("batas {date}"),
        StatusBatas::Berjalan { sisa } => format!("batas {date}, {sisa} hari kerja lagi"),
        StatusBatas::HariIni => format!("batas {date}, hari ini"),
        StatusBatas::Terlambat { hari } => format!("batas {date}, lewat {hari} hari kerja"),
    }
}

fn mail(bagian: &Bagian, today: Date, alamat: &str) -> SuratBaru {
    let date = long_date(today);
    let offices = bagian.kantor.join("\n");
    let isi = format!("Ringkasan {date} untuk {}.\n\n{offices}{}", one_line(&bagian.nama), footer(alamat));
    SuratBaru { kepada: bagian.surel.clone(), perihal: format!("Ringkasan harian Tolok, {date}"), isi }
}
