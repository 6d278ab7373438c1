"""Words that narrow what is asked for: groups, roles, parties, statuses, whose, and when."""

SAID: dict[str, str] = {
    "GROUP steering": """styrgrupp|styrgruppen|styrgrupper|styrgrupperna|styrgruppens|styrgrupps
        |styrgrupperna|styr grupp|styr gruppen|styrande grupp|sg|styrgr|steering|steering group
        |steering groups|steering committee|steering grp|steering board|styr|samverkansstyrgrupp""",
    "GROUP preparatory": """beredningsgrupp|beredningsgruppen|beredningsgrupper|beredningsgrupperna
        |beredningsgruppens|beredning|beredningen|beredningens|beredningsgr|bg|berednings grupp
        |berednings gruppen|bereder|beredande grupp|preparatory|preparatory group|preparatory groups
        |preparation group|prep group|preparing group|preparatory committee|drafting group
        |preparation|berednings|preparations group""",
    "GROUP working": """arbetsgrupp|arbetsgruppen|arbetsgrupper|arbetsgrupperna|arbetsgruppens|arbetsgr
        |arbets grupp|arbets gruppen|ag|working group|working groups|working|work group|workgroup
        |working party|task force|taskforce|working team|arbetsteam""",
    "GROUPS": """grupp|grupper|gruppen|grupperna|gruppens|group|groups|samverkansgrupp
        |samverkansgrupper|samverkansgruppen|committee|committees|forum""",
    "LEVEL local": "lokal|lokala|lokalt|local|locally|lokalgrupp|lokale|lokal nivå|local level",
    "LEVEL central": """central|cen|centrala|centralt|centrally|stadsövergripande|city wide|citywide
        |övergripande|central level|central nivå|centralstyrgruppen|centralgrupp|overarching""",
    "ROLE chair": """ordförande|ordföranden|ordförandena|ordförandes|ordf|chair|chairs|chairman|chairwoman
        |chairperson|chairing|chaired|leder|ledde|leads|led by|lead|ledare|heads|ordförandeskap|cochair
        |co chair|co chairs|ordförandeposten|presides|vice ordförande|vice chair|medordförande
        |ordförandeskapet|chairmanship""",
    "ROLE secretary": """sekreterare|sekreteraren|sekreterarna|sekr|secretary|secretaries|sekreterar
        |för protokoll|sekreterarskap|sekretariat|takes minutes|takes the minutes|för protokollet""",
    "ROLE member": """ledamot|ledamöter|ledamoten|ledamöterna|ledamots|medlem|medlemmar|medlemmarna
        |medlemmen|member|members|ledamöternas|membership|medlemskap""",
    "ROLE deputy": """ersättare|ersättaren|ersättarna|ersättares|suppleant|suppleanter|suppleanten|deputy
        |deputies|substitute|substitutes|alternate|alternates|stand in|stand ins|deputises|deputizes
        |ställföreträdare|ställföreträdande|deputise|deputize|backup|hoppar in|fills in for""",
    "ROLE co_opted": """adjungerad|adjungerade|adjungerat|adjungerades|adjungera|co opted|coopted|co opt
        |co optee|co optees|co opted member|co opted members|adjunct|adjungerad ledamot
        |adjungerade ledamöter""",
    "PARTY police": """polisen|polisens|polis|poliser|poliserna|police|polismyndigheten|kommunpolis
        |kommunpolisen|kommunpoliser|polismyndighetens|police s|polissidan|lokalpolisen|lokalpolis|local police|police officer|polisman""",
    "PARTY city": """staden|stadens|stockholms stad|stockholm stad|stockholms stads|city of stockholm
        |kommunen|kommunens|city|the city|city s|stad|kommun|stadssidan|municipality|stads""",
    "POLICE": """lpo|lokalpolisområde|lokalpolisområdet|lokalpolisområden|lokalpolisområdets|polisområde
        |polisområdet|polisområden|local police area|police area|local police district|police district
        |polisdistrikt|lokalpolisområdena|polisområdets
        |lpo chef|lpo chefen|polisregion|police region|lpos|the lpo|lpo n""",
    "STATUS delayed": """försenade|försenad|försenat|förseningar|försening|förseningen|sena|sen|overdue
        |delayed|late|delays|delay|ligger efter|ligger vi efter|efter tidplan|behind schedule|behind
        |past due|efterslpar|efterslapar|släpar|släpar efter|släpar vi|efter tidplanen|running late|bakom
        |passerat slutdatum|passerat datum|gått över tiden|over time|halkat efter|drar ut på tiden|sent""",
    "STATUS done": """klar|klara|klart|färdig|färdiga|färdigt|avslutad|avslutade|avslutat|slutförd|slutförda
        |slutfört|genomförd|genomförda|genomfört|done|finished|completed|complete|färdigställda|avklarade
        |avklarat|blivit klart|klarmarkerade|closed|avklarad""",
    "STATUS ongoing": """pågår|pågående|igång|ongoing|in progress|active|aktiva|på gång|under way
        |underway|enligt plan|on track|rullar|löper på|påbörjade|påbörjad|påbörjat|started|running""",
    "STATUS at_risk": """i risk|riskerar försening|riskerar att bli försenad|riskerar att bli försenade
        |riskerar att försenas|risk för försening|at risk|behöver hjälp|behöver stöd|needs help|need help
        |i riskzonen|riskerar|needing help|som behöver hjälp|in danger|osäkra|hotade|at risk of delay""",
    "STATUS not_started": """ej påbörjad|ej påbörjade|ej påbörjat|inte påbörjad|inte påbörjade
        |inte påbörjat|ej startad|ej startade|ej startat|inte startad|inte startade|inte startat|inte börjat
        |ej börjat|not started|not begun|ostartade|opåbörjade|opåbörjad|inte kommit igång|not yet started
        |inte har börjat|inte har påbörjats|inte påbörjats|inte igång|inte kommit i gång|unstarted|har inte börjat""",
    "STATUS cancelled": """avbruten|avbrutit|avbrutna|avbrutet|avbrutits|nedlagd|nedlagda|nedlagt|cancelled|canceled
        |dropped|avbröts|avbryts|skrotade|strukna|stopped|aborted|lagts ner|inställda|inställd""",
    "MINE": "mina|min|mitt|my|mine|mina egna|my own|egna",
    "ME": """jag|mig|am i|do i|have i|i own|i have|i am|me|assigned to me|should i|i m|jag själv|did i|must i""",
    "OWNER": """ägs|ägas|ägt|ansvarig|ansvarar|responsible|ansvariga|ansvarige|åtgärdsansvarig|åtgärdsansvariga|ägare|ägaren|owner|owners|owned
        |äger|owns|own|handläggare|huvudman|responsible person|ansvar|tilldelade|assigned|assignee""",
    "CAUSE": """orsak|orsaker|orsaken|orsakskoppling|orsakskopplingar|orsakssamband|cause|causes
        |orsaksanalys|kopplad orsak|cause link|root cause|orsakskopplade|kopplade orsaker""",
    "LACK": """utan|without|lacking|lacks|lack|saknar|saknas|saknade|missing|ingen|inga|inget|no|none
        |nobody|no one|ännu ingen|noone|sakna|without any""",
    "LACK not": """ej|inte|not|doesn t have|don t have|do not have|does not have|har ej|inte någon|inte nån
        |icke|isn t|aren t""",
    "VACANT": """vakans|vakanser|vakanserna|vakansen|vakant|vakanta|vakantsatt|vakantsatta|obesatt|obesatta
        |obesatta platser|tomma|tom|tomt|lediga|ledig|orepresenterade|orepresenterad|vacant|vacancy|vacancies
        |unfilled|empty|empty seats|unrepresented|not represented|inte representerade|inte representerad
        |inte företrädda|inte företrädd|ej representerade|ej företrädda|inte representerat|open seats|luckor
        |lucka|gaps|gap|öppna platser|lediga platser|tomma platser|tomma stolar|otillsatta|unoccupied
        |vakanta platser|vacant seats|otillsatt|uncovered|utan röst|inte med|underrepresenterade""",
    "OWNER none": """ägarlösa|ägarlös|herrelösa|herrelös|unowned|ownerless|unassigned|oägda|otilldelade
        |ansvarslösa|ej tilldelade|not assigned""",
    "CAUSE none": "orsakslösa|causeless",
    "KNOWN": """känt|kända|kändes|known|as known|som känt|visste|visste vi|vi visste|som vi visste
        |as we knew|as we knew it|we knew|som det var känt|enligt vad vi visste|vad vi visste|known as of
        |känt den|känt per|as known on|known on|known at|känd|kännedom|as recorded|såsom känt|as it was known
        |som vi kände till|kände till|as known by|det vi visste|var känt|kunskapsläget|registrerat""",
    "LANGUAGE sv": "svar på svenska|answer in swedish|reply in swedish|svenska|swedish|på svenska|in swedish|svenskan",
    "LANGUAGE en": "svar på engelska|answers in english|answer in english|reply in english|engelska|english|på engelska|in english|engelskan",
}
"""Kind and value of each row, and its words between bars."""
