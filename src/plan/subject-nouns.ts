const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Words that never name what a server is about: function words, formats, and what is done to everything. */
const hollow = set(
  `a an the this that these those my our your their his her its all each any some every another other both one two three four five several many much more most new old own same such only just also very well
  and or but nor of to from in into on onto at by for with without within between against after before until since during through over under about above below per via as than so if when whenever where while because which who whom whose what how why there here then now again once twice not no never none nothing yet still too quite please pls thanks thank hello hallo dear hi hey sir madam regards kind best team all
  i we you he she it they me us him them mine ours is are was were be been being am do does did done doing have has had having will would shall should can could may might must need needs needed want wants wanted wish like would let lets get gets got getting give gives gave given giving take takes took taken taking put puts make makes made making go goes went gone going come comes came coming keep keeps kept keeping say says said tell tells told show shows shown see sees seen look looks know knows ask asks use uses used using find finds found try tries tried work works working help helps turn turns turned bring brings brought send sends sent receive receives received leave leaves left lie lies hold holds contain contains build create creates created run runs running start stop call calls called think hope
  csv tsv json jsonl ndjson xml yaml excel xlsx sqlite sql api apis rest http https url urls oauth pdf txt md html format formats file files dataset data record records row rows column columns field fields line lines entry entries table tables database databases db text texts list lists document documents folder folders directory directories object objects array item items value values number numbers name names date dates time times input inputs output outputs result results report reports export exports import imports dump dumps server servers tool tools mcp service services system systems software program programs app application script step steps thing things stuff something anything everything someone somebody anybody people person user users way ways kind part parts place end side lot bit bunch copy version
  read reads reading write writes writing written load loads loading open opens parse parses process processes processing validate validates validation validating check checks checked checking verify verifies transform transforms convert converts conversion merge merges join joins joined combine combined dedupe remove removes removed removing delete deletes drop drops clean cleans cleaned cleaning cleanup fix fixes change changes changed update updates updated add adds added sort sorted filter filters count counts counted sum sums total totals average averages mean median group groups grouped aggregate aggregates compute calculate calculates statistics stats statistic describe profile overview search searches searching fetch fetches pull pulls query queries save saves saved store stores stored download upload sync syncs synced synchronize match matches matched matching compare compares compared map maps mapped rename standardize standardise standardized normalise normalize sign signed split return returns returned print produce produces generate generates deliver delivers
  good bad right wrong valid invalid missing duplicate duplicates double doubles empty blank raw clean tidy standard uniform common certain different simple small large big long short whole full first second third last next few real true false ready able possible important useful best better external internal local remote incoming outgoing following separate single existing current latest recent exact exactly really always often usually maybe perhaps today tomorrow yesterday day days week weeks month months year years daily weekly monthly nightly night morning evening hour hours minute minutes monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october november december
  whats smth sth thru somewhere out itself themselves detect extract control embeddings predict forecast train older newer free become becomes complete publish heard bitte eine einen der die das und mit les des une pour para con ich wir paste drop hand hands handed want ones else even nicht bad whatsoever lately mention mentions appear appears arrive arrives whenever become bunch measure length readability size word words convert anyone touches touch translator print switch resize translate cancel lost state states case cases fails fail failed marked ish however comes point
  comma commas semicolon separated delimited tab pipe test tests sample example ticket summary subject request requirement requirements specification section component shall accept`,
);

const verbal = /(?:ing|ly|ed|ise|ize|ises|izes)$/;
const nounsAnyway =
  /(?:feed|seed|need|breed|building|booking|reading|meeting|listing|training|shipping|bearing|pricing|rating|hearing|supply|family|assembly|wedding|clothing|painting|recording|opening|offering|parking|exercise|franchise|enterprise|size|prize)s?$/;

const isNoun = (word: string): boolean =>
  word.length > 2 && word.length < 24 && !hollow.has(word) && (!verbal.test(word) || nounsAnyway.test(word));

/** `entries` → `entry`, `leads` → `lead`. */
const singular = (word: string): string =>
  /(?:ss|us|is)$/.test(word) || word.length < 4 ? word : word.replace(/ies$/, 'y').replace(/([^s])s$/, '$1');

/**
 * What a request is about, in one or two of its nouns: `customer-emails` of “check the emails of our customers”,
 * `tree-register` of “describe the tree register”. Undefined when only formats and actions are named.
 */
export function subjectNouns(text: string): string | undefined {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/\be-mails?\b/g, 'emails');
  const file = fileName.exec(plain)?.[1]?.split(/[_-]/) ?? [];
  const [first = '', second = ''] = file;
  if (isNoun(first) && second.length > 2) return `${first}-${second}`;
  const prose = plain.replaceAll(new RegExp(fileName, 'g'), ' , ');
  const owned = [...prose.matchAll(ownership)].find(
    ([, thing = '', owner = '']) => isNoun(thing) && isNoun(owner) && singular(thing) !== singular(owner),
  );
  const pair = [...prose.matchAll(/\b(?=([a-z]{3,24}) ([a-z]{3,24})\b)/g)].find(
    ([, one = '', other = '']) => isNoun(one) && (isNoun(other) || heads.has(other)),
  );
  if (owned !== undefined && (pair === undefined || owned.index <= pair.index))
    return `${singular(owned[2] ?? '')}-${owned[1] ?? ''}`;
  if (pair !== undefined) return `${singular(pair[1] ?? '')}-${pair[2] ?? ''}`;
  const single = isNoun(first) ? first : prose.match(/[a-z]{3,24}/g)?.find(isNoun);
  return single === undefined ? undefined : `${singular(single)}-data`;
}

const fileName = /\b([a-z][a-z_-]{2,30}?)(?:[_-]?\d+)?\.(?:csv|tsv|jsonl?|ndjson|xml|sqlite3?|db|txt)\b/;
const ownership = /\b([a-z]{3,24}) (?:of|from|for) (?:(?:the|our|my|all|each|every|its|their) )*([a-z]{3,24})\b/g;

/** After a noun these name a thing, alone they do not. */
const heads = set(
  'data records list lists files entries export exports feed table database names numbers dates documents texts reports',
);
