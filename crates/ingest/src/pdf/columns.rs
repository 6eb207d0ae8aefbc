//! Columns without rulings: where the words of several lines leave the same gaps.

use super::text::Segment;

/// Most gaps between columns that are looked for in one table.
const MAX_COLUMNS: usize = 60;

/// Where the columns of some rows part, from the left: one position fewer than there are columns. Empty where there is one column.
///
/// Rows with the most segments show the columns best; a row that has fewer may span several of them.
pub(super) fn partings<'a>(rows: impl Iterator<Item = &'a [Segment]> + Clone) -> Vec<f64> {
    let most = rows.clone().map(<[Segment]>::len).max().unwrap_or(0);
    // A heading may happen to have one segment more than the rows below it, so rows almost as full are asked too.
    for least in (2..=most.min(MAX_COLUMNS)).rev() {
        let full: Vec<&[Segment]> = rows.clone().filter(|row| row.len() >= least).collect();
        let spans = clustered(full.iter().flat_map(|row| row.iter()));
        if spans.len() >= least && full.len() >= 2 {
            let gaps = spans.windows(2).filter_map(|pair| Some((pair.first()?.1 + pair.get(1)?.0) / 2.0));
            return gaps.filter(|at| is_free(rows.clone(), *at)).collect();
        }
    }
    Vec::new()
}

/// Whether hardly any row has words across a position. Headings of groups do; where more do, the gap is one between words of a line that
/// was stretched to both margins.
fn is_free<'a>(rows: impl Iterator<Item = &'a [Segment]>, at: f64) -> bool {
    let (mut crossing, mut all) = (0, 0);
    for row in rows {
        all += 1;
        crossing += usize::from(row.iter().any(|segment| segment.u0 < at && at < segment.u1));
    }
    crossing <= 1 || crossing * 7 <= all
}

/// Stretches that segments cover, joined where they overlap.
fn clustered<'a>(segments: impl Iterator<Item = &'a Segment>) -> Vec<(f64, f64)> {
    let mut spans: Vec<(f64, f64)> = segments.map(|segment| (segment.u0, segment.u1)).collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut out: Vec<(f64, f64)> = Vec::new();
    for (from, to) in spans {
        match out.last_mut() {
            Some(last) if from < last.1 => last.1 = last.1.max(to),
            _ => out.push((from, to)),
        }
    }
    out
}

/// Which columns each segment of a row takes, as first and last.
///
/// A segment that reaches into several columns is one cell over them. In a heading (`spread`) columns without words of their own belong to
/// the nearest segment: a group's name stands in the middle of its columns.
pub(super) fn placed(row: &[Segment], partings: &[f64], spread: bool) -> Vec<(usize, usize)> {
    let column = |x: f64| partings.partition_point(|at| *at <= x);
    let mut places: Vec<(usize, usize)> = row.iter().map(|segment| (column(segment.u0), column(segment.u1))).collect();
    // Two segments in one column stay in their order; the second begins no earlier than the first ends.
    for index in 1..places.len() {
        let before = places.get(index - 1).copied();
        if let (Some(before), Some(own)) = (before, places.get_mut(index)) {
            own.0 = own.0.max(before.1.min(own.1));
        }
    }
    if spread {
        let last = partings.len();
        for index in 0..places.len() {
            let Some(&(from, to)) = places.get(index) else { continue };
            let next = places.get(index + 1).map_or(last + 1, |next| next.0);
            let free = next.saturating_sub(to + 1);
            let take = match places.get(index + 1) {
                None => free,
                Some(_) => free / 2,
            };
            if let Some(own) = places.get_mut(index) {
                *own = (from, to + take);
            }
            if let Some(after) = places.get_mut(index + 1) {
                after.0 = after.0.min(to + take + 1).max(to + 1);
            }
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(spans: &[(f64, f64)]) -> Vec<Segment> {
        spans.iter().map(|(u0, u1)| Segment { text: "x".into(), u0: *u0, u1: *u1 }).collect()
    }

    #[test]
    fn columns_part_where_all_full_rows_leave_a_gap() {
        let rows = [
            row(&[(0.0, 80.0)]),
            row(&[(0.0, 30.0), (50.0, 60.0), (80.0, 95.0)]),
            row(&[(0.0, 40.0), (48.0, 60.0), (85.0, 90.0)]),
        ];
        let found = partings(rows.iter().map(Vec::as_slice));
        assert_eq!(found, [44.0, 70.0]);
        assert_eq!(placed(&rows[0], &found, false), [(0, 2)]);
        assert_eq!(placed(&rows[1], &found, false), [(0, 0), (1, 1), (2, 2)]);
    }

    #[test]
    fn gaps_of_stretched_lines_part_nothing() {
        let rows = [
            row(&[(0.0, 10.0), (20.0, 30.0), (40.0, 60.0), (80.0, 90.0)]),
            row(&[(0.0, 12.0), (48.0, 60.0), (80.0, 90.0)]),
            row(&[(0.0, 60.0), (80.0, 90.0)]),
            row(&[(0.0, 45.0), (80.0, 90.0)]),
        ];
        assert_eq!(partings(rows.iter().map(Vec::as_slice)), [70.0]);
    }

    #[test]
    fn a_heading_in_the_middle_of_its_columns_spans_them() {
        let heading = row(&[(0.0, 20.0), (70.0, 90.0)]);
        assert_eq!(placed(&heading, &[30.0, 60.0, 100.0], true), [(0, 0), (1, 3)]);
    }

    #[test]
    fn one_column_has_no_partings() {
        let rows = [row(&[(0.0, 80.0)]), row(&[(0.0, 60.0)])];
        assert!(partings(rows.iter().map(Vec::as_slice)).is_empty());
    }
}
