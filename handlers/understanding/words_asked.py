"""Words that say what is asked for: question words and the verbs' many forms."""

ASKED: dict[str, str] = {
    "WHO": "vem|vems|vem som|vilka som|wem|vme|who|whom|hwo|whos|vem är det som",
    "WHICH": "vilka|vilken|vilket|which|what kind of",
    "ASK how": "hur|how|hur är|how is|how are|hurdan",
    "ASK when": "när|when|vilken dag|vilket datum|what day|what date|what time|vilken tid",
    "ASK": """vad|var|what|where|vart|varifrån|finns|finns det|is there|are there
        |vad är|what is|what are|vad gäller|whats|wat""",
    "SHOW": """visa|visa mig|lista|ta fram|hämta|se|show|show me|list|display|get|give me|ge mig|kolla
        |sök|find|titta på|visas|öppna|open|see|get me|berätta om|tell me about|skriv ut""",
    "SEATED": """har hand om|covers|cover|täcker|omfattar|in charge of|looks after|tog över|företräder|företräds|företrädare|företrädaren|företrädarna|företrädde|företrädda
        |företrädd|företrätt|företräda|representerar|representerade|representeras|representera
        |representant|representanter|representanten|representanterna|sitter|satt|suttit|sitta
        |represents|represent|represented|representing|representative|representatives|sits|sit|sat
        |sitting|kontaktperson|kontaktpersoner|kontaktpersonen|kontakt|kontakta|kontaktar|contact
        |contacts|contact person|speaks for|speak for|talar för|för talan|deltar|deltog|ingår|ingick
        |deltagare|participants|participates|participate|participated|attends|bemanning
        |sammansättning|composition|tillhör|hör|hör till|belongs|belong|belongs to
        |är med|var med|is in|is on|was in|was on|serves|served|besitter|bemannar|bemannas|styr
        |ersätter|vikarierar|vikarie|ringer jag|vänder jag mig till|talesperson
        |samordnar|samordnare|samordnaren|coordinates|coordinator|chef|chefen|head|director
        |stadsdelsdirektör|stadsdelsdirektören|trygghetssamordnare|trygghetssamordnaren
        |kontaktpersonerna|ledamotskap|tjänstgör|finns med|fanns med|involved|are in|were in""",
    "SEAT": """uppdrag|uppdragen|uppdraget|roll|roller|rollen|rollerna|plats|platser|platsen
        |platserna|role|roles|seat|seats|assignment|assignments|position|positions|mandat
        |förordnande|förordnanden|röst|voice|place at the table""",
    "DISTRICTS": """stadsdel|stadsdelar|stadsdelen|stadsdelarna|stadsdelsområde|stadsdelsområden
        |stadsdelsområdet|stadsdelsområdena|stadsdelsnämnd|stadsdelsnämnder|stadsdelsnämnden
        |stadsdelsnämnderna|nämnd|nämnder|nämnden|nämnderna|district|districts|borough|boroughs
        |district board|district boards|city district|city districts|board|boards
        |stadsdelsdirektörer|stadsdelsdirektörerna|neighbourhood|neighborhood|neighbourhoods""",
    "OFFICE": """stadsdelsförvaltningen|stadsdelsförvaltning|stadsdelsförvaltningens|district administration
        |district administration s|the district administration""",
    "VERB coverage": """representation|representationen|täckning|täckningen|täckningsgrad|coverage
        |representationsläget|vakanslista|vakansläget|vakansläge|vakanslistan|täckningsrapport""",
    "VERB my_role": """min roll|mina roller|mina uppdrag|mitt uppdrag|mina platser|min plats|mina mandat
        |my role|my roles|my seat|my seats|my assignments|my assignment|my positions|my position
        |vem är jag|who am i|var sitter jag|where do i sit|vad är jag med i|mina förordnanden
        |vad sitter jag i|var är jag med|vad är jag|mitt mandat|vad har jag för roll|mina grupper
        |my groups|vilken är min roll|mitt förordnande|where am i a member|min position""",
    "VERB measures": """åtgärd|åtgärden|åtgärder|åtgärderna|åtgärdernas|åtgärdslista|åtgärdslistan
        |åtgärdsläget|insats|insatser|insatserna|insatsen|measure|measures|action|actions
        |action list|action items|aktivitet|aktiviteter|aktiviteterna|measure list|att göra|to do
        |atgärd|åtgärdsplan|tasks|task|vad ska jag göra|what should i do|vad gör vi|what are we doing
        |vad görs|vad har vi på gång|vad jobbar vi med|my to do|ärenden|insatslista|åtgärds""",
    "VERB meetings": """möte|mötet|möten|mötena|mötes|nästa möte|mötesdag|mötesdagar|mötestid|mötestider
        |mötesplan|mötesschema|mötesdatum|sammanträde|sammanträden|sammanträdet
        |sammanträdestider|sammanträdesdagar|kalender|kalendern|meeting|meetings|calendar|kallelse|dagordning|dagordningen
        |agenda|next meeting|schedule|meeting dates|mötesagenda""",
    "WEAK meetings": """träffas|träff|träffar|möts|mötas|ses|träffades|möttes|meet|meets|met|sammanträder|convene|convenes
        |sammanträdde|gathering|ses vi""",
    "VERB decisions": """beslut|besluten|beslutet|beslutat|beslutade|beslutades|beslutats|beslutslista
        |beslutslistan|beslutslogg|beslutsloggen|decision|decisions|decided|decide|resolutions
        |bestämdes|bestämde|bestämt|bestämts|protokoll|protokollet|vad klubbades|klubbades|fattade
        |beslutar|decision log|agreed on|resolved|fram till|kom fram till|vad kom ni fram till|vad kom vi fram till""",
    "VERB digest": """sammanfattning|sammanfattningen|sammanfatta|sammanfattningar|sammandrag
        |veckosammanfattning|veckosammanfattningen|veckobrev|veckorapport|veckorapporten|lägesbild
        |digest|digests|summary|summaries|summarise|summarize|recap|roundup|vad har hänt|vad hände
        |har hänt|hänt|hände|what happened|what has happened|what s happened|happened|nytt
        |senaste nytt|vad är nytt|what s new|what is new|whats new|news|nyheter|uppdateringar|updates
        |vad händer|what s going on|what is going on|what s happening|what is happening|vad är på gång
        |weekly digest|weekly summary|meeting digest|mötesunderlag|lägessammanfattning|catch me up
        |what did i miss|vad har jag missat|vad missade jag|översiktsrapport|mötessammanfattning
        |weekly report|weekly update|vad som hänt|vad som har hänt""",
    "WEAK digest": """veckan|veckans|vecka|week|week s|weekly|this week|läget|läge|lägesrapport för
        |status|statusen|hur går det|how is it going|hur går det i|how are things|how s it going""",
    "SINCE last_meeting": """sedan förra mötet|sedan senaste mötet|sedan sista mötet|sedan sist
        |sen sist|sen förra mötet|sen senaste mötet|since last meeting|since the last meeting
        |since our last meeting|since last time|since the previous meeting|efter förra mötet
        |efter senaste mötet|after the last meeting|sedan föregående möte|sedan vi sågs
        |sedan vi sågs sist|since we met|since we last met|since previous meeting|sedan mötet
        |since the meeting|sen mötet|inför mötet|inför nästa möte|before the meeting
        |before the next meeting|sedan senaste möte|sedan förra möte|since latest meeting
        |since the latest meeting|sen sista mötet|sedan det senaste mötet|sedan det förra mötet
        |ahead of the meeting|sedan vi träffades|sen vi sågs|sedan vi möttes|sen vi träffades""",
    "VERB survey": """enkät|enkäter|enkäten|enkäterna|snabbfråga|snabbfrågor|snabbfrågan|pulsmätning
        |puls|pulsenkät|survey|surveys|poll|polls|pulse|pulse survey|questionnaire|questionnaires
        |undersökning|undersökningar|svara på enkät|ny enkät|new survey|svara på enkäten
        |frågeformulär|snabbenkät""",
    "VERB survey_result": """resultat|resultatet|resultaten|enkätresultat|enkätresultatet|enkätsvar
        |enkätsvaren|svaren|result|results|vad svarade|svarade|hur svarade|answers|survey result
        |survey results|hur gick enkäten|hur gick det med enkäten|how did the survey go|utfall av enkäten
        |vad blev resultatet|outcome of the survey|what did people answer|pulsresultat|responses
        |vad tyckte|vad sa gruppen""",
    "WEAK survey_result": "gick|gick det|outcome|visade|visar|did go|go|utfallet av|turned out|besvarades",
    "VERB indicator": """indikator|indikatorer|indikatorn|indikatorerna|indikatorvärde|nyckeltal
        |nyckeltalet|nyckeltalen|mätetal|mätvärde|mätvärden|statistik|statistiken|siffror|siffrorna
        |utfall|utfallet|indicator|indicators|kpi|metric|metrics|statistics|trend|trenden
        |trygghetsmätning|trygghetsmätningen|trygghetsmätningar|data om|mått|måttet|trends""",
    "WEAK indicator": """trygg|trygga|tryggt|otrygg|otrygga|otryggt|otrygghet|otryggheten|trygghet
        |tryggheten|unsafe|safe|safety|unsafety|insecurity|feel unsafe|feeling unsafe|feel safe
        |oro för brott|orolig för brott|oroliga för brott|worry about crime|afraid|oroliga""",
    "VERB settings": """inställningar|inställningarna|inställning|settings|setting|preferences
        |preferenser|språk|språket|language|byt språk|change language|switch language|notiser
        |aviseringar|notifications|notiserna|aviseringarna|mina inställningar|my settings
        |my preferences|languages|notisinställningar""",
    "VERB help": """hjälp|hjälpa|help|vad kan du|vad kan du göra|vad kan jag göra|vad kan jag skriva
        |vad kan jag fråga|vad gör du|hur fungerar det|hur fungerar du|hur funkar det|hur funkar botten|hur fungerar boten|hur funkar boten|hur funkar du
        |hur fungerar det här|hur funkar det här|hur använder jag|hur gör jag|hur gör man|vem är du
        |vad är du|what can you do|what can i do|what can i ask|what can i write|how does this work
        |how do you work|how do i|how to|how can i|how should i|who are you|what are you|what do you do
        |kommandon|kommando|commands|command|instruktioner|instructions|manual|manualen|guide
        |kom igång|get started|getting started|vad förstår du|hur ska jag|hur kan jag|help me
        |hjälp mig|jag behöver hjälp|i need help|hjälptext|how does the bot work|hur fungerar botten
        |vilka kommandon finns|vad kan man göra|vad kan man skriva|hur gör jag för att
        |what can you help with|what can you help me with|vad kan du hjälpa till med|vad kan du hjälpa mig med
        |can you help me|kan du hjälpa mig|hur använder man|what commands are there|how does it work""",
    "VERB home": """hem|home|start|startsida|startsidan|hemskärm|min sida|my page|översikt|overview
        |dashboard|min översikt|my overview|vad väntar på mig|what is waiting for me|meny|menu|home page
        |startsida tack|min startsida|tillbaka|back""",
    "VERB why": "varför|why|hur kommer det sig|varför gör vi|why do we do|why are we doing|orsaken till|vad är orsaken till",
    "VERB report": """rapportera|rapport|report|rapporterar|rapportering|reporting|raportera|rapportera in
        |lämna rapport|avrapportera|lägesrapportera|återrapportera|lägesrapport|update|uppdatera|uppdatering
        |progress report|återrapport|avrapportering|lämna lägesrapport|submit report|file report
        |ny rapport|new report|reports|rapporter|inrapportera|statusrapport|status report""",
    "PAUSE on": """pausa|pause|paus|snooze|pausa meddelanden|sluta skicka|stop messages|stoppa meddelanden
        |pausa direktmeddelanden|pause messages|pause direct messages|stäng av|turn off|mute|tysta""",
    "PAUSE off": "återuppta|resume|återuppta meddelanden|resume messages|starta igen|slå på|turn on|unpause|unmute",
    "GREETING": """hej|hejsan|hejhej|hej hej|tjena|tja|tjo|tjenare|hallå|halloj|god morgon|godmorgon
        |god dag|goddag|god kväll|god eftermiddag|hi|hello|hey|good morning|good afternoon|good evening
        |good day|hej på dig|morrn|hiya|greetings|hi there|hello there|hey there|morsning|tjabba|hejsan hejsan
        |hej alla|hej botten|hello bot|hej bot|hi bot|god förmiddag""",
}
"""Kind and value of each row, and its words between bars."""
