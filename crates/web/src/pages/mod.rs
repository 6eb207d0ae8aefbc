//! One file per page.

pub(crate) mod budget;
pub(crate) mod change;
pub(crate) mod entry;
pub(crate) mod evidence;
pub(crate) mod history;
pub(crate) mod home;
pub(crate) mod indicator;
pub(crate) mod language;
pub(crate) mod measurement;
pub(crate) mod notes;
pub(crate) mod report;
pub(crate) mod schedule;
pub(crate) mod search;
pub(crate) mod sign_in;
pub(crate) mod tasks;
pub(crate) mod tree;
pub(crate) mod verification;
