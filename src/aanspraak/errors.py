"""The one kind of error that is the user's: shown in words, never with a traceback."""


class UserError(Exception):
    """Something the user can put right. `code` is the exit code of the command (docs/commandoregel.md)."""

    code = 2
