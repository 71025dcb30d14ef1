"""What the practices register with the lower layers when they are ready."""


def register() -> None:
    """Register search sources, related blocks and navigation."""
