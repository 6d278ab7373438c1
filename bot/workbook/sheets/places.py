"""The sheets of geography: districts, neighbourhoods, police areas and what they cover."""

from __future__ import annotations

from bot.workbook.columns import Column, Kind, Sheet, choices
from bot.workbook.sheets.shared import (
    aliases,
    code,
    needed,
    remark,
    text,
    valid_from,
    valid_to,
)
from models.places.place import PoliceAreaKind

DISTRICTS = Sheet(
    "districts",
    "Stadsdelsområden",
    "Ett stadsdelsområde per rad, också de som har upphört.",
    (
        code("Kort kod som aldrig ändras, tre stora bokstäver.", "FAR", form="[A-Z]{3}"),
        needed("name", "Namn", "Stadsdelsområdets namn.", "Farsta"),
        valid_from(),
        valid_to(),
        Column(
            "successor",
            "Efterföljare",
            Kind.REFERENCE,
            "Koden för det område som tog över, när området har upphört.",
            target="districts",
        ),
        aliases(),
        text("external_code", "Extern kod", "Områdets kod i stadens statistik.", "SDO18"),
        remark(),
    ),
)
NEIGHBOURHOODS = Sheet(
    "neighbourhoods",
    "Stadsdelar",
    "En rad per stadsdel och den tid den hör till ett stadsdelsområde. "
    "En stadsdel som har bytt område har flera rader.",
    (
        Column(
            "name",
            "Stadsdel",
            Kind.TEXT,
            "Stadsdelens namn.",
            "Hökarängen",
            required=True,
            key=True,
        ),
        Column(
            "district",
            "Stadsdelsområde",
            Kind.REFERENCE,
            "Koden från bladet Stadsdelsområden.",
            "FAR",
            required=True,
            key=True,
            target="districts",
        ),
        valid_from(key=True),
        valid_to(),
        aliases(),
        remark(),
    ),
)
POLICE_AREAS = Sheet(
    "police_areas",
    "Polisområden",
    "Polisregionen, polisområdena och lokalpolisområdena.",
    (
        code("Kort kod som aldrig ändras.", "LPO-FAR"),
        needed("name", "Namn", "Områdets namn.", "LPO Farsta"),
        Column(
            "kind",
            "Slag",
            Kind.CHOICE,
            "Polisregion, polisområde eller lokalpolisområde.",
            "lokalpolisområde",
            required=True,
            choices=choices(PoliceAreaKind, "polisregion", "polisområde", "lokalpolisområde"),
        ),
        Column(
            "parent",
            "Ingår i",
            Kind.REFERENCE,
            "Koden för det större polisområde som detta ingår i.",
            "PO-SYD",
            target="police_areas",
        ),
        valid_from(),
        valid_to(),
        Column(
            "successor",
            "Efterföljare",
            Kind.REFERENCE,
            "Koden för det polisområde som tog över.",
            target="police_areas",
        ),
        aliases(),
        remark(),
    ),
)
POLICE_COVERAGE = Sheet(
    "police_coverage",
    "Polisens täckning",
    "Vilket lokalpolisområde som svarar för vilket stadsdelsområde, och när. "
    "En rad med stadsdel går före raden för hela området.",
    (
        Column(
            "police_area",
            "Lokalpolisområde",
            Kind.REFERENCE,
            "Koden från bladet Polisområden.",
            "LPO-FAR",
            required=True,
            key=True,
            target="police_areas",
        ),
        Column(
            "district",
            "Stadsdelsområde",
            Kind.REFERENCE,
            "Koden från bladet Stadsdelsområden.",
            "EAV",
            required=True,
            key=True,
            target="districts",
        ),
        Column(
            "neighbourhood",
            "Stadsdel",
            Kind.REFERENCE,
            "Fylls i bara när raden gäller en enda stadsdel i området.",
            "Rågsved",
            key=True,
            target="neighbourhoods",
        ),
        valid_from(key=True),
        valid_to(),
        remark(),
    ),
)
