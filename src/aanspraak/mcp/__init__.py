"""An MCP server: the answers for AI assistants, always with their ground."""
