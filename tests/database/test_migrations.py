"""The schema can be brought up, taken down and up again on both engines, and says what the models say."""

from bot import schema
from tests.support.engines import Servers


def test_upgrade_from_empty_leaves_no_drift(servers: Servers, engine: str) -> None:
    url = servers.empty_url(engine)
    schema.upgrade(url)
    assert schema.drift(url) == []


def test_downgrade_to_nothing_and_up_again(servers: Servers, engine: str) -> None:
    url = servers.empty_url(engine)
    schema.upgrade(url)
    schema.downgrade(url)
    assert schema.drift(url) != []
    schema.upgrade(url)
    assert schema.drift(url) == []
