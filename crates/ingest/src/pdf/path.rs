//! Paths, as far as they are straight lines along the page: rulings of tables are drawn as lines, as thin boxes and as frames.

use super::content::Rule;
use super::geometry::{Matrix, Rect};

/// A box thinner than this is a line, in points.
const THIN: f64 = 3.0;
/// How far the ends of a line may be off to be along the page.
const SKEW: f64 = 0.7;
/// Shortest line that is noted: the dots of dotted lines are longer than this together, not each.
const SHORT: f64 = 0.4;
/// Most points of one path; more are a drawing.
const MAX_POINTS: usize = 20_000;
/// Most lines of one page.
const MAX_RULES: usize = 60_000;

/// A path under construction.
#[derive(Default)]
pub(super) struct Path {
    parts: Vec<Part>,
    points: usize,
}

#[derive(Default)]
struct Part {
    points: Vec<(f64, f64)>,
    closed: bool,
    curved: bool,
}

impl Path {
    pub(super) fn move_to(&mut self, point: (f64, f64)) {
        self.parts.push(Part { points: vec![point], ..Part::default() });
    }

    pub(super) fn line_to(&mut self, point: (f64, f64)) {
        self.points += 1;
        if self.points > MAX_POINTS {
            return;
        }
        match self.parts.last_mut() {
            Some(part) => part.points.push(point),
            None => self.move_to(point),
        }
    }

    pub(super) fn curve_to(&mut self, end: (f64, f64)) {
        self.line_to(end);
        if let Some(part) = self.parts.last_mut() {
            part.curved = true;
        }
    }

    pub(super) fn close(&mut self) {
        if let Some(part) = self.parts.last_mut() {
            part.closed = true;
        }
    }

    pub(super) fn rectangle(&mut self, matrix: Matrix, (x, y): (f64, f64), (w, h): (f64, f64)) {
        self.points += 4;
        if self.points > MAX_POINTS {
            return;
        }
        let corners = [(x, y), (x + w, y), (x + w, y + h), (x, y + h)].map(|(x, y)| matrix.apply(x, y));
        self.parts.push(Part { points: corners.to_vec(), closed: true, curved: false });
    }

    /// The box around it; `None` where it is empty.
    pub(super) fn bounds(&self) -> Option<Rect> {
        self.parts.iter().filter_map(Part::bounds).reduce(|a, b| Rect {
            x0: a.x0.min(b.x0),
            y0: a.y0.min(b.y0),
            x1: a.x1.max(b.x1),
            y1: a.y1.max(b.y1),
        })
    }

    /// The lines that painting it shows within the page.
    pub(super) fn rules(self, area: &Rect, stroke: bool, out: &mut Vec<Rule>) {
        for part in self.parts {
            if part.curved || out.len() > MAX_RULES {
                continue;
            }
            // What is filled shows as a line only where it is thin; white thin boxes part coloured cells.
            if stroke {
                let ends = part.points.windows(2).filter_map(|pair| Some((*pair.first()?, *pair.get(1)?)));
                let closing =
                    part.closed.then(|| part.points.last().copied().zip(part.points.first().copied())).flatten();
                ends.chain(closing)
                    .filter_map(|(from, to)| along_page(from, to))
                    .for_each(|rule| push(rule, area, out));
            } else if let Some(line) = part.bounds().and_then(|bounds| thin(&bounds)) {
                push(line, area, out);
            }
        }
    }
}

impl Part {
    fn bounds(&self) -> Option<Rect> {
        let first = *self.points.first()?;
        let start = Rect { x0: first.0, y0: first.1, x1: first.0, y1: first.1 };
        Some(self.points.iter().fold(start, |r, p| Rect {
            x0: r.x0.min(p.0),
            y0: r.y0.min(p.1),
            x1: r.x1.max(p.0),
            y1: r.y1.max(p.1),
        }))
    }
}

fn thin(bounds: &Rect) -> Option<Rule> {
    let (w, h) = (bounds.width(), bounds.height());
    if h <= THIN && w > h {
        Some(Rule { horizontal: true, at: (bounds.y0 + bounds.y1) / 2.0, from: bounds.x0, to: bounds.x1 })
    } else if w <= THIN && h > w {
        Some(Rule { horizontal: false, at: (bounds.x0 + bounds.x1) / 2.0, from: bounds.y0, to: bounds.y1 })
    } else {
        None
    }
}

fn along_page(from: (f64, f64), to: (f64, f64)) -> Option<Rule> {
    let (dx, dy) = ((to.0 - from.0).abs(), (to.1 - from.1).abs());
    if dy <= SKEW && dx > dy {
        Some(Rule { horizontal: true, at: (from.1 + to.1) / 2.0, from: from.0.min(to.0), to: from.0.max(to.0) })
    } else if dx <= SKEW && dy > dx {
        Some(Rule { horizontal: false, at: (from.0 + to.0) / 2.0, from: from.1.min(to.1), to: from.1.max(to.1) })
    } else {
        None
    }
}

fn push(rule: Rule, area: &Rect, out: &mut Vec<Rule>) {
    let (low, high, across) =
        if rule.horizontal { (area.x0, area.x1, area.y0..=area.y1) } else { (area.y0, area.y1, area.x0..=area.x1) };
    let rule = Rule { from: rule.from.max(low), to: rule.to.min(high), ..rule };
    if across.contains(&rule.at) && rule.to - rule.from >= SHORT {
        out.push(rule);
    }
}
