"""Read the XML in which a WebDAV server answers about resources (RFC 4918 §13)."""

from __future__ import annotations

from urllib.parse import unquote
from xml.etree import ElementTree

from curriculum.model.late_dataclasses import dataclass
from curriculum.network.errors import ServerError

DAV = "DAV:"
CALDAV = "urn:ietf:params:xml:ns:caldav"
_SABRE = "http://sabredav.org/ns"
_DEEPEST = 100
_LONGEST_REASON = 200


class _HarmfulError(ValueError):
    """XML that could do harm."""


class _SafeBuilder(ElementTree.TreeBuilder):
    """Builds the tree of a document that defines nothing and is not deep.

    No answer of a server needs a document type; entities that open files or grow without end are
    defined in one. Depth is bounded because trees are freed recursively.
    """

    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise _HarmfulError("a document type")

    def start(self, tag: str, attrs: dict[str, str]) -> ElementTree.Element:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise _HarmfulError("a document that is too deep")
        return super().start(tag, attrs)

    def end(self, tag: str) -> ElementTree.Element:
        self._depth -= 1
        return super().end(tag)


@dataclass(frozen=True, slots=True)
class ResourceAnswer:
    """What a server answers about one resource."""

    element: ElementTree.Element

    @property
    def name(self) -> str:
        """The last part of its address, with nothing encoded."""
        # Servers write a path or a whole address here, with more or less of it encoded.
        address = self.element.findtext(f"{{{DAV}}}href") or ""
        return unquote(address.rpartition("/")[2])

    @property
    def is_collection(self) -> bool:
        """Whether it holds other resources."""
        return self.element.find(f".//{{{DAV}}}collection") is not None

    @property
    def etag(self) -> str | None:
        """The mark of its version."""
        return self.element.findtext(f".//{{{DAV}}}getetag") or None

    @property
    def status(self) -> int | None:
        """The HTTP status of the resource as a whole; None where each property has one."""
        words = (self.element.findtext(f"{{{DAV}}}status") or "").split()
        return int(words[1]) if len(words) > 1 and words[1].isdecimal() else None

    @property
    def calendar_data(self) -> str | None:
        """Its text."""
        return self.element.findtext(f".//{{{CALDAV}}}calendar-data") or None

    def address(self, namespace: str, tag: str) -> str | None:
        """Return the address that a property names."""
        return self.element.findtext(f".//{{{namespace}}}{tag}/{{{DAV}}}href") or None


def parse_multistatus(body: bytes) -> tuple[ResourceAnswer, ...]:
    """Return the answers in a body of bounded size, in the order of the server.

    Raises:
        ServerError: It is not XML, or XML that could do harm.
    """
    root = _parsed(body)
    if root is None:
        raise ServerError("the server gives an answer that cannot be read")
    return tuple(ResourceAnswer(element) for element in root.iter(f"{{{DAV}}}response"))


def refusal_reason(body: bytes) -> str:
    """Return why a server refuses something, as far as its answer says (RFC 4918 §16).

    It is the sentence that servers made with sabre/dav give, else the name of the condition, like
    `need-privileges`; empty where the answer holds neither.
    """
    root = _parsed(body)
    if root is None or root.tag != f"{{{DAV}}}error":
        return ""
    text = root.findtext(f"{{{_SABRE}}}message")
    if not text:
        conditions = [child.tag for child in root if not child.tag.startswith(f"{{{_SABRE}}}")]
        text = conditions[0].rpartition("}")[2] if conditions else ""
    return " ".join(text.split())[:_LONGEST_REASON]


def _parsed(body: bytes) -> ElementTree.Element | None:
    """Return the root of a body; None when it is not XML, or XML that could do harm."""
    try:
        return ElementTree.fromstring(body, ElementTree.XMLParser(target=_SafeBuilder()))
    except (ElementTree.ParseError, ValueError, LookupError):  # LookupError: an unknown encoding
        return None
