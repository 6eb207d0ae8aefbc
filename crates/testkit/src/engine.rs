//! Databases for tests: made by copying one that was migrated once.

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::{Once, OnceLock};

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, PgConnection};
use tempfile::TempDir;
use tolok_domain::InstansiId;
use tolok_store::{Db, Store};
use uuid::Uuid;

/// The engines on which every test of storage runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mesin {
    /// A file in a temporary folder.
    Sqlite,
    /// A database on the server of `TOLOK_UJI_PG`.
    Postgres,
}

/// A store that is gone when the test ends.
pub struct UjiStore {
    /// The store.
    pub store: Store,
    /// The address it was opened with, for tests that open it a second time.
    pub alamat: String,
    /// Where its evidence files are.
    pub bukti: PathBuf,
    _database: Option<Database>,
    _folder: TempDir,
}

/// Administrator's address of the server.
const SERVER: &str = "TOLOK_UJI_PG";
/// Whether PostgreSQL must be there.
const REQUIRED: &str = "TOLOK_UJI_WAJIB";

/// A fresh store with the newest schema. `None`, after saying so once, for PostgreSQL when there is no server and none is required.
///
/// # Panics
/// When the database cannot be made, or when PostgreSQL is required (`TOLOK_UJI_WAJIB=1`) and no server is named.
pub async fn store(mesin: Mesin) -> Option<UjiStore> {
    let folder = tempfile::tempdir().expect("temporary folder");
    let (alamat, database) = match mesin {
        Mesin::Sqlite => {
            let file = folder.path().join("tolok.db");
            std::fs::write(&file, migrated_file()).expect("database file");
            (file.display().to_string(), None)
        }
        Mesin::Postgres => {
            let database = Database::copy_template(&server()?).await;
            (database.address.clone(), Some(database))
        }
    };
    let bukti = folder.path().join("bukti");
    let store = Store::open(&alamat, &bukti).await.expect("store");
    Some(UjiStore { store, alamat, bukti, _database: database, _folder: folder })
}

impl UjiStore {
    /// Makes an office with that code.
    pub async fn office(&self, kode: &str) -> InstansiId {
        let id = InstansiId::new();
        self.store.create_office(id, kode, kode, "Kota Uji").await.expect("office");
        id
    }
}

/// Changes the database behind the store's back, as somebody with a database tool would. Several statements may be given.
pub async fn exec(store: &Store, sql: &str) -> sqlx::Result<u64> {
    let sql = AssertSqlSafe(sql.to_owned());
    Ok(match store.db() {
        Db::Sqlite(pool) => sqlx::raw_sql(sql).execute(pool).await?.rows_affected(),
        Db::Postgres(pool) => sqlx::raw_sql(sql).execute(pool).await?.rows_affected(),
    })
}

/// Content of an SQLite file with the newest schema, made once per process. In a thread of its own because the caller is inside a
/// runtime already.
fn migrated_file() -> &'static [u8] {
    static FILE: OnceLock<Vec<u8>> = OnceLock::new();
    FILE.get_or_init(|| {
        aside(async {
            let folder = tempfile::tempdir().expect("temporary folder");
            let file = folder.path().join("tolok.db");
            let store = Store::open(&file.display().to_string(), folder.path()).await.expect("migrations");
            // Closing the last connection writes the log back into the file.
            store.close().await;
            std::fs::read(file).expect("database file")
        })
    })
}

/// Runs something to its end on another thread.
fn aside<T: Send>(work: impl Future<Output = T> + Send) -> T {
    let run = || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("runtime");
        runtime.block_on(work)
    };
    std::thread::scope(|scope| scope.spawn(run).join().expect("thread"))
}

fn server() -> Option<String> {
    static SAID: Once = Once::new();
    let named = std::env::var(SERVER).ok().filter(|address| !address.is_empty());
    if named.is_none() {
        assert!(std::env::var(REQUIRED).as_deref() != Ok("1"), "{REQUIRED}=1, tetapi {SERVER} kosong");
        SAID.call_once(|| eprintln!("PostgreSQL tidak diuji: {SERVER} kosong"));
    }
    named
}

/// A database on the server; dropped with this value.
struct Database {
    server: PgConnectOptions,
    name: String,
    address: String,
}

impl Database {
    async fn copy_template(server: &str) -> Self {
        let options = PgConnectOptions::from_str(server).expect("TOLOK_UJI_PG");
        let mut admin = options.connect().await.expect("PostgreSQL server");
        let template = template(server, &mut admin).await;
        let name = format!("uji_{}", Uuid::new_v4().simple());
        run(&mut admin, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
        Self { server: options, address: with_database(server, &name), name }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // What cannot be dropped stays: the server is thrown away anyway, and a failing test should show its own reason.
        let _: sqlx::Result<_> = aside(async {
            let mut admin = self.server.connect().await?;
            sqlx::raw_sql(AssertSqlSafe(drop)).execute(&mut admin).await
        });
    }
}

/// Number of the lock that lets one process at a time look for the template.
const LOCK: i64 = 0x0074_6f6c_6f6b;

/// Name of the migrated database to copy, made when missing. Test programs run at the same time: the first one makes it, under a name
/// of its own until it is ready.
async fn template(server: &str, admin: &mut PgConnection) -> String {
    let name = format!("tolok_template_{:016x}", migrations_hash());
    run(admin, format!("SELECT pg_advisory_lock({LOCK})")).await;
    let sql = "SELECT 1 FROM pg_database WHERE datname = $1";
    if sqlx::query(sql).bind(&name).fetch_optional(&mut *admin).await.expect("catalogue").is_none() {
        let unready = "tolok_template_baru";
        run(admin, format!("DROP DATABASE IF EXISTS {unready} WITH (FORCE)")).await;
        run(admin, format!("CREATE DATABASE {unready}")).await;
        let folder = tempfile::tempdir().expect("temporary folder");
        let store = Store::open(&with_database(server, unready), folder.path()).await.expect("migrations");
        store.close().await;
        run(admin, format!("ALTER DATABASE {unready} RENAME TO {name}")).await;
    }
    run(admin, format!("SELECT pg_advisory_unlock({LOCK})")).await;
    name
}

async fn run(admin: &mut PgConnection, sql: String) {
    let shown = sql.clone();
    sqlx::raw_sql(AssertSqlSafe(sql)).execute(admin).await.unwrap_or_else(|e| panic!("{shown}: {e}"));
}

/// The server's address with another database in it.
fn with_database(server: &str, name: &str) -> String {
    let (path, options) = server.split_once('?').map_or((server, None), |(path, options)| (path, Some(options)));
    let after_scheme = path.find("://").map_or(0, |i| i + 3);
    let end = path[after_scheme..].find('/').map_or(path.len(), |i| after_scheme + i);
    let options = options.map(|o| format!("?{o}")).unwrap_or_default();
    format!("{}/{name}{options}", &path[..end])
}

fn migrations_hash() -> u64 {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations/postgres");
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("migrations").map(|entry| entry.expect("entry").path()).collect();
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.file_name().hash(&mut hasher);
        std::fs::read(file).expect("migration").hash(&mut hasher);
    }
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_database_is_replaced_in_an_address() {
        for (server, expected) in [
            ("postgres://tolok@127.0.0.1:5432/postgres", "postgres://tolok@127.0.0.1:5432/uji"),
            ("postgres://tolok@127.0.0.1", "postgres://tolok@127.0.0.1/uji"),
            ("postgres://h/postgres?sslmode=disable", "postgres://h/uji?sslmode=disable"),
        ] {
            assert_eq!(with_database(server, "uji"), expected);
        }
    }
}
