"""Places outside the city that members name by mistake: they are told apart, not guessed at."""

from __future__ import annotations

from collections.abc import Mapping

MUNICIPALITIES = (
    "Botkyrka", "Danderyd", "Ekerö", "Haninge", "Huddinge", "Järfälla", "Lidingö", "Nacka",
    "Norrtälje", "Nykvarn", "Nynäshamn", "Salem", "Sigtuna", "Sollentuna", "Solna", "Sundbyberg",
    "Södertälje", "Tyresö", "Täby", "Upplands-Bro", "Upplands Väsby", "Vallentuna", "Vaxholm",
    "Värmdö", "Österåker", "Gotland", "Borås", "Eskilstuna", "Falun", "Gävle", "Göteborg",
    "Halmstad", "Helsingborg", "Håbo", "Jönköping", "Kalmar", "Karlskrona", "Karlstad",
    "Kristianstad", "Linköping", "Luleå", "Lund", "Malmö", "Norrköping", "Nyköping", "Skellefteå",
    "Sundsvall", "Trollhättan", "Umeå", "Uppsala", "Varberg", "Västerås", "Växjö", "Örebro",
    "Örnsköldsvik", "Östersund", "Strängnäs", "Enköping", "Gnesta", "Kiruna", "Visby",
)  # fmt: skip
"""The county's other municipalities, and the country's large ones."""

TOWNS: Mapping[str, tuple[str, ...]] = {
    "Botkyrka": ("Alby", "Fittja", "Hallunda", "Norsborg", "Tumba", "Tullinge", "Vårby gård"),
    "Danderyd": ("Mörby",),
    "Haninge": ("Handen", "Jordbro", "Vendelsö", "Brandbergen", "Västerhaninge"),
    "Huddinge": (
        "Flemingsberg", "Skogås", "Trångsund", "Stuvsta", "Segeltorp", "Kungens kurva", "Vårby",
    ),
    "Järfälla": ("Barkarby", "Jakobsberg", "Kallhäll", "Viksjö"),
    "Lidingö": ("Hersby",),
    "Nacka": ("Boo", "Fisksätra", "Orminge", "Saltsjöbaden", "Sickla"),
    "Sigtuna": ("Märsta",),
    "Sollentuna": ("Rotebro", "Häggvik", "Tureberg", "Bredden"),
    "Solna": ("Bergshamra", "Huvudsta", "Råsunda", "Frösunda", "Hagalund"),
    "Sundbyberg": ("Duvbo", "Hallonbergen", "Rissne", "Ursvik"),
    "Tyresö": ("Bollmora",),
    "Upplands Väsby": ("Väsby",),
    "Upplands-Bro": ("Kungsängen",),
    "Värmdö": ("Gustavsberg",),
    "Österåker": ("Åkersberga",),
    "Göteborg": ("Gothenburg",),
    "": (
        "Oslo", "Köpenhamn", "Helsingfors", "London", "Berlin", "Sverige", "Sweden",
        "Rinkebysvängen",
    ),
}  # fmt: skip
"""Towns and parts of them by their municipality, and a few names far away."""

NEIGHBOURS: Mapping[str, tuple[str, ...]] = {
    "Botkyrka": ("Skärholmen",),
    "Danderyd": ("Östermalm",),
    "Ekerö": ("Bromma", "Hässelby-Vällingby"),
    "Haninge": ("Farsta",),
    "Huddinge": ("Farsta", "Enskede-Årsta-Vantör", "Älvsjö", "Skärholmen"),
    "Järfälla": ("Hässelby-Vällingby", "Spånga-Tensta"),
    "Lidingö": ("Östermalm",),
    "Nacka": ("Södermalm", "Skarpnäck"),
    "Sollentuna": ("Rinkeby-Kista",),
    "Solna": ("Kungsholmen", "Norrmalm", "Rinkeby-Kista"),
    "Sundbyberg": ("Bromma", "Spånga-Tensta"),
    "Tyresö": ("Skarpnäck", "Farsta"),
}
"""The city's districts beside each municipality; former ones stand for what they have become."""
