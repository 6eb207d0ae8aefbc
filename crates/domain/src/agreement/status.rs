//! Who has signed, and until when one should.

use jiff::civil::Date;

use super::{Perjanjian, content};
use crate::coverage::Cakupan;
use crate::deadline::dpa_reminder;
use crate::document::{Dokumen, JenisDokumen};
use crate::figure::Angka;
use crate::plan::Unit;
use crate::snapshot::Potret;

/// How far the agreement of a unit's head has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeadaanPerjanjian {
    /// The plan gives the unit nothing to promise, and nobody has made an agreement for it.
    TidakPerlu,
    /// There should be one and is none.
    BelumDibuat,
    /// It is made and waits for signatures.
    BelumDitandatangani,
    /// Both have signed.
    Ditandatangani,
}

/// The agreement of a unit's head as it stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StatusPerjanjian<'a> {
    /// The unit.
    pub unit: &'a Unit,
    /// Its latest agreement.
    pub perjanjian: Option<&'a Perjanjian>,
    /// How far it has come.
    pub keadaan: KeadaanPerjanjian,
    /// The last day in time, where the law sets one and the day of the budget is known.
    pub batas: Option<Date>,
    /// By how many days it was signed too late, or is late so far.
    pub terlambat: Option<u32>,
}

impl StatusPerjanjian<'_> {
    /// Whether something is still to be done.
    pub const fn is_open(&self) -> bool {
        matches!(self.keadaan, KeadaanPerjanjian::BelumDibuat | KeadaanPerjanjian::BelumDitandatangani)
    }
}

/// Every unit's agreement as it stands on a day, in the order of the organisation.
pub fn board(potret: &Potret, today: Date) -> Vec<StatusPerjanjian<'_>> {
    let due = due(potret);
    content::proposals(potret)
        .into_iter()
        .zip(&potret.unit)
        .map(|(usulan, unit)| {
            let perjanjian = potret.agreement_of(&unit.kode);
            let keadaan = match perjanjian {
                Some(p) if p.is_signed() => KeadaanPerjanjian::Ditandatangani,
                Some(_) => KeadaanPerjanjian::BelumDitandatangani,
                None if usulan.isi.is_empty() => KeadaanPerjanjian::TidakPerlu,
                None => KeadaanPerjanjian::BelumDibuat,
            };
            // The law sets a day for making agreements, not for changing them.
            let is_due = keadaan != KeadaanPerjanjian::TidakPerlu && perjanjian.is_none_or(|p| p.alasan.is_none());
            let batas = due.filter(|_| is_due);
            let signed = perjanjian.filter(|p| p.is_signed()).and_then(|p| p.ditandatangani.parse::<Date>().ok());
            let terlambat = batas.and_then(|batas| days_late(batas, signed.unwrap_or(today)));
            StatusPerjanjian { unit, perjanjian, keadaan, batas, terlambat }
        })
        .collect()
}

/// How many of the agreements that there should be are signed.
pub fn signed(board: &[StatusPerjanjian<'_>]) -> Cakupan {
    let wanted = board.iter().filter(|s| s.keadaan != KeadaanPerjanjian::TidakPerlu);
    Cakupan::count(wanted.map(|s| s.keadaan == KeadaanPerjanjian::Ditandatangani))
}

/// The last day for the year's agreements: a month after its budget document was approved (see [`dpa_reminder`]). `None` while
/// the day of the budget is not recorded.
pub fn due(potret: &Potret) -> Option<Date> {
    let of_year = |d: &&Dokumen| d.jenis == JenisDokumen::Dpa && d.versi == 0 && !is_of_another_year(potret, &d.kode);
    let approved = potret.dokumen.iter().filter(of_year).filter_map(|d| d.tanggal.parse::<Date>().ok()).max();
    approved.map(dpa_reminder)
}

/// Whether a document sets figures, but none of the snapshot's year: budgets of earlier years are kept for comparison.
fn is_of_another_year(potret: &Potret, dokumen: &str) -> bool {
    let sets = |a: &&Angka| a.jenis.document() == Some(dokumen);
    let mut years = potret.angka.iter().filter(sets).map(|a| a.periode.tahun()).peekable();
    years.peek().is_some() && years.all(|year| year != potret.tahun)
}

fn days_late(batas: Date, tanggal: Date) -> Option<u32> {
    let days = batas.until(tanggal).ok()?.get_days();
    u32::try_from(days).ok().filter(|days| *days > 0)
}
