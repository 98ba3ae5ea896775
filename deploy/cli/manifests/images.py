"""Images: pinned by a version."""


def unpinned(image: str) -> str:
    """Why it is not; empty where it is."""
    name, _, digest = image.partition("@")
    tag = name.rpartition("/")[2].partition(":")[2]
    if digest:
        return ""
    if not tag or tag == "latest" or not any(character.isdigit() for character in tag):
        return f"the image {image} is not pinned by a version"
    return ""
