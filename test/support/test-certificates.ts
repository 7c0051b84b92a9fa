import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const EC_KEY = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes'; // RSA would cost a second on a busy machine

export type TestCertificate = {
  readonly keyFile: string;
  readonly certFile: string;
  readonly key: Buffer;
  readonly cert: Buffer;
};
export type TestAuthority = {
  /** PEM file to hand to a client that shall trust this authority. */
  readonly caFile: string;
  issue(wish: { readonly hosts: readonly string[]; readonly expired?: boolean }): Promise<TestCertificate>;
};

/** A certificate authority of the test's own; all its files are in `directory`. */
export async function createTestAuthority(directory: string): Promise<TestAuthority> {
  const openssl = async (command: string): Promise<void> => {
    await run('openssl', command.split(' '), { cwd: directory });
  };
  await openssl(`req -x509 ${EC_KEY} -days 2 -subj /CN=test-authority -keyout ca.key.pem -out ca.pem`);
  let issued = 0;
  return {
    caFile: join(directory, 'ca.pem'),
    async issue({ hosts, expired = false }) {
      issued += 1;
      const name = `server-${issued}`;
      const hostNames = hosts.map((host) => (/^[\d.]+$/.test(host) ? `IP:${host}` : `DNS:${host}`)).join(',');
      await openssl(
        `req ${EC_KEY} -subj /CN=test-server -addext subjectAltName=${hostNames} -keyout ${name}.key.pem -out ${name}.csr.pem`,
      );
      await openssl(
        `x509 -req -in ${name}.csr.pem -CA ca.pem -CAkey ca.key.pem -CAcreateserial -copy_extensions copyall ` +
          `-days ${expired ? '-1' : '2'} -out ${name}.pem`,
      );
      const keyFile = join(directory, `${name}.key.pem`);
      const certFile = join(directory, `${name}.pem`);
      return { keyFile, certFile, key: await readFile(keyFile), cert: await readFile(certFile) };
    },
  };
}
