//! Use cases of several areas as the table of rights runs them: with the least that tells a refusal from an answer.

use jiff::civil::date;
use tolok_app::{
    App, Ctx, Dilihat, Format, Hasil, IsiKendala, Perjanjian, PerubahanPerjanjian, Pilihan, TandaTangan, UbahPerjanjian,
};
use tolok_domain::access::{Penugasan, Peran};
use tolok_domain::approval::Tindakan;
use tolok_domain::{AngkaId, PenggunaId, Periode, Petak};

use crate::permission::found;

/// What [`run`] knows.
pub const CASES: &[&str] = &[
    "take_over_score",
    "year_before",
    "year_after",
    "office_name",
    "unit_board",
    "tasks",
    "preview_figures",
    "entry_sheet",
    "read_entry_sheet",
    "save_entry_sheet",
    "note_obstacle",
    "comment",
    "hand_in",
    "verify_figures",
    "lock_figures",
    "lock_period",
    "open_lock",
    "set_schedule",
    "end_office",
    "create_agreements",
    "change_agreement",
    "delete_agreement",
    "revise_agreements",
    "sign_agreement",
    "agreement_document",
    "save_official",
    "delete_official",
    "account",
    "account_named",
    "add_account",
    "region",
    "region_money",
    "region_recap",
    "ranking_weights",
    "adopt_weights",
];

const TW1: Periode = Periode::Triwulan(2021, 1);

/// Somebody who may look at everything, for what a use case is given.
fn seeing(ctx: &Ctx) -> Ctx {
    Ctx { tugas: vec![Penugasan::whole(Peran::PimpinanDaerah)], ..ctx.clone() }
}

/// A figure that is not there, to be taken a step further.
fn step(tindakan: Tindakan) -> [Pilihan; 1] {
    let petak = Petak::realisation("iku.0", None, TW1);
    [Pilihan { petak, dilihat: AngkaId::new(), tindakan, alasan: String::new() }]
}

/// Runs a use case.
pub async fn run(app: &App, ctx: &Ctx, use_case: &str) -> Hasil<()> {
    match use_case {
        "take_over_score" => found(app.take_over_score(ctx, 2021, "lke-0", "iku.0").await),
        "year_before" | "year_after" => {
            let loaded = app.load(&seeing(ctx), 2021).await?;
            if use_case == "year_before" {
                app.year_before(ctx, &loaded).await.map(drop)
            } else {
                app.year_after(ctx, &loaded).await.map(drop)
            }
        }
        "office_name" => app.office_name(ctx).await.map(drop),
        "unit_board" => app.unit_board(ctx, 2021, 1).await.map(drop),
        "tasks" => app.tasks(ctx, 2021).await.map(drop),
        "preview_figures" => app.preview_figures(ctx, 2021, &[]).await.map(drop),
        "entry_sheet" => app.entry_sheet(ctx, 2021, 1, None).await.map(drop),
        "read_entry_sheet" => found(app.read_entry_sheet(ctx, 2021, 1, b"x".to_vec()).await),
        "save_entry_sheet" => found(app.save_entry_sheet(ctx, 2021, &[]).await),
        "note_obstacle" => found(app.note_obstacle(ctx, 2021, "iku.0", TW1, &IsiKendala::default()).await),
        "comment" => found(app.comment(ctx, 2021, "iku.0", TW1, "").await),
        "hand_in" => found(app.advance(ctx, 2021, &step(Tindakan::Ajukan)).await),
        "verify_figures" => found(app.advance(ctx, 2021, &step(Tindakan::Verifikasi)).await),
        "lock_figures" => found(app.advance(ctx, 2021, &step(Tindakan::Kunci)).await),
        // A period of another year is refused, so that nothing is locked for the use cases after it.
        "lock_period" => found(app.lock_period(ctx, 2021, Periode::Tahun(2020)).await),
        "open_lock" => found(app.open_lock(ctx, 2021, TW1, None, date(2022, 3, 1), "").await),
        "set_schedule" => found(app.set_schedule(ctx, 2021, [0; 6], &[]).await),
        "region" | "region_money" | "region_recap" | "ranking_weights" | "adopt_weights" => {
            region(app, ctx, use_case).await
        }
        "account" => found(app.account(ctx, PenggunaId::new()).await),
        "account_named" => found(app.account_named(ctx, "tidak-ada").await),
        "add_account" => found(app.add_account(ctx, "tidak-ada", &[]).await),
        _ => agreement(app, ctx, use_case).await,
    }
}

async fn agreement(app: &App, ctx: &Ctx, use_case: &str) -> Hasil<()> {
    match use_case {
        "end_office" => {
            let now = Dilihat { tahun: 2021, versi: app.store().head(ctx).await? };
            found(app.end_office(ctx, now, "besok", "").await)
        }
        "create_agreements" => found(app.create_agreements(ctx, 2021, &[]).await),
        "change_agreement" => found(app.change_agreement(ctx, 2021, "pk-0", &UbahPerjanjian::default()).await),
        "delete_agreement" => found(app.delete_agreement(ctx, 2021, "pk-0", "").await),
        "revise_agreements" => found(app.revise_agreements(ctx, 2021, &PerubahanPerjanjian::default()).await),
        "sign_agreement" => found(app.sign_agreement(ctx, 2021, "pk-0", &TandaTangan::default()).await),
        "agreement_document" => found(app.agreement_document(ctx, 2021, Perjanjian::Kode("pk-0"), Format::Docx).await),
        "save_official" => found(app.save_official(ctx, 2021, None, &crate::agreement::official("", "")).await),
        "delete_official" => found(app.delete_official(ctx, 2021, "").await),
        other => panic!("{other}"),
    }
}

/// What compares offices; here the one of the context.
async fn region(app: &App, ctx: &Ctx, use_case: &str) -> Hasil<()> {
    let versi = Some(app.store().head(ctx).await?);
    let of = |ctx: &Ctx| vec![("kantor".to_owned(), Ctx { versi, ..ctx.clone() })];
    let kantor = of(ctx);
    if use_case == "region" {
        return app.region(&kantor, Some(2021), Some(4)).await.map(drop);
    }
    let termuat = app.region(&of(&seeing(ctx)), Some(2021), Some(4)).await?;
    match use_case {
        "region_money" => app.region_money(&kantor, &termuat).await.map(drop),
        "region_recap" => app.region_recap(&kantor, &termuat, Format::Xlsx).await.map(drop),
        "ranking_weights" => app.ranking_weights(&kantor).await.map(drop),
        // Weights that make no 100 are refused, after the permission was checked.
        "adopt_weights" => found(app.adopt_weights(&kantor, &[], 0).await),
        other => panic!("{other}"),
    }
}
