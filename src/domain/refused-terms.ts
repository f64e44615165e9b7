import { fold } from './text-fold.ts'

/**
 * Words that speak of who people are. Threats and alleged perpetrators are named by act and by class (5C-8):
 * a list that offered a people or a faith as a perpetrator would accuse every member of it.
 */
const GENERIC = [
  'tribe tribes tribal tribalist tribu tribus tribale tribal tribaux tribales',
  'ethnic ethnics ethnicity ethnie ethnies ethnique ethniques multiethnic interethnic interethnique',
  'clan clans clanic clanique claniques subclan caste castes race races racial raciale raciaux lineage lineages lignage',
  'religious religieux religieuse religieuses confessionnel confessionnelle sect sects secte sectes sectarian sectaire',
  'pygmy pygmies pygmee pygmees nomad nomads nomade nomades autochtone autochtones allochtone allochtones native natives',
  'foreigner foreigners etranger etrangers',
]

/** Faiths and their followers. */
const FAITHS = [
  'muslim muslims musulman musulmans musulmane musulmanes islamic islamique islamist islamists islamiste islamistes',
  'jihadi jihadis jihadist jihadists djihadiste djihadistes sunni sunnis sunnite sunnites shia shiite shiites chiite chiites',
  'christian christians chretien chretiens chretienne chretiennes catholic catholics catholique catholiques',
  'protestant protestants protestante orthodox orthodoxe jew jews jewish juif juifs juive juives hindu hindus hindou hindous',
  'buddhist buddhists bouddhiste bouddhistes animist animists animiste animistes druze druzes alawite alawites yazidi yazidis',
  'copt copts coptic copte coptes maronite maronites',
]

/** Peoples of the countries where peace operations have worked. Not complete; no list could be. */
const PEOPLES = [
  'hutu hutus tutsi tutsis twa batwa banyamulenge banyarwanda hunde nande nyanga lendu hema alur ngiti lega bembe fuliru shi luba',
  'songye lunda tetela mongo yaka teke kongo bakongo luo acholi langi teso',
  'dinka dinkas nuer nuers shilluk murle anuak bari azande zande fertit misseriya ngok rizeigat',
  'fur masalit zaghawa berti baggara janjaweed abbala beja nuba',
  'peul peuls peulh peulhs peuhl fula fulas fulani fulanis fulbe mbororo mbororos dogon dogons bambara bamana tuareg tuaregs touareg touaregs',
  'songhai songhay bella soninke malinke mandinka hausa haoussa kanuri igbo yoruba tiv arma arab arabs arabe arabes berber berbers',
  'gbaya banda mandja sara ngbandi mboum goula runga rounga kara yakoma',
  'krahn gio mano mandingo kpelle bassa grebo kru mende temne limba bete baoule dioula guere senoufo',
  'somali somalis hawiye darod rahanweyn isaaq oromo oromos amhara amharas tigrayan tigrayans afar afars',
  'serb serbs serbe serbes croat croats croate croates bosniak bosniaks kosovar albanian albanians albanais roma romani rom roms ashkali',
  'kurd kurds kurde kurdes turkmen turkmens turkmene assyrian assyrians hazara hazaras pashtun pashtuns tajik tajiks uzbek uzbeks baluch',
  'palestinian palestinians palestinien palestiniens sahrawi sahrawis tamil tamils sinhalese rohingya rohingyas karen kachin shan',
]

const WORDS = new Set([...GENERIC, ...FAITHS, ...PEOPLES].flatMap(line => line.split(' ')))

/**
 * Finds a word that names an ethnic group or a community of faith.
 *
 * @returns the word as it was written, or undefined. Case, accents and hyphens do not hide it; a word that merely
 *   contains one ("Karamba", "harassment") is not refused.
 */
export function refusedTerm(text: string): string | undefined {
  const spelled = text.replace(/[_\p{Pd}]/gu, ' ').split(/[^\p{L}\p{M}\p{N}]+/u)
  return spelled.find(word => WORDS.has(fold(word)))
}
