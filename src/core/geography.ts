/**
 * Part of the world that Azure keeps data in, as Azure draws the borders.
 */
export enum Geography {
  /** Member states of the European Union; not a geography of Azure, but the border most privacy offices draw. */
  EUROPEAN_UNION = 'European Union',
  /** Australia. */
  AUSTRALIA = 'Australia',
  /** Austria. */
  AUSTRIA = 'Austria',
  /** East and Southeast Asia: Hong Kong SAR and Singapore. */
  ASIA_PACIFIC = 'Asia Pacific',
  /** Belgium. */
  BELGIUM = 'Belgium',
  /** Brazil. */
  BRAZIL = 'Brazil',
  /** Canada. */
  CANADA = 'Canada',
  /** Chile. */
  CHILE = 'Chile',
  /** Denmark. */
  DENMARK = 'Denmark',
  /** Ireland and the Netherlands. */
  EUROPE = 'Europe',
  /** France. */
  FRANCE = 'France',
  /** Germany. */
  GERMANY = 'Germany',
  /** India. */
  INDIA = 'India',
  /** Indonesia. */
  INDONESIA = 'Indonesia',
  /** Israel. */
  ISRAEL = 'Israel',
  /** Italy. */
  ITALY = 'Italy',
  /** Japan. */
  JAPAN = 'Japan',
  /** Korea. */
  KOREA = 'Korea',
  /** Malaysia. */
  MALAYSIA = 'Malaysia',
  /** Mexico. */
  MEXICO = 'Mexico',
  /** New Zealand. */
  NEW_ZEALAND = 'New Zealand',
  /** Norway. */
  NORWAY = 'Norway',
  /** Poland. */
  POLAND = 'Poland',
  /** Qatar. */
  QATAR = 'Qatar',
  /** South Africa. */
  SOUTH_AFRICA = 'South Africa',
  /** Spain. */
  SPAIN = 'Spain',
  /** Sweden. */
  SWEDEN = 'Sweden',
  /** Switzerland. */
  SWITZERLAND = 'Switzerland',
  /** United Arab Emirates. */
  UAE = 'United Arab Emirates',
  /** United Kingdom. */
  UNITED_KINGDOM = 'United Kingdom',
  /** United States. */
  UNITED_STATES = 'United States',
}
