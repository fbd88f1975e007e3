"""Parts of an independent verifier for Sceau, written from SPEC.md alone."""
