/** Which style elements the Content-Security-Policy lets in: the service writes it into the page, anew for each load. */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? '';
}
