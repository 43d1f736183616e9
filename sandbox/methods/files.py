"""files.*: the three steps of an upload, and files.info. The bytes live in State.uploads."""

from collections.abc import Callable

from sandbox import messages
from sandbox.arguments import required
from sandbox.files import new_file
from sandbox.manifest import BOT_USER_ID
from sandbox.methods.chat import target
from sandbox.people import Json
from sandbox.refused import Refused
from sandbox.state import State


def get_upload_url(state: State, args: Json) -> Json:
    try:
        size = int(required(args, "length"))
    except ValueError:
        raise Refused("invalid_arguments") from None
    file = new_file(state, required(args, "filename"), size, BOT_USER_ID)
    return {"ok": True, "upload_url": f"{state.base_url}/upload/{file['id']}", "file_id": file["id"]}


def complete_upload(state: State, args: Json) -> Json:
    """Share uploaded files; channel_id must be a conversation, not a user."""
    given = args.get("files")
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) for one in given):
        raise Refused("invalid_arguments")
    done = [_uploaded(state, one) for one in given]
    if args.get("channel_id"):
        channel = str(args["channel_id"])
        if channel not in state.conversations:
            raise Refused("channel_not_found")
        text = {"text": args.get("initial_comment") or " "}
        message = {**messages.from_app(state, {**args, **text}), "files": done}
        messages.post(state, target(state, channel), message)
    return {"ok": True, "files": done}


def _uploaded(state: State, given: Json) -> Json:
    file = state.files.get(str(given.get("id")))
    if file is None or file["id"] not in state.uploads:
        raise Refused("file_not_found")
    return file | {"title": given.get("title") or file["name"]}


def info(state: State, args: Json) -> Json:
    file = state.files.get(required(args, "file"))
    if file is None:
        raise Refused("file_not_found")
    return {"ok": True, "file": file}


METHODS: dict[str, Callable[[State, Json], Json]] = {
    "files.completeUploadExternal": complete_upload,
    "files.getUploadURLExternal": get_upload_url,
    "files.info": info,
}
