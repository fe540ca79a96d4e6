"""What goes wrong in the library, as a Python exception."""


class Error(Exception):
    """The library cannot do what was asked; the message names the file and what would help.

    Attributes:
        status: "usage", "io", "format", "limit", "network", "store" or "version".
        offset: byte offset in the input where it went wrong; 0 where that means nothing.
    """

    def __init__(self, message: str, status: str = "usage", offset: int = 0):
        super().__init__(message)
        self.status = status
        self.offset = offset

    def __reduce__(self):  # errors travel between processes whole
        return (type(self), (self.args[0], self.status, self.offset))
