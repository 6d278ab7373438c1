"""Places outside the city that members name by mistake: they are told apart, not guessed at."""

from __future__ import annotations

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

TOWNS = (
    "Alby", "Barkarby", "Bergshamra", "Boo", "Duvbo", "Fisksätra", "Fittja", "Flemingsberg",
    "Gustavsberg", "Hallonbergen", "Hallunda", "Handen", "Huvudsta", "Jakobsberg", "Jordbro",
    "Kallhäll", "Kungsängen", "Märsta", "Mörby", "Norsborg", "Orminge", "Rissne", "Råsunda",
    "Saltsjöbaden", "Sickla", "Skogås", "Trångsund", "Tumba", "Tullinge", "Ursvik", "Vårby",
    "Väsby", "Vendelsö", "Viksjö", "Åkersberga", "Bollmora", "Brandbergen", "Västerhaninge",
    "Hersby", "Frösunda", "Hagalund", "Stuvsta", "Segeltorp", "Kungens kurva", "Bredden",
    "Rotebro", "Häggvik", "Tureberg", "Oslo", "Köpenhamn", "Helsingfors", "London", "Berlin",
    "Sverige", "Sweden", "Gothenburg", "Rinkebysvängen",
)  # fmt: skip
"""Towns and parts of them in those municipalities, and a few far away."""
