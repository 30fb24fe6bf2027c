"""Where Discord is: its own hosts, or another server that the operator named."""

from __future__ import annotations

from dataclasses import dataclass

from yarl import URL

API = "https://discord.com/api/v10"
GATEWAY_HOST = "gateway.discord.gg"
CDN_HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Roots of another server; an empty one means Discord's own. Kept per client, so that two bots never mix."""

    api: str = ""
    """Root of the REST interface, with or without `/api/v10` behind it."""
    cdn: str = ""
    gateway: str = ""

    def rest(self, url: str) -> str:
        """A request's URL on the server in use."""
        if not self.api or not url.startswith(API):
            return url
        root = self.api.rstrip("/")
        return (root if "/api" in URL(root).path else f"{root}/api/v10") + url.removeprefix(API)

    def socket(self, url: str, announced: str) -> str:
        """A gateway connection's URL.

        `announced` is what the REST interface named as the gateway. A resume URL of another server stays as it is.
        """
        wanted = URL(url)
        other = self.gateway or (announced if self.api else "")
        return str(URL(other).with_query(wanted.query)) if other and wanted.host == GATEWAY_HOST else url

    def file(self, url: str) -> str:
        """A file's URL; signature and path stay."""
        wanted = URL(url, encoded=True)
        if not self.cdn or wanted.host not in CDN_HOSTS:
            return url
        return self.cdn.rstrip("/") + wanted.raw_path_qs
