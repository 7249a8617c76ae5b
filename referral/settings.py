"""All settings, from the environment (`OMDEHOEK_…`) or `.env`; each is listed in the README, a test keeps that."""

from functools import cache
from ipaddress import ip_network
from pathlib import Path

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent
# A file for each secret, named like its variable in small letters, as Docker and Kubernetes put them there.
SECRETS = Path("/run/secrets")


class Settings(BaseSettings):
    """One object for all processes; paths are absolute or relative to the project's root."""

    model_config = SettingsConfigDict(
        env_prefix="OMDEHOEK_",
        env_file=ROOT / ".env",
        secrets_dir=SECRETS if SECRETS.is_dir() else None,
        extra="ignore",
    )

    @field_validator("trusted_proxies")
    @classmethod
    def check_trusted(cls, value: str) -> str:
        """Refuse what is no address or network: with `*` anybody could say who they are."""
        for one in filter(None, (part.strip() for part in value.split(","))):
            ip_network(one)
        return value

    database_url: str = Field("", description="SQLAlchemy URL; empty: SQLite in `state_dir`")
    state_dir: Path = Field(ROOT / "var", description="where the SQLite file, the spool, logs and process files live")
    data_dir: Path = Field(ROOT / "data", description="the catalogue, texts, places and example directory")
    library: str = Field("bibliotheek-zwolle-voorbeeld", description="id of the library whose assistant this is")
    postcode_file: Path | None = Field(
        None,
        description="full postcode file (GeoNames dump, or CSV with its header); goes before the one in `state_dir`",
    )
    postcode_url: str = Field(
        "https://download.geonames.org/export/zip/NL.zip",
        description="where `omdehoek places update` fetches postcodes",
    )
    host: str = Field("127.0.0.1", description="address that the door listens on")
    trusted_proxies: str = Field(
        "", description="addresses of reverse proxies whose X-Forwarded-For tells who asks, by comma; empty: none"
    )
    port: int = Field(8080, description="port of the door (chat, desk, reports)")
    rasa_port: int = Field(5005, description="port of Rasa, on loopback only")
    actions_port: int = Field(5055, description="port of the action server, on loopback only")
    rasa_url: str = Field(
        "", description="URL of Rasa when it runs elsewhere, or several with a space between; empty: loopback"
    )
    api_processes: int = Field(
        2, ge=1, le=16, description="processes of the door: while one starts anew, the others answer"
    )
    actions_processes: int = Field(2, ge=1, le=16, description="processes of the action server")
    rasa_processes: int = Field(
        2,
        ge=1,
        le=16,
        description="processes of Rasa, on `rasa_port` and the ports after it; they share most of 700 MB",
    )
    metrics_port: int = Field(
        0,
        ge=0,
        description="port for Prometheus; each process of the door and the worker take one, from here on; 0: none",
    )
    metrics_host: str = Field("127.0.0.1", description="address on which Prometheus finds those ports")
    turn_deadline: float = Field(
        5.0, gt=0, lt=15, description="seconds that Rasa gets for a turn before the honest fallback"
    )
    message_max_chars: int = Field(2000, description="longest message in characters")
    turns_at_once: int = Field(
        16, ge=1, le=24, description="messages that one process of the door works on at once; more are asked to wait"
    )
    turns_per_minute: int = Field(30, description="messages a minute for one conversation")
    news_per_minute: int = Field(120, description="times a minute that one conversation may ask what a person said")
    live_person: bool = Field(
        False, description="whether citizens can chat with staff, while the desk and an inbox are open"
    )
    conversations_per_hour: int = Field(120, description="new conversations an hour from one address")
    reads_per_minute: int = Field(240, description="requests a minute to the public API and pages from one address")
    contact_name: str = Field("Bibliotheek Zwolle (voorbeeld)", description="who answers questions about the API")
    contact_url: str = Field("https://www.example.nl/bibliotheek-zwolle", description="page about the API")
    contact_email: str = Field("api@example.nl", description="where questions about the API go")
    conversation_hours: int = Field(24, description="hours after the last turn that a conversation is deleted")
    learning_days: int = Field(30, gt=0, description="days that a masked question is kept that was not recognised")
    sign_ins_per_minute: int = Field(10, description="tries to sign in, a minute, from one address or for one account")
    session_idle_minutes: int = Field(60, gt=0, description="minutes without use after which staff sign in again")
    session_hours: int = Field(12, gt=0, description="hours after which staff sign in again, used or not")
    first_manager: str = Field("beheer@bibliotheek.example", description="e-mail address of the first account")
    public_url: str = Field("", description="address that browsers see, like https://hulp.example.nl; empty: as asked")
    oidc_issuer: str = Field("", description="OpenID Connect provider of the staff's work accounts; empty: none")
    oidc_client_id: str = Field("", description="our id at that provider")
    oidc_client_secret: SecretStr = Field(SecretStr(""), description="our secret at that provider")
    locatieserver_url: str = Field("", description="PDOK Locatieserver, for the point of an address; empty: none")
    reports_per_hour: int = Field(10, description="times an hour that one address may say that something is wrong")
    link_key: SecretStr = Field(
        SecretStr(""), description="secret that signs the links of partners; empty: made once in `state_dir`"
    )
    slip_days: int = Field(60, gt=0, description="days that the page, the code and the link of a referral work")
    codes_per_hour: int = Field(20, gt=0, description="codes an hour that one address may type and that do not exist")
    wrong_codes_per_hour: int = Field(300, gt=0, description="the same for everybody together; then codes have to wait")
    link_days: int = Field(30, gt=0, description="days that a partner's link works")
    smtp_url: SecretStr = Field(
        SecretStr(""), description="mail server, like smtps://user:password@host:465; empty: no mail is sent"
    )
    mail_from: str = Field("", description="address that mail to partners comes from")
    events_url: str = Field("", description="webhook that gets every change of the journal; empty: none")
    events_secret: SecretStr = Field(SecretStr(""), description="secret that signs them: whsec_ and a key in base64")
    events_file: Path | None = Field(None, description="file that gets a line for every change; empty: none")
    events_source: str = Field(
        "", description="who sends them, like urn:nld:oin:00000001234567890000:systeem:omdehoek; empty: by the library"
    )
    events_days: int = Field(30, gt=0, description="days that an event is kept, delivered or not")
    inhabitants: dict[str, int] = Field(
        {}, description='inhabitants of the working area, by id of a library, as JSON: {"bibliotheek-x": 130000}'
    )
    open_figures: bool = Field(False, description="whether `/v1/reports` tells everybody the figures, rounded to fives")
    subsidy_cents: float | None = Field(
        None, ge=0, description="cents of subsidy for each inhabitant, for the yearly monitor; empty: not told"
    )
    subsidy_province: int | None = Field(
        None, ge=0, description="euros of subsidy for the province, for the yearly monitor; empty: not told"
    )
    telegram_token: SecretStr = Field(
        SecretStr(""), description="token of the bot, from @BotFather; empty: no Telegram"
    )
    telegram_follow_up_days: int = Field(
        5, ge=0, le=25, description="days after which Telegram asks who agreed to it if it helped; 0: never"
    )
    telegram_webhook_url: str = Field(
        "", description="https address where Telegram brings updates, ending in /telegram; empty: the bot asks for them"
    )
    telegram_webhook_port: int = Field(8443, description="port on loopback to which that address leads")
    telegram_api_url: str = Field("https://api.telegram.org", description="address of the Bot API")
    clock_shift: float = Field(0.0, description="seconds added to the clock, for tests and demonstrations")

    def get_database_url(self) -> str:
        return self.database_url or f"sqlite:///{self.state_dir / 'omdehoek.db'}"

    def get_postcode_store(self) -> Path:
        """Return where `omdehoek places update` puts the full postcode file."""
        return self.state_dir / "places" / "postcodes.txt"

    def find_postcode_file(self) -> Path | None:
        """Return the postcode file to use: the one that is set, else the one that was fetched, if it was."""
        store = self.get_postcode_store()
        return self.postcode_file or (store if store.exists() else None)

    @property
    def has_sinks(self) -> bool:
        """Whether anybody wants to know of changes."""
        return bool(self.events_url or self.events_file)

    def list_metrics_ports(self) -> list[int]:
        """Return the ports for Prometheus: of each process of the door, the worker's last; none where none is set."""
        first = self.metrics_port
        return list(range(first, first + self.api_processes + 1)) if first else []

    def list_rasa_ports(self) -> list[int]:
        return list(range(self.rasa_port, self.rasa_port + self.rasa_processes))

    def list_rasa_urls(self) -> list[str]:
        return self.rasa_url.split() or [f"http://127.0.0.1:{port}" for port in self.list_rasa_ports()]


@cache
def get_settings() -> Settings:
    """Read the settings once a process."""
    return Settings()
