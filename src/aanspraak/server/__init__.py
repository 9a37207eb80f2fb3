"""The process that serves the API and the pages: who may come in, and what is kept."""
