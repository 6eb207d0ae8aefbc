//! What somebody has to do: entered from data, so that a list of tasks is never out of date.

use jiff::civil::Date;
use tolok_domain::access::{Hak, Lingkup, Penugasan};
use tolok_domain::agreement::Perjanjian;
use tolok_domain::coverage::Cakupan;
use tolok_domain::deadline::{Batas, Tingkat, dpa_reminder};
use tolok_domain::duty::due;
use tolok_domain::evaluasi::{Evaluasi, Giliran, has_evaluated, turn};
use tolok_domain::figure::{Angka, Keadaan};
use tolok_domain::id::Kode;
use tolok_domain::rekomendasi::{Jatuh, LangkahTindakLanjut, Rekomendasi, board, falling_due};
use tolok_domain::{JenisDokumen, Periode, Petak, Potret, ukur};
use tolok_store::{Ctx, Hasil};

use crate::{App, day, may_change_plan, require};

/// From how many working days before a deadline people are reminded of it: a week of work.
pub(crate) const SOON: u32 = 5;

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
    /// A step of a follow-up that is not done, due soon or overdue.
    Langkah {
        /// The recommendation.
        rekomendasi: Kode,
        /// What is to be done.
        uraian: String,
        /// Until when.
        batas: Batas,
    },
    /// A recommendation without an answer of the office, due soon or overdue.
    Jawab {
        /// The recommendation.
        rekomendasi: Kode,
        /// Its wording.
        uraian: String,
        /// Until when.
        batas: Batas,
    },
    /// An answer of the office that waits for the evaluator's verdict.
    Putuskan {
        /// The recommendation.
        rekomendasi: Kode,
        /// Its wording.
        uraian: String,
    },
    /// A worksheet whose turn it is.
    Evaluasi {
        /// The evaluation.
        kode: Kode,
        /// What is to be done.
        giliran: Giliran,
        /// Subkomponen scored, of all.
        dinilai: Cakupan,
    },
}

impl App {
    /// What the user has to do in the year's snapshot.
    ///
    /// Permission: [`Hak::Lihat`]; each task goes to those who may do it.
    pub async fn tasks(&self, ctx: &Ctx, tahun: i16) -> Hasil<Vec<Tugas>> {
        require(ctx, Hak::Lihat)?;
        let loaded = self.load(ctx, tahun).await?;
        let next = self.year_after(ctx, &loaded).await?;
        Ok(tasks(ctx, &loaded.potret, next.as_ref().map(|n| &n.potret)))
    }
}

/// The user's tasks, the most pressing quarter first. `next`: the year after, where the office has opened it; recommendations that went
/// on into it are followed up there.
pub fn tasks(ctx: &Ctx, potret: &Potret, next: Option<&Potret>) -> Vec<Tugas> {
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
    found.extend(following_up(ctx, potret, next, today));
    found.extend(evaluating(ctx, potret));
    found
}

/// Whether the user keeps the follow-up of a recommendation, or of one of its steps.
pub fn follows_up(ctx: &Ctx, potret: &Potret, r: &Rekomendasi, step: Option<&LangkahTindakLanjut>) -> bool {
    !ctx.lampau && in_charge(&ctx.tugas, potret, r, step)
}

/// Whether a recommendation, or one of its steps, is in the charge of the units of these roles. What is in no unit's charge belongs to
/// the whole office.
pub(crate) fn in_charge(
    tugas: &[Penugasan],
    potret: &Potret,
    r: &Rekomendasi,
    step: Option<&LangkahTindakLanjut>,
) -> bool {
    let scope = Lingkup::of(tugas, Hak::NilaiMandiri);
    let covers = |unit: Option<&str>| scope.covers(potret.upwards(unit));
    let of_step = || step.and_then(|l| l.unit.as_deref()).is_some_and(|unit| covers(Some(unit)));
    covers(r.unit.as_deref()) || of_step()
}

/// What the user has to do about recommendations until a day, the earliest first.
pub(crate) fn follow_ups<'a>(ctx: &Ctx, potret: &'a Potret, next: Option<&Potret>, today: Date) -> Vec<Jatuh<'a>> {
    if !ctx.may(Hak::NilaiMandiri) {
        return Vec::new();
    }
    let rows = board(potret, today);
    let mut found = falling_due(potret, &rows, today, &potret.days_off());
    found.retain(|j| follows_up(ctx, potret, j.rekomendasi, j.langkah) && !went_on(j.rekomendasi, next));
    found
}

/// Whether a recommendation was taken over into the next year. Codes begin anew with each evaluation.
fn went_on(rekomendasi: &Rekomendasi, next: Option<&Potret>) -> bool {
    let there = next.and_then(|n| n.recommendation(&rekomendasi.kode));
    there.is_some_and(|r| r.evaluasi == rekomendasi.evaluasi)
}

fn following_up(ctx: &Ctx, potret: &Potret, next: Option<&Potret>, today: Date) -> Vec<Tugas> {
    let near = follow_ups(ctx, potret, next, today).into_iter().filter(|j| j.batas.is_near(SOON));
    let mut found: Vec<Tugas> = near
        .map(|Jatuh { rekomendasi: r, langkah, batas }| match langkah {
            Some(l) => Tugas::Langkah { rekomendasi: r.kode.clone(), uraian: l.uraian.clone(), batas },
            None => Tugas::Jawab { rekomendasi: r.kode.clone(), uraian: r.rekomendasi.clone(), batas },
        })
        .collect();
    if ctx.may(Hak::Evaluasi) && !ctx.lampau {
        let rows = board(potret, today);
        let answered = rows.iter().filter(|b| b.awaits_verdict()).map(|b| b.rekomendasi);
        found.extend(
            answered
                .filter(|r| !went_on(r, next))
                .map(|r| Tugas::Putuskan { rekomendasi: r.kode.clone(), uraian: r.rekomendasi.clone() }),
        );
    }
    found
}

/// The worksheet of the year, where it is the user's turn.
fn evaluating(ctx: &Ctx, potret: &Potret) -> Option<Tugas> {
    let evaluasi = potret.evaluation_of(potret.tahun)?;
    let (giliran, dinilai) = turn(potret, evaluasi)?;
    let mine = !ctx.lampau && has_turn(&ctx.tugas, &ctx.pelaku, potret, evaluasi, giliran);
    mine.then(|| Tugas::Evaluasi { kode: evaluasi.kode.clone(), giliran, dinilai })
}

/// Whether somebody is the one whose turn a worksheet is.
pub(crate) fn has_turn(
    tugas: &[Penugasan],
    nama: &str,
    potret: &Potret,
    evaluasi: &Evaluasi,
    giliran: Giliran,
) -> bool {
    let evaluates = || tugas.iter().any(|t| t.peran.grants(Hak::Evaluasi));
    match giliran {
        Giliran::Mandiri => Lingkup::of(tugas, Hak::NilaiMandiri) == Lingkup::Semua,
        Giliran::Evaluator | Giliran::Terbit => evaluates(),
        Giliran::PenjaminMutu => evaluates() && !has_evaluated(&potret.jawaban, &evaluasi.kode, nama),
    }
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
