"""Sends mail by SMTP, when a server is set; the one place that speaks to it."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from referral.errors import InvalidInput, MailUnavailable
from referral.settings import Settings

PATIENCE_SECONDS = 10.0
_PORTS = {"smtp": 25, "smtps": 465}


def is_mail_on(settings: Settings) -> bool:
    return bool(settings.smtp_url.get_secret_value())


def send_mail(settings: Settings, to: str, subject: str, text: str) -> None:
    """Send a letter; raise `MailUnavailable` when the server is down or refuses, `InvalidInput` for a wrong address."""
    parts = urlsplit(settings.smtp_url.get_secret_value())
    message = EmailMessage()
    try:
        message["From"], message["To"], message["Subject"] = settings.mail_from, to, subject
    except ValueError as error:  # a line break, with which headers could be added
        raise InvalidInput("no address or subject for mail") from error
    message.set_content(text)
    host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
    context = ssl.create_default_context()
    try:
        with (
            smtplib.SMTP_SSL(host, port, timeout=PATIENCE_SECONDS, context=context)
            if parts.scheme == "smtps"
            else smtplib.SMTP(host, port, timeout=PATIENCE_SECONDS)
        ) as server:
            server.ehlo_or_helo_if_needed()
            if parts.scheme == "smtp" and server.has_extn("starttls"):
                server.starttls(context=context)
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise MailUnavailable(type(error).__name__) from error
