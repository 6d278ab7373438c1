"""The sheets of work: measures and reports on them, meetings, decisions and action points."""

from __future__ import annotations

from dataclasses import replace

from bot.workbook.columns import Column, Kind, Sheet, choices
from bot.workbook.sheets.shared import PARTIES, area, code, needed, remark, text
from models.measures.measure import COMMENT_LENGTH, Category, Horizon, MeasureStatus
from models.meetings.action_points import TEXT_LENGTH as POINT_LENGTH

HORIZONS = replace(
    choices(Horizon, "kort", "lång"),
    also={
        "kort sikt": "short",
        "på kort sikt": "short",
        "lång sikt": "long",
        "på lång sikt": "long",
    },
)

STATUSES = replace(
    choices(
        MeasureStatus,
        "ej påbörjad",
        "pågår",
        "riskerar försening",
        "försenad",
        "klar",
        "avbruten",
    ),
    also={"enligt plan": "ongoing", "on track": "ongoing", "klart": "done", "färdig": "done"},
)


def _group(*, key: bool = False) -> Column:
    return Column(
        "group",
        "Grupp",
        Kind.REFERENCE,
        "Koden från bladet Grupper.",
        "FAR-BER",
        required=True,
        key=key,
        target="groups",
    )


def _starts_at() -> Column:
    return Column(
        "starts_at",
        "Börjar",
        Kind.MOMENT,
        "Dag och klockslag i gruppens tidszon.",
        "2024-06-18 13:00",
        required=True,
        key=True,
    )


