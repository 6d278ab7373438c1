"""The sheets of surveys: who is asked what, who has answered, and how many gave which answer."""

from __future__ import annotations

from bot.workbook.columns import Column, Kind, Sheet, choices
from bot.workbook.sheets.shared import code, needed, remark, text
from models.surveys.survey import Scale, Sensitivity


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
        Column(
            "target_groups",
            "Tillfrågade grupper",
            Kind.WORDS,
            "Gruppernas koder med semikolon mellan, eller every:steering, every:preparatory och "
            "every:working för alla lokala grupper av ett slag. Tomt betyder gruppen själv.",
            "FAR-BER; BRO-BER",
        ),
        Column(
            "target_roles",
            "Tillfrågade roller",
            Kind.WORDS,
            "chair, secretary, member, deputy eller co_opted, med semikolon mellan. Tomt betyder "
            "alla.",
            "chair; secretary",
        ),
        Column(
            "target_area",
            "Berörda av område",
            Kind.REFERENCE,
            "Bara de vars stadsdelsområde leder eller deltar i det prioriterade området.",
            "places",
            target="priority_areas",
        ),
        Column(
            "repeat_weeks",
            "Veckor mellan omgångar",
            Kind.INTEGER,
            "Tomt eller 0 betyder en enda omgång.",
            "26",
            default=0,
            least=0,
            most=104,
        ),
        Column(
            "waves", "Antal omgångar", Kind.INTEGER, "1 till 20.", "4", default=1, least=1, most=20
        ),
        text("series", "Serie", "Koden för seriens första omgång, när detta är en senare."),
        Column(
            "wave", "Omgång", Kind.INTEGER, "Omgångens nummer.", "1", default=1, least=1, most=99
        ),
        Column(
            "asked",
            "Antal tillfrågade",
            Kind.INTEGER,
            "Bara när svaren samlades in någon annanstans, till exempel i en boendepanel.",
            "300",
            least=0,
        ),
        Column(
            "answered",
            "Antal som svarat",
            Kind.INTEGER,
            "Bara när svaren samlades in någon annanstans.",
            "180",
            least=0,
        ),
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
        text(
            "bank",
            "Fråga i frågebanken",
            "Nyckeln i frågebanken, till exempel m_coop. Tomt betyder en egen fråga.",
        ),
        Column(
            "sensitivity",
            "Känslighet",
            Kind.CHOICE,
            "När frågan är känsligare eller öppnare än enkäten i övrigt.",
            "känslig",
            choices=choices(Sensitivity, "öppen", "intern", "känslig"),
        ),
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
