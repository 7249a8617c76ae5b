"""Settings that do not go together."""

from collections.abc import Iterator

from api.checkup.finding import Finding, State
from referral.errors import InvalidInput
from referral.outbox.sinks import list_targets
from referral.settings import Settings

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def look_at_settings(settings: Settings) -> Iterator[Finding]:
    """Yield what is wrong in the settings; one that all is well, when nothing is."""
    found = list(_list_faults(settings))
    yield from found or [Finding("settings", State.RIGHT, "they go together")]


def _list_faults(settings: Settings) -> Iterator[Finding]:
    def fault(told: str, mend: str, state: State = State.WRONG) -> Finding:
        return Finding("settings", state, told, mend)

    has_token = bool(settings.telegram_token.get_secret_value())
    if settings.telegram_webhook_url and not has_token:
        yield fault("a webhook for Telegram and no bot", "set OMDEHOEK_TELEGRAM_TOKEN, or unset the webhook")
    if bool(settings.smtp_url.get_secret_value()) != bool(settings.mail_from):
        yield fault("half of what mail needs", "set both OMDEHOEK_SMTP_URL and OMDEHOEK_MAIL_FROM, or neither")
    if bool(settings.oidc_issuer) != bool(settings.oidc_client_id):
        yield fault(
            "half of a sign-in of work", "set both OMDEHOEK_OIDC_ISSUER and OMDEHOEK_OIDC_CLIENT_ID, or neither"
        )
    if settings.host not in LOOPBACK and not settings.public_url:
        told = "the door listens to the outside and does not know its own address"
        yield fault(told, "set OMDEHOEK_PUBLIC_URL to what browsers see, with https", State.NOTE)
    if settings.public_url.startswith("http://"):
        told = "browsers reach it without https: what people type can be read on the way"
        yield fault(told, "put a proxy with a certificate before it", State.NOTE)
    try:
        list_targets(settings)
    except InvalidInput as error:
        yield fault(f"events: {error}", "set OMDEHOEK_EVENTS_SECRET to whsec_ and a key in base64")
    if (subsidy := settings.subsidy_cents) is not None and not settings.inhabitants:
        told = f"{subsidy} cents for each inhabitant, and no inhabitants"
        yield fault(told, "set OMDEHOEK_INHABITANTS", State.NOTE)
