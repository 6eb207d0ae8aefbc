//! Who acts, for which office, when. First argument of every function that touches an office's data: a query without tenant
//! does not compile.

use tolok_domain::access::{Hak, Peran};
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
    /// Its roles in this office.
    pub peran: Vec<Peran>,
    /// The moment, microseconds since 1970 UTC.
    pub waktu: i64,
    /// The version of the office's data when the action began, where it is known already; saves asking again.
    pub versi: Option<i64>,
}

impl Ctx {
    /// The same without a known version: for looking at what has just been written.
    #[must_use]
    pub fn fresh(&self) -> Self {
        Self { versi: None, ..self.clone() }
    }

    /// Whether any of the roles carries the right.
    pub fn may(&self, hak: Hak) -> bool {
        self.peran.iter().any(|p| p.grants(hak))
    }
}
