"""Makes the fonts in this folder from the Debian Noto packages. See README.md.

usage: build.py <folder with the Noto TTF files>
"""

import sys
from pathlib import Path

from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

TEXT = [
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x017F),  # Latin-1, Latin Extended-A
    (0x0218, 0x021B),  # comma-below letters
    (0x02C6, 0x02DD),  # spacing accents
    (0x0300, 0x0304),  # combining accents, for text in decomposed form
    (0x0306, 0x0308),
    (0x030A, 0x030C),
    (0x0327, 0x0328),
]
MARKS = "ΔΣΩμπ–—‘’‚“”„†‡•…‰′″‹›⁄№™€−∑√∞≈≠≤≥←↑→↓✓\u2002\u2003\u2009\u200a\u2010\u2011\u202f\ufffd"
# Noto's text faces lack these; they are drawn from the symbol faces of the same package.
BORROWED = {
    "NotoSansMath-Regular.ttf": "√∞≈≠≤≥←↑→↓∑",
    "NotoSansSymbols2-Regular.ttf": "✓",
}
FACES = [
    "NotoSerif-Regular",
    "NotoSerif-Bold",
    "NotoSerif-Italic",
    "NotoSerif-BoldItalic",
    "NotoSans-Regular",
    "NotoSans-Italic",
    "NotoSans-Bold",
]
WEB = {"NotoSans-Regular": "400", "NotoSans-SemiBold": "600", "NotoSans-Bold": "700"}
FEATURES = ["kern", "liga", "tnum", "lnum", "ccmp", "locl", "mark", "mkmk"]


def contours(font, name):
    """The closed contours of a glyph, components resolved."""
    pen = DecomposingRecordingPen(font.getGlyphSet())
    font.getGlyphSet()[name].draw(pen)
    found = []
    for step in pen.value:
        if step[0] == "moveTo":
            found.append([])
        found[-1].append(step)
    return found


def width_of(contour):
    xs = [point[0] for _, points in contour for point in points if point]
    return max(xs) - min(xs)


def add(font, char, parts, advance, scale=1.0):
    """Gives the font a glyph for the character made of these contours."""
    pen = TTGlyphPen(None)
    out = TransformPen(pen, (scale, 0, 0, scale, 0, 0))
    for contour in parts:
        for operator, points in contour:
            getattr(out, operator)(*points)
    glyph = pen.glyph()
    glyph.recalcBounds(font["glyf"])
    name = f"uni{ord(char):04X}"
    font.setGlyphOrder(font.getGlyphOrder() + [name])
    font["glyf"].glyphs[name] = glyph
    font["hmtx"].metrics[name] = (round(advance * scale), glyph.xMin)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap[ord(char)] = name
    font["maxp"].numGlyphs = len(font.getGlyphOrder())


def complete(font, source):
    """Adds the minus and the borrowed symbols."""
    known = font.getBestCmap()
    if ord("−") not in known:
        # The bar of the division sign is a minus of the right weight, height and width.
        divide = known[ord("÷")]
        bar = max(contours(font, divide), key=width_of)
        add(font, "−", [bar], font["hmtx"][divide][0])
    for file, chars in BORROWED.items():
        donor = TTFont(source / file)
        scale = font["head"].unitsPerEm / donor["head"].unitsPerEm
        for char in chars:
            if ord(char) not in known:
                name = donor.getBestCmap()[ord(char)]
                add(font, char, contours(donor, name), donor["hmtx"][name][0], scale)


def build(source, face, target, flavor=None):
    font = TTFont(source / f"{face}.ttf", recalcTimestamp=False)
    complete(font, source)
    options = Options()
    options.layout_features = FEATURES
    options.hinting = False
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 7, 13, 14, 16, 17]
    options.notdef_outline = True
    options.drop_tables += ["DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[c for a, b in TEXT for c in range(a, b + 1)] + [ord(c) for c in MARKS])
    subsetter.subset(font)
    font.flavor = flavor
    font.save(target)
    print(f"{target.name:28} {target.stat().st_size:7}")


def main():
    source, here = Path(sys.argv[1]), Path(__file__).parent
    for face in FACES:
        build(source, face, here / f"{face}.ttf")
    for face, weight in WEB.items():
        build(source, face, here.parent / "web" / f"noto-sans-{weight}.woff2", "woff2")


main()
