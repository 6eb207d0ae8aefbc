//! The schema as the engines themselves describe it: the same on both, with the tenant first everywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rstest::rstest;
use sqlx::{AssertSqlSafe, PgPool, SqlitePool};
use tolok_store::{Db, Store};
use tolok_testkit::{Mesin, store};

/// The tenant's column.
const TENANT: &str = "instansi_id";
/// Tables that belong to no office, and why.
const GLOBAL: [(&str, &str); 9] = [
    ("akun", "a person may have roles in several offices"),
    ("bobot_daerah", "weights of the ranking are set by a region for all of its offices"),
    ("kalender", "the calendar of a person, over all offices"),
    ("kode_pulih", "a second factor belongs to a person"),
    ("peran_daerah", "a role in all offices of a region, also those that come later"),
    ("ringkasan_harian", "the digest of a day goes to the people of all offices"),
    ("sekali_pakai", "a password belongs to a person"),
    ("sesi", "a session belongs to a person, not to an office"),
    ("surat", "mails about a person's account belong to no office, and one task sends all"),
];
/// Tables of reference data, the same for all offices, and why. They lead to no office's data and are told apart by year.
const REFERENCE: [(&str, &str); 2] = [
    ("nomenklatur", "codes and names are set by ministerial decree"),
    ("nomenklatur_daftar", "a decree holds for every office"),
];
/// The column that leads every key of reference data.
const YEAR: &str = "tahun";
/// Unique keys that do not begin with the tenant although their table is an office's, and why.
const UNIQUE_ACROSS_OFFICES: [(&str, &[&str], &str); 1] =
    [("instansi", &["kode"], "an office is found by its code before its identity is known")];
/// The migrations' own table.
const MIGRATIONS: &str = "_sqlx_migrations";

