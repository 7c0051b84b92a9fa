import { sql } from 'kysely';

/** SQL of a member of staff as JSON (`PersonRef`), from a row of `users` under this alias. */
export const person = (alias: string) =>
  sql`json_build_object('id', ${sql.ref(`${alias}.id`)}, 'name', ${sql.ref(`${alias}.name`)}, 'role', ${sql.ref(`${alias}.role`)})`;
