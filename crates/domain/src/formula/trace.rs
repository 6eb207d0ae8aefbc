//! The steps of a computation, written out for a reader.

use rust_decimal::{Decimal, RoundingStrategy};

use super::fraction::Pecahan;

/// Decimals shown of a number on the way; the computation itself keeps all.
const SHOWN: u32 = 8;

/// One step of a computation.
#[derive(Debug, Clone, PartialEq)]
pub struct Langkah {
    /// The step in words and numbers: `pelatihan_mandiri = 61`, `61 / 61 = 1`, `61 / 0: penyebut nol`.
    pub uraian: String,
    /// What it gave, unrounded; `None` when it gave nothing.
    pub hasil: Option<Decimal>,
}

/// A number in Indonesian notation: decimal comma, all decimals, no grouping.
pub(super) fn write_number(x: Decimal) -> String {
    x.normalize().to_string().replace('.', ",")
}

/// A number on the way; one with more than eight decimals is cut and says so: `0,33333333…`.
pub(super) fn write_step(x: Pecahan) -> String {
    let x = x.to_decimal();
    if x.scale() <= SHOWN {
        return write_number(x);
    }
    let cut = x.round_dp_with_strategy(SHOWN, RoundingStrategy::ToZero);
    format!("{}…", cut.to_string().replace('.', ","))
}

/// A number on the right of an operator: negative ones in brackets.
pub(super) fn write_right(x: Pecahan) -> String {
    if x.is_negative() { format!("({})", write_step(x)) } else { write_step(x) }
}
