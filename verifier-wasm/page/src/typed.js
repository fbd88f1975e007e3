// Texts that were typed, pasted or came in the page's own address.

/** A line that opens a code; all others go on with the one before them, for mail programs break long lines. */
const OPENS = /^(S[CL]\d{1,3}:|https:\/\/)/;

/** The codes of a typed text. Blanks before a code belong to nothing; those inside and behind may. */
export function codesIn(typed) {
  const codes = [];
  for (const line of typed.split(/\r?\n/)) {
    const bare = line.trimStart();
    if (bare === '') continue;
    const goesOn = codes.length > 0 && OPENS.test(codes[codes.length - 1]) && !OPENS.test(bare);
    if (goesOn) codes[codes.length - 1] += line;
    else codes.push(bare);
  }
  return codes;
}

/** The link text of the page's own address (SPEC section 2), or null. What stands before the # decides nothing. */
export function linkText({ hash }) {
  return hash.length > 1 ? `https://sceau.invalid/${hash}` : null;
}
