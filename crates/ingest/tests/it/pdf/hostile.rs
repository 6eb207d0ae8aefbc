//! Files that are broken, or made to harm: each ends soon, with a message that says what to do, or is read as far as it goes.

use std::time::{Duration, Instant};

use lopdf::{Dictionary, EncryptionState, EncryptionVersion, Object, Permissions, Stream, dictionary};
use proptest::prelude::*;
use tolok_domain::bacaan::{Bagian, CatatanBaca};
use tolok_ingest::pdf::{GalatPdf, read_pdf};

use super::builder::{document, grid, pdf, text};

type Outcome = Result<(Vec<Bagian>, Vec<CatatanBaca>), GalatPdf>;

/// Longest time that any small file may take here, where nothing is optimised and other work runs beside.
const SOON: Duration = Duration::from_secs(60);

fn read(bytes: &[u8]) -> Outcome {
    let start = Instant::now();
    let outcome = read_pdf("aneh.pdf", bytes);
    assert!(start.elapsed() < SOON, "{:?}", start.elapsed());
    outcome
}

fn refused(bytes: &[u8], words: &str) {
    let message = read(bytes).unwrap_err().to_string();
    assert!(message.starts_with("aneh.pdf: ") && message.contains(words), "{message}");
}

fn saved(mut document: lopdf::Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

/// A page that every test knows: one table, one sentence.
fn good() -> String {
    grid(&[50.0, 150.0, 250.0], &[720.0, 700.0, 680.0])
        + &text(60.0, 706.0, 10.0, "Nama program")
        + &text(160.0, 706.0, 10.0, "1.500.000")
        + &text(60.0, 686.0, 10.0, "Rutin")
        + &text(160.0, 686.0, 10.0, "75,00")
        + &text(60.0, 640.0, 10.0, "Realisasi mencapai 98,13% dari pagu yang tersedia.")
}

fn tables(outcome: &Outcome) -> usize {
    let (parts, _) = outcome.as_ref().unwrap();
    parts.iter().filter(|part| matches!(part, Bagian::Kisi { .. })).count()
}

#[test]
fn what_is_no_pdf_is_refused() {
    refused(b"", "bukan PDF");
    refused(b"PK\x03\x04 sebuah dokumen Word", "bukan PDF");
    refused(b"%PDF-1.7\nlalu tidak ada apa-apa", "rusak atau terpotong");
}

#[test]
fn a_locked_file_is_refused_and_one_without_password_is_read() {
    let locked = |password: &str| {
        let mut file = document(&[&good()], Dictionary::new());
        let id = Object::string_literal("0123456789abcdef");
        file.trailer.set("ID", vec![id.clone(), id]);
        let version = EncryptionVersion::V2 {
            document: &file,
            owner_password: "pemilik",
            user_password: password,
            key_length: 128,
            permissions: Permissions::all(),
        };
        let state = EncryptionState::try_from(version).unwrap();
        file.encrypt(&state).unwrap();
        saved(file)
    };
    refused(&locked("rahasia"), "dikunci dengan sandi");
    assert_eq!(tables(&read(&locked(""))), 1);
}

#[test]
fn a_scan_is_refused_and_a_scanned_page_among_others_noted() {
    let mut image = Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1,
            "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8
        },
        vec![0],
    );
    image.allows_compression = false;
    let scan = |pages: &[&str]| {
        let mut file = document(pages, Dictionary::new());
        let id = file.add_object(image.clone());
        for object in file.objects.values_mut() {
            if let Ok(resources) = object.as_dict_mut().and_then(|d| d.get_mut(b"XObject")) {
                *resources = dictionary! { "Im1" => id }.into();
            }
        }
        saved(file)
    };
    let picture = "q 595 0 0 842 0 0 cm /Im1 Do Q\n";
    refused(&scan(&[picture, picture]), "hanya gambar hasil pindai");
    let (_, notes) = read(&scan(&[&good(), picture])).unwrap();
    assert!(
        notes.iter().any(|note| note.letak.di.halaman == Some(2) && note.pesan.contains("hasil pindai")),
        "{notes:?}"
    );
    refused(&pdf(&["", ""]), "kosong");
}

#[test]
fn a_broken_list_of_objects_is_rebuilt() {
    let whole = pdf(&[&good()]);
    let at = whole.windows(4).rposition(|w| w == b"xref").unwrap();
    let mut shifted = whole.clone();
    let first = whole.windows(7).position(|w| w == b"1 0 obj").unwrap();
    shifted.splice(first..first, b"% sisipan yang menggeser semua letak\n".iter().copied());
    assert_eq!(tables(&read(&shifted)), 1);
    let cut = &whole[..at - 9];
    match read(cut) {
        Ok(outcome) => assert_eq!(tables(&Ok(outcome)), 1),
        Err(fault) => assert!(fault.to_string().contains("rusak"), "{fault}"),
    }
}

#[test]
fn loops_of_pages_and_forms_end() {
    let mut file = document(&[&good(), "/Fm1 Do"], Dictionary::new());
    let form = file.new_object_id();
    let own = dictionary! { "XObject" => dictionary! { "Fm1" => form } };
    let content = b"/Fm1 Do /Fm1 Do ".to_vec();
    file.objects.insert(form, Stream::new(dictionary! { "Subtype" => "Form", "Resources" => own }, content).into());
    for object in file.objects.values_mut() {
        let Ok(dictionary) = object.as_dict_mut() else { continue };
        if let Ok(resources) = dictionary.get_mut(b"XObject") {
            *resources = dictionary! { "Fm1" => form }.into();
        }
        // The tree of pages holds itself, twice.
        if let (Ok(parent), true) = (dictionary.get(b"Kids").cloned(), dictionary.has_type(b"Pages")) {
            let mut kids = parent.as_array().unwrap().clone();
            kids.extend([Object::Reference((1, 0)), Object::Reference((1, 0))]);
            dictionary.set("Kids", kids);
        }
    }
    assert_eq!(tables(&read(&saved(file))), 1);
}

