// Exposes the renderer, so that a test can give it reports that no module would make.

import { LANGUAGES } from '../src/language.js';
import { storySection } from '../src/story.js';
import { verdictBox } from '../src/verdict.js';

Object.assign(self, { storySection, verdictBox, LANGUAGES });
