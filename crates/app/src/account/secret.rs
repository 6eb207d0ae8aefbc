//! Secrets: made by chance, kept as hashes.

use argon2::Argon2;
use argon2::password_hash::rand_core::{OsRng, RngCore};
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use sha2::{Digest, Sha256};
use tolok_store::{Galat, Hasil};

/// Random bytes of the operating system.
pub(super) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0_u8; N];
    OsRng.fill_bytes(&mut bytes);
    bytes
}

/// A fresh 256-bit secret, hex.
pub(crate) fn secret() -> String {
    random::<32>().iter().map(|b| format!("{b:02x}")).collect()
}

/// What is stored of a secret. It is long and random, so a fast hash is enough.
pub(crate) fn hash_secret(rahasia: &str) -> String {
    Sha256::digest(rahasia.as_bytes()).iter().map(|b| format!("{b:02x}")).collect()
}

/// Hash of a password (argon2id with the library's defaults, OWASP's recommendation).
pub(super) fn hash_password(sandi: &str) -> Hasil<String> {
    let salt = SaltString::generate(&mut OsRng);
    let hash = Argon2::default().hash_password(sandi.as_bytes(), &salt).map_err(Galat::unavailable)?;
    Ok(hash.to_string())
}

pub(super) fn password_fits(sandi: &str, hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|h| Argon2::default().verify_password(sandi.as_bytes(), &h).is_ok())
}

/// Hash of a password that nobody knows, for names that do not exist and accounts without a password.
pub(super) const UNKNOWN: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c2VtYmFyYW5nLWdhcmFt$SgpJ2iFIEC5g3pC0YPJbVuvW3kCjVLGoyYxTDnGx1xY";

/// Letters and digits of base32 (RFC 4648).
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// Bytes as base32 without padding.
pub(super) fn base32(bytes: &[u8]) -> String {
    let mut out = String::new();
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    for byte in bytes {
        buffer = (buffer << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(letter(buffer >> bits));
        }
    }
    if bits > 0 {
        out.push(letter(buffer << (5 - bits)));
    }
    out
}

fn letter(five_bits: u32) -> char {
    let at = usize::try_from(five_bits & 31).unwrap_or_default();
    BASE32.get(at).map_or('A', |b| char::from(*b))
}

/// The bytes of a base32 text; none when it is not one.
pub(super) fn from_base32(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let (mut buffer, mut bits) = (0_u32, 0_u32);
    for byte in text.bytes() {
        let value = BASE32.iter().position(|b| *b == byte)?;
        buffer = ((buffer << 5) | u32::try_from(value).ok()?) & 0xffff;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from((buffer >> bits) & 0xff).ok()?);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_agrees_with_the_vectors_of_rfc_4648() {
        let vectors =
            [("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("foobar", "MZXW6YTBOI")];
        for (plain, coded) in vectors {
            assert_eq!(base32(plain.as_bytes()), coded);
            assert_eq!(from_base32(coded).as_deref(), Some(plain.as_bytes()));
        }
        assert_eq!(from_base32("MZ1W"), None);
    }

    #[test]
    fn nobody_knows_the_unknown_password() {
        assert!(PasswordHash::new(UNKNOWN).is_ok(), "it is computed like any other");
        assert!(!password_fits("", UNKNOWN) && !password_fits("sandi", UNKNOWN));
    }
}
