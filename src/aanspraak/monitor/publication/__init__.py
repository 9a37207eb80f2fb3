"""Publish tables without revealing anyone: round, suppress, and attack the result before it goes out."""
