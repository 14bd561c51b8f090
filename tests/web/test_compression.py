"""Fewer bytes over the wire, the same text at the other end."""

import gzip
from collections.abc import Callable
from importlib import import_module

import pytest
from flask import Flask

from course.web.compression import SMALLEST, chosen, zstd

UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": import_module("brotli").decompress,
    "zstd": zstd.decompress,
}


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_a_page_is_the_same_after_unpacking(app: Flask, encoding: str) -> None:
    client = app.test_client()
    plain = client.get("/en/courses/")
    for _again in range(3):  # the context is kept, and must carry nothing over
        packed = client.get("/en/courses/", headers={"Accept-Encoding": encoding})
        assert packed.headers["Content-Encoding"] == encoding
        assert UNPACK[encoding](packed.data) == plain.data
        assert packed.content_length == len(packed.data) < len(plain.data)


def test_caches_are_told_that_the_encoding_was_chosen(app: Flask) -> None:
    assert "Accept-Encoding" in app.test_client().get("/en/courses/").headers["Vary"]


def test_a_small_response_is_left_alone(app: Flask) -> None:
    reply = app.test_client().get("/healthz", headers={"Accept-Encoding": "zstd"})
    assert len(reply.data) < SMALLEST
    assert "Content-Encoding" not in reply.headers


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_an_asset_is_the_same_after_unpacking(app: Flask, encoding: str) -> None:
    client = app.test_client()
    path = client.get("/en/sign-in").text.split('rel="stylesheet" href="')[1].split('"')[0]
    plain, packed = client.get(path), client.get(path, headers={"Accept-Encoding": encoding})
    assert UNPACK[encoding](packed.data) == plain.data


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("", None),
        ("identity", None),
        ("gzip", "gzip"),
        ("gzip, deflate, br", "br"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("zstd;q=0, br;q=0.5", "br"),
        ("*", "zstd"),
        ("*;q=0", None),
        ("gzip;q=0", None),
    ],
)
def test_the_encoding_is_one_that_the_browser_takes(accepted: str, encoding: str | None) -> None:
    assert chosen(accepted) == encoding
