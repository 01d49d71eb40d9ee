"""The machine on its network: ports, addresses, the name by multicast DNS, the QR code."""

from __future__ import annotations

import socket

import pytest

from bookforge.diagnostics import BookError, Diagnostic
from bookforge.serve import network


def test_only_this_computer_unless_asked() -> None:
    with network.open_socket(lan=False, port=0) as own:
        assert own.getsockname()[0] == "127.0.0.1"
    with network.open_socket(lan=True, port=0) as open_to_all:
        assert open_to_all.getsockname()[0] == "0.0.0.0"


def test_the_next_port_when_the_usual_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setattr(network, "_FIRST", taken.getsockname()[1])
        with network.open_socket(lan=False, port=None) as other:
            assert other.getsockname()[1] > taken.getsockname()[1]


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BookError, match="another program has it") as caught:
            network.open_socket(lan=False, port=port)
        assert caught.value.diagnostics[0].code == "D062"
        assert str(port) in caught.value.diagnostics[0].message


def test_addresses_are_of_the_network() -> None:
    assert not any(one.startswith(("127.", "169.254.")) for one in network.list_addresses())
    assert socket.gethostname().lower() in network.list_names()


def test_the_code_is_drawn_in_blocks() -> None:
    lines = network.draw_code("http://192.168.1.20:8080/").splitlines()
    assert len({len(line) for line in lines}) == 1
    assert set("".join(lines)) <= set("█▀▄ ")
    assert len(lines) <= 20


def test_the_server_is_found_by_name() -> None:
    zeroconf = pytest.importorskip("zeroconf")
    faults: list[Diagnostic] = []
    with network.announce(["127.0.0.1"], 8080, "The Red. Kettle", faults.append) as name:
        if faults:
            pytest.skip(f"no multicast here: {faults[0].message}")
        assert name == "bookforge.local"
        client = zeroconf.Zeroconf(interfaces=["127.0.0.1"])
        try:
            kind = "_http._tcp.local."
            found = client.get_service_info(kind, f"The Red  Kettle.{kind}", timeout=3_000)
        finally:
            client.close()
        assert found is not None
        assert (found.port, found.server, found.parsed_addresses()) == (
            8080,
            "bookforge.local.",
            ["127.0.0.1"],
        )


def test_a_network_without_announcements(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(101, "Network is unreachable")

    monkeypatch.setattr("zeroconf.Zeroconf", refuse)
    faults: list[Diagnostic] = []
    with network.announce(["127.0.0.1"], 8080, "T", faults.append) as name:
        assert name == ""
    assert [fault.code for fault in faults] == ["D064"]
