/**
 * Turns of speech that point to a tool without naming it, by the tool's name. They are read over the folded text
 * (lower-case, no accents) and are signs to be weighed: none decides alone, so they may be generous.
 */
const some = String.raw`(?: [\w'’./-]+)`;
const cue = (pattern: string): RegExp => new RegExp(pattern);

const turnsOfSpeech: Readonly<Record<string, readonly string[]>> = {
  data_joiner: [
    String.raw`\b(?:put|bring|brought|lay|place|match|link|tie|stitch|marry|get|want|need|stick)${some}{0,7} (?:together|side by side|next to (?:each|it|the|supposed)|beside|alongside)\b`,
    String.raw`\b(?:side by side|with (?:its|their|the|his|her) [\w]+ (?:beside|behind|next to|attached))\b`,
    String.raw`\b(?:who|which|what|those|rows|ones|entries)${some}{0,6} (?:(?:is|are|was|were|do|does|has|have)(?:n['’]?t| not)|not|missing|only|already)${some}{0,2} (?:in|on|from) (?:the |our |both|one|either|only one|\w+)`,
    String.raw`\b(?:is|are|appears?|stands?|occurs?|present|found|exists?) in both\b`,
    String.raw`\b(?:matched|joined|merged|linked|connected|combined|matching|match|tied|bring together|brought together|together|compared?)${some}{0,3} (?:by|on|via|through|over|using) `,
    String.raw`\b(?:both|they|lists|files|tables|which)(?: all)? (?:have|share|contain|carry|know) (?:the|a|an|one)\b`,
    String.raw`\b(?:shared?|common|same) (?:column|key|field|id|number|code)\b|\bkey is\b|\bkey(?:ed)? (?:by|on)\b`,
    String.raw`\b(?:counterpart|no match(?:ing)?|enrich\w*|look ?up (?:table|file)|left join|inner join)\b`,
    String.raw`\b(?:add|attach|append|look up|fill in|take|pull|need|want|bring in)${some}{1,5} (?:from|out of|of|beside|to|into) (?:the )?(?:other|second|each)\b`,
    String.raw`\b(?:who|which|members|customers|people)${some}{0,4} (?:has|have|had|did|do)(?:n['’]?t| not)${some}{0,1} \w+`,
    String.raw`\b(?:two|both|three|several|these) (?:\w+ )?(?:lists|files|tables|csvs|exports|sheets|sources|dumps)\b`,
    String.raw`\band (?:the )?\w+${some}{0,4} (?:are|is|stands?) in (?:\w+\.\w+|a different|another)\b`,
  ],
  data_deduplicator: [
    String.raw`\b(?:appears?|occurs?|occurring|turns? up|shows? up|listed|entered|registered|there|in|sent in|exists?|comes?|has|have|contains?|with|got)${some}{0,5} (?:twice|two times|three times|several times|more than once|multiple times|repeatedly|(?:two|three|four) or (?:three|four|more) times|up to \w+ times|many times|again and again)\b`,
    String.raw`\b(?:doubles?|doubled|doublettes?|repeats|repeated|repetitions?|copies of the same|same \w+ (?:again|entered|twice)|double entries|duplicate\w*|dup(?:e|lic\w+)s?)\b`,
    String.raw`\b(?:no|without|remove|removes|find|finds|drop|delete|eliminate|any|merge|detect|for|are|of)(?: any| the| all| its| their| possible| exact)* (?:duplicat\w+|doubles|doublettes|dup(?:e|lic\w+)s?|double \w+)\b|\bde-?dup\w*`,
    String.raw`\b(?:only once|just once|once each|one (?:entry|row|record) (?:per|for each|only)|(?:becomes?|into|made|stay) one (?:entry|record|row))\b`,
    String.raw`\b(?:keep|leave|retain|take)${some}{0,3} (?:newest|newer|latest|last|first|oldest|older|most recent)\b`,
    String.raw`\b(?:throw|kick|take|weed|sort|get)${some}{0,3} (?:out|rid of)${some}{0,2} (?:repeat\w*|double\w*|copies|same)\b`,
  ],
  data_validator: [
    String.raw`\b(?:tell|shows?|list|give|report|find|name|flag|mark|say|see|which|what|where|every|collect|put)${some}{0,6} (?:wrong|bad|faulty|invalid|incorrect|broken|offending|violat\w+|rejected|incomplete|implausible|impossible|nonsense|not ok)\b`,
    String.raw`\bwhat(?:['’]?s| is) wrong\b|\b(?:problems|errors|faults|mistakes|violations|findings)\b`,
    String.raw`\b(?:is|are) (?:our|the|my|this|these|they|it|all)${some}{0,3} (?:ok|okay|right|correct|valid|well-?formed|plausible|in order|filled|complete)\b`,
    String.raw`\b(?:needs?|must|has to|have to|should|may|can)${some}{0,4} (?:be|have|contain|match|lie|follow|start|consist)${some}{0,6} (?:\d+|digits?|letters?|between|at least|at most|pattern|numeric|filled|empty|positive|past|future|unique|present|list|format)\b`,
    String.raw`\b(?:is|are|does|do|was)(?:n['’]?t| not)(?: an?)?${some}{0,1} (?:between|before|after|valid|real|proper|emails?|emailadress\w*|negative|empty|unique|numbers?|match\w*|follow|fit|plausible|telephone|phone|date)\b`,
    String.raw`\b(?:without|lacks?|lacking|missing|w/o|have no|has no|with no)(?: an?| the| any)? (?:valid )?(?:id|name|date|email|number|customer|address|class|birthday|consignee|phone|price|doctor|\w+ (?:id|number|date|name))\b`,
    String.raw`\boutside(?: of)? (?:the|of|a)\b|\b(?:lies?|is|are) in the future\b|\bplausib\w+|\bwell-?formed\b|\brules?\b|\bwith (?:the |a )?reasons?\b|\breject(?:ed|s)?${some}{0,3} (?:lines|rows|records|entries|ones)\b|\bbad (?:rows|lines|records|entries|ones)\b`,
    String.raw`\b(?:check|checked|checks|verify|validate|validated|make sure|ensure|test)${some}{0,3} (?:that|whether|if|it|them|each|every|all|the|emails?|against)\b`,
    String.raw`\b(?:make sure|ensure|check)(?: that)? every\b|\bmust be (?:a|an|one of|in|there|between|unique|present|\d)|\bused (?:twice|more than once)\b|\bquality (?:check|report|control)\b`,
  ],
  data_profiler: [
    String.raw`\b(?:what|which)(?: even)?(?:['’]s| is| are| fields| columns| attributes)${some}{0,4} (?:in|inside|there|it has|exist|contains?|each column|columns)\b`,
    String.raw`\bhow (?:many|much|often)${some}{0,5} (?:empty|empties|blanks?|filled|missing|null|nulls|different|distinct|unique|gaps)\b`,
    String.raw`\b(?:kinds? of values?|data types?|column types|types of (?:the )?columns|ranges?|spread|typical values|distinct|different (?:values|entries|answers)|distributions?|share of missings?|empty ones|gaps|rare values|outliers|min(?:imum)?(?: and |/)max(?:imum)?|smallest and (?:the )?largest|largest and smallest|lopsided)\b`,
    String.raw`\b(?:first look|get an overview|overview of|picture of|feel for|get to know|understand|inherited|never seen|no documentation|no docs|unknown|what even|profile|describe|get familiar|before (?:i|we|anyone))\b`,
  ],
  data_transformer: [
    String.raw`\b(?:rename|drop|strip|trim|cut|split|scale|convert|turn|turned|cast|one-?hot|round|derive|reformat|pad|lower-?case\w*|upper-?case\w*|remove|throw|leave|take|pull|standardi[sz]e|normali[sz]e|recode|encode|anonymi[sz]e|pseudonymi[sz]e|mask|replace|fill|shorten)${some}{0,6} (?:columns?|fields?|names?|values?|blanks|spaces|whitespace|html|tags|numbers?|dates?|timestamps?|amounts?|prices?|weights?|units?|address|out|off|characters|signs?|prefix|suffix|phones?|codes?|zeros?)\b`,
    String.raw`\b(?:bring|brought|get|put|make|write|written|give|want|have|need|convert|turn)${some}{0,7} (?:in|into|to|as|in to) (?:one|an?|the same|uniform|common|single|consistent|two|iso|numbers?|upper|lower|proper|international|our|kg|kilos?|euros?|cents|metres|meters|cm|latin|english|standard|unified|two-letter)(?: \w+)?(?: (?:forms?|format|shape|spelling|style|notation|structure|scheme|case|fields|codes|one))?\b`,
    String.raw`\b(?:uniform|unified|same (?:spelling|format|form|everywhere|way|style)|one spelling|consistent|spelling|harmoni[sz]\w+|standardi[sz]\w+|normali[sz]\w+|clean(?:ed|ing|s|up)?|tidy|tidied|mess|messy|in order)\b`,
    String.raw`\b(?:from|in) (?:cents?|pounds?|feet|oz|ounces|kilos?|grams?|met(?:re|er)s|miles|fahrenheit|celsius|inches) (?:to|into)\b|\b(?:to|into|in) (?:cents?|euros?|kg|kilograms?|kilos?|grams?|gram|cm|met(?:re|er)s|tonnes|percent|litres|celsius|lower|upper) ?(?:case)?\b`,
    String.raw`\b(?:yes/no|y/n|true/false|smoker)\b|\b(?:0-1|0–1|1/0|0/1|country code|leading zero|american way|decimal\w*|capital letters|in caps|lower-?case\w*|upper-?case\w*|trimmed|cut at \d+|thrown? (?:out|away)|left out|fields? out|columns? out)\b`,
    String.raw`\bonly (?:the|my|these|those)?(?: \w+)? ?(?:columns|fields)\b|\bkeep${some}{0,2} (?:only|columns|fields|the columns)\b|\b(?:new|extra|additional|add a|add the|with a) (?:\w+ )?(?:column|field)\b|\bone-?hot\b|\bfilter(?:ed)?\b|\bonly (?:people|those|rows|the ones|orders|entries)\b`,
    String.raw`\b(?:names?|fields?)${some}{0,4} (?:in two|into two|in separate|apart)\b|\b(?:rename\w*|recode\w*|derive[ds]?|pad(?:ded)?|casts?|cast to)\b`,
    String.raw`\b(?:minus|date|dates|amounts?|numbers?|times?)${some}{0,4} (?:in front|like|written|as \d|in the form|to iso|iso)\b`,
  ],
  data_aggregator: [
    String.raw`\b(?:sum|sums|totals?|totalled|average|avg|mean|median|share|percentage|revenue|turnover|consumption|costs?|hours|visits|visitors|km|kwh|litres|receipts|nights|number|count|counts|how many|how much|amount|quantity|spend|sales|peak|highest|lowest|maximum|minimum|accuracy|length|price|temperature|figures)${some}{0,6} (?:per|by|for each|for every|each|a (?:day|week|month|year)|went to|grouped)\b`,
    String.raw`\b(?:per|for each|by|for every|each) [\w]+(?:,? (?:and|per|by)(?: per| each)? \w+)?(?: i| we)?${some}{0,4} (?:want|total|sum|average|avg|mean|median|number|count|how many|how much)\b`,
    String.raw`\b(?:sums? up|sum(?:med|s)? only|add(?:ed)? up|totals?|subtotals?|averages?|median|top (?:\d+|ten|five|three)|group(?:ed|s)? by|aggregat\w+|pivot|average|mean)\b`,
    String.raw`\bhow (?:many|much)${some}{1,6} (?:did|do|does|were|was|have|has|each|per|by|in each)\b`,
    String.raw`\bper (?:day|week|month|quarter|year|hour|customer|region|shop|store|branch|person|product|category|country|department|driver|class|field|player|room|supplier|programme|project)\b`,
  ],
  text_analyzer: [
    String.raw`\b(?:how many|number of|count(?: the| of)?|counts?) (?:the )?(?:words|sentences|characters|syllables)\b|\bwords?(?: and \w+)? (?:count|per|statistic\w*)`,
    String.raw`\b(?:most (?:used|frequent|common)|frequent|frequency of|commonest|often used)(?: \w+)? words?\b|\bwords per\b|\bsentence length\b|\blong words\b|\breading time\b|\breadab\w+|\bhow long (?:are|is)${some}{0,3} (?:sentences?|texts?)\b|\btake to read\b|\bstop ?words\b`,
  ],
  hash_calculator: [
    String.raw`\b(?:checksums?|fingerprints?|digests?|sha-?\d+|sha\d*|md5|crc\d*|blake\w*|hash(?:es|ed)?)\b`,
    String.raw`\b(?:file|files|copy|copies|document|download|backup)${some}{0,5} (?:same|identical|unchanged|tampered|altered|intact|corrupt\w*|untouched)\b`,
  ],
  date_converter: [
    String.raw`\b(?:\d+|n|some|so many|x)(?: \w+)? (?:days|weeks|months|hours|years|minutes)(?: \w+)? (?:after|before|from|later|ago|until|earlier)\b`,
    String.raw`\b(?:days|weeks|hours|months|years|long|time)${some}{0,2} (?:between|until|till|since|left|from|was|were)\b`,
    String.raw`\b(?:which|what) (?:weekday|day of the week|day|time|date|week)\b|\bweekdays?\b|\bepoch\b|\bunix (?:time\w*|epoch)\b|\butc\b|\btimezones?\b|\bdaylight\b|\bsummer time\b|\biana\b|\bcalendar weeks?\b|\bworking days?\b|\bbusiness days?\b|\bdeadlines?\b|\bnotice period\b|\bhow old\b|\bage in\b|\bdatevalue\b|\bclocktime\b`,
    String.raw`\b(?:convert|turn|write|change|translate|parse|shift)${some}{0,5} (?:dates?|times?|timestamps?|clocktime)\b|\b(?:dates?|times?|timestamps?|clocktime)${some}{0,3} (?:to|into|in|as) (?:utc|iso|local|\w+ time|the time|epoch|another)\b`,
  ],
  file_searcher: [
    String.raw`\b(?:where|which|find|look for|looking for|search\w*|locate|list|all|every|any)${some}{0,8} (?:files?|documents?|folders?|contracts?|letters?|scripts?|photos?|pictures|minutes|notes|reports?|pages|mails)${some}{0,2} (?:that|which|with|where|in which|named|called|containing|contain|contains|mention\w*|about|talk\w*|from)\b`,
    String.raw`\bwhere (?:in|do|did|does|is|are|have)${some}{0,7} (?:folders?|files?|scripts?|mention\w*|uses?|used|lies?|lie|notes|code|written|saved|put|wrote)\b`,
    String.raw`\b(?:find|search|look for|locate|show)${some}{0,3} (?:those|all|every|ones|me|files|documents|contracts|the ones|everything|everywhere)${some}{0,5} (?:that|which|with|where|called|about|mention\w*|contain\w*|named|says?)\b`,
    String.raw`\b(?:search\w*|find|look\w*|grep|scan|go)${some}{0,4} (?:in|through|under|across|over|below)${some}{0,4} (?:folders?|director\w+|files?|documents|tree|archive|notes|share|drive|subfolders)\b`,
    String.raw`\b(?:subfolders?|grep|file ?names?|names only|by name|in the name|full[- ]text|keyword\w*|wherever (?:they|it)|somewhere in|nested folders|folder tree|in which the (?:name|word|term))\b`,
    String.raw`\b(?:search\w*|find)${some}{0,3} (?:text|words?|phrase|term|string)\b|\b(?:mentions?|mentioned|mentioning|appears?|contains?|containing)\b`,
  ],
  file_reader: [
    String.raw`\b(?:plain )?(?:txt|md|markdown)\b|\bplain[- ]text\b|\btext files?\b|\.(?:txt|md|log|tex|rst)\b`,
    String.raw`\bread(?:s|ing)?(?: in)?(?: the| these| those| all| my| our| every| each| such| some| a| any)?(?: \w+)? (?:files?|documents?|notes?|texts?|letters?|manuscripts?|chapters?|scripts?)\b`,
    String.raw`\blines? (?:from )?\d+ ?(?:to|-|–|through|until|and)\b|\b(?:first|last) (?:\d+|page|lines|few|ten|hundred|twenty|fifty|line|part)\b|\bline \d+|\btail of\b|\b(?:paragraph|passage|lines|place|context|text)${some}{0,1} around\b|\b(?:lines|text) around\b`,
    String.raw`\b(?:read|show|open|see|give|print|display)${some}{0,4} (?:passage|paragraph|contents?|part|parts|section|page|chapters?|beginning|whole text|lines)\b`,
    String.raw`\b(?:folder|directory|chapters?|letters|notes|manuscripts?|documents?|texts)${some}{0,4} (?:of|with|as|in|full of) (?:\w+ )?(?:txt|text|md|markdown|plain)\b`,
  ],
  sql_query: [
    String.raw`\b(?:from|out of|in|of|query|ask|look in|look at|through|over|to) (?:the |our |my |a |an |this |that )?(?:\w+ ){0,2}(?:sqlite\w*|database|db|tables?|\w+\.(?:db|sqlite3?))\b`,
    String.raw`\b(?:sqlite\w*|database|db|tables?)${some}{0,3} (?:of|in|with|has|holds|contains|says?|and)\b|\bread[- ]only\b|\bselect\b|\bquer(?:y|ies)\b`,
    String.raw`\b(?:which|how many|who|what|show|list|look up|give|all|find)${some}{0,8} (?:sqlite\w*|database|db|table)\b`,
  ],
  sql_writer: [
    String.raw`\b(?:set|sets|mark|change|update|updated|delete|deleted|remove|insert|inserted|add|added|enter|entered|write|written|put|load|loaded|import|imported|goes?|lands?|becomes?|save|saved|store|stored|append|wipe|keep|kept|fill|into|log|record|correct)${some}{0,9} (?:in|into|to|from|out of|of|as) (?:the |our |a |an |my |this )?(?:\w+ ){0,3}(?:tables?|database|db|sqlite\w*|\w+\.(?:db|sqlite3?))\b`,
    String.raw`\bset (?:their|its|his|her|the|every|all|those|status|each|them)${some}{0,6} (?:to|as|inactive|done|closed)\b|\b(?:rows? in|new rows?|a row|existing (?:ones|rows|entries)|upsert|already there|if it exists|otherwise (?:put|add|insert))\b`,
    String.raw`\b(?:delete|remove|insert|update|mark|change|add)${some}{0,6} (?:rows?|records?|entry|entries|members?|bookings|sessions|users)\b`,
  ],
  '{subject}_client': [
    String.raw`\b(?:ask|asks|from|in|via|through|over|use|using|call|calls|talk to|get|read|pull|fetch|list|out of|of|its|their|the|an?|by|has|with)${some}{0,3} (?:apis?|rest|web ?service|graphql|endpoint)\b`,
    String.raw`\b(?:get|post|put|patch|delete) /\w+|\b(?:api|personal|access|bearer) (?:key|token)s?\b|\bbasic (?:auth\w*|login)\b|\bkey is\b|\bthe key\b|\buser ?(?:\+|and|/) ?password\b|\bcalls? (?:a|per) (?:minute|second|hour|day)\b|\bpages? of\b|\bpagina\w+|\b429\b`,
    String.raw`\b(?:get|read|pull|fetch|list|look up|show|create|update|close|change|add|put|set|take|ask|copy|find|see|need|want|check|search|enter|open|move|assign)${some}{1,7} (?:out of|from|in|into|to|of|via|on) (?:the |our |my )?(?:\w+ )?(?:crm|erp|helpdesk|shop|account|portal|system|service|software|platform|cloud|tracker|provider)\b`,
    String.raw`^\w+: (?:get|list|create|read|fetch|pull|look|close|set|add|find|search)\b`,
  ],
  oauth_authenticator: [
    String.raw`\b(?:client[- ]credentials|pkce|authorization[- ]code|refresh(?:ed|es|ing)? ?tokens?|access tokens?|oauth\w*|consent screen|device code|openid|oidc|sso)\b`,
    String.raw`\btokens?${some}{0,5} (?:renew\w*|refresh\w*|expires?|run out|runs out|by (?:itself|themselves))\b|\b(?:renew|refresh)${some}{0,3} tokens?\b|\b(?:log|sign)s? in with\b`,
  ],
  response_mapper: [
    String.raw`\b(?:field names?|column names?|names?|wording|words|fields?|vocabulary)${some}{0,5} (?:ours|our own|our|different|other|differ|instead|into)\b|\b(?:our|other|own|different|these|those) (?:field |column )?(?:names|fields|wording|words|terms|structure|schema|format|shape)\b`,
    String.raw`[\w.]+['’"”»]? ?(?:->|→|=>|becomes|is to become|goes to|is called|should be called|should become)[^.;\n]{1,30}(?:,|;| and )[^.;\n]{1,30}(?:->|→|=>|becomes|is to become|goes to|is called|to )`,
    String.raw`\b(?:their|its|the|api|each|every|that)${some}{0,2} (?:answers?|responses?|fields?|blob|records?|reply|replies|results?)${some}{0,7} (?:to|into|we want|our|as|onto|in)\b`,
    String.raw`\b(?:into|to|in|onto|as|for) (?:our|the|their|one|a|its) ?(?:own |common |accounting |internal |bookkeeping\w* |flat |new |target )*(?:formats?|shape|fields|schema|structure|wording|names|model|layout|form)\b`,
    String.raw`\b(?:field by field|flatten\w*|flat (?:records?|list|rows?)|reshap\w+|nested|common (?:shape|answer|format)|unwrap|mapp?(?:ed|ing)?s?|one common|translate (?:the|their)|re-?arrange|converted? into|plain records?|no longer nested)\b`,
    String.raw`\bwe (?:want|need|only want|only need|call it|use):`,
  ],
  sync_manager: [
    String.raw`\b(?:bi-?directional\w*|one[- ]way|one direction(?: only)?|both (?:ways|directions)|either (?:side|direction|one)|whichever (?:side|one)|drift apart|in step|in sync|up to date with|alike|two[- ]way)\b`,
    String.raw`\b(?:must|should|has to|have to|needs? to|always|shall|be|keep|kept|stay|show|hold)${some}{0,5} (?:follow|the same|identical|equal|match|current|mirrored|agree)\b`,
    String.raw`\b(?:never (?:writes? |goes |the )?(?:back|other)|nothing (?:goes|is written|flows) back|always right|is the truth|(?:is|as) (?:the )?(?:master|leading)|source of truth|wins|newer one|the other way (?:round|around)|when both|both (?:changed|were changed|sides)|changed on)\b`,
    String.raw`\b(?:copy|mirror|carry|transfer|push|move|replicate|new)${some}{0,5} (?:from|between|in) \w+${some}{0,4} (?:into|to|and|->|→|=|over to) `,
    String.raw`\b(?:changes?|change of|edits?|new \w+|corrections?)${some}{0,6} (?:arrives?|appears?|shows? up|goes over|reach(?:es)?|must be in|carried|is carried) `,
    String.raw`\b\w+(?: \w+)? ?(?:->|→|<->|↔|=>) ?\w+(?: \w+)?(?: only)?[,:]`,
  ],
  webhook_sender: [
    String.raw`\b(?:tell|tells|inform|notify|posts?|posted|sends?|sent|call|ping|announce|push|gets?|told|informed|wants? to (?:hear|know)|let|report|fire|hand)${some}{0,9} (?:urls?|hooks?|endpoints?|webhooks?|callbacks?|signed)\b`,
    String.raw`\bsigned (?:posts?|events?|requests?|payload|message|call|notification)\b|\bhook urls?\b|\bcatch-hook\b|\bwith(?: a| the)? (?:payload|hmac|signature|signed)\b|\bsignature header\b|\bsigned\b|\bhis url\b|\btheir url\b|\bour url\b|\bthe url\b`,
    String.raw`\b(?:post|deliver|attempts?|sends?|fire|emit|publish)${some}{0,5} (?:json body|events?|signature|payload|attempts|when|whenever|subscribers)\b`,
  ],
  webhook_verifier: [
    String.raw`\b(?:check|checks|verify|verif\w+|make sure|reject|rejects|really|genuine|authentic\w*|ensure|validate|prove|trust|accept|drop|refuse|confirm)${some}{0,10} (?:signatures?|signed|hmac|callbacks?|came from|come from|sent by|comes from|genuine|really|from us|authentic)\b`,
    String.raw`\bsign(?:s|ed|ing)?(?: its| their| it| the| them| all| every)? (?:callbacks?|calls?|posts?|requests?|messages?|events?|by|it|them)\b`,
    String.raw`\b(?:incoming|received?|arriving|inbound|sends? us|calls? (?:us|our)|posts? to us|comes? in|hits? our|on our (?:hook|endpoint))\b`,
    String.raw`\b(?:forged|fake|faked|spoof\w*|tamper\w*|joker|impostor|replay\w*|x-[\w-]+|hmac|shared secret|signature)\b`,
  ],
  workflow_engine: [
    String.raw`\b(?:first|then|afterwards|after that|next)\b[^\n]{3,140}\b(?:then|afterwards|after that|next|finally|last)\b`,
    String.raw`(?:->|→|=>|, then)[^\n]{2,60}(?:->|→|=>|, then|and then)`,
    String.raw`\b(?:one after (?:the other|another)|in (?:this|the right|that|a fixed|the given|their) (?:order|sequence)|step by step|fixed (?:order|sequence)|each (?:step|one)${some}{0,2} (?:needs|waits|after|only)|in parallel|at (?:the same time|once)|side by side|concurrently|chain(?:ed)?|sequence|steps?|stages?|stations?|pipeline|workflow|orchestrat\w+)\b`,
    String.raw`\b(?:only|not|never|starts?|begins?|may start|must not)${some}{0,5} (?:after|when|once|until|before)${some}{0,5} (?:finished|through|done|succeeded|passed|yes|ok|complete\w*|ready|successful|both|approved)\b`,
    String.raw`\b(?:go on|goes on|carry on|carries on|continues?|resumed?|restart\w*|start again|pick up)${some}{0,6} (?:where|there|right place|from|restart|later|stopped|w/o|without)?\b`,
    String.raw`\b(?:where|which step|which|what)${some}{0,6} (?:hangs?|stopped|are we|is at|waits?|in which (?:state|condition)|stands?)\b|\b(?:survives? (?:a |the )?restarts?|power (?:cut|failure)|reboot|state (?:kept|of)|keep track)\b`,
    String.raw`\b(?:tr(?:y|ied) (?:it |them )?again|repeat(?:ed|s)?${some}{0,3} (?:\d+|twice|times|minute|up to)|retr(?:y|ies|ied)|failed (?:ones|steps?)|if${some}{1,4} fails?|when${some}{1,4} (?:fails|breaks)|a step fails)\b`,
    String.raw`\b(?:approv\w+|says? (?:ok|yes)|sign(?:s|ed)? off|releases?d?|waits? for|waiting for|depends? on|dependenc\w+|rejected|escalat\w+|goes (?:back|to|on to)|hands? (?:it|on))\b`,
  ],
};

/** The cues of each tool, ready to be searched. */
export const cues: ReadonlyMap<string, readonly RegExp[]> = new Map(
  Object.entries(turnsOfSpeech).map(([tool, patterns]) => [tool, patterns.map(cue)]),
);
