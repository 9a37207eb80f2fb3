"""From rule files to answers, questions, columns and proof, over one model (docs/architecture.md)."""
