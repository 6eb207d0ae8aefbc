//! Who may do what. The table is written out here once more, so that a slip in the code cannot move both.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rstest::rstest;
use tolok_app::{
    App, BentukLhe, CaraImpor, Ctx, Dilihat, Format, Galat, Hasil, IsiEvaluasi, IsiJawaban, IsiLangkah,
    IsiLangkahTindakLanjut, IsiPutusan, IsiRekomendasi, IsianAkun, IsianAngka, Peminta, Undangan,
};
use tolok_domain::access::{Pemberian, Penugasan, Peran};
use tolok_domain::evaluasi::Penilai;
use tolok_domain::rekomendasi::{KeadaanTindakLanjut, PemberiPutusan};
use tolok_domain::{InstansiId, PenggunaId, Periode, Petak};
use tolok_testkit::{Mesin, TestApp, WAKTU, demo_paket};

use crate::nomenklatur::nomenklatur;

use Peran::{Admin, Evaluator, Kepala, Pengisi, Perencana, PimpinanDaerah, Verifikator};

const ANYBODY: &[Peran] = &[Perencana, Pengisi, Kepala, Verifikator, Evaluator, PimpinanDaerah, Admin];

/// A use case, and the roles that may use it.
const USE_CASES: &[(&str, &[Peran])] = &[
    ("load", ANYBODY),
    ("open", ANYBODY),
    ("years", ANYBODY),
    ("history", ANYBODY),
    ("figure_history", ANYBODY),
    ("notices", ANYBODY),
    ("mark_read", ANYBODY),
    ("own_places", &[Verifikator]),
    ("verify", ANYBODY),
    ("evidence", ANYBODY),
    ("report", ANYBODY),
    ("export", ANYBODY),
    ("save_figures", &[Perencana, Pengisi]),
    ("attach_evidence", &[Perencana, Pengisi]),
    ("detach_evidence", &[Perencana, Pengisi]),
    ("begin_upload", &[Perencana, Pengisi]),
    ("continue_upload", &[Perencana, Pengisi]),
    ("attach_upload", &[Perencana, Pengisi]),
    ("action_plan", ANYBODY),
    ("set_action_targets", &[Perencana]),
    ("set_cash_plan", &[Perencana]),
    ("save_step", &[Perencana, Pengisi]),
    ("move_step", &[Perencana, Pengisi]),
    ("remove_step", &[Perencana, Pengisi]),
    ("copy_steps", &[Perencana, Pengisi]),
    ("import", &[Perencana, Admin]),
    ("add_node", &[Perencana]),
    ("change_node", &[Perencana]),
    ("move_node", &[Perencana]),
    ("remove_node", &[Perencana]),
    ("add_indicator", &[Perencana]),
    ("change_indicator", &[Perencana]),
    ("retire_indicator", &[Perencana]),
    ("remove_indicator", &[Perencana]),
    ("set_targets", &[Perencana]),
    ("set_ceilings", &[Perencana]),
    ("add_document", &[Perencana]),
    ("change_document", &[Perencana]),
    ("revise_document", &[Perencana]),
    ("remove_document", &[Perencana]),
    ("add_unit", &[Perencana]),
    ("change_unit", &[Perencana]),
    ("move_unit", &[Perencana]),
    ("retire_unit", &[Perencana]),
    ("remove_unit", &[Perencana]),
    ("change_vision", &[Perencana]),
    ("open_year", &[Perencana]),
    ("tree_document", ANYBODY),
    ("tree_drawings", ANYBODY),
    ("neighbours", ANYBODY),
    ("add_condition", &[Perencana]),
    ("change_condition", &[Perencana]),
    ("save_outline", &[Perencana]),
    ("propose_conditions", &[Perencana]),
    ("propose_link", &[Perencana]),
    ("answer_link", &[Perencana]),
    ("withdraw_link", &[Perencana]),
    ("remove_condition", &[Perencana]),
    ("accounts", &[Admin]),
    ("invite", &[Admin]),
    ("change_roles", &[Admin]),
    ("change_account", &[Admin]),
    ("hand_link", &[Admin]),
    ("end_account_sessions", &[Admin]),
    ("drop_totp", &[Admin]),
    ("switch_account", &[Admin]),
    ("import_nomenklatur", &[Perencana, Admin]),
    ("nomenklatur_lists", ANYBODY),
    ("find_nomenklatur", ANYBODY),
    ("search_nomenklatur", ANYBODY),
    ("map_nomenklatur", ANYBODY),
    ("findings", ANYBODY),
    ("report_findings", ANYBODY),
    ("review_paper", ANYBODY),
    ("review_files", ANYBODY),
    ("files_paper", ANYBODY),
    ("decide_finding", &[Kepala, Verifikator, Evaluator]),
    ("publish_report", &[Perencana, Kepala]),
    ("publish_statement", &[Evaluator]),
    ("suggestions", ANYBODY),
    ("evaluation_document", ANYBODY),
    ("open_evaluation", &[Evaluator]),
    ("rate_oneself", &[Perencana, Kepala]),
    ("answer_worksheet", &[Evaluator]),
    ("publish_evaluation", &[Evaluator]),
    ("import_template", &[Evaluator]),
    ("save_recommendation", &[Evaluator]),
    ("save_follow_up", &[Perencana, Kepala]),
    ("own_verdict", &[Perencana, Kepala]),
    ("give_verdict", &[Evaluator]),
    ("take_over_score", &[Perencana, Pengisi]),
    ("year_before", ANYBODY),
    ("year_after", ANYBODY),
    ("preview_import", &[Perencana, Admin]),
    ("office_name", ANYBODY),
    ("unit_board", ANYBODY),
    ("tasks", ANYBODY),
    ("preview_figures", &[Perencana, Pengisi]),
    ("entry_sheet", &[Perencana, Pengisi]),
    ("read_entry_sheet", &[Perencana, Pengisi]),
    ("save_entry_sheet", &[Perencana, Pengisi]),
    ("note_obstacle", &[Perencana, Pengisi]),
    ("comment", ANYBODY),
    ("hand_in", &[Perencana, Pengisi]),
    ("verify_figures", &[Verifikator]),
    ("lock_figures", &[Verifikator, Admin]),
    ("lock_period", &[Verifikator, Admin]),
    ("open_lock", &[Verifikator, Admin]),
    ("set_schedule", &[Verifikator, Admin]),
    ("end_office", &[Perencana]),
    ("create_agreements", &[Perencana]),
    ("change_agreement", &[Perencana]),
    ("delete_agreement", &[Perencana]),
    ("revise_agreements", &[Perencana]),
    ("sign_agreement", &[Perencana, Kepala]),
    ("agreement_document", ANYBODY),
    ("save_official", &[Perencana]),
    ("delete_official", &[Perencana]),
    ("account", &[Admin]),
    ("account_named", &[Admin]),
    ("add_account", &[Admin]),
    ("region", &[Verifikator, Evaluator, PimpinanDaerah]),
    ("region_money", &[Verifikator, Evaluator, PimpinanDaerah]),
    ("region_recap", &[Verifikator, Evaluator, PimpinanDaerah]),
    ("ranking_weights", &[Verifikator, Evaluator, PimpinanDaerah]),
    ("adopt_weights", &[PimpinanDaerah]),
];

