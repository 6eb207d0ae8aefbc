#!/usr/bin/python3
"""Checks the documents from outside: what python-docx, LibreOffice and poppler read must be what the data package says.

Everything expected is computed here anew, in Python with exact decimals, straight from the CSV files; nothing is taken
from the program under test. Usage: tests/dokumen.py [path of the binary]. The last line is "N passed, N failed".
"""

import csv
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "data/demo/serang-2021"
REFERENCE = ROOT.parent / "shared/serang-2021/pengukuran_2021.csv"
YEAR = 2021
NONE, UNKNOWN = "–", "belum ada"
HUNDRED = Decimal(100)

passed = failed = 0


def check(good, message):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print("FAILED:", message)
    return good


# ---- Indonesian notation, written independently of the program ----------------------------------------------------


def read(text):
    return Decimal(text.replace(",", "."))


def number(x, places=None):
    """1234.5 -> "1.234,5"; keeps the decimals it has unless told how many."""
    if places is not None:
        x = x.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    whole, _, frac = str(abs(x)).partition(".")
    grouped = re.sub(r"(?<=\d)(?=(\d{3})+$)", ".", whole)
    return ("-" if x < 0 else "") + grouped + ("," + frac if frac else "")


def percent(x):
    return NONE if x is None else number(x, 2)


def money(x):
    return NONE if x is None else number(x)


def tidy(x):
    """A computed number without the zeros that division leaves."""
    x = x.normalize()
    return x.quantize(Decimal(1)) if x == x.to_integral_value() else x


def plain(text):
    """Text without soft hyphens and with single spaces."""
    return " ".join(re.sub(r"[\u00ad\u200b\u2060]", "", text.replace("\u00a0", " ")).split())


# ---- The package and what follows from it -------------------------------------------------------------------------


def sheet(name, folder=PACKAGE):
    with open(folder / f"{name}.csv", encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, delimiter=";"))


OFFICE = sheet("instansi")[0]
WHOSE = f"{OFFICE['nama']} {OFFICE['daerah']}"
NODES = {n["kode"]: n for n in sheet("rencana")}
CHILDREN = {}
for _n in NODES.values():
    CHILDREN.setdefault(_n["induk"], []).append(_n["kode"])
INDICATORS = {i["kode"]: i for i in sheet("indikator")}
DOCUMENTS = {d["kode"]: d for d in sheet("dokumen")}
UNITS = {u["kode"]: u for u in sheet("unit")}
TARGETS = {(t["indikator"], t["dokumen"], t["periode"]): read(t["nilai"]) for t in sheet("target")}
CEILINGS = {(p["simpul"], p["dokumen"], p["periode"]): read(p["rupiah"]) for p in sheet("pagu")}
SPENT = {(r["simpul"], r["periode"]): read(r["rupiah"]) for r in sheet("realisasi_anggaran")}
WORDINGS = {(s["indikator"], s["dokumen"]): (s["nama"], s["satuan"]) for s in sheet("sebutan")}
REALISED = {}
for _r in sheet("realisasi"):
    REALISED.setdefault((_r["indikator"], _r["periode"]), []).append(_r)

LEVEL = ["misi", "tujuan", "sasaran", "sasaran_program", "program", "kegiatan", "sub_kegiatan"]
BINDING = {"renstra": 1, "iku": 2, "renja": 3, "dpa": 4, "pk": 5}
FIRST, LAST = int(OFFICE["renstra_awal"]), int(OFFICE["renstra_akhir"])


def level(code):
    return LEVEL.index(NODES[code]["jenis"])


def version(kind, latest):
    found = sorted((d for d in DOCUMENTS.values() if d["jenis"] == kind), key=lambda d: int(d["versi"]))
    return found[-1 if latest else 0]["kode"]


def in_force(figures, year):
    """The yearly plan (renja, dpa) that counts in a year: the most binding, of that the latest."""
    kinds = {d for (_, d, period) in figures if period == str(year) and DOCUMENTS[d]["jenis"] in ("renja", "dpa")}
    return max(kinds, key=rank, default=None)


def rank(document):
    d = DOCUMENTS[document]
    return BINDING[d["jenis"]], int(d["versi"])


def target(indicator, year):
    """The target that counts: promised before budgeted before decreed before planned for five years."""
    plan = in_force(TARGETS, year)
    found = [
        d
        for d in DOCUMENTS
        if (indicator, d, str(year)) in TARGETS
        and DOCUMENTS[d]["jenis"] in BINDING
        and (DOCUMENTS[d]["jenis"] not in ("renja", "dpa") or d == plan)
    ]
    return TARGETS[indicator, max(found, key=rank), str(year)] if found else None


def variables(indicator, year):
    rows = REALISED.get((indicator, str(year)), [])
    return {r["variabel"]: read(r["nilai"]) for r in rows if r["variabel"] and r["nilai"]}


def fraction(indicator, year):
    """Numerator and denominator, for the formula "a / b * 100 %" where both are recorded."""
    formula = re.fullmatch(r"(\w+) / (\w+) \* 100 %", INDICATORS[indicator]["rumus"])
    known = variables(indicator, year)
    return [known[v] for v in formula.groups()] if formula and known else None


def realised(indicator, year):
    counts = fraction(indicator, year)
    if counts:
        return tidy(counts[0] * HUNDRED / counts[1])
    for r in REALISED.get((indicator, str(year)), []):
        if not r["variabel"] and r["nilai"]:
            return read(r["nilai"])
    return None


def achieved(indicator, year):
    t, r = target(indicator, year), realised(indicator, year)
    if t is None or r is None or t == 0:
        return None
    direction = INDICATORS[indicator]["arah"]
    assert direction in ("maksimal", "minimal"), direction
    return max((r if direction == "maksimal" else 2 * t - r) * HUNDRED / t, Decimal(0))


