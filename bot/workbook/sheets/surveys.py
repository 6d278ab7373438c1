"""The sheets of following up: surveys with their answers, indicators with their observations."""

from __future__ import annotations

from bot.workbook.columns import Column, Kind, Sheet, choices
from bot.workbook.sheets.shared import aliases, area, code, needed, remark, text
from models.indicators import Direction
from models.surveys import Scale, Sensitivity


def _survey() -> Column:
    return Column(
        "survey",
        "Enkät",
        Kind.REFERENCE,
        "Koden från bladet Enkäter.",
        "FAR-2024-05",
        required=True,
        key=True,
        target="surveys",
    )


def _position() -> Column:
    return Column(
        "position",
        "Fråga nr",
        Kind.INTEGER,
        "Frågans nummer i enkäten, 1 till 5.",
        "1",
        required=True,
        key=True,
        least=1,
        most=5,
    )


def _moment(name: str, label: str, guidance: str, example: str) -> Column:
    return Column(name, label, Kind.MOMENT, guidance, example, required=True)


SURVEYS = Sheet(
    "surveys",
    "Enkäter",
    "Korta enkäter till en grupps ledamöter, med 1 till 5 frågor.",
    (
        code("Kort kod som aldrig ändras.", "FAR-2024-05"),
        needed("title_sv", "Rubrik", "Enkätens rubrik.", "Hur går samverkan i Farsta?"),
        text("title_en", "Rubrik på engelska", "Enkätens rubrik på engelska."),
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
            "author",
            "Författare",
            Kind.REFERENCE,
            "E-postadressen från bladet Personer.",
            "maja.ekvall@farsta.stockholm.example",
            target="people",
        ),
        Column(
            "sensitivity",
            "Känslighet",
            Kind.CHOICE,
            "Avgör hur många svar som krävs för att något ska visas.",
            "intern",
            required=True,
            choices=choices(Sensitivity, "öppen", "intern", "känslig"),
        ),
        _moment("opens_at", "Öppnar", "I gruppens tidszon.", "2024-06-10 08:00"),
        _moment("closes_at", "Stänger", "I gruppens tidszon.", "2024-06-17 16:00"),
        remark(),
    ),
)
QUESTIONS = Sheet(
    "questions",
    "Frågor",
    "Enkäternas frågor, en per rad.",
    (
        _survey(),
        _position(),
        needed("wording_sv", "Fråga", "Frågan.", "Samverkan fungerar väl i vår grupp."),
        text("wording_en", "Fråga på engelska", "Frågan på engelska."),
        Column(
            "scale",
            "Svarsslag",
            Kind.CHOICE,
            "Hur frågan besvaras.",
            "skala 1–5",
            required=True,
            choices=choices(Scale, "skala 1–5", "ja eller nej", "val", "tal", "fritext"),
        ),
        Column(
            "choices_sv",
            "Svarsval",
            Kind.WORDS,
            "Svarsvalen, med semikolon mellan, när svarsslaget är val.",
            "bättre; oförändrat; sämre",
        ),
        Column("choices_en", "Svarsval på engelska", Kind.WORDS, "Svarsvalen på engelska."),
        remark(),
    ),
)
INVITATIONS = Sheet(
    "invitations",
    "Inbjudningar",
    "Vilka som har fått enkäten och om de har svarat; aldrig vad.",
    (
        _survey(),
        Column(
            "person",
            "Person",
            Kind.REFERENCE,
            "E-postadressen från bladet Personer.",
            "maja.ekvall@farsta.stockholm.example",
            required=True,
            key=True,
            target="people",
        ),
        Column("answered", "Har svarat", Kind.YES_NO, "Ja eller nej.", "ja", default=False),
        remark(),
    ),
)
ANSWERS = Sheet(
    "answers",
    "Svar",
    "Hur många som gav varje svar i en stängd enkät. Här finns ingen koppling till någon.",
    (
        _survey(),
        _position(),
        Column(
            "value",
            "Svar",
            Kind.CODE,
            "Svaret så som det står i frågans svarsslag.",
            "4",
            required=True,
            key=True,
        ),
        Column("count", "Antal", Kind.INTEGER, "Hur många som gav svaret.", "3", True, least=1),
        remark(),
    ),
)
INDICATORS = Sheet(
    "indicators",
    "Indikatorer",
    "Det som följs över tid, ett mått från en källa per rad.",
    (
        code("Kort kod som aldrig ändras.", "trygg_ensam_kvall"),
        needed("name_sv", "Namn", "Indikatorns namn.", "Trygg vid ensam hemgång kväll"),
        needed("name_en", "Namn på engelska", "Namnet på engelska.", "Safe walking home alone"),
        needed("unit", "Enhet", "Enheten, till exempel % eller antal.", "%"),
        Column(
            "direction",
            "Riktning",
            Kind.CHOICE,
            "Om ett lägre eller högre värde är bättre, eller ingetdera.",
            "högre är bättre",
            required=True,
            choices=choices(Direction, "lägre är bättre", "högre är bättre", "bara sammanhang"),
        ),
        area(),
        needed("source", "Källa", "Undersökningen eller registret.", "Medborgarundersökningen"),
        text("periodicity", "Hur ofta", "Till exempel varje år.", "varje år"),
        aliases(),
        remark(),
    ),
)
OBSERVATIONS = Sheet(
    "observations",
    "Utfall",
    "Ett värde för en indikator, en plats och en period, eller skälet till att det saknas.",
    (
        Column(
            "indicator",
            "Indikator",
            Kind.REFERENCE,
            "Koden från bladet Indikatorer.",
            "trygg_ensam_kvall",
            required=True,
            key=True,
            target="indicators",
        ),
        Column(
            "place",
            "Plats",
            Kind.TEXT,
            "Områdets kod eller stadsdelens namn. Tomt betyder hela staden.",
            "FAR",
            key=True,
        ),
        Column("period", "Period", Kind.CODE, "Året, terminen eller månaden.", "2023", True, True),
        Column("value", "Värde", Kind.DECIMAL, "Värdet i indikatorns enhet.", "56,5"),
        Column("n", "Antal svar", Kind.INTEGER, "Hur många svar värdet bygger på.", "412", least=0),
        Column("population", "Tillfrågade", Kind.INTEGER, "Gruppens storlek.", "61000", least=0),
        Column("low", "Lägst", Kind.DECIMAL, "Källans egen undre gräns (95 %)."),
        Column("high", "Högst", Kind.DECIMAL, "Källans egen övre gräns (95 %)."),
        text("series_break", "Brott i serien", "Varför värdet inte kan jämföras med tidigare."),
        text("not_measured_reason", "Skäl att värde saknas", "Krävs när värdet är tomt."),
        remark(),
    ),
    append_only=True,
)
