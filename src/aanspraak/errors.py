"""The one kind of error that is the user's: shown in words, never with a traceback."""


class UserError(Exception):
    """Something the user can put right. `code` is the exit code of the command (docs/commandoregel.md); `said` is the
    message for who answers questions and writes no names of files, columns or concepts."""

    code = 2

    def __init__(self, text: str, said: str = "") -> None:
        self.said = said or text
        super().__init__(text)