/// Rows of the table that stand for a use case whose right depends on what is asked of it.
const BY_WHAT_IS_ASKED: &[(&str, &str)] = &[
    ("advance", "hand_in"),
    ("advance", "verify_figures"),
    ("advance", "lock_figures"),
    ("import_as", "import"),
    ("publish", "publish_report"),
    ("publish", "publish_statement"),
];

/// Public functions that no role of an office grants, by why.
const WITHOUT_ROLE: &[(&str, &[&str])] = &[
    ("set up once, or plain data of the server", &["new", "reachable_at", "sends_mail", "address", "store"]),
    (
        "whoever signs in, or has a secret that was handed to him",
        &["sign_in", "confirm_code", "sign_in_by_provider", "session", "sign_out", "request_link", "open_link"],
    ),
    (
        "his own account, by his session or secret",
        &["choose_password", "own_account", "change_password", "end_sessions"],
    ),
    ("his own second factor, by his session", &["offer_totp", "repeat_totp", "enable_totp", "disable_totp"]),
    ("his own mails and calendar", &["mail_choice", "choose_mail", "renew_calendar", "calendar"]),
    ("gives back a context that may do no more than the one given", &["as_of", "region_as_of"]),
    ("the server's own work", &["write_digest", "queue_mail", "deliver", "remove_stale_uploads"]),
    ("the command line, which acts with every right", &["create_account", "create_region_account", "create_link"]),
];

