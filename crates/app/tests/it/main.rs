//! Integration tests of the use cases, each on both engines.

mod entry;
mod import;
mod permission;
mod session;
mod workflow;