def applies(indicator):
    return target(indicator, YEAR) is not None or (indicator, str(YEAR)) in REALISED


def remark(indicator):
    rows = REALISED.get((indicator, str(YEAR)), [])
    for r in rows:
        if r["keterangan"]:
            return r["keterangan"]
    if achieved(indicator, YEAR) is not None:
        return ""
    if target(indicator, YEAR) is None:
        return "target belum ada"
    return next((r["alasan"] for r in rows if r["alasan"]), "realisasi belum diisi")


@lru_cache(maxsize=None)
def budget(node, year):
    """Ceiling, spending, whether spending stands for a line without ceiling; own figures win over the children's."""
    plan = in_force(CEILINGS, year)
    parts = [budget(c, year) for c in CHILDREN.get(node, [])]
    own, own_spent = CEILINGS.get((node, plan, str(year))), SPENT.get((node, str(year)))
    ceiling, spent, uncovered = add(parts)
    return (
        own if own is not None else ceiling,
        own_spent if own_spent is not None else spent,
        uncovered and own is None,
    )


def add(parts):
    known = lambda i: [p[i] for p in parts if p[i] is not None]
    uncovered = any(p[2] or (p[1] is not None and p[0] is None) for p in parts)
    return sum(known(0)) if known(0) else None, sum(known(1)) if known(1) else None, uncovered


def absorbed(uang):
    ceiling, spent, uncovered = uang
    return None if uncovered or ceiling is None or spent is None else spent * HUNDRED / ceiling


def three(uang):
    return [money(uang[0]), money(uang[1]), percent(absorbed(uang))]


def total():
    return add([budget(n, YEAR) for n in CHILDREN[""]])


@lru_cache(maxsize=None)
def ceiling_in(node, document):
    own = CEILINGS.get((node, document, str(YEAR)))
    parts = [x for x in (ceiling_in(c, document) for c in CHILDREN.get(node, [])) if x is not None]
    return own if own is not None else (sum(parts) if parts else None)


def served(indicator, year):
    """Money that serves an indicator: of the programmes that say so; of its node where all of them do."""
    serving = [n for n in NODES if NODES[n]["mendukung"] == indicator]
    node = INDICATORS[indicator]["simpul"]
    if not serving or serving == programmes_below(node):
        return budget(node, year)
    return add([budget(n, year) for n in serving])


def programmes_below(node):
    found = []
    for c in CHILDREN.get(node, []):
        found += [c] if NODES[c]["jenis"] == "program" else programmes_below(c)
    return found


def shown(x):
    return UNKNOWN if x is None else number(x)


def dashed(x):
    return NONE if x is None else number(x)


# ---- What each table must say: rows of texts, headings left out ---------------------------------------------------


def lines(keep, listed):
    """Lines of the plan tree: (heading, None, None) or (node, indicator, whether the node's first)."""
    field = ""
    for code, n in NODES.items():
        if n["jenis"] in ("misi", "sasaran_program") or not keep(code):
            continue
        found = [i for i in INDICATORS if INDICATORS[i]["simpul"] == code and listed(i)]
        if not found and level(code) < LEVEL.index("program"):
            continue
        if n["urusan"] not in ("", field):
            field = n["urusan"]
            yield field.upper(), None, None
        for k, i in enumerate(found or [None]):
            yield code, i, k == 0


def goals(listed):
    return (x for x in lines(lambda c: level(c) <= 2, listed) if x[2] is not None)


def columns(code, first):
    name = NODES[code]["nama"] if first else ""
    kind = NODES[code]["jenis"]
    return [name if kind == "tujuan" else "", name if kind == "sasaran" else "", name if level(code) > 2 else ""]


def has_renstra(i):
    return any(key[0] == i and DOCUMENTS[key[1]]["jenis"] == "renstra" for key in TARGETS)


def counter():
    n = [0]

    def next_if(condition):
        n[0] += bool(condition)
        return str(n[0]) if condition else ""

    return next_if


def table_pengukuran():
    whole, count, last = total(), counter(), ""
    yield [WHOSE] * 13 + [money(whole[0]), "", money(whole[1]), "", percent(absorbed(whole)), ""]
    for i, x in INDICATORS.items():
        if not applies(i) or level(x["simpul"]) >= LEVEL.index("program"):
            continue
        counts = fraction(i, YEAR)
        got = "/".join(map(number, counts)) if counts else shown(realised(i, YEAR))
        first, last = x["simpul"] != last, x["simpul"]
        left = [count(first), NODES[last]["nama"] if first else "", x["nama"], x["cara_ukur"], x["satuan"]]
        left += [dashed(target(i, YEAR)), got, percent(achieved(i, YEAR)), remark(i)]
        below = [row for n in NODES if NODES[n]["mendukung"] == i for row in serving(n)] or [[""] * 10]
        for k, right in enumerate(below):
            yield (left if k == 0 else [""] * 9) + right


def serving(node):
    measured = [i for i in INDICATORS if INDICATORS[i]["simpul"] == node and applies(i)]
    uang = budget(node, YEAR)
    if not measured and uang[0] is None:
        return
    for k, i in enumerate(measured or [None]):
        once = lambda text: text if k == 0 else ""
        x = INDICATORS.get(i, {})
        yield [
            once(NODES[node]["nama"]), x.get("nama", ""), i and dashed(target(i, YEAR)) or "", x.get("satuan", ""),
            once(money(uang[0])), i and shown(realised(i, YEAR)) or "", once(money(uang[1])),
            percent(achieved(i, YEAR)) if i else "", once(percent(absorbed(uang))), remark(i) if i else "",
        ]
    for c in CHILDREN.get(node, []):
        yield from serving(c)


