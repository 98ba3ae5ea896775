"""Keys under which two writings of one thing meet."""

import hashlib

from catalog.text import fold, name_key


def decision_key(text: str) -> str:
    """ "Số 0611 / QĐ-UBND" and "611/QĐ-UBND" are one number: "611 qd ubnd"."""
    words = fold(text).split()
    while words and words[0] in ("so", "quyet", "dinh", "qd"):
        words = words[1:]
    return " ".join([words[0].lstrip("0") or "0", *words[1:]]) if words else ""


def authority_key(text: str) -> str:
    """ "Ủy ban nhân dân tỉnh Bến Tre", "Chủ tịch UBND tỉnh Bến Tre" and "UBND tỉnh Bến Tre" are one authority."""
    words = fold(text).replace("uy ban nhan dan", "ubnd").removeprefix("chu tich ")
    return words.replace("thanh pho ", "tp ").strip()


def record_key(registry_id: str, product: str, producer: str) -> str:
    """A record's key within its source: the registry's id, or a digest of the product's and the producer's keys."""
    if registry_id:
        return f"id:{registry_id}"[:64]
    text = f"{name_key(product)}\n{name_key(producer)}"
    return hashlib.sha256(text.encode()).hexdigest()[:40]
