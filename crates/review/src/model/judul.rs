//! Columns whose header says one thing and whose numbers are another.

use std::collections::{BTreeMap, HashMap, HashSet};

use tolok_domain::Decimal;
use tolok_domain::period::Tahun;

use super::Model;
use crate::aturan::Ukuran;

type Kunci = (String, Option<Tahun>);

/// Tables whose column of ceilings holds what other tables call spending: at least three rows say so, and more than twice as many as say
/// otherwise. What holds for one year of a table holds for its others.
pub(super) fn mislabelled(m: &Model<'_>) -> HashSet<usize> {
    let mut spent: HashMap<Kunci, HashSet<Decimal>> = HashMap::new();
    let mut planned: HashMap<Kunci, Vec<(usize, Decimal)>> = HashMap::new();
    for r in &m.rekam {
        let Some(key) = Model::node_key(r) else { continue };
        for isi in r.values(Ukuran::RealisasiAnggaran) {
            if let Some(x) = isi.angka {
                spent.entry((key.clone(), isi.tahun())).or_default().insert(x);
            }
        }
        for isi in r.values(Ukuran::Pagu) {
            if let Some(x) = isi.angka {
                planned.entry((key.clone(), isi.tahun())).or_default().push((r.tabel, x));
            }
        }
    }
    let mut votes: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (key, list) in &planned {
        let Some(done) = spent.get(key) else { continue };
        let mut tables: HashMap<Decimal, HashSet<usize>> = HashMap::new();
        list.iter().for_each(|(table, x)| _ = tables.entry(*x).or_default().insert(*table));
        let several = list.iter().any(|(table, _)| *table != list[0].0);
        for (table, x) in list {
            let elsewhere = tables[x].len() > 1;
            let vote = votes.entry(*table).or_default();
            match (done.contains(x), elsewhere) {
                (true, false) if several => vote.0 += 1,
                (false, true) => vote.1 += 1,
                _ => {}
            }
        }
    }
    votes.into_iter().filter(|(_, (spent, planned))| *spent >= 3 && *spent > 2 * planned).map(|(t, _)| t).collect()
}