def table_capaian_kinerja():
    count = counter()
    measured = {INDICATORS[i]["simpul"] for i in INDICATORS if applies(i)}
    for code, i, first in lines(lambda c: c in measured, applies):
        if first is None:
            yield [code] * 10
            continue
        x = INDICATORS[i]
        yield [count(first and level(code) < 4), *columns(code, first), x["nama"], x["satuan"], dashed(target(i, YEAR)),
               shown(realised(i, YEAR)), percent(achieved(i, YEAR)), remark(i)]


def table_rencana_anggaran():
    plan = version("renja", False)
    listed = lambda i: (i, plan, str(YEAR)) in TARGETS or (i, plan) in WORDINGS
    for code, i, first in lines(lambda c: True, listed):
        if first is None:
            yield [code] * 9
            continue
        pagu = ceiling_in(code, plan)
        if i is None and pagu is None:
            continue
        name, unit = WORDINGS.get((i, plan)) or ((INDICATORS[i]["nama"], INDICATORS[i]["satuan"]) if i else ("", ""))
        tujuan, sasaran, program = columns(code, first)
        yield [tujuan, sasaran, code if first and level(code) >= 4 else "", program, name, unit,
               dashed(TARGETS.get((i, plan, str(YEAR)))) if i else "", money(pagu) if first else "",
               unit_of(code) if first else ""]
    whole = [ceiling_in(n, plan) for n in CHILDREN[""]]
    yield ["Jumlah"] * 7 + [money(sum(x for x in whole if x is not None)), OFFICE["singkatan"]]


def unit_of(code):
    n = NODES[code]
    return UNITS[n["unit"]]["nama"] if n["unit"] else (unit_of(n["induk"]) if n["induk"] else "")


def table_realisasi_anggaran():
    yield ["Jumlah"] * 4 + three(total()) + [""]
    goal, aim = counter(), counter()
    for code, n in NODES.items():
        uang = budget(code, YEAR)
        if n["jenis"] not in ("tujuan", "sasaran", "program", "kegiatan") or uang[0] is None:
            continue
        mark = {"1": "I", "": ""}[goal(n["jenis"] == "tujuan")] or aim(n["jenis"] == "sasaran")
        yield [mark, *columns(code, True), *three(uang), ""]


def table_sumber_daya():
    roman = iter("I II III IV V VI VII VIII IX X".split())
    count = counter()
    for code, n in NODES.items():
        if level(code) >= 4 and budget(code, YEAR)[0] is not None:
            mark = next(roman) if n["jenis"] == "program" else count(True)
            yield [mark, n["nama"], *three(budget(code, YEAR))]
    yield ["Jumlah"] * 2 + three(total())


def table_jangka_menengah():
    count, years = counter(), range(YEAR - 3, YEAR + 1)
    for code, i, first in goals(has_renstra):
        tujuan, sasaran, _ = columns(code, first)
        yield [count(first), tujuan, sasaran, INDICATORS[i]["nama"], INDICATORS[i]["satuan"],
               *(dashed(target(i, y)) for y in years),
               *((shown if y == YEAR else dashed)(realised(i, y)) for y in years),
               *(percent(achieved(i, y)) for y in years)]


def table_serapan():
    count, years = counter(), range(YEAR - 3, YEAR + 1)
    for code, i, first in goals(has_renstra):
        tujuan, sasaran, _ = columns(code, first)
        uang = [served(i, y) for y in years]
        yield [count(first), tujuan, sasaran, INDICATORS[i]["nama"], *(money(u[0]) for u in uang),
               *(money(u[1]) for u in uang), *(percent(absorbed(u)) for u in uang)]


def table_tiga_tahun():
    years = range(YEAR - 2, YEAR + 1)
    known = lambda i: any(realised(i, y) is not None for y in years) or applies(i)
    for code, i, first in lines(lambda c: level(c) <= 5, known):
        if first is None:
            yield [code] * 12
        elif i:
            tujuan, sasaran, program = columns(code, first)
            row = [tujuan, sasaran, code if first and level(code) >= 4 else "", program]
            row += [INDICATORS[i]["nama"], INDICATORS[i]["satuan"]]
            for y in years:
                row.append((shown if y == YEAR else dashed)(realised(i, y)))
                row.append(money(budget(code, y)[1]) if first else NONE)
            yield row


def table_tujuan_sasaran():
    count = counter()
    before, after = version("renstra", False), version("renstra", True)
    for code, i, first in goals(has_renstra):
        tujuan, sasaran, _ = columns(code, first)
        name = WORDINGS.get((i, after), (INDICATORS[i]["nama"],))[0]
        yield [count(first and NODES[code]["jenis"] == "tujuan"), tujuan, sasaran, name, INDICATORS[i]["satuan"],
               *((shown if y == YEAR else dashed)(realised(i, y)) for y in range(FIRST - 1, YEAR + 1)),
               *(dashed(TARGETS.get((i, after, str(y)))) for y in range(YEAR + 1, LAST + 1)),
               dashed(TARGETS.get((i, before, str(LAST)))), dashed(TARGETS.get((i, after, str(LAST))))]


def table_iku():
    decree, count = version("iku", True), counter()
    for code, i, _ in goals(lambda i: (i, decree, str(YEAR)) in TARGETS):
        name, unit = WORDINGS.get((i, decree), (INDICATORS[i]["nama"], INDICATORS[i]["satuan"]))
        yield [count(True), NODES[code]["nama"], name, "Persen" if unit == "%" else unit,
               number(TARGETS[i, decree, str(YEAR)])]


