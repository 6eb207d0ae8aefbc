//! Texts that travel through somebody else's hands and come back unchanged, or not at all.

use anyhow::anyhow;
use ring::hmac;
use ring::rand::SystemRandom;

/// A key for sealing.
#[derive(Debug)]
pub struct Segel(hmac::Key);

/// What the key is made of says what it is for: the same secret serves the provider in another way.
const PURPOSE: &[u8] = b"tolok: bekal masuk tunggal";

impl Segel {
    /// With a key made of a secret, so that several processes with the same settings know each other's seals; a key of this process
    /// alone without one.
    pub fn new(rahasia: Option<&str>) -> anyhow::Result<Self> {
        let key = match rahasia {
            Some(rahasia) => {
                let secret = hmac::Key::new(hmac::HMAC_SHA256, rahasia.as_bytes());
                hmac::Key::new(hmac::HMAC_SHA256, hmac::sign(&secret, PURPOSE).as_ref())
            }
            None => hmac::Key::generate(hmac::HMAC_SHA256, &SystemRandom::new())
                .map_err(|_| anyhow!("tanpa bilangan acak"))?,
        };
        Ok(Self(key))
    }

    /// Seals texts into one that fits into a cookie.
    pub fn seal(&self, parts: &[&str]) -> String {
        let body: Vec<String> = parts.iter().map(|part| hex(part.as_bytes())).collect();
        let body = body.join(".");
        let mark = hex(hmac::sign(&self.0, body.as_bytes()).as_ref());
        format!("{body}.{mark}")
    }

    /// The texts of a sealed one; none when anything about it was changed.
    pub fn open(&self, sealed: &str) -> Option<Vec<String>> {
        let (body, mark) = sealed.rsplit_once('.')?;
        hmac::verify(&self.0, body.as_bytes(), &from_hex(mark)?).ok()?;
        body.split('.').map(|part| String::from_utf8(from_hex(part)?).ok()).collect()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sealed_comes_back_and_nothing_else_does() {
        let segel = Segel::new(Some("rahasia klien")).expect("key");
        let parts = ["state", "", "/pengukuran?tahun=2021&tw=2", "é"];
        let sealed = segel.seal(&parts);
        assert!(sealed.bytes().all(|b| b.is_ascii_hexdigit() || b == b'.'), "{sealed}");
        assert_eq!(segel.open(&sealed).expect("opened"), parts);
        assert!(Segel::new(Some("rahasia klien")).expect("key").open(&sealed).is_some(), "another process");
        for other in [Some("rahasia lain"), None] {
            assert!(Segel::new(other).expect("key").open(&sealed).is_none());
        }
        let (body, mark) = sealed.rsplit_once('.').expect("mark");
        for forged in
            [body, mark, "", ".", &format!("{body}.00"), &format!("00.{sealed}"), &sealed.replacen('7', "6", 1)]
        {
            assert!(segel.open(forged).is_none(), "{forged}");
        }
    }
}
