//! Whose turn a worksheet is.

use super::{Evaluasi, Jawaban, KeadaanEvaluasi, Penilai, chosen, counted, score};
use crate::coverage::Cakupan;
use crate::snapshot::Potret;

/// Who has to do something about a worksheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Giliran {
    /// The office rates itself.
    Mandiri,
    /// The evaluator rates.
    Evaluator,
    /// The second reader confirms.
    PenjaminMutu,
    /// The evaluator publishes the result.
    Terbit,
}

impl Giliran {
    /// Everyone's, in order.
    pub const ALL: [Self; 4] = [Self::Mandiri, Self::Evaluator, Self::PenjaminMutu, Self::Terbit];

    /// The word in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mandiri => "mandiri",
            Self::Evaluator => "evaluator",
            Self::PenjaminMutu => "penjamin_mutu",
            Self::Terbit => "terbit",
        }
    }

    /// Whose turn that word tells of.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|g| g.as_str() == word)
    }
}

/// Whether somebody has answered as evaluator: then he is not the second reader.
pub fn has_evaluated(jawaban: &[Jawaban], evaluasi: &str, oleh: &str) -> bool {
    jawaban.iter().any(|j| j.evaluasi == evaluasi && j.penilai == Penilai::Evaluator && j.oleh == oleh)
}

/// Whose turn an evaluation is, with the subkomponen that he has scored, of all; `None` where the result is out or the template is
/// gone. The evaluator does not wait for an office that has begun its own rating and not ended it once he has begun his.
pub fn turn(potret: &Potret, evaluasi: &Evaluasi) -> Option<(Giliran, Cakupan)> {
    let templat = potret.template(&evaluasi.templat).filter(|_| evaluasi.keadaan != KeadaanEvaluasi::Terbit)?;
    let own = score(templat, &chosen(&potret.jawaban, &evaluasi.kode, Penilai::Mandiri)).dinilai;
    if evaluasi.keadaan == KeadaanEvaluasi::Mandiri && !own.is_complete() {
        return Some((Giliran::Mandiri, own));
    }
    let counts = score(templat, &counted(&potret.jawaban, &evaluasi.kode)).dinilai;
    let giliran = if !counts.is_complete() {
        Giliran::Evaluator
    } else if evaluasi.keadaan < KeadaanEvaluasi::Ditinjau && !evaluasi.penjamin_mutu.is_empty() {
        Giliran::PenjaminMutu
    } else {
        Giliran::Terbit
    };
    Some((giliran, counts))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluasi::templat::builtin;
    use crate::snapshot::testing::potret;

    fn answer(kode: &str, penilai: Penilai) -> Jawaban {
        let empty = String::new;
        Jawaban {
            evaluasi: "e".to_owned(),
            kode: kode.to_owned(),
            penilai,
            pilihan: "B".to_owned(),
            alasan: empty(),
            bukti: empty(),
            sumber: empty(),
            oleh: "Auditor Satu".to_owned(),
        }
    }

    fn evaluation(keadaan: KeadaanEvaluasi, penjamin_mutu: &str) -> Evaluasi {
        Evaluasi {
            kode: "e".to_owned(),
            tahun: 2021,
            templat: "88-2021".to_owned(),
            keadaan,
            evaluator: String::new(),
            penjamin_mutu: penjamin_mutu.to_owned(),
            nomor_lhe: String::new(),
            tanggal_lhe: String::new(),
            nilai: None,
            catatan: String::new(),
            sumber: String::new(),
        }
    }

    #[test]
    fn a_worksheet_goes_from_the_office_to_the_evaluator_to_the_second_reader() {
        use KeadaanEvaluasi::{Dinilai, Ditinjau, Mandiri, Terbit};
        let mut potret = potret();
        let whose = |potret: &Potret, keadaan, reader: &str| {
            turn(potret, &evaluation(keadaan, reader)).map(|(g, c)| (g, c.to_string()))
        };
        let is = |giliran, of: &str| Some((giliran, of.to_owned()));
        assert_eq!(whose(&potret, Mandiri, ""), is(Giliran::Mandiri, "0 dari 12"));
        assert_eq!(whose(&potret, Dinilai, ""), is(Giliran::Evaluator, "0 dari 12"), "he does not wait for the office");
        let templat = builtin().iter().find(|t| t.kode == "88-2021").expect("built in");
        potret.jawaban = templat.parts().map(|s| answer(&s.kode, Penilai::Mandiri)).collect();
        assert_eq!(whose(&potret, Mandiri, ""), is(Giliran::Evaluator, "0 dari 12"), "the office has rated itself");
        potret.jawaban.extend(templat.parts().take(5).map(|s| answer(&s.kode, Penilai::Evaluator)));
        assert_eq!(whose(&potret, Dinilai, "Inspektorat"), is(Giliran::Evaluator, "5 dari 12"));
        potret.jawaban.extend(templat.parts().skip(5).map(|s| answer(&s.kode, Penilai::Evaluator)));
        assert_eq!(whose(&potret, Dinilai, "Inspektorat"), is(Giliran::PenjaminMutu, "12 dari 12"));
        assert_eq!(whose(&potret, Dinilai, ""), is(Giliran::Terbit, "12 dari 12"), "without a second reader");
        assert_eq!(whose(&potret, Ditinjau, "Inspektorat"), is(Giliran::Terbit, "12 dari 12"));
        assert_eq!(whose(&potret, Terbit, ""), None);
        assert_eq!(Giliran::ALL.map(|g| Giliran::find(g.as_str())), Giliran::ALL.map(Some));
        assert!(has_evaluated(&potret.jawaban, "e", "Auditor Satu") && !has_evaluated(&potret.jawaban, "e", "Lain"));
    }
}
