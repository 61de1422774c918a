#!/usr/bin/env python3
"""Prints the rows of scanner/codes/gs1_identifier_rows.hpp from a GS1 Barcode Syntax Dictionary.

Use: gs1_rows.py DICTIONARY. The rows are in our own notation (see the header). Whether table and
dictionary agree is the business of the test gs1_dictionary_test, which reads both on its own.
"""
import re
import sys

# Names of fields that `cartwatch read` promises; all others follow from the title.
NAMES = {
    "00": "sscc", "01": "gtin", "02": "content_gtin", "03": "mto_gtin", "10": "lot",
    "11": "production", "12": "due_date", "13": "pack_date", "15": "best_before", "16": "sell_by",
    "17": "expiry", "21": "serial", "241": "customer_part_number", "251": "source_reference",
    "254": "gln_extension", "400": "order_number", "410": "ship_to_gln", "411": "bill_to_gln",
    "412": "purchase_from_gln", "413": "ship_for_gln", "414": "gln", "415": "pay_to_gln",
    "416": "production_gln", "417": "party_gln", "420": "ship_to_post",
    "421": "ship_to_post_with_country", "423": "country_initial_process", "7023": "giai_assembly",
    "8002": "cmt_number", "8020": "payment_reference", "8017": "gsrn_provider",
    "8018": "gsrn_recipient", "8110": "coupon", "8112": "coupon_positive_offer",
    "3940-3943": "percent_off", "3900-3909": "amount", "3910-3919": "amount_with_currency",
    "3920-3929": "price", "3930-3939": "price_with_currency", "3950-3955": "price_per_measure",
}


def field(ai, title):
    if ai in NAMES:
        return NAMES[ai]
    if ai.startswith("9"):
        return "ai_"
    if ai[:3] in ("703", "723"):
        return {"703": "processor_", "723": "certification_"}[ai[:3]] + ai[3]
    for sign, word in (("²", "2"), ("³", "3"), ("/", " per "), ("#", " "), (".", " "), ("-", " ")):
        title = title.replace(sign, word)
    return "_".join(re.findall(r"[a-z0-9]+", title.lower()))


def component(text):
    optional = text.startswith("[")
    text = text.replace("[", "").replace("]", "")
    kind, *checks = text.split(",")
    length = kind[1:].replace("..", "1-") if ".." in kind else kind[1:]
    return kind[0].lower() + length + "".join(":" + c for c in checks) + ("?" if optional else "")


def row(line):
    line, _, title = line.partition("#")
    words = line.split()
    ai, rest = words[0], words[1:]
    flags = rest.pop(0) if rest and re.fullmatch(r"[*?]+", rest[0]) else ""
    parts = [component(w) for w in rest if re.match(r"\[?[NXYZ][.\d]", w)]
    value = {"req": [], "ex": [], "dlpkey": []}
    for word in rest:
        key, equals, text = word.partition("=")
        if key in value and not re.match(r"\[?[NXYZ][.\d]", word):
            value[key].append(text if equals else "-")
    first, _, last = ai.partition("-")
    needs = ";".join(value["req"]).replace(",", "|")
    conflicts = ",".join(value["ex"])
    key = ",".join(value["dlpkey"])
    cells = [first, last or first, flags, " ".join(parts), needs, conflicts, key, field(ai, title)]
    return "    {" + ", ".join('"%s"' % c for c in cells) + "},"


def folded(text):
    while len(text) > 100 and '", "' in text:
        cut = text.rfind('", "', 0, 98) + 2
        yield text[:cut]
        text = "     " + text[cut + 1:]
    yield text


for entry in open(sys.argv[1], encoding="utf-8"):
    entry = entry.rstrip("\n")
    if entry and not entry.startswith("#"):
        print("\n".join(folded(row(entry))))