/// What is not there is not found, and what is empty is refused, after the permission was checked.
pub fn found<T>(result: Hasil<T>) -> Hasil<()> {
    match result {
        Err(Galat::TidakDitemukan(_) | Galat::TidakSah(_) | Galat::Bentrok) => Ok(()),
        other => other.map(drop),
    }
}

fn answered(penilai: Penilai) -> IsiJawaban {
    IsiJawaban {
        kode: "1.a".to_owned(),
        penilai,
        pilihan: "B".to_owned(),
        alasan: String::new(),
        bukti: String::new(),
        dilihat: String::new(),
    }
}

fn judged(oleh: PemberiPutusan) -> IsiPutusan {
    let (rekomendasi, keadaan) = ("R0".to_owned(), KeadaanTindakLanjut::Belum);
    IsiPutusan { rekomendasi, oleh, keadaan, alasan: String::new() }
}

async fn run(app: &App, ctx: &Ctx, use_case: &str) -> Hasil<()> {
    let paket = demo_paket(ctx.instansi);
    let now = Dilihat { tahun: 2021, versi: app.store().head(ctx).await? };
    match use_case {
        "load" => app.load(ctx, 2021).await.map(drop),
        "open" => app.open(ctx, None).await.map(drop),
        "years" => app.years(ctx).await.map(drop),
        "history" => app.history(ctx, None, 10).await.map(drop),
        "figure_history" => app.figure_history(ctx, &paket.potret.angka[0].subjek, 2021).await.map(drop),
        "notices" => app.notices(ctx, None, 10).await.map(drop),
        "mark_read" => app.mark_read(ctx, None).await,
        "own_places" => app.own_places(ctx, 2021).await.map(drop),
        "verify" => app.verify(ctx).await.map(drop),
        "evidence" => app.evidence(ctx, &paket.potret.bukti[0].sha256).await.map(drop),
        "report" => app.report(ctx, 2021, Format::Html).await.map(drop),
        "action_plan" => app.action_plan(ctx, 2021, Format::Html).await.map(drop),
        "set_action_targets" => app.set_action_targets(ctx, 2021, &[]).await.map(drop),
        "set_cash_plan" => app.set_cash_plan(ctx, 2021, &[]).await.map(drop),
        "save_step" => {
            let uraian = "Menyusun kurikulum".to_owned();
            let isi = IsiLangkah { uraian, periode: "2021-TW1".to_owned(), ..IsiLangkah::default() };
            app.save_step(ctx, 2021, "iku.4", None, &isi, "").await.map(drop)
        }
        // What is not there is not found by those who may look for it.
        "move_step" => found(app.move_step(ctx, 2021, "iku.4", "L0", true).await),
        "remove_step" => found(app.remove_step(ctx, 2021, "iku.4", "L0", "").await),
        "copy_steps" => found(app.copy_steps(ctx, 2021, None).await),
        "export" => app.export(ctx, 2021).await.map(drop),
        "save_figures" => {
            let input = IsianAngka {
                petak: Petak::realisation("iku.7", None, Periode::Triwulan(2021, 1)),
                nilai: String::new(),
                keterangan: "belum ada penilaian".to_owned(),
                bukti: None,
                dilihat: None,
            };
            app.save_figures(ctx, 2021, &[input]).await.map(drop)
        }
        "attach_evidence" | "detach_evidence" | "begin_upload" | "continue_upload" | "attach_upload" => {
            crate::evidence::run(app, ctx, use_case).await
        }
        "import" => app.import_as(ctx, &paket, CaraImpor { timpa: true, ..CaraImpor::default() }).await.map(drop),
        "preview_import" => app.preview_import(ctx, &paket, CaraImpor::default()).await.map(drop),
        "import_nomenklatur" => app.import_nomenklatur(ctx, &nomenklatur()).await,
        "nomenklatur_lists" => app.nomenklatur_lists(ctx).await.map(drop),
        "find_nomenklatur" => app.find_nomenklatur(ctx, 2023, &nomenklatur().item[0].kode).await.map(drop),
        "search_nomenklatur" => app.search_nomenklatur(ctx, 2023, "kerja", None, 0, 10).await.map(drop),
        "map_nomenklatur" => app.map_nomenklatur(ctx, 2023, 2023).await.map(drop),
        "accounts" => app.accounts(ctx).await.map(drop),
        "invite" => {
            let isian = IsianAkun { nama: "Seksi Baru".to_owned(), surel: String::new() };
            let peran = vec![Pemberian::lasting(Penugasan::whole(Pengisi))];
            // Who may is an administrator, so the name is new each time.
            app.invite(ctx, &Undangan { nama_masuk: "seksi-baru".to_owned(), isian, peran }).await.map(drop)
        }
        "change_roles" | "change_account" | "hand_link" | "end_account_sessions" | "drop_totp" | "switch_account" => {
            let invited = app.store().find_account("seksi-baru").await?.map_or_else(PenggunaId::new, |a| a.id());
            let (seen, new) =
                ([Pemberian::lasting(Penugasan::whole(Pengisi))], [Pemberian::lasting(Penugasan::whole(Kepala))]);
            match use_case {
                "change_roles" => app.change_roles(ctx, invited, &seen, &new).await,
                "change_account" => {
                    let isian = IsianAkun { nama: "Seksi A".to_owned(), surel: String::new() };
                    app.change_account(ctx, invited, &isian).await
                }
                "hand_link" => app.hand_link(ctx, invited).await.map(drop),
                "end_account_sessions" => app.end_account_sessions(ctx, invited).await,
                "drop_totp" => app.drop_totp(ctx, invited).await,
                _ => app.switch_account(ctx, invited, false).await,
            }
        }
        "tree_document" | "tree_drawings" | "neighbours" | "add_condition" | "change_condition" | "save_outline"
        | "propose_conditions" | "propose_link" | "answer_link" | "withdraw_link" | "remove_condition" => {
            crate::pohon::run(app, ctx, use_case).await
        }
        "findings" | "report_findings" | "review_paper" | "review_files" | "files_paper" | "decide_finding"
        | "publish_report" | "publish_statement" => crate::reviu::run(app, ctx, use_case).await,
        "suggestions" => app.suggestions(ctx, 2021).await.map(drop),
        "evaluation_document" => {
            app.evaluation_document(ctx, 2021, "lke-2021", BentukLhe::Surat, Format::Html).await.map(drop)
        }
        // The demo's evaluation is out: those who may are told so.
        "open_evaluation" => found(app.open_evaluation(ctx, 2021, &IsiEvaluasi::default()).await),
        "rate_oneself" => found(app.answer_worksheet(ctx, 2021, "lke-2021", &[answered(Penilai::Mandiri)]).await),
        "answer_worksheet" => found(app.answer_worksheet(ctx, 2021, "lke-2021", &[answered(Penilai::Evaluator)]).await),
        "publish_evaluation" => found(app.publish_evaluation(ctx, 2021, "lke-2021", "1", "2022-05-02").await),
        "import_template" => found(app.import_template(ctx, 2021, "lke.csv", b"").await),
        "save_recommendation" => {
            let isi = IsiRekomendasi { kode: "R0".to_owned(), ..IsiRekomendasi::default() };
            found(app.save_recommendation(ctx, now, &isi).await)
        }
        "save_follow_up" => found(app.save_follow_up(ctx, now, &IsiLangkahTindakLanjut::default()).await),
        "own_verdict" => found(app.give_verdict(ctx, now, &judged(PemberiPutusan::Instansi)).await),
        "give_verdict" => found(app.give_verdict(ctx, now, &judged(PemberiPutusan::Evaluator)).await),
        other if crate::rights::CASES.contains(&other) => crate::rights::run(app, ctx, other).await,
        other => crate::plan::run(app, ctx, other).await,
    }
}

