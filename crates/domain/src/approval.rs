//! The way of a figure from entry to lock: one state machine for pages, files and commands.
//!
//! ```text
//! draf ──ajukan──► diajukan ──verifikasi──► diverifikasi ──kunci──► dikunci
//!  ▲                 │   │                     │
//!  └──────tarik──────┘   └──kembalikan──┐      │
//!  isi ◄── dikembalikan ◄───────────────┴──────┘
//! ```

use std::fmt;

use crate::figure::{Keadaan, Subjek};
use crate::id::Kode;
use crate::period::Periode;
use crate::snapshot::Potret;

/// What somebody does to a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tindakan {
    /// Enters or corrects it.
    Isi,
    /// Hands it in.
    Ajukan,
    /// Takes it back before anybody has looked at it.
    Tarik,
    /// Sends it back with a reason.
    Kembalikan,
    /// Confirms it against the evidence.
    Verifikasi,
    /// Closes it.
    Kunci,
}

impl Tindakan {
    /// Everything that can be done.
    pub const ALL: [Self; 6] = [Self::Isi, Self::Ajukan, Self::Tarik, Self::Kembalikan, Self::Verifikasi, Self::Kunci];

    /// The word in forms and in the ledger.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Isi => "isi",
            Self::Ajukan => "ajukan",
            Self::Tarik => "tarik",
            Self::Kembalikan => "kembalikan",
            Self::Verifikasi => "verifikasi",
            Self::Kunci => "kunci",
        }
    }

    /// What can be done by that word.
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.as_str() == word)
    }
}

/// Why something cannot be done to a figure, and what can be done instead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TidakBoleh {
    /// What was tried.
    pub tindakan: Tindakan,
    /// The state of the figure.
    pub keadaan: Keadaan,
}

impl std::error::Error for TidakBoleh {}

impl fmt::Display for TidakBoleh {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match (self.tindakan, self.keadaan) {
            (Tindakan::Isi, Keadaan::Diajukan) => "angka ini sudah diajukan; tarik dahulu pengajuannya untuk mengubah",
            (Tindakan::Isi, Keadaan::Diverifikasi) => {
                "angka ini sudah diverifikasi; minta verifikator mengembalikannya untuk mengubah"
            }
            (Tindakan::Isi, _) => "angka ini sudah dikunci; minta pembukaan kunci untuk mengubah",
            (Tindakan::Ajukan, _) => "hanya angka draf atau yang dikembalikan dapat diajukan",
            (Tindakan::Tarik, _) => "hanya angka yang sudah diajukan dan belum diperiksa dapat ditarik",
            (Tindakan::Kembalikan, _) => "hanya angka yang diajukan atau diverifikasi dapat dikembalikan",
            (Tindakan::Verifikasi, _) => "hanya angka yang diajukan dapat diverifikasi",
            (Tindakan::Kunci, _) => "hanya angka yang sudah diverifikasi dapat dikunci",
        })
    }
}

/// The state after an action. `terbuka`: an exception opens what is locked.
///
/// # Errors
/// [`TidakBoleh`] when the state does not allow it.
pub const fn next(keadaan: Keadaan, tindakan: Tindakan, terbuka: bool) -> Result<Keadaan, TidakBoleh> {
    match (tindakan, keadaan) {
        (Tindakan::Isi, Keadaan::Draf | Keadaan::Dikembalikan) => Ok(Keadaan::Draf),
        (Tindakan::Isi, Keadaan::Dikunci) if terbuka => Ok(Keadaan::Draf),
        (Tindakan::Ajukan, Keadaan::Draf | Keadaan::Dikembalikan) => Ok(Keadaan::Diajukan),
        (Tindakan::Tarik, Keadaan::Diajukan) => Ok(Keadaan::Draf),
        (Tindakan::Kembalikan, Keadaan::Diajukan | Keadaan::Diverifikasi) => Ok(Keadaan::Dikembalikan),
        (Tindakan::Verifikasi, Keadaan::Diajukan) => Ok(Keadaan::Diverifikasi),
        (Tindakan::Kunci, Keadaan::Diverifikasi) => Ok(Keadaan::Dikunci),
        (tindakan, keadaan) => Err(TidakBoleh { tindakan, keadaan }),
    }
}

/// A period that is closed: what was not entered by then is not entered any more, but by exception.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Penguncian {
    /// The period.
    pub periode: Periode,
    /// The day, ISO text.
    pub tanggal: String,
    /// Who closed it.
    pub oleh: String,
}

/// An exception to a lock: who allowed it, why, until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pembukaan {
    /// Its code, in the order of writing.
    pub kode: Kode,
    /// The period.
    pub periode: Periode,
    /// The indicator; none for all.
    pub indikator: Option<Kode>,
    /// Last day, ISO text.
    pub sampai: String,
    /// Why.
    pub alasan: String,
    /// Who allowed it.
    pub oleh: String,
}

impl Potret {
    /// Whether an exception that holds on a day (ISO text) opens a period for a subject. One for an indicator opens nothing else.
    pub fn is_opened(&self, subjek: &Subjek, periode: Periode, hari: &str) -> bool {
        let fits = |kode: &String| matches!(subjek, Subjek::Indikator(own) if own == kode);
        let opens = |p: &Pembukaan| {
            p.periode.closes(periode) && p.sampai.as_str() >= hari && p.indikator.as_ref().is_none_or(fits)
        };
        self.pembukaan.iter().any(opens)
    }

