#!/usr/bin/env python3
"""Relative links in the repository's Markdown files lead somewhere: to a file, and to a heading where one is named."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"\]\(<?([^)<>\s]+)>?(?:\s+\"[^\"]*\")?\)|^\[[^\]]+\]:\s+(\S+)", re.M)


def prose(text):
    """The text without code, which may hold brackets of its own."""
    text = re.sub(r"^(```|~~~).*?^\1", "", text, flags=re.M | re.S)
    return re.sub(r"`[^`\n]*`", "", text)


def anchors(path):
    """Anchors of a file's headings, as code hosts make them."""
    text = re.sub(r"^```.*?^```", "", path.read_text("utf-8"), flags=re.M | re.S)
    headings = re.findall(r"^#{1,6}\s+(.+?)\s*#*$", text, re.M)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


def broken(path):
    for match in LINK.finditer(prose(path.read_text("utf-8"))):
        link = match.group(1) or match.group(2)
        if re.match(r"[a-z][a-z0-9+.-]*:", link):
            continue
        place, _, anchor = link.partition("#")
        target = (path.parent / place).resolve() if place else path
        if not target.exists():
            yield f"{link}: no such file"
        elif ROOT not in target.parents and target != ROOT:
            yield f"{link}: leads out of the repository"
        elif anchor and target.suffix == ".md" and anchor not in anchors(target):
            yield f"{link}: no such heading"


def main():
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.md"]
    names = subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split("\0")
    files = [ROOT / n for n in names if n and (ROOT / n).is_file()]
    faults = [f"{path.relative_to(ROOT)}: {fault}" for path in files for fault in broken(path)]
    print("\n".join(faults) or f"links of {len(files)} files are good")
    return 1 if faults or not files else 0


if __name__ == "__main__":
    sys.exit(main())
