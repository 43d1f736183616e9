"""The page's requests without a page."""

from typing import Any

import aiohttp

from sandbox.people import Json


class Page:
    """The page's requests, as Ana or somebody else."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.session, self.url = session, url

    async def get(self, path: str, **headers: str) -> Json:
        async with self.session.get(f"{self.url}{path}", headers=headers) as response:
            answer: Json = await response.json()
            return answer

    async def post(self, path: str, **body: Any) -> Json:
        async with self.session.post(f"{self.url}{path}", json={"as": "ana", **body}) as response:
            answer: Json = await response.json()
            return answer

    async def act(self, name: str, **given: Any) -> Json:
        return await self.post("_sandbox/act", act=name, **given)

    async def screen(self, person: str = "ana", channel: str = "") -> Json:
        return await self.get(f"_sandbox/state?as={person}&in={channel}")

    async def status(self, method: str, path: str, **given: Any) -> int:
        async with self.session.request(method, f"{self.url}{path}", **given) as response:
            return response.status
