"""Words that carry no wish of their own, and ordinary words that look like names."""

PLAIN: dict[str, str] = {
    "PREPOSITION": """med|per|i|in|för|for|från|from|of|på|on|at|inom|within|till|to|hos|with|av|by|om|about|under
        |kring|around|över|efter|mot|the|vid|per|gällande|avseende|angående|rörande|regarding|concerning""",
    "FILLER": """in the city|across the city|i staden|i hela staden|hela staden|i stan|i kommunen|whole city
        |the whole city|entire city|och|and|eller|or|en|ett|den|det|de|dem|denna|detta|dessa|a|an|this|that|these|those|it|its
        |är|vara|blir|bli|var|varit|blev|be|is|are|was|were|been|being|har|ha|hade|have|has|had|s|t|d|m
        |som|att|så|då|nu|just nu|idag just nu|även|också|bara|gärna|tack|please|pls|thanks|snälla|kan du|kan ni
        |kan|could|can|can you|could you|would you|will|skulle|ska|skall|vill|får|fick|ni|vi|we|our|us|oss|vår|vårt
        |våra|you|your|du|din|de som|han|hon|hen|he|she|they|their|deras|hans|hennes|man|någon|några|något|nån|any|anyone
        |some|someone|alla|all|allt|every|varje|samtliga|hela|både|båda|both|fler|flera|mer|more|most|mest
        |finns|finnas|there|do|does|did|gör|göra|gjort|göras|görs|gjorts|för närvarande|currently|at the moment
        |at present|right now|now|today s|dagens|aktuell|aktuella|aktuellt|current|currently|present|nuvarande
        |senaste|sista|förra|föregående|previous|last|latest|recent|nästa|kommande|next|upcoming|coming
        |planerade|planned|tidigare|earlier|former|gamla listan|jag vill se|jag vill ha|jag vill veta|jag vill
        |jag undrar|jag skulle vilja se|jag skulle vilja ha|jag skulle vilja veta|jag skulle vilja|jag behöver se
        |jag behöver veta|jag behöver|jag letar efter|jag söker|kan jag få se|kan jag få veta|kan jag få|kan jag se
        |kan du visa|kan du lista|får jag se|får jag|can i see|can i get|can i have|could i see|may i see|let me see
        |let me know|i want to see|i want to know|i would like to see|i would like to know|i would like|i d like to see
        |i d like to know|i d like|i want|i need|i need to see|i need to know|i am looking for|i m looking for|tell me
        |vet du|do you know|undrar|wonder|i wonder|säg|say|bild|information|info|uppgift om|namn|namnet|name|names|named
        |heter|hette|kallas|called|datum|datumet|date|dag|dagen|day|as of|per den|per|då var|den dagen|på dagen|that day
        |på|lista över|list of|alla de|all the|how many|hur många|antal|antalet|number of|många|many|mycket|much|rad
        |nu då|egentligen|actually|ju|väl|okej|ok|okay|alltså|liksom|typ|ungefär|då|här|där|here|hit|dit|ute|vår stad
        |i dagsläget|dagsläget|i nuläget|nuläget|nuläge|gång|gången|time|år|året|year|månad|månaden|month|samverkan
        |samverkansområde|samverkansområdet|prioriterat|prioriterade|område|området|områden|områdena|area|areas
        |priority|priority area|fokusområde|tema|topic|ämne|ämnet|försvar|folk|people|person|personer|personen|persons
        |namnen|ledning|ledningen|organisation|organisationer|organisationen|organisations|organization|organizations
        |organisation s|bolag|förvaltning|förvaltningar|förvaltningen|administration|administrations
        |invånare|invånarna|residents|boende|känner|känna|känner sig
        |sig|feel|feels|feeling|upplever|value|värde|värden|värdet|senast|how far|hur långt|ny|nya|nytt datum|new|svara|answer|fill in|fyll i|väntar|waiting|öppna enkäter|svarat|responded|answered
        |behöver|need|needs|must|måste|bör|should|rapporteras|be reported|enda|only|först|sedan|since|sen dess|mellan
        |between|kl|klockan|dags|ligger|ligga|lies|står|läggs|stand|stands|gäller|going|går|gått|gick|go|kommer|come
        |comes|på vår|hålls|held|hold|äger rum|takes place|take place|ska vi|rum|i stockholm|stockholm|stockholms|sverige s
        |tagit|tog|tas|taken|took|made|fattats|fattade beslut|taget|lett till|resultera|gemensam|gemensamma|joint
        |skriva|write|use|using|använda|botten|bot|samverkansbot|samverkansboten|skicka|send|ut|out|up|upp|in i|into
        |byt|byta|change|switch|ändra|till|speak|prata|tala|använd|set|sätt|välj|choose|select|ställ in språk|meddelanden
        |messages|direktmeddelanden|direct messages|igen|again|berörs|berör|affects|affect|affecting|påverkar|oss|rör
        |kopplade|kopplad|kopplat|linked|link|tillsatt|tillsatta|utsedd|utsedda|appointed|utses|valdes|chosen|vald
        |else|annars|annan|andra|other|others|övriga|övrig|respektive|resp|mm|osv|etc|inte|också|ens|still|fortfarande
        |ännu|yet|redan|already|alltid|always|någonsin|ever|själv|self|helst|snart|soon|lite|little|bit|visa upp|mötesform
        |ordinarie|ordinary|vid behov|on demand|nivå|nivån|level|sida|sidan|side|del|delen|part|hälften|inkl|inklusive
        |including|samt|plus|gentemot|åt|än|if|whether|huruvida|ifall|because|eftersom|than|then|so|as|but|men|även om
        |hör ihop|till vilken|which one|one|ones|en av|one of|whose|kvar|left|remaining|återstår|remain|remains|hunnit
        |lokalt sett|responsibility|ansvarsområde|serve|take|do we|have we|are we|har vi|vi har|is the|är vi|tillfälle
        |tidpunkt|förening|jobbar|arbetar|works|work|jobba|arbeta|leda|verka|verkar|pratar|bestämmer|hanterar|handles
        |vecko|möteskalender|lägg|lägga|listan|listor|lists|översikten|sammanställning|rapporten|tack så mycket|thank you
        |for|of the|in the|on the|to the|at the|for the|from the|i den|i det|på den|för den|i vår|i våra|in our""",
    "CREATE": """skapa|starta|create|make|start a|lägg till|add|lägga till|registrera|inrätta|starta en|gör en|sätt upp|set up""",
    "ALIEN": """vet|vinner|bryr|tror|betalar|ta bort|radera|delete|remove|avboka|ställ in|ställa in|vunnit|köper|lagar
        |bäst|borgmästare|mayor|påminn|remind|väder|vädret|weather|boka|bokar|book|kaffe|coffee|vann|vinna|vinner|won|match|matchen|skämt|joke
        |jokes|fest|festen|lunch|lunchen|kung|kungen|king|statsminister|president|minister|regn|rain|snö|snow
        |fotboll|football|aktier|aktie|stock|stocks|bitcoin|spel|game|översätt|translate|räkna|dikt|poem|kod|python
        |lösenord|password|bil|bilen|car|hund|katt|dog|cat|hyra|rent|lägenhet|apartment|älskar|love|hatar|hate|mår
        |glad|ledsen|tired|trött|kul|roligt|fun|toppen|grattis|congratulations|semester|vacation|fika|middag
        |dinner|frukost|breakfast|sorry|förlåt|hejdå|hej då|bye|goodbye|restaurang|restauranger|restaurant|restaurants
        |hotell|hotel|buss|bussen|bus|tåg|tåget|train|flight|film|filmer|movie|musik|music|recept|recipe|mat|food
        |pizza|öl|beer|bio|konsert|concert|doktor|läkare|doctor|apotek|köpa|buy|sälja|sell|beställ|beställa|order
        |kaffet|frisör|frisörer|temperatur|temperature|mellan oss|rapportera in sjuk|sjuk|sick|lediga jobb|jobb|jobs""",
    "PLAIN": """första|sätta|flytta|vinst|vinsten|kasta|kosta|östra|stora|största|minsta|klarar|klarade|klarat
        |vacker|vackra|vackert|gården|gård|färsk|farsa|farsan|kisse|kissa|kister|broms|årstid|åra|sång|hus|huset
        |husen|hylla|luna|vinster|flyttar|flyttas|flytt|maten|matar|farmor|rista|fasta|fast|festa|plan|planen|planer|vägen|väg|vatten
        |bilder|pengar|pris|priset|price|sol|solen|saga|story|barn|barnen|krönika|affär|affärer|mötte|möta|mötande
        |helg|helgen|weekend|nice|great|super|vinsta s|lista ut|bara så|färska|parken|lundar|klaras|störst|fasa
        |system|lokaler|lokalen|vecklar|flotta|flott|firsta|second|andra|tredje|third|fina|fint|gärde|årsta s""",
}
"""Kind of each row, and its words between bars; those of `PLAIN` are never taken for a misspelt name."""
