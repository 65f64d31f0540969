"""Sealing secrets with a key that lives outside the database (AES in Fernet's form)."""

import base64

from cryptography.fernet import Fernet, InvalidToken

from konveyer.domain.hooks.ports import Unreadable


class FernetSealer:
    """Seals with one 256-bit key, given as hex."""

    def __init__(self, key: str) -> None:
        self._box = Fernet(base64.urlsafe_b64encode(bytes.fromhex(key)))

    def seal(self, text: str) -> str:
        """Encrypted and signed, as text."""
        return self._box.encrypt(text.encode()).decode()

    def unseal(self, sealed: str) -> str:
        """Raises Unreadable when the key is another one or the text was changed."""
        try:
            return self._box.decrypt(sealed.encode()).decode()
        except InvalidToken as error:
            raise Unreadable from error
