"""The server that the tests of the website's channel share."""

from collections.abc import Iterator

import pytest

from tests.channels.serving import Server, serving_web


@pytest.fixture(scope="package")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving_web(tmp_path_factory.mktemp("web")) as server:
        yield server