    /// Whether a period is closed for a subject on a day: it ends in a locked one, and no exception opens it. So a lock closes what its
    /// quarter asks for: with the fourth quarter also the year.
    pub fn is_closed(&self, subjek: &Subjek, periode: Periode, hari: &str) -> bool {
        self.penguncian.iter().any(|p| p.periode.closes(periode)) && !self.is_opened(subjek, periode, hari)
    }

    /// Whether any month of a period is closed: what would change the plan of the whole would change a closed part with it.
    pub fn is_partly_closed(&self, subjek: &Subjek, periode: Periode, hari: &str) -> bool {
        let months = periode.first_month()..=periode.last_month();
        months.map(|month| Periode::Bulan(periode.tahun(), month)).any(|month| self.is_closed(subjek, month, hari))
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use Keadaan::{Diajukan, Dikembalikan, Dikunci, Diverifikasi, Draf};

    /// The whole table: state after each action in each state, none where it is refused.
    const TABLE: [(Tindakan, [Option<Keadaan>; 5]); 6] = [
        (Tindakan::Isi, [Some(Draf), None, Some(Draf), None, None]),
        (Tindakan::Ajukan, [Some(Diajukan), None, Some(Diajukan), None, None]),
        (Tindakan::Tarik, [None, Some(Draf), None, None, None]),
        (Tindakan::Kembalikan, [None, Some(Dikembalikan), None, Some(Dikembalikan), None]),
        (Tindakan::Verifikasi, [None, Some(Diverifikasi), None, None, None]),
        (Tindakan::Kunci, [None, None, None, Some(Dikunci), None]),
    ];

    #[test]
    fn every_state_and_action_has_its_outcome() {
        for (tindakan, row) in TABLE {
            for (keadaan, expected) in Keadaan::ALL.into_iter().zip(row) {
                assert_eq!(next(keadaan, tindakan, false).ok(), expected, "{tindakan:?} {keadaan:?}");
            }
        }
    }

    #[test]
    fn an_exception_opens_a_lock_for_entering_and_for_nothing_else() {
        assert_eq!(next(Dikunci, Tindakan::Isi, true), Ok(Draf));
        for (tindakan, row) in TABLE {
            for (keadaan, expected) in Keadaan::ALL.into_iter().zip(row) {
                if (tindakan, keadaan) != (Tindakan::Isi, Dikunci) {
                    assert_eq!(next(keadaan, tindakan, true).ok(), expected);
                }
            }
        }
    }

    #[rstest]
    #[case(Tindakan::Isi, Diajukan, "tarik")]
    #[case(Tindakan::Isi, Diverifikasi, "verifikator")]
    #[case(Tindakan::Isi, Dikunci, "pembukaan kunci")]
    #[case(Tindakan::Verifikasi, Draf, "diajukan")]
    fn a_refusal_says_what_can_be_done(#[case] tindakan: Tindakan, #[case] keadaan: Keadaan, #[case] word: &str) {
        let refused = next(keadaan, tindakan, false).expect_err("refused");
        assert!(refused.to_string().contains(word), "{refused}");
    }

    #[test]
    fn a_locked_period_is_closed_until_an_exception_opens_it() {
        let mut potret = crate::action::testing::office();
        let (first, second) = (Periode::Triwulan(2021, 1), Periode::Triwulan(2021, 2));
        let (i, j) = (Subjek::Indikator("i".to_owned()), Subjek::Indikator("j".to_owned()));
        assert!(!potret.is_closed(&i, first, "2021-05-01"));
        let closed = Penguncian { periode: first, tanggal: "2021-04-20".to_owned(), oleh: "Bappeda".to_owned() };
        potret.penguncian.push(closed);
        for (periode, is_closed, is_partly_closed) in [
            (first, true, true),
            (second, false, false),
            (Periode::Bulan(2021, 3), true, true),
            (Periode::Bulan(2021, 4), false, false),
            // It ends in a quarter that is open, but a part of it is closed.
            (Periode::Semester(2021, 1), false, true),
            (Periode::Tahun(2021), false, true),
            (Periode::Triwulan(2022, 1), false, false),
        ] {
            let found =
                (potret.is_closed(&i, periode, "2021-05-01"), potret.is_partly_closed(&i, periode, "2021-05-01"));
            assert_eq!(found, (is_closed, is_partly_closed), "{periode}");
        }
        potret.pembukaan.push(Pembukaan {
            kode: "1".to_owned(),
            periode: first,
            indikator: Some("i".to_owned()),
            sampai: "2021-05-03".to_owned(),
            alasan: "salah ketik".to_owned(),
            oleh: "Bappeda".to_owned(),
        });
        assert!(!potret.is_closed(&i, first, "2021-05-03"), "its last day counts");
        assert!(!potret.is_closed(&i, Periode::Bulan(2021, 2), "2021-05-03"), "and all that the quarter holds");
        assert!(!potret.is_partly_closed(&i, Periode::Semester(2021, 1), "2021-05-03"));
        assert!(potret.is_closed(&i, first, "2021-05-04") && potret.is_closed(&j, first, "2021-05-03"));
        let money = Subjek::Simpul("i".to_owned());
        assert!(potret.is_closed(&money, first, "2021-05-03"), "an indicator's exception opens no money");
        let fourth = Penguncian { periode: Periode::Triwulan(2021, 4), ..potret.penguncian[0].clone() };
        potret.penguncian.push(fourth);
        assert!(
            potret.is_closed(&j, Periode::Tahun(2021), "2022-02-01"),
            "the year is asked for with its last quarter"
        );
    }

    #[test]
    fn words_read_back() {
        for tindakan in Tindakan::ALL {
            assert_eq!(Tindakan::find(tindakan.as_str()), Some(tindakan));
        }
    }
}