#[test]
fn forms_within_forms_do_not_multiply_without_end() {
    let mut file = document(&[&good(), "/Fm0 Do"], Dictionary::new());
    let ids: Vec<_> = (0..10).map(|_| file.new_object_id()).collect();
    for (level, id) in ids.iter().enumerate() {
        let content = match ids.get(level + 1) {
            Some(_) => format!("/Fm{} Do ", level + 1).repeat(40),
            None => text(1.0, 1.0, 10.0, "x"),
        };
        let next = ids.get(level + 1).copied().unwrap_or(*id);
        let own = dictionary! { "XObject" => dictionary! { format!("Fm{}", level + 1) => next } };
        let form = Stream::new(dictionary! { "Subtype" => "Form", "Resources" => own }, content.into_bytes());
        file.objects.insert(*id, form.into());
    }
    for object in file.objects.values_mut() {
        if let Ok(resources) = object.as_dict_mut().and_then(|d| d.get_mut(b"XObject"))
            && resources.as_dict().is_ok_and(Dictionary::is_empty)
        {
            *resources = dictionary! { "Fm0" => ids[0] }.into();
        }
    }
    let outcome = read(&saved(file));
    assert_eq!(tables(&outcome), 1);
    assert!(outcome.unwrap().1.iter().any(|note| note.letak.di.halaman == Some(2)));
}

#[test]
fn what_unpacks_to_more_than_a_document_is_not_unpacked() {
    let mut file = document(&[&good(), "q"], Dictionary::new());
    // Each pair stands for 128 spaces.
    let mut bomb = Stream::new(dictionary! { "Filter" => "RunLengthDecode" }, [129, b' '].repeat((40 << 20) / 128));
    bomb.allows_compression = false;
    let id = file.add_object(bomb);
    let last = file.page_iter().last().unwrap();
    file.get_object_mut(last).unwrap().as_dict_mut().unwrap().set("Contents", id);
    let outcome = read(&saved(file));
    assert_eq!(tables(&outcome), 1);
    assert!(outcome.unwrap().1.iter().any(|note| note.pesan.contains("tidak dapat dibaca")));
}

#[test]
fn more_objects_than_any_document_has_are_not_kept() {
    let mut file = document(&[&good()], Dictionary::new());
    file.add_object(vec![Object::Null; 2_100_000]);
    refused(&saved(file), "mengembang jauh melebihi dokumen biasa");
}

#[test]
fn a_page_that_cannot_be_read_to_its_end_is_told() {
    let broken = good() + "{ ini bukan isi halaman }\n" + &text(60.0, 600.0, 10.0, "Tidak sampai di sini.");
    let outcome = read(&pdf(&[&broken, &good()]));
    assert_eq!(tables(&outcome), 2);
    let (_, notes) = outcome.unwrap();
    let told = |page| {
        notes.iter().any(|note| note.letak.di.halaman == Some(page) && note.pesan.contains("tidak dapat dibaca"))
    };
    assert!(told(1) && !told(2), "{notes:?}");
}

#[test]
fn deep_nesting_and_wild_numbers_do_no_harm() {
    let nested = format!("{}{} Tj {}", "[".repeat(50_000), "]".repeat(50_000), good());
    let wild =
        "1e38 0 0 1e38 0 0 cm 1e38 1e38 1e38 1e38 re f BT /F1 1e38 Tf (x) Tj ET q q q Q Q Q Q Q\n".to_owned() + &good();
    for page in [nested, wild] {
        let _ = read(&pdf(&[&page, &good()])).unwrap();
    }
    let lines: String =
        (0..30_000).map(|n| format!("{} 0 m {} 800 l S\n", f64::from(n) * 0.02, f64::from(n) * 0.02)).collect();
    assert_eq!(tables(&read(&pdf(&[&lines, &good()]))), 1);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    /// Bytes of a good file replaced, removed or doubled: never a panic, always an end.
    #[test]
    fn a_changed_file_is_read_or_refused(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..4_u8), 1..12)) {
        let mut bytes = pdf(&[&good(), &good()]);
        for (at, byte, kind) in changes {
            let at = at.index(bytes.len());
            match kind {
                0 => bytes[at] = byte,
                1 => { bytes.remove(at); }
                2 => bytes.insert(at, byte),
                _ => {
                    let end = (at + usize::from(byte)).min(bytes.len());
                    let piece = bytes[at..end].to_vec();
                    bytes.splice(at..at, piece);
                }
            }
        }
        let _ = read(&bytes);
    }

    /// Any content stream: never a panic, always an end.
    #[test]
    fn any_content_is_carried_out(words in prop::collection::vec(
        prop::sample::select(vec![
            "1", "0", "-3.5", "72", "9999999", "q", "Q", "cm", "BT", "ET", "/F1", "12", "Tf", "Td", "Tm", "T*", "(a 1)", "<4142>", "Tj",
            "[(1) -200 (2)]", "TJ", "'", "\"", "m", "l", "h", "re", "W", "n", "S", "f", "b", "c", "Do", "BMC", "/Artifact", "BDC", "EMC",
            "<</Type/Pagination>>", "Tz", "Tc", "TL", "BI", "ID", "EI", "[", "]", "<<", ">>", "(",
        ]), 0..120)) {
        let _ = read(&pdf(&[&words.join(" ")]));
    }
}