MEASURES = Sheet(
    "measures",
    "Åtgärder",
    "Det som parterna har kommit överens om att göra.",
    (
        code(
            "Områdets kod, streck och tre siffror; ändras aldrig.",
            "FAR-014",
            form="[A-Z]{3}-[0-9]{3}",
        ),
        needed("title", "Åtgärd", "Vad som ska göras, kort.", "Belysning i gångtunneln Hökarängen"),
        _group(),
        Column(
            "organisation",
            "Organisation",
            Kind.REFERENCE,
            "Koden för den organisation som ansvarar.",
            "TK",
            required=True,
            target="organisations",
        ),
        Column(
            "party",
            "Part",
            Kind.CHOICE,
            "Stad, polis, extern eller gemensam.",
            "stad",
            required=True,
            choices=PARTIES,
        ),
        Column(
            "owner",
            "Ansvarig",
            Kind.REFERENCE,
            "E-postadressen till den som ansvarar. Tomt betyder att ansvarig saknas.",
            "karim.haddad@trafik.stockholm.example",
            target="people",
        ),
        area(),
        Column(
            "category",
            "Slag av insats",
            Kind.CHOICE,
            "Förebyggande åtgärder, sociala insatser eller trygg stadsmiljö.",
            "trygg stadsmiljö",
            required=True,
            choices=choices(Category, "förebyggande", "sociala insatser", "trygg stadsmiljö"),
        ),
        text("instrument", "Medel", "Till exempel belysning, fältarbete, trygghetsvandring."),
        text("place", "Plats", "Platsen, aldrig någons adress.", "Gångtunneln vid Hökarängen"),
        Column("start_on", "Börjar", Kind.DATE, "Första dagen.", "2024-02-01", required=True),
        Column("due_on", "Klar senast", Kind.DATE, "Sista dagen.", "2024-08-31"),
        Column(
            "cadence_days",
            "Frågas var … dag",
            Kind.INTEGER,
            "Antal dagar mellan botens frågor till den ansvariga.",
            "30",
            default=30,
            least=1,
            most=366,
        ),
        Column(
            "horizon",
            "Sikt",
            Kind.CHOICE,
            "Om åtgärden ska verka på kort eller lång sikt. Tomt betyder kort.",
            "kort",
            choices=HORIZONS,
            default="short",
        ),
        text("funding_source", "Finansiering", "Varifrån pengarna kommer.", "Nämndens budget"),
        Column(
            "funding_kr",
            "Belopp i kronor",
            Kind.CROWNS,
            "Hela kronor för hela åtgärden; 1,2 mnkr förstås också. Räknas det år den börjar.",
            "1 200 000",
        ),
        Column(
            "promised",
            "Lovat antal",
            Kind.INTEGER,
            "För ett medborgarlöfte: hur många gånger mellan första och sista dagen.",
            "40",
            least=1,
            most=10_000,
        ),
        text("promise_unit", "Vad som räknas", "Det som löftet räknas i.", "helger", most=40),
        Column(
            "contributors",
            "Medverkande",
            Kind.REFERENCES,
            "Koderna för andra organisationer som medverkar, med semikolon mellan.",
            "LPO-FARSTA; UTB",
            target="organisations",
        ),
        Column(
            "goals",
            "Målens koder",
            Kind.REFERENCES,
            "Koderna från bladet Mål, med semikolon mellan.",
            "FAR-M1; FAR-M2",
            target="goals",
        ),
        Column(
            "causes",
            "Orsakernas koder",
            Kind.REFERENCES,
            "Koderna från bladet Orsaker, med semikolon mellan. Kopplingar går före egna ord.",
            "FAR-O1",
            target="causes",
        ),
        text("goal", "Mål", "Målet i egna ord, där det inte finns på bladet Mål."),
        text("cause", "Orsak", "Orsaken i egna ord, där den inte finns på bladet Orsaker."),
        text("problem", "Problem", "Problemet i egna ord, där det inte finns på bladet Problem."),
        remark(),
    ),
)
REPORTS = Sheet(
    "reports",
    "Lägesrapporter",
    "Vad som har rapporterats om åtgärderna. En rapport ändras aldrig; skriv en ny rad.",
    (
        Column(
            "measure",
            "Åtgärd",
            Kind.REFERENCE,
            "Koden från bladet Åtgärder.",
            "FAR-014",
            required=True,
            key=True,
            target="measures",
        ),
        Column(
            "reported_at",
            "Rapporterad",
            Kind.MOMENT,
            "Dag och klockslag i gruppens tidszon.",
            "2024-06-07 10:30",
            required=True,
            key=True,
        ),
        Column(
            "reporter",
            "Rapporterad av",
            Kind.REFERENCE,
            "E-postadressen från bladet Personer.",
            "karim.haddad@trafik.stockholm.example",
            target="people",
        ),
        Column(
            "status",
            "Status",
            Kind.CHOICE,
            "Hur det går med åtgärden.",
            "pågår",
            required=True,
            choices=STATUSES,
        ),
        Column(
            "percent",
            "Procent klart",
            Kind.INTEGER,
            "Ett helt tal från 0 till 100.",
            "60",
            least=0,
            most=100,
        ),
        text(
            "comment",
            "Kommentar",
            "Kort text om läget. Aldrig något om enskilda personer.",
            most=COMMENT_LENGTH,
        ),
        text(
            "obstacle",
            "Hinder",
            "Det som hindrar, när åtgärden är försenad.",
            most=COMMENT_LENGTH,
        ),
        Column("help_wanted", "Behöver hjälp", Kind.YES_NO, "Ja eller nej.", "nej", default=False),
        text("next_step", "Nästa steg", "Vad som görs härnäst.", most=COMMENT_LENGTH),
        Column(
            "times_done",
            "Gånger hittills",
            Kind.INTEGER,
            "För ett medborgarlöfte: hur många gånger det har gjorts hittills, sammanlagt.",
            "19",
            least=0,
            most=10_000,
        ),
        remark(),
    ),
    append_only=True,
)
MEETINGS = Sheet(
    "meetings",
    "Möten",
    "Gruppernas möten, hållna och planerade.",
    (
        _group(key=True),
        _starts_at(),
        Column(
            "ends_at",
            "Slutar",
            Kind.MOMENT,
            "Dag och klockslag i gruppens tidszon.",
            "2024-06-18 15:00",
            required=True,
        ),
        text("place", "Plats", "Lokal eller videomöte.", "Farsta medborgarkontor"),
        text("agenda", "Dagordning", "Punkterna, kort."),
        Column("cancelled", "Inställt", Kind.YES_NO, "Ja eller nej.", "nej", default=False),
        remark(),
    ),
)
DECISIONS = Sheet(
    "decisions",
    "Beslut",
    "Beslut vid mötena, numrerade som paragraferna i protokollet. Ett beslut ändras aldrig.",
    (
        _group(key=True),
        _starts_at(),
        Column(
            "number",
            "Paragraf",
            Kind.INTEGER,
            "Paragrafens nummer.",
            "12",
            required=True,
            key=True,
            least=1,
        ),
        needed("text", "Beslut", "Vad som beslutades."),
        Column(
            "organisation",
            "Organisation",
            Kind.REFERENCE,
            "Koden för den organisation som ska genomföra beslutet.",
            target="organisations",
        ),
        Column(
            "affects",
            "Berör",
            Kind.REFERENCES,
            "Koderna för de områden som berörs, med semikolon mellan.",
            "FAR; SKN",
            target="districts",
        ),
        text("registry_number", "Diarienummer", "Diarienumret.", "FAR 2024/118"),
        remark(),
    ),
    append_only=True,
)
ACTION_POINTS = Sheet(
    "action_points",
    "Åtgärdspunkter",
    "Vem som ska göra vad till när efter mötena. En punkt ändras i chatten, aldrig av en fil.",
    (
        _group(key=True),
        _starts_at(),
        Column(
            "text",
            "Vad som ska göras",
            Kind.TEXT,
            "Kort. Aldrig något om enskilda personer.",
            "Ta fram en karta över mörka platser",
            required=True,
            key=True,
            most=POINT_LENGTH,
        ),
        Column(
            "owner",
            "Vem",
            Kind.REFERENCE,
            "E-postadressen från bladet Personer.",
            "maja.ekvall@farsta.stockholm.example",
            required=True,
            target="people",
        ),
        Column("due_on", "Klar senast", Kind.DATE, "Sista dagen.", "2024-06-28", required=True),
        Column(
            "decision",
            "Paragraf",
            Kind.INTEGER,
            "Paragrafen som punkten följer av, om någon.",
            "12",
            least=1,
        ),
        Column("done_on", "Klar den", Kind.DATE, "Dagen då den blev klar. Läses för nya rader."),
        Column(
            "restricted",
            "Begränsad",
            Kind.YES_NO,
            "Ja betyder att bara gruppen ser punkten.",
            "nej",
            default=False,
        ),
        remark(),
    ),
    append_only=True,
)
