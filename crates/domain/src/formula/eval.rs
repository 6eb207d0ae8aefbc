//! From a formula and its variables to a value.

use std::collections::BTreeSet;

use rust_decimal::{Decimal, RoundingStrategy};

use super::fraction::Pecahan;
use super::syntax::{Ekspresi, FungsiPeriode, Operator, Pilihan};
use super::trace::{Langkah, write_number, write_right, write_step};
use super::{SumberVariabel, TanpaHasil};

type Jawaban = Result<Pecahan, TanpaHasil>;

struct Evaluator<'a> {
    sumber: &'a dyn SumberVariabel,
    jejak: Vec<Langkah>,
    /// Variables and period functions already in the trace; a formula that names one twice shows it once.
    shown: BTreeSet<String>,
}

/// The value and how it was computed.
pub(super) fn evaluate(pohon: &Ekspresi, sumber: &dyn SumberVariabel) -> (Result<Decimal, TanpaHasil>, Vec<Langkah>) {
    let mut evaluator = Evaluator { sumber, jejak: Vec::new(), shown: BTreeSet::new() };
    let nilai = evaluator.expression(pohon).map(Pecahan::to_decimal);
    (nilai, evaluator.jejak)
}

/// Both answers, or why not: every missing variable first, else the first other reason.
fn both<A, B>(one: Result<A, TanpaHasil>, two: Result<B, TanpaHasil>) -> Result<(A, B), TanpaHasil> {
    match (one, two) {
        (Ok(one), Ok(two)) => Ok((one, two)),
        (Err(TanpaHasil::TidakAdaData { variabel }), Err(TanpaHasil::TidakAdaData { variabel: more })) => {
            let names: BTreeSet<String> = variabel.into_iter().chain(more).collect();
            Err(TanpaHasil::TidakAdaData { variabel: names.into_iter().collect() })
        }
        (Err(reason @ TanpaHasil::TidakAdaData { .. }), _) | (_, Err(reason @ TanpaHasil::TidakAdaData { .. })) => {
            Err(reason)
        }
        (Err(reason), _) | (_, Err(reason)) => Err(reason),
    }
}

fn all(answers: Vec<Jawaban>) -> Result<Vec<Pecahan>, TanpaHasil> {
    let mut values = Ok(Vec::with_capacity(answers.len()));
    for answer in answers {
        values = both(values, answer).map(|(mut values, x)| {
            values.push(x);
            values
        });
    }
    values
}

fn no_data(nama: &str) -> TanpaHasil {
    TanpaHasil::TidakAdaData { variabel: vec![nama.to_owned()] }
}

