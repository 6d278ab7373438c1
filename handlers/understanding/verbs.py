"""The one list of verbs: help, the page's completion and the manifests are made from it."""

from __future__ import annotations

from dataclasses import dataclass

from handlers.understanding.meaning import Intent


@dataclass(frozen=True)
class Verb:
    """A verb as members write it: its names, an example line, and what it does (a msgid)."""

    intent: Intent
    swedish: tuple[str, ...]
    english: tuple[str, ...]
    example_sv: str
    example_en: str
    sentence: str

    def names(self, language: str) -> tuple[str, ...]:
        """The verb's names in a language, the usual one first."""
        return self.english if language == "en" else self.swedish

    def example(self, language: str) -> str:
        """A line that uses the verb."""
        return self.example_en if language == "en" else self.example_sv


VERBS: tuple[Verb, ...] = (
    Verb(
        Intent.REPRESENTATION,
        ("vem", "vilka", "företräder", "ersättare"),
        ("who", "represents", "deputy"),
        "vem Farsta styrgrupp",
        "who Farsta steering group",
        "Shows who represents whom in a group, today or on another day.",
    ),
    Verb(
        Intent.REPORT,
        ("rapportera", "rapport"),
        ("report",),
        "rapportera FAR-014 pågår Belysningen är beställd",
        "report FAR-014 ongoing The lights are ordered",
        "Reports progress on a measure; alone it opens a form with your measures.",
    ),
    Verb(
        Intent.MEASURES,
        ("åtgärder", "mina", "försenade"),
        ("measures", "my measures", "overdue"),
        "åtgärder Farsta försenade",
        "measures Farsta overdue",
        "Lists measures: yours, a district's, late ones, those without an owner.",
    ),
    Verb(
        Intent.WHY,
        ("varför",),
        ("why",),
        "varför FAR-014",
        "why FAR-014",
        "Shows the cause and the problem behind a measure.",
    ),
    Verb(
        Intent.MEASURE_NEW,
        ("ny åtgärd",),
        ("new measure",),
        "ny åtgärd Farsta",
        "new measure Farsta",
        "Adds a measure: what is done, by whom and until when.",
    ),
    Verb(
        Intent.MEASURE_CHANGE,
        ("ändra",),
        ("change",),
        "ändra FAR-014",
        "change FAR-014",
        "Changes a measure: its owner, its dates, its place and the like.",
    ),
    Verb(
        Intent.TIMELINE,
        ("historik", "tidslinje"),
        ("history", "timeline"),
        "historik FAR-014",
        "history FAR-014",
        "Shows all that was reported, asked and changed about a measure.",
    ),
    Verb(
        Intent.FOLLOW,
        ("följ", "sluta följa"),
        ("follow", "unfollow"),
        "följ FAR-014",
        "follow FAR-014",
        "Tells you what is reported on a measure, until you stop following it.",
    ),
    Verb(
        Intent.QUESTION,
        ("fråga",),
        ("ask",),
        "fråga FAR-014 När monteras belysningen?",
        "ask FAR-014 When are the lights put up?",
        "Asks whoever answers for a measure; the answer comes back to you.",
    ),
    Verb(
        Intent.CHAIN,
        ("kedjan", "problem", "mål", "orsaker"),
        ("chain", "problems", "goals", "causes"),
        "kedjan Farsta",
        "chain Farsta",
        "Shows problems, causes, goals and measures, and how they hang together.",
    ),
    Verb(
        Intent.APPROVALS,
        ("godkänna", "att godkänna"),
        ("approvals",),
        "godkänna",
        "approvals",
        "Shows what waits for the approval of the city or the police.",
    ),
    Verb(
        Intent.PLAN,
        ("handlingsplan", "plan"),
        ("plan",),
        "handlingsplan Farsta",
        "plan Farsta",
        "Shows a group's plan of action, to read or to print.",
    ),
    Verb(
        Intent.FUNDING,
        ("finansiering", "pengar"),
        ("funding",),
        "finansiering 2024 Farsta",
        "funding 2024 Farsta",
        "Sums up what measures cost and who pays.",
    ),
    Verb(
        Intent.MY_ROLE,
        ("min roll", "mina uppdrag"),
        ("my seats", "my role"),
        "min roll",
        "my seats",
        "Shows the groups that you sit in, and as what.",
    ),
    Verb(
        Intent.COVERAGE,
        ("representation", "täckning", "vakanser"),
        ("coverage", "vacancies"),
        "vakanser Järva",
        "vacancies Järva",
        "Shows vacant seats and districts that have no voice.",
    ),
    Verb(
        Intent.APPOINT,
        ("utse", "tillsätt"),
        ("appoint",),
        "utse ledamot i Farsta styrgrupp",
        "appoint member in Farsta steering group",
        "Appoints somebody to a seat; for the group's chair or secretary, or the coordinator.",
    ),
    Verb(
        Intent.REPLACE_SEAT,
        ("byt", "ersätt"),
        ("replace",),
        "byt sekreterare i Farsta styrgrupp",
        "replace secretary in Farsta steering group",
        "Lets a successor take over a seat from a day.",
    ),
    Verb(
        Intent.END_SEAT,
        ("avsluta", "entlediga"),
        ("end",),
        "avsluta ett uppdrag i Farsta styrgrupp",
        "end a seat in Farsta steering group",
        "Ends a mandate on a day; the seat then stands vacant or is withdrawn.",
    ),
    Verb(
        Intent.DEPUTISE,
        ("vikarie", "utse ersättare"),
        ("deputise", "stand-in"),
        "vikarie i Farsta styrgrupp",
        "stand-in in Farsta steering group",
        "Names somebody who stands in for a holder for a time.",
    ),
    Verb(
        Intent.CO_OPT,
        ("adjungera",),
        ("co-opt", "coopt"),
        "adjungera socialförvaltningen till Skärholmen styrgrupp",
        "co-opt socialförvaltningen to Skärholmen steering group",
        "Asks the chairs for a seat when needed, with a reason and an end.",
    ),
    Verb(
        Intent.SEAT_CHANGES,
        ("ändringar", "senaste ändringar"),
        ("changes", "latest changes"),
        "ändringar Farsta styrgrupp",
        "changes Farsta steering group",
        "Shows what was changed in a group's seats, by whom and when.",
    ),
    Verb(
        Intent.INVOLVEMENT,
        ("involvering", "involveringsgrad"),
        ("involvement",),
        "involvering otillåten påverkan",
        "involvement undue influence",
        "Shows how far each district is involved in an area, or changes it.",
    ),
    Verb(
        Intent.MEETINGS,
        ("möten", "nästa möte"),
        ("meetings", "next meeting"),
        "nästa möte Bromma",
        "next meeting Bromma",
        "Shows when groups meet.",
    ),
    Verb(
        Intent.MEETING_NEW,
        ("nytt möte", "planera möte"),
        ("new meeting", "plan meeting"),
        "nytt möte Farsta styrgrupp",
        "new meeting Farsta steering group",
        "Plans a meeting, or a series of them, and tells the group's members.",
    ),
    Verb(
        Intent.MEETING_CHANGE,
        ("ändra möte", "flytta möte", "ställ in möte"),
        ("change meeting", "move meeting", "cancel meeting"),
        "flytta möte Farsta styrgrupp",
        "move meeting Farsta steering group",
        "Moves, changes or cancels a meeting, and tells the group's members.",
    ),
    Verb(
        Intent.INPUTS,
        ("inspel",),
        ("input",),
        "inspel",
        "input",
        "Shows what you are asked to bring to a meeting from your district.",
    ),
    Verb(
        Intent.CALENDAR,
        ("prenumerera", "kalenderlänk"),
        ("subscribe", "calendar link"),
        "prenumerera Farsta styrgrupp",
        "subscribe Farsta steering group",
        "Gives an address at which your calendar reads when groups meet.",
    ),
    Verb(
        Intent.YEAR,
        ("årshjul", "årskalender"),
        ("year wheel", "annual cycle"),
        "årshjul Farsta",
        "year wheel Farsta",
        "Shows a whole year: meetings, revisions, reports, surveys, mandates, measures.",
    ),
    Verb(
        Intent.DECISIONS,
        ("beslut",),
        ("decisions",),
        "beslut centrala styrgruppen",
        "decisions central steering group",
        "Lists decisions that groups have taken.",
    ),
    Verb(
        Intent.DECISION_NEW,
        ("skriv beslut", "nytt beslut"),
        ("write decision", "new decision"),
        "skriv beslut Farsta styrgrupp",
        "write decision Farsta steering group",
        "Writes what a group's meeting decides, today's or the last; for its secretary or chair.",
    ),
    Verb(
        Intent.ACTION_POINTS,
        ("åtgärdspunkter", "mina åtgärdspunkter"),
        ("action points", "my action points"),
        "åtgärdspunkter Farsta",
        "action points Farsta",
        "Shows who does what by when after meetings, and marks it as done.",
    ),
    Verb(
        Intent.POINT_NEW,
        ("ny åtgärdspunkt",),
        ("new action point",),
        "ny åtgärdspunkt Farsta styrgrupp",
        "new action point Farsta steering group",
        "Gives somebody something to do until a day, from a group's last meeting.",
    ),
    Verb(
        Intent.DIGEST,
        ("veckan", "sammanfattning"),
        ("digest", "summary"),
        "veckan Järva",
        "digest Järva",
        "Tells what has happened: the last seven days, a week, or since the last meeting.",
    ),
    Verb(
        Intent.SURVEY,
        ("enkät", "enkäter"),
        ("survey", "surveys"),
        "enkät",
        "survey",
        "Shows surveys that wait for your answer, or makes one.",
    ),
    Verb(
        Intent.SURVEY_RESULT,
        ("resultat",),
        ("results", "result"),
        "resultat",
        "results",
        "Shows what closed surveys may show.",
    ),
    Verb(
        Intent.INDICATOR,
        ("indikator", "indikatorer"),
        ("indicator", "indicators"),
        "indikator otrygghet Larsboda",
        "indicator unsafe Larsboda",
        "Shows a figure for a place, with how sure it is.",
    ),
    Verb(
        Intent.DATA_SOURCES,
        ("datakälla", "datakällor"),
        ("data source", "data sources"),
        "datakälla föreslå Felanmälningar om mörka platser per vecka",
        "data source propose Reports of dark places each week",
        "Shows where figures come from and what they cannot say, and takes proposals for more.",
    ),
    Verb(
        Intent.SETTINGS,
        ("inställningar",),
        ("settings",),
        "inställningar",
        "settings",
        "Changes your language and direct messages; with a group's name, its digests.",
    ),
    Verb(
        Intent.ABSENCE,
        ("frånvaro", "borta"),
        ("absence", "away"),
        "borta 1–14 juli",
        "away 1–14 July",
        "Says when you are away, so that nothing is asked of you then.",
    ),
    Verb(
        Intent.LINK,
        ("koppla",),
        ("link",),
        "koppla Farsta styrgrupp",
        "link Farsta steering group",
        "Links this channel to a group, or an account to a member; for the coordinator.",
    ),
    Verb(
        Intent.MERGE,
        ("slå ihop", "slå samman"),
        ("merge",),
        "slå ihop",
        "merge",
        "Makes two records of one person into one; for the coordinator.",
    ),
    Verb(
        Intent.DELIVERIES,
        ("leverans", "utskick"),
        ("deliveries",),
        "leverans",
        "deliveries",
        "Shows whether messages arrive, and what to do where they do not; for the coordinator.",
    ),
    Verb(
        Intent.HELP,
        ("hjälp",),
        ("help",),
        "hjälp rapportera",
        "help report",
        "Shows what you can write.",
    ),
    Verb(
        Intent.HOME,
        ("hem",),
        ("home",),
        "hem",
        "home",
        "Opens your home: seats, measures, meetings and surveys that wait.",
    ),
)
"""All verbs, in the order that help shows them."""

_BY_INTENT = {verb.intent: verb for verb in VERBS}


def verb_of(intent: Intent) -> Verb | None:
    """The verb of an intent; what was not understood has none."""
    return _BY_INTENT.get(intent)
