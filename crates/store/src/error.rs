//! What can go wrong, by what the user can do about it.

/// An error with a message for the user; the detail is for the log only.
#[derive(Debug, thiserror::Error)]
pub enum Galat {
    /// There is no such thing, or not for this user.
    #[error("{0} tidak ditemukan")]
    TidakDitemukan(String),
    /// The input is wrong; the message says how to mend it.
    #[error("{0}")]
    TidakSah(String),
    /// Somebody else was faster.
    #[error("data sudah diubah orang lain sejak halaman ini dibuka; muat ulang dan periksa kembali")]
    Bentrok,
    /// The same form was written before, as this entry: the answer is the one that the first sending got.
    #[error("isian ini sudah tersimpan")]
    SudahTersimpan(i64),
    /// The user may not do that.
    #[error("Anda tidak berhak melakukan ini")]
    Terlarang,
    /// Not the user's fault: storage, file system.
    #[error("sistem sedang tidak dapat melayani; coba lagi sebentar lagi")]
    TidakTersedia {
        /// For the log.
        detail: String,
    },
}

/// Result of this crate.
pub type Hasil<T> = Result<T, Galat>;

impl Galat {
    /// Something failed that the user cannot mend.
    pub fn unavailable(detail: impl std::fmt::Display) -> Self {
        Self::TidakTersedia { detail: detail.to_string() }
    }
}

impl From<sqlx::Error> for Galat {
    fn from(error: sqlx::Error) -> Self {
        Self::unavailable(error)
    }
}

impl From<sqlx::migrate::MigrateError> for Galat {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::unavailable(error)
    }
}
