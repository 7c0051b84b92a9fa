/** Roles that work at the desk. The service checks each request; this only spares others pages that would refuse them. */
const OFFICE: readonly string[] = ['operator', 'triage', 'supervisor', 'discipline'];

/** Decide about cases, and see who wrote and what stands behind a figure. */
const DECIDERS: readonly string[] = ['triage', 'supervisor', 'discipline'];

export function decidesCases(role: string): boolean {
  return DECIDERS.includes(role);
}

export function worksAtDesk(role: string): boolean {
  return OFFICE.includes(role);
}
