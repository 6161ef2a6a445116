/**
 * Names of time zones by which Azure knows those of the IANA data base.
 *
 * Source: windowsZones of the Unicode CLDR, its territory 001 and the capitals of Azure's regions.
 */
const WINDOWS_NAMES: { readonly [iana: string]: string } = {
  'Africa/Cairo': 'Egypt Standard Time',
  'Africa/Johannesburg': 'South Africa Standard Time',
  'Africa/Lagos': 'W. Central Africa Standard Time',
  'Africa/Nairobi': 'E. Africa Standard Time',
  'America/Argentina/Buenos_Aires': 'Argentina Standard Time',
  'America/Bogota': 'SA Pacific Standard Time',
  'America/Chicago': 'Central Standard Time',
  'America/Denver': 'Mountain Standard Time',
  'America/Halifax': 'Atlantic Standard Time',
  'America/Los_Angeles': 'Pacific Standard Time',
  'America/Mexico_City': 'Central Standard Time (Mexico)',
  'America/New_York': 'Eastern Standard Time',
  'America/Phoenix': 'US Mountain Standard Time',
  'America/Santiago': 'Pacific SA Standard Time',
  'America/Sao_Paulo': 'E. South America Standard Time',
  'America/Toronto': 'Eastern Standard Time',
  'Asia/Dubai': 'Arabian Standard Time',
  'Asia/Hong_Kong': 'China Standard Time',
  'Asia/Jakarta': 'SE Asia Standard Time',
  'Asia/Jerusalem': 'Israel Standard Time',
  'Asia/Kolkata': 'India Standard Time',
  'Asia/Kuala_Lumpur': 'Singapore Standard Time',
  'Asia/Manila': 'Singapore Standard Time',
  'Asia/Qatar': 'Arab Standard Time',
  'Asia/Riyadh': 'Arab Standard Time',
  'Asia/Seoul': 'Korea Standard Time',
  'Asia/Shanghai': 'China Standard Time',
  'Asia/Singapore': 'Singapore Standard Time',
  'Asia/Taipei': 'Taipei Standard Time',
  'Asia/Tokyo': 'Tokyo Standard Time',
  'Australia/Adelaide': 'Cen. Australia Standard Time',
  'Australia/Brisbane': 'E. Australia Standard Time',
  'Australia/Perth': 'W. Australia Standard Time',
  'Australia/Sydney': 'AUS Eastern Standard Time',
  'Etc/UTC': 'UTC',
  'Europe/Amsterdam': 'W. Europe Standard Time',
  'Europe/Athens': 'GTB Standard Time',
  'Europe/Berlin': 'W. Europe Standard Time',
  'Europe/Brussels': 'Romance Standard Time',
  'Europe/Bucharest': 'GTB Standard Time',
  'Europe/Budapest': 'Central Europe Standard Time',
  'Europe/Copenhagen': 'Romance Standard Time',
  'Europe/Dublin': 'GMT Standard Time',
  'Europe/Helsinki': 'FLE Standard Time',
  'Europe/Istanbul': 'Turkey Standard Time',
  'Europe/Kyiv': 'FLE Standard Time',
  'Europe/Lisbon': 'GMT Standard Time',
  'Europe/London': 'GMT Standard Time',
  'Europe/Madrid': 'Romance Standard Time',
  'Europe/Oslo': 'W. Europe Standard Time',
  'Europe/Paris': 'Romance Standard Time',
  'Europe/Prague': 'Central Europe Standard Time',
  'Europe/Rome': 'W. Europe Standard Time',
  'Europe/Sofia': 'FLE Standard Time',
  'Europe/Stockholm': 'W. Europe Standard Time',
  'Europe/Vienna': 'W. Europe Standard Time',
  'Europe/Warsaw': 'Central European Standard Time',
  'Europe/Zurich': 'W. Europe Standard Time',
  'Pacific/Auckland': 'New Zealand Standard Time',
  UTC: 'UTC',
};

/**
 * The name that Azure has for a time zone of the IANA data base, if it is one of the known ones.
 */
export function windowsTimeZone(iana: string): string | undefined {
  return Object.hasOwn(WINDOWS_NAMES, iana) ? WINDOWS_NAMES[iana] : undefined;
}

/**
 * The known time zones that an unknown one may have been meant to be; for the remedy in an error.
 */
export function timeZonesLike(name: string): string[] {
  const city = name.split('/').pop()?.toLowerCase().slice(0, 4) ?? '';
  const area = name.split('/')[0];
  const known = Object.keys(WINDOWS_NAMES);
  const near = known.filter((zone) => city.length > 2 && zone.toLowerCase().includes(city));
  return near.length > 0 ? near : known.filter((zone) => zone.startsWith(`${area}/`)).slice(0, 5);
}
