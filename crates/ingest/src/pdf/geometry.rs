//! Points on a page. Every position is in points (1/72 inch) from the top left corner of the page as a person holds it, y downwards.

/// An affine map, in the order in which PDF writes it: `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Matrix(pub [f64; 6]);

impl Matrix {
    pub(super) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    pub(super) const fn translation(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This map first, `next` after it.
    pub(super) fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [p, q, r, s, t, u]) = (self.0, next.0);
        Self([a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u])
    }

    pub(super) fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (a * x + c * y + e, b * x + d * y + f)
    }

    /// A direction, which does not move with the origin.
    pub(super) fn turn(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, ..] = self.0;
        (a * x + c * y, b * x + d * y)
    }

    /// The box around a rectangle given by two corners.
    pub(super) fn bounds(self, from: (f64, f64), to: (f64, f64)) -> Rect {
        let corners = [(from.0, from.1), (to.0, from.1), (from.0, to.1), (to.0, to.1)].map(|(x, y)| self.apply(x, y));
        let x = corners.map(|p| p.0);
        let y = corners.map(|p| p.1);
        Rect {
            x0: x.into_iter().fold(f64::INFINITY, f64::min),
            y0: y.into_iter().fold(f64::INFINITY, f64::min),
            x1: x.into_iter().fold(f64::NEG_INFINITY, f64::max),
            y1: y.into_iter().fold(f64::NEG_INFINITY, f64::max),
        }
    }
}

/// A box with sides along the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Rect {
    pub x0: f64,
    pub y0: f64,
    pub x1: f64,
    pub y1: f64,
}

impl Rect {
    pub(super) fn width(&self) -> f64 {
        self.x1 - self.x0
    }

    pub(super) fn height(&self) -> f64 {
        self.y1 - self.y0
    }

    pub(super) fn contains(&self, (x, y): (f64, f64)) -> bool {
        (self.x0..=self.x1).contains(&x) && (self.y0..=self.y1).contains(&y)
    }

    /// The point within that is nearest to another; a box as thin as a line has no within.
    pub(super) fn nearest(&self, (x, y): (f64, f64)) -> (f64, f64) {
        /// Borders of a cell are drawn around its edge.
        const INSIDE: f64 = 1.0;
        if self.width() <= 2.0 * INSIDE || self.height() <= 2.0 * INSIDE {
            return (x, y);
        }
        (x.clamp(self.x0 + INSIDE, self.x1 - INSIDE), y.clamp(self.y0 + INSIDE, self.y1 - INSIDE))
    }

    /// The part within another box; empty boxes have no width or height.
    pub(super) fn within(&self, other: &Self) -> Self {
        let (x0, y0) = (self.x0.max(other.x0), self.y0.max(other.y0));
        Self { x0, y0, x1: self.x1.min(other.x1).max(x0), y1: self.y1.min(other.y1).max(y0) }
    }
}

/// Where a line of text runs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Direction {
    /// To the right, as most text.
    Right,
    /// Upwards: turned a quarter to the left.
    Up,
    /// Downwards: turned a quarter to the right.
    Down,
    /// To the left: upside down.
    Left,
}

impl Direction {
    pub(super) const ALL: [Self; 4] = [Self::Right, Self::Up, Self::Down, Self::Left];

    /// The direction of a vector that lies within ten degrees of one of the four.
    pub(super) fn of((x, y): (f64, f64)) -> Option<Self> {
        /// Tangent of ten degrees.
        const SLACK: f64 = 0.176;
        if y.abs() <= x.abs() * SLACK && x != 0.0 {
            Some(if x > 0.0 { Self::Right } else { Self::Left })
        } else if x.abs() <= y.abs() * SLACK && y != 0.0 {
            Some(if y > 0.0 { Self::Down } else { Self::Up })
        } else {
            None
        }
    }

    /// A point as the reader of a text of this direction sees it: along the line, and down the lines.
    pub(super) fn along(self, (x, y): (f64, f64)) -> (f64, f64) {
        match self {
            Self::Right => (x, y),
            Self::Up => (-y, x),
            Self::Down => (y, -x),
            Self::Left => (-x, -y),
        }
    }

    /// The reverse of [`Self::along`].
    pub(super) fn back(self, (u, v): (f64, f64)) -> (f64, f64) {
        match self {
            Self::Right => (u, v),
            Self::Up => (v, -u),
            Self::Down => (-v, u),
            Self::Left => (-u, -v),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn maps_are_done_in_the_order_in_which_they_are_written() {
        let moved = Matrix([2.0, 0.0, 0.0, 2.0, 0.0, 0.0]).then(Matrix::translation(10.0, 1.0));
        assert_eq!(moved.apply(3.0, 4.0), (16.0, 9.0));
        assert_eq!(moved.turn(3.0, 4.0), (6.0, 8.0));
    }

    #[test]
    fn a_turned_text_is_seen_as_its_reader_sees_it_and_back() {
        for direction in Direction::ALL {
            assert_eq!(direction.back(direction.along((3.0, 5.0))), (3.0, 5.0));
        }
        assert_eq!(Direction::of((0.1, -1.0)), Some(Direction::Up));
        assert_eq!(Direction::of((1.0, 1.0)), None);
    }
}
