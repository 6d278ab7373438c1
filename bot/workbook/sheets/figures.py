"""The sheets of figures: where they come from, what is followed, what it was and is to become."""

from __future__ import annotations

from bot.workbook.columns import Column, Kind, Sheet, choices
from bot.workbook.sheets.shared import aliases, area, code, needed, remark, text
from models.indicators.indicator import Basis, Direction
from models.indicators.sources import NAME_LENGTH, REASON_LENGTH, SourceKind, SourceStatus
from models.surveys.survey import Sensitivity

DATA_SOURCES = Sheet(
    "data_sources",
    "Datakällor",
    "Undersökningar, register och utdata: vems de är, vilka de gäller och vad de inte kan säga.",
    (
        code("Kort kod som aldrig ändras.", "trygghetsmatning"),
        Column(
            "name",
            "Namn",
            Kind.TEXT,
            "Källans namn.",
            "Stadens trygghetsmätning",
            required=True,
            most=NAME_LENGTH,
        ),
        text("name_en", "Namn på engelska", "Namnet på engelska.", most=NAME_LENGTH),
        Column(
            "kind",
            "Slag",
            Kind.CHOICE,
            "Om siffror kommer in, eller går ut på ett nytt sätt.",
            "källa",
            choices=choices(SourceKind, "källa", "utdata"),
            default=SourceKind.SOURCE.value,
        ),
        text("owner", "Ägare", "Den som ansvarar för källan.", "Stadsledningskontoret"),
        text("population", "Vilka", "Vilka eller vad källan gäller.", "Boende 16–79 år"),
        text("periodicity", "Hur ofta", "Till exempel varje år.", "vart tredje år"),
        text("period", "Period", "Den tid som finns i källan.", "2008–2023"),
        text("answers", "Antal", "Hur många svar eller händelser, i ord.", "17 669 svar 2017"),
        text("method", "Metod", "Hur siffrorna tas fram.", "postenkät och webb"),
        text("limits", "Begränsningar", "Vad källan inte kan säga.", most=REASON_LENGTH),
        Column(
            "status",
            "Status",
            Kind.CHOICE,
            "Hur långt den har kommit. Läses bara när raden är ny; sedan ändras den i chatten.",
            "i drift",
            required=True,
            choices=choices(SourceStatus, "föreslagen", "utreds", "i drift", "avslagen"),
        ),
        text("reason", "Skäl", "Krävs för den som är avslagen.", most=REASON_LENGTH),
        remark(),
    ),
)


def _indicator() -> Column:
    return Column(
        "indicator",
        "Indikator",
        Kind.REFERENCE,
        "Koden från bladet Indikatorer.",
        "trygg_ensam_kvall",
        required=True,
        key=True,
        target="indicators",
    )


def _place() -> Column:
    guidance = "Områdets kod eller stadsdelens namn. Tomt betyder hela staden."
    return Column("place", "Plats", Kind.TEXT, guidance, "FAR", key=True)


def _period(guidance: str) -> Column:
    return Column("period", "Period", Kind.CODE, guidance, "2023", True, True)


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
        Column(
            "basis",
            "Underlag",
            Kind.CHOICE,
            "Vad siffran vilar på; avgör vad som får sägas om hur säker den är.",
            "urval",
            choices=choices(Basis, "urval", "register", "gruppens medlemmar", "självvald panel"),
            default=Basis.SAMPLE.value,
        ),
        Column(
            "sensitivity",
            "Känslighet",
            Kind.CHOICE,
            "Hur mycket ett svar kan avslöja.",
            "öppen",
            choices=choices(Sensitivity, "öppen", "intern", "känslig"),
            default=Sensitivity.OPEN.value,
        ),
        text(
            "theme",
            "Tema",
            "Det som flera källor visas tillsammans under. ”trygghet ute” och ”oro för brott” "
            "nämns också vid resultatet av en enkät om det.",
            "trygghet ute",
        ),
        text(
            "construct",
            "Mått",
            "Samma ord bara för indikatorer som mäter exakt samma sak.",
            "otrygg_sent_tm",
        ),
        Column(
            "persons",
            "Räknar personer",
            Kind.YES_NO,
            "Ja om antalet är personer: då visas aldrig 1 till 4.",
            "nej",
            default=False,
        ),
        Column(
            "data_source",
            "Datakälla",
            Kind.REFERENCE,
            "Koden från bladet Datakällor.",
            "trygghetsmatning",
            target="data_sources",
        ),
        remark(),
    ),
)
OBSERVATIONS = Sheet(
    "observations",
    "Utfall",
    "Ett värde för en indikator, en plats och en period, eller skälet till att det saknas.",
    (
        _indicator(),
        _place(),
        _period("Året, eller en del av det: 2023, 2023-T2, 2023-K4, 2023-HT, 2023-05."),
        Column("value", "Värde", Kind.DECIMAL, "Värdet i indikatorns enhet.", "56,5", least=0),
        Column("n", "Antal svar", Kind.INTEGER, "Hur många svar värdet bygger på.", "412", least=0),
        Column("population", "Tillfrågade", Kind.INTEGER, "Gruppens storlek.", "61000", least=0),
        Column("low", "Lägst", Kind.DECIMAL, "Källans egen undre gräns (95 %).", least=0),
        Column("high", "Högst", Kind.DECIMAL, "Källans egen övre gräns (95 %).", least=0),
        Column("margin", "Felmarginal", Kind.DECIMAL, "Plus och minus, i enheten.", "3", least=0),
        Column("count", "Antal i register", Kind.INTEGER, "Antalet bakom värdet.", "23", least=0),
        text("source", "Källa", "Om en annan än indikatorns."),
        text("method", "Metod", "Om en annan än källans.", "telefon"),
        text("series_break", "Brott i serien", "Varför värdet inte kan jämföras med tidigare."),
        text("not_measured_reason", "Skäl att värde saknas", "Krävs när värdet är tomt."),
        text(
            "correction",
            "Rättelse",
            "Skälet när raden rättar ett sparat utfall. Hela raden gäller då som den står, och det "
            "gamla utfallet sparas.",
            most=REASON_LENGTH,
        ),
        remark(),
    ),
    append_only=True,
)
TARGETS = Sheet(
    "targets",
    "Målvärden",
    "Vad en indikator ska nå, var och när.",
    (
        _indicator(),
        _place(),
        _period("När målet ska vara nått: 2026, 2026-T2."),
        Column(
            "value", "Målvärde", Kind.DECIMAL, "I indikatorns enhet.", "60", required=True, least=0
        ),
        text("decided_by", "Beslutat av", "Vem som beslutat målet.", "Kommunfullmäktige"),
        remark(),
    ),
)
