//! Spread between evaluators: whether the same work gets the same grade, whoever looks at it.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::measure::Rerata;

/// The score of one office by one evaluator, beside the office's own rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terpaut<'a> {
    /// Who evaluated.
    pub evaluator: &'a str,
    /// The office's own rating; `None` where it is not complete.
    pub mandiri: Option<Decimal>,
    /// The evaluator's score; `None` where it is not complete.
    pub nilai: Option<Decimal>,
}

/// One evaluator over the offices evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SebaranEvaluator<'a> {
    /// Who.
    pub evaluator: &'a str,
    /// Mean score, over the offices that have one.
    pub nilai: Rerata,
    /// Lowest and highest score.
    pub rentang: Option<(Decimal, Decimal)>,
    /// Mean of score minus own rating, over the offices where both are known: far from the others' means strict or mild.
    pub selisih: Rerata,
}

/// Evaluators beside each other, by name.
pub fn spread<'a>(nilai: &[Terpaut<'a>]) -> Vec<SebaranEvaluator<'a>> {
    let mut groups: BTreeMap<&str, Vec<&Terpaut<'a>>> = BTreeMap::new();
    for one in nilai {
        groups.entry(one.evaluator).or_default().push(one);
    }
    groups
        .into_iter()
        .map(|(evaluator, offices)| {
            let scores = || offices.iter().filter_map(|t| t.nilai);
            SebaranEvaluator {
                evaluator,
                nilai: Rerata::of(offices.iter().map(|t| t.nilai)),
                rentang: scores().min().zip(scores().max()),
                selisih: Rerata::of(offices.iter().map(|t| Some(t.nilai? - t.mandiri?))),
            }
        })
        .collect()
}
