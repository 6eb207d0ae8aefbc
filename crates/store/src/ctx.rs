//! Who acts, for which office, when. First argument of every function that touches an office's data: a query without tenant
//! does not compile.

use tolok_domain::access::{Hak, Lingkup, Penugasan};
use tolok_domain::{InstansiId, PenggunaId};

/// The context of one action.
#[derive(Debug, Clone)]
pub struct Ctx {
    /// The office.
    pub instansi: InstansiId,
    /// The account that acts; none for the command line.
    pub akun: Option<PenggunaId>,
    /// Its name, as the ledger records it.
    pub pelaku: String,
    /// Its roles in this office, each with the unit it holds for.
    pub tugas: Vec<Penugasan>,
    /// The moment, microseconds since 1970 UTC.
    pub waktu: i64,
    /// The version of the office's data when the action began, where it is known already; saves asking again.
    pub versi: Option<i64>,
    /// Whether `versi` is a moment in the past: what is seen then may be read only.
    pub lampau: bool,
    /// Key of the form that asks for a change: the same key is written once, however often it arrives.
    pub kunci_kirim: Option<String>,
}

impl Ctx {
    /// The same without a known version: for looking at what has just been written.
    #[must_use]
    pub fn fresh(&self) -> Self {
        Self { versi: None, kunci_kirim: None, ..self.clone() }
    }

    /// The same for a form with this key.
    #[must_use]
    pub fn sending(&self, kunci: &str) -> Self {
        Self { kunci_kirim: (!kunci.is_empty()).then(|| kunci.to_owned()), ..self.clone() }
    }

    /// Whether any of the roles carries the right, in the whole office or in a unit.
    pub fn may(&self, hak: Hak) -> bool {
        self.tugas.iter().any(|t| t.peran.grants(hak))
    }

    /// For which units the right holds.
    pub fn scope(&self, hak: Hak) -> Lingkup {
        Lingkup::of(&self.tugas, hak)
    }
}
