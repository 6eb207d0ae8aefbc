//! What another formula would change: looked at before a region adopts it.

use rust_decimal::Decimal;

use super::{Daerah, Kantor, Unsur, formula};
use crate::ranking::rank;

/// One office under the formula in force and under the proposed one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pergeseran<'a> {
    /// The office.
    pub kantor: &'a Kantor,
    /// Its rank and score now; `None` where something that counts is not known.
    pub sebelum: Option<(usize, Decimal)>,
    /// Its rank and score then.
    pub sesudah: Option<(usize, Decimal)>,
}

impl Pergeseran<'_> {
    /// Places won (above zero) or lost, where it is ranked by both.
    pub fn places(&self) -> Option<isize> {
        let (before, after) = (self.sebelum?.0, self.sesudah?.0);
        Some(isize::try_from(before).ok()? - isize::try_from(after).ok()?)
    }
}

/// What a proposed formula would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simulasi<'a> {
    /// The offices: as they would be ranked, then those that would not be.
    pub kantor: Vec<Pergeseran<'a>>,
}

impl Simulasi<'_> {
    /// Offices that are ranked now and would not be: the proposed formula counts what of them is not known.
    pub fn dropped(&self) -> usize {
        self.kantor.iter().filter(|p| p.sebelum.is_some() && p.sesudah.is_none()).count()
    }
}

/// Ranks by both formulas. What is not known ranks nobody, by either.
///
/// # Errors
/// What is wrong with the weights, each as a sentence.
pub fn simulate<'a>(
    daerah: &'a Daerah,
    kini: &[(Unsur, Decimal)],
    usul: &[(Unsur, Decimal)],
) -> Result<Simulasi<'a>, Vec<String>> {
    let (before, after) = (ranks(daerah, kini)?, ranks(daerah, usul)?);
    let mut kantor: Vec<Pergeseran<'a>> = daerah
        .kantor
        .iter()
        .zip(before.into_iter().zip(after))
        .map(|(kantor, (sebelum, sesudah))| Pergeseran { kantor, sebelum, sesudah })
        .collect();
    kantor.sort_by_key(|p| p.sesudah.map_or(usize::MAX, |(rank, _)| rank));
    Ok(Simulasi { kantor })
}

type Tempat = Option<(usize, Decimal)>;

/// Rank and score of every office, in the region's order.
fn ranks(daerah: &Daerah, bobot: &[(Unsur, Decimal)]) -> Result<Vec<Tempat>, Vec<String>> {
    fn told<E: ToString>(faults: Vec<E>) -> Vec<String> {
        faults.iter().map(ToString::to_string).collect()
    }
    let pembobotan = formula(bobot).map_err(told)?;
    let (complete, _) = daerah.participants(bobot);
    let peringkat = rank(&pembobotan, &complete).map_err(told)?;
    let place = |kantor: &Kantor| {
        let own = peringkat.urutan.iter().find(|b| b.peserta.subjek.kode == kantor.kode);
        own.map(|b| (b.peringkat, b.skor))
    };
    Ok(daerah.kantor.iter().map(place).collect())
}
