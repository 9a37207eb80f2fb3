"""The server of the tests of the API."""

from __future__ import annotations

from tests.api.conftest import address as address
