//! Texts of the interface, in Indonesian and English, from Fluent files.

use std::collections::HashMap;
use std::sync::LazyLock;

use axum::http::{HeaderMap, header};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

/// The texts of one language.
pub(crate) struct Kamus {
    /// "id" or "en".
    pub kode: &'static str,
    bundle: FluentBundle<FluentResource>,
    /// Texts without variables, formatted once: a page shows a hundred of them.
    plain: HashMap<String, String>,
}

/// The Fluent files.
pub(crate) const INDONESIAN: &str = include_str!("../locales/id.ftl");
pub(crate) const ENGLISH: &str = include_str!("../locales/en.ftl");

static ID: LazyLock<Kamus> = LazyLock::new(|| Kamus::new("id", INDONESIAN));
static EN: LazyLock<Kamus> = LazyLock::new(|| Kamus::new("en", ENGLISH));

/// The cookie that remembers the language.
pub(crate) const COOKIE: &str = "bahasa";

impl Kamus {
    fn new(kode: &'static str, source: &str) -> Self {
        // What does not parse is left out; a test sees to it that everything parses.
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, _)| resource);
        let language: LanguageIdentifier = kode.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![language]);
        bundle.set_use_isolating(false);
        bundle.add_resource_overriding(resource);
        let mut plain = HashMap::new();
        for key in keys(source) {
            if let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) {
                let mut errors = Vec::new();
                let text = bundle.format_pattern(pattern, None, &mut errors).into_owned();
                if errors.is_empty() {
                    plain.insert(key.to_owned(), text);
                }
            }
        }
        Self { kode, bundle, plain }
    }

    /// The language that the request's cookie asks for; Indonesian otherwise.
    pub fn of(headers: &HeaderMap) -> &'static Self {
        match cookie(headers, COOKIE) {
            Some("en") => &EN,
            _ => &ID,
        }
    }

    /// A text without variables; the key itself where there is none (a test sees to it that there is).
    pub fn x<'a>(&'a self, key: &'a str) -> &'a str {
        self.plain.get(key).map_or(key, String::as_str)
    }

    /// A text with one variable.
    pub fn f<'a>(&self, key: &str, name: &'static str, value: impl Into<FluentValue<'a>>) -> String {
        let mut args = FluentArgs::new();
        args.set(name, value);
        self.format(key, &args)
    }

    /// A text with two variables.
    pub fn f2<'a>(
        &self,
        key: &str,
        first: &'static str,
        first_value: impl Into<FluentValue<'a>>,
        second: &'static str,
        second_value: impl Into<FluentValue<'a>>,
    ) -> String {
        let mut args = FluentArgs::new();
        args.set(first, first_value);
        args.set(second, second_value);
        self.format(key, &args)
    }

    fn format(&self, key: &str, args: &FluentArgs<'_>) -> String {
        match self.bundle.get_message(key).and_then(|m| m.value()) {
            Some(pattern) => self.bundle.format_pattern(pattern, Some(args), &mut Vec::new()).into_owned(),
            None => key.to_owned(),
        }
    }
}

/// Message keys of a Fluent file.
fn keys(source: &str) -> impl Iterator<Item = &str> {
    source
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
}

/// The value of a cookie.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|text| text.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::Path;

    #[test]
    fn both_languages_have_the_same_keys_and_parse() {
        assert!(FluentResource::try_new(INDONESIAN.to_owned()).is_ok());
        assert!(FluentResource::try_new(ENGLISH.to_owned()).is_ok());
        let (id, en): (BTreeSet<_>, BTreeSet<_>) = (keys(INDONESIAN).collect(), keys(ENGLISH).collect());
        assert!(id == en, "{:?}", id.symmetric_difference(&en).collect::<Vec<_>>());
    }

    /// Every file that may name a key, as one text.
    fn sources() -> String {
        let mut text = String::new();
        let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
        folders.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("templates"));
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("folder") {
                let path = entry.expect("entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    text.push_str(&fs::read_to_string(path).expect("text"));
                }
            }
        }
        text
    }

    #[test]
    fn every_key_is_used_and_every_used_key_exists() {
        let text = sources();
        let known: BTreeSet<&str> = keys(INDONESIAN).collect();
        let unused: Vec<&str> = known.iter().copied().filter(|key| !text.contains(&format!("\"{key}\""))).collect();
        assert!(unused.is_empty(), "{unused:?}");
        for call in ["t.x(\"", "t.f(\"", "t.f2(\"", "kamus.x(\""] {
            for rest in text.split(call).skip(1) {
                let key = rest.split('"').next().unwrap_or_default();
                assert!(known.contains(key), "no text for {key}");
            }
        }
    }

    #[test]
    fn cookies_are_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "a=1; bahasa=en; b=2".parse().expect("header"));
        assert_eq!(cookie(&headers, "bahasa"), Some("en"));
        assert_eq!(cookie(&headers, "c"), None);
        assert_eq!(Kamus::of(&headers).kode, "en");
    }
}
