/** Words that names of regions are made of, as Azure writes them; the longer ones first. */
const WORDS = [
  ...['Switzerland', 'Southeast', 'Indonesia', 'Australia', 'Zealand', 'Malaysia', 'Germany', 'Denmark', 'Belgium'],
  ...['Austria', 'Central', 'Europe', 'Africa', 'Brazil', 'Canada', 'France', 'Israel', 'Mexico', 'Norway', 'Poland'],
  ...['Sweden', 'Chile', 'India', 'Italy', 'Japan', 'Korea', 'North', 'Qatar', 'South', 'Spain', 'Asia', 'East'],
  ...['West', 'Jio', 'New', 'UAE', 'UK', 'US', '2', '3'],
];

/**
 * A region as Azure writes it for people, e.g. `Germany West Central`, which is how it tells of incidents; nothing for a
 * region that has other words.
 *
 * @param location The region as Terraform spells it.
 */
export function regionName(location: string): string | undefined {
  const words: string[] = [];
  for (let rest = location; rest !== ''; rest = rest.slice(words[words.length - 1].length)) {
    const found = WORDS.find((word) => rest.startsWith(word.toLowerCase()));
    if (found === undefined) {
      return undefined;
    }
    words.push(found);
  }
  return words.join(' ');
}
