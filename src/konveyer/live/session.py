"""Who is asking: the session cookie checked by SQL, with the same keys and the same rules as the web."""

import hmac
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie

import psycopg
from django.core.signing import BadSignature, JSONSerializer, TimestampSigner
from django.utils.crypto import salted_hmac

SALT = "django.contrib.sessions.SessionStore"
PASSWORD_SALT = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"  # noqa: S105 - a name, no secret
COOKIE = "sessionid"


@dataclass(frozen=True)
class Seat:
    """A signed-in member: what his streams may carry."""

    workspace_id: str
    member_id: str


def key_in(cookie_header: str) -> str | None:
    """The session key in a Cookie header."""
    try:
        found = SimpleCookie(cookie_header).get(COOKIE)
    except CookieError:
        return None
    return found.value if found else None


async def seat_of(connection: psycopg.AsyncConnection, session_key: str, secret: str) -> Seat | None:
    """The member behind a session; None when it has ended, its password was changed, or it has no workspace."""
    stored = await _one(
        connection,
        "select session_data from django_session where session_key = %s and expire_date > now()",
        session_key,
    )
    if stored is None:
        return None
    try:
        signer = TimestampSigner(key=secret, salt=SALT, fallback_keys=[])
        session = signer.unsign_object(str(stored[0]), serializer=JSONSerializer)
    except (BadSignature, ValueError):
        return None
    user_id = session.get("_auth_user_id")
    account = await _one(
        connection, "select password from account where id = %s::uuid and is_active", user_id
    )
    if account is None or not _same_password(
        str(account[0]), str(session.get("_auth_user_hash", "")), secret
    ):
        return None
    return await _seat(connection, str(user_id), session.get("workspace"))


def _same_password(password: str, promised: str, secret: str) -> bool:
    expected = salted_hmac(PASSWORD_SALT, password, secret=secret, algorithm="sha256").hexdigest()
    return hmac.compare_digest(expected, promised)


async def _seat(connection: psycopg.AsyncConnection, user_id: str, chosen: str | None) -> Seat | None:
    """The chosen workspace if the user still has a seat in it, else his first: as the web decides."""
    cursor = await connection.execute(
        "select workspace_id, member_id from seats_of_user(%s::uuid)", [user_id]
    )
    seats = [Seat(str(workspace), str(member)) for workspace, member in await cursor.fetchall()]
    return next((seat for seat in seats if seat.workspace_id == chosen), seats[0] if seats else None)


async def _one(connection: psycopg.AsyncConnection, sql: str, value: object) -> tuple[object, ...] | None:
    cursor = await connection.execute(sql, [value])
    return await cursor.fetchone()
