// Joins modules into one script: each becomes a function that returns its exports, in the order in which they are needed.
// It knows the forms that these modules use, and refuses others.

import { readFileSync } from 'node:fs';

const IMPORT = /^import (?:\{([^}]*)\}|(\w+)) from '(\.[^']+)';$/;
const PASSED_ON = /^export \{([^}]*)\} from '(\.[^']+)';$/;
const EXPORT = /^export ((?:async )?function\*? |class |const )(\w+)/;

/** One script without imports or exports. */
export function bundle(entry) {
  const names = new Map();
  const pieces = [];
  include(entry, names, pieces);
  return `(() => {\n'use strict';\n${pieces.join('\n')}\n})();\n`;
}

function include(url, names, pieces) {
  if (names.has(url.href)) return names.get(url.href);
  const name = `$${names.size}`;
  names.set(url.href, name);
  const text = readFileSync(url, 'utf8');
  pieces.push(url.pathname.endsWith('.json') ? `const ${name} = ${JSON.stringify(JSON.parse(text))};` : wrapped(name, text, url, names, pieces));
  return name;
}

function wrapped(name, text, url, names, pieces) {
  const exported = [];
  const lines = text.split('\n').map((line) => {
    const imports = IMPORT.exec(line);
    if (imports) {
      const from = include(new URL(imports[3], url), names, pieces);
      return imports[2] ? `const ${imports[2]} = ${from};` : `const {${imports[1].replace(/ as /g, ': ')}} = ${from};`;
    }
    const passed = PASSED_ON.exec(line);
    if (passed) {
      const from = include(new URL(passed[2], url), names, pieces);
      exported.push(...passed[1].split(',').map((one) => one.trim()).map((one) => `${one}: ${from}.${one}`));
      return '';
    }
    const declared = EXPORT.exec(line);
    if (declared) exported.push(declared[2]);
    else if (/^(import|export)\b/.test(line)) throw new Error(`${url.pathname}: a form that the bundle does not know: ${line}`);
    return declared ? line.slice('export '.length) : line;
  });
  return `const ${name} = (() => {\n${shortened(lines)}\nreturn {${exported.join(', ')}};\n})();`;
}

// without indentation and whole-line comments; no module here has a text of several lines
function shortened(lines) {
  return lines.map((line) => line.trim()).filter((line) => line && !/^(\/\/|\/\*\*|\*\/|\* )/.test(line) && line !== '*').join('\n');
}
