"""The API under `/v1`, and the application that serves it together with the pages (docs/api.md)."""
