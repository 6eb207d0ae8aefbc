//! Which passwords are taken (NIST SP 800-63B, section 5.1.1.2; OWASP ASVS 5, 6.2): long enough, and not what an attacker tries
//! first. No rule says which kinds of characters it must have.

use tolok_store::{Galat, Hasil};

use super::LONGEST;

/// Fewest characters.
const SHORTEST: usize = 10;
/// What must be left of a password when everything that is easy to guess is taken out of it, characters.
const LEFT: usize = 6;
/// Years that people put behind a word.
const YEARS: std::ops::RangeInclusive<u16> = 1940..=2039;

/// Words that stand for themselves in lists of leaked passwords, with what people in an office add: the system, months, names of
/// places and teams, and runs of keys. A password that is made of these and little else is refused.
const COMMON: &str = include_str!("common.txt");

/// Refuses a password that is too short, too long or easy to guess; `names` are what is known about its owner.
pub fn check(sandi: &str, names: &[&str]) -> Hasil<()> {
    if sandi.chars().count() < SHORTEST {
        return Err(Galat::TidakSah(format!("sandi terlalu pendek: paling sedikit {SHORTEST} karakter")));
    }
    if sandi.len() > LONGEST {
        return Err(Galat::TidakSah(format!("sandi terlalu panjang: paling banyak {LONGEST} karakter")));
    }
    if is_guessable(sandi, names) {
        return Err(Galat::TidakSah(
            "sandi mudah ditebak: hindari nama akun, kata umum, urutan dan pengulangan; beberapa kata yang tidak berhubungan \
             lebih baik, misalnya tiga benda di sekitar Anda"
                .to_owned(),
        ));
    }
    Ok(())
}

fn is_guessable(sandi: &str, names: &[&str]) -> bool {
    let lower = sandi.to_lowercase();
    [lower.clone(), without_disguise(&lower)].iter().any(|text| remaining(text, names) < LEFT) || is_repeated(&lower)
}

/// Digits and marks that stand for letters, read as these letters.
fn without_disguise(lower: &str) -> String {
    let letter = |c| match c {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    };
    lower.chars().map(letter).collect()
}

/// How many characters are left when the known words and years are taken out. Blanks do not count.
fn remaining(text: &str, names: &[&str]) -> usize {
    let known = names.iter().flat_map(|n| n.split(|c: char| !c.is_alphanumeric())).map(str::to_lowercase);
    let mut words: Vec<String> = known.filter(|w| w.chars().count() >= 3).collect();
    words.extend(COMMON.split_whitespace().map(str::to_owned));
    words.extend(YEARS.map(|year| year.to_string()));
    // Long words first: "password" must not leave "word" behind.
    words.sort_by_key(|w| std::cmp::Reverse(w.len()));
    let mut rest = text.to_owned();
    for word in &words {
        rest = rest.replace(word.as_str(), " ");
    }
    rest.chars().filter(|c| !c.is_whitespace()).count()
}

/// Whether few different characters, or one piece again and again, make up the whole.
fn is_repeated(lower: &str) -> bool {
    let chars: Vec<char> = lower.chars().collect();
    let mut kinds = chars.clone();
    kinds.sort_unstable();
    kinds.dedup();
    let again = |length: usize| chars.iter().zip(chars.iter().skip(length)).all(|(a, b)| a == b);
    kinds.len() <= 4 || (1..=chars.len() / 2).any(again)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(sandi: &str) -> bool {
        check(sandi, &["seksi-a", "Seksi Pelatihan", "dinas-tenaga-kerja"]).is_ok()
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        for bad in [
            "1234567890",
            "12345678910111213",
            "qwertyuiop",
            "asdfghjkl123",
            "1q2w3e4r5t6y",
            "password123",
            "P@ssw0rd2021",
            "rahasia2021!",
            "Indonesia1945",
            "bismillah123",
            "aaaaaaaaaaaa",
            "abcabcabcabc",
            "admin-admin-1",
            "seksi-a-2021",
            "SeksiPelatihan1",
            "tolok-demo-2021",
            "Serang2021!!",
            "sakip-lkjip-2022",
            "januari2022!",
        ] {
            assert!(!taken(bad), "{bad}");
        }
    }

    #[test]
    fn any_characters_will_do_when_it_is_hard_to_guess() {
        for good in [
            "kuda baterai benar 7",
            "jendelakacabiru",
            "sandi untuk pengujian",
            "Xk9#mQ2$vL7p",
            "куда батарея верно",
            "🐎🔋✅7 jepit kuning",
            "839201847265",
        ] {
            assert!(taken(good), "{good}");
        }
        assert!(taken(&"tangga roda ".repeat(5).replacen("roda", "payung", 1)), "sixty-four characters and more");
        assert!(!taken(&"roda payung tangga ".repeat(20)), "but not without end");
    }

    #[test]
    fn length_is_counted_in_characters() {
        let message = check("kursi kec", &[]).expect_err("nine").to_string();
        assert!(message.contains("paling sedikit 10"), "{message}");
        assert!(check("kérsi mējà", &[]).is_ok());
    }
}
