"""What answers without Rasa: `python -m benchmarks.plain_server <name> <port>`.

"floor" gives a constant from a bare handler on the Sanic that Rasa uses; the two searches give
what BM25 finds.
"""

import sys

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.serve import LOOPBACK

CONSTANT = "ok"


def main(name: str, port: int) -> None:
    app = Sanic(name, configure_logging=False)

    if name == "floor":

        def answer(text: str) -> str:
            return CONSTANT
    else:
        from benchmarks.search import SEARCHES

        answer = SEARCHES[name]().answer

    @app.get("/webhooks/rest/")
    async def health(request: Request) -> HTTPResponse:
        return json({"status": "ok"})

    @app.post("/webhooks/rest/webhook")
    async def receive(request: Request) -> HTTPResponse:
        text = answer(request.json["message"])
        return json([{"recipient_id": request.json["sender"], "text": text}])

    app.run(host=LOOPBACK, port=port, access_log=False, debug=False)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
