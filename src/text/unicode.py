"""Writes unicode.rs, the characters that texts are folded by, from the Unicode Character Database.

    apt-get download unicode-data && dpkg-deb -x unicode-data_*.deb ucd
    python3 unicode.py ucd/usr/share/unicode > unicode.rs

IGNORABLE is the property Default_Ignorable_Code_Point. IDEOGRAPHS is Equivalent_Unified_Ideograph, of radicals and strokes. Some
of these ideographs are written otherwise in Japan: one outside JIS X 0208 gives way to its z-variant or its simplified variant
(Unihan's kZVariant and kSimplifiedVariant) if that is in it, such as 戸 for 戶. Compatibility ideographs are not here: they have
canonical decompositions.
"""

import bz2
import pathlib
import sys

UCD = pathlib.Path(sys.argv[1])
EQUIVALENT = "EquivalentUnifiedIdeograph.txt"


def properties(name):
    """The ranges of code points in a file of properties, each with its value."""
    for line in (UCD / name).read_text(encoding="utf-8").splitlines():
        fields = [field.strip() for field in line.split("#")[0].split(";")]
        if len(fields) == 2:
            first, _, last = fields[0].partition("..")
            yield int(first, 16), int(last or first, 16), fields[1]


def is_in_jis_x_0208(character):
    try:
        return len(character.encode("euc_jp")) == 2
    except UnicodeEncodeError:
        return False


def japanese_variants():
    """By ideograph: its variant in JIS X 0208."""
    variants = {}
    for kind in ("kSimplifiedVariant", "kZVariant"):
        with bz2.open(UCD / "Unihan_Variants.txt.bz2", "rt", encoding="utf-8") as lines:
            for line in lines:
                if f"\t{kind}\t" in line:
                    ideograph, _, others = line.split("\t")
                    others = [chr(int(other.split("<")[0][2:], 16)) for other in others.split()]
                    others = [other for other in others if is_in_jis_x_0208(other)]
                    if others:
                        variants[chr(int(ideograph[2:], 16))] = others[0]
    return variants


def literal(code):
    return f"'\\u{{{code:x}}}'"


def rows(items, length):
    return "".join("    " + " ".join(f"{item}," for item in items[at : at + length]) + "\n" for at in range(0, len(items), length))


ignorable = []
for first, last, value in sorted(properties("DerivedCoreProperties.txt")):
    if value == "Default_Ignorable_Code_Point":
        if ignorable and ignorable[-1][1] + 1 == first:
            ignorable[-1][1] = last
        else:
            ignorable.append([first, last])

variants = japanese_variants()
ideographs = []
for first, last, value in sorted(properties(EQUIVALENT)):
    for code in range(first, last + 1):
        ideograph = chr(int(value, 16))
        if not is_in_jis_x_0208(ideograph):
            ideograph = variants.get(ideograph, ideograph)
        ideographs.append((code, ideograph))

version = (UCD / EQUIVALENT).read_text(encoding="utf-8").split("-")[1].split(".txt")[0]
print(f"""\
//! Characters of Unicode {version} that have another form for matching, or none.
//!
//! Written by `unicode.py` from DerivedCoreProperties.txt, EquivalentUnifiedIdeograph.txt and Unihan_Variants.txt
//! (© Unicode, Inc., <https://www.unicode.org/terms_of_use.html>): change the script, not the tables.

/// Characters that no reader sees (Default_Ignorable_Code_Point), as ranges in ascending order.
#[rustfmt::skip]
pub(super) const IGNORABLE: [(char, char); {len(ignorable)}] = [
{rows([f"({literal(first)}, {literal(last)})" for first, last in ignorable], 4)}];

/// Radicals and strokes, in ascending order, each with the ideograph that looks like it (Equivalent_Unified_Ideograph).
#[rustfmt::skip]
pub(super) const IDEOGRAPHS: [(char, char); {len(ideographs)}] = [
{rows([f"({literal(code)}, '{ideograph}')" for code, ideograph in ideographs], 6)}];""")
