"""A small cooperation as CSV texts, and what it takes to change, write and import it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.workbook import importing
from bot.workbook.faults import told
from bot.workbook.importing import Outcome
from bot.workbook.storing import Counts
from handlers.texts import language
from models.database import Database

AT = datetime(2024, 6, 10, 6, 0, tzinfo=UTC)

Sheets = dict[str, list[str]]
"""Lines of CSV by the sheet's name, the headings first."""

VILLAGE: Sheets = {
    "districts": [
        "code,name,valid_from,valid_to,successor,aliases",
        "FAR,Farsta,2007-01-01,,,",
        "RIK,Rinkeby-Kista,2007-01-01,2023-06-30,JAR,RK",
        "JAR,Järva,2023-07-01,,,",
    ],
    "neighbourhoods": [
        "name,district,valid_from,valid_to,aliases",
        "Hökarängen,FAR,2007-01-01,,Hökis",
        "Kista,RIK,2007-01-01,2023-06-30,",
        "Kista,JAR,2023-07-01,,",
    ],
    "police_areas": [
        "code,name,kind,parent,valid_from",
        "LPO-FAR,LPO Farsta,local_police_area,PO-SYD,2015-01-01",
        "PO-SYD,Polisområde syd,police_area,,2015-01-01",
    ],
    "police_coverage": [
        "police_area,district,neighbourhood,valid_from,valid_to",
        "LPO-FAR,FAR,,2015-01-01,",
        "LPO-FAR,FAR,Hökarängen,2015-01-01,",
    ],
    "organisations": [
        "code,name,kind,party,district,police_area,valid_from",
        "SDF-FAR,Farsta stadsdelsförvaltning,district_administration,city,FAR,,2007-01-01",
        "LPO-FAR,LPO Farsta,local_police_area,police,,LPO-FAR,2015-01-01",
    ],
    "people": [
        "email,name,title,organisation,language,display_policy,standing,left_on",
        "Maja@farsta.example,Maja Ekvall,Samordnare,SDF-FAR,sv,shown,member,",
        "jonas@polisen.example,Jonas Lindmark,Kommunpolis,LPO-FAR,sv,function_only,member,",
    ],
    "priority_areas": [
        "code,version,name_sv,name_en,valid_from,valid_to,successor",
        "places,decided_2019,Platser,Places,2019-11-04,2024-01-10,unsafe_places",
        "unsafe_places,revised_2024,Otrygga platser,Unsafe places,2024-01-11,,",
    ],
    "agreements": [
        "code,name,level,districts,police_areas,status,valid_from",
        "OK-FAR,Lokal överenskommelse,local,FAR,LPO-FAR,in_force,2022-01-01",
    ],
    "groups": [
        "code,name,kind,level,district,agreement,area,valid_from,zone,language",
        "FAR-BER,Farsta beredning,preparatory,local,FAR,OK-FAR,,2022-01-01,Europe/Stockholm,sv",
    ],
    "seats": [
        "code,group,role,organisation,person,deputy_for,represents,basis,valid_from,valid_to,recorded_on,reason,approved_by",
        "FAR-BER-01,FAR-BER,secretary,SDF-FAR,maja@farsta.example,,all,ordinary,2022-01-01,,2022-01-10,,",
        "FAR-BER-02,FAR-BER,deputy,LPO-FAR,jonas@polisen.example,FAR-BER-03,,ordinary,2022-01-01,,2022-01-10,,",
        "FAR-BER-03,FAR-BER,member,LPO-FAR,,,,ordinary,2022-01-01,,2022-01-10,,",
    ],
    "measures": [
        "code,title,group,organisation,party,owner,area,category,start_on,due_on,cadence_days",
        "FAR-014,Belysning,FAR-BER,SDF-FAR,city,maja@farsta.example,unsafe_places,environment,2024-02-01,2024-08-31,14",
    ],
    "reports": [
        "measure,reported_at,reporter,status,percent,comment,help_wanted",
        "FAR-014,2024-03-01 09:30,maja@farsta.example,ongoing,40,Stolparna är beställda,no",
        "FAR-014,2024-01-10 09:30,,not_started,,,no",
    ],
    "meetings": [
        "group,starts_at,ends_at,place,cancelled",
        "FAR-BER,2024-05-21 13:00,2024-05-21 15:00,Farsta,no",
    ],
    "decisions": [
        "group,starts_at,number,text,organisation,affects",
        "FAR-BER,2024-05-21 13:00,12,Belysningen går före,SDF-FAR,FAR; JAR",
    ],
    "surveys": [
        "code,title_sv,group,author,sensitivity,opens_at,closes_at",
        "E-1,Läget,FAR-BER,maja@farsta.example,internal,2024-02-12 09:00,2024-02-23 16:00",
    ],
    "questions": [
        "survey,position,wording_sv,scale,choices_sv",
        "E-1,1,Går det bra?,yes_no,",
        "E-1,2,Åt vilket håll?,choice,Bättre; Sämre",
    ],
    "invitations": [
        "survey,person,answered",
        "E-1,maja@farsta.example,yes",
        "E-1,jonas@polisen.example,yes",
    ],
    "answers": [
        "survey,position,value,count",
        "E-1,1,yes,1",
        "E-1,1,no,1",
        "E-1,2,1,2",
    ],
    "indicators": [
        "code,name_sv,name_en,unit,direction,source",
        "TRYGG,Trygg kväll,Safe at night,%,higher,Medborgarundersökningen",
    ],
    "observations": [
        "indicator,place,period,value,n,low,high,not_measured_reason",
        "TRYGG,,2021,56.5,9850,55,58,",
        "TRYGG,FAR,2021,49,412,44,54,",
        "TRYGG,Kista,2020,,,,,Undersökningen ställdes in",
    ],
}


def village(**replaced: list[str]) -> Sheets:
    """The small cooperation with whole sheets replaced."""
    return {**VILLAGE, **replaced}


def with_line(sheet: str, line: str) -> Sheets:
    """The small cooperation with one more row in a sheet."""
    return village(**{sheet: [*VILLAGE[sheet], line]})


def write(folder: Path, sheets: Sheets) -> Path:
    """Writes the sheets as CSV files to a folder."""
    folder.mkdir(exist_ok=True)
    for name, lines in sheets.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def bring_in(database: Database, *paths: Path, at: datetime = AT) -> Outcome:
    """Imports files and folders."""
    return importing.bring_in(importing.read(list(paths)), database, at)


def imported(database: Database, *paths: Path) -> Counts:
    """Imports files that are expected to be well."""
    outcome = bring_in(database, *paths)
    assert faults(outcome) == []
    return outcome.counts


def faults(outcome: Outcome) -> list[str]:
    """The faults in English, as the operator reads them."""
    return [told(fault, language("en")) for fault in outcome.faults]


NUMBER_OF_ROWS = sum(len(lines) - 1 for lines in VILLAGE.values())