def signed(i, x):
    return number(x) + ("%" if INDICATORS[i]["satuan"] == "%" else "")


def table_pk():
    pk, count = version("pk", True), counter()
    for code, i, first in goals(lambda i: (i, pk, str(YEAR)) in TARGETS):
        yield [count(first), NODES[code]["nama"] if first else "", INDICATORS[i]["nama"], INDICATORS[i]["satuan"],
               signed(i, TARGETS[i, pk, str(YEAR)])]


def table_capaian_iku():
    count = counter()
    for code, i, first in goals(lambda i: INDICATORS[i]["iku"] == "ya" and applies(i)):
        t, r = target(i, YEAR), realised(i, YEAR)
        yield [count(first), NODES[code]["nama"] if first else "", INDICATORS[i]["nama"], INDICATORS[i]["satuan"],
               NONE if t is None else signed(i, t), UNKNOWN if r is None else signed(i, r), percent(achieved(i, YEAR))]


def table_rencana_aksi():
    plan = version("rencana_aksi", True)
    listed = lambda i: any(key[0] == i and key[1] == plan for key in TARGETS)
    last = ["", "", ""]
    for code, i, first in lines(lambda c: True, listed):
        if not i:
            continue
        above = [ancestor(code, kind) for kind in ("sasaran", "sasaran_program", "kegiatan")]
        named = ["" if a == b else a for a, b in zip(above, last)]
        last = above
        name = WORDINGS.get((i, plan), (INDICATORS[i]["nama"],))[0]
        yield [*named, NODES[code]["nama"] if first else "", name, INDICATORS[i]["satuan"],
               *(dashed(TARGETS.get((i, plan, f"{YEAR}{q}"))) for q in ("", "-TW1", "-TW2", "-TW3", "-TW4")),
               money(ceiling_in(code, plan)) if first else ""]


def ancestor(code, kind):
    while code and NODES[code]["jenis"] != kind:
        code = NODES[code]["induk"]
    return NODES[code]["nama"] if code else ""


def table_pegawai(category):
    staff = [p for p in sheet("pegawai") if p["kategori"] == category]
    for n, p in enumerate(staff, 1):
        yield [str(n), p["uraian"], p["jumlah"] or NONE]
    yield ["Jumlah"] * 2 + [number(sum(Decimal(p["jumlah"] or 0) for p in staff))]


MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()


def date(iso):
    year, month, day = iso.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}"


def table_barang():
    whole = Decimal(0)
    for n, b in enumerate(sheet("pengadaan_barang"), 1):
        amount = read(b["banyaknya"]) * read(b["harga_satuan"])
        whole += amount
        yield [str(n), b["jenis_barang"], date(b["kontrak_tanggal"]), b["kontrak_nomor"], date(b["kuitansi_tanggal"]),
               b["kuitansi_nomor"], f"{b['banyaknya']} {b['satuan']}", money(read(b["harga_satuan"])), money(amount),
               b["unit"], b["penyedia"]]
    yield ["Jumlah"] * 8 + [money(whole), "", ""]


def table_rekomendasi(full):
    aspect = ""
    for n, r in enumerate(sheet("rekomendasi"), 1):
        if r["aspek"] != aspect:
            aspect = r["aspek"]
            yield [aspect] * (5 if full else 2)
        more = [r["tindak_lanjut"], r["status"], UNITS[r["unit"]]["nama"] if r["unit"] else ""]
        yield [str(n), r["rekomendasi"], *(more if full else [])]


def table_program():
    count = counter()
    for code, n in NODES.items():
        if n["jenis"] == "program" and budget(code, YEAR)[0] is not None:
            yield [count(True), n["nama"], money(budget(code, YEAR)[0])]
    yield ["Jumlah"] * 2 + [money(total()[0])]


def table_annex(*columns_of):
    rows = [i for _, i, _ in goals(lambda i: INDICATORS[i]["iku"] == "ya" and applies(i))]
    for n, i in enumerate(rows, 1):
        x = dict(INDICATORS[i], penanggung=UNITS[INDICATORS[i]["unit"]]["nama"])
        x["cara_ukur"] = x["cara_ukur"] or x["rumus"]
        yield [str(n), x["nama"], *(x[c] or NONE for c in columns_of)]


QUALITY = ["mutu_" + x for x in ("verifikasi", "sumber", "ketelitian", "keterbatasan", "penanganan")]

# Beginning of the caption -> expected rows. A caption that occurs twice (chapter and annex) must hold both times.
TABLES = {
    "Aparatur menurut Jabatan": lambda: table_pegawai("jabatan"),
    "Aparatur menurut Golongan": lambda: table_pegawai("golongan"),
    "Aparatur menurut Pendidikan": lambda: table_pegawai("pendidikan"),
    "Realisasi Pelaksanaan Program": table_sumber_daya,
    "Pengadaan Barang": table_barang,
    "Tujuan, Sasaran, Indikator": table_tujuan_sasaran,
    "Indikator Kinerja Utama": table_iku,
    "Perjanjian Kinerja": table_pk,
    "Rencana Anggaran": table_rencana_anggaran,
    "Rencana Aksi": table_rencana_aksi,
    "Pencapaian Realisasi Kinerja Dinas": table_capaian_kinerja,
    "Pencapaian Realisasi Kinerja dan": table_tiga_tahun,
    "Pencapaian Realisasi Kinerja Indikator": table_jangka_menengah,
    "Pencapaian Realisasi Anggaran": table_realisasi_anggaran,
    "Serapan Anggaran": table_serapan,
    "Pengukuran Kinerja": table_pengukuran,
    "Capaian Indikator Kinerja Utama": table_capaian_iku,
    "Rekomendasi Hasil Evaluasi": lambda: table_rekomendasi(False),
    "Tindak Lanjut Rekomendasi": lambda: table_rekomendasi(True),
    "Program dan Anggaran": table_program,
    "Definisi dan Cara": lambda: table_annex("definisi", "cara_ukur", "sumber_data", "penanggung"),
    "Mutu Data": lambda: table_annex(*QUALITY),
}

