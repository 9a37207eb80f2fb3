"""The pages: Dutch, plain HTML, without JavaScript; they show what the engine says (docs/webapp.md)."""