#[derive(Debug, Default, PartialEq, Eq)]
struct Table {
    /// By name: class of type, whether it may be empty, whether it has a default.
    columns: BTreeMap<String, (String, bool, bool)>,
    primary_key: Vec<String>,
    indexes: BTreeSet<Index>,
    foreign_keys: BTreeSet<ForeignKey>,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Index {
    columns: Vec<String>,
    unique: bool,
    /// Condition of a partial index; empty for a whole one.
    condition: String,
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct ForeignKey {
    columns: Vec<String>,
    table: String,
    referenced: Vec<String>,
}

type Schema = BTreeMap<String, Table>;

/// Types that hold the same values. What is not listed stands for itself and so differs.
fn class(kind: &str) -> String {
    match kind.to_ascii_lowercase().as_str() {
        "integer" | "bigint" => "whole number".to_owned(),
        "text" => "text".to_owned(),
        "blob" | "uuid" | "bytea" => "bytes".to_owned(),
        other => other.to_owned(),
    }
}

/// A condition without the decoration that engines add.
fn condition(text: &str) -> String {
    text.replace(['(', ')', '"'], "").split_whitespace().collect::<Vec<_>>().join(" ").to_ascii_lowercase()
}

fn words(list: &str) -> Vec<String> {
    list.split(',').map(str::to_owned).collect()
}

async fn schema(store: &Store) -> Schema {
    let mut found = match store.db() {
        Db::Sqlite(pool) => sqlite(pool).await,
        Db::Postgres(pool) => postgres(pool).await,
    };
    assert!(found.remove(MIGRATIONS).is_some(), "the migrations have run");
    found
}

async fn sqlite(pool: &SqlitePool) -> Schema {
    let mut found = Schema::new();
    let sql = "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let tables: Vec<(String, bool)> = sqlx::query_as(sql).fetch_all(pool).await.expect("tables");
    for (name, strict) in tables {
        assert!(strict || name == MIGRATIONS, "{name} must be STRICT");
        let mut table = Table::default();
        let sql = "SELECT name, type, \"notnull\", dflt_value IS NOT NULL, pk FROM pragma_table_info($1) ORDER BY pk";
        let columns: Vec<(String, String, bool, bool, i64)> =
            sqlx::query_as(sql).bind(&name).fetch_all(pool).await.expect("columns");
        for (column, kind, required, default, key) in columns {
            if key > 0 {
                table.primary_key.push(column.clone());
            }
            table.columns.insert(column, (class(&kind), !required, default));
        }
        let sql = "SELECT l.\"unique\", l.origin, COALESCE(m.sql, ''), \
                   (SELECT group_concat(name, ',') FROM (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno)) \
                   FROM pragma_index_list($1) l LEFT JOIN sqlite_master m ON m.type = 'index' AND m.name = l.name";
        let indexes: Vec<(bool, String, String, String)> =
            sqlx::query_as(sql).bind(&name).fetch_all(pool).await.expect("indexes");
        for (unique, _, sql, columns) in indexes.into_iter().filter(|(_, origin, ..)| origin != "pk") {
            let condition = sql.split_once("WHERE").map(|(_, c)| condition(c)).unwrap_or_default();
            table.indexes.insert(Index { columns: words(&columns), unique, condition });
        }
        let sql = "SELECT id, \"table\", group_concat(\"from\", ','), group_concat(COALESCE(\"to\", ''), ',') FROM \
                   (SELECT * FROM pragma_foreign_key_list($1) ORDER BY id, seq) GROUP BY id, \"table\"";
        let keys: Vec<(i64, String, String, String)> =
            sqlx::query_as(sql).bind(&name).fetch_all(pool).await.expect("foreign keys");
        for (_, other, from, to) in keys {
            table.foreign_keys.insert(ForeignKey { columns: words(&from), table: other, referenced: words(&to) });
        }
        found.insert(name, table);
    }
    found
}

/// The columns that a catalogue array of attribute numbers names, in its order.
fn named(array: &str, relation: &str) -> String {
    format!(
        "(SELECT string_agg(a.attname::text, ',' ORDER BY k.n) FROM unnest({array}) WITH ORDINALITY k(attnum, n) \
         JOIN pg_attribute a ON a.attrelid = {relation} AND a.attnum = k.attnum)"
    )
}

async fn postgres(pool: &PgPool) -> Schema {
    let mut found = Schema::new();
    let sql = "SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'YES', column_default IS NOT NULL \
               FROM information_schema.columns WHERE table_schema = 'public'";
    let columns: Vec<(String, String, String, bool, bool)> =
        sqlx::query_as(sql).fetch_all(pool).await.expect("columns");
    for (table, column, kind, optional, default) in columns {
        found.entry(table).or_default().columns.insert(column, (class(&kind), optional, default));
    }
    let sql = format!(
        "SELECT t.relname::text, i.indisprimary, i.indisunique, COALESCE(pg_get_expr(i.indpred, i.indrelid), ''), {} \
         FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid WHERE t.relnamespace = 'public'::regnamespace",
        named("i.indkey::int2[]", "i.indrelid")
    );
    let indexes: Vec<(String, bool, bool, String, String)> =
        sqlx::query_as(AssertSqlSafe(sql)).fetch_all(pool).await.expect("indexes");
    for (table, primary, unique, predicate, columns) in indexes {
        let table = found.entry(table).or_default();
        if primary {
            table.primary_key = words(&columns);
        } else {
            table.indexes.insert(Index { columns: words(&columns), unique, condition: condition(&predicate) });
        }
    }
    let sql = format!(
        "SELECT t.relname::text, o.relname::text, {}, {} FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid \
         JOIN pg_class o ON o.oid = c.confrelid WHERE c.contype = 'f' AND t.relnamespace = 'public'::regnamespace",
        named("c.conkey", "c.conrelid"),
        named("c.confkey", "c.confrelid")
    );
    let keys: Vec<(String, String, String, String)> =
        sqlx::query_as(AssertSqlSafe(sql)).fetch_all(pool).await.expect("foreign keys");
    for (table, other, from, to) in keys {
        let key = ForeignKey { columns: words(&from), table: other, referenced: words(&to) };
        found.entry(table).or_default().foreign_keys.insert(key);
    }
    found
}

#[tokio::test]
async fn both_engines_have_the_same_schema() {
    let Some(postgres) = store(Mesin::Postgres).await else { return };
    let sqlite = store(Mesin::Sqlite).await.expect("SQLite is always there");
    let (a, b) = (schema(&sqlite.store).await, schema(&postgres.store).await);
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (name, table) in &a {
        assert_eq!(table, &b[name], "{name}: SQLite left, PostgreSQL right");
    }
    // The reading itself sees what is there.
    let figures = &a["angka"];
    assert_eq!(figures.columns.len(), 16);
    assert_eq!(figures.columns["keluar"], ("whole number".to_owned(), true, false));
    assert_eq!((figures.primary_key.len(), figures.foreign_keys.len()), (2, 2));
    assert!(figures.indexes.iter().any(|i| i.unique && i.condition == "keluar is null" && i.columns.len() == 6));
}

#[rstest]
#[tokio::test]
async fn the_tenant_leads_every_key(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let schema = schema(&uji.store).await;
    let is_global = |table: &str| GLOBAL.iter().chain(&REFERENCE).any(|(name, _)| *name == table);
    let mut wrong = Vec::new();
    for (name, table) in schema.iter().filter(|(name, _)| !is_global(name)) {
        let leads = |columns: &[String]| columns.first().is_some_and(|c| c == TENANT);
        if !leads(&table.primary_key) {
            wrong.push(format!("{name}: primary key {:?}", table.primary_key));
        }
        for index in table.indexes.iter().filter(|i| i.unique && !leads(&i.columns)) {
            if !UNIQUE_ACROSS_OFFICES.iter().any(|(t, columns, _)| t == name && index.columns == *columns) {
                wrong.push(format!("{name}: unique index {:?}", index.columns));
            }
        }
        // A reference to a table of no office cannot carry the tenant.
        for key in table.foreign_keys.iter().filter(|k| !is_global(&k.table)) {
            if !leads(&key.columns) || !leads(&key.referenced) {
                wrong.push(format!("{name}: foreign key {:?} to {}", key.columns, key.table));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    for (name, _) in GLOBAL.into_iter().chain(REFERENCE) {
        let global = &schema[name];
        assert!(!global.columns.contains_key(TENANT), "{name} has a tenant and is not global");
        assert!(global.foreign_keys.iter().all(|k| is_global(&k.table)), "{name} refers to an office's data");
    }
}

#[rstest]
#[tokio::test]
async fn reference_data_stand_side_by_side_by_year(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let schema = schema(&uji.store).await;
    let is_reference = |table: &str| REFERENCE.iter().any(|(name, _)| *name == table);
    for (name, _) in REFERENCE {
        let table = &schema[name];
        let keys = std::iter::once(&table.primary_key).chain(table.indexes.iter().map(|i| &i.columns));
        for key in keys.chain(table.foreign_keys.iter().map(|k| &k.columns)) {
            assert_eq!(key.first().map(String::as_str), Some(YEAR), "{name}: {key:?}");
        }
        assert!(
            table.foreign_keys.iter().all(|k| is_reference(&k.table)),
            "{name} refers to what is no reference data"
        );
    }
    // An office's data keep what they took from a list: a list that is replaced changes no earlier year.
    for (name, table) in schema.iter().filter(|(name, _)| !is_reference(name)) {
        assert!(table.foreign_keys.iter().all(|k| !is_reference(&k.table)), "{name} depends on reference data");
    }
}

#[test]
fn migrations_have_the_same_names_for_both_engines() {
    let names = |engine: &str| -> BTreeSet<String> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../migrations").join(engine);
        let entries = std::fs::read_dir(folder).expect("migrations");
        entries.map(|e| e.expect("entry").file_name().to_string_lossy().into_owned()).collect()
    };
    let sqlite = names("sqlite");
    assert_eq!(sqlite, names("postgres"));
    assert!(sqlite.iter().all(|n| n.ends_with(".sql") && n[..4].bytes().all(|b| b.is_ascii_digit())), "{sqlite:?}");
}

#[rstest]
#[tokio::test]
async fn opening_an_up_to_date_database_changes_nothing(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = store(mesin).await else { return };
    let before = schema(&uji.store).await;
    let again = Store::open(&uji.alamat, &uji.bukti).await.expect("opened again");
    assert_eq!(schema(&again).await, before);
    again.close().await;
}
