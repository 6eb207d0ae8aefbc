//! `datapackage.json`: Frictionless Data Package with a schema per sheet.

use serde_json::{Map, Value, json};
use tolok_domain::Potret;
use tolok_domain::period::Tahun;
use tolok_domain::sheet::{Kolom, LEMBAR, Lembar, TipeKolom};

/// The year that a descriptor names, or what is wrong with it.
pub(super) fn year(text: &str) -> Result<Tahun, String> {
    let value: Value = serde_json::from_str(text).map_err(|e| format!("bukan JSON yang sah: {e}"))?;
    let year = value.pointer("/tolok/tahun").and_then(Value::as_i64);
    year.and_then(|t| Tahun::try_from(t).ok())
        .ok_or_else(|| "tolok.tahun tidak ada; tulis misalnya \"tolok\": {\"versi\": 1, \"tahun\": 2021}".to_owned())
}

/// The descriptor of a package whose sheets `has` says are written.
pub(super) fn write(potret: &Potret, has: impl Fn(&str) -> bool) -> String {
    let resources: Vec<Value> = LEMBAR.iter().filter(|l| has(l.nama)).map(resource).collect();
    let descriptor = json!({
        "profile": "data-package",
        "name": format!("{}-{}", potret.instansi.kode, potret.tahun),
        "title": format!("{} {}, tahun {}", potret.instansi.nama, potret.instansi.daerah, potret.tahun),
        "tolok": { "versi": 1, "tahun": potret.tahun },
        "resources": resources,
    });
    format!("{descriptor:#}\n")
}

fn resource(lembar: &Lembar) -> Value {
    let mut schema = Map::new();
    schema.insert("fields".to_owned(), lembar.kolom.iter().map(field).collect());
    if !lembar.kunci.is_empty() {
        schema.insert("primaryKey".to_owned(), json!(lembar.kunci));
    }
    json!({
        "name": lembar.nama,
        "title": lembar.judul,
        "path": lembar.file(),
        "format": "csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ";", "lineTerminator": "\n" },
        "schema": schema,
    })
}

fn field(kolom: &Kolom) -> Value {
    let mut field = Map::new();
    field.insert("name".to_owned(), json!(kolom.nama));
    let kind = match kolom.tipe {
        TipeKolom::Bilangan | TipeKolom::Rupiah => "number",
        TipeKolom::Bulat => "integer",
        TipeKolom::Tanggal => "date",
        _ => "string",
    };
    field.insert("type".to_owned(), json!(kind));
    if kind == "number" {
        field.insert("decimalChar".to_owned(), json!(","));
        field.insert("groupChar".to_owned(), json!("."));
    }
    if kolom.wajib {
        field.insert("constraints".to_owned(), json!({ "required": true }));
    }
    Value::Object(field)
}
