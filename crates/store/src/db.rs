//! The two engines. SQL is written once, with `$1` for both; the macro [`on!`] sends it to the engine in use.

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{PgPool, Postgres, Sqlite, SqlitePool, Transaction};

use crate::error::{Galat, Hasil};

/// A database of either kind.
#[derive(Debug, Clone)]
pub enum Db {
    /// One file; one writer at a time.
    Sqlite(SqlitePool),
    /// A server.
    Postgres(PgPool),
}

/// A transaction of either kind.
pub(crate) enum Tx<'a> {
    Sqlite(Transaction<'a, Sqlite>),
    Postgres(Transaction<'a, Postgres>),
}

/// Runs the same expression on whichever engine is in use.
macro_rules! on {
    ($db:expr, $p:ident => $body:expr) => {
        match $db {
            $crate::db::Db::Sqlite($p) => $body,
            $crate::db::Db::Postgres($p) => $body,
        }
    };
}

/// The same inside a transaction.
macro_rules! within {
    ($tx:expr, $c:ident => $body:expr) => {
        match $tx {
            $crate::db::Tx::Sqlite(tx) => {
                let $c = &mut **tx;
                $body
            }
            $crate::db::Tx::Postgres(tx) => {
                let $c = &mut **tx;
                $body
            }
        }
    };
}

pub(crate) use {on, within};

/// Database and evidence folder.
#[derive(Debug, Clone)]
pub struct Store {
    /// For reading.
    pub(crate) db: Db,
    /// For writing. An SQLite file has one writer at a time: its only connection here is handed on in the order of asking. Connections that
    /// wait for the file's lock instead ask again and again, in no order, and keep the readers from theirs meanwhile.
    pub(crate) writer: Db,
    pub(crate) bukti: PathBuf,
}

/// How long a writer waits for another before it gives up.
const BUSY: Duration = Duration::from_secs(10);

impl Store {
    /// Opens an SQLite file (made when missing) or, for a `postgres://` address, a server, and brings the schema up to date.
    /// Evidence files go into `bukti`.
    pub async fn open(address: &str, bukti: &Path) -> Hasil<Self> {
        let (db, writer) = if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            let options: PgConnectOptions = address.parse()?;
            let pool = PgPoolOptions::new().max_connections(10).acquire_timeout(BUSY).connect_with(options).await?;
            sqlx::migrate!("../../migrations/postgres").run(&pool).await?;
            (Db::Postgres(pool.clone()), Db::Postgres(pool))
        } else {
            let options = SqliteConnectOptions::new()
                .filename(address)
                .create_if_missing(true)
                .journal_mode(SqliteJournalMode::Wal)
                .synchronous(SqliteSynchronous::Full)
                .foreign_keys(true)
                .busy_timeout(BUSY);
            // A file does not hang up: asking each connection whether it still lives would double the work of a request.
            let pool = || SqlitePoolOptions::new().test_before_acquire(false).acquire_timeout(BUSY);
            let writer = pool().max_connections(1).connect_with(options.clone()).await?;
            sqlx::migrate!("../../migrations/sqlite").run(&writer).await?;
            let readers = pool().max_connections(8).connect_with(options).await?;
            (Db::Sqlite(readers), Db::Sqlite(writer))
        };
        tokio::fs::create_dir_all(bukti).await.map_err(Galat::unavailable)?;
        Ok(Self { db, writer, bukti: bukti.to_owned() })
    }

    /// The engine, for tools that look at the database itself.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Closes all connections.
    pub async fn close(&self) {
        on!(&self.db, p => p.close().await);
        on!(&self.writer, p => p.close().await);
    }

    /// A transaction that will write. SQLite takes its write lock at once, so that it never fails half way.
    pub(crate) async fn begin(&self) -> Hasil<Tx<'_>> {
        Ok(match &self.writer {
            Db::Sqlite(pool) => Tx::Sqlite(pool.begin_with("BEGIN IMMEDIATE").await?),
            Db::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// A transaction that only reads, and reads everything as of one moment.
    pub(crate) async fn begin_reading(&self) -> Hasil<Tx<'_>> {
        Ok(match &self.db {
            Db::Sqlite(pool) => Tx::Sqlite(pool.begin().await?),
            Db::Postgres(pool) => {
                Tx::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY").await?)
            }
        })
    }
}

impl Tx<'_> {
    pub async fn commit(self) -> Hasil<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}