# ---- Reading what was made -----------------------------------------------------------------------------------------


def run(*command, **options):
    return subprocess.run([str(c) for c in command], capture_output=True, text=True, check=False, **options)


class Pdf:
    """A PDF as poppler reads it: its pages as text, and the page number printed at the foot of each."""

    def __init__(self, path):
        self.pages = run("pdftotext", "-layout", path, "-").stdout.split("\f")[:-1]
        self.printed = []
        for page in self.pages:
            foot = page.rstrip().rsplit("\n", 1)[-1].split()
            self.printed.append(foot[-1] if foot and re.fullmatch(r"\d+|[ivxl]+", foot[-1]) else None)

    def holds(self, printed, label):
        squeeze = lambda text: re.sub(r"[\s\u00ad]", "", text)
        pages = [p for p, n in zip(self.pages, self.printed) if n == printed]
        return any(squeeze(label) in squeeze(p) for p in pages)

    def table(self, number, title):
        """Lines from the table's caption to the next one, the lists in front matter left out."""
        body = "\n".join(p for p, n in zip(self.pages, self.printed) if n and n.isdigit()).split("\n")
        caption = re.compile(r"Tabel \w+\.\d+ ")
        starts = [k for k, line in enumerate(body) if caption.match(line.strip())] + [len(body)]
        for start, end in zip(starts, starts[1:]):
            if body[start].strip().startswith(f"Tabel {number} {title}"):
                return body[start + 1 : end]
        return None


NUMERAL = re.compile(r"-?[\d.]*\d(,\d+)?%?|\d+/\d+")


def missing_in_pdf(rows, text):
    """Rows whose numbers do not stand whole, in order, on one line; each after the row before it."""
    missing, at = [], 0
    for row in rows:
        numbers = [cell for cell in row if NUMERAL.fullmatch(cell)]
        for k in range(at, len(text)):
            words = iter(text[k].split())
            if numbers and all(n in words for n in numbers):
                at = k + 1
                break
        else:
            if numbers:
                missing.append(" | ".join(numbers))
    return missing


def docx_tables(document):
    """(number, title, rows of texts) of every captioned table."""
    caption = ""
    for element in document.element.body.iterchildren():
        if element.tag.endswith("}p"):
            paragraph = Paragraph(element, document)
            if paragraph.style.name == "Judul Tabel":
                caption = plain(paragraph.text)
        elif element.tag.endswith("}tbl") and caption:
            _, number_, title = caption.split(" ", 2)
            yield number_, title, [[plain(c.text) for c in r.cells] for r in Table(element, document).rows]
            caption = ""


# ---- The checks ----------------------------------------------------------------------------------------------------


def check_same_bytes(binary, first, second):
    for folder in (first, second):
        made = run(binary, "susun", "lkjip", PACKAGE, "--tahun", YEAR, "--ke", folder)
        check(made.returncode == 0, f"susun exits {made.returncode}: {made.stderr}")
    digest = lambda path: hashlib.sha256(path.read_bytes()).hexdigest()
    found = {}
    for suffix in ("docx", "pdf", "html", "xlsx"):
        name = f"lkjip-{YEAR}-{OFFICE['kode']}.{suffix}"
        found[suffix] = first / name
        there = found[suffix].is_file() and (second / name).is_file()
        if check(there, f"{name} was not made"):
            check(digest(first / name) == digest(second / name), f"{name} differs between two runs")
    return found


def check_tables(document, pdf):
    made = list(docx_tables(document))
    for beginning, expected in TABLES.items():
        expected = [[plain(c) for c in row] for row in expected()]
        same = [t for t in made if t[1].startswith(beginning)]
        check(same, f"no table with the caption \"{beginning} ...\" in the DOCX")
        for number_, title, rows in same:
            heads = len(rows) - len(expected)
            check(1 <= heads <= 3, f"Tabel {number_}: {len(rows)} rows, {len(expected)} and a heading expected")
            for n, (got, want) in enumerate(zip(rows[max(heads, 0) :], expected), 1):
                # A name may begin with a capital that it has not in the package.
                wrong = [f"\"{g}\" for \"{w}\"" for g, w in zip(got, want) if g.casefold() != w.casefold()]
                good = len(got) == len(want) and not wrong
                check(good, f"Tabel {number_} of the DOCX, row {n} ({' '.join(want)[:60]}): {'; '.join(wrong)}")
            text = pdf.table(number_, beginning)
            if check(text is not None, f"Tabel {number_} {beginning} is not in the PDF"):
                lost = missing_in_pdf(expected, text)
                check(not lost, f"Tabel {number_} of the PDF: numbers absent or broken in {len(lost)} of "
                                f"{len(expected)} rows, first: {lost[:2]}")
    known = [t for t in made if any(t[1].startswith(b) for b in TABLES)]
    check(len(known) == len(made), f"tables that nothing is known about: {[t[1] for t in made if t not in known]}")


def check_contents(document, pdf):
    lists = [p for p in document.paragraphs if p.style.name.lower().startswith(("toc ", "table of figures"))]
    check(len(lists) > 40, f"only {len(lists)} entries in the lists of contents")
    for paragraph in lists:
        # Entries are links, which python-docx leaves out of a paragraph's text.
        parts = paragraph._p.xpath(".//w:t | .//w:r/w:tab")
        text = "".join("\t" if part.tag.endswith("}tab") else part.text or "" for part in parts)
        label, _, page = text.rpartition("\t")
        label = plain(label)
        check(pdf.holds(page, label), f"contents: \"{label}\" is not on page {page} of the PDF")


