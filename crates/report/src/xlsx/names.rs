//! Names of sheets, as Excel allows them.

use std::collections::HashSet;

const MOST: usize = 31;

/// One valid name for each table, all different; `taken` is the name of a sheet that is there already.
pub(super) fn sheet_names<'a>(wanted: impl Iterator<Item = &'a str>, taken: &str) -> Vec<String> {
    // Excel compares names without case, and keeps "History" for itself.
    let mut used: HashSet<String> = [taken.to_lowercase(), "history".to_owned()].into();
    wanted
        .map(|name| {
            let base = valid(name);
            let numbered = (2_u32..).map(|n| with_suffix(&base, &format!(" ({n})")));
            let name = std::iter::once(with_suffix(&base, ""))
                .chain(numbered)
                .find(|name| !used.contains(&name.to_lowercase()));
            let name = name.unwrap_or_default();
            used.insert(name.to_lowercase());
            name
        })
        .collect()
}

/// The name without what Excel forbids in it.
fn valid(name: &str) -> String {
    let name: String = name
        .chars()
        .map(|c| if matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\') || c.is_control() { '-' } else { c })
        .collect();
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = name.trim_matches(['\'', ' ']);
    if name.is_empty() { "Tabel".to_owned() } else { name.to_owned() }
}

/// The name with a suffix, shortened so that both fit. Excel counts UTF-16 units.
fn with_suffix(name: &str, suffix: &str) -> String {
    let room = MOST.saturating_sub(suffix.len());
    let mut length = 0;
    let kept: String = name
        .chars()
        .take_while(|c| {
            length += c.len_utf16();
            length <= room
        })
        .collect();
    format!("{}{suffix}", kept.trim_end_matches(['\'', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_valid_and_different() {
        let long = "Capaian kinerja dan anggaran menurut sasaran strategis";
        let names = sheet_names(
            ["Capaian", "capaian", "daftar", "History", "a/b:c", "'x'", "", long, long].into_iter(),
            "Daftar",
        );
        let expected = [
            "Capaian",
            "capaian (2)",
            "daftar (2)",
            "History (2)",
            "a-b-c",
            "x",
            "Tabel",
            "Capaian kinerja dan anggaran me",
            "Capaian kinerja dan anggara (2)",
        ];
        assert_eq!(names, expected);
        assert!(names.iter().all(|name| name.encode_utf16().count() <= MOST));
    }
}
