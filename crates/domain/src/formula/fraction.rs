//! Exact fractions for the steps between the variables and the result.

use std::cmp::Ordering;

use rust_decimal::Decimal;

/// Largest numerator and denominator: what a `Decimal` holds, so that both convert without loss.
const LIMIT: i128 = (1 << 96) - 1;

/// `n / d` in lowest terms with `d > 0` and both within [`LIMIT`]. An operation whose exact result does not fit is
/// rounded to a decimal of 28 digits; it gives `None` only when that does not fit either.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Pecahan {
    n: i128,
    d: i128,
}

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl Pecahan {
    /// In lowest terms; `None` when it does not fit or `d` is zero.
    fn new(n: i128, d: i128) -> Option<Self> {
        if d == 0 || n == i128::MIN || d == i128::MIN {
            return None;
        }
        let shared = gcd(n.abs(), d.abs()) * d.signum();
        let (n, d) = (n / shared, d / shared);
        (n.abs() <= LIMIT && d <= LIMIT).then_some(Self { n, d })
    }

    /// The value as a decimal, rounded to 28 digits where it has no end.
    pub(crate) fn to_decimal(self) -> Decimal {
        // Neither step can fail: both numbers are within LIMIT, d is at least 1.
        (Decimal::from_i128_with_scale(self.n, 0) / Decimal::from_i128_with_scale(self.d, 0)).normalize()
    }

    pub(crate) const fn is_zero(self) -> bool {
        self.n == 0
    }

    pub(crate) const fn is_negative(self) -> bool {
        self.n < 0
    }

    pub(crate) const fn negate(self) -> Self {
        Self { n: -self.n, d: self.d }
    }

    pub(crate) fn add(self, other: Self) -> Option<Self> {
        let exact = || {
            let shared = gcd(self.d, other.d);
            let left = self.n.checked_mul(other.d / shared)?;
            let right = other.n.checked_mul(self.d / shared)?;
            Self::new(left.checked_add(right)?, (self.d / shared).checked_mul(other.d)?)
        };
        exact().or_else(|| self.to_decimal().checked_add(other.to_decimal()).map(Self::from))
    }

    pub(crate) fn subtract(self, other: Self) -> Option<Self> {
        self.add(other.negate())
    }

    fn exact_product(self, n: i128, d: i128) -> Option<Self> {
        // Dividing crosswise first keeps the products small.
        let (one, two) = (gcd(self.n.abs(), d.abs()), gcd(n.abs(), self.d));
        Self::new((self.n / one).checked_mul(n / two)?, (self.d / two).checked_mul(d / one)?)
    }

    pub(crate) fn multiply(self, other: Self) -> Option<Self> {
        self.exact_product(other.n, other.d)
            .or_else(|| self.to_decimal().checked_mul(other.to_decimal()).map(Self::from))
    }

    /// `None` also when `other` is zero; callers ask before to say so.
    pub(crate) fn divide(self, other: Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        self.exact_product(other.d, other.n)
            .or_else(|| self.to_decimal().checked_div(other.to_decimal()).map(Self::from))
    }
}

impl From<Decimal> for Pecahan {
    fn from(x: Decimal) -> Self {
        let x = x.normalize();
        let (n, d) = (x.mantissa(), 10_i128.pow(x.scale()));
        let shared = gcd(n.abs(), d);
        Self { n: n / shared, d: d / shared }
    }
}

impl Ord for Pecahan {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.n.checked_mul(other.d), other.n.checked_mul(self.d)) {
            (Some(left), Some(right)) => left.cmp(&right),
            _ => self.to_decimal().cmp(&other.to_decimal()),
        }
    }
}

impl PartialOrd for Pecahan {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