/// Names of the public functions of `App` in the sources.
fn public_functions(dir: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(dir).expect("folder") {
        let path = entry.expect("entry").path();
        if path.is_dir() {
            public_functions(&path, found);
            continue;
        }
        let text = fs::read_to_string(&path).expect("source");
        let mut inside = false;
        for line in text.lines() {
            match line {
                "impl App {" => inside = true,
                "}" => inside = false,
                _ => {}
            }
            let name = ["    pub async fn ", "    pub fn "].iter().find_map(|start| line.strip_prefix(start));
            if let Some(name) = name.filter(|_| inside) {
                found.insert(name.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect());
            }
        }
    }
}

#[test]
fn every_public_use_case_stands_in_the_table() {
    let mut there = BTreeSet::new();
    public_functions(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut there);
    assert!(there.len() > 100, "the sources are read: {}", there.len());
    let rows: BTreeSet<&str> = USE_CASES.iter().map(|(name, _)| *name).collect();
    let by_ask = |name: &str| BY_WHAT_IS_ASKED.iter().any(|(of, row)| *of == name && rows.contains(row));
    let without = |name: &str| WITHOUT_ROLE.iter().any(|(_, names)| names.contains(&name));
    let unknown: Vec<&String> =
        there.iter().filter(|name| !rows.contains(name.as_str()) && !by_ask(name) && !without(name)).collect();
    assert!(unknown.is_empty(), "say in USE_CASES who may use them: {unknown:?}");
    let gone: Vec<&str> =
        WITHOUT_ROLE.iter().flat_map(|(_, names)| *names).copied().filter(|n| !there.contains(*n)).collect();
    assert!(gone.is_empty(), "no such function any more: {gone:?}");
}

