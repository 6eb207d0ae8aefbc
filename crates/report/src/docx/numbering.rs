//! Lists: three kinds of marks, and an instance for every list so that each counts from its own start.

use super::xml::Xml;
use crate::naskah::Penanda;

/// Word knows nine levels.
const LEVELS: usize = 9;

/// One list of the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct DaftarBernomor {
    pub(super) penanda: Penanda,
    pub(super) mulai: u32,
    pub(super) tingkat: usize,
}

/// Left edge of the text inside so many lists, in twips.
pub(super) fn indent(depth: usize) -> u32 {
    (0..LEVELS.min(depth)).map(|_| STEP).sum()
}

/// Room for one mark: 8 mm.
const STEP: u32 = 454;

/// Level that a list of that depth is written on.
pub(super) fn level(depth: usize) -> usize {
    depth.min(LEVELS - 1)
}

/// The part `numbering.xml`.
pub(super) fn part(lists: &[DaftarBernomor]) -> String {
    let mut xml = Xml::part();
    xml.open("w:numbering", &[("xmlns:w", &super::NS_W)]);
    for penanda in [Penanda::Angka, Penanda::Huruf, Penanda::Butir] {
        xml.open("w:abstractNum", &[("w:abstractNumId", &abstract_id(penanda))]);
        xml.leaf("w:multiLevelType", &[("w:val", &"hybridMultilevel")]);
        for level in 0..LEVELS {
            let number = format!("%{}.", level + 1);
            let (format, text) = match penanda {
                Penanda::Angka => ("decimal", number.as_str()),
                Penanda::Huruf => ("lowerLetter", number.as_str()),
                Penanda::Butir if level % 2 == 0 => ("bullet", "•"),
                Penanda::Butir => ("bullet", "–"),
            };
            xml.open("w:lvl", &[("w:ilvl", &level)]);
            xml.leaf("w:start", &[("w:val", &1)]);
            xml.leaf("w:numFmt", &[("w:val", &format)]);
            xml.leaf("w:lvlText", &[("w:val", &text)]);
            xml.leaf("w:lvlJc", &[("w:val", &"left")]);
            xml.open("w:pPr", &[]);
            xml.leaf("w:ind", &[("w:left", &indent(level + 1)), ("w:hanging", &STEP)]);
            xml.close();
            xml.close();
        }
        xml.close();
    }
    for (index, list) in lists.iter().enumerate() {
        xml.open("w:num", &[("w:numId", &(index + 1))]);
        xml.leaf("w:abstractNumId", &[("w:val", &abstract_id(list.penanda))]);
        if list.penanda != Penanda::Butir {
            xml.open("w:lvlOverride", &[("w:ilvl", &list.tingkat)]);
            xml.leaf("w:startOverride", &[("w:val", &list.mulai)]);
            xml.close();
        }
        xml.close();
    }
    xml.finish()
}

const fn abstract_id(penanda: Penanda) -> u32 {
    match penanda {
        Penanda::Angka => 1,
        Penanda::Huruf => 2,
        Penanda::Butir => 3,
    }
}
