"""The sheets of what measures are for: problems, their causes, directions and goals."""

from __future__ import annotations

from bot.workbook.columns import Column, Kind, Sheet, choices
from bot.workbook.sheets.shared import area, code, needed, remark, text
from models.chain.links import Leg

LEGS = choices(Leg, "gärningsperson", "brottsutsatt", "plats")


def _code(letter: str, example: str) -> Column:
    return code(
        "Områdets kod, streck, bokstav och löpnummer; ändras aldrig.",
        example,
        form=f"([A-Z]{{3}}-)?{letter}-?[0-9]{{1,3}}",
    )


def _of(name: str, label: str, guidance: str, example: str) -> Column:
    """What the row hangs on, one step up in the chain."""
    return Column(name, label, Kind.REFERENCE, guidance, example, required=True, target=f"{name}s")


def _number(name: str, label: str, guidance: str, example: str) -> Column:
    return Column(name, label, Kind.DECIMAL, guidance, example)


PROBLEMS = Sheet(
    "problems",
    "Problem",
    "De problem som den gemensamma lägesbilden pekar ut och styrgruppen har rangordnat.",
    (
        _code("P", "FAR-P1"),
        needed("title", "Problem", "Problemet, kort.", "Otrygghet och skadegörelse i centrum"),
        Column(
            "group",
            "Grupp",
            Kind.REFERENCE,
            "Koden för den styrgrupp som rangordnar problemet.",
            "FAR-STYR",
            required=True,
            target="groups",
        ),
        area(),
        Column(
            "rank",
            "Rang",
            Kind.INTEGER,
            "Styrgruppens rangordning: 1 är viktigast. Tomt betyder inte rangordnat.",
            "1",
            least=1,
            most=99,
        ),
        text("source", "Källa", "Den lägesbild som pekar ut det.", "Lägesbild 2024, stad + polis"),
        remark(),
    ),
)
CAUSES = Sheet(
    "causes",
    "Orsaker",
    "Det som orsaksanalysen har funnit, ett ben av brottstriangeln i varje rad.",
    (
        _code("O", "FAR-O1"),
        needed("title", "Orsak", "Orsaken, kort.", "Skymd sikt och få vuxna kvällstid"),
        _of("problem", "Problem", "Koden från bladet Problem.", "FAR-P1"),
        Column(
            "leg",
            "Ben",
            Kind.CHOICE,
            "Gärningsperson, brottsutsatt eller plats.",
            "plats",
            required=True,
            choices=LEGS,
        ),
        remark(),
    ),
)
DIRECTIONS = Sheet(
    "directions",
    "Inriktningar",
    "Det som parterna är överens om att göra åt en orsak, i stort.",
    (
        _code("I", "FAR-I1"),
        needed("title", "Inriktning", "Inriktningen, kort.", "Ljusare stråk och fler vuxna"),
        _of("cause", "Orsak", "Koden från bladet Orsaker.", "FAR-O1"),
        remark(),
    ),
)
GOALS = Sheet(
    "goals",
    "Mål",
    "Målen för varje inriktning. Ett mål utan utgångsvärde, målvärde, datum eller indikator är "
    "ofullständigt: det importeras, men det sägs.",
    (
        _code("M", "FAR-M1"),
        needed("title", "Mål", "Målet, kort.", "Färre personrån"),
        _of("direction", "Inriktning", "Koden från bladet Inriktningar.", "FAR-I1"),
        _number("baseline", "Utgångsvärde", "Värdet när målet sätts.", "24"),
        _number("target", "Målvärde", "Värdet som ska nås.", "16"),
        text("unit", "Enhet", "Vad värdena räknas i.", "anmälda rån per år"),
        Column("due_on", "Nås senast", Kind.DATE, "Sista dagen.", "2024-12-31"),
        text("indicator", "Indikator", "Det som följer målet.", "Anmälda personrån, polisen"),
        remark(),
    ),
)
