//! Codes of the second factor: TOTP (RFC 6238) with SHA-1, six digits and thirty seconds, which every authenticator app takes.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use super::secret::from_base32;

/// Length of a time step, microseconds.
const STEP: i64 = 30 * 1_000_000;

/// The time step of a moment.
pub(super) const fn step(waktu: i64) -> i64 {
    waktu.div_euclid(STEP)
}

/// The code of a time step.
fn code(key: &[u8], step: i64) -> Option<String> {
    let mut mac = Hmac::<Sha1>::new_from_slice(key).ok()?;
    mac.update(&step.to_be_bytes());
    let digest = mac.finalize().into_bytes();
    let offset = usize::from(digest.last()? & 0x0f);
    let four: [u8; 4] = digest.get(offset..offset + 4)?.try_into().ok()?;
    Some(format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000))
}

/// The time step to which a code belongs, if it is one of now or of the steps beside it: clocks differ, and typing takes time.
pub(super) fn matching_step(secret: &str, typed: &str, waktu: i64) -> Option<i64> {
    let key = from_base32(secret)?;
    let now = step(waktu);
    // All three are computed whatever fits, and compared without an early end.
    let fits = |step: &i64| code(&key, *step).is_some_and(|code| same(code.as_bytes(), typed.as_bytes()));
    let found: Vec<i64> = [now, now - 1, now + 1].into_iter().filter(fits).collect();
    found.first().copied()
}

fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |different, (a, b)| different | (a ^ b)) == 0
}

#[cfg(test)]
mod tests {
    use super::super::secret::base32;
    use super::*;

    /// RFC 6238, appendix B, the last six of its eight digits.
    #[test]
    fn codes_agree_with_the_vectors_of_rfc_6238() {
        let secret = base32(b"12345678901234567890");
        for (seconds, expected) in [
            (59_i64, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let waktu = seconds * 1_000_000;
            assert_eq!(matching_step(&secret, expected, waktu), Some(seconds / 30), "{seconds}");
        }
    }

    #[test]
    fn a_code_is_taken_one_step_early_or_late_and_no_more() {
        let secret = base32(b"12345678901234567890");
        let taken: Vec<bool> = [-31, -30, 0, 30, 59, 60]
            .iter()
            .map(|s| matching_step(&secret, "287082", (30 + s) * 1_000_000).is_some())
            .collect();
        assert_eq!(taken, [false, true, true, true, true, false]);
        for wrong in ["", "287083", "28708", "2870820", "abcdef"] {
            assert_eq!(matching_step(&secret, wrong, 59_000_000), None, "{wrong}");
        }
    }
}
