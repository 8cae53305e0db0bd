"""The login of a sync server, kept in the system's keyring and nowhere else.

What is kept is the key that the server gives for name and password, not the password.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

_SERVICE = "Glossator sync"


def stored_key(user: str, endpoint: str) -> str | None:
    """Return the key of an account, ``None`` where none is kept or there is no keyring."""
    keyring = _keyring()
    if keyring is None:
        return None
    try:
        found: str | None = keyring.get_password(_SERVICE, _name(user, endpoint))
    except keyring.errors.KeyringError:
        return None
    return found


def keep_key(user: str, endpoint: str, key: str) -> bool:
    """Keep the key of an account; return whether there is a keyring that does."""
    keyring = _keyring()
    if keyring is None:
        return False
    try:
        keyring.set_password(_SERVICE, _name(user, endpoint), key)
    except keyring.errors.KeyringError:
        return False
    return True


def forget_key(user: str, endpoint: str) -> None:
    """Forget the key of an account."""
    keyring = _keyring()
    if keyring is not None:
        try:
            keyring.delete_password(_SERVICE, _name(user, endpoint))
        except keyring.errors.KeyringError:
            return


def _keyring() -> Any:
    """Return the keyring package, ``None`` where it isn't installed."""
    if find_spec("keyring") is None:
        return None
    import keyring
    import keyring.errors

    return keyring


def _name(user: str, endpoint: str) -> str:
    return f"{user}@{endpoint.rstrip('/') or 'ankiweb.net'}"
