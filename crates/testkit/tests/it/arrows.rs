//! Dependencies between the crates point one way (ARCHITECTURE.md, Layout).

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

/// Crate, and the crates of the workspace that it may use.
const ALLOWED: [(&str, &[&str]); 11] = [
    ("tolok-domain", &[]),
    ("tolok-review", &["tolok-domain"]),
    ("tolok-ingest", &["tolok-domain"]),
    ("tolok-report", &["tolok-domain"]),
    ("tolok-store", &["tolok-domain"]),
    ("tolok-pdf", &["tolok-report"]),
    ("tolok-app", &["tolok-domain", "tolok-review", "tolok-ingest", "tolok-report", "tolok-store"]),
    ("tolok-web", &["tolok-app", "tolok-domain", "tolok-report"]),
    (
        "tolok",
        &[
            "tolok-app",
            "tolok-domain",
            "tolok-ingest",
            "tolok-pdf",
            "tolok-report",
            "tolok-review",
            "tolok-store",
            "tolok-web",
        ],
    ),
    (BENCHES, &[]),
    (TESTKIT, &["tolok-app", "tolok-domain", "tolok-ingest", "tolok-store"]),
];

/// Measures the others and uses them as tests do: by dev-dependencies only.
const BENCHES: &str = "tolok-benches";
/// Only tests may use it.
const TESTKIT: &str = "tolok-testkit";
/// The crates that compile slowly stay in one leaf.
const TYPST: [&str; 2] = ["typst", "comemo"];

struct Panah {
    from: String,
    to: String,
    /// "normal", "dev" or "build".
    kind: String,
}

fn string(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}

/// Crates of the workspace, and every dependency that they declare, also for one platform or one feature only.
fn arrows() -> (BTreeSet<String>, Vec<Panah>) {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let manifest = concat!(env!("CARGO_MANIFEST_DIR"), "/../../Cargo.toml");
    let arguments = ["metadata", "--format-version", "1", "--no-deps", "--offline", "--manifest-path", manifest];
    let out = Command::new(cargo).args(arguments).output().expect("cargo runs");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let metadata: Value = serde_json::from_slice(&out.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("packages");
    let crates = packages.iter().map(|p| string(&p["name"])).collect();
    let of = |p: &Value| {
        let from = string(&p["name"]);
        let arrow = move |d: &Value| Panah {
            from: from.clone(),
            to: string(&d["name"]),
            kind: d["kind"].as_str().unwrap_or("normal").to_owned(),
        };
        p["dependencies"].as_array().expect("dependencies").iter().map(arrow).collect::<Vec<_>>()
    };
    (crates, packages.iter().flat_map(of).collect())
}

#[test]
fn crates_use_each_other_only_along_the_allowed_arrows() {
    let (crates, arrows) = arrows();
    let listed: BTreeSet<String> = ALLOWED.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(crates, listed, "a new crate needs its line in ALLOWED and in ARCHITECTURE.md");
    let wrong: Vec<String> = arrows
        .iter()
        .filter(|a| crates.contains(&a.to) && a.kind != "dev")
        .filter(|a| !ALLOWED.iter().any(|(from, to)| a.from == *from && to.contains(&a.to.as_str())))
        .map(|a| format!("{} -> {} ({})", a.from, a.to, a.kind))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_tests_use_the_testkit() {
    let (_, arrows) = arrows();
    let wrong: Vec<&str> =
        arrows.iter().filter(|a| a.to == TESTKIT && a.kind != "dev").map(|a| a.from.as_str()).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn typst_stays_in_its_leaf() {
    let (_, arrows) = arrows();
    let users = |is: &dyn Fn(&str) -> bool| -> BTreeSet<&str> {
        let measures = |a: &Panah| a.from == BENCHES && a.kind == "dev";
        arrows.iter().filter(|a| is(&a.to) && !measures(a)).map(|a| a.from.as_str()).collect()
    };
    assert_eq!(users(&|to| to == "tolok-pdf"), BTreeSet::from(["tolok"]));
    let typst = |to: &str| TYPST.contains(&to) || to.starts_with("typst-");
    assert_eq!(users(&typst), BTreeSet::from(["tolok-pdf"]));
}
