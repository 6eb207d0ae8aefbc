//! Answers of two raters beside each other: where they differ, and where a reason is due.

use super::templat::Templat;
use super::{Jawaban, Penilai, Pilih, chosen};

/// Steps from which on a difference needs a reason.
const STEPS: usize = 2;

/// Answers to one code that differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Beda<'a> {
    /// The code.
    pub kode: &'a str,
    /// The earlier answer.
    pub sebelum: &'a str,
    /// The later answer.
    pub sesudah: &'a str,
    /// By how many steps of the options: up where above zero.
    pub langkah: isize,
}

impl Beda<'_> {
    /// Whether it is more than one step: then it needs a reason.
    pub const fn needs_reason(&self) -> bool {
        self.langkah.unsigned_abs() >= STEPS
    }
}

/// Where two raters differ, in the order of the template. What only one has answered is no difference.
pub fn compare<'a>(templat: &'a Templat, sebelum: &Pilih<'a>, sesudah: &Pilih<'a>) -> Vec<Beda<'a>> {
    let codes = templat.parts().flat_map(|s| std::iter::once(&s.kode).chain(s.kriteria.iter().map(|k| &k.kode)));
    codes
        .filter_map(|kode| {
            let (before, after) = (*sebelum.get(kode.as_str())?, *sesudah.get(kode.as_str())?);
            let options = templat.options(kode);
            let place = |pilihan: &str| options.iter().position(|(o, _)| *o == pilihan);
            let langkah = isize::try_from(place(before)?).ok()? - isize::try_from(place(after)?).ok()?;
            (langkah != 0).then_some(Beda { kode, sebelum: before, sesudah: after, langkah })
        })
        .collect()
}

/// Answers that are more than one step from those of the rater before, without saying why.
pub fn without_reason<'a>(templat: &'a Templat, jawaban: &'a [Jawaban], evaluasi: &str) -> Vec<(Penilai, Beda<'a>)> {
    let pairs = [(Penilai::Mandiri, Penilai::Evaluator), (Penilai::Evaluator, Penilai::PenjaminMutu)];
    let mut found = Vec::new();
    for (before, after) in pairs {
        let silent = |kode: &str| {
            let own = |j: &&Jawaban| j.evaluasi == evaluasi && j.penilai == after && j.kode == kode;
            jawaban.iter().find(own).is_some_and(|j| j.alasan.trim().is_empty())
        };
        let differences = compare(templat, &chosen(jawaban, evaluasi, before), &chosen(jawaban, evaluasi, after));
        found.extend(differences.into_iter().filter(|b| b.needs_reason() && silent(b.kode)).map(|b| (after, b)));
    }
    found
}
