//! What a check has found.

use super::Rujukan;
use crate::coverage::Cakupan;

/// Records that a sentence names before it counts the rest.
const NAMED: usize = 5;

/// What a check has found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hasil {
    pub(super) terpenuhi: Cakupan,
    pub(super) kalimat: String,
    pub(super) bukti: Vec<Rujukan>,
}

impl Hasil {
    /// Of things of which some are as they should be: "4 dari 7 indikator utama berdefinisi; belum: iku.5, iku.6 dan iku.7".
    pub(super) fn count(apa: &str, things: impl IntoIterator<Item = (Rujukan, bool)>) -> Self {
        let (there, missing): (Vec<_>, Vec<_>) = things.into_iter().partition(|(_, good)| *good);
        let only = |list: Vec<(Rujukan, bool)>| list.into_iter().map(|(r, _)| r).collect::<Vec<_>>();
        let (there, mut bukti) = (only(there), only(missing));
        let terpenuhi = Cakupan { ada: there.len(), dari: there.len() + bukti.len() };
        let kalimat = match (terpenuhi.dari, bukti.is_empty()) {
            (0, _) => format!("Belum dapat dinilai: tidak ada yang dihitung ({apa})"),
            (_, true) => format!("{terpenuhi} {apa}"),
            (_, false) => format!("{terpenuhi} {apa}; belum: {}", list(&bukti)),
        };
        bukti.extend(there);
        Self { terpenuhi, kalimat, bukti }
    }

    /// Of one thing that is there or not: what was found, or what to say where nothing was.
    pub(super) fn any(apa: &str, found: Vec<Rujukan>, without: &str) -> Self {
        let ada = usize::from(!found.is_empty());
        let kalimat = if found.is_empty() { without.to_owned() } else { format!("{apa}: {}", list(&found)) };
        Self { terpenuhi: Cakupan { ada, dari: 1 }, kalimat, bukti: found }
    }

    /// Of a share that is known from elsewhere.
    pub(super) fn share(terpenuhi: Cakupan, apa: &str) -> Self {
        Self { terpenuhi, kalimat: format!("{terpenuhi} {apa}"), bukti: Vec::new() }
    }

    /// Where the data say nothing.
    pub(super) fn unknown(kalimat: &str) -> Self {
        Self { terpenuhi: Cakupan::default(), kalimat: kalimat.to_owned(), bukti: Vec::new() }
    }
}

fn list(bukti: &[Rujukan]) -> String {
    let named: Vec<String> = bukti.iter().take(NAMED).map(ToString::to_string).collect();
    match (bukti.len().saturating_sub(NAMED), named.split_last()) {
        (0, Some((last, rest))) if !rest.is_empty() => format!("{} dan {last}", rest.join(", ")),
        (0, _) => named.concat(),
        (more, _) => format!("{} dan {more} lain", named.join(", ")),
    }
}
