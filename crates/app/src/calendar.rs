//! The calendar that people subscribe to: deadlines of their offices, behind a secret address of their own.

use tolok_domain::deadline::{Tingkat, dpa_reminder};
use tolok_domain::rekomendasi::Jatuh;
use tolok_domain::{JenisDokumen, PenggunaId, Periode, Potret};
use tolok_report::ics::{Event, render};
use tolok_store::{Ctx, Hasil};

use crate::account::secret::{hash_secret, secret};
use crate::tasks::follow_ups;
use crate::{App, day};

impl App {
    /// Makes a fresh secret for the account's calendar; an earlier one ends. Only its hash is stored.
    ///
    /// Permission: the account's own.
    pub async fn renew_calendar(&self, akun: PenggunaId, waktu: i64) -> Hasil<String> {
        let rahasia = secret();
        self.store.save_calendar(akun, &hash_secret(&rahasia), waktu).await?;
        Ok(rahasia)
    }

    /// The calendar of a secret as an ICS file; `None` when there is no such secret. `alamat`: where Tolok is reached, for links.
    ///
    /// Permission: whoever has the secret sees the deadlines of the offices in which its account has a role today, and of
    /// recommendations those that it follows up.
    pub async fn calendar(&self, rahasia: &str, alamat: &str, waktu: i64) -> Hasil<Option<String>> {
        let Some(akun) = self.store.find_calendar(&hash_secret(rahasia)).await? else { return Ok(None) };
        let mut events = Vec::new();
        let mut last = 0;
        for (kode, ctx) in self.account_contexts(akun, waktu).await? {
            // An office without data has no deadlines.
            let Ok(loaded) = self.open(&ctx, None).await else { continue };
            last = last.max(loaded.potret.angka.iter().map(|a| a.dicatat).max().unwrap_or(0));
            events.extend(of_office(&kode, &loaded.potret, alamat));
            let before = self.year_before(&ctx, &loaded).await?;
            // What was recommended for the year before and did not go on into this one is still to be done.
            let years = [(before.as_ref().map(|b| &b.potret), Some(&loaded.potret)), (Some(&loaded.potret), None)];
            for (potret, next) in years.into_iter().filter_map(|(potret, next)| Some((potret?, next))) {
                let theirs = follow_ups(&ctx, potret, next, day(waktu));
                events.extend(theirs.iter().map(|j| of_follow_up(&kode, potret, j, alamat)));
            }
        }
        let stamp = jiff::Timestamp::from_microsecond(last).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        Ok(Some(render(&events, stamp)))
    }

    async fn account_contexts(&self, akun: PenggunaId, waktu: i64) -> Hasil<Vec<(String, Ctx)>> {
        let found = self.store.find_roles(akun, &day(waktu).to_string()).await?;
        Ok(found
            .map(|s| crate::Sesi::from_stored(s).contexts(tolok_domain::access::Hak::Lihat, waktu))
            .unwrap_or_default())
    }
}

fn of_office(kode: &str, potret: &Potret, alamat: &str) -> Vec<Event> {
    let off = potret.days_off();
    let office = &potret.instansi.singkatan;
    let mut events = Vec::new();
    for (periode, quarter) in Periode::quarters(potret.tahun).into_iter().zip(1..) {
        for tingkat in Tingkat::ALL {
            events.push(Event {
                uid: format!("{periode}-{}@{kode}.tolok", tingkat.as_str()),
                summary: format!("Batas {} {}: {office}", tingkat.label(), periode.heading()),
                description: format!("Batas waktu tingkat {} untuk {}", tingkat.label(), periode.heading()),
                url: format!("{alamat}/o/{kode}/isi?tahun={}&tw={quarter}", potret.tahun),
                date: potret.jadwal.due(tingkat, periode, &off),
            });
        }
    }
    let budget = potret.dokumen.iter().find(|d| d.jenis == JenisDokumen::Dpa && d.versi == 0);
    if let Some(date) = budget.and_then(|d| d.tanggal.parse().ok()) {
        events.push(Event {
            uid: format!("pk-{}@{kode}.tolok", potret.tahun),
            summary: format!("Batas Perjanjian Kinerja {}: {office}", potret.tahun),
            description: "Satu bulan setelah DPA disahkan (PermenPANRB 53/2014)".to_owned(),
            url: format!("{alamat}/o/{kode}/?tahun={}", potret.tahun),
            date: dpa_reminder(date),
        });
    }
    events
}

/// A day until which the account has to do something about a recommendation.
fn of_follow_up(kode: &str, potret: &Potret, jatuh: &Jatuh<'_>, alamat: &str) -> Event {
    let (office, r) = (&potret.instansi.singkatan, jatuh.rekomendasi);
    let (what, text, part) = match jatuh.langkah {
        Some(l) => ("langkah tindak lanjut", &l.uraian, l.kode.as_str()),
        None => ("jawaban", &r.rekomendasi, "jawaban"),
    };
    Event {
        uid: format!("rekomendasi-{}-{}-{part}@{kode}.tolok", potret.tahun, r.kode),
        summary: format!("Batas {what} rekomendasi {}: {office}", r.kode),
        description: text.clone(),
        url: format!("{alamat}/o/{kode}/rekomendasi/{}?tahun={}", r.kode, potret.tahun),
        date: jatuh.batas.tanggal,
    }
}
