const set = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Left out of the token stream altogether: they carry neither action, thing nor direction. */
export const dropped = set(
  'a an the this that these those our my your his her its their i we you he she it they me us them him who whom which whose what how am is are was were be been being do does did have has had having will would shall should can could may might must please pls plz kindly thanks thank hello hi hey dear just also too very really quite some any all such own able so well like want wants wanted need needs needed needing wish would able there here of on at about over under most lot lots few one ein eine einen einer der die das den und mit für fur le la les un une des el los las una para por s t re ve ll m d lets let',
);

/** Determiners: a word after one is a thing, not an action (`the export`, `our transfer`). */
export const determiners = set(
  'one a an the this these those our my your his her its their every each some any ein eine der die das le la les un une el',
);

/** Who tells how things are done today: `we export`, `they send`. */
export const tellers = set('i we they he she it who');

/** Others than the one who asks: what they do is told, whatever word of wishing stands with it. */
export const others = set('they he she it who');

/** Words of wishing and duty. */
export const wishes = set(
  'must should shall need needs needed want wants wanted would could can please pls let lets may might able to',
);

/** Kept, because they say which way things go. */
export const prepositions = set(
  'both every each by up out to into in as from with between against for via using through within inside and or then',
);

/** Prepositions of neighbours that turn up in English requests. */
export const foreign: ReadonlyMap<string, string> = new Map([
  ['als', 'as'],
  ['aus', 'from'],
  ['von', 'from'],
  ['nach', 'to'],
  ['en', 'in'],
  ['im', 'in'],
  ['vers', 'to'],
  ['desde', 'from'],
  ['depuis', 'from'],
  ['et', 'and'],
  ['y', 'and'],
  ['pro', 'per'],
  ['par', 'per'],
  ['w', 'with'],
]);

/** Words that turn what follows into what is not wanted. */
export const negators = set(
  'not no never without dont doesnt didnt shouldnt mustnt wont cannot cant isnt arent neither nor none nothing avoid avoiding skip skipping except excluding exclude omit kein keine nicht ohne sans sin pas',
);

/** After a negator these are states or defects to be found, not wishes taken back: `not valid`, `no duplicates`. */
export const states = set(
  'valid invalid empty blank unique match matching matches contain contains correct exist exists found fit depend depends responding respond complete filled known real present reachable only duplicate duplicates duplicated doubles dupes missing errors error nulls gaps typos longer later more less older newer yet least required identical equal consistent same ascii',
);

/** A condition before a negator makes it part of the condition: `that do not`, `if it is not`. */
export const conditions = set(
  'that which who whose if when where unless because since whether steps those ones anything whatever until',
);

/** Words after which a negation is over. */
export const turns = set('but only instead just rather however though although then');

/** Words so common in wishes that alone they name nothing to build. */
export const generic = set(
  'server servers mcp tool tools thing things something anything stuff useful helpful help great good nice cool smart new better best team teams people company business work works working make making made build building create do doing use using user users project projects app application software system solution service platform simple easy quick fast modern ai agent agents assistant claude cursor some magic task tasks everything automate automation automatically marketing sales office support productivity process processes improve daily life day data information give get have idea ideas various different important stuff kind able model context protocol now today soon maybe perhaps etc way ways',
);

/** Ordinary words that look like misspelt technical ones. */
export const ordinary = set(
  'locking locked ranking rankings typo typos stack stacks stacked track tracks smack shack rack between within before after again other others another first second third last next since until while because where there their then than they them from form forms into onto upon over under about above below with without also always never often some same such most more many much must might could would should shall will when what whether which while whose every each either neither else even ever only once twice three four five six seven eight nine hundred thousand million weekly daily monthly yearly hourly nightly morning evening night week month year years months weeks days hours minutes seconds today yesterday tomorrow right wrong good bad better worse best worst large small bigger smaller long short longer shorter high low higher lower old young early late open close closed closing opened public private local global internal external person people human humans place places point points order orders ordered ordering price prices priced product products item items article articles stock store stores shop shops sales sale cost costs costed paid pays payment payments amount amounts money euros dollars tax rate rates rated note notes noted number numbers value values valued name names named address addresses street city country state states postal code codes coded school schools student students teacher teachers class classes course courses grade grades patient patients doctor doctors hospital clinic nurse medical health member members club group groups party guest guests hotel hotels room rooms booking bookings table tables flight flights train trains trained car cars driver drivers vehicle fleet road truck trucks parcel parcels package packages shipment shipments warehouse goods supplier suppliers vendor vendors partner partners employee employees staff manager managers salary salaries department departments office offices branch branches store region regions plant plants machine machines sensor sensors device devices reading readings weather water energy power light lamps heat temperature temperatures humidity pressure story stories book books library libraries author authors song songs music movie movies game games player players score scores team match matches season event events meeting meetings calendar holiday working meter meters metre county court courts case cases legal contract contracts clause clauses property properties house houses rent rents tenant tenants owner owners land bank banks loan loans account accounts accounting booked ledger budget budgets expense expenses donation donations donor donors charity church museum archive archives collection farm farms animal animals cattle crop crops seed seeds garden tree trees fish food recipe recipes menu kitchen restaurant wine beer coffee lead leads deal deals campaign campaigns survey surveys answer answers question questions reply vote votes voter news post posts blog comment comments tweet tweets page pages site sites link links text texts letter letters word words sentence line lines list lists listed listing paper papers part parts piece pieces color colour size sizes weight weights height width length depth distance speed time times timed date dates dated stamp title titles heading content contents context contexts contest mouth moth chance change changed changes charge charges choose chosen start started starts stop stopped begin ended ends finish finished wait waits waiting watch watches trust trusted treat treats create created given gives taken takes brought bring brings comes coming goes going gone went left stays stay keep keeps kept held hold holds told tells tell says said asks asked ask know known knows think thought seen sees look looks looking feel felt help helps helped hope hopes live lives moves moved move play plays pull pulls push pushes puts reach reached real really rest rests running runs sort sorted sorting sorts such sure test tests tested testing tried tries trying type types typed until usual visit visits wants weird whole world worth write wrote written',
);

/** Words whose stem is a technical word's, and whose meaning is not. */
export const opaque = set(
  'meaning means meant meanwhile scrap scrapped translator translators standard standards readable deeply views shifts general international internal number numbering timing timely describing description profiles planned planning planet university universal organisation organization organizer generous police policy policies past passed passing passage relate relative relation factory factor executive department departments apartment statement statements community communication commune contest universe unity united unit commander animal animate posted poster possible position',
);
