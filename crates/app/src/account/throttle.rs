//! Slows down guessing: who has failed too often waits. The counts are kept in memory.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use tokio::sync::Semaphore;
use tolok_domain::PenggunaId;
use tolok_store::{Galat, Hasil};

const MINUTE: i64 = 60 * 1_000_000;

/// Whose failures are counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Kunci {
    /// Passwords for a sign-in name. It need not exist.
    Nama(String),
    /// Anything from one address. An office shares one, so it may fail more often.
    Alamat(IpAddr),
    /// Codes of the second factor of an account. Six digits are few, so the wait is longer.
    Kode(PenggunaId),
    /// Links asked for by mail: each counts, so that nobody's mailbox is flooded.
    Surel(String),
}

impl Kunci {
    /// Failures before one has to wait, and how long, microseconds.
    const fn limit(&self) -> (u32, i64) {
        match self {
            Self::Nama(_) => (5, MINUTE),
            Self::Alamat(_) => (50, 10 * MINUTE),
            Self::Kode(_) => (5, 15 * MINUTE),
            Self::Surel(_) => (3, 60 * MINUTE),
        }
    }
}

/// How many keys are remembered.
const REMEMBERED: usize = 10_000;

pub(crate) struct Pembatas {
    failures: Mutex<HashMap<Kunci, (u32, i64)>>,
    /// Checking a password costs a core and twenty megabytes for a moment: few at a time, the others wait.
    pub checking: Semaphore,
}

impl Pembatas {
    pub fn new() -> Self {
        Self { failures: Mutex::default(), checking: Semaphore::new(2) }
    }

    /// Refuses while any of the keys has to wait.
    pub(super) fn admit(&self, keys: &[Kunci], waktu: i64) -> Hasil<()> {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys {
            let (most, wait) = key.limit();
            if failures.get(key).is_some_and(|(count, last)| *count >= most && waktu - last < wait) {
                let wait = if wait == MINUTE { "satu menit".to_owned() } else { format!("{} menit", wait / MINUTE) };
                return Err(Galat::TidakSah(format!("terlalu banyak percobaan; tunggu {wait} lalu coba lagi")));
            }
        }
        Ok(())
    }

    /// Counts a failure of each key.
    pub(super) fn failed(&self, keys: &[Kunci], waktu: i64) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        if failures.len() >= REMEMBERED {
            failures.retain(|key, (_, last)| waktu - *last < key.limit().1);
        }
        for key in keys {
            let wait = key.limit().1;
            let entry = failures.entry(key.clone()).or_default();
            // Waiting it out gives a fresh start.
            entry.0 = if waktu - entry.1 >= wait { 1 } else { entry.0 + 1 };
            entry.1 = waktu;
        }
    }

    /// Forgets the failures of a key.
    pub(super) fn forget(&self, key: &Kunci) {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}
