"""`omdehoek chat`: the same conversation in the terminal, over the same door."""

import uuid
from typing import Annotated, Any

import httpx
import typer

from referral.errors import Unavailable
from referral.settings import get_settings

PATIENCE = 20.0


def chat(
    language: Annotated[str, typer.Option(help="nl or en")] = "nl",
    url: Annotated[str | None, typer.Option(help="address of the door; the settings' own when left out")] = None,
) -> None:
    """Talk with the assistant that `omdehoek run` brought up. Buttons have numbers; an empty line ends it."""
    settings = get_settings()
    base = url or f"http://127.0.0.1:{settings.port}"
    with httpx.Client(base_url=base, timeout=PATIENCE) as door:
        try:
            opened = door.post("/v1/conversations", json={"language": language, "channel": "terminal"})
            opened.raise_for_status()
            conversation = opened.json()
            reply = conversation["replies"][0]
            while True:
                buttons = show_reply(reply)
                typed = typer.prompt(">", default="", show_default=False, prompt_suffix=" ").strip()
                if not typed:
                    return
                reply = send(door, conversation["conversationId"], typed, buttons)
        except httpx.HTTPError as error:
            raise Unavailable(f"no assistant at {base}; start it with `make run`") from error


def send(door: httpx.Client, conversation_id: str, typed: str, buttons: list[str]) -> dict[str, Any]:
    """Send a text, or the button of that number; return the reply, or the error as one."""
    turn: dict[str, str] = {"turnId": uuid.uuid4().hex}
    if typed.isdigit() and 1 <= int(typed) <= len(buttons):
        turn["buttonId"] = buttons[int(typed) - 1]
    else:
        turn["text"] = typed
    answer = door.post(f"/v1/conversations/{conversation_id}/messages", json=turn)
    reply: dict[str, Any] = answer.json()
    if answer.is_error:
        return {"messages": [{"text": f"({reply.get('code')})"}], "buttons": [], "menu": []}
    return reply


def show_reply(reply: dict[str, Any]) -> list[str]:
    """Print a reply; return the ids of its buttons in the order of their numbers."""
    if reply.get("safetyLine"):
        typer.secho(reply["safetyLine"], fg=typer.colors.RED, bold=True)
    if urgent := reply.get("urgent"):
        typer.secho(" ".join(filter(None, (urgent["text"], urgent.get("tip")))), fg=typer.colors.RED, bold=True)
    for message in reply["messages"]:
        if message.get("text"):
            typer.echo(message["text"])
        for phone in message.get("phones") or []:
            typer.secho(f"  {phone['number']}", bold=True)
        for item in message.get("items") or []:
            typer.echo(f"  - {item}")
        if message.get("card"):
            show_card(message["card"])
    choices = [*reply["menu"], *reply["buttons"]]
    for number, button in enumerate(choices, start=1):
        typer.secho(f"  [{number}] {button['label']}", fg=typer.colors.BLUE)
    return [button["id"] for button in choices]


def show_card(card: dict[str, Any]) -> None:
    typer.secho(f"  {card['name']}", bold=True)
    typer.echo(f"  {card['does']}")
    for line in card["lines"]:
        typer.echo(f"  {line['heading']}: {line['text']}")
    for phone in card["phones"]:
        typer.echo(f"  {phone['number']}")
    if card["bring"]:
        typer.echo(f"  {card['bringHeading']}: {'; '.join(card['bring'])}")
    typer.echo(f"  {card['code']}")
