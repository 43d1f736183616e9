"""Files of the workspace."""

from mimetypes import guess_type

from sandbox.people import Json
from sandbox.state import State


def new_file(state: State, name: str, size: int, user: str) -> Json:
    """A file object of the workspace; its bytes belong into State.uploads under its id."""
    file_id = state.new_id("F")
    link = f"{state.base_url}/files/{file_id}"
    file: Json = {
        "id": file_id,
        "created": int(state.now().timestamp()),
        "name": name,
        "title": name,
        "mimetype": guess_type(name)[0] or "application/octet-stream",
        "filetype": name.rpartition(".")[2],
        "user": user,
        "size": size,
        "mode": "hosted",
        "is_external": False,
        "url_private": link,
        "url_private_download": link,
        "permalink": link,
    }
    state.files[file_id] = file
    return file
