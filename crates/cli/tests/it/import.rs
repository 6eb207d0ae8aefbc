//! `impor` says before what it does, and replaces nothing that people have entered unless told so.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use tolok_app::{App, HasilIsian, IsianAngka, TanpaPdf};
use tolok_domain::access::Peran;
use tolok_domain::{Periode, Petak};
use tolok_store::Store;
use tolok_testkit::{ctx, demo_dir};

/// Imports the demo with these words after it; gives back the exit code and what was said.
fn import(data: &Path, words: &[&str]) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tolok"));
    command.arg("impor").arg(demo_dir()).arg("--data").arg(data).args(words).env_remove("TOLOK_DB");
    let output = command.output().expect("run");
    assert!(output.stdout.is_empty(), "no data on stdout");
    (output.status.code(), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Enters a figure as a person does in the pages.
async fn enter(data: &Path) {
    let address = data.join("tolok.db").display().to_string();
    let store = Store::open(&address, &data.join("bukti")).await.expect("store");
    let office = store.find_office("disnakertrans-serang").await.expect("looked").expect("imported");
    let app = App::new(store.clone(), Arc::new(TanpaPdf));
    let person = ctx(office, &[Peran::Perencana]);
    let petak = Petak::realisation("2.07.03.i1", None, Periode::Tahun(2021));
    let loaded = app.load(&person, 2021).await.expect("loaded");
    let dilihat = petak.figure(&loaded.potret).map(|a| a.id);
    let (nilai, keterangan) = ("77,7".to_owned(), "Dihitung ulang".to_owned());
    let input = IsianAngka { petak, nilai, keterangan, bukti: None, dilihat };
    let saved = app.save_figures(&person, 2021, &[input]).await.expect("told");
    assert!(matches!(saved, HasilIsian::Tersimpan(Some(_), _)), "{saved:?}");
    store.close().await;
}

#[tokio::test]
async fn an_import_says_what_it_replaces_before_it_does() {
    let folder = tempfile::tempdir().expect("folder");
    let data = folder.path();
    let (code, said) = import(data, &["--pratinjau"]);
    assert!(code == Some(0) && said.contains("disnakertrans-serang belum ada; impor membuatnya"), "{said}");
    let (code, said) = import(data, &[]);
    assert!(code == Some(0) && said.contains("Dimuat sebagai entri 1"), "nothing was written before: {said}");
    let (code, said) = import(data, &[]);
    assert!(code == Some(0) && said.contains("Tidak ada perubahan"), "{said}");
    enter(data).await;
    let line = "realisasi: 0 baru, 1 diganti, 0 hilang; 1 di antaranya diisi di Tolok.";
    for words in [&[][..], &["--pratinjau"]] {
        let (code, said) = import(data, words);
        assert_eq!(code, Some(1), "{said}");
        assert!(
            said.contains(line) && said.contains("pakai --timpa") && said.contains("Tidak ada yang dimuat"),
            "{said}"
        );
    }
    let (code, said) = import(data, &["--pratinjau", "--timpa"]);
    assert!(code == Some(0) && said.contains(line) && said.contains("Pratinjau: tidak ada yang dimuat"), "{said}");
    let (code, said) = import(data, &["--timpa"]);
    assert!(
        code == Some(0) && said.contains(line) && said.contains("Dimuat sebagai entri 3: 1 baris masuk, 1 keluar."),
        "{said}"
    );
    let (code, said) = import(data, &[]);
    assert!(code == Some(0) && said.contains("Tidak ada perubahan"), "{said}");
}
