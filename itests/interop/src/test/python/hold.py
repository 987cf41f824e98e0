"""What a checked document must hold."""


def fields(document, **kinds):
    """The document has these fields, of these types, and no others."""
    assert set(document) == set(kinds), f"fields {sorted(document)} instead of {sorted(kinds)}"
    for name, kind in kinds.items():
        value = document[name]
        assert isinstance(value, kind) and (kind is bool or not isinstance(value, bool)), f"{name} is {value!r}"


def equal(found, wanted):
    assert found == wanted, f"{found!r} instead of {wanted!r}"
