//! Editing the plan: one file per page or pair of pages.

pub(crate) mod document;
pub(crate) mod documents;
pub(crate) mod grid;
pub(crate) mod indicator;
pub(crate) mod node;
mod nomenklatur;
pub(crate) mod unit;
pub(crate) mod year;

use tolok_domain::{Potret, Simpul};

use crate::form::Pilihan;
use crate::page::Bingkai;

/// A node or an indicator that a page leads to.
pub(super) struct Tautan {
    pub kode: String,
    pub nama: String,
}

/// Wordings from the top of the tree down to a node, the node included.
fn path(potret: &Potret, kode: &str) -> Vec<Tautan> {
    let up = |s: &&Simpul| s.induk.as_deref().and_then(|induk| potret.node(induk));
    let mut found: Vec<Tautan> = std::iter::successors(potret.node(kode), up)
        .map(|s| Tautan { kode: s.kode.clone(), nama: s.calm_name() })
        .collect();
    found.reverse();
    found
}

/// Units that exist, with the one that is chosen whatever became of it.
fn units(potret: &Potret, chosen: &str) -> Vec<Pilihan> {
    let offered = potret.unit.iter().filter(|u| u.berakhir.is_empty() || u.kode == chosen);
    offered.map(|u| Pilihan::new(&u.kode, u.nama.as_str(), u.kode == chosen)).collect()
}

/// An address within the plan, with the year and what else is asked.
fn address(h: &Bingkai, path: &str, more: &str) -> String {
    format!("{}/{path}{}{more}", h.akar, h.tanya)
}
