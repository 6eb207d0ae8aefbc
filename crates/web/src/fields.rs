//! Forms: fields that may stand several times, and the key that makes a form count once.

use serde::Deserialize;
use tolok_app::{Galat, Hasil};
use uuid::Uuid;

/// Fields of a form in the order in which they were sent.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub(crate) struct Isian(Vec<(String, String)>);

impl Isian {
    /// The field of that name; empty when it was not sent.
    pub fn one(&self, nama: &str) -> &str {
        self.0.iter().find(|(known, _)| known == nama).map_or("", |(_, value)| value)
    }

    /// Every value of that name.
    pub fn all(&self, nama: &str) -> Vec<String> {
        self.0.iter().filter(|(known, _)| known == nama).map(|(_, value)| value.clone()).collect()
    }

    /// Adds a field, for forms that come in parts.
    pub fn push(&mut self, nama: String, value: String) {
        self.0.push((nama, value));
    }
}

/// A key for a form: sent twice, it counts once.
pub(crate) fn fresh_key() -> String {
    Uuid::new_v4().to_string()
}

/// Whether a change was written, now or by the same form before.
pub(crate) fn written(result: Hasil<i64>) -> Hasil<()> {
    match result {
        Ok(_) | Err(Galat::SudahTersimpan(_)) => Ok(()),
        Err(other) => Err(other),
    }
}
