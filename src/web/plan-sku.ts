/**
 * Size of an App Service plan.
 *
 * @see https://azure.microsoft.com/pricing/details/app-service/linux/
 */
export enum PlanSku {
  /** Basic: one core, 1.75 GB; no slots, no autoscale, no zones. */
  B1 = 'B1',
  /** Basic: two cores, 3.5 GB; no slots, no autoscale, no zones. */
  B2 = 'B2',
  /** Basic: four cores, 7 GB; no slots, no autoscale, no zones. */
  B3 = 'B3',
  /** Standard: one core, 1.75 GB; no zones. */
  S1 = 'S1',
  /** Standard: two cores, 3.5 GB; no zones. */
  S2 = 'S2',
  /** Standard: four cores, 7 GB; no zones. */
  S3 = 'S3',
  /** Premium v3: one core, 4 GB. */
  P0V3 = 'P0v3',
  /** Premium v3: two cores, 8 GB. */
  P1V3 = 'P1v3',
  /** Premium v3: four cores, 16 GB. */
  P2V3 = 'P2v3',
  /** Premium v3: eight cores, 32 GB. */
  P3V3 = 'P3v3',
  /** Premium v3 with more memory: two cores, 16 GB. */
  P1MV3 = 'P1mv3',
  /** Premium v3 with more memory: four cores, 32 GB. */
  P2MV3 = 'P2mv3',
  /** Premium v3 with more memory: eight cores, 64 GB. */
  P3MV3 = 'P3mv3',
  /** Premium v4: one core, 4 GB; not in every region. */
  P0V4 = 'P0v4',
  /** Premium v4: two cores, 8 GB; not in every region. */
  P1V4 = 'P1v4',
  /** Premium v4: four cores, 16 GB; not in every region. */
  P2V4 = 'P2v4',
  /** Premium v4: eight cores, 32 GB; not in every region. */
  P3V4 = 'P3v4',
}