impl Evaluator<'_> {
    /// Adds a step that gave `x`.
    fn gives(&mut self, text: &str, x: Pecahan) -> Jawaban {
        self.jejak.push(Langkah { uraian: format!("{text} = {}", write_step(x)), hasil: Some(x.to_decimal()) });
        Ok(x)
    }

    /// Adds a step that gave nothing.
    fn fails(&mut self, text: &str, why: &str, reason: TanpaHasil) -> Jawaban {
        self.jejak.push(Langkah { uraian: format!("{text}: {why}"), hasil: None });
        Err(reason)
    }

    fn gives_or_too_large(&mut self, text: &str, x: Option<Pecahan>) -> Jawaban {
        match x {
            Some(x) => self.gives(text, x),
            None => self.fails(text, "terlalu besar", TanpaHasil::TerlaluBesar),
        }
    }

    fn expression(&mut self, pohon: &Ekspresi) -> Jawaban {
        match pohon {
            Ekspresi::Bilangan(x) => Ok(Pecahan::from(*x)),
            Ekspresi::Variabel(nama) => self.variable(nama),
            Ekspresi::Negatif(x) => {
                let value = self.expression(x)?;
                match **x {
                    Ekspresi::Bilangan(_) => Ok(value.negate()),
                    _ => self.gives(&format!("-({})", write_step(value)), value.negate()),
                }
            }
            Ekspresi::Rantai { awal, lanjut, .. } => self.chain(awal, lanjut),
            Ekspresi::Periode(fungsi, nama) => self.series(*fungsi, nama),
            Ekspresi::Pilihan(pilihan, isi) => self.choice(*pilihan, isi),
            Ekspresi::Bulat(x, digits) => {
                let value = self.expression(x)?;
                let rounded =
                    value.to_decimal().round_dp_with_strategy(*digits, RoundingStrategy::MidpointAwayFromZero);
                self.gives(&format!("bulat({}; {digits})", write_step(value)), Pecahan::from(rounded))
            }
            Ekspresi::BilaKosong(x, y) => self.fallback(pohon, x, y),
        }
    }

    fn variable(&mut self, nama: &str) -> Jawaban {
        let value = self.sumber.value(nama);
        if self.shown.insert(nama.to_owned()) {
            let uraian = match value {
                Some(x) => format!("{nama} = {}", write_number(x)),
                None => format!("{nama}: belum ada data"),
            };
            self.jejak.push(Langkah { uraian, hasil: value.map(|x| x.normalize()) });
        }
        value.map(Pecahan::from).ok_or_else(|| no_data(nama))
    }

    /// Operands first, so that every missing variable is found, then the operators from left to right.
    fn chain(&mut self, awal: &Ekspresi, lanjut: &[(Operator, Ekspresi)]) -> Jawaban {
        let first = self.expression(awal);
        let rest = lanjut.iter().map(|(_, x)| self.expression(x)).collect();
        let (mut result, values) = both(first, all(rest))?;
        for ((operator, divisor), x) in lanjut.iter().zip(values) {
            let text = format!("{} {} {}", write_step(result), operator.as_str(), write_right(x));
            let next = match operator {
                Operator::Tambah => result.add(x),
                Operator::Kurang => result.subtract(x),
                Operator::Kali => result.multiply(x),
                Operator::Bagi if x.is_zero() => {
                    let reason = TanpaHasil::PenyebutNol { penyebut: divisor.to_string() };
                    return self.fails(&text, "penyebut nol", reason);
                }
                Operator::Bagi => result.divide(x),
            };
            result = self.gives_or_too_large(&text, next)?;
        }
        Ok(result)
    }

    fn choice(&mut self, pilihan: Pilihan, isi: &[Ekspresi]) -> Jawaban {
        let answers = isi.iter().map(|x| self.expression(x)).collect();
        let values = all(answers)?;
        let shown: Vec<String> = values.iter().map(|x| write_step(*x)).collect();
        let text = format!("{}({})", pilihan.as_str(), shown.join("; "));
        let chosen = match pilihan {
            Pilihan::Min => values.into_iter().min(),
            Pilihan::Maks => values.into_iter().max(),
        };
        self.gives_or_too_large(&text, chosen)
    }

    /// `y` only where `x` has no data; a zero divisor in `x` stays one.
    fn fallback(&mut self, pohon: &Ekspresi, x: &Ekspresi, y: &Ekspresi) -> Jawaban {
        let first = self.expression(x);
        let Err(TanpaHasil::TidakAdaData { variabel }) = &first else { return first };
        match self.expression(y) {
            Ok(value) => {
                let uraian = format!("{pohon} = {} (belum ada data: {})", write_step(value), variabel.join(", "));
                self.jejak.push(Langkah { uraian, hasil: Some(value.to_decimal()) });
                Ok(value)
            }
            second => both(first, second).map(|(x, _)| x),
        }
    }

    /// Periods without data are left out and named in the trace; without any data the variable is missing.
    fn series(&mut self, fungsi: FungsiPeriode, nama: &str) -> Jawaban {
        let mut periods = self.sumber.series(nama);
        periods.sort_by_key(|(periode, _)| *periode);
        let call = format!("{}({nama})", fungsi.as_str());
        let first_time = self.shown.insert(call.clone());
        let known: Vec<_> = periods.iter().filter_map(|(p, x)| Some((*p, Pecahan::from((*x)?)))).collect();
        let Some(&(last_period, last)) = known.last() else {
            if first_time {
                self.jejak.push(Langkah { uraian: format!("{call}: belum ada data"), hasil: None });
            }
            return Err(no_data(nama));
        };
        let sum = known.iter().try_fold(Pecahan::from(Decimal::ZERO), |sum, (_, x)| sum.add(*x));
        let value = match fungsi {
            FungsiPeriode::Jumlah => sum,
            FungsiPeriode::Rata => sum.and_then(|sum| sum.divide(Pecahan::from(Decimal::from(known.len())))),
            FungsiPeriode::Terakhir => Some(last),
        };
        if first_time {
            let parts: Vec<String> = known
                .iter()
                .enumerate()
                .map(|(i, (_, x))| if i == 0 { write_step(*x) } else { write_right(*x) })
                .collect();
            let terms = parts.join(" + ");
            let how = match fungsi {
                FungsiPeriode::Jumlah => terms,
                FungsiPeriode::Rata => format!("({terms}) / {}", known.len()),
                FungsiPeriode::Terakhir => format!("nilai {last_period}"),
            };
            let result = value.map_or("terlalu besar".to_owned(), write_step);
            let gaps: Vec<String> =
                periods.iter().filter(|(_, x)| x.is_none()).map(|(periode, _)| periode.to_string()).collect();
            let note = if gaps.is_empty() { String::new() } else { format!(" (tanpa data: {})", gaps.join(", ")) };
            let uraian = format!("{call} = {how} = {result}{note}");
            self.jejak.push(Langkah { uraian, hasil: value.map(Pecahan::to_decimal) });
        }
        value.ok_or(TanpaHasil::TerlaluBesar)
    }
}
