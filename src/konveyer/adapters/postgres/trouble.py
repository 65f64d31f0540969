"""What can be wrong with the embedded database, each said in plain words with the way out."""


class Trouble(Exception):
    """The database cannot serve. The text says what is wrong and what to do; `code` is stable, for programs."""

    def __init__(self, code: str, text: str) -> None:
        super().__init__(text)
        self.code = code
