//! What somebody has to do: entered from data, so that a list of tasks is never out of date.

use jiff::civil::Date;
use tolok_domain::access::{Hak, Lingkup};
use tolok_domain::agreement::Perjanjian;
use tolok_domain::deadline::{Batas, Tingkat, dpa_reminder};
use tolok_domain::duty::due;
use tolok_domain::figure::{Angka, Keadaan};
use tolok_domain::{JenisDokumen, Periode, Petak, Potret, ukur};
use tolok_store::{Ctx, Hasil};

use crate::{App, day, may_change_plan, require};

/// Something to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tugas {
    /// Figures of a quarter that are not entered.
    Isi {
        /// The quarter, 1 to 4.
        quarter: u8,
        /// How many.
        n: usize,
        /// The earliest deadline among them.
        batas: Batas,
    },
    /// Figures that were sent back.
    Perbaiki {
        /// The quarter, 1 to 4.
        quarter: u8,
        /// Their places, with the latest reason.
        angka: Vec<(Petak, String)>,
    },
    /// Figures that are entered and not handed in.
    Ajukan {
        /// The quarter, 1 to 4.
        quarter: u8,
        /// How many.
        n: usize,
        /// The earliest deadline among them.
        batas: Batas,
    },
    /// Figures that wait for verification.
    Verifikasi {
        /// The quarter, 1 to 4.
        quarter: u8,
        /// How many.
        n: usize,
        /// Until when.
        batas: Batas,
    },
    /// A quarter whose figures are verified and that can be locked.
    Kunci {
        /// The quarter, 1 to 4.
        quarter: u8,
        /// Until when.
        batas: Batas,
    },
    /// Links to other offices that wait for this office's answer.
    Hubungan {
        /// How many.
        n: usize,
    },
    /// Agreements without signature.
    TandaTangan {
        /// How many.
        n: usize,
        /// A month after the budget document, where its date is known (PermenPANRB 53/2014, lampiran I, huruf C.2).
        batas: Option<Date>,
    },
}

impl App {
    /// What the user has to do in the year's snapshot.
    ///
    /// Permission: [`Hak::Lihat`]; each task goes to those who may do it.
    pub async fn tasks(&self, ctx: &Ctx, tahun: i16) -> Hasil<Vec<Tugas>> {
        require(ctx, Hak::Lihat)?;
        let loaded = self.load(ctx, tahun).await?;
        Ok(tasks(ctx, &loaded.potret))
    }
}

/// The user's tasks, the most pressing quarter first.
pub fn tasks(ctx: &Ctx, potret: &Potret) -> Vec<Tugas> {
    let today = day(ctx.waktu);
    let mut found = Vec::new();
    for quarter in 1..=4_u8 {
        let periode = Periode::Triwulan(potret.tahun, quarter);
        // Before a quarter has begun there is nothing to enter.
        if begins(periode) > today {
            break;
        }
        let hasil = ukur(potret, periode);
        let places = due(&hasil, quarter);
        found.extend(entering(ctx, potret, &places, quarter, today));
        found.extend(checking(ctx, potret, &places, quarter, today));
    }
    found.extend(answering(ctx, potret));
    found.extend(signing(ctx, potret));
    found
}

fn answering(ctx: &Ctx, potret: &Potret) -> Option<Tugas> {
    if !may_change_plan(ctx) {
        return None;
    }
    let n = potret.silang.iter().filter(|s| s.awaits_answer()).count();
    (n > 0).then_some(Tugas::Hubungan { n })
}

fn begins(periode: Periode) -> Date {
    let month = i8::try_from(periode.first_month()).unwrap_or(1);
    Date::new(periode.tahun(), month, 1).unwrap_or(Date::MIN)
}

