"""Many buyers from one process that costs little: requests are bytes that lie ready, answers are read and looked at."""

import asyncio
import random
import re
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

HURRY = 1.0  # seconds that a buyer waits where the answer names none
AT_A_TIME = 8  # baskets that are filled at once
STEP = "/dat-hang/thong-tin/?cach=giao&tinh=68"
_COOKIE = re.compile(rb"(?im)^set-cookie: ([^=;\r\n]+)=([^;\r\n]*)")
_AGAIN = re.compile(rb"(?im)^retry-after: (\d+)")
_TICKET = re.compile(r'name="ticket" value="([^"]*)"')


@dataclass
class Answer:
    """One answer; `seconds` since the buyer pressed."""

    status: int
    seconds: float
    head: bytes
    body: str


@dataclass
class Buyer:
    """A browser at the page with the order button. `answers` are those to its presses."""

    host: str
    cookies: dict[str, str] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    answers: list[Answer] = field(default_factory=list)
    outcome: str = ""
    done_at: float = 0.0

    async def fill(self, product: str, offer: str) -> None:
        """One piece in the basket, and the page before the last step."""
        page = await self.ask("GET", product)
        token = _value(page.body, "csrfmiddlewaretoken")
        await self.ask("POST", "/gio-hang/them/", {"csrfmiddlewaretoken": token, "offer": offer})
        page = await self.ask("GET", STEP)
        commune = re.search(r'<option value="(\d{5})"', page.body)
        assert commune, page.status
        self.form = {
            "name": "Nguyễn Thị Thử", "phone": "0912345678", "email": "", "street": "12 Lê Lợi", "consent": "on",
            "commune": commune[1],
        } | {name: _value(page.body, name) for name in ("revision", "agreed_total", "csrfmiddlewaretoken")}  # fmt: skip

    async def buy(self, until: float) -> None:
        """Press "order" until the answer is definite: ordered, sold out, or anything unforeseen."""
        while not self.outcome:
            answer = await self._press()
            self.answers.append(answer)
            self.outcome = _outcome(answer)
            if not self.outcome and time.perf_counter() > until:
                self.outcome = "never told"
            if not self.outcome:
                if ticket := _TICKET.search(answer.body):
                    self.form["ticket"] = ticket[1]
                again = _AGAIN.search(answer.head)
                await asyncio.sleep((float(again[1]) if again else HURRY) * random.uniform(0.8, 1.2))
        self.done_at = time.perf_counter()

    async def _press(self) -> Answer:
        """The page that the buyer reads in the end, after both requests where the first one leads elsewhere."""
        pressed = await self.ask("POST", STEP, self.form)
        if pressed.status != 302:
            return pressed
        address = re.search(rb"(?im)^location: (\S+)", pressed.head)
        assert address
        page = await self.ask("GET", address[1].decode())
        return Answer(page.status, pressed.seconds + page.seconds, pressed.head, page.body)

    async def ask(self, method: str, path: str, data: dict[str, str] | None = None) -> Answer:
        """One request over a connection of its own."""
        body = urlencode(data or {}).encode()
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {self.host}\r\nConnection: close\r\nReferer: http://{self.host}/\r\n"
            f"Cookie: {cookies}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode()
        started = time.perf_counter()
        name, _, port = self.host.rpartition(":")
        reader, writer = await asyncio.open_connection(name, int(port))
        writer.write(head + body)
        told = await reader.read(-1)
        seconds = time.perf_counter() - started
        writer.close()
        first, _, rest = told.partition(b"\r\n\r\n")
        for cookie, value in _COOKIE.findall(first):
            self.cookies[cookie.decode()] = value.decode()
        return Answer(int(first.split(b" ", 2)[1]), seconds, first, rest.decode(errors="replace"))


def crowd(url: str, number: int, product: str, offer: str) -> list[Buyer]:
    """So many buyers, each with one piece in a basket of its own."""
    buyers = [Buyer(urlsplit(url).netloc) for _ in range(number)]

    async def fill() -> None:
        places = asyncio.Semaphore(AT_A_TIME)

        async def one(buyer: Buyer) -> None:
            async with places:
                await buyer.fill(product, offer)

        await asyncio.gather(*map(one, buyers))

    asyncio.run(fill())
    return buyers


def flood(buyers: Sequence[Buyer], longest: float) -> float:
    """All of them press at once; seconds until the last one knows."""

    async def press() -> float:
        started = time.perf_counter()
        await asyncio.gather(*(buyer.buy(started + longest) for buyer in buyers))
        return time.perf_counter() - started

    return asyncio.run(press())


def _outcome(answer: Answer) -> str:
    """Empty where the buyer is to press again."""
    if answer.status in (202, 503):
        return ""
    if b"/don-hang/" in answer.head:
        return "ordered"
    if any(sign in answer.body for sign in ("Hết hàng.", "Vừa hết hàng")):
        return "sold out"
    told = re.search(r'role="alert"[^>]*>(?:<p>)?<b>([^<]*)', answer.body)
    return f"{answer.status} {told[1] if told else ''}".strip()


def _value(page: str, name: str) -> str:
    tag = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    value = re.search(r'value="([^"]*)"', tag[0]) if tag else None
    assert value, f"no field {name}"
    return value[1]