#[rstest]
#[tokio::test]
async fn a_role_may_do_what_the_table_says_and_nothing_else(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    for &(use_case, allowed) in USE_CASES {
        for role in Peran::ALL {
            let result = run(&uji.app, &uji.with_roles(&[role]), use_case).await;
            if allowed.contains(&role) {
                assert!(result.is_ok(), "{role:?} {use_case}: {result:?}");
            } else {
                assert!(matches!(result, Err(Galat::Terlarang)), "{role:?} {use_case}: {result:?}");
            }
        }
    }
}

#[rstest]
#[tokio::test]
async fn without_a_role_everything_is_refused(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let before = uji.store().head(&uji.ctx).await.expect("head");
    for &(use_case, _) in USE_CASES {
        let result = run(&uji.app, &uji.with_roles(&[]), use_case).await;
        assert!(matches!(result, Err(Galat::Terlarang)), "{use_case}: {result:?}");
    }
    assert_eq!(uji.store().head(&uji.ctx).await.expect("head"), before, "and nothing is written");
}

#[rstest]
#[tokio::test]
async fn several_roles_add_up(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let both = uji.with_roles(&[Evaluator, Pengisi]);
    assert!(run(&uji.app, &both, "save_figures").await.is_ok());
    assert!(matches!(run(&uji.app, &both, "import").await, Err(Galat::Terlarang)));
}

#[rstest]
#[tokio::test]
async fn a_role_counts_in_its_own_office_only(#[values(Mesin::Sqlite, Mesin::Postgres)] mesin: Mesin) {
    let Some(uji) = TestApp::new(mesin).await else { return };
    let neighbour = uji.uji.office("tetangga").await;
    // Seen through a session, as a page does: the context carries the roles of one office.
    uji.app
        .create_account(neighbour, "seksi-a", "Seksi A", "sandi panjang sekali", &[Penugasan::whole(Perencana)], WAKTU)
        .await
        .expect("account");
    let entered = uji
        .app
        .sign_in("seksi-a", "sandi panjang sekali", &Peminta::default(), WAKTU)
        .await
        .expect("tried")
        .expect("right");
    let session = uji.app.session(&entered.rahasia, WAKTU).await.expect("looked").expect("valid");
    let ctx = session.context(None, WAKTU).expect("an office");
    assert_eq!((ctx.instansi, ctx.tugas.as_slice()), (neighbour, [Penugasan::whole(Perencana)].as_slice()));
    for use_case in ["load", "report", "export", "save_figures", "evidence"] {
        let result = run(&uji.app, &ctx, use_case).await;
        assert!(matches!(result, Err(Galat::TidakDitemukan(_))), "{use_case}: {result:?}");
    }
    assert_eq!(uji.app.history(&ctx, None, 10).await.expect("history"), []);
    // What is warm in memory for one office is not shown to another.
    uji.app.load(&uji.ctx, 2021).await.expect("warm");
    assert!(matches!(uji.app.load(&ctx, 2021).await, Err(Galat::TidakDitemukan(_))));
    let invented = Ctx { instansi: InstansiId::new(), ..uji.ctx.clone() };
    assert!(matches!(uji.app.load(&invented, 2021).await, Err(Galat::TidakDitemukan(_))));
}
