//! The order of lists that are trees (plan, organisation): each one after the one above it, those under one another together.

use super::{Simpul, Unit};

/// Something in such a list.
pub trait Bercabang {
    /// Its code.
    fn kode(&self) -> &str;
    /// The code of the one above it.
    fn induk(&self) -> Option<&str>;
}

impl Bercabang for Simpul {
    fn kode(&self) -> &str {
        &self.kode
    }

    fn induk(&self) -> Option<&str> {
        self.induk.as_deref()
    }
}

impl Bercabang for Unit {
    fn kode(&self) -> &str {
        &self.kode
    }

    fn induk(&self) -> Option<&str> {
        self.induk.as_deref()
    }
}

/// Whether `kode` stands under `atas`, at any depth, or is it.
pub fn is_below<T: Bercabang>(list: &[T], kode: &str, atas: &str) -> bool {
    let up = |kode: &str| list.iter().find(|x| x.kode() == kode).and_then(Bercabang::induk);
    // A list that is no tree must not hold anybody up.
    std::iter::successors(Some(kode), |at| up(at)).take(list.len() + 1).any(|at| at == atas)
}

/// Puts one in as the last of its siblings.
pub fn insert<T: Bercabang>(list: &mut Vec<T>, item: T) {
    let at = match item.induk() {
        Some(induk) => list.iter().rposition(|x| is_below(list, x.kode(), induk)).map_or(list.len(), |i| i + 1),
        None => list.len(),
    };
    list.insert(at, item);
}

/// Takes one out with everything under it, in order.
pub fn remove<T: Bercabang>(list: &mut Vec<T>, kode: &str) -> Vec<T> {
    let below: Vec<bool> = list.iter().map(|x| is_below(list, x.kode(), kode)).collect();
    let (mut taken, mut kept) = (Vec::new(), Vec::with_capacity(list.len()));
    for (item, below) in std::mem::take(list).into_iter().zip(below) {
        if below { taken.push(item) } else { kept.push(item) }
    }
    *list = kept;
    taken
}

/// Moves one with everything under it before the sibling above (`up`) or behind the sibling below. Nothing happens at the end
/// of the siblings.
pub fn shift<T: Bercabang>(list: &mut Vec<T>, kode: &str, up: bool) {
    let Some(induk) = list.iter().find(|x| x.kode() == kode).map(|x| x.induk().map(str::to_owned)) else { return };
    let siblings: Vec<&str> = list.iter().filter(|x| x.induk() == induk.as_deref()).map(Bercabang::kode).collect();
    let at = siblings.iter().position(|k| *k == kode);
    let other = at.and_then(|at| if up { at.checked_sub(1) } else { at.checked_add(1) });
    let Some(other) = other.and_then(|i| siblings.get(i)).map(|k| (*k).to_owned()) else { return };
    // The upper one of the two goes behind all of the lower one.
    let (upper, lower) = if up { (other.as_str(), kode) } else { (kode, other.as_str()) };
    let moved = remove(list, upper);
    let end = list.iter().rposition(|x| is_below(list, x.kode(), lower)).map_or(list.len(), |i| i + 1);
    list.splice(end..end, moved);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn unit(kode: &str, induk: Option<&str>) -> Unit {
        Unit {
            kode: kode.to_owned(),
            induk: induk.map(str::to_owned),
            jenis: String::new(),
            nama: kode.to_owned(),
            pejabat: String::new(),
            berakhir: String::new(),
        }
    }

    fn list(text: &str) -> Vec<Unit> {
        text.split_whitespace()
            .map(|pair| match pair.split_once('<') {
                Some((kode, induk)) => unit(kode, Some(induk)),
                None => unit(pair, None),
            })
            .collect()
    }

    fn codes(list: &[Unit]) -> String {
        list.iter().map(|u| u.kode.as_str()).collect::<Vec<_>>().join(" ")
    }

    const OFFICE: &str = "a b<a c<b d<a e<d f";

    #[test]
    fn a_new_one_is_the_last_of_its_siblings() {
        for (induk, expected) in [
            (Some("b"), "a b c x d e f"),
            (Some("a"), "a b c d e x f"),
            (None, "a b c d e f x"),
            (Some("f"), "a b c d e f x"),
        ] {
            let mut units = list(OFFICE);
            insert(&mut units, unit("x", induk));
            assert_eq!(codes(&units), expected);
        }
    }

    #[test]
    fn one_moves_with_everything_under_it() {
        for (kode, up, expected) in [
            ("d", true, "a d e b c f"),
            ("b", false, "a d e b c f"),
            ("b", true, "a b c d e f"),
            ("f", true, "f a b c d e"),
            ("e", false, "a b c d e f"),
            ("x", true, "a b c d e f"),
        ] {
            let mut units = list(OFFICE);
            shift(&mut units, kode, up);
            assert_eq!(codes(&units), expected, "{kode} {up}");
        }
    }

    #[test]
    fn one_is_taken_out_with_everything_under_it() {
        let mut units = list(OFFICE);
        assert_eq!(codes(&remove(&mut units, "d")), "d e");
        assert_eq!(codes(&units), "a b c f");
        assert!(is_below(&units, "c", "a") && is_below(&units, "c", "c") && !is_below(&units, "a", "c"));
    }

    #[test]
    fn a_circle_holds_nobody_up() {
        let units = list("a<b b<a");
        assert!(!is_below(&units, "a", "c"));
    }

    /// Trees in order: the parent of each is one before it.
    fn trees() -> impl Strategy<Value = Vec<Unit>> {
        prop::collection::vec(any::<prop::sample::Index>(), 1..20).prop_map(|parents| {
            let mut units: Vec<Unit> = Vec::new();
            for (i, parent) in parents.iter().enumerate() {
                let at = parent.index(i + 1);
                let induk = at.checked_sub(1).and_then(|at| units.get(at)).map(|u| u.kode.clone());
                insert(&mut units, unit(&format!("u{i}"), induk.as_deref()));
            }
            units
        })
    }

    proptest! {
        #[test]
        fn up_and_down_again_is_where_it_was(units in trees(), which in any::<prop::sample::Index>()) {
            let kode = units[which.index(units.len())].kode.clone();
            let mut moved = units.clone();
            shift(&mut moved, &kode, true);
            let same = moved == units;
            let place = |list: &[Unit], kode: &str| list.iter().position(|u| u.kode == kode);
            for u in &moved {
                prop_assert!(u.induk.as_deref().is_none_or(|induk| place(&moved, induk) < place(&moved, &u.kode)));
            }
            if !same {
                shift(&mut moved, &kode, false);
                prop_assert_eq!(moved, units);
            }
        }
    }
}