def check_conversion(path, pages, folder):
    profile = f"-env:UserInstallation=file://{folder}/profil"
    made = run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, path, timeout=300)
    converted = folder / (path.stem + ".pdf")
    if check(made.returncode == 0 and converted.is_file(), f"LibreOffice does not convert the DOCX: {made.stderr}"):
        count = len(Pdf(converted).pages)
        check(0.7 * pages < count < 1.5 * pages, f"the DOCX has {count} pages in LibreOffice, the PDF {pages}")


def check_fonts(path):
    rows = run("pdffonts", path).stdout.splitlines()
    column = rows[0].index("emb") if rows else 0
    check(len(rows) > 2, "pdffonts names no font")
    for row in rows[2:]:
        check(row[column : column + 3] == "yes", f"font not embedded: {row}")


def close(got, want):
    """Whether the program's number is the source's within a hundredth; empty only where the source has none."""
    return got == want if "" in (got, want) else abs(read(got) - Decimal(want)) <= Decimal("0.01")


def check_reference(binary):
    if not REFERENCE.is_file():
        print(f"skipped: {REFERENCE.name} is not here, so ukur is not compared with the source's own measurement")
        return
    made = run(binary, "ukur", PACKAGE, "--format", "csv")
    check(made.returncode == 0, f"ukur exits {made.returncode}: {made.stderr}")
    rows = list(csv.DictReader(made.stdout.splitlines(), delimiter=";"))
    by_code = {}
    for row in rows:
        by_code.setdefault(row["kode"], []).append(row)
    unknown = 0
    with open(REFERENCE, encoding="utf-8", newline="") as f:
        for want in csv.DictReader(f):
            where = f"ukur, line {want['sumber_baris']} of the source ({want['level']} {want['kode_rekening_padanan']})"
            if want["level"] == "total":
                row, performance = by_code["total"][0], None
            elif want["level"] == "sasaran":
                # The source appends last year's score to a name: "... Perangkat Daerah 66,24 B".
                name = want["indikator"].casefold()
                named = (r for r in rows if r["indikator"] and name.startswith(r["indikator"].casefold()))
                row, performance = next(named, None), "realisasi"
                unknown += want["persen_kinerja"] == ""
            else:
                own = by_code.get(want["kode_rekening_padanan"], [])
                place = int(want["urutan_indikator"] or 1) - 1
                row, performance = own[place] if place < len(own) else None, "capaian"
            if not check(row is not None, f"{where}: no such row"):
                continue
            pairs = [(performance, want["persen_kinerja"])] if performance else []
            pairs += [("serapan", want["persen_anggaran"])] if want["persen_anggaran"] else []
            for column, right in pairs:
                check(close(row[column], right), f"{where}: {column} {row[column]!r}, {right!r} expected")
    check(unknown == 2, f"the source leaves {unknown} targets of its form open, 2 expected")
    for code in ("iku.1", "iku.3", "iku.7"):
        row = next((r for r in rows if r["kode_indikator"] == code), None)
        empty = row is not None and row["realisasi"] == row["capaian"] == "" and row["keterangan"] != ""
        check(empty, f"ukur: {code} is not known and must be empty, with its reason")


def without_column(text):
    return "\n".join(";".join(c for k, c in enumerate(line.split(";")) if k != 3) for line in text.split("\n"))


def twice(text):
    rows = text.split("\n")
    return "\n".join(rows[:8] + [rows[7]] + rows[8:])


# What is wrong, in which file, how it is made, and what the message must name.
FAULTS = [
    ("a missing column", "pagu.csv", without_column, r"pagu\.csv baris 1 kolom rupiah: kolom tidak ada"),
    ("a duplicate code", "rencana.csv", twice, r"rencana\.csv baris 9 kolom kode: .*sudah ada di baris 8"),
    ("a child without parent", "rencana.csv", lambda t: t.replace("\n2.07.03.2.01;2.07.03;", "\n2.07.03.2.01;2.07.99;"),
     r"rencana\.csv baris \d+ kolom induk: .*2\.07\.99"),
    ("an English number", "pagu.csv", lambda t: t.replace(";586995500;", ";71,366,000;", 1),
     r"pagu\.csv baris \d+ kolom rupiah: .*71,366,000.*71\.366\.000"),
    ("text for a number", "realisasi.csv", lambda t: t.replace(";8,16;", ";delapan;", 1),
     r"realisasi\.csv baris 2 kolom nilai: .*delapan"),
]


def check_faulty_packages(binary, folder):
    for k, (what, file, spoil, message) in enumerate(FAULTS):
        package, data = folder / f"salah-{k}", folder / f"data-{k}"
        shutil.copytree(PACKAGE, package)
        good = (package / file).read_text(encoding="utf-8")
        (package / file).write_text(spoil(good), encoding="utf-8")
        check(spoil(good) != good, f"{what}: the test changes nothing in {file}")
        made = run(binary, "impor", package, "--data", data)
        check(made.returncode == 1, f"{what}: impor exits {made.returncode}, 1 expected")
        check(re.search(message, made.stderr), f"{what}: no message like {message} in: {made.stderr[:300]}")
        made = run(binary, "impor", PACKAGE, "--data", data)
        check(made.returncode == 0 and re.search(r"entri 1\b", made.stderr),
              f"{what}: something was written; the good package afterwards gives: {made.stderr[:200]}")


# ---- Perjanjian Kinerja --------------------------------------------------------------------------------------------

