"""Nodes that have something else than the driver fail, and say what."""

import hedgerow.spark
import pytest
import support
from support import cluster, frame

# What a node does before anything else: its hedgerow is of another version.
OTHER_VERSION = '''
import hedgerow

class Other:
    version = "0.0.7"

    def __init__(self, *arguments, **options):
        self.own = original(*arguments, **options)

    def __getattr__(self, name):
        return getattr(self.own, name)

original, hedgerow.Counter = hedgerow.Counter, Other
'''


def test_a_node_with_another_version_fails_and_says_so(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(OTHER_VERSION, encoding="utf-8")
    session = cluster({"spark.executorEnv.PYTHONPATH": str(tmp_path)})
    try:
        counted = hedgerow.spark.count(frame(session, support.documents(10), 2))
        own = hedgerow.Counter.version
        with pytest.raises(Exception, match=f"another version of hedgerow than the driver: 0.0.7, and the driver {own}"):
            counted.collect()
    finally:
        session.stop()


def test_a_node_without_the_package_says_so(tmp_path):
    (tmp_path / "hedgerow.py").write_text("raise ModuleNotFoundError(\"No module named 'hedgerow'\")\n", encoding="utf-8")
    session = cluster({"spark.executorEnv.PYTHONPATH": str(tmp_path)})
    try:
        counted = hedgerow.spark.count(frame(session, support.documents(10), 2))
        with pytest.raises(Exception, match="hedgerow"):
            counted.collect()
    finally:
        session.stop()
