/** Customers of the demo shop. Names in the scripts that real address books hold; addresses that nobody can own. */
export const CUSTOMERS: readonly { name: string; mailbox: string }[] = [
  ['Bäckerei Müller & Söhne', 'baeckerei-mueller'],
  ['Société Générale du Thé', 'societe-du-the'],
  ['Panadería La Ñusta', 'la-nusta'],
  ['Żółć i Synowie sp. z o.o.', 'zolc-i-synowie'],
  ['Ångström Instrument AB', 'angstrom'],
  ['Þórsmörk Útivist ehf.', 'thorsmork'],
  ['Çağlar Tekstil A.Ş.', 'caglar-tekstil'],
  ['Công ty Phở Hòa', 'pho-hoa'],
  ['Kovács és Társa Kft.', 'kovacs'],
  ['Ștefan Vodă SRL', 'stefan-voda'],
  ['ООО «Северный ветер»', 'severny-veter'],
  ['ТОВ «Київські каштани»', 'kyivski-kashtany'],
  ['ЕООД „Розова долина“', 'rozova-dolina'],
  ['Ελαιώνες Καλαμάτας Α.Ε.', 'elaiones'],
  ['שמש ובניו בע״מ', 'shemesh'],
  ['شركة النخيل للتجارة', 'al-nakheel'],
  ['شرکت فرش اصفهان', 'farsh-esfahan'],
  ['پاک ٹیکسٹائل ملز', 'pak-textile'],
  ['हिमालय मसाले प्रा. लि.', 'himalaya-masale'],
  ['রূপসা চা কোম্পানি', 'rupsha-cha'],
  ['சென்னை பட்டு இல்லம்', 'chennai-pattu'],
  ['บริษัท สวนมะม่วง จำกัด', 'suan-mamuang'],
  ['株式会社さくら堂', 'sakurado'],
  ['合同会社カメラの北村', 'kitamura'],
  ['上海明月贸易有限公司', 'mingyue'],
  ['臺北山茶行', 'shancha'],
  ['주식회사 한강상사', 'hangang'],
  ['შპს „კახეთის მარანი“', 'kakheti-marani'],
  ['Արարատ Գինի ՍՊԸ', 'ararat-gini'],
  ['ኢትዮ ቡና ላኪዎች', 'ethio-buna'],
  ["O'Connell & Daughters Ltd", 'oconnell'],
  ['Smith, Jones "The Best" Inc.', 'smith-jones'],
].map(([name = '', mailbox = '']) => ({ name, mailbox }));

/** One invoice of the demo shop; days count from the day of the first start. */
export interface DemoInvoice {
  number: string;
  customer: number;
  amountCents: number;
  currency: string;
  issuedDaysAgo: number;
  dueDaysAgo: number;
  paidDaysAgo: number | null;
}

const INVOICES = 540;
const CURRENCIES = ['EUR', 'USD', 'GBP', 'JPY', 'INR', 'BRL', 'CHF', 'SEK'];
/** Amounts that need people: three for one approver, one for two. */
const LARGE = [612_450, 899_000, 1_745_080];
const VERY_LARGE = [4_812_000];

/** The invoices, always the same ones: most are paid, some are not due yet, about seventy are overdue. */
export function demoInvoices(): DemoInvoice[] {
  const random = generator(20_261_123);
  return Array.from({ length: INVOICES }, (_, i) => {
    const issuedDaysAgo = 3 + Math.floor(random() * 420);
    const dueDaysAgo = issuedDaysAgo - 30;
    const overdue = dueDaysAgo > 0 && random() < 0.14;
    const usual = Math.round(900 * Math.exp(random() * 5.4));
    return {
      number: `2026-${String(1000 + i)}`,
      customer: Math.floor(random() * CUSTOMERS.length),
      amountCents: Math.min(usual, 480_000),
      currency: CURRENCIES[Math.floor(random() * CURRENCIES.length)] ?? 'EUR',
      issuedDaysAgo,
      dueDaysAgo,
      paidDaysAgo: overdue || dueDaysAgo <= 0 ? null : Math.max(0, dueDaysAgo - Math.floor(random() * 10)),
    };
  }).map(withLargeAmounts());
}

// Exactly as many large ones as a newcomer can decide without getting tired.
function withLargeAmounts(): (invoice: DemoInvoice) => DemoInvoice {
  const amounts = [...LARGE, ...VERY_LARGE];
  return (invoice) => {
    const overdue = invoice.dueDaysAgo > 0 && invoice.paidDaysAgo === null;
    const amountCents = overdue ? amounts.shift() : undefined;
    return amountCents === undefined ? invoice : { ...invoice, amountCents };
  };
}

/** Pseudo-random numbers from 0 to 1, the same for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