# PermenPANRB 53/2014, anak lampiran I/2-6, word by word; the dots are what is filled in.
STATEMENT = [
    "PERJANJIAN KINERJA TAHUN 2021",
    "Dalam rangka mewujudkan manajemen pemerintahan yang efektif, transparan dan akuntabel serta berorientasi pada hasil, "
    "kami yang bertanda tangan di bawah ini:",
    "Nama : ...",
    "Jabatan : ...",
    "selanjutnya disebut pihak pertama",
    "Nama : ...",
    "Jabatan : ...",
    "selaku atasan pihak pertama, selanjutnya disebut pihak kedua",
    "Pihak pertama berjanji akan mewujudkan target kinerja yang seharusnya sesuai lampiran perjanjian ini, dalam rangka "
    "mencapai target kinerja jangka menengah seperti yang telah ditetapkan dalam dokumen perencanaan. Keberhasilan dan "
    "kegagalan pencapaian target kinerja tersebut menjadi tanggung jawab kami.",
    "Pihak kedua akan melakukan supervisi yang diperlukan serta akan melakukan evaluasi terhadap capaian kinerja dari "
    "perjanjian ini dan mengambil tindakan yang diperlukan dalam rangka pemberian penghargaan dan sanksi.",
]
# Who promises what: indicators, nodes, the headings of I/5-6 for the office and of I/4-6 below it.
AGREEMENTS = {
    "KD": (["iku.2", "iku.3", "iku.4", "iku.5", "iku.7"],
           ["2.07.03", "2.07.04", "2.07.05", "3.32.03", "3.32.04", "2.07.01"],
           "Sasaran Strategis", ["Program", "Anggaran", "Keterangan"]),
    "BID.1": (["2.07.03.i1", "2.07.03.2.01.i1", "2.07.03.2.02.i1"], ["2.07.03.2.01", "2.07.03.2.02"],
              "Sasaran Program/Kegiatan", ["Kegiatan", "Anggaran"]),
    "BID.1.b": (["2.07.03.2.01.01.i1", "2.07.03.2.01.01.i2"], ["2.07.03.2.01.01"],
                "Sasaran Kegiatan/Sub Kegiatan", ["Sub Kegiatan", "Anggaran"]),
}
HEAD = "KEPALA DINAS CONTOH"


def agreed_package(folder):
    """The example with agreements, whose targets and money are those of the change of the budget."""
    shutil.copytree(PACKAGE, folder)
    kept = dict.fromkeys(k for k, d, period in TARGETS if d == "pk" and period == str(YEAR))
    targets, money_rows, content = [], [], []
    for unit, (indicators, nodes, *_) in AGREEMENTS.items():
        content += [f"pk-{unit};indikator;{i}" for i in indicators] + [f"pk-{unit};simpul;{n}" for n in nodes]
        targets += [f"{i};pk;{YEAR};{number(TARGETS[i, 'dpa-p', str(YEAR)])};;" for i in indicators if i not in kept]
        money_rows += [f"{n};pk;{YEAR};{ceiling_in(n, 'dpa-p')};;" for n in nodes]
    for name, header, lines in [
        ("target", None, targets),
        ("pagu", None, money_rows),
        ("perjanjian", "kode;dokumen;unit;tanggal;alasan;ditandatangani;cara;berkas",
         [f"pk-{unit};pk;{unit};{YEAR}-01-29;;;;" for unit in AGREEMENTS]),
        ("isi_perjanjian", "perjanjian;jenis;kode", content),
        ("pejabat", "unit;mulai;sampai;nama;nip;pangkat;status",
         [f"KD;{YEAR}-01-01;;{HEAD};000000000000000000;Pembina Utama Muda, IV/c;plt"]),
    ]:
        with open(folder / f"{name}.csv", "a", encoding="utf-8", newline="") as f:
            f.write("".join(line + "\n" for line in ([header] if header else []) + lines))


def promised_rows(indicators):
    """Rows of the annex: number and goal stand beside all indicators of a goal."""
    goals, rows = [], []
    for i in indicators:
        node = INDICATORS[i]["simpul"]
        if NODES[node]["jenis"] == "program":
            node = NODES[node]["induk"]
        goal = NODES[node]["nama"]
        if goal not in goals:
            goals.append(goal)
        unit = INDICATORS[i]["satuan"]
        value = number(TARGETS.get((i, "pk", str(YEAR)), TARGETS[i, "dpa-p", str(YEAR)]))
        shown_unit = {"%": "%", "Nilai": ""}.get(unit, f" {unit}")
        rows.append([str(goals.index(goal) + 1), goal, INDICATORS[i]["nama"], value + shown_unit])
    return rows


def same(got, want):
    return [plain(c).casefold() for c in got] == [plain(c).casefold() for c in want]


