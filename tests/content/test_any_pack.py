"""Whatever happens to a pack's files, checking ends with an outline or with errors: never both, never neither."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from course.content.build import build
from course.content.check import report
from course.content.pack import Pack
from course.content.stored import dump_outline, load_outline
from course.markup.findings import Findings
from tests.content.packs import Files, tiny

GOOD = tiny()
PATHS = sorted(GOOD)
SNIPPETS = [
    b"---\n", b"---", b"{#", b"}", b"[", b"](", b"](lesson:", b"](../../../x", b"\x00", b"\xff", b"\r", b"\t", b"## ",
    b"### x {#x type=single}\n", b"- (x) ", b"= ", b"> ", b"```\n", b"<!--", b"[^s]", b"&x ", b"*x", b": ", b"{",
    b"id: ", b"\n\n",
    b"Figure: x {#x block=chart}\n", b"| a | b |\n|---|---|\n| c | d |\n", b"1. ", b"<b>", b"$$", b"\xe2\x80\xae",
]  # fmt: skip

places = st.integers(min_value=0, max_value=2000)
changes = st.one_of(
    st.tuples(st.just("insert"), st.sampled_from(PATHS), places, st.sampled_from(SNIPPETS)),
    st.tuples(st.just("insert"), st.sampled_from(PATHS), places, st.binary(max_size=8)),
    st.tuples(st.just("cut"), st.sampled_from(PATHS), places, st.integers(1, 60)),
    st.tuples(st.just("drop"), st.sampled_from(PATHS), st.none(), st.none()),
    st.tuples(st.just("copy"), st.sampled_from(PATHS), st.sampled_from(PATHS), st.none()),
    st.tuples(st.just("rename"), st.sampled_from(PATHS), st.text(st.sampled_from("ab1-./é"), max_size=5), st.none()),
)


def change(files: Files, what: tuple[object, ...]) -> Files:
    kind, path, second, third = what
    assert isinstance(path, str)
    data = files.get(path, b"")
    if kind == "insert" and isinstance(second, int) and isinstance(third, bytes):
        at = second % (len(data) + 1)
        return {**files, path: data[:at] + third + data[at:]}
    if kind == "cut" and isinstance(second, int) and isinstance(third, int):
        at = second % (len(data) + 1)
        return {**files, path: data[:at] + data[at + third :]}
    if kind == "copy" and isinstance(second, str):
        return {**files, second: data}
    rest = {name: body for name, body in files.items() if name != path}
    return {**rest, f"{path}{second}": data} if kind == "rename" else rest


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(changes, min_size=1, max_size=4))
def test_any_change_to_a_good_pack_is_survived(spoilt: list[tuple[object, ...]]) -> None:
    files = dict(GOOD)
    for what in spoilt:
        files = change(files, what)
    outcome = build(Pack("tiny", files))
    assert (outcome.outline is None) == bool(outcome.errors)
    assert "internal" not in {found.rule for found in outcome.findings}, outcome.errors
    assert all(line.isprintable() for line in report(Findings(list(outcome.findings))))
    if outcome.outline is not None:
        assert load_outline(dump_outline(outcome.outline)) == outcome.outline
