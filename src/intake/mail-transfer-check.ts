/** Whether a transfer encoding was sound. Decoders repair what they can and say nothing. */
export type TransferCheck = {
  readonly see: (encoded: Buffer) => void;
  /** Characters that base64 has no meaning for, or groups cut short: bytes are missing (RFC 2045 section 6.8). */
  readonly lostBytes: () => boolean;
  /** `=` followed by anything but two hexadecimal digits or a line end (RFC 2045 section 6.7). */
  readonly badEscapes: () => boolean;
};

const SOUND: TransferCheck = { see: () => undefined, lostBytes: () => false, badEscapes: () => false };

export function createTransferCheck(encoding: string | null): TransferCheck {
  if (encoding === 'base64') return checkBase64();
  if (encoding === 'quoted-printable') return checkQuotedPrintable();
  return SOUND;
}

function checkBase64(): TransferCheck {
  let significant = 0;
  let junk = 0;
  return {
    ...SOUND,
    see: (encoded) => {
      for (const byte of encoded) {
        if (byte <= 0x20) continue;
        if (BASE64[byte] === 1) significant++;
        else junk++;
      }
    },
    lostBytes: () => junk > 0 || significant % 4 !== 0,
  };
}

/** 1 for every byte that counts in base64, the padding included. */
const BASE64 = Uint8Array.from({ length: 256 }, (_unused, byte) =>
  /[A-Za-z0-9+/=]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

function checkQuotedPrintable(): TransferCheck {
  let tail = '';
  let bad = false;
  return {
    ...SOUND,
    see: (encoded) => {
      if (bad) return;
      const text = tail + encoded.toString('latin1');
      // An escape cut by the chunk border is judged with the next chunk.
      const open = text.lastIndexOf('=');
      const end = open !== -1 && open >= text.length - 2 ? open : text.length;
      tail = text.slice(end);
      bad = /=(?![0-9A-Fa-f]{2}|[ \t]*\r?\n|[ \t]*$)/.test(text.slice(0, end));
    },
    badEscapes: () => bad,
  };
}