def check_agreements(binary, folder):
    package, made_in = folder / "paket-pk", folder / "pk"
    agreed_package(package)
    made = run(binary, "susun", "pk", package, "--ke", made_in)
    if not check(made.returncode == 0, f"susun pk exits {made.returncode}: {made.stderr}"):
        return
    base = f"perjanjian-kinerja-{YEAR}-{OFFICE['kode']}"
    document, pdf = docx.Document(str(made_in / f"{base}.docx")), Pdf(made_in / f"{base}.pdf")
    width, height = document.sections[0].page_width.mm, document.sections[0].page_height.mm
    check((round(width), round(height)) == (210, 330), f"the form is {width} x {height} mm, F4 expected")
    check(len(pdf.pages) == 2 * len(AGREEMENTS), f"{len(pdf.pages)} pages, two for each agreement expected")
    texts = [plain(p.text) for p in document.paragraphs if plain(p.text)]
    per_unit = len(STATEMENT) + 1
    check(len(texts) == per_unit * len(AGREEMENTS), f"{len(texts)} paragraphs, {per_unit} for each agreement expected")
    tables = [[[c.text for c in r.cells] for r in t.rows] for t in document.tables]
    for k, (unit, (indicators, nodes, goal, heads)) in enumerate(AGREEMENTS.items()):
        mine = texts[k * per_unit : (k + 1) * per_unit]
        for got, want in zip(mine, STATEMENT):
            good = got.startswith(want[:-3]) if want.endswith("...") else got == want
            check(good, f"statement of {unit}: \"{got[:60]}\" for \"{want[:60]}\"")
        whose = f"{OFFICE['nama']} {OFFICE['daerah']}" if unit == "KD" else UNITS[unit]["nama"]
        check(mine[-1] == f"PERJANJIAN KINERJA TAHUN {YEAR} {whose.upper()}", f"annex of {unit}: \"{mine[-1]}\"")
        signed, promised, budget_, annex_signed = tables[4 * k : 4 * k + 4]
        check(same(signed[1], ["Pihak Kedua,", "Pihak Pertama,"]), f"signatures of {unit}: {signed[1]}")
        check("Serang, 29 Januari 2021" in signed[0][1], f"place and date of {unit}: {signed[0]}")
        check(same(promised[0], ["No.", goal, "Indikator Kinerja", "Target"]), f"heads of {unit}: {promised[0]}")
        check(same(promised[1], ["(1)", "(2)", "(3)", "(4)"]), f"column numbers of {unit}: {promised[1]}")
        want = promised_rows(indicators)
        check(len(promised) == len(want) + 2, f"{unit} promises {len(promised) - 2}, {len(want)} expected")
        for got, row in zip(promised[2:], want):
            check(same(got, row), f"promise of {unit}: {got} for {row}")
        check(same(budget_[0], heads), f"heads of the money of {unit}: {budget_[0]}")
        amounts = [ceiling_in(n, "dpa-p") for n in nodes]
        rows = [[f"{j}. {NODES[n]['nama']}", f"Rp {money(x)}"] for j, (n, x) in enumerate(zip(nodes, amounts), 1)]
        for got, row in zip(budget_[1:], rows + [["Jumlah", f"Rp {money(sum(amounts))}"]]):
            check(same(got[:2], row), f"money of {unit}: {got} for {row}")
        above = OFFICE["kepala_daerah"] if unit == "KD" else UNITS[UNITS[unit]["induk"]]["pejabat"]
        check(above.split(" Kota")[0] in plain(annex_signed[1][0]), f"second party of {unit}: {annex_signed[1][0]}")
        page = plain(pdf.pages[2 * k])
        check(all(plain(w.removesuffix("...").rstrip(" :")) in page for w in STATEMENT[:2]), f"PDF statement of {unit}")
        check(not missing_in_pdf([[money(x)] for x in amounts], pdf.pages[2 * k + 1].split("\n")), f"PDF money of {unit}")
    named = [plain(t) for t in (tables[0][3][1], tables[3][3][1])]
    check(named[0].startswith(f"{HEAD} Pembina") and "NIP. 000000000000000000" in named[0], f"name: {named[0]}")
    check(named[1].startswith(f"({HEAD})"), f"name in the annex: {named[1]}")
    check("Plt. Kepala Dinas" in texts[3], f"position: {texts[3]}")
    check(set(tables[0][3][0]) == {"."}, f"nobody is recorded for the region's head, but: {tables[0][3][0]}")
    check_conversion(made_in / f"{base}.docx", len(pdf.pages), folder)
    check_fonts(made_in / f"{base}.pdf")
    one = run(binary, "susun", "pk", package, "--unit", "BID.1", "--ke", made_in)
    check(one.returncode == 0 and (made_in / f"{base}-BID.1.pdf").is_file(), f"susun pk --unit: {one.stderr}")
    for arguments in (["pk", PACKAGE], ["pk", package, "--unit", "SEK"]):
        none = run(binary, "susun", *arguments, "--ke", folder / "tidak")
        check(none.returncode == 3, f"susun {arguments[0]} without agreement exits {none.returncode}, 3 expected")
    # The report's own table of the agreement says what the head has promised.
    report = run(binary, "susun", "lkjip", package, "--ke", made_in)
    if check(report.returncode == 0, f"susun lkjip with agreements: {report.stderr}"):
        whole = docx.Document(str(made_in / f"lkjip-{YEAR}-{OFFICE['kode']}.docx"))
        rows = next(r for _, title, r in docx_tables(whole) if title.startswith("Perjanjian Kinerja "))
        found = [row[2] for row in rows if row[2] in {i["nama"] for i in INDICATORS.values()}]
        check(found == [INDICATORS[i]["nama"] for i in AGREEMENTS["KD"][0]], f"Tabel 2.5 lists {found}")


def main():
    target_dir = os.environ.get("CARGO_TARGET_DIR", Path.home() / ".cache/tolok-target")
    binary = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(target_dir) / "debug/tolok"
    if not binary.is_file():
        sys.exit(f"{binary} does not exist; build it with: cargo build")
    with tempfile.TemporaryDirectory(prefix="tolok-dokumen-") as name:
        folder = Path(name)
        files = check_same_bytes(binary.resolve(), folder / "satu", folder / "dua")
        if all(path.is_file() for path in files.values()):
            document, pdf = docx.Document(str(files["docx"])), Pdf(files["pdf"])
            check_tables(document, pdf)
            check_contents(document, pdf)
            check_conversion(files["docx"], len(pdf.pages), folder)
            check_fonts(files["pdf"])
        check_agreements(binary.resolve(), folder)
        check_reference(binary.resolve())
        check_faulty_packages(binary.resolve(), folder)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
