//! "x dari y": how many of how many.

use std::fmt;

use rust_decimal::Decimal;

/// How many of how many. A share is never told without both numbers, so they travel together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cakupan {
    /// Those that are there.
    pub ada: usize,
    /// All that should be.
    pub dari: usize,
}

impl Cakupan {
    /// Counts the things of which some are there.
    pub fn count(there: impl IntoIterator<Item = bool>) -> Self {
        there.into_iter().fold(Self::default(), |sum, is| Self { ada: sum.ada + usize::from(is), dari: sum.dari + 1 })
    }

    /// Both together.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self { ada: self.ada + other.ada, dari: self.dari + other.dari }
    }

    /// Whether nothing is missing.
    pub const fn is_complete(self) -> bool {
        self.ada == self.dari
    }

    /// The share in percent; `None` of nothing.
    pub fn percent(self) -> Option<Decimal> {
        (Decimal::from(self.ada) * Decimal::ONE_HUNDRED).checked_div(Decimal::from(self.dari))
    }
}

/// "4 dari 7".
impl fmt::Display for Cakupan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} dari {}", self.ada, self.dari)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rust_decimal::dec;

    #[test]
    fn a_share_of_nothing_is_not_known() {
        assert_eq!(Cakupan::count([]).percent(), None);
        assert_eq!(Cakupan::count([false]).percent(), Some(Decimal::ZERO));
    }

    #[test]
    fn shares_are_exact() {
        let cakupan = Cakupan::count([true, false, true, true, false, false, false, false]);
        assert_eq!((cakupan.to_string().as_str(), cakupan.percent()), ("3 dari 8", Some(dec!(37.5))));
        assert!(!cakupan.is_complete() && Cakupan::count([true]).is_complete());
        assert_eq!(cakupan.plus(Cakupan::count([true])).to_string(), "4 dari 9");
    }
}