fn entering(ctx: &Ctx, potret: &Potret, places: &[Petak], quarter: u8, today: Date) -> Vec<Tugas> {
    if !ctx.may(Hak::UbahRealisasi) {
        return Vec::new();
    }
    let scope = ctx.scope(Hak::UbahRealisasi);
    let text = today.to_string();
    let open = |p: &&Petak| scope.covers(potret.upwards(p.unit(potret))) && p.enter(potret, &text).is_ok();
    let mine: Vec<&Petak> = places.iter().filter(open).collect();
    let state = |p: &Petak| p.figure(potret).map(|a| a.keadaan);
    let of = |wanted: Option<Keadaan>| -> Vec<&Petak> { mine.iter().copied().filter(|p| state(p) == wanted).collect() };
    let mut found = Vec::new();
    let returned = of(Some(Keadaan::Dikembalikan));
    if !returned.is_empty() {
        let with_reason = |p: &Petak| (p.clone(), reason(potret, p));
        found.push(Tugas::Perbaiki { quarter, angka: returned.into_iter().map(with_reason).collect() });
    }
    for (wanted, make) in [
        (None, (|quarter, n, batas| Tugas::Isi { quarter, n, batas }) as fn(u8, usize, Batas) -> Tugas),
        (Some(Keadaan::Draf), |quarter, n, batas| Tugas::Ajukan { quarter, n, batas }),
    ] {
        let these = of(wanted);
        let earliest = these.iter().filter_map(|p| p.level(potret).map(|level| (level, p.periode))).min();
        if let Some((level, periode)) = earliest {
            found.push(make(quarter, these.len(), deadline(potret, level, periode, today)));
        }
    }
    found
}

fn checking(ctx: &Ctx, potret: &Potret, places: &[Petak], quarter: u8, today: Date) -> Vec<Tugas> {
    let mut found = Vec::new();
    let figures: Vec<&Angka> = places.iter().filter_map(|p| p.figure(potret)).collect();
    let periode = Periode::Triwulan(potret.tahun, quarter);
    let waiting = figures.iter().filter(|a| a.keadaan == Keadaan::Diajukan).count();
    if waiting > 0 && ctx.may(Hak::Verifikasi) {
        let batas = deadline(potret, Tingkat::Verifikasi, periode, today);
        found.push(Tugas::Verifikasi { quarter, n: waiting, batas });
    }
    let verified = |a: &&Angka| matches!(a.keadaan, Keadaan::Diverifikasi | Keadaan::Dikunci);
    let complete = !places.is_empty() && figures.len() == places.len() && figures.iter().all(verified);
    let locked = potret.penguncian.iter().any(|p| p.periode == periode);
    if complete && !locked && ctx.scope(Hak::Kunci) == Lingkup::Semua {
        found.push(Tugas::Kunci { quarter, batas: deadline(potret, Tingkat::Penguncian, periode, today) });
    }
    found
}

fn signing(ctx: &Ctx, potret: &Potret) -> Option<Tugas> {
    if !ctx.may(Hak::TandaTangan) {
        return None;
    }
    let n = potret.perjanjian.iter().filter(|p| !Perjanjian::is_signed(p)).count();
    let budget = potret
        .dokumen
        .iter()
        .find(|d| d.jenis == JenisDokumen::Dpa && d.versi == 0 && !d.tanggal.is_empty())
        .and_then(|d| d.tanggal.parse::<Date>().ok());
    (n > 0).then(|| Tugas::TandaTangan { n, batas: budget.map(dpa_reminder) })
}

fn deadline(potret: &Potret, level: Tingkat, periode: Periode, today: Date) -> Batas {
    potret.jadwal.deadline(level, periode, today, &potret.days_off())
}

/// The latest comment on a figure that was sent back.
fn reason(potret: &Potret, petak: &Petak) -> String {
    let of_it = potret.komentar.iter().rev().find(|k| k.indikator == petak.subjek.kode() && k.periode == petak.periode);
    of_it.map(|k| format!("{}: {}", k.oleh, k.isi)).unwrap_or_default()
}
