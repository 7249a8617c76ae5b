"""Calls of actions share a connection, and find their way when the action server was restarted."""

import asyncio

import pytest
from aiohttp import web
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.speed.action_calls import keep_connections


@pytest.fixture(autouse=True)
def kept(monkeypatch):
    monkeypatch.setattr(EndpointConfig, "session", EndpointConfig.session)  # taken back afterwards
    keep_connections()


async def serve(port=0):
    """Return a server that answers with the port that the caller has: one a connection; 500 for {"fail": true}."""

    async def answer(request):
        if (await request.json()).get("fail"):
            raise web.HTTPInternalServerError
        return web.json_response({"caller": request.transport.get_extra_info("peername")[1]})

    app = web.Application()
    app.router.add_post("/webhook", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port)
    await site.start()
    return runner, site._server.sockets[0].getsockname()[1]


def call(endpoint, **body):
    return endpoint.request(json=body, method="post", timeout=5)


def test_calls_one_after_another_share_a_connection():
    async def talk():
        runner, port = await serve()
        endpoint = EndpointConfig(f"http://127.0.0.1:{port}/webhook")
        callers = [(await call(endpoint))["caller"] for _ in range(5)]
        await endpoint._kept_session.close()
        await runner.cleanup()
        return callers

    assert len(set(asyncio.run(talk()))) == 1


def test_an_error_of_the_server_is_still_an_error_and_the_next_call_works():
    async def talk():
        runner, port = await serve()
        endpoint = EndpointConfig(f"http://127.0.0.1:{port}/webhook")
        with pytest.raises(ClientResponseError):
            await call(endpoint, fail=True)
        answer = await call(endpoint)
        await endpoint._kept_session.close()
        await runner.cleanup()
        return answer

    assert asyncio.run(talk())["caller"]


def test_a_server_that_was_restarted_is_reached_again():
    async def talk():
        runner, port = await serve()
        endpoint = EndpointConfig(f"http://127.0.0.1:{port}/webhook")
        await call(endpoint)
        await runner.cleanup()
        runner, port = await serve(port)
        answer = await call(endpoint)
        await endpoint._kept_session.close()
        await runner.cleanup()
        return answer

    assert asyncio.run(talk())["caller"]
