//! Findings as SARIF 2.1.0 (OASIS), which editors and code hosts show beside the file.

use serde_json::{Value, json};
use tolok_app::review::{Keparahan, Sisi, Tempat, Temuan, aturan};

const fn level(keparahan: Keparahan) -> &'static str {
    match keparahan {
        Keparahan::Kesalahan => "error",
        Keparahan::Peringatan => "warning",
        Keparahan::Info => "note",
    }
}

/// Where a side stands. Rows of text files are lines; of a workbook only the sheet and cell can be told in words.
fn location(side: &Sisi) -> Value {
    let Tempat::Naskah(letak) = &side.tempat else {
        return json!({ "logicalLocations": [{ "fullyQualifiedName": side.tempat.to_string() }] });
    };
    let mut physical = json!({ "artifactLocation": { "uri": letak.di.berkas.replace(' ', "%20") } });
    if let (Some(line), None, None) = (letak.baris, &letak.di.lembar, letak.di.halaman) {
        physical["region"] = json!({ "startLine": line });
    }
    json!({
        "physicalLocation": physical,
        "logicalLocations": [{ "fullyQualifiedName": side.tempat.to_string() }],
        "message": { "text": format!("{}: {}", side.hal, side.nilai) },
    })
}

/// The findings as one run.
pub fn render(found: &[Temuan]) -> anyhow::Result<String> {
    let rules: Vec<Value> = aturan::rules()
        .iter()
        .map(|a| {
            json!({
                "id": a.kode,
                "shortDescription": { "text": a.judul },
                "fullDescription": { "text": a.penjelasan },
                "help": { "text": a.saran },
                "defaultConfiguration": { "level": level(a.keparahan) },
            })
        })
        .collect();
    let results: Vec<Value> = found
        .iter()
        .map(|t| {
            let mut result = json!({
                "ruleId": t.aturan.kode,
                "level": level(t.keparahan),
                "message": { "text": format!("{}. {} {}", t.judul, t.explanation(), t.saran()) },
                "locations": [location(&t.a)],
            });
            if let Some(b) = &t.b {
                result["relatedLocations"] = json!([location(b)]);
            }
            result
        })
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "tolok", "version": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "results": results,
        }],
    });
    Ok(format!("{}\n", serde_json::to_string_pretty(&log)?))
}
