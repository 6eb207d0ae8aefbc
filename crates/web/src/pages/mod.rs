//! One file per page.

pub(crate) mod account;
pub(crate) mod accounts;
pub(crate) mod budget;
pub(crate) mod change;
pub(crate) mod entry;
pub(crate) mod evidence;
pub(crate) mod forgotten;
pub(crate) mod history;
pub(crate) mod home;
pub(crate) mod indicator;
pub(crate) mod language;
pub(crate) mod link;
pub(crate) mod measurement;
pub(crate) mod notes;
pub(crate) mod own;
pub(crate) mod own_totp;
pub(crate) mod report;
pub(crate) mod roles_form;
pub(crate) mod schedule;
pub(crate) mod search;
pub(crate) mod second_factor;
pub(crate) mod sign_in;
pub(crate) mod single_sign_on;
pub(crate) mod tasks;
pub(crate) mod tree;
pub(crate) mod verification;
