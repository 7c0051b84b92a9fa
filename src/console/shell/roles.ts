/** Roles that work at the desk. The service checks each request; this only spares others pages that would refuse them. */
const OFFICE: readonly string[] = ['operator', 'triage', 'supervisor', 'discipline'];

export function worksAtDesk(role: string): boolean {
  return OFFICE.includes(role);
}
