"""The sheets of groups, who sits in them, and how far each district is involved."""

from __future__ import annotations

from bot.workbook.columns import Column, Kind, Sheet, choices
from bot.workbook.sheets.shared import (
    LEVELS,
    area,
    code,
    language,
    needed,
    remark,
    text,
    valid_from,
    valid_to,
)
from models.groups import GroupKind, SeatBasis, SeatRole
from models.representation.involvement import Degree

GROUPS = Sheet(
    "groups",
    "Grupper",
    "Styrgrupper, beredningsgrupper och arbetsgrupper, centralt och lokalt.",
    (
        code("Området, streck och STYR, BER eller ARB.", "FAR-BER"),
        needed("name", "Namn", "Det namn ledamöterna använder.", "Farsta lokala beredningsgrupp"),
        Column(
            "kind",
            "Slag",
            Kind.CHOICE,
            "Styrgrupp, beredningsgrupp eller arbetsgrupp.",
            "beredningsgrupp",
            required=True,
            choices=choices(GroupKind, "styrgrupp", "beredningsgrupp", "arbetsgrupp"),
        ),
        Column(
            "level",
            "Nivå",
            Kind.CHOICE,
            "Central eller lokal, samma som överenskommelsens.",
            "lokal",
            required=True,
            choices=LEVELS,
        ),
        Column(
            "district",
            "Stadsdelsområde",
            Kind.REFERENCE,
            "Koden för området; måste fyllas i för en lokal grupp.",
            "FAR",
            target="districts",
        ),
        Column(
            "agreement",
            "Överenskommelse",
            Kind.REFERENCE,
            "Koden för den överenskommelse som gruppen hör till.",
            "OK-FAR-2024",
            target="agreements",
        ),
        area(),
        valid_from(),
        valid_to(),
        Column(
            "zone",
            "Tidszon",
            Kind.TEXT,
            "Den tidszon som gruppens tider är skrivna i.",
            "Europe/Stockholm",
            default="Europe/Stockholm",
        ),
        language("Det språk som boten skriver i gruppens kanal."),
        Column(
            "notice_weeks",
            "Förvarning, veckor",
            Kind.INTEGER,
            "Hur många veckor innan ett uppdrag löper ut som sekreteraren får veta det.",
            "6",
            default=6,
            least=1,
            most=52,
        ),
        remark(),
    ),
)
SEATS = Sheet(
    "seats",
    "Uppdrag",
    "Ett uppdrag i en grupp under en tid. En plats utan person är vakant.",
    (
        code("Gruppens kod, streck och ett nummer.", "FAR-BER-01"),
        Column(
            "group",
            "Grupp",
            Kind.REFERENCE,
            "Koden från bladet Grupper.",
            "FAR-BER",
            required=True,
            target="groups",
        ),
        Column(
            "role",
            "Roll",
            Kind.CHOICE,
            "Ordförande, sekreterare, ledamot, ersättare eller adjungerad.",
            "sekreterare",
            required=True,
            choices=choices(
                SeatRole, "ordförande", "sekreterare", "ledamot", "ersättare", "adjungerad"
            ),
        ),
        Column(
            "organisation",
            "Organisation",
            Kind.REFERENCE,
            "Koden för den organisation som har platsen, också när den är vakant.",
            "SDF-FAR",
            required=True,
            target="organisations",
        ),
        Column(
            "person",
            "Person",
            Kind.REFERENCE,
            "E-postadressen från bladet Personer. Tomt betyder vakant.",
            "maja.ekvall@farsta.stockholm.example",
            target="people",
        ),
        text(
            "position",
            "Plats",
            "Samma ord för rader som är samma plats efter varandra, när den byter innehavare. "
            "Tomt på en ny rad betyder en plats för sig.",
            "FAR-BER-01",
        ),
        Column(
            "deputy_for",
            "Ersätter",
            Kind.REFERENCE,
            "Koden för den plats som en ersättare ersätter; måste fyllas i för en ersättare.",
            target="seats",
        ),
        Column(
            "stands_in",
            "Vikarie",
            Kind.YES_NO,
            "Ja för en ersättare som går in i platsen medan innehavaren är borta, hela den tid "
            "som raden gäller.",
            "nej",
            default=False,
        ),
        Column(
            "represents",
            "Företräder",
            Kind.REFERENCES,
            "Koderna för de områden som platsen talar för; ordet alla betyder alla "
            "områden som fanns när platsen började.",
            "FAR",
            target="districts",
        ),
        Column(
            "basis",
            "Grund",
            Kind.CHOICE,
            "Ordinarie, eller vid behov (då krävs skäl, beslutsfattare och slutdatum).",
            "ordinarie",
            choices=choices(SeatBasis, "ordinarie", "vid behov"),
            default="ordinary",
        ),
        valid_from(),
        valid_to(),
        Column(
            "recorded_on",
            "Antecknad",
            Kind.DATE,
            "Dagen då uppgiften blev känd. Läses bara när platsen är ny.",
            "2024-01-15",
        ),
        text("reason", "Skäl", "Varför platsen finns, när den är vid behov."),
        text("approved_by", "Beslutad av", "Vem som godkände platsen, när den är vid behov."),
        remark(),
    ),
)
INVOLVEMENT = Sheet(
    "involvement",
    "Involvering",
    "Hur långt ett stadsdelsområde är involverat i ett prioriterat område. Det som inte står här "
    "räknas som berört.",
    (
        code("Området, streck och det prioriterade området eller ett nummer.", "FAR-UNSAFE-1"),
        Column(
            "district",
            "Stadsdelsområde",
            Kind.REFERENCE,
            "Koden från bladet Stadsdelsområden.",
            "FAR",
            required=True,
            target="districts",
        ),
        Column(
            "area",
            "Prioriterat område",
            Kind.REFERENCE,
            "Koden från bladet Prioriterade områden.",
            "unsafe_places",
            required=True,
            target="priority_areas",
        ),
        Column(
            "degree",
            "Involveringsgrad",
            Kind.CHOICE,
            "De som leder eller deltar får notiser och enkäter, de som informeras får bara "
            "notiser, de som inte berörs får ingetdera.",
            "deltar",
            required=True,
            choices=choices(Degree, "leder", "deltar", "informeras", "berörs ej"),
        ),
        valid_from(),
        valid_to(),
        remark(),
    ),
)
