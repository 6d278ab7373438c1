"""What answers members stays light: pictures are drawn elsewhere, whatever is asked for."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from models.database import Database
from models.message import Image, Message
from models.records import Post
from models.storage.schema import upgrade
from tests.bot.drawing.matrices import matrix
from tests.bot.workspace.world import NOW, small_farsta

VISIT = """
import json, sys
from starlette.testclient import TestClient
from bot.clock import SystemClock
from bot.processes import House
from bot.settings import Settings
from models.database import Database

settings = Settings.read({"SECRET_KEY": "a secret for the tests of the page"})
house = House(settings, Database.connect(sys.argv[1]), SystemClock(), demo=True)
with TestClient(house.application(), headers={"Origin": "http://testserver"}) as client:
    client.post("/demo/person", data={"person": "1"})
    picture = client.get("/drawings/1/0.svg")
heavy = {"matplotlib", "numpy", "scipy", "PIL"} & set(sys.modules)
print(json.dumps([picture.status_code, picture.headers["content-type"], sorted(heavy)]))
"""


def test_the_web_answers_with_pictures_and_never_loads_what_draws(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path / 'small.sqlite'}"
    database = Database.connect(address)
    upgrade(database)
    small_farsta(database)
    picture = Image(drawing=matrix(), alt="Elva stadsdelar", name="tackning")
    message = Message(summary="Täckning", parts=(picture,))
    with database.write() as session:
        session.add(Post(id=1, channel="@1", at=NOW, message=message.model_dump(mode="json")))
    database.close()
    done = subprocess.run(
        [sys.executable, "-c", VISIT, address], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [200, "image/svg+xml", []]
