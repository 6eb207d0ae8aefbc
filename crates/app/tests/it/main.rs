//! Integration tests of the use cases, each on both engines.

mod action;
mod entry;
mod agreement;
mod change;
mod import;
mod permission;
mod region;
mod session;
mod workflow;
