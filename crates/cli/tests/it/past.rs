//! A report as of a past day is the report of that day, byte for byte.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use tolok_app::{App, Ctx, HasilIsian, IsianAngka, TanpaPdf};
use tolok_domain::access::Peran;
use tolok_domain::{InstansiId, Periode, Petak};
use tolok_store::Store;
use tolok_testkit::{ctx, demo_paket};

/// 15 July 2021, 20.00 WIB, microseconds since 1970 UTC.
const THAT_DAY: i64 = 1_626_354_000_000_000;
/// 16 July 2021, 00.30 WIB: the next day there, the same day in UTC.
const LATER: i64 = 1_626_370_200_000_000;

/// The files that the command writes, by extension.
fn compose(data: &Path, to: &Path, per: Option<&str>) -> BTreeMap<String, Vec<u8>> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tolok"));
    command.args(["susun", "lkjip", "--tahun", "2021", "--data"]).arg(data).arg("--ke").arg(to);
    command.args(per.map(|day| format!("--per={day}")));
    let output = command.output().expect("run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let files = fs::read_dir(to).expect("folder").map(|entry| entry.expect("file").path());
    files.map(|p| (p.extension().expect("one").to_string_lossy().into_owned(), fs::read(&p).expect("read"))).collect()
}

#[tokio::test]
async fn a_report_of_a_past_day_is_the_one_that_was_built_then() {
    let folder = tempfile::tempdir().expect("folder");
    let data = folder.path().join("data");
    fs::create_dir_all(&data).expect("folder");
    let address = data.join("tolok.db").display().to_string();
    let store = Store::open(&address, &data.join("bukti")).await.expect("store");
    let office = InstansiId::new();
    let paket = demo_paket(office);
    let named = &paket.potret.instansi;
    store.create_office(office, &named.kode, &named.nama, &named.daerah).await.expect("office");
    let app = App::new(store.clone(), Arc::new(TanpaPdf));
    let that_day = Ctx { waktu: THAT_DAY, ..ctx(office, &[Peran::Perencana]) };
    app.import(&that_day, &paket).await.expect("imported");
    let then = compose(&data, &folder.path().join("a"), None);
    assert_eq!(then.len(), 4, "DOCX, HTML, PDF, XLSX");

    // Half an hour into the next day a figure changes, and a chapter.
    let later = Ctx { waktu: LATER, ..that_day.clone() };
    let petak = Petak::realisation("2.07.03.i1", None, Periode::Tahun(2021));
    let seen = petak.figure(&paket.potret).expect("figure");
    let input = IsianAngka {
        petak: petak.clone(),
        nilai: "77,7".to_owned(),
        keterangan: String::new(),
        bukti: None,
        dilihat: petak.figure(&app.load(&later, 2021).await.expect("loaded").potret).map(|a| a.id),
    };
    assert_ne!(seen.nilai.to_string(), "77,7");
    let result = app.save_figures(&later, 2021, &[input]).await.expect("told");
    assert!(matches!(result, HasilIsian::Tersimpan(Some(_), _)), "{result:?}");
    let mut changed = demo_paket(office);
    changed.potret.angka = app.load(&later.fresh(), 2021).await.expect("loaded").potret.angka.clone();
    changed.potret.narasi.retain(|n| !n.kode.contains("bab-4"));
    app.import(&later, &changed).await.expect("imported");
    store.close().await;

    let now = compose(&data, &folder.path().join("b"), None);
    let again = compose(&data, &folder.path().join("c"), Some("2021-07-15"));
    for (format, bytes) in &then {
        assert_eq!(again.get(format), Some(bytes), "{format} as of that day");
        assert_ne!(now.get(format), Some(bytes), "{format} today");
    }
    // Before the first entry there was nothing.
    let output = Command::new(env!("CARGO_BIN_EXE_tolok"))
        .args(["ukur", "--per=2021-07-14", "--data"])
        .arg(&data)
        .output()
        .expect("run");
    assert_eq!(output.status.code(), Some(3), "{}", String::from_utf8_lossy(&output.stderr));
}
